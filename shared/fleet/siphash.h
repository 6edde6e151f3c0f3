/*
 * siphash.h - SipHash-2-4: a hash that nobody can foretell who does not know the key.
 *
 * For tables whose keys a stranger may choose, and for request ids that a stranger must not
 * guess (as a pseudo-random function of a counter).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_SIPHASH_H
#define BR_FLEET_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

struct br_siphash_key {
	uint64_t k0, k1;
};

uint64_t br_siphash(const struct br_siphash_key *key, const void *data, size_t len);

#endif
