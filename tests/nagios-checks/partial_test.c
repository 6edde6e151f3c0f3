/*
 * partial_test.c - half an answer: what did not come is not said to be missing in the printer,
 * and never hides what came.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/options.h"

#include <stdlib.h>
#include <string.h>

static struct br_reading *reading;
static struct plugin_answer *answer;
static struct plugin_settings settings;

static void begin(unsigned check)
{
	reading = malloc(sizeof *reading);
	answer = malloc(sizeof *answer);
	br_reading_init(reading);
	reading->reachable = reading->partial = true;
	plugin_settings_init(&settings, check);
}

static void end(void)
{
	free(reading);
	free(answer);
}

/* The text of the first line, as everybody sees it. */
static const char *judge(const struct plugin_check *check, bool cut)
{
	static char text[400];
	const struct plugin_case about = {.settings = &settings,
					  .reading = reading,
					  .whole = check->check == PLUGIN_ALL,
					  .cut = cut};
	struct br_buf out;

	plugin_answer_init(answer, check->title);
	plugin_judge(answer, check, &about);
	br_buf_init(&out, 1 << 16);
	plugin_write(answer, &settings.look, &out);
	text[0] = '\0';
	br_text_copy(text, sizeof text, br_view(out.data ? out.data : ""));
	text[strcspn(text, "|\n")] = '\0';
	for (size_t len = strlen(text); len && text[len - 1] == ' '; len--)
		text[len - 1] = '\0';
	br_buf_clear(&out);
	return text;
}

TEST(what_did_not_come_is_not_missing)
{
	for (const struct plugin_check *check = plugin_checks; check->name; check++) {
		if (check->check == PLUGIN_ALIVE)
			continue; /* half an answer is one */
		check_case(check->name);
		begin(check->check);
		CHECK(strstr(judge(check, false), " UNKNOWN: the printer's answer is not ") !=
		      NULL);
		settings.timeout_state = PLUGIN_CRITICAL;
		CHECK(strstr(judge(check, true), " CRITICAL: time was up before ") != NULL);
		settings.include.at[settings.include.n++] = "toner-*";
		CHECK(strstr(judge(check, true), " CRITICAL: time was up before ") != NULL);
		end();
	}
}

/* Levels that did not come make no UNKNOWN that is worse than a warning that did, nor does the
 * state of a timeout take its place. */
TEST(what_came_is_judged)
{
	static const struct {
		unsigned check;
		const char *cut, *partial;
	} rows[] = {
		{PLUGIN_SUPPLIES, "SUPPLIES WARNING: toner-black low (error bit)",
		 "SUPPLIES WARNING: toner-black low (error bit)"},
		{PLUGIN_ALL, "PRINTER WARNING: toner-black low (error bit)",
		 "PRINTER WARNING: toner-black low (error bit)"},
		{PLUGIN_TRAYS, "TRAYS OK: time was up before the printer had said enough",
		 "TRAYS UNKNOWN: the printer's answer is not complete: nothing to judge"},
		{PLUGIN_STATUS, "STATUS OK: no alerts",
		 "STATUS UNKNOWN: the printer's answer is not complete"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct plugin_check *check = plugin_checks;
		struct br_supply *supply;

		while (check->check != rows[i].check)
			check++;
		check_case(check->name);
		begin(check->check);
		settings.timeout_state = PLUGIN_OK;
		reading->n_supplies = 1;
		supply = &reading->supplies[0];
		memset(supply, 0, sizeof *supply);
		br_text_copy(supply->id, sizeof supply->id, br_view("toner-black"));
		supply->role = BR_ROLE_CONSUMED;
		supply->state = BR_SUPPLY_LOW;
		supply->witness = br_reading_put(reading, "error bit");
		CHECK_STR(judge(check, true), rows[i].cut);
		CHECK_STR(judge(check, false), rows[i].partial);
		end();
	}
}
