/*
 * profile.c - what the keys of a profile mean, and which of them go together.
 *
 * Keys and clashes are tables. Values may be secrets: no sentence shows one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/profile_keys.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define PASSWORD_MIN 8 /* RFC 3414 11.2 */

enum form { FORM_VERSION, FORM_AUTH, FORM_PRIV, FORM_TEXT, FORM_NUMBER, FORM_TIME };

#define AT(member) offsetof(struct br_profile, member), sizeof(((struct br_profile *)0)->member)

/* In the order of enum br_key. Limits are of length, of the number, or of milliseconds. */
/* clang-format off */
static const struct rule {
	const char *name;
	enum form form;
	bool secret;
	size_t at, size;
	unsigned min, max;
} rules[BR_N_KEYS] = {
	{"version",         FORM_VERSION, false, AT(version),         0,            0},
	{"community",       FORM_TEXT,    true,  AT(community),       1,            BR_SECRET_SIZE - 1},
	{"user",            FORM_TEXT,    false, AT(user),            1,            BR_V3_NAME_MAX},
	{"auth",            FORM_AUTH,    false, AT(auth),            0,            0},
	{"auth-password",   FORM_TEXT,    true,  AT(auth_password),   PASSWORD_MIN, BR_SECRET_SIZE - 1},
	{"priv",            FORM_PRIV,    false, AT(priv),            0,            0},
	{"priv-password",   FORM_TEXT,    true,  AT(priv_password),   PASSWORD_MIN, BR_SECRET_SIZE - 1},
	{"context",         FORM_TEXT,    false, AT(context),         1,            BR_V3_NAME_MAX},
	{"port",            FORM_NUMBER,  false, AT(port),            1,            65535},
	{"deadline",        FORM_TIME,    false, AT(deadline_ms),     100,          600000},
	{"timeout",         FORM_TIME,    false, AT(timeout_ms),      10,           60000},
	{"retries",         FORM_NUMBER,  false, AT(retries),         0,            10},
	{"max-repetitions", FORM_NUMBER,  false, AT(max_repetitions), 1,            1000},
};
/* clang-format on */

void br_profile_init(struct br_profile *profile, struct br_view name)
{
	*profile = (struct br_profile){
		.version = BR_SNMP_V2C,
		.community = "public",
		.port = 161,
		.deadline_ms = 10000,
		.timeout_ms = 1000,
		.retries = 2,
	};
	br_text_copy(profile->name, sizeof profile->name, name);
}

static enum br_status set_version(enum br_version *version, struct br_view value,
				  struct br_error *err)
{
	if (br_view_is(value, "1"))
		*version = BR_SNMP_V1;
	else if (br_view_is(value, "2c"))
		*version = BR_SNMP_V2C;
	else if (br_view_is(value, "3"))
		*version = BR_SNMP_V3;
	else
		return br_fail(err, BR_E_SYNTAX, "version is 1, 2c or 3");
	return BR_OK;
}

/* names ends with NULL. */
static enum br_status not_one_of(const char *key, struct br_view value,
				 const char *const *names, struct br_error *err)
{
	const char *nearest = br_text_nearest(value, names);
	char list[200] = "";
	size_t used = 0;

	for (size_t i = 0; names[i] && used < sizeof list; i++) {
		const char *between = !names[i + 1] ? "" : names[i + 2] ? ", " : " or ";
		int wrote =
			snprintf(list + used, sizeof list - used, "%s%s", names[i], between);

		used += wrote > 0 ? (size_t)wrote : 0;
	}
	return br_fail(err, BR_E_SYNTAX, "%s is %s%s%s%s", key, list,
		       nearest ? "; did you mean " : "", nearest ? nearest : "",
		       nearest ? "?" : "");
}

static enum br_status set_auth(enum br_v3_auth *auth, struct br_view value,
			       struct br_error *err)
{
	const char *names[BR_AUTH_SHA512 + 1] = {NULL};

	if (br_v3_auth_parse(value, auth))
		return BR_OK;
	for (int i = BR_AUTH_MD5; i <= BR_AUTH_SHA512; i++)
		names[i - 1] = br_v3_auth_name((enum br_v3_auth)i);
	return not_one_of("auth", value, names, err);
}

static enum br_status set_priv(enum br_v3_priv *priv, struct br_view value,
			       struct br_error *err)
{
	const char *names[BR_PRIV_AES256_REEDER + 1] = {NULL};
	const char *refusal = br_v3_priv_refusal(value);

	if (br_v3_priv_parse(value, priv))
		return BR_OK;
	if (refusal)
		return br_fail(err, BR_E_UNSUPPORTED, "priv: %s", refusal);
	for (int i = BR_PRIV_DES; i <= BR_PRIV_AES256_REEDER; i++)
		names[i - 1] = br_v3_priv_name((enum br_v3_priv)i);
	return not_one_of("priv", value, names, err);
}

static enum br_status set_text(const struct rule *rule, char *out, struct br_view value,
			       struct br_error *err)
{
	if (value.len == 0)
		return br_fail(err, BR_E_SYNTAX, "%s is empty", rule->name);
	if (value.len < rule->min)
		return br_fail(err, BR_E_SYNTAX, "%s is shorter than %u characters", rule->name,
			       rule->min);
	if (value.len > rule->max)
		return br_fail(err, BR_E_LIMIT, "%s is longer than %u bytes", rule->name,
			       rule->max);
	/* What stood there before may have been longer. */
	explicit_bzero(out, rule->size);
	br_text_copy(out, rule->size, value);
	return BR_OK;
}

static enum br_status set_number(const struct rule *rule, void *out, struct br_view value,
				 struct br_error *err)
{
	int64_t number;

	if (!br_parse_number(value, rule->min, rule->max, &number))
		return br_fail(err, BR_E_SYNTAX, "%s is a number from %u to %u", rule->name,
			       rule->min, rule->max);
	if (rule->size == sizeof(uint16_t))
		*(uint16_t *)out = (uint16_t)number;
	else
		*(unsigned *)out = (unsigned)number;
	return BR_OK;
}

static enum br_status set_time(const struct rule *rule, unsigned *out, struct br_view value,
			       struct br_error *err)
{
	bool seconds = value.len > 1 && value.at[value.len - 1] == 's';
	bool milli = seconds && value.at[value.len - 2] == 'm';
	struct br_view digits = {value.at, value.len - (milli ? 2 : seconds ? 1 : 0)};
	int64_t number = 0;

	if (!seconds || !br_parse_number(digits, 0, rule->max, &number) ||
	    number * (milli ? 1 : 1000) < rule->min || number * (milli ? 1 : 1000) > rule->max)
		return br_fail(
			err, BR_E_SYNTAX,
			"%s is a time with its unit, as in 500ms or 2s, from %ums to %us",
			rule->name, rule->min, rule->max / 1000);
	*out = (unsigned)(number * (milli ? 1 : 1000));
	return BR_OK;
}

enum br_status br_key_set(struct br_profile *profile, enum br_key key, struct br_view value,
			  struct br_error *err)
{
	const struct rule *rule = &rules[key];
	void *out = (char *)profile + rule->at;

	switch (rule->form) {
	case FORM_VERSION:
		return set_version(out, value, err);
	case FORM_AUTH:
		return set_auth(out, value, err);
	case FORM_PRIV:
		return set_priv(out, value, err);
	case FORM_TEXT:
		return set_text(rule, out, value, err);
	case FORM_NUMBER:
		return set_number(rule, out, value, err);
	case FORM_TIME:
		return set_time(rule, out, value, err);
	}
	return BR_E_SYNTAX;
}

enum br_key br_key_find(struct br_view name)
{
	enum br_key key = 0;

	while (key < BR_N_KEYS && !br_view_is(name, rules[key].name))
		key++;
	return key;
}

const char *br_key_name(enum br_key key)
{
	return rules[key].name;
}

bool br_key_is_secret(enum br_key key, struct br_view value)
{
	return rules[key].secret && !(key == BR_KEY_COMMUNITY && br_view_is(value, "public"));
}

enum br_status br_profile_set(struct br_profile *profile, const char *key, struct br_view value,
			      struct br_error *err)
{
	enum br_key found = br_key_find(br_view(key));

	if (found == BR_N_KEYS)
		return br_fail(err, BR_E_ABSENT, "%s is no key of a profile", key);
	return br_key_set(profile, found, value, err);
}

/* What a profile says, as bits: one a key that was given, then what follows from the values. */
enum {
	IS_V1 = 1 << BR_N_KEYS,
	IS_V3 = 1 << (BR_N_KEYS + 1),
	HAS_AUTH = 1 << (BR_N_KEYS + 2),
	HAS_PRIV = 1 << (BR_N_KEYS + 3),
	IS_SLOW = 1 << (BR_N_KEYS + 4),
};

static unsigned facts_of(const struct br_profile *profile, const struct br_draft *draft)
{
	unsigned facts = 0;

	for (unsigned i = 0; i < BR_N_KEYS; i++)
		facts |= draft->keys[i].file ? 1u << i : 0;
	facts |= profile->version == BR_SNMP_V1 ? IS_V1 : 0;
	facts |= profile->version == BR_SNMP_V3 ? IS_V3 : 0;
	facts |= profile->auth != BR_AUTH_NONE ? HAS_AUTH : 0;
	facts |= profile->priv != BR_PRIV_NONE ? HAS_PRIV : 0;
	facts |= profile->timeout_ms > profile->deadline_ms ? IS_SLOW : 0;
	return facts;
}

/* What does not go together: all of one and none of the other is wrong. First match wins. */
/* clang-format off */
static const struct clash {
	enum br_key key;
	unsigned all, none;
	const char *sentence; /* behind the key */
} clashes[] = {
	{BR_KEY_COMMUNITY,       IS_V3, 0,              "does not go with version = 3, which has users instead"},
	{BR_KEY_USER,            0, IS_V3,              "needs version = 3"},
	{BR_KEY_AUTH,            0, IS_V3,              "needs version = 3"},
	{BR_KEY_AUTH_PASSWORD,   0, IS_V3,              "needs version = 3"},
	{BR_KEY_PRIV,            0, IS_V3,              "needs version = 3"},
	{BR_KEY_PRIV_PASSWORD,   0, IS_V3,              "needs version = 3"},
	{BR_KEY_CONTEXT,         0, IS_V3,              "needs version = 3"},
	{BR_KEY_VERSION,         IS_V3, 1 << BR_KEY_USER,  "is 3, but there is no user"},
	{BR_KEY_PRIV,            HAS_PRIV, HAS_AUTH,    "is given without auth: SNMPv3 encrypts only what it also signs"},
	{BR_KEY_AUTH,            HAS_AUTH, 1 << BR_KEY_AUTH_PASSWORD, "is given without auth-password"},
	{BR_KEY_AUTH_PASSWORD,   0, HAS_AUTH,           "is given without auth"},
	{BR_KEY_PRIV,            HAS_PRIV, 1 << BR_KEY_PRIV_PASSWORD, "is given without priv-password"},
	{BR_KEY_PRIV_PASSWORD,   0, HAS_PRIV,           "is given without priv"},
	{BR_KEY_MAX_REPETITIONS, IS_V1, 0,              "does not go with version = 1, which has no GETBULK"},
	{BR_KEY_TIMEOUT,         IS_SLOW, 0,            "is longer than deadline"},
};
/* clang-format on */

enum br_status br_profile_check(struct br_profile *profile, const struct br_draft *draft,
				struct br_error *err)
{
	unsigned facts = facts_of(profile, draft);

	for (size_t i = 0; i < sizeof clashes / sizeof clashes[0]; i++) {
		const struct clash *clash = &clashes[i];
		unsigned all = clash->all | 1u << clash->key;
		struct br_origin at = draft->keys[clash->key];

		if ((facts & all) == all && !(facts & clash->none))
			return br_fail(err, BR_E_SYNTAX, "%s:%u: %s %s", at.file, at.line,
				       rules[clash->key].name, clash->sentence);
	}
	if (facts & IS_SLOW) /* a short deadline alone is well understood */
		profile->timeout_ms = profile->deadline_ms;
	return BR_OK;
}
