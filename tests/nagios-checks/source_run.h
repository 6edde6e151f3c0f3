/*
 * source_run.h - one check run inside the test, from its settings to its text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_NAGIOS_CHECKS_SOURCE_RUN_H
#define BR_TESTS_NAGIOS_CHECKS_SOURCE_RUN_H

#include "nagios-checks/source.h"

/* Fill what is to be other than the defaults, and run it. */
struct run {
	struct plugin_settings settings;
	struct plugin_environment environment;
	const struct plugin_check *check;
	char text[PLUGIN_OUTPUT_MOST + 1]; /* without the last line end */
	int code;
};

/* check: PLUGIN_SUPPLIES …; no store, no configuration, a second for the whole run. */
void run_init(struct run *run, unsigned check);
void run_check(struct run *run, const char *host);

/* The same with a port behind the host, as the simulated fleet has one. */
void run_check_at(struct run *run, const char *host, uint16_t port);

#endif
