/*
 * asked_test.c - printers that nobody asks any more: told apart, and forgotten in the end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/inside.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

static struct sample sample;

static void ask(const char *const *targets)
{
	struct br_view views[8];
	size_t n = 0;

	for (; targets[n]; n++)
		views[n] = br_view(targets[n]);
	CHECK_INT(br_store_asked(sample.store, views, n, &sample.err), BR_OK);
	sample_commit(&sample);
}

static void add(void *user, const struct br_store_printer *printer)
{
	br_buf_format(user, "#%d%s ", (int)printer->id, printer->asked ? "" : "-");
}

/* "#1 #2- ": the second is not asked. By the reader and by the writer. */
static const char *asked(void)
{
	static struct br_buf out, also;

	if (!out.ceiling)
		br_buf_init(&out, 1 << 16), br_buf_init(&also, 1 << 16);
	br_buf_reset(&out), br_buf_reset(&also);
	br_buf_text(&out, ""), br_buf_text(&also, "");
	if (!sample.reader)
		sample_read(&sample);
	CHECK_INT(br_reader_printers(sample.reader, add, &out, &sample.err), BR_OK);
	CHECK_INT(br_store_each(sample.store, add, &also, &sample.err), BR_OK);
	CHECK_STR(also.data, out.data);
	return out.data;
}

static void put(const char *target, const char *serial, int64_t time)
{
	sample_put(&sample,
		   (struct sample_reading){
			   .time = time, .target = target, .serial = serial, .total = 7});
}

static void some_printers(void)
{
	sample_init(&sample);
	sample_open(&sample);
	put("udp:192.0.2.1:161", "SN00001", NOON);
	put("udp:192.0.2.4:161#1", "SN00002", NOON);
	put("udp:192.0.2.4:161#2", "SN00003", NOON);
	CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.9:161", "p", NOON, BR_E_TIMEOUT,
				  "", NULL),
		  BR_OK);
	sample_commit(&sample);
}

TEST(who_is_not_told_of_is_not_asked)
{
	some_printers();
	CHECK_STR(asked(), "#1 #2 #3 #4 "); /* nobody said so far */
	ask((const char *const[]){"udp:192.0.2.1:161", "udp:192.0.2.4:161", "udp:192.0.2.1:161",
				  "udp:192.0.2.77:161", NULL});
	CHECK_STR(asked(), "#1 #2 #3 #4- ");
	/* All of them each time. */
	ask((const char *const[]){"udp:192.0.2.9:161", NULL});
	CHECK_STR(asked(), "#1- #2- #3- #4 ");
	ask((const char *const[]){NULL});
	CHECK_STR(asked(), "#1- #2- #3- #4- ");
	/* At whose target another answers, that is what is to be said of it. */
	put("udp:192.0.2.1:161", "SN00009", NOON + 60);
	sample_commit(&sample);
	CHECK_STR(asked(), "#1 #5- #2- #3- #4- ");
	sample_done(&sample);
}

static void thin(int64_t now)
{
	bool more = true;

	while (more)
		CHECK_INT(br_store_thin(sample.store, now, &more, &sample.err), BR_OK);
}

TEST(who_is_gone_is_forgotten_with_its_history)
{
	const int64_t midnight = NOON - DAY / 2;

	some_printers();
	sample_close(&sample);
	sample.options.gone_days = 10;
	sample_open(&sample);
	put("udp:192.0.2.20:161", "SN00020", NOON);
	put("udp:192.0.2.20:161", "SN00021", NOON); /* so that the other is nowhere */
	sample_commit(&sample);
	thin(midnight + DAY);
	for (int day = 2; day < 30; day++)
		thin(midnight + (int64_t)day * DAY);
	CHECK_STR(asked(), "#5 #1 #6 #2 #3 #4 "); /* nobody said who is asked: none is gone */
	put("udp:192.0.2.1:161", "SN00001", midnight + 29 * DAY);
	put("udp:192.0.2.1:161", "SN00009", midnight + 29 * DAY + 60);
	ask((const char *const[]){"udp:192.0.2.1:161", "udp:192.0.2.4:161", NULL});
	CHECK_STR(asked(), "#1 #5 #7 #6- #2 #3 #4- ");
	thin(midnight + 30 * DAY);
	/* Asked and silent stays; what never answered goes at once; another's target stays. */
	CHECK_STR(asked(), "#1 #7 #2 #3 ");
	ask((const char *const[]){"udp:192.0.2.1:161", NULL});
	CHECK_STR(asked(), "#1 #7 #2- #3- ");
	thin(midnight + 31 * DAY);
	CHECK_STR(asked(), "#1 #7 ");
	thin(midnight + 36 * DAY); /* seven days on: not yet */
	CHECK_STR(asked(), "#1 #7 ");
	thin(midnight + 40 * DAY);
	CHECK_STR(asked(), "#7 ");
	CHECK_INT(sample_sql(&sample,
			     "SELECT (SELECT count(*) FROM series WHERE printer <> 7) +"
			     " (SELECT count(*) FROM run) +"
			     " (SELECT count(*) FROM seen WHERE printer <> 7) +"
			     " (SELECT count(*) FROM kept WHERE printer <> 7) +"
			     " (SELECT count(*) FROM change WHERE printer <> 7) +"
			     " (SELECT count(*) FROM discontinuity)"),
		  0);
	/* Its number is not given to another. */
	put("udp:192.0.2.50:161", "SN00050", midnight + 40 * DAY);
	sample_commit(&sample);
	CHECK_STR(asked(), "#7 #8- ");
	sample_done(&sample);
}

TEST(four_hundred_days_unless_told_otherwise)
{
	some_printers();
	ask((const char *const[]){"udp:192.0.2.9:161", NULL});
	for (int day = 1; day < 410; day += 7)
		thin(NOON + (int64_t)day * DAY);
	CHECK_STR(asked(), "#4 ");
	sample_done(&sample);
	some_printers();
	ask((const char *const[]){"udp:192.0.2.9:161", NULL});
	for (int day = 1; day < 399; day += 7)
		thin(NOON + (int64_t)day * DAY);
	CHECK_STR(asked(), "#1- #2- #3- #4 ");
	sample_done(&sample);
}

/* While the disk is full lists come and go: only the last one of each waits. */
TEST(only_the_last_list_waits)
{
	const struct br_view targets[] = {br_view("udp:a:161"), br_view("udp:b:161")};
	const struct br_store_name names[] = {{targets[0], br_view("x")},
					      {targets[1], br_view("y")}};
	struct br_store_health health;
	size_t octets = 0;

	sample_init(&sample);
	sample_open(&sample);
	for (size_t i = 0; i < 10; i++) {
		put("udp:a:161", "SN1", NOON + (int64_t)i);
		CHECK_INT(br_store_names(sample.store, names, 2 - i % 2, NULL), BR_OK);
		CHECK_INT(br_store_asked(sample.store, targets + i % 2, 1, NULL), BR_OK);
	}
	br_store_health(sample.store, &health);
	CHECK_INT(health.waiting, 12);
	for (struct br_op *op = sample.store->first; op; op = op->next)
		octets += op->size;
	CHECK_INT(sample.store->octets, octets);
	/* There is room for one more list, since another goes. */
	sample.store->ceiling = octets;
	CHECK_INT(br_store_asked(sample.store, targets, 1, NULL), BR_OK);
	sample_commit(&sample);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM given"), 1);
	CHECK_INT(sample_sql(&sample, "SELECT target = 'udp:a:161' FROM asked"), 1);
	sample_done(&sample);
}
