/*
 * output_limits_test.c - how long an output may be, and what is said of what does not fit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/output.h"

#include "check.h"

#include <stdio.h>
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

static void begin(const char *title, const char *group, const char *text)
{
	plugin_answer_init(&answer, title);
	well(plugin_group(&answer, group), text);
}

/* As much of everything as an answer holds. */
static void fill(size_t n_lines, size_t n_perf)
{
	const char *thresholds = "-99999999999.5:99999999999.5/@-99999999999.5:99999999999.5";

	begin("PRINTER", "supplies", "well");
	for (size_t i = 0; i < n_lines; i++) {
		plugin_line(&answer, PLUGIN_WARNING, "line %03zu %0180d", i, 0);
		for (size_t j = 0; j < (n_perf + n_lines - 1) / n_lines; j++) {
			char label[48];

			snprintf(label, sizeof label, "m%zu-%zu", i, j);
			plugin_perf(&answer, label, some(INT64_MIN), 9, "%", both(thresholds));
		}
	}
}

TEST(nothing_is_longer_than_4000_octets_up_to_vv)
{
	fill(PLUGIN_MAX_LINES + 9, PLUGIN_MAX_PERF);
	for (size_t i = 0; i < 3; i++) {
		const char *text = written(&classic[i]);

		CHECK(out.len <= PLUGIN_OUTPUT_MOST && out.len > PLUGIN_OUTPUT_MOST - 300);
		CHECK(strstr(text, " (9 left out; ") != NULL);
		CHECK(strstr(text, " measurements left out) | m0-0=") != NULL);
		CHECK_STR(text + out.len - 2, i < 2 ? "5\n" : ")\n"); /* a whole measurement */
	}
	written(&multi_line);
	CHECK(out.len <= PLUGIN_OUTPUT_MOST && out.len > PLUGIN_OUTPUT_MOST - 300);
	CHECK(strstr(out.data, "\n\t\\_[WARNING] - 256 more left out|m0-0=") != NULL);
}

TEST(lines_are_cut_whole_and_counted)
{
	fill(40, 0);
	CHECK_INT(answer.n_perf, 0);
	written(&classic[2]);
	CHECK(out.len <= PLUGIN_OUTPUT_MOST && out.len > PLUGIN_OUTPUT_MOST - 250);
	CHECK(strstr(out.data, "0\n(22 more left out)\n") != NULL);
	written(&multi_line);
	CHECK(out.len <= PLUGIN_OUTPUT_MOST && out.len > PLUGIN_OUTPUT_MOST - 250);
	CHECK(strstr(out.data, "0\n\t\\_[WARNING] - 22 more left out\n") != NULL);
	written(&classic[3]);
	CHECK(out.len > 40 * 180 && !strstr(out.data, "left out"));
}

static size_t written_within(size_t ceiling)
{
	br_buf_clear(&out);
	br_buf_init(&out, ceiling);
	plugin_write(&answer, &classic[0], &out);
	return out.status == BR_OK ? out.len : SIZE_MAX;
}

TEST(the_limit_is_used_to_the_octet)
{
	size_t all, wrong = 0;

	fill(1, 30);
	written(&classic[0]);
	all = out.len;
	CHECK(all < PLUGIN_OUTPUT_MOST);
	CHECK_INT(written_within(all), all);
	CHECK(strstr(out.data, "left out") == NULL);
	CHECK(written_within(all - 1) < all - 1);
	CHECK(strstr(out.data, " (1 measurement left out) | ") != NULL);
	for (size_t ceiling = 400; ceiling < all; ceiling++) {
		size_t len = written_within(ceiling);

		wrong += len > ceiling || ceiling - len > 150;
	}
	CHECK_INT(wrong, 0);
}

TEST(memory_that_is_not_there_is_the_buffers_to_say)
{
	fill(3, 3);
	br_buf_clear(&out);
	br_buf_init(&out, 10);
	plugin_write(&answer, &classic[2], &out);
	CHECK_INT(out.status, BR_E_LIMIT);
	br_buf_clear(&out);
}

TEST(an_answer_is_put_behind_what_is_there)
{
	begin("T", "t", "well");
	br_buf_clear(&out);
	br_buf_init(&out, 100000);
	for (size_t i = 0; i < 5000; i++)
		br_buf_text(&out, "before ");
	plugin_write(&answer, &classic[0], &out);
	CHECK_STR(out.data + 35000, "T OK: well\n");
	/* The ceiling is of all, also of what was there. */
	fill(1, 30);
	written(&classic[0]);
	size_t all = out.len;
	br_buf_clear(&out);
	br_buf_init(&out, all + 6);
	br_buf_text(&out, "before ");
	plugin_write(&answer, &classic[0], &out);
	CHECK_INT(out.status, BR_OK);
	CHECK(strstr(out.data, "before PRINTER WARNING: ") == out.data);
	CHECK(strstr(out.data, " (1 measurement left out) | ") != NULL);
	br_buf_clear(&out);
}
