/*
 * device_id_fuzz.c - any text as an IEEE 1284 id: values lie inside it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/device_id.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *const *const keys[] = {br_device_id_maker, br_device_id_model,
					   br_device_id_serial, br_device_id_commands};
	char *text = malloc(size > 0 ? size : 1);

	if (text == NULL)
		abort();
	if (size > 0)
		memcpy(text, data, size);
	struct br_view id = {text, size};
	(void)br_device_id_looks(id);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct br_view value = br_device_id_get(id, keys[i]);
		if (value.len > size ||
		    (value.len > 0 && (value.at < text || value.at + value.len > text + size)))
			abort();
	}
	free(text);
	return 0;
}
