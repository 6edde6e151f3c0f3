/*
 * replace.c - see replace.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum br_status collector_replace(const char *path, const struct br_buf *text, unsigned mode,
				 struct br_error *err)
{
	char beside[600];
	int fd, len = snprintf(beside, sizeof beside, "%s.new", path);
	bool ok;

	if (len < 0 || (size_t)len >= sizeof beside)
		return br_fail(err, BR_E_LIMIT, "%s: the name is too long", path);
	(void)unlink(beside);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0)
		return br_fail(err, BR_E_FILE, "%s: %s", beside, strerror(errno));
	ok = br_file_put(fd, text->data, text->len) && fchmod(fd, mode) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && rename(beside, path) == 0;
	if (ok)
		return BR_OK;
	br_fail(err, BR_E_FILE, "%s: %s", path, strerror(errno));
	(void)unlink(beside);
	return BR_E_FILE;
}
