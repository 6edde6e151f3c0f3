/*
 * mib.h - makers as data: the parser of mibs/<maker>.mib and of a site's own mibs.d/.
 *
 * The format is documented in docs/ADDING-A-PRINTER.md. The text given to the parser must
 * outlive the result: rows hold views of it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MIB_H
#define BR_DECODE_MIB_H

#include "base/oid.h"
#include "base/text.h"
#include "model/reading.h"

enum br_mib_verb {
	BR_MIB_GET,   /* this very instance */
	BR_MIB_FIRST, /* the first instance below this column */
	BR_MIB_TABLE, /* every instance below this column; the last arc is the row */
};

enum br_mib_kind {
	BR_MIB_NUMBER,
	BR_MIB_TEXT,
	BR_MIB_MAC,       /* six octets, or text that spells them */
	BR_MIB_DEVICE_ID, /* IEEE 1284 */
	BR_MIB_RECORD,    /* octets for a named decoder; arg is enum br_mib_record */
	BR_MIB_DECIMAL,   /* text that spells a number, or a number */
};

enum br_mib_record {
	BR_RECORD_BROTHER_MAINTENANCE,
	BR_RECORD_BROTHER_COUNTERS,
	BR_RECORD_BROTHER_NEXTCARE,
	BR_RECORD_BROTHER_COVERAGE,
	BR_RECORD_BROTHER_JAMS,
};

enum br_mib_field {
	BR_FIELD_NONE,     /* records and device ids fill what they know */
	BR_FIELD_IDENTITY, /* arg: index of the member in struct br_identity */
	BR_FIELD_COUNTER,  /* arg: enum br_counter */
	BR_FIELD_COVERAGE, /* arg: enum br_colorant */
	BR_FIELD_CARE_PERCENT,
	BR_FIELD_CARE_PAGES,
	BR_FIELD_CARE_STATUS, /* name: the part */
	BR_FIELD_SUPPLY_PERCENT,
	BR_FIELD_SUPPLY_LEVEL,
	BR_FIELD_SUPPLY_CAPACITY, /* name: supply id, or empty in a table */
	BR_FIELD_SUPPLY_DESCRIPTION,
	BR_FIELD_SUPPLY_PART,
	BR_FIELD_SUPPLY_SERIAL,
	BR_FIELD_CONSOLE,
};

struct br_mib_row {
	enum br_mib_verb verb;
	enum br_mib_kind kind;
	enum br_mib_field field;
	int arg;
	bool fallback; /* only if nothing better is known */
	bool standard; /* asked of every printer anyway */
	struct br_oid oid;
	struct br_view name;         /* supply id or care part */
	struct br_view basis;        /* of a counter */
	struct br_view after, until; /* the part of a text that counts */
	struct br_view model;        /* glob over the model; empty: every model */
	struct br_view where;        /* glob over the label of the same row; needs label */
	struct br_oid label;         /* column that names the rows of a table; len 0: none */
	struct br_view skip;         /* raw numbers that mean "not known": "-1,0" */
	int64_t scale;               /* value times this; 1 if not given */
	int64_t divide;              /* then divided by this; 1 if not given */
	unsigned line;
};

/* A raw level that means something of its own: `level -100 empty`. */
struct br_mib_level {
	int64_t raw;
	enum br_supply_state state; /* BR_SUPPLY_OK with SOME: `some` */
	enum br_level_kind kind;
	uint8_t percent;
};

struct br_mib_never {
	struct br_oid oid;
	struct br_view why;
};

#define BR_MIB_MAX_ROWS   256
#define BR_MIB_MAX_MATCH  32
#define BR_MIB_MAX_NEVER  64
#define BR_MIB_MAX_LEVELS 16
#define BR_MIB_MAX_FILLED 8

struct br_mib {
	const char *file; /* for messages; lent */
	struct br_view text, maker;
	size_t n_objects, n_descr, n_rows, n_never, n_levels, n_filled, n_proofs;
	struct br_oid objects[BR_MIB_MAX_MATCH];
	struct br_view
		descr[BR_MIB_MAX_MATCH]; /* globs over sysDescr, hrDeviceDescr or a device id */
	struct br_mib_level levels[BR_MIB_MAX_LEVELS];
	struct br_view filled[BR_MIB_MAX_FILLED]; /* supply types whose level is what they hold
						     already */
	struct br_view filled_model[BR_MIB_MAX_FILLED]; /* glob over the model of that `filled`
							   line; empty: every */
	struct br_mib_row *rows;                        /* heap */
	struct br_mib_never *never;                     /* heap */
	size_t cap_rows, cap_never;
};

/*
 * Parses a whole file. "file:line: sentence" on failure, and then mib is empty.
 * With head_only, stops at the first row: what is needed to know whether the file speaks for a
 * printer.
 */
enum br_status br_mib_parse(struct br_mib *mib, struct br_view text, const char *file,
			    bool head_only, struct br_error *err) BR_MUST_CHECK;
void br_mib_clear(struct br_mib *mib);

#endif
