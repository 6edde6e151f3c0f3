/*
 * history_show.c - one series as table, JSON, CSV, plot.
 *
 * SPDX-License-Identifier: MIT
 */
#include "history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLOT_HEIGHT = 12, TITLE_SIZE = 192 };

void history_break_text(char *out, size_t size, const struct history_break *broke)
{
	const char *name = br_break_name(broke->kind);

	snprintf(out, size, "%s: %" PRId64 " to %" PRId64, name ? name : "break", broke->before,
		 broke->after);
}

static bool is_level(const struct history *history)
{
	return history->series.kind == BR_SERIES_LEVEL;
}

static void put_breaks_until(struct history *history, size_t *at, int64_t time)
{
	struct br_buf *out = &history->stored.cli->out;
	char when[BR_TIME_TEXT_SIZE], text[96];

	for (; *at < history->n_breaks && history->breaks[*at].time <= time; (*at)++) {
		stored_time(when, history->breaks[*at].time);
		history_break_text(text, sizeof text, &history->breaks[*at]);
		cli_style_on(out, &history->stored.look, CLI_WARN);
		br_buf_format(out, "%s  -- %s", when, text);
		cli_style_off(out, &history->stored.look, CLI_WARN);
		br_buf_char(out, '\n');
	}
}

static void put_row(struct history *history, const struct br_point *point)
{
	struct br_buf *out = &history->stored.cli->out;
	char begin[BR_TIME_TEXT_SIZE], end[BR_TIME_TEXT_SIZE], range[64] = "";
	const char *unit = is_level(history) ? " %" : "";

	stored_time(begin, point->begin);
	stored_time(end, point->end);
	if (point->low != point->high)
		snprintf(range, sizeof range, "  %" PRId64 " to %" PRId64 "%s", point->low,
			 point->high, unit);
	br_buf_format(out, "%s  %s  %11" PRId64 "%-2s  %8u%s\n", begin, end, point->last, unit,
		      point->n, range);
}

void history_table(struct history *history)
{
	struct br_buf *out = &history->stored.cli->out;
	size_t at = 0;

	if (history->points.n == 0 && history->n_breaks == 0) {
		br_buf_text(out, CLI_PLOT_EMPTY "\n");
		return;
	}
	cli_style_on(out, &history->stored.look, CLI_DIM);
	br_buf_format(out, "%-16s  %-16s  %11s%-2s  %8s\n", "from", "until",
		      is_level(history) ? "level" : "value", "", "readings");
	cli_style_off(out, &history->stored.look, CLI_DIM);
	for (size_t i = 0; i < history->points.n; i++) {
		const struct br_point *point = &history->points.at[i];

		if (point->gap && i) {
			cli_style_on(out, &history->stored.look, CLI_DIM);
			br_buf_text(out, "                  -- nothing was heard");
			cli_style_off(out, &history->stored.look, CLI_DIM);
			br_buf_char(out, '\n');
		}
		put_breaks_until(history, &at, point->begin);
		put_row(history, point);
	}
	put_breaks_until(history, &at, INT64_MAX);
}

static void open_line(struct history *history, struct br_json *json)
{
	br_json_open(json, NULL, '{');
	br_json_text(json, "schema", "brayer.history/1");
	br_json_number(json, "printer", history->printer.id);
	br_json_text(json, "series", history->series.name);
	br_json_text(json, "kind", is_level(history) ? "level" : "counter");
}

static void close_line(struct br_json *json)
{
	br_json_close(json, '}');
	br_buf_char(json->buf, '\n');
	json->filled = false;
}

static void json_breaks_until(struct history *history, struct br_json *json, size_t *at,
			      int64_t time)
{
	for (; *at < history->n_breaks && history->breaks[*at].time <= time; (*at)++) {
		const struct history_break *broke = &history->breaks[*at];

		open_line(history, json);
		br_json_text(json, "break", br_break_name(broke->kind));
		stored_json_time(json, "time", broke->time);
		br_json_number(json, "before", broke->before);
		br_json_number(json, "after", broke->after);
		close_line(json);
	}
}

void history_json(struct history *history)
{
	struct br_json json = {.buf = &history->stored.cli->out};
	size_t at = 0;

	for (size_t i = 0; i < history->points.n; i++) {
		const struct br_point *point = &history->points.at[i];

		json_breaks_until(history, &json, &at, point->begin);
		open_line(history, &json);
		stored_json_time(&json, "begin", point->begin);
		stored_json_time(&json, "end", point->end);
		br_json_number(&json, "low", point->low);
		br_json_number(&json, "high", point->high);
		br_json_number(&json, "last", point->last);
		br_json_number(&json, "readings", point->n);
		if (point->gap)
			br_json_bool(&json, "gap", true);
		close_line(&json);
	}
	json_breaks_until(history, &json, &at, INT64_MAX);
}

void history_csv(struct history *history)
{
	struct br_buf *out = &history->stored.cli->out;

	br_buf_text(out, "begin,end,low,high,last,readings,gap\n");
	for (size_t i = 0; i < history->points.n; i++) {
		const struct br_point *point = &history->points.at[i];
		char begin[BR_TIME_TEXT_SIZE], end[BR_TIME_TEXT_SIZE];

		br_time_text(begin, point->begin);
		br_time_text(end, point->end);
		br_buf_format(out, "%s,%s,%" PRId64 ",%" PRId64 ",%" PRId64 ",%u,%d\n", begin,
			      end, point->low, point->high, point->last, point->n, point->gap);
	}
}

void history_draw(struct history *history, bool svg)
{
	const struct stored_points *points = &history->points;
	struct cli *cli = history->stored.cli;
	struct cli_point *drawn = stored_drawn(&history->stored, points);
	int64_t *marks = calloc(history->n_breaks + 1, sizeof *marks);
	char title[TITLE_SIZE], name[BR_TARGET_SIZE];
	struct cli_plot plot = {.title = title,
				.unit = is_level(history) ? "%" : "",
				.points = drawn,
				.n = points->n,
				.marks = marks,
				.n_marks = history->n_breaks};

	for (size_t i = 0; marks && i < history->n_breaks; i++)
		marks[i] = history->breaks[i].time;
	snprintf(title, sizeof title, "%.96s %s", stored_name(&history->printer, name),
		 history->series.name);
	if (!drawn || !marks) {
		cli->out.status = BR_E_MEMORY;
	} else {
		cli_plot_fit(&plot, is_level(history));
		if (svg)
			cli_plot_svg(&cli->out, &plot);
		else
			cli_plot_text(&cli->out, &history->stored.look, &plot,
				      history->stored.width, PLOT_HEIGHT);
	}
	free(drawn);
	free(marks);
}
