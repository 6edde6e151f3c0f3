/*
 * notify.h - tells systemd how it goes: its protocol is a line to a socket, so no library.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_NOTIFY_H
#define BR_COLLECTOR_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

struct collector_notify {
	int fd;              /* -1: nobody listens */
	int64_t watchdog_ms; /* how often to say WATCHDOG=1: half of what is allowed; 0: never
			      */
};

/* The values of NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; each may be NULL. */
void collector_notify_open(struct collector_notify *notify, const char *socket,
			   const char *watchdog_usec, const char *watchdog_pid);
void collector_notify_close(struct collector_notify *notify);

/* "READY=1", "STATUS=…", several with a line end between them. Never blocks. */
void collector_notify(const struct collector_notify *notify, const char *state);

#endif
