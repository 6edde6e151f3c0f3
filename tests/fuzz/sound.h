/*
 * sound.h - what must hold of every reading and of its JSON, whatever a printer answered.
 *
 * For fuzzers and fault tests: what does not hold is said on stderr and the program aborts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_SOUND_H
#define BR_TESTS_SOUND_H

#include "model/reading.h"

/* Says which condition failed, and aborts. */
#define MUST(condition) ((condition) ? (void)0 : sound_failed(__FILE__, __LINE__, #condition))
void sound_failed(const char *file, int line, const char *condition) __attribute__((noreturn));

/* Counts, percents, ids, texts; then the JSON, in one of its two forms. */
void sound_reading(const struct br_reading *reading);

/* One JSON value and nothing behind it: RFC 8259, valid UTF-8, no member null, none
 * empty-named. */
void sound_json(const char *text, size_t len);

/* Well-formed UTF-8 without a control character. */
void sound_text(const char *text, size_t len);

#endif
