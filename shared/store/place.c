/*
 * place.c - names beside the store, and what the directory has to do with it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "store/schema.h"

enum {
	NAME_SIZE = BR_PLACE_MAX + 96,
	MODE = 0640,
	TRIES = 100,
	APPLICATION = 68 /* where a database says whose it is */
};

static void beside(char out[NAME_SIZE], const char *path, const char *ending)
{
	snprintf(out, NAME_SIZE, "%s%s", path, ending);
}

enum br_status br_place_look(const char *path, struct br_place_id *id, struct br_error *err)
{
	struct stat st;

	*id = (struct br_place_id){0};
	if (strlen(path) > BR_PLACE_MAX)
		return br_fail(err, BR_E_LIMIT, "the name of the store is too long");
	if (stat(path, &st) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return br_fail(
				err, BR_E_ABSENT,
				"%s: there is no store: brayerd makes it when it is started",
				path);
		return br_fail(err, BR_E_FILE,
			       "%s: is not to be seen: %s. Who reads the store is in group "
			       "brayer-read",
			       path, strerror(errno));
	}
	if (!S_ISREG(st.st_mode))
		return br_fail(err, BR_E_FILE, "%s: is not a regular file", path);
	*id = (struct br_place_id){(uint64_t)st.st_dev, (uint64_t)st.st_ino};
	return BR_OK;
}

bool br_place_same(struct br_place_id a, struct br_place_id b)
{
	return a.device == b.device && a.inode == b.inode;
}

static const char *const beside_it[] = {"-wal", "-shm", "-journal"};

static bool taken(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* The umask of whoever starts us must not take the group's right away. */
static int make(const char *path, int flags)
{
	int fd = open(path, flags | O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, MODE);

	if (fd >= 0)
		(void)!fchmod(fd, MODE);
	return fd;
}

/* Of a file that is new nothing was found, and its inode may be that of one that was. */
static void forget_suspect(const char *path)
{
	char name[NAME_SIZE];

	beside(name, path, ".suspect");
	(void)!unlink(name);
}

enum br_status br_place_make(const char *path, struct br_error *err)
{
	int fd;

	/* What is left beside a file that was moved away belongs to that, and whoever still
	 * reads it keeps it open. */
	if (!taken(path))
		for (size_t i = 0; i < sizeof beside_it / sizeof beside_it[0]; i++) {
			char name[NAME_SIZE];

			beside(name, path, beside_it[i]);
			(void)!unlink(name);
		}
	fd = make(path, O_EXCL);
	if (fd < 0 && errno != EEXIST)
		return br_fail(err, BR_E_FILE, "%s: cannot be made: %s", path, strerror(errno));
	if (fd < 0)
		return BR_OK;
	close(fd);
	forget_suspect(path);
	return BR_OK;
}

enum br_place_owner br_place_whose(const char *path)
{
	static const char sqlite[16] = "SQLite format 3";
	unsigned char head[APPLICATION + 4];
	uint32_t application = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len = fd >= 0 ? pread(fd, head, sizeof head, 0) : 0;

	if (fd >= 0)
		close(fd);
	if (len <= 0)
		return BR_PLACE_NOBODYS;
	if (len < (ssize_t)sizeof head || memcmp(head, sqlite, sizeof sqlite) != 0)
		return BR_PLACE_OTHERS;
	for (size_t i = APPLICATION; i < sizeof head; i++)
		application = application << 8 | head[i];
	return application == BR_STORE_APPLICATION ? BR_PLACE_OURS
	       : application == 0                  ? BR_PLACE_OPEN
						   : BR_PLACE_OTHERS;
}

bool br_place_may_be_in_use(const char *path)
{
	char name[NAME_SIZE];

	beside(name, path, ".lock");
	return taken(name);
}

bool br_place_has_lock(const char *path, int fd)
{
	char name[NAME_SIZE];
	struct stat held, there;

	beside(name, path, ".lock");
	return fstat(fd, &held) == 0 && lstat(name, &there) == 0 &&
	       held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

enum br_status br_place_lock(const char *path, int *fd, struct br_error *err)
{
	char name[NAME_SIZE];
	int code;

	*fd = -1;
	if (!*path || strlen(path) > BR_PLACE_MAX)
		return br_fail(err, BR_E_LIMIT, "the name of the store is %s",
			       *path ? "too long" : "empty");
	beside(name, path, ".lock");
	*fd = make(name, 0);
	if (*fd < 0)
		return br_fail(err, BR_E_FILE, "%s: cannot be made: %s", name, strerror(errno));
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return BR_OK;
	code = errno;
	close(*fd);
	*fd = -1;
	if (code == EWOULDBLOCK)
		return br_fail(err, BR_E_LIMIT,
			       "%s: another program writes this store: is a collector running?",
			       path);
	return br_fail(err, BR_E_FILE, "%s: cannot be locked: %s", name, strerror(code));
}

enum br_status br_place_set_aside(const char *path, int64_t now, char aside[NAME_SIZE],
				  struct br_error *err)
{
	char time[BR_TIME_TEXT_SIZE], from[NAME_SIZE], to[NAME_SIZE + 8];
	int n = snprintf(aside, NAME_SIZE, "%s.damaged-", path);

	br_time_text(time, now);
	snprintf(aside + n, NAME_SIZE - (size_t)n, "%s", *time ? time : "unknown");
	n = (int)strlen(aside);
	for (int i = 2; taken(aside) && i < TRIES; i++)
		snprintf(aside + n, NAME_SIZE - (size_t)n, "-%d", i);
	if (rename(path, aside) != 0)
		return br_fail(err, BR_E_FILE, "%s: is damaged and cannot be set aside: %s",
			       path, strerror(errno));
	for (size_t i = 0; i < sizeof beside_it / sizeof beside_it[0]; i++) {
		beside(from, path, beside_it[i]);
		snprintf(to, sizeof to, "%s%s", aside, beside_it[i]);
		/* A WAL that stays would be taken for that of the new store. */
		if (rename(from, to) != 0 && errno != ENOENT)
			(void)!unlink(from);
	}
	forget_suspect(path);
	return BR_OK;
}

/* The inode alone: a device may have another number after a reboot. */
void br_place_suspect(const char *path, struct br_place_id id)
{
	char name[NAME_SIZE], text[32];
	int fd, len = snprintf(text, sizeof text, "%llu\n", (unsigned long long)id.inode);

	beside(name, path, ".suspect");
	fd = make(name, O_TRUNC);
	if (fd < 0)
		return;
	(void)!br_file_put(fd, text, (size_t)len);
	close(fd);
}

bool br_place_is_suspect(const char *path)
{
	char name[NAME_SIZE];
	struct br_file file;
	struct br_place_id id;
	struct br_view line = {"", 0};
	int64_t inode;
	bool suspect;

	beside(name, path, ".suspect");
	if (!taken(name) || br_place_look(path, &id, NULL) != BR_OK)
		return false;
	suspect = br_file_read(&file, name, 64, NULL) != BR_OK;
	if (suspect)
		return true;
	/* Where the disk was too full to say which file it is, it is whichever is there. */
	line = (struct br_view){file.data, file.len};
	suspect = !br_parse_number(br_view_word(&line), 0, INT64_MAX, &inode) ||
		  (uint64_t)inode == id.inode;
	br_file_clear(&file);
	return suspect;
}

static uint64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
}

uint64_t br_place_size(const char *path)
{
	char wal[NAME_SIZE];

	beside(wal, path, "-wal");
	return size_of(path) + size_of(wal);
}
