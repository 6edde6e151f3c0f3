/*
 * street.c - a few printers inside the test itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/street.h"

#include "base/clock.h"
#include "check.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TURNS_MAX = 200000 };

static struct br_recording recording;

static const uint8_t uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};
static const uint8_t changes[] = {0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 1, 1};

/* Its uptime goes on, and its configuration changes, as far as the test says. */
static bool override(void *user, const struct br_recorded *row, uint8_t *tag,
		     const uint8_t **value, size_t *len)
{
	static uint8_t octets[5]; /* a zero in front: the number has no sign */
	const struct house *house = user;
	uint32_t number = 0;

	if (row->name.len == sizeof uptime &&
	    memcmp(row->name.ber, uptime, sizeof uptime) == 0) {
		*tag = 0x43;
		number = house->uptime_add;
	} else if (row->name.len == sizeof changes &&
		   memcmp(row->name.ber, changes, sizeof changes) == 0) {
		*tag = 0x41;
		number = house->changes;
	}
	if (!number)
		return false;
	for (int i = 0; i < 4; i++)
		octets[i + 1] = (uint8_t)(number >> (24 - 8 * i));
	*value = octets;
	*len = sizeof octets;
	return true;
}

static void open_at(struct house *house, const union br_address *address)
{
	socklen_t len = sizeof house->address;

	*house = (struct house){.address = *address};
	house->fd =
		socket(address->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (house->fd < 0 || bind(house->fd, &address->any, br_address_len(address)) != 0)
		check_skip("no such address on this machine");
	CHECK_INT(getsockname(house->fd, &house->address.any, &len), 0);
	if (recording.n_rows == 0)
		CHECK_INT(br_recording_load(&recording, STREET_RECORDING, NULL), BR_OK);
	house->agent =
		(struct br_agent){.recording = &recording, .override = override, .user = house};
}

void house_open(struct house *house, unsigned subnet, unsigned number)
{
	union br_address address = {.v4 = {.sin_family = AF_INET}};

	address.v4.sin_addr.s_addr = htonl(0x7f140000u | subnet << 8 | number);
	open_at(house, &address);
}

void house_open_v6(struct house *house)
{
	union br_address address = {.v6 = {.sin6_family = AF_INET6}};

	address.v6.sin6_addr = in6addr_loopback;
	open_at(house, &address);
}

void house_close(struct house *house)
{
	if (house->fd >= 0)
		close(house->fd);
	house->fd = -1;
}

/* Whoever is connected to one address hears from no other. */
void house_shut(struct house *house)
{
	CHECK_INT(connect(house->fd, &house->address.any, br_address_len(&house->address)), 0);
}

static bool is_v1(const uint8_t *data, size_t len)
{
	size_t at = len > 1 && data[1] & 0x80 ? 2 + (data[1] & 3u) : 2;

	return len > at + 2 && data[at + 2] == 0;
}

static void answer(struct house *house, uint8_t *data, size_t len)
{
	uint8_t out[2048];
	const uint8_t *at = out;

	if (house->engine && !house->engine->agent)
		house->engine->agent = &house->agent;
	if (house->engine)
		at = engine_answer(house->engine, data, len, out, sizeof out, &len);
	else
		len = br_agent_answer(&house->agent, data, len, out, 1472);
	if (!at || len == 0)
		return;
	memcpy(house->held, at, len);
	house->held_len = len;
}

void house_release(struct house *house)
{
	for (int i = 0; i < 1 + house->twice; i++)
		CHECK_INT(sendto(house->fd, house->held, house->held_len, 0, &house->asker.any,
				 br_address_len(&house->asker)),
			  house->held_len);
}

void house_serve(struct house *house)
{
	uint8_t data[2048];
	ssize_t len;

	for (;;) {
		socklen_t from = sizeof house->asker;

		len = recvfrom(house->fd, data, sizeof data, 0, &house->asker.any, &from);
		if (len < 0)
			break;
		house->heard++;
		if (house->deaf) {
			house->deaf--;
			continue;
		}
		if (house->v1_only && !is_v1(data, (size_t)len))
			continue;
		answer(house, data, (size_t)len);
		if (!house->hold && house->held_len)
			house_release(house);
	}
	CHECK(errno == EAGAIN);
}

static void keep(void *user, const struct br_reading *reading)
{
	struct told *told = user;

	told->readings++;
	told->partial = reading->partial;
}

static void tell(void *user, const struct br_fleet_result *result)
{
	static const struct br_target target = {.kind = BR_TARGET_UDP, .text = "udp:street"};
	struct street *street = user;
	struct told *told = result->user;

	told->times++;
	told->status = result->status;
	told->done = result->done;
	told->same = result->same;
	told->stale_because = result->stale_because;
	told->questions = result->questions;
	told->silences = result->silences;
	told->has_v3 = result->v3 != NULL;
	if (result->v3)
		told->v3 = *result->v3;
	told->error[0] = '\0';
	if (result->error)
		br_text_copy(told->error, sizeof told->error, br_view(result->error->text));
	if (result->learned.len)
		memcpy(told->learned, result->learned.at, result->learned.len);
	if (result->done == BR_WANT_FULL)
		told->learned_len = result->learned.len;
	CHECK((result->status == BR_OK) == (result->error == NULL));
	if (result->status == BR_OK && result->done == BR_WANT_FULL)
		CHECK_INT(br_fleet_readings(street->fleet, result, &target, keep, told, NULL),
			  BR_OK);
	if (told->then)
		told->then(told, result);
}

void street_open(struct street *street, struct br_fleet_options options, struct house *houses,
		 size_t n)
{
	struct br_config config;
	struct br_error err = {""};

	br_config_init(&config);
	*street = (struct street){.profile = config.profiles[0], .houses = houses, .n = n};
	street->profile.timeout_ms = 20;
	br_text_copy(street->profile.user, sizeof street->profile.user, br_view("operator"));
	br_makers_init(&street->makers);
	options.makers = &street->makers;
	CHECK_INT(br_fleet_open(&street->fleet, &options, tell, street, &err), BR_OK);
	CHECK_STR(err.text, "");
}

void street_close(struct street *street)
{
	br_fleet_close(street->fleet);
	street->fleet = NULL;
	br_makers_clear(&street->makers);
	for (size_t i = 0; i < street->n; i++)
		house_close(&street->houses[i]);
	br_recording_clear(&recording);
	recording = (struct br_recording){0};
}

void street_add(struct street *street, struct told *told, const struct house *house)
{
	struct br_error err = {""};

	*told = (struct told){.then = told->then};
	CHECK_INT(br_fleet_add(street->fleet, &house->address, &street->profile, told,
			       &told->printer, &err),
		  BR_OK);
	CHECK_STR(err.text, "");
}

void street_turn(struct street *street)
{
	br_fleet_wait(street->fleet, br_clock_ms() + 1);
	for (size_t i = 0; i < street->n; i++)
		if (street->houses[i].fd >= 0)
			house_serve(&street->houses[i]);
}

void street_run(struct street *street)
{
	int turns = 0;

	while (br_fleet_busy(street->fleet) && ++turns < TURNS_MAX)
		street_turn(street);
	CHECK(turns < TURNS_MAX);
}
