/*
 * targets.c - operands and lists of targets, checked before anything is asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "targets.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX = 64 << 20 };

static int take(struct cli *cli, struct cli_targets *targets, struct br_view text,
		const char *file, unsigned line)
{
	struct br_target target;
	struct br_error err;
	char name[sizeof target.text];

	if (!br_text_copy(name, sizeof name, text) || memchr(text.at, '\0', text.len))
		br_fail(&err, BR_E_SYNTAX, "a target is at most %d characters of text",
			BR_TARGET_SIZE - 1);
	else if (br_target_parse(&target, name, &err) == BR_OK) {
		br_buf_add(&targets->texts, name, strlen(name) + 1);
		targets->n++;
		return 0;
	}
	if (file)
		cli_complain(cli, "%s:%u: %s", file, line, err.text);
	else
		cli_target_usage(cli, name, &err);
	return CLI_USAGE;
}

static int take_lines(struct cli *cli, struct cli_targets *targets, struct br_view text,
		      const char *file)
{
	struct br_view line;
	unsigned number = 0;
	int code = 0;

	while (!code && br_view_line(&text, &line)) {
		line = br_view_trim(line);
		number++;
		if (line.len && line.at[0] != '#')
			code = take(cli, targets, line, file, number);
	}
	return code;
}

static int take_stdin(struct cli *cli, struct cli_targets *targets)
{
	struct br_buf text;
	char chunk[4096];
	ssize_t got = 0;
	int code;

	br_buf_init(&text, LIST_MAX);
	while (text.status == BR_OK && (got = read(STDIN_FILENO, chunk, sizeof chunk)) > 0)
		br_buf_add(&text, chunk, (size_t)got);
	if (text.status == BR_E_LIMIT) {
		cli_complain(cli, "stdin: is larger than %d bytes", LIST_MAX);
		code = CLI_USAGE;
	} else if (text.status != BR_OK || got < 0) {
		cli_complain(cli, "stdin: cannot be read: %s",
			     text.status != BR_OK ? br_status_name(text.status)
						  : strerror(errno));
		code = CLI_USAGE;
	} else {
		code = take_lines(cli, targets,
				  (struct br_view){text.data ? text.data : "", text.len},
				  "stdin");
	}
	br_buf_clear(&text);
	return code;
}

static int take_file(struct cli *cli, struct cli_targets *targets, const char *path)
{
	struct br_file file;
	struct br_error err;
	int code;

	if (strcmp(path, "-") == 0)
		return take_stdin(cli, targets);
	if (br_file_read_stream(&file, path, LIST_MAX, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		code = CLI_USAGE;
	} else {
		code = take_lines(cli, targets, (struct br_view){file.data, file.len}, path);
	}
	br_file_clear(&file);
	return code;
}

int cli_target_usage(struct cli *cli, const char *text, const struct br_error *err)
{
	char shown[64];

	if (strcmp(text, "-") == 0)
		return cli_usage(cli, "- is a list on standard input, which only read takes");
	br_text_clean(shown, sizeof shown, br_view(text));
	return cli_usage(cli, "%s%s%s", shown, *shown ? ": " : "", err->text);
}

int cli_targets_gather(struct cli *cli, struct cli_targets *targets, int argc, char **argv)
{
	int code = 0;

	targets->n = 0;
	br_buf_init(&targets->texts, LIST_MAX + BR_TARGET_SIZE);
	for (int i = 0; i < argc && !code; i++)
		code = strcmp(argv[i], "-") == 0
			       ? take_stdin(cli, targets)
			       : take(cli, targets, br_view(argv[i]), NULL, 0);
	if (!code && cli->given.targets)
		code = take_file(cli, targets, cli->given.targets);
	if (code)
		return code;
	if (targets->texts.status != BR_OK) {
		cli_complain(cli, "the list of targets: %s",
			     br_status_name(targets->texts.status));
		return CLI_USAGE;
	}
	if (targets->n == 0)
		return cli_usage(cli, "there is no target");
	return 0;
}

void cli_targets_clear(struct cli_targets *targets)
{
	br_buf_clear(&targets->texts);
}

bool cli_targets_next(const struct cli *cli, const struct cli_targets *targets, size_t *at,
		      struct br_target *target)
{
	const char *text = targets->texts.data + *at;

	if (*at >= targets->texts.len || br_target_parse(target, text, NULL) != BR_OK)
		return false;
	*at += strlen(text) + 1;
	if (target->kind == BR_TARGET_UDP && target->port == 0)
		br_target_set_port(target, cli->profile.port);
	return true;
}

const char *cli_target_sentence(const struct br_target *target, const struct br_error *err)
{
	const char *const fronts[] = {target->text, target->host};

	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(fronts[i]);

		if (strncmp(err->text, fronts[i], len) == 0 &&
		    strncmp(err->text + len, ": ", 2) == 0)
			return err->text + len + 2;
	}
	return err->text;
}
