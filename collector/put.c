/*
 * put.c - an address's readings into the store, and what is kept of its answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

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
 * False: it is the new address that is not to be asked any more; nothing of it is put, since
 * the printer would then be known at an address that nobody asks.
 */
static bool claim(struct collector *c, struct collector_station *station, int64_t id)
{
	if (id > c->last_id)
		return true; /* nobody has it */
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
	status = br_store_whose(c->store, &taking->reading, &id, &err);
	if (status == BR_OK && id && !was_known(taking, id) && !claim(c, taking->station, id))
		return;
	if (status == BR_OK)
		status = br_store_put(c->store, taking->station->access->profile.name,
				      &taking->reading, &taking->kept, &id, &err);
	collector_wrote(c, status, &err);
	if (status != BR_OK)
		return;
	if (id > c->last_id)
		c->last_id = id;
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

static struct br_view answers_of(const struct br_harvest *harvest)
{
	return (struct br_view){(const char *)harvest->data, harvest->len};
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
	status = result->talk ? br_harvest_renew_part(&keeping->harvest, result->harvest)
			      : br_harvest_renew(&keeping->harvest, result->harvest);
	if (status == BR_OK) {
		n = br_decode_devices(&keeping->harvest, devices);
		status = n ? br_maker_of(&c->makers, &keeping->harvest, devices[0], n, &mib)
			   : BR_OK;
	}
	if (status != BR_OK) {
		br_fail(err, status, "%s: %s", station->target, br_status_name(status));
	} else {
		taking->kept = keeping->kept;
		taking->kept.harvest = answers_of(&keeping->harvest);
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

void collector_take_full(struct collector *c, struct collector_station *station,
			 const struct br_fleet_result *result)
{
	/* Half a reading, and the whole one of before still holds: that is brought up to date,
	 * but for its alerts. Of another printer nothing is kept: its next one is a whole one.
	 */
	bool half = result->talk->partial && result->learned.len;
	struct taking *taking;
	struct br_error err;

	c->counts.full++;
	station->slot.last_full = c->now;
	if (half && take_change(c, station, result, &err) == BR_OK)
		return;
	taking = taking_of(c, station);
	if (!taking)
		return;
	if (!half) {
		taking->kept.harvest = answers_of(result->harvest);
		taking->kept.learned = result->learned;
	}
	taking->kept.full_at = c->now;
	keep_engine(taking, result->v3);
	if (put_all(taking, result, result->harvest, result->talk->mib, &err) != BR_OK)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err.text);
	else if (!taking->partial)
		forget_gone(taking);
	free(taking);
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

bool collector_take_status(struct collector *c, struct collector_station *station,
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
