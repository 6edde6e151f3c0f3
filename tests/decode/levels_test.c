/*
 * levels_test.c - what a raw level can honestly claim, and what a row of supplies says of
 * itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "decode/scratch.h"

#include <stdio.h>
#include <string.h>

#define NONE INT64_MIN

static const struct {
	const char *name;
	int64_t level, capacity;
	bool is_percent;
	enum br_level_kind kind;
	uint8_t percent;
} cases[] = {
	{"half full", 50, 100, false, BR_LEVEL_MEASURED, 50},
	{"a third", 1, 3, false, BR_LEVEL_MEASURED, 33},
	{"two thirds", 2, 3, false, BR_LEVEL_MEASURED, 67},
	{"full", 100, 100, false, BR_LEVEL_MEASURED, 100},
	{"overfilled", 120, 100, false, BR_LEVEL_MEASURED, 100},
	{"empty", 0, 100, false, BR_LEVEL_MEASURED, 0},
	{"nearly empty is not empty", 1, 1000000, false, BR_LEVEL_MEASURED, 1},
	{"nearly full is not full", 999999, 1000000, false, BR_LEVEL_MEASURED, 99},
	{"no limit", -1, 100, false, BR_LEVEL_UNLIMITED, 0},
	{"unknown", -2, 100, false, BR_LEVEL_UNKNOWN, 0},
	{"some", -3, 100, false, BR_LEVEL_SOME, 0},
	{"some of unknown", -3, -2, false, BR_LEVEL_SOME, 0},
	{"-100", -100, 100, false, BR_LEVEL_UNKNOWN, 0},
	{"not said", NONE, 100, false, BR_LEVEL_UNKNOWN, 0},
	{"capacity unknown", 40, -2, false, BR_LEVEL_UNKNOWN, 0},
	{"capacity not said", 40, NONE, false, BR_LEVEL_UNKNOWN, 0},
	{"capacity zero", 40, 0, false, BR_LEVEL_UNKNOWN, 0},
	{"zero of zero", 0, 0, false, BR_LEVEL_UNKNOWN, 0},
	{"percent needs no capacity", 40, -2, true, BR_LEVEL_MEASURED, 40},
	{"percent, capacity not said", 0, NONE, true, BR_LEVEL_MEASURED, 0},
	{"nothing of nothing, in percent", 0, 0, true, BR_LEVEL_UNKNOWN, 0},
	{"a percent of nothing", 40, 0, true, BR_LEVEL_MEASURED, 40},
	{"percent beyond 100", 101, -2, true, BR_LEVEL_UNKNOWN, 0},
	{"percent with a capacity", 100, 200, true, BR_LEVEL_MEASURED, 50},
	{"the greatest of the greatest", INT64_MAX, INT64_MAX, false, BR_LEVEL_MEASURED, 100},
	{"half of the greatest", INT64_MAX / 2, INT64_MAX, false, BR_LEVEL_MEASURED, 50},
	{"the greatest of one", INT64_MAX, 1, false, BR_LEVEL_MEASURED, 100},
	{"one of the greatest", 1, INT64_MAX, false, BR_LEVEL_MEASURED, 1},
	{"where the sum would overflow", INT64_MAX / 200, INT64_MAX, false, BR_LEVEL_MEASURED,
	 1},
	{"the least", INT64_MIN + 1, 100, false, BR_LEVEL_UNKNOWN, 0},
};

static struct br_number number(int64_t value)
{
	return (struct br_number){value != NONE, value == NONE ? 0 : value};
}

TEST(level_of)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_level level = br_level_of(
			number(cases[i].level), number(cases[i].capacity), cases[i].is_percent);

		check_case(cases[i].name);
		CHECK_INT(level.kind, cases[i].kind);
		CHECK_INT(level.percent, cases[i].percent);
	}
}

static const struct {
	const char *name, *answers, *colorant, *part, *serial;
	enum br_role role;
} supplies[] = {
	{"colorant by its row",
	 "S3.1.1|2|2\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Toner\nK4.1.1|4|black\nK4.1.2|4|cyan\n",
	 "cyan", "", "", BR_ROLE_CONSUMED},
	{"colorant of no row", "S3.1.1|2|7\nS5.1.1|2|3\nS6.1.1|4|Toner\nK4.1.1|4|black\n", "",
	 "", "", BR_ROLE_CONSUMED},
	{"part", "S5.1.1|2|3\nS6.1.1|4|Black Cartridge 827A HP CF300A\n", "black", "CF300A", "",
	 BR_ROLE_CONSUMED},
	{"part and serial", "S5.1.1|2|3\nS6.1.1|4|Cyan Toner, PN 006R01514; S/N:AB1234567\n",
	 "cyan", "006R01514", "AB1234567", BR_ROLE_CONSUMED},
	{"a serial is no part", "S5.1.1|2|3\nS6.1.1|4|Toner S/N:CF12345\n", "", "", "CF12345",
	 BR_ROLE_CONSUMED},
	{"a waste box by its type", "S5.1.1|2|4\nS6.1.1|4|Box\n", "", "", "", BR_ROLE_FILLED},
	{"a waste box by its class", "S4.1.1|2|4\nS5.1.1|2|1\nS6.1.1|4|Box\n", "", "", "",
	 BR_ROLE_FILLED},
	{"neither class nor type", "S6.1.1|4|Box\nS9.1.1|2|5\n", "", "", "", BR_ROLE_UNKNOWN},
};

TEST(supplies_say_what_they_are)
{
	for (size_t i = 0; i < sizeof supplies / sizeof supplies[0]; i++) {
		const struct br_reading *reading = bed_read(supplies[i].answers);
		const struct br_supply *supply = &reading->supplies[0];

		check_case(supplies[i].name);
		CHECK_INT(reading->n_supplies, 1);
		CHECK_STR(br_text(reading, supply->colorant), supplies[i].colorant);
		CHECK_STR(br_text(reading, supply->part), supplies[i].part);
		CHECK_STR(br_text(reading, supply->serial), supplies[i].serial);
		CHECK_INT(supply->role, supplies[i].role);
		CHECK_STR(br_text(reading, supply->origin), "printer-mib");
	}
}

TEST(a_row_that_says_nothing_is_no_supply)
{
	const struct br_reading *reading = bed_read(
		"S2.1.1|2|1\nS2.1.2|2|1\nS2.1.3|2|1\nS4.1.2|2|4\nS5.1.2|2|4\nS9.1.2|2|-2\n");

	CHECK_INT(reading->n_supplies, 1);
	CHECK_INT(reading->supplies[0].index, 2);
	CHECK_INT(reading->supplies[0].role, BR_ROLE_FILLED); /* its class moved with it */
}

/* By RFC 3805 the level of a receptacle is the room that remains: never turned round. */
TEST(a_waste_box_is_not_inverted)
{
	const struct br_reading *reading =
		bed_read("S4.1.1|2|4\nS5.1.1|2|4\nS8.1.1|2|100\nS9.1.1|2|90\n");

	CHECK_INT(reading->supplies[0].percent, 90);
	CHECK_INT(reading->supplies[0].state, BR_SUPPLY_OK);
}

TEST(media_of_a_tray)
{
	static const struct {
		const char *name, *answers, *media;
	} rows[] = {
		{"by name", "I12.1.1|4|iso-a4-white\n", "iso_a4_210x297mm"},
		{"by size in micrometres", "I3.1.1|2|4\nI4.1.1|2|297000\nI5.1.1|2|210000\n",
		 "iso_a4_210x297mm"},
		{"fed sideways", "I3.1.1|2|4\nI4.1.1|2|210000\nI5.1.1|2|297000\n",
		 "iso_a4_210x297mm"},
		{"in ten-thousandths of an inch",
		 "I3.1.1|2|3\nI4.1.1|2|110000\nI5.1.1|2|85000\n", "na_letter_8.5x11in"},
		{"the chosen size wins",
		 "I3.1.1|2|4\nI4.1.1|2|420000\nI5.1.1|2|297000\nI6.1.1|2|297000\nI7.1.1|2|"
		 "210000\n",
		 "iso_a4_210x297mm"},
		{"unknown sizes", "I3.1.1|2|4\nI4.1.1|2|-2\nI5.1.1|2|-2\n", ""},
		{"a unit of no length", "I3.1.1|2|9\nI4.1.1|2|297000\nI5.1.1|2|210000\n", ""},
		{"beyond every size",
		 "I3.1.1|2|4\nI4.1.1|66|4294967295\nI5.1.1|66|4294967295\n", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char lines[512];
		const struct br_reading *reading;

		snprintf(lines, sizeof lines, "I13.1.1|4|Tray 1\n%s", rows[i].answers);
		reading = bed_read(lines);
		check_case(rows[i].name);
		CHECK_STR(br_text(reading, reading->trays[0].media), rows[i].media);
	}
}
