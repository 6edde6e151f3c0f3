/*
 * recording.h - a recorded walk, sorted, to be asked like a printer.
 *
 * Reads snmprec lines ("1.3.6|4x|ff00") and the numeric output of net-snmp's walk tools
 * (-On, with or without -Oe -OU; "STRING: …", "Hex-STRING: …", strings over several lines,
 * printed-hex text). Duplicate names: the first is kept.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_RECORDING_H
#define BR_DECODE_RECORDING_H

#include "base/oid.h"
#include "base/text.h"

struct br_recorded {
	struct br_oid name;
	uint8_t tag;      /* BER tag */
	uint32_t at, len; /* BER contents of the value, in values[] */
};

struct br_recording {
	struct br_recorded *rows; /* sorted by name */
	size_t n_rows, cap_rows;
	uint8_t *values;
	size_t values_len, values_cap;
};

#define BR_RECORDING_MAX_ROWS  200000u
#define BR_RECORDING_MAX_BYTES (32u * 1024u * 1024u)

/*
 * Parses text that the caller keeps owning; name is for messages ("file:line: sentence").
 * On failure the recording is empty. Clear it when done.
 */
enum br_status br_recording_parse(struct br_recording *recording, struct br_view text,
				  const char *name, struct br_error *err) BR_MUST_CHECK;
void br_recording_clear(struct br_recording *recording);

/* Reads a whole file (regular, up to BR_RECORDING_MAX_BYTES) and parses it. */
enum br_status br_recording_load(struct br_recording *recording, const char *path,
				 struct br_error *err) BR_MUST_CHECK;

/* Index of the row with this name, or of the first one behind it (n_rows at the end). */
size_t br_recording_find(const struct br_recording *recording, const uint8_t *name, size_t len,
			 bool *exact);

/*
 * One snmprec line for a value, with line end: what br_recording_parse reads back exactly.
 * Nothing for a tag that recordings do not know, such as the exceptions of v2.
 */
struct br_buf;
void br_recording_line(struct br_buf *buf, const uint8_t *name, size_t name_len, uint8_t tag,
		       const uint8_t *value, size_t value_len);

#endif
