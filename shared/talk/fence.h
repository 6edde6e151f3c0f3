/*
 * fence.h - where a walk may not go: the subtrees of `never` rows, as a cursor meets them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_FENCE_H
#define BR_TALK_FENCE_H

#include "decode/makers.h"

/* The first forbidden subtree that begins behind a name; NULL: none. The rows must be known
 * already. */
const struct br_oid *br_fence_ahead(const struct br_makers *makers, const struct br_oid *at);

/* How many arcs of a forbidden subtree's name a cursor does not share: 1 is beside it. */
size_t br_fence_apart(const struct br_oid *at, const struct br_oid *fence);

/*
 * True if nothing can be between a row and a forbidden subtree: it has the name before it, or
 * it is the one instance of that (scalar: the row before was an instance .0 of a sibling, so
 * these are no columns).
 */
bool br_fence_touches(const struct br_oid *row, bool scalar, const struct br_oid *fence);

/* True if two rows are instances .0 of siblings. */
bool br_fence_scalars(const struct br_oid *a, const struct br_oid *b);

/* The last arc off; the first name behind a whole subtree, false where there is none. */
void br_oid_parent(struct br_oid *oid);
bool br_oid_behind(struct br_oid *oid);

#endif
