/*
 * json_writer.h - the punctuation of JSON: commas, indentation, strings, numbers.
 *
 * Members are put in order; a key of NULL puts an element of a list. A text that is NULL or
 * empty is absent and puts nothing. Every number is written exactly.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_JSON_WRITER_H
#define BR_MODEL_JSON_WRITER_H

#include "base/buf.h"

#include <stdbool.h>

struct br_json {
	struct br_buf *buf;
	bool pretty, filled; /* filled: the open list or object holds something already */
	unsigned depth;
};

void br_json_open(struct br_json *json, const char *key, char bracket);
void br_json_close(struct br_json *json, char bracket);
void br_json_text(struct br_json *json, const char *key, const char *utf8);
void br_json_number(struct br_json *json, const char *key, int64_t value);
void br_json_bool(struct br_json *json, const char *key, bool value);

/* A number of thousandths as a decimal: 4700 is 4.7. */
void br_json_thousandths(struct br_json *json, const char *key, int64_t value);

#endif
