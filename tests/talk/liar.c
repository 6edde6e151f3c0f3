/*
 * liar.c - takes honest answers apart and puts them together as a test wants them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/liar.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than a conversation may send, retransmissions and probes included. */
#define TOO_MANY (BR_CONVERSATION_QUESTIONS + 16)

static struct liar *new_liar(void)
{
	struct liar *liar = calloc(1, sizeof *liar);

	if (!liar)
		abort();
	liar->agent.recording = &liar->recording;
	liar->dice = 1;
	liar->options.session =
		(struct br_session){.version = BR_SNMP_V2C, .community = br_view("public")};
	liar->options.seed = 1000;
	br_harvest_init(&liar->harvest, BR_HARVEST_CEILING);
	return liar;
}

struct liar *liar_open(const char *name)
{
	struct liar *liar = new_liar();
	struct br_error err = {""};
	char path[256];

	snprintf(path, sizeof path, strchr(name, '/') ? "%s" : "tests/recordings/%s.snmprec",
		 name);
	if (br_recording_load(&liar->recording, path, &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	return liar;
}

struct liar *liar_open_text(const char *snmprec)
{
	struct liar *liar = new_liar();
	struct br_error err = {""};

	if (br_recording_parse(&liar->recording, br_view(snmprec), "test", &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	return liar;
}

static void forget_held(struct liar *liar)
{
	while (liar->n_held)
		free(liar->held[--liar->n_held]);
}

void liar_close(struct liar *liar)
{
	forget_held(liar);
	br_harvest_clear(&liar->harvest);
	br_recording_clear(&liar->recording);
	free(liar);
}

static struct br_makers makers;

static void clear_makers(void)
{
	br_makers_clear(&makers);
}

struct br_makers *liar_makers(void)
{
	static bool open;

	if (!open) {
		br_makers_init(&makers);
		atexit(clear_makers);
	}
	open = true;
	return &makers;
}

uint32_t liar_roll(struct liar *liar, uint32_t below)
{
	liar->dice ^= liar->dice << 13;
	liar->dice ^= liar->dice >> 7;
	liar->dice ^= liar->dice << 17;
	return (uint32_t)(liar->dice >> 32) % below;
}

uint8_t *liar_keep(struct liar *liar, const void *data, size_t len)
{
	uint8_t *at = liar->keep + liar->kept;

	if (len > sizeof liar->keep - liar->kept)
		abort();
	memcpy(at, data, len);
	liar->kept += len;
	return at;
}

void liar_put(struct liar *liar, size_t row, uint8_t tag, const void *value, size_t len)
{
	liar->reply.rows[row].tag = tag;
	liar->reply.rows[row].value = liar_keep(liar, value, len);
	liar->reply.rows[row].len = len;
}

bool liar_row_below(const struct liar_row *row, const char *dotted)
{
	struct br_oid oid;

	if (br_oid_parse(&oid, dotted, strlen(dotted)) != BR_OK)
		abort();
	return br_oid_below(row->name, row->name_len, oid.ber, oid.len);
}

static void inspect_name(const struct br_oid *name)
{
	static const char *const forbidden[] = {"1.3.6.1.4.1.2699.1.1", "1.3.6.1.6.3.15",
						"1.3.6.1.6.3.16", "1.3.6.1.6.3.18"};
	char dotted[BR_OID_TEXT_SIZE];
	const struct br_mib_never *never = br_makers_never(liar_makers(), name->ber, name->len);

	br_oid_format(dotted, sizeof dotted, name->ber, name->len);
	if (never)
		check_failed(__FILE__, __LINE__, "%s was asked: %.*s", dotted,
			     (int)never->why.len, never->why.at);
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
		struct liar_row row = {.name = name->ber, .name_len = name->len};

		if (liar_row_below(&row, forbidden[i]))
			check_failed(__FILE__, __LINE__, "%s was asked", dotted);
	}
}

void liar_inspect(const uint8_t *datagram, size_t len, struct liar_asked *asked)
{
	struct br_answer question;
	struct br_varbind varbind;
	bool broken;

	asked->n = 0;
	CHECK(len <= BR_REQUEST_MAX);
	if (!br_message_read(datagram, len, &question)) {
		check_failed(__FILE__, __LINE__, "a question does not parse");
		return;
	}
	asked->version = question.version;
	asked->type = question.type;
	asked->id = question.request_id;
	asked->non_repeaters = question.error;
	asked->repetitions = question.error_index;
	if (asked->type != BR_PDU_GET && asked->type != BR_PDU_GETNEXT &&
	    asked->type != BR_PDU_GETBULK)
		check_failed(__FILE__, __LINE__, "a PDU of type %02x was sent", asked->type);
	CHECK(asked->version != BR_SNMP_V1 || asked->type != BR_PDU_GETBULK);
	CHECK(question.varbinds.end == datagram + len);
	while (br_varbind_take(&question.varbinds, &varbind, &broken)) {
		CHECK_INT(varbind.value.tag, BR_BER_NULL);
		CHECK_INT(varbind.value.len, 0);
		CHECK(asked->n < BR_PDU_MAX_NAMES);
		CHECK_INT(br_oid_from_ber(&asked->names[asked->n], varbind.name,
					  varbind.name_len),
			  BR_OK);
		inspect_name(&asked->names[asked->n++]);
	}
	CHECK(!broken);
	if (asked->n == 0)
		check_failed(__FILE__, __LINE__, "a question without a name");
}

/* The honest answer, taken apart. */
static void prepare(struct liar *liar, const uint8_t *datagram, size_t len,
		    const struct liar_asked *asked)
{
	struct liar_reply *reply = &liar->reply;
	struct br_answer answer;
	struct br_varbind varbind;
	size_t honest =
		br_agent_answer(&liar->agent, datagram, len, liar->honest, sizeof liar->honest);
	bool broken;

	liar->kept = 0;
	memset(reply, 0, offsetof(struct liar_reply, rows));
	reply->silent = honest == 0;
	reply->copies = 1;
	reply->version = asked->version;
	reply->type = BR_PDU_RESPONSE;
	reply->id = asked->id;
	if (honest == 0 || !br_message_read(liar->honest, honest, &answer))
		return;
	reply->error = answer.error;
	reply->error_index = answer.error_index;
	while (reply->n < LIAR_ROWS && br_varbind_take(&answer.varbinds, &varbind, &broken))
		reply->rows[reply->n++] =
			(struct liar_row){varbind.name, varbind.name_len, varbind.value.tag,
					  varbind.value.data, varbind.value.len};
}

static uint8_t *put_together(const struct liar *liar, size_t *len)
{
	static uint8_t buffer[1u << 20];
	const struct liar_reply *reply = &liar->reply;
	struct br_ber_out out;
	uint8_t *datagram;

	br_ber_out_init(&out, buffer, sizeof buffer);
	for (size_t i = reply->n; i > 0; i--) {
		const uint8_t *end = out.at;

		br_ber_put(&out, reply->rows[i - 1].tag, reply->rows[i - 1].value,
			   reply->rows[i - 1].len);
		br_ber_put(&out, BR_BER_OID, reply->rows[i - 1].name,
			   reply->rows[i - 1].name_len);
		br_ber_wrap(&out, BR_BER_SEQUENCE, end);
	}
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	br_ber_put_int(&out, BR_BER_INTEGER, reply->error_index);
	br_ber_put_int(&out, BR_BER_INTEGER, reply->error);
	br_ber_put_int(&out, BR_BER_INTEGER, reply->id);
	br_ber_wrap(&out, reply->type, out.end);
	br_ber_put(&out, BR_BER_OCTETS, "public", 6);
	br_ber_put_int(&out, BR_BER_INTEGER, reply->version);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	*len = (size_t)(out.end - out.at);
	datagram = malloc(*len);
	if (!datagram || out.full || *len > LIAR_OCTETS)
		abort();
	memcpy(datagram, out.at, *len);
	return datagram;
}

/* An exact heap block each time, so that a read behind its end is seen. */
static bool hear(struct liar *liar, const uint8_t *datagram, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	bool heard;

	if (!copy)
		abort();
	memcpy(copy, datagram, len);
	heard = br_conversation_hear(&liar->talk, 0, copy, len);
	free(copy);
	return heard;
}

static bool deliver(struct liar *liar)
{
	size_t len, n_late = liar->n_held;
	uint8_t *datagram;
	bool heard = false;

	for (size_t i = 0; i < n_late; i++) {
		heard = hear(liar, liar->held[i], liar->held_len[i]) || heard;
		free(liar->held[i]);
	}
	liar->n_held = 0;
	if (liar->reply.silent)
		return heard;
	datagram = put_together(liar, &len);
	if (liar->spoil)
		liar->spoil(liar, datagram, &len);
	if (liar->reply.later) {
		liar->held[liar->n_held] = datagram;
		liar->held_len[liar->n_held++] = len;
		return heard;
	}
	for (unsigned i = 0; i < liar->reply.copies; i++)
		heard = hear(liar, datagram, len) || heard;
	free(datagram);
	return heard;
}

static void count(struct liar *liar, const struct liar_asked *asked)
{
	liar->sent++;
	liar->gets += asked->type == BR_PDU_GET;
	liar->nexts += asked->type == BR_PDU_GETNEXT;
	liar->bulks += asked->type == BR_PDU_GETBULK;
	if (asked->n > liar->biggest)
		liar->biggest = (unsigned)asked->n;
}

void liar_talk(struct liar *liar)
{
	uint8_t question[BR_REQUEST_MAX];
	const uint8_t *datagram;
	struct liar_asked asked = {0};
	size_t len;

	forget_held(liar);
	br_harvest_reset(&liar->harvest);
	liar->sent = liar->gets = liar->nexts = liar->bulks = liar->biggest = 0;
	br_conversation_init(&liar->talk, &liar->options, &liar->harvest);
	while (br_conversation_next(&liar->talk, 0, question, sizeof question, &datagram,
				    &len)) {
		liar_inspect(datagram, len, &asked);
		count(liar, &asked);
		if (liar->sent > TOO_MANY) {
			check_failed(__FILE__, __LINE__, "no end after %u datagrams",
				     liar->sent);
			return;
		}
		if (liar->stop_at && liar->sent >= liar->stop_at) {
			br_conversation_stop(&liar->talk);
			continue;
		}
		prepare(liar, datagram, len, &asked);
		if (liar->bend)
			liar->bend(liar, &asked, &liar->reply);
		if (!deliver(liar))
			br_conversation_silence(&liar->talk);
	}
	CHECK_INT(liar->talk.questions, liar->sent);
}

void liar_read(const struct liar *liar, uint32_t device, struct br_reading *reading)
{
	uint32_t devices[BR_MAX_DEVICES];
	size_t n = br_decode_devices(&liar->harvest, devices);

	br_reading_init(reading);
	br_decode_snmp(&liar->harvest, device || n == 0 ? device : devices[0], liar->talk.mib,
		       NULL, reading);
	br_conversation_tell(&liar->talk, reading);
}

void liar_talk_and_read(struct liar *liar, struct br_reading *reading)
{
	liar_talk(liar);
	liar_read(liar, 0, reading);
}

void liar_honest(const struct liar *liar, struct br_reading *reading)
{
	struct liar *honest = new_liar();

	honest->agent.recording = &liar->recording;
	honest->options = liar->options;
	honest->options.session.version = BR_SNMP_V2C;
	memset(&honest->options.tolerance, 0, sizeof honest->options.tolerance);
	liar_talk_and_read(honest, reading);
	CHECK_INT(honest->talk.status, BR_OK);
	liar_close(honest);
}

bool liar_noted(const struct br_reading *reading, const char *words)
{
	for (size_t i = 0; i < reading->n_notes; i++)
		if (strstr(br_text(reading, reading->notes[i]), words))
			return true;
	return false;
}
