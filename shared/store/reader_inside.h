/*
 * reader_inside.h - between the files that read the store; nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_READER_INSIDE_H
#define BR_STORE_READER_INSIDE_H

#include "store/inside.h"
#include "store/reader.h"

struct br_reader {
	char *path;
	struct br_makers *makers;
	struct br_place_id place;
	struct br_sql *sql; /* NULL: could not be opened again; the next call tries */
	unsigned depth;     /* calls within calls; the outermost has the transaction */
};

/* A call begins: of the file that is there now. On success br_reading_ends must follow. */
enum br_status br_reading_begins(struct br_reader *reader, struct br_error *err) BR_MUST_CHECK;
/* A call ends; returns status, with the path in front of what err says. */
enum br_status br_reading_ends(struct br_reader *reader, enum br_status status,
			       struct br_error *err);

/* Called for each row of an answer; anything but BR_OK ends it. */
typedef enum br_status (*br_row_fn)(void *user, struct br_sql_query *row, struct br_error *err);
struct br_rows {
	br_row_fn each;
	void *user;
};
enum br_status br_reader_rows(struct br_reader *reader, const char *text,
			      struct br_sql_values values, struct br_rows rows,
			      struct br_error *err) BR_MUST_CHECK;

#endif
