/*
 * doctor.c - brayer doctor: what works and what to do, from the configuration outwards.
 *
 * SPDX-License-Identifier: MIT
 */
#include "doctor.h"

#include "targets.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_INDENT = 24 };

static const struct {
	const char *word;
	enum cli_style style;
} verdicts[] = {
	[DOCTOR_OK] = {"ok", CLI_GOOD},
	[DOCTOR_FAILED] = {"FAILED", CLI_BAD},
	[DOCTOR_OPEN] = {"-", CLI_DIM},
};

void doctor_step(struct doctor *doctor, enum doctor_verdict verdict, const char *name,
		 const char *format, ...)
{
	struct br_buf *out = &doctor->cli->out;
	char said[2048], text[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(said, sizeof said, format, args);
	va_end(args);
	br_text_clean(text, sizeof text, br_view(said));
	br_buf_text(out, "  ");
	cli_style_on(out, &doctor->look, verdicts[verdict].style);
	br_buf_format(out, "%-6s", verdicts[verdict].word);
	cli_style_off(out, &doctor->look, verdicts[verdict].style);
	br_buf_format(out, "  %-13s ", name);
	cli_wrap(out, &doctor->look, text, TEXT_INDENT, TEXT_INDENT);
	cli_flush(doctor->cli); /* the next step may take its time */
}

void doctor_hint(struct doctor *doctor, const char *format, ...)
{
	struct br_buf *out = &doctor->cli->out;
	char said[1024], text[1024] = "-> ";
	va_list args;

	va_start(args, format);
	vsnprintf(said, sizeof said, format, args);
	va_end(args);
	br_text_clean(text + 3, sizeof text - 3, br_view(said));
	br_buf_format(out, "%*s", TEXT_INDENT, "");
	cli_wrap(out, &doctor->look, text, TEXT_INDENT, TEXT_INDENT + 3);
	cli_flush(doctor->cli);
}

static void say_session(const struct doctor *doctor, char *out, size_t size)
{
	const struct br_profile *profile = &doctor->cli->profile;

	if (profile->version != BR_SNMP_V3) {
		snprintf(out, size, "SNMP %s, community %s",
			 profile->version == BR_SNMP_V1 ? "v1" : "v2c",
			 doctor->cli->given.community ? "of the command line"
			 : strcmp(profile->community, "public") == 0
				 ? "\"public\""
				 : "of the profile (not shown)");
		return;
	}
	snprintf(out, size, "SNMPv3, user %s, auth %s, priv %s%s%s", profile->user,
		 br_v3_auth_name(profile->auth), br_v3_priv_name(profile->priv),
		 *profile->context ? ", context " : "", profile->context);
}

static void say_configuration(struct doctor *doctor)
{
	const struct cli *cli = doctor->cli;
	char session[256];

	say_session(doctor, session, sizeof session);
	doctor_step(doctor, DOCTOR_OK, "configuration", "%s, profile %s",
		    *cli->config_file ? cli->config_file : "no brayer.conf", cli->profile.name);
	doctor_step(doctor, DOCTOR_OK, "profile",
		    "%s; waits %u ms for an answer, asks again %u times, "
		    "at most %u ms for a reading",
		    session, cli->profile.timeout_ms, cli->profile.retries,
		    cli->profile.deadline_ms);
	if (cli->n_site_mibs)
		doctor_step(doctor, DOCTOR_OK, "makers",
			    "%zu files of this site besides the built-in ones",
			    cli->n_site_mibs);
}

static int examine(struct doctor *doctor)
{
	char target[sizeof doctor->target.text];

	br_text_clean(target, sizeof target, br_view(doctor->target.text));
	br_buf_format(&doctor->cli->out, "%s\n", target);
	say_configuration(doctor);
	if (doctor->target.kind == BR_TARGET_WALK)
		doctor_step(doctor, DOCTOR_OPEN, "network", "a recording needs none");
	else if (!doctor_network(doctor))
		return CLI_NONE;
	return doctor_ask(doctor);
}

int cli_doctor(struct cli *cli, int argc, char **argv)
{
	struct doctor doctor = {.cli = cli};
	struct cli_targets targets;
	size_t at = 0;
	int code;

	if (argc != 1)
		return cli_usage(cli, "doctor takes one target");
	if (strcmp(argv[0], "-") == 0)
		return cli_target_usage(cli, argv[0], NULL);
	if (!cli_look_settle(cli, &doctor.look))
		return CLI_USAGE;
	code = cli_targets_gather(cli, &targets, argc, argv);
	if (!code)
		code = cli_prepare(cli);
	if (!code && cli_targets_next(cli, &targets, &at, &doctor.target))
		code = examine(&doctor);
	cli_targets_clear(&targets);
	return code;
}
