/*
 * v3_engine.h - the printer's side of SNMPv3, for tests: one engine with one user.
 *
 * It answers as RFC 3414 3.2 has it, and can be told to say something particular instead.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_TALK_V3_ENGINE_H
#define BR_TESTS_TALK_V3_ENGINE_H

#include "decode/agent.h"
#include "talk/v3.h"

struct engine {
	struct br_v3_user user;
	struct br_v3 own; /* engine id, boots, keys */
	uint32_t time;
	struct br_usm asked; /* the last request, lent by its datagram */
	int32_t request_id;
	unsigned questions, discoveries;
	const struct br_agent *agent; /* what it answers; NULL: sysDescr.0 alone */
	uint8_t pdu[1472];            /* the agent's response */
	size_t pdu_len;
};

/* The last octet of the report's counter below usmStats. */
enum engine_counter {
	ENGINE_LEVEL = 1,
	ENGINE_TIME,
	ENGINE_USER,
	ENGINE_ENGINE,
	ENGINE_DIGEST,
	ENGINE_DECRYPT,
};

/* One reply in every detail; engine_reply() fills it with what is right. */
struct engine_reply {
	struct br_usm usm;
	struct br_tlv context_engine;
	struct br_view context;
	uint8_t type;        /* of the PDU */
	uint8_t counter;     /* of a report; 0: not a report */
	uint8_t counter_arc; /* 15: usmStats; 11, 12: the dispatcher's and the targets' */
};

bool engine_init(struct engine *engine, const struct br_v3_user *user,
		 const struct br_v3_crypto *crypto, uint32_t boots, uint32_t time);

/* Answers a datagram (deciphered in place) into out's end; NULL is silence. */
const uint8_t *engine_answer(struct engine *engine, uint8_t *datagram, size_t len, uint8_t *out,
			     size_t size, size_t *out_len);

/* A right response to the last request, or a report (flags as given), to be changed and
 * written. */
struct engine_reply engine_reply(const struct engine *engine);
struct engine_reply engine_report(const struct engine *engine, uint8_t flags, uint8_t counter);
const uint8_t *engine_write(struct engine *engine, const struct engine_reply *reply,
			    uint8_t *out, size_t size, size_t *len);

#endif
