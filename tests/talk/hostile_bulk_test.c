/*
 * hostile_bulk_test.c - printers that cannot stand big questions, or GETBULK.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/liar.h"

#include <string.h>

static struct br_reading honest, got;

/* Talks with makers' rows, and expects that everything came for all that. */
static void whole_in(struct liar *liar, unsigned most)
{
	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(!got.partial);
	liar_check_harvest(liar);
	liar_check_whole(&honest, &got);
	if (liar->sent > most)
		check_failed(__FILE__, __LINE__, "%u datagrams, more than %u", liar->sent,
			     most);
}

/* The same conversation once more, with what the last one learned. */
static unsigned again(struct liar *liar)
{
	unsigned before = liar->sent;

	liar->options.tolerance = liar->talk.tolerance;
	liar->options.session.version = liar->talk.session.version;
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	liar_check_whole(&honest, &got);
	if (liar->sent > before + 1) /* other guesses at first: one more is chance */
		check_failed(__FILE__, __LINE__,
			     "%u datagrams, though what was learned was known; %u before",
			     liar->sent, before);
	return liar->sent;
}

static void error_reply(struct liar_reply *reply, int32_t error, int32_t index)
{
	reply->error = error;
	reply->error_index = index;
}

static void too_big_beyond_names(struct liar *liar, const struct liar_asked *asked,
				 struct liar_reply *reply)
{
	if (asked->n <= (size_t)liar->how)
		return;
	error_reply(reply, BR_PDU_TOO_BIG, 0);
	reply->n = 0;
}

TEST(too_big_splits_the_question_and_is_remembered)
{
	static const long most[] = {30, 12, 5, 1};

	for (size_t i = 0; i < sizeof most / sizeof most[0]; i++) {
		struct liar *liar = liar_open("hp_mono");

		liar->bend = too_big_beyond_names;
		liar->how = most[i];
		whole_in(liar, most[i] > 1 ? 60 : 150);
		CHECK(liar->talk.tolerance.max_names <= most[i]);
		CHECK(liar_noted(&got, "asked in smaller ones"));
		again(liar);
		CHECK(liar->biggest <= (unsigned)most[i]);
		liar_close(liar);
	}
}

static void too_big_beyond_rows(struct liar *liar, const struct liar_asked *asked,
				struct liar_reply *reply)
{
	(void)asked;
	if (reply->n <= (size_t)liar->how)
		return;
	error_reply(reply, BR_PDU_TOO_BIG, 0);
	reply->n = 0;
}

TEST(too_big_by_what_would_be_answered)
{
	static const long most[] = {40, 20, 8, 3};

	for (size_t i = 0; i < sizeof most / sizeof most[0]; i++) {
		struct liar *liar = liar_open("canon_color");

		liar->bend = too_big_beyond_rows;
		liar->how = most[i];
		whole_in(liar, 199);
		liar_close(liar);
	}
}

TEST(too_big_for_a_single_name_leaves_that_out)
{
	struct liar *liar = liar_open("brother_hl-mono");

	liar->bend = too_big_beyond_rows;
	liar->how = 0;
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(got.partial);
	CHECK_INT(liar->harvest.len, 0);
	liar_close(liar);
}

static void no_bulk(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)liar;
	reply->silent = asked->type == BR_PDU_GETBULK;
}

TEST(getbulk_unanswered_falls_back_and_is_remembered)
{
	struct liar *liar = liar_open("kyocera_mono");

	liar->bend = no_bulk;
	whole_in(liar, 80);
	CHECK(liar->talk.tolerance.no_bulk);
	CHECK_INT(liar->bulks, 1 + 3); /* then the probe was answered, and it was asked again */
	CHECK(liar_noted(&got, "GETBULK"));
	again(liar);
	CHECK_INT(liar->bulks, 0);
	liar_close(liar);
}

static void bulk_error(struct liar *liar, const struct liar_asked *asked,
		       struct liar_reply *reply)
{
	if (asked->type != BR_PDU_GETBULK)
		return;
	error_reply(reply, (int32_t)liar->how, 1);
	for (size_t i = 0; i < asked->n; i++)
		reply->rows[i] = (struct liar_row){asked->names[i].ber, asked->names[i].len,
						   BR_BER_NULL, NULL, 0};
	reply->n = asked->n;
}

TEST(getbulk_answered_with_an_error)
{
	static const long errors[] = {BR_PDU_NO_SUCH_NAME, /* of v1, and yet sent in v2c */
				      BR_PDU_BAD_VALUE,
				      BR_PDU_GEN_ERR,
				      BR_PDU_NO_ACCESS,
				      BR_PDU_AUTHORIZATION_ERROR,
				      99,
				      -1};

	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		struct liar *liar = liar_open("ricoh_mono");

		liar->bend = bulk_error;
		liar->how = errors[i];
		whole_in(liar, 80);
		CHECK_INT(liar->bulks, 1);
		CHECK(liar->talk.tolerance.no_bulk);
		again(liar);
		CHECK_INT(liar->bulks, 0);
		liar_close(liar);
	}
}

static void bulk_empty(struct liar *liar, const struct liar_asked *asked,
		       struct liar_reply *reply)
{
	(void)liar;
	if (asked->type == BR_PDU_GETBULK)
		reply->n = 0;
}

TEST(getbulk_answered_with_an_empty_list)
{
	struct liar *liar = liar_open("lexmark_mono");

	liar->bend = bulk_empty;
	whole_in(liar, 80);
	CHECK_INT(liar->bulks, 1);
	CHECK(liar_noted(&got, "GETBULK"));
	again(liar);
	liar_close(liar);
}

static void bulk_few_rows(struct liar *liar, const struct liar_asked *asked,
			  struct liar_reply *reply)
{
	if (asked->type == BR_PDU_GETBULK && reply->n > (size_t)liar->how)
		reply->n = (size_t)liar->how;
}

TEST(getbulk_answered_with_a_few_values_only)
{
	static const long most[] = {30, 7, 3};

	for (size_t i = 0; i < sizeof most / sizeof most[0]; i++) {
		struct liar *liar = liar_open("samsung_mono");

		liar->bend = bulk_few_rows;
		liar->how = most[i];
		whole_in(liar, 150);
		liar_close(liar);
	}
}

/* One repetition of each column, whatever was asked. */
static void bulk_one_row(struct liar *liar, const struct liar_asked *asked,
			 struct liar_reply *reply)
{
	(void)liar;
	if (asked->type == BR_PDU_GETBULK && reply->n > asked->n)
		reply->n = asked->n;
}

TEST(getbulk_answered_with_one_repetition)
{
	struct liar *liar = liar_open("oki_color");

	liar->bend = bulk_one_row;
	whole_in(liar, 60);
	CHECK(!liar->talk.tolerance.no_bulk);
	liar_close(liar);
}

/* All of the first column, then all of the second… */
static void bulk_by_column(struct liar *liar, const struct liar_asked *asked,
			   struct liar_reply *reply)
{
	static struct liar_row rows[LIAR_ROWS];
	size_t single = (size_t)asked->non_repeaters, columns = asked->n - single, n = 0;

	(void)liar;
	if (asked->type != BR_PDU_GETBULK || columns < 2)
		return;
	for (size_t c = 0; c < columns; c++)
		for (size_t i = single + c; i < reply->n; i += columns)
			rows[n++] = reply->rows[i];
	memcpy(reply->rows + single, rows, n * sizeof rows[0]);
}

TEST(getbulk_answered_by_column_instead_of_by_row)
{
	struct liar *liar = liar_open("xerox_color_mfp");

	liar->bend = bulk_by_column;
	whole_in(liar, 120);
	CHECK(liar->talk.tolerance.no_bulk);
	CHECK(liar_noted(&got, "do not increase"));
	again(liar);
	liar_close(liar);
}

/* Goes on with the agent's own walk: as if more repetitions had been asked for. */
static void bulk_more(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	size_t columns = asked->n - (size_t)asked->non_repeaters;

	if (asked->type != BR_PDU_GETBULK)
		return;
	for (size_t i = 0; i < 200 && reply->n; i++) {
		const struct liar_row *last = &reply->rows[reply->n - (columns ? columns : 1)];
		bool exact;
		size_t at = br_recording_find(&liar->recording, last->name, last->name_len,
					      &exact) +
			    1;
		const struct br_recorded *row = &liar->recording.rows[at];

		if (at >= liar->recording.n_rows || reply->n >= 400)
			return;
		reply->rows[reply->n++] =
			(struct liar_row){row->name.ber, row->name.len, row->tag,
					  liar->recording.values + row->at, row->len};
	}
}

TEST(getbulk_answered_with_more_than_was_asked)
{
	struct liar *liar = liar_open("konica_minolta_mono");

	liar->bend = bulk_more;
	whole_in(liar, 20);
	CHECK(!liar->talk.tolerance.no_bulk);
	liar_close(liar);
}

/* As an old agent answers GETNEXT: the very instance instead of the one behind it. */
static void bulk_of_itself(struct liar *liar, const struct liar_asked *asked,
			   struct liar_reply *reply)
{
	(void)liar;
	if (asked->type != BR_PDU_GETBULK)
		return;
	for (size_t i = 0; i < asked->n; i++)
		reply->rows[i] = (struct liar_row){asked->names[i].ber, asked->names[i].len,
						   BR_BER_NO_SUCH_OBJECT, NULL, 0};
	reply->n = asked->n;
}

TEST(getbulk_answered_like_a_get)
{
	struct liar *liar = liar_open("epson_ink");

	liar->bend = bulk_of_itself;
	whole_in(liar, 90);
	CHECK_INT(liar->bulks, 1);
	liar_close(liar);
}

static void v1_only(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)liar;
	reply->silent = asked->version != BR_SNMP_V1;
}

TEST(a_printer_that_knows_v1_only_is_found_within_the_attempts)
{
	struct liar *liar = liar_open("brother_hl-mono");

	liar->bend = v1_only;
	whole_in(liar, 60);
	CHECK_INT(liar->talk.session.version, BR_SNMP_V1);
	CHECK_INT(liar->bulks, 1);
	CHECK(liar_noted(&got, "SNMPv1 only"));
	again(liar);
	liar_close(liar);
}

static void limits_of_a_tolerance(const struct br_tolerance *tolerance)
{
	struct liar *liar = liar_open("hp_color_mfp");

	liar->options.tolerance = *tolerance;
	liar->options.makers = liar_makers();
	liar_honest(liar, &honest);
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	liar_check_true(&honest, &got);
	liar_close(liar);
}

/* It may come from a file of an earlier version, or from a broken one. */
TEST(any_tolerance_that_was_learned_ends_well)
{
	static const struct br_tolerance tolerances[] = {
		{.max_names = 1},
		{.max_names = 64, .reply_octets = 65535},
		{.reply_octets = 1},
		{.max_repetitions = 1},
		{.max_repetitions = 255},
		{.max_names = 255, .reply_octets = 65535, .max_repetitions = 255},
		{.no_bulk = true},
		{.no_bulk = true, .max_names = 255, .reply_octets = 65535},
		{.no_bulk = true, .reply_octets = 1},
		{.max_names = 1, .reply_octets = 1, .max_repetitions = 1},
	};

	for (size_t i = 0; i < sizeof tolerances / sizeof tolerances[0]; i++)
		limits_of_a_tolerance(&tolerances[i]);
}

/* Everything is answered, and always that it may not be told. */
static void bend_refuse(struct liar *liar, const struct liar_asked *asked,
			struct liar_reply *reply)
{
	(void)liar;
	(void)asked;
	reply->error = BR_PDU_AUTHORIZATION_ERROR;
	reply->error_index = 0;
	reply->n = 0;
}

TEST(a_printer_that_may_not_tell_is_no_empty_reading)
{
	struct liar *liar = liar_open("hp_mono");

	liar->bend = bend_refuse;
	liar_talk(liar);
	CHECK_INT(liar->talk.status, BR_E_REFUSED);
	CHECK(liar->talk.error.text[0] != '\0');
	CHECK(liar->sent <= 200);
	liar_close(liar);
}
