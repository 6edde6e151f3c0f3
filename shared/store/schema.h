/*
 * schema.h - what stands in the file, and how an older one becomes today's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_SCHEMA_H
#define BR_STORE_SCHEMA_H

#include "store/sql.h"

/* In the file's header, so that `file` and we know whose it is: "BRAY". */
#define BR_STORE_APPLICATION 0x42524159

/* Each makes a store one version newer: steps[0] makes version 1 of an empty file. */
struct br_schema {
	const char *const *steps;
	unsigned n;
};
extern const struct br_schema br_schema_today;

/*
 * Makes the store today's, each step in a transaction with its number. *from is the version it
 * had. BR_E_UNSUPPORTED: it is newer; BR_E_SYNTAX: it is another program's.
 */
enum br_status br_schema_migrate(struct br_sql *sql, const struct br_schema *schema,
				 int64_t *from, struct br_error *err) BR_MUST_CHECK;

/* BR_OK for an empty file and for a store of any version; else as migrate says. */
enum br_status br_schema_is_ours(struct br_sql *sql, struct br_error *err) BR_MUST_CHECK;

/* Without migrating: BR_E_ABSENT for an empty file, BR_E_UNSUPPORTED for another version. */
enum br_status br_schema_check(struct br_sql *sql, struct br_error *err) BR_MUST_CHECK;

/* Nothing in it but tables and indexes, and each of ours; BR_E_MALFORMED if not. */
enum br_status br_schema_sound(struct br_sql *sql, struct br_error *err) BR_MUST_CHECK;

#endif
