/*
 * table_test.c - whoever was put in is found, and nobody else.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/table.h"

#include "check.h"

#include <stdlib.h>

enum { SEATS = 300, MOVES = 20000 };

static union br_address address_of(unsigned i)
{
	union br_address address = {.v6 = {0}};

	if (i % 3 == 0) {
		address.v6.sin6_family = AF_INET6;
		address.v6.sin6_addr.s6_addr[15] = (uint8_t)i;
		address.v6.sin6_addr.s6_addr[0] = (uint8_t)(i >> 8);
		address.v6.sin6_port = htons(161);
	} else {
		address.v4.sin_family = AF_INET;
		address.v4.sin_addr.s_addr = htonl(0xc0000200u + i / 2);
		address.v4.sin_port = htons((uint16_t)(161 + i % 2));
	}
	return address;
}

TEST(put_find_and_remove_in_any_order)
{
	struct br_seat *seats = calloc(SEATS, sizeof(*seats));
	bool in[SEATS] = {false};
	const struct br_siphash_key key = {11, 12};
	struct br_table table;
	uint32_t state = 3;

	CHECK(br_table_open(&table, SEATS, &key));
	for (int i = 0; i < MOVES; i++) {
		unsigned which, look;
		union br_address address;

		state = state * 1664525u + 1013904223u;
		which = (state >> 8) % SEATS;
		look = (state >> 4) % SEATS;
		address = address_of(which);
		if (in[which])
			br_table_remove(&table, &seats[which]);
		else
			br_table_put(&table, &seats[which], &address);
		in[which] = !in[which];
		address = address_of(look);
		CHECK(br_table_find(&table, &address) == (in[look] ? &seats[look] : NULL));
	}
	for (unsigned i = 0; i < SEATS; i++) {
		union br_address address = address_of(i);

		CHECK(br_table_find(&table, &address) == (in[i] ? &seats[i] : NULL));
	}
	br_table_close(&table);
	free(seats);
}
