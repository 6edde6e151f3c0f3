/*
 * walk.h - walks whole subtrees of one printer, for a recording. Owns no socket and no clock.
 *
 * Driven as a conversation is (next, hear, silence, stop; see conversation.h). What came
 * gathers in a harvest, in the order of names.
 *
 * Subtrees that a `never` row forbids are not asked into: no name of a question lies in one,
 * the cursor goes around. GETNEXT cannot be told where to stop, so the answer to the last
 * question before such a subtree may begin with something of it: that is dropped as it is read,
 * and so is all that came behind it in the same answer. Near a forbidden subtree the questions
 * are for single rows, so that it is one row at most that came in vain.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_WALK_H
#define BR_TALK_WALK_H

#include "base/buf.h"
#include "decode/harvest.h"
#include "decode/makers.h"
#include "talk/session.h"

#define BR_WALK_MAX_ROOTS 32
#define BR_WALK_ROWS      100000

struct br_walker_options {
	struct br_session session;
	struct br_makers *makers;   /* whose never rows hold */
	const struct br_oid *roots; /* in any order; NULL: what br_walk_usual() names */
	size_t n_roots;
	unsigned attempts;        /* of the first question, 0: 3; of later ones twice as many */
	unsigned max_repetitions; /* 0: 25 */
	size_t max_rows;          /* 0: BR_WALK_ROWS */
	int32_t seed;             /* of the request ids: unpredictable to others */
};

enum br_walking {
	BR_WALKING_ON,   /* GETNEXT or GETBULK from where the cursor stands */
	BR_WALKING_HERE, /* GET: the cursor was put on a name that nobody answered with */
	BR_WALKING_ROOT, /* GET: nothing is below the root, so it may be an instance itself */
};

struct br_walker {
	struct br_session session;
	struct br_makers *makers;
	struct br_harvest *harvest; /* lent */
	size_t n_roots, root;       /* root: the one that is walked now */
	struct br_oid roots[BR_WALK_MAX_ROOTS];
	struct br_oid at; /* the cursor: everything up to here is known or forbidden */
	bool is_row;      /* the printer answered with this name */
	bool scalar;      /* and it is an instance .0, as the one before it */
	enum br_walking walking;
	unsigned attempts, attempt, max_repetitions, detours;
	unsigned repetitions;               /* of the question that is out; 1: GETNEXT */
	unsigned questions;                 /* datagrams written */
	size_t rows, rows_before, max_rows; /* before: this root */
	size_t dropped;                     /* values of forbidden subtrees that came unasked */
	int32_t request_id;
	bool out, answered, done;
	bool partial, backward, no_bulk, bulk_failed, v1_only, too_many, cut_short;
	enum br_status status; /* once done */
	struct br_error error;
};

/* The roots that are walked where none are named: what a reading needs, and the makers' own. */
const struct br_oid *br_walk_usual(size_t *n, struct br_oid usual[BR_WALK_MAX_ROOTS]);

/* BR_OK if a root may be walked; BR_E_UNSUPPORTED with the reason if it lies in a forbidden
 * subtree. */
enum br_status br_walk_may(struct br_makers *makers, const struct br_oid *root,
			   struct br_error *err) BR_MUST_CHECK;

/* Fails where a root is forbidden, or there are too many. */
enum br_status br_walker_init(struct br_walker *walker, const struct br_walker_options *options,
			      struct br_harvest *harvest, struct br_error *err) BR_MUST_CHECK;

bool br_walker_next(struct br_walker *walker, int64_t now_ms, uint8_t *buffer, size_t size,
		    const uint8_t **datagram, size_t *len);
bool br_walker_hear(struct br_walker *walker, int64_t now_ms, uint8_t *datagram, size_t len);
void br_walker_silence(struct br_walker *walker);
void br_walker_stop(struct br_walker *walker);

/* What was odd, one sentence a line. */
void br_walker_tell(const struct br_walker *walker, struct br_buf *notes);

#endif
