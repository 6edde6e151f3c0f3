/*
 * store_test.c - every allocation and every system call on the store's path fails in turn, ours
 * and sqlite's: an error or none, nothing leaked, nothing lost that was committed, and never is
 * a good store taken for a damaged one.
 *
 * sqlite's own calls are met inside it: it lets its allocator and its system calls be replaced.
 * What is needed of its interface for that is declared here, so that this file needs no header.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fault/fault.h"
#include "store/sample.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sample sample;
static int64_t committed; /* printers that commit has vouched for */

static void ignore_printer(void *user, const struct br_store_printer *printer)
{
	(void)printer;
	++*(int64_t *)user;
}

static void ignore_point(void *user, const struct br_point *point)
{
	(void)user, (void)point;
}

static enum br_status write_some(struct br_store *store, struct br_error *err)
{
	static struct br_reading reading;
	static char answers[9000];
	const struct br_store_kept kept = {.harvest = {answers, sizeof answers}};
	static const int low[][4] = {{11, 1, 1104, 4}, {0}};
	static const char *const firmware[] = {"1.0", "1.0", "1.1"};
	const struct br_store_name name = {{"udp:192.0.2.1:161", 17}, {"Office", 6}};
	enum br_status status = BR_OK;
	int64_t id = 0, n = 0;

	for (int i = 0; status == BR_OK && i < 3; i++) {
		sample_make(&reading, &(struct sample_reading){.time = NOON + i * 60,
							       .serial = "SN10001",
							       .firmware = firmware[i],
							       .black = 51 - i,
							       .alerts = low});
		status = br_store_put(store, "p", &reading, &kept, &id, err);
	}
	if (status == BR_OK)
		status = br_store_same(store, id, NOON + 300, 1, err);
	if (status == BR_OK)
		status = br_store_names(store, &name, 1, err);
	if (status == BR_OK)
		status = br_store_asked(store, &name.target, 1, err);
	if (status == BR_OK)
		status = br_store_commit(store, err);
	if (status == BR_OK)
		committed = 1;
	if (status == BR_OK)
		status = br_store_missed(store, "udp:192.0.2.2:161", "p", NOON, BR_E_TIMEOUT,
					 "silence", err);
	if (status == BR_OK)
		status = br_store_commit(store, err);
	if (status == BR_OK)
		committed = 2;
	return status == BR_OK ? br_store_each(store, ignore_printer, &n, err) : status;
}

static enum br_status read_some(struct br_error *err)
{
	static struct br_reading reading;
	struct br_reader *reader;
	int64_t n = 0;
	enum br_status status = br_reader_open(&reader, sample.path, NULL, err);

	if (status == BR_OK)
		status = br_reader_printers(reader, ignore_printer, &n, err);
	if (status == BR_OK)
		status = br_reader_points(reader, 1, 0, 0, ignore_point, NULL, err);
	if (status == BR_OK)
		status = br_reader_reading(reader, 1, &reading, err);
	br_reader_close(reader);
	return status;
}

static void forget_files(void)
{
	static const char *const endings[] = {"",         "-wal",  "-shm",
					      "-journal", ".lock", ".suspect"};
	char path[128];

	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(path, sizeof path, "%s%s", sample.path, endings[i]);
		(void)!unlink(path);
	}
	committed = 0;
}

/* The life of a store: made, written, closed, read. */
static enum br_status live(void *user, struct br_error *err)
{
	struct br_store *store;
	enum br_status status;

	(void)user;
	forget_files();
	status = br_store_open(&store, sample.path, &sample.options, err);
	if (status == BR_OK)
		status = write_some(store, err);
	br_store_close(store);
	return status == BR_OK ? read_some(err) : status;
}

static void begin(void)
{
	sample_init(&sample);
	sample_open(&sample); /* skips where there is no sqlite */
	sample_close(&sample);
	br_buf_clear(&sample.said);
	sample.options.say = NULL;
}

/* After a failure nothing is wrong with the store itself. */
static void check_sound(const char *name)
{
	struct br_store *store;
	struct br_error err = {""};
	char pattern[128];
	glob_t found;
	int64_t n = 0;

	check_case(name);
	snprintf(pattern, sizeof pattern, "%s.[ds][au]*", sample.path);
	if (glob(pattern, 0, NULL, &found) == 0) {
		check_failed(__FILE__, __LINE__, "a good store was taken for a damaged one");
		(void)!unlink(found.gl_pathv[0]);
	}
	globfree(&found);
	CHECK_INT(br_store_open(&store, sample.path, NULL, &err), BR_OK);
	if (store)
		CHECK_INT(br_store_each(store, ignore_printer, &n, &err), BR_OK);
	if (n < committed)
		check_failed(__FILE__, __LINE__, "%d of %d printers are left", (int)n,
			     (int)committed);
	br_store_close(store);
}

TEST(our_allocations)
{
	begin();
	fault_each_allocation("a store's life", live, NULL, 0);
	check_sound("afterwards");
	sample_done(&sample);
}

TEST(our_system_calls)
{
	static const struct {
		const char *name;
		enum fault_call call;
		int code;
		enum br_status want;
		const char *sentence;
	} rows[] = {
		{"no right in the directory", FAULT_OPEN, EACCES, BR_E_FILE,
		 "cannot be made: Permission denied"},
		{"read-only", FAULT_OPEN, EROFS, BR_E_FILE, "Read-only file system"},
		{"too many files", FAULT_OPEN, EMFILE, BR_E_FILE, "Too many open files"},
		{"no sqlite", FAULT_DLOPEN, 0, BR_E_UNSUPPORTED, "libsqlite3-0"},
	};

	begin();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_error err = {""};
		enum br_status status;

		check_case(rows[i].name);
		fault_arm(rows[i].call, 1, true, rows[i].code);
		status = live(NULL, &err);
		fault_disarm();
		CHECK(fault.hit);
		CHECK_INT(fault.live, 0);
		if (status != rows[i].want || !strstr(err.text, rows[i].sentence))
			check_failed(__FILE__, __LINE__, "%s, \"%s\"", br_status_name(status),
				     err.text);
	}
	sample_done(&sample);
}

/* --- inside sqlite --- */

struct methods { /* sqlite3_mem_methods */
	void *(*take)(int size);
	void (*give)(void *block);
	void *(*retake)(void *block, int size);
	int (*size)(void *block);
	int (*round)(int size);
	int (*init)(void *data);
	void (*end)(void *data);
	void *data;
};

struct vfs { /* sqlite3_vfs, version 3 */
	int version, file_size, path_max;
	struct vfs *next;
	const char *name;
	void *data;
	void *calls[13];
	int (*set_call)(struct vfs *vfs, const char *name, void (*call)(void));
	void *more[2];
};

/* Of what may fail: which call, and the how-manieth of it. */
static struct inner {
	const char *call; /* NULL: none */
	int which, seen, code;
	bool hit;
} inner;

static bool fails_inside(const char *call)
{
	if (!inner.call || strcmp(call, inner.call) != 0 || ++inner.seen != inner.which)
		return false;
	inner.hit = true;
	errno = inner.code;
	return true;
}

static struct methods real;

static void *take(int size)
{
	return fails_inside("memory") ? NULL : real.take(size);
}

static void *retake(void *block, int size)
{
	return fails_inside("memory") ? NULL : real.retake(block, size);
}

static int on_open(const char *path, int flags, int mode)
{
	return fails_inside("open") ? -1 : open(path, flags, mode);
}

static int on_stat(const char *path, struct stat *st)
{
	return fails_inside("stat") ? -1 : stat(path, st);
}

static int on_fstat(int fd, struct stat *st)
{
	return fails_inside("fstat") ? -1 : fstat(fd, st);
}

static int on_ftruncate(int fd, off_t size)
{
	return fails_inside("ftruncate") ? -1 : ftruncate(fd, size);
}

static int on_fcntl(int fd, int what, void *how)
{
	return fails_inside("fcntl") ? -1 : fcntl(fd, what, how);
}

static ssize_t on_pread(int fd, void *data, size_t size, off_t at)
{
	return fails_inside("pread") ? -1 : pread(fd, data, size, at);
}

static ssize_t on_pwrite(int fd, const void *data, size_t size, off_t at)
{
	return fails_inside("pwrite") ? -1 : pwrite(fd, data, size, at);
}

static int on_unlink(const char *path)
{
	return fails_inside("unlink") ? -1 : unlink(path);
}

static void *on_mmap(void *at, size_t size, int how, int flags, int fd, off_t offset)
{
	return fails_inside("mmap") ? MAP_FAILED : mmap(at, size, how, flags, fd, offset);
}

static void *symbol(const char *name)
{
	void *library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	return library ? dlsym(library, name) : NULL;
}

/* Before sqlite is used at all in this process: later it refuses. */
__attribute__((constructor)) static void replace_allocator(void)
{
	enum { CONFIG_MALLOC = 4, CONFIG_GETMALLOC = 5 };
	static struct methods ours;
	void *at = symbol("sqlite3_config");
	int (*config)(int what, ...);

	if (!at)
		return;
	memcpy(&config, &at, sizeof at);
	config(CONFIG_GETMALLOC, &real);
	ours = real;
	ours.take = take;
	ours.retake = retake;
	config(CONFIG_MALLOC, &ours);
}

static void replace_calls(void)
{
#define CALL(name, function)                   \
	{                                      \
		name, (void (*)(void))function \
	}
	static const struct {
		const char *name;
		void (*call)(void);
	} rows[] = {
		CALL("open", on_open),       CALL("stat", on_stat),
		CALL("fstat", on_fstat),     CALL("ftruncate", on_ftruncate),
		CALL("fcntl", on_fcntl),     CALL("pread", on_pread),
		CALL("pread64", on_pread),   CALL("pwrite", on_pwrite),
		CALL("pwrite64", on_pwrite), CALL("unlink", on_unlink),
		CALL("mmap", on_mmap),
	};
	void *at = symbol("sqlite3_vfs_find");
	struct vfs *(*find)(const char *name);
	struct vfs *vfs;

	if (!at)
		check_skip("libsqlite3.so.0 is not here (Debian: libsqlite3-0)");
	memcpy(&find, &at, sizeof at);
	vfs = find(NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(vfs->set_call(vfs, rows[i].name, rows[i].call), 0);
}

/* Each call of this name fails in turn, step by step over those in between. */
static void fail_each(const char *call, int code, int step)
{
	char name[64];
	int failed = 0, n = 0;

	for (int which = 1; which < 100000; which += step, n++) {
		struct br_error err = {""};
		enum br_status status;

		inner = (struct inner){.call = call, .which = which, .code = code};
		fault_arm(FAULT_MEMORY, 0, false, 0);
		status = live(NULL, &err);
		fault_disarm();
		inner.call = NULL;
		if (!inner.hit)
			break;
		failed += status != BR_OK;
		snprintf(name, sizeof name, "%s %d", call, which);
		check_sound(name);
		CHECK_INT(fault.live, 0);
		CHECK(status == BR_OK || (*err.text && !strchr(err.text, '\n')));
		/* Also the sentence is of this failure, and not of a question before it. */
		if (code == ENOMEM && status != BR_OK &&
		    (status != BR_E_MEMORY || !strstr(err.text, "memory")))
			check_failed(__FILE__, __LINE__, "%s, \"%s\"", br_status_name(status),
				     err.text);
	}
	printf("%s: %d failed in turn, %d of them told\n", call, n, failed);
	CHECK(failed > 0);
}

/* There are about 8,000; BRAYER_EACH=1 takes a minute for each of them, sanitized. */
TEST(allocations_of_sqlite)
{
	begin();
	fail_each("memory", ENOMEM, getenv("BRAYER_EACH") ? 1 : 5);
	sample_done(&sample);
}

TEST(system_calls_of_sqlite)
{
	static const struct {
		const char *call;
		int code, step; /* some wait a while for a lock that fails: not each of them */
	} rows[] = {
		{"open", EMFILE, 1},   {"open", EACCES, 1}, {"fstat", EIO, 1},
		{"fcntl", ENOLCK, 6},  {"pread", EIO, 1},   {"pwrite", EIO, 2},
		{"pwrite", ENOSPC, 2}, {"mmap", EAGAIN, 1}, {"ftruncate", EIO, 1},
	};

	begin();
	replace_calls();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		fail_each(rows[i].call, rows[i].code, rows[i].step);
	sample_done(&sample);
}
