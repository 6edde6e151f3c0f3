/*
 * outlook_test.c - a forecast out of the store, and pages a day across all that goes wrong.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/outlook.h"

#include "check.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR };

static struct sample sample;

static struct sample_reading at(int64_t time, int black, int64_t total)
{
	return (struct sample_reading){.target = "udp:192.0.2.1:161",
				       .serial = "SN1",
				       .time = time,
				       .black = black,
				       .total = total};
}

static struct br_outlook *outlook_of(int64_t printer, int64_t now)
{
	struct br_outlook *outlook = NULL;

	sample_commit(&sample);
	sample_read(&sample);
	CHECK_INT(br_outlook_open(&outlook, sample.reader, printer, now, &sample.err), BR_OK);
	return outlook;
}

/* 40 days of 2 % and 50 pages. */
TEST(a_supply_and_its_pages)
{
	struct br_outlook *outlook;
	struct br_forecast forecast;
	struct br_number level;
	int64_t printer = 0, tenths = 1;

	sample_init(&sample);
	sample_open(&sample);
	for (int day = 0; day <= 40; day++)
		printer = sample_put(&sample, at(NOON + day * (int64_t)DAY, 101 - 2 * day,
						 1 + 1000 + 50 * day));
	outlook = outlook_of(printer, NOON + 40 * (int64_t)DAY);
	CHECK_STR(br_outlook_level_of(outlook, 0), "toner-black");
	CHECK(br_outlook_level_of(outlook, 1) == NULL);
	CHECK_INT(br_outlook_forecast(outlook, "toner-black", &forecast, &level, &sample.err),
		  BR_OK);
	CHECK_INT(forecast.why, BR_FORECAST_GIVEN);
	CHECK(level.known && level.value == 20);
	CHECK(forecast.days.middle > 8 && forecast.days.middle < 12);
	CHECK(forecast.has_pages);
	CHECK(forecast.pages.middle > 400 && forecast.pages.middle < 600);
	CHECK_INT(br_outlook_forecast(outlook, "toner-cyan", &forecast, &level, &sample.err),
		  BR_E_ABSENT);
	CHECK_INT(forecast.why, BR_FORECAST_FEW);
	CHECK(!level.known);
	CHECK_INT(br_outlook_forecast(outlook, "toner-black", &forecast, NULL, NULL), BR_OK);
	CHECK_INT(br_outlook_per_day(outlook, &tenths, NULL), BR_OK);
	CHECK_INT(tenths, 500);
	br_outlook_close(outlook);

	/* Later values are not known yet; nor is anything before the first. */
	CHECK_INT(br_outlook_open(&outlook, sample.reader, printer, NOON + 20 * (int64_t)DAY,
				  &sample.err),
		  BR_OK);
	CHECK_INT(br_outlook_forecast(outlook, "toner-black", &forecast, &level, NULL), BR_OK);
	CHECK_INT(level.value, 60);
	br_outlook_close(outlook);
	CHECK_INT(br_outlook_open(&outlook, sample.reader, printer, NOON - DAY, &sample.err),
		  BR_OK);
	CHECK_INT(br_outlook_forecast(outlook, "toner-black", &forecast, &level, NULL), BR_OK);
	CHECK_INT(forecast.why, BR_FORECAST_FEW);
	CHECK(!level.known);
	br_outlook_close(outlook);
	br_outlook_close(NULL);
	sample_done(&sample);
}

TEST(a_printer_without_history)
{
	struct br_outlook *outlook;
	int64_t tenths = 1;

	sample_init(&sample);
	sample_open(&sample);
	sample_put(&sample, at(NOON, 0, 0));
	outlook = outlook_of(99, NOON);
	CHECK(br_outlook_level_of(outlook, 0) == NULL);
	CHECK_INT(br_outlook_per_day(outlook, &tenths, &sample.err), BR_E_ABSENT);
	CHECK_STR(sample.err.text, "no counter of pages is known");
	CHECK_INT(tenths, 0);
	br_outlook_close(outlook);
	sample_done(&sample);
}

/* What a counter said so many hours after NOON; asked on hour `now`. */
struct said {
	int hour;
	int64_t total;
};

static const struct {
	const char *name;
	int now;
	int64_t tenths; /* -1: not known */
	struct said said[12];
} rates[] = {
	{"a hundred a day", 96, 1000, {{1, 1000}, {25, 1100}, {49, 1200}, {73, 1300}}},
	{"nothing at all", 96, 0, {{1, 1000}, {25, 1000}, {49, 1000}}},
	{"less than one a day", 96, 3, {{1, 1000}, {25, 1000}, {73, 1001}}},
	{"less than a day", 30, -1, {{1, 1000}, {24, 1100}}},
	{"a day", 30, 1000, {{1, 1000}, {25, 1100}}},
	{"one value", 30, -1, {{1, 1000}}},
	{"a silence of days is counted", 150, 1000, {{1, 1000}, {25, 1100}, {121, 1500}}},
	{"a reset is left out, and its time",
	 150,
	 1000,
	 {{1, 1000}, {25, 1100}, {49, 3}, {73, 103}}},
	{"so is a board with pages of its own",
	 150,
	 1000,
	 {{1, 90000}, {25, 90100}, {49, 50000}, {73, 50100}}},
	{"and a leap that no printer prints",
	 150,
	 1000,
	 {{1, 1000}, {25, 1100}, {26, 90001100}, {50, 90001200}}},
	{"a rollover", 150, 1000, {{1, 4294967100}, {25, 4294967200}, {49, 4}, {73, 104}}},
	{"too long ago", 24 * 40, -1, {{1, 1000}, {25, 1100}, {49, 1200}}},
	{"half of it before the border, and how much is not known",
	 24 * 20 + 1,
	 1000,
	 {{1, 1000}, {24 * 8 + 1, 9000}, {24 * 10 + 1, 9200}}},
	{"the same value across the border",
	 24 * 20 + 1,
	 500, /* day 6 to day 10 */
	 {{24 * 4 + 1, 1000},
	  {24 * 5 + 1, 1000},
	  {24 * 6 + 1, 1000},
	  {24 * 7 + 1, 1000},
	  {24 * 8 + 1, 1000},
	  {24 * 10 + 1, 1200}}},
};

TEST(pages_a_day)
{
	for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
		const struct said *said = rates[i].said;
		struct br_outlook *outlook;
		int64_t printer = 0, tenths = 7;
		enum br_status status;

		check_case(rates[i].name);
		sample_init(&sample);
		sample_open(&sample);
		for (size_t k = 0; said[k].hour; k++)
			printer = sample_put(&sample, at(NOON + (int64_t)said[k].hour * HOUR, 0,
							 1 + said[k].total));
		outlook = outlook_of(printer, NOON + (int64_t)rates[i].now * HOUR);
		status = br_outlook_per_day(outlook, &tenths, &sample.err);
		CHECK_INT(status, rates[i].tenths < 0 ? BR_E_ABSENT : BR_OK);
		CHECK_INT(tenths, rates[i].tenths < 0 ? 0 : rates[i].tenths);
		br_outlook_close(outlook);
		sample_done(&sample);
	}
}

/* A refill of toner at the same moment is no matter of the counter. */
TEST(a_break_of_another_series)
{
	struct br_outlook *outlook;
	int64_t printer = 0, tenths = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (int day = 0; day <= 4; day++)
		printer = sample_put(&sample, at(NOON + day * (int64_t)DAY, day < 2 ? 6 : 101,
						 1 + 100 * day * day));
	outlook = outlook_of(printer, NOON + 4 * (int64_t)DAY);
	CHECK(strstr(sample_breaks(&sample, printer), "refill") != NULL);
	CHECK_INT(br_outlook_per_day(outlook, &tenths, &sample.err), BR_OK);
	CHECK_INT(tenths, 4000);
	br_outlook_close(outlook);
	sample_done(&sample);
}

/* Also a fall that the store has no discontinuity for is no negative number of pages. */
TEST(a_fall_that_was_not_written_down)
{
	struct br_outlook *outlook;
	int64_t printer = 0, tenths = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (int day = 0; day <= 4; day++)
		printer = sample_put(&sample, at(NOON + day * (int64_t)DAY, 0,
						 1 + 100 * day + (day < 2 ? 5000 : 0)));
	outlook = outlook_of(printer, NOON + 4 * (int64_t)DAY);
	br_store_close(sample.store);
	sample.store = NULL;
	sample_sql(&sample, "DELETE FROM discontinuity");
	CHECK_INT(br_outlook_per_day(outlook, &tenths, &sample.err), BR_OK);
	CHECK_INT(tenths, 1000);
	br_outlook_close(outlook);
	sample_done(&sample);
}

/* A store file says what it likes. */
TEST(a_damaged_series_is_a_sentence)
{
	struct br_outlook *outlook;
	struct br_forecast forecast;
	struct br_number level;
	int64_t printer = 0, tenths = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (int day = 0; day <= 20; day++)
		printer = sample_put(
			&sample, at(NOON + day * (int64_t)DAY, 101 - 2 * day, 1 + 50 * day));
	outlook = outlook_of(printer, NOON + 20 * (int64_t)DAY);
	br_store_close(sample.store);
	sample.store = NULL;
	sample_sql(&sample, "UPDATE run SET low = 1");
	CHECK(br_outlook_forecast(outlook, "toner-black", &forecast, &level, &sample.err) !=
	      BR_OK);
	CHECK_INT(forecast.why, BR_FORECAST_FEW);
	CHECK(!level.known);
	CHECK(sample.err.text[0] != '\0');
	CHECK(br_outlook_per_day(outlook, &tenths, &sample.err) != BR_OK);
	CHECK_INT(tenths, 0);
	br_outlook_close(outlook);
	sample_done(&sample);
}
