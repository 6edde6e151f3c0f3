/*
 * reader_test.c - words that mean a printer, a reading out of its answers, another file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader.h"

#include "check.h"
#include "decode/bed.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct sample sample;

static void add(void *user, const struct br_store_printer *printer)
{
	char *out = user;

	snprintf(out + strlen(out), 64 - strlen(out), "#%d", (int)printer->id);
}

static const char *find(const char *word)
{
	static char found[64];
	enum br_status status;

	found[0] = '\0';
	status = br_reader_find(sample.reader, word, add, found, &sample.err);
	if (status == BR_E_ABSENT && !*found)
		return "nobody";
	return status == BR_OK ? found : sample.err.text;
}

TEST(words_that_mean_a_printer)
{
	static const struct {
		const char *word, *found;
	} rows[] = {
		{"udp:192.0.2.1:161", "#1"},
		{"192.0.2.1", "#1"},
		{"192.0.2.1:161", "#1"},
		{"192.0.2.1:162", "nobody"},
		{"192.0.2.2:1161", "#2"},
		{"192.0.2.2", "#2"},
		{"2001:db8::1", "#3"},
		{"[2001:db8::1]:161", "#3"},
		{"192.0.2.4", "#4#5"},
		{"192.0.2.4:161", "#4#5"},
		{"udp:192.0.2.4:161#2", "#5"},
		{"sn10001", "#1"},
		{"02-00-5E-00-00-02", "#2"},
		{"02005e000002", "#2"},
		{"#3", "#3"},
		{"#99", "nobody"},
		{"#", "nobody"},
		{"", "nobody"},
		{"SN1000?", "#1#2#4#5#3"},
		{"*.2.4:161#*", "#4#5"},
		{"192.0.2.*", "#1#2#4#5"},
		{"' OR 1=1 --", "nobody"},
		{"192.0.2.", "nobody"},
	};
	static const struct {
		const char *target, *mac;
	} printers[] = {
		{"udp:192.0.2.1:161", "02:00:5e:00:00:01"},
		{"udp:192.0.2.2:1161", "02:00:5e:00:00:02"},
		{"udp:[2001:db8::1]:161", ""},
		{"udp:192.0.2.4:161#1", ""},
		{"udp:192.0.2.4:161#2", ""},
	};
	char serial[16];

	sample_init(&sample);
	sample_open(&sample);
	for (size_t i = 0; i < sizeof printers / sizeof printers[0]; i++) {
		snprintf(serial, sizeof serial, "SN1000%zu", i + 1);
		sample_put(&sample, (struct sample_reading){.time = NOON,
							    .serial = serial,
							    .mac = printers[i].mac,
							    .target = printers[i].target});
	}
	sample_commit(&sample);
	sample_read(&sample);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].word);
		CHECK_STR(find(rows[i].word), rows[i].found);
	}
	sample_done(&sample);
}

/* Read with the answers that bed.h makes; decoded again it is the same. */
TEST(a_reading_is_decoded_from_its_answers)
{
	static struct br_reading reading;
	struct br_harvest harvest;
	struct br_store_kept kept = {.device = 1, .questions = 7};
	int64_t id;

	bed_harvest(&harvest, "1.3.6.1.2.1.1.1.0|4|A printer\n"
			      "1.3.6.1.2.1.1.3.0|67|100\n"
			      "S4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black\nS7.1.1|2|19\n"
			      "S8.1.1|2|100\nS9.1.1|2|42\n");
	kept.harvest = (struct br_view){(const char *)harvest.data, harvest.len};
	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .kept = &kept});
	/* What was learned later leaves the answers. */
	sample_put(&sample,
		   (struct sample_reading){.time = NOON + 60,
					   .kept = &(struct br_store_kept){
						   .learned = {"plan", 4}, .boots = 3}});
	CHECK_INT(br_store_same(sample.store, id, NOON + 600, 4711, NULL), BR_OK);
	sample_commit(&sample);
	sample_read(&sample);
	CHECK_INT(br_reader_reading(sample.reader, id, &reading, &sample.err), BR_OK);
	CHECK_INT(reading.time, NOON + 600);
	CHECK(reading.reachable);
	CHECK_INT(reading.questions, 7);
	CHECK_INT(reading.status.uptime.value, 4711);
	CHECK_STR(reading.target, "udp:192.0.2.1:161");
	CHECK_STR(br_text(&reading, reading.identity.description), "A printer");
	CHECK_INT(reading.n_supplies, 1);
	CHECK_INT(reading.supplies[0].percent, 42);
	for (int missed = 1; missed < 3; missed++) {
		CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.1:161", "p",
					  NOON + 600 + missed * 600, BR_E_TIMEOUT, "silence",
					  NULL),
			  BR_OK);
		sample_commit(&sample);
		CHECK_INT(br_reader_reading(sample.reader, id, &reading, &sample.err), BR_OK);
		CHECK_INT(reading.reachable, missed == 1); /* once is a restart, or a nap */
	}
	CHECK_INT(reading.time, NOON + 600);
	CHECK_INT(reading.supplies[0].percent, 42);
	CHECK_INT(br_reader_reading(sample.reader, 99, &reading, &sample.err), BR_E_ABSENT);
	br_harvest_clear(&harvest);
	sample_done(&sample);
}

static void check_kept(void *user, const struct br_store_printer *printer)
{
	CHECK_MEM(printer->kept.learned.at, printer->kept.learned.len, "a\0b", 3);
	CHECK_MEM(printer->kept.engine.at, printer->kept.engine.len, "\x80\0\0\1", 4);
	CHECK_INT(printer->kept.boots, 5);
	CHECK_INT(printer->kept.engine_time, 6);
	CHECK_INT(printer->kept.engine_at, NOON);
	CHECK_INT(printer->kept.harvest.len, *(const size_t *)user);
}

TEST(what_is_kept_comes_back_to_the_collector)
{
	const struct br_store_kept kept = {
		.harvest = {"octets", 6},
		.learned = {"a\0b", 3},
		.engine = {"\x80\0\0\1", 4},
		.boots = 5,
		.engine_time = 6,
		.engine_at = NOON,
	};
	const size_t with = 6, without = 0;
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .kept = &kept});
	CHECK_INT(br_store_kept(sample.store, id, check_kept, (void *)&with, NULL), BR_OK);
	CHECK_INT(br_store_each(sample.store, check_kept, (void *)&without, NULL), BR_OK);
	CHECK_INT(br_store_kept(sample.store, 99, check_kept, NULL, NULL), BR_E_ABSENT);
	sample_commit(&sample);
	CHECK_INT(br_store_each(sample.store, check_kept, (void *)&without, NULL), BR_OK);
	sample_done(&sample);
}

static void ask_within(void *user, const struct br_store_printer *printer)
{
	int *depth = user;

	if (++*depth < 3)
		CHECK_INT(br_reader_printers(sample.reader, ask_within, depth, &sample.err),
			  BR_OK);
	CHECK_INT(printer->id, 1);
}

TEST(a_call_within_a_call)
{
	int depth = 0;

	sample_init(&sample);
	sample_open(&sample);
	sample_put(&sample, (struct sample_reading){.time = NOON});
	sample_commit(&sample);
	sample_read(&sample);
	ask_within(&depth, &(struct br_store_printer){.id = 1});
	CHECK_INT(depth, 3);
	sample_done(&sample);
}

/* A reader that looks and looks does not keep the collector's WAL from being emptied. */
TEST(no_transaction_is_held)
{
	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 3; i++) {
		sample_put(&sample, (struct sample_reading){.time = NOON + i, .total = i + 1});
		sample_commit(&sample);
		CHECK(strstr(sample_printers(&sample), "#1") != NULL);
		/* busy, pages in the WAL, pages of it that were written back */
		CHECK_INT(sample_sql(&sample, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
	}
	sample_done(&sample);
}

TEST(points_since_and_until)
{
	struct br_store_health health;
	int64_t id = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 10; i++)
		id = sample_put(&sample, (struct sample_reading){.time = NOON + i * 100,
								 .total = i / 2 + 1});
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, id),
		  "counter total\n0-100 0 x2\n200-300 1 x2\n400-500 2 x2\n600-700 3 x2\n"
		  "800-900 4 x2\n");
	br_store_health(sample.store, &health);
	CHECK_INT(health.puts, 10);
	CHECK_INT(health.commits, 1);
	CHECK_INT(health.waiting, 0);
	CHECK(health.octets > 4096);
	sample_done(&sample);
}

struct counted {
	int n;
	int64_t first, last;
};

static void count_point(void *user, const struct br_point *point)
{
	struct counted *counted = user;

	if (counted->n++ == 0)
		counted->first = point->begin - NOON;
	counted->last = point->end - NOON;
}

static void some_points(int64_t since, int64_t until, struct counted *counted)
{
	*counted = (struct counted){0};
	CHECK_INT(br_reader_points(sample.reader, 1, NOON + since, until ? NOON + until : 0,
				   count_point, counted, &sample.err),
		  BR_OK);
}

TEST(a_part_of_the_points)
{
	struct counted counted;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 10; i++)
		sample_put(&sample,
			   (struct sample_reading){.time = NOON + i * 100, .total = i / 2 + 1});
	sample_commit(&sample);
	sample_read(&sample);
	some_points(250, 650, &counted); /* the stretches in which these lie */
	CHECK_INT(counted.n, 3);
	CHECK_INT(counted.first, 200);
	CHECK_INT(counted.last, 700);
	some_points(301, 0, &counted);
	CHECK_INT(counted.first, 400);
	CHECK_INT(counted.last, 900);
	some_points(1000, 0, &counted);
	CHECK_INT(counted.n, 0);
	CHECK_INT(br_reader_points(sample.reader, 99, 0, 0, count_point, &counted, &sample.err),
		  BR_E_ABSENT);
	sample_done(&sample);
}
