/*
 * range.c - see range.h. No strtod: it takes "nan", "0x1p3" and the locale's decimal comma.
 *
 * SPDX-License-Identifier: MIT
 */
#include "range.h"

#include <string.h>

#define DIGITS_MOST \
	15 /* 10^15 < 2^53: digits, scale and so the quotient are exact to rounding */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void skip(struct br_view *text, size_t n)
{
	text->at += n;
	text->len -= n;
}

/* Takes digits off the front into *number; returns how many, and one more than most if there
 * are too many. */
static size_t take_digits(struct br_view *text, size_t most, int64_t *number)
{
	size_t n = 0;

	for (; n < text->len && n <= most && is_digit(text->at[n]); n++)
		*number = *number * 10 + (text->at[n] - '0');
	skip(text, n);
	return n;
}

/* Says why not; NULL: it is one. */
static const char *parse_number(struct br_view text, double *out)
{
	bool negative = text.len > 0 && text.at[0] == '-';
	size_t whole, part = 0;
	int64_t number = 0;
	double scale = 1;

	if (negative)
		skip(&text, 1);
	whole = take_digits(&text, DIGITS_MOST, &number);
	if (whole > 0 && whole <= DIGITS_MOST && text.len > 0 && text.at[0] == '.') {
		skip(&text, 1);
		part = take_digits(&text, DIGITS_MOST - whole, &number);
		if (part == 0)
			return "a '.' has digits on both sides";
	}
	if (whole + part > DIGITS_MOST)
		return "a number has at most 15 digits";
	if (whole == 0 || text.len > 0)
		return "a number is digits, with a '-' before or a '.' among them";
	for (size_t i = 0; i < part; i++)
		scale *= 10;
	*out = (double)(negative ? -number : number) / scale;
	return NULL;
}

static const char *parse_start(struct plugin_range *range, struct br_view text)
{
	if (text.len == 0)
		return NULL; /* zero */
	range->no_start = br_view_is(text, "~");
	return range->no_start ? NULL : parse_number(text, &range->start);
}

/* Says why not; NULL: it is one. */
static const char *parse(struct plugin_range *range, struct br_view text)
{
	const char *colon, *wrong = NULL;

	if (text.len > 0 && text.at[0] == '@') {
		range->inside = true;
		skip(&text, 1);
	}
	if (text.len == 0)
		return "nothing is there";
	if (br_view_is(text, ":"))
		return "it has neither a start nor an end";
	colon = memchr(text.at, ':', text.len);
	if (colon) {
		size_t before = (size_t)(colon - text.at);

		wrong = parse_start(range, (struct br_view){text.at, before});
		skip(&text, before + 1);
		range->no_end = text.len == 0;
	}
	if (!wrong && !range->no_end)
		wrong = parse_number(text, &range->end);
	if (!wrong && !range->no_start && !range->no_end && range->start > range->end)
		wrong = "its start is beyond its end";
	return wrong;
}

/* As much of what was given as an error needs. */
#define SHOWN(text) (int)((text).len < 60 ? (text).len : 60), (text).len ? (text).at : ""

enum br_status plugin_range_parse(struct plugin_range *range, struct br_view text,
				  struct br_error *err)
{
	const char *wrong;

	*range = (struct plugin_range){.given = true, .text = text};
	wrong = parse(range, text);
	if (!wrong)
		return BR_OK;
	*range = (struct plugin_range){0};
	return br_fail(err, BR_E_SYNTAX,
		       "'%.*s' is no range, %s; write [@][START:]END, as 20: or 5:10",
		       SHOWN(text), wrong);
}

bool plugin_range_alerts(const struct plugin_range *range, double value)
{
	bool below = !range->no_start && value < range->start;
	bool above = !range->no_end && value > range->end;

	return range->given && (below || above) != range->inside;
}

/* One side of W/C, which may be left out. */
static enum br_status parse_side(struct plugin_range *range, const char *at, size_t len,
				 struct br_error *err)
{
	if (len == 0)
		return BR_OK;
	return plugin_range_parse(range, (struct br_view){at, len}, err);
}

enum br_status plugin_thresholds_parse(struct plugin_thresholds *thresholds,
				       struct br_view text, struct br_error *err)
{
	const char *slash = text.len ? memchr(text.at, '/', text.len) : NULL;
	enum br_status status;
	size_t before;

	*thresholds = (struct plugin_thresholds){0};
	if (!slash)
		return br_fail(err, BR_E_SYNTAX,
			       "'%.*s' is no pair of ranges; write WARNING/CRITICAL, as "
			       "20:/10: or /10:",
			       SHOWN(text));
	before = (size_t)(slash - text.at);
	status = parse_side(&thresholds->warning, text.at, before, err);
	if (status == BR_OK)
		status = parse_side(&thresholds->critical, slash + 1, text.len - before - 1,
				    err);
	if (status != BR_OK)
		*thresholds = (struct plugin_thresholds){0};
	return status;
}

enum plugin_state plugin_thresholds_judge(const struct plugin_thresholds *thresholds,
					  double value)
{
	if (plugin_range_alerts(&thresholds->critical, value))
		return PLUGIN_CRITICAL;
	return plugin_range_alerts(&thresholds->warning, value) ? PLUGIN_WARNING : PLUGIN_OK;
}

bool plugin_thresholds_clash(const struct plugin_thresholds *thresholds)
{
	bool warns = false, warns_first = false, skips = false;

	if (thresholds->warning.usual == thresholds->critical.usual)
		return false;
	for (int percent = 0; percent <= 100; percent++) {
		bool warning = plugin_range_alerts(&thresholds->warning, percent);
		bool critical = plugin_range_alerts(&thresholds->critical, percent);

		warns = warns || warning;
		warns_first = warns_first || (warning && !critical);
		skips = skips || (critical && !warning);
	}
	return warns && (skips || !warns_first);
}
