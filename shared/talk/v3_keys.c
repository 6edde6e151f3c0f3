/*
 * v3_keys.c - passwords to keys, keys to one engine, and what the keys are used for.
 *
 * The two ways to lengthen a digest to the key of AES-192 and AES-256 never became a standard,
 * and printers have one or the other: draft-blumenthal-aes-usm-04 hashes what there is of the
 * key again and again; draft-reeder-snmpv3-usm-3desede-00 (Cisco and many others) takes what
 * there is as a new password, 1 MiB of hashing included.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3_inside.h"

#include <string.h>

#define PASSWORD_MIN 8
#define BLOCK_MAX    16

enum extension { EXTEND_NONE, EXTEND_BLUMENTHAL, EXTEND_REEDER };

/* clang-format off */
static const struct {
	uint8_t key_len;
	enum extension extension;
} ciphers[] = {
	[BR_PRIV_NONE]              = { 0, EXTEND_NONE},
	[BR_PRIV_DES]               = {16, EXTEND_NONE}, /* 8 of the key, 8 of the pre-IV */
	[BR_PRIV_AES128]            = {16, EXTEND_NONE},
	[BR_PRIV_AES192_BLUMENTHAL] = {24, EXTEND_BLUMENTHAL},
	[BR_PRIV_AES256_BLUMENTHAL] = {32, EXTEND_BLUMENTHAL},
	[BR_PRIV_AES192_REEDER]     = {24, EXTEND_REEDER},
	[BR_PRIV_AES256_REEDER]     = {32, EXTEND_REEDER},
};
/* clang-format on */

size_t br_v3_mac_len(enum br_v3_auth auth)
{
	static const uint8_t lengths[] = {
		[BR_AUTH_NONE] = 0,    [BR_AUTH_MD5] = 12,    [BR_AUTH_SHA1] = 12,
		[BR_AUTH_SHA224] = 16, [BR_AUTH_SHA256] = 24, [BR_AUTH_SHA384] = 32,
		[BR_AUTH_SHA512] = 48,
	};
	return lengths[auth];
}

static enum br_status check_user(const struct br_v3_user *user, struct br_view auth_password,
				 struct br_view priv_password, struct br_error *err)
{
	if (!user->name[0])
		return br_fail(err, BR_E_SYNTAX, "SNMPv3 needs a user name: set user");
	if (user->priv && !user->auth)
		return br_fail(err, BR_E_SYNTAX,
			       "SNMPv3 has no privacy without authentication: set auth too");
	if (user->auth && auth_password.len < PASSWORD_MIN)
		return br_fail(
			err, BR_E_SYNTAX,
			"auth-password has fewer than %d characters, which SNMPv3 forbids",
			PASSWORD_MIN);
	if (user->priv && priv_password.len < PASSWORD_MIN)
		return br_fail(
			err, BR_E_SYNTAX,
			"priv-password has fewer than %d characters, which SNMPv3 forbids",
			PASSWORD_MIN);
	return BR_OK;
}

/* A provider may be missing or forbid a cipher: better known now than as a silent printer. */
static bool cipher_works(const struct br_v3_crypto *crypto, enum br_v3_priv priv)
{
	static const uint8_t key[32];
	static const uint8_t iv[BLOCK_MAX];
	uint8_t block[BLOCK_MAX] = {0};
	return crypto->cipher(crypto->self, priv, true, key, iv, block, sizeof block);
}

static bool derive(const struct br_v3_crypto *crypto, enum br_v3_auth auth,
		   struct br_view password, uint8_t *ku, size_t *ku_len)
{
	return crypto->ku(crypto->self, auth, password.at, password.len, ku, ku_len) &&
	       *ku_len <= BR_V3_KEY_MAX;
}

enum br_status br_v3_user_set_passwords(struct br_v3_user *user,
					const struct br_v3_crypto *crypto,
					struct br_view auth_password,
					struct br_view priv_password, struct br_error *err)
{
	const enum br_status status = check_user(user, auth_password, priv_password, err);
	if (status || !user->auth)
		return status;
	if (!derive(crypto, user->auth, auth_password, user->auth_ku, &user->ku_len))
		goto no_digest;
	if (!user->priv)
		return BR_OK;
	if (!cipher_works(crypto, user->priv))
		return br_fail(
			err, BR_E_UNSUPPORTED,
			"%s is not to be had from this system's libcrypto: set priv to AES-128",
			br_v3_priv_name(user->priv));
	const bool same = auth_password.len == priv_password.len &&
			  memcmp(auth_password.at, priv_password.at, auth_password.len) == 0;
	if (same)
		memcpy(user->priv_ku, user->auth_ku, user->ku_len);
	else if (!derive(crypto, user->auth, priv_password, user->priv_ku, &user->ku_len))
		goto no_digest;
	return BR_OK;
no_digest:
	return br_fail(err, BR_E_UNSUPPORTED,
		       "%s is not to be had from this system's libcrypto: set auth to SHA-256",
		       br_v3_auth_name(user->auth));
}

void br_v3_user_clear(struct br_v3_user *user)
{
	explicit_bzero(user, sizeof *user);
}

/* RFC 3414 2.6: H(Ku, engine, Ku). */
static bool localise(const struct br_v3 *v3, const uint8_t *ku, size_t ku_len, uint8_t *out,
		     size_t *out_len)
{
	uint8_t text[2 * BR_V3_KEY_MAX + BR_V3_ENGINE_MAX];
	memcpy(text, ku, ku_len);
	memcpy(text + ku_len, v3->engine, v3->engine_len);
	memcpy(text + ku_len + v3->engine_len, ku, ku_len);
	const bool done = v3->crypto->digest(v3->crypto->self, v3->user->auth, text,
					     2 * ku_len + v3->engine_len, out, out_len);
	explicit_bzero(text, sizeof text);
	return done;
}

/* One more piece behind key[0..*len), which holds at most BR_V3_KEY_MAX. */
static bool extend(const struct br_v3 *v3, enum extension extension, uint8_t *key, size_t *len)
{
	const struct br_v3_crypto *crypto = v3->crypto;
	const enum br_v3_auth auth = v3->user->auth;
	uint8_t ku[BR_V3_KEY_MAX], piece[BR_V3_KEY_MAX];
	size_t ku_len = 0, piece_len = 0;
	bool done;
	if (extension == EXTEND_BLUMENTHAL) {
		done = crypto->digest(crypto->self, auth, key, *len, piece, &piece_len);
	} else {
		const struct br_view password = {(const char *)key, *len};
		done = derive(crypto, auth, password, ku, &ku_len) &&
		       localise(v3, ku, ku_len, piece, &piece_len);
	}
	if (done) {
		if (piece_len > BR_V3_KEY_MAX - *len)
			piece_len = BR_V3_KEY_MAX - *len;
		memcpy(key + *len, piece, piece_len);
		*len += piece_len;
	}
	explicit_bzero(ku, sizeof ku);
	explicit_bzero(piece, sizeof piece);
	return done && piece_len > 0;
}

bool br_v3_localise(struct br_v3 *v3)
{
	const struct br_v3_user *user = v3->user;
	if (user->auth &&
	    !localise(v3, user->auth_ku, user->ku_len, v3->auth_key, &v3->auth_key_len))
		return false;
	if (!user->priv)
		return true;
	if (!localise(v3, user->priv_ku, user->ku_len, v3->priv_key, &v3->priv_key_len))
		return false;
	const size_t need = ciphers[user->priv].key_len;
	while (v3->priv_key_len < need) {
		if (ciphers[user->priv].extension == EXTEND_NONE ||
		    !extend(v3, ciphers[user->priv].extension, v3->priv_key, &v3->priv_key_len))
			return false;
	}
	v3->priv_key_len = need;
	return true;
}

bool br_v3_mac(const struct br_v3 *v3, const uint8_t *message, size_t len, uint8_t *mac)
{
	uint8_t full[BR_V3_KEY_MAX];
	size_t full_len = 0;
	const size_t mac_len = br_v3_mac_len(v3->user->auth);
	if (!v3->crypto->hmac(v3->crypto->self, v3->user->auth, v3->auth_key, v3->auth_key_len,
			      message, len, full, &full_len) ||
	    full_len < mac_len)
		return false;
	memcpy(mac, full, mac_len);
	return true;
}

static void put32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(value >> (24 - 8 * i));
}

bool br_v3_next_salt(struct br_v3 *v3, uint8_t salt[BR_USM_SALT_LEN])
{
	if (!v3->seeded) {
		uint8_t start[sizeof v3->salt];
		if (!v3->crypto->random(v3->crypto->self, start, sizeof start))
			return false;
		memcpy(&v3->salt, start, sizeof start);
		v3->seeded = true;
	}
	v3->salt++;
	/* RFC 3414 8.1.1.1 wants boots in front for DES; RFC 3826 a counter of 64 bits. */
	const bool des = v3->user->priv == BR_PRIV_DES;
	put32(salt, des ? v3->boots : (uint32_t)(v3->salt >> 32));
	put32(salt + 4, (uint32_t)v3->salt);
	return true;
}

bool br_v3_cipher(const struct br_v3 *v3, bool encrypt, const struct br_usm *usm, uint8_t *data,
		  size_t len)
{
	uint8_t iv[BLOCK_MAX];
	if (usm->salt.len != BR_USM_SALT_LEN)
		return false;
	if (v3->user->priv == BR_PRIV_DES) {
		if (len % 8)
			return false;
		for (int i = 0; i < 8; i++)
			iv[i] = v3->priv_key[8 + i] ^ usm->salt.data[i];
	} else {
		put32(iv, (uint32_t)usm->boots);
		put32(iv + 4, (uint32_t)usm->time);
		memcpy(iv + 8, usm->salt.data, BR_USM_SALT_LEN);
	}
	return v3->crypto->cipher(v3->crypto->self, v3->user->priv, encrypt, v3->priv_key, iv,
				  data, len);
}
