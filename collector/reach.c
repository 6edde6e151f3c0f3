/*
 * reach.c - a station gets an address and a place in the fleet, and loses them again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <string.h>

#define RESOLVE_AGAIN_S 86400

struct knowing {
	struct collector *c;
	struct collector_station *station;
};

static void know(void *user, const struct br_store_printer *printer)
{
	const struct knowing *knowing = user;
	int64_t since = knowing->c->now - printer->kept.engine_at;
	struct br_fleet_known known = {
		.learned = printer->kept.learned,
		.engine = printer->kept.engine,
		.boots = printer->kept.boots,
	};

	if (since < 0 || since > UINT32_MAX - (int64_t)printer->kept.engine_time)
		known.boots = 0; /* a clock that lies: the engine itself is still the same */
	else
		known.engine_time = printer->kept.engine_time + (uint32_t)since;
	if (br_fleet_know(knowing->c->fleet, knowing->station->printer, &known) != BR_OK)
		collector_say(&knowing->c->voice, COLLECTOR_DETAIL,
			      "%s: what was learned of it is not usable",
			      knowing->station->target);
}

static bool enter_fleet(struct collector *c, struct collector_station *station)
{
	struct knowing knowing = {c, station};
	struct br_error err;
	enum br_status status =
		br_fleet_add(c->fleet, &station->address, &station->access->profile, station,
			     &station->printer, &err);

	if (status != BR_OK) {
		station->printer = NULL;
		collector_missed(c, station, status, err.text);
		return false;
	}
	if (station->n_ids &&
	    br_store_kept(c->store, station->ids[0].id, know, &knowing, &err) != BR_OK)
		collector_say(&c->voice, COLLECTOR_DETAIL, "%s: %s", station->target, err.text);
	return true;
}

static void ask_for_name(struct collector *c, struct collector_station *station)
{
	struct br_error err;
	enum br_status status =
		collector_resolver_ask(c->resolver, station->target, station, &err);

	if (status != BR_OK) {
		collector_missed(c, station, status, err.text);
		return;
	}
	station->resolving = true;
	c->n_resolving++;
}

/* True: it is in the fleet, with an address that is not too old. */
bool collector_reach(struct collector *c, struct collector_station *station)
{
	bool old = station->named &&
		   (station->slot.missed || c->now - station->resolved_at > RESOLVE_AGAIN_S ||
		    c->now < station->resolved_at);

	if (station->named && (!station->resolved_at || old)) {
		ask_for_name(c, station);
		return false;
	}
	return station->printer || enter_fleet(c, station);
}

void collector_unreach(struct collector *c, struct collector_station *station)
{
	if (station->asked) {
		br_fleet_cancel(c->fleet, station->printer);
		station->asked = false;
		c->n_asked--;
	}
	if (station->printer)
		br_fleet_remove(c->fleet, station->printer);
	station->printer = NULL;
}

void collector_remove(struct collector *c, struct collector_station *station)
{
	collector_unreach(c, station);
	if (!station->tentative)
		collector_asked_changed(c);
	if (!station->resolving) {
		collector_station_remove(&c->stations, station);
		return;
	}
	station->leaving = true; /* the resolver will speak of it */
	collector_station_unqueue(&c->stations, station);
}

/* Where names cannot be resolved now, the last address is as good as any. */
static void take_name(struct collector *c, struct collector_station *station,
		      const struct collector_resolved *resolved)
{
	station->resolving = false;
	if (station->leaving) {
		collector_remove(c, station);
		return;
	}
	if (resolved->status != BR_OK && !station->resolved_at) {
		collector_missed(c, station, resolved->status, resolved->error.text);
		return;
	}
	if (resolved->status != BR_OK) {
		collector_say(&c->voice, COLLECTOR_DETAIL, "%s: %s; its last address is asked",
			      station->target, resolved->error.text);
	} else {
		if (!br_address_same(&station->address, &resolved->address))
			collector_unreach(c, station);
		station->address = resolved->address;
	}
	station->resolved_at = c->now;
	if (!station->printer && !enter_fleet(c, station))
		return;
	station->asked = true;
	c->n_asked++;
	br_fleet_ask(c->fleet, station->printer,
		     station->due.full ? BR_WANT_FULL : BR_WANT_STATUS);
}

void collector_take_names(struct collector *c)
{
	struct collector_resolved resolved;

	while (c->n_resolving && collector_resolver_take(c->resolver, &resolved)) {
		c->n_resolving--;
		take_name(c, resolved.user, &resolved);
	}
}
