/*
 * scan.c - opens a scan, fills batches as fast as it may, and knows when it is over.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "base/random.h"
#include "fleet/ping.h"
#include "fleet/scan_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BATCHES_AT_ONCE = 8, /* then the host's other work has its turn */
	BURST_MS = 100,      /* most that pacing catches up at once */
	USUAL_WAIT_MS = 1000,
	RETRY_MS = 1,
	GATE_MS = 20,
};

bool br_scan_bit(const struct br_scan *scan, enum br_bit bit, uint64_t index)
{
	return scan->bits[bit][index / 8] >> (index % 8) & 1;
}

bool br_scan_set(struct br_scan *scan, enum br_bit bit, uint64_t index)
{
	if (br_scan_bit(scan, bit, index))
		return false;
	scan->bits[bit][index / 8] |= (uint8_t)(1u << (index % 8));
	return true;
}

static enum br_status add_probe(struct br_scan *scan, struct br_round *round,
				enum br_probe_kind kind, unsigned profile, struct br_error *err)
{
	unsigned i = 0;
	enum br_status status;

	while (i < scan->n_probes &&
	       (scan->probes[i].kind != kind || scan->probes[i].profile != profile))
		i++;
	if (i == scan->n_probes) {
		if (i >= BR_SCAN_PROBES)
			return br_fail(err, BR_E_LIMIT, "too many profiles");
		status = br_probe_make(&scan->probes[i], kind, &scan->options.profiles[profile],
				       err);
		if (status != BR_OK)
			return status;
		scan->probes[i].profile = (uint8_t)profile;
		scan->probes[i].number = (uint8_t)i;
		scan->n_probes++;
	}
	round->probes[round->n_probes++] = (uint8_t)i;
	return BR_OK;
}

/* One pass with one profile. */
static enum br_status plan_round(struct br_scan *scan, unsigned profile, unsigned pass,
				 struct br_error *err)
{
	struct br_round *round = &scan->rounds[scan->n_rounds];
	enum br_status status = BR_OK;

	*round = (struct br_round){.ping = profile == 0 && pass == 0 &&
					   scan->options.ping == BR_PING_AUTO,
				   .only_alive = scan->options.ping == BR_PING_ONLY};
	switch (scan->options.profiles[profile].version) {
	case BR_SNMP_V1:
		status = add_probe(scan, round, BR_PROBE_V1, profile, err);
		break;
	case BR_SNMP_V2C:
		status = add_probe(scan, round, BR_PROBE_V2C, profile, err);
		if (status == BR_OK && pass > 0)
			status = add_probe(scan, round, BR_PROBE_V1, profile, err);
		break;
	case BR_SNMP_V3:
		status = add_probe(scan, round, BR_PROBE_ENGINE, profile, err);
		break;
	}
	scan->n_rounds++;
	return status;
}

/* Who is there needs no password: one v3 profile asks for all of them. */
static bool is_later_v3(const struct br_scan_options *options, unsigned profile)
{
	if (options->profiles[profile].version != BR_SNMP_V3)
		return false;
	for (unsigned i = 0; i < profile; i++)
		if (options->profiles[i].version == BR_SNMP_V3 &&
		    options->profiles[i].port == options->profiles[profile].port)
			return true;
	return false;
}

static enum br_status plan(struct br_scan *scan, struct br_error *err)
{
	const struct br_scan_options *options = &scan->options;

	if (options->ping == BR_PING_ONLY)
		for (unsigned pass = 0; pass < options->passes; pass++)
			scan->rounds[scan->n_rounds++] = (struct br_round){.ping = true};
	scan->one_port = true;
	for (unsigned i = 0; i < options->n_profiles; i++) {
		if (options->profiles[i].port != options->profiles[0].port)
			scan->one_port = false;
		for (unsigned pass = 0; pass < options->passes; pass++) {
			enum br_status status = BR_OK;

			if (!is_later_v3(options, i))
				status = plan_round(scan, i, pass, err);
			if (status != BR_OK)
				return status;
		}
	}
	return BR_OK;
}

static enum br_status open_lane(struct br_scan *scan, int which, int fd, struct br_error *err)
{
	struct br_lane *lane = &scan->lanes[which];
	bool ping = which == BR_LANE_PING4 || which == BR_LANE_PING6;
	struct epoll_event event = {.events = EPOLLIN};
	enum br_status status = br_lane_open(lane, fd, err);

	if (status != BR_OK)
		return status;
	lane->came = ping ? br_scan_echoed : br_scan_came;
	lane->refused = br_scan_refused;
	lane->user = scan;
	if (epoll_ctl(scan->epoll, EPOLL_CTL_ADD, lane->fd, &event) != 0)
		return br_fail(err, BR_E_NETWORK, "no epoll: %s", strerror(errno));
	return BR_OK;
}

static enum br_status open_family(struct br_scan *scan, int family, struct br_error *err)
{
	int udp = family == AF_INET6 ? BR_LANE_UDP6 : BR_LANE_UDP4;
	int ping = family == AF_INET6 ? BR_LANE_PING6 : BR_LANE_PING4, fd;
	enum br_status status = open_lane(
		scan, udp, socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), err);

	if (status != BR_OK || scan->options.ping == BR_PING_NONE)
		return status;
	fd = br_ping_open(family, &scan->raw[ping]);
	if (fd < 0 && scan->options.ping == BR_PING_AUTO)
		return BR_OK;
	if (fd < 0)
		return br_fail(err, BR_E_NETWORK,
			       "pings are not permitted here (%s); see "
			       "net.ipv4.ping_group_range",
			       strerror(errno));
	scan->counts.pings = true;
	return open_lane(scan, ping, fd, err);
}

static enum br_status open_wires(struct br_scan *scan, struct br_error *err)
{
	const struct br_range *range = scan->options.range;
	enum br_status status = BR_OK;

	scan->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (scan->epoll < 0)
		return br_fail(err, BR_E_NETWORK, "no epoll: %s", strerror(errno));
	if (range->count_v4)
		status = open_family(scan, AF_INET, err);
	if (status == BR_OK && range->count > range->count_v4)
		status = open_family(scan, AF_INET6, err);
	return status;
}

static enum br_status begin(struct br_scan *scan, struct br_error *err)
{
	size_t octets = (size_t)(scan->options.range->count / 8 + 1);
	enum br_status status;

	if (!br_random((uint8_t *)&scan->key, sizeof scan->key) ||
	    !br_random((uint8_t *)&scan->start, sizeof scan->start))
		return br_fail(err, BR_E_NETWORK, "the kernel gives no random numbers");
	for (int i = 0; i < BR_BITS; i++)
		if (!(scan->bits[i] = calloc(1, octets)))
			return br_fail(err, BR_E_MEMORY, "out of memory");
	status = plan(scan, err);
	if (status == BR_OK)
		status = open_wires(scan, err);
	if (status != BR_OK)
		return status;
	if (scan->options.resumes) {
		scan->start = scan->options.from.start;
		scan->round = scan->options.from.round;
		scan->position = scan->options.from.position;
		scan->counts.visited =
			scan->round * scan->options.range->count + scan->position;
		scan->counts.skipped = scan->counts.visited;
	}
	br_scan_order(scan);
	scan->now_ms = scan->credit_ms = br_clock_ms();
	scan->counts.started_ms = scan->now_ms;
	br_gate_open(&scan->gate, scan->now_ms);
	return BR_OK;
}

enum br_status br_scan_open(struct br_scan **out, const struct br_scan_options *options,
			    br_scan_fn told, void *user, struct br_error *err)
{
	struct br_scan *scan = calloc(1, sizeof *scan);
	enum br_status status;

	*out = NULL;
	if (!scan)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	scan->options = *options;
	scan->told = told;
	scan->user = user;
	scan->epoll = -1;
	for (int i = 0; i < BR_LANES; i++)
		br_lane_init(&scan->lanes[i]);
	if (scan->options.passes == 0)
		scan->options.passes = 2;
	if (scan->options.wait_ms == 0)
		scan->options.wait_ms = USUAL_WAIT_MS;
	if (options->n_profiles == 0 || options->n_profiles > BR_SCAN_PROFILES ||
	    scan->options.passes > BR_SCAN_PASSES_MAX)
		status = br_fail(err, BR_E_LIMIT, "at most %d profiles and %d passes",
				 BR_SCAN_PROFILES, BR_SCAN_PASSES_MAX);
	else
		status = begin(scan, err);
	if (status != BR_OK)
		br_scan_close(scan);
	else
		*out = scan;
	return status;
}

void br_scan_close(struct br_scan *scan)
{
	if (!scan)
		return;
	for (int i = 0; i < BR_LANES; i++)
		br_lane_close(&scan->lanes[i]);
	if (scan->epoll >= 0)
		close(scan->epoll);
	for (int i = 0; i < BR_BITS; i++)
		free(scan->bits[i]);
	br_gate_close(&scan->gate);
	explicit_bzero(scan, sizeof *scan); /* the probes hold communities */
	free(scan);
}

int br_scan_fd(const struct br_scan *scan)
{
	return scan->epoll;
}

static bool wanted(const struct br_scan *scan, const struct br_round *round)
{
	uint64_t at = scan->index;

	if (br_scan_bit(scan, BR_BIT_ANSWERED, at) ||
	    (scan->one_port && br_scan_bit(scan, BR_BIT_REFUSED, at)))
		return false;
	if (round->only_alive)
		return br_scan_bit(scan, BR_BIT_ALIVE, at);
	return round->n_probes || !br_scan_bit(scan, BR_BIT_ALIVE, at);
}

/* What goes to the next address of the round, into the lanes. Returns how many datagrams. */
static unsigned put(struct br_scan *scan, const struct br_round *round,
		    union br_address *address)
{
	bool v6 = address->any.sa_family == AF_INET6;
	struct br_lane *udp = &scan->lanes[v6 ? BR_LANE_UDP6 : BR_LANE_UDP4];
	struct br_lane *ping = &scan->lanes[v6 ? BR_LANE_PING6 : BR_LANE_PING4];
	unsigned n = 0;

	if (round->ping && br_lane_is_open(ping) &&
	    !br_scan_bit(scan, BR_BIT_ALIVE, scan->index)) {
		union br_address bare = *address;

		bare.v4.sin_port = 0;
		br_ping_write(&scan->key, &bare, br_lane_room(ping));
		br_lane_put(ping, BR_PING_LEN, &bare);
		n++;
	}
	for (unsigned i = 0; i < round->n_probes; i++) {
		const struct br_probe *probe = &scan->probes[round->probes[i]];

		address->v4.sin_port = htons(probe->port); /* the same place in IPv6 */
		br_probe_write(probe, br_probe_id(&scan->key, address, probe),
			       br_lane_room(udp));
		br_lane_put(udp, probe->len, address);
		n++;
	}
	return n;
}

static bool room(const struct br_scan *scan)
{
	for (int i = 0; i < BR_LANES; i++)
		if (scan->lanes[i].n + 2 > BR_LANE_BATCH)
			return false;
	return true;
}

static void next_round(struct br_scan *scan)
{
	scan->round++;
	if (scan->round < scan->n_rounds) {
		br_scan_skip_to(scan, 0);
		memset(scan->slices[scan->round % 2], 0, sizeof scan->slices[0]);
	}
}

static int64_t batch_credit(const struct br_scan *scan)
{
	int64_t datagrams = scan->options.rate / 20;

	return 1000 * (datagrams < 1               ? 1
		       : datagrams > BR_LANE_BATCH ? BR_LANE_BATCH
						   : datagrams);
}

static void earn(struct br_scan *scan)
{
	int64_t rate = scan->options.rate, passed = scan->now_ms - scan->credit_ms;
	int64_t most = rate * BURST_MS + batch_credit(scan);

	scan->credit_ms = scan->now_ms;
	scan->credit += rate * passed;
	if (scan->credit > most)
		scan->credit = most;
}

/* Fills the lanes with what may go now; false: nothing more for the moment. */
static bool fill(struct br_scan *scan)
{
	const struct br_range *range = scan->options.range;
	unsigned skipped = 0;

	scan->gated = false;
	while (scan->round < scan->n_rounds && room(scan) &&
	       (scan->options.rate == 0 || scan->credit > 0)) {
		const struct br_round *round = &scan->rounds[scan->round];
		union br_address address;

		if (scan->position >= range->count) {
			next_round(scan);
			continue;
		}
		if (!br_scan_slice_open(scan))
			break;
		if (wanted(scan, round)) {
			br_range_at(range, scan->index, 0, &address);
			scan->gated = !br_gate_pass(&scan->gate, &address, scan->now_ms);
			if (scan->gated)
				break;
			scan->credit -= 1000 * (int64_t)put(scan, round, &address);
			scan->last_sent_ms = scan->now_ms;
		} else if (++skipped > 1 << 16) {
			break;
		}
		br_scan_forward(scan);
	}
	for (int i = 0; i < BR_LANES; i++)
		if (scan->lanes[i].n)
			return true;
	return skipped > 1 << 16;
}

static bool flush(struct br_scan *scan)
{
	scan->blocked = false;
	for (int i = 0; i < BR_LANES; i++)
		if (scan->lanes[i].n && !br_lane_flush(&scan->lanes[i], scan->now_ms))
			scan->blocked = true;
	return !scan->blocked;
}

static void receive(struct br_scan *scan)
{
	for (int i = 0; i < BR_LANES; i++)
		for (int n = 0; n < BATCHES_AT_ONCE && br_lane_receive(&scan->lanes[i]); n++)
			;
}

static bool all_sent(const struct br_scan *scan)
{
	return scan->stopped || scan->round >= scan->n_rounds;
}

void br_scan_step(struct br_scan *scan)
{
	if (scan->over)
		return;
	scan->now_ms = br_clock_ms();
	earn(scan);
	receive(scan);
	for (int n = 0; n < BATCHES_AT_ONCE && flush(scan) && !all_sent(scan); n++) {
		if (scan->options.rate && scan->credit < batch_credit(scan))
			break;
		if (!fill(scan))
			break;
		flush(scan);
		receive(scan);
		scan->now_ms = br_clock_ms();
	}
	if (all_sent(scan) && !scan->blocked &&
	    scan->now_ms >= scan->last_sent_ms + (int64_t)scan->options.wait_ms) {
		scan->over = true;
		br_gate_look(&scan->gate, scan->now_ms);
	}
}

int64_t br_scan_next_ms(const struct br_scan *scan)
{
	int64_t now = scan->now_ms, slice;

	if (scan->over)
		return INT64_MAX;
	if (scan->blocked)
		return now + RETRY_MS;
	if (all_sent(scan))
		return scan->last_sent_ms + (int64_t)scan->options.wait_ms;
	slice = scan->round ? br_scan_slice_ms(scan) : 0;
	if (slice > now)
		return slice;
	if (scan->gated)
		return now + GATE_MS;
	if (scan->options.rate && scan->credit < batch_credit(scan))
		return now + 1 +
		       (batch_credit(scan) - scan->credit - 1) / (int64_t)scan->options.rate;
	return now;
}

bool br_scan_over(const struct br_scan *scan)
{
	return scan->over;
}

void br_scan_stop(struct br_scan *scan)
{
	scan->stopped = true;
	for (int i = 0; i < BR_LANES; i++)
		scan->lanes[i].n = scan->lanes[i].first = 0;
}

void br_scan_known(struct br_scan *scan, uint64_t index)
{
	if (index < scan->options.range->count && br_scan_set(scan, BR_BIT_ANSWERED, index)) {
		scan->counts.alive += br_scan_set(scan, BR_BIT_ALIVE, index);
		scan->counts.answered++;
	}
}

bool br_scan_answered(const struct br_scan *scan, uint64_t index)
{
	return br_scan_bit(scan, BR_BIT_ANSWERED, index);
}

bool br_scan_alive(const struct br_scan *scan, uint64_t index)
{
	return br_scan_bit(scan, BR_BIT_ALIVE, index);
}

void br_scan_progress(const struct br_scan *scan, struct br_scan_progress *progress)
{
	*progress = scan->counts;
	progress->round = scan->round;
	progress->rounds = scan->n_rounds;
	progress->to_visit = scan->n_rounds * scan->options.range->count;
	progress->links = scan->gate.passed > 0;
	progress->table_limit = scan->gate.table.limit;
	progress->table_overflows = scan->gate.table.overflows - scan->gate.overflows;
	for (int i = 0; i < BR_LANES; i++) {
		progress->sent += scan->lanes[i].sent;
		progress->dropped += scan->lanes[i].dropped;
		progress->unsendable += scan->lanes[i].unsendable;
		progress->waited += scan->lanes[i].waited;
	}
}
