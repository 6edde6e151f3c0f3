/*
 * rights_test.c - a user of another group reads the store, whatever becomes of its writer.
 *
 * Needs root, to be other users. The writer is a user of its own and the directory is set-gid,
 * as the installed ones are; the reader has the directory's group as a supplementary one. Both
 * live in processes that do what they are told by a letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/sample.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITER = 54320, READERS = 54321, OTHER = 54322 }; /* users and groups of nobody else */

static struct sample sample;

struct worker {
	pid_t pid;
	int fd;
};

/* What the answer to a letter is. */
typedef void (*work_fn)(char letter, char *answer, size_t size);

static void serve(int fd, work_fn work)
{
	char letter, answer[512];

	while (read(fd, &letter, 1) == 1) {
		answer[0] = '\0';
		work(letter, answer, sizeof answer);
		if (write(fd, answer, sizeof answer) != sizeof answer)
			break;
	}
	_exit(0);
}

static void be(struct worker *worker, unsigned user, unsigned group, work_fn work)
{
	int pair[2];
	const gid_t also = group;

	CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	worker->pid = fork();
	if (worker->pid == 0) {
		close(pair[0]);
		if (setgroups(1, &also) != 0 || setgid(user) != 0 || setuid(user) != 0)
			_exit(1);
		umask(077); /* must not matter */
		serve(pair[1], work);
	}
	close(pair[1]);
	worker->fd = pair[0];
}

static const char *tell(struct worker *worker, char letter)
{
	static char answer[512];
	size_t got = 0;

	if (write(worker->fd, &letter, 1) != 1)
		return "gone";
	while (got < sizeof answer) {
		ssize_t n = read(worker->fd, answer + got, sizeof answer - got);

		if (n <= 0)
			return "gone";
		got += (size_t)n;
	}
	return answer;
}

static void end(struct worker *worker, bool kill_it)
{
	if (kill_it)
		kill(worker->pid, SIGKILL);
	shutdown(worker->fd, SHUT_RDWR); /* others have inherited the descriptor */
	close(worker->fd);
	waitpid(worker->pid, NULL, 0);
}

static void count(void *user, const struct br_store_printer *printer)
{
	int64_t *sum = user;

	*sum = *sum * 10 + printer->id;
}

/* o: opens anew, anything: reads. The numbers of the printers, or the sentence. */
static void read_it(char letter, char *answer, size_t size)
{
	enum br_status status = BR_OK;
	int64_t sum = 0;

	sample.err.text[0] = '\0';
	if (letter == 'o') {
		br_reader_close(sample.reader);
		sample.reader = NULL;
	}
	if (!sample.reader)
		status = br_reader_open(&sample.reader, sample.path, NULL, &sample.err);
	if (status == BR_OK)
		status = br_reader_printers(sample.reader, count, &sum, &sample.err);
	if (status == BR_OK)
		snprintf(answer, size, "%lld", (long long)sum);
	else
		snprintf(answer, size, "%s: %s", br_status_name(status), sample.err.text);
}

static int64_t written;

/* o: opens, p: puts one more printer and commits, c: closes. */
static void write_it(char letter, char *answer, size_t size)
{
	struct br_reading reading;
	char serial[16];
	int64_t id;
	enum br_status status = BR_OK;

	if (letter == 'o') {
		status = br_store_open(&sample.store, sample.path, NULL, &sample.err);
	} else if (letter == 'c') {
		br_store_close(sample.store);
		sample.store = NULL;
	} else {
		snprintf(serial, sizeof serial, "SN%05d", (int)++written);
		sample_make(&reading, &(struct sample_reading){.time = NOON,
							       .serial = serial,
							       .target = serial});
		status = br_store_put(sample.store, "p", &reading, NULL, &id, &sample.err);
		if (status == BR_OK)
			status = br_store_commit(sample.store, &sample.err);
	}
	snprintf(answer, size, "%s", status == BR_OK ? "ok" : sample.err.text);
}

static void prepare(void)
{
	if (geteuid() != 0)
		check_skip("needs root, to be other users");
	sample_init(&sample);
	sample_open(&sample); /* skips where there is no sqlite */
	sample_close(&sample);
	sample_done(&sample);
	sample_init(&sample);
	CHECK_INT(chown(sample.dir, WRITER, READERS), 0);
	CHECK_INT(chmod(sample.dir, 02750), 0);
	written = 0;
}

static void check_mode(const char *ending)
{
	char path[160];
	struct stat st;

	snprintf(path, sizeof path, "%s%s", sample.path, ending);
	check_case(path);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 07777, 0640);
	CHECK_INT(st.st_uid, WRITER);
	CHECK_INT(st.st_gid, READERS);
}

/* Zeros, noise, and nothing at all. */
static void spoil_shm(size_t how)
{
	char path[160], octets[32768];
	FILE *file;

	snprintf(path, sizeof path, "%s-shm", sample.path);
	for (size_t i = 0; i < sizeof octets; i++)
		octets[i] = how ? (char)(i * 7 + i / 256) : 0;
	file = fopen(path, "w");
	CHECK(file && fwrite(octets, how == 2 ? 0 : sizeof octets, 1, file) == (how != 2));
	if (file)
		fclose(file);
}

TEST(running_stopped_killed)
{
	struct worker writer, reader, other;

	prepare();
	be(&reader, OTHER, READERS, read_it);
	CHECK(strstr(tell(&reader, 'r'), "not there: ") != NULL);
	be(&writer, WRITER, WRITER, write_it);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&reader, 'r'), "0");
	CHECK_STR(tell(&writer, 'p'), "ok");
	check_mode("");
	check_mode("-wal");
	check_mode("-shm");
	CHECK_STR(tell(&reader, 'r'), "1"); /* running */
	CHECK_STR(tell(&reader, 'o'), "1");
	be(&other, OTHER, OTHER, read_it);
	CHECK(strstr(tell(&other, 'r'), "group brayer-read") != NULL);
	end(&other, false);
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&writer, 'c'), "ok");
	CHECK_STR(tell(&reader, 'r'), "12"); /* stopped */
	CHECK_STR(tell(&reader, 'o'), "12");
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	end(&writer, true);
	CHECK_STR(tell(&reader, 'r'), "123"); /* killed */
	CHECK_STR(tell(&reader, 'o'), "123");
	end(&reader, false);
	be(&reader, OTHER, READERS, read_it); /* rebooted: nobody has it open */
	CHECK_STR(tell(&reader, 'r'), "123");
	end(&reader, false);
	/* The power failed: what the shm says is of any age, and the WAL alone has 3. */
	for (size_t i = 0; i < 3; i++) {
		spoil_shm(i);
		be(&reader, OTHER, READERS, read_it);
		CHECK_STR(tell(&reader, 'r'), "123");
		CHECK_STR(tell(&reader, 'o'), "123");
		end(&reader, false);
	}
	be(&reader, OTHER, READERS, read_it);
	be(&writer, WRITER, WRITER, write_it);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&reader, 'r'), "123");
	end(&writer, false);
	end(&reader, false);
	sample_done(&sample);
}

TEST(without_shm_it_says_what_to_do)
{
	struct worker writer, reader;
	char path[160];

	prepare();
	be(&writer, WRITER, WRITER, write_it);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&writer, 'c'), "ok");
	snprintf(path, sizeof path, "%s-shm", sample.path);
	CHECK_INT(unlink(path), 0);
	be(&reader, OTHER, READERS, read_it);
	CHECK(strstr(tell(&reader, 'r'), "collector makes it when it is started") != NULL);
	snprintf(path, sizeof path, "%s-wal", sample.path);
	CHECK_INT(unlink(path), 0);
	CHECK(strstr(tell(&reader, 'r'), "a copy of a store is read from") != NULL);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'c'), "ok");
	CHECK_STR(tell(&reader, 'r'), "1");
	end(&writer, false);
	/* A copy by VACUUM INTO is in no WAL mode: it needs nothing beside it. */
	end(&reader, false);
	sample_sql(&sample, "PRAGMA journal_mode = DELETE");
	(void)!unlink(path); /* -wal */
	be(&reader, OTHER, READERS, read_it);
	CHECK_STR(tell(&reader, 'r'), "1");
	end(&reader, false);
	sample_done(&sample);
}

static void set_schema(int version)
{
	char text[40];

	snprintf(text, sizeof text, "PRAGMA user_version = %d", version);
	sample_sql(&sample, text);
}

TEST(replaced_and_upgraded)
{
	struct worker writer, reader;
	char moved[160];

	prepare();
	snprintf(moved, sizeof moved, "%s.moved", sample.path);
	be(&writer, WRITER, WRITER, write_it);
	be(&reader, OTHER, READERS, read_it);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&reader, 'r'), "1");
	/* The schema becomes newer under the reader, and is today's again. */
	set_schema(BR_STORE_SCHEMA + 1);
	CHECK(strstr(tell(&reader, 'r'), "newer Brayer") != NULL);
	CHECK(strstr(tell(&reader, 'o'), "upgrade this one") != NULL);
	set_schema(BR_STORE_SCHEMA - 1);
	CHECK(strstr(tell(&reader, 'r'), "start the new collector") != NULL);
	CHECK(strstr(tell(&reader, 'o'), "start the new collector") != NULL);
	set_schema(BR_STORE_SCHEMA);
	CHECK_STR(tell(&reader, 'r'), "1");
	/* Really migrated under the eyes of a reader. */
	CHECK_STR(tell(&writer, 'c'), "ok");
	sample_sql(&sample, "DROP TABLE given");
	sample_sql(&sample, "DROP TABLE asked");
	set_schema(1);
	CHECK(strstr(tell(&reader, 'r'), "start the new collector") != NULL);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&reader, 'r'), "1");
	CHECK_INT(rename(sample.path, moved), 0);
	CHECK(strstr(tell(&reader, 'r'), "not there: ") != NULL);
	CHECK(strstr(tell(&writer, 'p'), "moved or removed") != NULL);
	CHECK_STR(tell(&writer, 'c'), "ok");
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&reader, 'r'), "12");
	/* Once more, and nobody looks while there is none. */
	CHECK_STR(tell(&writer, 'c'), "ok");
	CHECK_INT(rename(sample.path, moved), 0);
	CHECK_STR(tell(&writer, 'o'), "ok");
	CHECK_STR(tell(&writer, 'p'), "ok");
	CHECK_STR(tell(&reader, 'r'), "1");
	end(&writer, false);
	CHECK_STR(tell(&reader, 'r'), "1");
	end(&reader, false);
	sample_done(&sample);
}
