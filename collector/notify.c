/*
 * notify.c - sd_notify in our own words: a datagram to the socket that systemd named.
 *
 * SPDX-License-Identifier: MIT
 */
#include "notify.h"

#include "brayer.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WATCHDOG_MAX_USEC INT64_C(86400000000)

static int connected(const char *path)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t len = strlen(path);
	int fd;

	if ((path[0] != '/' && path[0] != '@') || len < 2 || len >= sizeof to.sun_path)
		return -1;
	memcpy(to.sun_path, path, len);
	if (path[0] == '@') /* an abstract one */
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)&to,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void collector_notify_open(struct collector_notify *notify, const char *path,
			   const char *watchdog_usec, const char *watchdog_pid)
{
	int64_t usec = 0, pid = 0;

	*notify = (struct collector_notify){.fd = path ? connected(path) : -1};
	if (!watchdog_usec ||
	    !br_parse_number(br_view(watchdog_usec), 1, WATCHDOG_MAX_USEC, &usec))
		return;
	if (watchdog_pid && (!br_parse_number(br_view(watchdog_pid), 1, INT32_MAX, &pid) ||
			     pid != (int64_t)getpid()))
		return; /* it was meant for our parent */
	notify->watchdog_ms = usec / 2000 ? usec / 2000 : 1;
}

void collector_notify_close(struct collector_notify *notify)
{
	if (notify->fd >= 0)
		close(notify->fd);
	*notify = (struct collector_notify){.fd = -1};
}

void collector_notify(const struct collector_notify *notify, const char *state)
{
	if (notify->fd >= 0)
		(void)send(notify->fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT);
}
