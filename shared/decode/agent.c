/*
 * agent.c - answers GET, GETNEXT and GETBULK from sorted rows.
 *
 * The varbinds are written forwards behind a gap that is large enough for every header, because
 * a GETBULK is cut where the next varbind would not fit. Then the headers are written backwards
 * in front of them and the whole moves to the start of the buffer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"

#include "decode/pdu.h"

#include <string.h>

#define VERSION_AND_NO_ERROR 9 /* version, error 0 and index 0: three octets each */
#define MESSAGE_DEFAULT      1472

enum outcome { ANSWERED, NO_SUCH_NAME, TOO_BIG, SILENT };

struct value {
	uint8_t tag;
	const uint8_t *data;
	size_t len;
};

struct reply {
	const struct br_agent *agent;
	const struct br_answer *request;
	uint8_t *out; /* the whole reply goes here, and no further than limit */
	size_t limit;
	uint8_t *start, *at, *end; /* of the varbinds; end is where the longest reply ends */
	int32_t error_index;
};

/* Where a walk of the rows stands: what was answered last, and which row is next. */
struct cursor {
	const uint8_t *name;
	size_t len;
	size_t next;
};

/* 0: longer than any datagram. */
static size_t header_size(size_t len)
{
	return len < 0x80 ? 2 : len < 0x100 ? 3 : len < 0x10000 ? 4 : 0;
}

static void put_header(struct reply *reply, uint8_t tag, size_t len)
{
	*reply->at++ = tag;
	if (len >= 0x100)
		*reply->at++ = 0x82;
	else if (len >= 0x80)
		*reply->at++ = 0x81;
	if (len >= 0x100)
		*reply->at++ = (uint8_t)(len >> 8);
	*reply->at++ = (uint8_t)len;
}

static void put_bytes(struct reply *reply, const void *data, size_t len)
{
	if (len > 0)
		memcpy(reply->at, data, len);
	reply->at += len;
}

/* All of a varbind or, where it does not fit, nothing of it. */
static bool put_varbind(struct reply *reply, const uint8_t *name, size_t name_len,
			struct value value)
{
	size_t name_header = header_size(name_len), value_header = header_size(value.len);

	if (name_header == 0 || value_header == 0)
		return false;
	size_t len = name_header + name_len + value_header + value.len;
	size_t header = header_size(len);
	if (header == 0 || header + len > (size_t)(reply->end - reply->at))
		return false;
	put_header(reply, BR_BER_SEQUENCE, len);
	put_header(reply, BR_BER_OID, name_len);
	put_bytes(reply, name, name_len);
	put_header(reply, value.tag, value.len);
	put_bytes(reply, value.data, value.len);
	return true;
}

static bool put_exception(struct reply *reply, const uint8_t *name, size_t len, uint8_t tag)
{
	return put_varbind(reply, name, len, (struct value){.tag = tag});
}

static struct value value_of(const struct br_agent *agent, const struct br_recorded *row)
{
	struct value value = {row->tag, agent->recording->values + row->at, row->len};

	if (agent->override != NULL)
		(void)agent->override(agent->user, row, &value.tag, &value.data, &value.len);
	return value;
}

static struct cursor cursor_behind(const struct br_agent *agent, const struct br_varbind *asked)
{
	struct cursor cursor = {asked->name, asked->name_len, 0};
	bool exact = false;

	if (agent->next == NULL)
		cursor.next = br_recording_find(agent->recording, asked->name, asked->name_len,
						&exact);
	cursor.next += exact ? 1 : 0;
	return cursor;
}

static const struct br_recorded *next_row(const struct br_agent *agent, struct cursor *cursor)
{
	const struct br_recording *recording = agent->recording;

	if (agent->next != NULL)
		return agent->next(agent->user, cursor->name, cursor->len);
	return cursor->next < recording->n_rows ? &recording->rows[cursor->next++] : NULL;
}

/* Moves on by one row, past what v1 cannot say; false at the end. Bounded, if next() is not. */
static bool step(struct reply *reply, struct cursor *cursor, struct value *value)
{
	const struct br_agent *agent = reply->agent;

	for (size_t left = agent->recording->n_rows; left > 0; left--) {
		const struct br_recorded *row = next_row(agent, cursor);
		if (row == NULL)
			return false;
		cursor->name = row->name.ber;
		cursor->len = row->name.len;
		*value = value_of(agent, row);
		if (reply->request->version != BR_SNMP_V1 || value->tag != BR_BER_COUNTER64)
			return true;
	}
	return false;
}

/* Length of a name without its last arc. */
static size_t without_last_arc(const uint8_t *name, size_t len)
{
	if (len > 0)
		len--;
	while (len > 0 && (name[len - 1] & 0x80) != 0)
		len--;
	return len;
}

/*
 * A recording does not know which objects exist without an instance: those that share all but
 * the last arc with a neighbour are taken for an object that the printer has.
 */
static uint8_t absence(const struct br_recording *recording, const struct br_varbind *asked,
		       size_t at)
{
	size_t len = without_last_arc(asked->name, asked->name_len);

	for (size_t i = at > 0 ? at - 1 : 0; i <= at && i < recording->n_rows; i++) {
		const struct br_oid *name = &recording->rows[i].name;
		if (len > 0 && br_oid_below(name->ber, name->len, asked->name, len))
			return BR_BER_NO_SUCH_INSTANCE;
	}
	return BR_BER_NO_SUCH_OBJECT;
}

static enum outcome get_one(struct reply *reply, const struct br_varbind *asked)
{
	const struct br_recording *recording = reply->agent->recording;
	bool v1 = reply->request->version == BR_SNMP_V1, exact, fits;
	size_t at = br_recording_find(recording, asked->name, asked->name_len, &exact);

	if (exact) {
		struct value value = value_of(reply->agent, &recording->rows[at]);
		if (v1 && value.tag == BR_BER_COUNTER64)
			return NO_SUCH_NAME;
		fits = put_varbind(reply, asked->name, asked->name_len, value);
	} else if (v1) {
		return NO_SUCH_NAME;
	} else {
		fits = put_exception(reply, asked->name, asked->name_len,
				     absence(recording, asked, at));
	}
	return fits ? ANSWERED : TOO_BIG;
}

/* One varbind of GETNEXT, or of GETBULK at its first or a later repetition. */
static enum outcome put_next(struct reply *reply, struct cursor *cursor, bool *ended)
{
	struct value value;

	*ended = !step(reply, cursor, &value);
	if (*ended && reply->request->version == BR_SNMP_V1)
		return NO_SUCH_NAME;
	if (*ended)
		value = (struct value){.tag = BR_BER_END_OF_MIB};
	return put_varbind(reply, cursor->name, cursor->len, value) ? ANSWERED : TOO_BIG;
}

static enum outcome next_one(struct reply *reply, const struct br_varbind *asked)
{
	struct cursor cursor = cursor_behind(reply->agent, asked);
	bool ended;

	return put_next(reply, &cursor, &ended);
}

static enum outcome answer_each(struct reply *reply,
				enum outcome (*one)(struct reply *, const struct br_varbind *))
{
	struct br_ber rest = reply->request->varbinds;
	struct br_varbind asked;
	enum outcome outcome = ANSWERED, now;
	bool broken;

	for (int32_t index = 1; br_varbind_take(&rest, &asked, &broken); index++) {
		/* Goes on after an error, because a broken message is met with silence. */
		if (outcome != ANSWERED)
			continue;
		now = one(reply, &asked);
		if (now == NO_SUCH_NAME)
			reply->error_index = index;
		outcome = now;
	}
	return broken ? SILENT : outcome;
}

static void repeat(struct reply *reply, struct cursor *cursors, size_t n)
{
	int32_t repetitions = reply->request->error_index; /* its place in a GETBULK */

	for (int32_t r = 0; r < repetitions; r++) {
		bool all_ended = true, ended;
		for (size_t i = 0; i < n; i++) {
			if (put_next(reply, &cursors[i], &ended) != ANSWERED)
				return;
			all_ended = all_ended && ended;
		}
		if (all_ended)
			return;
	}
}

static enum outcome answer_bulk(struct reply *reply)
{
	struct cursor cursors[BR_AGENT_MAX_REPEATERS];
	struct br_ber rest = reply->request->varbinds;
	struct br_varbind asked;
	int32_t single = reply->request->error; /* non-repeaters: their place in a GETBULK */
	size_t n = 0;
	bool broken, full = false, crowded = false, ended;

	while (br_varbind_take(&rest, &asked, &broken)) {
		struct cursor cursor = cursor_behind(reply->agent, &asked);
		if (single > 0) {
			single--;
			full = full || put_next(reply, &cursor, &ended) != ANSWERED;
		} else if (n < BR_AGENT_MAX_REPEATERS) {
			cursors[n++] = cursor;
		} else {
			crowded = true;
		}
	}
	if (broken)
		return SILENT;
	if (crowded)
		return TOO_BIG;
	if (!full)
		repeat(reply, cursors, n);
	return ANSWERED;
}

static enum outcome answer_request(struct reply *reply)
{
	switch (reply->request->type) {
	case BR_PDU_GET:
		return answer_each(reply, get_one);
	case BR_PDU_GETNEXT:
		return answer_each(reply, next_one);
	case BR_PDU_GETBULK:
		return reply->request->version == BR_SNMP_V1 ? SILENT : answer_bulk(reply);
	default:
		return SILENT;
	}
}

/* An error repeats what was asked, but tooBig of v2c says nothing at all. */
static struct br_ber_out error_list(const struct reply *reply, enum outcome outcome)
{
	const struct br_ber *asked = &reply->request->varbinds;
	struct br_ber_out back;

	br_ber_out_init(&back, reply->out, reply->limit);
	if (outcome != TOO_BIG || reply->request->version == BR_SNMP_V1)
		br_ber_put_raw(&back, asked->at, (size_t)(asked->end - asked->at));
	return back;
}

static size_t finish(struct reply *reply, enum outcome outcome)
{
	static const uint8_t errors[] = {
		[ANSWERED] = BR_PDU_NO_ERROR,
		[NO_SUCH_NAME] = BR_PDU_NO_SUCH_NAME,
		[TOO_BIG] = BR_PDU_TOO_BIG,
		[SILENT] = BR_PDU_GEN_ERR,
	};
	const struct br_answer *request = reply->request;
	struct br_ber_out back = {.start = reply->out, .at = reply->start, .end = reply->at};

	if (outcome != ANSWERED)
		back = error_list(reply, outcome);
	br_ber_wrap(&back, BR_BER_SEQUENCE, back.end);
	br_ber_put_int(&back, BR_BER_INTEGER, reply->error_index);
	br_ber_put_int(&back, BR_BER_INTEGER, errors[outcome]);
	br_ber_put_int(&back, BR_BER_INTEGER, request->request_id);
	br_ber_wrap(&back, BR_PDU_RESPONSE, back.end);
	br_ber_put(&back, BR_BER_OCTETS, request->community.data, request->community.len);
	br_ber_put_int(&back, BR_BER_INTEGER, request->version);
	br_ber_wrap(&back, BR_BER_SEQUENCE, back.end);
	if (back.full)
		return 0;
	size_t len = (size_t)(back.end - back.at);
	memmove(reply->out, back.at, len);
	return len;
}

/* Octets in front of the varbinds of a reply without error, if it is as long as it may be. */
static size_t gap_for(const struct br_answer *asked, size_t limit)
{
	uint32_t magnitude =
		(uint32_t)(asked->request_id < 0 ? ~asked->request_id : asked->request_id);
	size_t id = 1, list = limit < 0x10000 ? header_size(limit) : 5;

	for (uint32_t rest = magnitude; rest > 127; rest >>= 8)
		id++;
	return 3 * list + VERSION_AND_NO_ERROR + 2 + id + asked->community.len +
	       (asked->community.len < 0x10000 ? header_size(asked->community.len) : 5);
}

size_t br_agent_answer(const struct br_agent *agent, const uint8_t *request, size_t request_len,
		       uint8_t *out, size_t out_size)
{
	size_t limit = agent->max_message > 0 ? agent->max_message : MESSAGE_DEFAULT;
	struct br_answer asked;

	if (!br_message_read(request, request_len, &asked))
		return 0;
	const struct br_tlv *community = &asked.community;
	if (agent->community.at != NULL &&
	    (agent->community.len != community->len ||
	     (community->len > 0 &&
	      memcmp(agent->community.at, community->data, community->len) != 0)))
		return 0;
	limit = limit < out_size ? limit : out_size;
	size_t gap = gap_for(&asked, limit);
	if (gap > limit)
		return 0;
	struct reply reply = {
		.agent = agent,
		.request = &asked,
		.out = out,
		.limit = limit,
		.start = out + gap,
		.at = out + gap,
		.end = out + limit,
	};
	enum outcome outcome = answer_request(&reply);
	return outcome == SILENT ? 0 : finish(&reply, outcome);
}
