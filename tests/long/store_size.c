/*
 * store_size.c - how large a store becomes: printers of an office over years, in minutes.
 *
 * Usage: store_size STORE PRINTERS DAYS
 *
 * Each is looked at every ten minutes; on working days it prints for eight hours, so that each
 * look then finds other counters. Four toners that are changed, three trays, twelve counters, a
 * whole reading of 10,000 octets once a day, an alert a day. Says what docs/STORE.md says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, BEGIN = 1800000000 / DAY * DAY, LOOK = 600, A_DAY = DAY / LOOK };

static struct br_error err;

static void fill(struct br_reading *reading, int printer, int64_t time, int64_t pages)
{
	char serial[24];

	snprintf(serial, sizeof serial, "SN%05d", printer);
	br_reading_init(reading);
	snprintf(reading->target, sizeof reading->target, "udp:%s:161", serial);
	reading->time = time;
	reading->identity.serial = br_reading_put(reading, serial);
	for (size_t i = 0; i < 7; i++) {
		struct br_supply *supply = &reading->supplies[reading->n_supplies++];
		const int64_t each =
			i < 4 ? 3000 : 500; /* pages of a toner, sheets of a tray */

		*supply = (struct br_supply){.kind = BR_LEVEL_MEASURED};
		supply->percent =
			(uint8_t)(100 - (pages + (int64_t)i * 100) % each * 100 / each);
		snprintf(supply->id, sizeof supply->id, "supply-%zu", i);
	}
	for (size_t i = 0; i < 12; i++)
		reading->counters[i].value = (struct br_number){true, pages / ((int64_t)i + 1)};
	if (time % DAY / 3600 == 12) {
		reading->n_alerts = 1;
		reading->alerts[0] = (struct br_alert){.group = 8, .code = 808, .severity = 4};
	}
}

static bool works(int64_t time)
{
	return time / DAY % 7 < 5 && time % DAY / 3600 >= 9 && time % DAY / 3600 < 17;
}

static enum br_status one_look(struct br_store *store, int printer, int64_t look,
			       int64_t *pages)
{
	static struct br_reading reading;
	static char answers[10000];
	const struct br_store_kept kept = {.harvest = {answers, sizeof answers}};
	const int64_t time = BEGIN + look * LOOK + printer;
	int64_t id;

	*pages += works(time) ? 1 + (look * 7 + printer) % 5 : 0;
	if (look && !works(time) && look % A_DAY)
		return br_store_same(store, printer + 1, time, 1, &err);
	fill(&reading, printer, time, *pages);
	return br_store_put(store, "p", &reading, look % A_DAY ? NULL : &kept, &id, &err);
}

static enum br_status one_day(struct br_store *store, int printers, int64_t day, int64_t *pages)
{
	enum br_status status = BR_OK;
	bool more = true;

	for (int64_t look = day * A_DAY; look < (day + 1) * A_DAY && status == BR_OK; look++) {
		for (int i = 0; i < printers && status == BR_OK; i++)
			status = one_look(store, i, look, &pages[i]);
		if (status == BR_OK)
			status = br_store_commit(store, &err);
	}
	while (status == BR_OK && more)
		status = br_store_thin(store, BEGIN + (day + 1) * DAY, &more, &err);
	return status;
}

int main(int argc, char **argv)
{
	struct br_store *store;
	struct br_store_health health, empty;
	int64_t pages[1000] = {0};
	int printers, days;
	enum br_status status;

	if (argc != 4)
		return 2;
	printers = (int)strtol(argv[2], NULL, 10);
	days = (int)strtol(argv[3], NULL, 10);
	if (printers < 1 || printers > 1000)
		return 2;
	status = br_store_open(&store, argv[1], NULL, &err);
	if (status == BR_OK)
		br_store_health(store, &empty);
	for (int day = 0; status == BR_OK && day < days; day++) {
		status = one_day(store, printers, day, pages);
		if (day == 0 || day == 13 || day == 30 || day == 179 || day == 364 ||
		    (day + 1) % 730 == 0) {
			br_store_close(
				store); /* so that all is in the file itself, or nearly */
			status = br_store_open(&store, argv[1], NULL, &err);
			if (status != BR_OK)
				break;
			br_store_health(store, &health);
			printf("day %d: %" PRIu64 " octets, %" PRIu64 " a printer\n", day + 1,
			       health.octets, health.octets / (unsigned)printers);
		}
	}
	if (status != BR_OK)
		printf("%s\n", err.text);
	br_store_close(store);
	return status != BR_OK;
}
