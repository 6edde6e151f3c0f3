/*
 * fleet_test.c - many printers, one thread: who is asked, how often, and what is told.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/fleet.h"

#include "check.h"
#include "fleet/street.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MANY = 40 };

static struct street street;
static struct house houses[MANY];
static struct told told[MANY];

static void open_street(struct br_fleet_options options, size_t n)
{
	memset(told, 0, sizeof told);
	for (size_t i = 0; i < n; i++)
		house_open(&houses[i], (unsigned)i % 3, (unsigned)i + 1);
	street_open(&street, options, houses, n);
	for (size_t i = 0; i < n; i++)
		street_add(&street, &told[i], &houses[i]);
}

static void ask_all(enum br_want want)
{
	for (size_t i = 0; i < street.n; i++)
		br_fleet_ask(street.fleet, told[i].printer, want);
}

static struct br_fleet_health health(void)
{
	struct br_fleet_health now;

	br_fleet_health(street.fleet, &now);
	return now;
}

/* What one of these printers costs when it is asked alone. */
static unsigned alone(void)
{
	unsigned questions;

	open_street((struct br_fleet_options){0}, 1);
	ask_all(BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].times, 1);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].readings, 1);
	CHECK_INT(told[0].partial, false);
	CHECK_INT(told[0].questions, houses[0].heard);
	questions = told[0].questions;
	street_close(&street);
	return questions;
}

TEST(each_printer_is_read_once_and_costs_what_it_costs_alone)
{
	static const struct {
		const char *name;
		struct br_fleet_options options;
	} rows[] = {{"as it is", {0}},
		    {"a window of one", {.in_flight = 1}},
		    {"a window of seven", {.in_flight = 7}},
		    {"paced", {.pace = 20000}},
		    {"paced, a window of two", {.pace = 20000, .in_flight = 2}},
		    {"a small buffer", {.receive_buffer = 4096}}};
	unsigned each = alone();

	for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
		check_case(rows[row].name);
		open_street(rows[row].options, MANY);
		street.profile.timeout_ms =
			1000; /* nothing is lost here, but machines are slow */
		ask_all(BR_WANT_FULL);
		CHECK_INT(health().in_line, MANY);
		street_run(&street);
		for (size_t i = 0; i < MANY; i++) {
			CHECK_INT(told[i].times, 1);
			CHECK_INT(told[i].status, BR_OK);
			CHECK_INT(told[i].readings, 1);
			CHECK_INT(told[i].questions, each);
			CHECK_INT(houses[i].heard, each);
		}
		CHECK_INT(health().questions, each * MANY);
		CHECK_INT(health().answers, each * MANY);
		CHECK_INT(health().readings, MANY);
		CHECK_INT(health().in_line, 0);
		CHECK_INT(health().in_flight, 0);
		CHECK_INT(health().strays, 0);
		CHECK(br_fleet_next_ms(street.fleet) == INT64_MAX);
		street_close(&street);
	}
}

TEST(no_more_are_in_flight_than_the_window)
{
	open_street((struct br_fleet_options){.in_flight = 3}, 12);
	street.profile.timeout_ms = 5000;
	for (size_t i = 0; i < 12; i++)
		houses[i].hold = true;
	CHECK_INT(health().window, 3);
	ask_all(BR_WANT_FULL);
	for (int turn = 0; turn < 50; turn++) {
		unsigned asked = 0;

		street_turn(&street);
		for (size_t i = 0; i < 12; i++)
			asked += houses[i].heard > 0;
		CHECK(asked <= 3);
		CHECK(health().in_flight <= 3);
	}
	street_close(&street);
}

TEST(the_window_is_what_the_granted_buffer_holds)
{
	open_street((struct br_fleet_options){.receive_buffer = 64 * 1024}, 1);
	CHECK(health().receive_buffer >= 64 * 1024 && health().receive_buffer < 128 * 1024);
	CHECK_INT(health().window, health().receive_buffer / 4 * 3 / 2662);
	street_close(&street);
	open_street((struct br_fleet_options){.in_flight = 1000000}, 1);
	CHECK(health().window <= health().receive_buffer / 4 * 3 / 2662);
	street_close(&street);
}

TEST(one_socket_a_family_and_none_before_it_is_needed)
{
	struct house ours[2];
	struct br_fleet_health now;

	house_open(&ours[0], 0, 1);
	street_open(&street, (struct br_fleet_options){0}, ours, 1);
	CHECK_INT(health().receive_buffer, 0);
	CHECK_INT(health().send_buffer, 0);
	street_add(&street, &told[0], &ours[0]);
	now = health();
	CHECK(now.receive_buffer > 0);
	CHECK(now.send_buffer > 0);
	street_add(&street, &told[1], &ours[0]);
	CHECK_INT(health().receive_buffer, now.receive_buffer);
	house_open_v6(&ours[1]);
	street.n = 2;
	street_add(&street, &told[1], &ours[1]);
	CHECK_INT(health().receive_buffer, 2 * now.receive_buffer);
	CHECK_INT(health().send_buffer, 2 * now.send_buffer);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	br_fleet_ask(street.fleet, told[1].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[1].status, BR_OK);
	street_close(&street);
}

TEST(a_silent_printer_is_asked_as_often_as_the_profile_says)
{
	for (unsigned retries = 0; retries < 4; retries++) {
		open_street((struct br_fleet_options){0}, 2);
		street.profile.retries = retries;
		houses[0].deaf = 1000;
		ask_all(BR_WANT_FULL);
		street_run(&street);
		CHECK_INT(told[0].status, BR_E_TIMEOUT);
		CHECK_INT(told[0].questions, retries + 1);
		CHECK_INT(told[0].silences, retries + 1);
		CHECK_INT(houses[0].heard, retries + 1);
		CHECK_STR(told[0].error, "no answer");
		CHECK_INT(told[1].status, BR_OK);
		CHECK_INT(health().failed, 1);
		street_close(&street);
	}
}

/* Once more after a pause, and no more: hours of patience are for those that are silent. */
TEST(a_closed_port_is_told_soon)
{
	open_street((struct br_fleet_options){0}, 3);
	street.profile.timeout_ms = 3600000;
	street.profile.deadline_ms = 3600000;
	house_shut(&houses[1]);
	ask_all(BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[2].status, BR_OK);
	CHECK_INT(told[1].status, BR_E_NETWORK);
	CHECK_INT(told[1].questions, 2);
	CHECK(strstr(told[1].error, "nothing listens"));
	CHECK_INT(health().unreachable, 2);
	street_close(&street);
}

/* Each refusal makes the next call on the socket fail, whatever that is about. */
TEST(many_closed_ports_are_not_blamed_on_those_that_answer)
{
	enum { CLOSED = 400 };
	static struct told refused[CLOSED];
	static struct house shut[CLOSED];
	unsigned n = 0;

	memset(refused, 0, sizeof refused);
	open_street((struct br_fleet_options){0}, 10);
	street.profile.timeout_ms = 1000;
	for (int i = 0; i < CLOSED; i++) {
		house_open(&shut[i], 7, 1 + (unsigned)i % 250);
		house_shut(&shut[i]);
		street_add(&street, &refused[i], &shut[i]);
		br_fleet_ask(street.fleet, refused[i].printer, BR_WANT_FULL);
		if (i % 40 == 20)
			br_fleet_ask(street.fleet, told[i / 40].printer, BR_WANT_FULL);
	}
	street_run(&street);
	for (int i = 0; i < CLOSED; i++)
		n += refused[i].status == BR_E_NETWORK;
	CHECK_INT(n, CLOSED);
	for (int i = 0; i < 10; i++) {
		CHECK_INT(told[i].status, BR_OK);
		CHECK_INT(told[i].partial, false);
	}
	street_close(&street);
	for (int i = 0; i < CLOSED; i++)
		house_close(&shut[i]);
}

TEST(a_late_answer_to_an_earlier_attempt_counts)
{
	open_street((struct br_fleet_options){0}, 1);
	ask_all(BR_WANT_FULL);
	while (houses[0].heard < 2) /* the first keys are known, and a question is out */
		street_turn(&street);
	houses[0].hold = true;
	unsigned before = houses[0].heard;
	while (houses[0].heard < before + 2)
		street_turn(&street);
	houses[0].hold = false;
	house_release(&houses[0]); /* one answer to two datagrams */
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, false);
	CHECK_INT(told[0].silences, 1);
	street_close(&street);
}

TEST(answers_that_come_twice_are_used_once)
{
	unsigned each = alone();

	open_street((struct br_fleet_options){0}, 5);
	street.profile.timeout_ms = 1000;
	for (int i = 0; i < 5; i++)
		houses[i].twice = true;
	ask_all(BR_WANT_FULL);
	street_run(&street);
	for (int i = 0; i < 5; i++)
		CHECK_INT(told[i].questions, each);
	CHECK_INT(health().answers, 5 * each);
	street_close(&street);
}

TEST(two_printers_at_one_address_are_asked_one_after_the_other)
{
	static struct told twin;
	unsigned each = alone(), most = 0;

	memset(&twin, 0, sizeof twin);
	open_street((struct br_fleet_options){0}, 2);
	street.profile.timeout_ms = 1000;
	street_add(&street, &twin, &houses[0]);
	br_fleet_ask(street.fleet, twin.printer, BR_WANT_FULL);
	ask_all(BR_WANT_FULL);
	while (br_fleet_busy(street.fleet)) {
		street_turn(&street);
		if (health().in_flight > most)
			most = health().in_flight;
	}
	CHECK(most <= 2);
	CHECK_INT(twin.times, 1);
	CHECK_INT(told[0].times, 1);
	CHECK_INT(twin.status, BR_OK);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(houses[0].heard, 2 * each);
	CHECK_INT(health().strays, 0);
	street_close(&street);
}

TEST(one_behind_another_can_be_cancelled_and_removed)
{
	static struct told twins[3];

	open_street((struct br_fleet_options){0}, 1);
	houses[0].hold = true;
	memset(twins, 0, sizeof twins);
	ask_all(BR_WANT_FULL);
	for (int i = 0; i < 3; i++) {
		street_add(&street, &twins[i], &houses[0]);
		br_fleet_ask(street.fleet, twins[i].printer, BR_WANT_FULL);
	}
	street_turn(&street);
	street_turn(&street);
	CHECK_INT(health().in_flight, 1);
	br_fleet_cancel(street.fleet, twins[0].printer);
	br_fleet_remove(street.fleet, twins[1].printer);
	br_fleet_remove(street.fleet, told[0].printer); /* the one in front */
	houses[0].hold = false;
	street_run(&street);
	CHECK_INT(told[0].times + twins[0].times + twins[1].times, 0);
	CHECK_INT(twins[2].times, 1);
	CHECK_INT(twins[2].status, BR_OK);
	street_close(&street);
}

TEST(whoever_is_cancelled_or_removed_in_flight_is_not_told)
{
	open_street((struct br_fleet_options){.in_flight = 10}, 20);
	for (int i = 0; i < 20; i++)
		houses[i].hold = i % 2;
	ask_all(BR_WANT_FULL);
	street_turn(&street);
	for (int i = 0; i < 20; i += 4) {
		br_fleet_cancel(street.fleet, told[i].printer);
		br_fleet_remove(street.fleet, told[i + 1].printer);
	}
	for (int i = 0; i < 20; i++) {
		houses[i].hold = false;
		if (houses[i].held_len)
			house_release(&houses[i]); /* what was on its way comes all the same */
	}
	street_run(&street);
	for (int i = 0; i < 20; i++)
		CHECK_INT(told[i].times, i % 4 > 1);
	CHECK_INT(health().printers, 15);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	street_close(&street);
}

TEST(closing_in_mid_flight_calls_nobody)
{
	for (int turns = 0; turns < 12; turns++) {
		unsigned before = 0, after = 0;

		open_street((struct br_fleet_options){.in_flight = 5}, 10);
		houses[3].deaf = 5;
		ask_all(BR_WANT_FULL);
		for (int i = 0; i < turns; i++)
			street_turn(&street);
		for (int i = 0; i < 10; i++)
			before += told[i].times;
		street_close(&street);
		for (int i = 0; i < 10; i++)
			after += told[i].times;
		CHECK_INT(after, before);
	}
	br_fleet_close(NULL);
}

static void ask_once_more(struct told *one, const struct br_fleet_result *result)
{
	if (one->times < 3)
		br_fleet_ask(street.fleet, result->printer, BR_WANT_FULL);
}

static void remove_self(struct told *one, const struct br_fleet_result *result)
{
	(void)one;
	br_fleet_ask(street.fleet, result->printer, BR_WANT_FULL);
	br_fleet_remove(street.fleet, result->printer);
}

static void remove_next_and_add(struct told *one, const struct br_fleet_result *result)
{
	struct told *next = one + 1;

	(void)result;
	if (next->printer) {
		br_fleet_remove(street.fleet, next->printer);
		street_add(&street, next, &houses[next - told]);
		br_fleet_ask(street.fleet, next->printer, BR_WANT_FULL);
	}
}

TEST(whoever_is_told_may_ask_add_and_remove)
{
	open_street((struct br_fleet_options){0}, 8);
	street.profile.timeout_ms = 1000;
	told[0].then = ask_once_more;
	told[1].then = remove_self;
	told[4].then = remove_next_and_add;
	ask_all(BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].times, 3);
	CHECK_INT(told[1].times, 1);
	CHECK_INT(told[4].times, 1);
	CHECK_INT(told[5].times, 1);
	CHECK_INT(told[5].status, BR_OK);
	CHECK_INT(health().printers, 7);
	street_close(&street);
}

TEST(the_deadline_ends_it_with_what_came)
{
	open_street((struct br_fleet_options){0}, 2);
	street.profile.timeout_ms = 1000;
	street.profile.deadline_ms = 60;
	ask_all(BR_WANT_FULL);
	while (houses[0].heard < 2)
		street_turn(&street);
	houses[0].deaf = 1000;
	houses[1].deaf = 1000;
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, true);
	CHECK_INT(told[0].learned_len, 0); /* half a reading teaches nothing */
	street_close(&street);
	open_street((struct br_fleet_options){0}, 1);
	street.profile.timeout_ms = 1000;
	street.profile.deadline_ms = 30;
	houses[0].deaf = 1000;
	ask_all(BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].status, BR_E_TIMEOUT);
	CHECK_STR(told[0].error, "no answer before the deadline");
	street_close(&street);
}

TEST(asking_twice_is_asking_once_and_full_wins)
{
	unsigned each = alone();

	open_street((struct br_fleet_options){0}, 1);
	street.profile.timeout_ms = 1000;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	street_turn(&street);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].times, 1);
	CHECK_INT(houses[0].heard, each);
	/* In line, then in flight as a status reading. */
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK_INT(houses[0].heard, 2 * each);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	street_turn(&street);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK_INT(told[0].times, 3);
	street_close(&street);
}
