/*
 * discover.c - a scan and an engine in one loop.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/discover.h"

#include "base/clock.h"
#include "decode/charset.h"
#include "fleet/fleet.h"
#include "fleet/prints.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct br_discover {
	struct br_discover_options options;
	struct br_profile *profiles; /* as given, then the same in v1 */
	struct br_scan *scan;
	struct br_fleet *fleet;
	struct br_found **found;
	size_t n, cap, printers;
	uint8_t *taken; /* bits by index: there is a found one */
	bool full;
};

static bool is_taken(const struct br_discover *discover, uint64_t index)
{
	return discover->taken[index / 8] >> (index % 8) & 1;
}

static struct br_found *add(struct br_discover *discover, const union br_address *address,
			    uint64_t index)
{
	size_t cap = discover->cap ? discover->cap * 2 : 64;
	struct br_found *found;

	if (discover->n >= BR_FOUND_MAX) {
		discover->full = true;
		return NULL;
	}
	if (discover->n == discover->cap) {
		struct br_found **more =
			realloc(discover->found, cap * sizeof *discover->found);

		if (more) {
			discover->found = more;
			discover->cap = cap;
		}
	}
	found = discover->n < discover->cap ? calloc(1, sizeof *found) : NULL;
	if (!found) {
		discover->full = true;
		return NULL;
	}
	found->address = *address;
	found->index = index;
	discover->taken[index / 8] |= (uint8_t)(1u << (index % 8));
	discover->found[discover->n++] = found;
	return found;
}

static void name_target(struct br_found *found)
{
	char host[BR_FOUND_HOST_SIZE];

	br_found_host(&found->address, host, sizeof host);
	snprintf(found->target, sizeof found->target,
		 found->address.any.sa_family == AF_INET6 ? "udp:[%s]:%u" : "udp:%s:%u", host,
		 br_address_port(&found->address));
}

static void become(struct br_discover *discover, struct br_found *found,
		   enum br_found_kind kind)
{
	if (found->kind != BR_FOUND_PRINTER && kind == BR_FOUND_PRINTER)
		discover->printers++;
	if (found->kind == BR_FOUND_PRINTER && kind != BR_FOUND_PRINTER)
		discover->printers--;
	found->kind = kind;
}

static void ask(struct br_discover *discover, struct br_found *found)
{
	bool downgrade = found->version == BR_SNMP_V1 &&
			 discover->profiles[found->profile].version != BR_SNMP_V1;
	size_t which = found->profile + (downgrade ? discover->options.scan.n_profiles : 0);
	struct br_fleet_printer *printer;
	struct br_error err;

	if (discover->options.quick)
		return;
	if (br_fleet_add(discover->fleet, &found->address, &discover->profiles[which], found,
			 &printer, &err) != BR_OK) {
		snprintf(found->problem, sizeof found->problem, "%.*s",
			 (int)sizeof found->problem - 1, err.text);
		return;
	}
	br_fleet_ask(discover->fleet, printer, BR_WANT_FULL);
}

static void clean(char *out, size_t size, struct br_view raw)
{
	if (raw.len)
		br_charset_decode(out, size, (const uint8_t *)raw.at, raw.len,
				  BR_CHARSET_UNKNOWN);
}

static void note(struct br_discover *discover, struct br_found *found, enum br_seen seen)
{
	if (seen == BR_SEEN_PRINTER)
		become(discover, found, BR_FOUND_PRINTER);
	if (seen == BR_SEEN_BARE || seen == BR_SEEN_AGENT)
		found->kind = BR_FOUND_DEVICE;
	found->bare = seen == BR_SEEN_BARE;
	found->engine = seen == BR_SEEN_ENGINE;
}

/* Behind another port of a forwarding router stands another one. */
static bool knows_port(const struct br_discover *discover, const struct br_scanned *scanned)
{
	for (size_t i = 0; i < discover->n; i++)
		if (discover->found[i]->index == scanned->index &&
		    br_address_port(&discover->found[i]->address) ==
			    br_address_port(scanned->address))
			return true;
	return false;
}

static void heard(void *user, const struct br_scanned *scanned)
{
	struct br_discover *discover = user;
	const struct br_probed *said = scanned->said;
	bool again = is_taken(discover, scanned->index);
	struct br_found *found;

	/* A second bare answer, or an engine that was heard before, says nothing new. */
	if (again && (said->seen == BR_SEEN_BARE ||
		      (said->seen == BR_SEEN_ENGINE && knows_port(discover, scanned))))
		return;
	found = add(discover, scanned->address, scanned->index);
	if (!found)
		return;
	found->profile = scanned->profile;
	found->version = scanned->kind == BR_PROBE_ENGINE ? BR_SNMP_V3
			 : scanned->kind == BR_PROBE_V1   ? BR_SNMP_V1
							  : BR_SNMP_V2C;
	name_target(found);
	clean(found->description, sizeof found->description, said->description);
	clean(found->hostname, sizeof found->hostname, said->name);
	if (said->object_id.len)
		br_oid_format(found->object_id, sizeof found->object_id,
			      (const uint8_t *)said->object_id.at, said->object_id.len);
	note(discover, found, said->seen);
	if (br_worth_reading(discover->options.makers, said))
		ask(discover, found);
}

struct taking {
	struct br_discover *discover;
	struct br_found *found;
	bool first, claimed; /* claimed: a maker's file speaks for it */
};

static void put(char *out, size_t size, const struct br_reading *reading, br_text_at at)
{
	if (at)
		br_text_copy(out, size, br_view(br_text(reading, at)));
}

static void take(void *user, const struct br_reading *reading)
{
	struct taking *taking = user;
	struct br_found *first = taking->found, *found = first;
	const struct br_identity *who = &reading->identity;

	if (!taking->first) {
		found = add(taking->discover, &first->address, first->index);
		if (!found)
			return;
		found->profile = first->profile;
		found->version = first->version;
	}
	taking->first = false;
	found->read = true;
	found->engine = found->bare = false;
	found->device = reading->device;
	found->several = strchr(reading->target, '#') != NULL;
	br_text_copy(found->target, sizeof found->target, br_view(reading->target));
	put(found->maker, sizeof found->maker, reading, who->maker);
	put(found->model, sizeof found->model, reading, who->model);
	put(found->serial, sizeof found->serial, reading, who->serial);
	put(found->mac, sizeof found->mac, reading, who->mac);
	put(found->hostname, sizeof found->hostname, reading, who->hostname);
	put(found->location, sizeof found->location, reading, who->location);
	put(found->description, sizeof found->description, reading, who->description);
	put(found->object_id, sizeof found->object_id, reading, who->object_id);
	br_printer_key(reading, &found->key);
	become(taking->discover, found,
	       br_prints(reading, taking->claimed) ? BR_FOUND_PRINTER : BR_FOUND_DEVICE);
}

/* The next profile that could open a v3 engine at this port; n_profiles: none. */
static unsigned next_v3(const struct br_discover *discover, unsigned profile)
{
	const struct br_scan_options *scan = &discover->options.scan;
	const struct br_profile *profiles = scan->profiles;
	unsigned next = profile + 1;

	while (next < scan->n_profiles && (profiles[next].version != BR_SNMP_V3 ||
					   profiles[next].port != profiles[profile].port))
		next++;
	return next;
}

static void told(void *user, const struct br_fleet_result *result)
{
	struct br_discover *discover = user;
	struct br_found *found = result->user;
	struct taking taking = {discover, found, true, result->talk && result->talk->mib};
	struct br_target target;
	struct br_error err = {""};
	enum br_status status = br_target_parse(&target, found->target, &err);

	if (status == BR_OK)
		status = br_fleet_readings(discover->fleet, result, &target, take, &taking,
					   &err);
	br_fleet_remove(discover->fleet, result->printer);
	if (status == BR_OK) {
		br_scan_known(discover->scan, found->index);
		return;
	}
	if (found->engine &&
	    next_v3(discover, found->profile) < discover->options.scan.n_profiles) {
		found->profile = next_v3(discover, found->profile);
		ask(discover, found);
		return;
	}
	br_text_clean(found->problem, sizeof found->problem, br_view(err.text));
}

static enum br_status copy_profiles(struct br_discover *discover, struct br_error *err)
{
	const struct br_scan_options *scan = &discover->options.scan;
	size_t n = scan->n_profiles;

	discover->profiles = calloc(2 * n + 1, sizeof *discover->profiles);
	if (!discover->profiles)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	for (size_t i = 0; i < 2 * n; i++)
		discover->profiles[i] = scan->profiles[i % n];
	for (size_t i = n; i < 2 * n; i++)
		discover->profiles[i].version = BR_SNMP_V1;
	return BR_OK;
}

enum br_status br_discover_open(struct br_discover **out,
				const struct br_discover_options *options, struct br_error *err)
{
	struct br_discover *discover = calloc(1, sizeof *discover);
	const struct br_fleet_options fleet = {.makers = options->makers,
					       .pace = options->pace};
	enum br_status status;

	*out = NULL;
	if (!discover)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	discover->options = *options;
	discover->taken = calloc(1, (size_t)(options->scan.range->count / 8 + 1));
	status = discover->taken ? copy_profiles(discover, err)
				 : br_fail(err, BR_E_MEMORY, "out of memory");
	if (status == BR_OK)
		status = br_scan_open(&discover->scan, &options->scan, heard, discover, err);
	if (status == BR_OK)
		status = br_fleet_open(&discover->fleet, &fleet, told, discover, err);
	if (status != BR_OK)
		br_discover_close(discover);
	else
		*out = discover;
	return status;
}

void br_discover_close(struct br_discover *discover)
{
	if (!discover)
		return;
	if (discover->fleet)
		br_fleet_close(discover->fleet);
	br_scan_close(discover->scan);
	for (size_t i = 0; i < discover->n; i++)
		free(discover->found[i]);
	if (discover->profiles)
		explicit_bzero(discover->profiles, 2 * discover->options.scan.n_profiles *
							   sizeof *discover->profiles);
	free(discover->profiles);
	free(discover->found);
	free(discover->taken);
	free(discover);
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void br_discover_wait(struct br_discover *discover, int64_t deadline_ms)
{
	struct pollfd ready[2] = {
		{.fd = br_scan_fd(discover->scan), .events = POLLIN},
		{.fd = br_fleet_fd(discover->fleet), .events = POLLIN},
	};
	int64_t due =
		sooner(br_scan_next_ms(discover->scan), br_fleet_next_ms(discover->fleet));
	int64_t left = sooner(due, deadline_ms) - br_clock_ms();
	int timeout = left < 0 ? 0 : left > 60000 ? 60000 : (int)left;

	if (timeout > 0)
		(void)!poll(ready, 2, timeout); /* the steps see for themselves what came */
	br_scan_step(discover->scan);
	br_fleet_step(discover->fleet);
}

bool br_discover_over(const struct br_discover *discover)
{
	return br_scan_over(discover->scan) && !br_fleet_busy(discover->fleet);
}

void br_discover_stop(struct br_discover *discover)
{
	br_scan_stop(discover->scan);
}

enum br_status br_discover_again(struct br_discover *discover, const union br_address *address,
				 unsigned profile, enum br_version version,
				 struct br_error *err)
{
	struct br_found *found;
	uint64_t index;

	if (profile >= discover->options.scan.n_profiles ||
	    !br_range_find(discover->options.scan.range, address, &index))
		return br_fail(err, BR_E_ABSENT, "an address that is not in the range");
	if (is_taken(discover, index))
		return BR_OK;
	found = add(discover, address, index);
	if (!found)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	found->profile = profile;
	found->version = version;
	found->engine = version == BR_SNMP_V3;
	name_target(found);
	br_scan_known(discover->scan, index);
	ask(discover, found);
	return BR_OK;
}

const struct br_scan *br_discover_scan(const struct br_discover *discover)
{
	return discover->scan;
}

struct br_found *const *br_discover_found(const struct br_discover *discover, size_t *n,
					  bool *full)
{
	*n = discover->n;
	*full = discover->full;
	return discover->found;
}

size_t br_discover_printers(const struct br_discover *discover)
{
	return discover->printers;
}

void br_discover_settle(struct br_discover *discover)
{
	br_found_settle(discover->found, discover->n);
}
