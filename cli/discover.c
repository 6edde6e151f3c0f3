/*
 * discover.c - brayer discover: options, the loop with its progress, and how it ends.
 *
 * SPDX-License-Identifier: MIT
 */
#include "discover.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LIST_MAX = 64 << 20,
	SHOW_MS = 250,
	SAVE_MS = 5000,
	TICK_MS = 200,
	PACE = 4 * BR_FLEET_PACE,
};

static volatile sig_atomic_t interrupts;

static void on_interrupt(int number)
{
	(void)number;
	interrupts++;
}

static int take_list(struct finding *finding, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct br_file file;
	struct br_error err;
	enum br_status status =
		br_file_read_stream(&file, is_stdin ? "/dev/stdin" : path, LIST_MAX, &err);

	if (status == BR_OK)
		status = br_range_add_list(&finding->range,
					   (struct br_view){file.data, file.len},
					   is_stdin ? "stdin" : path, &err);
	br_file_clear(&file);
	if (status == BR_OK)
		return 0;
	cli_complain(finding->cli, "%s", err.text);
	return CLI_USAGE;
}

static int take_ranges(struct finding *finding, int argc, char **argv)
{
	struct cli *cli = finding->cli;
	const struct cli_given *given = &cli->given;
	struct br_error err;
	size_t n;

	for (int i = 0; i < argc; i++)
		if (br_range_add(&finding->range, br_view(argv[i]), false, &err) != BR_OK)
			return cli_usage(cli, "%s", err.text);
	for (size_t i = 0; i < given->excludes.n; i++)
		if (br_range_add(&finding->range, br_view(given->excludes.at[i]), true, &err) !=
		    BR_OK)
			return cli_usage(cli, "--exclude: %s", err.text);
	for (size_t i = 0; i < given->files.n; i++) {
		int code = take_list(finding, given->files.at[i]);

		if (code)
			return code;
	}
	if (given->neighbours &&
	    br_neighbours_add(&finding->range, given->neighbours, &n, &err) != BR_OK)
		return cli_usage(cli, "--neighbours: %s", err.text);
	if (argc == 0 && given->files.n == 0 && !given->neighbours)
		return cli_usage(cli, "discover where? A range is missing");
	return 0;
}

static int settle_range(struct finding *finding)
{
	const char *text = finding->cli->given.limit;
	int64_t limit = (int64_t)BR_RANGE_USUAL_MAX;
	struct br_error err;
	enum br_status status;

	if (text && !br_parse_number(br_view(text), 1, INT64_C(1) << 32, &limit))
		return cli_usage(finding->cli, "--limit is a number of addresses");
	status = br_range_settle(&finding->range, (uint64_t)limit, &err);
	if (status == BR_E_LIMIT)
		return cli_usage(finding->cli, "%s; --limit says that it is meant", err.text);
	if (status != BR_OK)
		return cli_usage(finding->cli, "%s", err.text);
	return 0;
}

static int bad_number(struct cli *cli, const char *option, const char *is)
{
	return cli_usage(cli, "--%s is %s", option, is);
}

/* "500ms", "2s" */
static bool parse_time(const char *text, unsigned *ms)
{
	struct br_view view = br_view(text);
	int64_t number, unit = 1000;
	size_t tail = 1;

	if (view.len > 2 && strcmp(text + view.len - 2, "ms") == 0) {
		unit = 1;
		tail = 2;
	} else if (view.len < 2 || text[view.len - 1] != 's') {
		return false;
	}
	view.len -= tail;
	if (!br_parse_number(view, 1, 600000, &number) || number * unit > 600000)
		return false;
	*ms = (unsigned)(number * unit);
	return true;
}

static int settle_options(struct finding *finding)
{
	struct cli *cli = finding->cli;
	const struct cli_given *given = &cli->given;
	struct br_scan_options *scan = &finding->options.scan;
	int64_t rate = BR_SCAN_RATE, passes = 2;

	scan->wait_ms = 1000;
	if (given->rate && !br_parse_number(br_view(given->rate), 0, 10000000, &rate))
		return bad_number(cli, "rate", "a number of datagrams a second, or 0");
	if (given->passes && !br_parse_number(br_view(given->passes), 1, 16, &passes))
		return bad_number(cli, "passes", "a number from 1 to 16");
	if (given->wait && !parse_time(given->wait, &scan->wait_ms))
		return bad_number(cli, "wait", "a time with its unit: 500ms, 2s");
	if (given->ping && strcmp(given->ping, "only") == 0)
		scan->ping = BR_PING_ONLY;
	else if (given->ping && strcmp(given->ping, "none") == 0)
		scan->ping = BR_PING_NONE;
	else if (given->ping && strcmp(given->ping, "auto") != 0)
		return bad_number(cli, "ping", "auto, only or none");
	scan->rate = (unsigned)rate;
	scan->passes = (unsigned)passes;
	finding->options.quick = given->quick;
	finding->options.pace = rate ? PACE : 0;
	finding->format = find_format(cli, given->output ? given->output : "table");
	if (!finding->format)
		return CLI_USAGE;
	return cli_look_settle(cli, &finding->look) ? 0 : CLI_USAGE;
}

static int settle_profiles(struct finding *finding)
{
	struct cli *cli = finding->cli;
	const struct cli_list *names = &cli->given.profiles;
	size_t n = names->n ? names->n : 1;

	if (n > BR_SCAN_PROFILES)
		return cli_usage(cli, "at most %d profiles", BR_SCAN_PROFILES);
	for (size_t i = 0; i < n; i++) {
		int code;

		cli->given.profile = names->n ? names->at[i] : NULL;
		code = cli_prepare(cli);
		if (code)
			return code;
		finding->profiles[i] = cli->profile;
		finding->n_profiles++;
	}
	finding->options.scan.profiles = finding->profiles;
	finding->options.scan.n_profiles = n;
	finding->options.scan.range = &finding->range;
	finding->options.makers = &cli->makers;
	return 0;
}

static void on_terminal(struct finding *finding, const char *text, size_t len)
{
	if (write(finding->cli->err_fd, text, len) < 0) /* progress only */
		return;
}

static void wipe(struct finding *finding)
{
	if (finding->cli->progress)
		on_terminal(finding, "\r\033[K", 4);
	finding->cli->progress = false;
}

static void show_progress(struct finding *finding)
{
	static const char bars[] = "####################", dots[] = "....................";
	struct br_scan_progress at;
	int64_t now = br_clock_ms(), passed;
	char line[160];
	int cells, percent, len;
	uint64_t rate, left_s, done;

	if (!finding->watched || now - finding->shown_ms < SHOW_MS)
		return;
	finding->shown_ms = now;
	br_scan_progress(br_discover_scan(finding->discover), &at);
	passed = now - at.started_ms > 0 ? now - at.started_ms : 1;
	percent = (int)(at.visited * 100 / (at.to_visit ? at.to_visit : 1));
	percent = percent > 100 ? 100 : percent;
	rate = at.sent * 1000 / (uint64_t)passed;
	done = at.visited - at.skipped;
	left_s = done && at.to_visit > at.visited
			 ? (uint64_t)passed * (at.to_visit - at.visited) / done / 1000
			 : 0;
	cells = percent / 5;
	len = snprintf(
		line, sizeof line,
		"\r[%.*s%.*s] %d %%  round %u/%u  %llu/s  %zu printers  ETA %llu:%02u\033[K",
		cells, bars, 20 - cells, dots, percent,
		at.round < at.rounds ? at.round + 1 : at.rounds, at.rounds,
		(unsigned long long)rate, br_discover_printers(finding->discover),
		(unsigned long long)(left_s / 60), (unsigned)(left_s % 60));
	if (len > 0 && (size_t)len < sizeof line) {
		finding->cli->progress = true;
		on_terminal(finding, line, (size_t)len);
	}
}

static void look_around(struct finding *finding)
{
	int64_t now = br_clock_ms();

	show_progress(finding);
	if (finding->cli->given.resume && now - finding->saved_ms >= SAVE_MS) {
		finding->saved_ms = now;
		if (!find_save(finding))
			finding->cli->given.resume = NULL; /* told once */
	}
	if (interrupts && !finding->interrupted) {
		finding->interrupted = true;
		if (finding->cli->given.resume)
			find_save(finding);
		br_discover_stop(finding->discover);
	}
}

static void run(struct finding *finding)
{
	struct sigaction action = {.sa_handler = on_interrupt}, old[2];

	interrupts = 0;
	sigaction(SIGINT, &action, &old[0]);
	sigaction(SIGTERM, &action, &old[1]);
	finding->began_ms = finding->saved_ms = br_clock_ms();
	while (!br_discover_over(finding->discover) && interrupts < 2) {
		br_discover_wait(finding->discover, br_clock_ms() + TICK_MS);
		look_around(finding);
	}
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &old[1], NULL);
	wipe(finding);
}

struct tally {
	size_t printers, unread, devices;
};

static struct tally count(struct finding *finding)
{
	struct tally tally = {0};
	bool full;
	size_t n;
	struct br_found *const *found = br_discover_found(finding->discover, &n, &full);

	if (full)
		cli_complain(finding->cli, "there is no room for all that was found");
	for (size_t i = 0; i < n; i++) {
		if (found[i]->dropped)
			continue;
		tally.printers += found[i]->kind == BR_FOUND_PRINTER;
		tally.devices += found[i]->kind != BR_FOUND_PRINTER;
		if (found[i]->kind == BR_FOUND_PRINTER && !found[i]->read &&
		    !finding->options.quick) {
			tally.unread++;
			cli_complain(finding->cli, "%s: a printer, but it was not read: %s",
				     found[i]->target,
				     *found[i]->problem ? found[i]->problem : "interrupted");
		}
	}
	return tally;
}

static void say_oddities(struct finding *finding, const struct br_scan_progress *at)
{
	struct cli *cli = finding->cli;

	if (finding->options.scan.ping == BR_PING_AUTO && !at->pings)
		cli_complain(cli, "pings are not permitted here; SNMP alone was asked");
	if (at->dropped)
		cli_complain(cli,
			     "%llu answers were lost here for want of buffer; a lower "
			     "--rate helps",
			     (unsigned long long)at->dropped);
	if (at->unsendable)
		cli_complain(cli,
			     "%llu datagrams could not be sent: no route, or a broadcast "
			     "address",
			     (unsigned long long)at->unsendable);
	if (at->links)
		cli_complain(
			cli,
			"addresses on our own links were asked at the pace of the kernel's "
			"table of neighbours (%u), which overflowed %llu times",
			at->table_limit, (unsigned long long)at->table_overflows);
}

static void say_summary(struct finding *finding, const struct tally *tally)
{
	struct br_scan_progress at;
	int64_t took_ms = br_clock_ms() - finding->began_ms;

	br_scan_progress(br_discover_scan(finding->discover), &at);
	if (finding->cli->given.quiet)
		return;
	say_oddities(finding, &at);
	cli_complain(finding->cli,
		     "%s%zu printers, %zu other agents, %llu addresses alive of %llu; %llu "
		     "datagrams in %lld.%lld s",
		     finding->interrupted ? "interrupted: " : "", tally->printers,
		     tally->devices, (unsigned long long)at.alive,
		     (unsigned long long)finding->range.count, (unsigned long long)at.sent,
		     (long long)(took_ms / 1000), (long long)(took_ms % 1000 / 100));
}

static int finish(struct finding *finding)
{
	struct cli *cli = finding->cli;
	struct tally tally;

	br_discover_settle(finding->discover);
	tally = count(finding);
	find_print(finding);
	say_summary(finding, &tally);
	if (cli->given.resume && !finding->interrupted)
		find_forget(finding);
	if (finding->interrupted || tally.unread)
		return tally.printers ? CLI_SOME : CLI_NONE;
	return tally.printers ? CLI_ALL : CLI_NONE;
}

static int discover(struct finding *finding)
{
	struct cli *cli = finding->cli;
	struct br_scan_options *scan = &finding->options.scan;
	struct br_error err;
	int code;

	if (cli->given.resume && !find_resume(finding, &scan->from))
		return CLI_USAGE;
	finding->watched = !cli->given.quiet && isatty(cli->err_fd) == 1;
	if (br_discover_open(&finding->discover, &finding->options, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		return CLI_NONE;
	}
	code = !scan->resumes || find_resume_found(finding) ? 0 : CLI_USAGE;
	if (!code) {
		run(finding);
		code = finish(finding);
	}
	br_discover_close(finding->discover);
	return code;
}

int cli_discover(struct cli *cli, int argc, char **argv)
{
	struct finding *finding = calloc(1, sizeof *finding);
	int code;

	if (!finding) {
		cli_complain(cli, "out of memory");
		return CLI_NONE;
	}
	finding->cli = cli;
	br_range_init(&finding->range);
	code = settle_options(finding);
	if (!code)
		code = take_ranges(finding, argc, argv);
	if (!code)
		code = settle_range(finding);
	if (!code)
		code = settle_profiles(finding);
	if (!code)
		code = discover(finding);
	br_range_clear(&finding->range);
	explicit_bzero(finding, sizeof *finding);
	free(finding);
	return code;
}
