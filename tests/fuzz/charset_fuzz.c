/*
 * charset_fuzz.c - any octets in any character set become clean UTF-8 that fits.
 *
 * The first two octets choose the set and the room, the rest is the text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/charset.h"

#include <stdlib.h>
#include <string.h>

static const int sets[] = {0,    3,    4,    5,    8,    12,   17,   106,  111, 1000,
			   1013, 2004, 2009, 2011, 2024, 2250, 2251, 2252, -1};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	size_t room = data[1] + 1u, len = size - 2;
	uint8_t *octets = malloc(len > 0 ? len : 1);
	char *out = malloc(room), *again = malloc(room);

	if (octets == NULL || out == NULL || again == NULL)
		abort();
	memcpy(octets, data + 2, len);
	size_t n = br_charset_decode(out, room, octets, len,
				     sets[data[0] % (sizeof(sets) / sizeof(sets[0]))]);
	if (n >= room || out[n] != '\0' || strlen(out) != n)
		abort();
	/* What is clean stays as it is. */
	if (br_text_clean(again, room, (struct br_view){out, n}) != n ||
	    memcmp(again, out, n) != 0)
		abort();
	free(again);
	free(out);
	free(octets);
	return 0;
}
