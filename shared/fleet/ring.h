/*
 * ring.h - things that stand in line: a doubly linked ring whose head is no thing itself.
 *
 * A node that stands nowhere points at itself, so taking it out twice is allowed. Nothing is
 * allocated: the node sits in what is lined up, and BR_RING_OWNER finds it again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_RING_H
#define BR_FLEET_RING_H

#include <stdbool.h>
#include <stddef.h>

struct br_ring {
	struct br_ring *next, *prev;
};

#define BR_RING_OWNER(node, type, member) ((type *)((char *)(node)-offsetof(type, member)))

static inline void br_ring_init(struct br_ring *ring)
{
	ring->next = ring->prev = ring;
}

static inline bool br_ring_empty(const struct br_ring *ring)
{
	return ring->next == ring;
}

static inline void br_ring_remove(struct br_ring *node)
{
	node->next->prev = node->prev;
	node->prev->next = node->next;
	br_ring_init(node);
}

static inline void br_ring_insert(struct br_ring *before, struct br_ring *node)
{
	node->next = before;
	node->prev = before->prev;
	before->prev->next = node;
	before->prev = node;
}

/* At the end of a ring; in front of all others. */
static inline void br_ring_append(struct br_ring *ring, struct br_ring *node)
{
	br_ring_insert(ring, node);
}

static inline void br_ring_prepend(struct br_ring *ring, struct br_ring *node)
{
	br_ring_insert(ring->next, node);
}

/* The first, taken out; NULL where there is none. */
static inline struct br_ring *br_ring_take(struct br_ring *ring)
{
	struct br_ring *first = ring->next;

	if (first == ring)
		return NULL;
	br_ring_remove(first);
	return first;
}

#endif
