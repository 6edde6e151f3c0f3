/*
 * thin_test.c - raw becomes hours, hours become days, days end; nothing is lost on the way that
 * the coarser rows promise.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/inside.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400 };

static struct sample sample;

static size_t thin(int64_t now)
{
	bool more = true;
	size_t calls = 0;

	while (more) {
		if (br_store_thin(sample.store, now, &more, &sample.err) != BR_OK)
			check_failed(__FILE__, __LINE__, "%s", sample.err.text);
		calls++;
	}
	return calls;
}

TEST(hours_then_days_then_nothing)
{
	int64_t id = 0, midnight = NOON - 12 * HOUR;

	sample_init(&sample);
	sample.options.raw_days = 1;
	sample.options.hourly_days = 2;
	sample.options.daily_days = 3;
	sample_open(&sample);
	/* Every ten minutes a page, over four hours from noon on. */
	for (int i = 0; i < 24; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + i * 600,
								 .total = i + 1});
	sample_commit(&sample);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run"), 23);
	thin(NOON + DAY / 2); /* today's are left alone */
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run"), 23);
	thin(midnight + 2 * DAY);
	CHECK_STR(sample_points(&sample, id), "counter total\n"
					      "0-3000 0..5 5 x6\n3600-6600 6..11 11 x6\n"
					      "7200-10200 12..17 17 x6\n"
					      "10800-13200 18..22 22 x5\n13800-13800 23 x1\n");
	thin(midnight + 3 * DAY);
	CHECK_STR(sample_points(&sample, id),
		  "counter total\n0-13200 0..22 22 x23\n13800-13800 23 x1\n");
	CHECK_INT(thin(midnight + 3 * DAY + 5), 1); /* done for that day */
	thin(midnight + 5 * DAY);
	CHECK_STR(sample_points(&sample, id), "counter total\n13800-13800 23 x1\n");
	sample_done(&sample);
}

/* For a day the machine believes that it is the year 2098. */
TEST(a_clock_that_is_years_ahead_ends_no_history)
{
	int64_t id = 0, midnight = NOON - 12 * HOUR;
	char before[4096];

	sample_init(&sample);
	sample.options.raw_days = 1;
	sample.options.hourly_days = 30;
	sample.options.daily_days = 60;
	sample_open(&sample);
	for (int i = 0; i < 20; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + i * DAY,
								 .total = i + 1});
	sample_commit(&sample);
	thin(midnight + 20 * DAY);
	snprintf(before, sizeof before, "%s", sample_points(&sample, id));
	for (int hour = 0; hour < 12; hour++) {
		thin(midnight + 26000LL * DAY + hour * HOUR);
		/* The collector is started again meanwhile. */
		sample_close(&sample);
		sample_open(&sample);
	}
	CHECK_STR(sample_points(&sample, id), before);
	/* The clock is right again; and two weeks later it goes on as if nothing had been. */
	CHECK_INT(thin(midnight + 21 * DAY), 1);
	CHECK_STR(sample_points(&sample, id), before);
	for (int day = 22; day < 65; day++)
		thin(midnight + day * DAY);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run WHERE fine <> 0"), 0);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run"), 15);
	sample_done(&sample);
}

static void some_days(void)
{
	sample_init(&sample);
	sample.options.raw_days = 1;
	sample.options.hourly_days = 30;
	sample.options.daily_days = 60;
	sample_open(&sample);
	for (int i = 0; i < 20; i++)
		sample_put(&sample,
			   (struct sample_reading){.time = NOON + i * DAY, .total = i + 1});
	sample_commit(&sample);
}

#define THINNED "SELECT value FROM meta WHERE name = 'thinned'"

/* A machine without a battery thinks that it is 1970, until somebody tells it. */
TEST(a_clock_that_was_back_does_not_end_thinning)
{
	const int64_t midnight = NOON - 12 * HOUR;

	some_days();
	thin(midnight + 20 * DAY);
	thin(10 * DAY);
	CHECK_INT(sample_sql(&sample, THINNED), midnight + 20 * DAY);
	thin(midnight + 21 * DAY);
	CHECK_INT(sample_sql(&sample, THINNED), midnight + 21 * DAY);
	sample_done(&sample);
}

/* One of the first schema, say, which was never thinned: the border begins at what was read. */
TEST(the_first_thinning_by_a_clock_that_is_years_ahead)
{
	some_days();
	thin(NOON + 26000LL * DAY);
	CHECK_INT(sample_sql(&sample, THINNED), NOON + (19 + 7) * DAY);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run"), 19);
	sample_done(&sample);
}

/* A stretch that is longer than an hour is as thin as it gets, and stays where it was. */
TEST(a_long_stretch_stays)
{
	int64_t id = 0, midnight = NOON - 12 * HOUR;

	sample_init(&sample);
	sample.options.raw_days = 1;
	sample.options.hourly_days = 2;
	sample_open(&sample);
	for (int i = 0; i < 10; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + i * HOUR / 2,
								 .black = i == 9 ? 40 : 51});
	sample_commit(&sample);
	thin(midnight + 2 * DAY);
	CHECK_STR(sample_points(&sample, id),
		  "level toner-black\n0-14400 50 x9\n16200-16200 39 x1\n");
	thin(midnight + 4 * DAY);
	CHECK_STR(sample_points(&sample, id),
		  "level toner-black\n0-14400 50 x9\n16200-16200 39 x1\n");
	CHECK_INT(sample_sql(&sample, "SELECT fine FROM run"), BR_FINE_DAY);
	sample_done(&sample);
}

/* Six values of 50 minutes each: one begins in each hour, and in the first two. */
TEST(a_short_one_belongs_to_the_hour_it_began_in)
{
	int64_t id = 0, midnight = NOON - 12 * HOUR;

	sample_init(&sample);
	sample.options.raw_days = 1;
	sample_open(&sample);
	for (int i = 0; i < 6; i++)
		for (int k = 0; k < 5; k++)
			id = sample_put(&sample, (struct sample_reading){
							 .time = NOON + i * 3000 + k * 600,
							 .total = i + 1});
	sample_commit(&sample);
	thin(midnight + 2 * DAY);
	CHECK_STR(sample_points(&sample, id), "counter total\n"
					      "0-5400 0..1 1 x10\n6000-8400 2 x5\n"
					      "9000-11400 3 x5\n12000-14400 4 x5\n"
					      "15000-17400 5 x5\n");
	sample_done(&sample);
}

TEST(a_few_printers_at_a_time)
{
	char serial[16];

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 20; i++) {
		snprintf(serial, sizeof serial, "SN%05d", i);
		sample_put(&sample, (struct sample_reading){
					    .time = NOON, .serial = serial, .target = serial});
	}
	CHECK_INT(thin(NOON), 3);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM printer"), 20); /* it commits */
	sample_done(&sample);
}

/* A printer that flaps for years keeps the newest only, and what goes on. */
TEST(events_have_a_ceiling)
{
	static const int low[][4] = {{11, 1, 1104, 4}, {0}}, open[][4] = {{8, 1, 808, 4}, {0}};
	int64_t id = 0, time = NOON;

	sample_init(&sample);
	sample_open(&sample);
	sample_put(&sample, (struct sample_reading){.time = time, .alerts = open});
	for (int i = 0; i < BR_EVENTS_MAX + 50; i++) {
		sample_put(&sample, (struct sample_reading){.time = ++time,
							    .alerts = low,
							    .partial = true,
							    .firmware = "1",
							    .total = 100000});
		id = sample_put(&sample, (struct sample_reading){
						 .time = ++time, .firmware = "2", .total = 1});
	}
	CHECK_INT(id, 1);
	thin(time);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM episode"), BR_EVENTS_MAX);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM change"), BR_EVENTS_MAX);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM discontinuity"), BR_EVENTS_MAX);
	CHECK_INT(sample_sql(&sample, "SELECT max(time) FROM change"), time);
	sample_done(&sample);
}

/* Names that a printer makes up every time do not fill the store. */
TEST(series_have_a_ceiling)
{
	static struct br_reading reading;
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 400; i++) {
		sample_make(&reading, &(struct sample_reading){.time = NOON + i, .black = 51});
		snprintf(reading.supplies[0].id, BR_ID_SIZE, "toner-%d", i);
		CHECK_INT(br_store_put(sample.store, "p", &reading, NULL, &id, NULL), BR_OK);
	}
	sample_commit(&sample);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM series"), BR_SERIES_MAX);
	/* Years later those are gone. */
	for (int64_t day = 0; day <= 4000; day += 7)
		thin(NOON + day * DAY);
	CHECK(sample_sql(&sample, "SELECT count(*) FROM series") <= 1);
	sample_done(&sample);
}
