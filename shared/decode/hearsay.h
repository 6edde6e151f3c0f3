/*
 * hearsay.h - what witnesses say of supplies: the one that is meant becomes worse, or, where
 * nobody can tell which it is, what was said is kept in the reading as hearsay.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_HEARSAY_H
#define BR_DECODE_HEARSAY_H

#include "decode/panel.h"

/* Somebody says that a supply is in this state. */
struct br_claim {
	enum br_supply_state state;
	enum br_part part;
	const char *colorant; /* standard name; NULL: not said */
	const char *witness;  /* clean text */
};

/* The parts that are meant stand beside the reading's hearsay. */
struct br_hearing {
	struct br_reading *reading;
	enum br_part parts[BR_MAX_HEARSAY];
};

/* 0: nothing is said to be wrong. */
int br_badness(enum br_supply_state state);

bool br_part_fits(const struct br_supply *supply, enum br_part part);

/* The claim is of this supply. It is noted if it makes it worse. */
void br_worsen(struct br_reading *reading, struct br_supply *supply,
	       const struct br_claim *claim);

/*
 * Something is said of a supply that is not named. It holds if one supply alone fits, by kind
 * and colour; if one that fits is as bad already, it is that one. Else it is hearsay.
 */
void br_hear(struct br_hearing *hearing, struct br_claim claim);

/* Once all were heard: what a better witness explained is dropped, the rest is noted. */
void br_settle_hearsay(struct br_hearing *hearing);

#endif
