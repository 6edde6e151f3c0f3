/*
 * maker_test.c - every option of a .mib row applied to answers, by a file made up for the test.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"

#include <stdio.h>
#include <string.h>

#define OWN    "1.3.6.1.4.1.99999."
#define SYSTEM "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1\n1.3.6.1.2.1.1.1.0|4|Lumen P40 Color\n"
#define HEAD   "maker \"Lumen\"\nobject 1.3.6.1.4.1.99999\nproof public \"this test\"\n"

static const struct br_reading *read_rows(const char *rows, const char *answers)
{
	char mib[4096], lines[4096];

	snprintf(mib, sizeof mib, HEAD "%s", rows);
	snprintf(lines, sizeof lines, SYSTEM "%s", answers);
	return bed_decode(lines, mib, 1);
}

/* What counters.total is after one row and one answer; -1: not known. */
static const struct {
	const char *name, *row, *answer;
	int64_t total;
} numbers[] = {
	{"as it is", "number counters.total", "2|7", 7},
	{"a counter", "number counters.total", "65|4294967295", 4294967295},
	{"text is a number too", "number counters.total", "4|7", 7},
	{"text with words is none", "number counters.total", "4|7 pages", -1},
	{"decimal with words", "decimal counters.total", "4|7 pages", 7},
	{"decimal with separators", "decimal counters.total", "4|1,234,567 pages", 1234567},
	{"decimal with blanks between", "decimal counters.total", "4|1 234 pages", 1234},
	{"decimal with a fraction is not ten times it", "decimal counters.total", "4|12.5 %",
	 -1},
	{"decimal with a long fraction", "decimal counters.total", "4|1234.567", -1},
	{"decimal, two numbers", "decimal counters.total", "4|12 5", -1},
	{"decimal, a list", "decimal counters.total", "4|12, 5", 12},
	{"decimal with a NUL", "decimal counters.total", "4x|313200333435", 12},
	{"decimal with blanks in front", "decimal counters.total", "4|   42", 42},
	{"decimal of nothing", "decimal counters.total", "4|pages: 7", -1},
	{"decimal too long", "decimal counters.total", "4|1234567890123456789012345", -1},
	{"decimal, a number", "decimal counters.total", "2|9", 9},
	{"scaled", "number counters.total scale=10", "2|7", 70},
	{"divided", "number counters.total divide=10", "2|79", 7},
	{"scaled and divided", "number counters.total scale=3 divide=2", "2|7", 10},
	{"scaled beyond 64 bits", "number counters.total scale=1000000",
	 "70|9223372036854775807", -1},
	{"skipped", "number counters.total skip=-1,0", "2|0", -1},
	{"skipped, the first", "number counters.total skip=-1,0", "2|-1", -1},
	{"not skipped", "number counters.total skip=-1,0", "2|1", 1},
	{"negative", "number counters.total", "2|-5", -1},
	{"after", "decimal counters.total after=\"Total: \"", "4|Mono: 3 Total: 42 Color: 7",
	 42},
	{"after is not there", "decimal counters.total after=\"Sum: \"", "4|Total: 42", -1},
	{"after at the end", "decimal counters.total after=\"Total\"", "4|Total", -1},
	{"until", "decimal counters.total after=\"T=\" until=\";\"", "4|T=42;C=7", 42},
	{"until is not there", "decimal counters.total after=\"T=\" until=\";\"", "4|T=42", 42},
	{"until at once", "decimal counters.total after=\"T=\" until=\";\"", "4|T=;C=7", -1},
	{"an OID", "number counters.total", "6|1.3", -1},
	{"empty", "number counters.total", "4|", -1},
};

TEST(numbers_of_a_row)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		char row[256], answer[256];
		const struct br_counter_value *total;

		snprintf(row, sizeof row, "get " OWN "1.0 %s\n", numbers[i].row);
		snprintf(answer, sizeof answer, OWN "1.0|%s\n", numbers[i].answer);
		total = &read_rows(row, answer)->counters[BR_COUNTER_TOTAL];
		check_case(numbers[i].name);
		CHECK_INT(total->value.known ? total->value.value : -1, numbers[i].total);
	}
}

/* What identity.serial is. */
static const struct {
	const char *name, *rows, *answers, *serial;
} texts[] = {
	{"plain", "get " OWN "1.0 text identity.serial\n", OWN "1.0|4|AB12\n", "AB12"},
	{"wins over the standard", "get " OWN "1.0 text identity.serial\n",
	 OWN "1.0|4|AB12\nG17.1|4|STD\n", "AB12"},
	{"fallback does not", "get " OWN "1.0 text identity.serial fallback\n",
	 OWN "1.0|4|AB12\nG17.1|4|STD\n", "STD"},
	{"fallback of nothing", "get " OWN "1.0 text identity.serial fallback\n",
	 OWN "1.0|4|AB12\n", "AB12"},
	{"empty wins over nothing", "get " OWN "1.0 text identity.serial\n",
	 OWN "1.0|4|\nG17.1|4|STD\n", "STD"},
	{"after and until", "get " OWN "1.0 text identity.serial after=\"S/N: \" until=\";\"\n",
	 OWN "1.0|4|S/N: LM42; rev B\n", "LM42"},
	{"after is not there", "get " OWN "1.0 text identity.serial after=\"X\"\n",
	 OWN "1.0|4|S/N: LM42\n", ""},
	{"a get takes its instance only", "get " OWN "1.0 text identity.serial\n",
	 OWN "1.0.1|4|AB12\n" OWN "1.1|4|X\n", ""},
	{"first takes the first", "first " OWN "1 text identity.serial\n",
	 OWN "1.3.7|4|ONE\n" OWN "1.4|4|TWO\n", "ONE"},
	{"a device id", "get " OWN "1.0 device-id -\n", OWN "1.0|4|MFG:L;MDL:P40;SN:ID77;\n",
	 "ID77"},
	{"a device id yields to the standard", "get " OWN "1.0 device-id -\n",
	 OWN "1.0|4|MFG:L;MDL:P40;SN:ID77;\nG17.1|4|STD\n", "STD"},
	{"no device id", "get " OWN "1.0 device-id -\n", OWN "1.0|4|hello\n", ""},
	{"for this model", "model \"*P40*\"\nget " OWN "1.0 text identity.serial\n",
	 OWN "1.0|4|AB12\n", "AB12"},
	{"for another model", "model \"*P50*\"\nget " OWN "1.0 text identity.serial\n",
	 OWN "1.0|4|AB12\n", ""},
	{"for every model again",
	 "model \"*P50*\"\nmodel \"*\"\nget " OWN "1.0 text identity.serial\n",
	 OWN "1.0|4|AB12\n", "AB12"},
};

TEST(texts_of_a_row)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const struct br_reading *reading = read_rows(texts[i].rows, texts[i].answers);

		check_case(texts[i].name);
		CHECK_STR(br_text(reading, reading->identity.serial), texts[i].serial);
		CHECK_STR(br_text(reading, reading->identity.maker), "Lumen");
	}
}

TEST(a_row_is_chosen_by_its_label)
{
	static const char rows[] =
		"table " OWN "7.3 number counters.total label=" OWN "7.2 where=\"Total*\"\n"
		"table " OWN "7.3 number counters.color label=" OWN "7.2 where=\"5\"\n";
	const struct br_reading *reading =
		read_rows(rows, OWN "7.2.1|4|Mono\n" OWN "7.2.2|4|total pages\n" OWN
				    "7.2.9|2|5\n" OWN "7.3.1|65|1\n" OWN "7.3.2|65|2\n" OWN
				    "7.3.3|65|3\n" OWN "7.3.9|65|9\n");

	CHECK_INT(reading->counters[BR_COUNTER_TOTAL].value.value, 2);
	CHECK_INT(reading->counters[BR_COUNTER_COLOR].value.value, 9);
	CHECK_STR(br_text(reading, reading->counters[BR_COUNTER_TOTAL].origin),
		  "1.3.6.1.4.1.99999.7.3.2");
	/* Without the labels nothing is taken. */
	reading = read_rows(rows, OWN "7.3.1|65|1\n" OWN "7.3.2|65|2\n");
	CHECK(!reading->counters[BR_COUNTER_TOTAL].value.known);
}

#define TONER "S5.1.1|2|3\nS6.1.1|4|Black Toner\nS8.1.1|2|100\nS9.1.1|2|"

/* One standard toner row, and what the maker says of it. */
static const struct {
	const char *name, *rows, *answers;
	size_t n;
	enum br_level_kind kind;
	uint8_t percent;
	enum br_supply_state state;
} supplies[] = {
	{"a level word", "level -100 empty\n", TONER "-100\n", 1, BR_LEVEL_UNKNOWN, 0,
	 BR_SUPPLY_EMPTY},
	{"a level word: low", "level 254 low\n", TONER "254\n", 1, BR_LEVEL_SOME, 0,
	 BR_SUPPLY_LOW},
	{"a level word: some", "level 254 some\n", TONER "254\n", 1, BR_LEVEL_SOME, 0,
	 BR_SUPPLY_OK},
	{"a level word: unknown", "level 254 unknown\n", TONER "254\n", 1, BR_LEVEL_UNKNOWN, 0,
	 BR_SUPPLY_UNKNOWN},
	{"a level word: missing", "level 254 missing\n", TONER "254\n", 1, BR_LEVEL_UNKNOWN, 0,
	 BR_SUPPLY_MISSING},
	{"a level word: percent", "level 254 40%\n", TONER "254\n", 1, BR_LEVEL_MEASURED, 40,
	 BR_SUPPLY_OK},
	{"another level", "level -100 empty\n", TONER "50\n", 1, BR_LEVEL_MEASURED, 50,
	 BR_SUPPLY_OK},
	{"percent by index", "table " OWN "9 number supply.percent\n",
	 TONER "-3\n" OWN "9.1|2|70\n", 1, BR_LEVEL_MEASURED, 70, BR_SUPPLY_OK},
	{"percent of no such index", "table " OWN "9 number supply.percent\n",
	 TONER "-3\n" OWN "9.2|2|70\n", 1, BR_LEVEL_SOME, 0, BR_SUPPLY_OK},
	{"percent as fallback", "table " OWN "9 number supply.percent fallback\n",
	 TONER "50\n" OWN "9.1|2|70\n", 1, BR_LEVEL_MEASURED, 50, BR_SUPPLY_OK},
	{"percent in small parts",
	 "table " OWN "9 number supply.percent scale=100 divide=2550 skip=-1\n",
	 TONER "-3\n" OWN "9.1|2|2040\n", 1, BR_LEVEL_MEASURED, 80, BR_SUPPLY_OK},
	{"percent, a part of one is not empty",
	 "table " OWN "9 number supply.percent scale=100 divide=2550\n",
	 TONER "-3\n" OWN "9.1|2|10\n", 1, BR_LEVEL_MEASURED, 1, BR_SUPPLY_LOW},
	{"percent, nothing", "table " OWN "9 number supply.percent scale=100 divide=2550\n",
	 TONER "-3\n" OWN "9.1|2|0\n", 1, BR_LEVEL_MEASURED, 0, BR_SUPPLY_EMPTY},
	{"percent, -3 in parts is not empty",
	 "table " OWN "9 number supply.percent scale=100 divide=2550\n",
	 TONER "50\n" OWN "9.1|2|-3\n", 1, BR_LEVEL_MEASURED, 50, BR_SUPPLY_OK},
	{"percent skipped", "table " OWN "9 number supply.percent skip=-1\n",
	 TONER "-3\n" OWN "9.1|2|-1\n", 1, BR_LEVEL_SOME, 0, BR_SUPPLY_OK},
	{"percent beyond 100", "table " OWN "9 number supply.percent\n",
	 TONER "-3\n" OWN "9.1|2|170\n", 1, BR_LEVEL_MEASURED, 100, BR_SUPPLY_OK},
	{"percent -3", "table " OWN "9 number supply.percent\n", TONER "50\n" OWN "9.1|2|-3\n",
	 1, BR_LEVEL_SOME, 0, BR_SUPPLY_OK},
	{"level of a private capacity",
	 "table " OWN "8 number supply.capacity\ntable " OWN "9 number supply.level\n",
	 TONER "-3\n" OWN "8.1|2|200\n" OWN "9.1|2|50\n", 1, BR_LEVEL_MEASURED, 25,
	 BR_SUPPLY_OK},
	{"by id", "get " OWN "9.0 number supply:toner-black.percent\n",
	 TONER "-3\n" OWN "9.0|2|5\n", 1, BR_LEVEL_MEASURED, 5, BR_SUPPLY_LOW},
	{"by id of none", "get " OWN "9.0 number supply:toner-cyan.percent\n",
	 TONER "-3\n" OWN "9.0|2|5\n", 2, BR_LEVEL_SOME, 0, BR_SUPPLY_OK},
	{"by description",
	 "table " OWN "6 text supply.description\ntable " OWN "9 number supply.percent\n",
	 TONER "-3\n" OWN "6.7|4|black toner\n" OWN "9.7|2|33\n", 1, BR_LEVEL_MEASURED, 33,
	 BR_SUPPLY_OK},
	{"by description, whose row did not come",
	 "table " OWN "6 text supply.description\ntable " OWN "9 number supply.percent\n",
	 TONER "-3\n" OWN "6.7|4|black toner\n" OWN "9.1|2|33\n", 1, BR_LEVEL_SOME, 0,
	 BR_SUPPLY_OK},
	{"filled already", "filled toner\n", TONER "80\n", 1, BR_LEVEL_MEASURED, 20,
	 BR_SUPPLY_OK},
	{"filled already, said twice", "filled toner\nmodel \"*P40*\"\nfilled toner\n",
	 TONER "80\n", 1, BR_LEVEL_MEASURED, 20, BR_SUPPLY_OK},
	{"filled already, another type", "filled waste-toner\n", TONER "80\n", 1,
	 BR_LEVEL_MEASURED, 80, BR_SUPPLY_OK},
	{"filled already, another model", "model \"*P50*\"\nfilled toner\n", TONER "80\n", 1,
	 BR_LEVEL_MEASURED, 80, BR_SUPPLY_OK},
	{"filled already, type not said", "filled toner\n",
	 "S4.1.1|2|3\nS6.1.1|4|Black Toner\nS8.1.1|2|100\nS9.1.1|2|80\n", 1, BR_LEVEL_UNKNOWN,
	 0, BR_SUPPLY_UNKNOWN},
};

TEST(supplies_of_a_row)
{
	for (size_t i = 0; i < sizeof supplies / sizeof supplies[0]; i++) {
		const struct br_reading *reading =
			read_rows(supplies[i].rows, supplies[i].answers);

		check_case(supplies[i].name);
		CHECK_INT(reading->n_supplies, supplies[i].n);
		CHECK_INT(reading->supplies[0].kind, supplies[i].kind);
		CHECK_INT(reading->supplies[0].percent, supplies[i].percent);
		CHECK_INT(reading->supplies[0].state, supplies[i].state);
	}
}

TEST(a_supply_that_the_standard_table_does_not_have)
{
	const struct br_reading *reading =
		read_rows("get " OWN "9.0 number supply:waste-toner.percent\nget " OWN
			  "8.0 text supply:toner-cyan.part\n",
			  OWN "9.0|2|60\n" OWN "8.0|4|TN-1\n");

	CHECK_INT(reading->n_supplies, 2);
	CHECK_STR(reading->supplies[0].id, "waste-toner");
	CHECK_INT(reading->supplies[0].role, BR_ROLE_FILLED);
	CHECK_INT(reading->supplies[0].percent, 60);
	CHECK_STR(br_text(reading, reading->supplies[0].origin), "test.mib");
	CHECK_STR(reading->supplies[1].id, "toner-cyan");
	CHECK_STR(br_text(reading, reading->supplies[1].colorant), "cyan");
	CHECK_STR(br_text(reading, reading->supplies[1].part), "TN-1");
	CHECK_INT(reading->supplies[1].kind, BR_LEVEL_UNKNOWN);
}

TEST(more_answers_than_there_is_room_for_are_told)
{
	static char lines[65536];
	const struct br_reading *reading;
	size_t used = 0;

	for (int i = 1; i <= 768; i++)
		used += (size_t)snprintf(lines + used, sizeof lines - used, OWN "9.%d|2|1\n",
					 i);
	reading = bed_decode(lines, HEAD, 1);
	CHECK(!reading->partial);
	snprintf(lines + used, sizeof lines - used, OWN "9.769|2|1\n");
	reading = bed_decode(lines, HEAD, 1);
	CHECK(reading->partial);
	CHECK(bed_noted(reading, "private answers"));
}

TEST(coverage_care_and_console)
{
	const struct br_reading *reading = read_rows(
		"get " OWN "1.0 number coverage.black divide=10\nget " OWN
		"2.0 number coverage.cyan\n"
		"get " OWN "3.0 number care.drum.percent\nget " OWN
		"4.0 number care.drum.pages\n"
		"get " OWN "5.0 number care.belt.percent\nget " OWN "6.0 text console\n"
		"get " OWN "7.0 text console\nget " OWN "8.0 mac identity.mac\n",
		OWN "1.0|2|47\n" OWN "2.0|2|1001\n" OWN "3.0|2|88\n" OWN "4.0|2|12000\n" OWN
		    "5.0|2|101\n" OWN "6.0|4|Ready\n" OWN "7.0|4|Ready\n" OWN
		    "8.0|4|02-00-5E-00-00-01\n");

	CHECK_INT(reading->coverage[BR_COLORANT_BLACK].thousandths.value, 4700);
	CHECK(!reading->coverage[BR_COLORANT_CYAN]
		       .thousandths.known); /* more than all of a page */
	CHECK_INT(reading->n_care, 1);
	CHECK_STR(reading->care[0].part, "drum");
	CHECK_INT(reading->care[0].percent.value, 88);
	CHECK_INT(reading->care[0].remaining_pages.value, 12000);
	CHECK_INT(reading->status.n_console, 1);
	CHECK_STR(br_text(reading, reading->identity.mac), "02:00:5e:00:00:01");
}
