/*
 * v3_fuzz.c - any octets as the answer to an SNMPv3 question, with a crypto that believes
 * everything.
 *
 * The first octet says what is asked: 1 and 2 are the user's level, 4 that the engine is known.
 * MACs are all zero and ciphers leave the data as it is, so that the fuzzer gets behind them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool zeros(void *self, enum br_v3_auth auth, const uint8_t *data, size_t data_len,
		  uint8_t *out, size_t *len)
{
	(void)self, (void)auth, (void)data, (void)data_len;
	memset(out, 0, BR_V3_KEY_MAX);
	*len = BR_V3_KEY_MAX;
	return true;
}

static bool zero_mac(void *self, enum br_v3_auth auth, const uint8_t *key, size_t key_len,
		     const uint8_t *data, size_t data_len, uint8_t *out, size_t *len)
{
	(void)key, (void)key_len;
	return zeros(self, auth, data, data_len, out, len);
}

static bool no_cipher(void *self, enum br_v3_priv priv, bool encrypt, const uint8_t *key,
		      const uint8_t *iv, uint8_t *data, size_t len)
{
	(void)self, (void)priv, (void)encrypt, (void)key, (void)iv, (void)data, (void)len;
	return true;
}

static bool zero_random(void *self, uint8_t *out, size_t len)
{
	(void)self;
	memset(out, 0, len);
	return true;
}

static const struct br_v3_crypto believer = {
	.digest = zeros, .hmac = zero_mac, .cipher = no_cipher, .random = zero_random};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_v3_user user = {.name = "u", .context = "c", .ku_len = 16};
	const struct br_question question = {.type = BR_PDU_GET, .request_id = 7};
	struct br_v3 v3;
	struct br_answer answer;
	struct br_error err;
	uint8_t buffer[BR_REQUEST_MAX];
	size_t len = 0;
	if (size == 0)
		return 0;
	user.auth = data[0] & 3 ? BR_AUTH_MD5 : BR_AUTH_NONE;
	user.priv = data[0] & 2 ? BR_PRIV_DES : BR_PRIV_NONE;
	br_v3_init(&v3, &user, &believer);
	if ((data[0] & 4) && br_v3_know(&v3, (const uint8_t *)"engin", 5, 2, 300, 0))
		abort();
	uint8_t *exact = malloc(size);
	for (int round = 0; exact && round < 4; round++) {
		if (!br_v3_write(&v3, &question, round * 1000, buffer, sizeof buffer, &len))
			abort();
		memcpy(exact, data, size);
		if (br_v3_read(&v3, exact + 1, size - 1, round * 1000, &answer, &err) !=
		    BR_V3_AGAIN)
			break;
	}
	free(exact);
	br_v3_clear(&v3);
	return 0;
}
