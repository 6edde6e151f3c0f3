/*
 * lane.h - one socket of a scan: batches out, batches in, what ICMP says of the ones that went.
 *
 * Made for questions to strangers: a datagram that cannot be sent now (no buffer, no neighbour
 * entry) stays first in line, for ten seconds at most in which nothing goes (after that, while
 * it does not get better, for a moment each), and one that never can is counted and left. Never
 * blocks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_LANE_H
#define BR_FLEET_LANE_H

#include "fleet/probe.h"

enum { BR_LANE_BATCH = 64 };

struct br_lane_room;

struct br_lane {
	int fd; /* -1: closed */
	unsigned first, n;
	struct br_lane_room *room;
	uint64_t sent, unsendable, waited; /* waited: times the kernel had no room */
	uint64_t dropped;                  /* by the kernel on its way to us */
	uint32_t dropped_before;
	unsigned stuck;
	int64_t since_ms; /* nothing goes any more; 0: it does */
	int64_t tired_until_ms;
	void (*came)(void *user, const union br_address *from, const uint8_t *data, size_t len);
	void (*refused)(void *user, const union br_address *to, int code);
	void *user;
};

void br_lane_init(struct br_lane *lane);
/* Takes over the socket, also when it fails. */
enum br_status br_lane_open(struct br_lane *lane, int fd, struct br_error *err) BR_MUST_CHECK;
void br_lane_close(struct br_lane *lane);

bool br_lane_is_open(const struct br_lane *lane);
/* BR_PROBE_SIZE octets for the next datagram; NULL: the batch is full. Then put it. */
uint8_t *br_lane_room(struct br_lane *lane);
void br_lane_put(struct br_lane *lane, size_t len, const union br_address *to);

/* True: all of the batch is gone. False: try again in a moment. */
bool br_lane_flush(struct br_lane *lane, int64_t now_ms);
/* Errors and one batch of datagrams; true: there may be more. */
bool br_lane_receive(struct br_lane *lane);

#endif
