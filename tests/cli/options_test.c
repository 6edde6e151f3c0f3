/*
 * options_test.c - the table of options against the parser, the help and the structure it
 * fills.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct cli quiet(void)
{
	struct cli cli = {.out_fd = -1, .err_fd = -1}; /* what is told goes nowhere */

	return cli;
}

static bool is_taken(const struct cli *cli, const struct cli_option *option, const char *value)
{
	const char *at = (const char *)&cli->given + option->at;

	if (!option->value)
		return *(const bool *)at;
	if (strstr(option->value, "...")) {
		const struct cli_list *list = (const struct cli_list *)at;

		return list->n == 1 && strcmp(list->at[0], value) == 0;
	}
	return *(const char *const *)at && strcmp(*(const char *const *)at, value) == 0;
}

/* The row that this command takes under that name or letter; NULL: it refuses it. */
static const struct cli_option *row_of(const struct cli_option *option, unsigned command,
				       bool by_letter)
{
	for (size_t i = 0; i < cli_options_count; i++)
		if (cli_options[i].commands & command &&
		    (by_letter ? cli_options[i].letter == option->letter
			       : strcmp(cli_options[i].name, option->name) == 0))
			return &cli_options[i];
	return NULL;
}

/* Gives an option, as "--name=value", "--name value" or by its letter, and an operand behind
 * it. */
static void give(const struct cli_option *option, unsigned command, int form)
{
	char name[40], value[] = "value", operand[] = "operand", joined[60];
	char *argv[4] = {name};
	struct cli cli = quiet();
	int argc = 1, left;
	const struct cli_option *row = row_of(option, command, form == 2);
	bool fits = row == option;

	if (row && !fits)
		return; /* another command's option of that name, which has a row of its own */

	if (form == 2)
		snprintf(name, sizeof name, "-%c", option->letter);
	else
		snprintf(name, sizeof name, "--%s", option->name);
	if (option->value && form == 0) {
		snprintf(joined, sizeof joined, "%s=%s", name, value);
		argv[0] = joined;
	} else if (option->value) {
		argv[argc++] = value;
	}
	argv[argc++] = operand;
	argv[argc] = NULL;
	left = cli_options_take(&cli, command, argc, argv);
	CHECK_INT(left, fits ? 1 : -1);
	CHECK_INT(is_taken(&cli, option, value), fits);
	if (fits)
		CHECK_STR(argv[0], "operand");
}

TEST(every_option_of_every_command)
{
	for (size_t i = 0; i < cli_options_count; i++) {
		check_case(cli_options[i].name);
		for (unsigned command = CLI_TOP; command <= CLI_FORECAST; command <<= 1)
			for (int form = 0; form < (cli_options[i].letter ? 3 : 2); form++)
				give(&cli_options[i], command, form);
	}
}

TEST(options_differ)
{
	for (size_t i = 0; i < cli_options_count; i++)
		for (size_t k = 0; k < i; k++) {
			if (!(cli_options[i].commands & cli_options[k].commands))
				continue;
			check_case(cli_options[i].name);
			CHECK(strcmp(cli_options[i].name, cli_options[k].name) != 0);
			CHECK(!cli_options[i].letter ||
			      cli_options[i].letter != cli_options[k].letter);
			CHECK(cli_options[i].at != cli_options[k].at);
		}
}

TEST(help_has_a_line_for_each)
{
	for (unsigned command = CLI_TOP; command <= CLI_FORECAST; command <<= 1) {
		struct br_buf out;
		struct br_view rest, line;
		size_t n = 0, lines = 0;

		br_buf_init(&out, 1 << 16);
		cli_options_help(&out, command);
		for (size_t i = 0; i < cli_options_count; i++)
			n += (cli_options[i].commands & command) != 0;
		rest = (struct br_view){out.data, out.len};
		while (br_view_line(&rest, &line)) {
			CHECK(line.len <= 80);
			lines++;
		}
		CHECK_INT(lines, n);
		br_buf_clear(&out);
	}
}

TEST(operands_keep_their_order)
{
	char a[] = "one", b[] = "-", c[] = "--json", d[] = "two", e[] = "--", f[] = "--pretty";
	char *argv[] = {a, b, c, d, e, f, NULL};
	struct cli cli = quiet();

	CHECK_INT(cli_options_take(&cli, CLI_READ, 6, argv), 4);
	CHECK_STR(argv[0], "one");
	CHECK_STR(argv[1], "-");
	CHECK_STR(argv[2], "two");
	CHECK_STR(argv[3], "--pretty");
	CHECK(argv[4] == NULL);
	CHECK(cli.given.json && !cli.given.pretty);
}
