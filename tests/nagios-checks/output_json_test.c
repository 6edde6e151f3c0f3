/*
 * output_json_test.c - the tree as JSON, to the letter; valid also where it is cut.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/output.h"

#include "check.h"
#include "fuzz/sound.h"

#include <stdio.h>
#include <string.h>

static struct plugin_answer answer;
static struct br_buf out;
static const struct plugin_look json = {PLUGIN_JSON, 0, false};
static const struct plugin_look ascii = {PLUGIN_JSON, 3, true};

static const char *written(const struct plugin_look *look)
{
	br_buf_clear(&out);
	br_buf_init(&out, 1 << 20);
	plugin_write(&answer, look, &out);
	CHECK_INT(out.status, BR_OK);
	CHECK(out.len > 0 && out.data[out.len - 1] == '\n');
	sound_json(out.data, out.len - 1);
	return out.data;
}

static const struct plugin_thresholds *both(const char *text)
{
	static struct plugin_thresholds thresholds;

	CHECK_INT(plugin_thresholds_parse(&thresholds, br_view(text), NULL), BR_OK);
	return &thresholds;
}

static void begin(const char *group, const char *well)
{
	plugin_answer_init(&answer, "SUPPLIES");
	snprintf(plugin_group(&answer, group)->well, 100, "%s", well);
}

static void perf(const char *label, int64_t value, unsigned decimals, const char *unit,
		 const char *thresholds)
{
	plugin_perf(&answer, label, (struct br_number){true, value}, decimals, unit,
		    both(thresholds));
}

TEST(one_group_is_its_lines)
{
	begin("supplies", "2 supplies");
	plugin_line(&answer, PLUGIN_OK, "toner-cyan 42 %%");
	perf("toner-cyan", 420, 1, "%", "20:/10:");
	plugin_line(&answer, PLUGIN_CRITICAL, "toner-black 0.5 %%");
	perf("toner-black", 5, 1, "%", "/");
	CHECK_STR(
		written(&json),
		"{\"state\":\"CRITICAL\",\"summary\":\"toner-black 0.5 %\",\"checks\":["
		"{\"output\":\"toner-black 0.5 %\",\"state\":\"CRITICAL\",\"perfdata\":["
		"{\"label\":\"toner-black\",\"value\":{\"type\":\"double\",\"value\":\"0.5\"},"
		"\"uom\":\"%\"}]},"
		"{\"output\":\"toner-cyan 42 %\",\"state\":\"OK\",\"perfdata\":["
		"{\"label\":\"toner-cyan\",\"value\":{\"type\":\"int\",\"value\":\"42\"},"
		"\"uom\":\"%\","
		"\"warn\":{\"alert_on_inside\":false,\"end\":\"inf\","
		"\"start\":{\"type\":\"int\",\"value\":\"20\"}},"
		"\"crit\":{\"alert_on_inside\":false,\"end\":\"inf\","
		"\"start\":{\"type\":\"int\",\"value\":\"10\"}}}]}]}\n");
	CHECK_INT(plugin_exit_code(&answer, &json), 0);
}

TEST(several_groups_are_checks_with_checks)
{
	begin("supplies", "1 supply");
	plugin_line(&answer, PLUGIN_OK, "toner-black 60 %%");
	snprintf(plugin_group(&answer, "status")->well, 100, "idle");
	snprintf(plugin_group(&answer, "trays")->well, 100, "1 tray");
	plugin_line(&answer, PLUGIN_WARNING, "tray-1 empty");
	snprintf(answer.remark, sizeof answer.remark, "read 7 min ago");
	CHECK_STR(written(&json),
		  "{\"state\":\"WARNING\",\"summary\":\"tray-1 empty (read 7 min "
		  "ago)\",\"checks\":["
		  "{\"output\":\"supplies: 1 supply\",\"state\":\"OK\",\"checks\":["
		  "{\"output\":\"toner-black 60 %\",\"state\":\"OK\"}]},"
		  "{\"output\":\"status: idle\",\"state\":\"OK\"},"
		  "{\"output\":\"trays\",\"state\":\"WARNING\",\"checks\":["
		  "{\"output\":\"tray-1 empty\",\"state\":\"WARNING\"}]}]}\n");
}

TEST(each_state_and_a_failure)
{
	static const enum plugin_state states[] = {PLUGIN_OK, PLUGIN_WARNING, PLUGIN_CRITICAL,
						   PLUGIN_UNKNOWN};

	for (size_t i = 0; i < 4; i++) {
		const char *name = plugin_state_name(states[i]);
		char want[200];

		check_case(name);
		begin("status", "");
		plugin_line(&answer, states[i], "a line");
		snprintf(want, sizeof want,
			 "{\"state\":\"%s\",\"summary\":\"a line\",\"checks\":["
			 "{\"output\":\"a line\",\"state\":\"%s\"}]}\n",
			 name, name);
		CHECK_STR(written(&json), want);
		plugin_fail(&answer, states[i], "no answer");
		snprintf(want, sizeof want,
			 "{\"state\":\"%s\",\"summary\":\"no answer\",\"checks\":[]}\n", name);
		CHECK_STR(written(&json), want);
		CHECK_INT(plugin_exit_code(&answer, &json), 0);
	}
}

TEST(ranges)
{
	static const struct {
		const char *range, *text;
	} cases[] = {
#define INT(number)  "{\"type\":\"int\",\"value\":\"" number "\"}"
#define REAL(number) "{\"type\":\"double\",\"value\":\"" number "\"}"
		/* clang-format off */
		{"10",        "{\"alert_on_inside\":false,\"end\":" INT("10") ",\"start\":" INT("0") "}"},
		{":10",       "{\"alert_on_inside\":false,\"end\":" INT("10") ",\"start\":" INT("0") "}"},
		{"20:",       "{\"alert_on_inside\":false,\"end\":\"inf\",\"start\":" INT("20") "}"},
		{"0:",        "{\"alert_on_inside\":false,\"end\":\"inf\",\"start\":" INT("0") "}"},
		{"~:10",      "{\"alert_on_inside\":false,\"end\":" INT("10") ",\"start\":\"inf\"}"},
		{"~:",        "{\"alert_on_inside\":false,\"end\":\"inf\",\"start\":\"inf\"}"},
		{"@5:10.5",   "{\"alert_on_inside\":true,\"end\":" REAL("10.5") ",\"start\":" INT("5") "}"},
		{"@-1.25:-1", "{\"alert_on_inside\":true,\"end\":" INT("-1") ",\"start\":" REAL("-1.25") "}"},
		{"@10",       "{\"alert_on_inside\":true,\"end\":" INT("10") ",\"start\":" INT("0") "}"},
		/* clang-format on */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char pair[80], want[400];

		check_case(cases[i].range);
		begin("pages", "");
		plugin_line(&answer, PLUGIN_OK, "x");
		snprintf(pair, sizeof pair, "/%s", cases[i].range);
		perf("x", 7, 0, "", pair);
		snprintf(want, sizeof want, "\"value\":\"7\"},\"crit\":%s}]}]}\n",
			 cases[i].text);
		CHECK(strstr(written(&json), want) != NULL);
		snprintf(pair, sizeof pair, "%s/", cases[i].range);
		begin("pages", "");
		plugin_line(&answer, PLUGIN_OK, "x");
		perf("x", 7, 0, "", pair);
		snprintf(want, sizeof want, "\"value\":\"7\"},\"warn\":%s}]}]}\n",
			 cases[i].text);
		CHECK(strstr(written(&json), want) != NULL);
	}
}

TEST(text_of_a_printer_is_only_text)
{
	begin("status", "");
	plugin_line(&answer, PLUGIN_WARNING, "%s", "a\"b\\c\nd\x01\xff|\xc3\xa9");
	CHECK_STR(written(&json),
		  "{\"state\":\"WARNING\",\"summary\":\"a\\\"b/c d \xef\xbf\xbd/\xc3\xa9\","
		  "\"checks\":[{\"output\":\"a\\\"b/c d \xef\xbf\xbd/\xc3\xa9\","
		  "\"state\":\"WARNING\"}]}\n");
	CHECK_STR(written(&ascii), "{\"state\":\"WARNING\",\"summary\":\"a\\\"b/c d ?/?\","
				   "\"checks\":[{\"output\":\"a\\\"b/c d ?/?\","
				   "\"state\":\"WARNING\"}]}\n");
}

/* Text that JSON writes twice as long, and the longest measurements. */
static void fill(size_t n_groups)
{
	char quotes[200];

	memset(quotes, '"', sizeof quotes - 1);
	quotes[sizeof quotes - 1] = '\0';
	plugin_answer_init(&answer, "PRINTER");
	for (size_t i = 0; i < n_groups; i++) {
		snprintf(plugin_group(&answer, "group")->well, 100, "%.99s", quotes);
		for (size_t j = 0; j < PLUGIN_MAX_LINES / n_groups; j++) {
			plugin_line(&answer, PLUGIN_WARNING, "%s", quotes);
			if (j % 4 == 0)
				perf("a-label-of-thirty-two-characters", INT64_MIN, 18, "%",
				     "@-99999999999.5:99999999999.5/"
				     "@-99999999999.5:99999999999.5");
		}
	}
}

TEST(what_is_cut_is_still_json)
{
	for (size_t n = 1; n <= PLUGIN_MAX_GROUPS; n++) {
		fill(n);
		written(&json);
		CHECK(out.len <= PLUGIN_JSON_MOST && out.len > PLUGIN_JSON_MOST - 1500);
		CHECK(strstr(out.data, " more left out\",\"state\":\"WARNING\"}]}\n") != NULL);
	}
}

TEST(any_ceiling_that_takes_the_summary_takes_json)
{
	size_t wrong = 0;

	fill(2);
	for (size_t ceiling = 1500; ceiling < 12000; ceiling += 7) {
		br_buf_clear(&out);
		br_buf_init(&out, ceiling);
		plugin_write(&answer, &json, &out);
		wrong += out.status != BR_OK;
		if (out.status == BR_OK)
			sound_json(out.data, out.len - 1);
	}
	CHECK_INT(wrong, 0);
	br_buf_clear(&out);
}
