/*
 * v3.h - one SNMPv3 user at one engine: wraps questions, unwraps answers.
 *
 * By RFC 3412, 3414, 3826 and 7860. Owns no socket and no clock. The first message to an
 * unknown engine is the discovery; what is learned (engine id, boots, time) may be kept and
 * given again, so that a known printer costs no extra round. Ciphers and digests come through
 * br_v3_crypto, which lives a floor higher.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_V3_H
#define BR_TALK_V3_H

#include "decode/usm.h"

#define BR_V3_ENGINE_MAX BR_USM_ENGINE_MAX
#define BR_V3_KEY_MAX    64
#define BR_V3_NAME_MAX   32

enum br_v3_auth {
	BR_AUTH_NONE = 0,
	BR_AUTH_MD5,
	BR_AUTH_SHA1,
	BR_AUTH_SHA224,
	BR_AUTH_SHA256,
	BR_AUTH_SHA384,
	BR_AUTH_SHA512,
};

enum br_v3_priv {
	BR_PRIV_NONE = 0,
	BR_PRIV_DES,
	BR_PRIV_AES128,
	BR_PRIV_AES192_BLUMENTHAL, /* draft-blumenthal-aes-usm-04: "AES-192" */
	BR_PRIV_AES256_BLUMENTHAL,
	BR_PRIV_AES192_REEDER, /* draft-reeder, as Cisco and others have it: "AES-192-C" */
	BR_PRIV_AES256_REEDER,
};

/* Lent primitives; every function returns false on failure. */
struct br_v3_crypto {
	/* Password to Ku, hashed over 1 MiB (RFC 3414 A.2); ku holds BR_V3_KEY_MAX. */
	bool (*ku)(void *self, enum br_v3_auth auth, const char *password, size_t password_len,
		   uint8_t *ku, size_t *len);
	bool (*digest)(void *self, enum br_v3_auth auth, const uint8_t *data, size_t data_len,
		       uint8_t *out, size_t *len);
	/* Full-length HMAC; the caller cuts it. */
	bool (*hmac)(void *self, enum br_v3_auth auth, const uint8_t *key, size_t key_len,
		     const uint8_t *data, size_t data_len, uint8_t *out, size_t *len);
	/* CBC-DES or CFB128-AES in place, by priv; iv is 8 octets for DES, 16 for AES. */
	bool (*cipher)(void *self, enum br_v3_priv priv, bool encrypt, const uint8_t *key,
		       const uint8_t *iv, uint8_t *data, size_t len);
	bool (*random)(void *self, uint8_t *out, size_t len);
	void *self;
};

/* What is configured. Ku is derived once per password and shared by every printer. */
struct br_v3_user {
	char name[BR_V3_NAME_MAX + 1];
	char context[BR_V3_NAME_MAX + 1]; /* contextName; "" for the default */
	enum br_v3_auth auth;
	enum br_v3_priv priv;
	uint8_t auth_ku[BR_V3_KEY_MAX], priv_ku[BR_V3_KEY_MAX];
	size_t ku_len;
};

/*
 * Derives both Ku from passwords (8 characters at least, as RFC 3414 11.2 asks); the same
 * password for both is hashed once. Name, auth and priv must be set before. Fails with a
 * sentence where the crypto lacks the digest or the cipher, so that this is known before
 * anything is sent.
 */
enum br_status br_v3_user_set_passwords(struct br_v3_user *user,
					const struct br_v3_crypto *crypto,
					struct br_view auth_password,
					struct br_view priv_password,
					struct br_error *err) BR_MUST_CHECK;

/* Overwrites everything; the same for one engine's keys. */
void br_v3_user_clear(struct br_v3_user *user);

/* What a BR_V3_FAILED was about, for code; the sentence is for people. */
enum br_v3_why {
	BR_V3_WHY_NONE = 0,
	BR_V3_WHY_USER,    /* unknown user name */
	BR_V3_WHY_DIGEST,  /* wrong auth password or protocol */
	BR_V3_WHY_LEVEL,   /* unsupported security level */
	BR_V3_WHY_TIME,    /* not in time window, and resyncing did not help */
	BR_V3_WHY_DECRYPT, /* wrong priv password or protocol */
	BR_V3_WHY_ENGINE,  /* unknown engine id: br_v3_forget() if it may have changed */
	BR_V3_WHY_CONTEXT, /* no such context */
	BR_V3_WHY_OTHER,   /* a report that should not happen; no security model of ours */
	BR_V3_WHY_CRYPTO,  /* our own digests or ciphers failed */
};

struct br_v3 {
	const struct br_v3_user *user;
	const struct br_v3_crypto *crypto;
	uint8_t engine[BR_V3_ENGINE_MAX];
	size_t engine_len;    /* 0: not known yet */
	uint32_t boots, time; /* of the engine, when it was last heard */
	int64_t time_at_ms;   /* our clock at that moment */
	bool time_known;      /* proved by a MAC, or kept; else a hint of the discovery */
	uint8_t auth_key[BR_V3_KEY_MAX], priv_key[BR_V3_KEY_MAX]; /* localised */
	size_t auth_key_len, priv_key_len;
	uint64_t salt;
	bool seeded;        /* salt has its random start */
	int32_t message_id; /* of the last message written, random; -1: nothing is awaited */
	bool discovering;   /* the last message was a discovery */
	unsigned resyncs;   /* reports answered in a row; bounded */
	enum br_v3_why why; /* of the last BR_V3_FAILED */
	bool heard;         /* something came back for a message of ours */
	bool unproved;      /* an answer came whose MAC is not made with our key */
};

void br_v3_init(struct br_v3 *v3, const struct br_v3_user *user,
		const struct br_v3_crypto *crypto);
void br_v3_clear(struct br_v3 *v3);

/* Engine, time and keys are dropped: the next message is a discovery. User and salt stay. */
void br_v3_forget(struct br_v3 *v3);

/*
 * What was kept of an earlier conversation: no discovery round is needed then. boots and time
 * both 0 is an engine whose clock is not known.
 */
enum br_status br_v3_know(struct br_v3 *v3, const uint8_t *engine, size_t engine_len,
			  uint32_t boots, uint32_t time, int64_t now_ms) BR_MUST_CHECK;

/*
 * Writes the question, or the discovery where the engine is unknown. NULL: no room or no
 * cipher. Each question has a message id of its own, and only the last one's answer is taken;
 * the same question written again keeps it, so that a late answer to the first still counts.
 */
const uint8_t *br_v3_write(struct br_v3 *v3, const struct br_question *question, int64_t now_ms,
			   uint8_t *buffer, size_t size, size_t *len);

enum br_v3_verdict {
	BR_V3_ANSWER, /* *answer is the PDU that came */
	BR_V3_AGAIN,  /* learned engine or time: write the question once more */
	BR_V3_IGNORE, /* not for us, late, forged or broken */
	BR_V3_FAILED, /* *err says why: unknown user, wrong password, wrong level, clock */
};

/*
 * Checks and decrypts in place; answer points into the datagram. The caller compares
 * answer->request_id with its question's. err is written for BR_V3_FAILED only.
 */
enum br_v3_verdict br_v3_read(struct br_v3 *v3, uint8_t *datagram, size_t len, int64_t now_ms,
			      struct br_answer *answer, struct br_error *err);

/*
 * What a silence may mean, for when time is over: many printers do not report a wrong password,
 * and only how far the exchange came tells "not there" from "not for you". BR_E_TIMEOUT, or
 * BR_E_AUTH if answers came that our key does not prove.
 */
enum br_status br_v3_silence(const struct br_v3 *v3, struct br_error *err);

/*
 * Names as they stand in a configuration: "SHA-256", "AES-128", "AES-256-C", "none"; net-snmp's
 * spellings
 * ("SHA256", "AES", "AES256C") too, in any case. False for an unknown one.
 */
bool br_v3_auth_parse(struct br_view name, enum br_v3_auth *auth);
bool br_v3_priv_parse(struct br_view name, enum br_v3_priv *priv);

/* Why a privacy protocol that exists is not spoken here ("3DES"), one sentence; NULL for any
 * other. */
const char *br_v3_priv_refusal(struct br_view name);
const char *br_v3_auth_name(enum br_v3_auth auth);
const char *br_v3_priv_name(enum br_v3_priv priv);

#endif
