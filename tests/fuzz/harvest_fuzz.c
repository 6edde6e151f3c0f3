/*
 * harvest_fuzz.c - a harvest keeps what fits, in order, and finds the first of a name.
 *
 * The first octet is the ceiling in eights; the rest are varbinds as on the wire, and where
 * those break the harvest is reset and it goes on one octet later.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/harvest.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static void must_be_found(const struct br_harvest *harvest)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind, found;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken)) {
		bool there = br_harvest_get(harvest, varbind.name, varbind.name_len, &found);

		MUST(!there || found.raw <= varbind.raw);
		MUST(there || found.raw < varbind.raw || br_varbind_is_absent(&varbind));
	}
	MUST(!broken);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_harvest harvest;
	struct br_varbind varbind;
	uint8_t *exact = malloc(size ? size : 1);
	bool broken = true;

	if (!exact || size == 0) {
		free(exact);
		return 0;
	}
	memcpy(exact, data + 1, size - 1);
	br_harvest_init(&harvest, data[0] * 8u);
	for (const uint8_t *start = exact, *end = exact + size - 1; start < end && broken;
	     start++) {
		struct br_ber all = {start, end};

		br_harvest_reset(&harvest);
		while (br_varbind_take(&all, &varbind, &broken)) {
			size_t before = harvest.len;

			MUST(br_harvest_add(&harvest, &varbind) == BR_OK);
			MUST(harvest.len == before || harvest.len == before + varbind.raw_len);
			MUST(harvest.len > before || harvest.truncated);
			MUST(harvest.len <= harvest.ceiling);
		}
		must_be_found(&harvest);
	}
	br_harvest_clear(&harvest);
	free(exact);
	return 0;
}
