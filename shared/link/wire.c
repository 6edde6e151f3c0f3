/*
 * wire.c - drives a conversation over a link, within its deadline.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "base/random.h"
#include "link/read.h"

#include <string.h>
#include <time.h>

enum { RECEIVE_SIZE = 65536 };

int32_t br_wire_seed(void)
{
	int32_t seed;

	if (!br_random((uint8_t *)&seed, sizeof seed))
		seed = (int32_t)time(NULL);
	return seed;
}

static bool kernel_random(void *self, uint8_t *out, size_t len)
{
	(void)self;
	return br_random(out, len);
}

static enum br_status open_v3(struct br_wire *wire, const struct br_profile *profile,
			      struct br_error *err)
{
	enum br_status status = BR_OK;

	br_text_copy(wire->user.name, sizeof wire->user.name, br_view(profile->user));
	br_text_copy(wire->user.context, sizeof wire->user.context, br_view(profile->context));
	wire->user.auth = profile->auth;
	wire->user.priv = profile->priv;
	/* Without authentication there is nothing to digest: message ids alone must be random.
	 */
	wire->ops = (struct br_v3_crypto){.random = kernel_random};
	if (profile->auth != BR_AUTH_NONE) {
		status = br_crypto_open(&wire->crypto, &wire->ops, err);
		if (status == BR_OK)
			status = br_v3_user_set_passwords(&wire->user, &wire->ops,
							  br_view(profile->auth_password),
							  br_view(profile->priv_password), err);
	}
	if (status == BR_OK)
		br_v3_init(&wire->v3, &wire->user, &wire->ops);
	return status;
}

enum br_status br_wire_open(struct br_wire *wire, const struct br_target *target,
			    const struct br_profile *profile, struct br_error *err)
{
	enum br_status status = BR_OK;

	memset(wire, 0, sizeof *wire);
	wire->target = *target;
	wire->deadline_ms = br_clock_ms() + profile->deadline_ms;
	wire->timeout_ms = profile->timeout_ms;
	wire->attempts = profile->retries + 1;
	wire->session.version = profile->version;
	wire->session.community = br_view(profile->community);
	if (target->kind == BR_TARGET_UDP && target->port == 0 && profile->port)
		br_target_set_port(&wire->target, profile->port);
	/* A recording is asked in v2c whoever asks: it knows no users. */
	if (target->kind == BR_TARGET_WALK)
		wire->session = (struct br_session){.version = BR_SNMP_V2C,
						    .community = br_view("public")};
	else if (profile->version == BR_SNMP_V3) {
		status = open_v3(wire, profile, err);
		wire->session.v3 = &wire->v3;
	}
	if (status == BR_OK)
		status = br_link_open(&wire->link, &wire->target, err);
	if (status != BR_OK)
		br_wire_close(wire);
	return status;
}

void br_wire_close(struct br_wire *wire)
{
	br_link_close(&wire->link);
	br_v3_clear(&wire->v3);
	br_v3_user_clear(&wire->user);
	br_crypto_close(wire->crypto);
	wire->crypto = NULL;
}

/* Waits for an answer that the talker takes, until the attempt is over. */
static enum br_status await(struct br_wire *wire, const struct br_talker *talker,
			    uint8_t *buffer, struct br_error *err)
{
	int64_t until = br_clock_ms() + wire->timeout_ms;
	enum br_status status;
	size_t len;

	if (until > wire->deadline_ms)
		until = wire->deadline_ms;
	do {
		status = wire->link.receive(wire->link.self, buffer, RECEIVE_SIZE, until, &len,
					    err);
		if (status != BR_OK)
			return status;
		if (wire->trace)
			wire->trace(wire->trace_user, false, buffer, len);
		if (talker->hear(talker->self, br_clock_ms(), buffer, len))
			return BR_OK;
	} while (br_clock_ms() < until); /* a flood of what is no answer must not hold us */
	return br_fail(err, BR_E_TIMEOUT, "%s: no answer that could be used",
		       wire->target.text);
}

enum br_status br_wire_drive(struct br_wire *wire, const struct br_talker *talker,
			     struct br_error *err)
{
	uint8_t question[BR_REQUEST_MAX], answer[RECEIVE_SIZE];
	const uint8_t *datagram;
	enum br_status status = BR_OK;
	size_t len;

	while (talker->next(talker->self, br_clock_ms(), question, sizeof question, &datagram,
			    &len)) {
		/* Answers that wait already would carry us past the deadline; a recording's
		 * may. */
		if (wire->target.kind == BR_TARGET_UDP && br_clock_ms() >= wire->deadline_ms) {
			talker->stop(talker->self);
			break;
		}
		if (wire->trace)
			wire->trace(wire->trace_user, true, datagram, len);
		status = wire->link.send(wire->link.self, datagram, len, err);
		if (status == BR_OK)
			status = await(wire, talker, answer, err);
		if (status == BR_E_TIMEOUT && br_clock_ms() < wire->deadline_ms)
			talker->silence(talker->self);
		else if (status != BR_OK)
			talker->stop(talker->self);
	}
	if (*talker->status == BR_OK)
		return BR_OK;
	if (*talker->status == BR_E_TIMEOUT && status == BR_E_TIMEOUT &&
	    wire->session.version == BR_SNMP_V3) {
		struct br_error why;

		status = br_v3_silence(&wire->v3, &why);
		return br_fail(err, status, "%s: %s", wire->target.text, why.text);
	}
	/* Of a silence, and of a closed port, the link knows more than the conversation. */
	if (*talker->status != BR_E_TIMEOUT || status == BR_OK)
		return br_fail(err, *talker->status, "%s: %s", wire->target.text,
			       talker->error->text);
	return status;
}

static bool talk_next(void *self, int64_t now_ms, uint8_t *buffer, size_t size,
		      const uint8_t **datagram, size_t *len)
{
	return br_conversation_next(self, now_ms, buffer, size, datagram, len);
}

static bool talk_hear(void *self, int64_t now_ms, uint8_t *datagram, size_t len)
{
	return br_conversation_hear(self, now_ms, datagram, len);
}

static void talk_silence(void *self)
{
	br_conversation_silence(self);
}

static void talk_stop(void *self)
{
	br_conversation_stop(self);
}

enum br_status br_wire_run(struct br_wire *wire, struct br_conversation *talk,
			   struct br_error *err)
{
	const struct br_talker talker = {
		.next = talk_next,
		.hear = talk_hear,
		.silence = talk_silence,
		.stop = talk_stop,
		.self = talk,
		.status = &talk->status,
		.error = &talk->error,
	};

	return br_wire_drive(wire, &talker, err);
}
