/*
 * fleet_half_test.c - what was learned of a printer, and what ends it: half a reading, a
 * counter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/inside.h"
#include "fleet/pair.h"

#include <string.h>

/* Also where the host has the answers: it is told that what was learned before still holds. */
TEST(half_a_reading_does_not_replace_a_whole_one)
{
	for (int keep = 0; keep < 2; keep++) {
		size_t learned;

		open_street((struct br_fleet_options){.keep = keep});
		ask(BR_WANT_FULL);
		learned = told[0].learned_len;
		CHECK(learned > 0);
		street.profile.timeout_ms = 1000;
		street.profile.deadline_ms = 60;
		houses[0].heard = 0;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
		turn_until(2);
		houses[0].deaf = 1000;
		street_run(&street);
		CHECK_INT(told[0].partial, true);
		CHECK_INT(told[0].learned_len, learned);
		houses[0].deaf = 0;
		street.profile.deadline_ms = 10000;
		ask(BR_WANT_STATUS);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(told[0].done, BR_WANT_STATUS);
		street_close(&street);
	}
}

/* Its daily full reading breaks off after two answers. */
static void ask_half(void)
{
	street.profile.timeout_ms = 1000;
	street.profile.deadline_ms = 60;
	houses[0].heard = 0;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	turn_until(2);
	houses[0].deaf = 1000;
	street_run(&street);
	CHECK_INT(told[0].partial, true);
	houses[0].deaf = 0;
	street.profile.deadline_ms = 10000;
}

/* What was told last is the half one: it is that which the next glance must not be "the same"
 * as. */
TEST(after_half_a_reading_the_next_glance_is_told)
{
	for (int keep = 0; keep < 2; keep++) {
		open_street((struct br_fleet_options){.keep = keep});
		ask(BR_WANT_FULL);
		ask(BR_WANT_STATUS);
		ask(BR_WANT_STATUS);
		CHECK_INT(told[0].same, true);
		ask_half();
		for (int again = 0; again < 2; again++) {
			ask(BR_WANT_STATUS);
			CHECK_INT(told[0].done, BR_WANT_STATUS);
			CHECK_INT(told[0].same, again);
		}
		street_close(&street);
	}
}

TEST(half_a_reading_of_another_printer_ends_what_was_learned)
{
	for (int keep = 0; keep < 2; keep++) {
		open_street((struct br_fleet_options){.keep = keep});
		houses[0].uptime_add = 500000;
		ask(BR_WANT_FULL);
		houses[0].uptime_add = 2000; /* was switched on just now */
		told[0].printer->glanced_ms -= 3600 * 1000;
		ask_half();
		CHECK_INT(told[0].learned_len, 0);
		ask(BR_WANT_STATUS);
		CHECK_INT(told[0].done, BR_WANT_FULL);
		street_close(&street);
	}
}

/* Why its next status reading was read in full; "" where it was none. */
static const char *why_full(uint32_t changes)
{
	houses[0].changes = changes;
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].status, BR_OK);
	return told[0].done == BR_WANT_STATUS ? "" : told[0].stale_because;
}

TEST(a_counter_of_changes_that_moves_by_itself_is_not_believed_all_day)
{
	uint32_t changes = 100;

	for (int keep = 0; keep < 2; keep++) {
		open_street((struct br_fleet_options){.keep = keep});
		street.profile.timeout_ms = 1000;
		for (int day = 0; day < 2; day++) {
			ask(BR_WANT_FULL);
			for (int i = 0; i < 3; i++)
				CHECK_STR(why_full(++changes), "config-changes");
			for (int i = 0; i < 3; i++)
				CHECK_STR(why_full(++changes), "");
		}
		street_close(&street);
	}
}

/* Three times running, that is. */
TEST(another_reason_between_begins_the_count_anew)
{
	uint32_t changes = 100;

	open_street((struct br_fleet_options){.keep = true});
	street.profile.timeout_ms = 1000;
	houses[0].uptime_add = 500000;
	ask(BR_WANT_FULL);
	for (int i = 0; i < 4; i++) {
		CHECK_STR(why_full(++changes), i == 2 ? "restarted" : "config-changes");
		if (i == 1) {
			houses[0].uptime_add = 2000;
			told[0].printer->glanced_ms -= 3600 * 1000;
		}
	}
	CHECK_INT(told[0].printer->moves, 1);
	street_close(&street);
}

TEST(a_configuration_that_changes_now_and_then_is_believed)
{
	open_street((struct br_fleet_options){.keep = true});
	street.profile.timeout_ms = 1000;
	ask(BR_WANT_FULL);
	for (uint32_t i = 1; i < 8; i++) {
		CHECK_STR(why_full(100 + i), "config-changes");
		CHECK_STR(why_full(100 + i), "");
	}
	street_close(&street);
}
