/*
 * collector_soak.c - days of schedule in minutes, over real sockets and a real store, with a
 * clock that jumps from slot to slot.
 *
 * Usage: collector_soak PORT PRINTERS HOURS DIRECTORY
 * The farm plays PRINTERS printers from 127.16.0.1 on (collector_soak.sh starts it). Meanwhile
 * the collector is restarted, its configuration changes, and its clock lies. Demanded: no slot
 * twice, none left out, no printer twice in the store, no series longer than it can be, memory
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
	unsigned port, printers, hours, failed;
	bool changed; /* every third printer by the other profile */
};

static void demand(struct soak *soak, bool so, const char *what, int64_t got)
{
	if (so)
		return;
	printf("failed at hour %lld: %s (%lld)\n",
	       (long long)(drive_wall(&soak->drive) - BEGIN) / 3600, what, (long long)got);
	soak->failed++;
}

static bool write_config(const struct soak *soak)
{
	FILE *out = fopen(soak->config, "w");

	if (!out)
		return false;
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
	unsigned printers, behind;
	int64_t now;
};

static void look(void *user, const struct br_store_printer *printer)
{
	struct looked *looked = user;

	looked->printers++;
	looked->behind += looked->now - printer->last_read > 1202;
}

static void look_at_store(struct soak *soak)
{
	struct looked looked = {.now = drive_wall(&soak->drive)};
	struct br_error err;

	demand(soak, br_store_each(soak->drive.collector->store, look, &looked, &err) == BR_OK,
	       "the store can be read", 0);
	demand(soak, looked.printers == soak->printers, "each printer is in the store once",
	       looked.printers);
	demand(soak, looked.behind == 0, "every printer was read within two slots",
	       looked.behind);
}

/* A lie, and an hour in which slots may be odd; then all is as it was. */
static void lie(struct soak *soak, int64_t by)
{
	soak->drive.forget = true;
	drive_set_clock(&soak->drive, by);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 1800);
	soak->drive.forget = false;
}

static void hour(struct soak *soak, unsigned i)
{
	static const int64_t lies[] = {-5, 7200, -7200, 90, -86400, 86400};

	if (i % 5 == 3) {
		drive_close(&soak->drive);
		begin(soak);
	}
	if (i % 4 == 2) {
		soak->changed = !soak->changed;
		demand(soak, write_config(soak) && drive_reload(&soak->drive) == BR_OK,
		       soak->drive.error.text, 0);
	}
	if (i % 4 == 3)
		lie(soak, lies[i / 4 % 6]);
	drive_until(&soak->drive, drive_wall(&soak->drive) + 3600);
}

int main(int argc, char **argv)
{
	struct soak soak = {0};
	int64_t early = 0, late;

	if (argc != 5)
		return 2;
	soak.port = (unsigned)strtoul(argv[1], NULL, 10);
	soak.printers = (unsigned)strtoul(argv[2], NULL, 10);
	soak.hours = (unsigned)strtoul(argv[3], NULL, 10);
	snprintf(soak.dir, sizeof soak.dir, "%s", argv[4]);
	snprintf(soak.config, sizeof soak.config, "%s/brayer.conf", argv[4]);
	drive_init(&soak.drive, soak.config, BEGIN);
	if (!write_config(&soak))
		return 2;
	begin(&soak);
	for (unsigned i = 0; i < soak.hours; i++) {
		hour(&soak, i);
		look_at_store(&soak);
		if (i == soak.hours / 4)
			early = resident();
	}
	late = resident();
	demand(&soak, soak.drive.doubles == 0, "no slot was asked twice", soak.drive.doubles);
	demand(&soak, soak.drive.missed == 0, "no slot was left out", soak.drive.missed);
	demand(&soak, late < early + early / 10 + (2 << 20), "memory is flat", late - early);
	printf("%u hours, %u printers, %u slots, memory %lld KB, then %lld KB\n", soak.hours,
	       soak.printers, soak.drive.asked, (long long)early / 1024,
	       (long long)late / 1024);
	drive_clear(&soak.drive);
	return soak.failed ? 1 : 0;
}
