/*
 * discover_test.c - every allocation and system call on the way of a search fails in turn.
 *
 * Whatever fails: the search is refused where it is opened, or it ends by itself and says what
 * it did not do; nothing is lost and nothing is waited for in vain.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fault/fault.h"
#include "fleet/discover.h"
#include "fleet/lane.h"
#include "fleet/neighbours.h"
#include "fleet/ping.h"
#include "fleet/street.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
enum { WHICH_MAX = 6, LIMIT_MS = 20000 };

static struct house house;
static struct br_profile profile;
static struct br_range range;
static struct br_makers makers;
static enum br_ping_use ping;
static size_t printers, n_found;
static struct br_scan_progress progress;

/* Descriptors are given out from the lowest: a leak shows in the next. */
static int next_descriptor(void)
{
	int fd = dup(house.fd);

	close(fd);
	return fd;
}

static void set(void)
{
	struct br_config config;
	uint16_t port;

	house_open(&house, 8, 1);
	port = br_address_port(&house.address);
	br_config_init(&config);
	profile = config.profiles[0];
	profile.port = port;
	profile.timeout_ms = 20;
	profile.deadline_ms = 100;
	br_range_init(&range);
	CHECK_INT(br_range_add(&range, br_view("127.20.8.1-3"), false, NULL), BR_OK);
	CHECK_INT(br_range_settle(&range, 100, NULL), BR_OK);
}

static void unset(void)
{
	struct street street = {.houses = &house, .n = 1};

	street_close(&street);
	br_range_clear(&range);
}

static void run(struct br_discover *discover)
{
	int64_t end = br_clock_ms() + LIMIT_MS;
	bool full;

	while (!br_discover_over(discover) && br_clock_ms() < end) {
		br_discover_wait(discover, br_clock_ms() + 1);
		house_serve(&house);
	}
	CHECK(br_discover_over(discover));
	br_discover_settle(discover);
	br_discover_found(discover, &n_found, &full);
	CHECK(!full || n_found < 3);
	printers = br_discover_printers(discover);
	br_scan_progress(br_discover_scan(discover), &progress);
}

static enum br_status whole_life(void *user, struct br_error *err)
{
	const struct br_discover_options options = {
		.scan = {.range = &range,
			 .profiles = &profile,
			 .n_profiles = 1,
			 .wait_ms = 15,
			 .ping = ping},
		.makers = &makers,
	};
	struct br_discover *discover;
	enum br_status status;
	int before = next_descriptor();

	(void)user;
	printers = n_found = 0;
	br_makers_init(&makers);
	status = br_discover_open(&discover, &options, err);
	CHECK((status == BR_OK) == (discover != NULL));
	if (status == BR_OK)
		run(discover);
	br_discover_close(discover);
	br_makers_clear(&makers);
	CHECK_INT(next_descriptor(), before);
	return status;
}

TEST(each_allocation)
{
	struct br_error err = {""};
	size_t n;

	set();
	fault_arm(FAULT_MEMORY, 0, false, 0);
	CHECK_INT(whole_life(NULL, &err), BR_OK);
	fault_disarm();
	CHECK_INT(printers, 1);
	CHECK_INT(fault.live, 0);
	n = fault.counts[FAULT_MEMORY];
	CHECK(n > 20);
	for (int on = 0; on < 2; on++)
		for (size_t which = 1; which <= n; which++) {
			enum br_status status;
			char name[64];

			snprintf(name, sizeof name, "allocation %zu%s", which,
				 on ? " and all that follow" : "");
			check_case(name);
			fault_arm(FAULT_MEMORY, which, on, ENOMEM);
			status = whole_life(NULL, &err);
			fault_disarm();
			CHECK_INT(fault.live, 0);
			CHECK(status == BR_OK || status == BR_E_MEMORY);
		}
	printf("%zu allocations\n", n);
	unset();
}

TEST(each_system_call)
{
	static const struct {
		const char *name;
		enum fault_call call;
		int code;
		bool opens; /* it matters where the search is opened, and is said there */
		bool waits; /* for ten seconds, where it lasts */
	} rows[] = {
		{"epoll_create1", FAULT_EPOLL_CREATE, EMFILE, true, false},
		{"epoll_ctl", FAULT_EPOLL_CTL, ENOSPC, true, false},
		{"socket", FAULT_SOCKET, EMFILE, true, false},
		{"getrandom", FAULT_GETRANDOM, ENOSYS, true, false},
		{"setsockopt", FAULT_SETSOCKOPT, EPERM, false, false},
		{"getsockopt", FAULT_GETSOCKOPT, ENOBUFS, false, false},
		{"poll, no memory", FAULT_POLL, ENOMEM, false, false},
		{"poll, a signal", FAULT_POLL, EINTR, false, false},
		{"sendmmsg, the buffers are full", FAULT_SENDMMSG, ENOBUFS, false, true},
		{"sendmmsg, no memory", FAULT_SENDMMSG, ENOMEM, false, true},
		{"sendmmsg, a signal", FAULT_SENDMMSG, EINTR, false, true},
		{"sendmmsg, not now", FAULT_SENDMMSG, EAGAIN, false, true},
		{"sendmmsg, no route", FAULT_SENDMMSG, ENETUNREACH, false, false},
		{"sendmmsg, forbidden", FAULT_SENDMMSG, EPERM, false, false},
		{"sendmmsg, another's refusal", FAULT_SENDMMSG, ECONNREFUSED, false, false},
		{"sendmmsg, the link is down", FAULT_SENDMMSG, ENETDOWN, false, false},
		{"recvmmsg, no memory", FAULT_RECVMMSG, ENOMEM, false, false},
		{"recvmmsg, a signal", FAULT_RECVMMSG, EINTR, false, false},
		{"recvmmsg, a refusal", FAULT_RECVMMSG, ECONNREFUSED, false, false},
		{"recvmsg", FAULT_RECVMSG, ENOMEM, false, false},
		{"netlink, send", FAULT_SEND, ENOBUFS, false, false},
		{"netlink, recv", FAULT_RECV, ENOBUFS, false, false},
		{"netlink, a signal", FAULT_RECV, EINTR, false, false},
		{"ioctl", FAULT_IOCTL, ENODEV, false, false},
	};

	set();
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int on = 0; on < 2; on++)
			for (size_t which = 1; which <= WHICH_MAX; which++) {
				struct br_error err = {""};
				enum br_status status;

				if (on && rows[i].waits)
					break; /* a_lane_has_patience_and_an_end */
				check_case(rows[i].name);
				fault_arm(rows[i].call, which, on, rows[i].code);
				status = whole_life(NULL, &err);
				fault_disarm();
				CHECK_INT(fault.live, 0);
				CHECK((status == BR_OK) == (err.text[0] == '\0'));
				CHECK(status == BR_OK || rows[i].opens);
				/* What failed once is tried again, but for a question lost. */
				CHECK(status != BR_OK || on || n_found == 1);
				if (!fault.hit)
					break;
			}
	unset();
}

static enum br_status ask_kernel(void *user, struct br_error *err)
{
	struct br_range links, neighbours;
	struct br_neighbour_table table;
	int before = next_descriptor();
	enum br_status status;
	size_t n;

	(void)user;
	br_range_init(&neighbours);
	status = br_on_link(&links, err);
	br_range_clear(&links);
	if (status == BR_OK)
		status = br_neighbour_table(AF_INET, &table, err);
	if (status == BR_OK)
		status = br_neighbours_add(&neighbours, "lo", &n, err);
	br_range_clear(&neighbours);
	CHECK_INT(next_descriptor(), before);
	return status;
}

TEST(the_kernel_does_not_tell_its_neighbours)
{
	static const struct {
		enum fault_call call;
		int code;
	} rows[] = {{FAULT_SOCKET, EMFILE},
		    {FAULT_SEND, ENOBUFS},
		    {FAULT_RECV, ENOBUFS},
		    {FAULT_SOCKET, EAFNOSUPPORT},
		    {FAULT_RECV, EPERM}};
	struct br_error err = {""};

	set();
	if (ask_kernel(NULL, &err) != BR_OK)
		check_skip("no rtnetlink here");
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t which = 1; which <= 4; which++) {
			err.text[0] = '\0';
			fault_arm(rows[i].call, which, false, rows[i].code);
			enum br_status status = ask_kernel(NULL, &err);
			fault_disarm();
			/* A socket for the flags of a link: without, it is taken to resolve. */
			CHECK(status == BR_E_NETWORK || !fault.hit ||
			      rows[i].call == FAULT_SOCKET);
			CHECK((status == BR_OK) == (err.text[0] == '\0'));
			CHECK_INT(fault.live, 0);
		}
	fault_each_allocation("neighbours", ask_kernel, NULL, 0);
	unset();
}

static void no_data(void *user, const union br_address *from, const uint8_t *data, size_t len)
{
	(void)user;
	(void)from;
	(void)data;
	(void)len;
}

static void no_error(void *user, const union br_address *to, int code)
{
	(void)user;
	(void)to;
	(void)code;
}

static void fill(struct br_lane *lane, unsigned n)
{
	while (n--) {
		memset(br_lane_room(lane), 0, BR_PING_LEN);
		br_lane_put(lane, BR_PING_LEN, &house.address);
	}
}

static void open_lane(struct br_lane *lane)
{
	br_lane_init(lane);
	CHECK_INT(br_lane_open(lane, socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), NULL),
		  BR_OK);
	lane->came = no_data;
	lane->refused = no_error;
}

TEST(a_lane_has_patience_and_an_end)
{
	static const int codes[] = {ENOBUFS, EAGAIN, ENOMEM, EINTR};
	struct br_lane lane;

	set();
	for (size_t i = 0; i < COUNT(codes); i++) {
		check_case(strerror(codes[i]));
		open_lane(&lane);
		fill(&lane, 5);
		fault_arm(FAULT_SENDMMSG, 1, true, codes[i]);
		CHECK(!br_lane_flush(&lane, 100000));
		CHECK(!br_lane_flush(&lane, 109999));
		CHECK_INT(lane.n, 5);
		CHECK_INT(lane.waited, 2);
		fault_disarm();
		/* One goes: it may wait as long again. */
		CHECK(br_lane_flush(&lane, 110000));
		CHECK_INT(lane.sent, 5);
		fill(&lane, 5);
		fault_arm(FAULT_SENDMMSG, 1, true, codes[i]);
		CHECK(!br_lane_flush(&lane, 110001));
		CHECK(br_lane_flush(&lane, 120001));
		CHECK_INT(lane.unsendable, 5);
		CHECK_INT(lane.n, 0);
		/* Nothing went since: those that follow do not wait so long again. */
		fill(&lane, 5);
		CHECK(br_lane_flush(&lane, 120002));
		CHECK_INT(lane.unsendable, 10);
		CHECK_INT(lane.sent, 5);
		fault_disarm();
		br_lane_close(&lane);
	}
	unset();
}

/* For some there is never room, and the others go: ten seconds are not waited for each. */
TEST(a_lane_gets_tired_and_recovers)
{
	static const struct {
		int64_t at, wait;
	} rows[] = {{100000, 10000}, {111000, 100}, {120000, 100}, {131000, 10000}};
	struct br_lane lane;

	set();
	open_lane(&lane);
	for (size_t i = 0; i < COUNT(rows); i++) {
		fill(&lane, 1);
		fault_arm(FAULT_SENDMMSG, 1, true, ENOBUFS);
		CHECK(!br_lane_flush(&lane, rows[i].at));
		CHECK(!br_lane_flush(&lane, rows[i].at + rows[i].wait - 1));
		CHECK(br_lane_flush(&lane, rows[i].at + rows[i].wait));
		fault_disarm();
		fill(&lane, 1);
		CHECK(br_lane_flush(&lane, rows[i].at + rows[i].wait));
	}
	br_lane_close(&lane);
	unset();
}

/* One that cannot be sent is left behind, and the others go. */
TEST(one_that_cannot_go_holds_up_nobody)
{
	static const int codes[] = {ENETUNREACH, EPERM, EHOSTUNREACH, EACCES, EINVAL};
	struct br_lane lane;

	set();
	for (size_t i = 0; i < COUNT(codes); i++) {
		check_case(strerror(codes[i]));
		open_lane(&lane);
		fill(&lane, 5);
		fault_arm(FAULT_SENDMMSG, 1, true, codes[i]);
		CHECK(br_lane_flush(&lane, 100000));
		fault_disarm();
		CHECK_INT(lane.unsendable, 5);
		CHECK_INT(fault.counts[FAULT_SENDMMSG], 15); /* three tries each */
		fill(&lane, 5);
		fault_arm(FAULT_SENDMMSG, 1, false, codes[i]);
		CHECK(br_lane_flush(&lane, 100000));
		fault_disarm();
		CHECK_INT(lane.unsendable, 5);
		CHECK_INT(lane.sent, 5);
		br_lane_close(&lane);
	}
	unset();
}
