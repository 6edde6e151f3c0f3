/*
 * fleet_test.c - every allocation and system call on the engine's way fails in turn.
 *
 * Whatever fails: each asking is told exactly once or refused where it was made, nothing is
 * lost, nothing turns without rest, and the next asking is read.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fault/fault.h"
#include "fleet/inside.h"
#include "fleet/street.h"
#include "talk/v3_pair.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
enum { PRINTERS = 5, WHICH_MAX = 10, MANY = 40 };

static struct street street;
static struct house houses[MANY];
static struct br_profile profile;
static struct br_makers makers;
static unsigned times;
static enum br_status worst;

static void tell(void *user, const struct br_fleet_result *result)
{
	struct told *one = user;

	(void)one;
	times++;
	if (result->status != BR_OK)
		worst = result->status;
	CHECK((result->status == BR_OK) == (result->error == NULL));
	CHECK(!result->error || result->error->text[0]);
}

static void set_street(size_t n)
{
	struct br_config config;

	br_config_init(&config);
	profile = config.profiles[0];
	profile.timeout_ms = 10;
	profile.deadline_ms = 60;
	memset(houses, 0, sizeof houses);
	for (size_t i = 0; i < n; i++)
		house_open(&houses[i], 0, (unsigned)i + 1);
	street = (struct street){.houses = houses, .n = n};
}

static void clear_street(void)
{
	street_close(&street);
}

static void finish(struct br_fleet *fleet)
{
	int64_t end = br_clock_ms() + 5000;

	street.fleet = fleet;
	while (br_fleet_busy(fleet) && br_clock_ms() < end)
		street_turn(&street);
	CHECK(!br_fleet_busy(fleet));
	street.fleet = NULL;
}

static void ask_all(struct br_fleet *fleet, struct br_fleet_printer **printers,
		    enum br_want want)
{
	times = 0;
	worst = BR_OK;
	for (int i = 0; i < PRINTERS; i++)
		br_fleet_ask(fleet, printers[i], want);
	finish(fleet);
	CHECK_INT(times, PRINTERS);
}

/* From opening to closing; the makers' files that are parsed on the way are part of it. */
static enum br_status whole_life(void *user, struct br_error *err)
{
	const struct br_fleet_options options = {
		.makers = &makers, .keep = true, .pace = 100000};
	struct br_fleet_printer *printers[PRINTERS];
	struct br_fleet *fleet;
	enum br_status status;
	enum br_status ended = BR_OK;

	(void)user;
	br_makers_init(&makers);
	status = br_fleet_open(&fleet, &options, tell, NULL, err);
	for (int i = 0; status == BR_OK && i < PRINTERS; i++)
		status = br_fleet_add(fleet, &houses[i].address, &profile, NULL, &printers[i],
				      err);
	if (status == BR_OK) {
		ask_all(fleet, printers, BR_WANT_FULL);
		ended = worst;
		ask_all(fleet, printers, BR_WANT_STATUS);
		if (worst != BR_OK)
			ended = worst;
		if (ended != BR_OK)
			status = br_fail(err, ended, "%s",
					 ended == BR_E_MEMORY ? "out of memory" : "failed");
	}
	br_fleet_close(fleet);
	br_makers_clear(&makers);
	return status;
}

/* What is not needed differs with how answers are timed, so that no figure is expected. */
TEST(each_allocation)
{
	struct br_error err = {""};
	size_t n;

	set_street(PRINTERS);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	CHECK_INT(whole_life(NULL, &err), BR_OK);
	fault_disarm();
	CHECK_INT(fault.live, 0);
	n = fault.counts[FAULT_MEMORY];
	CHECK(n > 10);
	for (int on = 0; on < 2; on++)
		for (size_t which = 1; which <= n; which++) {
			char name[64];

			snprintf(name, sizeof name, "allocation %zu%s", which,
				 on ? " and all that follow" : "");
			check_case(name);
			fault_arm(FAULT_MEMORY, which, on, ENOMEM);
			enum br_status status = whole_life(NULL, &err);
			fault_disarm();
			CHECK_INT(fault.live, 0);
			CHECK(status == BR_OK || status == BR_E_MEMORY);
		}
	printf("%zu allocations\n", n);
	clear_street();
}

TEST(each_system_call)
{
	static const struct {
		const char *name;
		enum fault_call call;
		int code;
		bool matters; /* even if it fails only once */
	} rows[] = {
		{"mmap", FAULT_MMAP, ENOMEM, true},
		{"epoll_create1", FAULT_EPOLL_CREATE, EMFILE, true},
		{"epoll_ctl", FAULT_EPOLL_CTL, ENOSPC, true},
		{"epoll_wait", FAULT_EPOLL_WAIT, EINTR, false},
		{"setsockopt", FAULT_SETSOCKOPT, EPERM, false},
		{"getsockopt", FAULT_GETSOCKOPT, ENOBUFS, false},
		{"socket", FAULT_SOCKET, EMFILE, true},
		{"getrandom", FAULT_GETRANDOM, ENOSYS, true},
		{"sendmmsg, the buffers are full", FAULT_SENDMMSG, ENOBUFS, false},
		{"sendmmsg, no memory", FAULT_SENDMMSG, ENOMEM, false},
		{"sendmmsg, a signal", FAULT_SENDMMSG, EINTR, false},
		{"sendmmsg, not now", FAULT_SENDMMSG, EAGAIN, false},
		{"sendmmsg, an old refusal", FAULT_SENDMMSG, ECONNREFUSED, false},
		{"sendmmsg, another's ICMP", FAULT_SENDMMSG, EHOSTUNREACH, false},
		{"sendmmsg, no route", FAULT_SENDMMSG, ENETUNREACH, true},
		{"sendmmsg, forbidden", FAULT_SENDMMSG, EPERM, true},
		{"recvmmsg, no memory", FAULT_RECVMMSG, ENOMEM, false},
		{"recvmmsg, a signal", FAULT_RECVMMSG, EINTR, false},
		{"recvmmsg, nothing", FAULT_RECVMMSG, EAGAIN, false},
		{"recvmmsg, an old refusal", FAULT_RECVMMSG, ECONNREFUSED, false},
		{"recvmsg", FAULT_RECVMSG, ENOMEM, false},
	};

	set_street(PRINTERS);
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int on = 0; on < 2; on++)
			for (size_t which = 1; which <= WHICH_MAX; which++) {
				struct br_error err = {""};
				enum br_status status;

				check_case(rows[i].name);
				/* What always fails is over soon; what fails once has time. */
				profile.timeout_ms = on ? 10 : 500;
				profile.deadline_ms = on ? 60 : 5000;
				fault_arm(rows[i].call, which, on, rows[i].code);
				status = whole_life(NULL, &err);
				fault_disarm();
				CHECK_INT(fault.live, 0);
				CHECK((status == BR_OK) == (err.text[0] == '\0'));
				CHECK(status == BR_OK || on || rows[i].matters);
				CHECK(status == BR_OK || status == BR_E_NETWORK ||
				      status == BR_E_TIMEOUT || status == BR_E_MEMORY);
				if (!fault.hit || (on && which > 2))
					break;
			}
	clear_street();
}

/* The users' keys and their cipher come on top of the rest. */
TEST(each_allocation_and_system_call_in_v3)
{
	static const struct {
		const char *name;
		enum fault_call call;
		int code;
	} rows[] = {{"allocation", FAULT_MEMORY, ENOMEM},
		    {"getrandom", FAULT_GETRANDOM, ENOSYS},
		    {"dlopen", FAULT_DLOPEN, ENOENT}};
	static struct engine engines[PRINTERS];
	struct br_view password = br_view(pair_password);
	struct br_v3_user user = {
		.name = "operator", .auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
	struct br_error err = {""};

	pair_crypto(&crypto, &ops);
	CHECK_INT(br_v3_user_set_passwords(&user, &ops, password, password, NULL), BR_OK);
	set_street(PRINTERS);
	profile.version = BR_SNMP_V3;
	profile.auth = user.auth;
	profile.priv = user.priv;
	profile.timeout_ms = profile.deadline_ms = 5000;
	br_text_copy(profile.user, sizeof profile.user, br_view(user.name));
	br_text_copy(profile.auth_password, sizeof profile.auth_password, password);
	br_text_copy(profile.priv_password, sizeof profile.priv_password, password);
	for (int i = 0; i < PRINTERS; i++) {
		CHECK(engine_init(&engines[i], &user, &ops, 3, 5000));
		houses[i].agent.max_message = 1300;
		houses[i].engine = &engines[i];
	}
	fault_arm(FAULT_MEMORY, 0, false, 0);
	CHECK_INT(whole_life(NULL, &err), BR_OK);
	fault_disarm();
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t which = 0;

		check_case(rows[i].name);
		do {
			enum br_status status;

			err.text[0] = '\0';
			fault_arm(rows[i].call, ++which, false, rows[i].code);
			status = whole_life(NULL, &err);
			fault_disarm();
			CHECK_INT(fault.live, 0);
			CHECK((status == BR_OK) == (err.text[0] == '\0'));
			CHECK(status == BR_OK || !strstr(err.text, pair_password));
		} while (fault.hit && which < 200);
		CHECK(which > 1 && which < 200);
		printf("%s: %zu times\n", rows[i].name, which - 1);
	}
	clear_street();
	br_crypto_close(crypto);
}

/* Opens, reads all once, and calls for the rest. */
static struct br_fleet *warm(struct br_fleet_printer **printers, size_t n, struct br_error *err)
{
	const struct br_fleet_options options = {.makers = &makers};
	struct br_fleet *fleet;

	br_makers_init(&makers);
	profile.timeout_ms = profile.deadline_ms = 5000;
	CHECK_INT(br_fleet_open(&fleet, &options, tell, NULL, err), BR_OK);
	for (size_t i = 0; i < n; i++)
		CHECK_INT(br_fleet_add(fleet, &houses[i].address, &profile, NULL, &printers[i],
				       err),
			  BR_OK);
	for (size_t i = 0; i < n; i++)
		br_fleet_ask(fleet, printers[i], BR_WANT_FULL);
	finish(fleet);
	return fleet;
}

TEST(once_warm_nothing_is_allocated)
{
	struct br_fleet_printer *printers[MANY];
	struct br_error err = {""};
	struct br_fleet *fleet;

	set_street(MANY);
	fleet = warm(printers, MANY, &err);
	for (int want = BR_WANT_STATUS; want <= BR_WANT_FULL; want++) {
		check_case(want == BR_WANT_STATUS ? "status" : "full");
		times = 0;
		worst = BR_OK;
		fault_arm(FAULT_MEMORY, 0, false, 0);
		for (int i = 0; i < MANY; i++)
			br_fleet_ask(fleet, printers[i], (enum br_want)want);
		finish(fleet);
		fault_disarm();
		CHECK_INT(times, MANY);
		CHECK_INT(worst, BR_OK);
		CHECK_INT(fault.counts[FAULT_MEMORY], 0);
	}
	br_fleet_close(fleet);
	br_makers_clear(&makers);
	clear_street();
}

TEST(many_datagrams_are_one_call)
{
	struct br_fleet_printer *printers[MANY];
	struct br_fleet_health before, after;
	struct br_error err = {""};
	struct br_fleet *fleet;

	set_street(MANY);
	fleet = warm(printers, MANY, &err);
	br_fleet_health(fleet, &before);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	for (int i = 0; i < MANY; i++)
		br_fleet_ask(fleet, printers[i], BR_WANT_FULL);
	finish(fleet);
	fault_disarm();
	br_fleet_health(fleet, &after);
	size_t questions = after.questions - before.questions;
	CHECK(questions >= 2 * MANY);
	/* A batch holds 64, and one that comes holds 32. */
	CHECK(fault.counts[FAULT_SENDMMSG] <= questions / 8);
	CHECK(fault.counts[FAULT_RECVMMSG] <= questions / 4);
	br_fleet_close(fleet);
	br_makers_clear(&makers);
	clear_street();
}

TEST(trouble_of_the_kernels_is_waited_out_not_hammered)
{
	static const struct {
		const char *name;
		enum fault_call call;
		int code;
	} rows[] = {{"no buffers", FAULT_SENDMMSG, ENOBUFS},
		    {"no memory to receive", FAULT_RECVMMSG, ENOMEM}};
	struct br_fleet_printer *printer;
	struct br_error err = {""};
	struct br_fleet *fleet;

	for (size_t i = 0; i < COUNT(rows); i++) {
		check_case(rows[i].name);
		set_street(1);
		fleet = warm(&printer, 1, &err);
		profile.timeout_ms = 20;
		profile.deadline_ms = 100;
		times = 0;
		fault_arm(rows[i].call, 1, true, rows[i].code);
		br_fleet_ask(fleet, printer, BR_WANT_FULL);
		finish(fleet);
		fault_disarm();
		CHECK_INT(times, 1);
		CHECK(worst != BR_OK);
		/* Once every 5 ms, with three tries each. */
		CHECK(fault.counts[rows[i].call] < 200);
		worst = BR_OK;
		br_fleet_ask(fleet, printer, BR_WANT_FULL);
		finish(fleet);
		CHECK_INT(times, 2);
		CHECK_INT(worst, BR_OK);
		br_fleet_close(fleet);
		br_makers_clear(&makers);
		clear_street();
	}
}

enum { IDLE_MOST = 20000, PRINTER_MOST = 160 };

static void add_idle(struct br_fleet *fleet, size_t n)
{
	union br_address address = {.v4 = {.sin_family = AF_INET, .sin_port = htons(161)}};
	struct br_fleet_printer *printer;

	for (size_t i = 0; i < n; i++) {
		address.v4.sin_addr.s_addr = htonl(0x7f150000u + (uint32_t)i);
		CHECK_INT(br_fleet_add(fleet, &address, &profile, NULL, &printer, NULL), BR_OK);
	}
}

/* Asked twice, once with a house that is silent; returns the most calls of one kind. */
static size_t calls_of_a_round(struct br_fleet *fleet, struct br_fleet_printer **printers)
{
	size_t most = 0;

	fault_arm(FAULT_MEMORY, 0, false, 0);
	profile.timeout_ms = 20;
	houses[1].deaf = 2;
	ask_all(fleet, printers, BR_WANT_STATUS);
	ask_all(fleet, printers, BR_WANT_FULL);
	fault_disarm();
	CHECK_INT(fault.counts[FAULT_MEMORY], 0);
	CHECK_INT(fault.counts[FAULT_EPOLL_CTL], 0);
	for (int call = 0; call < FAULT_CALLS; call++)
		if (fault.counts[call] > most)
			most = fault.counts[call];
	return most;
}

/* Nobody so much as looks at one that is idle: that would be the end of the test. */
TEST(no_cost_that_grows_with_idle_printers)
{
	static const size_t sizes[] = {10, IDLE_MOST};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct br_fleet_printer *printers[PRINTERS];
		struct br_fleet_health before, after;
		struct br_error err = {""};
		struct br_fleet *fleet;
		uint8_t *pages;

		check_case(i ? "20,000 are idle" : "10 are idle");
		set_street(PRINTERS);
		fleet = warm(printers, PRINTERS, &err);
		br_fleet_health(fleet, &before);
		pages = fault_pages(sizeof(struct br_fleet_printer), sizes[i]);
		add_idle(fleet, sizes[i]);
		br_fleet_health(fleet, &after);
		CHECK(after.octets - before.octets <= sizes[i] * PRINTER_MOST);
		CHECK_INT(fleet->timers.n, 0);
		CHECK(br_fleet_next_ms(fleet) == INT64_MAX);
		CHECK_INT(mprotect(pages, sizes[i] * FAULT_PAGE, PROT_NONE), 0);
		/* A turn of the test is a millisecond: 20 of silence and some questions. */
		CHECK(calls_of_a_round(fleet, printers) < 400);
		CHECK_INT(worst, BR_OK);
		CHECK_INT(fleet->timers.n, 0);
		CHECK_INT(mprotect(pages, sizes[i] * FAULT_PAGE, PROT_READ | PROT_WRITE), 0);
		br_fleet_close(fleet);
		fault_pages_end();
		br_makers_clear(&makers);
		clear_street();
	}
}
