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
	{"no supply at all", PANEL("Toner Low") BITS("20"), "",
	 "a supply that has no row is low: panel: Toner Low"},
	{"no drum", MONO("80") PANEL("Replace Drum"), "ok",
	 "a supply that has no row is empty: panel: Replace Drum"},
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

/* Several rows of the alert table, several lines of the panel. */
#define ALERT_AT(row, group, index, code, text)                                           \
	"A2.1." row "|2|4\nA4.1." row "|2|" group "\nA5.1." row "|2|" index "\nA7.1." row \
	"|2|" code "\nA8.1." row "|4|" text "\n"
#define PANEL_2(text) "D2.1.2|4|" text "\n"
#define PRINTS        "H1.1|2|4\n"
#define WARMS         "H1.1|2|5\n"

/* Who decided, and what is left that nobody could place. */
static const struct {
	const char *name, *answers;
	const char *witnesses; /* "ID=WITNESS; " of each supply that has one */
	const char *hearsay;   /* "STATE ROLE COLORANT=WITNESS; " of each */
} heard[] = {
	{"the level alone has no witness", MONO("5"), "", ""},
	{"who says the same as the level", MONO("5") PANEL("Toner Low") BITS("20"),
	 "toner-black=panel: Toner Low; ", ""},
	{"a bit that says the same as the level", MONO("5") BITS("20"),
	 "toner-black=error bit low-toner; ", ""},
	{"who says less than the level", MONO("0") PANEL("Toner Low") BITS("20"), "", ""},
	{"the panel", MONO("100") PANEL("Toner Low"), "toner-black=panel: Toner Low; ", ""},
	{"an alert", MONO("-3") ALERT("11", "1", "1104", "x"),
	 "toner-black=alert marker-toner-almost-empty; ", ""},
	{"an error bit", MONO("-3") BITS("20"), "toner-black=error bit low-toner; ", ""},
	{"the worst of three decides",
	 MONO("-3") ALERT("11", "1", "1104", "x") PANEL("Toner Low") BITS("10"),
	 "toner-black=error bit no-toner; ", ""},
	{"the first of those who say the same",
	 MONO("-3") ALERT("11", "1", "1104", "x") PANEL("Toner Low") BITS("20"),
	 "toner-black=alert marker-toner-almost-empty; ", ""},

	{"which of four", FOUR("80", "80", "80", "80") BITS("20"), "",
	 "low consumed =error bit low-toner; "},
	{"one of them is as bad already", FOUR("80", "9", "80", "80") BITS("20"),
	 "toner-cyan=error bit low-toner; ", ""},
	{"of two that are as bad the lower", FOUR("80", "9", "4", "80") BITS("20"),
	 "toner-magenta=error bit low-toner; ", ""},
	{"and none where one was named",
	 FOUR("80", "9", "4", "80") PANEL("Toner low: C") BITS("20"),
	 "toner-cyan=panel: Toner low: C; ", ""},
	{"one is worse", FOUR("80", "9", "0", "80") BITS("20"), "", ""},
	{"the panel names what the bit means",
	 FOUR("80", "80", "80", "80") PANEL("Toner Low (Y)") BITS("20"),
	 "toner-yellow=panel: Toner Low (Y); ", ""},
	{"and what the alert before it meant",
	 FOUR("-3", "-3", "-3", "-3") ALERT("11", "-1", "1104", "low") PANEL("Toner Low: Y")
		 BITS("20"),
	 "toner-yellow=panel: Toner Low: Y; ", ""},
	{"three who do not name it are one",
	 FOUR("80", "80", "80", "80") ALERT("11", "-1", "1104", "low") PANEL("Toner Low")
		 BITS("20"),
	 "", "low consumed =alert marker-toner-almost-empty; "},
	{"the worse takes its place",
	 FOUR("80", "80", "80", "80") PANEL("Toner Low") BITS("10"), "",
	 "empty consumed =error bit no-toner; "},
	{"the better is covered",
	 FOUR("80", "80", "80", "80") ALERT("11", "-1", "1101", "x") PANEL("Toner Low"), "",
	 "empty consumed =alert marker-toner-empty; "},
	{"two things are two",
	 FOUR("80", "80", "80", "80") PANEL("Toner Low") PANEL_2("Waste toner full"), "",
	 "low consumed =panel: Toner Low; empty filled =panel: Waste toner full; "},
	{"a drum is no toner", PANEL("Replace Toner") PANEL_2("Replace Drum"), "",
	 "empty consumed =panel: Replace Toner; empty consumed =panel: Replace Drum; "},
	{"no rows at all", BITS("20"), "", "low consumed =error bit low-toner; "},
	{"no rows, three witnesses",
	 ALERT("11", "1", "1104", "x") PANEL("Toner Low") BITS("20"), "",
	 "low consumed =alert marker-toner-almost-empty; "},
	{"no rows, a colour", PANEL("Toner Low: C") BITS("20"), "",
	 "low consumed cyan=panel: Toner Low: C; "},
	{"no rows, the colour comes later", ALERT("11", "1", "1104", "x") PANEL("Toner Low: C"),
	 "", "low consumed cyan=panel: Toner Low: C; "},
	{"no rows, two colours", PANEL("Toner Low (C,M)"), "",
	 "low consumed cyan=panel: Toner Low (C,M); "
	 "low consumed magenta=panel: Toner Low (C,M); "},
	{"any supply", FOUR("80", "80", "80", "80") PANEL("Order supplies"), "",
	 "low  =panel: Order supplies; "},
	{"a code of any supply, a text of the box",
	 MONO("80") WASTE("50") ALERT("11", "-1", "17", "Waste toner box"), "",
	 "empty  =alert subunit-at-limit; "},
	{"a code of any supply, a text that is clear",
	 MONO("80") WASTE("-3") ALERT("11", "-1", "17", "Waste toner box is full"),
	 "waste-toner=alert subunit-at-limit; ", ""},

	{"two colours of four", FOUR("-3", "-3", "-3", "-3") PANEL("Toner low. (C,M)"),
	 "toner-cyan=panel: Toner low. (C,M); toner-magenta=panel: Toner low. (C,M); ", ""},
	{"a colour that is not there", FOUR("80", "80", "80", "80") PANEL("Red toner low"), "",
	 "low consumed red=panel: Red toner low; "},
	{"the only one has no colour",
	 "S2.1.1|2|1\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Toner\nS8.1.1|2|100\nS9.1.1|2|-"
	 "3\n" PANEL("Toner Low: BK"),
	 "toner=panel: Toner Low: BK; ", ""},

	{"an alert without a code speaks",
	 FOUR("-3", "-3", "-3", "-3") ALERT("11", "-1", "1", "Cyan toner is low"),
	 "toner-cyan=alert: Cyan toner is low; ", ""},
	{"of its own row", FOUR("-3", "-3", "-3", "-3") ALERT("11", "4", "2", "Toner is low"),
	 "toner-yellow=alert: Toner is low; ", ""},
	{"a maker's own code speaks", MONO("-3") ALERT("5", "1", "10033", "Low: Toner {10033}"),
	 "toner-black=alert: Low: Toner {10033}; ", ""},
	{"a code that says otherwise does not", MONO("-3") ALERT("8", "1", "808", "Toner low"),
	 "", ""},
	{"a job while it prints", MONO("-3") PRINTS PANEL("Toner low report.docx"), "", ""},
	{"a job while it warms up",
	 MONO("-3") WARMS PANEL("Printing: Toner low"
				" 2026.pdf"),
	 "", ""},
	{"a job of two lines", MONO("-3") PRINTS PANEL("Replace toner") PANEL_2("Order.docx"),
	 "toner-black=panel: Replace toner; ", ""},
	{"a panel while it prints",
	 FOUR("-3", "-3", "-3", "-3") PRINTS PANEL("Magenta toner is very low, 412 pages left"),
	 "toner-magenta=panel: Magenta toner is very low, 412 pages left; ", ""},
	{"words beside it while it stands", MONO("-3") PANEL("Toner low, kitchen"),
	 "toner-black=panel: Toner low, kitchen; ", ""},
	{"split over two lines",
	 FOUR("-3", "-3", "-3", "-3") PANEL("REPLACE BLACK") PANEL_2("CARTRIDGE"),
	 "toner-black=panel: REPLACE BLACK CARTRIDGE; ", ""},
	{"two lines of which one says it",
	 MONO("80") WASTE("50") PANEL("Waste box") PANEL_2("Replace toner"),
	 "toner-black=panel: Replace toner; ", ""},
	{"two lines that say more", MONO("-3") PANEL("2.Toner") PANEL_2("Low power mode"), "",
	 ""},
	{"two alerts",
	 FOUR("-3", "-3", "-3", "-3") ALERT("11", "1", "1104", "x")
		 ALERT_AT("2", "11", "2", "1101", "y") BITS("30"),
	 "toner-black=alert marker-toner-almost-empty; toner-cyan=alert marker-toner-empty; ",
	 ""},
};

TEST(who_decided_and_what_nobody_could_place)
{
	for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++) {
		const struct br_reading *reading = bed_read(heard[i].answers);
		char witnesses[512] = "", hearsay[512] = "";
		size_t at = 0;

		check_case(heard[i].name);
		for (size_t s = 0; s < reading->n_supplies; s++)
			if (reading->supplies[s].witness)
				at += (size_t)snprintf(
					witnesses + at, sizeof witnesses - at, "%s=%s; ",
					reading->supplies[s].id,
					br_text(reading, reading->supplies[s].witness));
		at = 0;
		for (size_t s = 0; s < reading->n_hearsay; s++) {
			const struct br_hearsay *said = &reading->hearsay[s];

			at += (size_t)snprintf(hearsay + at, sizeof hearsay - at,
					       "%s %s %s=%s; ",
					       br_name_supply_state(said->state),
					       said->role ? br_name_role(said->role) : "",
					       br_text(reading, said->colorant),
					       br_text(reading, said->witness));
		}
		CHECK_STR(witnesses, heard[i].witnesses);
		CHECK_STR(hearsay, heard[i].hearsay);
	}
}

/* Toner of 50 %, of 8 %, of -3 and of 0: the record says low of the first two, replace of the
 * last two. */
TEST(the_record_is_a_witness_where_the_level_is_none)
{
	static const char mib[] = "maker \"Lumen\"\nobject 1.3.6.1.4.1.99999\n"
				  "proof public \"this test\"\n"
				  "get 1.3.6.1.4.1.99999.8.0 record brother.maintenance -\n";
	static const enum br_supply_state states[] = {BR_SUPPLY_LOW, BR_SUPPLY_LOW,
						      BR_SUPPLY_EMPTY, BR_SUPPLY_EMPTY};
	const struct br_reading *reading =
		bed_decode(FOUR("50", "8", "-3", "0")
				   PANEL("Toner Low: K") "1.3.6.1.4.1.99999.8.0|4x|"
							 "3101040000000232010400000002"
							 "3301040000000334010400000003ff\n",
			   mib, 1);

	CHECK_INT(reading->n_supplies, 4);
	for (size_t i = 0; i < 4; i++) {
		check_case(reading->supplies[i].id);
		CHECK_INT(reading->supplies[i].state, states[i]);
		CHECK_STR(br_text(reading, reading->supplies[i].witness),
			  "Brother's maintenance record");
	}
	CHECK_INT(reading->n_hearsay, 0);
}

/* A raw level that the maker's file explains is a level. */
TEST(a_level_word_is_no_witness)
{
	static const char mib[] = "maker \"Lumen\"\nobject 1.3.6.1.4.1.99999\n"
				  "proof public \"this test\"\n"
				  "level -100 empty\n";
	const struct br_reading *reading = bed_decode(MONO("-100"), mib, 1);

	CHECK_INT(reading->supplies[0].state, BR_SUPPLY_EMPTY);
	CHECK_INT(reading->supplies[0].witness, 0);
}

/* The rows that may be meant, and alerts that were heard. */
TEST(what_hearsay_may_mean)
{
	const struct br_reading *reading =
		bed_read(FOUR("80", "80", "80", "80") WASTE("50") DRUM("60") BITS("20"));

	CHECK_INT(reading->n_hearsay, 1);
	CHECK_INT(reading->hearsay[0].meant, 0xf);
	reading = bed_read(BITS("20"));
	CHECK_INT(reading->hearsay[0].meant, 0);
}

TEST(alerts_of_supplies)
{
	static const struct {
		const char *answers;
		bool of_supply;
	} rows[] = {
		{MONO("80") ALERT("11", "1", "1104", "x"), true},
		{MONO("80") ALERT("11", "1", "12", "x"), true},
		{MONO("80") ALERT("8", "1", "12", "x"), false},
		{MONO("80") ALERT("11", "1", "29", "Toner low"), false},
		{MONO("80") ALERT("5", "1", "1", "Toner Low"), true},
		{MONO("80") ALERT("5", "1", "1", "Sleep"), false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct br_reading *reading = bed_read(rows[i].answers);

		CHECK_INT(reading->n_alerts, 1);
		CHECK_INT(reading->alerts[0].of_supply, rows[i].of_supply);
	}
}

/* More than there is room for: the first are kept. */
TEST(hearsay_has_an_end)
{
	static const char *const lines[] = {
		PANEL("Replace Toner"),
		"D2.1.2|4|Replace Drum\n",
		"D2.1.3|4|Replace Fuser\n",
		"D2.1.4|4|Replace Belt Unit\n",
		"D2.1.5|4|Waste toner full\n",
		"D2.1.6|4|Developer low\n",
		"D2.1.7|4|Replace drum C\nD2.1.8|4|Replace drum M\nD2.1.9|4|Replace drum Y\n",
		"D2.1.10|4|Toner low K\nD2.1.11|4|Toner low C\nD2.1.12|4|Toner low Y\n",
	};
	char answers[1024] = "";
	size_t at = 0;
	const struct br_reading *reading;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		at += (size_t)snprintf(answers + at, sizeof answers - at, "%s", lines[i]);
	reading = bed_read(answers);
	CHECK_INT(reading->n_hearsay, BR_MAX_HEARSAY);
	CHECK_STR(br_text(reading, reading->hearsay[0].witness), "panel: Replace Toner");
}

/* A panel that knows more than the bits still makes the printer one that warns. */
TEST(hearsay_counts_for_the_printer)
{
	/* clang-format off */
	static const struct {
		const char *name, *answers;
		enum br_severity severity;
		const char *reason;
	} rows[] = {
		{"low", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|2\n" PANEL("Toner Low"), BR_SEVERITY_WARNING, "toner-low"},
		{"empty, and goes on", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|2\n" PANEL("Replace Toner"), BR_SEVERITY_WARNING, "toner-empty"},
		{"empty, and stands", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|5\n" PANEL("Replace Toner"), BR_SEVERITY_CRITICAL, "toner-empty"},
		{"a box", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|2\n" PANEL("Waste toner near full"), BR_SEVERITY_WARNING, "marker-waste-almost-full"},
		{"any", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|2\n" PANEL("Order supplies"), BR_SEVERITY_WARNING, "marker-supply-low"},
		{"nothing", FOUR("80", "80", "80", "80") "H1.1|2|3\nV5.1|2|2\n" PANEL("Ready"), BR_SEVERITY_OK, ""},
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct br_reading *reading = bed_read(rows[i].answers);

		check_case(rows[i].name);
		CHECK_INT(reading->status.severity, rows[i].severity);
		CHECK_STR(br_text(reading, reading->status.reasons[0]), rows[i].reason);
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
