/*
 * mark.h - a number for each address that only we can make: what an answer must bring back.
 *
 * SipHash-2-4 with a random key. So nothing is remembered of the thousands of questions that are
 * out, and still nobody can answer for an address without having seen its question.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_MARK_H
#define BR_FLEET_MARK_H

#include "link/address.h"

#include <stddef.h>
#include <stdint.h>

struct br_mark_key {
	uint64_t low, high;
};

uint64_t br_mark(const struct br_mark_key *key, const uint8_t *data, size_t len);

/* Of an address and what it is asked (a small number), without its port. */
uint64_t br_mark_address(const struct br_mark_key *key, const union br_address *address,
			 uint32_t what);

#endif
