/*
 * counters_test.c - odometers with their unit, and the services of the imaging MIB.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"

#include <stdio.h>

static const struct {
	const char *name, *unit, *life;
	int64_t total, cm; /* -1: not known */
	const char *basis;
} units[] = {
	{"impressions", "2|7", "65|1234", 1234, -1, "impressions"},
	{"sheets", "2|8", "65|1234", 1234, -1, "sheets"},
	{"no unit", "5|", "65|1234", 1234, -1, "unknown"},
	{"metres", "2|17", "65|12", -1, 1200, "centimetres"},
	{"feet", "2|16", "65|100", -1, 3048, "centimetres"},
	{"micrometres", "2|4", "65|1000000", -1, 100, "centimetres"},
	{"ten-thousandths of an inch", "2|3", "65|10000000", -1, 2540, "centimetres"},
	{"a length beyond 64 bits", "2|16", "70|9223372036854775807", -1, -1, ""},
	{"hours", "2|11", "65|7", -1, -1, ""},
	{"a unit of no name", "2|99", "65|7", -1, -1, ""},
	{"negative", "2|7", "2|-2", -1, -1, ""},
	{"a negative length", "2|17", "2|-2", -1, -1, ""},
	{"zero", "2|7", "65|0", 0, -1, "impressions"},
};

static int64_t known(const struct br_reading *reading, enum br_counter counter)
{
	return reading->counters[counter].value.known ? reading->counters[counter].value.value
						      : -1;
}

TEST(odometer_by_its_unit)
{
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		char lines[256];
		const struct br_reading *reading;
		const struct br_counter_value *counter;

		snprintf(lines, sizeof lines, "M2.1.1|2|4\nM3.1.1|%s\nM4.1.1|%s\n",
			 units[i].unit, units[i].life);
		reading = bed_read(lines);
		counter = &reading->counters[units[i].cm >= 0 ? BR_COUNTER_LENGTH_CM
							      : BR_COUNTER_TOTAL];
		check_case(units[i].name);
		CHECK_INT(known(reading, BR_COUNTER_TOTAL), units[i].total);
		CHECK_INT(known(reading, BR_COUNTER_LENGTH_CM), units[i].cm);
		CHECK_STR(br_text(reading, counter->basis), units[i].basis);
		CHECK_STR(br_text(reading, counter->origin),
			  units[i].basis[0] ? "1.3.6.1.2.1.43.10.2.1.4.1.1" : "");
	}
}

TEST(two_markers_are_not_added)
{
	const struct br_reading *reading =
		bed_read("M2.1.1|2|4\nM2.1.2|2|4\nM3.1.1|2|7\nM3.1.2|2|7\nM4.1.1|65|100\nM4.1."
			 "2|65|900\nM5.1.1|65|3\n");

	CHECK_INT(known(reading, BR_COUNTER_TOTAL), 100);
	CHECK_INT(known(reading, BR_COUNTER_POWER_ON), 3);
	CHECK(bed_noted(reading, "2 markers: the total is that of marker 1"));
}

#define KEY(index, service, subunit)                          \
	"1.3.6.1.4.1.2699.1.3.1.2.1.1.2." index "|2|" service \
	"\n1.3.6.1.4.1.2699.1.3.1.2.1.1.4." index "|2|" subunit "\n"
#define IMPRESSIONS(column, index, value) \
	"1.3.6.1.4.1.2699.1.3.1.8.1.1." column "." index ".3.3|65|" value "\n"

TEST(services_of_the_imaging_counters)
{
	const struct br_reading *reading = bed_read(
		KEY("5", "11", "2") KEY("6", "4", "2") KEY("7", "11", "9")
			IMPRESSIONS("4", "5", "1000") IMPRESSIONS("5", "5", "600")
				IMPRESSIONS("7", "5", "400") IMPRESSIONS("4", "6", "50")
					IMPRESSIONS("4", "7", "77777")
						IMPRESSIONS("4", "8", "88888"));

	CHECK_INT(known(reading, BR_COUNTER_PRINT_TOTAL), 1000);
	CHECK_INT(known(reading, BR_COUNTER_PRINT_MONO), 600);
	CHECK_INT(known(reading, BR_COUNTER_PRINT_COLOR), 400);
	CHECK_INT(known(reading, BR_COUNTER_COPY_TOTAL), 50);
	CHECK_INT(known(reading, BR_COUNTER_TOTAL), -1);
	CHECK_STR(br_text(reading, reading->counters[BR_COUNTER_PRINT_TOTAL].origin),
		  "1.3.6.1.4.1.2699.1.3.1.8.1.1.4.5.3.3");
	CHECK_STR(br_text(reading, reading->counters[BR_COUNTER_PRINT_TOTAL].basis),
		  "impressions");
}

/* Work that is not the total, or not of the whole life, is another counter. */
TEST(parts_of_the_imaging_counters_are_left_alone)
{
	const struct br_reading *reading =
		bed_read(KEY("5", "11", "2") "1.3.6.1.4.1.2699.1.3.1.8.1.1.4.5.4.3|65|1\n"
					     "1.3.6.1.4.1.2699.1.3.1.8.1.1.4.5.3.4|65|2\n"
					     "1.3.6.1.4.1.2699.1.3.1.8.1.1.4.5.3|65|3\n"
					     "1.3.6.1.4.1.2699.1.3.1.8.1.1.4.5.3.3.1|65|4\n");

	CHECK_INT(known(reading, BR_COUNTER_PRINT_TOTAL), -1);
}

TEST(the_odometer_wins_over_the_services)
{
	const struct br_reading *reading =
		bed_read("M2.1.1|2|4\nM3.1.1|2|7\nM4.1.1|65|100\n" KEY("1", "3", "2")
				 IMPRESSIONS("4", "1", "99"));

	CHECK_INT(known(reading, BR_COUNTER_TOTAL), 100);
}
