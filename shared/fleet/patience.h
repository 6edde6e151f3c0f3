/*
 * patience.h - how long to wait for an answer before the question is sent once more.
 *
 * The profile's timeout times its attempts is what a printer is given in all, and its number
 * of attempts is never exceeded. Within that, one whose answers are known to come quickly is
 * asked again sooner (as TCP does, RFC 6298), so that a lost datagram does not cost a whole
 * timeout; the last attempt waits for what is left. A slow answer to an earlier attempt counts,
 * since the question keeps its ids.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PATIENCE_H
#define BR_FLEET_PATIENCE_H

#include <stdint.h>

/* Milliseconds; smooth 0: nothing is known. */
struct br_pulse {
	uint16_t smooth, wander;
};

/* An answer came so long after its question first went out. */
void br_pulse_take(struct br_pulse *pulse, int64_t took_ms);

struct br_patience {
	unsigned timeout_ms, attempts;
	const struct br_pulse *own, *all; /* the printer's; the whole fleet's */
};

/*
 * When the attempt that goes out now has failed: attempt counts from 0, first_ms is when the
 * question went out for the first time.
 */
int64_t br_patience_until(const struct br_patience *patience, unsigned attempt,
			  int64_t first_ms, int64_t now_ms);

#endif
