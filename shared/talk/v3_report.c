/*
 * v3_report.c - what the reports of an SNMPv3 engine mean, and what to do about each.
 *
 * Most reports cannot be authenticated (the engine does not know us, or our key), so they end a
 * conversation at worst. The one that may change what we believe is in v3.c, behind a MAC.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/v3_inside.h"

#include <string.h>

#define NAME_PREFIX 9

/* The OID of the counter, cut after nine octets: its instance is not looked at. */
/* clang-format off */
static const struct report {
	uint8_t name[NAME_PREFIX];
	enum br_v3_why why;
} reports[] = {
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 1}, BR_V3_WHY_LEVEL},   /* usmStatsUnsupportedSecLevels */
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 2}, BR_V3_WHY_TIME},    /* usmStatsNotInTimeWindows */
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 3}, BR_V3_WHY_USER},    /* usmStatsUnknownUserNames */
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 4}, BR_V3_WHY_ENGINE},  /* usmStatsUnknownEngineIDs */
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 5}, BR_V3_WHY_DIGEST},  /* usmStatsWrongDigests */
	{{0x2b, 6, 1, 6, 3, 15, 1, 1, 6}, BR_V3_WHY_DECRYPT}, /* usmStatsDecryptionErrors */
	{{0x2b, 6, 1, 6, 3, 12, 1, 4, 0}, BR_V3_WHY_CONTEXT}, /* snmpUnavailableContexts */
	{{0x2b, 6, 1, 6, 3, 12, 1, 5, 0}, BR_V3_WHY_CONTEXT}, /* snmpUnknownContexts */
};

static const char *const sentences[] = {
	[BR_V3_WHY_NONE]    = "",
	[BR_V3_WHY_USER]    = "the printer says: unknown user name; check user",
	[BR_V3_WHY_DIGEST]  = "the printer says: wrong digest; check auth-password and auth",
	[BR_V3_WHY_LEVEL]   = "the printer says: unsupported security level; check auth and priv against "
			      "what the printer has for this user",
	[BR_V3_WHY_TIME]    = "the printer says: not in time window, though asked with its own clock; "
			      "its clock jumps, its boot counter is used up, or a second device has "
			      "the same address or engine id: restart it, look for the other",
	[BR_V3_WHY_DECRYPT] = "decryption failed between the printer and us; check priv-password and priv "
			      "(AES-192 and AES-256 exist in two kinds: try AES-256-C for AES-256)",
	[BR_V3_WHY_ENGINE]  = "the printer says: unknown engine id; it was exchanged or reset: forget what "
			      "was kept of it and ask again",
	[BR_V3_WHY_CONTEXT] = "the printer says: unknown context; check context",
	[BR_V3_WHY_OTHER]   = "the printer rejects the message as such; check that SNMPv3 with USM is "
			      "switched on there, or use version = 2c",
	[BR_V3_WHY_CRYPTO]  = "libcrypto failed to compute a key, a digest or a cipher; check the "
			      "installation of OpenSSL",
};
/* clang-format on */

enum br_v3_why br_v3_report_why(const struct br_answer *report)
{
	struct br_ber list = report->varbinds;
	struct br_varbind varbind;
	bool broken;
	if (!br_varbind_take(&list, &varbind, &broken) || varbind.name_len < NAME_PREFIX)
		return BR_V3_WHY_OTHER;
	for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
		if (memcmp(varbind.name, reports[i].name, NAME_PREFIX) == 0)
			return reports[i].why;
	}
	return BR_V3_WHY_OTHER;
}

enum br_status br_v3_silence(const struct br_v3 *v3, struct br_error *err)
{
	char name[sizeof v3->user->name];
	br_text_clean(name, sizeof name, br_view(v3->user->name));
	if (v3->unproved)
		return br_fail(
			err, BR_E_AUTH,
			"the printer answers, but with another authentication key than ours; "
			"check auth-password and auth (v3 user %s)",
			name);
	if (v3->heard)
		return br_fail(
			err, BR_E_TIMEOUT,
			"the printer speaks SNMPv3, but not to us; check user, auth-password, "
			"priv-password, priv and context (v3 user %s)",
			name);
	return br_fail(
		err, BR_E_TIMEOUT,
		"no answer to SNMPv3; check that the printer is on, may be reached, and has "
		"SNMPv3 switched on");
}

enum br_v3_verdict br_v3_fail(struct br_v3 *v3, enum br_v3_why why, struct br_error *err)
{
	char name[sizeof v3->user->name];
	br_text_clean(name, sizeof name, br_view(v3->user->name));
	v3->why = why;
	v3->message_id = -1;
	(void)br_fail(err, BR_E_AUTH, "%s (v3 user %s)", sentences[why], name);
	return BR_V3_FAILED;
}
