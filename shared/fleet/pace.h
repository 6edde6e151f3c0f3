/*
 * pace.h - who may send next: one lane for each subnet, so many datagrams a second in each.
 *
 * Two things wait in a lane: conversations that have something to send, which go first, and
 * printers whose turn has not come, which start when nothing of the lane waits to be sent and
 * there is room for them. So a subnet never has more conversations under way than its pace
 * feeds, and those do not take the room of others. Lanes take turns; one that has used up its
 * pace is in nobody's way. Without pacing there is one lane for all.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PACE_H
#define BR_FLEET_PACE_H

#include "fleet/heap.h"
#include "fleet/ring.h"
#include "fleet/siphash.h"
#include "link/address.h"

enum { BR_SUBNET_OCTETS = 8 };

struct br_lane {
	struct br_ring turn;       /* among the lanes that may send, or start */
	struct br_ring send, line; /* who waits */
	struct br_heap_node rest;  /* until when its pace is used up */
	int64_t free_ns;
	struct br_lane *chain; /* of the same bucket */
	unsigned printers;
	uint8_t subnet[BR_SUBNET_OCTETS];
};

struct br_pacer {
	unsigned pace; /* datagrams a second; 0: none */
	struct br_siphash_key key;
	struct br_ring senders, starters; /* lanes whose turn it may be */
	struct br_heap resting;
	struct br_lane **buckets;
	size_t n_buckets, n_lanes;
	int64_t now_ns;
};

void br_pacer_init(struct br_pacer *pacer, unsigned pace, const struct br_siphash_key *key);
void br_pacer_clear(struct br_pacer *pacer); /* lanes too */

/* The lane of an address, for one printer more; NULL: no memory. Give it back as often. */
struct br_lane *br_pacer_enter(struct br_pacer *pacer, const union br_address *address);
void br_pacer_leave(struct br_pacer *pacer, struct br_lane *lane);

/* Time goes on: lanes that have rested may send again. */
void br_pacer_clock(struct br_pacer *pacer, int64_t now_ms);

/* What was put into lane->send or lane->line, or taken out, or spent: its place is found anew.
 */
void br_pacer_settle(struct br_pacer *pacer, struct br_lane *lane);

/* A datagram goes out. */
void br_pacer_spend(struct br_pacer *pacer, struct br_lane *lane);

/* The lane whose turn it is, NULL: none. It is then the last in turn. */
struct br_lane *br_pacer_sender(struct br_pacer *pacer);
struct br_lane *br_pacer_starter(struct br_pacer *pacer);

/* When the next lane has rested; INT64_MAX: none rests. */
int64_t br_pacer_next_ms(const struct br_pacer *pacer);

#endif
