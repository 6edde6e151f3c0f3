/*
 * notify_test.c - what systemd gets to hear, by a socket of our own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/notify.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int listen_at(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	memcpy(at.sun_path, path, strlen(path));
	if (at.sun_path[0] == '@')
		at.sun_path[0] = '\0';
	CHECK_INT(bind(fd, (struct sockaddr *)&at,
		       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))),
		  0);
	return fd;
}

static void says(int fd, const char *want)
{
	char said[200];
	ssize_t len = recv(fd, said, sizeof said - 1, MSG_DONTWAIT);

	said[len > 0 ? len : 0] = '\0';
	CHECK_STR(said, want);
}

TEST(by_name_and_abstract)
{
	char path[80];

	for (int abstract = 0; abstract < 2; abstract++) {
		struct collector_notify notify;
		int fd;

		snprintf(path, sizeof path, "%sbrayer-notify-%d", abstract ? "@" : "/tmp/",
			 (int)getpid());
		fd = listen_at(path);
		collector_notify_open(&notify, path, NULL, NULL);
		CHECK(notify.fd >= 0);
		collector_notify(&notify, "READY=1");
		says(fd, "READY=1");
		collector_notify(&notify, "STATUS=12 printers\nWATCHDOG=1");
		says(fd, "STATUS=12 printers\nWATCHDOG=1");
		/* A listener that went away is no reason to end. */
		close(fd);
		collector_notify(&notify, "WATCHDOG=1");
		collector_notify_close(&notify);
		if (!abstract)
			CHECK_INT(unlink(path), 0);
	}
}

TEST(no_socket)
{
	static const char *const paths[] = {NULL, "", "/", "@", "relative", "/nonexistent/x"};

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct collector_notify notify;

		collector_notify_open(&notify, paths[i], NULL, NULL);
		CHECK_INT(notify.fd, -1);
		collector_notify(&notify, "READY=1");
		collector_notify_close(&notify);
	}
}

TEST(too_long_a_path)
{
	struct collector_notify notify;
	char path[300];

	memset(path, 'x', sizeof path - 1);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	collector_notify_open(&notify, path, NULL, NULL);
	CHECK_INT(notify.fd, -1);
}

TEST(watchdog_at_half_its_time)
{
	static const struct {
		const char *usec;
		int64_t ms;
	} cases[] = {{"30000000", 15000}, {"1000", 1}, {"0", 0}, {"x", 0}, {"", 0}, {NULL, 0}};
	struct collector_notify notify;
	char pid[20];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		collector_notify_open(&notify, NULL, cases[i].usec, NULL);
		CHECK_INT(notify.watchdog_ms, cases[i].ms);
	}
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	collector_notify_open(&notify, NULL, "2000000", pid);
	CHECK_INT(notify.watchdog_ms, 1000);
	collector_notify_open(&notify, NULL, "2000000", "1");
	CHECK_INT(notify.watchdog_ms, 0); /* meant for another process */
}
