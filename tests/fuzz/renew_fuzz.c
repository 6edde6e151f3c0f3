/*
 * renew_fuzz.c - two sets of answers, of any octets: renewed once is renewed for good.
 *
 * The first octet divides the input: what the whole reading answered, and what came since.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/renew.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static void fill(struct br_harvest *harvest, const uint8_t *data, size_t size)
{
	br_harvest_init(harvest, BR_HARVEST_CEILING);
	harvest->data = malloc(size ? size : 1);
	MUST(harvest->data);
	memcpy(harvest->data, data, size);
	harvest->len = harvest->cap = size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_harvest whole, now, once;

	if (size < 1)
		return 0;
	size_t cut = (size - 1) * data[0] / 255;
	fill(&whole, data + 1, cut);
	fill(&now, data + 1 + cut, size - 1 - cut);
	if (br_harvest_renew(&whole, &now) == BR_OK) {
		const uint8_t *renewed = whole.data ? whole.data : data;

		fill(&once, renewed, whole.len);
		MUST(br_harvest_renew(&once, &now) == BR_OK);
		MUST(once.len == whole.len &&
		     (once.len == 0 || memcmp(once.data, renewed, once.len) == 0));
		br_harvest_clear(&once);
	} else {
		MUST(whole.len == cut && (cut == 0 || memcmp(whole.data, data + 1, cut) == 0));
	}
	br_harvest_clear(&whole);
	br_harvest_clear(&now);
	return 0;
}
