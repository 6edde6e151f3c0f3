/*
 * file.c - reads into one block of the right size, so that no freed block keeps a secret.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { CHUNK = 16384 };

/* Reads until the block is full or the file ends; what came is in file->len. */
static bool fill(struct br_file *file, int fd, size_t size)
{
	while (file->len < size) {
		ssize_t got = read(fd, file->data + file->len, size - file->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		file->len += (size_t)got;
	}
	return true;
}

static enum br_status unreadable(const char *path, struct br_error *err)
{
	return br_fail(err, BR_E_FILE, "%s: cannot be read: %s", path, strerror(errno));
}

static enum br_status too_large(const char *path, size_t max, struct br_error *err)
{
	return br_fail(err, BR_E_LIMIT, "%s: is larger than %zu bytes", path, max);
}

static enum br_status slurp(struct br_file *file, int fd, const char *path, size_t max,
			    struct br_error *err)
{
	struct stat st;
	size_t size;

	if (fstat(fd, &st) != 0)
		return unreadable(path, err);
	if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3)) /* /dev/null */
		st = (struct stat){.st_mode = S_IFREG};
	if (!S_ISREG(st.st_mode))
		return br_fail(err, BR_E_FILE, "%s: is not a regular file", path);
	if (st.st_size < 0 || (uintmax_t)st.st_size > max || (uintmax_t)st.st_size >= SIZE_MAX)
		return too_large(path, max, err);
	file->mode = st.st_mode & 07777;
	file->others_may_read = file->mode & S_IROTH;
	file->others_may_write = file->mode & S_IWOTH;
	size = (size_t)st.st_size;
	file->data = malloc(size + 1);
	if (!file->data)
		return br_fail(err, BR_E_MEMORY, "%s: out of memory", path);
	/* One byte more than it had: a file that grows meanwhile is not cut in silence. */
	if (!fill(file, fd, size + 1))
		return unreadable(path, err);
	if (file->len > size)
		return br_fail(err, BR_E_FILE, "%s: grew while it was read", path);
	file->data[file->len] = '\0';
	return BR_OK;
}

/* The next octets of a pipe or a terminal; waits while it is open and silent. */
static ssize_t next(int fd, char *chunk)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	ssize_t got;

	while ((got = read(fd, chunk, CHUNK)) < 0 && (errno == EAGAIN || errno == EINTR))
		if (errno == EAGAIN && poll(&ready, 1, -1) < 0 && errno != EINTR)
			break;
	return got;
}

/* Takes what a stream gives; on success the memory of buf is the file's. */
static enum br_status drain(struct br_file *file, struct br_buf *buf, int fd, const char *path,
			    struct br_error *err)
{
	char chunk[CHUNK];
	ssize_t got;

	while (buf->status == BR_OK && (got = next(fd, chunk)) != 0) {
		if (got < 0)
			return unreadable(path, err);
		br_buf_add(buf, chunk, (size_t)got);
	}
	br_buf_add(buf, "", 0); /* terminates also what is empty */
	if (buf->status == BR_E_LIMIT)
		return too_large(path, buf->ceiling, err);
	if (buf->status != BR_OK)
		return br_fail(err, buf->status, "%s: out of memory", path);
	file->data = buf->data;
	file->len = buf->len;
	br_buf_init(buf, 0);
	return BR_OK;
}

static enum br_status slurp_stream(struct br_file *file, int fd, const char *path, size_t max,
				   struct br_error *err)
{
	enum br_status status;
	struct br_buf buf;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return unreadable(path, err);
	if (!S_ISFIFO(st.st_mode) && !S_ISCHR(st.st_mode))
		return slurp(file, fd, path, max, err);
	br_buf_init(&buf, max);
	status = drain(file, &buf, fd, path, err);
	br_buf_clear(&buf);
	if (status == BR_OK && file->len == 0 && S_ISFIFO(st.st_mode))
		return br_fail(err, BR_E_FILE, "%s: is a pipe, and nothing came from it", path);
	return status;
}

typedef enum br_status (*slurp_fn)(struct br_file *file, int fd, const char *path, size_t max,
				   struct br_error *err);

static enum br_status read_by(slurp_fn take, struct br_file *file, const char *path, size_t max,
			      struct br_error *err)
{
	enum br_status status;
	int fd;

	*file = (struct br_file){0};
	/* Without O_NONBLOCK the mere opening of a FIFO waits for its writer. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		bool absent = errno == ENOENT || errno == ENOTDIR;

		file->denied = errno == EACCES;
		return br_fail(err, absent ? BR_E_ABSENT : BR_E_FILE,
			       "%s: cannot be opened: %s", path, strerror(errno));
	}
	status = take(file, fd, path, max, err);
	close(fd);
	if (status != BR_OK)
		br_file_clear(file);
	return status;
}

enum br_status br_file_read(struct br_file *file, const char *path, size_t max,
			    struct br_error *err)
{
	return read_by(slurp, file, path, max, err);
}

enum br_status br_file_read_stream(struct br_file *file, const char *path, size_t max,
				   struct br_error *err)
{
	return read_by(slurp_stream, file, path, max, err);
}

bool br_file_put(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t wrote = write(fd, at, len);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		at += wrote;
		len -= (size_t)wrote;
	}
	return true;
}

void br_file_clear(struct br_file *file)
{
	if (file->data)
		explicit_bzero(file->data, file->len);
	free(file->data);
	*file = (struct br_file){0};
}
