/*
 * judge_alive_test.c - any answer will do, and none will not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/options.h"

#include <stdlib.h>

TEST(who_answers_is_alive)
{
	static const struct {
		const char *name, *maker, *model, *description;
		bool reachable, partial;
		enum plugin_state state;
		const char *well;
	} rows[] = {
		{"by model", "Acme", "9", "a thing", true, false, PLUGIN_OK, "Acme 9 answers"},
		{"by description", "", "", "a thing", true, false, PLUGIN_OK,
		 "a thing answers"},
		{"by maker", "Acme", "", "", true, false, PLUGIN_OK, "Acme answers"},
		{"by nothing", "", "", "", true, false, PLUGIN_OK, "it answers"},
		{"half of it", "Acme", "9", "", true, true, PLUGIN_OK, "Acme 9 answers"},
		{"of old", "Acme", "9", "", false, false, PLUGIN_UNKNOWN, ""},
	};
	static struct plugin_answer answer;
	const struct plugin_check *check = plugin_checks;
	struct br_reading *reading = calloc(1, sizeof *reading);
	struct plugin_settings settings;

	while (check->check != PLUGIN_ALIVE)
		check++;
	plugin_settings_init(&settings, check->check);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct plugin_case about = {.settings = &settings, .reading = reading};

		check_case(rows[i].name);
		br_reading_init(reading);
		reading->identity.maker = br_reading_put(reading, rows[i].maker);
		reading->identity.model = br_reading_put(reading, rows[i].model);
		reading->identity.description = br_reading_put(reading, rows[i].description);
		reading->reachable = rows[i].reachable;
		reading->partial = rows[i].partial;
		plugin_answer_init(&answer, check->title);
		plugin_judge(&answer, check, &about);
		CHECK_INT(plugin_answer_state(&answer), rows[i].state);
		CHECK_STR(answer.groups[0].well, rows[i].well);
	}
	free(reading);
}
