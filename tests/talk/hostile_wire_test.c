/*
 * hostile_wire_test.c - datagrams that are late, doubled, foreign, cut, bent, or do not come.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/liar.h"

#include <stdlib.h>
#include <string.h>

static struct br_reading honest, got;

static void expect_whole(struct liar *liar)
{
	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(!got.partial);
	liar_check_harvest(liar);
	liar_check_whole(&honest, &got);
}

static void silent(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)asked;
	reply->silent = liar->how == 0 || liar->sent > (unsigned)liar->how;
}

TEST(silence_from_the_start)
{
	static const struct {
		enum br_version version;
		unsigned attempts, datagrams;
	} cases[] = {
		{BR_SNMP_V2C, 0, 3}, {BR_SNMP_V2C, 1, 1}, {BR_SNMP_V2C, 2, 2},
		{BR_SNMP_V2C, 7, 7}, {BR_SNMP_V1, 0, 3},  {BR_SNMP_V1, 1, 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct liar *liar = liar_open("hp_mono");

		liar->bend = silent;
		liar->options.session.version = cases[i].version;
		liar->options.attempts = cases[i].attempts;
		liar_talk(liar);
		CHECK_INT(liar->talk.status, BR_E_TIMEOUT);
		CHECK_STR(liar->talk.error.text, "no answer");
		CHECK_INT(liar->sent, cases[i].datagrams);
		CHECK_INT(liar->harvest.len, 0);
		liar_close(liar);
	}
}

TEST(a_wrong_community_is_silence)
{
	struct liar *liar = liar_open("hp_mono");

	liar->agent.community = br_view("secret");
	liar_talk(liar);
	CHECK_INT(liar->talk.status, BR_E_TIMEOUT);
	CHECK_INT(liar->sent, 3);
	liar_close(liar);
}

/* Silence after the first, the second, the n-th answer: what came is kept, and the rest said to
 * be missing. */
TEST(silence_after_some_answers)
{
	struct liar *liar = liar_open("hp_color_mfp");

	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar->bend = silent;
	for (liar->how = 1; liar->how < 8; liar->how++) {
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK(got.partial);
		CHECK(got.n_notes > 0);
		CHECK(liar->harvest.len > 0);
		liar_check_harvest(liar);
		liar_check_true(&honest, &got);
	}
	liar_close(liar);
}

/* A well printer that falls silent: what did not come may have been the alert. */
TEST(half_an_answer_is_no_all_clear)
{
	struct liar *liar = liar_open("canon_plotter");

	liar_honest(liar, &honest);
	CHECK_INT(honest.status.severity, BR_SEVERITY_OK);
	liar->bend = silent;
	for (liar->how = 1; liar->how < 4; liar->how++) {
		liar_talk_and_read(liar, &got);
		CHECK(got.partial);
		CHECK_INT(got.status.severity, BR_SEVERITY_UNKNOWN);
	}
	liar_close(liar);
}

static void lose(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)asked;
	reply->silent = (liar->how >> (liar->sent - 1) % 16) & 1;
}

/* Each answer lost once or twice: the retransmission brings it. */
TEST(lost_answers_are_asked_for_again)
{
	static const long masks[] = {0x1, 0x2, 0x4, 0x8, 0x6, 0x5555, 0xaaaa, 0x4924};

	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		struct liar *liar = liar_open("kyocera_color_mfp");

		liar->bend = lose;
		liar->how = masks[i];
		expect_whole(liar);
		CHECK(!liar->talk.tolerance.no_bulk);
		CHECK(liar->sent < 40);
		liar_close(liar);
	}
}

static void some_late(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	(void)asked;
	reply->later = (liar->how >> (liar->sent - 1) % 16) & 1;
}

/* The answer comes when the question was sent a second time already: it counts all the same. */
TEST(late_answers_count)
{
	static const long masks[] = {0x2, 0x4, 0xaaaa, 0xfffe};

	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		struct liar *liar = liar_open("lexmark_color_mfp");

		liar->bend = some_late;
		liar->how = masks[i];
		expect_whole(liar);
		CHECK(!liar->talk.tolerance.no_bulk);
		liar_close(liar);
	}
}

/* A printer that wakes up answers the first question when the second was sent, and so on. */
TEST(a_slow_printer_is_not_taken_for_a_simple_one)
{
	static const struct {
		long mask;
		unsigned attempts; /* with two, it is probed in v1 at once */
	} cases[] = {{0x1, 0}, {0x3, 0}, {0xffff, 0}, {0x1, 2}, {0x3, 2}, {0xffff, 2}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct liar *liar = liar_open("canon_lbp");

		liar->bend = some_late;
		liar->how = cases[i].mask;
		liar->options.attempts = cases[i].attempts;
		expect_whole(liar);
		CHECK_INT(liar->talk.session.version, BR_SNMP_V2C);
		CHECK(!liar->talk.tolerance.no_bulk);
		CHECK_INT(got.n_notes, honest.n_notes);
		liar_close(liar);
	}
}

static void twice(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)asked;
	reply->copies = (unsigned)liar->how;
}

TEST(duplicate_answers_are_taken_once)
{
	struct liar *liar = liar_open("ricoh_color_mfp");
	unsigned sent;

	expect_whole(liar);
	sent = liar->sent;
	liar->bend = twice;
	liar->how = 3;
	expect_whole(liar);
	CHECK_INT(liar->sent, sent);
	liar_close(liar);
}

static void wrong_id(struct liar *liar, const struct liar_asked *asked,
		     struct liar_reply *reply)
{
	reply->id = (int32_t)((int64_t)asked->id + liar->how);
}

static void wrong_version(struct liar *liar, const struct liar_asked *asked,
			  struct liar_reply *reply)
{
	(void)asked;
	reply->version = (int)liar->how;
}

static void wrong_type(struct liar *liar, const struct liar_asked *asked,
		       struct liar_reply *reply)
{
	(void)asked;
	reply->type = (uint8_t)liar->how;
}

/* What is no answer to the question that is out is as good as nothing. */
TEST(foreign_answers_are_ignored)
{
	static const struct {
		const char *name;
		void (*bend)(struct liar *, const struct liar_asked *, struct liar_reply *);
		long how;
	} cases[] = {
		{"the request id before", wrong_id, -1},
		{"the request id behind", wrong_id, 1},
		{"another request id", wrong_id, -1000},
		{"a request id beyond 32 bits", wrong_id, 1l << 31},
		{"version 3", wrong_version, 3},
		{"version 2", wrong_version, 2},
		{"version -1", wrong_version, -1},
		{"the question itself", wrong_type, BR_PDU_GETBULK},
		{"a GetRequest", wrong_type, BR_PDU_GET},
		{"a report", wrong_type, BR_PDU_REPORT},
		{"a trap", wrong_type, 0xa7},
		{"a SetRequest", wrong_type, 0xa3},
		{"no PDU", wrong_type, 0x30},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct liar *liar = liar_open("oki_color");

		check_case(cases[i].name);
		liar->bend = cases[i].bend;
		liar->how = cases[i].how;
		liar_talk(liar);
		CHECK_INT(liar->talk.status, BR_E_MALFORMED);
		CHECK_INT(liar->sent, 3);
		CHECK_INT(liar->harvest.len, 0);
		liar_close(liar);
	}
}

static void cut(struct liar *liar, uint8_t *datagram, size_t *len)
{
	(void)datagram;
	if (*len > (size_t)liar->how)
		*len = (size_t)liar->how;
}

/* Every answer is cut at the same length, whatever it is. */
TEST(answers_cut_at_every_length)
{
	struct liar *liar = liar_open("zebra_label");

	liar_honest(liar, &honest);
	liar->spoil = cut;
	for (liar->how = 0; liar->how < 400; liar->how++) {
		liar_talk_and_read(liar, &got);
		if (liar->talk.status != BR_OK)
			CHECK_INT(liar->talk.status, BR_E_MALFORMED);
		liar_check_harvest(liar);
		liar_check_true(&honest, &got);
	}
	liar_close(liar);
}

/* One answer is cut at each of its lengths, with and without lengths in it that fit. */
static void cut_second(struct liar *liar, uint8_t *datagram, size_t *len)
{
	size_t at = (size_t)(liar->how & 0xffff);

	if (liar->sent != 2 || at >= *len)
		return;
	*len = at;
	if (liar->how >> 16 &&
	    at > 8) { /* as a gateway would: the outer lengths are put right */
		for (size_t i = 0; i + 3 < at; i++)
			if (datagram[i] == 0x82 &&
			    ((size_t)datagram[i + 1] << 8 | datagram[i + 2]) > at - i - 3) {
				datagram[i + 1] = (uint8_t)((at - i - 3) >> 8);
				datagram[i + 2] = (uint8_t)(at - i - 3);
			}
	}
}

TEST(one_answer_cut_at_every_length)
{
	struct liar *liar = liar_open("samsung_color");

	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar->spoil = cut_second;
	for (long mended = 0; mended < 2; mended++) {
		for (long at = 0; at < 1472; at++) {
			liar->how = mended << 16 | at;
			liar_talk_and_read(liar, &got);
			CHECK_INT(liar->talk.status, BR_OK);
			liar_check_harvest(liar);
			liar_check_whole(&honest, &got);
		}
	}
	liar_close(liar);
}

static void flip(struct liar *liar, uint8_t *datagram, size_t *len)
{
	size_t bit = (size_t)liar->how;

	if (liar->sent == 2 && bit / 8 < *len)
		datagram[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
}

/* UDP has a checksum, and some stacks leave it out. It must end; what it says may be wrong. */
TEST(a_bit_is_flipped_anywhere)
{
	struct liar *liar = liar_open("pantum_mono");

	liar->options.makers = liar_makers();
	liar->spoil = flip;
	for (liar->how = 0; liar->how < 1472 * 8; liar->how += liar->how < 800 ? 1 : 7) {
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
	}
	liar_close(liar);
}

static void noise(struct liar *liar, uint8_t *datagram, size_t *len)
{
	*len = liar_roll(liar, (uint32_t)*len);
	for (size_t i = 0; i < *len; i++)
		datagram[i] = (uint8_t)liar_roll(liar, 256);
}

TEST(noise_is_told_from_silence)
{
	struct liar *liar = liar_open("pantum_mono");

	liar->spoil = noise;
	for (int i = 0; i < 200; i++) {
		liar_talk(liar);
		CHECK_INT(liar->talk.status, BR_E_MALFORMED);
	}
	liar_close(liar);
}

/* The deadline of the whole passes while the n-th question is out. */
TEST(the_deadline_passes)
{
	struct liar *liar = liar_open("hp_mono");

	liar_honest(liar, &honest);
	for (liar->stop_at = 1; liar->stop_at < 5; liar->stop_at++) {
		liar_talk_and_read(liar, &got);
		CHECK(got.partial);
		CHECK_INT(liar->talk.status, liar->stop_at == 1 ? BR_E_TIMEOUT : BR_OK);
		if (liar->stop_at == 1)
			CHECK_STR(liar->talk.error.text, "no answer before the deadline");
		CHECK_INT(liar->sent, liar->stop_at);
		liar_check_harvest(liar);
		liar_check_true(&honest, &got);
	}
	liar_close(liar);
}

TEST(after_the_end_nothing_is_heard)
{
	struct liar *liar = liar_open("hp_mono");
	uint8_t buffer[BR_REQUEST_MAX];
	const uint8_t *datagram;
	size_t len;

	liar_talk(liar);
	CHECK(liar->talk.done);
	len = liar->harvest.len;
	memcpy(buffer, liar->honest, 500);
	CHECK(!br_conversation_hear(&liar->talk, 0, buffer, 500));
	br_conversation_silence(&liar->talk);
	br_conversation_stop(&liar->talk);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(!liar->talk.partial);
	CHECK_INT(liar->harvest.len, len);
	CHECK(!br_conversation_next(&liar->talk, 0, buffer, sizeof buffer, &datagram, &len));
	liar_close(liar);
}

/* A GET is answered with a part of what was asked: what is missing is said to be. */
static void short_get(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	if (asked->type == BR_PDU_GET && reply->n > (size_t)liar->how)
		reply->n = (size_t)liar->how;
}

TEST(a_get_answered_in_part)
{
	struct liar *liar = liar_open("kyocera_mono");

	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar->bend = short_get;
	for (liar->how = 0; liar->how < 3; liar->how++) {
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK(got.partial);
		liar_check_true(&honest, &got);
	}
	liar_close(liar);
}
