/*
 * screen.h - text by its width on a screen: aligned columns, wrapped paragraphs, 80 wide.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_SCREEN_H
#define BR_CLI_SCREEN_H

#include "color.h"

#define CLI_WIDTH        80
#define CLI_GRID_ROWS    72
#define CLI_GRID_COLUMNS 6

/* Cells a valid UTF-8 text fills: 2 for East Asian wide characters, 0 for combining ones. */
size_t cli_width(struct br_view utf8);

/* The text as this output can show it; cut to width cells with an ellipsis where it is wider.
 */
void cli_show(struct br_buf *out, const struct cli_look *look, struct br_view utf8,
	      size_t width);

/* Wraps text at blanks; the line has used cells already, further lines begin at indent. Ends
 * it. */
void cli_wrap(struct br_buf *out, const struct cli_look *look, const char *utf8, size_t used,
	      size_t indent);

/* "  name      text…" with the text wrapped. Nothing if the text is empty. */
void cli_fact(struct br_buf *out, const struct cli_look *look, const char *name,
	      const char *utf8);

void cli_heading(struct br_buf *out, const struct cli_look *look, const char *text);

struct cli_cell {
	const char *text; /* lent until the grid is printed; NULL: empty */
	enum cli_style style;
	bool right; /* aligned to the right */
	int bar;    /* 0..100: a bar instead of the text; -1: none */
};

/* Rows whose columns are aligned. The last column is wrapped, the others are cut at 26 cells.
 */
struct cli_grid {
	size_t n_rows, n_columns;
	struct cli_cell cells[CLI_GRID_ROWS][CLI_GRID_COLUMNS];
	size_t pool_used;
	char pool[CLI_GRID_ROWS * 96]; /* of cli_cell_format */
};

void cli_grid_init(struct cli_grid *grid, size_t n_columns);
/* The cells of a new row, all empty; NULL when there is no more room. */
struct cli_cell *cli_grid_row(struct cli_grid *grid);
/* Text made here, kept in the grid; cut when its memory is used up. */
void cli_cell_format(struct cli_grid *grid, struct cli_cell *cell, const char *format, ...)
	BR_FORMAT(3, 4);
void cli_grid_print(const struct cli_grid *grid, struct br_buf *out,
		    const struct cli_look *look);

#endif
