/*
 * mib_fuzz.c - the .mib parser; what parses with its rows parses without them too.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/mib.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1);
	struct br_mib whole, head;
	struct br_error err;

	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	if (br_mib_parse(&whole, (struct br_view){text, size}, "f", false, &err) == BR_OK) {
		if (br_mib_parse(&head, (struct br_view){text, size}, "f", true, NULL) !=
			    BR_OK ||
		    head.n_objects != whole.n_objects || head.n_descr != whole.n_descr)
			abort();
		br_mib_clear(&head);
	} else if (strncmp(err.text, "f:", 2) != 0) {
		abort();
	}
	br_mib_clear(&whole);
	free(text);
	return 0;
}
