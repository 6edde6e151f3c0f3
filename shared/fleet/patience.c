/*
 * patience.c - the estimate is only as good as the last few answers, so it has a floor.
 *
 * An answer to a question that was sent twice is counted from the first time: that is too much
 * at worst, and so never makes us less patient with a slow printer (Karn's rule would keep its
 * estimate at nothing for ever).
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/patience.h"

enum { FLOOR_MS = 200, PULSE_MAX = 60000 };

void br_pulse_take(struct br_pulse *pulse, int64_t took_ms)
{
	int took = took_ms < 1 ? 1 : took_ms > PULSE_MAX ? PULSE_MAX : (int)took_ms;
	int off = took - pulse->smooth;

	if (pulse->smooth == 0) {
		pulse->smooth = (uint16_t)took;
		pulse->wander = (uint16_t)((took + 1) / 2);
		return;
	}
	if (off < 0)
		pulse->smooth = (uint16_t)(pulse->smooth - -off / 8);
	else
		pulse->smooth = (uint16_t)(pulse->smooth + (off + 7) / 8);
	if (off < 0)
		off = -off;
	pulse->wander = (uint16_t)((3 * pulse->wander + off + 3) / 4);
}

/* A quarter of the timeout at least for one that we know, half for one that we do not: a
 * printer works on one question at a time, and what is sent again only gives it more to do. */
static int64_t first_wait(const struct br_patience *patience)
{
	const struct br_pulse *pulse = patience->own->smooth ? patience->own : patience->all;
	int64_t ceiling = patience->timeout_ms;
	int64_t least = ceiling / (pulse == patience->own ? 4 : 2);
	int64_t wait;

	if (pulse->smooth == 0)
		return ceiling;
	wait = pulse->smooth + 4 * (int64_t)pulse->wander;
	if (pulse != patience->own)
		wait *= 2;
	if (wait < least)
		wait = least;
	if (wait < FLOOR_MS)
		wait = FLOOR_MS;
	return wait < ceiling ? wait : ceiling;
}

int64_t br_patience_until(const struct br_patience *patience, unsigned attempt,
			  int64_t first_ms, int64_t now_ms)
{
	int64_t end = first_ms + (int64_t)patience->timeout_ms * patience->attempts;
	int64_t wait = first_wait(patience);

	if (attempt + 1 >= patience->attempts)
		return end > now_ms + wait ? end : now_ms + wait; /* paced: it was late */
	for (unsigned i = 0; i < attempt && wait < patience->timeout_ms; i++)
		wait *= 2;
	if (wait > patience->timeout_ms)
		wait = patience->timeout_ms;
	return now_ms + wait;
}
