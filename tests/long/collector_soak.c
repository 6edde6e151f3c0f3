/*
 * collector_soak.c - days of schedule in minutes, over real sockets and a real store, with a
 * clock that jumps from slot to slot.
 *
 * Usage: collector_soak PORT PRINTERS ROAMERS HOURS AWAY HOME DIRECTORY
 * The farm (collector_soak.sh starts it) plays PRINTERS printers from 127.16.0.1 on, which
 * stand in the file, and ROAMERS behind them, which are found in the range of a site, and each
 * of which moves to another address by second AWAY and back by HOME. Meanwhile the collector is
 * restarted, also in the middle of a search, its configuration changes, and its clock lies.
 * Demanded: no slot twice, none left out, no printer twice in the store, each move seen, memory
 * flat.
 *
 * SPDX-License-Identifier: MIT
 */
#include "collector/drive.h"
#include "collector/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BEGIN (INT64_C(20408) * 86400 + 3 * 3600)

struct soak {
	struct drive drive;
	char dir[128], config[160];
	unsigned port, printers, roamers, hours, failed;
	unsigned changes, restarts, lies, moved;
	int64_t away_ms, home_ms; /* machine's clock: all have moved; all are back */
	bool changed;             /* every third printer by the other profile */
};

static void demand(struct soak *soak, bool so, const char *what, int64_t got)
{
	if (so)
		return;
	printf("failed at hour %lld: %s (%lld)\n",
	       (long long)(drive_wall(&soak->drive) - BEGIN) / 3600, what, (long long)got);
	soak->failed++;
}

static void write_address(FILE *out, const char *before, unsigned number)
{
	fprintf(out, "%s127.16.%u.%u", before, number / 256, number % 256);
}

/* Another range each time, so that a search begins at once: by one address where nobody is. */
static void write_site(FILE *out, const struct soak *soak)
{
	write_address(out, "[site roamers]\nranges = ", soak->printers + 1);
	write_address(out, "-", soak->printers + 4 * soak->roamers + 1 + soak->changes % 50);
	fputs("\npace = 2000\nprofiles = roamer\n", out);
}

static bool write_config(const struct soak *soak)
{
	FILE *out = fopen(soak->config, "w");

	if (!out)
		return false;
	/* Time stands still while a silent one is waited for. */
	fprintf(out, "[profile roamer]\nport = %u\ntimeout = 60ms\nretries = 1\n", soak->port);
	for (unsigned i = 0; i < 2; i++)
		fprintf(out,
			"[profile %s]\nport = %u\ntimeout = %ums\nretries = 3\n"
			"deadline = 20s\n",
			i ? "other" : "default", soak->port, 400 + i);
	fprintf(out, "[collector]\nstore = %s/store.db\nhealth = %s/health.json\npace = 0\n",
		soak->dir, soak->dir);
	for (unsigned i = 0; i < soak->printers; i++)
		fprintf(out, "[printer 127.16.%u.%u]\n%s", (i + 1) / 256, (i + 1) % 256,
			soak->changed && i % 3 == 0 ? "profile = other\n" : "");
	write_site(out, soak);
	return fclose(out) == 0;
}

static int64_t resident(void)
{
	FILE *in = fopen("/proc/self/statm", "re");
	long long pages = 0;
	char line[128] = "";

	if (in) {
		if (fgets(line, sizeof line, in))
			pages = strtoll(strchr(line, ' ') ? strchr(line, ' ') : line, NULL, 10);
		fclose(in);
	}
	return pages * sysconf(_SC_PAGESIZE);
}

static void begin(struct soak *soak)
{
	if (drive_open(&soak->drive) != BR_OK) {
		printf("failed: %s\n", soak->drive.error.text);
		exit(1);
	}
}

struct looked {
	const struct soak *soak;
	unsigned printers, behind;
	int64_t now;
	bool all; /* also those that may be on their way */
};

static bool roams(const struct soak *soak, const struct br_store_printer *printer)
{
	struct br_target target;
	char text[BR_TARGET_SIZE];
	union br_address address;

	return br_text_copy(text, sizeof text, printer->target) &&
	       br_target_parse(&target, text, NULL) == BR_OK &&
	       br_address_numeric(&address, target.host, 1) &&
	       (ntohl(address.v4.sin_addr.s_addr) & 0xffff) > soak->printers;
}

static void look(void *user, const struct br_store_printer *printer)
{
	struct looked *looked = user;

	looked->printers++;
	if (looked->all || !roams(looked->soak, printer))
		looked->behind += looked->now - printer->last_read > 1202;
}

static void look_at_store(struct soak *soak, bool all)
{
	struct looked looked = {.soak = soak, .now = drive_wall(&soak->drive), .all = all};
	unsigned want = soak->printers + soak->roamers;
	struct br_error err;

	demand(soak, br_store_each(soak->drive.collector->store, look, &looked, &err) == BR_OK,
	       "the store can be read", 0);
	demand(soak, looked.printers <= want && (looked.printers == want || !all),
	       "each printer is in the store once", looked.printers);
	demand(soak, looked.behind == 0, "every printer was read within two slots",
	       looked.behind);
}

/* A lie, and an hour in which slots may be odd; then all is as it was. */
static void lie(struct soak *soak, int64_t by)
{
	soak->lies++;
	soak->drive.forget = true;
	drive_set_clock(&soak->drive, by);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 1800);
	soak->drive.forget = false;
}

static void restart(struct soak *soak)
{
	soak->restarts++;
	soak->moved += (unsigned)soak->drive.collector->counts.moved;
	drive_close(&soak->drive);
	begin(soak);
	/* Where a lie was before it the store is ahead, and when somebody was asked is not
	 * known: a slot that is none for the drive (core_test.c looks). */
	soak->drive.forget = true;
	drive_until(&soak->drive, drive_wall(&soak->drive) + 601);
	soak->drive.forget = false;
}

static void change(struct soak *soak)
{
	soak->changes++;
	soak->changed = !soak->changed;
	demand(soak, write_config(soak) && drive_reload(&soak->drive) == BR_OK,
	       soak->drive.error.text, 0);
}

/* Its clock is the machine's, and the drive's stands still meanwhile: ten seconds at most. */
static void search(struct soak *soak)
{
	int64_t end = br_clock_ms() + 10000;

	drive_until(&soak->drive, drive_wall(&soak->drive) + 60);
	while (collector_discovery_busy(soak->drive.collector->discovery) &&
	       br_clock_ms() < end)
		drive_until(&soak->drive, drive_wall(&soak->drive) + 1);
	demand(soak, br_clock_ms() < end, "a search ends", 0);
}

static void hour(struct soak *soak, unsigned i)
{
	static const int64_t lies[] = {-5,   7200, -7200, 90, -86400, 86400,
				       3599, -90,  -3600, -2, 43200,  -43200};

	change(soak);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 2);
	if (i % 2)
		restart(soak); /* in the middle of the search that the change began */
	search(soak);
	if (i % 2 == 0)
		lie(soak, lies[i / 2 % (sizeof lies / sizeof lies[0])]);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 3600);
}

/* Real seconds, until all have moved; then a search, and two slots. */
static void follow(struct soak *soak, int64_t moved_ms)
{
	soak->drive.forget = true;
	while (br_clock_ms() < moved_ms)
		drive_real(&soak->drive, 100);
	change(soak);
	search(soak);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 1300);
	soak->drive.forget = false;
	look_at_store(soak, true);
}

static unsigned number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
	struct soak soak = {0};
	int64_t early = 0, late;

	if (argc != 8)
		return 2;
	soak.port = number(argv[1]);
	soak.printers = number(argv[2]);
	soak.roamers = number(argv[3]);
	soak.hours = number(argv[4]);
	soak.away_ms = br_clock_ms() + (int64_t)number(argv[5]) * 1000;
	soak.home_ms = br_clock_ms() + (int64_t)number(argv[6]) * 1000;
	snprintf(soak.dir, sizeof soak.dir, "%s", argv[7]);
	snprintf(soak.config, sizeof soak.config, "%s/brayer.conf", argv[7]);
	drive_init(&soak.drive, soak.config, BEGIN);
	soak.drive.fixed_only = true;
	if (!write_config(&soak))
		return 2;
	begin(&soak);
	search(&soak); /* all of them at their first home */
	for (unsigned i = 0; i < soak.hours; i++) {
		if (i == soak.hours / 2)
			follow(&soak, soak.away_ms);
		hour(&soak, i);
		look_at_store(&soak, false);
		if (i == soak.hours / 4)
			early = resident();
	}
	follow(&soak, soak.home_ms);
	late = resident();
	soak.moved += (unsigned)soak.drive.collector->counts.moved;
	demand(&soak, soak.moved >= 2 * soak.roamers, "every move was seen", soak.moved);
	demand(&soak, soak.drive.doubles == 0, "no slot was asked twice", soak.drive.doubles);
	demand(&soak, soak.drive.missed == 0, "no slot was left out", soak.drive.missed);
	demand(&soak, late < early + early / 10 + (2 << 20), "memory is flat", late - early);
	printf("%u hours, %u printers, %u slots, %u moves of %u, %u changes of the file, "
	       "%u restarts, %u lies, memory %lld KB, then %lld KB\n",
	       soak.hours, soak.printers + soak.roamers, soak.drive.asked, soak.moved,
	       soak.roamers, soak.changes, soak.restarts, soak.lies, (long long)early / 1024,
	       (long long)late / 1024);
	drive_clear(&soak.drive);
	return soak.failed ? 1 : 0;
}
