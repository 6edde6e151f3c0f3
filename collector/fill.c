/*
 * fill.c - whom the configuration and the store tell to ask. The same at the start and at a
 * reload: what is there stays as it is, what is not wanted any more leaves.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

/* A profile that is another one now is taken when what is asked with the old one is answered.
 */
static void give_access(struct collector *c, struct collector_station *station,
			struct collector_access *access)
{
	if (station->access == access) {
		collector_access_drop(station->next_access);
		station->next_access = NULL;
		return;
	}
	if (station->asked) {
		collector_access_drop(station->next_access);
		station->next_access = collector_access_use(access);
		return;
	}
	collector_unreach(c, station);
	collector_access_drop(station->access);
	station->access = collector_access_use(access);
}

static struct collector_station *station_for(struct collector *c,
					     const struct br_target *target,
					     struct collector_access *access)
{
	struct collector_station *station =
		collector_station_find(&c->stations, br_view(target->text));

	if (!station) {
		station = collector_station_add(&c->stations, br_view(target->text));
		if (!station)
			return NULL;
		station->named =
			!br_address_numeric(&station->address, target->host, target->port);
	}
	station->wanted = true;
	station->leaving = false;
	give_access(c, station, access);
	return station;
}

static const struct collector_site *site_of(const struct collector *c,
					    const struct collector_printer *printer,
					    const struct br_target *target)
{
	const struct collector_config *config = &c->settings->collector;
	union br_address address;

	if (printer->site[0])
		return collector_site_named(config, printer->site);
	return br_address_numeric(&address, target->host, 161)
		       ? collector_site_of(config, &address)
		       : NULL;
}

static enum br_status add_fixed(struct collector *c, const struct collector_printer *printer,
				struct br_error *err)
{
	const struct collector_site *site;
	struct collector_station *station;
	struct collector_access *access;
	struct br_target target;
	enum br_status status = br_target_parse(&target, printer->target, err);

	if (status != BR_OK)
		return status;
	site = site_of(c, printer, &target);
	access = collector_access_of(c->settings, printer->profile[0] ? printer->profile
						  : site              ? site->profiles[0]
								      : "default");
	if (!access)
		return br_fail(err, BR_E_FILE, "%s: its profile may not be read by this user",
			       printer->target);
	if (!printer->has_port) {
		target.port = 0;
		br_target_set_port(&target, access->profile.port);
	}
	station = station_for(c, &target, access);
	if (!station)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	station->fixed = true;
	station->tentative = false; /* whatever a search thought of it */
	station->name = printer->name;
	station->cadence = collector_cadence(&c->settings->collector, site, printer);
	return BR_OK;
}

/* The first profile of the site that is named so, else its first. */
static struct collector_access *access_at(const struct collector *c,
					  const struct collector_site *site, const char *name)
{
	for (size_t i = 0; i < site->n_profiles; i++)
		if (strcmp(site->profiles[i], name) == 0)
			return collector_access_of(c->settings, name);
	return collector_access_of(c->settings, site->profiles[0]);
}

static struct collector_station *add_found(struct collector *c, const struct br_target *target,
					   const char *profile)
{
	const struct collector_site *site;
	struct collector_station *station;
	struct collector_access *access;
	union br_address address;

	if (!br_address_numeric(&address, target->host, target->port ? target->port : 161))
		return NULL;
	site = collector_site_of(&c->settings->collector, &address);
	access = site ? access_at(c, site, profile) : NULL;
	if (!access)
		return NULL;
	station = station_for(c, target, access);
	if (station && !station->fixed)
		station->cadence = collector_cadence(&c->settings->collector, site, NULL);
	return station;
}

bool collector_next_profile(struct collector *c, struct collector_station *station)
{
	const struct collector_site *site =
		collector_site_of(&c->settings->collector, &station->address);
	struct collector_access *access;
	bool passed = false;

	for (size_t i = 0; site && i < site->n_profiles; i++) {
		access = collector_access_of(c->settings, site->profiles[i]);
		if (passed && access && access->profile.version == BR_SNMP_V3 &&
		    access->profile.port == station->access->profile.port) {
			give_access(c, station, access);
			return true;
		}
		passed =
			passed || strcmp(site->profiles[i], station->access->profile.name) == 0;
	}
	return false;
}

struct collector_station *collector_found(struct collector *c, const union br_address *address,
					  const char *profile, bool tentative)
{
	char host[BR_FOUND_HOST_SIZE];
	struct collector_station *station;
	struct br_target target;

	br_found_host(address, host, sizeof host);
	if (br_target_parse(&target, host, NULL) != BR_OK)
		return NULL;
	br_target_set_port(&target, br_address_port(address));
	station = collector_station_find(&c->stations, br_view(target.text));
	if (station) {
		if (station->slot.missed && !station->asked && !station->resolving)
			station->slot.last_try = 0; /* somebody is there again */
		collector_plan(c, station);
		return station;
	}
	station = add_found(c, &target, profile);
	if (station) {
		station->tentative = tentative;
		if (!tentative)
			collector_asked_changed(c);
		collector_plan(c, station);
	}
	return station;
}

/* A restart within a slot asks nobody twice; after a longer one everybody is asked at once.
 * Where the clock was set back the store is ahead of it, and says no more than that it was
 * asked. */
static void remember(struct collector *c, struct collector_station *station,
		     const struct br_store_printer *printer)
{
	int64_t interval = station->cadence.status_s ? station->cadence.status_s : 86400;
	struct br_schedule_slot *slot = &station->slot;

	slot->last_ok = printer->last_read;
	slot->last_full = printer->kept.full_at;
	slot->missed = printer->missed;
	if (!printer->missed && printer->last_read && c->now - printer->last_read < interval)
		slot->last_try = printer->last_read < c->now ? printer->last_read : c->now;
}

static bool is_untouched(const struct collector_station *station)
{
	return station->slot.last_try == 0 && station->slot.last_ok == 0 &&
	       station->slot.last_full == 0 && station->slot.missed == 0;
}

struct filling {
	struct collector *c;
	bool memory;
};

static void add_known(void *user, const struct br_store_printer *printer)
{
	struct filling *filling = user;
	struct collector *c = filling->c;
	char text[BR_TARGET_SIZE], profile[COLLECTOR_NAME], *hash;
	struct collector_station *station;
	struct br_target target;

	if (!br_text_copy(text, sizeof text, printer->target) ||
	    !br_text_copy(profile, sizeof profile, printer->profile))
		return; /* not one of ours */
	hash = strrchr(text, '#');
	if (hash)
		*hash = '\0';
	if (br_target_parse(&target, text, NULL) != BR_OK || target.kind != BR_TARGET_UDP)
		return;
	station = collector_station_find(&c->stations, br_view(target.text));
	if (!station || !station->fixed || !station->wanted)
		station = add_found(c, &target, profile);
	if (!station)
		return;
	if (is_untouched(station))
		remember(c, station, printer);
	if (printer->id > c->last_id)
		c->last_id = printer->id;
	if (printer->last_read &&
	    !collector_station_know(station, printer->kept.device, printer->id))
		filling->memory = true;
}

/* What is in flight is waited for: its result is not lost. */
static void sweep(struct collector *c)
{
	for (size_t i = 0; i < c->stations.n; i++) {
		struct collector_station *station = c->stations.all[i];

		if (station->wanted) {
			station->wanted = false;
			continue;
		}
		if (station->asked || station->resolving) {
			station->leaving = true;
			continue;
		}
		collector_remove(c, station);
		i--; /* another has its place now */
	}
}

/* Those that were found and are still within a site stay, also before the store knows them. */
static void keep_found(struct collector *c)
{
	for (size_t i = 0; i < c->stations.n; i++) {
		struct collector_station *station = c->stations.all[i];
		struct br_target target;

		if (!station->wanted &&
		    br_target_parse(&target, station->target, NULL) == BR_OK)
			(void)add_found(c, &target, station->access->profile.name);
	}
}

static void tell_names(struct collector *c)
{
	struct br_store_name *names = malloc((c->stations.n + 1) * sizeof *names);
	enum br_status status;
	struct br_error err;
	size_t n = 0;

	for (size_t i = 0; names && i < c->stations.n; i++)
		if (c->stations.all[i]->name)
			names[n++] = (struct br_store_name){br_view(c->stations.all[i]->target),
							    br_view(c->stations.all[i]->name)};
	status = names ? br_store_names(c->store, names, n, &err)
		       : br_fail(&err, BR_E_MEMORY, "out of memory");
	collector_wrote(c, status, &err);
	free(names);
}

enum br_status collector_fill(struct collector *c, struct br_error *err)
{
	const struct collector_config *config = &c->settings->collector;
	struct filling filling = {c, false};
	enum br_status status = BR_OK;

	for (size_t i = 0; i < c->stations.n; i++) {
		c->stations.all[i]->fixed = c->stations.all[i]->wanted = false;
		c->stations.all[i]->name = NULL;
	}
	for (size_t i = 0; status == BR_OK && i < config->n_printers; i++)
		status = add_fixed(c, &config->printers[i], err);
	keep_found(c);
	if (status == BR_OK)
		status = br_store_each(c->store, add_known, &filling, err);
	if (status == BR_OK && filling.memory)
		status = br_fail(err, BR_E_MEMORY, "out of memory");
	if (status == BR_OK)
		sweep(c);
	if (status == BR_OK)
		tell_names(c);
	collector_asked_changed(c);
	return status;
}
