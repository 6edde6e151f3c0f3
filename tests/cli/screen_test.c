/*
 * screen_test.c - widths of what printers write, wrapping, columns, bars.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_look ascii = {0}, utf8 = {.utf8 = true},
			     blocks = {.utf8 = true, .blocks = true};

/* A view of exactly its octets on the heap, so that a look behind them is seen. */
static struct br_view exactly(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);

	CHECK(copy != NULL);
	if (copy && len)
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): a view has no NUL */
		memcpy(copy, text, len);
	return (struct br_view){copy, len};
}

TEST(widths)
{
	static const struct {
		const char *name, *text;
		size_t cells;
	} cases[] = {
		{"nothing", "", 0},
		{"ASCII", "Toner", 5},
		{"Latin", "Entkoppl\xc3\xa4nger", 13},
		{"Katakana", "\xe3\x83\x88\xe3\x83\x8a\xe3\x83\xbc", 6},
		{"half-width Katakana", "\xef\xbd\xb6\xef\xbe\x85", 2},
		{"Hangul", "\xed\x95\x9c", 2},
		{"combining", "e\xcc\x81", 1},
		{"box", "\xe2\x96\x88", 1},
		{"emoji", "\xf0\x9f\x96\xa8", 2},
		{"cut short", "\xe3\x83", 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exactly(cases[i].text);

		check_case(cases[i].name);
		CHECK_INT(cli_width(view), cases[i].cells);
		free((void *)(uintptr_t)view.at);
	}
}

TEST(shown_and_cut)
{
	static const struct {
		const char *name, *text;
		const struct cli_look *look;
		size_t width;
		const char *want;
	} cases[] = {
		{"fits", "abc", &ascii, 3, "abc"},
		{"cut", "abcdef", &ascii, 4, "ab.."},
		{"cut in UTF-8", "abcdef", &utf8, 4, "abc\xe2\x80\xa6"},
		{"wide cut between", "\xe3\x83\x88\xe3\x83\x8a\xe3\x83\xbc", &utf8, 4,
		 "\xe3\x83\x88\xe2\x80\xa6 "},
		{"not ASCII", "gr\xc3\xbcn", &ascii, 10, "gr?n"},
		{"wide as ASCII", "\xe3\x83\x88x", &ascii, 10, "??x"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_buf out;

		br_buf_init(&out, 1000);
		check_case(cases[i].name);
		cli_show(&out, cases[i].look, br_view(cases[i].text), cases[i].width);
		CHECK_STR(out.data, cases[i].want);
		br_buf_clear(&out);
	}
}

TEST(wrapped)
{
	static const char a20[] = "aaaaaaaaaaaaaaaaaaaa";
	char text[256], want[256];
	struct br_buf out;

	br_buf_init(&out, 1000);
	snprintf(text, sizeof text, "%s %s %s %s", a20, a20, a20, a20);
	snprintf(want, sizeof want, "%s %s %s\n    %s\n", a20, a20, a20, a20);
	cli_wrap(&out, &ascii, text, 4, 4);
	CHECK_STR(out.data, want);
	br_buf_reset(&out);
	check_case("one cell too many");
	snprintf(text, sizeof text, "%s %s %s %.14s", a20, a20, a20, a20);
	snprintf(want, sizeof want, "%s %s %s\n    %.14s\n", a20, a20, a20, a20);
	cli_wrap(&out, &ascii, text, 4, 4);
	CHECK_STR(out.data, want);
	br_buf_reset(&out);
	check_case("a word that fills the line exactly");
	cli_wrap(&out, &ascii, a20, CLI_WIDTH - 20, 4);
	CHECK_STR(out.data, "aaaaaaaaaaaaaaaaaaaa\n");
	br_buf_reset(&out);
	check_case("a word wider than the rest of the line is broken");
	cli_wrap(&out, &ascii, a20, CLI_WIDTH - 15, 2);
	CHECK_STR(out.data, "aaaaaaaaaaaaaaa\n  aaaaa\n");
	br_buf_reset(&out);
	check_case("a wide character does not stand across the edge");
	cli_wrap(&out, &utf8, "\xe3\x83\x88\xe3\x83\x8a", CLI_WIDTH - 3, 2);
	CHECK_STR(out.data, "\xe3\x83\x88\n  \xe3\x83\x8a\n");
	br_buf_reset(&out);
	check_case("nothing");
	cli_wrap(&out, &ascii, "", 4, 4);
	CHECK_STR(out.data, "\n");
	br_buf_clear(&out);
}

TEST(bars)
{
	static const struct {
		unsigned percent;
		const char *want;
	} cases[] = {
		{0, "[..........]"},   {1, "[#.........]"},  {14, "[#.........]"},
		{15, "[##........]"},  {50, "[#####.....]"}, {99, "[#########.]"},
		{100, "[##########]"},
	};
	struct br_buf out;

	br_buf_init(&out, 1000);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		br_buf_reset(&out);
		cli_bar(&out, &ascii, cases[i].percent, 10, CLI_PLAIN);
		CHECK_STR(out.data, cases[i].want);
	}
	br_buf_reset(&out);
	cli_bar(&out, &blocks, 50, 2, CLI_CYAN);
	CHECK_STR(out.data, "\xe2\x96\x88\xe2\x96\x91");
	br_buf_clear(&out);
}

TEST(columns)
{
	struct cli_grid grid;
	struct cli_cell *row;
	struct br_buf out;

	br_buf_init(&out, 4000);
	cli_grid_init(&grid, 3);
	row = cli_grid_row(&grid);
	row[0].text = "\xe3\x83\x88";
	cli_cell_format(&grid, &row[1], "%d", 7);
	row[1].right = true;
	row[2].text = "last";
	row = cli_grid_row(&grid);
	row[0].text = "abc";
	cli_cell_format(&grid, &row[1], "%d", 1234);
	row[1].right = true;
	cli_grid_print(&grid, &out, &utf8);
	CHECK_STR(out.data, "\xe3\x83\x88     7  last\nabc 1234\n");
	br_buf_reset(&out);
	check_case("full");
	for (row = cli_grid_row(&grid); row; row = cli_grid_row(&grid))
		cli_cell_format(&grid, &row[0], "%0200d", 0);
	CHECK_INT(grid.n_rows, CLI_GRID_ROWS);
	cli_grid_print(&grid, &out, &utf8);
	CHECK(out.len > 0);
	br_buf_clear(&out);
}
