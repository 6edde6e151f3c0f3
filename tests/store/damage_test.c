/*
 * damage_test.c - what the store does about a file that is not as it should be.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/inside.h"
#include "store/sample.h"
#include "store/schema.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANSWERS = 20000 };

static struct sample sample;
static char answers[ANSWERS];

/* How many files there are by this pattern in the sample's directory. */
static size_t files(const char *pattern)
{
	char path[160];
	glob_t found;
	size_t n;

	snprintf(path, sizeof path, "%s/%s", sample.dir, pattern);
	n = glob(path, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
	globfree(&found);
	return n;
}

static void some_printers(int n)
{
	char text[32];

	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof text, "SN%05d", i);
		sample_put(&sample,
			   (struct sample_reading){.time = NOON,
						   .target = text,
						   .serial = text,
						   .kept = &(struct br_store_kept){
							   .harvest = {answers, ANSWERS}}});
	}
	sample_commit(&sample);
}

static void ignore_point(void *user, const struct br_point *point)
{
	(void)user, (void)point;
}

static void ignore_printer(void *user, const struct br_store_printer *printer)
{
	(void)user, (void)printer;
}

static void make_with(int n)
{
	sample_init(&sample);
	sample_open(&sample);
	some_printers(n);
	CHECK_INT(sample_sql(&sample, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
	sample_close(&sample);
}

static void overwrite(off_t at, const void *data, size_t len)
{
	int fd = open(sample.path, O_WRONLY);

	CHECK(fd >= 0 && pwrite(fd, data, len, at) == (ssize_t)len);
	close(fd);
}

static void check_set_aside(void)
{
	br_buf_reset(&sample.said);
	sample_open(&sample);
	CHECK(strstr(sample.said.data, "set aside") != NULL);
	CHECK_INT(files("store.db.damaged-*Z"), 1);
	CHECK_STR(sample_printers(&sample), "");
	some_printers(1);
	CHECK(strstr(sample_printers(&sample), "SN00000") != NULL);
	sample_done(&sample);
}

TEST(a_page_of_noise)
{
	static char noise[4096];

	memset(noise, 0x5a, sizeof noise);
	make_with(300);
	overwrite(4096, noise, sizeof noise);
	check_set_aside();
}

TEST(half_a_file)
{
	struct stat st;

	make_with(300);
	CHECK_INT(stat(sample.path, &st), 0);
	CHECK_INT(truncate(sample.path, st.st_size / 2), 0);
	check_set_aside();
}

/* Who only reads cannot mend it, and is told who can. */
TEST(a_reader_says_who_mends_it)
{
	static const char *const says[] = {"is damaged (",
					   "is no database: is it the right file?"};
	static char noise[4096];

	memset(noise, 0x5a, sizeof noise);
	make_with(300);
	overwrite(4096 * 9, noise, sizeof noise);
	for (int i = 0; i < 2; i++) {
		enum br_status status =
			br_reader_open(&sample.reader, sample.path, NULL, &sample.err);
		int64_t n = 0;

		while (status == BR_OK && n < 400)
			status = br_reader_points(sample.reader, ++n, 0, 0, ignore_point, NULL,
						  &sample.err);
		if (status == BR_OK || status == BR_E_ABSENT)
			status = br_reader_printers(sample.reader, ignore_printer, NULL,
						    &sample.err);
		check_case(sample.err.text);
		CHECK_INT(status, BR_E_MALFORMED);
		CHECK(strstr(sample.err.text, says[i]) != NULL);
		CHECK(strstr(sample.err.text, "brayerd") != NULL);
		br_reader_close(sample.reader);
		sample.reader = NULL;
		overwrite(0, noise, 100); /* the header as well */
	}
	sample_done(&sample);
}

TEST(a_table_that_is_missing)
{
	make_with(3);
	sample_sql(&sample, "DROP TABLE episode");
	check_set_aside();
}

TEST(a_trigger_of_somebody_else)
{
	make_with(3);
	sample_sql(&sample, "CREATE TRIGGER t AFTER INSERT ON seen BEGIN SELECT 1; END");
	sample.err.text[0] = '\0';
	CHECK_INT(br_reader_open(&sample.reader, sample.path, NULL, &sample.err),
		  BR_E_MALFORMED);
	CHECK(strstr(sample.err.text, "store.db: is damaged (holds what no Brayer") != NULL);
	check_set_aside();
}

/* Two at one second have two names. */
TEST(set_aside_twice)
{
	char aside[BR_PLACE_MAX + 96];

	make_with(1);
	CHECK_INT(br_place_set_aside(sample.path, NOON, aside, NULL), BR_OK);
	CHECK(strstr(aside, "store.db.damaged-2027-01-15T12:00:00Z") != NULL);
	sample_open(&sample);
	sample_close(&sample);
	CHECK_INT(br_place_set_aside(sample.path, NOON, aside, NULL), BR_OK);
	CHECK(strstr(aside, "Z-2") != NULL);
	CHECK_INT(files("store.db"), 0);
	CHECK_INT(files("store.db-wal"), 0);
	sample_done(&sample);
}

/* Damage that is met while the store is used is noted for the next start. */
TEST(damage_that_is_met_later)
{
	static char noise[4096];
	static struct br_reading reading;
	struct stat st;
	int64_t id;
	enum br_status status;

	memset(noise, 0xa5, sizeof noise);
	make_with(300); /* more than the cache holds */
	sample_open(&sample);
	CHECK_INT(stat(sample.path, &st), 0);
	for (off_t at = 4096 * 3; at < st.st_size; at += 4096)
		overwrite(at, noise, sizeof noise);
	sample_make(&reading, &(struct sample_reading){.time = NOON + 60, .serial = "SN00007"});
	status = br_store_put(sample.store, "p", &reading, NULL, &id, &sample.err);
	CHECK_INT(status, BR_E_MALFORMED);
	CHECK(strstr(sample.said.data, "store.db: is damaged (") != NULL);
	CHECK_INT(files("store.db.suspect"), 1);
	sample_close(&sample);
	check_set_aside();
}

/* The note is of the file in which it was found, not of whatever has its name later. */
TEST(a_note_is_of_one_file)
{
	static const struct {
		const char *name;
		int more;      /* than the inode */
		bool new_file; /* the store is removed after the note was made */
		size_t aside;
	} cases[] = {
		{"of this file", 0, false, 1},
		{"of another", 1, false, 0},
		{"of one that was removed", 0, true, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_place_id id;

		check_case(cases[i].name);
		make_with(1);
		CHECK_INT(br_place_look(sample.path, &id, NULL), BR_OK);
		id.inode += (uint64_t)cases[i].more;
		br_place_suspect(sample.path, id);
		if (cases[i].new_file) {
			CHECK_INT(unlink(sample.path), 0);
			sample_open(&sample);
			some_printers(1);
			sample_close(&sample);
			CHECK_INT(files("store.db.suspect"), 0);
		}
		sample_open(&sample);
		CHECK_INT(files("store.db.damaged-*Z"), cases[i].aside);
		sample_done(&sample);
	}
}

TEST(a_newer_one_is_refused)
{
	make_with(3);
	sample_sql(&sample, "PRAGMA user_version = 99");
	CHECK_INT(br_store_open(&sample.store, sample.path, NULL, &sample.err),
		  BR_E_UNSUPPORTED);
	CHECK(strstr(sample.err.text, "newer Brayer (schema 99") != NULL);
	CHECK_INT(br_reader_open(&sample.reader, sample.path, NULL, &sample.err),
		  BR_E_UNSUPPORTED);
	CHECK_INT(files("*damaged*"), 0);
	sample_sql(&sample, "PRAGMA user_version = 3"); /* today's */
	sample_open(&sample);
	CHECK(strstr(sample_printers(&sample), "SN00002") != NULL);
	sample_done(&sample);
}

TEST(places_that_are_none)
{
	static char path[5000];
	struct br_store *store;
	struct br_reader *reader;

	sample_init(&sample);
	snprintf(path, sizeof path, "%s/nowhere/store.db", sample.dir);
	CHECK_INT(br_store_open(&store, path, NULL, &sample.err), BR_E_FILE);
	CHECK_INT(br_reader_open(&reader, path, NULL, &sample.err), BR_E_ABSENT);
	CHECK_INT(br_store_open(&store, "", NULL, &sample.err), BR_E_LIMIT);
	CHECK_INT(br_reader_open(&reader, "", NULL, &sample.err), BR_E_ABSENT);
	CHECK_INT(br_reader_open(&reader, sample.dir, NULL, &sample.err), BR_E_FILE);
	memset(path, 'a', sizeof path - 1);
	CHECK_INT(br_store_open(&store, path, NULL, &sample.err), BR_E_LIMIT);
	CHECK_INT(br_reader_open(&reader, path, NULL, &sample.err), BR_E_LIMIT);
	sample_done(&sample);
}

/* An empty file is what a writer made just now. */
TEST(an_empty_file)
{
	sample_init(&sample);
	sample_open(&sample);
	sample_close(&sample);
	CHECK_INT(truncate(sample.path, 0), 0);
	CHECK_INT(br_reader_open(&sample.reader, sample.path, NULL, &sample.err), BR_E_ABSENT);
	sample_open(&sample);
	CHECK_STR(sample_printers(&sample), "");
	sample_done(&sample);
}

static int64_t number(struct br_sql *sql, const char *text)
{
	int64_t got = -1;

	CHECK_INT(br_sql_one(sql, text, (struct br_sql_values){NULL, 0}, &got, NULL), BR_OK);
	return got;
}

/* Three made-up versions; the second step of the second table fails. */
TEST(migrations_go_step_by_step)
{
	static const char *const steps[] = {
		"CREATE TABLE t(x); INSERT INTO t VALUES(1)",
		"ALTER TABLE t ADD COLUMN y; UPDATE t SET y = x + 1",
		"CREATE TABLE u AS SELECT x + y AS z FROM t; DROP TABLE t",
	};
	static const char *const bad[] = {
		"CREATE TABLE t(x); INSERT INTO t VALUES(1)",
		"UPDATE t SET x = 7; CREATE TABLE t(x)",
	};
	struct br_sql *sql;
	int64_t from;

	sample_init(&sample);
	sample_open(&sample);
	sample_close(&sample);
	CHECK_INT(truncate(sample.path, 0), 0);
	CHECK_INT(br_sql_open(&sql, sample.path, BR_SQL_WRITE, NULL), BR_OK);
	CHECK_INT(br_schema_migrate(sql, &(struct br_schema){bad, 2}, &from, &sample.err),
		  BR_E_FILE);
	CHECK_INT(from, 0);
	CHECK_INT(number(sql, "PRAGMA user_version"), 1); /* the step that went well */
	CHECK_INT(number(sql, "SELECT x FROM t"), 1);
	CHECK_INT(br_schema_migrate(sql, &(struct br_schema){steps, 2}, &from, &sample.err),
		  BR_OK);
	CHECK_INT(from, 1);
	CHECK_INT(number(sql, "SELECT y FROM t"), 2);
	CHECK_INT(br_schema_migrate(sql, &(struct br_schema){steps, 3}, &from, &sample.err),
		  BR_OK);
	CHECK_INT(from, 2);
	CHECK_INT(number(sql, "SELECT z FROM u"), 3);
	CHECK_INT(number(sql, "PRAGMA user_version"), 3);
	CHECK_INT(br_schema_migrate(sql, &(struct br_schema){steps, 2}, &from, &sample.err),
		  BR_E_UNSUPPORTED);
	br_sql_close(sql);
	sample_done(&sample);
}
