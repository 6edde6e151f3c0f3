/*
 * gate.c - unresolved neighbours stay below half of the table, and all together below seven
 * eighths, so that other programs still find room. Where others have filled it beyond that, a
 * few may still be ours: a scan ends, whoever holds the table.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/gate.h"

#include <string.h>

enum { USUAL_LIMIT = 1024, LOOK_MS = 100, LIFETIME_MS = 3500 };

static unsigned less(unsigned a, unsigned b)
{
	return a > b ? a - b : 0;
}

unsigned br_gate_free(const struct br_neighbour_table *table)
{
	unsigned limit = table->limit ? table->limit : USUAL_LIMIT;
	unsigned most = limit - limit / 8, least = limit / 64;
	unsigned others = less(table->entries, table->own);
	unsigned by_unresolved = less(limit / 2, table->unresolved);
	unsigned by_all;

	if (others > most - least)
		others = most - least;
	by_all = less(most, table->held + others);
	return by_unresolved < by_all ? by_unresolved : by_all;
}

/* Without a look at the table: half of it in the time that an entry lives. */
static void look_blindly(struct br_gate *gate, int64_t now_ms)
{
	gate->looked_ms = now_ms + LIFETIME_MS - LOOK_MS;
	gate->free = USUAL_LIMIT / 2;
}

void br_gate_look(struct br_gate *gate, int64_t now_ms)
{
	gate->looked_ms = now_ms;
	if (br_neighbour_table(AF_INET, &gate->table, NULL) == BR_OK)
		gate->free = br_gate_free(&gate->table);
	else
		look_blindly(gate, now_ms);
}

void br_gate_open(struct br_gate *gate, int64_t now_ms)
{
	memset(gate, 0, sizeof *gate);
	if (br_on_link(&gate->links, NULL) != BR_OK)
		br_range_clear(&gate->links);
	br_gate_look(gate, now_ms);
	gate->overflows = gate->table.overflows;
}

void br_gate_close(struct br_gate *gate)
{
	br_range_clear(&gate->links);
}

bool br_gate_pass(struct br_gate *gate, const union br_address *address, int64_t now_ms)
{
	uint64_t index;

	/* IPv6 addresses are few, and mostly neighbours that the kernel knows already. */
	if (address->any.sa_family != AF_INET || gate->links.count == 0 ||
	    !br_range_find(&gate->links, address, &index))
		return true;
	if (gate->free == 0 && now_ms - gate->looked_ms >= LOOK_MS)
		br_gate_look(gate, now_ms);
	if (gate->free == 0)
		return false;
	gate->free--;
	gate->passed++;
	return true;
}
