/*
 * explain.h - which answer each value of a reading came from.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_EXPLAIN_H
#define BR_CLI_EXPLAIN_H

#include "screen.h"

struct cli_explained {
	size_t at, len,
		group; /* in lines; group: octets of its front that say the row, "trays[2]" */
	size_t order;
};

/* Gathers what the decoder saw. Init it, lend .witness, print once a reading, clear it. */
struct cli_explain {
	struct br_witness witness;
	struct cli_look look;
	struct br_buf lines;
	size_t n, cap;
	struct cli_explained *rows; /* heap: where each line stands */
};

void cli_explain_init(struct cli_explain *explain, const struct cli_look *look);
void cli_explain_clear(struct cli_explain *explain);

/* Prints what was gathered since the last time, and forgets it. */
void cli_explain_print(struct cli_explain *explain, struct br_buf *out,
		       const struct br_reading *reading);

/* What a status reading of the printer would ask, by what was learned; empty: nothing was. */
void cli_explain_plan(struct br_buf *out, const struct cli_look *look, struct br_view learned);

/* "INTEGER -3", "STRING \"Ready\"", "STRING 80 00 ff": a raw answer for a person. */
void cli_raw(struct br_buf *out, const struct br_tlv *value);

#endif
