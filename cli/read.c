/*
 * read.c - brayer read: a table or a JSON document for each printer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "read.h"

#include "table.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

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

	dated.time = run->cli->time;
	print(run, &dated);
}

void run_take(void *user, const struct br_reading *reading)
{
	struct run *run = user;

	if (run->cli->has_time)
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
	reading.time = run->cli->has_time ? run->cli->time : (int64_t)time(NULL);
	br_reading_note(&reading, "%s", sentence);
	print_json(run, &reading);
}

void run_fail(struct run *run, const struct br_target *target, const struct br_error *err)
{
	const char *sentence = cli_target_sentence(target, err);

	run->failed++;
	cli_complain(run->cli, "%s: %s", target->text, sentence);
	if (run->cli->given.json)
		print_failure(run, target, sentence);
}

static void read_one(struct run *run, const struct br_target *target)
{
	struct cli *cli = run->cli;
	bool explain = cli->given.explain;
	struct br_buf learned;
	const struct br_read_options options = {
		.profile = &cli->profile,
		.makers = &cli->makers,
		.witness = explain ? &run->explain.witness : NULL,
		.learned = explain ? &learned : NULL,
		.trace = cli->given.verbose ? cli_trace : NULL,
		.trace_user = cli,
	};
	struct br_error err;

	br_buf_init(&learned, BR_LEARNED_MAX);
	if (br_read(target, &options, run_take, run, &err) != BR_OK)
		run_fail(run, target, &err);
	else if (explain)
		cli_explain_plan(&cli->out, &run->look,
				 (struct br_view){learned.data, learned.len});
	br_buf_clear(&learned);
	run->done++;
}

/* Where a person waits. Gone before anything else is written. */
void run_tell_progress(const struct run *run, const char *target)
{
	struct cli *cli = run->cli;
	char line[112] = "\r\033[K", shown[61];
	int len = 4;

	if (!run->watched)
		return;
	if (target) {
		cli_clean(cli, shown, sizeof shown, target); /* a file may have any name */
		len = snprintf(line, sizeof line, "\r\033[K%zu/%zu %s", run->done,
			       run->targets->n, shown);
	}
	cli->progress = target != NULL;
	if (len > 0 && write(cli->err_fd, line, (size_t)len) < 0)
		return; /* nobody watches any more */
}

/* One after the other: all of them, or the recordings only. */
static bool read_each(struct run *run, bool recordings_only)
{
	struct br_target target;
	bool written = true;
	size_t at = 0;

	while (written && cli_targets_next(run->cli, run->targets, &at, &target)) {
		if (recordings_only && target.kind != BR_TARGET_WALK)
			continue;
		run_tell_progress(run, target.text);
		read_one(run, &target);
		run_tell_progress(run, NULL);
		if (run->targets->n > 1)
			written = cli_flush(run->cli);
	}
	return written;
}

static size_t count_udp(const struct run *run)
{
	struct br_target target;
	size_t at = 0, n = 0;

	while (cli_targets_next(run->cli, run->targets, &at, &target))
		n += target.kind == BR_TARGET_UDP;
	return n;
}

static int read_all(struct run *run)
{
	const struct cli_given *given = &run->cli->given;
	bool many =
		run->targets->n > 1 && !given->explain && !given->verbose && count_udp(run) > 1;

	run->watched = run->targets->n > 1 && !given->verbose && isatty(run->cli->err_fd) == 1;
	if (read_each(run, many) && many)
		read_many(run);
	if (run->shown == 0)
		return CLI_NONE;
	return run->failed || run->partial ? CLI_SOME : CLI_ALL;
}

static int settle(struct run *run)
{
	struct cli *cli = run->cli;

	if (cli->given.explain && cli->given.json)
		return cli_usage(cli, "--explain is for people: it does not go with --json");
	if (cli->given.pretty && !cli->given.json)
		return cli_usage(cli, "--pretty is for --json");
	if (!cli_look_settle(cli, &run->look))
		return CLI_USAGE;
	return 0;
}

int cli_read(struct cli *cli, int argc, char **argv)
{
	struct cli_targets targets;
	struct run run = {.cli = cli, .targets = &targets};
	int code = settle(&run);

	if (code)
		return code;
	code = cli_targets_gather(cli, &targets, argc, argv);
	if (!code)
		code = cli_prepare(cli);
	if (!code) {
		cli_explain_init(&run.explain, &run.look);
		code = read_all(&run);
		cli_explain_clear(&run.explain);
	}
	cli_targets_clear(&targets);
	return code;
}
