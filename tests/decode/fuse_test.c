/*
 * fuse_test.c - several witnesses, one verdict on each supply, and a note that says who
 * decided.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "model/names.h"

#include <stdio.h>
#include <string.h>

/* One black toner of this level, and one of each colour beside it. */
#define TONER(row, level, color)                                                      \
	"S2.1." row "|2|1\nS4.1." row "|2|3\nS5.1." row "|2|3\nS6.1." row "|4|" color \
	" Toner\nS8.1." row "|2|100\nS9.1." row "|2|" level "\n"
#define MONO(level) TONER("1", level, "Black")
#define FOUR(k, c, m, y)       \
	TONER("1", k, "Black") \
	TONER("2", c, "Cyan") TONER("3", m, "Magenta") TONER("4", y, "Yellow")
#define WASTE(level)                                          \
	"S2.1.5|2|1\nS4.1.5|2|4\nS5.1.5|2|4\nS6.1.5|4|Waste " \
	"Toner\nS8.1.5|2|100\nS9.1.5|2|" level "\n"
#define DRUM(level)                                          \
	"S2.1.6|2|1\nS4.1.6|2|3\nS5.1.6|2|9\nS6.1.6|4|Drum " \
	"Unit\nS8.1.6|2|100\nS9.1.6|2|" level "\n"
#define PANEL(text)  "D2.1.1|4|" text "\n"
#define BITS(octets) "H2.1|4x|" octets "\n"
/* An alert of a group at an index, with a code and a text. */
#define ALERT(group, index, code, text)                                      \
	"A2.1.1|2|4\nA4.1.1|2|" group "\nA5.1.1|2|" index "\nA7.1.1|2|" code \
	"\nA8.1.1|4|" text "\n"

static const struct {
	const char *name, *answers;
	const char *states; /* of the supplies, in order */
	const char *note;   /* a part of a note; NULL: there is none */
} cases[] = {
	/* The level alone. */
	{"full", MONO("100"), "ok", NULL},
	{"eleven", MONO("11"), "ok", NULL},
	{"ten", MONO("10"), "low", NULL},
	{"one", MONO("1"), "low", NULL},
	{"none", MONO("0"), "empty", NULL},
	{"some", MONO("-3"), "ok", NULL},
	{"unknown", MONO("-2"), "unknown", NULL},
	{"unlimited", MONO("-1"), "ok", NULL},
	{"nonsense", MONO("-99"), "unknown", "no meaning in the standard"},

	/* A Brother that says 100 or -3 while something else says low. */
	{"100, panel low", MONO("100") PANEL("Toner Low"), "low",
	 "toner-black is low: panel: Toner Low"},
	{"-3, panel low", MONO("-3") PANEL("Toner Low"), "low",
	 "toner-black is low: panel: Toner Low"},
	{"-3, alert low", MONO("-3") ALERT("11", "1", "1104", "Toner Low"), "low",
	 "alert marker-toner-almost-empty"},
	{"-3, low bit", MONO("-3") BITS("20"), "low", "error bit low-toner"},
	{"-3, no-toner bit", MONO("-3") BITS("10"), "empty", "error bit no-toner"},
	{"-2, low bit", MONO("-2") BITS("20"), "low", "error bit low-toner"},
	{"5, low bit", MONO("5") BITS("20"), "low", NULL},
	{"0, low bit", MONO("0") BITS("20"), "empty", NULL},
	{"-3, marker-supply-missing", MONO("-3") BITS("0020"), "missing",
	 "marker-supply-missing"},
	{"-3, other bits", MONO("-3") BITS("8f1f"), "ok", NULL},
	{"-3, both in order of badness", MONO("-3") PANEL("Toner Low") BITS("10"), "empty",
	 "error bit no-toner"},

	/* Which of four is meant. */
	{"four unmeasured, low bit", FOUR("-3", "-3", "-3", "-3") BITS("20"),
	 "unknown unknown unknown unknown",
	 "a supply is low, and which is not said (those without a level are unknown)"},
	{"four measured, low bit", FOUR("80", "80", "80", "80") BITS("20"), "ok ok ok ok",
	 "which is not said: "},
	{"one of them low already", FOUR("80", "9", "80", "80") BITS("20"), "ok low ok ok",
	 NULL},
	{"one unmeasured", FOUR("80", "80", "-3", "80") BITS("20"), "ok ok low ok",
	 "toner-magenta is low"},
	{"two unmeasured", FOUR("80", "-3", "-3", "80") BITS("20"), "ok unknown unknown ok",
	 "which is not said"},
	{"colour on the panel", FOUR("-3", "-3", "-3", "-3") PANEL("Toner Low (Y)"),
	 "ok ok ok low", "toner-yellow is low"},
	{"colour word on the panel", FOUR("-3", "-3", "-3", "-3") PANEL("Toner low: cyan"),
	 "ok low ok ok", "toner-cyan is low"},
	{"colour in German", FOUR("-3", "-3", "-3", "-3") PANEL("Toner niedrig: Schwarz"),
	 "low ok ok ok", "toner-black is low"},
	{"panel first, then the bit",
	 FOUR("-3", "-3", "-3", "-3") PANEL("Toner Low (M)") BITS("20"), "ok ok low ok",
	 "toner-magenta is low"},
	{"a measured colour that is named", FOUR("80", "80", "80", "80") PANEL("Toner Low (C)"),
	 "ok low ok ok", "toner-cyan is low"},
	{"a waste box is no toner", MONO("80") WASTE("-3") BITS("20"), "low ok",
	 "toner-black is low"},

	/* Words on the panel that only look like it. */
	{"yellow toner", FOUR("-3", "-3", "-3", "-3") PANEL("Yellow toner installed"),
	 "ok ok ok ok", NULL},
	{"yellow ink", FOUR("-3", "-3", "-3", "-3") PANEL("Checking yellow ink"), "ok ok ok ok",
	 NULL},
	{"mono toner", MONO("-3") PANEL("Mono toner save on"), "ok", NULL},
	{"toner output", MONO("-3") PANEL("Toner output normal"), "ok", NULL},
	{"pink low", MONO("-3") PANEL("Pink lower"), "ok", NULL},
	{"ready", MONO("-3") PANEL("Ready"), "ok", NULL},
	{"soon is low", MONO("-3") PANEL("Replace Toner soon"), "low",
	 "panel: Replace Toner soon"},
	{"now is empty", MONO("-3") PANEL("Replace Toner"), "empty", "panel: Replace Toner"},
	{"no toner", MONO("-3") PANEL("No Toner"), "missing", "panel: No Toner"},
	{"between other words", MONO("-3") PANEL("***TONER LOW!***"), "low",
	 "panel: ***TONER LOW!***"},

	/* Alerts. */
	{"by index", FOUR("-3", "-3", "-3", "-3") ALERT("11", "3", "1104", "low"),
	 "ok ok low ok", "toner-magenta is low"},
	{"by colour in the text",
	 FOUR("-3", "-3", "-3", "-3") ALERT("10", "1", "1104", "Cyan is low"), "ok low ok ok",
	 "toner-cyan is low"},
	{"index of none", FOUR("-3", "-3", "-3", "-3") ALERT("11", "9", "1101", "x"),
	 "unknown unknown unknown unknown", "which is not said"},
	{"index of another kind", MONO("-3") WASTE("-3") ALERT("11", "5", "1104", "x"),
	 "low ok", "toner-black is low"},
	{"waste almost full", MONO("80") WASTE("-3") ALERT("11", "5", "1107", "x"), "ok low",
	 "alert marker-waste-toner-receptacle-almost-full"},
	{"waste full", MONO("80") WASTE("-3") ALERT("10", "1", "1109", "x"), "ok empty",
	 "waste-toner is empty"},
	{"drum", MONO("80") DRUM("-3") ALERT("10", "-1", "1111", "x"), "ok low", "drum"},
	{"missing", MONO("-3") ALERT("11", "1", "1115", "x"), "missing", "missing"},
	{"subunit code of the supplies group", MONO("-3") ALERT("11", "1", "12", "x"), "low",
	 "toner-black is low"},
	{"subunit code of another group", MONO("-3") ALERT("8", "1", "13", "x"), "ok", NULL},
	{"a code of no supply", MONO("-3") ALERT("6", "1", "3", "cover open"), "ok", NULL},
	{"a code of nothing", MONO("-3") ALERT("11", "1", "99999", "x"), "ok", NULL},

	/* The panel speaks of what is not there. */
	{"no supply at all", PANEL("Toner Low") BITS("20"), "", NULL},
	{"no drum", MONO("80") PANEL("Replace Drum"), "ok", NULL},
	{"the drum on the panel", MONO("80") DRUM("-3") PANEL("Drum End Soon"), "ok low",
	 "panel: Drum End Soon"},
};

TEST(witnesses)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct br_reading *reading = bed_read(cases[i].answers);
		char states[256] = "";
		size_t len = 0;

		check_case(cases[i].name);
		for (size_t s = 0; s < reading->n_supplies; s++)
			len += (size_t)snprintf(
				states + len, sizeof states - len, "%s%s", s ? " " : "",
				br_name_supply_state(reading->supplies[s].state));
		CHECK_STR(states, cases[i].states);
		if (cases[i].note && !bed_noted(reading, cases[i].note))
			check_failed(__FILE__, __LINE__,
				     "no note has \"%s\"; the first is \"%s\"", cases[i].note,
				     br_text(reading, reading->notes[0]));
		if (!cases[i].note)
			CHECK_STR(br_text(reading, reading->notes[0]), "");
	}
}

#define TRAY(row, type, capacity, level, status)                                       \
	"I2.1." row "|2|" type "\nI9.1." row "|2|" capacity "\nI10.1." row "|2|" level \
	"\nI11.1." row "|2|" status "\nI13.1." row "|4|Tray " row "\n"

static const struct {
	const char *name, *answers;
	enum br_tray_state state;
	enum br_level_kind kind;
} trays[] = {
	{"half", TRAY("1", "3", "500", "250", "0"), BR_TRAY_OK, BR_LEVEL_MEASURED},
	{"some", TRAY("1", "3", "500", "-3", "0"), BR_TRAY_OK, BR_LEVEL_SOME},
	{"empty", TRAY("1", "3", "500", "0", "0"), BR_TRAY_EMPTY, BR_LEVEL_MEASURED},
	{"zero of unknown", TRAY("1", "3", "-2", "0", "0"), BR_TRAY_OK, BR_LEVEL_UNKNOWN},
	{"an empty manual feeder is as it should be", TRAY("1", "5", "100", "0", "0"),
	 BR_TRAY_OK, BR_LEVEL_MEASURED},
	{"a feeder of one sheet", TRAY("1", "3", "1", "0", "0"), BR_TRAY_OK, BR_LEVEL_MEASURED},
	{"non-critical alert", TRAY("1", "3", "500", "20", "8"), BR_TRAY_LOW,
	 BR_LEVEL_MEASURED},
	{"critical alert", TRAY("1", "3", "500", "20", "16"), BR_TRAY_PROBLEM,
	 BR_LEVEL_MEASURED},
	{"unknown status", TRAY("1", "3", "500", "-2", "5"), BR_TRAY_UNKNOWN, BR_LEVEL_UNKNOWN},
	{"unknown status, a level", TRAY("1", "3", "500", "20", "5"), BR_TRAY_OK,
	 BR_LEVEL_MEASURED},
	{"negative status", TRAY("1", "3", "500", "20", "-1"), BR_TRAY_OK, BR_LEVEL_MEASURED},
	{"alert: missing", TRAY("1", "3", "500", "-3", "0") ALERT("8", "1", "801", "x"),
	 BR_TRAY_MISSING, BR_LEVEL_SOME},
	{"alert: low", TRAY("1", "3", "500", "-3", "0") ALERT("8", "1", "807", "x"),
	 BR_TRAY_LOW, BR_LEVEL_SOME},
	{"alert: empty", TRAY("1", "3", "500", "-3", "0") ALERT("8", "1", "808", "x"),
	 BR_TRAY_EMPTY, BR_LEVEL_SOME},
	{"alert: open", TRAY("1", "3", "500", "-3", "0") ALERT("8", "1", "3", "x"),
	 BR_TRAY_OPEN, BR_LEVEL_SOME},
	{"alert of another tray", TRAY("1", "3", "500", "-3", "0") ALERT("8", "2", "808", "x"),
	 BR_TRAY_OK, BR_LEVEL_SOME},
	{"alert of an output", TRAY("1", "3", "500", "-3", "0") ALERT("9", "1", "903", "x"),
	 BR_TRAY_OK, BR_LEVEL_SOME},
};

TEST(trays_by_level_status_and_alert)
{
	for (size_t i = 0; i < sizeof trays / sizeof trays[0]; i++) {
		const struct br_reading *reading = bed_read(trays[i].answers);

		check_case(trays[i].name);
		CHECK_INT(reading->n_trays, 1);
		CHECK_STR(br_name_tray_state(reading->trays[0].state),
			  br_name_tray_state(trays[i].state));
		CHECK_INT(reading->trays[0].kind, trays[i].kind);
	}
}
