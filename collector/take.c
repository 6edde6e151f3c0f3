/*
 * take.c - what came of an asking, and the next slot; when what was written is committed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#define COMMIT_WRITES   256
#define COMMIT_MS       1000
#define COMMIT_AGAIN_MS 5000

void collector_wrote(struct collector *c, enum br_status status, const struct br_error *err)
{
	if (status != BR_OK && !c->put_failed)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err->text);
	c->put_failed = status != BR_OK;
	if (c->writes++ == 0)
		c->wrote_ms = c->time.mono_ms;
}

int64_t collector_commit_wait_ms(const struct collector *c)
{
	return c->failing_ms ? COMMIT_AGAIN_MS : COMMIT_MS;
}

/* What could not be committed stays with the store, which tries it again at the next commit. */
void collector_commit(struct collector *c, bool at_once)
{
	struct br_error err;
	enum br_status status;

	if (c->writes == 0 ||
	    (!at_once && c->time.mono_ms - c->wrote_ms < collector_commit_wait_ms(c) &&
	     (c->writes < COMMIT_WRITES || c->failing_ms)))
		return;
	status = br_store_commit(c->store, &err);
	if (status == BR_OK) {
		if (c->failing_ms)
			collector_say(&c->voice, COLLECTOR_NOTICE,
				      "the store is written again");
		c->failing_ms = 0;
		c->writes = 0;
		return;
	}
	if (!c->failing_ms) {
		collector_say(&c->voice, COLLECTOR_ERROR, "%s", err.text);
		c->failing_ms = c->time.mono_ms;
	}
	c->wrote_ms = c->time.mono_ms;
}

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
		      station->slot.missed == 1 && status == BR_E_AUTH ? COLLECTOR_WARNING
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
