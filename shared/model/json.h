/*
 * json.h - a reading as the JSON that docs/READING.md promises (schema brayer.reading/1).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_JSON_H
#define BR_MODEL_JSON_H

#include "base/buf.h"
#include "model/reading.h"

/* One document on one line, without a line end; or indented when pretty. Check buf->status. */
void br_reading_json(const struct br_reading *reading, struct br_buf *buf, bool pretty);

/* A JSON string of UTF-8 text, quotes included. */
void br_json_string(struct br_buf *buf, const char *utf8);

#endif
