/*
 * status.c - brayer status: the fleet on one screen, the worst first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	SPARK_DAYS = 30,
	TEXT_SIZE = 144,
	AROUND = 6,
	ROWS_LEAST = 3,
	NARROW = 70,
	WIDE = 100,
	FLUSH_AT = 1 << 16,
	PAUSE_S = 3600,
	GONE_S = 30 * 86400
};

/* How a printer is, the worst last. Who is gone for good would else stand above all others, and
 * of one that is not asked any more nobody wants to know. */
enum rank {
	RANK_LEFT,
	RANK_GONE,
	RANK_OK,
	RANK_UNKNOWN,
	RANK_WARNING,
	RANK_SILENT,
	RANK_CRITICAL,
	RANKS
};

struct row {
	const struct stored_printer *printer;
	enum rank rank;
	bool has_reading;
	int percent; /* the lowest level; -1: none is measured */
	char supply[BR_ID_SIZE];
	char text[TEXT_SIZE];
};

struct fleet {
	struct stored stored;
	struct stored_printers printers;
	struct br_reading *reading; /* one at a time: it is large */
	struct row *rows;
	size_t n, shown;
	bool whole;                       /* no words chose among them */
	size_t name, supply, spark, text; /* widths */
};

static enum rank rank_of(const struct fleet *fleet, const struct stored_printer *printer,
			 enum br_severity severity)
{
	if (!printer->asked)
		return RANK_LEFT;
	if (stored_is_silent(printer))
		return printer->last_read && fleet->stored.now - printer->last_read > GONE_S
			       ? RANK_GONE
			       : RANK_SILENT;
	switch (severity) {
	case BR_SEVERITY_CRITICAL:
		return RANK_CRITICAL;
	case BR_SEVERITY_WARNING:
		return RANK_WARNING;
	case BR_SEVERITY_OK:
		return RANK_OK;
	case BR_SEVERITY_UNKNOWN:
		break;
	}
	return RANK_UNKNOWN;
}

static void find_lowest(struct row *row, const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];

		if (supply->kind != BR_LEVEL_MEASURED ||
		    (row->percent >= 0 && supply->percent >= row->percent))
			continue;
		row->percent = supply->percent;
		br_text_copy(row->supply, sizeof row->supply, br_view(supply->id));
	}
}

/* The lower the number the worse; what says no severity comes last. */
static int32_t weight_of(const struct br_alert *alert)
{
	return alert->severity > 0 ? alert->severity == 1 ? 6 : alert->severity : 7;
}

/* In a few words: the worst alert, a supply that is not well, a reason, or the state. */
static void say_state(struct row *row, const struct br_reading *reading)
{
	const struct br_alert *worst = NULL;
	const char *said = "", *code;

	for (size_t i = 0; i < reading->n_alerts; i++)
		if (!worst || weight_of(&reading->alerts[i]) < weight_of(worst))
			worst = &reading->alerts[i];
	if (worst) {
		said = br_text(reading, worst->description);
		code = br_name_alert_code(worst->code);
		said = *said ? said : code ? code : "";
	}
	for (size_t i = 0; !*said && i < reading->n_supplies; i++)
		if (reading->supplies[i].state > BR_SUPPLY_OK) {
			snprintf(row->text, sizeof row->text, "%s %s", reading->supplies[i].id,
				 br_name_supply_state(reading->supplies[i].state));
			return;
		}
	if (!*said && reading->status.n_reasons)
		said = br_text(reading, reading->status.reasons[0]);
	if (!*said && reading->status.state)
		said = br_name_state(reading->status.state);
	br_text_clean(row->text, sizeof row->text, br_view(said ? said : ""));
}

static void say_silence(const struct fleet *fleet, struct row *row)
{
	char age[24], since[BR_TIME_TEXT_SIZE];
	int64_t last = row->printer->last_read;
	const char *why =
		*row->printer->target ? row->printer->why : "another answers at its address";

	if (last == 0) {
		snprintf(row->text, sizeof row->text, "never read%s%s", *why ? ": " : "", why);
		return;
	}
	stored_age(age, sizeof age, fleet->stored.now - last);
	stored_time(since, last);
	if (fleet->stored.width < WIDE)
		snprintf(row->text, sizeof row->text, "unreachable %s", age);
	else
		snprintf(row->text, sizeof row->text, "unreachable since %s%s%s", since,
			 *why ? ": " : "", why);
}

/* False: it has no reading, or none that can be decoded (told). */
static bool read_one(struct fleet *fleet, const struct stored_printer *printer)
{
	struct br_error err;
	enum br_status status =
		br_reader_reading(fleet->stored.reader, printer->id, fleet->reading, &err);

	if (status != BR_OK && status != BR_E_ABSENT)
		stored_damaged(&fleet->stored, printer->target, &err);
	return status == BR_OK;
}

static void judge(struct fleet *fleet, const struct stored_printer *printer, struct row *row)
{
	*row = (struct row){.printer = printer, .percent = -1};
	row->has_reading = read_one(fleet, printer);
	if (!row->has_reading) {
		row->rank = rank_of(fleet, printer, BR_SEVERITY_UNKNOWN);
	} else {
		row->rank = rank_of(fleet, printer, fleet->reading->status.severity);
		find_lowest(row, fleet->reading);
		say_state(row, fleet->reading);
	}
	if (row->rank == RANK_SILENT || row->rank == RANK_GONE)
		say_silence(fleet, row);
	if (row->rank == RANK_LEFT)
		br_text_copy(row->text, sizeof row->text, br_view("not asked any more"));
}

static int worst_first(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int percent_x = x->percent < 0 ? 101 : x->percent;
	int percent_y = y->percent < 0 ? 101 : y->percent;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (percent_x != percent_y)
		return percent_x < percent_y ? -1 : 1;
	return strcmp(x->printer->target, y->printer->target);
}

static void print_sum(struct fleet *fleet)
{
	static const struct {
		const char *name;
		enum cli_style style;
	} words[RANKS] = {
		[RANK_CRITICAL] = {"critical", CLI_BAD},
		[RANK_SILENT] = {"unreachable", CLI_BAD},
		[RANK_WARNING] = {"warning", CLI_WARN},
		[RANK_UNKNOWN] = {"unknown", CLI_PLAIN},
		[RANK_OK] = {"ok", CLI_GOOD},
		[RANK_GONE] = {"gone", CLI_DIM},
		[RANK_LEFT] = {"not asked any more", CLI_DIM},
	};
	struct br_buf *out = &fleet->stored.cli->out;
	size_t counts[RANKS] = {0};
	bool first = true;

	for (size_t i = 0; i < fleet->n; i++)
		counts[fleet->rows[i].rank]++;
	br_buf_format(out, "%zu printer%s", fleet->n, fleet->n == 1 ? "" : "s");
	for (int rank = RANKS - 1; rank >= 0; rank--) {
		if (counts[rank] == 0)
			continue;
		br_buf_text(out, first ? ": " : ", ");
		cli_style_on(out, &fleet->stored.look, words[rank].style);
		br_buf_format(out, "%zu %s", counts[rank], words[rank].name);
		cli_style_off(out, &fleet->stored.look, words[rank].style);
		first = false;
	}
	br_buf_char(out, '\n');
}

/* The text in so many cells, and a gap behind it. */
static void put_cell(struct fleet *fleet, const char *text, size_t width, bool right)
{
	struct br_buf *out = &fleet->stored.cli->out;
	size_t has = cli_width(br_view(text)), fill = has < width ? width - has : 0;

	if (width == 0)
		return;
	for (size_t i = 0; right && i < fill; i++)
		br_buf_char(out, ' ');
	cli_show(out, &fleet->stored.look, br_view(text), width);
	for (size_t i = 0; !right && i < fill; i++)
		br_buf_char(out, ' ');
	br_buf_text(out, "  ");
}

static void put_end(struct fleet *fleet, const char *text)
{
	struct br_buf *out = &fleet->stored.cli->out;

	cli_show(out, &fleet->stored.look, br_view(text), fleet->text);
	while (out->status == BR_OK && out->len && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
	br_buf_char(out, '\n');
}

/* The level of the last weeks, as the series of the store has it. */
static void put_spark(struct fleet *fleet, const struct row *row)
{
	struct stored *stored = &fleet->stored;
	struct stored_series_list series;
	struct stored_points points = {0};
	struct cli_plot plot = {.title = "", .unit = "", .low = 0, .high = 100};
	struct cli_point *drawn;

	if (fleet->spark == 0)
		return;
	plot.until = stored->now;
	plot.since = stored->now - (int64_t)SPARK_DAYS * 86400;
	stored_series(stored, row->printer->id, &series);
	for (size_t i = 0; i < series.n; i++)
		if (series.at[i].kind == BR_SERIES_LEVEL &&
		    strcmp(series.at[i].name, row->supply) == 0)
			stored_points(stored, series.at[i].id, plot.since, 0, &points);
	drawn = stored_drawn(stored, &points);
	plot.points = drawn;
	plot.n = drawn ? points.n : 0;
	cli_sparkline(&stored->cli->out, &stored->look, &plot, fleet->spark);
	br_buf_text(&stored->cli->out, "  ");
	free(drawn);
	free(points.at);
	free(series.at);
}

static void print_row(struct fleet *fleet, const struct row *row)
{
	static const struct {
		const char *text;
		enum cli_style style;
	} marks[RANKS] = {
		[RANK_CRITICAL] = {"!! ", CLI_BAD}, [RANK_SILENT] = {" ? ", CLI_BAD},
		[RANK_WARNING] = {" ! ", CLI_WARN}, [RANK_UNKNOWN] = {"   ", CLI_PLAIN},
		[RANK_OK] = {"   ", CLI_PLAIN},     [RANK_GONE] = {" - ", CLI_DIM},
		[RANK_LEFT] = {" x ", CLI_DIM},
	};
	struct br_buf *out = &fleet->stored.cli->out;
	char name[BR_TARGET_SIZE], percent[16] = "", age[24] = "";

	if (row->percent >= 0)
		snprintf(percent, sizeof percent, "%d %%", row->percent);
	if (row->printer->last_read)
		stored_age(age, sizeof age, fleet->stored.now - row->printer->last_read);
	cli_style_on(out, &fleet->stored.look, marks[row->rank].style);
	br_buf_text(out, marks[row->rank].text);
	cli_style_off(out, &fleet->stored.look, marks[row->rank].style);
	put_cell(fleet, stored_name(row->printer, name), fleet->name, false);
	put_cell(fleet, row->supply, fleet->supply, false);
	put_cell(fleet, percent, 5, true);
	put_spark(fleet, row);
	put_cell(fleet, age, 6, true);
	put_end(fleet, row->text);
}

static size_t at_most(size_t value, size_t most)
{
	return value < most ? value : most;
}

/* How wide each column is: names as they need, what is left for the words. */
static void settle_widths(struct fleet *fleet)
{
	size_t width = fleet->stored.width, fixed;
	char name[BR_TARGET_SIZE];

	fleet->name = strlen("printer");
	fleet->supply = strlen("lowest");
	for (size_t i = 0; i < fleet->shown; i++) {
		size_t cells = cli_width(br_view(stored_name(fleet->rows[i].printer, name)));

		fleet->name = cells > fleet->name ? cells : fleet->name;
		cells = strlen(fleet->rows[i].supply);
		fleet->supply = cells > fleet->supply ? cells : fleet->supply;
	}
	fleet->name = at_most(fleet->name, width / 4);
	fleet->supply = at_most(fleet->supply, width / 6);
	fleet->spark = width < NARROW ? 0 : width < WIDE ? 8 : 16;
	fixed = 3 + fleet->name + 2 + fleet->supply + 2 + 5 + 2 + 6 + 2 +
		(fleet->spark ? fleet->spark + 2 : 0);
	fleet->text = width > fixed + 8 ? width - fixed : 8;
}

/* Of a fleet that nobody asks, or of which nothing is written, that is told first. */
static void print_pause(struct fleet *fleet)
{
	struct br_buf *out = &fleet->stored.cli->out;
	char since[BR_TIME_TEXT_SIZE];
	int64_t last = 0, ago;

	for (size_t i = 0; i < fleet->n; i++) {
		const struct stored_printer *printer = fleet->rows[i].printer;

		last = printer->last_read > last ? printer->last_read : last;
		last = printer->last_missed > last ? printer->last_missed : last;
	}
	if (fleet->n == 0)
		br_buf_text(out, "brayerd has found none yet: brayer.conf says what it asks\n");
	ago = fleet->stored.now - last;
	if (fleet->n == 0 || (ago < PAUSE_S && ago > -PAUSE_S))
		return;
	stored_time(since, last);
	cli_style_on(out, &fleet->stored.look, CLI_WARN);
	if (ago > 0)
		br_buf_format(out, "nothing new since %s: is brayerd running?", since);
	else
		br_buf_format(out, "read at %s, yet to come: was a clock wrong?", since);
	cli_style_off(out, &fleet->stored.look, CLI_WARN);
	br_buf_char(out, '\n');
}

static void print_table(struct fleet *fleet)
{
	struct br_buf *out = &fleet->stored.cli->out;
	size_t rows = fleet->stored.rows;

	rows = rows > AROUND + ROWS_LEAST ? rows - AROUND : ROWS_LEAST;
	fleet->shown = fleet->n;
	if (fleet->stored.rows && !fleet->stored.cli->given.all)
		fleet->shown = at_most(fleet->n, rows);
	settle_widths(fleet);
	print_sum(fleet);
	if (fleet->whole)
		print_pause(fleet);
	if (fleet->n == 0)
		return;
	br_buf_char(out, '\n');
	cli_style_on(out, &fleet->stored.look, CLI_DIM);
	br_buf_text(out, "   ");
	put_cell(fleet, "printer", fleet->name, false);
	put_cell(fleet, "lowest", fleet->supply, false);
	put_cell(fleet, "", 5, true);
	put_cell(fleet, "30 days", fleet->spark, false);
	put_cell(fleet, "read", 6, true);
	put_end(fleet, "state");
	cli_style_off(out, &fleet->stored.look, CLI_DIM);
	for (size_t i = 0; i < fleet->shown; i++)
		print_row(fleet, &fleet->rows[i]);
	if (fleet->shown < fleet->n)
		br_buf_format(out, "and %zu more, which --all shows\n",
			      fleet->n - fleet->shown);
}

/* Each is decoded once more, so that of a large fleet not all lines are in memory. */
static void print_json(struct fleet *fleet)
{
	struct cli *cli = fleet->stored.cli;

	for (size_t i = 0; i < fleet->n; i++) {
		const struct row *row = &fleet->rows[i];
		const bool has_reading = row->has_reading && read_one(fleet, row->printer);

		status_json(&fleet->stored, row->printer, has_reading ? fleet->reading : NULL);
		if (cli->out.len > FLUSH_AT && !cli_flush(cli))
			return;
	}
}

static int show(struct fleet *fleet, int argc, char **argv)
{
	size_t absent;
	int code = stored_select(&fleet->stored, argc, argv, &fleet->printers, &absent);

	if (code)
		return code;
	fleet->whole = argc == 0;
	fleet->reading = malloc(sizeof *fleet->reading);
	fleet->rows = calloc(fleet->printers.n + 1, sizeof *fleet->rows);
	if (!fleet->reading || !fleet->rows) {
		cli_complain(fleet->stored.cli, "out of memory");
		return CLI_NONE;
	}
	for (; fleet->n < fleet->printers.n; fleet->n++)
		judge(fleet, &fleet->printers.at[fleet->n], &fleet->rows[fleet->n]);
	qsort(fleet->rows, fleet->n, sizeof *fleet->rows, worst_first);
	if (fleet->stored.cli->given.json)
		print_json(fleet);
	else if (fleet->n || !(absent || fleet->stored.damaged)) /* else all is told */
		print_table(fleet);
	return stored_code(&fleet->stored, fleet->n, absent);
}

int cli_status(struct cli *cli, int argc, char **argv)
{
	struct fleet fleet = {0};
	int code = stored_open(&fleet.stored, cli);

	if (!code)
		code = show(&fleet, argc, argv);
	free(fleet.rows);
	free(fleet.reading);
	free(fleet.printers.at);
	stored_close(&fleet.stored);
	return code;
}
