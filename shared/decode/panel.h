/*
 * panel.h - what a line of a panel, or the text of an alert, says of supplies.
 *
 * Pure: a text in, claims out. Who is meant, and whether it is believed, is decode/fuse.c's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_PANEL_H
#define BR_DECODE_PANEL_H

#include "model/reading.h"

/* What may be meant, as far as words or alert codes tell. */
enum br_part {
	BR_PART_ANY = 0,
	BR_PART_PRINTING, /* toner, ink, ribbon */
	BR_PART_WASTE,
	BR_PART_DRUM,
	BR_PART_DEVELOPER,
	BR_PART_FUSER,
	BR_PART_BELT,
	BR_PART_NONE, /* no supply of the table, though it is called like one */
};

#define BR_CLAIMS_MAX       4
#define BR_CLAIM_COLORS_MAX 6

struct br_claims {
	size_t n, n_colorants;
	struct {
		enum br_supply_state state;
		enum br_part part;
	} list[BR_CLAIMS_MAX];
	const char *colorants[BR_CLAIM_COLORS_MAX]; /* standard names; also without a claim */
	bool plain; /* each word of it is one that panels use of supplies: no name of a job */
};

/* Words are whole words, colours may stand anywhere: "Low Black Toner", "Toner low. (C,M)". */
void br_panel_claims(struct br_view text, struct br_claims *claims);

#endif
