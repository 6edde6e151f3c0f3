/*
 * prepare.c - configuration, profile and makers' files, before anything is asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static int overrule(struct cli *cli)
{
	const struct cli_given *given = &cli->given;
	const struct {
		const char *key, *option, *value;
	} rows[] = {
		{"version", "snmp", given->snmp},
		{"community", "community", given->community},
		{"port", "port", given->port},
		{"retries", "retries", given->retries},
		{"deadline", "deadline", given->deadline},
		{"timeout", "timeout", given->timeout},
	};
	struct br_error err;

	if (cli->profile.version == BR_SNMP_V3 && (given->community || given->snmp))
		return cli_usage(cli,
				 "--%s does not go with profile %s, which is SNMPv3: a v3 "
				 "profile has users",
				 given->community ? "community" : "snmp", cli->profile.name);
	if (given->snmp && strcmp(given->snmp, "1") != 0 && strcmp(given->snmp, "2c") != 0)
		return cli_usage(
			cli,
			"--snmp is 1 or 2c; SNMPv3 needs a profile in brayer.conf, since its "
			"passwords do not belong on a command line");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!rows[i].value)
			continue;
		if (br_profile_set(&cli->profile, rows[i].key, br_view(rows[i].value), &err) !=
		    BR_OK)
			return cli_usage(cli, "--%s: %s", rows[i].option, err.text);
	}
	if (cli->profile.timeout_ms > cli->profile.deadline_ms) {
		if (given->timeout)
			return cli_usage(
				cli,
				"--timeout is longer than the deadline of the whole reading; "
				"--deadline says that");
		cli->profile.timeout_ms = cli->profile.deadline_ms;
	}
	return 0;
}

static int load_makers(struct cli *cli, const struct br_config *config)
{
	struct br_error err;

	if (br_config_makers(config, &cli->makers, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		return CLI_USAGE;
	}
	cli->n_site_mibs = cli->makers.n_site;
	return 0;
}

static int settle_profile(struct cli *cli, const struct br_config *config)
{
	const struct br_profile *profile;
	struct br_error err;
	enum br_status status;

	status = br_config_profile(config, cli->given.profile, &profile, &err);
	if (status != BR_OK) {
		if (status != BR_E_ABSENT)
			cli_complain(cli, "%s", err.text);
		else if (*config->file)
			cli_complain(cli, "%s: %s", config->file, err.text);
		else
			cli_complain(cli,
				     "%s, nor a brayer.conf that could hold one; "
				     "brayer.conf(5) says where it is looked for",
				     err.text);
		return CLI_USAGE;
	}
	cli->profile = *profile;
	return overrule(cli);
}

static int settle(struct cli *cli, struct br_config *config, bool asks)
{
	struct br_error err;
	int code = 0;

	if (br_config_load(config, cli->given.config, cli->environment.home,
			   cli->environment.xdg_config_home, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		return CLI_USAGE;
	}
	br_text_copy(cli->config_file, sizeof cli->config_file, br_view(config->file));
	br_text_copy(cli->store, sizeof cli->store, br_view(config->store));
	if (asks)
		code = settle_profile(cli, config);
	return code ? code : load_makers(cli, config);
}

static int prepare(struct cli *cli, bool asks)
{
	struct br_config *config = malloc(sizeof *config);
	int code;

	if (!config) {
		cli_complain(cli, "out of memory");
		return CLI_NONE;
	}
	code = settle(cli, config, asks);
	br_config_clear(config);
	free(config);
	return code;
}

int cli_prepare(struct cli *cli)
{
	return prepare(cli, true);
}

int cli_prepare_makers(struct cli *cli)
{
	return prepare(cli, false);
}
