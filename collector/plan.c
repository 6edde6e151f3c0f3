/*
 * plan.c - when a station is asked: its slot, its lateness, and what the clock does to both.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

static struct br_due due_of(const struct collector *c, const struct collector_station *station)
{
	struct br_schedule_slot slot = station->slot;

	if (c->once)
		slot.last_try = 0; /* at once, but for a blackout */
	return br_schedule_next(&station->cadence, &slot, station->hash, c->now,
				c->time.offset_s);
}

/* Of one that is asked or being resolved nothing is planned: it is, when that is over. */
void collector_plan(struct collector *c, struct collector_station *station)
{
	if (station->asked || station->resolving || station->twin) {
		collector_station_unqueue(&c->stations, station);
		return;
	}
	station->due = due_of(c, station);
	if (station->due.at == INT64_MAX ||
	    (c->once && (!station->fresh || station->due.at > c->now)))
		collector_station_unqueue(&c->stations, station);
	else
		collector_station_queue(&c->stations, station);
}

/* The clock was set, summer time began, or the configuration is another. */
void collector_plan_all(struct collector *c)
{
	for (size_t i = 0; i < c->stations.n; i++)
		collector_plan(c, c->stations.all[i]);
}

static void remember_lateness(struct collector *c, const struct collector_station *station)
{
	int64_t late = c->now - station->due.at;

	c->counts.slots++;
	if (!station->fresh)
		c->late[c->n_late++ % COLLECTOR_LATE] = late < 0            ? 0
							: late > UINT32_MAX ? UINT32_MAX
									    : (uint32_t)late;
}

void collector_ask(struct collector *c, struct collector_station *station, bool full)
{
	station->slot.last_try = c->now;
	station->fresh = false;
	station->due.full = full;
	if (!collector_reach(c, station))
		return; /* it is being resolved, or was missed */
	station->asked = true;
	c->n_asked++;
	br_fleet_ask(c->fleet, station->printer, full ? BR_WANT_FULL : BR_WANT_STATUS);
}

/* When a slot has come the schedule is asked again: it may be blacked out by now. */
void collector_ask_due(struct collector *c)
{
	struct collector_station *station;

	while ((station = collector_station_first(&c->stations)) && station->due.at <= c->now) {
		struct br_due due = due_of(c, station);

		if (due.at > c->now) {
			c->counts.put_off++;
			collector_plan(c, station);
			continue;
		}
		collector_station_unqueue(&c->stations, station);
		remember_lateness(c, station);
		collector_ask(c, station, due.full);
	}
}
