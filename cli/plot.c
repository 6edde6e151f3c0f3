/*
 * plot.c - sparklines and plots of block characters, an eighth of a cell fine; ASCII without
 * UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#include "plot.h"

#include <stdio.h>
#include <string.h>

enum { EIGHTHS = 8, WIDTH_LEAST = 24, WIDTH_MOST = 400, HEIGHT_LEAST = 2, LABEL_SIZE = 24 };

static const char *const blocks[EIGHTHS + 1] = {
	" ",
	"\xe2\x96\x81",
	"\xe2\x96\x82",
	"\xe2\x96\x83",
	"\xe2\x96\x84",
	"\xe2\x96\x85",
	"\xe2\x96\x86",
	"\xe2\x96\x87",
	"\xe2\x96\x88",
};
static const char *const marks[EIGHTHS + 1] = {" ", "_", ".", ":", "-", "=", "+", "*", "#"};

/* 1, 2 or 5 times a power of ten, not less than the value and not less than 1. */
static double round_step(double value)
{
	double power = 1, of;

	while (power * 10 <= value && power < 1e18)
		power *= 10;
	of = value / power;
	return power * (of <= 1 ? 1 : of <= 2 ? 2 : of <= 5 ? 5 : 10);
}

void cli_plot_fit(struct cli_plot *plot, bool percent)
{
	double low = 0, high = 100, step;

	plot->since = plot->n ? plot->points[0].begin : 0;
	plot->until = plot->n ? plot->points[plot->n - 1].end : 0;
	if (plot->until <= plot->since)
		plot->until = plot->since + 1;
	if (!percent && plot->n) {
		low = high = plot->points[0].value;
		for (size_t i = 1; i < plot->n; i++) {
			low = br_least(low, plot->points[i].value);
			high = br_most(high, plot->points[i].value);
		}
		step = round_step((high - low) / 4);
		low = br_floor(low / step) * step;
		high = br_most(br_ceil(high / step) * step, low + step);
	}
	plot->low = low;
	plot->high = high;
}

/* The end of column i of n. Spans of whole ages do not overflow. */
static int64_t column_time(const struct cli_plot *plot, size_t i, size_t n)
{
	double span = (double)plot->until - (double)plot->since;

	return plot->since + (int64_t)(span * (double)i / (double)n);
}

/* How many points begin before a moment. */
static size_t count_before(const struct cli_plot *plot, int64_t time)
{
	size_t low = 0, high = plot->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (plot->points[middle].begin < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool cli_plot_column(const struct cli_plot *plot, size_t i, size_t n, double *value)
{
	int64_t begin = column_time(plot, i, n);
	int64_t end = i + 1 < n ? column_time(plot, i + 1, n) : plot->until + 1;
	size_t at = count_before(plot, end > begin ? end : begin + 1);

	if (at == 0)
		return false;
	*value = plot->points[at - 1].value;
	return plot->points[at - 1].end >= begin || (at < plot->n && !plot->points[at].gap);
}

/* How high a value stands in so many steps; something is never nothing. */
static size_t steps_of(const struct cli_plot *plot, double value, size_t steps)
{
	double part = (value - plot->low) / (plot->high - plot->low);
	double at = part * (double)steps;

	if (!(at > 0))
		return 0;
	return at >= (double)steps ? steps : (size_t)br_ceil(at);
}

void cli_sparkline(struct br_buf *out, const struct cli_look *look, const struct cli_plot *plot,
		   size_t cells)
{
	const char *const *steps = look->utf8 ? blocks : marks;

	for (size_t i = 0; i < cells; i++) {
		double value;
		size_t step;

		if (!cli_plot_column(plot, i, cells, &value)) {
			br_buf_char(out, ' ');
			continue;
		}
		step = steps_of(plot, value, EIGHTHS);
		br_buf_text(out, steps[step ? step : 1]);
	}
}

void cli_plot_time(char *out, size_t size, int64_t time, int64_t span)
{
	char text[BR_TIME_TEXT_SIZE];
	bool is_short = span < 3 * 86400;

	br_time_text(text, time);
	if (strlen(text) < 16) { /* no time that can be written */
		br_text_copy(out, size, br_view("?"));
		return;
	}
	text[10] = ' ';
	br_text_copy(out, size,
		     is_short ? (struct br_view){text + 5, 11} : (struct br_view){text, 10});
}

static void repeat(struct br_buf *out, const char *text, size_t n)
{
	while (n--)
		br_buf_text(out, text);
}

/* A label of the value axis: at the top, in the middle, at the bottom; else empty. */
static void label_of(char *label, size_t size, const struct cli_plot *plot, size_t row,
		     size_t height)
{
	double part = (double)row / (double)height;
	double value = plot->low + part * (plot->high - plot->low);

	label[0] = '\0';
	/* Half a page in the middle would be said to be a whole one. */
	if (row == 0 || row == height ||
	    (height % 2 == 0 && row == height / 2 && br_floor(value) >= value))
		snprintf(label, size, "%.0f", value);
}

/* A plot as it is drawn: its columns, and how high each stands, in eighths of a cell. */
struct canvas {
	struct br_buf *out;
	const struct cli_look *look;
	size_t left, columns, height; /* left: cells of labels and axis */
	size_t heights[WIDTH_MOST];   /* 0: not known */
	bool marked[WIDTH_MOST];
};

static void measure(struct canvas *canvas, const struct cli_plot *plot)
{
	for (size_t i = 0; i < canvas->columns; i++) {
		int64_t begin = column_time(plot, i, canvas->columns);
		int64_t end = column_time(plot, i + 1, canvas->columns);
		size_t height = 0;
		double value;

		if (cli_plot_column(plot, i, canvas->columns, &value)) {
			height = steps_of(plot, value, canvas->height * EIGHTHS);
			height = height ? height : 1; /* known to be nothing */
		}
		canvas->heights[i] = height;
		canvas->marked[i] = false;
		for (size_t k = 0; k < plot->n_marks; k++)
			canvas->marked[i] |= plot->marks[k] >= begin && plot->marks[k] < end;
	}
}

/* The cells of one row, counted from the bottom. */
static void draw_row(const struct canvas *canvas, size_t row)
{
	static const char *const ascii[EIGHTHS + 1] = {" ", ".", ".", ":", ":",
						       ":", "#", "#", "#"};
	const char *const *steps = canvas->look->utf8 ? blocks : ascii;
	size_t base = row * EIGHTHS, last = 0;

	for (size_t i = 0; i < canvas->columns; i++)
		last = canvas->heights[i] > base ? i + 1 : last;
	for (size_t i = 0; i < last; i++) {
		size_t above = canvas->heights[i] > base ? canvas->heights[i] - base : 0;

		br_buf_text(canvas->out, steps[above < EIGHTHS ? above : EIGHTHS]);
	}
	br_buf_char(canvas->out, '\n');
}

static void draw_marks(const struct canvas *canvas)
{
	size_t at = 0;

	for (size_t i = 0; i < canvas->columns; i++) {
		if (!canvas->marked[i])
			continue;
		repeat(canvas->out, " ", i - at + (at ? 0 : canvas->left));
		br_buf_text(canvas->out, canvas->look->utf8 ? "\xe2\x96\xb2" : "^");
		at = i + 1;
	}
	if (at)
		br_buf_char(canvas->out, '\n');
}

static void time_axis(struct br_buf *out, const struct cli_plot *plot, size_t columns)
{
	int64_t span = plot->until - plot->since;
	char first[LABEL_SIZE], middle[LABEL_SIZE], last[LABEL_SIZE];
	size_t used, at;

	cli_plot_time(first, sizeof first, plot->since, span);
	cli_plot_time(middle, sizeof middle, plot->since + span / 2, span);
	cli_plot_time(last, sizeof last, plot->until, span);
	br_buf_text(out, first);
	used = strlen(first);
	at = columns / 2 - strlen(middle) / 2;
	if (columns > 3 * used + 6 && at > used) {
		repeat(out, " ", at - used);
		br_buf_text(out, middle);
		used = at + strlen(middle);
	}
	if (columns > used + strlen(last)) {
		repeat(out, " ", columns - used - strlen(last));
		br_buf_text(out, last);
	}
	br_buf_char(out, '\n');
}

static void draw_line(const struct canvas *canvas, const struct cli_plot *plot, size_t row)
{
	static const char *const axis[2][3] = {
		{"|", "+", "+"}, {"\xe2\x94\x82", "\xe2\x94\xa4", "\xe2\x94\x94"}};
	const char *const *signs = axis[canvas->look->utf8];
	char label[LABEL_SIZE];

	label_of(label, sizeof label, plot, row, canvas->height);
	repeat(canvas->out, " ", canvas->left - 2 - strlen(label));
	br_buf_format(canvas->out, "%s %s", label, signs[row == 0 ? 2 : *label != '\0']);
}

void cli_plot_text(struct br_buf *out, const struct cli_look *look, const struct cli_plot *plot,
		   size_t width, size_t height)
{
	struct canvas canvas = {.out = out, .look = look};
	char low[LABEL_SIZE], high[LABEL_SIZE];
	size_t left;

	width = width < WIDTH_LEAST ? WIDTH_LEAST : width < WIDTH_MOST ? width : WIDTH_MOST;
	canvas.height = height < HEIGHT_LEAST ? HEIGHT_LEAST : height;
	label_of(low, sizeof low, plot, 0, canvas.height);
	label_of(high, sizeof high, plot, canvas.height, canvas.height);
	left = strlen(low) > strlen(high) ? strlen(low) : strlen(high);
	canvas.left = left + 2;
	canvas.columns = width > canvas.left + 8 ? width - canvas.left : 8;
	measure(&canvas, plot);
	if (*plot->title || *plot->unit) {
		cli_show(out, look, br_view(plot->title), width / 2);
		br_buf_text(out, *plot->title && *plot->unit ? ", " : "");
		cli_show(out, look, br_view(plot->unit), width / 2 - 2);
		br_buf_char(out, '\n');
	}
	if (plot->n == 0) {
		br_buf_text(out, CLI_PLOT_EMPTY "\n");
		return;
	}
	for (size_t row = canvas.height; row > 0; row--) {
		draw_line(&canvas, plot, row);
		draw_row(&canvas, row - 1);
	}
	draw_line(&canvas, plot, 0);
	repeat(out, look->utf8 ? "\xe2\x94\x80" : "-", canvas.columns);
	br_buf_char(out, '\n');
	draw_marks(&canvas);
	repeat(out, " ", canvas.left);
	time_axis(out, plot, canvas.columns);
}
