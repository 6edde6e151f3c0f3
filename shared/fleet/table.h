/*
 * table.h - which conversation an answer belongs to: by the address and port that it comes
 * from.
 *
 * Open addressing with a secret hash, since the addresses of a fleet may be a stranger's choice
 * (a range to discover). Its size follows the window, so putting in cannot fail.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_TABLE_H
#define BR_FLEET_TABLE_H

#include "fleet/siphash.h"
#include "link/address.h"

/* What is found; sits in what it belongs to. */
struct br_seat {
	union br_address address;
	uint32_t hash;
};

struct br_table {
	struct br_seat **seats;
	size_t mask; /* of the number of seats, a power of two */
	struct br_siphash_key key;
};

/* For at most n at a time. */
bool br_table_open(struct br_table *table, size_t n, const struct br_siphash_key *key);
void br_table_close(struct br_table *table);

struct br_seat *br_table_find(const struct br_table *table, const union br_address *address);
void br_table_put(struct br_table *table, struct br_seat *seat,
		  const union br_address *address); /* that is not in it */
void br_table_remove(struct br_table *table, struct br_seat *seat);

#endif
