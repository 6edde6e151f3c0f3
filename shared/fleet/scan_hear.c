/*
 * scan_hear.c - whatever comes in while a scan goes on, checked before it counts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/ping.h"
#include "fleet/scan_inside.h"

#include <errno.h>
#include <string.h>

static void alive(struct br_scan *scan, uint64_t index)
{
	if (br_scan_set(scan, BR_BIT_ALIVE, index))
		scan->counts.alive++;
}

static void tell(struct br_scan *scan, const union br_address *from, uint64_t index,
		 const struct br_probe *probe, const struct br_probed *said)
{
	const struct br_scanned scanned = {.address = from,
					   .index = index,
					   .profile = probe->profile,
					   .kind = probe->kind,
					   .said = said};

	alive(scan, index);
	if (br_scan_bit(scan, BR_BIT_ANSWERED, index)) {
		scan->counts.duplicates++;
		return;
	}
	/* A bare agent and an engine are not identified yet: others may still be asked. */
	if (said->seen > BR_SEEN_BARE && said->seen != BR_SEEN_ENGINE) {
		br_scan_set(scan, BR_BIT_ANSWERED, index);
		scan->counts.answered++;
	}
	scan->told(scan->user, &scanned);
}

void br_scan_came(void *user, const union br_address *from, const uint8_t *data, size_t len)
{
	struct br_scan *scan = user;
	struct br_probed said;
	uint64_t index;

	if (!br_range_find(scan->options.range, from, &index)) {
		scan->counts.strays++;
		return;
	}
	for (unsigned i = 0; i < scan->n_probes; i++) {
		const struct br_probe *probe = &scan->probes[i];

		if (probe->port != br_address_port(from))
			continue;
		br_probe_hear(probe, br_probe_id(&scan->key, from, probe), data, len, &said);
		if (said.seen != BR_SEEN_NONE) {
			tell(scan, from, index, probe, &said);
			return;
		}
	}
	scan->counts.strays++;
}

void br_scan_echoed(void *user, const union br_address *from, const uint8_t *data, size_t len)
{
	struct br_scan *scan = user;
	bool raw = scan->raw[from->any.sa_family == AF_INET6 ? BR_LANE_PING6 : BR_LANE_PING4];
	uint64_t index;

	if (br_range_find(scan->options.range, from, &index) &&
	    br_ping_hear(&scan->key, from, raw, data, len))
		alive(scan, index);
	else if (!raw) /* a raw socket hears other people's echoes too */
		scan->counts.strays++;
}

/* Only a closed port is the word of the address itself; "no route" is somebody else's. */
void br_scan_refused(void *user, const union br_address *to, int code)
{
	struct br_scan *scan = user;
	uint64_t index;

	if (code != ECONNREFUSED || br_address_port(to) == 0 ||
	    !br_range_find(scan->options.range, to, &index))
		return;
	alive(scan, index);
	if (br_scan_set(scan, BR_BIT_REFUSED, index))
		scan->counts.refused++;
}
