/*
 * heap.c - nodes[0] is the earliest; the children of i are 2i + 1 and 2i + 2.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/heap.h"

#include <stdlib.h>

enum { HEAP_FIRST = 64 };

void br_heap_clear(struct br_heap *heap)
{
	free(heap->nodes);
	*heap = (struct br_heap){0};
}

bool br_heap_reserve(struct br_heap *heap, size_t n)
{
	size_t cap = heap->cap ? heap->cap : HEAP_FIRST;
	struct br_heap_node **nodes;

	if (n <= heap->cap)
		return true;
	while (cap < n)
		cap *= 2;
	nodes = realloc(heap->nodes, cap * sizeof *nodes);
	if (!nodes)
		return false;
	heap->nodes = nodes;
	heap->cap = cap;
	return true;
}

static void put(struct br_heap *heap, size_t i, struct br_heap_node *node)
{
	heap->nodes[i] = node;
	node->place = i + 1;
}

static void rise(struct br_heap *heap, size_t i)
{
	struct br_heap_node *node = heap->nodes[i];

	while (i > 0 && heap->nodes[(i - 1) / 2]->at > node->at) {
		put(heap, i, heap->nodes[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(heap, i, node);
}

static void sink(struct br_heap *heap, size_t i)
{
	struct br_heap_node *node = heap->nodes[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= heap->n)
			break;
		if (child + 1 < heap->n && heap->nodes[child + 1]->at < heap->nodes[child]->at)
			child++;
		if (heap->nodes[child]->at >= node->at)
			break;
		put(heap, i, heap->nodes[child]);
		i = child;
	}
	put(heap, i, node);
}

void br_heap_set(struct br_heap *heap, struct br_heap_node *node, int64_t at)
{
	int64_t before = node->at;

	node->at = at;
	if (node->place == 0) {
		put(heap, heap->n++, node);
		rise(heap, node->place - 1);
	} else if (at < before) {
		rise(heap, node->place - 1);
	} else {
		sink(heap, node->place - 1);
	}
}

void br_heap_remove(struct br_heap *heap, struct br_heap_node *node)
{
	size_t i = node->place - 1;
	struct br_heap_node *last;

	if (node->place == 0)
		return;
	node->place = 0;
	last = heap->nodes[--heap->n];
	if (last == node)
		return;
	put(heap, i, last);
	rise(heap, i);
	sink(heap, last->place - 1);
}

/* Their order stays. */
void br_heap_shift(struct br_heap *heap, int64_t by)
{
	for (size_t i = 0; i < heap->n; i++)
		heap->nodes[i]->at += by;
}

struct br_heap_node *br_heap_first(const struct br_heap *heap)
{
	return heap->n ? heap->nodes[0] : NULL;
}
