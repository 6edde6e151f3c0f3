/*
 * prints.h - whether what answered prints: one judgement for everybody who searches.
 *
 * By what is answered, in two steps: an answer to a probe says whether a full reading is worth
 * its questions, and the reading decides.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PRINTS_H
#define BR_FLEET_PRINTS_H

#include "decode/makers.h"
#include "fleet/probe.h"
#include "model/reading.h"

/* makers may be NULL: without them an agent that has no row of a printer is none. */
bool br_worth_reading(struct br_makers *makers, const struct br_probed *said);

/* claimed: a maker's file speaks for it. */
bool br_prints(const struct br_reading *reading, bool claimed);

#endif
