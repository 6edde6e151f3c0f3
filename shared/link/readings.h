/*
 * readings.h - from what one address answered to a reading of each printer behind it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_READINGS_H
#define BR_LINK_READINGS_H

#include "decode/makers.h"
#include "decode/snmp.h"
#include "link/target.h"
#include "talk/conversation.h"

/* Called once for each printer behind the target. The reading is lent for the call. */
typedef void (*br_reading_fn)(void *user, const struct br_reading *reading);

/* All lent. */
struct br_readings {
	const struct br_target *target; /* with a device ("#2"): that one only */
	const struct br_harvest *harvest;
	const struct br_mib *mib;           /* the first printer's maker; NULL: none */
	struct br_makers *makers;           /* for the makers of the others; may be NULL */
	const struct br_witness *witness;   /* may be NULL */
	const struct br_conversation *talk; /* tells what was odd; NULL: a status reading */
	unsigned questions;                 /* of a status reading */
};

/* BR_OK if at least one was handed over; err has the sentence otherwise, and where memory did
 * not do for all. */
enum br_status br_readings_each(const struct br_readings *readings, br_reading_fn each,
				void *user, struct br_error *err) BR_MUST_CHECK;

#endif
