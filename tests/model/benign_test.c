/*
 * benign_test.c - which alerts tell of no fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/benign.h"

#include "check.h"

enum { NO, BENIGN, SLEEP };

static const struct {
	const char *name;
	int32_t severity, code;
	const char *said;
	int what;
} cases[] = {
	{"cover closed", 4, 4, "x", BENIGN},
	{"cover open", 4, 3, "x", NO},
	{"power saver", 4, 23, "x", SLEEP},
	{"warming up", 3, 24, "x", BENIGN},
	{"the stapler was added", 4, 30225, "x", BENIGN},
	{"the stapler was closed", 4, 30204, "x", BENIGN},
	{"the stapler is jammed", 4, 30208, "x", NO},
	{"a maker's code that only ends so", 4, 40004, "x", NO},
	{"below the finishers", 4, 30104, "x", NO},
	{"power down, and it says that it sleeps", 4, 504, "Power Saver", SLEEP},
	{"power down", 4, 504, "x", BENIGN},
	{"Sleep", 4, 1, "Sleep", SLEEP},
	{"in capitals, with a dot", 4, 1, "SLEEP.", SLEEP},
	{"with \"mode\"", 4, 2, "Energy Saver Mode", SLEEP},
	{"with its number", 4, 0, "Energy saver {40:00}", SLEEP},
	{"in German", 5, 1, "Energiesparmodus", SLEEP},
	{"in French", 5, 1, "Mode veille", SLEEP},
	{"in Japanese", 5, 1, "スリープ", SLEEP},
	{"ready", 5, 1, "Ready", BENIGN},
	{"only \"mode\"", 4, 1, "mode", NO},
	{"only a number", 4, 1, "{40:00}", NO},
	{"no words", 4, 1, "", NO},
	{"more than a word", 4, 1, "Sleep timer failed", NO},
	{"words about a code", 4, 8, "Sleep", NO},
	{"critical", 3, 1, "Sleep", NO},
	{"a negative code", 4, -1, "Sleep", NO},
};

TEST(benign_alerts)
{
	static struct br_reading reading;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		br_reading_init(&reading);
		const struct br_alert alert = {
			.severity = cases[i].severity,
			.code = cases[i].code,
			.description = br_reading_put(&reading, cases[i].said),
		};

		check_case(cases[i].name);
		CHECK_INT(br_alert_is_benign(&reading, &alert), cases[i].what != NO);
		CHECK_INT(br_alert_is_sleep(&reading, &alert), cases[i].what == SLEEP);
	}
}
