/*
 * options.c - options by table. Not getopt: it can neither say which command takes what, nor
 * name the nearest of a mistyped one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT(member)   offsetof(struct cli_given, member)

/* clang-format off */
const struct cli_option cli_options[] = {
	{"json",      0,   NULL,   CLI_READ | CLI_STORED, AT(json),      "one JSON document a line instead of a table"},
	{"pretty",    0,   NULL,   CLI_READ,       AT(pretty),    "with --json: indented"},
	{"explain",   0,   NULL,   CLI_READ,       AT(explain),   "also which answer each value came from"},
	{"targets",   0,   "FILE", CLI_READ,       AT(targets),   "also the targets in FILE, one a line; - is stdin"},
	{"scrub",     0,   NULL,   CLI_WALK,       AT(scrub),     "neutralise serials, addresses and names"},
	{"output",    'o', "FILE", CLI_WALK,       AT(output),    "write the recording to FILE"},
	{"max-rows",  0,   "N",    CLI_WALK,       AT(max_rows),  "end the walk after so many rows"},
	{"file",      'f', "FILE...", CLI_DISCOVER, AT(files),   "also the ranges in FILE, one a line; - is stdin"},
	{"exclude",   'x', "RANGE...", CLI_DISCOVER, AT(excludes), "leave these addresses alone"},
	{"neighbours", 0,  "LINK", CLI_DISCOVER,   AT(neighbours), "also the IPv6 neighbours on this interface"},
	{"profile",   'p', "NAME...", CLI_DISCOVER, AT(profiles), "profiles of brayer.conf, tried in this order"},
	{"rate",      0,   "N",    CLI_DISCOVER,   AT(rate),      "datagrams a second: 1000; 0 is unpaced"},
	{"passes",    0,   "N",    CLI_DISCOVER,   AT(passes),    "ask the silent so often: 2"},
	{"wait",      0,   "TIME", CLI_DISCOVER,   AT(wait),      "give answers this long: 1s"},
	{"ping",      0,   "WHEN", CLI_DISCOVER,   AT(ping),      "auto, only (ask what echoes) or none"},
	{"quick",     0,   NULL,   CLI_DISCOVER,   AT(quick),     "do not read what was found"},
	{"all",       0,   NULL,   CLI_DISCOVER,   AT(all),       "also devices that are no printers"},
	{"output",    'o', "FORMAT", CLI_DISCOVER, AT(output),    "table, jsonl, targets, nagios, icinga, ..."},
	{"resume",    0,   "FILE", CLI_DISCOVER,   AT(resume),    "keep the place there, and go on from it"},
	{"limit",     0,   "N",    CLI_DISCOVER,   AT(limit),     "more than 16777216 addresses, if meant"},
	{"quiet",     'q', NULL,   CLI_DISCOVER,   AT(quiet),     "no progress, no summary"},
	{"all",       0,   NULL,   CLI_STATUS,     AT(all),       "every printer, also those below the screen"},
	{"csv",       0,   NULL,   CLI_HISTORY,    AT(csv),       "comma-separated values, with a head"},
	{"plot",      0,   NULL,   CLI_HISTORY,    AT(plot),      "draw it on the terminal"},
	{"svg",       0,   NULL,   CLI_HISTORY,    AT(svg),       "draw it as an SVG document"},
	{"since",     0,   "WHEN", CLI_HISTORY,    AT(since),     "only from then on: 30d ago, or 2026-11-01"},
	{"until",     0,   "WHEN", CLI_HISTORY,    AT(until),     "only until then"},
	{"resolution", 0,  "SPAN", CLI_HISTORY,    AT(resolution), "one row for each 10min, 1h, 1d or 1w"},
	{"store",     0,   "FILE", CLI_STORED,     AT(store),     "this store, not the one of brayer.conf"},
	{"color",     0,   "WHEN", CLI_READ | CLI_DOCTOR | CLI_DISCOVER | CLI_STORED, AT(color), "auto, always or never"},
	{"profile",   'p', "NAME", CLI_ASKING,     AT(profile),   "the profile of brayer.conf to use"},
	{"config",    'c', "FILE", CLI_CONFIGURED, AT(config),    "this file instead of the usual brayer.conf"},
	{"community", 0,   "TEXT", CLI_ASKING | CLI_DISCOVER,     AT(community), "v1/v2c community: visible to all users here"},
	{"snmp",      0,   "1|2c", CLI_ASKING | CLI_DISCOVER,     AT(snmp),      "speak this version"},
	{"port",      0,   "PORT", CLI_ASKING | CLI_DISCOVER,     AT(port),      "UDP port where the target names none"},
	{"timeout",   0,   "TIME", CLI_ASKING | CLI_DISCOVER,     AT(timeout),   "wait for one answer: 500ms, 2s"},
	{"retries",   0,   "N",    CLI_ASKING | CLI_DISCOVER,     AT(retries),   "ask again so often"},
	{"deadline",  0,   "TIME", CLI_ASKING | CLI_DISCOVER,     AT(deadline),  "end a whole reading after this"},
	{"verbose",   'v', NULL,   CLI_ASKING,     AT(verbose),   "one line on stderr for each datagram"},
	{"help",      'h', NULL,   CLI_EVERY,      AT(help),      "this text"},
	{"version",   'V', NULL,   CLI_EVERY,      AT(version),   "the version"},
};
/* clang-format on */
const size_t cli_options_count = COUNT(cli_options);

static const struct cli_option *find(struct br_view name, unsigned command)
{
	for (size_t i = 0; i < COUNT(cli_options); i++) {
		const struct cli_option *option = &cli_options[i];
		bool letter =
			name.len == 2 && name.at[0] == '-' && name.at[1] == option->letter;
		bool word =
			name.len > 2 && name.at[1] == '-' &&
			br_view_is((struct br_view){name.at + 2, name.len - 2}, option->name);

		if (option->commands & command && (letter || word))
			return option;
	}
	return NULL;
}

static int unknown(struct cli *cli, struct br_view name, unsigned command)
{
	const char *names[COUNT(cli_options) + 1], *nearest;
	struct br_view bare = {name.at + 2, name.len < 2 ? 0 : name.len - 2};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(cli_options); i++)
		if (cli_options[i].commands & command)
			names[n++] = cli_options[i].name;
	names[n] = NULL;
	nearest = bare.len && name.at[1] == '-' ? br_text_nearest(bare, names) : NULL;
	cli_usage(cli, "%.*s is no option here%s%s%s", name.len < 40 ? (int)name.len : 40,
		  name.at, nearest ? "; did you mean --" : "", nearest ? nearest : "",
		  nearest ? "?" : "");
	return -1;
}

static int needs(struct cli *cli, const struct cli_option *option)
{
	cli_usage(cli, "--%s needs a value: --%s %s", option->name, option->name,
		  option->value);
	return -1;
}

static bool enlist(struct cli_list *list, const char *value)
{
	if (list->n < CLI_LIST_MAX)
		list->at[list->n] = value;
	return list->n++ < CLI_LIST_MAX;
}

static int too_many(struct cli *cli, const struct cli_option *option)
{
	cli_usage(cli, "--%s is given more than %d times", option->name, CLI_LIST_MAX);
	return -1;
}

/* Takes the option at argv[i]; returns how many words it was, -1 after a mistake. */
static int take(struct cli *cli, unsigned command, char **argv, int i)
{
	const char *equals = argv[i][1] == '-' ? strchr(argv[i], '=') : NULL, *value;
	struct br_view name = {argv[i], equals ? (size_t)(equals - argv[i]) : strlen(argv[i])};
	const struct cli_option *option = find(name, command);
	char *at = (char *)&cli->given;

	if (!option)
		return unknown(cli, name, command);
	at += option->at;
	if (!option->value) {
		if (equals) {
			cli_usage(cli, "--%s takes no value", option->name);
			return -1;
		}
		*(bool *)at = true;
		return 1;
	}
	value = equals ? equals + 1 : argv[i + 1];
	if (!value || !*value)
		return needs(cli, option);
	if (strstr(option->value, "...") == NULL)
		*(const char **)at = value;
	else if (!enlist((struct cli_list *)at, value))
		return too_many(cli, option);
	return equals ? 1 : 2;
}

int cli_options_take(struct cli *cli, unsigned command, int argc, char **argv)
{
	int left = 0;

	for (int i = 0; i < argc;) {
		if (argv[i][0] != '-' || argv[i][1] == '\0') { /* "-" alone is an operand */
			argv[left++] = argv[i++];
			continue;
		}
		if (strcmp(argv[i], "--") == 0) {
			for (i++; i < argc; i++)
				argv[left++] = argv[i];
			break;
		}
		int words = take(cli, command, argv, i);
		if (words < 0)
			return -1;
		i += words;
	}
	argv[left] = NULL;
	return left;
}

void cli_options_help(struct br_buf *out, unsigned command)
{
	for (size_t i = 0; i < COUNT(cli_options); i++) {
		const struct cli_option *option = &cli_options[i];
		size_t start = out->len;

		if (!(option->commands & command))
			continue;
		br_buf_text(out, "  ");
		if (option->letter)
			br_buf_format(out, "-%c, ", option->letter);
		else
			br_buf_text(out, "    ");
		br_buf_format(out, "--%s%s%s", option->name, option->value ? " " : "",
			      option->value ? option->value : "");
		while (out->status == BR_OK && out->len - start < 28)
			br_buf_char(out, ' ');
		br_buf_format(out, "%s\n", option->help);
	}
}
