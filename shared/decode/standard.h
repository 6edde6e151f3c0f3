/*
 * standard.h - the standard tables: what is asked of every printer, and where it goes.
 *
 * One row a column. The conversation asks for exactly these columns and the decoder takes
 * exactly these columns, so nothing is asked that nothing uses. Sources: RFC 1213, RFC 2790,
 * RFC 3805, PWG 5106.1 (imaging counters) and PWG 5107.1 (port monitor).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_STANDARD_H
#define BR_DECODE_STANDARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum br_take {
	BR_TAKE_INT,    /* int32_t; zero is "not said" */
	BR_TAKE_NUMBER, /* struct br_number */
	BR_TAKE_TEXT,   /* br_text_at, in the printer's character set */
	BR_TAKE_OID,    /* br_text_at, dotted */
	BR_TAKE_MAC,    /* br_text_at, aa:bb:cc:dd:ee:ff */
	BR_TAKE_ERRORS, /* struct br_error_octets */
};

struct br_field {
	uint8_t column;
	uint8_t take;    /* enum br_take */
	bool in_reading; /* offset counts in the reading's row, else in the scratch's row */
	uint16_t offset;
	const char *name; /* as --explain says it */
};

/* How the rows of a table are named on the wire. */
enum br_index {
	BR_INDEX_SCALAR,     /* .0 */
	BR_INDEX_ROW,        /* .row */
	BR_INDEX_DEVICE,     /* .hrDeviceIndex: one row a printer */
	BR_INDEX_DEVICE_ROW, /* .hrDeviceIndex.row */
	BR_INDEX_KEYS,       /* .a.b.c: imaging counters */
};

/* When the conversation asks for a table. */
enum br_when {
	BR_WHEN_FIRST, /* in the first question: identity, and the key column of every table */
	BR_WHEN_KNOWN, /* at the devices that the first answer named */
	BR_WHEN_LATER, /* with the rest, where there is room */
};

struct br_table {
	const char *name; /* as --explain says it */
	uint8_t prefix[14];
	uint8_t prefix_len;
	uint8_t index;      /* enum br_index */
	uint8_t when;       /* enum br_when */
	uint8_t rows_asked; /* at most so many rows are read */
	uint8_t n_fields;
	bool casual; /* a row that its first column lacks is not worth a question of its own */
	const struct br_field *fields; /* by column; the first is the key that is asked first */
	/* Columns that change while nobody configures anything, a bit each (BR_CHANGES): what a
	 * status reading asks. RFC 3805 counts all others in prtGeneralConfigChanges. */
	uint32_t changes;
	/* Where rows live; a stride of zero: one row only, or nothing in the reading. */
	uint16_t reading_at, reading_stride, reading_count_at, reading_index_at;
	uint16_t scratch_at, scratch_stride, scratch_count_at;
	uint16_t max_rows;
};

/* True if a status reading asks this column. */
#define BR_CHANGES(table, field) ((table)->changes >> (field)->column & 1)

extern const struct br_table br_tables[];
extern const size_t br_tables_count;

/*
 * The table and field of a name, or false. *index and *index_len are what follows the column.
 * *table is looked at first: NULL, or that of the name before, which is nearly always the same.
 */
bool br_table_of(const uint8_t *name, size_t len, const struct br_table **table,
		 const struct br_field **field, const uint8_t **index, size_t *index_len);

/* True if a name at or below this one is asked of every printer anyway. */
bool br_tables_ask(const uint8_t *name, size_t len);

/* Longest BER contents of a standard column. */
#define BR_COLUMN_BYTES 15

#endif
