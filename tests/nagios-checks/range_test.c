/*
 * range_test.c - the guidelines' ranges: what each alerts on, at its edges and beside them, and
 * what is none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/range.h"

#include "check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Parsed out of a block of its exact size, which the caller frees when the range is done with.
 */
static enum br_status parse(struct plugin_range *range, const char *text, char **block,
			    struct br_error *err)
{
	size_t len = strlen(text);

	*block = malloc(len ? len : 1);
	if (len)
		memcpy(*block, text, len);
	return plugin_range_parse(range, (struct br_view){*block, len}, err);
}

static const struct {
	const char *text;
	double value;
	bool alerts;
} alerting[] = {
	/* clang-format off */
	/* 0 to end */
	{"10", -1, true}, {"10", -0.1, true}, {"10", 0, false}, {"10", 10, false},
	{"10", 10.1, true}, {"10", 11, true}, {"10", -3, true},
	{"0", 0, false}, {"0", 1, true}, {"0", -1, true}, {"0", 0.1, true},
	{":10", -1, true}, {":10", 0, false}, {":10", 10, false}, {":10", 11, true},
	{"0:10", -1, true}, {"0:10", 0, false}, {"0:10", 10, false}, {"0:10", 11, true},
	/* from start on */
	{"10:", 9, true}, {"10:", 9.9, true}, {"10:", 10, false}, {"10:", 1e15, false},
	{"10:", -20, true},
	{"0:", -1, true}, {"0:", 0, false}, {"0:", 1, false},
	{"-5:", -6, true}, {"-5:", -5, false}, {"-5:", 0, false},
	/* up to end */
	{"~:10", -1e15, false}, {"~:10", -3, false}, {"~:10", 10, false}, {"~:10", 10.1, true},
	{"~:0", 0, false}, {"~:0", 1, true}, {"~:-3", -3, false}, {"~:-3", -2, true},
	/* between */
	{"10:20", 9, true}, {"10:20", 10, false}, {"10:20", 15, false}, {"10:20", 20, false},
	{"10:20", 21, true},
	{"10:10", 10, false}, {"10:10", 9.9, true}, {"10:10", 10.1, true},
	{"-10:-5", -11, true}, {"-10:-5", -10, false}, {"-10:-5", -5, false}, {"-10:-5", -4, true},
	{"-10:10", -10, false}, {"-10:10", 10, false}, {"-10:10", 10.1, true},
	{"-0:0", 0, false},
	/* never */
	{"~:", 0, false}, {"~:", -1e15, false}, {"~:", 1e15, false},
	/* inside, both ends included */
	{"@10", -1, false}, {"@10", 0, true}, {"@10", 10, true}, {"@10", 11, false},
	{"@:10", -1, false}, {"@:10", 0, true}, {"@:10", 10, true}, {"@:10", 11, false},
	{"@10:20", 9, false}, {"@10:20", 10, true}, {"@10:20", 20, true}, {"@10:20", 21, false},
	{"@~:10", -1e15, true}, {"@~:10", 10, true}, {"@~:10", 10.1, false},
	{"@10:", 9, false}, {"@10:", 10, true}, {"@10:", 1e15, true},
	{"@0", 0, true}, {"@0", 1, false}, {"@0:", 0, true}, {"@0:", -1, false},
	{"@-3:-3", -3, true}, {"@-3:-3", -2, false}, {"@~:", 0, true},
	/* decimals are exact: tenths, hundredths and thousandths as a check has them */
	{"12.5:", 125 / 10.0, false}, {"12.5:", 124 / 10.0, true},
	{"0.1:", 1 / 10.0, false}, {"~:0.3", 3 / 10.0, false}, {"~:0.3", 4 / 10.0, true},
	{"@0.07:0.07", 7 / 100.0, true}, {"@1.005:1.005", 1005 / 1000.0, true},
	{"-0.5:", -5 / 10.0, false}, {"-0.5:", -6 / 10.0, true},
	{"0.00000000000001:", 0, true}, {"007.50:", 75 / 10.0, false}, {"007.50:", 7, true},
	/* as many digits as a double holds */
	{"999999999999999", 999999999999999.0, false}, {"999999999999999", 1e15, true},
	{"-999999999999999:", -1e15, true}, {"4294967295:", 4294967294.0, true},
	/* clang-format on */
};

TEST(a_range_alerts_as_the_guidelines_say)
{
	for (size_t i = 0; i < COUNT(alerting); i++) {
		struct br_error err = {""};
		struct plugin_range range;
		char name[64], *block;

		snprintf(name, sizeof name, "%s with %g", alerting[i].text, alerting[i].value);
		check_case(name);
		CHECK_INT(parse(&range, alerting[i].text, &block, &err), BR_OK);
		CHECK(range.given);
		CHECK_STR(err.text, "");
		CHECK_INT(plugin_range_alerts(&range, alerting[i].value), alerting[i].alerts);
		CHECK_MEM(range.text.at, range.text.len, alerting[i].text,
			  strlen(alerting[i].text));
		free(block);
	}
}

static const struct {
	const char *text, *why;
} no_ranges[] = {
	{"", "nothing is there"},
	{"@", "nothing is there"},
	{":", "neither a start nor an end"},
	{"@:", "neither a start nor an end"},
	{"20:10", "its start is beyond its end"},
	{"@20:10", "its start is beyond its end"},
	{"-5:-10", "its start is beyond its end"},
	{"0.2:0.1", "its start is beyond its end"},
	{":-1", "its start is beyond its end"},
	{"-1", "its start is beyond its end"},
	{"~", "a number is digits"},
	{"@~", "a number is digits"},
	{"10:~", "a number is digits"},
	{"~:~", "a number is digits"},
	{"~10", "a number is digits"},
	{"~5:10", "a number is digits"},
	{"-~:10", "a number is digits"},
	{"5:x", "a number is digits"},
	{"x:5", "a number is digits"},
	{"x", "a number is digits"},
	{"10x", "a number is digits"},
	{"10%", "a number is digits"},
	{"10:20:30", "a number is digits"},
	{"10::", "a number is digits"},
	{"::", "a number is digits"},
	{"@@10", "a number is digits"},
	{"10@", "a number is digits"},
	{"10:@20", "a number is digits"},
	{"nan", "a number is digits"},
	{"nan:10", "a number is digits"},
	{"inf", "a number is digits"},
	{"-inf:10", "a number is digits"},
	{"1e3", "a number is digits"},
	{"1e3:", "a number is digits"},
	{"1E3", "a number is digits"},
	{"0x10", "a number is digits"},
	{"0x1p3", "a number is digits"},
	{"+10", "a number is digits"},
	{"--10:", "a number is digits"},
	{"-", "a number is digits"},
	{"-:10", "a number is digits"},
	{" 10", "a number is digits"},
	{"10 ", "a number is digits"},
	{"10: 20", "a number is digits"},
	{"10\n", "a number is digits"},
	{"\t10", "a number is digits"},
	{"1 000", "a number is digits"},
	{"1,5", "a number is digits"},
	{"1.5.2", "a number is digits"},
	{"10/20", "a number is digits"},
	{"10;20", "a number is digits"},
	{".5", "a number is digits"},
	{".", "a number is digits"},
	{"5.", "on both sides"},
	{"5.:", "on both sides"},
	{"5.x", "on both sides"},
	{"1000000000000000", "at most 15 digits"},
	{"0000000000000001", "at most 15 digits"},
	{"0.0000000000000001", "at most 15 digits"},
	{"99999999999999999999999999999999999999999999999999", "at most 15 digits"},
	{"999999999999999.99999999999999999999999999999999", "at most 15 digits"},
	{"1:99999999999999999999", "at most 15 digits"},
	{"\xd9\xa1\xd9\xa0", "a number is digits"}, /* digits, but Arabic ones */
};

TEST(what_is_no_range_is_refused_with_a_reason)
{
	for (size_t i = 0; i < COUNT(no_ranges); i++) {
		struct br_error err = {""};
		struct plugin_range range;
		char *block;

		check_case(no_ranges[i].text);
		CHECK_INT(parse(&range, no_ranges[i].text, &block, &err), BR_E_SYNTAX);
		CHECK(strstr(err.text, no_ranges[i].why) != NULL);
		CHECK(!range.given && !range.text.at);
		CHECK(!plugin_range_alerts(&range, -1) && !plugin_range_alerts(&range, 1e15));
		free(block);
	}
}

TEST(a_nul_is_junk_too)
{
	struct plugin_range range;

	CHECK_INT(plugin_range_parse(&range, (struct br_view){"10\0", 3}, NULL), BR_E_SYNTAX);
	CHECK_INT(plugin_range_parse(&range, (struct br_view){NULL, 0}, NULL), BR_E_SYNTAX);
}

TEST(a_refusal_says_what_was_given_and_what_would_do)
{
	struct br_error err;
	struct plugin_range range;

	CHECK_INT(plugin_range_parse(&range, br_view("20:10"), &err), BR_E_SYNTAX);
	CHECK_STR(err.text, "'20:10' is no range, its start is beyond its end; "
			    "write [@][START:]END, as 20: or 5:10");
}

TEST(a_locale_with_a_decimal_comma_changes_nothing)
{
	struct plugin_range range;

	if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
		check_skip("no locale with a decimal comma here; "
			   "Debian: locales, and de_DE.UTF-8 generated");
	CHECK_INT(plugin_range_parse(&range, br_view("12.5:"), NULL), BR_OK);
	CHECK(!plugin_range_alerts(&range, 12.5) && plugin_range_alerts(&range, 12.4));
	CHECK_INT(plugin_range_parse(&range, br_view("12,5:"), NULL), BR_E_SYNTAX);
	setlocale(LC_ALL, "C");
}

TEST(a_pair_has_two_sides_and_each_may_be_left_out)
{
	static const struct {
		const char *text;
		enum plugin_state at_5, at_15, at_25;
	} cases[] = {
		{"20:/10:", PLUGIN_CRITICAL, PLUGIN_WARNING, PLUGIN_OK},
		{"20:/", PLUGIN_WARNING, PLUGIN_WARNING, PLUGIN_OK},
		{"/10:", PLUGIN_CRITICAL, PLUGIN_OK, PLUGIN_OK},
		{"/", PLUGIN_OK, PLUGIN_OK, PLUGIN_OK},
		{"10/20", PLUGIN_OK, PLUGIN_WARNING, PLUGIN_CRITICAL},
		{"@10:20/@25", PLUGIN_CRITICAL, PLUGIN_CRITICAL, PLUGIN_CRITICAL},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plugin_thresholds both;

		check_case(cases[i].text);
		CHECK_INT(plugin_thresholds_parse(&both, br_view(cases[i].text), NULL), BR_OK);
		CHECK_INT(plugin_thresholds_judge(&both, 5), cases[i].at_5);
		CHECK_INT(plugin_thresholds_judge(&both, 15), cases[i].at_15);
		CHECK_INT(plugin_thresholds_judge(&both, 25), cases[i].at_25);
	}
}

TEST(what_is_no_pair_is_refused_whole)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{"", "no pair of ranges"},        {"20:", "no pair of ranges"},
		{"20:,10:", "no pair of ranges"}, {"20:/10:/5:", "'10:/5:' is no range"},
		{"20:/x", "'x' is no range"},     {"x/10:", "'x' is no range"},
		{" /", "' ' is no range"},        {"@/10:", "'@' is no range"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plugin_thresholds both;
		struct br_error err = {""};
		size_t len = strlen(cases[i].text);
		char *block = malloc(len ? len : 1);

		memcpy(block, cases[i].text, len);
		check_case(cases[i].text);
		CHECK_INT(plugin_thresholds_parse(&both, (struct br_view){block, len}, &err),
			  BR_E_SYNTAX);
		CHECK(strstr(err.text, cases[i].why) != NULL);
		CHECK(!both.warning.given && !both.critical.given);
		free(block);
	}
}

TEST(a_range_that_is_not_given_never_alerts)
{
	struct plugin_thresholds none = {0};

	CHECK_INT(plugin_thresholds_judge(&none, -1), PLUGIN_OK);
	CHECK_INT(plugin_thresholds_judge(&none, 1e15), PLUGIN_OK);
}

/* One that was written beside the usual other. */
static bool clashes(const char *warning, const char *critical)
{
	struct plugin_thresholds both;
	struct br_error err;

	CHECK_INT(plugin_range_parse(&both.warning, br_view(warning ? warning : "20:"), &err),
		  BR_OK);
	CHECK_INT(
		plugin_range_parse(&both.critical, br_view(critical ? critical : "10:"), &err),
		BR_OK);
	both.warning.usual = !warning;
	both.critical.usual = !critical;
	return plugin_thresholds_clash(&both);
}

TEST(one_threshold_of_two_goes_with_the_usual_other_or_not)
{
	static const struct {
		const char *warning, *critical;
		bool clashes;
	} rows[] = {
		{"15:", NULL, false},
		{"10.5:", NULL, false},
		{"100:", NULL, false},
		{"@0:30", NULL, false},
		{NULL, "19:", false},
		{NULL, "@0:5", false},
		{"5:", NULL, true},
		{"10:", NULL, true}, /* it would never be only a warning */
		{"50", NULL, true},
		{"@5:30", NULL, true},
		{NULL, "20:", true},
		{NULL, "30:", true},
		{NULL, "0", true},
		/* No warnings, no criticals: that is meant. */
		{"~:", NULL, false},
		{"0:", NULL, false},
		{"100", NULL, false},
		{NULL, "~:", false},
		/* Both, or neither, are as somebody wanted them. */
		{"5:", "10:", false},
		{"50", "80", false},
		{NULL, NULL, false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].warning    ? rows[i].warning
			   : rows[i].critical ? rows[i].critical
					      : "neither");
		CHECK_INT(clashes(rows[i].warning, rows[i].critical), rows[i].clashes);
	}
}
