/*
 * parts.h - between the files that name the parts of a printer; nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_PARTS_H
#define BR_MODEL_PARTS_H

#include "model/reading.h"

/* An id before "-2", "-3"… is added; shorter than an id, so that those fit. */
#define BR_BASE_SIZE (BR_ID_SIZE - 8)

/*
 * Small ASCII letters and digits with '-' between words, accents dropped, between two '-' so
 * that a whole word can be searched as "-word-". Anything else parts words or, in other
 * scripts, vanishes.
 */
#define BR_SLUG_SIZE 96
size_t br_slug(char out[BR_SLUG_SIZE], const char *utf8);

/* Puts '-' and the number behind it, as far as there is room. */
void br_slug_number(char *slug, size_t size, int64_t number);

/* A slug without the '-' around it, cut at a word that fits; false: nothing left. */
bool br_slug_base(char out[BR_BASE_SIZE], const char *slug);

/* True if every one of the blank-separated fragments stands in the slug. */
bool br_slug_has(const char *slug, const char *fragments);

/* What a part is called before clashes are resolved. */
void br_supply_base(struct br_reading *reading, size_t at, char out[BR_BASE_SIZE]);
void br_tray_base(const struct br_reading *reading, const struct br_tray *tray,
		  char out[BR_BASE_SIZE]);
void br_output_base(const struct br_reading *reading, const struct br_tray *output,
		    char out[BR_BASE_SIZE]);

#endif
