/*
 * learned_test.c - what is learned, from whom, and what a next full reading makes of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/glancer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A printer of its own making: what is asked of it stands in the answers of each. */
static const char small[] = "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1\n"
			    "1.3.6.1.2.1.1.3.0|67|1000\n"
			    "1.3.6.1.2.1.1.5.0|4|small\n"
			    "1.3.6.1.2.1.25.3.2.1.3.1|4|Small printer\n"
			    "1.3.6.1.2.1.25.3.2.1.5.1|2|2\n"
			    "1.3.6.1.2.1.25.3.5.1.1.1|2|3\n"
			    "1.3.6.1.2.1.25.3.5.1.2.1|4x|00\n"
			    "1.3.6.1.2.1.43.5.1.1.1.1|65|3\n"
			    "1.3.6.1.2.1.43.5.1.1.17.1|4|MADEUP\n"
			    "1.3.6.1.2.1.43.10.2.1.4.1.1|65|100\n"
			    "1.3.6.1.2.1.43.11.1.1.6.1.1|4|Toner\n"
			    "1.3.6.1.2.1.43.11.1.1.8.1.1|2|100\n"
			    "1.3.6.1.2.1.43.11.1.1.9.1.1|2|50\n";

static void gather(void *user, const struct br_oid *name, bool table)
{
	struct br_buf *out = user;
	char dotted[BR_OID_TEXT_SIZE];

	br_oid_format(dotted, sizeof dotted, name->ber, name->len);
	br_buf_format(out, "%s%s\n", dotted, table ? " and on" : "");
}

TEST(what_can_change_is_asked_and_nothing_else)
{
	static const char want[] = "1.3.6.1.2.1.1.3.0\n"
				   "1.3.6.1.2.1.25.3.2.1.5.1\n"
				   "1.3.6.1.2.1.25.3.5.1.1.1\n"
				   "1.3.6.1.2.1.25.3.5.1.2.1\n"
				   "1.3.6.1.2.1.43.5.1.1.1.1\n"
				   "1.3.6.1.2.1.43.10.2.1.4.1.1\n"
				   "1.3.6.1.2.1.43.11.1.1.9.1.1\n"
				   "1.3.6.1.2.1.43.18.1.1.2 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.3 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.4 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.5 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.6 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.7 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.8 and on\n"
				   "1.3.6.1.2.1.43.18.1.1.9 and on\n";
	struct glancer glancer;
	struct br_buf names;

	glancer_open(&glancer, small);
	br_buf_init(&names, 1 << 16);
	br_learned_each(glancer.options.learned, gather, &names);
	CHECK_STR(names.data, want);
	CHECK_INT(br_learned_questions(glancer.options.learned), 1);
	CHECK(glancer.learned.len < 160);
	br_buf_clear(&names);
	glancer_close(&glancer);
}

/* Each is a printer that is read in full each time. */
static const struct {
	const char *name, *recording;
} unlearned[] = {
	{"no printer", "1.3.6.1.2.1.1.3.0|67|5\n1.3.6.1.2.1.1.5.0|4|host\n"},
	{"nothing", "1.3.6.1.2.1.1.5.0|4|host\n"},
};

TEST(there_is_not_always_something_to_learn)
{
	for (size_t i = 0; i < sizeof unlearned / sizeof unlearned[0]; i++) {
		struct liar *liar = liar_open_text(unlearned[i].recording);
		struct br_buf out;

		check_case(unlearned[i].name);
		br_buf_init(&out, BR_LEARNED_MAX);
		br_buf_text(&out, "from before");
		liar_talk(liar);
		CHECK_INT(br_learn(&liar->talk, &liar->harvest, &out), BR_E_ABSENT);
		CHECK_INT(out.len, 0);
		br_buf_clear(&out);
		liar_close(liar);
	}
}

TEST(of_half_a_reading_nothing_is_learned)
{
	for (unsigned stop = 1; stop < 7; stop++) {
		struct liar *liar = liar_open("hp_color_mfp");
		struct br_buf out;

		br_buf_init(&out, BR_LEARNED_MAX);
		liar->stop_at = stop;
		liar_talk(liar);
		CHECK_INT(br_learn(&liar->talk, &liar->harvest, &out), BR_E_ABSENT);
		br_buf_clear(&out);
		liar_close(liar);
	}
}

/* So many trays that a few datagrams do not hold them. */
TEST(too_much_for_a_few_datagrams_is_left_to_the_full_reading)
{
	struct br_buf text, out;
	struct liar *liar;

	br_buf_init(&text, 1 << 20);
	br_buf_text(&text, small);
	for (int i = 1; i <= 120; i++)
		br_buf_format(&text,
			      "1.3.6.1.2.1.43.8.2.1.10.1.%d|2|5\n"
			      "1.3.6.1.2.1.43.8.2.1.11.1.%d|2|0\n",
			      i, i);
	liar = liar_open_text(text.data);
	br_buf_init(&out, BR_LEARNED_MAX);
	liar_talk(liar);
	CHECK(!liar->talk.partial);
	CHECK_INT(br_learn(&liar->talk, &liar->harvest, &out), BR_E_ABSENT);
	br_buf_clear(&out);
	br_buf_clear(&text);
	liar_close(liar);
}

TEST(no_room_leaves_nothing)
{
	struct liar *liar = liar_open("hp_mono");
	struct br_buf out;

	liar_talk(liar);
	for (size_t room = 1; room < 220; room += 13) {
		br_buf_init(&out, room);
		CHECK_INT(br_learn(&liar->talk, &liar->harvest, &out), BR_E_ABSENT);
		CHECK_INT(out.len, 0);
		br_buf_clear(&out);
	}
	liar_close(liar);
}

static void fear_bulk(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	(void)liar;
	if (asked->type == BR_PDU_GETBULK)
		reply->error = BR_PDU_GEN_ERR;
}

static void speak_v1(struct liar *liar, const struct liar_asked *asked,
		     struct liar_reply *reply)
{
	(void)liar;
	reply->silent = asked->version != BR_SNMP_V1;
}

static void stay_small(struct liar *liar, const struct liar_asked *asked,
		       struct liar_reply *reply)
{
	(void)liar;
	if (asked->n > 10)
		reply->error = BR_PDU_TOO_BIG;
}

static const struct {
	const char *name;
	void (*bend)(struct liar *, const struct liar_asked *, struct liar_reply *);
	bool no_bulk, v1_only;
	unsigned names;
} tolerances[] = {
	{"honest", NULL, false, false, 60},
	{"fears GETBULK", fear_bulk, true, false, 16},
	{"v1 only", speak_v1, true, true, 16},
	{"small questions", stay_small, false, false, 10},
};

/* And the next full reading wastes no question on it. */
TEST(what_a_printer_stands_is_learned)
{
	for (size_t i = 0; i < sizeof tolerances / sizeof tolerances[0]; i++) {
		struct glancer glancer;
		struct br_tolerance tolerance;
		unsigned full;

		check_case(tolerances[i].name);
		glancer_open(&glancer, "hp_mono");
		glancer.liar->bend = tolerances[i].bend;
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		full = glancer.liar->sent;
		tolerance = br_learned_tolerance(glancer.options.learned);
		CHECK_INT(tolerance.no_bulk, tolerances[i].no_bulk);
		CHECK_INT(br_learned_v1_only(glancer.options.learned), tolerances[i].v1_only);
		CHECK(tolerance.max_names <= tolerances[i].names);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK(glancer.names <= tolerances[i].names);
		CHECK_INT(glancer.glance.session.version,
			  tolerances[i].v1_only ? BR_SNMP_V1 : BR_SNMP_V2C);

		glancer.liar->options.tolerance = tolerance;
		if (tolerances[i].v1_only)
			glancer.liar->options.session.version = BR_SNMP_V1;
		liar_talk(glancer.liar);
		CHECK_INT(glancer.liar->talk.status, BR_OK);
		CHECK(tolerances[i].bend ? glancer.liar->sent < full
					 : glancer.liar->sent == full);
		CHECK(!tolerances[i].no_bulk || glancer.liar->bulks == 0);
		/* It is learned once more from a reading that had not to find it out. */
		CHECK_INT(
			br_learn(&glancer.liar->talk, &glancer.liar->harvest, &glancer.learned),
			BR_OK);
		CHECK_INT(br_learned_v1_only(
				  (struct br_view){glancer.learned.data, glancer.learned.len}),
			  tolerances[i].v1_only);
		glancer_close(&glancer);
	}
}

static const struct {
	const char *name, *set, *drop;
	bool alike; /* to one that has a second supply without a level */
} changes[] = {
	{"nothing", NULL, NULL, true},
	{"the counter of changes", "1.3.6.1.2.1.43.5.1.1.1.1|65|13", NULL, true},
	{"a level", "1.3.6.1.2.1.43.11.1.1.9.1.1|2|3", NULL, true},
	{"a name", "1.3.6.1.2.1.43.11.1.1.6.1.1|4|Another toner", NULL, true},
	{"one supply more", "1.3.6.1.2.1.43.11.1.1.9.1.2|2|3", NULL, false},
	{"no supply", NULL, "1.3.6.1.2.1.43.11", false},
	{"another supply's level", "1.3.6.1.2.1.43.11.1.1.9.1.2|2|3",
	 "1.3.6.1.2.1.43.11.1.1.9.1.1", false},
	{"one more of which nothing is asked", "1.3.6.1.2.1.43.11.1.1.6.1.3|4|Waste", NULL,
	 false},
	{"another of which nothing is asked", "1.3.6.1.2.1.43.11.1.1.6.1.3|4|Waste",
	 "1.3.6.1.2.1.43.11.1.1.6.1.2", false},
};

TEST(two_readings_teach_alike_where_the_printer_has_the_same)
{
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct glancer glancer;
		char before[BR_LEARNED_MAX];
		struct br_view was = {before, 0}, now;

		check_case(changes[i].name);
		glancer_open(&glancer, small);
		glancer_set(&glancer, "1.3.6.1.2.1.43.11.1.1.6.1.2|4|Waste");
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		was.len = glancer.learned.len;
		memcpy(before, glancer.learned.data, was.len);
		if (changes[i].drop)
			glancer_drop(&glancer, changes[i].drop);
		if (changes[i].set)
			glancer_set(&glancer, changes[i].set);
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		now = glancer.options.learned;
		CHECK_INT(br_learned_alike(was, now), changes[i].alike);
		CHECK_INT(br_learned_alike(now, was), changes[i].alike);
		CHECK(!br_learned_alike(was, (struct br_view){NULL, 0}));
		CHECK(!br_learned_alike((struct br_view){NULL, 0}, was));
		glancer_close(&glancer);
	}
}

/* Alerts come and go, and take the room of what fills a question. */
TEST(what_there_is_room_for_makes_no_other_printer)
{
	struct glancer glancer;
	char before[BR_LEARNED_MAX];
	struct br_view was = {before, 0};

	glancer_open(&glancer, "hp_mono");
	was.len = glancer.learned.len;
	memcpy(before, glancer.learned.data, was.len);
	for (unsigned i = 0; i < 8; i++)
		glancer_add_alert(&glancer, 100 + i, 8, 2, 808);
	CHECK_INT(glancer_learn(&glancer), BR_OK);
	CHECK(glancer.options.learned.at[12] != before[12]); /* entries */
	CHECK(br_learned_alike(was, glancer.options.learned));
	glancer_close(&glancer);
}

TEST(what_was_cut_is_alike_to_nothing)
{
	struct glancer glancer;
	struct br_view whole, cut;

	glancer_open(&glancer, small);
	whole = cut = glancer.options.learned;
	CHECK(br_learned_alike(whole, cut));
	while (cut.len-- > 0) {
		CHECK(!br_learned_alike(whole, cut));
		CHECK(!br_learned_alike(cut, whole));
	}
	glancer_close(&glancer);
}

TEST(only_our_own_octets_are_sound)
{
	struct glancer glancer;
	struct br_view learned;

	glancer_open(&glancer, "hp_mono");
	learned = glancer.options.learned;
	CHECK(br_learned_sound(learned));
	for (size_t i = 0; i < 3; i++) {
		glancer.lent[i]++;
		CHECK(!br_learned_sound(learned));
		CHECK_INT(br_learned_questions(learned), 0);
		CHECK_INT(br_learned_tolerance(learned).max_names, 0);
		glancer.lent[i]--;
	}
	CHECK(!br_learned_sound((struct br_view){NULL, 0}));
	CHECK(br_learned_sound(learned));
	glancer_close(&glancer);
}
