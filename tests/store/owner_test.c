/*
 * owner_test.c - whose file it is, and who may write it: others' files and second writers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"
#include "check.h"
#include "store/inside.h"
#include "store/sample.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct sample sample;

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

static void write_file(const char *data, size_t len, off_t at)
{
	int fd = open(sample.path, O_WRONLY | O_CREAT, 0640);

	CHECK(fd >= 0 && pwrite(fd, data, len, at) == (ssize_t)len);
	close(fd);
}

/* Nothing is renamed, changed, or made beside it. */
static void check_refused(size_t beside)
{
	struct br_file before, after;

	CHECK_INT(br_file_read(&before, sample.path, 1 << 20, NULL), BR_OK);
	CHECK_INT(br_store_open(&sample.store, sample.path, &sample.options, &sample.err),
		  BR_E_SYNTAX);
	CHECK(strstr(sample.err.text, "store.db: is ") != NULL);
	CHECK(strstr(sample.err.text, "name another file as store") != NULL);
	CHECK_STR(sample.said.data, "");
	CHECK_INT(br_file_read(&after, sample.path, 1 << 20, NULL), BR_OK);
	CHECK(before.len == after.len && memcmp(before.data, after.data, after.len) == 0);
	CHECK_INT(files("*"), 1 + beside);
	br_file_clear(&before);
	br_file_clear(&after);
}

TEST(a_mistyped_name_renames_nobodys_file)
{
	static const char *const texts[] = {
		"x",
		"Budget of the year: what was planned, what was spent, and why it is more.\n"
		"A line that makes it longer than the head of a database is, by some octets.\n",
		"SQLite format 2 and then whatever else there may be in a file of some length,"
		" which is none of ours",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		check_case(texts[i]);
		sample_init(&sample);
		write_file(texts[i], strlen(texts[i]), 0);
		check_refused(0);
		sample_done(&sample);
	}
}

TEST(another_programs_database_is_left_alone)
{
	/* The second says whose it is, so not even a lock is made. */
	static const struct {
		const char *sql;
		size_t beside;
	} rows[] = {{"CREATE TABLE t(x)", 1}, {"PRAGMA application_id = 77", 0}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		check_case(rows[i].sql);
		sample_init(&sample);
		sample_open(&sample);
		sample_close(&sample);
		CHECK_INT(unlink(sample.path), 0);
		write_file("", 0, 0);
		sample_sql(&sample, rows[i].sql);
		for (size_t k = 0; k < 3; k++) {
			static const char *const endings[] = {"-wal", "-shm", ".lock"};
			char path[160];

			snprintf(path, sizeof path, "%s%s", sample.path, endings[k]);
			(void)!unlink(path);
		}
		check_refused(rows[i].beside);
		sample_done(&sample);
	}
}

static void make_some(void)
{
	sample_init(&sample);
	sample_open(&sample);
	for (int i = 0; i < 30; i++) {
		char text[32];

		snprintf(text, sizeof text, "SN%05d", i);
		sample_put(&sample, (struct sample_reading){
					    .time = NOON, .target = text, .serial = text});
	}
	sample_commit(&sample);
	CHECK_INT(sample_sql(&sample, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
	sample_close(&sample);
	br_buf_reset(&sample.said);
	br_buf_text(&sample.said, "");
}

/* Of a store whose first page is gone nobody can tell whose it is: a person has to. */
TEST(without_its_first_page_it_is_nobodys)
{
	static char zeros[4096];

	make_some();
	write_file(zeros, sizeof zeros, 0);
	check_refused(files("*") - 1);
	sample_done(&sample);
}

/* A database that is damaged, but says nothing of whose it is. */
TEST(damage_of_others_is_theirs)
{
	static char noise[4096];

	memset(noise, 0x5a, sizeof noise);
	make_some();
	write_file("\0\0\0", 4, 68);
	write_file(noise, sizeof noise, 4096);
	write_file(noise, sizeof noise - 100, 100); /* the schema's page, behind the head */
	check_refused(files("*") - 1);
	CHECK(strstr(sample.err.text, "does not say that it is a store of Brayer") != NULL);
	sample_done(&sample);
}

TEST(a_second_writer_is_refused)
{
	struct br_store *second;

	sample_init(&sample);
	sample_open(&sample);
	CHECK_INT(br_store_open(&second, sample.path, NULL, &sample.err), BR_E_LIMIT);
	CHECK(second == NULL);
	CHECK(strstr(sample.err.text, "another program writes this store") != NULL);
	sample_close(&sample);
	sample_open(&sample);
	sample_done(&sample);
}

static struct br_store_health health_of(const struct br_store *store)
{
	struct br_store_health health;

	br_store_health(store, &health);
	return health;
}

/* Somebody tidied up, and a second collector was started: the first writes nothing more. */
TEST(a_lock_that_was_taken_away_ends_the_first_writer)
{
	struct br_store *second;
	char lock[160];
	int64_t id;
	bool more;
	static struct br_reading reading;

	sample_init(&sample);
	sample_open(&sample);
	snprintf(lock, sizeof lock, "%s.lock", sample.path);
	sample_put(&sample, (struct sample_reading){.time = NOON, .serial = "SN00001"});
	sample_commit(&sample);
	sample_put(&sample, (struct sample_reading){.time = NOON + 60,
						    .serial = "SN00002",
						    .target = "udp:192.0.2.2:161"});
	CHECK_INT(unlink(lock), 0);
	CHECK_INT(br_store_open(&second, sample.path, NULL, &sample.err), BR_OK);
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_E_ABSENT);
	CHECK(strstr(sample.err.text, "its .lock was removed, and another collector may") !=
	      NULL);
	CHECK_INT(br_store_thin(sample.store, NOON, &more, NULL), BR_E_ABSENT);
	CHECK_INT(health_of(sample.store).commits, 1);
	/* The second one is alone with it. */
	sample_make(&reading, &(struct sample_reading){.time = NOON + 120,
						       .serial = "SN00003",
						       .target = "udp:192.0.2.3:161"});
	CHECK_INT(br_store_put(second, "p", &reading, NULL, &id, &sample.err), BR_OK);
	CHECK_INT(br_store_commit(second, &sample.err), BR_OK);
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_E_ABSENT);
	br_store_close(sample.store);
	sample.store = NULL;
	CHECK_STR(sample_printers(&sample), "#1 udp:192.0.2.1:161 SN00001  read 0\n#2 "
					    "udp:192.0.2.3:161 SN00003  read 120\n");
	CHECK_INT(br_store_open(&sample.store, sample.path, NULL, &sample.err), BR_E_LIMIT);
	br_store_close(second);
	sample_done(&sample);
}

/* Thinning writes too, and gathers nothing. */
TEST(nothing_is_thinned_without_the_lock)
{
	char lock[160];
	bool more;

	sample_init(&sample);
	sample_open(&sample);
	snprintf(lock, sizeof lock, "%s.lock", sample.path);
	CHECK_INT(unlink(lock), 0);
	CHECK_INT(br_store_thin(sample.store, NOON, &more, &sample.err), BR_E_ABSENT);
	CHECK_INT(sample_sql(&sample, "SELECT count(*) FROM meta WHERE name LIKE 'thinned%'"),
		  0);
	sample_done(&sample);
}

/* Another process sees whether anybody locks the file; one's own locks nobody is told. */
static bool is_locked(void)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
		int fd = open(sample.path, O_RDWR);

		_exit(fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

/* To look into a file and close it drops every lock of the process on it. */
TEST(a_second_writer_in_the_process_drops_no_lock)
{
	struct br_store *second;

	sample_init(&sample);
	sample_open(&sample);
	sample_put(&sample, (struct sample_reading){.time = NOON});
	CHECK(is_locked());
	CHECK_INT(br_store_open(&second, sample.path, &sample.options, &sample.err),
		  BR_E_LIMIT);
	CHECK(is_locked());
	sample_commit(&sample);
	sample_done(&sample);
}
