/*
 * cost_test.c - what a put and a same cost, counted in pages that are written.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FRAME = 4096 + 24, HEADER = 32, PRINTERS = 400 };

static struct sample sample;
static char answers[10000];

/* Pages in the WAL; it only grows until it is written back and begun anew. */
static int64_t pages(void)
{
	char path[160];
	struct stat st;

	snprintf(path, sizeof path, "%s-wal", sample.path);
	return stat(path, &st) == 0 && st.st_size > HEADER ? (st.st_size - HEADER) / FRAME : 0;
}

static int64_t pages_of_commit(void)
{
	const int64_t before = pages();

	sample_commit(&sample);
	return pages() - before;
}

/* A printer with four toners, three trays and a dozen counters; all answers in one block. */
static int64_t put(int printer, int64_t time, int64_t total)
{
	static struct br_reading reading;
	const struct br_store_kept kept = {.harvest = {answers, sizeof answers}};
	char serial[16];
	int64_t id = 0;

	snprintf(serial, sizeof serial, "SN%05d", printer);
	answers[printer % 100] = (char)time;
	sample_make(&reading,
		    &(struct sample_reading){.time = time, .serial = serial, .target = serial});
	for (size_t i = 0; i < 7; i++) {
		struct br_supply *supply = &reading.supplies[reading.n_supplies++];

		*supply = (struct br_supply){.kind = BR_LEVEL_MEASURED, .percent = 50};
		snprintf(supply->id, sizeof supply->id, "supply-%zu", i);
	}
	for (size_t i = 0; i < 12; i++)
		reading.counters[i].value = (struct br_number){true, total + (int64_t)i};
	CHECK_INT(br_store_put(sample.store, "p", &reading, &kept, &id, &sample.err), BR_OK);
	return id;
}

static void at_most(const char *what, int64_t got, int64_t most)
{
	check_case(what);
	printf("%s: %d pages\n", what, (int)got);
	if (got > most)
		check_failed(__FILE__, __LINE__, "%d pages, %d were enough once", (int)got,
			     (int)most);
}

TEST(pages_of_one_printer)
{
	int64_t id;

	sample_init(&sample);
	sample_open(&sample);
	id = put(1, NOON, 1000);
	sample_commit(&sample);
	CHECK_INT(br_store_same(sample.store, id, NOON + 600, 1, NULL), BR_OK);
	at_most("the same", pages_of_commit(), 2); /* seen, meta */
	put(1, NOON + 1200, 1000);
	at_most("an unchanged reading", pages_of_commit(),
		5); /* one of the answers, series, seen, meta */
	put(1, NOON + 1800, 1001);
	at_most("twelve counters went on", pages_of_commit(), 6); /* and run */
	sample_done(&sample);
}

TEST(pages_of_a_fleet)
{
	int64_t ids[PRINTERS];
	struct br_store_health health;

	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < PRINTERS; i++)
		ids[i] = put(i, NOON, 1000);
	sample_commit(&sample);
	CHECK_INT(sample_sql(&sample, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
	br_store_health(sample.store, &health);
	check_case("octets of a printer in a new store");
	printf("%d octets a printer\n", (int)(health.octets / PRINTERS));
	CHECK(health.octets / PRINTERS < 20000);
	for (int i = 0; i < PRINTERS; i++)
		CHECK_INT(br_store_same(sample.store, ids[i], NOON + 600, 1, NULL), BR_OK);
	at_most("four hundred the same", pages_of_commit(), 8);
	sample_done(&sample);
}
