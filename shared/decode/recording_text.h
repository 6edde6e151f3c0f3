/*
 * recording_text.h - what the two formats of recordings share; for recording*.c only.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_RECORDING_TEXT_H
#define BR_DECODE_RECORDING_TEXT_H

#include "base/text.h"
#include "decode/recording.h"

/* Longest BER contents that br_value_encode makes of a number or an address. */
#define BR_VALUE_NUMBER_MAX 9

struct br_recording_reader {
	struct br_recording
		*out;         /* values[] has room for the whole text: no value outgrows it */
	size_t started;       /* where the value being read begins in values[] */
	const char *at, *end; /* what is not read yet */
	const char *name;     /* for messages */
	size_t line;          /* of the line taken last, from 1 */
	bool crlf;            /* line ends are CR LF, also inside quoted strings */
	bool unsorted;
	struct br_oid last_name;  /* a name without its last arc, and … */
	struct br_view last_stem; /* … its text up to the last dot, in the text being read */
	struct br_error *err;
};

/* True if recordings know the tag; others cannot be written down. */
bool br_value_tag_known(uint8_t tag);

/* What a text form must look like, for messages: "a number from 0 to 4294967295". */
const char *br_value_expected(uint8_t tag);

/*
 * BER contents of a value from its text. Needs no more room than the text is long; false if the
 * text is not a value of that type or does not fit.
 */
bool br_value_encode(uint8_t tag, struct br_view text, uint8_t *out, size_t size, size_t *len);

/* The number that a hex digit stands for, or -1. */
int br_hex_digit(char c);

/* Takes the next line, without its line end, and counts it. */
bool br_reader_line(struct br_recording_reader *reader, struct br_view *line);

/* Appends to the value being read; false where that cannot be (then it was our mistake). */
bool br_reader_bytes(struct br_recording_reader *reader, const void *data, size_t len);

/* Ends the value being read and adds its row. */
enum br_status br_reader_row(struct br_recording_reader *reader, const struct br_oid *name,
			     uint8_t tag) BR_MUST_CHECK;

/* BR_E_SYNTAX with "file:line: " in front of the sentence. */
enum br_status br_reader_fail(struct br_recording_reader *reader, const char *sentence,
			      struct br_view about) BR_MUST_CHECK;

/* Parses an object identifier; says what is wrong with it. */
enum br_status br_reader_oid(struct br_recording_reader *reader, struct br_view text,
			     struct br_oid *oid) BR_MUST_CHECK;

/* The same for the name of a row, which must stand in the text that is read: it is remembered.
 */
enum br_status br_reader_name(struct br_recording_reader *reader, struct br_view text,
			      struct br_oid *name) BR_MUST_CHECK;

/* Reads one line of a walk ("NAME = TYPE: VALUE") and the lines that its value goes on over. */
enum br_status br_reader_walk(struct br_recording_reader *reader,
			      struct br_view line) BR_MUST_CHECK;

/* True for "1.3.6|…": digits and dots up to a bar. */
bool br_reader_is_snmprec(struct br_view line);

#endif
