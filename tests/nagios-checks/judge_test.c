/*
 * judge_test.c - which judges a check has, and what half an answer is worth.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/options.h"

#include <stdlib.h>
#include <string.h>

/* Judges of our own, each with one opinion. */
static void well(struct plugin_answer *answer, const struct plugin_case *about)
{
	(void)about;
	plugin_group(answer, "a");
	plugin_line(answer, PLUGIN_OK, "all is well");
}

static void ill(struct plugin_answer *answer, const struct plugin_case *about)
{
	(void)about;
	plugin_group(answer, "b");
	plugin_line(answer, PLUGIN_WARNING, "not well");
}

static void silent(struct plugin_answer *answer, const struct plugin_case *about)
{
	(void)about;
	plugin_group(answer, "c");
}

static void failing(struct plugin_answer *answer, const struct plugin_case *about)
{
	(void)about;
	plugin_fail(answer, PLUGIN_CRITICAL, "no way");
}

typedef void judge_fn(struct plugin_answer *answer, const struct plugin_case *about);

/* clang-format off */
static const struct {
	const char *name;
	judge_fn *judges[3];
	bool partial, cut;
	enum plugin_state state;
	const char *last; /* line, or sentence */
} rows[] = {
	{"all is well",              {well},            false, false, PLUGIN_OK,       "all is well"},
	{"two of them",              {well, ill},       false, false, PLUGIN_WARNING,  "not well"},
	{"partial and well",         {well},            true,  false, PLUGIN_UNKNOWN,  "the printer's answer is not complete"},
	{"partial, one is silent",   {well, silent},    true,  false, PLUGIN_UNKNOWN,  "the printer's answer is not complete"},
	{"cut and well",             {well},            true,  true,  PLUGIN_CRITICAL, "time was up before the printer had said everything"},
	{"partial and ill",          {ill},             true,  false, PLUGIN_WARNING,  "not well"},
	{"cut and ill",              {well, ill},       true,  true,  PLUGIN_CRITICAL, "time was up before the printer had said everything"},
	{"one is silent",            {well, silent},    false, false, PLUGIN_OK,       "all is well"},
	{"nothing was judged",       {silent},          false, false, PLUGIN_UNKNOWN,  "the printer says nothing that this check could judge"},
	{"nothing of a partial one", {silent, silent},  true,  false, PLUGIN_UNKNOWN,  "the printer's answer is not complete: nothing to judge"},
	{"nobody judged",            {NULL},            false, false, PLUGIN_UNKNOWN,  "the printer says nothing that this check could judge"},
	{"who fails has said it",    {failing, well},   true,  false, PLUGIN_CRITICAL, "no way"},
};
/* clang-format on */

TEST(a_verdict_is_worth_what_was_read)
{
	struct br_reading *reading = calloc(1, sizeof *reading);
	struct plugin_answer *answer = malloc(sizeof *answer);
	struct plugin_settings settings;

	plugin_settings_init(&settings, PLUGIN_ALL);
	settings.timeout_state = PLUGIN_CRITICAL;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct plugin_case about = {
			.settings = &settings, .reading = reading, .cut = rows[i].cut};
		struct plugin_check check = {.name = "x"};

		check_case(rows[i].name);
		memcpy(check.judges, rows[i].judges, sizeof rows[i].judges);
		reading->partial = rows[i].partial;
		plugin_answer_init(answer, "X");
		plugin_judge(answer, &check, &about);
		CHECK_INT(plugin_answer_state(answer), rows[i].state);
		CHECK_STR(answer->failed ? answer->sentence
					 : answer->lines[answer->n_lines - 1].text,
			  rows[i].last);
	}
	free(answer);
	free(reading);
}

TEST(no_check_calls_an_empty_reading_ok)
{
	struct br_reading *reading = malloc(sizeof *reading);
	struct plugin_answer *answer = malloc(sizeof *answer);
	struct plugin_settings settings;

	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		const struct plugin_case about = {.settings = &settings,
						  .reading = reading,
						  .whole = check->check == PLUGIN_ALL};

		check_case(check->name);
		br_reading_init(reading);
		reading->reachable = true;
		plugin_settings_init(&settings, check->check);
		plugin_answer_init(answer, check->title);
		plugin_judge(answer, check, &about);
		/* Something answered, and that is all that this one asks. */
		CHECK_INT(plugin_answer_state(answer),
			  check->check == PLUGIN_ALIVE ? PLUGIN_OK : PLUGIN_UNKNOWN);
	}
	free(answer);
	free(reading);
}

TEST(the_checks_are_told_apart)
{
	unsigned seen = 0;

	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		check_case(check->name);
		CHECK(strncmp(check->name, "check_printer_", 14) == 0);
		CHECK(check->title && check->service && check->summary && check->judges[0]);
		CHECK(check->check && !(check->check & (check->check - 1)));
		CHECK(!(seen & check->check));
		seen |= check->check;
	}
	CHECK_INT(seen, PLUGIN_EVERY);
	CHECK_STR(plugin_checks[0].name, "check_printer_all");
}
