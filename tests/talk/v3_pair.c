/*
 * v3_pair.c - one user of ours and one engine, with the wire between them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3_pair.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

const char pair_password[] = "a long password";
const char pair_other_password[] = "another password";

void pair_crypto(struct br_crypto **crypto, struct br_v3_crypto *ops)
{
	struct br_error err;
	if (br_crypto_open(crypto, ops, &err))
		check_skip(err.text);
}

void pair_user(struct pair *pair, const char *name, enum br_v3_auth auth, enum br_v3_priv priv)
{
	memset(&pair->user, 0, sizeof pair->user);
	br_text_copy(pair->user.name, sizeof pair->user.name, br_view(name));
	br_text_copy(pair->user.context, sizeof pair->user.context, br_view("tray"));
	pair->user.auth = auth;
	pair->user.priv = priv;
	CHECK_INT(br_v3_user_set_passwords(&pair->user, &pair->ops, br_view(pair_password),
					   br_view(pair_other_password), &pair->err),
		  BR_OK);
}

void pair_open(struct pair *pair, enum br_v3_auth auth, enum br_v3_priv priv)
{
	memset(pair, 0, sizeof *pair);
	pair_crypto(&pair->crypto, &pair->ops);
	pair->now_ms = 1000000;
	pair_user(pair, "operator", auth, priv);
	br_v3_init(&pair->v3, &pair->user, &pair->ops);
	CHECK(engine_init(&pair->engine, &pair->user, &pair->ops, 3, 5000));
}

void pair_close(struct pair *pair)
{
	free(pair->reply);
	br_v3_clear(&pair->v3);
	br_v3_user_clear(&pair->user);
	br_v3_clear(&pair->engine.own);
	br_crypto_close(pair->crypto);
}

void pair_keep(struct pair *pair, const uint8_t *reply, size_t len)
{
	free(pair->reply);
	pair->reply = reply ? malloc(len) : NULL;
	pair->reply_len = pair->reply ? len : 0;
	if (pair->reply)
		memcpy(pair->reply, reply, len);
}

const uint8_t *pair_write(struct pair *pair, size_t *len)
{
	static struct br_oid name;
	struct br_question question = {
		.type = BR_PDU_GET, .request_id = 77, .n_names = 1, .names = {&name}};
	CHECK_INT(br_oid_parse(&name, "1.3.6.1.2.1.1.1.0", 17), BR_OK);
	return br_v3_write(&pair->v3, &question, pair->now_ms, pair->wire, sizeof pair->wire,
			   len);
}

/* Sends one question; the engine's reply waits in pair->reply. */
void pair_ask(struct pair *pair)
{
	size_t len = 0, reply_len = 0;
	const uint8_t *message = pair_write(pair, &len);
	CHECK(message != NULL);
	if (!message)
		return;
	const uint8_t *reply =
		engine_answer(&pair->engine, pair->wire + (message - pair->wire), len,
			      pair->answered, sizeof pair->answered, &reply_len);
	pair_keep(pair, reply, reply_len);
}

enum br_v3_verdict pair_hear(struct pair *pair)
{
	pair->err.text[0] = 0;
	return br_v3_read(&pair->v3, pair->reply, pair->reply_len, pair->now_ms, &pair->answer,
			  &pair->err);
}

enum br_v3_verdict pair_exchange(struct pair *pair)
{
	pair_ask(pair);
	return pair_hear(pair);
}

/* The engine says this instead of what it would have. */
enum br_v3_verdict pair_hear_instead(struct pair *pair, const struct engine_reply *reply)
{
	size_t len = 0;
	const uint8_t *message =
		engine_write(&pair->engine, reply, pair->answered, sizeof pair->answered, &len);
	CHECK(message != NULL);
	pair_keep(pair, message, len);
	return pair_hear(pair);
}

/* Discovery and one good answer, so that engine and clock are known. */
void pair_acquaint(struct pair *pair)
{
	CHECK_INT(pair_exchange(pair), BR_V3_AGAIN);
	CHECK_INT(pair_exchange(pair), BR_V3_ANSWER);
}
