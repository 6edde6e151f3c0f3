/*
 * walk_run.h - walks one target from its first root to its last, within a deadline.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_WALK_RUN_H
#define BR_LINK_WALK_RUN_H

#include "link/read.h"
#include "talk/walk.h"

#define BR_WALK_DEADLINE_MS 300000 /* a walk takes longer than a reading: not the profile's */

struct br_walk_options {
	const struct br_profile *profile;
	struct br_makers *makers;
	const struct br_oid *roots; /* NULL: the usual ones */
	size_t n_roots;
	size_t max_rows;     /* 0: BR_WALK_ROWS */
	int64_t deadline_ms; /* of the whole; 0: BR_WALK_DEADLINE_MS */
	void (*trace)(void *user, bool out, const uint8_t *data, size_t len);
	/* Told after each answer how far it is; may be NULL. The walker is lent for the call.
	 */
	void (*progress)(void *user, const struct br_walker *walker);
	void *user; /* of both */
};

/*
 * Rows go into the harvest, in order. BR_OK also where the walk ended early: walker->partial
 * says so, and br_walker_tell() why.
 */
enum br_status br_walk(const struct br_target *target, const struct br_walk_options *options,
		       struct br_harvest *harvest, struct br_walker *walker,
		       struct br_error *err) BR_MUST_CHECK;

#endif
