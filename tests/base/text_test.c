/*
 * text_test.c - views, numbers, clean text and nearest words, each to its edge.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/text.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* In a block of the exact size; free view.at. */
static struct br_view exact(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);

	if (copy && len)
		memcpy(copy, text, len);
	return (struct br_view){copy, copy ? len : 0};
}

static void done(struct br_view view)
{
	free((void *)view.at);
}

TEST(same)
{
	static const struct {
		const char *view, *text;
		bool is, nocase;
	} cases[] = {
		{"", "", true, true},        {"a", "", false, false},
		{"", "a", false, false},     {"abc", "abc", true, true},
		{"abc", "ab", false, false}, {"ab", "abc", false, false},
		{"aBc", "AbC", false, true}, {"[", "{", false, false},
		{"@", "`", false, false},    {"\xc4", "\xe4", false, false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].view, strlen(cases[i].view));

		check_case(cases[i].view);
		CHECK_INT(br_view_is(view, cases[i].text), cases[i].is);
		CHECK_INT(br_view_is_nocase(view, cases[i].text), cases[i].nocase);
		done(view);
	}
	CHECK(br_view_is((struct br_view){NULL, 0}, ""));
	CHECK(br_view("abc").len == 3);
}

TEST(trim)
{
	static const char *const cases[][2] = {
		{"", ""},    {"  ", ""},  {"a", "a"},         {" \t\r\na b\n\r\t ", "a b"},
		{"a ", "a"}, {" a", "a"}, {"\va\f", "\va\f"}, {"\xc2\xa0", "\xc2\xa0"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i][0], strlen(cases[i][0]));

		check_case(cases[i][0]);
		CHECK(br_view_is(br_view_trim(view), cases[i][1]));
		done(view);
	}
}

TEST(words)
{
	static const struct {
		const char *text, *words[4];
	} cases[] = {
		{"", {"", ""}},
		{"  ", {"", ""}},
		{"one", {"one", ""}},
		{" one\ttwo  three ", {"one", "two", "three", ""}},
		{"\"a b\" c", {"a b", "c", ""}},
		{"\"a b", {"a b", ""}},
		{"\"a\"b", {"a", "b", ""}},
		{"a\"b c\"", {"a\"b", "c\"", ""}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].text, strlen(cases[i].text)), rest = view;

		check_case(cases[i].text);
		for (size_t k = 0; k < 4 && cases[i].words[k]; k++) {
			struct br_view word = br_view_word(&rest);

			CHECK(br_view_is(word, cases[i].words[k]));
		}
		CHECK_INT(rest.len, 0);
		done(view);
	}
}

TEST(lines)
{
	static const struct {
		const char *text, *lines[4];
	} cases[] = {
		{"", {NULL}},
		{"a", {"a"}},
		{"a\n", {"a"}},
		{"\n", {""}},
		{"a\n\nb", {"a", "", "b"}},
		{"a\r\nb\r", {"a", "b"}},
		{"a\rb\n", {"a\rb"}},
		{"a\r\r\n", {"a\r"}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].text, strlen(cases[i].text)), rest = view,
			       line;

		check_case(cases[i].text);
		for (size_t k = 0; k < 4 && cases[i].lines[k]; k++) {
			CHECK(br_view_line(&rest, &line));
			CHECK(br_view_is(line, cases[i].lines[k]));
		}
		CHECK(!br_view_line(&rest, &line));
		done(view);
	}
}

TEST(contains)
{
	static const struct {
		const char *view, *needle;
		bool want;
	} cases[] = {
		{"Toner Low", "toner", true},
		{"Toner Low", "LOW", true},
		{"Toner Low", "low!", false},
		{"", "", true},
		{"a", "", true},
		{"", "a", false},
		{"aab", "ab", true},
		{"ab", "abc", false},
		{"abab", "abc", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].view, strlen(cases[i].view));

		check_case(cases[i].view);
		CHECK_INT(br_view_contains(view, cases[i].needle), cases[i].want);
		done(view);
	}
}

/* The slow reference for globs: tries every length for a star. */
static bool glob(const char *text, const char *pattern)
{
	if (!*pattern)
		return !*text;
	if (*pattern == '*')
		return glob(text, pattern + 1) || (*text && glob(text + 1, pattern));
	return *text && (*pattern == '?' || *pattern == *text) && glob(text + 1, pattern + 1);
}

TEST(globs)
{
	static const struct {
		const char *view, *pattern;
		bool want;
	} cases[] = {
		{"", "", true},
		{"", "*", true},
		{"", "?", false},
		{"a", "", false},
		{"Brother HL", "brother *", true},
		{"Brother", "brother *", false},
		{"[a]", "[a]", true},
		{"a", "[a]", false},
		{"abc", "a?c", true},
		{"abcabd", "*abd", true},
		{"x", "**", true},
		{"a*b", "a\\*b", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].view, strlen(cases[i].view));
		struct br_view pattern = exact(cases[i].pattern, strlen(cases[i].pattern));

		check_case(cases[i].pattern);
		CHECK_INT(br_view_glob(view, pattern), cases[i].want);
		done(view);
		done(pattern);
	}
}

TEST(globs_as_the_slow_way)
{
	static const char letters[] = "ab*?";
	uint32_t seed = 7;

	for (int round = 0; round < 20000; round++) {
		char text[8] = "", pattern[8] = "";

		for (size_t i = 0, n = (seed >> 20) % 8; i < n; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = letters[(seed >> 24) % 2];
		}
		seed = seed * 1664525u + 1013904223u;
		for (size_t i = 0, n = (seed >> 20) % 7; i < n; i++) {
			seed = seed * 1664525u + 1013904223u;
			pattern[i] = letters[(seed >> 24) % 4];
		}
		check_case(pattern);
		CHECK_INT(br_view_glob(br_view(text), br_view(pattern)), glob(text, pattern));
	}
}

TEST(numbers)
{
	static const struct {
		const char *text;
		int64_t min, max;
		bool good;
		int64_t want;
	} cases[] = {
		{"0", 0, 9, true, 0},
		{"9", 0, 9, true, 9},
		{"10", 0, 9, false, 0},
		{"-1", 0, 9, false, 0},
		{"-1", -1, 9, true, -1},
		{"-2", -1, 9, false, 0},
		{"007", 0, 9, true, 7},
		{"-0", 0, 9, true, 0},
		{"", 0, 9, false, 0},
		{"-", -9, 9, false, 0},
		{"+1", 0, 9, false, 0},
		{" 1", 0, 9, false, 0},
		{"1 ", 0, 9, false, 0},
		{"1x", 0, 99, false, 0},
		{"0x1", 0, 99, false, 0},
		{"1.0", 0, 99, false, 0},
		{"--1", -9, 9, false, 0},
		{"/", 0, 99, false, 0},
		{":", 0, 99, false, 0},
		{"9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX},
		{"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
		{"-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN},
		{"-9223372036854775809", INT64_MIN, INT64_MAX, false, 0},
		{"18446744073709551616", INT64_MIN, INT64_MAX, false, 0},
		{"99999999999999999999999999", INT64_MIN, INT64_MAX, false, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view view = exact(cases[i].text, strlen(cases[i].text));
		int64_t number = 42;

		check_case(cases[i].text);
		CHECK_INT(br_parse_number(view, cases[i].min, cases[i].max, &number),
			  cases[i].good);
		CHECK_INT(number, cases[i].good ? cases[i].want : 42);
		done(view);
	}
}

TEST(copy)
{
	char out[4] = "zzz";

	CHECK(br_text_copy(out, sizeof out, br_view("abc")));
	CHECK_STR(out, "abc");
	CHECK(!br_text_copy(out, sizeof out, br_view("abcd")));
	CHECK_STR(out, "abc");
	CHECK(br_text_copy(out, 1, br_view("")));
	CHECK_STR(out, "");
	CHECK(!br_text_copy(out, 1, br_view("x")));
	CHECK_STR(out, "");
}

#define BAD "\xef\xbf\xbd"

/* clang-format off */
static const struct {
	const char *name, *text, *want;
} unclean[] = {
	{"nothing", "", ""}, {"plain", "Toner Low", "Toner Low"}, {"blanks", "  a  b  ", "a b"}, {"only blanks", "   ", ""},
	{"controls", "a\x01\x02" "b\n\tc\x7f", "a b c"}, {"escape", "\x1b[31mred", "[31mred"},
	{"two octets", "\xc3\xa4", "\xc3\xa4"}, {"three", "\xe2\x82\xac", "\xe2\x82\xac"}, {"four", "\xf0\x9f\x96\xa8", "\xf0\x9f\x96\xa8"},
	{"cut at two", "a\xc3", "a"}, {"cut at three", "a\xe2\x82", "a"}, {"cut at four", "a\xf0\x9f\x96", "a"},
	{"cut in the middle", "\xe2\x82 a", BAD BAD " a"}, {"lone continuation", "\x80" "a", BAD "a"}, {"Latin-1", "\xfc" "ber", BAD "ber"},
	{"long form of two", "\xc0\xaf" "a", BAD BAD "a"}, {"long form of three", "\xe0\x80\xaf" "a", BAD BAD BAD "a"},
	{"surrogate", "\xed\xa0\x80" "a", BAD BAD BAD "a"}, {"too high", "\xf4\x90\x80\x80" "a", BAD BAD BAD BAD "a"},
	{"last of all", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"}, {"C1", "a\xc2\x85\xc2\x9b" "b", "a b"}, {"no-break space", "a\xc2\xa0" "b", "a\xc2\xa0" "b"},
	{"direction override", "a\xe2\x80\xae" "b", "a b"}, {"isolate", "a\xe2\x81\xa6" "b", "a b"}, {"line separator", "a\xe2\x80\xa8" "b", "a b"},
	{"U+FFFD itself", BAD, BAD},
};
/* clang-format on */

TEST(clean)
{
	for (size_t i = 0; i < sizeof unclean / sizeof unclean[0]; i++) {
		struct br_view view = exact(unclean[i].text, strlen(unclean[i].text));
		char out[64];

		check_case(unclean[i].name);
		CHECK_INT(br_text_clean(out, sizeof out, view), strlen(unclean[i].want));
		CHECK_STR(out, unclean[i].want);
		CHECK_INT(br_text_clean(out, sizeof out, br_view(unclean[i].want)),
			  strlen(unclean[i].want));
		CHECK_STR(out, unclean[i].want); /* clean text stays as it is */
		done(view);
	}
}

TEST(clean_with_nul)
{
	char out[8];

	CHECK_INT(br_text_clean(out, sizeof out, (struct br_view){"a\0\0b\0", 5}), 3);
	CHECK_STR(out, "a b");
}

/* Every size of room: terminated, a beginning of the whole, and never half a character. */
TEST(clean_in_small_room)
{
	static const char whole[] = "a \xc3\xa4 \xe2\x82\xac\xf0\x9f\x96\xa8 b";

	for (size_t size = 0; size <= sizeof whole; size++) {
		char *out = malloc(size ? size : 1), again[32];
		size_t len;

		if (!out)
			return;
		len = br_text_clean(out, size, br_view(whole));
		if (size) {
			CHECK(len < size && out[len] == '\0');
			CHECK(strncmp(out, whole, len) == 0);
			CHECK(len == 0 || out[len - 1] != ' ');
			br_text_clean(again, sizeof again, (struct br_view){out, len});
			CHECK_STR(again, out);
		} else {
			CHECK_INT(len, 0);
		}
		CHECK(size < sizeof whole || len == sizeof whole - 1);
		free(out);
	}
}

TEST(nearest)
{
	static const char *const list[] = {"community", "port", "priv", "timeout", NULL};
	static const struct {
		const char *word, *want;
	} cases[] = {
		{"community", "community"},
		{"comunity", "community"},
		{"comminuty", "community"},
		{"COMMUNITY", "community"},
		{"prt", "port"},
		{"prot", "port"},
		{"privv", "priv"},
		{"time-out", "timeout"},
		{"zzzzzzzz", NULL},
		{"retries", NULL},
		{"", NULL},
		{"commercial", NULL},
		{"communitycommunitycommunitycommunitycommunity", NULL},
	};
	static const char *const none[] = {NULL};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_view word = exact(cases[i].word, strlen(cases[i].word));

		check_case(cases[i].word);
		CHECK_STR(br_text_nearest(word, list), cases[i].want);
		CHECK_STR(br_text_nearest(word, none), NULL);
		done(word);
	}
}
