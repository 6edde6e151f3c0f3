/*
 * target_fuzz.c - any text as a target: its canonical text is a target again, and the same one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/target.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1), clean[BR_TARGET_SIZE];
	struct br_target target, again;
	struct br_error err = {""};

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	copy[size] = '\0';
	if (br_target_parse(&target, copy, &err) != BR_OK) {
		if (!err.text[0] || target.text[0])
			__builtin_trap();
	} else if (br_text_clean(clean, sizeof clean, br_view(target.host)) ==
			   strlen(target.host) &&
		   strcmp(clean, target.host) == 0) {
		if (br_target_parse(&again, target.text, &err) != BR_OK ||
		    strcmp(again.text, target.text) != 0 ||
		    strcmp(again.host, target.host) != 0 || again.device != target.device ||
		    again.kind != target.kind)
			__builtin_trap();
	}
	free(copy);
	return 0;
}
