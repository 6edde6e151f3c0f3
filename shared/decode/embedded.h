/*
 * embedded.h - the makers' files of mibs/, compiled in.
 *
 * The definitions are made by mk/embed.awk while building. Each text is one whole file,
 * ends with a newline, and lives as long as the program, as br_mib_parse asks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_EMBEDDED_H
#define BR_DECODE_EMBEDDED_H

#include <stddef.h>

struct br_embedded {
	const char *name; /* of the file, without its directory: "brother.mib" */
	const char *text; /* ends with a NUL that len does not count */
	size_t len;
};

/* Sorted by name. */
extern const struct br_embedded br_embedded_mibs[];
extern const size_t br_embedded_mibs_count;

#endif
