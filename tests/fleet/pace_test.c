/*
 * pace_test.c - who may send when, by a clock that the test turns.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/pace.h"

#include "check.h"

#include <string.h>

static const struct br_siphash_key key = {1, 2};
static struct br_pacer pacer;

static union br_address v4(uint32_t address)
{
	union br_address to = {.v4 = {.sin_family = AF_INET}};

	to.v4.sin_addr.s_addr = htonl(address);
	return to;
}

static union br_address v6(uint8_t net, uint8_t host)
{
	union br_address to = {.v6 = {.sin6_family = AF_INET6}};

	to.v6.sin6_addr.s6_addr[7] = net;
	to.v6.sin6_addr.s6_addr[15] = host;
	return to;
}

/* Sends from whatever lane may, as long as one may; how many. */
static unsigned drain(struct br_lane *only)
{
	struct br_lane *lane;
	unsigned n = 0;

	while ((lane = br_pacer_sender(&pacer)) && n < 100000) {
		CHECK(!only || lane == only);
		br_pacer_spend(&pacer, lane);
		br_pacer_settle(&pacer, lane);
		n++;
	}
	return n;
}

TEST(a_subnet_is_a_24_or_a_64)
{
	union br_address a = v4(0xc0000201), b = v4(0xc00002fe), c = v4(0xc0000301);
	union br_address d = v6(1, 1), e = v6(1, 2), f = v6(2, 1);
	struct br_lane *lane;

	br_pacer_init(&pacer, 10, &key);
	lane = br_pacer_enter(&pacer, &a);
	CHECK(br_pacer_enter(&pacer, &b) == lane);
	CHECK(br_pacer_enter(&pacer, &c) != lane);
	CHECK_INT(pacer.n_lanes, 2);
	lane = br_pacer_enter(&pacer, &d);
	CHECK(br_pacer_enter(&pacer, &e) == lane);
	CHECK(br_pacer_enter(&pacer, &f) != lane);
	CHECK_INT(pacer.n_lanes, 4);
	br_pacer_clear(&pacer);
	br_pacer_init(&pacer, 0, &key);
	lane = br_pacer_enter(&pacer, &a);
	CHECK(br_pacer_enter(&pacer, &f) == lane);
	br_pacer_clear(&pacer);
}

TEST(so_many_a_second_and_no_more)
{
	static const unsigned paces[] = {1, 7, 50, 1000, 30000};
	union br_address a = v4(0xc0000201);

	for (size_t i = 0; i < sizeof paces / sizeof paces[0]; i++) {
		struct br_ring waiting;
		struct br_lane *lane;
		unsigned sent = 0, pace = paces[i];

		br_pacer_init(&pacer, pace, &key);
		lane = br_pacer_enter(&pacer, &a);
		br_ring_init(&waiting);
		br_pacer_clock(&pacer, 100000);
		br_ring_append(&lane->send, &waiting);
		br_pacer_settle(&pacer, lane);
		for (int64_t now = 100000; now < 110000; now += 1 + now % 3) {
			br_pacer_clock(&pacer, now);
			sent += drain(lane);
			CHECK(br_pacer_next_ms(&pacer) > now);
		}
		/* Ten seconds' worth, what is made good of a late start, and the first. */
		CHECK(sent <= 10 * pace + pace / 100 + 1);
		CHECK(sent + pace / 100 + 2 >= 10 * pace);
		br_pacer_clear(&pacer);
	}
}

TEST(what_was_not_used_is_not_made_good_later)
{
	union br_address a = v4(0xc0000201);
	struct br_ring waiting;
	struct br_lane *lane;

	br_pacer_init(&pacer, 100, &key);
	lane = br_pacer_enter(&pacer, &a);
	br_ring_init(&waiting);
	br_pacer_clock(&pacer, 1000000);
	br_ring_append(&lane->send, &waiting);
	br_pacer_settle(&pacer, lane);
	CHECK(drain(lane) <= 2);
	br_pacer_clock(&pacer, 2000000); /* a quarter of an hour later */
	CHECK(drain(lane) <= 2);
	br_pacer_clear(&pacer);
}

TEST(a_subnet_that_rests_is_in_nobodys_way)
{
	union br_address a = v4(0xc0000201), b = v4(0xc0000301);
	struct br_ring waiting[2];
	struct br_lane *one, *other;

	br_pacer_init(&pacer, 10, &key);
	br_pacer_clock(&pacer, 1000);
	one = br_pacer_enter(&pacer, &a);
	other = br_pacer_enter(&pacer, &b);
	br_ring_init(&waiting[0]);
	br_ring_init(&waiting[1]);
	br_ring_append(&one->send, &waiting[0]);
	br_pacer_settle(&pacer, one);
	drain(one);
	CHECK(br_pacer_sender(&pacer) == NULL);
	br_ring_append(&other->send, &waiting[1]);
	br_pacer_settle(&pacer, other);
	CHECK(drain(other) > 0);
	CHECK(br_pacer_next_ms(&pacer) <= 1101);
	br_pacer_clear(&pacer);
}

TEST(lanes_take_turns_and_those_who_send_go_before_those_who_start)
{
	union br_address a = v4(0xc0000201), b = v4(0xc0000301);
	struct br_ring sends, starts[2];
	struct br_lane *one, *other;

	br_pacer_init(&pacer, 1000000, &key);
	br_pacer_clock(&pacer, 1000);
	one = br_pacer_enter(&pacer, &a);
	other = br_pacer_enter(&pacer, &b);
	br_ring_init(&sends);
	for (int i = 0; i < 2; i++)
		br_ring_init(&starts[i]);
	br_ring_append(&one->line, &starts[0]);
	br_ring_append(&other->line, &starts[1]);
	br_pacer_settle(&pacer, one);
	br_pacer_settle(&pacer, other);
	CHECK(br_pacer_sender(&pacer) == NULL);
	CHECK(br_pacer_starter(&pacer) == one);
	CHECK(br_pacer_starter(&pacer) == other);
	CHECK(br_pacer_starter(&pacer) == one);
	/* Something of the first lane waits to be sent: nothing of it starts. */
	br_ring_append(&one->send, &sends);
	br_pacer_settle(&pacer, one);
	CHECK(br_pacer_sender(&pacer) == one);
	CHECK(br_pacer_starter(&pacer) == other);
	CHECK(br_pacer_starter(&pacer) == other);
	br_pacer_clear(&pacer);
}

TEST(a_lane_is_gone_with_its_last_printer)
{
	br_pacer_init(&pacer, 5, &key);
	for (uint32_t i = 0; i < 1000; i++) {
		union br_address a = v4(0x0a000001u + (i << 8));

		CHECK(br_pacer_enter(&pacer, &a) != NULL);
		CHECK(br_pacer_enter(&pacer, &a) != NULL);
	}
	CHECK_INT(pacer.n_lanes, 1000);
	for (uint32_t i = 0; i < 1000; i++) {
		union br_address a = v4(0x0a000001u + (i << 8));
		struct br_lane *lane = br_pacer_enter(&pacer, &a);

		for (int k = 0; k < 3; k++)
			br_pacer_leave(&pacer, lane);
		CHECK_INT(pacer.n_lanes, 999 - i);
	}
	br_pacer_clear(&pacer);
}
