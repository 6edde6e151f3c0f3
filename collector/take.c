/*
 * take.c - what came of an asking, and the next slot.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

static void let_twins_try(struct collector *c)
{
	c->n_twins = 0;
	for (size_t i = 0; i < c->stations.n; i++)
		if (c->stations.all[i]->twin) {
			c->stations.all[i]->twin = false;
			collector_plan(c, c->stations.all[i]);
		}
}

void collector_missed(struct collector *c, struct collector_station *station,
		      enum br_status status, const char *sentence)
{
	struct br_error err;
	enum br_status written =
		br_store_missed(c->store, station->target, station->access->profile.name,
				c->now, status, sentence, &err);

	c->counts.missed++;
	if (station->slot.missed < UINT32_MAX)
		station->slot.missed++;
	if (station->slot.missed == 2 && c->n_twins)
		let_twins_try(c);
	collector_say(&c->voice,
		      (station->slot.missed == 1 && status == BR_E_AUTH) ||
				      (c->once && c->counts.missed <= COLLECTOR_ONCE_SAID)
			      ? COLLECTOR_WARNING
			      : COLLECTOR_DETAIL,
		      "%s: %s", station->target, sentence);
	collector_wrote(c, written, &err);
	collector_plan(c, station);
}

static void finish(struct collector *c, struct collector_station *station)
{
	if (station->leaving) {
		collector_remove(c, station);
		return;
	}
	if (station->next_access) {
		collector_unreach(c, station);
		collector_access_drop(station->access);
		station->access = station->next_access;
		station->next_access = NULL;
	}
	collector_plan(c, station);
}

static void ask_again(struct collector *c, struct collector_station *station)
{
	if (!collector_reach(c, station))
		return;
	station->asked = true;
	c->n_asked++;
	br_fleet_ask(c->fleet, station->printer, BR_WANT_FULL);
}

struct judging {
	bool claimed, prints;
};

static void judge(void *user, const struct br_reading *reading)
{
	struct judging *judging = user;

	judging->prints = judging->prints || br_prints(reading, judging->claimed);
}

static bool prints(struct collector *c, const struct collector_station *station,
		   const struct br_fleet_result *result)
{
	struct judging judging = {.claimed = result->talk && result->talk->mib};
	struct br_target target;

	return result->status == BR_OK &&
	       br_target_parse(&target, station->target, NULL) == BR_OK &&
	       br_fleet_readings(c->fleet, result, &target, judge, &judging, NULL) == BR_OK &&
	       judging.prints;
}

/* What was found and is no printer leaves no trace. */
static bool is_printer(struct collector *c, struct collector_station *station,
		       const struct br_fleet_result *result)
{
	if (prints(c, station, result)) {
		station->tentative = false;
		collector_asked_changed(c);
		return true;
	}
	if (result->status != BR_OK && !station->leaving && collector_next_profile(c, station))
		ask_again(c, station);
	else
		collector_remove(c, station);
	return false;
}

void collector_told(void *self, const struct br_fleet_result *result)
{
	struct collector *c = self;
	struct collector_station *station = result->user;
	bool again = false;

	station->asked = false;
	c->n_asked--;
	if (station->tentative && !is_printer(c, station, result))
		return;
	if (result->status != BR_OK) {
		collector_missed(c, station, result->status, result->error->text);
		finish(c, station);
		return;
	}
	if (station->slot.missed)
		collector_say(&c->voice, COLLECTOR_DETAIL, "%s answers again", station->target);
	station->slot.missed = 0;
	station->slot.last_ok = c->now;
	if (result->done == BR_WANT_FULL)
		collector_take_full(c, station, result);
	else
		again = collector_take_status(c, station, result);
	if (again && !station->leaving && !station->next_access) {
		station->asked = true;
		c->n_asked++;
		br_fleet_ask(c->fleet, station->printer, BR_WANT_FULL);
		return;
	}
	finish(c, station);
}
