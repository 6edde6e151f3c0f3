/*
 * fleet_end_test.c - how an asking ends, and what of it is known at the next one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fleet/inside.h"
#include "fleet/pair.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

static void icmp(int code)
{
	struct br_wing *wing = &street.fleet->wings[0];

	br_flight_ears.refused(wing, &houses[0].address, code);
}

TEST(one_that_knows_v1_only_is_read_again_and_again)
{
	open_street((struct br_fleet_options){.keep = true});
	houses[0].v1_only = true;
	for (int i = 0; i < 3; i++) {
		ask(BR_WANT_FULL);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(told[0].partial, false);
		CHECK(br_learned_v1_only(
			(struct br_view){(char *)told[0].learned, told[0].learned_len}));
		CHECK_INT(told[0].silences > 0, i == 0);
	}
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	CHECK_INT(told[0].status, BR_OK);
	street_close(&street);
}

TEST(what_was_learned_of_one_that_fell_silent_is_forgotten)
{
	open_street((struct br_fleet_options){.keep = true});
	ask(BR_WANT_FULL);
	houses[0].deaf = 1000;
	ask(BR_WANT_FULL);
	CHECK_INT(told[0].status, BR_E_TIMEOUT);
	houses[0].deaf = 0;
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK(told[0].stale_because == NULL);
	street_close(&street);
}

static bool has_no_bulk(void)
{
	return br_learned_tolerance(
		       (struct br_view){(char *)told[0].learned, told[0].learned_len})
		.no_bulk;
}

TEST(a_few_lost_datagrams_are_not_held_against_it_for_ever)
{
	static const struct {
		const char *name;
		enum br_want want;
		uint32_t uptime;
	} rows[] = {{"wanted in full", BR_WANT_FULL, 500000},
		    {"restarted", BR_WANT_STATUS, 100}};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		open_street((struct br_fleet_options){0});
		houses[0].uptime_add = 500000;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
		turn_until(2);
		houses[0].deaf = street.profile.retries + 1;
		street_run(&street);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(has_no_bulk(), true);
		houses[0].uptime_add = rows[i].uptime;
		ask(rows[i].want);
		CHECK_INT(told[0].done, BR_WANT_FULL);
		CHECK_INT(has_no_bulk(), false);
		street_close(&street);
	}
}

TEST(an_unreachable_network_is_told_only_when_nothing_came)
{
	for (int deaf = 0; deaf < 2; deaf++) {
		open_street((struct br_fleet_options){0});
		houses[0].deaf = deaf ? 1000 : 1;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
		turn_until(1);
		icmp(EHOSTUNREACH);
		CHECK_INT(told[0].times, 0);
		street_run(&street);
		CHECK_INT(told[0].status, deaf ? BR_E_NETWORK : BR_OK);
		if (deaf) {
			CHECK_STR(told[0].error, strerror(EHOSTUNREACH));
			CHECK_INT(told[0].questions, street.profile.retries + 1);
		}
		street_close(&street);
	}
}

static const struct {
	const char *name;
	int code, times; /* at once, about the first attempt */
} strays[] = {
	{"a closed port", ECONNREFUSED, 1}, {"a closed port, three times", ECONNREFUSED, 3},
	{"no such host", EHOSTUNREACH, 1},  {"no such host, of a whole queue", EHOSTUNREACH, 3},
	{"no network", ENETUNREACH, 1},     {"forbidden", EACCES, 1}};

/* A printer that starts refuses for a while, and whoever is on the way can say so at any time.
 */
TEST(one_stray_icmp_ends_nothing_and_two_end_it_soon)
{
	for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++)
		for (int again = 0; again < 2; again++) {
			check_case(strays[i].name);
			open_street((struct br_fleet_options){0});
			street.profile.timeout_ms = street.profile.deadline_ms = 3600000;
			houses[0].deaf = again ? 1000 : 1;
			br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
			turn_until(1);
			for (int k = 0; k < strays[i].times; k++)
				icmp(strays[i].code);
			CHECK_INT(told[0].times, 0);
			turn_until(2);
			if (again)
				icmp(strays[i].code);
			street_run(&street);
			CHECK_INT(told[0].status, again ? BR_E_NETWORK : BR_OK);
			CHECK_INT(told[0].partial, false);
			CHECK_INT(told[0].silences, 1);
			CHECK(!again || told[0].questions == 2);
			street_close(&street);
		}
}

TEST(an_icmp_long_before_is_no_reason_to_believe_the_next)
{
	open_street((struct br_fleet_options){0});
	street.profile.timeout_ms = street.profile.deadline_ms = 3600000;
	for (int i = 0; i < 4; i++) {
		houses[0].heard = 0;
		houses[0].deaf = 1;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
		turn_until(1);
		icmp(ECONNREFUSED);
		street_run(&street);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(told[0].partial, false);
	}
	street_close(&street);
}

/* Late, or said twice: the question that it is about was answered, the next one waits. */
TEST(an_icmp_about_what_was_answered_is_nothing)
{
	open_street((struct br_fleet_options){.pace = 10});
	street.profile.timeout_ms = street.profile.deadline_ms = 3600000;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	turn_until(1);
	while (street.fleet->health.answers == 0)
		street_turn(&street);
	CHECK(!told[0].printer->slot->flying);
	icmp(ECONNREFUSED);
	houses[0].deaf = 1;
	turn_until(2);
	icmp(ECONNREFUSED);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, false);
	street_close(&street);
}

TEST(where_there_is_one_attempt_only_a_closed_port_is_believed)
{
	for (int closed = 0; closed < 2; closed++) {
		open_street((struct br_fleet_options){0});
		street.profile.timeout_ms = street.profile.deadline_ms = 3600000;
		street.profile.retries = 0;
		houses[0].hold = true;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
		turn_until(1);
		icmp(closed ? ECONNREFUSED : EHOSTUNREACH);
		CHECK_INT(told[0].times, closed);
		houses[0].hold = false;
		house_release(&houses[0]);
		street_run(&street);
		CHECK_INT(told[0].status, closed ? BR_E_NETWORK : BR_OK);
		street_close(&street);
	}
}

/* What came is told, as far as it goes, and the time that was left is not waited for. */
TEST(a_port_that_closes_half_way_is_half_a_reading_soon)
{
	open_street((struct br_fleet_options){0});
	street.profile.timeout_ms = street.profile.deadline_ms = 3600000;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	turn_until(2);
	house_shut(&houses[0]);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, true);
	CHECK_INT(told[0].questions, 4); /* two were heard, two refused */
	street_close(&street);
}

TEST(what_is_too_large_for_the_way_goes_once_more_at_once)
{
	open_street((struct br_fleet_options){0});
	street.profile.timeout_ms = 5000;
	houses[0].deaf = 1;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	turn_until(1);
	houses[0].hold = true;
	icmp(EMSGSIZE);
	turn_until(2);
	icmp(EMSGSIZE); /* once is enough, whoever says it */
	for (int i = 0; i < 10; i++)
		street_turn(&street);
	CHECK_INT(houses[0].heard, 2);
	houses[0].hold = false;
	house_release(&houses[0]);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].silences, 0);
	street_close(&street);
}

TEST(a_port_that_is_closed_to_one_that_answered_ends_nothing)
{
	for (unsigned retries = 0; retries < 2; retries++) {
		open_street((struct br_fleet_options){0});
		street.profile.timeout_ms = 1000;
		street.profile.retries = retries;
		br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
		turn_until(1);
		houses[0].hold = true;
		turn_until(2);
		icmp(ECONNREFUSED);
		CHECK_INT(told[0].times, 0);
		houses[0].hold = false;
		house_release(&houses[0]);
		street_run(&street);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(told[0].partial, false);
		street_close(&street);
	}
}

TEST(the_deadline_is_that_of_the_whole_asking)
{
	struct br_slot *slot;
	int64_t deadline;

	open_street((struct br_fleet_options){.keep = true});
	street.profile.timeout_ms = 5000;
	houses[0].uptime_add = 500000;
	ask(BR_WANT_FULL);
	houses[0].uptime_add = 100;
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	houses[0].heard = 0;
	turn_until(1);
	slot = told[0].printer->slot;
	deadline = slot->deadline_ms;
	CHECK(slot->glancing);
	(void)poll(NULL, 0, 5);
	house_release(&houses[0]);
	turn_until(2);
	CHECK(!slot->glancing);
	CHECK(slot->deadline_ms == deadline);
	street_close(&street);
}

TEST(a_suspend_is_no_time_that_a_printer_took)
{
	const int64_t night = 8 * 3600 * 1000;
	struct br_slot *slot;

	open_street((struct br_fleet_options){.keep = true});
	street.profile.timeout_ms = street.profile.deadline_ms = 5000;
	ask(BR_WANT_FULL);
	houses[0].hold = true;
	houses[0].heard = 0;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	turn_until(1);
	slot = told[0].printer->slot;
	/* as if all that had been before the night */
	street.fleet->asleep_ms -= night;
	br_flight_put_off(street.fleet, -night);
	CHECK(slot->deadline_ms < br_clock_ms());
	street_turn(&street);
	CHECK_INT(told[0].times, 1);
	CHECK(slot->deadline_ms > br_clock_ms());
	house_release(&houses[0]);
	houses[0].hold = false;
	street_run(&street);
	CHECK_INT(told[0].times, 2);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	CHECK_INT(told[0].silences, 0);
	CHECK(told[0].printer->pulse.smooth < 5000);
	street_close(&street);
}

TEST(a_silent_glance_is_not_followed_by_a_silent_reading)
{
	open_street((struct br_fleet_options){.keep = true});
	ask(BR_WANT_FULL);
	houses[0].deaf = 1000;
	houses[0].heard = 0;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_STATUS);
	turn_until(1);
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	street_run(&street);
	CHECK_INT(told[0].times, 2);
	CHECK_INT(told[0].status, BR_E_TIMEOUT);
	CHECK_INT(told[0].questions, street.profile.retries + 1);
	street_close(&street);
}

TEST(a_restart_before_the_first_glance_is_seen)
{
	open_street((struct br_fleet_options){.keep = true});
	houses[0].uptime_add = 500;
	ask(BR_WANT_FULL);
	told[0].printer->glanced_ms -= 3600 * 1000; /* as if an hour had passed */
	houses[0].uptime_add = 2000;
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK(told[0].stale_because && strcmp(told[0].stale_because, "restarted") == 0);
	street_close(&street);
}

TEST(nothing_is_learned_of_those_that_are_asked_once)
{
	open_street((struct br_fleet_options){.once = true});
	ask(BR_WANT_FULL);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].learned_len, 0);
	street_close(&street);
}

static void close_all(struct told *one, const struct br_fleet_result *result)
{
	(void)one;
	(void)result;
	br_fleet_close(street.fleet);
}

TEST(whoever_is_told_may_close)
{
	open_street((struct br_fleet_options){.keep = true});
	street_add(&street, &told[1], &houses[1]);
	told[0].then = told[1].then = close_all;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	br_fleet_ask(street.fleet, told[1].printer, BR_WANT_FULL);
	while (told[0].times + told[1].times == 0)
		street_turn(&street);
	CHECK_INT(told[0].times + told[1].times, 1);
	street.fleet = NULL;
	street_close(&street);
}

TEST(what_is_no_ip_address_is_refused)
{
	const union br_address address = {.any = {.sa_family = AF_UNIX}};
	struct br_fleet_printer *printer;
	struct br_error err = {""};

	open_street((struct br_fleet_options){0});
	CHECK_INT(br_fleet_add(street.fleet, &address, &street.profile, NULL, &printer, &err),
		  BR_E_NAME);
	CHECK(printer == NULL);
	street_close(&street);
}

TEST(link_local_addresses_of_two_networks_are_two)
{
	static const struct {
		const char *name;
		const char *address;
		uint32_t a, b;
		bool same;
	} rows[] = {{"one network", "fe80::1", 2, 2, true},
		    {"two networks", "fe80::1", 2, 3, false},
		    {"everywhere the same", "2001:db8::1", 0, 3, true}};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		union br_address a, b;

		check_case(rows[i].name);
		CHECK(br_address_numeric(&a, rows[i].address, 161));
		b = a;
		a.v6.sin6_scope_id = rows[i].a;
		b.v6.sin6_scope_id = rows[i].b;
		CHECK_INT(br_address_same_host(&a, &b), rows[i].same);
	}
}

/* More lies before it than one step takes: the answer was there before its time was over. */
TEST(an_answer_behind_a_flood_has_come_in_time)
{
	enum { FLOOD = 1500 };
	struct br_fleet_health now;

	open_street((struct br_fleet_options){0});
	br_fleet_health(street.fleet, &now);
	if (now.receive_buffer < 4u << 20)
		check_skip("no large receive buffer here");
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	turn_until(1);
	for (int i = 0; i < FLOOD; i++)
		CHECK_INT(sendto(houses[1].fd, "x", 1, 0, &houses[0].asker.any,
				 br_address_len(&houses[0].asker)),
			  1);
	houses[0].hold = false;
	house_release(&houses[0]);
	(void)poll(NULL, 0, 50);
	br_fleet_step(street.fleet);
	br_fleet_step(street.fleet);
	br_fleet_health(street.fleet, &now);
	CHECK_INT(now.strays, FLOOD);
	CHECK_INT(now.silences, 0);
	CHECK_INT(now.answers, 1);
	street_close(&street);
}
