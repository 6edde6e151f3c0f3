/*
 * color.c - colours only where somebody sees them, block characters only where they arrive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "color.h"

#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool given(const char *variable)
{
	return variable && *variable;
}

/* The first of the three that is set says it, as in setlocale(3), which would cost a start
 * more. */
bool cli_is_utf8(const struct cli_environment *environment)
{
	const char *locale = given(environment->lc_all)     ? environment->lc_all
			     : given(environment->lc_ctype) ? environment->lc_ctype
			     : given(environment->lang)     ? environment->lang
							    : "";

	return br_view_contains(br_view(locale), "UTF-8") ||
	       br_view_contains(br_view(locale), "UTF8");
}

bool cli_look_settle(struct cli *cli, struct cli_look *look)
{
	static const char *const words[] = {"auto", "always", "never", NULL};
	const char *color = cli->given.color ? cli->given.color : "auto", *nearest;
	bool terminal = isatty(cli->out_fd) == 1;
	bool dumb = !given(cli->environment.term) || strcmp(cli->environment.term, "dumb") == 0;

	look->utf8 = cli_is_utf8(&cli->environment);
	look->color = terminal && !dumb && !given(cli->environment.no_color);
	if (strcmp(color, "always") == 0)
		look->color = true;
	else if (strcmp(color, "never") == 0)
		look->color = false;
	else if (strcmp(color, "auto") != 0) {
		nearest = br_text_nearest(br_view(color), words);
		cli_usage(cli, "--color is auto, always or never%s%s%s",
			  nearest ? "; did you mean " : "", nearest ? nearest : "",
			  nearest ? "?" : "");
		return false;
	}
	look->blocks = look->utf8 && (look->color || (terminal && !dumb));
	return true;
}

static const char *const sequences[] = {
	[CLI_PLAIN] = "",        [CLI_BOLD] = "\033[1m",     [CLI_DIM] = "\033[2m",
	[CLI_GOOD] = "\033[32m", [CLI_WARN] = "\033[1;33m",  [CLI_BAD] = "\033[1;31m",
	[CLI_CYAN] = "\033[36m", [CLI_MAGENTA] = "\033[35m", [CLI_YELLOW] = "\033[33m",
	[CLI_GRAY] = "\033[37m",
};

void cli_style_on(struct br_buf *out, const struct cli_look *look, enum cli_style style)
{
	if (look->color)
		br_buf_text(out, sequences[style]);
}

void cli_style_off(struct br_buf *out, const struct cli_look *look, enum cli_style style)
{
	if (look->color && style != CLI_PLAIN)
		br_buf_text(out, "\033[0m");
}

enum cli_style cli_style_of_colorant(const char *colorant)
{
	static const struct {
		const char *word;
		enum cli_style style;
	} rows[] = {
		{"cyan", CLI_CYAN},   {"magenta", CLI_MAGENTA}, {"yellow", CLI_YELLOW},
		{"red", CLI_MAGENTA}, {"blue", CLI_CYAN},       {"green", CLI_GOOD},
		{"black", CLI_GRAY},  {"gray", CLI_GRAY},       {"white", CLI_GRAY},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (br_view_contains(br_view(colorant), rows[i].word))
			return rows[i].style;
	return CLI_PLAIN;
}

enum cli_style cli_style_of_severity(enum br_severity severity)
{
	switch (severity) {
	case BR_SEVERITY_OK:
		return CLI_GOOD;
	case BR_SEVERITY_WARNING:
		return CLI_WARN;
	case BR_SEVERITY_CRITICAL:
		return CLI_BAD;
	case BR_SEVERITY_UNKNOWN:
		break;
	}
	return CLI_PLAIN;
}

static void cells_of(struct br_buf *out, const struct cli_look *look, unsigned n,
		     const char *cell, enum cli_style style)
{
	if (n == 0)
		return;
	cli_style_on(out, look, style);
	while (n--)
		br_buf_text(out, cell);
	cli_style_off(out, look, style);
}

void cli_bar(struct br_buf *out, const struct cli_look *look, unsigned percent, unsigned cells,
	     enum cli_style style)
{
	unsigned full = percent < 100 ? (percent * cells + 50) / 100 : cells;

	if (full == 0 && percent > 0)
		full = 1; /* a little is not nothing */
	if (full == cells && percent < 100)
		full = cells - 1; /* and nearly all is not all */
	if (!look->blocks)
		br_buf_char(out, '[');
	cells_of(out, look, full, look->blocks ? "\xe2\x96\x88" : "#", style); /* U+2588 */
	cells_of(out, look, cells - full, look->blocks ? "\xe2\x96\x91" : ".",
		 CLI_DIM); /* U+2591 */
	if (!look->blocks)
		br_buf_char(out, ']');
}
