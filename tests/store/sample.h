/*
 * sample.h - a store in a directory of its own, readings to put into it, and what comes out.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_STORE_SAMPLE_H
#define BR_TESTS_STORE_SAMPLE_H

#include "base/buf.h"
#include "store/reader.h"
#include "store/store.h"

#define NOON INT64_C(1800014400) /* midday UTC of a day in 2027 */

/* A directory that is new and empty; its files are removed by sample_done. */
struct sample {
	char dir[64], path[96];
	struct br_store *store;
	struct br_reader *reader;
	struct br_error err;
	struct br_buf said; /* sentences of the store, a line each */
	struct br_store_options options;
};
void sample_init(struct sample *sample);
void sample_done(struct sample *sample);

/* Both skip the test where the store was left out of the build. */
void sample_open(struct sample *sample);
void sample_read(struct sample *sample); /* opens the reader */
void sample_close(struct sample *sample);

/* What a reading says; zero and NULL: nothing. */
struct sample_reading {
	const char *target, *serial, *mac, *firmware;
	int64_t time;
	int black;              /* percent plus one */
	int64_t total;          /* plus one */
	const int (*alerts)[4]; /* group, group_index, code, severity; ends with 0 */
	bool partial;
	const struct br_store_kept *kept;
};
void sample_make(struct br_reading *reading, const struct sample_reading *from);

/* Puts it and checks that it went well; its number. */
int64_t sample_put(struct sample *sample, struct sample_reading from);
void sample_commit(struct sample *sample);

/*
 * All there is, as text, through the reader: "level toner-black 100-160 50 x3" a line for each
 * point, times as seconds after NOON; breaks, episodes, changes likewise.
 */
const char *sample_points(struct sample *sample, int64_t printer);
const char *sample_breaks(struct sample *sample, int64_t printer);
const char *sample_episodes(struct sample *sample, int64_t printer);
const char *sample_changes(struct sample *sample, int64_t printer);
const char *sample_printers(struct sample *sample);

/* One statement by another connection, whose first number it returns; for what no call shows.
 */
int64_t sample_sql(struct sample *sample, const char *text);

#endif
