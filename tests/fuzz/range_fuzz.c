/*
 * range_fuzz.c - any list of ranges: what is in it has an index, which leads back to it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/range.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void there_and_back(const struct br_range *range, uint64_t index)
{
	union br_address address;
	uint64_t found;

	br_range_at(range, index, 161, &address);
	if (!br_range_find(range, &address, &found) || found != index)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1);
	struct br_range range;
	struct br_error err = {""};

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	br_range_init(&range);
	if (br_range_add_list(&range, (struct br_view){copy, size}, "list", &err) != BR_OK ||
	    br_range_settle(&range, UINT64_C(1) << 33, &err) != BR_OK) {
		if (!err.text[0])
			__builtin_trap();
	} else {
		for (uint64_t i = 0; i < range.count; i += range.count / 16 + 1)
			there_and_back(&range, i);
		there_and_back(&range, range.count - 1);
		there_and_back(&range, range.count_v4 ? range.count_v4 - 1 : 0);
	}
	br_range_clear(&range);
	free(copy);
	return 0;
}
