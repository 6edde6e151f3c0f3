/*
 * main.c - the only place that reads the environment.
 *
 * SPDX-License-Identifier: MIT
 */
#include "loop.h"

#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const struct collector_environment environment = {
		.home = getenv("HOME"),
		.xdg_config_home = getenv("XDG_CONFIG_HOME"),
		.notify_socket = getenv("NOTIFY_SOCKET"),
		.watchdog_usec = getenv("WATCHDOG_USEC"),
		.watchdog_pid = getenv("WATCHDOG_PID"),
		.journal_stream = getenv("JOURNAL_STREAM"),
	};

	return collector_main(argc, argv, &environment, STDOUT_FILENO, STDERR_FILENO);
}
