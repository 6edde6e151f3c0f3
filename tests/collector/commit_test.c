/*
 * commit_test.c - stores that are moved, damaged or full while the collector runs, and what it
 * says of what was never written.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define THREE "[printer 127.16.0.1]\n[printer 127.16.0.2]\n[printer 127.16.0.3]\n"

static const char *in(const struct bed *bed, const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", bed->dir, name);
	return path;
}

static void open_three(struct bed *bed)
{
	bed_open(bed, "-n 3", NULL, THREE);
	bed_listen(bed);
	drive_until(&bed->drive, MONDAY + 8 * HOUR + 1800);
	CHECK_INT(bed_counts(bed)->full, 3);
	bed->drive.forget = true;
}

TEST(a_store_that_was_removed_is_opened_anew)
{
	struct bed bed;
	struct br_store_health health;

	open_three(&bed);
	CHECK_INT(unlink(in(&bed, "store.db")), 0);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(access(in(&bed, "store.db"), R_OK), 0);
	CHECK_INT(bed_said(&bed, "opened anew: "), 1);
	CHECK_INT(bed_said(&bed, "anew: 0 writes are lost"), 0);
	CHECK_INT(bed_counts(&bed)->anew, 1);
	CHECK(bed_counts(&bed)->lost > 0);
	/* Everybody is in the new one, and nobody was asked in vain or twice at a time. */
	CHECK_INT(bed_counts(&bed)->full, 6);
	br_store_health(bed.drive.collector->store, &health);
	CHECK_INT(health.puts >= 4, 1);
	CHECK_INT(health.waiting, 0);
	CHECK_INT(health.failed_commits, 0);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 2);
	CHECK(collector_finish(bed.drive.collector));
	/* And a second time: at once, when it is seen. */
	CHECK_INT(unlink(in(&bed, "store.db")), 0);
	for (int i = 0; i < 360 && bed_said(&bed, "opened anew: ") < 2; i++)
		drive_until(&bed.drive, drive_wall(&bed.drive) + 10);
	drive_until(&bed.drive, drive_wall(&bed.drive) + 2);
	CHECK_INT(bed_said(&bed, "opened anew: "), 2);
	CHECK_INT(bed_counts(&bed)->full, 9);
	bed_close(&bed);
}

/* In another store a number is another printer's. */
TEST(numbers_of_the_old_store_are_forgotten)
{
	struct bed bed;
	struct br_error err = {"damaged"};
	struct collector_time time = {0};

	open_three(&bed);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 2);
	CHECK_INT(unlink(in(&bed, "store.db")), 0);
	collector_wrote(bed.drive.collector, BR_E_MALFORMED, &err);
	time.mono_ms = br_clock_ms() + bed.drive.ahead_ms;
	time.wall_ms = time.mono_ms + bed.drive.wall_ms;
	collector_tick(bed.drive.collector, &time);
	CHECK_INT(bed_said(&bed, "opened anew: "), 1);
	for (size_t i = 0; i < bed.drive.collector->stations.n; i++)
		CHECK_INT(bed.drive.collector->stations.all[i]->n_ids, 0);
	CHECK_INT(bed.drive.collector->last_id, 0);
	bed_close(&bed);
}

/* One that is lost each time it is opened does not fill the disk with its like. */
TEST(not_more_than_once_a_minute)
{
	struct bed bed;
	struct br_error err = {"damaged"};

	open_three(&bed);
	for (int i = 0; i < 10; i++) {
		collector_wrote(bed.drive.collector, BR_E_MALFORMED, &err);
		drive_until(&bed.drive, drive_wall(&bed.drive) + 5);
	}
	CHECK_INT(bed_said(&bed, "opened anew: 1 writes are lost"), 1);
	drive_until(&bed.drive, drive_wall(&bed.drive) + 60);
	CHECK_INT(bed_said(&bed, "opened anew: 9 writes are lost"), 1);
	CHECK_INT(bed_counts(&bed)->lost, 10);
	CHECK_INT(bed_counts(&bed)->full, 3); /* the file was whole, and is known */
	CHECK(collector_finish(bed.drive.collector));
	bed_close(&bed);
}

TEST(what_cannot_be_opened_anew_is_an_end)
{
	struct bed bed;

	open_three(&bed);
	CHECK_INT(unlink(in(&bed, "store.db")), 0);
	CHECK_INT(mkdir(in(&bed, "store.db"), 0755), 0);
	for (int i = 0; i < 700 && !collector_dead(bed.drive.collector); i++) {
		bed.drive.ahead_ms += 1000;
		drive_real(&bed.drive, 2);
	}
	CHECK(collector_dead(bed.drive.collector));
	CHECK_INT(bed_said(&bed, "It could not be opened anew, and "), 1);
	CHECK(!collector_finish(bed.drive.collector));
	drive_close(&bed.drive);
	CHECK_INT(rmdir(in(&bed, "store.db")), 0);
	bed_close(&bed);
}

/* The end of the program says what it could not write. */
TEST(an_end_that_loses_says_so)
{
	struct bed bed;
	struct br_error err;

	open_three(&bed);
	CHECK(collector_finish(bed.drive.collector));
	CHECK_INT(unlink(in(&bed, "store.db")), 0);
	CHECK_INT(br_store_missed(bed.drive.collector->store, "udp:192.0.2.1:161", "default",
				  MONDAY + 9 * HOUR, BR_E_TIMEOUT, "silent", &err),
		  BR_OK);
	collector_wrote(bed.drive.collector, BR_OK, &err);
	CHECK(!collector_finish(bed.drive.collector));
	CHECK_INT(bed_said(&bed, "1 writes could not be made and are lost"), 1);
	bed_close(&bed);
}

/* Waited for, said once and then each hour; nothing is lost. */
TEST(a_full_disk)
{
	struct bed bed;
	struct rlimit all, none;

	open_three(&bed);
	(void)signal(SIGXFSZ, SIG_IGN);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &all), 0);
	none = all;
	none.rlim_cur = 4096;
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	drive_until(&bed.drive, MONDAY + 10 * HOUR + 1800);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	CHECK(bed.drive.collector->failing_ms != 0);
	CHECK_INT(bed_said(&bed, "What was read is kept"), 1);
	CHECK_INT(bed_said(&bed, "writes wait, and 0 are lost"), 1);
	drive_until(&bed.drive, MONDAY + 11 * HOUR);
	CHECK_INT(bed_said(&bed, "written again"), 1);
	CHECK_INT(bed_said(&bed, "store.db"), 3);
	CHECK(collector_finish(bed.drive.collector));
	CHECK_INT(bed_said(&bed, "opened anew"), 0);
	(void)signal(SIGXFSZ, SIG_DFL);
	bed_close(&bed);
}

/* There may be room for what is read, and none to thin: that is said each hour too. */
TEST(a_disk_too_full_to_thin)
{
	struct bed bed;
	struct rlimit all, none;
	struct collector *c;

	open_three(&bed);
	c = bed.drive.collector;
	CHECK(collector_finish(c));
	(void)signal(SIGXFSZ, SIG_IGN);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &all), 0);
	none = all;
	none.rlim_cur = 4096;
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	c->now += 86400;
	for (int i = 0; i < 12; i++, c->time.mono_ms += COLLECTOR_THIN_MS) {
		c->thin_ms = c->time.mono_ms;
		collector_store_thin(c);
	}
	CHECK_INT(bed_said(&bed, "store.db"), 2);
	/* Where nothing at all can be written, that is said already. */
	c->failing_ms = c->time.mono_ms;
	c->time.mono_ms += 7200000;
	collector_store_thin(c);
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	(void)signal(SIGXFSZ, SIG_DFL);
	CHECK_INT(bed_said(&bed, "store.db"), 2);
	CHECK(c->thin_ms > c->time.mono_ms);
	c->failing_ms = 0;
	bed_close(&bed);
}

/* In a run of once nothing is opened anew: it ends, and what was heard is lost. */
TEST(once_into_a_damaged_store)
{
	struct bed bed;
	struct br_error err = {"damaged"};

	bed_open(&bed, "-n 3", NULL, THREE);
	drive_close(&bed.drive);
	bed.drive.once = true;
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	bed_listen(&bed);
	collector_wrote(bed.drive.collector, BR_E_MALFORMED, &err);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 5);
	CHECK(collector_idle(bed.drive.collector));
	CHECK(!collector_finish(bed.drive.collector));
	CHECK_INT(bed_said(&bed, "opened anew"), 0);
	CHECK_INT(bed_said(&bed, "1 writes could not be made and are lost"), 1);
	bed_close(&bed);
}

struct asked {
	char host[64];
	bool known, asked;
};

static void look(void *user, const struct br_store_printer *printer)
{
	struct asked *asked = user;

	if (printer->target.len > strlen(asked->host) &&
	    memmem(printer->target.at, printer->target.len, asked->host, strlen(asked->host))) {
		asked->known = true;
		asked->asked = printer->asked;
	}
}

static int asked_in_store(struct bed *bed, const char *host)
{
	struct asked asked = {.known = false};

	snprintf(asked.host, sizeof asked.host, ":%s:", host);
	CHECK_INT(br_store_each(bed->drive.collector->store, look, &asked, NULL), BR_OK);
	return asked.known ? asked.asked : -1;
}

TEST(the_store_is_told_whom_we_ask)
{
	struct bed bed;

	bed_open(&bed, "-n 5", NULL, "[site s]\nranges = 127.16.0.4-5\ndiscover = no\n" THREE);
	bed_find(&bed, "127.16.0.4");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(asked_in_store(&bed, "127.16.0.1"), 1);
	CHECK_INT(asked_in_store(&bed, "127.16.0.4"), 1);
	bed_config(&bed, "[printer 127.16.0.1]\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 120);
	CHECK_INT(asked_in_store(&bed, "127.16.0.1"), 1);
	CHECK_INT(asked_in_store(&bed, "127.16.0.3"), 0);
	CHECK_INT(asked_in_store(&bed, "127.16.0.4"), 0);
	bed_close(&bed);
}
