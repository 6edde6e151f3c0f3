/*
 * op.h - one thing that was told to the store, kept until it is committed.
 *
 * One block of memory with everything in it, so that what a full disk has undone can be done
 * again, in order, without the reading that it was made of.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_OP_H
#define BR_STORE_OP_H

#include "model/same.h"
#include "store/reader.h"
#include "store/store.h"

/* The texts of an identity whose changes are noted, in the order of the columns. */
enum { BR_FIELDS = 12 };
extern const char *const br_field_names[BR_FIELDS];

/* A percentage or a counter. */
struct br_fact_value {
	enum br_series_kind kind;
	struct br_view name;
	int64_t value;
};

struct br_fact_alert {
	int64_t severity, code, part, part_index, location;
	struct br_view text, key;
};

/* What of a reading (or of a miss) goes into the store. */
struct br_facts {
	struct br_view target, profile, sentence;
	enum br_status status;
	bool partial, has_kept;
	struct br_view serial_key, mac_key;
	struct br_view field[BR_FIELDS];
	struct br_store_kept kept;
	size_t n_values, n_alerts, n_names, n_asked;
	struct br_fact_value *values;
	struct br_fact_alert *alerts;
	struct br_store_name *names;
	struct br_view *asked;
};

enum br_op_kind { BR_OP_PUT, BR_OP_SAME, BR_OP_MISSED, BR_OP_NAMES, BR_OP_ASKED };

struct br_op {
	struct br_op *next;
	size_t size;
	enum br_op_kind kind;
	bool again; /* done before, and undone: not counted a second time */
	uint32_t uptime;
	int64_t id, time;
	int64_t *told;           /* where to say the id, the first time only */
	struct br_facts facts[]; /* one, but for a same */
};

/* NULL: out of memory. Freed by free(). */
struct br_op *br_op_put(const char *profile, const struct br_reading *reading,
			const struct br_store_kept *kept);
struct br_op *br_op_missed(const char *target, const char *profile, enum br_status status,
			   const char *sentence);
struct br_op *br_op_names(const struct br_store_name *names, size_t n);
struct br_op *br_op_asked(const struct br_view *targets, size_t n);
struct br_op *br_op_plain(enum br_op_kind kind, int64_t id);

#endif
