/*
 * random.c - getrandom, until it has given all.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

bool br_random(uint8_t *out, size_t len)
{
	while (len > 0) {
		const ssize_t got = getrandom(out, len, 0);

		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0) {
			out += got;
			len -= (size_t)got;
		}
	}
	return true;
}
