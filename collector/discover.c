/*
 * discover.c - the daily search of the sites' ranges, one site after the other.
 *
 * Whoever answers as a printer becomes a station, and its first full reading says which printer
 * it is: a known one that has moved, or a new one. A search stops for a blackout and goes on
 * where it was; one that the end of the program breaks off is begun anew. Whoever is known and
 * answers is not asked by it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define LOOK_MS 30000 /* at the clock, while nothing is searched */

struct search {
	const struct collector_site *site; /* of the settings in force */
	struct br_cadence cadence;         /* the daily time and the blackouts alone */
	struct br_schedule_slot slot;
	struct br_scan_place place;
	bool begun; /* and stopped by a blackout */
};

struct collector_discovery {
	struct collector *c;
	size_t n, current;
	struct search *searches;
	struct br_scan *scan;        /* of the current one; NULL: none is under way */
	struct br_profile *profiles; /* lent to it */
	size_t n_profiles;
	int64_t look_ms;
	uint64_t found;
	int64_t ended_at;
};

/* A place in a search is one of its rounds, and those are by profile. */
static bool same_profiles(const struct collector_site *a, const struct collector_site *b)
{
	bool same = a->n_profiles == b->n_profiles;

	for (size_t i = 0; same && i < a->n_profiles; i++)
		same = strcmp(a->profiles[i], b->profiles[i]) == 0;
	return same;
}

/* A reload: what is searched goes on, and a site whose addresses are others is searched anew.
 */
static void carry_over(struct search *search, const struct collector_discovery *before,
		       size_t i)
{
	const struct search *old = &before->searches[i];

	if (strcmp(old->site->name, search->site->name) != 0 ||
	    br_range_digest(&old->site->range) != br_range_digest(&search->site->range))
		return;
	search->slot = old->slot;
	if (!same_profiles(old->site, search->site))
		return;
	search->begun = old->begun;
	search->place = old->place;
	if (before->scan && before->current == i) {
		search->begun = true;
		search->place = br_scan_place(before->scan);
	}
}

static struct br_schedule_slot searched(int64_t at)
{
	return (struct br_schedule_slot){.last_try = at, .last_ok = at, .last_full = at};
}

static struct search *add_search(struct collector_discovery *d,
				 const struct collector_site *site)
{
	struct collector *c = d->c;
	struct search *search = &d->searches[d->n++];

	*search = (struct search){
		.site = site,
		.cadence = collector_cadence(&c->settings->collector, site, NULL)};
	search->cadence.status_s = 0;
	return search;
}

enum br_status collector_discovery_open(struct collector *c,
					const struct collector_discovery *before,
					struct br_error *err)
{
	const struct collector_config *config = &c->settings->collector;
	struct collector_discovery *d = calloc(1, sizeof *d);
	struct br_file file = {0};

	if (!d)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	d->c = c;
	d->searches = calloc(config->n_sites + 1, sizeof *d->searches);
	if (!d->searches) {
		free(d);
		return br_fail(err, BR_E_MEMORY, "out of memory");
	}
	if (before) {
		d->found = before->found;
		d->ended_at = before->ended_at;
	} else if (!c->once) {
		collector_searches_recall(c, &file);
	}
	for (size_t i = 0; i < config->n_sites; i++) {
		struct search *search;

		if (!config->sites[i].discover)
			continue;
		search = add_search(d, &config->sites[i]);
		search->slot = searched(collector_searched_at(&file, search->site));
		for (size_t k = 0; before && k < before->n; k++)
			carry_over(search, before, k);
	}
	br_file_clear(&file);
	c->discovery = d;
	return BR_OK;
}

static void end_scan(struct collector_discovery *d)
{
	br_scan_close(d->scan);
	d->scan = NULL;
	if (d->profiles)
		explicit_bzero(d->profiles, d->n_profiles * sizeof d->profiles[0]);
	free(d->profiles);
	d->profiles = NULL;
}

void collector_discovery_close(struct collector_discovery *d)
{
	if (!d)
		return;
	if (d->scan)
		end_scan(d);
	free(d->searches);
	free(d);
}

static void found(void *user, const struct br_scanned *scanned)
{
	struct collector_discovery *d = user;
	const struct br_probed *said = scanned->said;

	if (!br_worth_reading(&d->c->makers, said))
		return;
	d->found++;
	if (collector_found(d->c, scanned->address, d->profiles[scanned->profile].name,
			    said->seen != BR_SEEN_PRINTER))
		br_scan_known(d->scan, scanned->index);
}

/* Those that answer to their readings need not be looked for. */
static void leave_out_known(struct collector_discovery *d, const struct collector_site *site)
{
	const struct collector_stations *stations = &d->c->stations;
	uint64_t index;

	for (size_t i = 0; i < stations->n; i++)
		if ((!stations->all[i]->named || stations->all[i]->resolved_at) &&
		    stations->all[i]->n_ids && stations->all[i]->slot.missed == 0 &&
		    br_range_find(&site->range, &stations->all[i]->address, &index))
			br_scan_known(d->scan, index);
}

static enum br_status begin_scan(struct collector_discovery *d, struct search *search,
				 struct br_error *err)
{
	const struct collector_site *site = search->site;
	struct br_scan_options options = {
		.range = &site->range,
		.rate = site->pace ? site->pace : BR_SCAN_RATE,
		.resumes = search->begun,
		.from = search->place,
	};
	struct epoll_event event = {.events = EPOLLIN};
	enum br_status status;

	d->profiles = calloc(site->n_profiles, sizeof d->profiles[0]);
	if (!d->profiles)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	d->n_profiles = 0;
	for (size_t i = 0; i < site->n_profiles; i++) {
		const struct collector_access *access =
			collector_access_of(d->c->settings, site->profiles[i]);

		if (access)
			d->profiles[d->n_profiles++] = access->profile;
	}
	options.profiles = d->profiles;
	options.n_profiles = d->n_profiles;
	status = br_scan_open(&d->scan, &options, found, d, err);
	if (status == BR_OK &&
	    epoll_ctl(d->c->epoll, EPOLL_CTL_ADD, br_scan_fd(d->scan), &event) != 0)
		status = br_fail(err, BR_E_LIMIT, "no descriptor to search with");
	if (status != BR_OK) {
		end_scan(d);
		return status;
	}
	leave_out_known(d, site);
	collector_say(&d->c->voice, COLLECTOR_INFO, "searching site %s, %llu addresses",
		      site->name, (unsigned long long)site->range.count);
	return BR_OK;
}

static bool is_black(const struct collector *c, const struct search *search)
{
	const struct br_schedule_slot never = {0};

	return br_schedule_next(&search->cadence, &never, 0, c->now, c->time.offset_s).at !=
	       c->now;
}

static void keep(const struct collector_discovery *d)
{
	struct br_buf text;

	br_buf_init(&text, d->n * 128);
	for (size_t i = 0; i < d->n; i++)
		if (d->searches[i].slot.last_full)
			collector_searched(&text, d->searches[i].site,
					   d->searches[i].slot.last_full);
	collector_searches_keep(d->c, &text);
	br_buf_clear(&text);
}

static void done(struct collector_discovery *d, struct search *search)
{
	struct br_scan_progress progress;

	br_scan_progress(d->scan, &progress);
	end_scan(d);
	search->begun = false;
	search->slot = searched(d->c->now);
	d->ended_at = d->c->now;
	keep(d);
	collector_say(&d->c->voice, COLLECTOR_INFO, "site %s was searched: %llu answered",
		      search->site->name, (unsigned long long)progress.answered);
}

/* The first whose time has come. */
static void begin_next(struct collector_discovery *d)
{
	struct collector *c = d->c;
	struct br_error err;

	d->look_ms = c->time.mono_ms + LOOK_MS;
	for (size_t i = 0; i < d->n; i++) {
		struct search *search = &d->searches[i];
		struct br_due due = br_schedule_next(&search->cadence, &search->slot,
						     (uint32_t)i, c->now, c->time.offset_s);

		if (is_black(c, search) || (!search->begun && due.at > c->now))
			continue;
		d->current = i;
		search->slot.last_try = c->now;
		if (begin_scan(d, search, &err) == BR_OK)
			return;
		search->slot.missed++;
		collector_say(&c->voice, COLLECTOR_WARNING, "site %s: %s", search->site->name,
			      err.text);
	}
}

void collector_discovery_step(struct collector *c)
{
	struct collector_discovery *d = c->discovery;
	struct search *search;

	if (!d)
		return; /* there was no memory for it at a reload */
	if (!d->scan) {
		if (c->time.mono_ms >= d->look_ms)
			begin_next(d);
		return;
	}
	search = &d->searches[d->current];
	if (is_black(c, search)) {
		search->place = br_scan_place(d->scan);
		search->begun = true;
		end_scan(d);
		return;
	}
	br_scan_step(d->scan);
	if (br_scan_over(d->scan)) {
		done(d, search);
		d->look_ms = 0; /* another site may wait */
	}
}

/* In a run of once: until each site was searched, or is blacked out. */
bool collector_discovery_busy(const struct collector_discovery *d)
{
	if (!d || d->scan)
		return d != NULL;
	for (size_t i = 0; d->c->once && i < d->n; i++)
		if (d->searches[i].slot.last_try == 0 && !is_black(d->c, &d->searches[i]))
			return true;
	return false;
}

size_t collector_discovery_black(const struct collector_discovery *d)
{
	size_t n = 0;

	for (size_t i = 0; d && i < d->n; i++)
		n += !d->searches[i].slot.last_full && is_black(d->c, &d->searches[i]);
	return n;
}

int64_t collector_discovery_next_ms(const struct collector *c)
{
	const struct collector_discovery *d = c->discovery;

	if (!d || (!d->scan && d->n == 0))
		return INT64_MAX;
	return d->scan ? br_scan_next_ms(d->scan) : d->look_ms;
}

void collector_discovery_health(const struct collector *c, struct br_json *json)
{
	const struct collector_discovery *d = c->discovery;
	struct br_scan_progress progress = {0};
	char text[BR_TIME_TEXT_SIZE];

	if (!d)
		return;
	if (d->scan)
		br_scan_progress(d->scan, &progress);
	br_json_open(json, "discovery", '{');
	br_json_bool(json, "searching", d->scan != NULL);
	br_json_number(json, "sites", (int64_t)d->n);
	br_json_number(json, "visited", (int64_t)progress.visited);
	br_json_number(json, "to_visit", (int64_t)progress.to_visit);
	br_json_number(json, "found", (int64_t)d->found);
	if (d->ended_at) {
		br_time_text(text, d->ended_at);
		br_json_text(json, "ended", text);
	}
	br_json_close(json, '}');
}
