/*
 * stocked.c - the days of a small fleet, one after the other, as answers of printers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "stocked.h"

#include "check.h"
#include "decode/bed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	DAYS = 120,
	HOURS_BETWEEN = 6,
	SILENT_HOURS = 72,
	RESET_DAY = 90,
	AWAY_DAY = 85,
	BACK_DAY = 87
};

static const struct printer {
	const char *target, *name, *serial, *model;
	int use_by_10; /* of black, tenths of a percent on a working day */
	bool color;
} printers[] = {
	{"udp:192.0.2.10:161", "office", "MADEUP0010", "Inkwell 500", 20, true},
	{"udp:192.0.2.11:161", "\033[31mred\xff<b>&", "MADEUP0011", "Inkwell 100", 5, false},
	{"udp:192.0.2.12:161", "archive", "MADEUP0012", "Inkwell 100", 0, false},
};

static void put_lines(struct br_buf *lines, const struct printer *printer, int day,
		      int64_t used)
{
	int64_t black = 100 - used / 10 % 96, cyan = (100 - used / 25 % 80) / 10 * 10;
	int64_t pages = used * 7 - (day >= RESET_DAY && printer->color ? 9000 : 0);

	br_buf_reset(lines);
	br_buf_format(lines, "1.3.6.1.2.1.1.1.0|4|Inkwell\n1.3.6.1.2.1.1.5.0|4x|");
	for (const char *at = printer->name; *at; at++)
		br_buf_format(lines, "%02x", (unsigned)(unsigned char)*at);
	br_buf_format(lines,
		      "\nV3.1|4|%s\nV2.1|6|1.3.6.1.2.1.25.3.1.5\nH1.1|2|3\nG17.1|4|%s\n"
		      "M3.1.1|2|7\nM4.1.1|65|%" PRId64 "\n",
		      printer->model, printer->serial, 20000 + pages);
	br_buf_format(lines, "1.3.6.1.2.1.1.6.0|4|%s\n", day < 60 ? "Room 1" : "Room 2");
	if (printer->use_by_10)
		br_buf_format(lines,
			      "S4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\nS7.1.1|2|19\n"
			      "S8.1.1|2|100\nS9.1.1|2|%" PRId64 "\n",
			      black);
	if (printer->color)
		br_buf_format(lines,
			      "S4.1.2|2|3\nS5.1.2|2|3\nS6.1.2|4|Cyan Toner\nS7.1.2|2|19\n"
			      "S8.1.2|2|100\nS9.1.2|2|%" PRId64 "\n",
			      cyan);
	br_buf_format(lines, "S4.1.3|2|4\nS5.1.3|2|4\nS6.1.3|4|Waste Toner Box\nS7.1.3|2|19\n"
			     "S8.1.3|2|-2\nS9.1.3|2|-3\n");
	if (black <= 15 && printer->color)
		br_buf_text(lines, "A2.1.7|2|4\nA4.1.7|2|11\nA5.1.7|2|1\nA7.1.7|2|1104\n"
				   "A8.1.7|4|Black toner <low>\n");
}

static void put(struct sample *sample, const struct printer *printer, int64_t time,
		const char *lines)
{
	struct br_reading reading = *bed_decode(lines, NULL, 1);
	struct br_harvest harvest;
	struct br_store_kept kept = {.device = 1, .questions = 4};
	int64_t id;

	bed_harvest(&harvest, lines);
	memcpy(&kept.harvest.at, &harvest.data, sizeof kept.harvest.at);
	kept.harvest.len = harvest.len;
	br_text_copy(reading.target, sizeof reading.target, br_view(printer->target));
	reading.time = time;
	reading.reachable = true;
	if (br_store_put(sample->store, "default", &reading, &kept, &id, &sample->err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
	br_harvest_clear(&harvest);
}

/* What was used by an hour: on working days, from eight to twenty. */
static int64_t used_at(const struct printer *printer, int hours)
{
	int day = hours / 24, hour = hours % 24;
	int64_t used = 0, noise = 7;

	for (int d = 0; d <= day; d++) {
		int64_t today = d % 7 < 5 ? printer->use_by_10 : 0;

		noise = (noise * 1103515245 + 12345) & 0x7fffffff;
		today += today * (noise >> 16 & 7) / 8 - today * 3 / 8;
		used += d < day     ? today
			: hour < 8  ? 0
			: hour < 20 ? today * (hour - 8) / 12
				    : today;
	}
	return used;
}

static void missed(struct sample *sample, const char *target, int64_t time)
{
	if (br_store_missed(sample->store, target, "default", time, BR_E_TIMEOUT, "no answer",
			    &sample->err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
}

/* What each says at an hour, or does not. */
static void put_hour(struct sample *sample, struct br_buf *lines, int hours)
{
	int64_t time = STOCKED_NOW - (int64_t)(DAYS * 24 - hours) * 3600 - 300;

	for (size_t i = 0; i < sizeof printers / sizeof printers[0]; i++) {
		if (i == 1 && hours > DAYS * 24 - SILENT_HOURS) {
			missed(sample, printers[i].target, time);
			continue;
		}
		put_lines(lines, &printers[i], hours / 24, used_at(&printers[i], hours));
		put(sample, &printers[i], time, lines->data);
	}
}

void stocked_init(struct sample *sample)
{
	static const struct br_store_name names[] = {
		{{"udp:192.0.2.12:161", 18}, {"Archive, 2nd floor", 18}},
		{{"udp:192.0.2.13:161", 18}, {"Cellar", 6}},
	};
	struct br_buf lines;

	sample_init(sample);
	sample_open(sample);
	br_buf_init(&lines, 1 << 20);
	for (int hours = 0; hours <= DAYS * 24; hours += HOURS_BETWEEN)
		if (hours / 24 < AWAY_DAY || hours / 24 >= BACK_DAY)
			put_hour(sample, &lines, hours);
	missed(sample, "udp:192.0.2.12:161", STOCKED_NOW - 60);
	missed(sample, "udp:192.0.2.13:161", STOCKED_NOW - 60);
	if (br_store_names(sample->store, names, sizeof names / sizeof names[0],
			   &sample->err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
	sample_commit(sample);
	sample_close(sample);
	br_buf_clear(&lines);
}
