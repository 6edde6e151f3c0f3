/*
 * loop.h - the program around the collector: signals, the clock of the machine, systemd.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_LOOP_H
#define BR_COLLECTOR_LOOP_H

#include "collector.h"
#include "options.h"

struct collector_environment {
	const char *home, *xdg_config_home;
	const char *notify_socket, *watchdog_usec, *watchdog_pid, *journal_stream;
};

/* The exit status. */
int collector_main(int argc, char **argv, const struct collector_environment *environment,
		   int out_fd, int err_fd);

#endif
