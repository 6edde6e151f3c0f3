/*
 * brother_fuzz.c - every record of Brother's, into a reading with and without supplies.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/brother.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct br_reading reading;
	uint8_t *record = malloc(size ? size : 1);

	if (!record)
		return 0;
	if (size)
		memcpy(record, data, size);
	br_reading_init(&reading);
	if (size && data[0] & 1)
		reading.supplies[reading.n_supplies++] =
			(struct br_supply){.type = 3, .kind = BR_LEVEL_SOME};
	br_brother_maintenance(&reading, record, size, "1.3");
	br_brother_counters(&reading, record, size, "1.3");
	br_brother_nextcare(&reading, record, size, "1.3");
	br_brother_coverage(&reading, record, size, "1.3");
	br_brother_jams(&reading, record, size, "1.3");
	for (size_t i = 0; i < reading.n_supplies; i++)
		if (reading.supplies[i].percent > 100)
			abort();
	free(record);
	return 0;
}
