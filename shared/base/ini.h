/*
 * ini.h - sections of "key = value" lines, read once, with file and line in every complaint.
 *
 *   [profile office]        a section: kind and name
 *   community = public      a key; the value ends at the line end, blanks around it go
 *   ; or # begins a comment line. Quotes keep blanks: "  x  ".
 *
 * A comment has a line of its own, since a password may hold either sign. A quoted value is
 * what stands between its first and its last quote. Keys and kinds of section are lower-case
 * letters, digits and '-'; a line that is neither is complained about without showing it, for
 * it may be a password that lost its key.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_INI_H
#define BR_BASE_INI_H

#include "base/status.h"
#include "base/text.h"

struct br_ini_line {
	const char *file;
	unsigned line;
	struct br_view section, name; /* [section name]; empty before the first section */
	struct br_view key, value;    /* key empty: the section line itself */
};

/* Return anything but BR_OK to stop; br_fail with "%s:%u: …" is the handler's business. */
typedef enum br_status (*br_ini_fn)(void *user, const struct br_ini_line *line,
				    struct br_error *err);

enum br_status br_ini_parse(struct br_view text, const char *file, br_ini_fn each, void *user,
			    struct br_error *err) BR_MUST_CHECK;

/*
 * "FILE:LINE: KEY is unknown here; did you mean NEAREST?", of a section "[SECTION] is unknown
 * …". Where none of the NULL-terminated list is near, the sentence names them all.
 */
enum br_status br_ini_unknown(const struct br_ini_line *line, const char *const *known,
			      struct br_error *err);

#endif
