/*
 * walk_tell.c - what was odd about a walk, in words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/walk.h"

void br_walker_tell(const struct br_walker *walker, struct br_buf *notes)
{
	char at[BR_OID_TEXT_SIZE];

	br_oid_format(at, sizeof at, walker->at.ber, walker->at.len);
	if (walker->v1_only)
		br_buf_text(notes, "the printer answers SNMPv1 only\n");
	else if (walker->bulk_failed)
		br_buf_text(notes,
			    "GETBULK is not answered as it should be: walked with GETNEXT\n");
	if (walker->backward)
		br_buf_text(notes, "names did not increase: a subtree was left there\n");
	if (walker->too_many)
		br_buf_format(notes, "stopped after %zu rows, at %s\n", walker->rows, at);
	else if (walker->cut_short)
		br_buf_format(notes, "the time was over at %s\n", at);
	else if (walker->partial)
		br_buf_text(notes, "the printer stumbled: some columns are not whole\n");
	if (walker->dropped)
		br_buf_format(
			notes,
			"%zu value%s of subtrees that are never walked came unasked: dropped\n",
			walker->dropped, walker->dropped == 1 ? "" : "s");
}
