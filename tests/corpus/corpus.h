/*
 * corpus.h - recordings of real printers, one after the other, each with its readings.
 *
 * The corpus is other people's: it lies beside the repository or where BRAYER_CORPUS says, and
 * a test without it is skipped aloud.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_CORPUS_H
#define BR_TESTS_CORPUS_H

#include "decode/makers.h"
#include "decode/recording.h"
#include "link/profile.h"
#include "model/reading.h"

#define CORPUS_MAX_READINGS 4

struct corpus_case {
	const char *file;
	struct br_recording recording;
	bool *seen;         /* by row of the recording: it went into a reading */
	size_t n_strangers; /* answers that are no row of the recording */
	size_t n_readings;
	struct br_reading *readings;
	struct br_config config;
	struct br_makers makers;
};

/* Reads each through a walk: target and hands it over; without a corpus the test is skipped. */
typedef void (*corpus_fn)(struct corpus_case *at);
void corpus_each(corpus_fn check);

/* The row of a recording by dotted name; NULL if it is not there, or NULL-typed. */
const struct br_recorded *corpus_row(const struct corpus_case *at, const char *format, ...)
	BR_FORMAT(2, 3);
struct br_view corpus_octets(const struct corpus_case *at, const struct br_recorded *row);
/* Its value as a number, be it an integer or text. */
bool corpus_number(const struct corpus_case *at, const struct br_recorded *row, int64_t *out);

#endif
