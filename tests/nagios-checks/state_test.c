/*
 * state_test.c - the names of states, and which is worse.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/state.h"

#include "check.h"

TEST(numbers_are_the_exit_codes)
{
	CHECK_INT(PLUGIN_OK, 0);
	CHECK_INT(PLUGIN_WARNING, 1);
	CHECK_INT(PLUGIN_CRITICAL, 2);
	CHECK_INT(PLUGIN_UNKNOWN, 3);
}

TEST(names)
{
	CHECK_STR(plugin_state_name(PLUGIN_OK), "OK");
	CHECK_STR(plugin_state_name(PLUGIN_WARNING), "WARNING");
	CHECK_STR(plugin_state_name(PLUGIN_CRITICAL), "CRITICAL");
	CHECK_STR(plugin_state_name(PLUGIN_UNKNOWN), "UNKNOWN");
}

TEST(a_state_is_given_by_name_letter_or_number)
{
	static const struct {
		const char *text;
		int state; /* -1: refused */
	} cases[] = {
		{"ok", 0},       {"OK", 0},  {"o", 0},        {"0", 0},       {"warning", 1},
		{"Warning", 1},  {"w", 1},   {"1", 1},        {"W", 1},       {"2", 2},
		{"critical", 2}, {"c", 2},   {"CRITICAL", 2}, {"unknown", 3}, {"u", 3},
		{"3", 3},        {"", -1},   {"4", -1},       {"-1", -1},     {"warn", -1},
		{"ok ", -1},     {"00", -1}, {"critica", -1}, {"last", -1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		enum plugin_state state = PLUGIN_CRITICAL;
		bool known = plugin_state_parse(br_view(cases[i].text), &state);

		check_case(cases[i].text);
		CHECK_INT(known ? (int)state : -1, cases[i].state);
		CHECK(known || state == PLUGIN_CRITICAL);
	}
}

TEST(unknown_does_not_hide_critical_and_is_worse_than_warning)
{
	static const enum plugin_state order[] = {PLUGIN_OK, PLUGIN_WARNING, PLUGIN_UNKNOWN,
						  PLUGIN_CRITICAL};

	for (size_t a = 0; a < 4; a++) {
		for (size_t b = 0; b < 4; b++)
			CHECK_INT(plugin_state_worst(order[a], order[b]), order[a > b ? a : b]);
	}
}
