/*
 * screen.c - width, wrapping, columns. wcwidth(3) would need the locale loaded.
 *
 * SPDX-License-Identifier: MIT
 */
#include "screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { BAR = 10, COLUMN_MOST = 26, GAP = 2, LAST_LEAST = 16, FACT_INDENT = 13 };

/* Ranges of Unicode that are not one cell wide, in order. */
static const struct {
	uint32_t first, last;
	uint8_t cells;
} ranges[] = {
	{0x0300, 0x036f, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05bd, 0},
	{0x0610, 0x061a, 0},   {0x064b, 0x065f, 0},   {0x0e31, 0x0e31, 0},
	{0x0e34, 0x0e3a, 0},   {0x0e47, 0x0e4e, 0},   {0x1100, 0x115f, 2},
	{0x200b, 0x200f, 0},   {0x20d0, 0x20ff, 0},   {0x2e80, 0x303e, 2},
	{0x3041, 0x3098, 2},   {0x3099, 0x309a, 0},   {0x309b, 0xa4cf, 2},
	{0xa960, 0xa97c, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
	{0xfe00, 0xfe0f, 0},   {0xfe20, 0xfe2f, 0},   {0xfe30, 0xfe6f, 2},
	{0xfeff, 0xfeff, 0},   {0xff00, 0xff60, 2},   {0xffe0, 0xffe6, 2},
	{0x1f300, 0x1f64f, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
	{0xe0100, 0xe01ef, 0},
};

/* One character of valid UTF-8 off the front; its cells, and its octets in *len. */
static size_t take(struct br_view *rest, size_t *len)
{
	unsigned char first = (unsigned char)rest->at[0];
	uint32_t c = first;

	*len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (*len > rest->len)
		*len = rest->len;
	if (*len > 1)
		c &= 0xffu >> (*len + 1);
	for (size_t i = 1; i < *len; i++)
		c = c << 6 | ((unsigned char)rest->at[i] & 0x3f);
	rest->at += *len;
	rest->len -= *len;
	for (size_t i = 0; c >= 0x300 && i < COUNT(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return ranges[i].cells;
	return 1;
}

/* Nearly all text is ASCII from end to end. */
static size_t ascii_front(struct br_view utf8)
{
	size_t n = 0;

	while (n < utf8.len && (unsigned char)utf8.at[n] < 0x80)
		n++;
	return n;
}

size_t cli_width(struct br_view utf8)
{
	size_t cells = ascii_front(utf8), len;

	utf8.at += cells;
	utf8.len -= cells;
	while (utf8.len)
		cells += take(&utf8, &len);
	return cells;
}

void cli_show(struct br_buf *out, const struct cli_look *look, struct br_view utf8,
	      size_t width)
{
	const char *dots = look->utf8 ? "\xe2\x80\xa6" : "..";
	size_t room = width, used = 0, len;
	bool cut = cli_width(utf8) > width;

	if (cut)
		room = width - (look->utf8 ? 1 : 2);
	if (!cut && (look->utf8 || ascii_front(utf8) == utf8.len)) {
		br_buf_add(out, utf8.at, utf8.len);
		return;
	}
	while (utf8.len) {
		const char *at = utf8.at;
		size_t cells = take(&utf8, &len);

		if (used + cells > room)
			break;
		used += cells;
		if (look->utf8 || len == 1)
			br_buf_add(out, at, len);
		else
			br_buf_add(out, "??", cells); /* as wide as what it stands for */
	}
	if (cut)
		br_buf_text(out, dots);
	for (; cut && used < room; used++)
		br_buf_char(out, ' ');
}

static void blanks(struct br_buf *out, size_t n)
{
	static const char row[] = "                                                            "
				  "                    ";

	br_buf_add(out, row, n < sizeof row - 1 ? n : sizeof row - 1);
}

/* As much of a word as fits in cells; at least one character. */
static struct br_view piece(struct br_view word, size_t cells)
{
	struct br_view rest = word;
	size_t used = 0, taken = 0, len;

	while (rest.len) {
		used += take(&rest, &len);
		if (used > cells && taken)
			break;
		taken += len;
	}
	return (struct br_view){word.at, taken};
}

void cli_wrap(struct br_buf *out, const struct cli_look *look, const char *utf8, size_t used,
	      size_t indent)
{
	struct br_view rest = br_view(utf8);
	bool first = true;

	while (rest.len) {
		const char *blank = memchr(rest.at, ' ', rest.len);
		struct br_view word = {rest.at, blank ? (size_t)(blank - rest.at) : rest.len};
		size_t cells = cli_width(word);

		if (!first && used + 1 + cells > CLI_WIDTH) {
			br_buf_char(out, '\n');
			blanks(out, indent);
			used = indent;
			first = true;
		}
		if (!first)
			br_buf_char(out, ' ');
		used += !first;
		if (used + cells > CLI_WIDTH) { /* wider than a line: broken anywhere */
			word = piece(word, CLI_WIDTH - used);
			cells = cli_width(word);
		}
		cli_show(out, look, word, cells);
		used += cells;
		first = false;
		rest.at += word.len;
		rest.len -= word.len;
		if (rest.len && *rest.at == ' ') {
			rest.at++;
			rest.len--;
		} else if (rest.len) {
			br_buf_char(out, '\n');
			blanks(out, indent);
			used = indent;
			first = true;
		}
	}
	br_buf_char(out, '\n');
}

void cli_fact(struct br_buf *out, const struct cli_look *look, const char *name,
	      const char *utf8)
{
	size_t len = strlen(name);

	if (!*utf8)
		return;
	br_buf_text(out, "  ");
	if (len) {
		cli_style_on(out, look, CLI_DIM);
		br_buf_text(out, name);
		cli_style_off(out, look, CLI_DIM);
	}
	blanks(out, len + 2 < FACT_INDENT ? FACT_INDENT - 2 - len : 1);
	cli_wrap(out, look, utf8, len + 2 < FACT_INDENT ? FACT_INDENT : len + 3, FACT_INDENT);
}

void cli_heading(struct br_buf *out, const struct cli_look *look, const char *text)
{
	br_buf_char(out, '\n');
	cli_style_on(out, look, CLI_BOLD);
	br_buf_text(out, text);
	cli_style_off(out, look, CLI_BOLD);
	br_buf_char(out, '\n');
}

void cli_grid_init(struct cli_grid *grid, size_t n_columns)
{
	grid->n_rows = grid->pool_used = 0;
	grid->n_columns = n_columns < CLI_GRID_COLUMNS ? n_columns : CLI_GRID_COLUMNS;
}

struct cli_cell *cli_grid_row(struct cli_grid *grid)
{
	struct cli_cell *row;

	if (grid->n_rows == CLI_GRID_ROWS)
		return NULL;
	row = grid->cells[grid->n_rows++];
	for (size_t i = 0; i < CLI_GRID_COLUMNS; i++)
		row[i] = (struct cli_cell){.bar = -1};
	return row;
}

void cli_cell_format(struct cli_grid *grid, struct cli_cell *cell, const char *format, ...)
{
	size_t room = sizeof grid->pool - grid->pool_used;
	char *at = grid->pool + grid->pool_used;
	va_list args;
	int len;

	if (room < 2)
		return;
	va_start(args, format);
	len = vsnprintf(at, room, format, args);
	va_end(args);
	if (len < 0)
		return;
	grid->pool_used += (size_t)len < room ? (size_t)len + 1 : room;
	cell->text = at;
}

static size_t cell_width(const struct cli_cell *cell, const struct cli_look *look)
{
	size_t width = cell->text ? cli_width(br_view(cell->text)) : 0;

	if (cell->bar >= 0)
		return look->blocks ? BAR : BAR + 2;
	return width < COLUMN_MOST ? width : COLUMN_MOST;
}

static void print_cell(const struct cli_cell *cell, struct br_buf *out,
		       const struct cli_look *look, size_t width)
{
	size_t has = cell_width(cell, look);

	if (cell->bar >= 0) {
		cli_bar(out, look, (unsigned)cell->bar, BAR, cell->style);
		blanks(out, width - has);
		return;
	}
	if (cell->right)
		blanks(out, width - has);
	cli_style_on(out, look, cell->style);
	if (cell->text)
		cli_show(out, look, br_view(cell->text), has);
	cli_style_off(out, look, cell->style);
	if (!cell->right)
		blanks(out, width - has);
}

static void trim_line(struct br_buf *out)
{
	while (out->status == BR_OK && out->len && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

static void print_row(const struct cli_grid *grid, const struct cli_cell *row,
		      const size_t *widths, struct br_buf *out, const struct cli_look *look)
{
	const struct cli_cell *last = &row[grid->n_columns - 1];
	size_t at = 0;

	for (size_t i = 0; i + 1 < grid->n_columns; i++) {
		if (widths[i] == 0)
			continue;
		print_cell(&row[i], out, look, widths[i]);
		blanks(out, i == 0 ? 1 : GAP); /* the mark stands close */
		at += widths[i] + (i == 0 ? 1 : GAP);
	}
	if (!last->text || !*last->text) {
		trim_line(out);
		br_buf_char(out, '\n');
		return;
	}
	if (at + LAST_LEAST > CLI_WIDTH) {
		trim_line(out);
		br_buf_char(out, '\n');
		at = widths[0] + 1;
		blanks(out, at);
	}
	cli_style_on(out, look, last->style);
	cli_wrap(out, look, last->text, at, at);
	cli_style_off(out, look, last->style);
}

void cli_grid_print(const struct cli_grid *grid, struct br_buf *out,
		    const struct cli_look *look)
{
	size_t widths[CLI_GRID_COLUMNS] = {0};

	for (size_t r = 0; r < grid->n_rows; r++)
		for (size_t i = 0; i + 1 < grid->n_columns; i++) {
			size_t width = cell_width(&grid->cells[r][i], look);

			widths[i] = width > widths[i] ? width : widths[i];
		}
	for (size_t r = 0; r < grid->n_rows; r++)
		print_row(grid, grid->cells[r], widths, out, look);
}
