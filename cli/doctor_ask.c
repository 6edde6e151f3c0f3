/*
 * doctor_ask.c - the whole conversation of a reading, and where there is none, why.
 *
 * SPDX-License-Identifier: MIT
 */
#include "doctor.h"

#include "targets.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct attempt {
	struct br_harvest harvest;
	struct br_conversation talk;
	enum br_status status;
	struct br_error error;
	int64_t took_ms;
};

static void clear(struct attempt *attempt)
{
	br_harvest_clear(&attempt->harvest);
}

/* A conversation with this profile, from the first question to the last. Clear it. */
static void converse(struct doctor *doctor, const struct br_profile *profile,
		     struct attempt *attempt)
{
	struct br_conversation_options options = {.makers = &doctor->cli->makers};
	struct br_wire wire;

	br_harvest_init(&attempt->harvest, BR_HARVEST_CEILING);
	attempt->talk.answered = false;
	attempt->status = br_wire_open(&wire, &doctor->target, profile, &attempt->error);
	if (attempt->status != BR_OK)
		return;
	if (doctor->cli->given.verbose)
		wire.trace = cli_trace;
	wire.trace_user = doctor->cli;
	options.seed = br_wire_seed();
	options.session = wire.session;
	options.attempts = wire.attempts;
	options.max_repetitions = profile->max_repetitions;
	br_conversation_init(&attempt->talk, &options, &attempt->harvest);
	attempt->took_ms = br_clock_ms();
	attempt->status = br_wire_run(&wire, &attempt->talk, &attempt->error);
	attempt->took_ms = br_clock_ms() - attempt->took_ms;
	br_wire_close(&wire);
}

static const char *version_name(enum br_version version)
{
	return version == BR_SNMP_V1 ? "v1" : version == BR_SNMP_V2C ? "v2c" : "v3";
}

/* Silence to one version may be an answer to the other. */
static bool other_version_answers(struct doctor *doctor)
{
	struct br_profile profile = doctor->cli->profile;
	struct attempt attempt;
	bool answers;

	if (profile.version == BR_SNMP_V3)
		return false;
	profile.version = profile.version == BR_SNMP_V1 ? BR_SNMP_V2C : BR_SNMP_V1;
	profile.retries = 0;
	converse(doctor, &profile, &attempt);
	answers = attempt.status == BR_OK;
	clear(&attempt);
	explicit_bzero(profile.community, sizeof profile.community);
	doctor_step(doctor, answers ? DOCTOR_OK : DOCTOR_FAILED, "other version",
		    answers ? "SNMP %s with the same community is answered"
			    : "SNMP %s with the same community: no answer either",
		    version_name(profile.version));
	if (answers)
		doctor_hint(
			doctor, "write \"version = %s\" into the profile, or give --snmp %s.",
			version_name(profile.version) + 1, version_name(profile.version) + 1);
	return answers;
}

static void hints_for_silence(struct doctor *doctor)
{
	if (doctor->cli->profile.version == BR_SNMP_V3) {
		doctor_hint(
			doctor,
			"is SNMPv3 switched on in the printer's web page, with this user? Many "
			"printers are silent to a wrong user or password.");
		return;
	}
	if (other_version_answers(doctor))
		return;
	doctor_hint(doctor, "switch SNMP v1/v2c on in the printer's web page (Network, "
			    "Protocols, SNMP), or "
			    "use a v3 profile if it offers only that.");
	doctor_hint(
		doctor,
		"a wrong community looks the same as silence: compare it with the printer's "
		"read community.");
	doctor_hint(
		doctor,
		"some printers answer listed addresses only, and a firewall may drop UDP port "
		"%u.",
		doctor->target.port);
}

static void explain_failure(struct doctor *doctor, const struct attempt *attempt)
{
	const char *sentence = cli_target_sentence(&doctor->target, &attempt->error);
	bool udp = doctor->target.kind == BR_TARGET_UDP;

	if (udp && attempt->status == BR_E_NETWORK) {
		doctor_step(doctor, DOCTOR_FAILED, "port", "%u: %s", doctor->target.port,
			    sentence);
		doctor_hint(doctor, "the address is right, but nothing listens there: switch "
				    "SNMP on in the "
				    "printer's web page, or name the port (HOST:PORT).");
		return;
	}
	if (udp && attempt->status == BR_E_TIMEOUT)
		doctor_step(doctor, DOCTOR_OPEN, "port",
			    "%u: not refused, but that proves nothing", doctor->target.port);
	doctor_step(doctor, DOCTOR_FAILED, "snmp", "%s", sentence);
	if (udp && attempt->status == BR_E_TIMEOUT)
		hints_for_silence(doctor);
	else if (attempt->status == BR_E_AUTH)
		doctor_hint(doctor, "the printer speaks SNMPv3: compare user, protocols and "
				    "passwords of the "
				    "profile with its web page.");
}

static void tell_answer(struct doctor *doctor, const struct attempt *attempt)
{
	const struct br_conversation *talk = &attempt->talk;

	if (doctor->target.kind == BR_TARGET_UDP)
		doctor_step(doctor, DOCTOR_OK, "port", "%u answers", doctor->target.port);
	doctor_step(doctor, DOCTOR_OK, "snmp", "%s answers%s",
		    version_name(talk->session.version),
		    doctor->target.kind == BR_TARGET_WALK ? " (a recording always does)" : "");
	if (talk->v1_only && doctor->cli->profile.version == BR_SNMP_V2C)
		doctor_hint(doctor,
			    "it is silent to v2c: \"version = 1\" in the profile spares it the "
			    "questions in vain.");
}

int doctor_ask(struct doctor *doctor)
{
	struct attempt attempt;
	int code = CLI_NONE;

	converse(doctor, &doctor->cli->profile, &attempt);
	if (attempt.status == BR_OK) {
		tell_answer(doctor, &attempt);
		code = doctor_answers(doctor, &attempt.talk, attempt.took_ms);
	} else {
		explain_failure(doctor, &attempt);
	}
	clear(&attempt);
	return code;
}
