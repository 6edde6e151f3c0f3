/*
 * store_test.c - what is put comes out again: printers, series, episodes, changes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>

static struct sample sample;

TEST(a_new_store_is_empty)
{
	sample_init(&sample);
	sample_open(&sample);
	CHECK_STR(sample_printers(&sample), "");
	CHECK_STR(sample.said.data ? sample.said.data : "", "");
	sample_done(&sample);
}

TEST(what_is_not_committed_is_not_seen)
{
	sample_init(&sample);
	sample_open(&sample);
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON, .black = 51}), 1);
	CHECK_STR(sample_printers(&sample), "");
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample), "#1 udp:192.0.2.1:161   read 0\n");
	sample_done(&sample);
}

TEST(a_value_that_stays_is_one_stretch)
{
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 5; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + i * 600,
								 .black = 51,
								 .total = 1001 + i / 3});
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id), "level toner-black\n0-2400 50 x5\n"
					      "counter total\n0-1200 1000 x3\n"
					      "1800-2400 1001 x2\n");
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM run"), 1);
	sample_done(&sample);
}

TEST(the_same_extends_without_touching_the_series)
{
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample,
			(struct sample_reading){.time = NOON, .black = 51, .total = 1001});
	for (int i = 1; i < 4; i++)
		CHECK_INT(br_store_same(sample.store, id, NOON + i * 600, 77, NULL), BR_OK);
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id),
		  "level toner-black\n0-1800 50 x4\ncounter total\n0-1800 1000 x4\n");
	CHECK_INT(sample_sql(&sample, "SELECT sum(until) / 2 FROM series"), NOON);
	/* A later put makes it good, also for what it does not say itself. */
	sample_put(&sample, (struct sample_reading){.time = NOON + 2400, .total = 1002});
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id), "level toner-black\n0-1800 50 x4\n"
					      "counter total\n0-1800 1000 x4\n"
					      "2400-2400 1001 x1\n");
	CHECK_INT(br_store_same(sample.store, 99, NOON, 0, NULL), BR_E_ABSENT);
	sample_done(&sample);
}

TEST(a_gap_is_no_stretch)
{
	int64_t id = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 3; i++)
		id = sample_put(&sample,
				(struct sample_reading){.time = NOON + i * 600, .black = 51});
	sample_put(&sample, (struct sample_reading){.time = NOON + 90000, .black = 51});
	CHECK_INT(br_store_same(sample.store, id, NOON + 90600, 0, NULL), BR_OK);
	CHECK_INT(br_store_same(sample.store, id, NOON + 190000, 0, NULL), BR_OK);
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id),
		  "level toner-black\n0-1200 50 x3\ngap 90000-90600 50 x2\n"
		  "gap 190000-190000 50 x1\n");
	sample_done(&sample);
}

TEST(a_reading_told_twice_is_one)
{
	int64_t id;
	struct br_store_health health;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .total = 11});
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON, .total = 11}), id);
	CHECK_INT(br_store_same(sample.store, id, NOON + 600, 0, NULL), BR_OK);
	CHECK_INT(br_store_same(sample.store, id, NOON + 600, 0, NULL), BR_OK);
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 600, .total = 11}),
		  id);
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id), "counter total\n0-600 10 x2\n");
	br_store_health(sample.store, &health);
	CHECK_INT(health.set_back, 0);
	sample_done(&sample);
}

TEST(a_clock_set_back_loses_and_doubles_nothing)
{
	int64_t id;
	struct br_store_health health;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .total = 11});
	sample_put(&sample, (struct sample_reading){.time = NOON - 86400, .total = 12});
	CHECK_INT(br_store_same(sample.store, id, NOON - 86000, 0, NULL), BR_OK);
	sample_put(&sample, (struct sample_reading){.time = NOON + 600, .total = 12});
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id), "counter total\n0-0 10 x1\n1-600 11 x3\n");
	br_store_health(sample.store, &health);
	CHECK_INT(health.set_back, 2);
	/* Times that no clock should say. */
	sample_put(&sample, (struct sample_reading){.time = INT64_MAX, .total = 12});
	sample_put(&sample, (struct sample_reading){.time = INT64_MIN + 1, .total = 13});
	sample_commit(&sample);
	sample_done(&sample);
}

TEST(discontinuities_are_marked_and_kept)
{
	static const struct {
		int64_t total;
		int black;
	} rows[] = {
		{50000, 3},       {0, 100}, {40000, 100}, {39000, 99},
		{2147483000, 99}, {12, 98}, {13, 99},
	};
	int64_t id = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + (int)i * 600,
								 .total = rows[i].total + 1,
								 .black = rows[i].black + 1});
	sample_commit(&sample);
	CHECK_STR(sample_breaks(&sample, id), "600 refill toner-black 3 100\n"
					      "600 reset total 50000 0\n"
					      "1200 jump total 0 40000\n"
					      "1800 back total 40000 39000\n"
					      "2400 jump total 39000 2147483000\n"
					      "3000 rollover total 2147483000 12\n");
	CHECK(strstr(sample_points(&sample, id), "3000-3000 12 x1") != NULL);
	sample_done(&sample);
}

TEST(an_alert_is_an_episode)
{
	static const int low[][4] = {{11, 1, 1104, 4}, {0}};
	static const int moved[][4] = {{8, 2, 808, 3}, {11, 1, 1104, 3}, {0}};
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .alerts = low});
	sample_put(&sample, (struct sample_reading){.time = NOON + 600, .alerts = moved});
	/* Nothing of it in a partial reading: it may well go on. */
	sample_put(&sample, (struct sample_reading){.time = NOON + 1200, .partial = true});
	sample_put(&sample, (struct sample_reading){.time = NOON + 1800, .alerts = low});
	sample_put(&sample, (struct sample_reading){.time = NOON + 2400});
	sample_put(&sample, (struct sample_reading){.time = NOON + 3000, .alerts = low});
	sample_commit(&sample);
	CHECK_STR(sample_episodes(&sample, id),
		  "0-2400 critical marker-toner-almost-empty at marker-supplies 1\n"
		  "600-1800 critical input-media-supply-empty at input 2\n"
		  "3000- warning marker-toner-almost-empty at marker-supplies 1\n");
	sample_done(&sample);
}

TEST(what_changed_in_an_identity)
{
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON,
							 .serial = "SN10001",
							 .mac = "02:00:5e:00:00:01",
							 .firmware = "1.0"});
	sample_put(&sample, (struct sample_reading){.time = NOON + 600,
						    .serial = "SN10001",
						    .mac = "02:00:5e:00:00:02",
						    .firmware = "1.1",
						    .target = "udp:192.0.2.9:161"});
	/* What is not said is no change. */
	sample_put(&sample, (struct sample_reading){.time = NOON + 1200,
						    .serial = "SN10001",
						    .target = "udp:192.0.2.9:161"});
	sample_commit(&sample);
	CHECK_STR(sample_changes(&sample, id),
		  "600 target \"udp:192.0.2.1:161\" \"udp:192.0.2.9:161\"\n"
		  "600 mac \"02:00:5e:00:00:01\" \"02:00:5e:00:00:02\"\n"
		  "600 firmware \"1.0\" \"1.1\"\n");
	CHECK_STR(sample_printers(&sample),
		  "#1 udp:192.0.2.9:161 SN10001 02:00:5e:00:00:02 read 1200\n");
	sample_done(&sample);
}

TEST(printers_that_change_places)
{
	static const char a[] = "udp:192.0.2.1:161", b[] = "udp:192.0.2.2:161";

	sample_init(&sample);
	sample_open(&sample);
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON,
							      .target = a,
							      .serial = "SN10001"}),
		  1);
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON,
							      .target = b,
							      .serial = "SN10002"}),
		  2);
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 600,
							      .target = b,
							      .serial = "SN10001"}),
		  1);
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample), "#2  SN10002  read 0\n"
					    "#1 udp:192.0.2.2:161 SN10001  read 600\n");
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 600,
							      .target = a,
							      .serial = "SN10002"}),
		  2);
	/* Another printer where one was is another printer. */
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 900,
							      .target = a,
							      .serial = "SN10003"}),
		  3);
	/* A reading that does not say who it is, is of whom was there. */
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 950, .target = a}),
		  3);
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample), "#2  SN10002  read 600\n"
					    "#3 udp:192.0.2.1:161 SN10003  read 950\n"
					    "#1 udp:192.0.2.2:161 SN10001  read 600\n");
	sample_done(&sample);
}

TEST(one_that_does_not_answer)
{
	static const char at[] = "udp:192.0.2.1:161";
	struct br_reading reading;
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	/* Nobody knows it yet. */
	CHECK_INT(br_store_missed(sample.store, at, "p", NOON, BR_E_TIMEOUT, "silence", NULL),
		  BR_OK);
	CHECK_INT(br_store_missed(sample.store, at, "p", NOON + 60, BR_E_TIMEOUT, "silence",
				  NULL),
		  BR_OK);
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample),
		  "#1 udp:192.0.2.1:161   missed 2 times, last 60: silence\n");
	CHECK_INT(br_reader_reading(sample.reader, 1, &reading, &sample.err), BR_E_ABSENT);
	id = sample_put(&sample,
			(struct sample_reading){.time = NOON + 600, .serial = "SN10001"});
	CHECK_INT(id, 1);
	CHECK_INT(br_store_missed(sample.store, at, "p", NOON + 700, BR_E_AUTH, "wrong key",
				  NULL),
		  BR_OK);
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample), "#1 udp:192.0.2.1:161 SN10001  read 600 missed 1 "
					    "times, last 700: wrong key\n");
	/* It is back, at what was another target that never answered. */
	CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.2:161", "p", NOON, BR_E_TIMEOUT,
				  "silence", NULL),
		  BR_OK);
	sample_put(&sample, (struct sample_reading){.time = NOON + 800,
						    .serial = "SN10001",
						    .target = "udp:192.0.2.2:161"});
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample), "#1 udp:192.0.2.2:161 SN10001  read 800\n");
	sample_done(&sample);
}

TEST(a_print_server_is_missed_as_a_whole)
{
	sample_init(&sample);
	sample_open(&sample);
	CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.1:161", "p", NOON, BR_E_TIMEOUT,
				  "silence", NULL),
		  BR_OK);
	/* Both say the server's serial. */
	sample_put(&sample, (struct sample_reading){.time = NOON + 1,
						    .serial = "SN10001",
						    .target = "udp:192.0.2.1:161#1"});
	sample_put(&sample, (struct sample_reading){.time = NOON + 1,
						    .serial = "SN10001",
						    .target = "udp:192.0.2.1:161#2"});
	CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.1:161", "p", NOON + 600,
				  BR_E_TIMEOUT, "silence", NULL),
		  BR_OK);
	sample_commit(&sample);
	CHECK_STR(sample_printers(&sample),
		  "#2 udp:192.0.2.1:161#1 SN10001  read 1 missed 1 times, last 600: silence\n"
		  "#3 udp:192.0.2.1:161#2 SN10001  read 1 missed 1 times, last 600: silence\n");
	sample_done(&sample);
}

/* One reading, an outage, one reading: nobody knows yet how often it is asked. */
TEST(the_first_outage_is_a_gap)
{
	static const struct {
		const char *name;
		int64_t pause;
		bool missed, same;
		const char *points;
	} rows[] = {
		{"nothing between", 600, false, false, "counter total\n0-600 10 x2\n"},
		{"a slot was missed", 1200, true, false,
		 "counter total\n0-0 10 x1\ngap 1200-1200 10 x1\n"},
		{"and all is as it was", 1200, true, true,
		 "counter total\n0-0 10 x1\ngap 1200-1200 10 x1\n"},
		{"once a day", 86400 + 3600, false, false, "counter total\n0-90000 10 x2\n"},
		{"nobody asked for long", 3 * 86400, false, false,
		 "counter total\n0-0 10 x1\ngap 259200-259200 10 x1\n"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const int64_t then = NOON + rows[i].pause;
		int64_t id;

		check_case(rows[i].name);
		sample_init(&sample);
		sample_open(&sample);
		id = sample_put(&sample, (struct sample_reading){.time = NOON, .total = 11});
		if (rows[i].missed)
			CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.1:161", "p",
						  then - 600, BR_E_TIMEOUT, "", NULL),
				  BR_OK);
		if (rows[i].same)
			CHECK_INT(br_store_same(sample.store, id, then, 0, NULL), BR_OK);
		else
			sample_put(&sample, (struct sample_reading){.time = then, .total = 11});
		sample_commit(&sample);
		CHECK_STR(sample_points(&sample, id), rows[i].points);
		/* An outage is not how often it is asked. */
		CHECK_INT(sample_sql(&sample, "SELECT usual FROM seen"),
			  strstr(rows[i].points, "gap") ? 0 : rows[i].pause);
		sample_done(&sample);
	}
}
