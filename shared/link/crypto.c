/*
 * crypto.c - digests and ciphers of SNMPv3 from libcrypto, opened by dlopen when first needed.
 *
 * The old direct functions (SHA256_Update, AES_cfb128_encrypt …) are called on purpose,
 * although OpenSSL 3 marks them as deprecated in favour of EVP. A check starts, asks once and
 * ends: the first EVP fetch sets up providers and every algorithm they have, which takes longer
 * than all of the check's hashing, and it reads openssl.cnf and registers exit handlers inside
 * whatever host we are loaded into. The direct functions have no state but what they are given,
 * and DES comes without the legacy provider. One that a libcrypto lacks makes only its own
 * protocol unavailable.
 *
 * SPDX-License-Identifier: MIT
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "link/crypto.h"

#include "base/random.h"

#include <dlfcn.h>
#include <errno.h>
#include <openssl/aes.h>
#include <openssl/des.h>
#include <openssl/md5.h>
#include <openssl/opensslv.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_OF(macro) TEXT(macro)
#define TEXT(token)    #token
#define LIBCRYPTO      "libcrypto.so." TEXT_OF(OPENSSL_SHLIB_VERSION)

#define KU_INPUT  1048576 /* RFC 3414 A.2: so many octets of repeated password */
#define KU_CHUNK  8192
#define BLOCK_MAX 128

/* clang-format off */
/* Each digest with the member of union state that it works on. */
#define DIGESTS(X)                                                                                 \
	X(MD5, md5) X(SHA1, sha1) X(SHA224, sha256) X(SHA256, sha256) X(SHA384, sha512)            \
	X(SHA512, sha512)

/* What is taken from libcrypto; the headers' own prototypes type the pointers. */
#define FUNCTIONS(X)                                                                               \
	X(MD5_Init) X(MD5_Update) X(MD5_Final)                                                     \
	X(SHA1_Init) X(SHA1_Update) X(SHA1_Final)                                                  \
	X(SHA224_Init) X(SHA224_Update) X(SHA224_Final)                                            \
	X(SHA256_Init) X(SHA256_Update) X(SHA256_Final)                                            \
	X(SHA384_Init) X(SHA384_Update) X(SHA384_Final)                                            \
	X(SHA512_Init) X(SHA512_Update) X(SHA512_Final)                                            \
	X(AES_set_encrypt_key) X(AES_cfb128_encrypt)                                               \
	X(DES_set_key_unchecked) X(DES_ncbc_encrypt)
/* clang-format on */

struct br_crypto {
	void *library;
#define X(name) __typeof__(name) *name;
	FUNCTIONS(X)
#undef X
};

union state {
	MD5_CTX md5;
	SHA_CTX sha1;
	SHA256_CTX sha256;
	SHA512_CTX sha512;
};

struct digest {
	bool (*start)(const struct br_crypto *crypto, union state *state);
	bool (*add)(const struct br_crypto *crypto, union state *state, const void *data,
		    size_t len);
	bool (*finish)(const struct br_crypto *crypto, union state *state, uint8_t *out);
	size_t len, block;
};

#define X(name, member)                                                                        \
	static bool name##_start(const struct br_crypto *crypto, union state *state)           \
	{                                                                                      \
		return crypto->name##_Init && crypto->name##_Update && crypto->name##_Final && \
		       crypto->name##_Init(&state->member) == 1;                               \
	}                                                                                      \
	static bool name##_add(const struct br_crypto *crypto, union state *state,             \
			       const void *data, size_t len)                                   \
	{                                                                                      \
		return crypto->name##_Update(&state->member, data, len) == 1;                  \
	}                                                                                      \
	static bool name##_finish(const struct br_crypto *crypto, union state *state,          \
				  uint8_t *out)                                                \
	{                                                                                      \
		return crypto->name##_Final(out, &state->member) == 1;                         \
	}
DIGESTS(X)
#undef X

#define ROW(name) name##_start, name##_add, name##_finish
static const struct digest digests[] = {
	[BR_AUTH_MD5] = {ROW(MD5), 16, 64},        [BR_AUTH_SHA1] = {ROW(SHA1), 20, 64},
	[BR_AUTH_SHA224] = {ROW(SHA224), 28, 64},  [BR_AUTH_SHA256] = {ROW(SHA256), 32, 64},
	[BR_AUTH_SHA384] = {ROW(SHA384), 48, 128}, [BR_AUTH_SHA512] = {ROW(SHA512), 64, 128},
};

static bool digest_parts(const struct br_crypto *crypto, enum br_v3_auth auth,
			 const struct br_view parts[2], uint8_t *out)
{
	const struct digest *digest = &digests[auth];
	union state state;
	const bool done = digest->start && digest->start(crypto, &state) &&
			  digest->add(crypto, &state, parts[0].at, parts[0].len) &&
			  digest->add(crypto, &state, parts[1].at, parts[1].len) &&
			  digest->finish(crypto, &state, out);
	explicit_bzero(&state, sizeof state);
	return done;
}

static bool make_digest(void *self, enum br_v3_auth auth, const uint8_t *data, size_t data_len,
			uint8_t *out, size_t *len)
{
	const struct br_view parts[2] = {{(const char *)data, data_len}, {"", 0}};
	*len = digests[auth].len;
	return digest_parts(self, auth, parts, out);
}

/* Whole passwords in one large piece: net-snmp's 64 octets a time cost twice as much. */
static bool make_ku(void *self, enum br_v3_auth auth, const char *password, size_t password_len,
		    uint8_t *ku, size_t *len)
{
	const struct br_crypto *crypto = self;
	const struct digest *digest = &digests[auth];
	union state state;
	char chunk[KU_CHUNK];
	size_t filled = 0, left = KU_INPUT;
	if (password_len == 0 || password_len > sizeof chunk || !digest->start)
		return false;
	for (; filled + password_len <= sizeof chunk; filled += password_len)
		memcpy(chunk + filled, password, password_len);
	bool done = digest->start(crypto, &state);
	while (done && left > 0) {
		const size_t n = left < filled ? left : filled;
		done = digest->add(crypto, &state, chunk, n);
		left -= n;
	}
	done = done && digest->finish(crypto, &state, ku);
	*len = digest->len;
	explicit_bzero(chunk, sizeof chunk);
	explicit_bzero(&state, sizeof state);
	return done;
}

/* RFC 2104. Localised keys are digests, so none is longer than a block. */
static bool make_hmac(void *self, enum br_v3_auth auth, const uint8_t *key, size_t key_len,
		      const uint8_t *data, size_t data_len, uint8_t *out, size_t *len)
{
	const size_t block = digests[auth].block;
	uint8_t inner[BLOCK_MAX], outer[BLOCK_MAX], hash[BR_V3_KEY_MAX];
	if (key_len > block)
		return false;
	for (size_t i = 0; i < block; i++) {
		const uint8_t octet = i < key_len ? key[i] : 0;
		inner[i] = octet ^ 0x36;
		outer[i] = octet ^ 0x5c;
	}
	const struct br_view first[2] = {{(char *)inner, block},
					 {(const char *)data, data_len}};
	const struct br_view second[2] = {{(char *)outer, block},
					  {(char *)hash, digests[auth].len}};
	const bool done =
		digest_parts(self, auth, first, hash) && digest_parts(self, auth, second, out);
	*len = digests[auth].len;
	explicit_bzero(inner, sizeof inner);
	explicit_bzero(outer, sizeof outer);
	explicit_bzero(hash, sizeof hash);
	return done;
}

static bool run_des(const struct br_crypto *crypto, bool encrypt, const uint8_t *key,
		    const uint8_t *iv, uint8_t *data, size_t len)
{
	DES_key_schedule schedule;
	DES_cblock cblock, chain;
	if (!crypto->DES_set_key_unchecked || !crypto->DES_ncbc_encrypt || len % 8)
		return false;
	memcpy(cblock, key, sizeof cblock);
	memcpy(chain, iv, sizeof chain);
	crypto->DES_set_key_unchecked(&cblock, &schedule);
	crypto->DES_ncbc_encrypt(data, data, (long)len, &schedule, &chain, encrypt);
	explicit_bzero(cblock, sizeof cblock);
	explicit_bzero(&schedule, sizeof schedule);
	return true;
}

static bool run_aes(const struct br_crypto *crypto, int bits, bool encrypt, const uint8_t *key,
		    const uint8_t *iv, uint8_t *data, size_t len)
{
	AES_KEY schedule;
	uint8_t chain[AES_BLOCK_SIZE];
	int used = 0;
	if (!crypto->AES_set_encrypt_key || !crypto->AES_cfb128_encrypt)
		return false;
	if (crypto->AES_set_encrypt_key(key, bits, &schedule) != 0)
		return false;
	memcpy(chain, iv, sizeof chain);
	crypto->AES_cfb128_encrypt(data, data, len, &schedule, chain, &used,
				   encrypt ? AES_ENCRYPT : AES_DECRYPT);
	explicit_bzero(&schedule, sizeof schedule);
	return true;
}

static bool run_cipher(void *self, enum br_v3_priv priv, bool encrypt, const uint8_t *key,
		       const uint8_t *iv, uint8_t *data, size_t len)
{
	switch (priv) {
	case BR_PRIV_NONE:
		return false;
	case BR_PRIV_DES:
		return run_des(self, encrypt, key, iv, data, len);
	case BR_PRIV_AES128:
		return run_aes(self, 128, encrypt, key, iv, data, len);
	case BR_PRIV_AES192_BLUMENTHAL:
	case BR_PRIV_AES192_REEDER:
		return run_aes(self, 192, encrypt, key, iv, data, len);
	case BR_PRIV_AES256_BLUMENTHAL:
	case BR_PRIV_AES256_REEDER:
		return run_aes(self, 256, encrypt, key, iv, data, len);
	}
	return false;
}

/* The kernel's, so that libcrypto's generator need not be set up. */
static bool make_random(void *self, uint8_t *out, size_t len)
{
	(void)self;
	return br_random(out, len);
}

/* By memcpy, since C has no cast from an object's pointer to a function's. */
static void find_functions(struct br_crypto *crypto)
{
	void *symbol;
#define X(name)                                 \
	symbol = dlsym(crypto->library, #name); \
	memcpy(&crypto->name, &symbol, sizeof symbol);
	FUNCTIONS(X)
#undef X
}

enum br_status br_crypto_open(struct br_crypto **crypto, struct br_v3_crypto *ops,
			      struct br_error *err)
{
	memset(ops, 0, sizeof *ops);
	*crypto = calloc(1, sizeof **crypto);
	if (!*crypto)
		return br_fail(err, BR_E_MEMORY, "out of memory for SNMPv3");
	(*crypto)->library = dlopen(LIBCRYPTO, RTLD_LAZY | RTLD_LOCAL);
	if (!(*crypto)->library) {
		free(*crypto);
		*crypto = NULL;
		return br_fail(err, BR_E_UNSUPPORTED,
			       "SNMPv3 needs " LIBCRYPTO
			       ", which is not here: install OpenSSL's "
			       "library (Debian: libssl3 or libssl3t64)");
	}
	find_functions(*crypto);
	*ops = (struct br_v3_crypto){
		.ku = make_ku,
		.digest = make_digest,
		.hmac = make_hmac,
		.cipher = run_cipher,
		.random = make_random,
		.self = *crypto,
	};
	return BR_OK;
}

void br_crypto_close(struct br_crypto *crypto)
{
	if (!crypto)
		return;
	dlclose(crypto->library);
	free(crypto);
}
