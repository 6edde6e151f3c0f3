/*
 * heap.h - which moment comes first: a binary heap whose nodes sit in what they belong to.
 *
 * Room is reserved where something is made, so that setting a deadline in mid-flight cannot
 * fail.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_HEAP_H
#define BR_FLEET_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct br_heap_node {
	int64_t at;
	size_t place; /* in the heap, from 1; 0: in none */
};

/* All zero: empty. */
struct br_heap {
	struct br_heap_node **nodes;
	size_t n, cap;
};

void br_heap_clear(struct br_heap *heap); /* the nodes are forgotten, not changed */

/* Room for n nodes in all; false: no memory. */
bool br_heap_reserve(struct br_heap *heap, size_t n);

/* Puts the node in, or moves it if it is in. */
void br_heap_set(struct br_heap *heap, struct br_heap_node *node, int64_t at);
void br_heap_remove(struct br_heap *heap, struct br_heap_node *node); /* in none: allowed */

/* All nodes later by so much, or earlier. */
void br_heap_shift(struct br_heap *heap, int64_t by);

/* The earliest; NULL if there is none. */
struct br_heap_node *br_heap_first(const struct br_heap *heap);

#endif
