/*
 * v3_engine.c - the printer's side of SNMPv3, for tests.
 *
 * Keys and ciphers are the product's own: that those are right is shown by the vectors, by the
 * oracle and by a real snmpd. Here it is the exchange that counts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3_engine.h"

#include "talk/v3_inside.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t engine_id[] = {0x80, 0, 0x1f, 0x88, 0x80, 1, 2, 3, 4, 5, 6, 7, 8};

bool engine_init(struct engine *engine, const struct br_v3_user *user,
		 const struct br_v3_crypto *crypto, uint32_t boots, uint32_t time)
{
	memset(engine, 0, sizeof *engine);
	engine->user = *user;
	engine->time = time;
	br_v3_init(&engine->own, &engine->user, crypto);
	return br_v3_know(&engine->own, engine_id, sizeof engine_id, boots, time, 0) == BR_OK;
}

static uint8_t own_level(const struct engine *engine)
{
	return (uint8_t)((engine->user.auth ? BR_USM_AUTH : 0) |
			 (engine->user.priv ? BR_USM_PRIV : 0));
}

struct engine_reply engine_reply(const struct engine *engine)
{
	const struct br_tlv id = {.data = engine->own.engine, .len = engine->own.engine_len};
	const struct br_v3_user *user = &engine->user;
	return (struct engine_reply){
		.usm =
			{
				.id = engine->asked.id,
				.max_size = 1472,
				.flags = own_level(engine),
				.engine = id,
				.boots = (int32_t)engine->own.boots,
				.time = (int32_t)engine->time,
				.user = {.data = (const uint8_t *)user->name,
					 .len = strlen(user->name)},
			},
		.context_engine = id,
		.context = br_view(user->context),
		.type = BR_PDU_RESPONSE,
	};
}

struct engine_reply engine_report(const struct engine *engine, uint8_t flags, uint8_t counter)
{
	struct engine_reply reply = engine_reply(engine);
	reply.usm.flags = flags;
	reply.type = BR_PDU_REPORT;
	reply.counter = counter;
	reply.counter_arc = 15;
	return reply;
}

/* Error fields and the list of one varbind: a counter of a report, or sysDescr.0. */
static void put_body(struct br_ber_out *out, const struct engine_reply *reply)
{
	const uint8_t counter[] = {0x2b,           6, 1, 6, 3, reply->counter_arc, 1, 1,
				   reply->counter, 0};
	const uint8_t sys_descr[] = {0x2b, 6, 1, 2, 1, 1, 1, 0};
	const uint8_t *end = out->at;
	if (reply->counter) {
		br_ber_put_int(out, BR_BER_COUNTER32, 7);
		br_ber_put(out, BR_BER_OID, counter, sizeof counter);
	} else {
		br_ber_put(out, BR_BER_OCTETS, "a printer", 9);
		br_ber_put(out, BR_BER_OID, sys_descr, sizeof sys_descr);
	}
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
	br_ber_put_int(out, BR_BER_INTEGER, 0);
	br_ber_put_int(out, BR_BER_INTEGER, 0);
}

static void put_scoped(struct br_ber_out *out, const struct engine *engine,
		       const struct engine_reply *reply)
{
	if (engine->pdu_len && !reply->counter) {
		br_ber_put_raw(out, engine->pdu, engine->pdu_len);
	} else {
		put_body(out, reply);
		br_ber_put_int(out, BR_BER_INTEGER, engine->request_id);
		br_ber_wrap(out, reply->type, out->end);
	}
	br_ber_put(out, BR_BER_OCTETS, reply->context.at, reply->context.len);
	br_ber_put(out, BR_BER_OCTETS, reply->context_engine.data, reply->context_engine.len);
	br_ber_wrap(out, BR_BER_SEQUENCE, out->end);
}

static bool hide(struct engine *engine, struct br_usm *usm, struct br_ber_out *out,
		 uint8_t salt[BR_USM_SALT_LEN])
{
	const size_t len = (size_t)(out->end - out->at);
	/* A whole block more than needed: printers differ in how they pad for DES. */
	const size_t pad = engine->user.priv == BR_PRIV_DES ? 8 - len % 8 : 0;
	memmove(out->at - pad, out->at, len);
	out->at -= pad;
	memset(out->end - pad, 0x5a, pad);
	if (!br_v3_next_salt(&engine->own, salt))
		return false;
	usm->salt = (struct br_tlv){.data = salt, .len = BR_USM_SALT_LEN};
	if (!br_v3_cipher(&engine->own, true, usm, out->at, len + pad))
		return false;
	br_ber_wrap(out, BR_BER_OCTETS, out->end);
	return true;
}

const uint8_t *engine_write(struct engine *engine, const struct engine_reply *reply,
			    uint8_t *buffer, size_t size, size_t *len)
{
	struct br_usm usm = reply->usm;
	struct br_ber_out out;
	uint8_t salt[BR_USM_SALT_LEN];
	br_ber_out_init(&out, buffer, size);
	put_scoped(&out, engine, reply);
	if ((usm.flags & BR_USM_PRIV) && !hide(engine, &usm, &out, salt))
		return NULL;
	usm.mac.len = usm.flags & BR_USM_AUTH ? br_v3_mac_len(engine->user.auth) : 0;
	uint8_t *mac = br_usm_write(&out, &usm, out.end);
	*len = (size_t)(out.end - out.at);
	if (mac && usm.mac.len && !br_v3_mac(&engine->own, out.at, *len, mac))
		return NULL;
	return mac ? out.at : NULL;
}

static bool mac_is_good(struct engine *engine, uint8_t *datagram)
{
	const struct br_usm *usm = &engine->asked;
	uint8_t came[64], want[64];
	if (usm->mac.len != br_v3_mac_len(engine->user.auth))
		return false;
	uint8_t *mac = datagram + (usm->mac.data - datagram);
	memcpy(came, mac, usm->mac.len);
	memset(mac, 0, usm->mac.len);
	const bool done = br_v3_mac(&engine->own, datagram, usm->whole_len, want);
	memcpy(mac, came, usm->mac.len);
	return done && memcmp(came, want, usm->mac.len) == 0;
}

/* RFC 3414 3.2 in its order; 0 if nothing is to be complained of. */
static uint8_t complaint(struct engine *engine, uint8_t *datagram)
{
	const struct br_usm *usm = &engine->asked;
	const uint8_t level = usm->flags & (BR_USM_AUTH | BR_USM_PRIV);
	if (usm->engine.len != engine->own.engine_len ||
	    memcmp(usm->engine.data, engine->own.engine, usm->engine.len) != 0)
		return ENGINE_ENGINE;
	if (usm->user.len != strlen(engine->user.name) ||
	    memcmp(usm->user.data, engine->user.name, usm->user.len) != 0)
		return ENGINE_USER;
	if (level & ~own_level(engine))
		return ENGINE_LEVEL;
	if (!(level & BR_USM_AUTH))
		return 0;
	if (!mac_is_good(engine, datagram))
		return ENGINE_DIGEST;
	if (usm->boots != (int32_t)engine->own.boots ||
	    labs((long)usm->time - (long)engine->time) > 150)
		return ENGINE_TIME;
	return 0;
}

/* Padding of ours must be zeros: else it would be whatever the buffer held before. */
static bool padding_is_clean(const uint8_t *data, size_t len)
{
	struct br_ber in = {data, data + len};
	struct br_tlv scoped;
	if (!br_ber_take(&in, &scoped))
		return false;
	while (in.at < in.end) {
		if (*in.at++)
			return false;
	}
	return true;
}

/* The PDU in an envelope of v2c, and the response out of one. */
static void ask_agent(struct engine *engine, struct br_ber pdu)
{
	uint8_t question[1472], answer[1472];
	struct br_ber_out out;
	struct br_ber in;
	struct br_tlv part;
	size_t len;

	br_ber_out_init(&out, question, sizeof question);
	br_ber_put_raw(&out, pdu.at, (size_t)(pdu.end - pdu.at));
	br_ber_put(&out, BR_BER_OCTETS, "public", 6);
	br_ber_put_int(&out, BR_BER_INTEGER, BR_SNMP_V2C);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	len = br_agent_answer(engine->agent, out.at, (size_t)(out.end - out.at), answer,
			      sizeof answer);
	in = (struct br_ber){answer, answer + len};
	engine->pdu_len = 0;
	if (!br_ber_take(&in, &part))
		return;
	in = (struct br_ber){part.data, part.data + part.len};
	if (!br_ber_take(&in, &part) || !br_ber_take(&in, &part))
		return;
	engine->pdu_len = (size_t)(in.end - in.at);
	memcpy(engine->pdu, in.at, engine->pdu_len);
}

static bool read_asked(struct engine *engine, uint8_t *datagram)
{
	const struct br_usm *usm = &engine->asked;
	struct br_scoped scoped;
	struct br_answer answer;
	uint8_t *data = datagram + (usm->data.data - datagram);
	if ((usm->flags & BR_USM_PRIV) &&
	    !br_v3_cipher(&engine->own, false, usm, data, usm->data.len))
		return false;
	if (!br_scoped_read(data, usm->data.len, &scoped) || !br_pdu_read(scoped.pdu, &answer))
		return false;
	engine->request_id = answer.request_id;
	if (engine->agent)
		ask_agent(engine, scoped.pdu);
	return padding_is_clean(data, usm->data.len);
}

const uint8_t *engine_answer(struct engine *engine, uint8_t *datagram, size_t len, uint8_t *out,
			     size_t size, size_t *out_len)
{
	struct engine_reply reply;
	engine->questions++;
	if (!br_usm_read(datagram, len, &engine->asked))
		return NULL;
	engine->discoveries += engine->asked.engine.len == 0;
	const uint8_t counter = complaint(engine, datagram);
	if (counter) {
		const uint8_t flags = counter == ENGINE_TIME ? BR_USM_AUTH : 0;
		reply = engine_report(engine, flags, counter);
		reply.usm.user = engine->asked.user;
	} else if (read_asked(engine, datagram)) {
		reply = engine_reply(engine);
	} else {
		return NULL;
	}
	return engine_write(engine, &reply, out, size, out_len);
}
