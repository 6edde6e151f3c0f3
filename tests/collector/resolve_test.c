/*
 * resolve_test.c - names in the background: answers come in order, and an end does not wait.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"
#include "collector/resolve.h"

#include <poll.h>
#include <stdio.h>

/* Waits for one answer, half a minute at most. */
static bool wait_for(struct collector_resolver *resolver, struct collector_resolved *resolved)
{
	struct pollfd fd = {.fd = collector_resolver_fd(resolver), .events = POLLIN};

	return poll(&fd, 1, 30000) == 1 && collector_resolver_take(resolver, resolved);
}

TEST(answers_in_order)
{
	struct collector_resolver *resolver;
	struct collector_resolved resolved;
	char users[20];

	bed_needs_localhost();
	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	CHECK(!collector_resolver_take(resolver, &resolved));
	for (uint64_t i = 0; i < 20; i++) {
		const char *target = i % 2 ? "udp:localhost:1161" : "127.0.0.7";

		CHECK_INT(collector_resolver_ask(resolver, target, &users[i], NULL), BR_OK);
	}
	for (uint64_t i = 0; i < 20; i++) {
		CHECK(wait_for(resolver, &resolved));
		CHECK(resolved.user == &users[i]);
		CHECK_INT(resolved.status, BR_OK);
		CHECK_INT(br_address_port(&resolved.address), i % 2 ? 1161 : 161);
	}
	CHECK(!collector_resolver_take(resolver, &resolved));
	collector_resolver_close(resolver);
}

TEST(a_name_that_is_none)
{
	struct collector_resolver *resolver;
	struct collector_resolved resolved = {0};

	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	CHECK_INT(collector_resolver_ask(resolver, "no-such-host.invalid", NULL, NULL), BR_OK);
	CHECK(wait_for(resolver, &resolved));
	CHECK(resolved.status != BR_OK);
	CHECK(resolved.error.text[0] != '\0');
	collector_resolver_close(resolver);
}

TEST(closed_with_a_line_of_questions)
{
	for (unsigned round = 0; round < 20; round++) {
		struct collector_resolver *resolver;

		CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
		for (uint64_t i = 0; i < round; i++)
			CHECK_INT(collector_resolver_ask(resolver, "localhost", NULL, NULL),
				  BR_OK);
		collector_resolver_close(resolver);
	}
	collector_resolver_close(NULL);
}

/* Of a fleet of names all are asked at its start: none is told that it is too late. */
TEST(a_long_line)
{
	struct collector_resolver *resolver;
	struct collector_resolved resolved;

	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	for (unsigned i = 0; i < 5000; i++)
		CHECK_INT(collector_resolver_ask(resolver, "127.0.0.7", NULL, NULL), BR_OK);
	for (unsigned i = 0; i < 5000; i++)
		CHECK(wait_for(resolver, &resolved) && resolved.status == BR_OK);
	collector_resolver_close(resolver);
}
