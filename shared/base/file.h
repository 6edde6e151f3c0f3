/*
 * file.h - a whole file into memory, bounded, and the question whether it may hold secrets.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_FILE_H
#define BR_BASE_FILE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct br_file {
	char *data; /* NUL-terminated; free with br_file_clear */
	size_t len;
	unsigned mode;         /* permission bits */
	bool others_may_read;  /* world-readable: not a place for secrets */
	bool others_may_write; /* world-writable: nobody vouches for what it says */
	bool denied;           /* after a failure: it is there, but not for us */
};

/*
 * Regular files only (a FIFO, a device or a directory is refused; /dev/null is an empty file),
 * up to max bytes. BR_E_ABSENT where there is none, BR_E_LIMIT where it is larger, otherwise
 * BR_E_FILE; "FILE: sentence".
 */
enum br_status br_file_read(struct br_file *file, const char *path, size_t max,
			    struct br_error *err) BR_MUST_CHECK;

/*
 * The same, and also what somebody pipes in (<(command), /dev/stdin, a terminal): waited for to
 * its end, up to max bytes. Not for secrets: nobody looks who may read it. A FIFO that nobody
 * has opened to write is refused, since its writer may never come.
 */
enum br_status br_file_read_stream(struct br_file *file, const char *path, size_t max,
				   struct br_error *err) BR_MUST_CHECK;

/* Writes all of it, however often that takes; false with errno. */
bool br_file_put(int fd, const void *data, size_t len) BR_MUST_CHECK;

/* Overwrites the memory before freeing it. */
void br_file_clear(struct br_file *file);

#endif
