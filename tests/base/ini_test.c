/*
 * ini_test.c - what each line gives, and the exact sentence for each line that is wrong.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/ini.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines come back as "LINE SECTION/NAME KEY=VALUE;". */
struct seen {
	char text[512];
	enum br_status answer;
};

static enum br_status note(void *user, const struct br_ini_line *line, struct br_error *err)
{
	struct seen *seen = user;
	size_t used = strlen(seen->text);

	snprintf(seen->text + used, sizeof seen->text - used, "%u %.*s/%.*s %.*s=%.*s;",
		 line->line, (int)line->section.len, line->section.at, (int)line->name.len,
		 line->name.at, (int)line->key.len, line->key.at, (int)line->value.len,
		 line->value.at);
	return seen->answer == BR_OK ? BR_OK : br_fail(err, seen->answer, "stopped");
}

/* In a block of the exact size, so that a read behind it is seen. */
static enum br_status parse(const char *text, size_t len, struct seen *seen,
			    struct br_error *err)
{
	char *block = malloc(len ? len : 1);
	enum br_status status;

	if (!block)
		return BR_E_MEMORY;
	memcpy(block, text, len);
	err->text[0] = '\0';
	status = br_ini_parse((struct br_view){block, len}, "f.conf", note, seen, err);
	free(block);
	return status;
}

#define NEITHER "neither [section] nor key = value nor a comment"
#define KIND    "a section is [kind] or [kind name], as in [profile office]"

/* clang-format off */
static const struct {
	const char *name, *text, *seen, *error;
} cases[] = {
	{"nothing", "", "", ""},
	{"blank lines", "\n  \n\t\r\n", "", ""},
	{"comments", "# a = b\n  ; [c]\n", "", ""},
	{"section", "[brayer]\n", "1 brayer/ =;", ""},
	{"section and name", "[ profile \t office 2 ]", "1 profile/office 2 =;", ""},
	{"key", "a = b", "1 / a=b;", ""},
	{"key in section", "[s n]\n\na-1=b c \n", "1 s/n =;3 s/n a-1=b c;", ""},
	{"the next section", "[s n]\n[t]\na=b", "1 s/n =;2 t/ =;3 t/ a=b;", ""},
	{"carriage returns", "[s]\r\na = b\r\n", "1 s/ =;2 s/ a=b;", ""},
	{"a mark before it", "\xef\xbb\xbf[s]", "1 s/ =;", ""},
	{"no value", "a =", "1 / a=;", ""},
	{"value with signs", "a = b # c ; = d", "1 / a=b # c ; = d;", ""},
	{"quotes keep blanks", "a = \"  x  \"", "1 / a=  x  ;", ""},
	{"quoted nothing", "a = \"\"", "1 / a=;", ""},
	{"quotes inside", "a = \"\"b\" c\"", "1 / a=\"b\" c;", ""},
	{"a quote later on", "a = b\"", "1 / a=b\";", ""},
	{"eight-bit value", "a = \xfc\xc3\xbc", "1 / a=\xfc\xc3\xbc;", ""},
	{"tab in value", "a = b\tc", "1 / a=b\tc;", ""},
	{"no equals", "a = b\nhunter2", "1 / a=b;", "f.conf:2: " NEITHER},
	{"no key", "= b", "", "f.conf:1: " NEITHER},
	{"upper case", "Secret = b", "", "f.conf:1: " NEITHER},
	{"blank in key", "hunter 2 = b", "", "f.conf:1: " NEITHER},
	{"digit first", "2a = b", "", "f.conf:1: " NEITHER},
	{"key of 33", "abcdefghijklmnopqrstuvwxyzabcdefg = b", "", "f.conf:1: " NEITHER},
	{"key of 32", "abcdefghijklmnopqrstuvwxyzabcdef = b", "1 / abcdefghijklmnopqrstuvwxyzabcdef=b;", ""},
	{"base64 alone", "c2VjcmV0LXNlY3JldA==", "", "f.conf:1: " NEITHER},
	{"open quote", "a = \"hunter2", "", "f.conf:1: the quote of a is not closed at the end of the line"},
	{"only a quote", "a = \"", "", "f.conf:1: the quote of a is not closed at the end of the line"},
	{"comment behind quote", "a = \"b\" # c", "", "f.conf:1: the quote of a is not closed at the end of the line"},
	{"open section", "[hunter2", "", "f.conf:1: a section ends with ']' and has nothing behind it"},
	{"a bracket alone", "[", "", "f.conf:1: a section ends with ']' and has nothing behind it"},
	{"behind a section", "[a] # b", "", "f.conf:1: a section ends with ']' and has nothing behind it"},
	{"two brackets", "[a]]", "", "f.conf:1: a section has one '[' and one ']'"},
	{"bracket in bracket", "[[a]", "", "f.conf:1: a section has one '[' and one ']'"},
	{"no kind", "[]", "", "f.conf:1: " KIND},
	{"blank kind", "[  ]", "", "f.conf:1: " KIND},
	{"odd kind", "[Hunter2 x]", "", "f.conf:1: " KIND},
	{"escape", "a = \x1b[2J", "", "f.conf:1: a control character stands in this line"},
	{"delete", "# \x7f", "", "f.conf:1: a control character stands in this line"},
	{"return inside", "a = b\rc\n", "", "f.conf:1: a control character stands in this line"},
};
/* clang-format on */

TEST(lines)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct seen seen = {.answer = BR_OK};
		struct br_error err;
		enum br_status want = cases[i].error[0] ? BR_E_SYNTAX : BR_OK;

		check_case(cases[i].name);
		CHECK_INT(parse(cases[i].text, strlen(cases[i].text), &seen, &err), want);
		CHECK_STR(seen.text, cases[i].seen);
		CHECK_STR(err.text, cases[i].error);
	}
}

TEST(nul_is_a_control_character)
{
	struct seen seen = {.answer = BR_OK};
	struct br_error err;

	CHECK_INT(parse("a = b\0c", 7, &seen, &err), BR_E_SYNTAX);
	CHECK_STR(err.text, "f.conf:1: a control character stands in this line");
}

TEST(handler_stops_it)
{
	struct seen seen = {.answer = BR_E_LIMIT};
	struct br_error err;

	CHECK_INT(parse("a = b\nc = d\n", 12, &seen, &err), BR_E_LIMIT);
	CHECK_STR(seen.text, "1 / a=b;");
	CHECK_STR(err.text, "stopped");
}

TEST(no_error_wanted)
{
	struct seen seen = {.answer = BR_OK};

	CHECK_INT(br_ini_parse(br_view("hunter2"), "f", note, &seen, NULL), BR_E_SYNTAX);
}

TEST(unknown)
{
	static const char *const known[] = {"community", "port", NULL};
	static const struct {
		const char *key, *section, *want;
	} words[] = {
		{"comunity", "x", "f:7: comunity is unknown here; did you mean community?"},
		{"zzzzzz", "x", "f:7: zzzzzz is unknown here; known: community, port"},
		{"", "prot", "f:7: [prot] is unknown here; did you mean [port]?"},
		{"", "zzzzzz", "f:7: [zzzzzz] is unknown here; known: community, port"},
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		struct br_ini_line line = {.file = "f", .line = 7};
		struct br_error err;

		check_case(words[i].want);
		line.key = br_view(words[i].key);
		line.section = br_view(words[i].section);
		line.value = br_view("hunter2");
		CHECK_INT(br_ini_unknown(&line, known, &err), BR_E_SYNTAX);
		CHECK_STR(err.text, words[i].want);
	}
}

TEST(many_known_words_are_cut_not_overrun)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz";
	const char *known[41] = {NULL};
	struct br_ini_line line = {.file = "f", .line = 1, .key = br_view("0")};
	struct br_error err;

	for (size_t i = 0; i < 40; i++)
		known[i] = word;
	CHECK_INT(br_ini_unknown(&line, known, &err), BR_E_SYNTAX);
	CHECK(strlen(err.text) < sizeof err.text);
}
