/*
 * siphash_test.c - the published vectors.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/siphash.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

TEST(the_vectors_of_the_paper)
{
	static const struct {
		const char *name;
		size_t len;
		uint64_t want;
	} rows[] = {{"nothing", 0, 0x726fdb47dd0e0e31u},
		    {"one octet", 1, 0x74f839c593dc67fdu},
		    {"a whole word", 8, 0x93f5f5799a932462u},
		    {"fifteen", 15, 0xa129ca6149be45e5u}};
	const struct br_siphash_key key = {0x0706050403020100u, 0x0f0e0d0c0b0a0908u};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint8_t *octets = malloc(rows[i].len ? rows[i].len : 1);

		check_case(rows[i].name);
		for (size_t k = 0; k < rows[i].len; k++)
			octets[k] = (uint8_t)k;
		CHECK_INT(br_siphash(&key, octets, rows[i].len), rows[i].want);
		free(octets);
	}
}

TEST(another_key_is_another_hash)
{
	const struct br_siphash_key a = {1, 2}, b = {1, 3};

	CHECK(br_siphash(&a, "printer", 7) != br_siphash(&b, "printer", 7));
}
