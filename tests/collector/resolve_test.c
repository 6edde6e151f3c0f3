/*
 * resolve_test.c - names in the background: answers come with their tag, and an end does not
 * wait.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/resolve.h"

#include <poll.h>
#include <stdio.h>

static struct br_target target_of(const char *text)
{
	struct br_target target;

	CHECK_INT(br_target_parse(&target, text, NULL), BR_OK);
	return target;
}

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

	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	CHECK(!collector_resolver_take(resolver, &resolved));
	for (uint64_t i = 0; i < 20; i++) {
		struct br_target target = target_of(i % 2 ? "localhost:1161" : "127.0.0.7");

		CHECK_INT(collector_resolver_ask(resolver, &target, 100 + i, NULL), BR_OK);
	}
	for (uint64_t i = 0; i < 20; i++) {
		CHECK(wait_for(resolver, &resolved));
		CHECK_INT(resolved.tag, 100 + i);
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
	struct br_target target = target_of("no-such-host.invalid");

	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	CHECK_INT(collector_resolver_ask(resolver, &target, 1, NULL), BR_OK);
	CHECK(wait_for(resolver, &resolved));
	CHECK(resolved.status != BR_OK);
	CHECK(resolved.error.text[0] != '\0');
	collector_resolver_close(resolver);
}

TEST(closed_with_a_line_of_questions)
{
	for (unsigned round = 0; round < 20; round++) {
		struct collector_resolver *resolver;
		struct br_target target = target_of("localhost");

		CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
		for (uint64_t i = 0; i < round; i++)
			CHECK_INT(collector_resolver_ask(resolver, &target, i, NULL), BR_OK);
		collector_resolver_close(resolver);
	}
	collector_resolver_close(NULL);
}

TEST(a_line_has_an_end)
{
	struct collector_resolver *resolver;
	struct br_target target = target_of("127.0.0.7");
	enum br_status status = BR_OK;
	struct br_error err;
	unsigned n = 0;

	CHECK_INT(collector_resolver_open(&resolver, NULL), BR_OK);
	while (status == BR_OK && n < 5000) {
		status = collector_resolver_ask(resolver, &target, n, &err);
		n += status == BR_OK;
	}
	CHECK_INT(status, BR_E_LIMIT);
	CHECK_INT(n, 1024); /* those that were answered wait too */
	collector_resolver_close(resolver);
}
