/*
 * file_test.c - what is read, what is refused, and what is known about who else may read it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
	char dir[32], path[64];
};

static struct place place_make(const char *text, size_t len, unsigned mode)
{
	struct place place = {.dir = "/tmp/brayer-file-XXXXXX"};
	FILE *out;

	if (!mkdtemp(place.dir))
		check_skip("no directory in /tmp");
	snprintf(place.path, sizeof place.path, "%s/f", place.dir);
	out = fopen(place.path, "wb");
	CHECK(out && fwrite(text, 1, len, out) == len && fclose(out) == 0);
	CHECK_INT(chmod(place.path, mode), 0);
	return place;
}

static void place_remove(const struct place *place)
{
	unlink(place->path);
	rmdir(place->dir);
}

TEST(contents)
{
	static const struct {
		const char *name, *text;
		size_t len, max;
		enum br_status want;
	} cases[] = {
		{"empty", "", 0, 10, BR_OK},
		{"empty, nothing allowed", "", 0, 0, BR_OK},
		{"text", "hello\n", 6, 10, BR_OK},
		{"just fits", "hello", 5, 5, BR_OK},
		{"one too many", "hello", 5, 4, BR_E_LIMIT},
		{"no ceiling", "hello", 5, SIZE_MAX, BR_OK},
		{"NUL inside", "a\0b", 3, 10, BR_OK},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct place place = place_make(cases[i].text, cases[i].len, 0600);
		struct br_file file;

		check_case(cases[i].name);
		CHECK_INT(br_file_read(&file, place.path, cases[i].max, NULL), cases[i].want);
		if (cases[i].want == BR_OK) {
			CHECK_MEM(file.data, file.len, cases[i].text, cases[i].len);
			CHECK_INT(file.data[file.len], '\0');
		} else {
			CHECK(file.data == NULL && file.len == 0);
		}
		br_file_clear(&file);
		CHECK(file.data == NULL && file.len == 0);
		place_remove(&place);
	}
}

TEST(modes)
{
	static const struct {
		const char *name;
		unsigned mode;
		bool read, write;
	} cases[] = {
		{"own", 0600, false, false},
		{"group", 0640, false, false},
		{"group writes", 0660, false, false},
		{"all read", 0644, true, false},
		{"all write", 0602, false, true},
		{"all", 0666, true, true},
		{"only others read", 0404, true, false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct place place = place_make("x", 1, cases[i].mode);
		struct br_file file;

		check_case(cases[i].name);
		CHECK_INT(br_file_read(&file, place.path, 10, NULL), BR_OK);
		CHECK_INT(file.mode, cases[i].mode);
		CHECK_INT(file.others_may_read, cases[i].read);
		CHECK_INT(file.others_may_write, cases[i].write);
		br_file_clear(&file);
		place_remove(&place);
	}
}

static void refused(const char *path, enum br_status want, const char *sentence)
{
	struct br_file file;
	struct br_error err = {""};
	char expected[160];

	snprintf(expected, sizeof expected, "%s: %s", path, sentence);
	CHECK_INT(br_file_read(&file, path, 4, &err), want);
	CHECK_STR(err.text, expected);
	CHECK(file.data == NULL);
}

TEST(refusals)
{
	struct place place = place_make("hello", 5, 0600);
	char below[80];

	refused(place.path, BR_E_LIMIT, "is larger than 4 bytes");
	refused(place.dir, BR_E_FILE, "is not a regular file");
	refused("/dev/zero", BR_E_FILE, "is not a regular file");
	snprintf(below, sizeof below, "%s/f", place.path);
	refused(below, BR_E_ABSENT, "cannot be opened: Not a directory");
	refused("", BR_E_ABSENT, "cannot be opened: No such file or directory");
	unlink(place.path);
	refused(place.path, BR_E_ABSENT, "cannot be opened: No such file or directory");
	CHECK_INT(mkfifo(place.path, 0600), 0);
	refused(place.path, BR_E_FILE,
		"is not a regular file"); /* and does not wait for a writer */
	unlink(place.path);
	CHECK_INT(symlink("f", place.path), 0);
	refused(place.path, BR_E_FILE, "cannot be opened: Too many levels of symbolic links");
	place_remove(&place);
}

/* The kernel's own files say that they are empty, as one does that is written meanwhile. */
TEST(more_than_was_announced)
{
	if (access("/proc/self/status", R_OK) != 0)
		check_skip("no /proc");
	refused("/proc/self/status", BR_E_FILE, "grew while it was read");
}

TEST(nothing_is_an_empty_file)
{
	struct br_file file;

	CHECK_INT(br_file_read(&file, "/dev/null", 4, NULL), BR_OK);
	CHECK(file.len == 0 && file.data && file.data[0] == '\0');
	CHECK(!file.others_may_read && !file.others_may_write);
	br_file_clear(&file);
}

/* Writes text into a pipe, ends it, and reads it under the name that a shell gives it. */
static enum br_status read_pipe(struct br_file *file, const char *text, size_t max,
				struct br_error *err)
{
	char path[32];
	int ends[2];
	enum br_status status;

	CHECK_INT(pipe(ends), 0);
	CHECK_INT(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	status = br_file_read_stream(file, path, max, err);
	close(ends[0]);
	return status;
}

TEST(streams)
{
	static const struct {
		const char *name, *text;
		size_t max;
		enum br_status want;
		const char *sentence;
	} cases[] = {
		{"a line", "hello\n", 10, BR_OK, NULL},
		{"just fits", "hello", 5, BR_OK, NULL},
		{"one too many", "hello", 4, BR_E_LIMIT, ": is larger than 4 bytes"},
		{"nothing", "", 4, BR_E_FILE, ": is a pipe, and nothing came from it"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_file file;
		struct br_error err = {""};

		check_case(cases[i].name);
		CHECK_INT(read_pipe(&file, cases[i].text, cases[i].max, &err), cases[i].want);
		if (cases[i].want == BR_OK) {
			CHECK_MEM(file.data, file.len, cases[i].text, strlen(cases[i].text));
			CHECK_INT(file.data[file.len], '\0');
		} else {
			CHECK(file.data == NULL && strstr(err.text, cases[i].sentence));
		}
		br_file_clear(&file);
	}
}

/* Of a file a stream has the same to say; what has no end is cut off. */
TEST(streams_that_are_none)
{
	struct place place = place_make("hello", 5, 0600);
	struct br_file file;

	CHECK_INT(br_file_read_stream(&file, place.path, 5, NULL), BR_OK);
	CHECK_MEM(file.data, file.len, "hello", 5);
	br_file_clear(&file);
	CHECK_INT(br_file_read_stream(&file, place.path, 4, NULL), BR_E_LIMIT);
	CHECK_INT(br_file_read_stream(&file, place.dir, 4, NULL), BR_E_FILE);
	CHECK_INT(br_file_read_stream(&file, "/dev/zero", 100000, NULL), BR_E_LIMIT);
	CHECK_INT(br_file_read_stream(&file, "/dev/null", 4, NULL), BR_OK);
	CHECK(file.len == 0 && file.data);
	br_file_clear(&file);
	unlink(place.path);
	CHECK_INT(br_file_read_stream(&file, place.path, 4, NULL), BR_E_ABSENT);
	CHECK_INT(mkfifo(place.path, 0600), 0);
	CHECK_INT(br_file_read_stream(&file, place.path, 4, NULL), BR_E_FILE);
	place_remove(&place);
}

/* Root may read everything, so for a moment the test is nobody. */
TEST(denied_is_told_apart)
{
	struct place place = place_make("x", 1, 0);
	uid_t before = geteuid();
	struct br_file file;

	CHECK_INT(chmod(place.dir, 0755), 0);
	CHECK(before != 0 || seteuid(65534) == 0);
	CHECK_INT(br_file_read(&file, place.path, 4, NULL), BR_E_FILE);
	CHECK(before != 0 || seteuid(0) == 0);
	CHECK(file.denied && file.data == NULL);
	CHECK_INT(br_file_read(&file, "/nowhere/at/all", 4, NULL), BR_E_ABSENT);
	CHECK(!file.denied);
	place_remove(&place);
}
