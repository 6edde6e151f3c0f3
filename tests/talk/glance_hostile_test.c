/*
 * glance_hostile_test.c - printers that answer a status reading wrongly, or not.
 *
 * Nothing is repaired in a glance: what does not go as it was learned is stale, and the full
 * reading that follows copes with it. So here it counts that each ends, with few questions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/glancer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An answer of our own to the question that is out. */
static void craft(const struct glancer *glancer, uint8_t *datagram, size_t *len, int error,
		  int index, const void *list, size_t list_len)
{
	struct br_answer asked;
	struct br_ber_out out;

	if (!br_message_read(glancer->question, glancer->question_len, &asked))
		abort();
	br_ber_out_init(&out, datagram, 1472);
	br_ber_put(&out, BR_BER_SEQUENCE, list, list_len);
	br_ber_put_int(&out, BR_BER_INTEGER, index);
	br_ber_put_int(&out, BR_BER_INTEGER, error);
	br_ber_put_int(&out, BR_BER_INTEGER, asked.request_id);
	br_ber_wrap(&out, BR_PDU_RESPONSE, out.end);
	br_ber_put(&out, BR_BER_OCTETS, "public", 6);
	br_ber_put_int(&out, BR_BER_INTEGER, asked.version);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	*len = (size_t)(out.end - out.at);
	memmove(datagram, out.at, *len);
}

static void be_silent(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)datagram;
	if ((long)nth >= glancer->how)
		*len = 0;
}

static size_t names_of(const struct glancer *glancer)
{
	struct liar_asked asked;

	liar_inspect(glancer->question, glancer->question_len, &asked);
	return asked.n;
}

/* Two attempts, then the smallest question there is. */
TEST(a_silent_printer_costs_its_attempts)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.spoil = be_silent;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_NONE);
	CHECK_INT(glancer.glance.status, BR_E_TIMEOUT);
	CHECK_STR(glancer.glance.error.text, "no answer");
	CHECK_INT(glancer.sent, 3);
	CHECK_INT(names_of(&glancer), 1);
	glancer.options.attempts = 1;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_NONE);
	CHECK_INT(glancer.sent, 1);
	glancer_close(&glancer);
}

static void lose_first(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)datagram;
	if ((long)nth <= glancer->how)
		*len = 0;
}

TEST(lost_datagrams_are_asked_again)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.spoil = lose_first;
	glancer.how = 1;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 2);
	/* The third attempt is a probe, which is answered; then it is asked in two halves. */
	glancer.how = 2;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	CHECK_INT(glancer.sent, 5);
	glancer_close(&glancer);
}

static uint8_t first[BR_REQUEST_MAX];
static size_t first_len;

/* The answer to the first attempt comes when the probe is out. */
static void come_late(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)glancer;
	if (nth == 1) {
		CHECK(*len <= sizeof first);
		first_len = *len;
		memcpy(first, datagram, first_len);
	}
	*len = nth == 3 ? first_len : 0;
	memcpy(datagram, first, *len);
}

TEST(a_late_answer_is_not_taken_for_the_probes)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer.spoil = come_late;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	CHECK_INT(glancer.sent, 3);
	CHECK(!glancer.glance.alerts_alone);
	glancer_close(&glancer);
}

static void compare_first(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)datagram;
	if (nth == 1) {
		memcpy(first, glancer->question, glancer->question_len);
		first_len = glancer->question_len;
		*len = 0;
	} else if (nth == 2) {
		CHECK_MEM(glancer->question, glancer->question_len, first, first_len);
	}
}

TEST(an_attempt_repeats_the_same_octets)
{
	struct glancer glancer;

	glancer_open(&glancer, "xerox_color_mfp");
	glancer.spoil = compare_first;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 3);
	glancer_close(&glancer);
}

static void answer_small_only(struct glancer *glancer, unsigned nth, uint8_t *datagram,
			      size_t *len)
{
	(void)nth;
	(void)datagram;
	if (names_of(glancer) > 1)
		*len = 0;
}

TEST(one_that_stands_small_questions_only_is_read_in_full)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.spoil = answer_small_only;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_STR(glancer.glance.stale_because, "answers-differ");
	CHECK_INT(glancer.sent, 6);
	glancer_close(&glancer);
}

TEST(silence_after_the_first_question_is_stale)
{
	struct glancer glancer;

	glancer_open(&glancer, "xerox_color_mfp");
	glancer.spoil = be_silent;
	glancer.how = 2;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_INT(glancer.sent, 4);
	glancer_close(&glancer);
}

TEST(a_deadline_ends_it)
{
	struct glancer glancer;
	uint8_t room[BR_REQUEST_MAX];
	const uint8_t *datagram;
	size_t len;

	glancer_open(&glancer, "hp_mono");
	br_glance_init(&glancer.glance, &glancer.options, &glancer.now);
	CHECK(br_glance_next(&glancer.glance, 0, room, sizeof room, &datagram, &len));
	br_glance_stop(&glancer.glance);
	CHECK(!br_glance_next(&glancer.glance, 0, room, sizeof room, &datagram, &len));
	CHECK_INT(glancer.glance.status, BR_E_TIMEOUT);
	CHECK(!br_glance_hear(&glancer.glance, 0, room, sizeof room));
	glancer_close(&glancer);
}

/* Replies cut at whole answers, wherever an agent's buffer ends. */
TEST(cut_replies_are_continued)
{
	static const char *const recordings[] = {"hp_mono", "kyocera_color_mfp",
						 "ricoh_color_mfp"};

	for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++)
		for (size_t most = 150; most < 1472; most += 37) {
			struct glancer glancer;

			check_case(recordings[i]);
			glancer_open(&glancer, recordings[i]);
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
			glancer.liar->agent.max_message = most;
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
			CHECK(glancer.sent <= 2 + 2700 / (most - 90));
			glancer.liar->agent.max_message = 0;
			glancer_compare(&glancer);
			glancer_close(&glancer);
		}
}

static void too_big(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)nth;
	if ((long)names_of(glancer) > glancer->how)
		craft(glancer, datagram, len, BR_PDU_TOO_BIG, 0, NULL, 0);
}

TEST(too_big_halves_the_question)
{
	static const long names[] = {40, 20, 9, 8, 4, 1};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct glancer glancer;

		check_case("so many names");
		glancer_open(&glancer, "kyocera_mono");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer.spoil = too_big;
		glancer.how = names[i];
		if (names[i] >= 8) {
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
			glancer_compare(&glancer);
		} else {
			enum br_glance_verdict verdict = glancer_look(&glancer);

			CHECK(verdict == BR_GLANCE_SAME || verdict == BR_GLANCE_STALE);
		}
		CHECK(glancer.sent <= 49);
		glancer_close(&glancer);
	}
}

static const struct {
	const char *name;
	int error, index;
	enum br_version version;
	const char *stale;
} errors[] = {
	{"too big for anything", 1, 0, BR_SNMP_V2C, "answers-differ"},
	{"genErr", 5, 3, BR_SNMP_V2C, "answers-differ"},
	{"authorizationError", 16, 0, BR_SNMP_V2C, "answers-differ"},
	{"noSuchName in v2c", 2, 1, BR_SNMP_V2C, "answers-differ"},
	{"noSuchName of a name", 2, 2, BR_SNMP_V1, "instance-gone"},
	{"noSuchName of none", 2, 0, BR_SNMP_V1, "answers-differ"},
	{"noSuchName behind all", 2, 200, BR_SNMP_V1, "answers-differ"},
	{"noSuchName before all", 2, -1, BR_SNMP_V1, "answers-differ"},
	{"noSuchName far before all", 2, INT32_MIN, BR_SNMP_V1, "answers-differ"},
	{"an error nobody knows", 77, INT32_MAX, BR_SNMP_V1, "answers-differ"},
	{"nothing in the list", 0, 0, BR_SNMP_V2C, "answers-differ"},
	{"nothing in the list, v1", 0, 0, BR_SNMP_V1, "answers-differ"},
};

static void make_error(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)nth;
	craft(glancer, datagram, len, errors[glancer->how].error, errors[glancer->how].index,
	      NULL, 0);
}

TEST(errors_are_stale)
{
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		struct glancer glancer;

		check_case(errors[i].name);
		glancer_open_as(&glancer, "hp_mono", errors[i].version);
		glancer.spoil = make_error;
		glancer.how = (long)i;
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
		CHECK_STR(glancer.glance.stale_because, errors[i].stale);
		CHECK(glancer.sent < 12);
		glancer_close(&glancer);
	}
}

/* The same answer for whatever is asked, broken at each octet. */
static void break_at(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	(void)nth;
	if (*len && glancer->how >= 0)
		datagram[(size_t)glancer->how % *len] ^= (uint8_t)(1 + glancer->how % 255);
	if (*len && glancer->how < 0)
		*len = (size_t)-glancer->how % *len;
}

TEST(broken_answers_end_it_somehow)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.spoil = break_at;
	for (glancer.how = -1400; glancer.how < 2900; glancer.how++) {
		glancer_look(&glancer);
		CHECK(glancer.sent <= 60);
	}
	glancer_close(&glancer);
}

static struct br_recorded made;

/* Behind the alert table's columns always another row: how many octets of its index change. */
static const struct br_recorded *endless(void *user, const uint8_t *name, size_t len)
{
	const struct glancer *glancer = user;
	const struct br_recording *recording = &glancer->liar->recording;
	static const uint8_t alerts[] = {0x2b, 6, 1, 2, 1, 43, 18, 1, 1};
	bool exact;
	size_t at = br_recording_find(recording, name, len, &exact);

	if (len <= sizeof alerts || memcmp(name, alerts, sizeof alerts) != 0)
		return at + exact < recording->n_rows ? &recording->rows[at + exact] : NULL;
	memmove(made.name.ber, name, len); /* it may be the one that was made before */
	made.name.len = (uint8_t)len;
	made.tag = recording->rows[0].tag;
	made.at = recording->rows[0].at;
	made.len = recording->rows[0].len;
	if (len < 12) {
		made.name.ber[len] = made.name.ber[len + 1] = 1;
		made.name.len = (uint8_t)(len + 2);
	} else if (glancer->how == 0) {
		/* the same name for ever */
	} else if (made.name.ber[len - 1] < 127) {
		made.name.ber[len - 1]++;
	} else {
		made.name.ber[len] = 1;
		made.name.len++;
	}
	return &made;
}

TEST(a_table_that_goes_on_for_ever_is_stale)
{
	for (long how = 0; how < 2; how++) {
		struct glancer glancer;

		glancer_open(&glancer, "oki_dot_matrix");
		glancer.liar->agent.next = endless;
		glancer.liar->agent.user = &glancer;
		glancer.how = how;
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
		CHECK_STR(glancer.glance.stale_because, "answers-differ");
		CHECK(glancer.sent <= (how ? 49u : 2u)); /* a circle is seen at once */
		glancer_close(&glancer);
	}
}

/* A maker's own rows are there for GET only. */
static const struct br_recorded *hide_private(void *user, const uint8_t *name, size_t len)
{
	const struct br_recording *recording = user;
	static const uint8_t private[] = {0x2b, 6, 1, 4, 1};
	bool exact;
	size_t at = br_recording_find(recording, name, len, &exact);

	at += exact;
	while (at < recording->n_rows &&
	       br_oid_below(recording->rows[at].name.ber, recording->rows[at].name.len, private,
			    sizeof private))
		at++;
	return at < recording->n_rows ? &recording->rows[at] : NULL;
}

TEST(rows_that_getnext_does_not_show_are_asked_with_get)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.liar->agent.next = hide_private;
	glancer.liar->agent.user = &glancer.liar->recording;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 2);
	glancer_compare(&glancer);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	glancer_drop(&glancer, "1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2.6");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_STR(glancer.glance.stale_because, "instance-gone");
	CHECK_INT(glancer.sent, 2);
	glancer_close(&glancer);
}

static const struct {
	const char *name, *row;
	enum br_glance_verdict verdict;
} types[] = {
	{"a level is text", "1.3.6.1.2.1.43.11.1.1.9.1.1|4|half", BR_GLANCE_CHANGED},
	{"the uptime is text", "1.3.6.1.2.1.1.3.0|4|86412345", BR_GLANCE_CHANGED},
	{"the uptime has no octets", "1.3.6.1.2.1.1.3.0|67x|", BR_GLANCE_CHANGED},
	{"changes are text", "1.3.6.1.2.1.43.5.1.1.1.1|4|12", BR_GLANCE_STALE},
	{"changes are an integer", "1.3.6.1.2.1.43.5.1.1.1.1|2|12", BR_GLANCE_CHANGED},
	{"changes are huge", "1.3.6.1.2.1.43.5.1.1.1.1|70|18446744073709551615",
	 BR_GLANCE_STALE},
	{"a level below everything", "1.3.6.1.2.1.43.11.1.1.9.1.1|2|-2147483648",
	 BR_GLANCE_CHANGED},
	{"an alert's code is text", "1.3.6.1.2.1.43.18.1.1.7.1.7|4|seven", BR_GLANCE_CHANGED},
};

TEST(wrong_types_do_not_harm)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct glancer glancer;

		check_case(types[i].name);
		glancer_open(&glancer, "hp_mono");
		glancer_set(&glancer, types[i].row);
		CHECK_INT(glancer_look(&glancer), types[i].verdict);
		glancer_close(&glancer);
	}
}

static void get_other_id(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len)
{
	struct br_answer answer;

	if (nth > 1 || !br_message_read(datagram, *len, &answer))
		return;
	datagram[answer.varbinds.at - datagram - (*len > 300 ? 11 : 9)] ^= 1;
	(void)glancer;
}

TEST(an_answer_to_another_question_is_not_taken)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.spoil = get_other_id;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.sent, 2);
	glancer_close(&glancer);
}

/* What a file brings back is not trusted. */
TEST(damaged_learning_ends_it_somehow)
{
	struct glancer glancer;
	size_t len;

	glancer_open(&glancer, "brother_mfc-color");
	len = glancer.learned.len;
	for (size_t i = 0; i < len; i++)
		for (unsigned bit = 0; bit < 8; bit += 3) {
			glancer.lent[i] ^= (uint8_t)(1u << bit);
			glancer.options.digest = 0;
			glancer.unchecked = !br_learned_sound(glancer.options.learned);
			glancer_look(&glancer);
			CHECK(glancer.sent <= 60);
			glancer.lent[i] ^= (uint8_t)(1u << bit);
		}
	glancer.unchecked = true;
	for (size_t cut = 0; cut < len; cut++) {
		uint8_t *exact = malloc(cut + !cut);

		memcpy(exact, glancer.lent, cut);
		glancer.options.learned = (struct br_view){(const char *)exact, cut};
		CHECK(!br_learned_sound(glancer.options.learned));
		glancer.options.digest = 0;
		glancer_look(&glancer);
		free(exact);
	}
	glancer_close(&glancer);
}
