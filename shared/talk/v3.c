/*
 * v3.c - the exchange with one SNMPv3 engine: discovery, questions, answers, clock.
 *
 * What may change our belief about an engine is deliberately little. The engine id is taken
 * from the report that answers a discovery and from nothing else. Its clock in that report is a
 * hint, which the first message with a good MAC confirms or replaces. Later only messages with
 * a good MAC move the clock: forward by any, anywhere by a report of "not in time window".
 *
 * RFC 3414 3.2.7 would let that report move the clock forward only, since it may be a replay.
 * Ours answers a message id that was drawn at random for the one message before it, so it is
 * fresh; and printers that forget their boot counter, or whose clock runs slow, could never be
 * read again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3_inside.h"

#include <string.h>

#define TIME_WINDOW_S 150
#define COUNTER_MAX   INT32_MAX /* of boots: the engine answers no more */
#define RESYNCS_MAX   2
#define NOT_AWAITED   (-1)

void br_v3_init(struct br_v3 *v3, const struct br_v3_user *user,
		const struct br_v3_crypto *crypto)
{
	memset(v3, 0, sizeof *v3);
	v3->user = user;
	v3->crypto = crypto;
	v3->message_id = NOT_AWAITED;
}

void br_v3_clear(struct br_v3 *v3)
{
	explicit_bzero(v3, sizeof *v3);
	v3->message_id = NOT_AWAITED;
}

void br_v3_forget(struct br_v3 *v3)
{
	const uint64_t salt = v3->salt;
	const bool seeded = v3->seeded;
	const struct br_v3_user *user = v3->user;
	const struct br_v3_crypto *crypto = v3->crypto;
	br_v3_clear(v3);
	br_v3_init(v3, user, crypto);
	v3->salt = salt; /* never starts again: the keys may become the same again */
	v3->seeded = seeded;
}

static void set_clock(struct br_v3 *v3, uint32_t boots, uint32_t time, int64_t now_ms)
{
	v3->boots = boots;
	v3->time = time;
	v3->time_at_ms = now_ms;
}

/* What the engine's clock shows now, if it runs as ours does. */
static int32_t engine_time(const struct br_v3 *v3, int64_t now_ms)
{
	const int64_t passed_s = now_ms > v3->time_at_ms ? (now_ms - v3->time_at_ms) / 1000 : 0;
	const int64_t left_s = COUNTER_MAX - (int64_t)v3->time;
	return (int32_t)(passed_s < left_s ? v3->time + passed_s : COUNTER_MAX);
}

static bool know_engine(struct br_v3 *v3, const uint8_t *engine, size_t len)
{
	memcpy(v3->engine, engine, len);
	v3->engine_len = len;
	if (br_v3_localise(v3))
		return true;
	br_v3_forget(v3);
	return false;
}

enum br_status br_v3_know(struct br_v3 *v3, const uint8_t *engine, size_t engine_len,
			  uint32_t boots, uint32_t time, int64_t now_ms)
{
	if (engine_len == 0 || engine_len > BR_V3_ENGINE_MAX)
		return BR_E_LIMIT;
	if (boots > COUNTER_MAX || time > COUNTER_MAX)
		return BR_E_LIMIT;
	br_v3_forget(v3);
	if (!know_engine(v3, engine, engine_len))
		return BR_E_UNSUPPORTED;
	set_clock(v3, boots, time, now_ms);
	v3->time_known = boots || time;
	return BR_OK;
}

static uint8_t level_of(const struct br_v3_user *user)
{
	return (uint8_t)((user->auth ? BR_USM_AUTH : 0) | (user->priv ? BR_USM_PRIV : 0));
}

/* A random one each time: it is what makes an unauthenticated report hard to forge blindly. */
static bool draw_message_id(struct br_v3 *v3)
{
	uint8_t raw[4];
	if (!v3->crypto->random(v3->crypto->self, raw, sizeof raw))
		return false;
	v3->message_id = (raw[0] & 0x7f) << 24 | raw[1] << 16 | raw[2] << 8 | raw[3];
	return true;
}

/* Enciphers what was written since out->end, and wraps it. */
static bool hide(const struct br_v3 *v3, const struct br_usm *usm, struct br_ber_out *out)
{
	const size_t len = (size_t)(out->end - out->at);
	const size_t pad = v3->user->priv == BR_PRIV_DES ? (8 - len % 8) % 8 : 0;
	if (out->full || (size_t)(out->at - out->start) < pad)
		return false;
	memmove(out->at - pad, out->at, len);
	out->at -= pad;
	memset(out->end - pad, 0, pad);
	if (!br_v3_cipher(v3, true, usm, out->at, len + pad))
		return false;
	br_ber_wrap(out, BR_BER_OCTETS, out->end);
	return true;
}

/* RFC 3414 section 4: nobody's message with nothing in it, to be told the engine id. */
static bool write_discovery(struct br_ber_out *out, const struct br_usm *usm,
			    int32_t request_id)
{
	const struct br_question nothing = {.type = BR_PDU_GET, .request_id = request_id};
	br_scoped_write(out, &usm->engine, br_view(""), &nothing);
	return br_usm_write(out, usm, out->end) != NULL;
}

static bool write_question(struct br_v3 *v3, struct br_ber_out *out, struct br_usm *usm,
			   const struct br_question *question)
{
	const struct br_v3_user *user = v3->user;
	uint8_t salt[BR_USM_SALT_LEN];
	usm->user =
		(struct br_tlv){.data = (const uint8_t *)user->name, .len = strlen(user->name)};
	usm->mac.len = br_v3_mac_len(user->auth);
	br_scoped_write(out, &usm->engine, br_view(user->context), question);
	if (user->priv) {
		if (!br_v3_next_salt(v3, salt))
			return false;
		usm->salt = (struct br_tlv){.data = salt, .len = sizeof salt};
		if (!hide(v3, usm, out))
			return false;
	}
	uint8_t *mac = br_usm_write(out, usm, out->end);
	return mac &&
	       (!user->auth || br_v3_mac(v3, out->at, (size_t)(out->end - out->at), mac));
}

const uint8_t *br_v3_write(struct br_v3 *v3, const struct br_question *question, int64_t now_ms,
			   uint8_t *buffer, size_t size, size_t *len)
{
	struct br_ber_out out;
	br_ber_out_init(&out, buffer, size);
	const bool keeps_id = question->again && v3->message_id != NOT_AWAITED;
	if (!keeps_id && !draw_message_id(v3))
		return NULL;
	v3->discovering = v3->engine_len == 0;
	struct br_usm usm = {
		.id = v3->message_id,
		.max_size = BR_DATAGRAM_MAX,
		.flags = BR_USM_REPORTABLE,
		.engine = {.data = v3->engine, .len = v3->engine_len},
	};
	bool done;
	if (v3->discovering) {
		done = write_discovery(&out, &usm, question->request_id);
	} else {
		usm.flags |= level_of(v3->user);
		usm.boots = v3->user->auth ? (int32_t)v3->boots : 0;
		usm.time = v3->user->auth ? engine_time(v3, now_ms) : 0;
		done = write_question(v3, &out, &usm, question);
	}
	if (!done) {
		v3->message_id = NOT_AWAITED;
		return NULL;
	}
	*len = (size_t)(out.end - out.at);
	return out.at;
}

static bool is_engine(const struct br_v3 *v3, const struct br_tlv *engine)
{
	return engine->len == v3->engine_len &&
	       memcmp(engine->data, v3->engine, engine->len) == 0;
}

static bool is_text(const struct br_tlv *tlv, const char *text)
{
	return tlv->len == strlen(text) && memcmp(tlv->data, text, tlv->len) == 0;
}

/* Octets are compared without a branch on their value, so that time tells nothing. */
static bool same_octets(const uint8_t *a, const uint8_t *b, size_t len)
{
	uint8_t differ = 0;
	for (size_t i = 0; i < len; i++)
		differ |= a[i] ^ b[i];
	return differ == 0;
}

/* The MAC was computed with zeros in its own place; they are put there and taken away again. */
static bool is_authentic(const struct br_v3 *v3, uint8_t *datagram, const struct br_usm *usm)
{
	uint8_t came[BR_V3_KEY_MAX], want[BR_V3_KEY_MAX];
	const size_t len = br_v3_mac_len(v3->user->auth);
	if (len == 0 || usm->mac.len != len || v3->auth_key_len == 0)
		return false;
	if (!is_engine(v3, &usm->engine) || !is_text(&usm->user, v3->user->name))
		return false;
	uint8_t *mac = datagram + (usm->mac.data - datagram);
	memcpy(came, mac, len);
	memset(mac, 0, len);
	const bool computed = br_v3_mac(v3, datagram, usm->whole_len, want);
	memcpy(mac, came, len);
	return computed && same_octets(came, want, len);
}

/* RFC 3414 3.2.7b, for a message that is authentic. */
static bool is_timely(struct br_v3 *v3, const struct br_usm *usm, int64_t now_ms)
{
	const uint32_t boots = (uint32_t)usm->boots, time = (uint32_t)usm->time;
	const bool newer = boots > v3->boots || (boots == v3->boots && time > v3->time);
	if (newer || !v3->time_known)
		set_clock(v3, boots, time, now_ms);
	v3->time_known = true;
	if (v3->boots == COUNTER_MAX || boots < v3->boots)
		return false;
	return usm->time >= engine_time(v3, now_ms) - TIME_WINDOW_S;
}

static enum br_v3_verdict resync(struct br_v3 *v3, const struct br_usm *usm, int64_t now_ms,
				 struct br_error *err)
{
	if (v3->resyncs >= RESYNCS_MAX || usm->boots == COUNTER_MAX)
		return br_v3_fail(v3, BR_V3_WHY_TIME, err);
	v3->resyncs++;
	set_clock(v3, (uint32_t)usm->boots, (uint32_t)usm->time, now_ms);
	v3->time_known = true;
	return BR_V3_AGAIN;
}

/* Any report to our discovery will do: some engines complain of the user first. */
static enum br_v3_verdict read_discovery(struct br_v3 *v3, const struct br_usm *usm,
					 int64_t now_ms, struct br_error *err)
{
	if (usm->flags & (BR_USM_AUTH | BR_USM_PRIV))
		return BR_V3_IGNORE;
	if (usm->engine.len == 0)
		return br_v3_fail(v3, BR_V3_WHY_OTHER, err);
	if (!know_engine(v3, usm->engine.data, usm->engine.len))
		return br_v3_fail(v3, BR_V3_WHY_CRYPTO, err);
	set_clock(v3, (uint32_t)usm->boots, (uint32_t)usm->time, now_ms);
	return BR_V3_AGAIN;
}

/* A report that nobody vouches for: it may end the conversation, and teaches nothing. */
static enum br_v3_verdict read_bare_report(struct br_v3 *v3, const struct br_usm *usm,
					   const struct br_answer *report, struct br_error *err)
{
	const enum br_v3_why why = br_v3_report_why(report);
	if (why == BR_V3_WHY_TIME && v3->user->auth)
		return BR_V3_IGNORE;
	if (why != BR_V3_WHY_ENGINE && !is_engine(v3, &usm->engine))
		return BR_V3_IGNORE;
	return br_v3_fail(v3, why, err);
}

static bool read_scoped(const uint8_t *data, size_t len, struct br_scoped *scoped,
			struct br_answer *answer)
{
	return br_scoped_read(data, len, scoped) && br_pdu_read(scoped->pdu, answer);
}

static enum br_v3_verdict read_report(struct br_v3 *v3, const struct br_usm *usm,
				      int64_t now_ms, const struct br_answer *report,
				      struct br_error *err)
{
	if (v3->discovering)
		return read_discovery(v3, usm, now_ms, err);
	if (!(usm->flags & BR_USM_AUTH))
		return read_bare_report(v3, usm, report, err);
	const enum br_v3_why why = br_v3_report_why(report);
	if (why == BR_V3_WHY_TIME)
		return resync(v3, usm, now_ms, err);
	return is_timely(v3, usm, now_ms) ? br_v3_fail(v3, why, err) : BR_V3_IGNORE;
}

static enum br_v3_verdict read_response(struct br_v3 *v3, const struct br_usm *usm,
					const struct br_scoped *scoped, int64_t now_ms)
{
	const uint8_t level = usm->flags & (BR_USM_AUTH | BR_USM_PRIV);
	if (v3->discovering || level != level_of(v3->user))
		return BR_V3_IGNORE;
	if (!is_engine(v3, &usm->engine) || !is_text(&usm->user, v3->user->name))
		return BR_V3_IGNORE;
	if (!is_engine(v3, &scoped->engine) || !is_text(&scoped->context, v3->user->context))
		return BR_V3_IGNORE;
	if ((level & BR_USM_AUTH) && !is_timely(v3, usm, now_ms))
		return BR_V3_IGNORE;
	v3->resyncs = 0;
	return BR_V3_ANSWER;
}

static enum br_v3_verdict read_message(struct br_v3 *v3, uint8_t *datagram, size_t len,
				       int64_t now_ms, struct br_answer *answer,
				       struct br_error *err)
{
	struct br_usm usm;
	struct br_scoped scoped;
	if (!br_usm_read(datagram, len, &usm) || usm.id != v3->message_id)
		return BR_V3_IGNORE;
	v3->heard = true;
	if ((usm.flags & BR_USM_AUTH) && !is_authentic(v3, datagram, &usm)) {
		v3->unproved = true; /* some engines sign even their report of a wrong digest */
		return BR_V3_IGNORE;
	}
	if (usm.flags & BR_USM_PRIV) {
		uint8_t *hidden = datagram + (usm.data.data - datagram);
		if (!v3->user->priv)
			return BR_V3_IGNORE;
		/* It is the printer's, so a wrong key is all that is left to explain it. */
		if (!br_v3_cipher(v3, false, &usm, hidden, usm.data.len) ||
		    !read_scoped(hidden, usm.data.len, &scoped, answer))
			return br_v3_fail(v3, BR_V3_WHY_DECRYPT, err);
	} else if (!read_scoped(usm.data.data, usm.data.len, &scoped, answer)) {
		return BR_V3_IGNORE;
	}
	if (answer->type == BR_PDU_REPORT)
		return read_report(v3, &usm, now_ms, answer, err);
	if (answer->type == BR_PDU_RESPONSE)
		return read_response(v3, &usm, &scoped, now_ms);
	return BR_V3_IGNORE;
}

enum br_v3_verdict br_v3_read(struct br_v3 *v3, uint8_t *datagram, size_t len, int64_t now_ms,
			      struct br_answer *answer, struct br_error *err)
{
	memset(answer, 0, sizeof *answer);
	const enum br_v3_verdict verdict = read_message(v3, datagram, len, now_ms, answer, err);
	if (verdict != BR_V3_IGNORE)
		v3->message_id = NOT_AWAITED;
	if (verdict == BR_V3_ANSWER)
		answer->version = BR_SNMP_V3;
	else
		memset(answer, 0, sizeof *answer);
	return verdict;
}
