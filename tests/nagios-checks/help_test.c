/*
 * help_test.c - help and usage keep to their measures, and name every option of their check.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/options.h"

#include <stdio.h>
#include <string.h>

/* Characters of the longest line, and how many lines; each must be plain ASCII. */
static void measure(const char *text, size_t *longest, size_t *lines)
{
	struct br_view rest = br_view(text), line;

	*longest = *lines = 0;
	while (br_view_line(&rest, &line)) {
		*lines += 1;
		*longest = line.len > *longest ? line.len : *longest;
		CHECK(line.len == 0 || line.at[line.len - 1] != ' ');
		for (size_t i = 0; i < line.len; i++)
			CHECK(line.at[i] >= ' ' && line.at[i] < 0x7f);
	}
}

static bool has(const char *text, const char *format, const char *word, const char *value)
{
	char wanted[120];

	snprintf(wanted, sizeof wanted, "%s%s%s%s", format, word, value ? " " : "",
		 value ? value : "");
	return strstr(text, wanted) != NULL;
}

TEST(help_has_80_columns_and_every_option_of_its_check_alone)
{
	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		size_t longest, lines;
		struct br_buf out;

		check_case(check->name);
		br_buf_init(&out, 1 << 20);
		plugin_help(&out, check);
		CHECK_INT(out.status, BR_OK);
		measure(out.data, &longest, &lines);
		CHECK(longest <= 80);
		for (size_t i = 0; i < plugin_options_count; i++) {
			const struct plugin_option *option = &plugin_options[i];
			bool extra = option->kind == PLUGIN_EXTRA;
			bool there = has(out.data, " --", option->name,
					 extra ? NULL : option->value);

			if (option->checks & check->check)
				CHECK(there);
			else if (!(strcmp(option->name, "warning") == 0 ||
				   strcmp(option->name, "critical") == 0))
				CHECK(!there);
		}
		br_buf_clear(&out);
	}
}

/* What the help of a check says, with one blank where a line or a column ends. */
static void check_says(const struct plugin_check *check, const char *const *words)
{
	struct br_buf out;
	char flat[16384];
	size_t used = 0;

	br_buf_init(&out, 1 << 20);
	plugin_help(&out, check);
	for (size_t i = 0; i < out.len && used < sizeof flat - 1; i++) {
		char c = out.data[i] == '\n' ? ' ' : out.data[i];

		if (c != ' ' || used == 0 || flat[used - 1] != ' ')
			flat[used++] = c;
	}
	flat[used] = '\0';
	for (; *words; words++) {
		check_case(*words);
		CHECK(strstr(flat, *words) != NULL);
	}
	br_buf_clear(&out);
}

TEST(help_says_how_things_are_selected)
{
	static const char *const of_things[] = {"type:fuser", "tray:tray-2",
						"tray:type:mail-box", "supply:*", NULL};
	static const char *const of_alerts[] = {"severity:warning",
						"training:field-service",
						"group:input",
						"text:*fuser*",
						"service-requested",
						"cover-open",
						NULL};

	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		if (check->check & (PLUGIN_SUPPLIES | PLUGIN_TRAYS | PLUGIN_ALL))
			check_says(check, of_things);
		if (check->check & (PLUGIN_STATUS | PLUGIN_ALL))
			check_says(check, of_alerts);
	}
}

TEST(help_says_what_everybody_gets_wrong)
{
	static const char *const words[] = {
		"-w 20: alerts below 20",
		"would alert above 20",
		"\"offline\": unknown by default",
		"0 ok, 1 warning, 2 critical, 3 unknown",
		"Secrets:",
		"Example: check_printer_supplies -H ",
		"percent that remain of what is used up; default 20:",
		"-w 5: alone would leave -c 10:",
		NULL,
	};

	check_says(&plugin_checks[1], words);
}

TEST(every_check_has_an_example)
{
	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		struct br_buf out;

		check_case(check->name);
		br_buf_init(&out, 1 << 20);
		plugin_help(&out, check);
		CHECK(has(out.data, "Example:\n  ", check->name, "-H 192.0.2.10"));
		br_buf_clear(&out);
	}
}

TEST(usage_has_23_lines_and_names_no_secret)
{
	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		size_t longest, lines;
		struct br_buf out;

		check_case(check->name);
		br_buf_init(&out, 1 << 20);
		plugin_usage(&out, check);
		measure(out.data, &longest, &lines);
		CHECK(longest <= 80);
		CHECK(lines <= 23);
		CHECK(strstr(out.data, "-H HOST") != NULL);
		CHECK(strstr(out.data, "[-H") == NULL);
		CHECK(strstr(out.data, "-A ") == NULL && strstr(out.data, "passwd") == NULL);
		for (size_t i = 0; i < plugin_options_count; i++) {
			const struct plugin_option *option = &plugin_options[i];
			char word[3] = {'-', option->letter, '\0'};

			if (!(option->checks & check->check) || option->kind == PLUGIN_SECRET ||
			    option->letter == '?')
				continue;
			CHECK(option->letter ? strstr(out.data, word) != NULL
					     : has(out.data, "[--", option->name, NULL));
		}
		br_buf_clear(&out);
	}
}
