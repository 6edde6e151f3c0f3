/*
 * v3_test.c - SNMPv3 against an engine of our own: every level, every report, every clock.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/v3_pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

TEST(every_level_is_answered)
{
	for (int auth = BR_AUTH_NONE; auth <= BR_AUTH_SHA512; auth++) {
		for (int priv = BR_PRIV_NONE; priv <= BR_PRIV_AES256_REEDER; priv++) {
			struct pair pair;
			char name[64];
			if (priv && !auth)
				continue;
			pair_open(&pair, (enum br_v3_auth)auth, (enum br_v3_priv)priv);
			snprintf(name, sizeof name, "%s %s", br_v3_auth_name(pair.user.auth),
				 br_v3_priv_name(pair.user.priv));
			check_case(name);
			CHECK_INT(pair_exchange(&pair), BR_V3_AGAIN);
			CHECK(pair.v3.discovering);
			CHECK_INT(pair_exchange(&pair), BR_V3_ANSWER);
			CHECK_INT(pair.engine.questions, 2);
			CHECK_INT(pair.engine.request_id, 77);
			CHECK_INT(pair.answer.request_id, 77);
			CHECK_INT(pair.answer.type, BR_PDU_RESPONSE);
			CHECK_INT(pair.answer.version, BR_SNMP_V3);
			struct br_varbind varbind = {0};
			bool broken;
			CHECK(br_varbind_take(&pair.answer.varbinds, &varbind, &broken));
			CHECK_MEM(varbind.value.data, varbind.value.len, "a printer", 9);
			pair_close(&pair);
		}
	}
}

TEST(a_known_engine_costs_no_discovery)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	CHECK_INT(br_v3_know(&pair.v3, pair.engine.own.engine, pair.engine.own.engine_len, 3,
			     4990, pair.now_ms - 20000),
		  BR_OK);
	CHECK_INT(pair_exchange(&pair), BR_V3_ANSWER);
	CHECK_INT(pair.engine.questions, 1);
	CHECK_INT(pair.engine.asked.time, 5010);
	CHECK_INT(br_v3_know(&pair.v3, pair.engine.own.engine, 0, 3, 1, 0), BR_E_LIMIT);
	CHECK_INT(br_v3_know(&pair.v3, pair.engine.own.engine, 33, 3, 1, 0), BR_E_LIMIT);
	CHECK_INT(br_v3_know(&pair.v3, pair.engine.own.engine, 5, 0x80000000u, 1, 0),
		  BR_E_LIMIT);
	pair_close(&pair);
}

static const struct {
	const char *name;
	uint8_t counter, arc;
	enum br_v3_why why;
	const char *says;
} reports[] = {
	{"level", ENGINE_LEVEL, 15, BR_V3_WHY_LEVEL, "unsupported security level"},
	{"user", ENGINE_USER, 15, BR_V3_WHY_USER, "unknown user name"},
	{"engine", ENGINE_ENGINE, 15, BR_V3_WHY_ENGINE, "unknown engine id"},
	{"digest", ENGINE_DIGEST, 15, BR_V3_WHY_DIGEST, "wrong digest"},
	{"decrypt", ENGINE_DECRYPT, 15, BR_V3_WHY_DECRYPT, "decryption failed"},
	{"no such counter", 9, 15, BR_V3_WHY_OTHER, "rejects the message"},
	{"security model", 1, 11, BR_V3_WHY_OTHER, "rejects the message"},
};

TEST(each_report_has_its_sentence)
{
	for (size_t i = 0; i < COUNT(reports); i++) {
		for (int flags = 0; flags <= (BR_USM_AUTH | BR_USM_PRIV); flags++) {
			struct pair pair;
			if (flags == BR_USM_PRIV)
				continue;
			check_case(reports[i].name);
			pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
			pair_acquaint(&pair);
			pair_ask(&pair);
			struct engine_reply reply =
				engine_report(&pair.engine, (uint8_t)flags, reports[i].counter);
			reply.counter_arc = reports[i].arc;
			CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_FAILED);
			CHECK_INT(pair.v3.why, reports[i].why);
			CHECK(strstr(pair.err.text, reports[i].says) != NULL);
			CHECK(strstr(pair.err.text, "operator") != NULL);
			CHECK(strlen(pair.err.text) < sizeof pair.err.text - 1);
			pair_close(&pair);
		}
	}
}

/* The same complaints, when the engine comes to them by itself. */
TEST(a_wrong_user_password_or_level_is_told_apart)
{
	static const struct {
		const char *name, *user;
		enum br_v3_auth auth;
		enum br_v3_priv priv;
		enum br_v3_why why;
	} cases[] = {
		{"wrong user", "somebody", BR_AUTH_SHA256, BR_PRIV_NONE, BR_V3_WHY_USER},
		{"wrong digest", "operator", BR_AUTH_SHA1, BR_PRIV_NONE, BR_V3_WHY_DIGEST},
		{"wrong level", "operator", BR_AUTH_SHA256, BR_PRIV_AES128, BR_V3_WHY_LEVEL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair pair;
		check_case(cases[i].name);
		pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_NONE);
		pair_user(&pair, cases[i].user, cases[i].auth, cases[i].priv);
		CHECK_INT(pair_exchange(&pair), BR_V3_AGAIN);
		CHECK_INT(pair_exchange(&pair), BR_V3_FAILED);
		CHECK_INT(pair.v3.why, cases[i].why);
		pair_close(&pair);
	}
}

TEST(the_clock_is_set_by_an_authentic_report)
{
	static const struct {
		const char *name;
		uint32_t boots, time;
	} cases[] = {
		{"behind", 3, 100},      {"ahead", 3, 900000},  {"earlier boot", 1, 5000},
		{"later boot", 9, 5000}, {"clock reset", 3, 0}, {"boots unknown", 0, 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair pair;
		check_case(cases[i].name);
		pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
		CHECK_INT(br_v3_know(&pair.v3, pair.engine.own.engine,
				     pair.engine.own.engine_len, cases[i].boots, cases[i].time,
				     pair.now_ms),
			  BR_OK);
		CHECK_INT(pair_exchange(&pair), BR_V3_AGAIN);
		CHECK_INT(pair.v3.boots, 3);
		CHECK_INT(pair.v3.time, 5000);
		CHECK_INT(pair_exchange(&pair), BR_V3_ANSWER);
		pair_close(&pair);
	}
}

TEST(resyncing_ends)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_acquaint(&pair);
	enum br_v3_verdict verdict = BR_V3_AGAIN;
	unsigned rounds = 0;
	while (verdict == BR_V3_AGAIN && rounds < 10) {
		pair.engine.own.boots++; /* reboots before each question */
		verdict = pair_exchange(&pair);
		rounds++;
	}
	CHECK_INT(rounds, 3);
	CHECK_INT(verdict, BR_V3_FAILED);
	CHECK_INT(pair.v3.why, BR_V3_WHY_TIME);
	CHECK(strstr(pair.err.text, "not in time window") != NULL);
	pair_close(&pair);
}

TEST(a_used_up_boot_counter_is_final)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_acquaint(&pair);
	pair.engine.own.boots = INT32_MAX;
	CHECK_INT(pair_exchange(&pair), BR_V3_FAILED);
	CHECK_INT(pair.v3.why, BR_V3_WHY_TIME);
	pair_close(&pair);
}

/* Cheap firmware: every unit of a model has the same engine id, each its own clock. */
TEST(two_printers_with_one_engine_id)
{
	struct pair one, two;
	pair_open(&one, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_open(&two, BR_AUTH_SHA256, BR_PRIV_AES128);
	two.engine.own.boots = 90;
	two.engine.time = 12;
	pair_acquaint(&one);
	pair_acquaint(&two);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(pair_exchange(&one), BR_V3_ANSWER);
		CHECK_INT(pair_exchange(&two), BR_V3_ANSWER);
	}
	CHECK_INT(one.v3.boots, 3);
	CHECK_INT(two.v3.boots, 90);
	pair_close(&one);
	pair_close(&two);
}

TEST(another_privacy_key_is_told_when_the_answer_is_authentic)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_acquaint(&pair);
	pair_ask(&pair);
	pair.v3.priv_key[0] ^= 1;
	CHECK_INT(pair_hear(&pair), BR_V3_FAILED);
	CHECK_INT(pair.v3.why, BR_V3_WHY_DECRYPT);
	pair_close(&pair);
}

TEST(a_changed_engine_is_found_again_after_forget)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	CHECK_INT(br_v3_know(&pair.v3, (const uint8_t *)"the one before", 14, 3, 5000,
			     pair.now_ms),
		  BR_OK);
	CHECK_INT(pair_exchange(&pair), BR_V3_FAILED);
	CHECK_INT(pair.v3.why, BR_V3_WHY_ENGINE);
	const uint64_t salt = pair.v3.salt;
	br_v3_forget(&pair.v3);
	CHECK_INT(pair.v3.salt, salt);
	pair_acquaint(&pair);
	pair_close(&pair);
}

TEST(no_salt_twice)
{
	static const enum br_v3_priv ciphers[] = {BR_PRIV_DES, BR_PRIV_AES128};
	for (size_t i = 0; i < COUNT(ciphers); i++) {
		struct pair pair;
		uint8_t seen[16][BR_USM_SALT_LEN];
		size_t len;
		pair_open(&pair, BR_AUTH_SHA1, ciphers[i]);
		pair_acquaint(&pair);
		pair.v3.salt = 0xfffffff8; /* over the edge of 32 bits */
		for (size_t n = 0; n < COUNT(seen); n++) {
			const uint8_t *message = pair_write(&pair, &len);
			struct br_usm usm = {0};
			bool is_read = message && br_usm_read(message, len, &usm);
			CHECK(is_read);
			if (!is_read)
				break;
			CHECK_INT(usm.salt.len, BR_USM_SALT_LEN);
			memcpy(seen[n], usm.salt.data, BR_USM_SALT_LEN);
			for (size_t m = 0; m < n; m++)
				CHECK(memcmp(seen[m], seen[n], BR_USM_SALT_LEN) != 0);
			if (ciphers[i] == BR_PRIV_DES)
				CHECK_MEM(seen[n], 4, "\0\0\0\3", 4);
		}
		pair_close(&pair);
	}
}

TEST(a_buffer_too_small_gives_nothing)
{
	struct pair pair;
	size_t len = 0;
	pair_open(&pair, BR_AUTH_SHA512, BR_PRIV_DES);
	pair_acquaint(&pair);
	CHECK(pair_write(&pair, &len) != NULL);
	const struct br_question question = {.type = BR_PDU_GETNEXT, .request_id = 77};
	for (size_t size = 0; size < 400; size++) {
		uint8_t *exact = malloc(size ? size : 1);
		if (!exact)
			break;
		size_t used = 0;
		const uint8_t *at =
			br_v3_write(&pair.v3, &question, pair.now_ms, exact, size, &used);
		CHECK(!at || (used <= size && at == exact + size - used));
		CHECK(at ? pair.v3.message_id >= 0 : pair.v3.message_id == -1);
		CHECK(at || size < 200);
		free(exact);
	}
	pair_close(&pair);
}
