/*
 * output_test.c - the classic and the multi-line format to the letter, and what no printer's
 * text can do to them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/output.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct plugin_answer answer;
static struct br_buf out;

static const struct plugin_look classic[] = {
	{PLUGIN_CLASSIC, 0, false},
	{PLUGIN_CLASSIC, 1, false},
	{PLUGIN_CLASSIC, 2, false},
	{PLUGIN_CLASSIC, 3, false},
};
static const struct plugin_look multi_line = {PLUGIN_MULTI_LINE, 0, false};
static const struct plugin_look ascii = {PLUGIN_CLASSIC, 0, true};

static const char *written(const struct plugin_look *look)
{
	br_buf_clear(&out);
	br_buf_init(&out, 1 << 20);
	plugin_write(&answer, look, &out);
	CHECK_INT(out.status, BR_OK);
	CHECK_INT(strlen(out.data), out.len);
	return out.data;
}

static struct br_number some(int64_t value)
{
	return (struct br_number){true, value};
}

static const struct plugin_thresholds *both(const char *text)
{
	static struct plugin_thresholds thresholds;

	CHECK_INT(plugin_thresholds_parse(&thresholds, br_view(text), NULL), BR_OK);
	return &thresholds;
}

static void well(struct plugin_group *group, const char *text)
{
	snprintf(group->well, sizeof group->well, "%s", text);
}

static void supply(enum plugin_state state, const char *id, int64_t tenths)
{
	plugin_line(&answer, state, "%s %d %%", id, (int)(tenths / 10));
	plugin_perf(&answer, id, some(tenths), 1, "%", both("20:/10:"));
}

static void begin(const char *title, const char *group, const char *text)
{
	plugin_answer_init(&answer, title);
	well(plugin_group(&answer, group), text);
}

/* Two supplies that are well, and before them what the case adds. */
static void and_two_are_well(void)
{
	supply(PLUGIN_OK, "toner-cyan", 420);
	supply(PLUGIN_OK, "toner-yellow", 805);
}
#define TWO_PERF "toner-cyan=42%;20:;10: toner-yellow=80.5%;20:;10:"

TEST(all_is_well)
{
	begin("SUPPLIES", "supplies", "2 supplies, lowest toner-cyan 42 %");
	and_two_are_well();
	CHECK_STR(written(&classic[0]),
		  "SUPPLIES OK: 2 supplies, lowest toner-cyan 42 % | " TWO_PERF "\n");
	CHECK_STR(written(&classic[1]), "SUPPLIES OK: 2 supplies, lowest toner-cyan 42 %; "
					"toner-cyan 42 %, toner-yellow 80 % | " TWO_PERF "\n");
	CHECK_STR(written(&classic[2]),
		  "SUPPLIES OK: 2 supplies, lowest toner-cyan 42 % | " TWO_PERF "\n"
		  "[OK] toner-cyan 42 %\n[OK] toner-yellow 80 %\n");
	CHECK_STR(written(&multi_line), "[OK] - 2 supplies, lowest toner-cyan 42 %\n"
					"\t\\_[OK] - toner-cyan 42 %\n"
					"\t\\_[OK] - toner-yellow 80 %|" TWO_PERF "\n");
	CHECK_INT(plugin_exit_code(&answer, &classic[0]), 0);
}

TEST(a_warning)
{
	begin("SUPPLIES", "supplies", "3 supplies");
	and_two_are_well();
	supply(PLUGIN_WARNING, "toner-black", 180);
	CHECK_STR(written(&classic[0]), "SUPPLIES WARNING: toner-black 18 % | " TWO_PERF
					" toner-black=18%;20:;10:\n");
	CHECK_STR(
		written(&classic[1]),
		"SUPPLIES WARNING: toner-black 18 %; well: toner-cyan 42 %, toner-yellow 80 % "
		"| " TWO_PERF " toner-black=18%;20:;10:\n");
	CHECK_STR(written(&classic[2]),
		  "SUPPLIES WARNING: toner-black 18 % | " TWO_PERF " toner-black=18%;20:;10:\n"
		  "[WARNING] toner-black 18 %\n"
		  "[OK] toner-cyan 42 %\n"
		  "[OK] toner-yellow 80 %\n");
	CHECK_STR(written(&multi_line),
		  "[WARNING] - toner-black 18 %\n"
		  "\t\\_[WARNING] - toner-black 18 %\n"
		  "\t\\_[OK] - toner-cyan 42 %\n"
		  "\t\\_[OK] - toner-yellow 80 %|" TWO_PERF " toner-black=18%;20:;10:\n");
	CHECK_INT(plugin_exit_code(&answer, &classic[0]), 1);
	CHECK_INT(plugin_exit_code(&answer, &multi_line), 1);
}

TEST(worst_first_and_otherwise_as_they_came)
{
	begin("SUPPLIES", "supplies", "4 supplies");
	plugin_line(&answer, PLUGIN_WARNING, "w1");
	plugin_line(&answer, PLUGIN_UNKNOWN, "u1");
	plugin_line(&answer, PLUGIN_CRITICAL, "c1");
	plugin_line(&answer, PLUGIN_OK, "o1");
	plugin_line(&answer, PLUGIN_CRITICAL, "c2");
	plugin_line(&answer, PLUGIN_WARNING, "w2");
	CHECK_STR(written(&classic[0]), "SUPPLIES CRITICAL: c1, c2, u1, w1, w2\n");
	CHECK_STR(written(&classic[1]), "SUPPLIES CRITICAL: c1, c2, u1, w1, w2; well: o1\n");
	CHECK_STR(written(&classic[3]), "SUPPLIES CRITICAL: c1, c2, u1, w1, w2\n"
					"[CRITICAL] c1\n[CRITICAL] c2\n[UNKNOWN] u1\n"
					"[WARNING] w1\n[WARNING] w2\n[OK] o1\n");
	CHECK_INT(plugin_exit_code(&answer, &classic[0]), 2);
}

TEST(unknown)
{
	begin("STATUS", "status", "");
	plugin_line(&answer, PLUGIN_UNKNOWN, "the printer does not say what it does");
	CHECK_STR(written(&classic[0]),
		  "STATUS UNKNOWN: the printer does not say what it does\n");
	CHECK_STR(written(&multi_line),
		  "[UNKNOWN] - the printer does not say what it does\n"
		  "\t\\_[UNKNOWN] - the printer does not say what it does\n");
	CHECK_INT(plugin_exit_code(&answer, &classic[0]), 3);
}

TEST(a_failure_is_one_sentence)
{
	begin("PRINTER", "supplies", "unseen");
	supply(PLUGIN_CRITICAL, "toner-black", 10);
	snprintf(answer.remark, sizeof answer.remark, "unseen");
	plugin_fail(&answer, PLUGIN_UNKNOWN, "192.0.2.1 does not answer within %d s", 9);
	for (size_t i = 0; i < 4; i++)
		CHECK_STR(written(&classic[i]),
			  "PRINTER UNKNOWN: 192.0.2.1 does not answer within 9 s\n");
	CHECK_STR(written(&multi_line), "[UNKNOWN] - 192.0.2.1 does not answer within 9 s\n");
	CHECK_INT(plugin_exit_code(&answer, &classic[0]), 3);
	plugin_fail(&answer, PLUGIN_OK, "switched off");
	CHECK_STR(written(&classic[0]), "PRINTER OK: switched off\n");
	plugin_fail(&answer, PLUGIN_WARNING, "switched off");
	CHECK_STR(written(&classic[0]), "PRINTER WARNING: switched off\n");
	plugin_fail(&answer, PLUGIN_CRITICAL, "switched off");
	CHECK_STR(written(&classic[0]), "PRINTER CRITICAL: switched off\n");
	CHECK_STR(written(&multi_line), "[CRITICAL] - switched off\n");
}

static void whole_printer(enum plugin_state tray)
{
	begin("PRINTER", "supplies", "1 supply, lowest toner-black 60 %");
	supply(PLUGIN_OK, "toner-black", 600);
	well(plugin_group(&answer, "status"), "idle");
	well(plugin_group(&answer, "trays"), "2 trays");
	plugin_line(&answer, tray, "tray-1 empty");
	plugin_line(&answer, PLUGIN_OK, "tray-2 has paper");
	well(plugin_group(&answer, "pages"), "12345 pages");
	plugin_line(&answer, PLUGIN_OK, "total 12345 pages");
	plugin_perf(&answer, "count-total", some(12345), 0, "c", NULL);
	snprintf(answer.remark, sizeof answer.remark, "read 7 min ago");
}
#define WHOLE_PERF "toner-black=60%;20:;10: count-total=12345c"

TEST(several_groups_that_are_well)
{
	whole_printer(PLUGIN_OK);
	CHECK_STR(written(&classic[0]),
		  "PRINTER OK: 1 supply, lowest toner-black 60 %; idle; 2 trays; 12345 pages "
		  "(read 7 min ago) | " WHOLE_PERF "\n");
	CHECK_STR(written(&multi_line),
		  "[OK] - 1 supply, lowest toner-black 60 %; idle; 2 trays; 12345 pages "
		  "(read 7 min ago)\n"
		  "\t\\_[OK] - supplies: 1 supply, lowest toner-black 60 %\n"
		  "\t\t\\_[OK] - toner-black 60 %\n"
		  "\t\\_[OK] - status: idle\n"
		  "\t\\_[OK] - trays: 2 trays\n"
		  "\t\t\\_[OK] - tray-1 empty\n"
		  "\t\t\\_[OK] - tray-2 has paper\n"
		  "\t\\_[OK] - pages: 12345 pages\n"
		  "\t\t\\_[OK] - total 12345 pages|" WHOLE_PERF "\n");
}

TEST(several_groups_of_which_one_is_not)
{
	whole_printer(PLUGIN_WARNING);
	CHECK_STR(written(&classic[0]),
		  "PRINTER WARNING: tray-1 empty (read 7 min ago) | " WHOLE_PERF "\n");
	CHECK_STR(written(&classic[1]),
		  "PRINTER WARNING: tray-1 empty; well: idle, toner-black 60 %, tray-2 has "
		  "paper, "
		  "total 12345 pages (read 7 min ago) | " WHOLE_PERF "\n");
	CHECK_STR(written(&classic[2]),
		  "PRINTER WARNING: tray-1 empty (read 7 min ago) | " WHOLE_PERF "\n"
		  "[WARNING] tray-1 empty\n[OK] toner-black 60 %\n[OK] tray-2 has paper\n"
		  "[OK] total 12345 pages\n[OK] idle\n");
	CHECK_STR(written(&multi_line),
		  "[WARNING] - tray-1 empty (read 7 min ago)\n"
		  "\t\\_[OK] - supplies: 1 supply, lowest toner-black 60 %\n"
		  "\t\t\\_[OK] - toner-black 60 %\n"
		  "\t\\_[OK] - status: idle\n"
		  "\t\\_[WARNING] - trays\n"
		  "\t\t\\_[WARNING] - tray-1 empty\n"
		  "\t\t\\_[OK] - tray-2 has paper\n"
		  "\t\\_[OK] - pages: 12345 pages\n"
		  "\t\t\\_[OK] - total 12345 pages|" WHOLE_PERF "\n");
}

TEST(something_is_always_said)
{
	plugin_answer_init(&answer, "PRINTER");
	CHECK_STR(written(&classic[0]), "PRINTER UNKNOWN: nothing was looked at\n");
	CHECK_STR(written(&multi_line), "[UNKNOWN] - nothing was looked at\n");
	plugin_group(&answer, "status");
	CHECK_STR(written(&classic[0]), "PRINTER OK: nothing is wrong\n");
	plugin_line(&answer, PLUGIN_OK, "idle");
	CHECK_STR(written(&classic[0]), "PRINTER OK: idle\n");
	CHECK_STR(written(&classic[1]), "PRINTER OK: idle\n");
}

TEST(measurements)
{
	static const struct {
		struct br_number value;
		unsigned decimals;
		const char *unit, *thresholds, *text;
	} cases[] = {
		/* clang-format off */
		{{true, 8}, 0, "%", "20:/10:", "x=8%;20:;10:"},
		{{true, 80}, 1, "%", "20:/10:", "x=8%;20:;10:"},
		{{true, 85}, 1, "%", "/", "x=8.5%"},
		{{true, 0}, 1, "%", "0:/", "x=0%;0:"},
		{{true, 0}, 0, "c", "/0:", "x=0c;;0:"},
		{{true, 5}, 3, "", "@~:10/@0:0.5", "x=0.005;@~:10;@0:0.5"},
		{{true, -5}, 2, "", ":10/~:", "x=-0.05;:10;~:"},
		{{true, -120}, 1, "", "/", "x=-12"},
		{{true, 1234567890}, 0, "c", "/", "x=1234567890c"},
		{{true, INT64_MAX}, 0, "c", "/", "x=9223372036854775807c"},
		{{true, INT64_MIN}, 18, "", "/", "x=-9.223372036854775808"},
		{{true, 1}, 18, "", "/", "x=0.000000000000000001"},
		{{true, 7}, 0, NULL, "/", "x=7"},
		{{true, 1}, 0, "", "-999999999999.99:999999999999.99/@-999999999999.99:999999999999.99",
		 "x=1;-999999999999.99:999999999999.99;@-999999999999.99:999999999999.99"},
		/* clang-format on */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char want[200];

		check_case(cases[i].text);
		begin("T", "t", "well");
		plugin_line(&answer, PLUGIN_OK, "line");
		plugin_perf(&answer, "x", cases[i].value, cases[i].decimals, cases[i].unit,
			    both(cases[i].thresholds));
		snprintf(want, sizeof want, "T OK: well | %s\n", cases[i].text);
		CHECK_STR(written(&classic[0]), want);
	}
}

TEST(text_of_a_printer_is_only_text)
{
	static const struct {
		const char *said, *text, *ascii;
	} cases[] = {
		{"toner\nOK: all well", "toner OK: all well", "toner OK: all well"},
		{"a|b=1;2", "a/b=1;2", "a/b=1;2"},
		{"a\r\n\t\x01\x1b[31mb", "a [31mb", "a [31mb"},
		{"\\_[OK] - fine\\n", "/_[OK] - fine/n", "/_[OK] - fine/n"},
		{"caf\xc3\xa9 \xe7\xb4\x99", "caf\xc3\xa9 \xe7\xb4\x99", "caf? ?"},
		{"bad \xff\xc3( end", "bad \xef\xbf\xbd\xef\xbf\xbd( end",
		 "bad ?"
		 "?( end"},
		{"cut \xe7\xb4", "cut", "cut"},
		{"\xe2\x80\xae"
		 "evil",
		 "evil", "evil"},
		{"c1 \xc2\x85 next", "c1 next", "c1 next"},
		{"\xf0\x9f\x96\xa8 ok", "\xf0\x9f\x96\xa8 ok", "? ok"},
		{"<script>x</script>", "(script>x(/script>", "(script>x(/script>"},
		{"<10 % <!-- <?", "<10 % (!-- (?", "<10 % (!-- (?"},
		{"  many   blanks  ", "many blanks", "many blanks"},
		{"'\"`$&%s%n", "'\"`$&%s%n", "'\"`$&%s%n"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char want[200];

		check_case(cases[i].text);
		begin("T", "t", "unseen");
		plugin_line(&answer, PLUGIN_WARNING, "%s", cases[i].said);
		snprintf(want, sizeof want, "T WARNING: %s\n", cases[i].text);
		CHECK_STR(written(&classic[0]), want);
		snprintf(want, sizeof want, "T WARNING: %s\n", cases[i].ascii);
		CHECK_STR(written(&ascii), want);
		snprintf(want, sizeof want, "[WARNING] - %s\n\t\\_[WARNING] - %s\n",
			 cases[i].text, cases[i].text);
		CHECK_STR(written(&multi_line), want);
	}
}

TEST(what_is_well_and_the_remark_and_the_sentence_are_cleaned_too)
{
	begin("T", "t", "idle|\nx=1");
	snprintf(answer.remark, sizeof answer.remark, "7 min\x01 ago\xff");
	CHECK_STR(written(&classic[0]), "T OK: idle/ x=1 (7 min ago\xef\xbf\xbd)\n");
	CHECK_STR(written(&ascii), "T OK: idle/ x=1 (7 min ago?)\n");
	plugin_group(&answer, "second");
	CHECK_STR(written(&multi_line), "[OK] - idle/ x=1 (7 min ago\xef\xbf\xbd)\n"
					"\t\\_[OK] - t: idle/ x=1\n\t\\_[OK] - second\n");
	plugin_fail(&answer, PLUGIN_UNKNOWN, "no | route\n");
	CHECK_STR(written(&classic[0]), "T UNKNOWN: no / route\n");
}

TEST(text_for_a_passive_result_has_no_semicolon)
{
	char text[1200];

	br_buf_clear(&out);
	br_buf_init(&out, 4096);
	plugin_write_text(&out, "a;b|c\nd\\n\xc3\xa9", false);
	CHECK_STR(out.data, "a,b/c d/n\xc3\xa9");
	br_buf_reset(&out);
	plugin_write_text(&out, ";\xc3\xa9;", true);
	CHECK_STR(out.data, ",?,");
	for (size_t i = 0; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[sizeof text - 2] = '\0';
	br_buf_reset(&out);
	plugin_write_text(&out, text, false);
	CHECK_INT(out.len, 510);
}

TEST(a_long_first_line_says_how_many_more)
{
	begin("T", "t", "");
	for (size_t i = 0; i < 20; i++)
		plugin_line(&answer, i % 2 ? PLUGIN_WARNING : PLUGIN_CRITICAL,
			    "a line of thirty octets, nr %02zu.", i);
	CHECK_STR(
		written(&classic[0]),
		"T CRITICAL: a line of thirty octets, nr 00., a line of thirty octets, nr 02., "
		"a line of thirty octets, nr 04., a line of thirty octets, nr 06., "
		"a line of thirty octets, nr 08., a line of thirty octets, nr 10., "
		"a line of thirty octets, nr 12., and 13 more\n");
	CHECK(strlen(written(&classic[1])) > 600 && out.len < 1050);
	CHECK(strstr(out.data, "nr 19.\n") != NULL);
}

TEST(the_worst_is_on_the_first_line_however_long_it_is)
{
	char text[200];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	memset(answer.lines, '#', sizeof answer.lines);
	begin("T", "t", "");
	plugin_line(&answer, PLUGIN_WARNING, "%s", text);
	plugin_line(&answer, PLUGIN_WARNING, "%s", text);
	written(&classic[0]);
	CHECK_INT(out.len, strlen("T WARNING: , and 1 more\n") + 199);
	begin("T", "t", "");
	memset(text, '\xff', sizeof text - 1);
	plugin_line(&answer, PLUGIN_WARNING, "%s", text);
	written(&classic[0]);
	CHECK(out.len > 500 && out.len < 530);
}

TEST(formats_have_the_names_of_monitoring_plugins)
{
	static const struct {
		const char *text;
		int format; /* -1: none */
	} cases[] = {{"classic", PLUGIN_CLASSIC},
		     {"multi-line", PLUGIN_MULTI_LINE},
		     {"mp-test-json", PLUGIN_JSON},
		     {"MP-Test-JSON", PLUGIN_JSON},
		     {"json", -1},
		     {"", -1},
		     {"classic ", -1}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		enum plugin_format format;
		bool known = plugin_format_parse(br_view(cases[i].text), &format);

		check_case(cases[i].text);
		CHECK_INT(known ? (int)format : -1, cases[i].format);
	}
}
