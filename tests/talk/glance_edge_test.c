/*
 * glance_edge_test.c - status readings at the edges: names that are hard to come before, alert
 * tables with holes, what was learned and claims more than a question holds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/glancer.h"
#include "talk/learned_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A printer without alerts; behind the alert table there is nothing. */
static const char plain[] = "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1\n"
			    "1.3.6.1.2.1.1.3.0|67|1000\n"
			    "1.3.6.1.2.1.1.5.0|4|plain\n"
			    "1.3.6.1.2.1.25.3.2.1.3.1|4|Plain printer\n"
			    "1.3.6.1.2.1.25.3.2.1.5.1|2|2\n"
			    "1.3.6.1.2.1.25.3.5.1.1.1|2|3\n"
			    "1.3.6.1.2.1.43.5.1.1.1.1|65|3\n"
			    "1.3.6.1.2.1.43.10.2.1.4.1.1|65|100\n";

/* So many names of a maker in the first question, then the uptime so many times. */
static size_t claim(uint8_t *out, unsigned makers, unsigned uptimes, unsigned most_names)
{
	static const uint8_t uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};
	static const uint8_t maker[] = {0x2b, 6, 1, 4, 1, 11, 1, 0};
	const uint8_t head[BR_LEARNED_HEAD] = {'b',
					       'L',
					       BR_LEARNED_VERSION,
					       0,
					       (uint8_t)most_names,
					       10,
					       1472 >> 8,
					       1472 & 255,
					       [12] = (uint8_t)(makers + uptimes),
					       [16] = BR_ALERTS_NONE,
					       [18] = (uint8_t)(makers + uptimes)};
	uint8_t *at = out + sizeof head;

	memcpy(out, head, sizeof head);
	for (unsigned i = 0; i < makers + uptimes; i++) {
		const uint8_t *name = i < makers ? maker : uptime;
		uint8_t shared = i == 0 || i == makers ? 0 : 7;

		*at++ = (uint8_t)((i == 0 ? BR_ENTRY_BEGINS : 0) |
				  (i < makers ? BR_ENTRY_MAKER : 0));
		*at++ = shared;
		*at++ = (uint8_t)(8 - shared);
		memcpy(at, name + shared, 8u - shared);
		at += 8 - shared;
		if (i < makers)
			at[-1] = (uint8_t)i;
	}
	return (size_t)(at - out);
}

static const struct {
	const char *name;
	unsigned makers, uptimes, most_names;
	bool sound;
} claims[] = {
	{"as many as are asked at once", 20, 1, 21, true},
	{"all that a question holds", 62, 1, 63, true},
	{"one more than are asked at once", 20, 1, 20, false},
	{"one more than a question holds", 63, 1, 63, false},
	{"far more than a question holds", 64, 136, 63, false},
	{"the same name twice", 5, 2, 60, false},
	{"the same name many times", 5, 50, 60, false},
};

/* Nothing of it is read beyond its end, and no more is asked than has room. */
TEST(what_claims_more_than_a_question_holds_is_not_learned)
{
	struct glancer glancer;
	uint8_t room[2048];

	glancer_open(&glancer, plain);
	for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
		size_t len =
			claim(room, claims[i].makers, claims[i].uptimes, claims[i].most_names);

		check_case(claims[i].name);
		free(glancer.lent);
		glancer.lent = malloc(len);
		memcpy(glancer.lent, room, len);
		glancer.options.learned = (struct br_view){(const char *)glancer.lent, len};
		CHECK_INT(br_learned_sound(glancer.options.learned), claims[i].sound);
		glancer.unchecked = true;
		glancer.options.digest = 0;
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
		CHECK(glancer.sent <= 8);
	}
	glancer_close(&glancer);
}

/* The name before is made by hand, so that its last arc is looked at in each length. */
TEST(each_index_can_be_asked)
{
	static const unsigned long arcs[] = {1,   2,     127,   128,     129,       255,
					     256, 16383, 16384, 2097152, 4294967295};
	char row[64];

	for (size_t i = 0; i < sizeof arcs / sizeof arcs[0]; i++) {
		struct glancer glancer;
		struct br_buf text;

		snprintf(row, sizeof row, "1.3.6.1.2.1.43.10.2.1.5.1.%lu|65|7\n", arcs[i]);
		check_case(row);
		br_buf_init(&text, 4096);
		br_buf_text(&text, plain);
		br_buf_text(&text, row);
		glancer_open(&glancer, text.data);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.sent, 1);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_compare(&glancer);
		glancer_close(&glancer);
		br_buf_clear(&text);
	}
}

/* Something that stands below the name before: GETNEXT brings that, GET the name. */
TEST(what_stands_between_does_not_hide_a_name)
{
	static const enum br_version versions[] = {BR_SNMP_V1, BR_SNMP_V2C};

	for (size_t v = 0; v < 2; v++) {
		struct glancer glancer;

		glancer_open_as(&glancer, "hp_mono", versions[v]);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer_set(&glancer, "1.3.6.1.2.1.43.11.1.1.9.1.0.3|2|5");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_drop(&glancer, "1.3.6.1.2.1.43.11.1.1.9.1.1");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
		CHECK_STR(glancer.glance.stale_because, "instance-gone");
		CHECK(glancer.sent <= 4);
		glancer_close(&glancer);
	}
}

/* The column that is not there ends first, and says nothing of the others. */
TEST(an_alert_without_its_severity_is_seen_however_replies_are_cut)
{
	for (size_t most = 150; most < 700; most += 5) {
		struct glancer glancer;

		check_case("so many octets");
		glancer_open(&glancer, plain);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer.liar->agent.max_message = most;
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_add_alert(&glancer, 12, 1, -1, 8);
		glancer_drop(&glancer, "1.3.6.1.2.1.43.18.1.1.2");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.glance.rows, 1);
		glancer_close(&glancer);
	}
}

/* In v1 an error points at the first column that has nothing behind it. */
TEST(an_alert_at_the_end_of_everything_is_seen_in_v1)
{
	struct glancer glancer;

	glancer_open_as(&glancer, plain, BR_SNMP_V1);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 2);
	glancer_add_alert(&glancer, 12, 1, -1, 8);
	glancer_drop(&glancer, "1.3.6.1.2.1.43.18.1.1.9");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.glance.rows, 1);
	glancer_compare(&glancer);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	CHECK(glancer.sent <= 5);
	glancer_close(&glancer);
}

TEST(an_alert_whose_index_is_too_long_is_left_to_the_full_reading)
{
	struct glancer glancer;

	glancer_open(&glancer, plain);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_set(&glancer, "1.3.6.1.2.1.43.18.1.1.4.1.4294967295.4294967295.4294967295."
			      "4294967295|2|5");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_STR(glancer.glance.stale_because, "answers-differ");
	glancer_close(&glancer);
}

static size_t first_reply;

static void note_first(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)glancer;
	(void)datagram;
	if (nth == 1)
		first_reply = *len;
}

static size_t alert_octets(const struct br_harvest *harvest)
{
	static const uint8_t alerts[] = {0x2b, 6, 1, 2, 1, 43, 18, 1, 1};
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	bool broken = false;
	size_t octets = 0;

	while (br_varbind_take(&all, &varbind, &broken))
		if (varbind.name_len > sizeof alerts &&
		    memcmp(varbind.name, alerts, sizeof alerts) == 0)
			octets += varbind.raw_len;
	return octets;
}

/* The first reply has what must be asked; with the alerts and one answer that shows their end
 * it would be more than an Ethernet frame holds. */
TEST(a_second_question_is_asked_only_where_the_alerts_overflow_a_frame)
{
	enum { FRAME = 1472, LEAST_ANSWER = 14 };
	struct glancer glancer;

	glancer_open(&glancer, "xerox_color_mfp");
	glancer.spoil = note_first;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 2);
	CHECK(first_reply <= FRAME);
	CHECK(first_reply + alert_octets(&glancer.now) + LEAST_ANSWER > FRAME);
	glancer_close(&glancer);
}

/* What fits as it is may grow: then it is cut, and the rest is a question as it would be
 * anyway. */
TEST(what_fits_tightly_and_grows_takes_a_further_question)
{
	static const char *const recordings[] = {"hp_color_mfp", "kyocera_color_mfp"};

	for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++) {
		struct glancer glancer;

		check_case(recordings[i]);
		glancer_open(&glancer, recordings[i]);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.sent, 1);
		glancer_set(&glancer, "1.3.6.1.2.1.43.16.5.1.2.1.1|4|A panel that says so much "
				      "that there is no room left for what it warns of");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.sent, 2);
		glancer_compare(&glancer);
		glancer_add_alert(&glancer, 4711, 1, -1, 8);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.sent, 2);
		glancer_compare(&glancer);
		glancer_close(&glancer);
	}
}

TEST(one_that_had_trouble_with_large_replies_is_not_asked_for_a_full_frame)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_color_mfp");
	CHECK_INT(br_learned_questions(glancer.options.learned), 1);
	glancer.liar->options.tolerance = (struct br_tolerance){.reply_octets = 1399};
	CHECK_INT(glancer_learn(&glancer), BR_OK);
	CHECK_INT(br_learned_questions(glancer.options.learned), 2);
	glancer_close(&glancer);
}

static void lose_large(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)glancer;
	(void)nth;
	(void)datagram;
	if (*len > 1400)
		*len = 0;
}

/* On the way to some printers a datagram in pieces is lost. */
TEST(a_reply_that_is_too_large_for_the_way_is_asked_for_in_two)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_color_mfp");
	glancer.spoil = lose_large;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 5); /* twice, is anybody there, names, alerts */
	glancer_compare(&glancer);
	glancer_close(&glancer);
}

/* As alerts come up, the second question is asked where the first would be cut. */
TEST(questions_are_as_many_as_what_they_bring_needs)
{
	struct glancer glancer;
	unsigned most = 0;

	glancer_open(&glancer, "hp_mono");
	for (unsigned i = 1; i <= 5; i++) {
		glancer_add_alert(&glancer, 100 + i, 1, -1, 8);
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.glance.rows, 1 + i);
		CHECK_INT(glancer.sent, br_learned_questions(glancer.options.learned));
		if (glancer.sent > most)
			most = glancer.sent;
	}
	CHECK_INT(most, 2);
	glancer_close(&glancer);
}
