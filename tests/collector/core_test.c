/*
 * core_test.c - the collector with a clock of its own, against the simulated fleet: slots,
 * restarts, reloads, moves, clocks that lie.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/drive.h"
#include "collector/inside.h"
#include "fleet/simulated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MONDAY (INT64_C(20408) * 86400)
#define HOUR   3600

struct bed {
	char dir[64];
	struct drive drive;
};

static void write_config(struct bed *bed, const char *sections)
{
	FILE *out = fopen(bed->drive.config, "w");

	CHECK(out != NULL);
	if (!out)
		return;
	fprintf(out,
		"[profile default]\nport = %u\ntimeout = 60ms\nretries = 1\ndeadline = 2s\n"
		"[profile other]\nport = %u\ntimeout = 70ms\nretries = 1\ndeadline = 2s\n"
		"[collector]\nstore = %s/store.db\nhealth = %s/health.json\npace = 0\n%s",
		fleet.port, fleet.port, bed->dir, bed->dir, sections);
	CHECK_INT(fclose(out), 0);
}

static void teardown(struct bed *bed)
{
	static const char *const files[] = {"store.db",      "store.db-wal", "store.db-shm",
					    "store.db.lock", "brayer.conf",  ""};
	char path[128];

	drive_clear(&bed->drive);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", bed->dir, files[i]);
		(void)remove(path);
	}
	fleet_stop();
}

/* Built without the store there is nothing to try. */
static void open_or_skip(struct bed *bed)
{
	enum br_status status = drive_open(&bed->drive);

	if (status == BR_E_UNSUPPORTED) {
		teardown(bed);
		check_skip("the store was left out of this build (Debian: libsqlite3-dev)");
	}
	CHECK_INT(status, BR_OK);
	if (status != BR_OK)
		check_skip(bed->drive.error.text);
}

static void setup(struct bed *bed, const char *farm, const char *script, const char *sections)
{
	char one[] = "tests/recordings/hp_mono.snmprec",
	     two[] = "tests/recordings/printserver_two.snmprec",
	     three[] = "tests/recordings/lexmark_color_mfp.snmprec";
	char *recordings[] = {one, two, three};
	char config[100];

	fleet_start_files(farm, script, recordings, 3);
	snprintf(bed->dir, sizeof bed->dir, "/tmp/brayer-core-XXXXXX");
	CHECK(mkdtemp(bed->dir) != NULL);
	snprintf(config, sizeof config, "%s/brayer.conf", bed->dir);
	drive_init(&bed->drive, config, MONDAY + 8 * HOUR);
	write_config(bed, sections);
	open_or_skip(bed);
}

static const struct collector_counts *counts(const struct bed *bed)
{
	return &bed->drive.collector->counts;
}

static struct collector_station *station(const struct bed *bed, const char *host)
{
	char target[64];

	snprintf(target, sizeof target, "udp:%s:%u", host, fleet.port);
	return collector_station_find(&bed->drive.collector->stations, br_view(target));
}

#define THREE "[printer 127.16.0.1]\n[printer 127.16.0.2]\n[printer 127.16.0.3]\n"

TEST(an_hour_of_slots)
{
	struct bed bed;

	setup(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(counts(&bed)->full, 3);
	CHECK_INT(counts(&bed)->missed, 0);
	CHECK_INT(bed.drive.asked, 3 + 18);
	CHECK_INT(bed.drive.doubles, 0);
	CHECK_INT(bed.drive.missed, 0);
	CHECK_INT(counts(&bed)->same + counts(&bed)->status, 18);
	CHECK_INT(station(&bed, "127.16.0.2")->n_ids, 2); /* a print server */
	CHECK_INT(collector_late(bed.drive.collector, 100), 0);
	teardown(&bed);
}

TEST(the_daily_full_reading)
{
	struct bed bed;

	setup(&bed, "-n 3", NULL, "full = 09:30\n" THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 29 * 60);
	CHECK_INT(counts(&bed)->full, 3);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 41 * 60);
	CHECK_INT(counts(&bed)->full, 6);
	drive_until(&bed.drive, MONDAY + 12 * HOUR);
	CHECK_INT(counts(&bed)->full, 6);
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	teardown(&bed);
}

TEST(a_restart_costs_no_full_reading)
{
	struct bed bed;

	setup(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	drive_close(&bed.drive);
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(counts(&bed)->full, 0);
	CHECK_INT(bed.drive.asked, 3 + 18); /* and no slot twice or left out */
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	CHECK_INT(station(&bed, "127.16.0.2")->n_ids, 2);
	teardown(&bed);
}

TEST(after_a_long_stop_all_are_asked_at_once)
{
	struct bed bed;

	setup(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	drive_close(&bed.drive);
	bed.drive.ahead_ms += 2 * HOUR * 1000;
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, drive_wall(&bed.drive) + 1);
	CHECK_INT(counts(&bed)->same + counts(&bed)->status, 3);
	CHECK_INT(counts(&bed)->full, 0);
	teardown(&bed);
}

TEST(blackout)
{
	struct bed bed;
	unsigned asked;

	setup(&bed, "-n 3", NULL, "blackout = 08:30-09:30\n" THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	asked = bed.drive.asked;
	CHECK_INT(asked, 3 + 9);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 1799);
	CHECK_INT(bed.drive.asked, asked);
	bed.drive.forget = true;
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 1800 + 600);
	CHECK_INT(bed.drive.asked, asked + 3);
	teardown(&bed);
}

TEST(a_reload_keeps_what_is_there)
{
	struct bed bed;
	struct br_fleet_printer *before;

	setup(&bed, "-n 5", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1200);
	before = station(&bed, "127.16.0.1")->printer;
	/* One gone, one new, one with another profile, one as it was. */
	write_config(&bed, "[printer 127.16.0.1]\n[printer 127.16.0.2]\nprofile = other\n"
			   "[printer 127.16.0.4]\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK(station(&bed, "127.16.0.1")->printer == before);
	CHECK(station(&bed, "127.16.0.3") == NULL);
	CHECK_STR(station(&bed, "127.16.0.2")->access->profile.name, "other");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(counts(&bed)->full, 3 + 1); /* the new one's only */
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	teardown(&bed);
}

TEST(a_bad_file_changes_nothing)
{
	struct bed bed;
	char want[300];

	setup(&bed, "-n 3", NULL, THREE);
	write_config(&bed, "statsu = 5m\n");
	CHECK(drive_reload(&bed.drive) != BR_OK);
	snprintf(want, sizeof want, "%s:15: statsu is unknown here; did you mean status?",
		 bed.drive.config);
	CHECK_STR(bed.drive.error.text, want);
	CHECK_INT(bed.drive.collector->stations.n, 3);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed.drive.asked, 3 + 18);
	teardown(&bed);
}

/* Reloaded while everything is asked: the answers are taken, by whatever is in force then. */
TEST(a_reload_in_mid_flight)
{
	struct bed bed;
	struct collector_time time = {0};

	setup(&bed, "-n 3 --fault all:delay=30", NULL, THREE);
	time.mono_ms = br_clock_ms();
	time.wall_ms = time.mono_ms + bed.drive.wall_ms;
	collector_tick(bed.drive.collector, &time);
	CHECK_INT(bed.drive.collector->n_asked, 3);
	write_config(&bed, "[printer 127.16.0.1]\nprofile = other\n[printer 127.16.0.2]\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 3); /* one leaves when it has answered */
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK_INT(counts(&bed)->full, 3);
	CHECK_INT(bed.drive.collector->stations.n, 2);
	CHECK_STR(station(&bed, "127.16.0.1")->access->profile.name, "other");
	CHECK(station(&bed, "127.16.0.1")->next_access == NULL);
	teardown(&bed);
}

static void find(struct bed *bed, const char *host)
{
	union br_address address;

	CHECK(br_address_numeric(&address, host, fleet.port));
	CHECK(collector_found(bed->drive.collector, &address, "default", false) != NULL);
}

#define SITE "[site all]\nranges = 127.16.0.0/24\ndiscover = no\n"

TEST(what_is_found_is_asked)
{
	struct bed bed;
	union br_address address;

	setup(&bed, "-n 4", NULL, SITE);
	find(&bed, "127.16.0.1");
	find(&bed, "127.16.0.3");
	find(&bed, "127.16.0.3");
	CHECK(br_address_numeric(&address, "10.0.0.1", fleet.port));
	CHECK(collector_found(bed.drive.collector, &address, "default", false) == NULL);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(counts(&bed)->full, 2);
	/* The store knows them now: they are asked without being found again. */
	drive_close(&bed.drive);
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 2);
	/* Until they are in no site any more. */
	write_config(&bed, "[site all]\nranges = 127.16.0.0/24\nexclude = 127.16.0.3\n"
			   "discover = no\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 1);
	teardown(&bed);
}

/* After a second of the farm's, the printer of .1 stands at .4, and nothing at .1. */
#define SERIAL "1.3.6.1.2.1.43.5.1.1.17.1"
static const char moving[] = "0 127.16.0.4 " SERIAL " set MADEUP4\n"
			     "1 127.16.0.4 " SERIAL " set MADEUP1101\n"
			     "1 127.16.0.1 off\n";

TEST(a_printer_moves)
{
	struct bed bed;
	int64_t id;

	setup(&bed, "-n 4 --as-recorded", moving, SITE);
	find(&bed, "127.16.0.1");
	find(&bed, "127.16.0.4");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(station(&bed, "127.16.0.1")->n_ids, 1);
	id = station(&bed, "127.16.0.1")->n_ids ? station(&bed, "127.16.0.1")->ids[0].id : 0;
	usleep(1100000);
	drive_until(&bed.drive, MONDAY + 32 * HOUR); /* a full reading sees it */
	CHECK_INT(counts(&bed)->moved, 1);
	CHECK(station(&bed, "127.16.0.1") == NULL);
	CHECK_INT(station(&bed, "127.16.0.4")->n_ids, 1);
	CHECK_INT(station(&bed, "127.16.0.4")->ids[0].id, id);
	teardown(&bed);
}

/* Every row of the Printer-MIB of the second device goes, and its hrDeviceTable. */
static void write_removal(char *script, size_t size)
{
	FILE *in = fopen("tests/recordings/printserver_two.snmprec", "r");
	char line[512];
	size_t used = 0;

	CHECK(in != NULL);
	while (in && fgets(line, sizeof line, in)) {
		char *bar = strchr(line, '|'), *dot;
		bool printer = strncmp(line, "1.3.6.1.2.1.43.", 15) == 0;
		bool host = strncmp(line, "1.3.6.1.2.1.25.3.", 17) == 0;

		if (!bar || (!printer && !host))
			continue;
		*bar = '\0';
		/* The device is the arc behind the column: …43.TABLE.1.COLUMN.DEVICE */
		dot = line + (printer ? 15 : 17);
		for (int i = 0; dot && i < (printer ? 4 : 3); i++) {
			dot = strchr(dot, '.');
			dot = dot ? dot + 1 : NULL;
		}
		if (!dot || (strcmp(dot, "2") != 0 && strncmp(dot, "2.", 2) != 0))
			continue;
		used += (size_t)snprintf(script + used, size - used, "1 127.16.0.2 %s remove\n",
					 line);
		CHECK(used < size);
	}
	if (in)
		fclose(in);
}

TEST(one_is_taken_off_its_print_server)
{
	static char script[65536];
	struct bed bed;

	write_removal(script, sizeof script);
	setup(&bed, "-n 3", script, "[printer 127.16.0.2]\n");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(station(&bed, "127.16.0.2")->n_ids, 2);
	usleep(1100000);
	drive_until(&bed.drive, MONDAY + 31 * HOUR);
	CHECK_INT(station(&bed, "127.16.0.2")->n_ids, 1);
	teardown(&bed);
}

TEST(two_addresses_of_one_printer)
{
	struct bed bed;

	setup(&bed, "-n 4 --as-recorded", NULL, "[printer 127.16.0.1]\n[printer 127.16.0.4]\n");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(counts(&bed)->full, 2);
	CHECK_INT(bed.drive.collector->n_twins, 1);
	CHECK_INT(counts(&bed)->same + counts(&bed)->status, 6);
	teardown(&bed);
}

TEST(the_other_address_is_tried_when_one_falls_silent)
{
	struct bed bed;

	setup(&bed, "-n 4 --as-recorded",
	      "1 127.16.0.1 off\n1 127.16.0.4 off\n2 127.16.0.4 on\n",
	      "[printer 127.16.0.1]\n[printer 127.16.0.4]\n");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed.drive.collector->n_twins, 1);
	usleep(2100000);
	drive_until(&bed.drive, MONDAY + 10 * HOUR);
	CHECK_INT(bed.drive.collector->n_twins, 0);
	CHECK(counts(&bed)->moved <= 1);
	CHECK_INT(station(&bed, "127.16.0.4")->n_ids, 1);
	CHECK_INT(station(&bed, "127.16.0.4")->slot.missed, 0);
	teardown(&bed);
}

TEST(one_that_was_found_gives_way_to_the_configuration)
{
	struct bed bed;

	setup(&bed, "-n 4 --as-recorded", NULL, "[printer 127.16.0.1]\n" SITE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	find(&bed, "127.16.0.4");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK(station(&bed, "127.16.0.4") == NULL);
	CHECK_INT(station(&bed, "127.16.0.1")->n_ids, 1);
	teardown(&bed);
}

/* Real seconds: the search has a clock of its own. */
TEST(the_search_of_a_site)
{
	struct bed bed;

	setup(&bed, "-n 12 --fault 127.16.0.5:dead --fault 127.16.0.7:v1-only", NULL,
	      "[site all]\nranges = 127.16.0.1-40\nexclude = 127.16.0.12\n");
	for (int i = 0; i < 200 && bed.drive.collector->stations.n < 10; i++)
		drive_real(&bed.drive, 50);
	drive_real(&bed.drive, 3000);
	CHECK_INT(bed.drive.collector->stations.n, 10);
	CHECK_INT(counts(&bed)->full, 10);
	CHECK(station(&bed, "127.16.0.5") == NULL);
	CHECK(station(&bed, "127.16.0.7") != NULL);
	CHECK(station(&bed, "127.16.0.12") == NULL);
	CHECK_INT(counts(&bed)->missed, 0);
	teardown(&bed);
}

TEST(clocks_that_lie)
{
	struct bed bed;
	unsigned before;

	setup(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	for (int i = 0; i < 6; i++) {
		static const int64_t by[] = {-3 * HOUR, 90, -90, 26 * HOUR, -26 * HOUR, -1};

		bed.drive.forget = true;
		drive_set_clock(&bed.drive, by[i]);
		before = bed.drive.asked;
		drive_until(&bed.drive, drive_wall(&bed.drive) + 1201);
		CHECK(bed.drive.asked - before >= 3 && bed.drive.asked - before <= 9);
		bed.drive.forget = false;
		before = bed.drive.asked;
		drive_until(&bed.drive, drive_wall(&bed.drive) + 1200);
		CHECK_INT(bed.drive.asked - before, 6);
		CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	}
	CHECK_INT(counts(&bed)->clock_jumps, 5); /* a second is none */
	teardown(&bed);
}

/* Half of them dead: hourly at last, and back at once when they answer. */
TEST(silent_ones_are_asked_seldom)
{
	struct bed bed;

	setup(&bed, "-n 2 --fault 127.16.0.2:dead", NULL,
	      "[printer 127.16.0.1]\n[printer 127.16.0.2]\n");
	drive_until(&bed.drive, MONDAY + 16 * HOUR);
	CHECK_INT(counts(&bed)->full, 1);
	CHECK(counts(&bed)->missed >= 8 && counts(&bed)->missed <= 13);
	CHECK_INT(station(&bed, "127.16.0.2")->n_ids, 0);
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	teardown(&bed);
}

TEST(health_says_nothing_of_anybody)
{
	struct bed bed;
	struct br_buf json;

	setup(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	br_buf_init(&json, 16384);
	CHECK_INT(collector_health(bed.drive.collector, "running", &json), BR_OK);
	CHECK(json.data && strstr(json.data, "\"full\": 3") &&
	      strstr(json.data, "\"printers\": 4"));
	CHECK(!strstr(json.data, "127.16") && !strstr(json.data, "public") &&
	      !strstr(json.data, "SN7F"));
	br_buf_clear(&json);
	teardown(&bed);
}

TEST(once)
{
	struct bed bed;

	setup(&bed, "-n 3", NULL, THREE);
	drive_close(&bed.drive);
	bed.drive.once = true;
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK(collector_idle(bed.drive.collector));
	drive_until(&bed.drive, MONDAY + 10 * HOUR);
	CHECK_INT(bed.drive.asked, 3);
	CHECK(!collector_any_missed(bed.drive.collector));
	teardown(&bed);
}
