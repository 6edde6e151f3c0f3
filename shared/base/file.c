/*
 * file.c - reads into one block of the right size, so that no freed block keeps a secret.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static enum br_status slurp(struct br_file *file, int fd, const char *path, size_t max,
			    struct br_error *err)
{
	struct stat st;
	size_t size;

	if (fstat(fd, &st) != 0)
		return br_fail(err, BR_E_FILE, "%s: cannot be read: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return br_fail(err, BR_E_FILE, "%s: is not a regular file", path);
	if (st.st_size < 0 || (uintmax_t)st.st_size > max || (uintmax_t)st.st_size >= SIZE_MAX)
		return br_fail(err, BR_E_LIMIT, "%s: is larger than %zu bytes", path, max);
	file->mode = st.st_mode & 07777;
	file->others_may_read = file->mode & S_IROTH;
	file->others_may_write = file->mode & S_IWOTH;
	size = (size_t)st.st_size;
	file->data = malloc(size + 1);
	if (!file->data)
		return br_fail(err, BR_E_MEMORY, "%s: out of memory", path);
	/* One byte more than it had: a file that grows meanwhile is not cut in silence. */
	if (!fill(file, fd, size + 1))
		return br_fail(err, BR_E_FILE, "%s: cannot be read: %s", path, strerror(errno));
	if (file->len > size)
		return br_fail(err, BR_E_FILE, "%s: grew while it was read", path);
	file->data[file->len] = '\0';
	return BR_OK;
}

enum br_status br_file_read(struct br_file *file, const char *path, size_t max,
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
	status = slurp(file, fd, path, max, err);
	close(fd);
	if (status != BR_OK)
		br_file_clear(file);
	return status;
}

void br_file_clear(struct br_file *file)
{
	if (file->data)
		explicit_bzero(file->data, file->len);
	free(file->data);
	*file = (struct br_file){0};
}
