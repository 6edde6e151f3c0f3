/*
 * core_test.c - the collector with a clock of its own, against the simulated fleet: slots,
 * restarts, reloads, clocks that lie.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"
#include "fleet/simulated.h"

#include <stdio.h>
#include <string.h>

#define THREE "[printer 127.16.0.1]\n[printer 127.16.0.2]\n[printer 127.16.0.3]\n"

TEST(an_hour_of_slots)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 3);
	CHECK_INT(bed_counts(&bed)->missed, 0);
	CHECK_INT(bed.drive.asked, 3 + 18);
	CHECK_INT(bed.drive.doubles, 0);
	CHECK_INT(bed.drive.missed, 0);
	CHECK_INT(bed_counts(&bed)->same + bed_counts(&bed)->status, 18);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 2); /* a print server */
	CHECK_INT(collector_late(bed.drive.collector, 100), 0);
	bed_close(&bed);
}

TEST(the_daily_full_reading)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, "full = 09:30\n" THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 29 * 60);
	CHECK_INT(bed_counts(&bed)->full, 3);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 41 * 60);
	CHECK_INT(bed_counts(&bed)->full, 6);
	drive_until(&bed.drive, MONDAY + 12 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 6);
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	bed_close(&bed);
}

TEST(a_restart_costs_no_full_reading)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	drive_close(&bed.drive);
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 0);
	CHECK_INT(bed.drive.asked, 3 + 18); /* and no slot twice or left out */
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 2);
	bed_close(&bed);
}

TEST(after_a_long_stop_all_are_asked_at_once)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	drive_close(&bed.drive);
	bed.drive.ahead_ms += 2 * HOUR * 1000;
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, drive_wall(&bed.drive) + 1);
	CHECK_INT(bed_counts(&bed)->same + bed_counts(&bed)->status, 3);
	CHECK_INT(bed_counts(&bed)->full, 0);
	bed_close(&bed);
}

TEST(blackout)
{
	struct bed bed;
	unsigned asked;

	bed_open(&bed, "-n 3", NULL, "blackout = 08:30-09:30\n" THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	asked = bed.drive.asked;
	CHECK_INT(asked, 3 + 9);
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 1799);
	CHECK_INT(bed.drive.asked, asked);
	bed.drive.forget = true;
	drive_until(&bed.drive, MONDAY + 9 * HOUR + 1800 + 600);
	CHECK_INT(bed.drive.asked, asked + 3);
	bed_close(&bed);
}

TEST(a_reload_keeps_what_is_there)
{
	struct bed bed;
	struct br_fleet_printer *before;

	bed_open(&bed, "-n 5", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1200);
	before = bed_station(&bed, "127.16.0.1")->printer;
	/* One gone, one new, one with another profile, one as it was. */
	bed_config(&bed, "[printer 127.16.0.1]\n[printer 127.16.0.2]\nprofile = other\n"
			 "[printer 127.16.0.4]\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK(bed_station(&bed, "127.16.0.1")->printer == before);
	CHECK(bed_station(&bed, "127.16.0.3") == NULL);
	CHECK_STR(bed_station(&bed, "127.16.0.2")->access->profile.name, "other");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 3 + 1); /* the new one's only */
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	bed_close(&bed);
}

TEST(a_bad_file_changes_nothing)
{
	struct bed bed;
	char want[300];

	bed_open(&bed, "-n 3", NULL, THREE);
	bed_config(&bed, "statsu = 5m\n");
	CHECK(drive_reload(&bed.drive) != BR_OK);
	snprintf(want, sizeof want, "%s:15: statsu is unknown here; did you mean status?",
		 bed.drive.config);
	CHECK_STR(bed.drive.error.text, want);
	CHECK_INT(bed.drive.collector->stations.n, 3);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed.drive.asked, 3 + 18);
	bed_close(&bed);
}

/* Reloaded while everything is asked: the answers are taken, by whatever is in force then. */
TEST(a_reload_in_mid_flight)
{
	struct bed bed;
	struct collector_time time = {0};

	bed_open(&bed, "-n 3 --fault all:delay=30", NULL, THREE);
	time.mono_ms = br_clock_ms();
	time.wall_ms = time.mono_ms + bed.drive.wall_ms;
	collector_tick(bed.drive.collector, &time);
	CHECK_INT(bed.drive.collector->n_asked, 3);
	bed_config(&bed, "[printer 127.16.0.1]\nprofile = other\n[printer 127.16.0.2]\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 3); /* one leaves when it has answered */
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK_INT(bed_counts(&bed)->full, 3);
	CHECK_INT(bed.drive.collector->stations.n, 2);
	CHECK_STR(bed_station(&bed, "127.16.0.1")->access->profile.name, "other");
	CHECK(bed_station(&bed, "127.16.0.1")->next_access == NULL);
	bed_close(&bed);
}

TEST(clocks_that_lie)
{
	struct bed bed;
	unsigned before;

	bed_open(&bed, "-n 3", NULL, THREE);
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
	CHECK_INT(bed_counts(&bed)->clock_jumps, 5); /* a second is none */
	bed_close(&bed);
}

/* The store is ahead of a clock that was set back: who was just asked is not asked again. */
TEST(a_restart_after_the_clock_was_set_back)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1800);
	drive_set_clock(&bed.drive, -2 * HOUR);
	drive_until(&bed.drive, MONDAY + 7 * HOUR);
	bed.drive.blind = true;
	for (int i = 0; i < 3; i++) {
		int64_t due = bed_station(&bed, "127.16.0.1")->due.at;
		unsigned others;

		drive_until(&bed.drive, due + 5);
		CHECK(bed_station(&bed, "127.16.0.1")->slot.last_try >= due);
		drive_close(&bed.drive);
		CHECK_INT(drive_open(&bed.drive), BR_OK);
		others = (bed_station(&bed, "127.16.0.2")->due.at <= due + 590) +
			 (bed_station(&bed, "127.16.0.3")->due.at <= due + 590);
		drive_until(&bed.drive, due + 590);
		CHECK_INT(bed_station(&bed, "127.16.0.1")->slot.last_try, due + 5);
		CHECK_INT(bed_counts(&bed)->slots, others);
	}
	bed_close(&bed);
}

/* Half of them dead: hourly at last, and back at once when they answer. */
TEST(silent_ones_are_asked_seldom)
{
	struct bed bed;

	bed_open(&bed, "-n 2 --fault 127.16.0.2:dead", NULL,
		 "[printer 127.16.0.1]\n[printer 127.16.0.2]\n");
	drive_until(&bed.drive, MONDAY + 16 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 1);
	CHECK(bed_counts(&bed)->missed >= 8 && bed_counts(&bed)->missed <= 13);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 0);
	CHECK_INT(bed.drive.doubles + bed.drive.missed, 0);
	bed_close(&bed);
}

TEST(health_says_nothing_of_anybody)
{
	struct bed bed;
	struct br_buf json;
	const char *said;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	br_buf_init(&json, 16384);
	CHECK_INT(collector_health(bed.drive.collector, "running", &json), BR_OK);
	said = json.data ? json.data : "";
	CHECK(strstr(said, "\"full\": 3") && strstr(said, "\"printers\": 4") &&
	      strstr(said, "\"send_buffer\": "));
	CHECK(!strstr(said, "127.16") && !strstr(said, "public") && !strstr(said, "SN7F"));
	br_buf_clear(&json);
	bed_close(&bed);
}

TEST(once)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_close(&bed.drive);
	bed.drive.once = true;
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK(collector_idle(bed.drive.collector));
	drive_until(&bed.drive, MONDAY + 10 * HOUR);
	CHECK_INT(bed.drive.asked, 3);
	CHECK(!collector_any_missed(bed.drive.collector));
	bed_close(&bed);
}

static void open_once(struct bed *bed, const char *farm, const char *sections)
{
	bed_open(bed, farm, NULL, sections);
	drive_close(&bed->drive);
	bed->drive.once = true;
	CHECK_INT(drive_open(&bed->drive), BR_OK);
	bed_listen(bed);
	bed->drive.collector->voice.verbose = false;
	drive_until(&bed->drive, MONDAY + 8 * HOUR + 5);
	CHECK(collector_idle(bed->drive.collector));
	CHECK(collector_finish(bed->drive.collector));
}

/* Nothing was asked, and that is said. */
TEST(once_in_a_blackout)
{
	struct bed bed;

	open_once(&bed, "-n 3",
		  "blackout = 07:00-09:00\n" THREE
		  "[site s]\nranges = 127.16.0.9\n[printer 127.16.0.8]\nblackout = none\n");
	CHECK_INT(bed_counts(&bed)->full, 0);
	CHECK_INT(bed_counts(&bed)->missed, 1);
	CHECK_INT(bed_said(&bed, "blackout: 3 of 4 addresses were not asked, and 1 sites"), 1);
	bed_close(&bed);
}

/* Who did not answer is named, up to twenty. */
TEST(once_says_who_is_silent)
{
	struct bed bed;
	char sections[1024] = THREE;
	size_t len = strlen(sections);

	for (int i = 0; i < 25; i++)
		len += (size_t)snprintf(sections + len, sizeof sections - len,
					"[printer 127.16.0.%d]\n", 100 + i);
	open_once(&bed, "-n 3", sections);
	CHECK_INT(bed_counts(&bed)->missed, 25);
	CHECK_INT(bed_said(&bed, "udp:127.16.0.1"), 20);
	CHECK_INT(bed_said(&bed, "5 more did not answer; with --verbose they are said"), 1);
	CHECK_INT(bed_said(&bed, "blackout"), 0);
	bed_close(&bed);
}

/* What waits for the next start is told against what is in force, not what was read last. */
TEST(a_change_that_was_taken_back)
{
	struct bed bed;

	bed_open(&bed, "-n 3", NULL, "in-flight = 7\nkeep-gone = 30\n" THREE);
	bed_listen(&bed);
	bed_config(&bed, "in-flight = 8\nkeep-gone = 31\n" THREE);
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed_said(&bed, "is another now"), 2);
	bed_config(&bed, "in-flight = 7\nkeep-gone = 30\n" THREE);
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed_said(&bed, "is another now"), 2);
	bed_close(&bed);
}

/* As `brayer status` has it: one miss is a restart, or a nap. */
TEST(silent_is_who_missed_twice)
{
	struct bed bed;
	char line[200];

	bed_open(&bed, "-n 1 --fault 127.16.0.1:dead", NULL, "[printer 127.16.0.1]\n");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK_INT(bed_counts(&bed)->missed, 1);
	collector_status(bed.drive.collector, line, sizeof line);
	CHECK(strstr(line, ", 0 silent") != NULL);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1200);
	CHECK(bed_counts(&bed)->missed >= 2);
	collector_status(bed.drive.collector, line, sizeof line);
	CHECK(strstr(line, ", 1 silent") != NULL);
	bed_close(&bed);
}
