/*
 * schedule.c - slots on a grid: every printer has its own second in every interval.
 *
 * The next slot is the one behind the last try, so a late reading does not push the later ones
 * back, and one slot is never asked twice. A full reading is not a slot of its own but what the
 * first slot after its time becomes. Whoever waits for a slot asks again when it has come: by
 * then the clock may have been set, or summer time begun.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/schedule.h"

#define DAY         86400
#define RETRY_S     600  /* the grid where there is no status interval, or a very long one */
#define SELDOM_S    3600 /* a silent one is asked at least so often */
#define SELDOM_TIME 16   /* and at least so seldom as every 16th slot */

/* A full reading an hour before its time was today's: when summer time ends, its time comes
 * twice. */
#define FULL_EARLY_S 3600

#define NEVER INT64_MAX

struct moment {
	const struct br_cadence *cadence;
	const struct br_schedule_slot *slot;
	uint32_t hash;
	int64_t now;
	int32_t offset_s;
};

static int64_t floor_to(int64_t value, int64_t step)
{
	int64_t rest = value % step;

	return value - (rest < 0 ? rest + step : rest);
}

/* The first second of this printer's own that is at or after t. */
static int64_t slot_from(const struct moment *m, int64_t step, int64_t t)
{
	int64_t phase = m->hash % step;

	return floor_to(t - phase + step - 1, step) + phase;
}

static int64_t step_of(const struct br_cadence *cadence)
{
	return cadence->status_s ? (int64_t)cadence->status_s : RETRY_S;
}

/* For what must not wait as long as a long interval: the end of a blackout, a full reading. */
static int64_t short_step_of(const struct br_cadence *cadence)
{
	int64_t step = step_of(cadence);

	return step > SELDOM_S ? RETRY_S : step;
}

/* How many slots of a silent printer are one. */
static int64_t slots_skipped(const struct moment *m, int64_t step)
{
	uint32_t missed = m->slot->missed;
	int64_t times = missed > 5 ? SELDOM_TIME : missed > 1 ? (int64_t)1 << (missed - 1) : 1;
	int64_t most = SELDOM_S / step;

	return times < most ? times : most > 1 ? most : 1;
}

/*
 * Where the clock was set, no slot is made up for: it is the next of now. One that came a
 * moment ago is taken, or who looks a second late would wait for ever.
 */
static int64_t slot_after_last(const struct moment *m, int64_t step)
{
	int64_t last = m->slot->last_try;
	int64_t at = slot_from(m, step, last + 1) + (slots_skipped(m, step) - 1) * step;

	if (last - m->now > step || m->now - at > step)
		return slot_from(m, step, m->now - step / 10);
	return at;
}

/* When the daily full reading last was to begin, at or before t. */
static int64_t full_began(const struct moment *m, int64_t t)
{
	int64_t at = floor_to(t + m->offset_s, DAY) + m->cadence->full_at * 60 - m->offset_s;

	return at > t ? at - DAY : at;
}

static bool full_done(const struct moment *m, int64_t began)
{
	int64_t last = m->slot->last_full;

	return last != 0 && last >= began - FULL_EARLY_S && last - m->now <= DAY;
}

static bool full_owed(const struct moment *m, int64_t t)
{
	int64_t began = full_began(m, t);

	return m->slot->last_full == 0 ||
	       (!full_done(m, began) && t - began < m->cadence->full_window_s);
}

static int64_t full_slot(const struct moment *m, int64_t began)
{
	int64_t spread = m->cadence->full_window_s;

	spread = spread > RETRY_S ? RETRY_S : spread > 0 ? spread : 1;
	return began + m->hash % spread;
}

/* Where status slots are too far apart to carry the full reading, or there are none. */
static int64_t next_full(const struct moment *m)
{
	int64_t began = full_began(m, m->now), at;

	if (full_owed(m, m->now)) {
		if (m->slot->missed)
			at = slot_after_last(m, RETRY_S);
		else
			at = m->slot->last_full ? full_slot(m, began) : m->now;
		if (full_owed(m, at > m->now ? at : m->now))
			return at;
	}
	began += full_done(m, began + DAY) ? 2 * DAY : DAY;
	return full_slot(m, began);
}

/* The end of a blackout that t is in; t where it is in none. */
static int64_t blackout_end(const struct moment *m, int64_t t)
{
	int64_t day = floor_to(t + m->offset_s, DAY);
	int64_t second = t + m->offset_s - day;

	for (uint8_t i = 0; i < m->cadence->n_blackouts && i < BR_MAX_BLACKOUTS; i++) {
		int64_t from = m->cadence->blackouts[i].from * 60;
		int64_t until = m->cadence->blackouts[i].until * 60;

		if (from < until ? second >= from && second < until
				 : from > until && (second >= from || second < until))
			return t - second + until + (second >= until ? DAY : 0);
	}
	return t;
}

/* Spread anew, or all printers would begin in the second in which the blackout ends. */
static int64_t out_of_blackouts(const struct moment *m, int64_t at)
{
	int64_t t = at > m->now ? at : m->now;
	int64_t end = blackout_end(m, t);

	if (end == t)
		return at;
	for (unsigned i = 0; i < 4 * BR_MAX_BLACKOUTS; i++) {
		t = end;
		end = blackout_end(m, t);
		if (end != t)
			continue;
		t = slot_from(m, short_step_of(m->cadence), t);
		end = blackout_end(m, t);
		if (end == t)
			return t;
	}
	return NEVER; /* they cover the day */
}

static int64_t next_at(const struct moment *m)
{
	const struct br_cadence *cadence = m->cadence;
	int64_t status, full;

	if (m->slot->last_try == 0)
		return m->now;
	if (cadence->status_s != 0 && cadence->status_s <= SELDOM_S)
		return slot_after_last(m, cadence->status_s);
	full = next_full(m);
	if (cadence->status_s == 0)
		return full;
	status = slot_after_last(m, cadence->status_s);
	return full < status ? full : status;
}

struct br_due br_schedule_next(const struct br_cadence *cadence,
			       const struct br_schedule_slot *slot, uint32_t hash, int64_t now,
			       int32_t offset_s)
{
	const struct moment m = {cadence, slot, hash, now, offset_s};
	struct br_due due = {.at = out_of_blackouts(&m, next_at(&m))};
	int64_t t = due.at > now ? due.at : now;

	/* A blackout over the time of the full reading, and nothing else to ask: the next
	 * day's. */
	for (unsigned days = 0;
	     cadence->status_s == 0 && slot->last_try != 0 && t != NEVER && !full_owed(&m, t);
	     days++) {
		due.at = days < 2 ? out_of_blackouts(&m, full_slot(&m, full_began(&m, t) + DAY))
				  : NEVER;
		t = due.at;
	}
	due.full =
		t != NEVER && full_owed(&m, t) && (slot->missed == 0 || slot->last_full == 0);
	return due;
}
