/*
 * history.c - brayer history: what a level or a counter was, and what else happened.
 *
 * SPDX-License-Identifier: MIT
 */
#include "history.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NAMES_MOST = 256, RESOLUTION_LEAST = 60, MONDAY = 3 * 86400 };

static int check_options(struct cli *cli, int argc)
{
	const struct cli_given *given = &cli->given;
	int forms = given->json + given->csv + given->plot + given->svg;

	if (argc < 1)
		return cli_usage(cli, "a printer is missing");
	if (argc > 2)
		return cli_usage(cli, "history takes a printer and one series");
	if (forms > 1)
		return cli_usage(cli, "--json, --csv, --plot and --svg: one of them");
	if (argc < 2 && (given->csv || given->plot || given->svg || given->resolution))
		return cli_usage(cli, "--%s needs a series: a supply or a counter",
				 given->csv    ? "csv"
				 : given->plot ? "plot"
				 : given->svg  ? "svg"
					       : "resolution");
	return 0;
}

static int take_times(struct history *history)
{
	struct cli *cli = history->stored.cli;
	const struct {
		const char *option, *text;
		int64_t *time;
	} rows[] = {
		{"since", cli->given.since, &history->since},
		{"until", cli->given.until, &history->until},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].text && !stored_parse_time(br_view(rows[i].text),
						       history->stored.now, rows[i].time))
			return cli_usage(cli,
					 "--%s is a time as 2026-11-01, "
					 "2026-11-01T08:00:00Z or 30d ago",
					 rows[i].option);
	if (history->until && history->until < history->since)
		return cli_usage(cli, "--until is before --since");
	if (cli->given.resolution &&
	    (!stored_parse_span(br_view(cli->given.resolution), &history->resolution) ||
	     history->resolution < RESOLUTION_LEAST))
		return cli_usage(cli, "--resolution is a span as 10min, 1h, 1d or 1w");
	return 0;
}

static void keep_break(void *user, const struct br_break *broke)
{
	struct history *history = user;
	struct history_break *kept;

	if (history->until && broke->time > history->until)
		return;
	if (!stored_grow(&history->breaks, &history->breaks_cap, history->n_breaks,
			 sizeof *history->breaks, &history->full))
		return;
	kept = &history->breaks[history->n_breaks];
	*kept = (struct history_break){broke->kind, broke->time, broke->before, broke->after,
				       ""};
	br_text_clean(kept->name, sizeof kept->name, broke->name);
	if (!*history->series.name || strcmp(kept->name, history->series.name) == 0)
		history->n_breaks++;
}

static void load_breaks(struct history *history)
{
	struct br_error err = {"out of memory"};

	if (br_reader_breaks(history->stored.reader, history->printer.id, history->since,
			     keep_break, history, &err) != BR_OK ||
	    history->full)
		stored_damaged(&history->stored, "what did not go on", &err);
}

static int no_series(struct history *history, const struct stored_series_list *list,
		     const char *word)
{
	const char *names[NAMES_MOST + 1], *nearest;
	size_t n = 0;

	for (; n < list->n && n < NAMES_MOST; n++)
		names[n] = list->at[n].name;
	names[n] = NULL;
	nearest = br_text_nearest(br_view(word), names);
	cli_complain(history->stored.cli, "%s has no series %.40s%s%s%s",
		     history->printer.target, word, nearest ? "; did you mean " : "",
		     nearest ? nearest : "", nearest ? "?" : "");
	return CLI_NONE;
}

static int choose_series(struct history *history, const char *word)
{
	struct stored_series_list list;
	int code = 0;
	size_t i = 0;

	stored_series(&history->stored, history->printer.id, &list);
	while (i < list.n && strcmp(list.at[i].name, word) != 0)
		i++;
	if (i < list.n)
		history->series = list.at[i];
	else
		code = no_series(history, &list, word);
	free(list.at);
	return code;
}

static void join(struct br_point *into, const struct br_point *point)
{
	into->end = point->end;
	into->low = point->low < into->low ? point->low : into->low;
	into->high = point->high > into->high ? point->high : into->high;
	into->last = point->last;
	into->n = into->n + point->n < into->n ? (unsigned)-1 : into->n + point->n;
}

static bool breaks_between(const struct history *history, int64_t after, int64_t until)
{
	for (size_t i = 0; i < history->n_breaks; i++)
		if (history->breaks[i].time > after && history->breaks[i].time <= until)
			return true;
	return false;
}

/* Which hour, day… it is; weeks begin on Mondays, as 1969-12-29 was. */
static int64_t span_of(const struct history *history, int64_t time)
{
	return (time + MONDAY) / history->resolution;
}

/* Points that begin in the same hour, day… become one; never across a gap or a break. */
static void coarsen(struct history *history)
{
	struct stored_points *points = &history->points;
	size_t n = 0;

	for (size_t i = 0; history->resolution && i < points->n; i++) {
		const struct br_point *point = &points->at[i];
		bool same = n && !point->gap &&
			    span_of(history, points->at[n - 1].begin) ==
				    span_of(history, point->begin) &&
			    !breaks_between(history, points->at[n - 1].end, point->begin);

		if (same)
			join(&points->at[n - 1], point);
		else
			points->at[n++] = *point;
	}
	if (history->resolution)
		points->n = n;
}

static void show_series(struct history *history)
{
	const struct cli_given *given = &history->stored.cli->given;

	load_breaks(history);
	stored_points(&history->stored, history->series.id, history->since, history->until,
		      &history->points);
	coarsen(history);
	if (given->json)
		history_json(history);
	else if (given->csv)
		history_csv(history);
	else if (given->plot || given->svg)
		history_draw(history, given->svg);
	else
		history_table(history);
}

static int show(struct history *history, int argc, char **argv)
{
	int code = take_times(history);

	if (!code)
		code = stored_select_one(&history->stored, argv[0], &history->printer);
	if (!code && argc > 1)
		code = choose_series(history, argv[1]);
	if (code)
		return code;
	if (argc > 1) {
		show_series(history);
	} else {
		load_breaks(history);
		history_list(history);
	}
	return stored_code(&history->stored, 1, 0);
}

int cli_history(struct cli *cli, int argc, char **argv)
{
	struct history history = {0};
	int code = check_options(cli, argc);

	if (code)
		return code;
	code = stored_open(&history.stored, cli);
	if (!code)
		code = show(&history, argc, argv);
	free(history.breaks);
	free(history.points.at);
	stored_close(&history.stored);
	return code;
}
