/*
 * glance.c - which question of a status reading is next, and what its silence means.
 *
 * Nothing is kept of a datagram: it is written anew from what was learned, and is the same
 * octets again where an attempt is repeated (in v3, the same names and ids). What does not go
 * as the full reading said it would is not repaired here: it is stale, and a full reading finds
 * out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/glance_inside.h"

enum { ATTEMPTS = 3, LEAST_ROWS = 2, ALERT_OCTETS = 240 /* a row */, QUESTIONS = 48 };

void br_glance_finish(struct br_glance *glance, enum br_status status)
{
	glance->done = true;
	glance->out = false;
	glance->status = status;
}

void br_glance_stale(struct br_glance *glance, const char *because)
{
	glance->verdict = BR_GLANCE_STALE;
	glance->stale_because = because;
	br_glance_finish(glance, BR_OK);
}

void br_glance_init(struct br_glance *glance, const struct br_glance_options *options,
		    struct br_harvest *harvest)
{
	struct br_learned_plan plan;

	memset(glance, 0, sizeof *glance);
	glance->session = options->session;
	glance->learned = options->learned;
	glance->harvest = harvest;
	glance->digest_before = options->digest;
	glance->asked_ms = options->asked_ms;
	glance->uptime_before = options->uptime;
	glance->counter_moves = options->counter_moves;
	glance->request_id = options->seed & 0x3fffffff;
	glance->attempts = options->attempts == 0          ? ATTEMPTS
			   : options->attempts > UINT8_MAX ? UINT8_MAX
							   : (uint8_t)options->attempts;
	if (!br_learned_open(options->learned, &plan)) {
		br_glance_stale(glance, "not-learned");
		return;
	}
	if (plan.flags & BR_LEARNED_V1 && glance->session.version == BR_SNMP_V2C)
		glance->session.version = BR_SNMP_V1;
	glance->bulk = !plan.tolerance.no_bulk && glance->session.version != BR_SNMP_V1;
	glance->most_names = plan.tolerance.max_names;
	glance->alerts = plan.n_alerts > options->alerts ? plan.n_alerts : options->alerts;
}

void br_glance_stop(struct br_glance *glance)
{
	if (glance->done)
		return;
	br_fail(&glance->error, BR_E_TIMEOUT, "no answer before the deadline");
	br_glance_finish(glance, BR_E_TIMEOUT);
}

/* One more than are expected, which shows that there are no more; as many as have room. */
static uint8_t rows_to_ask(const struct br_glance *glance, const struct br_learned_plan *plan,
			   unsigned least, unsigned room)
{
	unsigned rows = glance->alerts > glance->rows ? glance->alerts - glance->rows + 1u : 1;

	if (rows < least)
		rows = least;
	if (rows > room)
		rows = room;
	if (rows > plan->tolerance.max_repetitions)
		rows = plan->tolerance.max_repetitions;
	if (glance->most_rows && rows > glance->most_rows)
		rows = glance->most_rows;
	return (uint8_t)(rows ? rows : 1);
}

/* The columns of the alert table that did not end, at most so many. */
static void choose_columns(struct br_glance *glance, const struct br_learned_plan *plan,
			   unsigned most)
{
	glance->n_columns = 0;
	if (plan->alert_question == BR_ALERTS_NONE)
		return;
	for (uint8_t c = 0; c < BR_GLANCE_COLUMNS && glance->n_columns < most; c++)
		if (!glance->column[c].ended)
			glance->columns[glance->n_columns++] = c;
}

static void choose_names(struct br_glance *glance, const struct br_learned_plan *plan,
			 unsigned left)
{
	glance->asking = BR_GLANCING_NAMES;
	glance->n_columns = glance->repetitions = 0;
	glance->n_names = (uint8_t)(left < glance->most_names ? left : glance->most_names);
	if (glance->question != plan->alert_question || glance->alerts_alone ||
	    left + BR_GLANCE_COLUMNS > glance->most_names)
		return;
	choose_columns(glance, plan, BR_GLANCE_COLUMNS);
	glance->repetitions = rows_to_ask(glance, plan, LEAST_ROWS, plan->alert_room);
}

static void choose_alerts(struct br_glance *glance, const struct br_learned_plan *plan)
{
	unsigned room = plan->tolerance.reply_octets / ALERT_OCTETS;

	glance->asking = BR_GLANCING_ALERTS;
	glance->n_names = 0;
	choose_columns(glance, plan, glance->most_names);
	/* Nothing else goes with them: as many as a reply may hold, whatever was expected. */
	glance->repetitions = rows_to_ask(glance, plan, room, room + room / 2);
}

/* Chooses the next question; false when there is none left. */
static bool choose(struct br_glance *glance, const struct br_learned_plan *plan)
{
	if (glance->question < BR_LEARNED_ASKS && plan->sizes[glance->question]) {
		unsigned size = plan->sizes[glance->question];

		if (glance->have < size) {
			choose_names(glance, plan, size - glance->have);
			return true;
		}
		glance->asking =
			BR_GLANCING_MISSED; /* or it would be the next question's turn */
		return true;
	}
	choose_alerts(glance, plan);
	return glance->n_columns > 0;
}

/* The name before: its GETNEXT is the name itself, unless something stands below it. */
static void put_before(struct br_oid *to, const struct br_oid *name)
{
	uint8_t last = name->ber[name->len - 1];
	bool whole = name->len < 2 || name->ber[name->len - 2] < 0x80; /* arc, in one octet */

	memcpy(to->ber, name->ber, name->len);
	to->len = name->len;
	if (!whole || last >= 0x80)
		br_oid_before(to);
	else if (last == 0)
		to->len--;
	else
		to->ber[to->len - 1]--;
}

/* The learned names that are asked: all behind those that have come, or those that were missed.
 */
static size_t put_names(const struct br_glance *glance, const struct br_learned_plan *plan,
			struct br_oid *names)
{
	struct br_learned_walk walk = {.at = plan->entries + glance->at, .end = plan->end};
	size_t n = 0;

	walk.name.len = 0;
	if (glance->asking == BR_GLANCING_MISSED) {
		for (unsigned i = 0;
		     i < glance->have && i < BR_PDU_MAX_NAMES && br_learned_step(&walk); i++)
			if (glance->missed >> i & 1)
				names[n++] = walk.name;
		return n;
	}
	for (unsigned i = 0;
	     n < glance->n_names && n < BR_PDU_MAX_NAMES && br_learned_step(&walk); i++)
		if (i >= glance->have)
			put_before(&names[n++], &walk.name);
	return n;
}

static size_t put_columns(const struct br_glance *glance, struct br_oid *names)
{
	for (size_t k = 0; k < glance->n_columns; k++) {
		const struct br_glance_column *column = &glance->column[glance->columns[k]];

		memcpy(names[k].ber, br_alert_prefix, sizeof br_alert_prefix);
		names[k].ber[sizeof br_alert_prefix] =
			(uint8_t)(glance->columns[k] + BR_ALERT_FIRST);
		memcpy(names[k].ber + BR_ALERT_PREFIX, column->last, column->len);
		names[k].len = (uint8_t)(BR_ALERT_PREFIX + column->len);
	}
	return glance->n_columns;
}

static size_t put_uptime(struct br_oid *name)
{
	static const uint8_t uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};

	memcpy(name->ber, uptime, sizeof uptime);
	name->len = sizeof uptime;
	return 1;
}

static const uint8_t *write_question(const struct br_glance *glance,
				     const struct br_learned_plan *plan, int64_t now_ms,
				     uint8_t *buffer, size_t size, size_t *len)
{
	struct br_oid names[BR_PDU_MAX_NAMES];
	struct br_question question = {.type = glance->bulk ? BR_PDU_GETBULK : BR_PDU_GETNEXT,
				       .request_id = glance->request_id};

	switch ((enum br_glancing)glance->asking) {
	case BR_GLANCING_NAMES:
		question.n_names = put_names(glance, plan, names);
		question.non_repeaters = (int32_t)question.n_names;
		question.n_names += put_columns(glance, names + question.n_names);
		break;
	case BR_GLANCING_MISSED:
		question.type = BR_PDU_GET;
		question.n_names = put_names(glance, plan, names);
		break;
	case BR_GLANCING_ALERTS:
		question.n_names = put_columns(glance, names);
		break;
	case BR_GLANCING_PROBE:
		question.type = BR_PDU_GET;
		question.n_names = put_uptime(names);
		break;
	}
	if (question.n_names == 0) /* what was learned is damaged */
		return NULL;
	question.max_repetitions = glance->repetitions;
	question.again = glance->attempt > 0;
	for (size_t i = 0; i < question.n_names; i++)
		question.names[i] = &names[i];
	return br_session_write(&glance->session, &question, now_ms, buffer, size, len);
}

/* Chooses what is asked next; false when nothing is, or the printer goes on for ever. */
static bool begin(struct br_glance *glance, const struct br_learned_plan *plan)
{
	if (glance->questions >= QUESTIONS) {
		br_glance_stale(glance, "answers-differ");
		return false;
	}
	if (!choose(glance, plan)) {
		br_glance_conclude(glance, plan);
		return false;
	}
	glance->request_id = (glance->request_id + 1) & INT32_MAX;
	glance->attempt = 0;
	glance->out = true;
	return true;
}

/* Asks for half as many names at a time; false where that cannot be. */
static bool shrink(struct br_glance *glance)
{
	unsigned names = glance->n_names;

	if (glance->asking == BR_GLANCING_PROBE || glance->asking == BR_GLANCING_MISSED)
		return false;
	if (names == 0 && glance->repetitions > 1 && glance->most_rows != 1) {
		glance->most_rows = (uint8_t)(glance->repetitions / 2);
		return true;
	}
	if (names == 0)
		names = glance->n_columns;
	if (names < 2 && !glance->n_columns)
		return false;
	glance->alerts_alone = true;
	glance->most_names = (uint8_t)(names > 1 ? names / 2 : 1);
	return names > 1 || glance->n_names;
}

bool br_glance_next(struct br_glance *glance, int64_t now_ms, uint8_t *buffer, size_t size,
		    const uint8_t **datagram, size_t *len)
{
	struct br_learned_plan plan;

	if (size > BR_REQUEST_MAX)
		size = BR_REQUEST_MAX;
	if (glance->done || !br_learned_open(glance->learned, &plan))
		return false;
	while (glance->out || begin(glance, &plan)) {
		*datagram = write_question(glance, &plan, now_ms, buffer, size, len);
		if (*datagram) {
			glance->questions++;
			return true;
		}
		glance->out = false;
		if (shrink(glance))
			continue;
		br_glance_stale(glance, "not-learned"); /* or the full reading says why */
		break;
	}
	return false;
}

/* In v1 a column, or an instance, that is not there is an error that points at it. */
static void hear_end(struct br_glance *glance, int32_t at)
{
	int64_t column = (int64_t)at - glance->n_names - 1;

	if (at > 0 && (column < 0 || glance->asking == BR_GLANCING_MISSED))
		br_glance_stale(glance, "instance-gone");
	else if (at < 1 || column >= glance->n_columns)
		br_glance_stale(glance, "answers-differ");
	else
		br_glance_end(glance, glance->columns[column]);
}

static void hear_error(struct br_glance *glance, const struct br_answer *answer)
{
	if (answer->error == BR_PDU_TOO_BIG && shrink(glance))
		return;
	if (answer->error == BR_PDU_NO_SUCH_NAME && !glance->bulk)
		hear_end(glance, answer->error_index);
	else
		br_glance_stale(glance, "answers-differ");
}

/* A probe goes under the full question's ids: a late answer to that one is of use, and holds
 * more than one name. */
static bool answers_probe(const struct br_answer *answer)
{
	struct br_ber varbinds = answer->varbinds;
	struct br_varbind varbind;
	bool broken;

	return answer->error != BR_PDU_NO_ERROR ||
	       !br_varbind_take(&varbinds, &varbind, &broken) ||
	       !br_varbind_take(&varbinds, &varbind, &broken);
}

bool br_glance_hear(struct br_glance *glance, int64_t now_ms, uint8_t *datagram, size_t len)
{
	struct br_learned_plan plan;
	struct br_answer answer;

	if (glance->done || !glance->out || !br_learned_open(glance->learned, &plan))
		return false;
	switch (br_session_read(&glance->session, glance->request_id, now_ms, datagram, len,
				&answer, &glance->error)) {
	case BR_HEARD_IGNORE:
		return false;
	case BR_HEARD_AGAIN:
		return true; /* the question is still out: next writes it anew */
	case BR_HEARD_FAILED:
		br_glance_finish(glance, BR_E_AUTH);
		return true;
	case BR_HEARD_ANSWER:
		break;
	}
	glance->out = false;
	glance->answered = true;
	if (glance->asking == BR_GLANCING_PROBE && answers_probe(&answer)) {
		glance->alerts_alone = true; /* it is alive; perhaps that was too much for it */
		return true;
	}
	if (glance->asking == BR_GLANCING_PROBE)
		glance->asking = glance->probed;
	if (answer.error != BR_PDU_NO_ERROR)
		hear_error(glance, &answer);
	else
		br_glance_take(glance, &plan, &answer, now_ms);
	return true;
}

/*
 * The last attempt is the smallest question there is: a printer that answers it and not the
 * others is no dead one, it cannot stand this question any more.
 */
void br_glance_silence(struct br_glance *glance)
{
	if (glance->done || !glance->out)
		return;
	glance->attempt++;
	if (glance->attempt >= glance->attempts) {
		if (glance->answered) {
			br_glance_stale(glance, "answers-differ");
			return;
		}
		br_glance_finish(glance, br_fail(&glance->error, BR_E_TIMEOUT, "no answer"));
	} else if (!glance->answered && glance->attempts > 1 &&
		   glance->attempt + 1 == glance->attempts) {
		glance->probed = glance->asking;
		glance->asking = BR_GLANCING_PROBE;
	}
}
