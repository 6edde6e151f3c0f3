/*
 * v3_oracle_test.c - our keys against net-snmp's, for every digest, cipher and key extension.
 *
 * SPDX-License-Identifier: MIT
 */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/keytools.h>

#include "check.h"
#include "link/crypto.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct {
	const char *password;
	uint8_t engine[BR_V3_ENGINE_MAX];
	size_t engine_len;
} cases[] = {
	{"maplesyrup", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 12},
	{"12345678", {0x80, 0, 0x1f, 0x88, 0x80}, 5},
	{"a password of more than sixty-four octets, which is longer than one block of SHA-256",
	 {0x80, 0,  0,  9,  3,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
	  12,   13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27},
	 32},
};

/* Ours by enum, theirs by the number of the transform. */
static const int auth_types[] = {
	[BR_AUTH_MD5] = NETSNMP_USMAUTH_HMACMD5,
	[BR_AUTH_SHA1] = NETSNMP_USMAUTH_HMACSHA1,
	[BR_AUTH_SHA224] = NETSNMP_USMAUTH_HMAC128SHA224,
	[BR_AUTH_SHA256] = NETSNMP_USMAUTH_HMAC192SHA256,
	[BR_AUTH_SHA384] = NETSNMP_USMAUTH_HMAC256SHA384,
	[BR_AUTH_SHA512] = NETSNMP_USMAUTH_HMAC384SHA512,
};

static const struct {
	int type;
	unsigned key_len;
} priv_types[] = {
	[BR_PRIV_DES] = {USM_CREATE_USER_PRIV_DES, 16},
	[BR_PRIV_AES128] = {USM_CREATE_USER_PRIV_AES, 16},
	[BR_PRIV_AES192_BLUMENTHAL] = {USM_CREATE_USER_PRIV_AES192, 24},
	[BR_PRIV_AES256_BLUMENTHAL] = {USM_CREATE_USER_PRIV_AES256, 32},
	[BR_PRIV_AES192_REEDER] = {USM_CREATE_USER_PRIV_AES192_CISCO, 24},
	[BR_PRIV_AES256_REEDER] = {USM_CREATE_USER_PRIV_AES256_CISCO, 32},
};

static void open_crypto(struct br_crypto **crypto, struct br_v3_crypto *ops)
{
	struct br_error err;
	if (br_crypto_open(crypto, ops, &err))
		check_skip(err.text);
	CHECK_INT(sc_init(), SNMPERR_SUCCESS);
}

/* Compares one localised and lengthened privacy key; kul is theirs before lengthening. */
static void compare_priv(const struct br_v3 *v3, const uint8_t *kul, size_t kul_len, size_t row)
{
	size_t hash_len = 0;
	oid *hash = sc_get_auth_oid(auth_types[v3->user->auth], &hash_len);
	const unsigned need = priv_types[v3->user->priv].key_len;
	u_char *theirs = malloc(BR_V3_KEY_MAX);
	uint8_t engine[BR_V3_ENGINE_MAX];
	size_t len = kul_len;
	if (!theirs)
		return;
	memcpy(theirs, kul, kul_len);
	memcpy(engine, cases[row].engine, cases[row].engine_len);
	CHECK_INT(netsnmp_extend_kul(
			  need, hash, (u_int)hash_len, priv_types[v3->user->priv].type, engine,
			  (u_int)cases[row].engine_len, &theirs, &len, BR_V3_KEY_MAX),
		  SNMPERR_SUCCESS);
	CHECK_MEM(v3->priv_key, v3->priv_key_len, theirs, need);
	free(theirs);
}

static void compare(const struct br_v3_crypto *ops, struct br_v3_user *user, size_t row)
{
	const struct br_view password = br_view(cases[row].password);
	size_t hash_len = 0, ku_len = BR_V3_KEY_MAX, kul_len = BR_V3_KEY_MAX;
	oid *hash = sc_get_auth_oid(auth_types[user->auth], &hash_len);
	uint8_t ku[BR_V3_KEY_MAX], kul[BR_V3_KEY_MAX];
	struct br_v3 v3;
	CHECK_INT(br_v3_user_set_passwords(user, ops, password, password, NULL), BR_OK);
	CHECK_INT(generate_Ku(hash, (u_int)hash_len, (const u_char *)password.at, password.len,
			      ku, &ku_len),
		  SNMPERR_SUCCESS);
	CHECK_MEM(user->auth_ku, user->ku_len, ku, ku_len);
	br_v3_init(&v3, user, ops);
	CHECK_INT(br_v3_know(&v3, cases[row].engine, cases[row].engine_len, 1, 1, 0), BR_OK);
	CHECK_INT(generate_kul(hash, (u_int)hash_len, cases[row].engine, cases[row].engine_len,
			       ku, ku_len, kul, &kul_len),
		  SNMPERR_SUCCESS);
	CHECK_MEM(v3.auth_key, v3.auth_key_len, kul, kul_len);
	compare_priv(&v3, kul, kul_len, row);
	br_v3_clear(&v3);
}

static void compare_rows(const struct br_v3_crypto *ops, enum br_v3_auth auth,
			 enum br_v3_priv priv)
{
	for (size_t row = 0; row < COUNT(cases); row++) {
		struct br_v3_user user = {.name = "u", .auth = auth, .priv = priv};
		char name[64];
		snprintf(name, sizeof name, "%s %s %zu", br_v3_auth_name(auth),
			 br_v3_priv_name(priv), row);
		check_case(name);
		compare(ops, &user, row);
	}
}

TEST(every_key_is_net_snmps)
{
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
	open_crypto(&crypto, &ops);
	for (int auth = BR_AUTH_MD5; auth <= BR_AUTH_SHA512; auth++)
		for (int priv = BR_PRIV_DES; priv <= BR_PRIV_AES256_REEDER; priv++)
			compare_rows(&ops, (enum br_v3_auth)auth, (enum br_v3_priv)priv);
	br_crypto_close(crypto);
}
