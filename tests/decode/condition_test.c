/*
 * condition_test.c - the state of a printer from what the host resources, bits, panel and
 * alerts say.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "model/names.h"

#include <stdio.h>
#include <string.h>

#define PRINTER(status) "G2.1|2|1\nH1.1|2|" status "\n"
#define DEVICE(status)  "V5.1|2|" status "\n"
#define BITS(octets)    "H2.1|4x|" octets "\n"
#define ALERT(severity, group, code)                                                          \
	"A2.1.1|2|" severity "\nA4.1.1|2|" group "\nA5.1.1|2|1\nA7.1.1|2|" code "\nA8.1.1|4|" \
	"x\n"

static const struct {
	const char *name, *answers;
	enum br_state state;
	enum br_severity severity;
	const char *reason; /* the first; "": none */
} cases[] = {
	{"nothing", "", BR_STATE_UNKNOWN, BR_SEVERITY_UNKNOWN, ""},
	{"idle", PRINTER("3") DEVICE("2") BITS("00"), BR_STATE_IDLE, BR_SEVERITY_OK, ""},
	{"printing", PRINTER("4") DEVICE("2"), BR_STATE_PRINTING, BR_SEVERITY_OK, ""},
	{"warmup", PRINTER("5") DEVICE("2"), BR_STATE_WARMUP, BR_SEVERITY_OK, ""},
	{"asleep", PRINTER("1") DEVICE("2"), BR_STATE_OTHER, BR_SEVERITY_OK, ""},
	{"stopped", PRINTER("1") DEVICE("5"), BR_STATE_STOPPED, BR_SEVERITY_CRITICAL, ""},
	{"idle, they say, and down", PRINTER("3") DEVICE("5"), BR_STATE_STOPPED,
	 BR_SEVERITY_CRITICAL, ""},
	{"down, and about to be ready", PRINTER("5") DEVICE("5") BITS("00"), BR_STATE_WARMUP,
	 BR_SEVERITY_OK, ""},
	{"about to be ready, and jammed", PRINTER("5") DEVICE("5") BITS("04"), BR_STATE_STOPPED,
	 BR_SEVERITY_CRITICAL, "media-jam"},
	{"about to be ready, and an alert", PRINTER("5") DEVICE("5") ALERT("4", "13", "8"),
	 BR_STATE_STOPPED, BR_SEVERITY_CRITICAL, "media-jam"},
	{"down because it sleeps", PRINTER("1") DEVICE("5") ALERT("4", "5", "23"),
	 BR_STATE_OTHER, BR_SEVERITY_OK, ""},
	{"down, and it is switched on", PRINTER("1") DEVICE("5") ALERT("4", "5", "503"),
	 BR_STATE_STOPPED, BR_SEVERITY_CRITICAL, ""},
	{"printing while down", PRINTER("4") DEVICE("5"), BR_STATE_PRINTING,
	 BR_SEVERITY_CRITICAL, ""},
	{"a status of no name", PRINTER("17") DEVICE("2"), BR_STATE_UNKNOWN, BR_SEVERITY_OK,
	 ""},
	{"a device status of no name", PRINTER("3") DEVICE("9"), BR_STATE_IDLE, BR_SEVERITY_OK,
	 ""},
	{"warning", PRINTER("3") DEVICE("3"), BR_STATE_IDLE, BR_SEVERITY_WARNING, ""},
	{"door open", PRINTER("1") DEVICE("5") BITS("08"), BR_STATE_STOPPED,
	 BR_SEVERITY_CRITICAL, "door-open"},
	{"a flap is open, and it goes on", PRINTER("3") DEVICE("3") BITS("08"), BR_STATE_IDLE,
	 BR_SEVERITY_WARNING, "door-open"},
	{"offline, and it goes on", PRINTER("3") DEVICE("3") BITS("02"), BR_STATE_IDLE,
	 BR_SEVERITY_WARNING, "offline"},
	{"jammed", PRINTER("1") DEVICE("5") BITS("04"), BR_STATE_STOPPED, BR_SEVERITY_CRITICAL,
	 "media-jam"},
	{"low paper", PRINTER("3") DEVICE("2") BITS("80"), BR_STATE_IDLE, BR_SEVERITY_WARNING,
	 "media-low"},
	{"no paper in one tray", PRINTER("3") DEVICE("3") BITS("40"), BR_STATE_IDLE,
	 BR_SEVERITY_WARNING, "media-empty"},
	{"no paper at all", PRINTER("1") DEVICE("5") BITS("40"), BR_STATE_STOPPED,
	 BR_SEVERITY_CRITICAL, "media-empty"},
	{"critical alert of a tray, running",
	 PRINTER("3") DEVICE("2") BITS("00") ALERT("3", "8", "808"), BR_STATE_IDLE,
	 BR_SEVERITY_WARNING, "media-empty"},
	{"critical alert of the marker",
	 PRINTER("3") DEVICE("2") BITS("00") ALERT("3", "10", "1101"), BR_STATE_IDLE,
	 BR_SEVERITY_CRITICAL, "toner-empty"},
	{"warning alert", PRINTER("3") DEVICE("2") BITS("00") ALERT("4", "10", "1104"),
	 BR_STATE_IDLE, BR_SEVERITY_WARNING, "toner-low"},
	{"alert of no severity", PRINTER("3") DEVICE("2") BITS("00") ALERT("0", "10", "1104"),
	 BR_STATE_IDLE, BR_SEVERITY_WARNING, "toner-low"},
};

TEST(state_and_severity)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct br_reading *reading = bed_read(cases[i].answers);

		check_case(cases[i].name);
		CHECK_STR(br_name_state(reading->status.state), br_name_state(cases[i].state));
		CHECK_STR(br_name_severity(reading->status.severity),
			  br_name_severity(cases[i].severity));
		CHECK_STR(reading->status.n_reasons
				  ? br_text(reading, reading->status.reasons[0])
				  : "",
			  cases[i].reason);
	}
}

TEST(console_lines_are_told_once)
{
	const struct br_reading *reading =
		bed_read("D2.1.1|4|Ready\nD2.1.2|4|\nD2.1.3|4|Ready\nD2.1.4|4|Tray 1\n");

	CHECK_INT(reading->status.n_console, 2);
	CHECK_STR(br_text(reading, reading->status.console[0]), "Ready");
	CHECK_STR(br_text(reading, reading->status.console[1]), "Tray 1");
}

TEST(lamps)
{
	static const struct {
		const char *name, *on, *off;
		enum br_lit lit;
	} rows[] = {
		{"on", "1", "0", BR_LIT_ON},
		{"off", "0", "1", BR_LIT_OFF},
		{"both zero", "0", "0", BR_LIT_OFF},
		{"blinking", "500", "500", BR_LIT_BLINKING},
		{"unknown", "-2", "-2", BR_LIT_UNKNOWN},
		{"half known", "1", "x", BR_LIT_UNKNOWN},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct br_reading *reading;
		char lines[256];

		snprintf(lines, sizeof lines,
			 "L5.1.1|4|Ready lamp\nL4.1.1|2|5\nL2.1.1|4|%s\nL3.1.1|4|%s\n",
			 rows[i].on, rows[i].off);
		reading = bed_read(lines);
		check_case(rows[i].name);
		CHECK_INT(reading->status.n_lights, 1);
		CHECK_INT(reading->status.lights[0].lit, rows[i].lit);
		CHECK_STR(br_text(reading, reading->status.lights[0].color), "green");
	}
}

TEST(covers_and_empty_alerts)
{
	const struct br_reading *reading = bed_read(
		"C3.1.1|2|3\nC3.1.2|2|4\nC3.1.3|2|5\nC3.1.4|2|6\nC3.1.5|2|1\nC3.1.6|2|99\n"
		"A2.1.1|2|3\nA4.1.1|2|0\nA2.1.2|2|4\nA7.1.2|2|3\n");
	static const enum br_cover_state want[] = {BR_COVER_OPEN,  BR_COVER_CLOSED,
						   BR_COVER_OPEN,  BR_COVER_CLOSED,
						   BR_COVER_OTHER, BR_COVER_UNKNOWN};

	CHECK_INT(reading->n_covers, 6);
	for (size_t i = 0; i < 6; i++)
		CHECK_INT(reading->covers[i].state, want[i]);
	CHECK_INT(reading->n_alerts, 1);
	CHECK_INT(reading->alerts[0].index, 2);
}
