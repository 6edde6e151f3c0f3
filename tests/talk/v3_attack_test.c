/*
 * v3_attack_test.c - SNMPv3 answers that were changed, cut, forged, repeated or meant for
 * another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/v3_pair.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Hears the good reply with one bit flipped, in the state of before; true if it passed. */
static bool passes_flipped(struct pair *pair, const struct br_v3 *before, size_t at, int bit)
{
	pair->reply[at] ^= (uint8_t)(1 << bit);
	pair->v3 = *before;
	bool passed = pair_hear(pair) == BR_V3_ANSWER;
	CHECK_INT(pair->v3.boots, before->boots);
	CHECK_MEM(pair->v3.engine, pair->v3.engine_len, before->engine, before->engine_len);
	return passed;
}

/* Flips every bit-pattern of interest in every octet; a fresh pair of copies each time. */
static unsigned count_answers(struct pair *pair, bool *flipped_ok)
{
	unsigned answers = 0;
	pair_ask(pair);
	uint8_t *good = malloc(pair->reply_len);
	const size_t len = pair->reply_len;
	const struct br_v3 before = pair->v3;
	if (!good)
		return 0;
	memcpy(good, pair->reply, len);
	for (size_t i = 0; i < len; i++) {
		for (int bit = 0; bit < 8; bit++) {
			pair_keep(pair, good, len);
			bool passed = passes_flipped(pair, &before, i, bit);
			answers += passed;
			flipped_ok[i] = flipped_ok[i] || passed;
		}
	}
	pair_keep(pair, good, len);
	pair->v3 = before;
	CHECK_INT(pair_hear(pair), BR_V3_ANSWER);
	free(good);
	return answers;
}

TEST(no_octet_of_an_authentic_answer_can_be_changed)
{
	static const struct {
		const char *name;
		enum br_v3_auth auth;
		enum br_v3_priv priv;
	} cases[] = {
		{"MD5", BR_AUTH_MD5, BR_PRIV_NONE},
		{"SHA-256", BR_AUTH_SHA256, BR_PRIV_NONE},
		{"SHA-1 DES", BR_AUTH_SHA1, BR_PRIV_DES},
		{"SHA-256 AES-128", BR_AUTH_SHA256, BR_PRIV_AES128},
		{"SHA-512 AES-256", BR_AUTH_SHA512, BR_PRIV_AES256_BLUMENTHAL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair pair;
		bool flipped_ok[2048] = {0};
		check_case(cases[i].name);
		pair_open(&pair, cases[i].auth, cases[i].priv);
		pair_acquaint(&pair);
		CHECK_INT(count_answers(&pair, flipped_ok), 0);
		pair_close(&pair);
	}
}

TEST(without_authentication_only_what_is_checked_is_safe)
{
	struct pair pair;
	bool flipped_ok[2048] = {0};
	pair_open(&pair, BR_AUTH_NONE, BR_PRIV_NONE);
	pair_acquaint(&pair);
	CHECK(count_answers(&pair, flipped_ok) > 0);
	/* The value is anybody's; version, engine id and user are compared. */
	CHECK(flipped_ok[pair.reply_len - 1]);
	for (size_t i = 0; i < 5; i++)
		CHECK(!flipped_ok[i]);
	const uint8_t *engine = memmem(pair.reply, pair.reply_len, pair.v3.engine, 13);
	const uint8_t *user = memmem(pair.reply, pair.reply_len, "operator", 8);
	const uint8_t *context = memmem(pair.reply, pair.reply_len, "tray", 4);
	CHECK(engine && !flipped_ok[engine - pair.reply]);
	CHECK(user && !flipped_ok[user - pair.reply]);
	CHECK(context && !flipped_ok[context - pair.reply]);
	pair_close(&pair);
}

TEST(a_cut_answer_is_ignored_and_not_read_past)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA1, BR_PRIV_DES);
	pair_acquaint(&pair);
	pair_ask(&pair);
	uint8_t *good = malloc(pair.reply_len);
	const size_t len = pair.reply_len;
	CHECK(good != NULL);
	for (size_t cut = 0; good && cut < len; cut++) {
		memcpy(good, pair.reply, len);
		uint8_t *exact = malloc(cut ? cut : 1);
		if (!exact)
			break;
		memcpy(exact, good, cut);
		CHECK_INT(
			br_v3_read(&pair.v3, exact, cut, pair.now_ms, &pair.answer, &pair.err),
			BR_V3_IGNORE);
		free(exact);
	}
	free(good);
	CHECK_INT(pair_hear(&pair), BR_V3_ANSWER);
	pair_close(&pair);
}

static void other_id(struct engine_reply *reply)
{
	reply->usm.id ^= 1;
}

static void other_engine(struct engine_reply *reply)
{
	reply->usm.engine.len--;
}

static void other_user(struct engine_reply *reply)
{
	reply->usm.user = (struct br_tlv){.data = (const uint8_t *)"root", .len = 4};
}

static void lower_level(struct engine_reply *reply)
{
	reply->usm.flags = BR_USM_AUTH;
}

static void lowest_level(struct engine_reply *reply)
{
	reply->usm.flags = 0;
}

static void other_context(struct engine_reply *reply)
{
	reply->context = br_view("Tray");
}

static void other_context_engine(struct engine_reply *reply)
{
	reply->context_engine.len--;
}

static void a_request(struct engine_reply *reply)
{
	reply->type = BR_PDU_GET;
}

static void a_trap(struct engine_reply *reply)
{
	reply->type = 0xa7;
}

static void earlier_boot(struct engine_reply *reply)
{
	reply->usm.boots--;
}

static void too_old(struct engine_reply *reply)
{
	reply->usm.time -= 151;
}

static void old_enough(struct engine_reply *reply)
{
	reply->usm.time -= 150;
}

static void last_boot(struct engine_reply *reply)
{
	reply->usm.boots = INT32_MAX;
}

static void next_boot(struct engine_reply *reply)
{
	reply->usm.boots++;
	reply->usm.time = 1;
}

static void nothing(struct engine_reply *reply)
{
	(void)reply;
}

TEST(an_authentic_answer_to_another_question_is_ignored)
{
	static const struct {
		const char *name;
		void (*change)(struct engine_reply *reply);
		enum br_v3_verdict want;
	} cases[] = {
		{"the right one", nothing, BR_V3_ANSWER},
		{"150 s old", old_enough, BR_V3_ANSWER},
		{"booted since", next_boot, BR_V3_ANSWER},
		{"message id", other_id, BR_V3_IGNORE},
		{"engine id", other_engine, BR_V3_IGNORE},
		{"user", other_user, BR_V3_IGNORE},
		{"not encrypted", lower_level, BR_V3_IGNORE},
		{"not authenticated", lowest_level, BR_V3_IGNORE},
		{"context", other_context, BR_V3_IGNORE},
		{"context engine", other_context_engine, BR_V3_IGNORE},
		{"a request", a_request, BR_V3_IGNORE},
		{"a trap", a_trap, BR_V3_IGNORE},
		{"earlier boot", earlier_boot, BR_V3_IGNORE},
		{"151 s old", too_old, BR_V3_IGNORE},
		{"boots used up", last_boot, BR_V3_IGNORE},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair pair;
		check_case(cases[i].name);
		pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
		pair_acquaint(&pair);
		pair_ask(&pair);
		struct engine_reply reply = engine_reply(&pair.engine);
		cases[i].change(&reply);
		CHECK_INT(pair_hear_instead(&pair, &reply), cases[i].want);
		pair_close(&pair);
	}
}

TEST(an_answer_counts_once)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_NONE);
	pair_acquaint(&pair);
	pair_ask(&pair);
	CHECK_INT(pair_hear(&pair), BR_V3_ANSWER);
	CHECK_INT(pair_hear(&pair), BR_V3_IGNORE);
	pair_close(&pair);
}

TEST(a_forged_report_moves_nothing)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_acquaint(&pair);
	pair_ask(&pair);
	const struct br_v3 before = pair.v3;
	struct engine_reply reply = engine_report(&pair.engine, 0, ENGINE_TIME);
	reply.usm.boots = 2000000;
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_IGNORE);
	CHECK_MEM(&pair.v3, sizeof pair.v3, &before, sizeof before);
	/* The one report that names another engine: it may end the conversation, no more. */
	reply = engine_report(&pair.engine, 0, ENGINE_ENGINE);
	reply.usm.engine = (struct br_tlv){.data = (const uint8_t *)"evil engine", .len = 11};
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_FAILED);
	CHECK_MEM(pair.v3.engine, pair.v3.engine_len, before.engine, before.engine_len);
	CHECK_INT(pair.v3.boots, before.boots);
	/* And any other has to come from the engine that was asked. */
	pair_ask(&pair);
	reply.counter = ENGINE_USER;
	reply.usm.id = pair.engine.asked.id;
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_IGNORE);
	pair_close(&pair);
}

/* A hint from the discovery is nobody's word: the first authentic message replaces it. */
TEST(a_lie_in_the_discovery_does_not_last)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_ask(&pair);
	struct engine_reply reply = engine_report(&pair.engine, 0, ENGINE_ENGINE);
	reply.usm.boots = INT32_MAX;
	reply.usm.time = INT32_MAX;
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_AGAIN);
	CHECK(!pair.v3.time_known);
	CHECK_INT(pair_exchange(&pair), BR_V3_AGAIN);
	CHECK_INT(pair_exchange(&pair), BR_V3_ANSWER);
	CHECK_INT(pair.v3.boots, 3);
	pair_close(&pair);
}

/* Near enough for the printer to take our question, and still not its word. */
TEST(a_small_lie_in_the_discovery_does_not_last)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_ask(&pair);
	struct engine_reply reply = engine_report(&pair.engine, 0, ENGINE_ENGINE);
	reply.usm.time += 100;
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_AGAIN);
	CHECK_INT(pair_exchange(&pair), BR_V3_ANSWER);
	CHECK(pair.v3.time_known);
	CHECK_INT(pair.v3.time, pair.engine.time);
	pair_close(&pair);
}

TEST(a_discovery_without_an_engine_id_is_refused)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_ask(&pair);
	struct engine_reply reply = engine_report(&pair.engine, 0, ENGINE_ENGINE);
	reply.usm.engine.len = 0;
	CHECK_INT(pair_hear_instead(&pair, &reply), BR_V3_FAILED);
	CHECK_INT(pair.v3.engine_len, 0);
	pair_close(&pair);
}

/* A wrong password with an engine that signs its complaint, or a forger: only silence can be
 * told. */
TEST(an_answer_of_another_key_is_remembered)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_NONE);
	CHECK_INT(br_v3_silence(&pair.v3, &pair.err), BR_E_TIMEOUT);
	CHECK(strstr(pair.err.text, "no answer to SNMPv3") != NULL);
	pair_acquaint(&pair);
	CHECK_INT(br_v3_silence(&pair.v3, &pair.err), BR_E_TIMEOUT);
	CHECK(strstr(pair.err.text, "but not to us") != NULL);
	pair_ask(&pair);
	pair.reply[pair.reply_len - 1] ^= 1;
	CHECK_INT(pair_hear(&pair), BR_V3_IGNORE);
	CHECK_INT(br_v3_silence(&pair.v3, &pair.err), BR_E_AUTH);
	CHECK(strstr(pair.err.text, "another authentication key") != NULL);
	pair_close(&pair);
}
