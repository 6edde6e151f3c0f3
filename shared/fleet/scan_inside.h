/*
 * scan_inside.h - between the files of a scan; nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_SCAN_INSIDE_H
#define BR_FLEET_SCAN_INSIDE_H

#include "fleet/gate.h"
#include "fleet/lane.h"
#include "fleet/scan.h"

enum {
	BR_SCAN_PASSES_MAX = 16,
	BR_SCAN_ROUNDS = BR_SCAN_PROFILES * BR_SCAN_PASSES_MAX + BR_SCAN_PASSES_MAX,
	BR_SCAN_SLICES = 1024, /* of a round: whose times are kept */
	BR_SCAN_PROBES = 2 * BR_SCAN_PROFILES,
};

enum { BR_LANE_UDP4, BR_LANE_UDP6, BR_LANE_PING4, BR_LANE_PING6, BR_LANES };
enum br_bit { BR_BIT_ANSWERED, BR_BIT_ALIVE, BR_BIT_REFUSED, BR_BITS };

struct br_round {
	uint8_t n_probes, probes[2];
	bool ping, only_alive;
};

struct br_scan {
	struct br_scan_options options;
	br_scan_fn told;
	void *user;
	struct br_siphash_key key;
	int epoll;
	struct br_lane lanes[BR_LANES];
	bool raw[BR_LANES];
	struct br_gate gate;
	bool one_port; /* of all profiles: a refusal is then of all */
	unsigned n_probes, n_rounds;
	struct br_probe probes[BR_SCAN_PROBES];
	struct br_round rounds[BR_SCAN_ROUNDS];
	uint8_t *bits[BR_BITS];
	/* where it is */
	uint64_t start, step, index, position, slice_len;
	unsigned round;
	int64_t slices[2][BR_SCAN_SLICES]; /* of even and odd rounds: when each was sent */
	int64_t last_sent_ms, now_ms;
	bool stopped, over, blocked, gated;
	/* pacing: thousandths of a datagram */
	int64_t credit, credit_ms;
	struct br_scan_progress counts;
};

bool br_scan_bit(const struct br_scan *scan, enum br_bit bit, uint64_t index);
/* True if it was not set. */
bool br_scan_set(struct br_scan *scan, enum br_bit bit, uint64_t index);

/* scan_hear.c: what the lanes call. */
void br_scan_came(void *user, const union br_address *from, const uint8_t *data, size_t len);
void br_scan_echoed(void *user, const union br_address *from, const uint8_t *data, size_t len);
void br_scan_refused(void *user, const union br_address *to, int code);

/* scan_order.c */
void br_scan_order(struct br_scan *scan);
void br_scan_skip_to(struct br_scan *scan, uint64_t position);
/* The next of the round was dealt with. */
void br_scan_forward(struct br_scan *scan);
/* False: the next slice of addresses has not waited long enough since the round before. */
bool br_scan_slice_open(const struct br_scan *scan);
int64_t br_scan_slice_ms(const struct br_scan *scan); /* when it will have */

#endif
