/*
 * state.h - the four answers a plugin can give.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_STATE_H
#define BR_NAGIOS_CHECKS_STATE_H

#include "brayer.h"

/* The numbers are the exit codes. */
enum plugin_state {
	PLUGIN_OK = 0,
	PLUGIN_WARNING = 1,
	PLUGIN_CRITICAL = 2,
	PLUGIN_UNKNOWN = 3,
};

const char *plugin_state_name(enum plugin_state state); /* "WARNING" */

/* A name in either case, its first letter, or its number. */
bool plugin_state_parse(struct br_view text, enum plugin_state *state);

/* OK < WARNING < UNKNOWN < CRITICAL: what is not known must not hide what is broken. */
enum plugin_state plugin_state_worst(enum plugin_state a, enum plugin_state b);

#endif
