/*
 * counters.c - the odometers of the standards, each with what it counts and where it stood.
 *
 * prtMarkerLifeCount is an engine's odometer, not a billing meter: the basis says so. Counters
 * of the imaging MIB are taken for whole services only, over the life of the device.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scratch.h"
#include "model/names.h"

#include <stdio.h>

enum {
	UNIT_TEN_THOUSANDTH_INCH = 3,
	UNIT_MICROMETRE = 4,
	UNIT_IMPRESSIONS = 7,
	UNIT_SHEETS = 8,
	UNIT_FEET = 16,
	UNIT_METRES = 17
};

static void set_counter(struct br_scratch *scratch, enum br_counter which, int64_t value,
			const char *basis, const char *origin)
{
	struct br_counter_value *counter = &scratch->reading->counters[which];

	if (counter->value.known || value < 0)
		return;
	counter->value = (struct br_number){true, value};
	counter->basis = br_reading_put(scratch->reading, basis);
	counter->origin = br_reading_put(scratch->reading, origin);
}

/* Length units into centimetres. */
static bool centimetres(int32_t unit, int64_t value, int64_t *cm)
{
	static const struct {
		int32_t unit;
		int64_t times, by;
	} rows[] = {
		{UNIT_TEN_THOUSANDTH_INCH, 254, 1000000},
		{UNIT_MICROMETRE, 1, 10000},
		{UNIT_FEET, 3048, 100},
		{UNIT_METRES, 100, 1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].unit != unit)
			continue;
		if (value < 0 || value > INT64_MAX / rows[i].times)
			return false;
		*cm = value * rows[i].times / rows[i].by;
		return true;
	}
	return false;
}

static void marker_counters(struct br_scratch *scratch, size_t i)
{
	char life[64], power[64];
	int32_t unit = scratch->markers[i].unit, index = scratch->markers[i].index;
	struct br_number count = scratch->markers[i].life, on = scratch->markers[i].power_on;
	const char *basis = br_name_counter_unit(unit);
	int64_t cm;

	snprintf(life, sizeof life, "1.3.6.1.2.1.43.10.2.1.4.%u.%d", scratch->device,
		 (int)index);
	snprintf(power, sizeof power, "1.3.6.1.2.1.43.10.2.1.5.%u.%d", scratch->device,
		 (int)index);
	if (unit == UNIT_IMPRESSIONS || unit == UNIT_SHEETS || unit == 0) {
		if (unit == 0)
			basis = "unknown";
		if (count.known)
			set_counter(scratch, BR_COUNTER_TOTAL, count.value, basis, life);
		if (on.known)
			set_counter(scratch, BR_COUNTER_POWER_ON, on.value, basis, power);
	} else if (count.known && centimetres(unit, count.value, &cm)) {
		set_counter(scratch, BR_COUNTER_LENGTH_CM, cm, "centimetres", life);
	} else if (count.known && count.value > 0) {
		br_reading_note(scratch->reading, "marker %d counts %s: not a page counter",
				(int)index, basis ? basis : "in a unit without a name");
	}
}

/* services of IcServiceTypeTC that have counters of their own in a reading */
static const struct {
	int32_t service;
	enum br_counter total, mono, color;
} services[] = {
	{3, BR_COUNTER_TOTAL, BR_COUNTER_MONO, BR_COUNTER_COLOR},
	{4, BR_COUNTER_COPY_TOTAL, BR_COUNTER_COPY_MONO, BR_COUNTER_COPY_COLOR},
	{11, BR_COUNTER_PRINT_TOTAL, BR_COUNTER_PRINT_MONO, BR_COUNTER_PRINT_COLOR},
	{12, BR_COUNTER_SCAN_TOTAL, BR_COUNTER_SCAN_MONO, BR_COUNTER_SCAN_COLOR},
};

static void impression_counters(struct br_scratch *scratch, size_t i, size_t service)
{
	static const int columns[] = {4, 5, 7};
	const struct br_number *values[] = {&scratch->impressions[i].total,
					    &scratch->impressions[i].mono,
					    &scratch->impressions[i].color};
	const enum br_counter which[] = {services[service].total, services[service].mono,
					 services[service].color};
	char origin[80];

	for (size_t k = 0; k < 3; k++) {
		snprintf(origin, sizeof origin, "1.3.6.1.4.1.2699.1.3.1.8.1.1.%d.%d.3.3",
			 columns[k], (int)scratch->impressions[i].index);
		if (values[k]->known)
			set_counter(scratch, which[k], values[k]->value, "impressions", origin);
	}
}

static void imaging_counters(struct br_scratch *scratch)
{
	for (size_t k = 0; k < scratch->n_keys; k++) {
		enum { SUBUNIT_NONE = 0, SUBUNIT_UNKNOWN = 2 };

		if (scratch->keys[k].subunit != SUBUNIT_NONE &&
		    scratch->keys[k].subunit != SUBUNIT_UNKNOWN)
			continue;
		for (size_t i = 0; i < scratch->n_impressions; i++)
			for (size_t s = 0; s < sizeof services / sizeof services[0]; s++)
				if (scratch->impressions[i].index == scratch->keys[k].index &&
				    services[s].service == scratch->keys[k].service)
					impression_counters(scratch, i, s);
	}
}

void br_finish_counters(struct br_scratch *scratch)
{
	/* Several markers print on the same sheet: their odometers must not be added. */
	if (scratch->n_markers > 0)
		marker_counters(scratch, 0);
	if (scratch->n_markers > 1 && scratch->reading->counters[BR_COUNTER_TOTAL].value.known)
		br_reading_note(scratch->reading, "%u markers: the total is that of marker %d",
				(unsigned)scratch->n_markers, (int)scratch->markers[0].index);
	imaging_counters(scratch);
}
