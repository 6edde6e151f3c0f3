/*
 * forecast.c - brayer forecast: days and pages left of each supply, the soonest first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RANGE_SIZE = 48, NARROW = 78 };

struct row {
	const struct stored_printer *printer;
	char supply[BR_ID_SIZE + 8];
	int level; /* -1: none was read */
	struct br_forecast forecast;
};

struct run {
	struct stored stored;
	struct stored_printers printers;
	struct br_reading *reading;
	struct row *rows;
	size_t n, cap;
	bool full;
	bool named; /* printers were asked for by name: then also what has no forecast is told
		     */
};

/* What is filled by hand every day has no forecast. */
static bool is_paper(const struct br_reading *reading, const char *name)
{
	for (size_t i = 0; i < reading->n_trays; i++)
		if (strcmp(reading->trays[i].id, name) == 0)
			return true;
	for (size_t i = 0; i < reading->n_outputs; i++)
		if (strcmp(reading->outputs[i].id, name) == 0)
			return true;
	return false;
}

static struct row *add_row(struct run *run, const struct stored_printer *printer,
			   const char *supply)
{
	struct row *row;

	if (!stored_grow(&run->rows, &run->cap, run->n, sizeof *run->rows, &run->full))
		return NULL;
	row = &run->rows[run->n++];
	*row = (struct row){.printer = printer, .level = -1};
	row->forecast.why = BR_FORECAST_FEW;
	br_text_copy(row->supply, sizeof row->supply, br_view(supply));
	return row;
}

/* A failure is told of the printer that it is of. */
static void fail(struct run *run, const struct stored_printer *printer, enum br_status status,
		 const struct br_error *err)
{
	if (status == BR_E_MEMORY)
		run->full = true;
	else
		stored_damaged(&run->stored, printer->target, err);
}

static void forecast_one(struct run *run, const struct stored_printer *printer,
			 struct br_outlook *outlook, const char *supply)
{
	struct row *row = add_row(run, printer, supply);
	struct br_number level;
	struct br_error err;
	enum br_status status;

	if (!row)
		return;
	status = br_outlook_forecast(outlook, supply, &row->forecast, &level, &err);
	if (status != BR_OK)
		fail(run, printer, status, &err);
	else if (level.known)
		row->level = (int)level.value;
}

static bool has_history(const struct br_outlook *outlook, const char *supply)
{
	const char *name;

	for (size_t i = 0; (name = br_outlook_level_of(outlook, i)) != NULL; i++)
		if (strcmp(name, supply) == 0)
			return true;
	return false;
}

static void forecast_each(struct run *run, const struct stored_printer *printer,
			  struct br_outlook *outlook)
{
	const char *name;

	for (size_t i = 0; (name = br_outlook_level_of(outlook, i)) != NULL; i++)
		if (!is_paper(run->reading, name))
			forecast_one(run, printer, outlook, name);
	/* A supply whose level nobody measures stands in the list too, with that reason. */
	for (size_t i = 0; i < run->reading->n_supplies; i++)
		if (!has_history(outlook, run->reading->supplies[i].id))
			add_row(run, printer, run->reading->supplies[i].id);
}

static void forecast_printer(struct run *run, const struct stored_printer *printer)
{
	struct br_outlook *outlook;
	struct br_error err;
	enum br_status status =
		br_reader_reading(run->stored.reader, printer->id, run->reading, &err);

	if (status != BR_OK && status != BR_E_ABSENT)
		stored_damaged(&run->stored, printer->target, &err);
	if (status != BR_OK)
		br_reading_init(run->reading);
	status = br_outlook_open(&outlook, run->stored.reader, printer->id, run->stored.now,
				 &err);
	if (status == BR_OK)
		forecast_each(run, printer, outlook);
	else
		fail(run, printer, status, &err);
	br_outlook_close(outlook);
}

static bool is_given(const struct row *row)
{
	return row->forecast.why == BR_FORECAST_GIVEN;
}

static bool is_measured(const struct row *row)
{
	return row->level >= 0;
}

/* Then what may have a forecast one day, then what will never have one. */
static int soonest_first(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int by_target = strcmp(x->printer->target, y->printer->target);

	if (is_given(x) != is_given(y))
		return is_given(x) ? -1 : 1;
	if (is_measured(x) != is_measured(y))
		return is_measured(x) ? -1 : 1;
	if (is_given(x) && x->forecast.days.middle != y->forecast.days.middle)
		return x->forecast.days.middle < y->forecast.days.middle ? -1 : 1;
	return by_target ? by_target : strcmp(x->supply, y->supply);
}

/* Two digits that count: more would be a promise. */
static int64_t rounded(double value)
{
	int64_t whole = value < 1e15 ? (int64_t)(value + 0.5) : 0, unit = 1;

	while (whole / unit >= 100)
		unit *= 10;
	return (whole + unit / 2) / unit * unit;
}

static void days_text(char *out, size_t size, double days)
{
	if (days >= BR_FORECAST_DAYS_MOST)
		snprintf(out, size, "3 y+");
	else if (days > 0 && days < 1)
		snprintf(out, size, "<1");
	else
		snprintf(out, size, "%lld", (long long)(days + 0.5));
}

static void put_cell(const struct run *run, const char *text, size_t width, bool right)
{
	struct br_buf *out = &run->stored.cli->out;
	size_t has = cli_width(br_view(text)), fill = has < width ? width - has : 0;

	for (size_t i = 0; right && i < fill; i++)
		br_buf_char(out, ' ');
	cli_show(out, &run->stored.look, br_view(text), width);
	for (size_t i = 0; !right && i < fill; i++)
		br_buf_char(out, ' ');
	br_buf_text(out, "  ");
}

static void put_range(const struct run *run, const struct br_forecast *forecast)
{
	char low[16], middle[16], high[16], range[RANGE_SIZE];

	days_text(low, sizeof low, forecast->days.low);
	days_text(middle, sizeof middle, forecast->days.middle);
	days_text(high, sizeof high, forecast->days.high);
	snprintf(range, sizeof range, "%s to %s", low, high);
	put_cell(run, middle, 5, true);
	put_cell(run, range, 12, false);
	if (run->stored.width < NARROW)
		return;
	if (!forecast->has_pages) {
		put_cell(run, "", 6, true);
		put_cell(run, "", 15, false);
		return;
	}
	snprintf(middle, sizeof middle, "%lld", (long long)rounded(forecast->pages.middle));
	snprintf(range, sizeof range, "%lld to %lld", (long long)rounded(forecast->pages.low),
		 (long long)rounded(forecast->pages.high));
	put_cell(run, middle, 6, true);
	put_cell(run, range, 15, false);
}

static void print_row(const struct run *run, const struct row *row, size_t supply)
{
	struct br_buf *out = &run->stored.cli->out;
	char name[BR_TARGET_SIZE], level[16] = "", why[64];
	bool narrow = run->stored.width < NARROW;
	size_t rest = run->stored.width - supply - (narrow ? 30 : 55);

	if (is_given(row)) {
		put_range(run, &row->forecast);
	} else {
		if (is_measured(row))
			snprintf(why, sizeof why, "%s%s", narrow ? "" : "not enough data: ",
				 br_forecast_reason(row->forecast.why));
		else
			snprintf(why, sizeof why, "not measured");
		put_cell(run, "-", 5, true);
		put_cell(run, why, narrow ? 12 : 37, false);
	}
	if (is_measured(row))
		snprintf(level, sizeof level, "%d %%", row->level);
	put_cell(run, level, 5, true);
	put_cell(run, row->supply, supply, false);
	cli_show(out, &run->stored.look, br_view(stored_name(row->printer, name)),
		 rest > 10 ? rest : 10);
	br_buf_char(out, '\n');
}

static void print_rows(struct run *run, size_t n)
{
	struct br_buf *out = &run->stored.cli->out;
	size_t supply = strlen("supply");

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(run->rows[i].supply);

		supply = len > supply ? len : supply;
	}
	supply = supply < run->stored.width / 6 ? supply : run->stored.width / 6;
	cli_style_on(out, &run->stored.look, CLI_DIM);
	put_cell(run, "days", 5, true);
	put_cell(run, "8 of 10 in", 12, false);
	if (run->stored.width >= NARROW) {
		put_cell(run, "pages", 6, true);
		put_cell(run, "8 of 10 in", 15, false);
	}
	put_cell(run, "level", 5, true);
	put_cell(run, "supply", supply, false);
	br_buf_text(out, "printer\n");
	cli_style_off(out, &run->stored.look, CLI_DIM);
	for (size_t i = 0; i < n; i++)
		print_row(run, &run->rows[i], supply);
}

/* Of a whole fleet what nobody measures is a number: it would be as long as the rest. */
static void print_table(struct run *run)
{
	struct br_buf *out = &run->stored.cli->out;
	size_t n = run->n, hidden;

	while (!run->named && n && !is_measured(&run->rows[n - 1]))
		n--;
	hidden = run->n - n;
	if (n)
		print_rows(run, n);
	else if (!hidden)
		br_buf_text(out, "no supply is known: no printer was read that has one\n");
	if (hidden)
		br_buf_format(out, "%s%zu not measured: brayer forecast '*' lists them\n",
			      n ? "and " : "", hidden);
}

/* A bound as far as anybody looks is left out: it is not known. */
static void json_range(struct br_json *json, const char *key, struct br_forecast_range range,
		       bool whole)
{
	double most = whole ? 1e15 : BR_FORECAST_DAYS_MOST;

	const struct {
		const char *name;
		double value;
	} rows[] = {{"low", range.low}, {"middle", range.middle}, {"high", range.high}};

	br_json_open(json, key, '{');
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].value >= most)
			continue;
		else if (whole)
			br_json_number(json, rows[i].name, (int64_t)(rows[i].value + 0.5));
		else
			br_json_thousandths(json, rows[i].name,
					    (int64_t)(rows[i].value * 10 + 0.5) * 100);
	br_json_close(json, '}');
}

static void print_json(const struct run *run, const struct row *row)
{
	const struct br_forecast *forecast = &row->forecast;
	struct br_json json = {.buf = &run->stored.cli->out};

	br_json_open(&json, NULL, '{');
	br_json_text(&json, "schema", "brayer.forecast/1");
	stored_json_printer(&json, row->printer);
	br_json_text(&json, "supply", row->supply);
	if (row->level >= 0)
		br_json_number(&json, "percent", row->level);
	if (forecast->why == BR_FORECAST_GIVEN) {
		json_range(&json, "days", forecast->days, false);
		if (forecast->has_pages)
			json_range(&json, "pages", forecast->pages, true);
		br_json_thousandths(&json, "percent_a_day",
				    (int64_t)(forecast->per_day * 1000 + 0.5));
		br_json_number(&json, "cartridges", forecast->runs);
	} else {
		br_json_text(&json, "not_enough_data",
			     is_measured(row) ? br_forecast_reason(forecast->why)
					      : "not measured");
	}
	br_json_close(&json, '}');
	br_buf_char(json.buf, '\n');
}

static int show(struct run *run, int argc, char **argv)
{
	size_t absent;
	int code = stored_select(&run->stored, argc, argv, &run->printers, &absent);

	if (code)
		return code;
	run->named = argc > 0;
	run->reading = malloc(sizeof *run->reading);
	for (size_t i = 0; run->reading && i < run->printers.n; i++)
		if (run->named || run->printers.at[i].asked)
			forecast_printer(run, &run->printers.at[i]);
	if (!run->reading || run->full) {
		cli_complain(run->stored.cli, "out of memory");
		return CLI_NONE;
	}
	if (run->n)
		qsort(run->rows, run->n, sizeof *run->rows, soonest_first);
	for (size_t i = 0; run->stored.cli->given.json && i < run->n; i++)
		print_json(run, &run->rows[i]);
	/* Of a word that means nobody all is told. */
	if (!run->stored.cli->given.json &&
	    (run->printers.n || !(absent || run->stored.damaged)))
		print_table(run);
	return stored_code(&run->stored, run->printers.n, absent);
}

int cli_forecast(struct cli *cli, int argc, char **argv)
{
	struct run run = {0};
	int code = stored_open(&run.stored, cli);

	if (!code)
		code = show(&run, argc, argv);
	free(run.rows);
	free(run.reading);
	free(run.printers.at);
	stored_close(&run.stored);
	return code;
}
