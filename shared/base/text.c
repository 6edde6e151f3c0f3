/*
 * text.c - everything here knows where its text ends.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/text.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct br_view br_view(const char *text)
{
	return (struct br_view){text, strlen(text)};
}

bool br_view_is(struct br_view view, const char *text)
{
	size_t len = strlen(text);

	return view.len == len && (len == 0 || memcmp(view.at, text, len) == 0);
}

static bool begins_nocase(struct br_view view, const char *text, size_t len)
{
	if (view.len < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (lower(view.at[i]) != lower(text[i]))
			return false;
	return true;
}

bool br_view_is_nocase(struct br_view view, const char *text)
{
	size_t len = strlen(text);

	return view.len == len && begins_nocase(view, text, len);
}

struct br_view br_view_trim(struct br_view view)
{
	while (view.len && blank(view.at[0])) {
		view.at++;
		view.len--;
	}
	while (view.len && blank(view.at[view.len - 1]))
		view.len--;
	return view;
}

struct br_view br_view_word(struct br_view *rest)
{
	struct br_view word;
	bool quoted;

	while (rest->len && blank(*rest->at)) {
		rest->at++;
		rest->len--;
	}
	quoted = rest->len && *rest->at == '"';
	if (quoted) {
		rest->at++;
		rest->len--;
	}
	word = (struct br_view){rest->at, 0};
	while (rest->len && (quoted ? *rest->at != '"' : !blank(*rest->at))) {
		rest->at++;
		rest->len--;
		word.len++;
	}
	if (quoted && rest->len) {
		rest->at++;
		rest->len--;
	}
	return word;
}

bool br_view_line(struct br_view *rest, struct br_view *line)
{
	const char *newline;

	if (rest->len == 0)
		return false;
	newline = memchr(rest->at, '\n', rest->len);
	line->at = rest->at;
	line->len = newline ? (size_t)(newline - rest->at) : rest->len;
	rest->at += line->len + (newline != NULL);
	rest->len -= line->len + (newline != NULL);
	if (line->len && line->at[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool br_view_contains(struct br_view view, const char *needle)
{
	size_t len = strlen(needle);

	for (; view.len >= len; view.at++, view.len--) {
		if (begins_nocase(view, needle, len))
			return true;
		if (view.len == 0)
			break;
	}
	return false;
}

/* Greedy with one point of return: linear in view times the pieces between stars. */
bool br_view_glob(struct br_view view, struct br_view pattern)
{
	size_t v = 0, p = 0, star = SIZE_MAX, star_v = 0;

	while (v < view.len) {
		if (p < pattern.len && pattern.at[p] == '*') {
			star = p++;
			star_v = v;
		} else if (p < pattern.len && (pattern.at[p] == '?' ||
					       lower(pattern.at[p]) == lower(view.at[v]))) {
			p++;
			v++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			v = ++star_v;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.at[p] == '*')
		p++;
	return p == pattern.len;
}

bool br_parse_number(struct br_view view, int64_t min, int64_t max, int64_t *out)
{
	bool negative = view.len && view.at[0] == '-';
	uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX, value = 0;
	size_t i = negative;
	int64_t number;

	if (i == view.len)
		return false;
	for (; i < view.len; i++) {
		uint64_t digit = (uint64_t)(view.at[i] - '0');

		if (view.at[i] < '0' || view.at[i] > '9' || value > (limit - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	number = negative ? (int64_t)(0 - value) : (int64_t)value;
	if (number < min || number > max)
		return false;
	*out = number;
	return true;
}

bool br_text_copy(char *out, size_t size, struct br_view view)
{
	size_t len;

	if (size == 0)
		return view.len == 0;
	len = view.len < size ? view.len : size - 1;
	if (len)
		memcpy(out, view.at, len);
	out[len] = '\0';
	return len == view.len;
}

/* Length of the valid sequence at at: 0 if broken, and *cut if it only lacks its end. */
static size_t utf8_sequence(const unsigned char *at, size_t len, bool *cut)
{
	static const struct {
		unsigned char first, last, second_min, second_max, octets;
	} rows[] = {
		{0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4},
	};
	size_t row = 0, n = 1;

	*cut = false;
	while (row < sizeof rows / sizeof rows[0] &&
	       (at[0] < rows[row].first || at[0] > rows[row].last))
		row++;
	if (row == sizeof rows / sizeof rows[0])
		return 0;
	for (; n < rows[row].octets; n++) {
		if (n == len) {
			*cut = true;
			return 0;
		}
		if (n == 1 ? at[1] < rows[row].second_min || at[1] > rows[row].second_max
			   : (at[n] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

static bool is_control(const unsigned char *at, size_t octets)
{
	if (octets == 1)
		return at[0] < 0x20 || at[0] == 0x7f;
	if (octets == 2)
		return at[0] == 0xc2 && at[1] < 0xa0; /* C1 */
	/* U+2028, U+2029, bidirectional overrides U+202A..U+202E, isolates U+2066..U+2069 */
	return octets == 3 && at[0] == 0xe2 &&
	       ((at[1] == 0x80 && at[2] >= 0xa8 && at[2] <= 0xae) ||
		(at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9));
}

struct br_view br_decimal(char out[BR_DECIMAL_SIZE], int64_t number)
{
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char *at = out + BR_DECIMAL_SIZE;

	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (number < 0)
		*--at = '-';
	return (struct br_view){at, (size_t)(out + BR_DECIMAL_SIZE - at)};
}

size_t br_text_clean(char *out, size_t size, struct br_view utf8)
{
	const unsigned char *at = (const unsigned char *)utf8.at;
	size_t left = utf8.len, used = 0;
	bool gap = false, cut;

	if (size == 0)
		return 0;
	while (left) {
		size_t octets, put_len;
		const void *put;

		/* Nearly all is ASCII, which needs no table. */
		while (left && *at > ' ' && *at < 0x7f && used + gap + 1 < size) {
			if (gap)
				out[used++] = ' ';
			gap = false;
			out[used++] = (char)*at++;
			left--;
		}
		octets = left ? utf8_sequence(at, left, &cut) : 0;
		if (left == 0 || cut)
			break;
		put_len = octets ? octets : 3;
		put = octets ? (const void *)at : "\xef\xbf\xbd";
		if ((octets == 1 && *at == ' ') || (octets && is_control(at, octets))) {
			gap = used > 0;
		} else {
			if (used + gap + put_len >= size)
				break;
			if (gap)
				out[used++] = ' ';
			gap = false;
			memcpy(out + used, put, put_len);
			used += put_len;
		}
		at += octets ? octets : 1;
		left -= octets ? octets : 1;
	}
	out[used] = '\0';
	return used;
}

/* Edits (insert, delete, replace) between words; gives up above the length that matters. */
static size_t edits(struct br_view a, struct br_view b)
{
	enum { LONGEST = 40 };
	size_t row[LONGEST + 1];

	if (a.len > LONGEST || b.len > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t replace = corner + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
			size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;

			corner = row[j];
			row[j] = replace < least ? replace : least;
		}
	}
	return row[b.len];
}

const char *br_text_nearest(struct br_view word, const char *const *list)
{
	const char *best = NULL;
	size_t least =
		word.len / 3 + 2; /* farther than that is a guess, not a typing mistake */

	for (; *list; list++) {
		size_t distance = edits(word, br_view(*list));

		if (distance < least) {
			least = distance;
			best = *list;
		}
	}
	return best;
}
