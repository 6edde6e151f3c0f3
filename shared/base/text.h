/*
 * text.h - text of known length: views, strict numbers, clean UTF-8, nearest words.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_TEXT_H
#define BR_BASE_TEXT_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Somebody else's characters: not terminated, lent for as long as their owner keeps them. */
struct br_view {
	const char *at;
	size_t len;
};

struct br_view br_view(const char *text); /* of a terminated string */
bool br_view_is(struct br_view view, const char *text);
bool br_view_is_nocase(struct br_view view, const char *text); /* ASCII only */
struct br_view br_view_trim(struct br_view view);              /* blanks at both ends */

/* Takes the next word (no blanks, or "quoted") off the front; empty view at the end. */
struct br_view br_view_word(struct br_view *rest);

/* Takes the next line off the front, without its line end; false when nothing is left. */
bool br_view_line(struct br_view *rest, struct br_view *line);

/* Case-insensitive (ASCII) search; glob knows * and ? only. */
bool br_view_contains(struct br_view view, const char *needle);
bool br_view_glob(struct br_view view, struct br_view pattern);

/* Whole view as a decimal number within limits: no sign but '-', no blanks, nothing behind. */
bool br_parse_number(struct br_view view, int64_t min, int64_t max, int64_t *out);

/* Copies what fits and terminates; returns false if something was cut off. */
bool br_text_copy(char *out, size_t size, struct br_view view);

/* A number in decimals, at the end of out: no format is read for it. */
#define BR_DECIMAL_SIZE 21
struct br_view br_decimal(char out[BR_DECIMAL_SIZE], int64_t number);

/*
 * Copies text as valid UTF-8 on one line: broken sequences become U+FFFD, a sequence cut
 * at the end is dropped, controls become blanks, runs of blanks become one, ends are trimmed.
 * Output is terminated, cut at a character if size is too small; returns its length.
 */
size_t br_text_clean(char *out, size_t size, struct br_view utf8);

/* The word of a NULL-terminated list that a mistyped one is nearest to, or NULL if none is
 * near. */
const char *br_text_nearest(struct br_view word, const char *const *list);

#endif
