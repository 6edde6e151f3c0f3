/*
 * answer_test.c - what does not fit is counted and still counts; labels are stable and unlike.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/answer.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

static struct plugin_answer answer;
static const struct br_number seven = {true, 7};

/* Labels given, one after the other, in one line; n ends. */
static void name_all(const char *const *labels)
{
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_group(&answer, "supplies");
	plugin_line(&answer, PLUGIN_OK, "a line");
	for (; *labels; labels++)
		plugin_perf(&answer, *labels, seven, 0, "%", NULL);
}
#define NAME_ALL(...) name_all((const char *const[]){__VA_ARGS__, NULL})

TEST(an_answer_about_nothing_is_unknown)
{
	plugin_answer_init(&answer, "SUPPLIES");
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_UNKNOWN);
	plugin_group(&answer, "supplies");
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_OK);
}

TEST(the_worst_line_is_the_state)
{
	struct plugin_group *group;

	plugin_answer_init(&answer, "PRINTER");
	plugin_group(&answer, "supplies");
	plugin_line(&answer, PLUGIN_WARNING, "%s %d %%", "toner-black", 8);
	plugin_line(&answer, PLUGIN_OK, "toner-cyan 50 %%");
	group = plugin_group(&answer, "status");
	plugin_line(&answer, PLUGIN_UNKNOWN, "no state");
	CHECK_STR(answer.lines[0].text, "toner-black 8 %");
	CHECK_INT(plugin_group_state(&answer, &answer.groups[0]), PLUGIN_WARNING);
	CHECK_INT(plugin_group_state(&answer, group), PLUGIN_UNKNOWN);
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_UNKNOWN);
	plugin_line(&answer, PLUGIN_CRITICAL, "stopped");
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_CRITICAL);
	CHECK_INT(answer.groups[0].n, 2);
	CHECK_INT(group->first, 2);
	CHECK_INT(group->n, 2);
}

TEST(a_failure_is_instead_of_any_verdict)
{
	plugin_answer_init(&answer, "PRINTER");
	plugin_group(&answer, "supplies");
	plugin_line(&answer, PLUGIN_CRITICAL, "toner-black 1 %%");
	plugin_fail(&answer, PLUGIN_OK, "%s does not answer", "192.0.2.1");
	CHECK(answer.failed);
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_OK);
	CHECK_STR(answer.sentence, "192.0.2.1 does not answer");
}

TEST(lines_that_do_not_fit_are_counted_and_still_decide)
{
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_group(&answer, "supplies");
	for (size_t i = 0; i < PLUGIN_MAX_LINES; i++)
		plugin_line(&answer, PLUGIN_OK, "line %zu", i);
	CHECK_INT(answer.n_left_out, 0);
	plugin_perf(&answer, "fits", seven, 0, "", NULL);
	plugin_line(&answer, PLUGIN_CRITICAL, "one too many");
	plugin_perf(&answer, "of-what-did-not-fit", seven, 0, "", NULL);
	plugin_line(&answer, PLUGIN_WARNING, "two too many");
	CHECK_INT(answer.n_lines, PLUGIN_MAX_LINES);
	CHECK_INT(answer.n_left_out, 2);
	CHECK_INT(answer.n_perf_left_out, 1);
	CHECK_INT(answer.n_perf, 1);
	CHECK_INT(answer.lines[PLUGIN_MAX_LINES - 1].n_perf, 1);
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_CRITICAL);
	CHECK_STR(answer.lines[PLUGIN_MAX_LINES - 1].text, "line 255");
}

TEST(groups_and_measurements_end_too)
{
	struct plugin_group *last = NULL;

	plugin_answer_init(&answer, "SUPPLIES");
	for (size_t i = 0; i < PLUGIN_MAX_GROUPS; i++)
		last = plugin_group(&answer, "group");
	CHECK(plugin_group(&answer, "one too many") == last);
	CHECK_STR(last->name, "group");
	plugin_line(&answer, PLUGIN_OK, "a line");
	for (size_t i = 0; i < PLUGIN_MAX_PERF + 3; i++) {
		char label[16];

		snprintf(label, sizeof label, "m%zu", i);
		plugin_perf(&answer, label, seven, 0, "", NULL);
	}
	CHECK_INT(answer.n_perf, PLUGIN_MAX_PERF);
	CHECK_INT(answer.n_perf_left_out, 3);
	CHECK_INT(answer.lines[0].n_perf, PLUGIN_MAX_PERF);
}

TEST(what_comes_without_a_group_or_a_line_does_no_harm)
{
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_perf(&answer, "of-nothing", seven, 0, "", NULL);
	CHECK_INT(answer.n_perf, 0);
	plugin_line(&answer, PLUGIN_WARNING, "of no group");
	CHECK_INT(answer.n_groups, 1);
	CHECK_INT(plugin_answer_state(&answer), PLUGIN_WARNING);
	plugin_group(&answer, "second");
	plugin_perf(&answer, "of-nothing", seven, 0, "", NULL);
	CHECK_INT(answer.n_perf, 0);
	CHECK_INT(answer.n_perf_left_out, 2);
	CHECK_INT(answer.lines[0].n_perf, 0);
}

TEST(long_text_is_cut_and_terminated)
{
	char text[1000];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_line(&answer, PLUGIN_OK, "%s", text);
	plugin_fail(&answer, PLUGIN_UNKNOWN, "%s", text);
	CHECK_INT(strlen(answer.lines[0].text), sizeof answer.lines[0].text - 1);
	CHECK_INT(strlen(answer.sentence), sizeof answer.sentence - 1);
}

TEST(a_measurement_is_kept_as_it_is)
{
	struct plugin_thresholds thresholds;

	CHECK_INT(plugin_thresholds_parse(&thresholds, br_view("20:/10:"), NULL), BR_OK);
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_group(&answer, "supplies");
	plugin_line(&answer, PLUGIN_OK, "first");
	plugin_line(&answer, PLUGIN_OK, "second");
	plugin_perf(&answer, "toner-black", (struct br_number){true, 125}, 1, "%", &thresholds);
	plugin_perf(&answer, "count-total", (struct br_number){false, 99}, 0, "c", NULL);
	plugin_perf(&answer, "tiny", seven, 4000000000u, "", NULL);
	CHECK_INT(answer.lines[0].n_perf, 0);
	CHECK_INT(answer.lines[1].first_perf, 0);
	CHECK_INT(answer.lines[1].n_perf, 3);
	CHECK(answer.perf[0].known && answer.perf[0].thresholds.critical.given);
	CHECK_INT(answer.perf[0].value, 125);
	CHECK_INT(answer.perf[0].decimals, 1);
	CHECK(!answer.perf[1].known && !answer.perf[1].thresholds.warning.given);
	CHECK_INT(answer.perf[2].decimals, 18);
}

TEST(what_is_not_known_has_no_measurement_in_the_end)
{
	const struct br_number none = {false, 0};

	plugin_answer_init(&answer, "SUPPLIES");
	plugin_group(&answer, "supplies");
	plugin_line(&answer, PLUGIN_OK, "first");
	plugin_perf(&answer, "a", none, 0, "%", NULL);
	plugin_perf(&answer, "b", seven, 0, "%", NULL);
	plugin_line(&answer, PLUGIN_OK, "none");
	plugin_line(&answer, PLUGIN_OK, "third");
	plugin_perf(&answer, "c", seven, 0, "%", NULL);
	plugin_perf(&answer, "d", none, 0, "%", NULL);
	plugin_perf_settle(&answer, false);
	CHECK_INT(answer.n_perf, 2);
	CHECK_STR(answer.perf[0].label, "b");
	CHECK_STR(answer.perf[1].label, "c");
	CHECK_INT(answer.lines[0].n_perf, 1);
	CHECK_INT(answer.lines[1].n_perf, 0);
	CHECK_INT(answer.lines[2].first_perf, 1);
	CHECK_INT(answer.lines[2].n_perf, 1);
	plugin_perf_settle(&answer, true);
	CHECK_INT(answer.n_perf, 0);
	CHECK_INT(answer.lines[2].n_perf, 0);
}

/* The label does not depend on whether its likeness is known today. */
TEST(a_label_is_the_same_whatever_is_known)
{
	char label[PLUGIN_LABEL_SIZE];

	for (int known = 0; known < 2; known++) {
		plugin_answer_init(&answer, "SUPPLIES");
		plugin_group(&answer, "supplies");
		plugin_line(&answer, PLUGIN_OK, "one");
		plugin_perf(&answer, "a-very-long-label-of-one", (struct br_number){known, 1},
			    0, "", NULL);
		plugin_perf(&answer, "a-very-long-label-of-two", seven, 0, "", NULL);
		plugin_perf_settle(&answer, false);
		if (known)
			CHECK_STR(answer.perf[1].label, label);
		else
			br_text_copy(label, sizeof label, br_view(answer.perf[0].label));
	}
}

TEST(labels_are_plain)
{
	static const struct {
		const char *given, *label;
	} cases[] = {
		{"toner-black", "toner-black"},
		{"Tray_2.left", "Tray_2.left"},
		{"tray 2", "tray-2"},
		{"a=b'c|d;e\"f", "a-b-c-d-e-f"},
		{"caf\xc3\xa9 noir", "caf-noir"},
		{"two  \t\n blanks", "two-blanks"},
		{"--leading", "leading"},
		{" ", "unnamed"},
		{"", "unnamed"},
		{"\xff\xfe", "unnamed"},
		{"0123456789012345678901234567890", "0123456789012345678901234567890"},
		{"01234567890123456789012345678901", "01234567890123456789012345678901"},
		{"012345678901234567890123456789012", "012345678901234567890123456-93ab"},
		{"01234567890123456789012345-89012345678", "01234567890123456789012345-b146"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].given);
		NAME_ALL(cases[i].given);
		CHECK_STR(answer.perf[0].label, cases[i].label);
	}
}

TEST(labels_that_19_characters_cannot_tell_apart_both_end_in_a_hash)
{
	NAME_ALL("transfer-belt-cleaner-left", "toner-black", "transfer-belt-cleaner-right");
	CHECK_STR(answer.perf[0].label, "transfer-belt-0c5b");
	CHECK_STR(answer.perf[1].label, "toner-black");
	CHECK_STR(answer.perf[2].label, "transfer-belt-c74a");
	/* Whichever comes first, and whoever else is there. */
	NAME_ALL("transfer-belt-cleaner-right", "transfer-belt-cleaner-left",
		 "transfer-belt-cleaner-top");
	CHECK_STR(answer.perf[0].label, "transfer-belt-c74a");
	CHECK_STR(answer.perf[1].label, "transfer-belt-0c5b");
	CHECK_INT(strlen(answer.perf[2].label), 18);
}

TEST(one_long_label_is_left_alone)
{
	NAME_ALL("transfer-belt-cleaner-left", "transfer-belt-a", "transfer-belt");
	CHECK_STR(answer.perf[0].label, "transfer-belt-cleaner-left");
	CHECK_STR(answer.perf[1].label, "transfer-belt-a");
	CHECK_STR(answer.perf[2].label, "transfer-belt");
}

TEST(labels_alike_only_once_they_are_plain_are_told_apart)
{
	NAME_ALL("tray 2", "tray-2");
	CHECK(strcmp(answer.perf[0].label, answer.perf[1].label) != 0);
	CHECK_INT(strncmp(answer.perf[0].label, "tray-2-", 7), 0);
	CHECK_INT(strncmp(answer.perf[1].label, "tray-2-", 7), 0);
}

TEST(even_the_same_label_is_never_there_twice)
{
	char label[PLUGIN_LABEL_SIZE];

	plugin_answer_init(&answer, "SUPPLIES");
	plugin_line(&answer, PLUGIN_OK, "a line");
	for (size_t i = 0; i < PLUGIN_MAX_PERF; i++)
		plugin_perf(&answer, "transfer-belt-cleaner-of-the-same-name", seven, 0, "",
			    NULL);
	CHECK_INT(answer.n_perf, PLUGIN_MAX_PERF);
	for (size_t i = 0; i < answer.n_perf; i++) {
		memcpy(label, answer.perf[i].label, sizeof label);
		CHECK(strlen(label) <= 19);
		for (size_t j = 0; j < i; j++)
			CHECK(strncmp(label, answer.perf[j].label, 19) != 0);
	}
}
