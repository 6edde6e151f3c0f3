/*
 * pace.c - a lane notes when it is free again, not how many it may send: nothing is to be
 * refilled, and one that is not used costs nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/pace.h"

#include <stdlib.h>
#include <string.h>

/* A loop wakes up late: so much of what was not used in time may be made good. */
#define NS_PER_MS INT64_C(1000000)
enum { SLACK_NS = 10000000, BUCKETS_FIRST = 64 };

void br_pacer_init(struct br_pacer *pacer, unsigned pace, const struct br_siphash_key *key)
{
	*pacer = (struct br_pacer){.pace = pace, .key = *key};
	br_ring_init(&pacer->senders);
	br_ring_init(&pacer->starters);
}

void br_pacer_clear(struct br_pacer *pacer)
{
	for (size_t i = 0; i < pacer->n_buckets; i++)
		while (pacer->buckets[i]) {
			struct br_lane *lane = pacer->buckets[i];

			pacer->buckets[i] = lane->chain;
			free(lane);
		}
	free(pacer->buckets);
	br_heap_clear(&pacer->resting);
	br_pacer_init(pacer, pacer->pace, &pacer->key);
}

/* A /24, or a /64; all are one where nothing is paced. */
static void subnet_of(const struct br_pacer *pacer, const union br_address *address,
		      uint8_t subnet[BR_SUBNET_OCTETS])
{
	memset(subnet, 0, BR_SUBNET_OCTETS);
	if (pacer->pace == 0)
		return;
	if (address->any.sa_family == AF_INET6)
		memcpy(subnet, &address->v6.sin6_addr, 8);
	else
		memcpy(subnet, &address->v4.sin_addr, 3);
}

static size_t bucket_of(const struct br_pacer *pacer, const uint8_t *subnet)
{
	return br_siphash(&pacer->key, subnet, BR_SUBNET_OCTETS) & (pacer->n_buckets - 1);
}

static bool grow(struct br_pacer *pacer)
{
	size_t before = pacer->n_buckets;
	size_t n = before ? 2 * before : BUCKETS_FIRST;
	struct br_lane **old = pacer->buckets, **buckets;

	if (pacer->n_lanes < before)
		return true;
	buckets = calloc(n, sizeof *buckets);
	if (!buckets)
		return false;
	pacer->buckets = buckets;
	pacer->n_buckets = n;
	for (size_t i = 0; i < before; i++)
		for (struct br_lane *lane = old[i], *next; lane; lane = next) {
			size_t bucket = bucket_of(pacer, lane->subnet);

			next = lane->chain;
			lane->chain = buckets[bucket];
			buckets[bucket] = lane;
		}
	free(old);
	return true;
}

static struct br_lane *new_lane(struct br_pacer *pacer, const uint8_t *subnet)
{
	struct br_lane *lane;
	size_t bucket;

	if (!grow(pacer) || !br_heap_reserve(&pacer->resting, pacer->n_lanes + 1))
		return NULL;
	lane = calloc(1, sizeof *lane);
	if (!lane)
		return NULL;
	br_ring_init(&lane->turn);
	br_ring_init(&lane->send);
	br_ring_init(&lane->line);
	memcpy(lane->subnet, subnet, BR_SUBNET_OCTETS);
	bucket = bucket_of(pacer, subnet);
	lane->chain = pacer->buckets[bucket];
	pacer->buckets[bucket] = lane;
	pacer->n_lanes++;
	return lane;
}

struct br_lane *br_pacer_enter(struct br_pacer *pacer, const union br_address *address)
{
	uint8_t subnet[BR_SUBNET_OCTETS];
	struct br_lane *lane = NULL;

	subnet_of(pacer, address, subnet);
	if (pacer->n_buckets)
		lane = pacer->buckets[bucket_of(pacer, subnet)];
	while (lane && memcmp(lane->subnet, subnet, sizeof subnet) != 0)
		lane = lane->chain;
	if (!lane)
		lane = new_lane(pacer, subnet);
	if (lane)
		lane->printers++;
	return lane;
}

void br_pacer_leave(struct br_pacer *pacer, struct br_lane *lane)
{
	struct br_lane **at = &pacer->buckets[bucket_of(pacer, lane->subnet)];

	if (--lane->printers)
		return;
	while (*at != lane)
		at = &(*at)->chain;
	*at = lane->chain;
	br_ring_remove(&lane->turn);
	br_heap_remove(&pacer->resting, &lane->rest);
	free(lane);
	pacer->n_lanes--;
}

void br_pacer_settle(struct br_pacer *pacer, struct br_lane *lane)
{
	bool sends = !br_ring_empty(&lane->send);
	bool starts = !br_ring_empty(&lane->line);

	br_ring_remove(&lane->turn);
	if ((sends || starts) && lane->free_ns > pacer->now_ns) {
		br_heap_set(&pacer->resting, &lane->rest, lane->free_ns);
		return;
	}
	br_heap_remove(&pacer->resting, &lane->rest);
	if (sends)
		br_ring_append(&pacer->senders, &lane->turn);
	else if (starts)
		br_ring_append(&pacer->starters, &lane->turn);
}

void br_pacer_clock(struct br_pacer *pacer, int64_t now_ms)
{
	struct br_heap_node *first;

	pacer->now_ns = now_ms * NS_PER_MS;
	while ((first = br_heap_first(&pacer->resting)) && first->at <= pacer->now_ns)
		br_pacer_settle(pacer, BR_RING_OWNER(first, struct br_lane, rest));
}

void br_pacer_spend(struct br_pacer *pacer, struct br_lane *lane)
{
	if (pacer->pace == 0)
		return;
	if (lane->free_ns < pacer->now_ns - SLACK_NS)
		lane->free_ns = pacer->now_ns - SLACK_NS;
	lane->free_ns += (1000 * NS_PER_MS + pacer->pace - 1) / pacer->pace;
}

static struct br_lane *first_of(struct br_ring *ring)
{
	struct br_ring *first = br_ring_take(ring);

	if (!first)
		return NULL;
	br_ring_append(ring, first);
	return BR_RING_OWNER(first, struct br_lane, turn);
}

struct br_lane *br_pacer_sender(struct br_pacer *pacer)
{
	return first_of(&pacer->senders);
}

struct br_lane *br_pacer_starter(struct br_pacer *pacer)
{
	return first_of(&pacer->starters);
}

int64_t br_pacer_next_ms(const struct br_pacer *pacer)
{
	const struct br_heap_node *first = br_heap_first(&pacer->resting);

	return first ? (first->at + NS_PER_MS - 1) / NS_PER_MS : INT64_MAX;
}
