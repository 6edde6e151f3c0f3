/*
 * state.c - see state.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "state.h"

/* In the order of their numbers; bad is how bad it is. */
static const struct {
	const char *name, *letter, *number;
	unsigned bad;
} states[] = {
	/* clang-format off */
	[PLUGIN_OK]       = {"OK",       "o", "0", 0},
	[PLUGIN_WARNING]  = {"WARNING",  "w", "1", 1},
	[PLUGIN_CRITICAL] = {"CRITICAL", "c", "2", 3},
	[PLUGIN_UNKNOWN]  = {"UNKNOWN",  "u", "3", 2},
	/* clang-format on */
};
#define N_STATES (sizeof states / sizeof states[0])

const char *plugin_state_name(enum plugin_state state)
{
	return states[(size_t)state < N_STATES ? state : PLUGIN_UNKNOWN].name;
}

bool plugin_state_parse(struct br_view text, enum plugin_state *state)
{
	for (size_t i = 0; i < N_STATES; i++) {
		if (br_view_is_nocase(text, states[i].name) ||
		    br_view_is_nocase(text, states[i].letter) ||
		    br_view_is(text, states[i].number)) {
			*state = (enum plugin_state)i;
			return true;
		}
	}
	return false;
}

enum plugin_state plugin_state_worst(enum plugin_state a, enum plugin_state b)
{
	return states[a].bad < states[b].bad ? b : a;
}
