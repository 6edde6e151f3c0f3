/*
 * table.c - linear probing, at most half full; what stood behind a gap moves up into it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/table.h"

#include <stdlib.h>
#include <string.h>

bool br_table_open(struct br_table *table, size_t n, const struct br_siphash_key *key)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	*table = (struct br_table){.mask = size - 1, .key = *key};
	table->seats = calloc(size, sizeof(struct br_seat *));
	return table->seats != NULL;
}

void br_table_close(struct br_table *table)
{
	free(table->seats);
	*table = (struct br_table){0};
}

static uint32_t hash_of(const struct br_table *table, const union br_address *address)
{
	uint8_t octets[18];
	size_t len;

	if (address->any.sa_family == AF_INET6) {
		memcpy(octets, &address->v6.sin6_addr, 16);
		memcpy(octets + 16, &address->v6.sin6_port, 2);
		len = 18;
	} else {
		memcpy(octets, &address->v4.sin_addr, 4);
		memcpy(octets + 4, &address->v4.sin_port, 2);
		len = 6;
	}
	return (uint32_t)br_siphash(&table->key, octets, len);
}

struct br_seat *br_table_find(const struct br_table *table, const union br_address *address)
{
	uint32_t hash = hash_of(table, address);
	size_t i = hash & table->mask;

	for (; table->seats[i]; i = (i + 1) & table->mask)
		if (table->seats[i]->hash == hash &&
		    br_address_same(&table->seats[i]->address, address))
			return table->seats[i];
	return NULL;
}

void br_table_put(struct br_table *table, struct br_seat *seat, const union br_address *address)
{
	size_t i;

	seat->address = *address;
	seat->hash = hash_of(table, address);
	for (i = seat->hash & table->mask; table->seats[i]; i = (i + 1) & table->mask)
		;
	table->seats[i] = seat;
}

void br_table_remove(struct br_table *table, struct br_seat *seat)
{
	size_t gap = seat->hash & table->mask;

	while (table->seats[gap] != seat)
		gap = (gap + 1) & table->mask;
	for (size_t i = (gap + 1) & table->mask; table->seats[i]; i = (i + 1) & table->mask) {
		size_t wanted = table->seats[i]->hash & table->mask;

		/* It may move up unless it wants a place behind the gap. */
		if (((i - wanted) & table->mask) < ((i - gap) & table->mask))
			continue;
		table->seats[gap] = table->seats[i];
		gap = i;
	}
	table->seats[gap] = NULL;
}
