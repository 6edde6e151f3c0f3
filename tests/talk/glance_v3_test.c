/*
 * glance_v3_test.c - a status reading over SNMPv3: an engine that is known costs no further
 * datagram.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/glancer.h"
#include "talk/v3_pair.h"

#include <string.h>

static void answer_as_engine(struct glancer *glancer, unsigned nth, uint8_t *datagram,
			     size_t *len)
{
	static uint8_t room[4096];
	const uint8_t *reply;

	glancer->engine->time = 5000 + (uint32_t)(glancer->now_ms / 1000);
	reply = (long)nth == glancer->how
			? NULL
			: engine_answer(glancer->engine, glancer->question,
					glancer->question_len, room, sizeof room, len);
	if (reply)
		memcpy(datagram, reply, *len);
	else
		*len = 0;
}

static void open_v3(struct glancer *glancer, struct pair *pair, const char *recording)
{
	pair_open(pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	glancer_open(glancer, recording);
	pair->engine.agent = &glancer->liar->agent;
	glancer->engine = &pair->engine;
	glancer->spoil = answer_as_engine;
	glancer->options.session = (struct br_session){.version = BR_SNMP_V3, .v3 = &pair->v3};
}

TEST(a_known_engine_costs_one_question)
{
	static const struct {
		const char *recording;
		unsigned questions;
	} cases[] = {{"hp_mono", 1}, {"ricoh_color_mfp", 1}, {"xerox_color_mfp", 2}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct glancer glancer;
		struct pair pair;

		check_case(cases[i].recording);
		open_v3(&glancer, &pair, cases[i].recording);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.sent, cases[i].questions + 1); /* who is there? */
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		CHECK_INT(glancer.sent, cases[i].questions);
		CHECK(glancer.octets <= BR_REQUEST_MAX);
		glancer_compare(&glancer);
		glancer_add_alert(&glancer, 4711, 1, -1, 8);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer_compare(&glancer);
		glancer_close(&glancer);
		pair_close(&pair);
	}
}

TEST(a_lost_answer_is_asked_for_again)
{
	struct glancer glancer;
	struct pair pair;

	open_v3(&glancer, &pair, "hp_mono");
	glancer.how = 2;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 3);
	glancer_close(&glancer);
	pair_close(&pair);
}

static uint8_t late[4096];
static size_t late_len;

/* The answer to the question comes when it was asked once more already. */
static void answer_late(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	answer_as_engine(glancer, nth, datagram, len);
	if (nth == 2) {
		memcpy(late, datagram, *len);
		late_len = *len;
		*len = 0;
	} else if (nth == 3) {
		memcpy(datagram, late, late_len);
		*len = late_len;
	}
}

TEST(a_late_answer_is_taken)
{
	struct glancer glancer;
	struct pair pair;

	open_v3(&glancer, &pair, "hp_mono");
	glancer.spoil = answer_late;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 3);
	glancer_close(&glancer);
	pair_close(&pair);
}

TEST(a_wrong_password_is_told)
{
	struct glancer glancer;
	struct pair pair;

	open_v3(&glancer, &pair, "hp_mono");
	pair.engine.user.name[0] = 'O'; /* the engine knows somebody else */
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_NONE);
	CHECK_INT(glancer.glance.status, BR_E_AUTH);
	CHECK(glancer.glance.error.text[0] != 0);
	glancer_close(&glancer);
	pair_close(&pair);
}
