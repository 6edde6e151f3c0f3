/*
 * maker_hit.h - one row of a .mib file meeting one answer; shared by the files that apply rows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MAKER_HIT_H
#define BR_DECODE_MAKER_HIT_H

#include "decode/scratch.h"

struct br_hit {
	struct br_scratch *scratch;
	const struct br_mib *mib;
	const struct br_mib_row *row;
	const struct br_varbind *varbind;
	const struct br_answers *answers;
	int32_t index; /* last arc of the name */
	bool supplies; /* a row so far was about supplies: their names are looked at again */
};

const struct br_varbind *br_answer_named(const struct br_answers *answers, const uint8_t *name,
					 size_t len);

/* What the answer stands for, by the row's options; false or 0 where it means "not known". */
bool br_hit_number(const struct br_hit *hit, int64_t *out);
bool br_hit_scaled(const struct br_hit *hit, int64_t *out); /* by scale=, divide= not yet */
br_text_at br_hit_text(const struct br_hit *hit);
br_text_at br_hit_origin(const struct br_hit *hit); /* the dotted name */

/* Rows whose field is of a supply. */
void br_hit_supply(const struct br_hit *hit);

/* Standard levels that this maker means otherwise, and receptacles whose level is what is in
 * them. */
void br_reread_levels(struct br_scratch *scratch, const struct br_mib *mib);

#endif
