/*
 * scrub_fuzz.c - a recording that is scrubbed keeps names, types and lengths, and scrubs again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "decode/scrub.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_keep_shape(const struct br_recording *was, const struct br_recording *is)
{
	size_t at = 0;

	for (size_t i = 0; i < is->n_rows; i++, at++) {
		const struct br_recorded *row = &is->rows[i];

		while (at < was->n_rows &&
		       (was->rows[at].name.len != row->name.len ||
			memcmp(was->rows[at].name.ber, row->name.ber, row->name.len) != 0))
			at++;
		if (at == was->n_rows || was->rows[at].tag != row->tag ||
		    was->rows[at].len != row->len)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct br_makers makers; /* parsed once: it is not what is fuzzed */
	struct br_recording was, is;
	struct br_error err;
	char *text = malloc(size > 0 ? size : 1);

	if (size > 0)
		memcpy(text, data, size);
	if (br_recording_parse(&was, (struct br_view){text, size}, "fuzz", &err) == BR_OK &&
	    br_recording_parse(&is, (struct br_view){text, size}, "fuzz", &err) == BR_OK) {
		if (br_scrub(&is, &makers, &err) == BR_OK) {
			must_keep_shape(&was, &is);
			if (br_scrub(&is, &makers, &err) == BR_OK)
				must_keep_shape(&was, &is);
		}
		br_recording_clear(&is);
	}
	br_recording_clear(&was);
	free(text);
	return 0;
}
