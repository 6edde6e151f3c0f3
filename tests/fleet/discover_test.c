/*
 * discover_test.c - what a search makes of SNMPv3, of IPv6, and of profiles in their order.
 *
 * The printers are in the test itself (fleet/street.h), all at one port, since a profile has
 * one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fleet/discover.h"
#include "fleet/street.h"
#include "link/crypto.h"
#include "link/target.h"
#include "talk/v3_pair.h"

#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HOUSES = 3, TURNS_MAX = 20000 };

static struct house houses[HOUSES];
static struct engine engines[HOUSES];
static struct street street; /* for its end */
static struct br_crypto *crypto;
static struct br_v3_crypto ops;
static struct br_range range;
static struct br_profile profiles[4];
static struct br_discover_options options;
static struct br_discover *discover;
static struct br_found *const *found;
static size_t n_found;
static bool speaks_both; /* the first house, once its v3 was refused to us */

static uint16_t port(void)
{
	return br_address_port(&houses[0].address);
}

static void give_engine(size_t i, const char *user)
{
	struct br_view password = br_view(pair_password);
	struct br_v3_user of = {.auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};

	br_text_copy(of.name, sizeof of.name, br_view(user));
	CHECK_INT(br_v3_user_set_passwords(&of, &ops, password, password, NULL), BR_OK);
	CHECK(engine_init(&engines[i], &of, &ops, 3, 5000));
	houses[i].agent.max_message = 1300;
	houses[i].engine = &engines[i];
}

/* The next house, at 127.20.7.NUMBER and the port of the first. */
static void build(size_t i, bool v3, const char *user)
{
	struct house *house = &houses[i];

	house_open(house, 7, (unsigned)i + 1);
	if (i > 0) {
		close(house->fd);
		house->address.v4.sin_port = htons(port());
		house->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		if (bind(house->fd, &house->address.any, br_address_len(&house->address)) != 0)
			check_skip("the port of one is taken at the other's address");
	}
	street = (struct street){.houses = houses, .n = i + 1};
	if (v3)
		give_engine(i, user);
}

static struct br_profile *profile_of(size_t i, enum br_version version, const char *password)
{
	struct br_config config;
	struct br_profile *profile = &profiles[i];

	br_config_init(&config);
	*profile = config.profiles[0];
	snprintf(profile->name, sizeof profile->name, "p%zu", i);
	profile->version = version;
	profile->port = port();
	profile->timeout_ms = 300;
	if (version != BR_SNMP_V3)
		return profile;
	profile->auth = BR_AUTH_SHA256;
	profile->priv = BR_PRIV_AES128;
	br_text_copy(profile->user, sizeof profile->user, br_view("operator"));
	br_text_copy(profile->auth_password, sizeof profile->auth_password, br_view(password));
	br_text_copy(profile->priv_password, sizeof profile->priv_password,
		     br_view(pair_password));
	return profile;
}

static void set(const char *list, size_t n_profiles)
{
	br_range_init(&range);
	CHECK_INT(br_range_add_list(&range, br_view(list), "list", NULL), BR_OK);
	CHECK_INT(br_range_settle(&range, BR_RANGE_USUAL_MAX, NULL), BR_OK);
	options = (struct br_discover_options){.scan = {.range = &range,
							.profiles = profiles,
							.n_profiles = n_profiles,
							.wait_ms = 60,
							.ping = BR_PING_NONE}};
}

static void open_it(void)
{
	struct br_error err = {""};

	CHECK_INT(br_discover_open(&discover, &options, &err), BR_OK);
	CHECK_STR(err.text, "");
}

static void run(void)
{
	bool full;
	int turns = 0;

	while (!br_discover_over(discover) && ++turns < TURNS_MAX) {
		br_discover_wait(discover, br_clock_ms() + 1);
		for (size_t i = 0; i < street.n; i++)
			house_serve(&houses[i]);
		found = br_discover_found(discover, &n_found, &full);
		if (speaks_both && n_found && *found[0]->problem)
			houses[0].engine = NULL;
	}
	CHECK(turns < TURNS_MAX);
	br_discover_settle(discover);
	found = br_discover_found(discover, &n_found, &full);
}

static void clear(void)
{
	br_discover_close(discover);
	br_range_clear(&range);
	street_close(&street);
	br_crypto_close(crypto);
	crypto = NULL;
	speaks_both = false;
}

TEST(a_wrong_community_then_a_wrong_password_then_the_right_one)
{
	char target[64];

	pair_crypto(&crypto, &ops);
	build(0, true, "operator");
	profile_of(0, BR_SNMP_V2C, NULL);
	profile_of(1, BR_SNMP_V3, pair_other_password);
	profile_of(2, BR_SNMP_V3, pair_password);
	set("127.20.7.1", 3);
	open_it();
	run();
	CHECK_INT(n_found, 1);
	CHECK_INT(found[0]->kind, BR_FOUND_PRINTER);
	CHECK_INT(found[0]->profile, 2);
	CHECK_INT(found[0]->version, BR_SNMP_V3);
	CHECK(found[0]->read && !found[0]->engine);
	CHECK_STR(found[0]->problem, "");
	CHECK(*found[0]->serial && *found[0]->model);
	snprintf(target, sizeof target, "udp:127.20.7.1:%u", port());
	CHECK_STR(found[0]->target, target);
	CHECK_INT(br_discover_printers(discover), 1);
	clear();
}

/* Each is opened by its own; what is open already is not asked again. */
TEST(a_mixed_street)
{
	pair_crypto(&crypto, &ops);
	build(0, false, NULL);
	build(1, true, "operator");
	build(2, true, "somebody");
	profile_of(0, BR_SNMP_V2C, NULL);
	profile_of(1, BR_SNMP_V3, pair_password);
	set("127.20.7.1-3", 2);
	open_it();
	run();
	CHECK_INT(n_found, 3);
	CHECK_INT(br_discover_printers(discover), 2);
	CHECK_INT(found[0]->version, BR_SNMP_V2C);
	CHECK_INT(found[0]->profile, 0);
	CHECK_INT(found[1]->version, BR_SNMP_V3);
	CHECK_INT(found[1]->profile, 1);
	/* The third speaks SNMPv3, and not with us. */
	CHECK_INT(found[2]->kind, BR_FOUND_UNSURE);
	CHECK(found[2]->engine && !found[2]->read);
	CHECK(strstr(found[2]->problem, "user"));
	clear();
}

/* Who speaks v3, but not with us, is still asked with the profiles that follow. */
TEST(a_refused_engine_may_speak_v2c)
{
	pair_crypto(&crypto, &ops);
	build(0, true, "operator");
	profile_of(0, BR_SNMP_V3, pair_other_password);
	profile_of(1, BR_SNMP_V2C, NULL);
	set("127.20.7.1", 2);
	speaks_both = true;
	open_it();
	run();
	CHECK_INT(n_found, 2);
	CHECK(found[0]->read && !found[0]->dropped);
	CHECK_INT(found[0]->profile, 1);
	CHECK(found[1]->engine && found[1]->dropped);
	CHECK_INT(br_discover_printers(discover), 1);
	clear();
}

/* A profile is for its port alone: the password of another is not tried there. */
TEST(a_profile_of_another_port_is_not_tried)
{
	pair_crypto(&crypto, &ops);
	build(0, true, "operator");
	profile_of(0, BR_SNMP_V3, pair_other_password);
	profile_of(1, BR_SNMP_V3, pair_password)->port = 9; /* discard */
	set("127.20.7.1", 2);
	open_it();
	run();
	CHECK_INT(n_found, 1);
	CHECK_INT(found[0]->kind, BR_FOUND_UNSURE);
	CHECK_INT(found[0]->profile, 0);
	CHECK(*found[0]->problem);
	clear();
}

/* Two behind one address: that the first refuses us says nothing of the second. */
TEST(a_refused_engine_does_not_stand_for_that_of_another_port)
{
	pair_crypto(&crypto, &ops);
	build(0, true, "operator");
	house_open(&houses[1], 7, 1);
	give_engine(1, "operator");
	street.n = 2;
	profile_of(0, BR_SNMP_V3, pair_other_password);
	profile_of(1, BR_SNMP_V3, pair_password)->port = br_address_port(&houses[1].address);
	set("127.20.7.1", 2);
	open_it();
	run();
	CHECK_INT(n_found, 2);
	CHECK(found[0]->read && !found[0]->dropped);
	CHECK_INT(found[0]->profile, 1);
	CHECK_INT(br_discover_printers(discover), 1);
	clear();
}

TEST(one_that_was_found_before_is_read_not_searched)
{
	pair_crypto(&crypto, &ops);
	build(0, true, "operator");
	profile_of(0, BR_SNMP_V2C, NULL);
	profile_of(1, BR_SNMP_V3, pair_password);
	set("127.20.7.1", 2);
	open_it();
	CHECK_INT(br_discover_again(discover, &houses[0].address, 2, BR_SNMP_V3, NULL),
		  BR_E_ABSENT);
	CHECK_INT(br_discover_again(discover, &houses[0].address, 1, BR_SNMP_V3, NULL), BR_OK);
	CHECK_INT(br_discover_again(discover, &houses[0].address, 1, BR_SNMP_V3, NULL), BR_OK);
	run();
	CHECK_INT(n_found, 1);
	CHECK(found[0]->read);
	CHECK_INT(br_scan_answered(br_discover_scan(discover), 0), true);
	CHECK_INT(engines[0].discoveries, 1);
	clear();
}

TEST(an_address_of_ipv6)
{
	char target[64];

	house_open_v6(&houses[0]);
	street = (struct street){.houses = houses, .n = 1};
	profile_of(0, BR_SNMP_V2C, NULL);
	set("::1\n::2\n!::2", 1);
	open_it();
	run();
	CHECK_INT(n_found, 1);
	CHECK(found[0]->read);
	snprintf(target, sizeof target, "udp:[::1]:%u", port());
	CHECK_STR(found[0]->target, target);
	clear();
}

/* A zone has a number that changes with the next start, and a name that stays. */
TEST(a_link_local_address_has_the_name_of_its_link)
{
	union br_address address, again;
	struct br_target target;
	char host[BR_FOUND_HOST_SIZE], text[96];

	if (!br_address_numeric(&address, "fe80::7%lo", 161))
		check_skip("no interface lo here");
	br_found_host(&address, host, sizeof host);
	CHECK_STR(host, "fe80::7%lo");
	snprintf(text, sizeof text, "udp:[%s]:161", host);
	CHECK_INT(br_target_parse(&target, text, NULL), BR_OK);
	CHECK(br_address_numeric(&again, target.host, target.port));
	CHECK_INT(again.v6.sin6_scope_id, if_nametoindex("lo"));
	address.v6.sin6_scope_id = 999999; /* it went meanwhile */
	br_found_host(&address, host, sizeof host);
	CHECK_STR(host, "fe80::7%999999");
}
