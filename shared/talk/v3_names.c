/*
 * v3_names.c - how the protocols of SNMPv3 are called in a configuration.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3.h"

struct name {
	const char *text;
	int value;
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The first name of a value is the one we print. */
/* clang-format off */
static const struct name auth_names[] = {
	{"none",    BR_AUTH_NONE},
	{"MD5",     BR_AUTH_MD5},
	{"SHA-1",   BR_AUTH_SHA1},   {"SHA",    BR_AUTH_SHA1}, {"SHA1", BR_AUTH_SHA1},
	{"SHA-224", BR_AUTH_SHA224}, {"SHA224", BR_AUTH_SHA224},
	{"SHA-256", BR_AUTH_SHA256}, {"SHA256", BR_AUTH_SHA256},
	{"SHA-384", BR_AUTH_SHA384}, {"SHA384", BR_AUTH_SHA384},
	{"SHA-512", BR_AUTH_SHA512}, {"SHA512", BR_AUTH_SHA512},
};

static const struct name priv_names[] = {
	{"none",      BR_PRIV_NONE},
	{"DES",       BR_PRIV_DES},
	{"AES-128",   BR_PRIV_AES128},
	{"AES",       BR_PRIV_AES128},            {"AES128",   BR_PRIV_AES128},
	{"AES-192",   BR_PRIV_AES192_BLUMENTHAL}, {"AES192",   BR_PRIV_AES192_BLUMENTHAL},
	{"AES-256",   BR_PRIV_AES256_BLUMENTHAL}, {"AES256",   BR_PRIV_AES256_BLUMENTHAL},
	{"AES-192-C", BR_PRIV_AES192_REEDER},     {"AES192C",  BR_PRIV_AES192_REEDER},
	{"AES192-C",  BR_PRIV_AES192_REEDER},
	{"AES-256-C", BR_PRIV_AES256_REEDER},     {"AES256C",  BR_PRIV_AES256_REEDER},
	{"AES256-C",  BR_PRIV_AES256_REEDER},
};
/* clang-format on */

static bool find_value(const struct name *names, size_t n, struct br_view text, int *value)
{
	for (size_t i = 0; i < n; i++) {
		if (br_view_is_nocase(text, names[i].text)) {
			*value = names[i].value;
			return true;
		}
	}
	return false;
}

static const char *find_text(const struct name *names, size_t n, int value)
{
	for (size_t i = 0; i < n; i++) {
		if (names[i].value == value)
			return names[i].text;
	}
	return "unknown";
}

bool br_v3_auth_parse(struct br_view name, enum br_v3_auth *auth)
{
	int value;
	if (!find_value(auth_names, COUNT(auth_names), name, &value))
		return false;
	*auth = (enum br_v3_auth)value;
	return true;
}

bool br_v3_priv_parse(struct br_view name, enum br_v3_priv *priv)
{
	int value;
	if (!find_value(priv_names, COUNT(priv_names), name, &value))
		return false;
	*priv = (enum br_v3_priv)value;
	return true;
}

const char *br_v3_auth_name(enum br_v3_auth auth)
{
	return find_text(auth_names, COUNT(auth_names), auth);
}

const char *br_v3_priv_name(enum br_v3_priv priv)
{
	return find_text(priv_names, COUNT(priv_names), priv);
}

const char *br_v3_priv_refusal(struct br_view name)
{
	static const char *const spellings[] = {"3DES", "3DES-EDE", "3DESEDE",  "3-DES",
						"DES3", "TDES",     "TRIPLEDES"};
	for (size_t i = 0; i < COUNT(spellings); i++) {
		if (br_view_is_nocase(name, spellings[i]))
			return "3DES is not spoken: its draft for SNMPv3 expired, makers "
			       "derive its keys differently, and the cipher is withdrawn; set "
			       "the printer and priv to AES-128";
	}
	return NULL;
}
