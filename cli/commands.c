/*
 * commands.c - the commands of brayer, one row each, and the way from argv to one of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli.h"

#include "color.h"
#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { OUT_CEILING = 256 << 20 };

#define CLI_TIME_MAX INT64_C(253402300799) /* the end of the year 9999 */

static int help(struct cli *cli, int argc, char **argv);
static int version(struct cli *cli, int argc, char **argv);

struct command {
	const char *name;
	unsigned options; /* the bit of its options; CLI_TOP: brayer's own */
	cli_command_fn run;
	const char *operands, *line, *more;
};

/* clang-format off */
static const struct command commands[] = {
	{"read", CLI_READ, cli_read, "TARGET...", "read printers and show what they say",
	 "A target is a host name or address, HOST:PORT, [IPV6]:PORT or walk:FILE, any of\n"
	 "them with #N for one printer behind a print server. - reads targets from stdin."},
	{"doctor", CLI_DOCTOR, cli_doctor, "TARGET", "say step by step what works, and what to do", NULL},
	{"walk", CLI_WALK, cli_walk, "TARGET [OID...]", "record a printer, to be read again later", NULL},
	{"discover", CLI_DISCOVER, cli_discover, "RANGE...", "find the printers in networks",
	 "A range is an address, 192.0.2.0/24, 192.0.2.10-192.0.2.99 or 192.0.2.10-99.\n"
	 "Of IPv6 single addresses only. The manual is brayer-discover(1)."},
	{"makers", CLI_MAKERS, cli_makers, "[NAME]", "list the makers that are known, or what one is asked", NULL},
	{"status", CLI_STATUS, cli_status, "[PATTERN...]", "show the collected printers, the worst first",
	 "A pattern is a target, an address, a host name, a serial number, a MAC or #N,\nalso with * and ?."},
	{"history", CLI_HISTORY, cli_history, "PRINTER [SERIES]", "show what a level or a counter was",
	 "SERIES is a supply or a counter; without it, what there is of the\nprinter: series, changes, alerts."},
	{"forecast", CLI_FORECAST, cli_forecast, "[PRINTER...]", "say how long each supply lasts", NULL},
	{"help", CLI_TOP, help, "[COMMAND]", "show this, or the options of a command", NULL},
	{"version", CLI_TOP, version, "", "show the version", NULL},
};
/* clang-format on */

static const struct command *find(struct cli *cli, const char *name)
{
	const char *names[COUNT(commands) + 1], *nearest;

	for (size_t i = 0; i < COUNT(commands); i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
		names[i] = commands[i].name;
	}
	names[COUNT(commands)] = NULL;
	nearest = br_text_nearest(br_view(name), names);
	cli_usage(cli, "%.40s is no command%s%s%s", *name ? name : "\"\"",
		  nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
	return NULL;
}

static void overview(struct br_buf *out)
{
	br_buf_text(out, "brayer reads printers over SNMP, and never writes to them.\n\n"
			 "usage: brayer COMMAND [OPTION...] [OPERAND...]\n\ncommands\n");
	for (size_t i = 0; i < COUNT(commands); i++)
		br_buf_format(out, "  %-9s%-17s%s\n", commands[i].name, commands[i].operands,
			      commands[i].line);
	br_buf_text(out, "\noptions\n");
	cli_options_help(out, CLI_TOP);
	br_buf_text(
		out,
		"\nexit status: 0 all was read, 1 some of it, 2 usage or configuration, 3 "
		"nothing.\n\"brayer help COMMAND\" has the options of a command; the manual "
		"is brayer(1).\n");
}

static void describe(struct br_buf *out, const struct command *command)
{
	br_buf_format(out, "usage: brayer %s%s%s%s\n%s.\n", command->name,
		      command->options == CLI_TOP ? "" : " [OPTION...]",
		      *command->operands ? " " : "", command->operands, command->line);
	if (command->more)
		br_buf_format(out, "\n%s\n", command->more);
	if (command->options == CLI_TOP)
		return;
	br_buf_text(out, "\noptions\n");
	cli_options_help(out, command->options);
}

static int help(struct cli *cli, int argc, char **argv)
{
	const struct command *command;

	if (argc > 1)
		return cli_usage(cli, "help takes one command");
	if (argc == 0) {
		overview(&cli->out);
		return CLI_ALL;
	}
	command = find(cli, argv[0]);
	if (!command)
		return CLI_USAGE;
	describe(&cli->out, command);
	return CLI_ALL;
}

static int version(struct cli *cli, int argc, char **argv)
{
	(void)argv;
	if (argc)
		return cli_usage(cli, "version takes nothing");
	br_buf_text(&cli->out, "brayer " BR_VERSION "\n");
	return CLI_ALL;
}

/* A character that is not ASCII becomes one '?'; returns the new length. */
static size_t to_ascii(char *utf8, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++)
		if (((unsigned char)utf8[i] & 0xc0) != 0x80) /* not the rest of a character */
			utf8[used++] = (unsigned char)utf8[i] < 0x80 ? utf8[i] : '?';
	return used;
}

size_t cli_clean(const struct cli *cli, char *out, size_t size, const char *text)
{
	size_t len = br_text_clean(out, size, br_view(text));

	if (!cli_is_utf8(&cli->environment))
		len = to_ascii(out, len);
	out[len] = '\0';
	return len;
}

void cli_complain(struct cli *cli, const char *format, ...)
{
	char said[640], text[700];
	size_t len = (size_t)snprintf(text, sizeof text,
				      "%sbrayer: ", cli->progress ? "\r\033[K" : "");
	va_list args;

	va_start(args, format);
	vsnprintf(said, sizeof said, format, args);
	va_end(args);
	/* The name of a file, or a word of the command line, may hold what a terminal obeys. */
	len += cli_clean(cli, text + len, sizeof text - len - 1, said);
	text[len] = '\n';
	if (!br_file_put(cli->err_fd, text, len + 1))
		return; /* there is nowhere else to say it */
}

int cli_usage(struct cli *cli, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	cli_complain(cli, "%s (\"brayer help%s%s\" shows what there is)", text,
		     cli->command ? " " : "", cli->command ? cli->command : "");
	return CLI_USAGE;
}

bool cli_flush(struct cli *cli)
{
	if (cli->out.status != BR_OK) {
		cli_complain(cli, "the output could not be kept: %s",
			     br_status_name(cli->out.status));
		cli->write_failed = true;
	} else if (!cli->write_failed &&
		   !br_file_put(cli->out_fd, cli->out.data, cli->out.len)) {
		cli->write_failed = true;
		if (errno != EPIPE) /* "| head" has seen enough */
			cli_complain(cli, "the output could not be written: %s",
				     strerror(errno));
	}
	br_buf_reset(&cli->out);
	return !cli->write_failed;
}

/* Nobody who asks for output that can be compared is served by a time that is ignored. */
static int settle_time(struct cli *cli)
{
	const char *epoch = cli->environment.source_date_epoch;

	if (!epoch || !*epoch)
		return 0;
	cli->has_time = br_parse_number(br_view(epoch), 0, CLI_TIME_MAX, &cli->time);
	if (!cli->has_time)
		cli_complain(cli,
			     "SOURCE_DATE_EPOCH is a number of seconds since 1970, not %.60s",
			     epoch);
	return cli->has_time ? 0 : CLI_USAGE;
}

/* --help and --version, before or without a command, stand for the commands of that name. */
static int top(struct cli *cli, int argc, char **argv)
{
	int left = cli_options_take(cli, CLI_TOP, argc, argv);

	if (left < 0)
		return CLI_USAGE;
	if (cli->given.version)
		return version(cli, 0, argv);
	if (cli->given.help)
		return help(cli, left, argv);
	return cli_usage(cli, "a command is missing");
}

static int dispatch(struct cli *cli, int argc, char **argv)
{
	const struct command *command;
	int left;

	if (argc < 1 || argv[0][0] == '-')
		return top(cli, argc, argv);
	command = find(cli, argv[0]);
	if (!command)
		return CLI_USAGE;
	cli->command = command->name;
	left = cli_options_take(cli, command->options, argc - 1, argv + 1);
	if (left < 0)
		return CLI_USAGE;
	if (cli->given.help) {
		describe(&cli->out, command);
		return CLI_ALL;
	}
	if (cli->given.version)
		return version(cli, 0, argv);
	return settle_time(cli) ? CLI_USAGE : command->run(cli, left, argv + 1);
}

int cli_main(int argc, char **argv, const struct cli_environment *environment, int out_fd,
	     int err_fd)
{
	struct cli cli;
	int code;

	memset(&cli, 0, sizeof cli);
	cli.environment = *environment;
	cli.out_fd = out_fd;
	cli.err_fd = err_fd;
	br_buf_init(&cli.out, OUT_CEILING);
	br_makers_init(&cli.makers);
	code = dispatch(&cli, argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv);
	if (!cli_flush(&cli))
		code = CLI_NONE;
	br_makers_clear(&cli.makers);
	explicit_bzero(&cli.profile, sizeof cli.profile);
	br_buf_clear(&cli.out);
	return code;
}
