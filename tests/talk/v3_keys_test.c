/*
 * v3_keys_test.c - passwords, keys by the published vectors, names, and what happens without
 * crypto.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/v3_pair.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static size_t from_hex(const char *hex, uint8_t *out)
{
	size_t len = 0;
	for (; hex[0] && hex[1]; hex += 2) {
		const char pair[3] = {hex[0], hex[1], 0};
		out[len++] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return len;
}

/*
 * Password "maplesyrup" at engine 00…02. MD5 and SHA-1: RFC 3414 A.3; Reeder: the examples of
 * its draft. Every other pair is compared with net-snmp in tests/oracle/v3_oracle_test.c.
 */
/* clang-format off */
static const struct {
	enum br_v3_auth auth;
	enum br_v3_priv priv;
	const char *ku, *auth_key, *priv_key;
} vectors[] = {
	{BR_AUTH_MD5, BR_PRIV_AES128, "9faf3283884e92834ebc9847d8edd963",
	 "526f5eed9fcce26f8964c2930787d82b", "526f5eed9fcce26f8964c2930787d82b"},
	{BR_AUTH_SHA1, BR_PRIV_AES128, "9fb5cc0381497b3793528939ff788d5d79145211",
	 "6695febc9288e36282235fc7151f128497b38f3f", "6695febc9288e36282235fc7151f1284"},
	{BR_AUTH_MD5, BR_PRIV_AES256_REEDER, "9faf3283884e92834ebc9847d8edd963",
	 "526f5eed9fcce26f8964c2930787d82b",
	 "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12"},
	{BR_AUTH_SHA1, BR_PRIV_AES256_REEDER, "9fb5cc0381497b3793528939ff788d5d79145211",
	 "6695febc9288e36282235fc7151f128497b38f3f",
	 "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c"},
};
/* clang-format on */

TEST(published_vectors)
{
	const struct br_view maple = br_view("maplesyrup");
	uint8_t engine[12] = {0}, want[64];
	engine[11] = 2;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct pair pair;
		pair_open(&pair, vectors[i].auth, vectors[i].priv);
		CHECK_INT(br_v3_user_set_passwords(&pair.user, &pair.ops, maple, maple,
						   &pair.err),
			  BR_OK);
		size_t len = from_hex(vectors[i].ku, want);
		CHECK_MEM(pair.user.auth_ku, pair.user.ku_len, want, len);
		CHECK_MEM(pair.user.priv_ku, pair.user.ku_len, want, len);
		CHECK_INT(br_v3_know(&pair.v3, engine, sizeof engine, 1, 1, 0), BR_OK);
		len = from_hex(vectors[i].auth_key, want);
		CHECK_MEM(pair.v3.auth_key, pair.v3.auth_key_len, want, len);
		len = from_hex(vectors[i].priv_key, want);
		CHECK_MEM(pair.v3.priv_key, pair.v3.priv_key_len, want, len);
		pair_close(&pair);
	}
}

TEST(passwords_that_are_refused)
{
	static const struct {
		const char *name, *user;
		enum br_v3_auth auth;
		enum br_v3_priv priv;
		const char *auth_password, *priv_password;
		enum br_status want;
		const char *says;
	} cases[] = {
		{"good", "u", BR_AUTH_MD5, BR_PRIV_DES, "12345678", "12345678", BR_OK, ""},
		{"none needed", "u", BR_AUTH_NONE, BR_PRIV_NONE, "", "", BR_OK, ""},
		{"no user", "", BR_AUTH_MD5, BR_PRIV_NONE, "12345678", "", BR_E_SYNTAX,
		 "user name"},
		{"seven", "u", BR_AUTH_MD5, BR_PRIV_NONE, "1234567", "", BR_E_SYNTAX,
		 "auth-password"},
		{"no privacy password", "u", BR_AUTH_MD5, BR_PRIV_DES, "12345678", "",
		 BR_E_SYNTAX, "priv-password"},
		{"privacy alone", "u", BR_AUTH_NONE, BR_PRIV_DES, "12345678", "12345678",
		 BR_E_SYNTAX, "without authentication"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct br_v3_user user = {.auth = cases[i].auth, .priv = cases[i].priv};
		struct br_crypto *crypto;
		struct br_v3_crypto ops;
		struct br_error err = {""};
		check_case(cases[i].name);
		pair_crypto(&crypto, &ops);
		br_text_copy(user.name, sizeof user.name, br_view(cases[i].user));
		CHECK_INT(br_v3_user_set_passwords(&user, &ops, br_view(cases[i].auth_password),
						   br_view(cases[i].priv_password), &err),
			  cases[i].want);
		CHECK(strstr(err.text, cases[i].says) != NULL);
		br_crypto_close(crypto);
	}
}

/* The product's crypto behind a door that closes after so many uses. */
struct failing {
	struct br_v3_crypto real;
	unsigned left, kus;
};

static bool allowed(struct failing *failing)
{
	if (failing->left == 0)
		return false;
	failing->left--;
	return true;
}

static bool some_ku(void *self, enum br_v3_auth auth, const char *password, size_t password_len,
		    uint8_t *ku, size_t *len)
{
	struct failing *failing = self;
	failing->kus++;
	return allowed(failing) &&
	       failing->real.ku(failing->real.self, auth, password, password_len, ku, len);
}

static bool some_digest(void *self, enum br_v3_auth auth, const uint8_t *data, size_t data_len,
			uint8_t *out, size_t *len)
{
	struct failing *failing = self;
	return allowed(failing) &&
	       failing->real.digest(failing->real.self, auth, data, data_len, out, len);
}

static bool some_hmac(void *self, enum br_v3_auth auth, const uint8_t *key, size_t key_len,
		      const uint8_t *data, size_t data_len, uint8_t *out, size_t *len)
{
	struct failing *failing = self;
	return allowed(failing) && failing->real.hmac(failing->real.self, auth, key, key_len,
						      data, data_len, out, len);
}

static bool some_cipher(void *self, enum br_v3_priv priv, bool encrypt, const uint8_t *key,
			const uint8_t *iv, uint8_t *data, size_t len)
{
	struct failing *failing = self;
	return allowed(failing) &&
	       failing->real.cipher(failing->real.self, priv, encrypt, key, iv, data, len);
}

static bool some_random(void *self, uint8_t *out, size_t len)
{
	struct failing *failing = self;
	return allowed(failing) && failing->real.random(failing->real.self, out, len);
}

static const struct br_v3_crypto failing_ops = {
	.ku = some_ku,
	.digest = some_digest,
	.hmac = some_hmac,
	.cipher = some_cipher,
	.random = some_random,
};

TEST(one_password_is_hashed_once)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	struct failing failing = {.real = pair.ops, .left = 100};
	struct br_v3_crypto ops = failing_ops;
	ops.self = &failing;
	const struct br_view one = br_view(pair_password), two = br_view(pair_other_password);
	CHECK_INT(br_v3_user_set_passwords(&pair.user, &ops, one, one, NULL), BR_OK);
	CHECK_INT(failing.kus, 1);
	CHECK_MEM(pair.user.auth_ku, pair.user.ku_len, pair.user.priv_ku, pair.user.ku_len);
	CHECK_INT(br_v3_user_set_passwords(&pair.user, &ops, one, two, NULL), BR_OK);
	CHECK_INT(failing.kus, 3);
	CHECK(memcmp(pair.user.auth_ku, pair.user.priv_ku, pair.user.ku_len) != 0);
	pair_close(&pair);
}

/* Goes through passwords, discovery and a question; true if all of it worked. */
static bool whole_conversation(struct pair *pair, struct br_v3_crypto *ops)
{
	const struct br_view one = br_view(pair_password), two = br_view(pair_other_password);
	struct br_v3_user user = pair->user;
	if (br_v3_user_set_passwords(&user, ops, one, two, &pair->err))
		return false;
	br_v3_init(&pair->v3, &user, ops);
	for (int round = 0; round < 3; round++) {
		size_t len = 0, reply_len = 0;
		const uint8_t *at = pair_write(pair, &len);
		if (!at)
			return false;
		const uint8_t *reply =
			engine_answer(&pair->engine, pair->wire + (at - pair->wire), len,
				      pair->answered, sizeof pair->answered, &reply_len);
		pair_keep(pair, reply, reply_len);
		const enum br_v3_verdict verdict = pair_hear(pair);
		if (verdict != BR_V3_AGAIN)
			return verdict == BR_V3_ANSWER;
	}
	return false;
}

TEST(crypto_that_fails_at_any_step)
{
	unsigned steps = 0;
	bool done = false;
	for (; !done && steps < 60; steps++) {
		struct pair pair;
		pair_open(&pair, BR_AUTH_SHA1, BR_PRIV_AES256_REEDER);
		struct failing failing = {.real = pair.ops, .left = steps};
		struct br_v3_crypto ops = failing_ops;
		ops.self = &failing;
		done = whole_conversation(&pair, &ops);
		if (!done && pair.v3.why == BR_V3_WHY_CRYPTO)
			CHECK(strstr(pair.err.text, "libcrypto") != NULL);
		pair.v3.user = &pair.user;
		pair_close(&pair);
	}
	CHECK(done);
	CHECK(steps > 12);
}

TEST(a_missing_cipher_is_said_before_anything_is_sent)
{
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_DES);
	struct failing failing = {.real = pair.ops, .left = 1};
	struct br_v3_crypto ops = failing_ops;
	ops.self = &failing;
	const struct br_view one = br_view(pair_password);
	CHECK_INT(br_v3_user_set_passwords(&pair.user, &ops, one, one, &pair.err),
		  BR_E_UNSUPPORTED);
	CHECK(strstr(pair.err.text, "DES is not to be had") != NULL);
	failing.left = 0;
	CHECK_INT(br_v3_user_set_passwords(&pair.user, &ops, one, one, &pair.err),
		  BR_E_UNSUPPORTED);
	CHECK(strstr(pair.err.text, "SHA-256 is not to be had") != NULL);
	pair_close(&pair);
}

TEST(clearing_leaves_no_key)
{
	static const struct br_v3 no_v3 = {.message_id = -1};
	static const struct br_v3_user no_user;
	struct pair pair;
	pair_open(&pair, BR_AUTH_SHA256, BR_PRIV_AES128);
	pair_acquaint(&pair);
	br_v3_clear(&pair.v3);
	br_v3_user_clear(&pair.user);
	CHECK_MEM(&pair.v3, sizeof pair.v3, &no_v3, sizeof no_v3);
	CHECK_MEM(&pair.user, sizeof pair.user, &no_user, sizeof no_user);
	pair_close(&pair);
}

TEST(names)
{
	static const struct {
		const char *text;
		int auth, priv; /* -1: not a name of that */
	} cases[] = {
		{"none", BR_AUTH_NONE, BR_PRIV_NONE},
		{"MD5", BR_AUTH_MD5, -1},
		{"sha", BR_AUTH_SHA1, -1},
		{"SHA-512", BR_AUTH_SHA512, -1},
		{"des", -1, BR_PRIV_DES},
		{"AES", -1, BR_PRIV_AES128},
		{"aes-192", -1, BR_PRIV_AES192_BLUMENTHAL},
		{"AES256C", -1, BR_PRIV_AES256_REEDER},
		{"3DES", -1, -1},
		{"", -1, -1},
		{"SHA-25", -1, -1},
		{"AES-128-CFB", -1, -1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum br_v3_auth auth = BR_AUTH_NONE;
		enum br_v3_priv priv = BR_PRIV_NONE;
		check_case(cases[i].text);
		CHECK_INT(br_v3_auth_parse(br_view(cases[i].text), &auth), cases[i].auth >= 0);
		CHECK_INT(br_v3_priv_parse(br_view(cases[i].text), &priv), cases[i].priv >= 0);
		CHECK_INT(auth, cases[i].auth < 0 ? 0 : cases[i].auth);
		CHECK_INT(priv, cases[i].priv < 0 ? 0 : cases[i].priv);
	}
}

TEST(each_value_has_a_name_that_parses)
{
	for (int i = BR_AUTH_NONE; i <= BR_AUTH_SHA512; i++) {
		enum br_v3_auth auth = BR_AUTH_NONE;
		CHECK(br_v3_auth_parse(br_view(br_v3_auth_name((enum br_v3_auth)i)), &auth));
		CHECK_INT(auth, i);
	}
	for (int i = BR_PRIV_NONE; i <= BR_PRIV_AES256_REEDER; i++) {
		enum br_v3_priv priv = BR_PRIV_NONE;
		CHECK(br_v3_priv_parse(br_view(br_v3_priv_name((enum br_v3_priv)i)), &priv));
		CHECK_INT(priv, i);
	}
}

TEST(triple_des_is_refused_with_a_reason)
{
	CHECK(br_v3_priv_refusal(br_view("3des")) != NULL);
	CHECK(br_v3_priv_refusal(br_view("3DES-EDE")) != NULL);
	CHECK(br_v3_priv_refusal(br_view("DES")) == NULL);
	CHECK(br_v3_priv_refusal(br_view("rot13")) == NULL);
}
