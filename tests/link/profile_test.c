/*
 * profile_test.c - brayer.conf from memory and from disk: every key, and every sentence of
 * refusal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "link/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Text in a block of the exact size, so that a read behind it is seen. */
static enum br_status parse(struct br_config *config, const char *text, bool secrets,
			    struct br_error *err)
{
	struct br_view all = br_view(text);
	char *block = malloc(all.len ? all.len : 1);
	enum br_status status;

	err->text[0] = '\0';
	if (!block)
		return BR_E_MEMORY;
	memcpy(block, all.at, all.len);
	status = br_config_parse(config, (struct br_view){block, all.len}, "c", secrets, err);
	free(block);
	return status;
}

static void is_default(const struct br_config *config)
{
	const struct br_profile *profile = config->profiles;

	CHECK_INT(config->n_profiles, 1);
	CHECK_STR(profile->name, "default");
	CHECK_INT(profile->version, BR_SNMP_V2C);
	CHECK_STR(profile->community, "public");
	CHECK_INT(profile->port, 161);
	CHECK_INT(profile->deadline_ms, 10000);
	CHECK_INT(profile->timeout_ms, 1000);
	CHECK_INT(profile->retries, 2);
	CHECK_INT(profile->max_repetitions, 0);
	CHECK_INT(profile->defined_line, 0);
	CHECK_STR(config->mibs_dir, "");
	CHECK_STR(config->file, "");
}

TEST(defaults)
{
	struct br_config config = {0};
	struct br_error err;

	br_config_init(&config);
	is_default(&config);
	CHECK_INT(parse(&config, "# nothing\n", true, &err), BR_OK);
	CHECK_STR(config.file, "c");
	config.file[0] = '\0';
	is_default(&config);
}

TEST(every_key)
{
	struct br_config config = {0};
	const struct br_profile *profile;
	struct br_error err;

	CHECK_INT(parse(&config,
			"[brayer]\nmibs = /srv/mibs\n"
			"[profile a]\nversion = 3\nuser = \" reader \"\nauth = SHA-256\n"
			"auth-password = 12345678\npriv = AES-128\npriv-password = \"a\"b\"c "
			"d#;\"\n"
			"context = c\nport = 1161\ndeadline = 20s\ntimeout = 1500ms\nretries = "
			"0\n"
			"max-repetitions = 10\n"
			"[profile b]\nversion = 1\ncommunity = x=y\n",
			true, &err),
		  BR_OK);
	CHECK_STR(err.text, "");
	CHECK_STR(config.mibs_dir, "/srv/mibs");
	CHECK_INT(config.n_profiles, 3);
	CHECK_INT(br_config_profile(&config, "a", &profile, &err), BR_OK);
	CHECK_INT(profile->version, BR_SNMP_V3);
	CHECK_STR(profile->user, " reader ");
	CHECK_INT(profile->auth, BR_AUTH_SHA256);
	CHECK_STR(profile->auth_password, "12345678");
	CHECK_INT(profile->priv, BR_PRIV_AES128);
	CHECK_STR(profile->priv_password, "a\"b\"c d#;");
	CHECK_STR(profile->context, "c");
	CHECK_INT(profile->port, 1161);
	CHECK_INT(profile->deadline_ms, 20000);
	CHECK_INT(profile->timeout_ms, 1500);
	CHECK_INT(profile->retries, 0);
	CHECK_INT(profile->max_repetitions, 10);
	CHECK_INT(profile->defined_line, 3);
	CHECK_INT(br_config_profile(&config, "b", &profile, &err), BR_OK);
	CHECK_INT(profile->version, BR_SNMP_V1);
	CHECK_STR(profile->community, "x=y");
	CHECK_INT(profile->deadline_ms, 10000); /* nothing comes from another profile */
	br_config_clear(&config);
	is_default(&config);
}

#define P    "[profile p]\n"
#define V3   P "version = 3\n"
#define TIME "is a time with its unit, as in 500ms or 2s, from "

/* What is good, and says so by the lack of a sentence. */
/* clang-format off */
static const char *const good[] = {
	P, V3 "user = u", V3 "user = u\nauth = none", V3 "user = u\nauth = MD5\nauth-password = 12345678",
	P "community = hunter2", P "port = 1", P "port = 65535", P "deadline = 100ms", P "deadline = 600s",
	P "timeout = 10ms", P "timeout = 60s\ndeadline = 60s", P "retries = 10", P "max-repetitions = 1000",
	P "version = 2c\nmax-repetitions = 1", "[profile default]\nversion = 1", "[profile 0.A_b-c]",
	"[profile 123456789012345678901234567890123456789012345678901234567890123]",
};

/* The word hunter2 stands for a secret: it is in no sentence. */
static const struct {
	const char *text, *error;
	enum br_status status;
} bad[] = {
	{"community = hunter2", "c:1: a key before the first section; [profile default] is missing", BR_E_SYNTAX},
	{"[profil hunter2]", "c:1: [profil] is unknown here; did you mean [profile]?", BR_E_SYNTAX},
	{"[printers]", "c:1: [printers] is unknown here; did you mean [printer]?", BR_E_SYNTAX},
	{"[fleet]", "c:1: [fleet] is unknown here; known: brayer, profile, collector, site, printer", BR_E_SYNTAX},
	{"[sites]", "c:1: [sites] is unknown here; did you mean [site]?", BR_E_SYNTAX},
	{"[site x]\nranges = 192.0.2.0/24\n[brayer]\nmib = /x", "c:4: mib is unknown here; did you mean mibs?", BR_E_SYNTAX},
	{"[profile]", "c:1: a profile has a name: [profile office]", BR_E_SYNTAX},
	{"[profile a b]", "c:1: the name of a profile is letters, digits, '.', '_' and '-', the first a letter or digit", BR_E_SYNTAX},
	{"[profile ../x]", "c:1: the name of a profile is letters, digits, '.', '_' and '-', the first a letter or digit", BR_E_SYNTAX},
	{"[profile a/b]", "c:1: the name of a profile is letters, digits, '.', '_' and '-', the first a letter or digit", BR_E_SYNTAX},
	{"[profile -x]", "c:1: the name of a profile is letters, digits, '.', '_' and '-', the first a letter or digit", BR_E_SYNTAX},
	{"[profile _x]", "c:1: the name of a profile is letters, digits, '.', '_' and '-', the first a letter or digit", BR_E_SYNTAX},
	{"[profile 1234567890123456789012345678901234567890123456789012345678901234]", "c:1: the name of a profile has at most 63 characters", BR_E_LIMIT},
	{P "\n" P, "c:3: [profile p] is given twice; the first is line 1", BR_E_SYNTAX},
	{"[profile default]\n[profile default]", "c:2: [profile default] is given twice; the first is line 1", BR_E_SYNTAX},
	{"[brayer]\n[brayer]", "c:2: [brayer] is given twice; the first is line 1", BR_E_SYNTAX},
	{"[brayer x]", "c:1: [brayer] has no name", BR_E_SYNTAX},
	{"[brayer]\nmibs = x", "c:2: mibs is a directory, written from '/' on", BR_E_SYNTAX},
	{"[brayer]\nmibs =", "c:2: mibs is a directory, written from '/' on", BR_E_SYNTAX},
	{"[brayer]\nmibs = /a\nmibs = /b", "c:3: mibs is given twice; the first is line 2", BR_E_SYNTAX},
	{"[brayer]\ncommunity = hunter2", "c:2: community is unknown here; known: mibs", BR_E_SYNTAX},
	{"[brayer]\nmib = /a", "c:2: mib is unknown here; did you mean mibs?", BR_E_SYNTAX},
	{P "comunity = hunter2", "c:2: comunity is unknown here; did you mean community?", BR_E_SYNTAX},
	{P "mibs = /x", "c:2: mibs is unknown here; known: version, community, user, auth, auth-password, priv, priv-password, context, port, deadline, timeout, retries, max-repetitions", BR_E_SYNTAX},
	{P "hunter2", "c:2: neither [section] nor key = value nor a comment", BR_E_SYNTAX},
	{P "Hunter2 = x", "c:2: neither [section] nor key = value nor a comment", BR_E_SYNTAX},
	{P "user = a\n\nuser = b", "c:4: user is given twice; the first is line 2", BR_E_SYNTAX},
	{P "community = hunter2\ncommunity = hunter2", "c:3: community is given twice; the first is line 2", BR_E_SYNTAX},
	{P "version = v2c", "c:2: version is 1, 2c or 3", BR_E_SYNTAX},
	{P "version = 2", "c:2: version is 1, 2c or 3", BR_E_SYNTAX},
	{P "version = hunter2", "c:2: version is 1, 2c or 3", BR_E_SYNTAX},
	{P "version =", "c:2: version is 1, 2c or 3", BR_E_SYNTAX},
	{P "community =", "c:2: community is empty", BR_E_SYNTAX},
	{P "community = \"\"", "c:2: community is empty", BR_E_SYNTAX},
	{P "user = hunter2hunter2hunter2hunter2hunte", "c:2: user is longer than 32 bytes", BR_E_LIMIT},
	{P "context = hunter2hunter2hunter2hunter2hunte", "c:2: context is longer than 32 bytes", BR_E_LIMIT},
	{P "auth-password = hunter2", "c:2: auth-password is shorter than 8 characters", BR_E_SYNTAX},
	{P "priv-password = hunter2", "c:2: priv-password is shorter than 8 characters", BR_E_SYNTAX},
	{P "auth = hunter2hunter2", "c:2: auth is MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512", BR_E_SYNTAX},
	{P "auth = SHA-2566", "c:2: auth is MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512; did you mean SHA-256?", BR_E_SYNTAX},
	{P "priv = hunter2hunter2", "c:2: priv is DES, AES-128, AES-192, AES-256, AES-192-C or AES-256-C", BR_E_SYNTAX},
	{P "priv = AES-129", "c:2: priv is DES, AES-128, AES-192, AES-256, AES-192-C or AES-256-C; did you mean AES-128?", BR_E_SYNTAX},
	{P "port = 0", "c:2: port is a number from 1 to 65535", BR_E_SYNTAX},
	{P "port = 65536", "c:2: port is a number from 1 to 65535", BR_E_SYNTAX},
	{P "port = hunter2", "c:2: port is a number from 1 to 65535", BR_E_SYNTAX},
	{P "port = 161 ; comment", "c:2: port is a number from 1 to 65535", BR_E_SYNTAX},
	{P "port = +161", "c:2: port is a number from 1 to 65535", BR_E_SYNTAX},
	{P "retries = 11", "c:2: retries is a number from 0 to 10", BR_E_SYNTAX},
	{P "retries = -1", "c:2: retries is a number from 0 to 10", BR_E_SYNTAX},
	{P "max-repetitions = 0", "c:2: max-repetitions is a number from 1 to 1000", BR_E_SYNTAX},
	{P "max-repetitions = 1001", "c:2: max-repetitions is a number from 1 to 1000", BR_E_SYNTAX},
	{P "timeout = 1000", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = 9ms", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = 61s", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = 60001ms", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = 1.5s", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = 2 s", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = -2s", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = s", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout = ms", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "timeout =", "c:2: timeout " TIME "10ms to 60s", BR_E_SYNTAX},
	{P "deadline = 99999999999999999999s", "c:2: deadline " TIME "100ms to 600s", BR_E_SYNTAX},
	{P "deadline = 99ms", "c:2: deadline " TIME "100ms to 600s", BR_E_SYNTAX},
	{P "deadline = 601s", "c:2: deadline " TIME "100ms to 600s", BR_E_SYNTAX},
	{P "deadline = 10m", "c:2: deadline " TIME "100ms to 600s", BR_E_SYNTAX},
	{V3 "user = u\ncommunity = public", "c:4: community does not go with version = 3, which has users instead", BR_E_SYNTAX},
	{P "user = u", "c:2: user needs version = 3", BR_E_SYNTAX},
	{P "version = 2c\nauth = MD5", "c:3: auth needs version = 3", BR_E_SYNTAX},
	{P "auth-password = hunter2hunter2", "c:2: auth-password needs version = 3", BR_E_SYNTAX},
	{P "priv = DES", "c:2: priv needs version = 3", BR_E_SYNTAX},
	{P "priv-password = hunter2hunter2", "c:2: priv-password needs version = 3", BR_E_SYNTAX},
	{P "context = c", "c:2: context needs version = 3", BR_E_SYNTAX},
	{V3, "c:2: version is 3, but there is no user", BR_E_SYNTAX},
	{V3 "auth = MD5\nauth-password = hunter2hunter2", "c:2: version is 3, but there is no user", BR_E_SYNTAX},
	{V3 "user = u\nauth = MD5", "c:4: auth is given without auth-password", BR_E_SYNTAX},
	{V3 "user = u\nauth-password = hunter2hunter2", "c:4: auth-password is given without auth", BR_E_SYNTAX},
	{V3 "user = u\nauth = none\nauth-password = hunter2hunter2", "c:5: auth-password is given without auth", BR_E_SYNTAX},
	{V3 "user = u\npriv = DES\npriv-password = hunter2hunter2", "c:4: priv is given without auth: SNMPv3 encrypts only what it also signs", BR_E_SYNTAX},
	{V3 "user = u\nauth = MD5\nauth-password = hunter2hunter2\npriv = DES", "c:6: priv is given without priv-password", BR_E_SYNTAX},
	{V3 "user = u\nauth = MD5\nauth-password = hunter2hunter2\npriv-password = hunter2hunter2", "c:6: priv-password is given without priv", BR_E_SYNTAX},
	{P "version = 1\nmax-repetitions = 5", "c:3: max-repetitions does not go with version = 1, which has no GETBULK", BR_E_SYNTAX},
	{P "timeout = 11s", "c:2: timeout is longer than deadline", BR_E_SYNTAX},
	{P "deadline = 1s\ntimeout = 2s", "c:3: timeout is longer than deadline", BR_E_SYNTAX},
	{"[profile q]\n" V3 "user = u\nauth = MD5", "c:5: auth is given without auth-password", BR_E_SYNTAX},
};
/* clang-format on */

TEST(good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct br_config config = {0};
		struct br_error err;

		check_case(good[i]);
		CHECK_INT(parse(&config, good[i], true, &err), BR_OK);
		CHECK_STR(err.text, "");
		br_config_clear(&config);
	}
}

TEST(bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct br_config config = {0};
		struct br_error err;

		check_case(bad[i].text);
		CHECK_INT(parse(&config, bad[i].text, true, &err), bad[i].status);
		CHECK_STR(err.text, bad[i].error);
		CHECK(!strstr(err.text, "unter2"));
		is_default(&config); /* and nothing of it is left */
	}
}

TEST(triple_des_is_refused_with_a_reason)
{
	static const char *const spellings[] = {"3DES", "3des", "3DES-EDE", "TripleDES"};

	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		struct br_config config = {0};
		struct br_error err;
		char text[64], want[sizeof err.text];
		const char *why = br_v3_priv_refusal(br_view(spellings[i]));

		check_case(spellings[i]);
		snprintf(text, sizeof text, P "priv = %s\n", spellings[i]);
		snprintf(want, sizeof want, "c:2: priv: %s", why ? why : "a reason");
		CHECK_INT(parse(&config, text, true, &err), BR_E_UNSUPPORTED);
		CHECK_STR(err.text, want);
		CHECK(strstr(err.text, "AES-128") != NULL);
	}
}

#define READABLE(key)                                                                  \
	"c:2: " key                                                                    \
	" is a secret and others may read this file: chmod 0640 it, or move the line " \
	"to secrets.d/p beside it"

TEST(secrets_in_a_readable_file)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{P "community = public", ""},
		{P "community = Public", READABLE("community")},
		{P "community = hunter2", READABLE("community")},
		{P "auth-password = hunter2", READABLE("auth-password")},
		{P "priv-password = hunter2hunter2", READABLE("priv-password")},
		{P "port = 5", ""},
		{V3 "user = hunter2", ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_config config = {0};
		struct br_error err;

		check_case(cases[i].text);
		CHECK_INT(parse(&config, cases[i].text, false, &err),
			  cases[i].error[0] ? BR_E_FILE : BR_OK);
		CHECK_STR(err.text, cases[i].error);
		br_config_clear(&config);
	}
}

TEST(a_long_community)
{
	char text[400], value[257];
	struct br_config config = {0};
	struct br_error err;

	memset(value, 'x', 256);
	value[256] = '\0';
	snprintf(text, sizeof text, P "community = %s", value);
	CHECK_INT(parse(&config, text, true, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "c:2: community is longer than 255 bytes");
	value[255] = '\0';
	snprintf(text, sizeof text, P "community = %s", value);
	CHECK_INT(parse(&config, text, true, &err), BR_OK);
	CHECK_STR(config.profiles[1].community, value);
}

TEST(a_long_mibs)
{
	char text[600] = "[brayer]\nmibs = /";
	struct br_config config = {0};
	struct br_error err;
	size_t front = strlen(text);

	memset(text + front, 'x', 511);
	text[front + 511] = '\0';
	CHECK_INT(parse(&config, text, true, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "c:2: mibs is longer than 511 bytes");
	text[front + 510] = '\0';
	CHECK_INT(parse(&config, text, true, &err), BR_OK);
}

TEST(a_short_deadline_shortens_the_usual_timeout)
{
	struct br_config config = {0};
	struct br_error err;

	CHECK_INT(parse(&config, P "deadline = 300ms", true, &err), BR_OK);
	CHECK_INT(config.profiles[1].timeout_ms, 300);
}

TEST(too_many_profiles)
{
	static char text[64 * 20];
	struct br_config config = {0};
	struct br_error err;
	size_t used = 0;

	for (int i = 0; i < 63; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "[profile n%d]\n", i);
	CHECK_INT(parse(&config, text, true, &err), BR_OK);
	CHECK_INT(config.n_profiles, BR_MAX_PROFILES);
	snprintf(text + used, sizeof text - used, "[profile default]\n");
	CHECK_INT(parse(&config, text, true, &err), BR_OK);
	snprintf(text + used, sizeof text - used, "[profile n63]\n");
	CHECK_INT(parse(&config, text, true, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "c:64: more than 64 profiles, with the default");
}

TEST(choosing)
{
	struct br_config config = {0};
	const struct br_profile *profile;
	struct br_error err;

	CHECK_INT(parse(&config, "[profile office]\n[profile lab]\n", true, &err), BR_OK);
	CHECK_INT(br_config_profile(&config, NULL, &profile, &err), BR_OK);
	CHECK_STR(profile->name, "default");
	CHECK_INT(br_config_profile(&config, "default", &profile, &err), BR_OK);
	CHECK_STR(profile->name, "default");
	CHECK_INT(br_config_profile(&config, "lab", &profile, &err), BR_OK);
	CHECK_STR(profile->name, "lab");
	CHECK_INT(br_config_profile(&config, "ofice", &profile, &err), BR_E_ABSENT);
	CHECK_STR(err.text, "there is no profile ofice; did you mean office?");
	CHECK(profile == NULL);
	CHECK_INT(br_config_profile(&config, "Lab", &profile, &err), BR_E_ABSENT);
	CHECK_STR(err.text, "there is no profile Lab; did you mean lab?");
	CHECK_INT(br_config_profile(&config, "zzzzzzzzz", &profile, &err), BR_E_ABSENT);
	CHECK_STR(err.text, "there is no profile zzzzzzzzz");
}

TEST(setting_one_key)
{
	struct br_config config = {0};
	struct br_error err;
	struct br_profile *profile = &config.profiles[0];

	br_config_init(&config);
	CHECK_INT(br_profile_set(profile, "timeout", br_view("250ms"), &err), BR_OK);
	CHECK_INT(profile->timeout_ms, 250);
	CHECK_INT(br_profile_set(profile, "community", br_view("x"), &err), BR_OK);
	CHECK_STR(profile->community, "x");
	CHECK_INT(profile->community[2], '\0'); /* nothing left of "public" */
	CHECK_INT(br_profile_set(profile, "timeout", br_view("1"), &err), BR_E_SYNTAX);
	CHECK_STR(err.text, "timeout " TIME "10ms to 60s");
	CHECK_INT(br_profile_set(profile, "speed", br_view("1"), &err), BR_E_ABSENT);
	CHECK_STR(err.text, "speed is no key of a profile");
}
