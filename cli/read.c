/*
 * read.c - brayer read: one target after the other, a table or a JSON document for each
 * printer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"
#include "table.h"
#include "targets.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct run {
	struct cli *cli;
	struct cli_look look;
	struct cli_explain explain;
	bool has_time; /* SOURCE_DATE_EPOCH: a reading that is compared must not say "now" */
	int64_t time;
	size_t shown, failed, partial; /* shown: readings */
};

static void print_json(struct run *run, const struct br_reading *reading)
{
	br_reading_json(reading, &run->cli->out, run->cli->given.pretty);
	br_buf_char(&run->cli->out, '\n');
}

static void print(struct run *run, const struct br_reading *reading)
{
	struct br_buf *out = &run->cli->out;

	if (run->cli->given.json) {
		print_json(run, reading);
		return;
	}
	if (run->shown)
		br_buf_char(out, '\n');
	cli_table(out, &run->look, reading);
	if (run->cli->given.explain)
		cli_explain_print(&run->explain, out, reading);
}

/* By itself: a reading on the stack costs its pages, and this one is seldom needed. */
static __attribute__((noinline)) void print_dated(struct run *run,
						  const struct br_reading *reading)
{
	struct br_reading dated = *reading;

	dated.time = run->time;
	print(run, &dated);
}

static void take_reading(void *user, const struct br_reading *reading)
{
	struct run *run = user;
	if (run->has_time)
		print_dated(run, reading);
	else
		print(run, reading);
	run->shown++;
	run->partial += reading->partial;
}

/* A machine that asked for documents gets one for a failure too. */
static void print_failure(struct run *run, const struct br_target *target, const char *sentence)
{
	struct br_reading reading;

	br_reading_init(&reading);
	br_text_copy(reading.target, sizeof reading.target, br_view(target->text));
	reading.time = run->has_time ? run->time : (int64_t)time(NULL);
	br_reading_note(&reading, "%s", sentence);
	print_json(run, &reading);
}

static void read_one(struct run *run, const struct br_target *target)
{
	struct cli *cli = run->cli;
	const struct br_read_options options = {
		.profile = &cli->profile,
		.makers = &cli->makers,
		.witness = cli->given.explain ? &run->explain.witness : NULL,
		.trace = cli->given.verbose ? cli_trace : NULL,
		.trace_user = cli,
	};
	struct br_error err;

	if (br_read(target, &options, take_reading, run, &err) == BR_OK)
		return;
	run->failed++;
	cli_complain(cli, "%s: %s", target->text, cli_target_sentence(target, &err));
	if (cli->given.json)
		print_failure(run, target, cli_target_sentence(target, &err));
}

/* Where a person waits: which of many is being asked. Gone before anything else is written. */
static void tell_progress(struct cli *cli, const char *target, size_t done, size_t n)
{
	char line[96] = "\r\033[K";
	int len = 4;

	if (target)
		len = snprintf(line, sizeof line, "\r\033[K%zu/%zu %.60s", done, n, target);
	cli->progress = target != NULL;
	if (len > 0 && write(cli->err_fd, line, (size_t)len) < 0)
		return; /* nobody watches any more */
}

static int read_all(struct run *run, const struct cli_targets *targets)
{
	struct cli *cli = run->cli;
	bool watched = targets->n > 1 && !cli->given.verbose && isatty(cli->err_fd) == 1;
	struct br_target target;
	size_t at = 0, done = 0;
	bool written = true;

	while (written && cli_targets_next(cli, targets, &at, &target)) {
		if (watched)
			tell_progress(cli, target.text, ++done, targets->n);
		read_one(run, &target);
		if (watched)
			tell_progress(cli, NULL, 0, 0);
		if (targets->n > 1)
			written = cli_flush(cli);
	}
	if (run->shown == 0)
		return CLI_NONE;
	return run->failed || run->partial ? CLI_SOME : CLI_ALL;
}

static int settle(struct run *run)
{
	struct cli *cli = run->cli;
	const char *epoch = cli->environment.source_date_epoch;

	if (cli->given.explain && cli->given.json)
		return cli_usage(cli, "--explain is for people: it does not go with --json");
	if (cli->given.pretty && !cli->given.json)
		return cli_usage(cli, "--pretty is for --json");
	if (!cli_look_settle(cli, &run->look))
		return CLI_USAGE;
	run->has_time = epoch && br_parse_number(br_view(epoch), 0, 253402300799, &run->time);
	return 0;
}

int cli_read(struct cli *cli, int argc, char **argv)
{
	struct run run = {.cli = cli};
	struct cli_targets targets;
	int code = settle(&run);

	if (code)
		return code;
	code = cli_targets_gather(cli, &targets, argc, argv);
	if (!code)
		code = cli_prepare(cli);
	if (!code) {
		cli_explain_init(&run.explain, &run.look);
		code = read_all(&run, &targets);
		cli_explain_clear(&run.explain);
	}
	cli_targets_clear(&targets);
	return code;
}
