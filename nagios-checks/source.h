/*
 * source.h - a reading for the judges: asked live, or taken from the collector's store.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_SOURCE_H
#define BR_NAGIOS_CHECKS_SOURCE_H

#include "options.h"

/* What the run is doing, for the sentence of a timeout; a literal. Set by source.c, read by the
 * alarm of main.c. */
extern const char *volatile plugin_stage;

/*
 * Finds the reading of settings->host and lets the check judge it into the answer; every
 * failure is an answer too. deadline_ms: monotonic, a little before the alarm.
 */
void plugin_run(struct plugin_answer *answer, const struct plugin_check *check,
		const struct plugin_settings *settings,
		const struct plugin_environment *environment, int64_t deadline_ms);

/* --passive: "host;service;code;output" for each printer of the store. Returns the exit code.
 */
int plugin_run_passive(const struct plugin_check *check, const struct plugin_settings *settings,
		       const struct plugin_environment *environment, struct br_buf *out);

#endif
