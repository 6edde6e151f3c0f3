/*
 * plot_test.c - sparklines, plots to the letter, and SVG that stays valid whatever the text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "cli/plot.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { DAY = 86400, BEGIN = 20454 * DAY }; /* 2026-01-01 */

static const struct cli_look ascii = {0}, utf8 = {.utf8 = true};

/* One point a day in a block of its exact size, each holding for most of it; -1: no point. */
struct made {
	struct cli_point *points;
	struct cli_plot plot;
};

static struct made make(const double *values, size_t n)
{
	struct made made = {.points = calloc(n ? n : 1, sizeof *made.points)};
	size_t used = 0;
	bool gap = false;

	for (size_t i = 0; made.points && i < n; i++) {
		int64_t begin = BEGIN + (int64_t)i * DAY;

		if (values[i] >= 0)
			made.points[used++] =
				(struct cli_point){begin, begin + DAY * 9 / 10, values[i], gap};
		gap = values[i] < 0;
	}
	made.plot =
		(struct cli_plot){.title = "", .unit = "", .points = made.points, .n = used};
	cli_plot_fit(&made.plot, true);
	return made;
}

TEST(sparklines)
{
	static const struct {
		const char *name;
		double values[8];
		size_t n, cells;
		const char *utf8, *ascii;
	} cases[] = {
		{"falls",
		 {100, 87, 75, 62, 50, 37, 25, 12},
		 8,
		 8,
		 "\xe2\x96\x88\xe2\x96\x87\xe2\x96\x86\xe2\x96\x85"
		 "\xe2\x96\x84\xe2\x96\x83\xe2\x96\x82\xe2\x96\x81",
		 "#*+=-:._"},
		{"nothing is not unknown", {0, 1}, 2, 2, "\xe2\x96\x81\xe2\x96\x81", "__"},
		{"a gap", {100, -1, -1, 100}, 4, 4, "\xe2\x96\x88  \xe2\x96\x88", "#  #"},
		{"squeezed: the last of each",
		 {0, 100, 0, 50},
		 4,
		 2,
		 "\xe2\x96\x88\xe2\x96\x84",
		 "#-"},
		{"stretched",
		 {0, 100},
		 2,
		 4,
		 "\xe2\x96\x81\xe2\x96\x81\xe2\x96\x88\xe2\x96\x88",
		 "__##"},
		{"beyond the axis", {200}, 1, 1, "\xe2\x96\x88", "#"},
		{"none", {0}, 0, 3, "   ", "   "},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct made made = make(cases[i].values, cases[i].n);
		struct br_buf out;

		br_buf_init(&out, 1000);
		check_case(cases[i].name);
		cli_sparkline(&out, &utf8, &made.plot, cases[i].cells);
		CHECK_STR(out.data, cases[i].utf8);
		br_buf_reset(&out);
		cli_sparkline(&out, &ascii, &made.plot, cases[i].cells);
		CHECK_STR(out.data, cases[i].ascii);
		br_buf_clear(&out);
		free(made.points);
	}
}

TEST(held_until_the_next_unless_there_is_a_gap)
{
	struct cli_point points[] = {{BEGIN, BEGIN, 40, false},
				     {BEGIN + 4 * DAY, BEGIN + 4 * DAY, 20, false}};
	struct cli_plot plot = {.title = "", .unit = "", .points = points, .n = 2};
	double value = 0;

	cli_plot_fit(&plot, true);
	CHECK(cli_plot_column(&plot, 2, 4, &value) && value == 40);
	points[1].gap = true;
	CHECK(!cli_plot_column(&plot, 2, 4, &value));
	CHECK(cli_plot_column(&plot, 3, 4, &value) && value == 20);
}

TEST(round_numbers_on_the_axis)
{
	static const struct {
		const char *name;
		double low, high, want_low, want_high;
	} cases[] = {
		{"a counter", 12345, 12999, 12200, 13000},
		{"one value", 7, 7, 7, 8},
		{"nothing", 0, 0, 0, 1},
		{"large", 3, 4000000000.0, 0, 4e9},
		{"hundreds", 0, 400, 0, 400},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cli_point points[] = {{BEGIN, BEGIN, cases[i].low, false},
					     {BEGIN + DAY, BEGIN + DAY, cases[i].high, false}};
		struct cli_plot plot = {.points = points, .n = 2};

		check_case(cases[i].name);
		cli_plot_fit(&plot, false);
		CHECK_INT(plot.low, cases[i].want_low);
		CHECK_INT(plot.high, cases[i].want_high);
	}
}

/* There is no half a page between two. */
TEST(a_counter_that_stays_has_two_labels)
{
	static const double values[] = {412880, 412880};
	struct made made = make(values, COUNT(values));
	struct br_buf out;

	made.plot.title = made.plot.unit = "";
	br_buf_init(&out, 100000);
	cli_plot_fit(&made.plot, false);
	cli_plot_text(&out, &ascii, &made.plot, 40, 4);
	CHECK(strstr(out.data, "412881 +") == out.data);
	CHECK(strstr(out.data, "412880 +--") != NULL);
	CHECK(strstr(strstr(out.data, "412880") + 1, "412880") == NULL);
	br_buf_reset(&out);
	cli_plot_svg(&out, &made.plot);
	CHECK(strstr(out.data, ">412880</text>") != NULL);
	CHECK(strstr(out.data, ">412881</text>") != NULL);
	CHECK(strstr(out.data, "412880.") == NULL);
	br_buf_clear(&out);
	free(made.points);
}

TEST(a_plot_to_the_letter)
{
	static const double values[] = {100, 88, 75, 62, 50, 38, -1, 12, 0, 100};
	static const int64_t marks[] = {BEGIN + 9 * DAY, BEGIN - DAY};
	struct made made = make(values, COUNT(values));
	struct br_buf out;

	made.plot.title = "toner-black";
	made.plot.unit = "%";
	made.plot.marks = marks;
	made.plot.n_marks = COUNT(marks);
	br_buf_init(&out, 10000);
	cli_plot_text(&out, &ascii, &made.plot, 45, 4);
	CHECK_STR(out.data, "toner-black, %\n"
			    "100 +####::::                            ####\n"
			    "    |############::::                    ####\n"
			    " 50 +####################::::            ####\n"
			    "    |########################    ::::....####\n"
			    "  0 +----------------------------------------\n"
			    "                                         ^\n"
			    "     2026-01-01     2026-01-05     2026-01-10\n");
	br_buf_reset(&out);
	cli_plot_text(&out, &utf8, &made.plot, 1, 1);
	CHECK(out.len > 0);
	check_case("nothing to draw");
	made.plot.n = 0;
	cli_plot_fit(&made.plot, false);
	br_buf_reset(&out);
	cli_plot_text(&out, &utf8, &made.plot, 100000, 3);
	CHECK_STR(out.data, "toner-black, %\nnothing in this time\n");
	br_buf_reset(&out);
	cli_plot_svg(&out, &made.plot);
	CHECK(strstr(out.data, ">nothing in this time</text>") != NULL);
	CHECK(strstr(out.data, "1970") == NULL);
	br_buf_clear(&out);
	free(made.points);
}

TEST(svg_text_is_escaped)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"markup", "<script>\"&'", "&lt;script&gt;&quot;&amp;'"},
		{"controls", "a\x01\x1b[31mb", "a [31mb"},
		{"not UTF-8",
		 "a\xff"
		 "b",
		 "a\xef\xbf\xbd"
		 "b"},
		{"no character of XML", "a\xef\xbf\xbf\xef\xbf\xbe",
		 "a\xef\xbf\xbd\xef\xbf\xbd"},
	};
	static const double values[] = {3, 2, -1, 1};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct made made = make(values, COUNT(values));
		struct br_buf out;

		check_case(cases[i].name);
		made.plot.title = cases[i].text;
		br_buf_init(&out, 100000);
		cli_plot_svg(&out, &made.plot);
		CHECK(strstr(out.data, cases[i].want) != NULL);
		CHECK(strstr(out.data, "<script") == NULL);
		CHECK(strstr(out.data, "</svg>\n") != NULL);
		CHECK(strstr(out.data, "nan") == NULL && strstr(out.data, "inf") == NULL);
		br_buf_clear(&out);
		free(made.points);
	}
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
		n++;
	return n;
}

TEST(svg_of_much_is_bounded_and_breaks_at_gaps)
{
	enum { MANY = 100000 };
	struct cli_point *points = calloc(MANY, sizeof *points);
	struct cli_plot plot = {.title = "", .unit = "", .points = points, .n = MANY};
	struct br_buf out;

	CHECK(points != NULL);
	if (!points)
		return;
	br_buf_init(&out, 1 << 20);
	for (int i = 0; i < MANY; i++)
		points[i] = (struct cli_point){BEGIN + i * 600, BEGIN + i * 600, i % 100,
					       i == MANY / 2};
	cli_plot_fit(&plot, true);
	cli_plot_svg(&out, &plot);
	CHECK_INT(out.status, BR_OK);
	CHECK(out.len < 64 * 1024);
	br_buf_reset(&out);
	plot.n = 4;
	points[2].gap = true;
	cli_plot_fit(&plot, true);
	cli_plot_svg(&out, &plot);
	CHECK_INT(count(strstr(out.data, "class=\"line\""), "M"), 2);
	br_buf_clear(&out);
	free(points);
}
