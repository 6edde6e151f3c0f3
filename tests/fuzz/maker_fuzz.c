/*
 * maker_fuzz.c - any .mib text that parses, applied to any answers: the reading stays sound.
 *
 * Up to the first NUL the input is the file, behind it are the answers (see crop.h).
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/maker.h"
#include "fuzz/crop.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static void apply(const struct br_mib *mib, const uint8_t *data, size_t size)
{
	static struct br_reading reading;
	struct br_harvest harvest;
	struct br_hints hints;
	uint32_t devices[BR_MAX_DEVICES];

	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	crop_grow(&harvest, mib, data, size);
	br_decode_devices(&harvest, devices);
	br_decode_hints(&harvest, devices[0], &hints);
	for (size_t i = 0; i < mib->n_rows; i++)
		(void)br_maker_row_is_for(&mib->rows[i], &hints);
	memset(&reading, 0xa5, sizeof reading);
	br_reading_init(&reading);
	br_decode_snmp(&harvest, devices[0], mib, NULL, &reading);
	sound_reading(&reading);
	br_harvest_clear(&harvest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - data) : size;
	char *text = malloc(len ? len : 1);
	struct br_error err;
	struct br_mib mib;

	if (!text)
		return 0;
	if (len)
		memcpy(text, data, len);
	if (br_mib_parse(&mib, (struct br_view){text, len}, "f", false, &err) == BR_OK)
		apply(&mib, nul ? nul + 1 : data, nul ? size - len - 1 : 0);
	br_mib_clear(&mib);
	free(text);
	return 0;
}
