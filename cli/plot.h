/*
 * plot.h - a series over time as a sparkline, as a plot for a terminal, as an SVG.
 *
 * A point holds from begin to end; between two of them the value is held, unless the later says
 * that there is a gap. Times are of the years 1970 to 9999, and are shown in UTC.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_PLOT_H
#define BR_CLI_PLOT_H

#include "screen.h"

struct cli_point {
	int64_t begin, end;
	double value;
	bool gap; /* nothing is known between the one before and this one */
};

struct cli_plot {
	const char *title, *unit;       /* any text; "" for none */
	const struct cli_point *points; /* oldest first */
	size_t n;
	const int64_t *marks; /* moments of note: swaps, resets */
	size_t n_marks;
	int64_t since, until;
	double low, high; /* of the value axis */
};

#define CLI_PLOT_EMPTY "nothing in this time" /* instead of axes around nothing */

/* Sets times and axis by the points: 0 to 100 if percent, else round numbers around them. */
void cli_plot_fit(struct cli_plot *plot, bool percent);

/* The value that held last in column i of n; false: not known. */
bool cli_plot_column(const struct cli_plot *plot, size_t i, size_t n, double *value);

/* One line of so many cells, without its end; a blank where nothing is known. */
void cli_sparkline(struct br_buf *out, const struct cli_look *look, const struct cli_plot *plot,
		   size_t cells);

/* Title, plot and axes in width cells, with height rows for the values. */
void cli_plot_text(struct br_buf *out, const struct cli_look *look, const struct cli_plot *plot,
		   size_t width, size_t height);

/* A document of its own: no script, no font, nothing from elsewhere; light and dark. */
void cli_plot_svg(struct br_buf *out, const struct cli_plot *plot);

/* "2026-11-21", or "11-21 14:00" where the span is short. */
void cli_plot_time(char *out, size_t size, int64_t time, int64_t span);

#endif
