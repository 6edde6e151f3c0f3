/*
 * v3_pair.h - one user of ours and one engine, with the wire between them, for tests of SNMPv3.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_TALK_V3_PAIR_H
#define BR_TESTS_TALK_V3_PAIR_H

#include "link/crypto.h"
#include "talk/v3_engine.h"

/* Both ends, and the wire between them. */
struct pair {
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
	struct br_v3_user user;
	struct br_v3 v3;
	struct engine engine;
	struct br_answer answer;
	struct br_error err;
	int64_t now_ms;
	uint8_t wire[2048]; /* what we sent */
	uint8_t answered[2048];
	uint8_t *reply; /* exact-size heap copy of the last reply */
	size_t reply_len;
};

/* Passwords of pair_user(), which is user "operator" in context "tray" unless named otherwise.
 */
extern const char pair_password[], pair_other_password[];

/* Opens libcrypto, or ends the test as skipped. */
void pair_crypto(struct br_crypto **crypto, struct br_v3_crypto *ops);

/* Neither side knows the other yet. The engine is at boots 3, time 5000. */
void pair_open(struct pair *pair, enum br_v3_auth auth, enum br_v3_priv priv);
void pair_close(struct pair *pair);

/* Our side becomes another user than the engine's. */
void pair_user(struct pair *pair, const char *name, enum br_v3_auth auth, enum br_v3_priv priv);

/* One question written into pair->wire; what ask() sends. */
const uint8_t *pair_write(struct pair *pair, size_t *len);

/* Sends a question, so that the engine's reply waits in pair->reply; hears it; does both. */
void pair_ask(struct pair *pair);
enum br_v3_verdict pair_hear(struct pair *pair);
enum br_v3_verdict pair_exchange(struct pair *pair);

/* The engine says this instead of what it would have. */
enum br_v3_verdict pair_hear_instead(struct pair *pair, const struct engine_reply *reply);

/* Puts other octets on the wire back. */
void pair_keep(struct pair *pair, const uint8_t *reply, size_t len);

/* Discovery and one good answer, so that engine and clock are known. */
void pair_acquaint(struct pair *pair);

#endif
