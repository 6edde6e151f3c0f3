/*
 * packed.c - see packed.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/packed.h"

#include <stdlib.h>
#include <string.h>

struct br_reading packed;

int packed_nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t packed_decode(packed_fn decoder, const char *hex)
{
	size_t n = 0, rows;
	uint8_t *block = malloc(strlen(hex) / 2 + 1), *exact;

	for (; hex[0] && hex[1]; hex++)
		if (*hex != ' ') {
			block[n++] =
				(uint8_t)(packed_nibble(hex[0]) * 16 + packed_nibble(hex[1]));
			hex++;
		}
	exact = malloc(n ? n : 1);
	memcpy(exact, block, n);
	rows = decoder(&packed, n ? exact : NULL, n, "1.2.3");
	free(block);
	free(exact);
	return rows;
}

const struct br_care *packed_care(const char *part)
{
	static const struct br_care none;

	for (size_t i = 0; i < packed.n_care; i++)
		if (strcmp(packed.care[i].part, part) == 0)
			return &packed.care[i];
	return &none;
}

const struct br_supply *packed_supply(const char *colorant)
{
	static const struct br_supply none;

	for (size_t i = 0; i < packed.n_supplies; i++)
		if (strcmp(br_text(&packed, packed.supplies[i].colorant), colorant) == 0)
			return &packed.supplies[i];
	return &none;
}

int64_t packed_number(struct br_number number)
{
	return number.known ? number.value : -1;
}

int64_t packed_counter(enum br_counter which)
{
	return packed_number(packed.counters[which].value);
}

void packed_start(const char *model)
{
	br_reading_init(&packed);
	packed.identity.model = br_reading_put(&packed, model);
}
