/*
 * fleet_v3_test.c - SNMPv3 in the fleet: what is kept of an engine, and for whom.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "fleet/keys.h"
#include "fleet/street.h"
#include "link/crypto.h"
#include "talk/v3_pair.h"

#include <string.h>

static struct street street;
static struct house houses[4];
static struct told told[4];
static struct engine engines[4];
static struct br_crypto *crypto;
static struct br_v3_crypto ops;
static struct br_v3_user user;

static void set_user(void)
{
	struct br_view password = br_view(pair_password);

	pair_crypto(&crypto, &ops);
	user = (struct br_v3_user){
		.name = "operator", .auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
	CHECK_INT(br_v3_user_set_passwords(&user, &ops, password, password, NULL), BR_OK);
}

/* All of them claim one engine id; each has a clock of its own. */
static void open_street(size_t n)
{
	set_user();
	memset(told, 0, sizeof told);
	for (size_t i = 0; i < n; i++) {
		house_open(&houses[i], 0, (unsigned)i + 1);
		CHECK(engine_init(&engines[i], &user, &ops, 3 + (uint32_t)i,
				  5000 * (1 + (uint32_t)i)));
		houses[i].agent.max_message = 1300;
		houses[i].engine = &engines[i];
	}
	street_open(&street, (struct br_fleet_options){0}, houses, n);
	street.profile.timeout_ms = 1000;
	street.profile.version = BR_SNMP_V3;
	street.profile.auth = BR_AUTH_SHA256;
	street.profile.priv = BR_PRIV_AES128;
	br_text_copy(street.profile.auth_password, sizeof street.profile.auth_password,
		     br_view(pair_password));
	br_text_copy(street.profile.priv_password, sizeof street.profile.priv_password,
		     br_view(pair_password));
	for (size_t i = 0; i < n; i++)
		street_add(&street, &told[i], &houses[i]);
}

static void close_street(void)
{
	street_close(&street);
	br_crypto_close(crypto);
}

static void read_all(enum br_want want)
{
	for (size_t i = 0; i < street.n; i++) {
		told[i].times = 0;
		engines[i].discoveries = engines[i].questions = 0;
		br_fleet_ask(street.fleet, told[i].printer, want);
	}
	street_run(&street);
	for (size_t i = 0; i < street.n; i++)
		CHECK_INT(told[i].times, 1);
}

TEST(an_engine_is_discovered_once)
{
	open_street(1);
	read_all(BR_WANT_FULL);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].readings, 1);
	CHECK_INT(told[0].partial, false);
	CHECK_INT(engines[0].discoveries, 1);
	for (int i = 0; i < 3; i++) {
		read_all(i == 1 ? BR_WANT_STATUS : BR_WANT_FULL);
		CHECK_INT(told[0].status, BR_OK);
		CHECK_INT(engines[0].discoveries, 0);
	}
	close_street();
}

TEST(what_a_store_kept_saves_the_discovery)
{
	static uint8_t engine[BR_V3_ENGINE_MAX], learned[BR_LEARNED_MAX];
	struct br_fleet_known known;

	open_street(1);
	read_all(BR_WANT_FULL);
	CHECK_INT(told[0].has_v3, true);
	memcpy(engine, told[0].v3.engine, sizeof engine);
	memcpy(learned, told[0].learned, told[0].learned_len);
	known = (struct br_fleet_known){
		.learned = {(char *)learned, told[0].learned_len},
		.engine = {(char *)engine, told[0].v3.engine_len},
		.boots = told[0].v3.boots,
		.engine_time = told[0].v3.time,
	};
	CHECK(known.learned.len > 0);
	br_fleet_remove(street.fleet, told[0].printer);
	street_add(&street, &told[0], &houses[0]);
	CHECK_INT(br_fleet_know(street.fleet, told[0].printer, &known), BR_OK);
	read_all(BR_WANT_STATUS);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].done, BR_WANT_STATUS);
	CHECK_INT(engines[0].discoveries, 0);
	CHECK_INT(engines[0].questions, told[0].questions);
	close_street();
}

TEST(what_a_store_kept_and_is_not_sound_is_left_alone)
{
	static const char octets[BR_V3_ENGINE_MAX + 1] = "an engine id";
	static const struct {
		const char *name;
		struct br_fleet_known known;
	} rows[] = {
		{"nothing", {{NULL, 0}, {NULL, 0}, 0, 0}},
		{"an engine id too long", {{NULL, 0}, {octets, sizeof octets}, 1, 1}},
		{"boots beyond its type", {{NULL, 0}, {octets, 12}, 0x80000000u, 1}},
		{"time beyond its type", {{NULL, 0}, {octets, 12}, 1, UINT32_MAX}},
		{"nothing learned by us", {{octets, 12}, {NULL, 0}, 0, 0}},
		{"more than is ever learned", {{octets, 100000}, {NULL, 0}, 0, 0}},
	};

	open_street(1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_fleet_known known = rows[i].known;

		check_case(rows[i].name);
		if (known.learned.len > sizeof octets)
			known.learned.len = 3;
		CHECK_INT(br_fleet_know(street.fleet, told[0].printer, &known), BR_OK);
	}
	read_all(BR_WANT_STATUS);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[0].done, BR_WANT_FULL);
	close_street();
}

TEST(two_printers_with_one_engine_id_do_not_meet)
{
	open_street(4);
	read_all(BR_WANT_FULL);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++) {
			CHECK_INT(told[i].status, BR_OK);
			CHECK_INT(told[i].v3.boots, 3 + i);
			CHECK_INT(engines[i].discoveries, round == 0);
			engines[i].time += 100; /* clocks that go their own way */
		}
		read_all(BR_WANT_FULL);
	}
	close_street();
}

TEST(another_engine_at_the_address_is_discovered_in_the_same_asking)
{
	open_street(2);
	read_all(BR_WANT_FULL);
	engines[0].own.engine[5] ^= 0x55;
	CHECK_INT(br_v3_know(&engines[0].own, (uint8_t[]){0x80, 0, 1, 2, 3, 4, 5, 6}, 8, 9, 77,
			     0),
		  BR_OK);
	engines[0].time = 77;
	read_all(BR_WANT_FULL);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(engines[0].discoveries, 1);
	CHECK_INT(told[0].v3.boots, 9);
	CHECK_INT(engines[1].discoveries, 0);
	close_street();
}

TEST(a_wrong_password_is_told_and_another_printer_is_not_hurt)
{
	static struct br_profile wrong;

	open_street(2);
	wrong = street.profile;
	br_text_copy(wrong.auth_password, sizeof wrong.auth_password,
		     br_view(pair_other_password));
	br_fleet_remove(street.fleet, told[1].printer);
	CHECK_INT(br_fleet_add(street.fleet, &houses[1].address, &wrong, &told[1],
			       &told[1].printer, NULL),
		  BR_OK);
	read_all(BR_WANT_FULL);
	CHECK_INT(told[0].status, BR_OK);
	CHECK_INT(told[1].status, BR_E_AUTH);
	CHECK(told[1].error[0] != '\0');
	close_street();
}

TEST(a_profile_that_cannot_be_is_refused_when_it_is_added)
{
	struct br_fleet_printer *printer = (struct br_fleet_printer *)&street;
	struct br_error err = {""};

	open_street(1);
	br_text_copy(street.profile.auth_password, sizeof street.profile.auth_password,
		     br_view("short"));
	CHECK_INT(br_fleet_add(street.fleet, &houses[0].address, &street.profile, NULL,
			       &printer, &err),
		  BR_E_SYNTAX);
	CHECK(printer == NULL);
	CHECK(strstr(err.text, "8 characters"));
	close_street();
}

static unsigned derived;

static bool count_ku(void *self, enum br_v3_auth auth, const char *password, size_t len,
		     uint8_t *ku, size_t *ku_len)
{
	derived++;
	return ops.ku(self, auth, password, len, ku, ku_len);
}

TEST(a_password_is_hashed_once_however_many_have_it)
{
	struct br_keys keys = {0};
	struct br_fleet_v3 *v3[6];
	struct br_profile profiles[3];

	set_user();
	keys.crypto = crypto;
	keys.ops = ops;
	keys.ops.ku = count_ku;
	derived = 0;
	for (int i = 0; i < 3; i++) {
		struct br_profile *profile = &profiles[i];

		*profile = (struct br_profile){.auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
		br_text_copy(profile->user, sizeof profile->user,
			     br_view(i == 2 ? "other" : "operator"));
		br_text_copy(profile->auth_password, sizeof profile->auth_password,
			     br_view(i == 2 ? pair_other_password : pair_password));
		br_text_copy(profile->priv_password, sizeof profile->priv_password,
			     br_view(i == 0 ? pair_other_password : pair_password));
	}
	for (int i = 0; i < 6; i++)
		CHECK_INT(br_keys_enter(&keys, &profiles[i % 3], &v3[i], NULL), BR_OK);
	CHECK_INT(derived, 2); /* two passwords, three users, six printers */
	CHECK(v3[0]->key == v3[3]->key);
	CHECK(v3[0]->key != v3[1]->key);
	CHECK_MEM(v3[0]->v3.user->auth_ku, 32, user.auth_ku, 32);
	CHECK_MEM(v3[1]->v3.user->auth_ku, 32, user.auth_ku, 32);
	CHECK_MEM(v3[1]->v3.user->priv_ku, 32, user.priv_ku, 32);
	CHECK_MEM(v3[2]->v3.user->priv_ku, 32, user.priv_ku, 32);
	CHECK(memcmp(v3[0]->v3.user->priv_ku, user.priv_ku, 32) != 0);
	CHECK_MEM(v3[2]->v3.user->auth_ku, 32, v3[0]->v3.user->priv_ku, 32);
	for (int i = 0; i < 6; i++)
		br_keys_leave(&keys, v3[i]);
	CHECK(keys.first == NULL);
	br_keys_close(&keys);
}
