/*
 * recording_fuzz.c - whatever parses is written back and must read the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "decode/recording.h"

#include <stdlib.h>
#include <string.h>

static void write_all(const struct br_recording *recording, struct br_buf *buf)
{
	for (size_t i = 0; i < recording->n_rows; i++) {
		const struct br_recorded *row = &recording->rows[i];
		br_recording_line(buf, row->name.ber, row->name.len, row->tag,
				  recording->values + row->at, row->len);
	}
}

static void must_be_same(const struct br_recording *a, const struct br_recording *b)
{
	if (a->n_rows != b->n_rows)
		abort();
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct br_recorded *x = &a->rows[i], *y = &b->rows[i];
		if (br_oid_compare(x->name.ber, x->name.len, y->name.ber, y->name.len) != 0 ||
		    x->tag != y->tag || x->len != y->len ||
		    memcmp(a->values + x->at, b->values + y->at, x->len) != 0)
			abort();
		if (i > 0 && br_oid_compare(x[-1].name.ber, x[-1].name.len, x->name.ber,
					    x->name.len) >= 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_recording recording, again;
	char *text = malloc(size > 0 ? size : 1);
	struct br_error err;
	struct br_buf buf;

	if (size > 0)
		memcpy(text, data, size);
	if (br_recording_parse(&recording, (struct br_view){text, size}, "fuzz", &err) ==
	    BR_OK) {
		br_buf_init(&buf, BR_RECORDING_MAX_BYTES);
		write_all(&recording, &buf);
		if (br_recording_parse(&again, (struct br_view){buf.data, buf.len}, "again",
				       &err) != BR_OK)
			abort();
		must_be_same(&recording, &again);
		br_recording_clear(&again);
		br_buf_clear(&buf);
	}
	br_recording_clear(&recording);
	free(text);
	return 0;
}
