/*
 * conversation.c - question, answer, what to do when there is none.
 *
 * A printer that does not answer a GETBULK is first asked for two scalars, then for the same in
 * v1: so a lost datagram, a printer that fears GETBULK and one that knows v1 only are told
 * apart within the attempts that a dead one costs anyway.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/conversation.h"

#include "talk/plan.h"

#include <string.h>

enum { ATTEMPTS = 3, REPETITIONS = 50, NAMES = 60, REPLY_OCTETS = 1400, SMALL_NAMES = 16 };

void br_conversation_init(struct br_conversation *talk,
			  const struct br_conversation_options *options,
			  struct br_harvest *harvest)
{
	memset(talk, 0, offsetof(struct br_conversation, ask));
	talk->session = options->session;
	talk->makers = options->makers;
	talk->harvest = harvest;
	talk->attempts = options->attempts ? options->attempts : ATTEMPTS;
	talk->request_id = options->seed & 0x3fffffff;
	talk->tolerance = options->tolerance;
	if (talk->tolerance.max_names == 0 || talk->tolerance.max_names > NAMES)
		talk->tolerance.max_names = NAMES;
	if (talk->tolerance.reply_octets == 0)
		talk->tolerance.reply_octets = REPLY_OCTETS;
	if (talk->tolerance.max_repetitions == 0)
		talk->tolerance.max_repetitions = !options->max_repetitions ? REPETITIONS
						  : options->max_repetitions < UINT8_MAX
							  ? (uint8_t)options->max_repetitions
							  : UINT8_MAX;
	if (talk->session.version == BR_SNMP_V1)
		talk->tolerance.no_bulk = true;
	talk->n_rows_asked = 0;
	memset(talk->rows_done, 0, sizeof talk->rows_done);
	memset(talk->rows_for, 0, sizeof talk->rows_for);
	br_ask_init(&talk->ask);
	br_plan_first(talk);
}

static void finish(struct br_conversation *talk, enum br_status status)
{
	talk->done = true;
	talk->out = false;
	talk->status = status;
}

void br_conversation_stop(struct br_conversation *talk)
{
	if (talk->done)
		return;
	talk->partial = true;
	if (!talk->answered)
		br_fail(&talk->error, BR_E_TIMEOUT, "no answer before the deadline");
	finish(talk, talk->answered ? BR_OK : BR_E_TIMEOUT);
}

/* What is asked next, of what is left; false when nothing is. */
static bool choose(struct br_conversation *talk)
{
	while (talk->status == BR_OK) {
		if (br_ask_choose(&talk->ask, &talk->tolerance)) {
			talk->asking = BR_ASKING_CURSORS;
			return true;
		}
		if (!br_plan_more(talk, true))
			break;
	}
	talk->asking = BR_ASKING_ROWS;
	return br_plan_rows(talk);
}

static const uint8_t *write_question(struct br_conversation *talk, int64_t now_ms,
				     uint8_t *buffer, size_t size, size_t *len)
{
	struct br_oid names[BR_PDU_MAX_NAMES];
	struct br_question question = {.request_id = talk->request_id,
				       .again = talk->attempt > 0};

	switch (talk->asking) {
	case BR_ASKING_CURSORS:
		br_ask_names(&talk->ask, talk->harvest, names);
		question.n_names = talk->ask.n_asked;
		question.type = talk->tolerance.no_bulk ? BR_PDU_GETNEXT : BR_PDU_GETBULK;
		question.non_repeaters = talk->ask.non_repeaters;
		question.max_repetitions = talk->ask.repetitions;
		break;
	case BR_ASKING_ROWS:
		br_plan_row_names(talk, names);
		question.n_names = talk->n_rows_asked;
		/* v1 answers a GET of many with one error if one is missing: GETNEXT does not
		 * mind. */
		question.type =
			talk->session.version == BR_SNMP_V1 ? BR_PDU_GETNEXT : BR_PDU_GET;
		break;
	case BR_ASKING_PROBE:
		question.n_names = br_plan_probe_names(names);
		question.type = BR_PDU_GET;
		break;
	}
	for (size_t i = 0; i < question.n_names; i++)
		question.names[i] = &names[i];
	return br_session_write(&talk->session, &question, now_ms, buffer, size, len);
}

static void finish_all(struct br_conversation *talk)
{
	if (talk->refused && talk->harvest->len == 0)
		talk->status =
			br_fail(&talk->error, BR_E_REFUSED,
				"the printer answers that it may not tell: check what its "
				"community or user is allowed to read");
	finish(talk, talk->status); /* BR_OK, or why there is no maker's file */
}

/* Chooses the next question; false if there is none, and all is done. */
static bool begin(struct br_conversation *talk)
{
	if (talk->questions >= BR_CONVERSATION_QUESTIONS)
		talk->partial = true;
	if (talk->questions >= BR_CONVERSATION_QUESTIONS || !choose(talk)) {
		finish_all(talk);
		return false;
	}
	talk->request_id = (talk->request_id + 1) & INT32_MAX;
	talk->out = true;
	talk->attempt = 0;
	return true;
}

bool br_conversation_next(struct br_conversation *talk, int64_t now_ms, uint8_t *buffer,
			  size_t size, const uint8_t **datagram, size_t *len)
{
	if (size > BR_REQUEST_MAX)
		size = BR_REQUEST_MAX;
	while (!talk->done) {
		if (!talk->out && !begin(talk))
			break;
		*datagram = write_question(talk, now_ms, buffer, size, len);
		if (*datagram) {
			talk->questions++;
			return true;
		}
		if (talk->tolerance.max_names <= 1) {
			br_fail(&talk->error, BR_E_UNSUPPORTED,
				"the question cannot be written: %s",
				talk->session.version == BR_SNMP_V3 ? "no cipher"
								    : "community too long");
			finish(talk, BR_E_UNSUPPORTED);
			break;
		}
		talk->tolerance.max_names /= 2; /* names too long for one datagram */
		talk->out = false;
	}
	return false;
}

static unsigned names_out(const struct br_conversation *talk)
{
	return talk->asking == BR_ASKING_CURSORS ? talk->ask.n_asked
	       : talk->asking == BR_ASKING_ROWS  ? talk->n_rows_asked
						 : 2;
}

/* Gives up name k of the question that is out (1: the first), or all (0). */
static void drop(struct br_conversation *talk, size_t k)
{
	if (talk->asking == BR_ASKING_CURSORS)
		br_ask_drop(&talk->ask, k);
	else if (talk->asking == BR_ASKING_ROWS)
		br_plan_drop_rows(talk, k);
}

/* Asks for less at a time from now on; false if it was as little as can be. */
static bool shrink(struct br_conversation *talk)
{
	struct br_tolerance *tolerance = &talk->tolerance;
	unsigned names = names_out(talk);

	talk->small_replies = true;
	if (names > 1) {
		tolerance->max_names = (uint8_t)(names / 2);
		tolerance->reply_octets =
			(uint16_t)(tolerance->reply_octets > 400 ? tolerance->reply_octets / 2
								 : 200);
		return true;
	}
	if (talk->asking == BR_ASKING_CURSORS && talk->ask.repetitions > 1) {
		tolerance->max_repetitions = (uint8_t)(talk->ask.repetitions / 2);
		return true;
	}
	return false;
}

static void stop_bulk(struct br_conversation *talk)
{
	talk->bulk_failed = true;
	talk->tolerance.no_bulk = true;
	if (talk->tolerance.max_names > SMALL_NAMES)
		talk->tolerance.max_names = SMALL_NAMES;
}

static bool is_bulk(const struct br_conversation *talk)
{
	return talk->asking == BR_ASKING_CURSORS && !talk->tolerance.no_bulk;
}

/* The printer answered with an error: make the question smaller, or leave out what it stumbles
 * over. */
static void hear_error(struct br_conversation *talk, const struct br_answer *answer)
{
	unsigned names = names_out(talk);
	bool points = answer->error_index >= 1 && (unsigned)answer->error_index <= names;

	if (talk->asking == BR_ASKING_PROBE)
		return; /* it is alive: that was the question */
	if (answer->error == BR_PDU_TOO_BIG) {
		if (!shrink(talk)) {
			drop(talk, 0);
			talk->partial = true;
		}
		return;
	}
	talk->refused = talk->refused || answer->error == BR_PDU_NO_ACCESS ||
			answer->error == BR_PDU_AUTHORIZATION_ERROR;
	if (is_bulk(talk)) { /* also noSuchName, which v2c does not know: by GETNEXT it tells
				more */
		stop_bulk(talk);
		return;
	}
	/* In v1 noSuchName is how a column ends; anything else is something that did not come.
	 */
	if (answer->error != BR_PDU_NO_SUCH_NAME)
		talk->partial = true;
	if (points)
		drop(talk, (size_t)answer->error_index);
	else if (names == 1 || !shrink(talk))
		drop(talk, 0);
}

static void hear_cursors(struct br_conversation *talk, const struct br_answer *answer)
{
	bool bulk = is_bulk(talk);

	switch (br_ask_take(&talk->ask, answer->varbinds, !bulk, talk->harvest)) {
	case BR_ASK_GOOD:
		break;
	case BR_ASK_BACKWARD:
		talk->backward = true;
		stop_bulk(talk);
		break;
	case BR_ASK_NOTHING:
	case BR_ASK_BROKEN:
		if (bulk) {
			stop_bulk(talk);
		} else {
			drop(talk, 0);
			talk->partial = true;
		}
		break;
	case BR_ASK_MEMORY:
		br_fail(&talk->error, BR_E_MEMORY, "out of memory");
		finish(talk, BR_E_MEMORY);
		return;
	}
	br_plan_more(talk, false);
}

/* One that wakes up slowly may answer in v2c what it was asked before it was probed in v1. */
static enum br_heard read_answer(struct br_conversation *talk, int64_t now_ms,
				 uint8_t *datagram, size_t len, struct br_answer *answer)
{
	struct br_session *session = &talk->session;
	enum br_heard heard = br_session_read(session, talk->request_id, now_ms, datagram, len,
					      answer, &talk->error);

	if (heard != BR_HEARD_IGNORE || talk->asking != BR_ASKING_PROBE ||
	    session->version != BR_SNMP_V1)
		return heard;
	session->version = BR_SNMP_V2C;
	heard = br_session_read(session, talk->request_id, now_ms, datagram, len, answer,
				&talk->error);
	if (heard == BR_HEARD_IGNORE)
		session->version = BR_SNMP_V1;
	return heard;
}

bool br_conversation_hear(struct br_conversation *talk, int64_t now_ms, uint8_t *datagram,
			  size_t len)
{
	struct br_answer answer;

	if (talk->done || !talk->out)
		return false;
	br_ask_expect(&talk->ask);
	switch (read_answer(talk, now_ms, datagram, len, &answer)) {
	case BR_HEARD_IGNORE:
		talk->garbage = true;
		return false;
	case BR_HEARD_AGAIN:
		return true; /* the question is still out: next writes it anew */
	case BR_HEARD_FAILED:
		finish(talk, BR_E_AUTH);
		return true;
	case BR_HEARD_ANSWER:
		break;
	}
	talk->answered = true;
	talk->out = false;
	if (answer.error != BR_PDU_NO_ERROR)
		hear_error(talk, &answer);
	else if (talk->asking == BR_ASKING_CURSORS)
		hear_cursors(talk, &answer);
	else if (talk->asking == BR_ASKING_ROWS && !br_plan_take_rows(talk, &answer)) {
		br_fail(&talk->error, BR_E_MEMORY, "out of memory");
		finish(talk, BR_E_MEMORY);
	}
	if (talk->asking == BR_ASKING_PROBE && talk->session.version == BR_SNMP_V1) {
		talk->v1_only = true;
		talk->tolerance.no_bulk = true;
		if (talk->tolerance.max_names > SMALL_NAMES)
			talk->tolerance.max_names = SMALL_NAMES;
	}
	return true;
}

/* Nothing ever came: look whether somebody is there at all, in the smallest way, then in the
 * oldest. */
static void probe(struct br_conversation *talk)
{
	if (talk->session.version != BR_SNMP_V2C)
		return;
	talk->asking = BR_ASKING_PROBE;
	if (talk->attempt + 1 >= talk->attempts)
		talk->session.version = BR_SNMP_V1;
	/* And the request id stays: a late answer to the question says it too. */
}

/* v3 tells its own silences apart (br_v3_silence). */
static enum br_status unanswered(struct br_conversation *talk)
{
	if (talk->garbage && talk->session.version != BR_SNMP_V3)
		return br_fail(&talk->error, BR_E_MALFORMED,
			       "something answers there, but with no SNMP that can be read: is "
			       "it a printer?");
	return br_fail(&talk->error, BR_E_TIMEOUT, "no answer");
}

void br_conversation_silence(struct br_conversation *talk)
{
	if (talk->done || !talk->out)
		return;
	talk->attempt++;
	if (talk->attempt < talk->attempts) {
		if (!talk->answered)
			probe(talk);
		return; /* next writes it once more */
	}
	if (!talk->answered) {
		finish(talk, unanswered(talk));
		return;
	}
	/* It answers other questions: this one is too much for it. */
	talk->out = false;
	if (is_bulk(talk)) {
		stop_bulk(talk);
	} else if (!shrink(talk)) {
		drop(talk, 0);
		talk->partial = true;
	}
}

void br_conversation_tell(const struct br_conversation *talk, struct br_reading *reading)
{
	reading->questions = talk->questions;
	reading->partial = reading->partial || talk->partial;
	if (talk->v1_only)
		br_reading_note(reading, "answers SNMPv1 only");
	else if (talk->bulk_failed)
		br_reading_note(reading,
				"GETBULK is not answered as it should be: read with GETNEXT");
	/* By GETNEXT too: what stands behind the step back is not known. */
	reading->partial = reading->partial || talk->ask.backward;
	if (talk->backward || talk->ask.backward)
		br_reading_note(reading, "answered names that do not increase");
	if (talk->ask.endless) {
		reading->partial = true;
		br_reading_note(reading, "a table that does not end was cut");
	}
	if (talk->ask.too_long) {
		reading->partial = true;
		br_reading_note(reading,
				"an index too long for a printer's table was left out");
	}
	if (talk->small_replies)
		br_reading_note(reading, "cannot answer long questions: asked in smaller ones");
	if (talk->questions >= BR_CONVERSATION_QUESTIONS)
		br_reading_note(reading, "stopped after %u questions", talk->questions);
	/* What did not come may have been the alert: half an answer is no all-clear. */
	if (reading->partial && reading->status.severity == BR_SEVERITY_OK)
		reading->status.severity = BR_SEVERITY_UNKNOWN;
}
