/*
 * fleet_thread_test.c - engines in a host's threads: one each, and nothing between them.
 *
 * Says most in the variant that watches for races (make thread T=fleet_thread).
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/street.h"
#include "link/crypto.h"
#include "talk/v3_pair.h"

#include <pthread.h>
#include <string.h>

enum { THREADS = 2, EACH = 8, ROUNDS = 4 };

static struct street streets[THREADS];
static struct house houses[THREADS][EACH];
static struct told told[THREADS][EACH];

static void open_street(size_t s)
{
	for (unsigned i = 0; i < EACH; i++)
		house_open(&houses[s][i], (unsigned)s, i + 1);
	street_open(&streets[s], (struct br_fleet_options){.keep = true, .pace = 5000},
		    houses[s], EACH);
	streets[s].profile.timeout_ms = 2000;
}

static void add_all(size_t s)
{
	memset(told[s], 0, sizeof told[s]);
	for (size_t i = 0; i < EACH; i++)
		street_add(&streets[s], &told[s][i], &houses[s][i]);
}

/* A host's thread: it may add and remove, too. */
static void *live(void *argument)
{
	struct street *street = argument;
	struct told *ours = told[street - streets];

	for (int round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < EACH; i++)
			br_fleet_ask(street->fleet, ours[i].printer,
				     round ? BR_WANT_STATUS : BR_WANT_FULL);
		street_run(street);
		br_fleet_remove(street->fleet, ours[0].printer);
		street_add(street, &ours[0], &street->houses[0]);
	}
	return NULL;
}

static void run_all(void)
{
	pthread_t threads[THREADS];

	for (size_t s = 0; s < THREADS; s++)
		CHECK_INT(pthread_create(&threads[s], NULL, live, &streets[s]), 0);
	for (size_t s = 0; s < THREADS; s++)
		CHECK_INT(pthread_join(threads[s], NULL), 0);
	for (size_t s = 0; s < THREADS; s++)
		for (size_t i = 1; i < EACH; i++) {
			CHECK_INT(told[s][i].times, ROUNDS);
			CHECK_INT(told[s][i].status, BR_OK);
			CHECK_INT(told[s][i].done, BR_WANT_STATUS);
		}
}

/* Opened by one thread, run by another, closed by the first. */
TEST(two_engines_in_two_threads)
{
	for (size_t s = 0; s < THREADS; s++) {
		open_street(s);
		add_all(s);
	}
	run_all();
	for (size_t s = 0; s < THREADS; s++)
		street_close(&streets[s]);
}

/* libcrypto is opened by each of them. */
TEST(one_of_two_engines_in_v3)
{
	static struct engine engines[EACH];
	struct br_profile *profile = &streets[1].profile;
	struct br_view password = br_view(pair_password);
	struct br_v3_user user = {
		.name = "operator", .auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
	struct br_crypto *crypto;
	struct br_v3_crypto ops;

	pair_crypto(&crypto, &ops);
	CHECK_INT(br_v3_user_set_passwords(&user, &ops, password, password, NULL), BR_OK);
	open_street(0);
	open_street(1);
	profile->version = BR_SNMP_V3;
	profile->auth = user.auth;
	profile->priv = user.priv;
	br_text_copy(profile->auth_password, sizeof profile->auth_password, password);
	br_text_copy(profile->priv_password, sizeof profile->priv_password, password);
	for (uint32_t i = 0; i < EACH; i++) {
		CHECK(engine_init(&engines[i], &user, &ops, 3, 5000));
		houses[1][i].agent.max_message = 1300;
		houses[1][i].engine = &engines[i];
	}
	add_all(0);
	add_all(1);
	run_all();
	street_close(&streets[0]);
	street_close(&streets[1]);
	br_crypto_close(crypto);
}
