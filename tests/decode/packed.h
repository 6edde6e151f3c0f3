/*
 * packed.h - a reading that Brother's records are decoded into, and short ways to look at it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_DECODE_PACKED_H
#define BR_TESTS_DECODE_PACKED_H

#include "decode/brother.h"

typedef size_t (*packed_fn)(struct br_reading *, const uint8_t *, size_t, const char *);

extern struct br_reading packed; /* 50 KB: not for the stack */

void packed_start(const char *model);

/* Decodes hex (blanks between octets allowed) from a block of exactly its size; origin "1.2.3".
 */
size_t packed_decode(packed_fn decoder, const char *hex);

/* -1 if it is not a hexadecimal digit. */
int packed_nibble(char c);

/* An empty one if there is none such. */
const struct br_care *packed_care(const char *part);
const struct br_supply *packed_supply(const char *colorant);

/* -1: not known. */
int64_t packed_number(struct br_number number);
int64_t packed_counter(enum br_counter which);

#endif
