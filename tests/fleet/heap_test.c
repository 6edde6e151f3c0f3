/*
 * heap_test.c - the earliest is first, whatever was put in, moved and taken out before.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/heap.h"

#include "check.h"

#include <stdlib.h>

enum { NODES = 200, MOVES = 4000 };

/* A fixed sequence: a failure can be seen again. */
static uint32_t draw(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static int64_t least(const struct br_heap_node *nodes)
{
	int64_t at = INT64_MAX;

	for (int i = 0; i < NODES; i++)
		if (nodes[i].place && nodes[i].at < at)
			at = nodes[i].at;
	return at;
}

TEST(the_first_is_the_least_of_those_that_are_in)
{
	struct br_heap_node *nodes = calloc(NODES, sizeof(*nodes));
	struct br_heap heap = {0};
	uint32_t state = 7;
	size_t in = 0;

	CHECK(br_heap_first(&heap) == NULL);
	CHECK(br_heap_reserve(&heap, NODES));
	for (int i = 0; i < MOVES; i++) {
		struct br_heap_node *node = &nodes[draw(&state) % NODES];

		if (draw(&state) % 3) {
			in += node->place == 0;
			br_heap_set(&heap, node, (int64_t)(draw(&state) % 1000) - 500);
		} else {
			in -= node->place != 0;
			br_heap_remove(&heap, node);
			CHECK_INT(node->place, 0);
		}
		CHECK_INT(heap.n, in);
		if (in)
			CHECK_INT(br_heap_first(&heap)->at, least(nodes));
	}
	while (br_heap_first(&heap)) {
		CHECK_INT(br_heap_first(&heap)->at, least(nodes));
		br_heap_remove(&heap, br_heap_first(&heap));
	}
	CHECK(least(nodes) == INT64_MAX);
	br_heap_clear(&heap);
	br_heap_clear(&heap);
	free(nodes);
}

TEST(room_grows_and_never_shrinks)
{
	struct br_heap heap = {0};

	CHECK(br_heap_reserve(&heap, 1));
	CHECK(heap.cap >= 1);
	CHECK(br_heap_reserve(&heap, 1000));
	CHECK(heap.cap >= 1000);
	size_t cap = heap.cap;
	CHECK(br_heap_reserve(&heap, 10));
	CHECK_INT(heap.cap, cap);
	br_heap_clear(&heap);
}
