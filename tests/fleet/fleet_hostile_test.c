/*
 * fleet_hostile_test.c - what comes in that nobody asked for, and printers that change.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fleet/street.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static struct street street;
static struct house houses[3];
static struct told told[3];

static void open_street(size_t n)
{
	memset(told, 0, sizeof told);
	for (size_t i = 0; i < n; i++)
		house_open(&houses[i], 0, (unsigned)i + 1);
	street_open(&street, (struct br_fleet_options){.keep = true}, houses, n);
	street.profile.timeout_ms = 1000;
	for (size_t i = 0; i < n; i++)
		street_add(&street, &told[i], &houses[i]);
}

static void throw(const struct house *from, const void *data, size_t len)
{
	CHECK_INT(sendto(from->fd, data, len, 0, &houses[0].asker.any,
			 br_address_len(&houses[0].asker)),
		  len);
}

static struct br_fleet_health health(void)
{
	struct br_fleet_health now;

	br_fleet_health(street.fleet, &now);
	return now;
}

/* The first printer holds its answer; from says something else in the meantime. */
static void meanwhile(const struct house *from, const void *data, size_t len, unsigned times)
{
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	while (houses[0].heard == 0)
		street_turn(&street);
	uint64_t before = health().strays;
	for (unsigned i = 0; i < times; i++) {
		throw(from, data, len);
		if (i % 50 == 49)
			br_fleet_step(street.fleet);
	}
	for (int i = 0; i < 20; i++)
		br_fleet_step(street.fleet);
	CHECK_INT(health().strays - before, times);
	CHECK_INT(told[0].times, 0);
	houses[0].hold = false;
	house_release(&houses[0]);
	street_run(&street);
	CHECK_INT(told[0].times, 1);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, false);
}

TEST(what_is_no_answer_changes_nothing)
{
	static uint8_t large[60000];
	static const struct {
		const char *name;
		int from; /* house 0 is asked; 1 belongs to the fleet, 2 to nobody */
		size_t len;
		uint8_t fill;
		unsigned times;
	} rows[] = {
		{"nothing at all", 0, 0, 0, 1},
		{"one octet", 0, 1, 0x30, 1},
		{"noise", 0, 300, 0xa5, 3},
		{"as large as can be", 0, sizeof large, 0x30, 3},
		{"a flood", 0, 40, 0x30, 1000},
		{"from a printer that was not asked", 1, 300, 0x30, 2},
		{"from a stranger", 2, 300, 0x30, 2},
		{"a stranger's flood", 2, 1400, 0x30, 1000},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		open_street(3);
		br_fleet_remove(street.fleet, told[2].printer);
		memset(large, rows[i].fill, rows[i].len);
		meanwhile(&houses[rows[i].from], large, rows[i].len, rows[i].times);
		street_close(&street);
	}
}

/* The kernel says so with the next one that it had room for. */
TEST(what_the_kernel_drops_is_counted)
{
	enum { FLOOD = 300 };
	static const uint8_t noise[1400];

	memset(told, 0, sizeof told);
	house_open(&houses[0], 0, 1);
	street_open(&street, (struct br_fleet_options){.receive_buffer = 16384}, houses, 1);
	street.profile.timeout_ms = 5000;
	street_add(&street, &told[0], &houses[0]);
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	while (houses[0].heard == 0)
		street_turn(&street);
	for (int i = 0; i < FLOOD; i++)
		throw(&houses[0], noise, sizeof noise);
	for (int i = 0; i < 10; i++)
		br_fleet_step(street.fleet);
	throw(&houses[0], noise, 1);
	br_fleet_step(street.fleet);
	CHECK(health().dropped > 0);
	CHECK_INT(health().dropped + health().strays, FLOOD + 1);
	houses[0].hold = false;
	house_release(&houses[0]);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].partial, false);
	street_close(&street);
}

TEST(the_right_answer_from_the_wrong_address_is_none)
{
	open_street(2);
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	while (houses[0].heard == 0)
		street_turn(&street);
	throw(&houses[1], houses[0].held, houses[0].held_len);
	for (int i = 0; i < 10; i++)
		br_fleet_step(street.fleet);
	CHECK_INT(health().strays, 1);
	CHECK_INT(health().answers, 0);
	street_close(&street);
}

TEST(an_answer_with_another_request_id_is_none)
{
	open_street(1);
	houses[0].hold = true;
	br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
	while (houses[0].heard == 0)
		street_turn(&street);
	/* 30 82 xx xx 02 01 01 04 06 public a2 82 xx xx 02 04 ID */
	for (size_t i = 0; i + 6 < houses[0].held_len; i++)
		if (houses[0].held[i] == 0xa2) {
			size_t id = i + 1;

			while (houses[0].held[id] != 2)
				id++;
			houses[0].held[id + 2] ^= 1;
			house_release(&houses[0]);
			houses[0].held[id + 2] ^= 1;
			break;
		}
	for (int i = 0; i < 10; i++)
		br_fleet_step(street.fleet);
	CHECK_INT(health().strays, 1);
	CHECK_INT(health().answers, 0);
	houses[0].hold = false;
	house_release(&houses[0]);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
	street_close(&street);
}

/* The id of the question that a house was asked. */
static uint32_t id_of(const struct house *house)
{
	uint32_t id = 0;

	for (size_t i = 0; i + 6 < house->held_len; i++)
		if (house->held[i] == 0xa2) {
			while (house->held[i] != 2)
				i++;
			for (int k = 0; k < house->held[i + 1]; k++)
				id = id << 8 | house->held[i + 2 + k];
			break;
		}
	return id;
}

TEST(request_ids_cannot_be_told_from_those_before)
{
	uint32_t ids[16];

	for (int round = 0; round < 2; round++) {
		open_street(1);
		houses[0].hold = true;
		for (int i = 0; i < 8; i++) {
			houses[0].heard = 0;
			br_fleet_ask(street.fleet, told[0].printer, BR_WANT_FULL);
			while (houses[0].heard == 0)
				street_turn(&street);
			ids[8 * round + i] = id_of(&houses[0]);
			br_fleet_cancel(street.fleet, told[0].printer);
		}
		street_close(&street);
	}
	for (int i = 0; i < 16; i++)
		for (int k = 0; k < i; k++)
			CHECK(ids[i] - ids[k] > 1000 && ids[k] - ids[i] > 1000);
}

static void tell_status(struct told *one, const struct br_fleet_result *result);
static unsigned status_readings;

static void count(void *user, const struct br_reading *reading)
{
	(void)user;
	status_readings++;
	CHECK(reading->n_supplies > 0);
	CHECK(reading->reachable);
}

static void tell_status(struct told *one, const struct br_fleet_result *result)
{
	static const struct br_target target = {.kind = BR_TARGET_UDP, .text = "udp:street"};

	(void)one;
	if (result->done == BR_WANT_STATUS && result->status == BR_OK)
		CHECK_INT(br_fleet_readings(street.fleet, result, &target, count, NULL, NULL),
			  BR_OK);
}

static void ask(enum br_want want)
{
	br_fleet_ask(street.fleet, told[0].printer, want);
	street_run(&street);
	CHECK_INT(told[0].status, BR_OK);
}

TEST(a_status_reading_is_one_question_and_a_whole_reading)
{
	open_street(1);
	told[0].then = tell_status;
	status_readings = 0;
	ask(BR_WANT_STATUS); /* nothing is learned yet */
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK(told[0].stale_because == NULL);
	CHECK(told[0].learned_len > 0);
	for (int i = 0; i < 3; i++) {
		ask(BR_WANT_STATUS);
		CHECK_INT(told[0].done, BR_WANT_STATUS);
		CHECK_INT(told[0].questions, 1);
		CHECK_INT(told[0].same, i > 0);
		CHECK_INT(status_readings, i + 1);
	}
	CHECK_INT(health().same, 2);
	street_close(&street);
}

TEST(a_printer_that_was_restarted_is_read_in_full_in_the_same_asking)
{
	open_street(1);
	houses[0].uptime_add = 500000;
	ask(BR_WANT_FULL);
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	houses[0].uptime_add = 100;
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	CHECK_STR(told[0].stale_because, "restarted");
	CHECK_INT(told[0].readings, 2);
	CHECK(told[0].questions > 1);
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	street_close(&street);
}

TEST(without_keep_a_status_reading_is_the_stores_business)
{
	open_street(1);
	br_fleet_close(street.fleet);
	street.n = 0;
	street_open(&street, (struct br_fleet_options){0}, houses, 1);
	street_add(&street, &told[0], &houses[0]);
	ask(BR_WANT_FULL);
	size_t before = health().octets;
	ask(BR_WANT_STATUS);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	CHECK(health().octets < before + 100);
	street_close(&street);
}
