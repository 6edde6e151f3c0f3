/*
 * gate.h - how many addresses of our own links may be asked now without filling the kernel's
 * table of neighbours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_GATE_H
#define BR_FLEET_GATE_H

#include "fleet/neighbours.h"

struct br_gate {
	struct br_range links;
	struct br_neighbour_table table;
	uint64_t overflows; /* before we began */
	int64_t looked_ms;
	unsigned free;   /* addresses that may be asked before the next look */
	uint64_t passed; /* addresses of our links */
};

/* What the kernel does not tell is taken to be as it is by default. */
void br_gate_open(struct br_gate *gate, int64_t now_ms);
void br_gate_close(struct br_gate *gate);

/* Takes a place for this address; false: not now. */
bool br_gate_pass(struct br_gate *gate, const union br_address *address, int64_t now_ms);

/* Looks at the table, for its overflows. */
void br_gate_look(struct br_gate *gate, int64_t now_ms);

/* How many addresses may be asked now: pure. */
unsigned br_gate_free(const struct br_neighbour_table *table);

#endif
