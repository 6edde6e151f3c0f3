/*
 * crypto_test.c - digests, MACs and ciphers by their standards' vectors.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "link/crypto.h"

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

static struct br_crypto *open_or_skip(struct br_v3_crypto *ops)
{
	struct br_crypto *crypto;
	struct br_error err = {""};
	const enum br_status status = br_crypto_open(&crypto, ops, &err);
	if (status) {
		CHECK_INT(status, BR_E_UNSUPPORTED);
		CHECK(strstr(err.text, "Debian: libssl") != NULL);
		CHECK(!crypto && !ops->ku);
		check_skip(err.text);
	}
	return crypto;
}

/* Of "abc": RFC 1321 A.5, FIPS 180-4's examples. MACs: RFC 2202 and RFC 4231, test case 2. */
/* clang-format off */
static const struct {
	enum br_v3_auth auth;
	const char *abc, *mac;
} digests[] = {
	{BR_AUTH_MD5, "900150983cd24fb0d6963f7d28e17f72", "750c783e6ab0b503eaa86e310a5db738"},
	{BR_AUTH_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d",
	 "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
	{BR_AUTH_SHA224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
	 "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"},
	{BR_AUTH_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
	{BR_AUTH_SHA384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
			 "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
	 "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"},
	{BR_AUTH_SHA512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
			 "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
	 "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
};
/* clang-format on */

TEST(digests_and_macs)
{
	static const char text[] = "what do ya want for nothing?";
	struct br_v3_crypto ops;
	struct br_crypto *crypto = open_or_skip(&ops);
	for (size_t i = 0; i < COUNT(digests); i++) {
		uint8_t want[64], got[64];
		size_t want_len = from_hex(digests[i].abc, want), len = 0;
		check_case(br_v3_auth_name(digests[i].auth));
		CHECK(ops.digest(ops.self, digests[i].auth, (const uint8_t *)"abc", 3, got,
				 &len));
		CHECK_MEM(got, len, want, want_len);
		want_len = from_hex(digests[i].mac, want);
		CHECK(ops.hmac(ops.self, digests[i].auth, (const uint8_t *)"Jefe", 4,
			       (const uint8_t *)text, strlen(text), got, &len));
		CHECK_MEM(got, len, want, want_len);
	}
	br_crypto_close(crypto);
}

/* AES: NIST SP 800-38A F.3 (CFB128), two blocks. DES-CBC: FIPS 81, table C1. */
/* clang-format off */
static const struct {
	enum br_v3_priv priv;
	const char *key, *iv, *plain, *hidden;
} ciphers[] = {
	{BR_PRIV_DES, "0123456789abcdef", "1234567890abcdef",
	 "4e6f77206973207468652074696d6520666f7220616c6c20",
	 "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"},
	{BR_PRIV_AES128, "2b7e151628aed2a6abf7158809cf4f3c", "000102030405060708090a0b0c0d0e0f",
	 "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
	 "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"},
	{BR_PRIV_AES192_REEDER, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
	 "000102030405060708090a0b0c0d0e0f",
	 "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
	 "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"},
	{BR_PRIV_AES256_BLUMENTHAL, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
	 "000102030405060708090a0b0c0d0e0f",
	 "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
	 "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"},
};
/* clang-format on */

TEST(ciphers_both_ways)
{
	struct br_v3_crypto ops;
	struct br_crypto *crypto = open_or_skip(&ops);
	for (size_t i = 0; i < COUNT(ciphers); i++) {
		uint8_t key[32], iv[16], plain[32], hidden[32], data[32];
		check_case(br_v3_priv_name(ciphers[i].priv));
		(void)from_hex(ciphers[i].key, key);
		(void)from_hex(ciphers[i].iv, iv);
		const size_t len = from_hex(ciphers[i].plain, plain);
		CHECK_INT(from_hex(ciphers[i].hidden, hidden), len);
		memcpy(data, plain, len);
		CHECK(ops.cipher(ops.self, ciphers[i].priv, true, key, iv, data, len));
		CHECK_MEM(data, len, hidden, len);
		CHECK(ops.cipher(ops.self, ciphers[i].priv, false, key, iv, data, len));
		CHECK_MEM(data, len, plain, len);
	}
	br_crypto_close(crypto);
}

/* CFB needs no padding: an odd length must not touch what is behind it. */
TEST(aes_of_an_odd_length)
{
	struct br_v3_crypto ops;
	struct br_crypto *crypto = open_or_skip(&ops);
	const uint8_t key[16] = {1}, iv[16] = {2};
	for (size_t len = 0; len < 40; len++) {
		uint8_t *exact = calloc(1, len ? len : 1);
		if (!exact)
			break;
		CHECK(ops.cipher(ops.self, BR_PRIV_AES128, true, key, iv, exact, len));
		CHECK(ops.cipher(ops.self, BR_PRIV_AES128, false, key, iv, exact, len));
		for (size_t i = 0; i < len; i++)
			CHECK_INT(exact[i], 0);
		free(exact);
	}
	br_crypto_close(crypto);
}

TEST(what_cannot_be_done_is_refused)
{
	struct br_v3_crypto ops;
	struct br_crypto *crypto = open_or_skip(&ops);
	const uint8_t key[256] = {0}, iv[16] = {0};
	uint8_t data[16] = {0}, out[64];
	size_t len = 0;
	CHECK(!ops.cipher(ops.self, BR_PRIV_NONE, true, key, iv, data, 16));
	CHECK(!ops.cipher(ops.self, BR_PRIV_DES, true, key, iv, data, 15));
	CHECK(!ops.digest(ops.self, BR_AUTH_NONE, data, 16, out, &len));
	CHECK(!ops.hmac(ops.self, BR_AUTH_MD5, key, 65, data, 16, out, &len));
	CHECK(!ops.ku(ops.self, BR_AUTH_NONE, "password", 8, out, &len));
	CHECK(!ops.ku(ops.self, BR_AUTH_MD5, "", 0, out, &len));
	CHECK(!ops.ku(ops.self, BR_AUTH_MD5, (const char *)key, 8193, out, &len));
	br_crypto_close(crypto);
	br_crypto_close(NULL);
}

TEST(random_differs)
{
	struct br_v3_crypto ops;
	struct br_crypto *crypto = open_or_skip(&ops);
	uint8_t a[32] = {0}, b[32] = {0};
	CHECK(ops.random(ops.self, a, sizeof a));
	CHECK(ops.random(ops.self, b, sizeof b));
	CHECK(memcmp(a, b, sizeof a) != 0);
	br_crypto_close(crypto);
}
