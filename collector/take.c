/*
 * take.c - what came of an asking: into the store, and the next slot.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define COMMIT_WRITES   256
#define COMMIT_MS       1000
#define COMMIT_AGAIN_MS 5000

void collector_wrote(struct collector *c, enum br_status status, const struct br_error *err)
{
	if (status != BR_OK)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err->text);
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

/* One station's readings on their way into the store. */
struct taking {
	struct collector *c;
	struct collector_station *station;
	struct br_store_kept kept;
	struct collector_id before[BR_MAX_DEVICES];
	uint8_t n_before, n_seen;
	uint32_t seen[BR_MAX_DEVICES];
	bool partial;
	struct br_reading reading; /* our own copy, for its time */
};

static bool was_known(const struct taking *taking, int64_t id)
{
	for (uint8_t i = 0; i < taking->n_before; i++)
		if (taking->before[i].id == id)
			return true;
	return false;
}

/* It answers at two addresses of the configuration: one of them does, or each reading would
 * undo the other's. The other address is tried again when this one falls silent. */
static void set_aside(struct collector *c, struct collector_station *station,
		      const struct collector_station *other, int64_t id)
{
	station->twin = true;
	c->n_twins++;
	collector_say(&c->voice, COLLECTOR_WARNING,
		      "%s and %s are one printer (#%lld); only %s is asked", other->target,
		      station->target, (long long)id, other->target);
}

/*
 * The printer was known at another address. If it was found there, that is dropped: it has
 * moved. One that stands in the configuration is asked on, as whatever answers there now.
 * False: it is the new address that is not to be asked any more.
 */
static bool claim(struct collector *c, struct collector_station *station, int64_t id)
{
	for (size_t i = 0; i < c->stations.n; i++) {
		struct collector_station *other = c->stations.all[i];

		if (other == station || other->twin || !collector_station_has(other, id))
			continue;
		if (other->fixed && other->slot.missed == 0) {
			if (station->fixed)
				set_aside(c, station, other, id);
			else
				station->leaving = true;
			return false;
		}
		collector_station_forget(other, id);
		c->counts.moved++;
		collector_say(&c->voice, COLLECTOR_INFO, "printer #%lld moved from %s to %s",
			      (long long)id, other->target, station->target);
		if (other->n_ids || other->fixed)
			continue;
		collector_remove(c, other);
		i--; /* another has its place now */
	}
	return true;
}

static void put(void *user, const struct br_reading *reading)
{
	struct taking *taking = user;
	struct collector *c = taking->c;
	struct br_error err;
	enum br_status status;
	int64_t id = 0;

	taking->reading = *reading;
	taking->reading.time = c->now;
	taking->kept.device = reading->device;
	taking->partial = taking->partial || reading->partial;
	if (taking->n_seen < BR_MAX_DEVICES)
		taking->seen[taking->n_seen++] = reading->device;
	taking->kept.questions = reading->questions;
	status = br_store_put(c->store, taking->station->access->profile.name, &taking->reading,
			      &taking->kept, &id, &err);
	collector_wrote(c, status, &err);
	if (status != BR_OK)
		return;
	if (!was_known(taking, id) && !claim(c, taking->station, id))
		return;
	if (!collector_station_know(taking->station, reading->device, id))
		collector_say(&c->voice, COLLECTOR_WARNING, "%s: out of memory",
			      taking->station->target);
}

static void keep_engine(struct taking *taking, const struct br_v3 *v3)
{
	struct br_store_kept *kept = &taking->kept;

	if (!v3 || !v3->engine_len || !v3->time_known)
		return;
	kept->engine = (struct br_view){(const char *)v3->engine, v3->engine_len};
	kept->boots = v3->boots;
	kept->engine_time = v3->time;
	kept->engine_at = taking->c->now - (br_clock_ms() - v3->time_at_ms) / 1000;
}

static enum br_status put_all(struct taking *taking, const struct br_fleet_result *result,
			      const struct br_harvest *harvest, const struct br_mib *mib,
			      struct br_error *err)
{
	struct br_target target;
	struct br_readings readings = {
		.target = &target,
		.harvest = harvest,
		.mib = mib,
		.makers = &taking->c->makers,
		.talk = result->talk,
		.questions = result->questions,
	};
	enum br_status status = br_target_parse(&target, taking->station->target, err);

	taking->kept.harvest = (struct br_view){(const char *)harvest->data, harvest->len};
	taking->n_before = taking->station->n_ids;
	if (taking->n_before)
		memcpy(taking->before, taking->station->ids,
		       taking->n_before * sizeof taking->before[0]);
	return status == BR_OK ? br_readings_each(&readings, put, taking, err) : status;
}

static struct taking *taking_of(struct collector *c, struct collector_station *station)
{
	struct taking *taking = malloc(sizeof *taking);

	if (!taking) {
		collector_say(&c->voice, COLLECTOR_WARNING, "%s: out of memory",
			      station->target);
		return NULL;
	}
	*taking = (struct taking){.c = c, .station = station};
	return taking;
}

/* A printer was taken off its print server. */
static void forget_gone(struct taking *taking)
{
	struct collector_station *station = taking->station;

	for (uint8_t i = station->n_ids; i-- > 0;) {
		bool seen = false;

		for (uint8_t k = 0; k < taking->n_seen; k++)
			seen = seen || taking->seen[k] == station->ids[i].device;
		if (!seen)
			collector_station_forget(station, station->ids[i].id);
	}
}

static void take_full(struct collector *c, struct collector_station *station,
		      const struct br_fleet_result *result)
{
	struct taking *taking = taking_of(c, station);
	struct br_error err;

	c->counts.full++;
	station->slot.last_full = c->now;
	if (!taking)
		return;
	taking->kept.learned = result->learned;
	taking->kept.full_at = c->now;
	keep_engine(taking, result->v3);
	if (put_all(taking, result, result->harvest, result->talk->mib, &err) != BR_OK)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err.text);
	else if (!taking->partial)
		forget_gone(taking);
	free(taking);
}

/* What the store kept, as our own: it is written anew in a moment. */
struct keeping {
	struct br_harvest harvest;
	struct br_store_kept kept;
	char learned[BR_LEARNED_MAX], engine[BR_V3_ENGINE_MAX];
	enum br_status status;
};

static enum br_status copy(struct br_view *to, char *room, size_t size, struct br_view from)
{
	if (from.len > size)
		return BR_E_LIMIT;
	if (from.len)
		memcpy(room, from.at, from.len);
	*to = (struct br_view){room, from.len};
	return BR_OK;
}

static void keep(void *user, const struct br_store_printer *printer)
{
	struct keeping *keeping = user;
	struct br_view harvest = printer->kept.harvest;

	keeping->kept = printer->kept;
	keeping->status = copy(&keeping->kept.learned, keeping->learned,
			       sizeof keeping->learned, printer->kept.learned);
	if (keeping->status == BR_OK)
		keeping->status = copy(&keeping->kept.engine, keeping->engine,
				       sizeof keeping->engine, printer->kept.engine);
	if (keeping->status == BR_OK && (!harvest.len || harvest.len > BR_HARVEST_CEILING))
		keeping->status = BR_E_ABSENT;
	if (keeping->status != BR_OK)
		return;
	keeping->harvest.data = malloc(harvest.len);
	if (!keeping->harvest.data) {
		keeping->status = BR_E_MEMORY;
		return;
	}
	memcpy(keeping->harvest.data, harvest.at, harvest.len);
	keeping->harvest.len = keeping->harvest.cap = harvest.len;
}

static enum br_status put_renewed(struct collector *c, struct collector_station *station,
				  const struct br_fleet_result *result, struct keeping *keeping,
				  struct br_error *err)
{
	struct taking *taking = taking_of(c, station);
	uint32_t devices[BR_MAX_DEVICES];
	const struct br_mib *mib = NULL;
	enum br_status status;
	size_t n;

	if (!taking)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	status = br_harvest_renew(&keeping->harvest, result->harvest);
	if (status == BR_OK) {
		n = br_decode_devices(&keeping->harvest, devices);
		status = n ? br_maker_of(&c->makers, &keeping->harvest, devices[0], n, &mib)
			   : BR_OK;
	}
	if (status != BR_OK) {
		br_fail(err, status, "%s: %s", station->target, br_status_name(status));
	} else {
		taking->kept = keeping->kept;
		keep_engine(taking, result->v3);
		status = put_all(taking, result, &keeping->harvest, mib, err);
	}
	free(taking);
	return status;
}

/* Only what changed came: it is put into what is kept. */
static enum br_status take_change(struct collector *c, struct collector_station *station,
				  const struct br_fleet_result *result, struct br_error *err)
{
	struct keeping *keeping;
	enum br_status status;

	if (!station->n_ids)
		return br_fail(err, BR_E_ABSENT, "%s: the store does not know it",
			       station->target);
	keeping = calloc(1, sizeof *keeping);
	if (!keeping)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	br_harvest_init(&keeping->harvest, BR_HARVEST_CEILING);
	status = br_store_kept(c->store, station->ids[0].id, keep, keeping, err);
	if (status == BR_OK && keeping->status != BR_OK)
		status = br_fail(err, keeping->status,
				 "%s: what the store kept of it is not "
				 "usable",
				 station->target);
	if (status == BR_OK)
		status = put_renewed(c, station, result, keeping, err);
	br_harvest_clear(&keeping->harvest);
	free(keeping);
	return status;
}

static enum br_status take_same(struct collector *c, struct collector_station *station,
				const struct br_fleet_result *result, struct br_error *err)
{
	enum br_status status =
		station->n_ids ? BR_OK
			       : br_fail(err, BR_E_ABSENT, "%s: the store does not know it",
					 station->target);

	for (uint8_t i = 0; status == BR_OK && i < station->n_ids; i++) {
		status = br_store_same(c->store, station->ids[i].id, c->now,
				       result->uptime / 100, err);
		collector_wrote(c, BR_OK, err);
	}
	return status;
}

/* True if it must be asked again, in full: the store was put aside, or lost this one. */
static bool take_status(struct collector *c, struct collector_station *station,
			const struct br_fleet_result *result)
{
	struct br_error err;
	enum br_status status;

	if (result->same) {
		c->counts.same++;
		status = take_same(c, station, result, &err);
	} else {
		c->counts.status++;
		status = take_change(c, station, result, &err);
	}
	if (status == BR_OK || status == BR_E_MEMORY)
		return false;
	collector_say(&c->voice, COLLECTOR_DETAIL, "%s; it is read in full", err.text);
	return true;
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

/* What was found and is no printer leaves no trace. */
static bool is_printer(struct collector *c, struct collector_station *station,
		       const struct br_fleet_result *result)
{
	uint32_t devices[BR_MAX_DEVICES];

	if (result->status == BR_OK && br_decode_devices(result->harvest, devices) &&
	    devices[0] != 0) {
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
		take_full(c, station, result);
	else
		again = take_status(c, station, result);
	if (again && !station->leaving && !station->next_access) {
		station->asked = true;
		c->n_asked++;
		br_fleet_ask(c->fleet, station->printer, BR_WANT_FULL);
		return;
	}
	finish(c, station);
}
