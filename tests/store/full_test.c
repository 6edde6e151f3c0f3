/*
 * full_test.c - a disk without room: nothing is lost, it is said once, and it goes on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/inside.h"
#include "store/sample.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sample sample;

static int times_said(const char *words)
{
	int n = 0;

	for (const char *at = sample.said.data; at && (at = strstr(at, words)); at++)
		n++;
	return n;
}

static void put_all(int from, int to)
{
	static char answers[20000];
	char serial[16];

	for (int i = from; i < to; i++) {
		snprintf(serial, sizeof serial, "SN%05d", i);
		sample_put(&sample, (struct sample_reading){
					    .time = NOON + 1,
					    .target = serial,
					    .serial = serial,
					    .total = 100 + i,
					    .kept = &(struct br_store_kept){
						    .harvest = {answers, sizeof answers}}});
	}
}

static int64_t count(const char *what)
{
	return sample_sql(&sample, what);
}

#define PRINTERS "SELECT count(*) FROM printer"

/* room(false) takes the room away, room(true) gives it. */
static void run_out_of(void (*room)(bool give))
{
	const struct br_store_name name = {{"udp:192.0.2.1:161", 17}, {"Office", 6}};
	struct br_store_health health;
	int64_t id;

	sample_open(&sample);
	id = sample_put(&sample, (struct sample_reading){.time = NOON, .total = 1});
	sample_commit(&sample);
	room(false);
	put_all(0, 60);
	CHECK_INT(br_store_names(sample.store, &name, 1, &sample.err), BR_OK);
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_E_FILE);
	CHECK_INT(times_said("is kept in memory meanwhile"), 1);
	CHECK_INT(br_store_same(sample.store, id, NOON + 600, 0, NULL), BR_OK);
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_E_FILE);
	put_all(60, 70);
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_E_FILE);
	CHECK_INT(times_said("is kept in memory meanwhile"), 1);
	br_store_health(sample.store, &health);
	CHECK_INT(health.waiting, 72);
	CHECK_INT(health.failed_commits, 3);
	/* Whoever looks sees the store as it was. */
	CHECK_STR(sample_printers(&sample), "#1 udp:192.0.2.1:161   read 0\n");
	room(true);
	sample_commit(&sample);
	CHECK_INT(times_said("is written again"), 1);
	CHECK_INT(count(PRINTERS), 71);
	CHECK_INT(count("SELECT count(*) FROM given WHERE name = 'Office'"), 1);
	CHECK_INT(count("SELECT sum(id) FROM printer"), 71 * 72 / 2);
	CHECK_STR(sample_points(&sample, id), "counter total\n0-600 0 x2\n");
	CHECK_INT(count("SELECT max(n) FROM series"), 1);
	br_store_health(sample.store, &health);
	CHECK_INT(health.waiting, 0);
	CHECK_INT(health.set_back, 0);
	/* And goes on as ever. */
	put_all(70, 80);
	sample_commit(&sample);
	CHECK_INT(count(PRINTERS), 81);
}

static void limit(bool give)
{
	struct rlimit now;

	CHECK_INT(getrlimit(RLIMIT_FSIZE, &now), 0);
	now.rlim_cur = give ? now.rlim_max : 400000;
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &now), 0);
}

TEST(a_file_that_may_not_grow)
{
	sample_init(&sample);
	(void)signal(SIGXFSZ, SIG_IGN);
	run_out_of(limit);
	(void)signal(SIGXFSZ, SIG_DFL);
	sample_done(&sample);
}

/* A file of the same file system that takes all the room there is. */
static void fill(bool give)
{
	static char block[65536];
	char path[160];
	FILE *file;

	snprintf(path, sizeof path, "%s/filler", sample.dir);
	if (give) {
		unlink(path);
		return;
	}
	file = fopen(path, "w");
	CHECK(file != NULL);
	while (file && fwrite(block, sizeof block, 1, file) == 1 && fflush(file) == 0)
		;
	if (file)
		fclose(file);
}

TEST(a_disk_without_room)
{
	if (geteuid() != 0 || unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0)
		check_skip("needs root, to mount a small tmpfs");
	sample_init(&sample);
	if (mount("tmpfs", sample.dir, "tmpfs", 0, "size=8m") != 0)
		check_skip("a tmpfs cannot be mounted here");
	run_out_of(fill);
	sample_close(&sample);
	fill(true);
	CHECK_INT(umount(sample.dir), 0);
	sample_done(&sample);
}

TEST(no_more_is_gathered_than_the_ceiling)
{
	static struct br_reading reading;
	enum br_status status = BR_OK;
	int64_t id;
	int n = 0;

	sample_init(&sample);
	sample_open(&sample);
	sample.store->ceiling = 20000;
	(void)signal(SIGXFSZ, SIG_IGN);
	limit(false);
	sample.store->failing = true; /* so that nothing is committed unasked */
	for (; status == BR_OK && n < 1000; n++) {
		sample_make(&reading, &(struct sample_reading){.time = NOON + n, .total = 5});
		status = br_store_put(sample.store, "p", &reading, NULL, &id, &sample.err);
	}
	CHECK_INT(status, BR_E_LIMIT);
	CHECK(n > 10 && n < 100);
	CHECK(strstr(sample.err.text, "wait to be written") != NULL);
	limit(true);
	(void)signal(SIGXFSZ, SIG_DFL);
	sample_commit(&sample);
	CHECK_INT(count("SELECT n FROM series"), n - 1);
	sample_done(&sample);
}

TEST(much_is_committed_unasked)
{
	struct br_store_health health;

	sample_init(&sample);
	sample_open(&sample);
	sample.store->piece = 100000;
	put_all(0, 20);
	br_store_health(sample.store, &health);
	CHECK_INT(health.commits, 4);
	CHECK(health.waiting < 6);
	sample_done(&sample);
}
