/*
 * plugin_judge_fuzz.c - any rules and selectors over any reading: each check answers, the same
 * each time, and within what an answer holds.
 *
 * Lines up to the first NUL: a letter that says which option it is of, and its words; what the
 * option would refuse is left out. What follows grows as crop.h says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/snmp.h"
#include "fuzz/crop.h"
#include "fuzz/sound.h"
#include "nagios-checks/alerts.h"
#include "nagios-checks/judge.h"
#include "nagios-checks/options.h"
#include "nagios-checks/select.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_word(struct plugin_settings *settings, const char *line)
{
	const struct {
		char letter;
		enum br_status (*check)(struct br_view text, struct br_error *err);
		struct plugin_list *list;
	} options[] = {
		{'a', plugin_alert_rule_check, &settings->alert},
		{'g', plugin_alert_selector_check, &settings->ignore},
		{'i', plugin_selector_check, &settings->include},
		{'e', plugin_selector_check, &settings->exclude},
		{'s', plugin_override_check, &settings->supply},
		{'t', plugin_override_check, &settings->tray},
	};
	struct br_error err = {""};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		struct plugin_list *list = options[i].list;

		if (line[0] != options[i].letter || list->n == PLUGIN_LIST_MAX)
			continue;
		if (options[i].check(br_view(line + 1), &err) == BR_OK)
			list->at[list->n++] = line + 1;
		else
			MUST(err.text[0]);
	}
}

/* In place: each line becomes a string. */
static void take_words(struct plugin_settings *settings, char *text)
{
	for (char *line = text, *end; *line; line = end) {
		end = line + strcspn(line, "\n");
		end += *end ? (*end = '\0', 1) : 0;
		take_word(settings, line);
	}
}

static void judge(const struct br_reading *reading, struct plugin_settings *settings,
		  const struct plugin_check *check)
{
	static struct plugin_answer once, again;
	struct plugin_case about = {
		.settings = settings, .reading = reading, .whole = check->check == PLUGIN_ALL};

	settings->check = check->check;
	plugin_answer_init(&once, check->title);
	plugin_judge(&once, check, &about);
	plugin_answer_init(&again, check->title);
	plugin_judge(&again, check, &about);
	MUST(plugin_answer_state(&once) == plugin_answer_state(&again));
	MUST(once.n_lines == again.n_lines && once.n_perf == again.n_perf);
	MUST(once.n_lines <= PLUGIN_MAX_LINES && once.n_perf <= PLUGIN_MAX_PERF);
	for (size_t i = 0; i < once.n_lines; i++)
		MUST(once.lines[i].text[0] &&
		     strcmp(once.lines[i].text, again.lines[i].text) == 0);
	for (size_t i = 0; i < once.n_perf; i++)
		for (size_t k = 0; k < i; k++)
			MUST(strcmp(once.perf[i].label, once.perf[k].label) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct br_reading reading;
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - data) : size;
	char *words = malloc(len + 1);
	struct plugin_settings settings;
	struct br_harvest harvest;

	if (!words)
		return 0;
	memcpy(words, data, len);
	words[len] = '\0';
	plugin_settings_init(&settings, PLUGIN_ALL);
	take_words(&settings, words);
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	if (nul)
		crop_grow(&harvest, NULL, nul + 1, size - len - 1);
	memset(&reading, 0xa5, sizeof reading);
	br_reading_init(&reading);
	br_decode_snmp(&harvest, 1, NULL, NULL, &reading);
	for (const struct plugin_check *check = plugin_checks; check->name; check++)
		judge(&reading, &settings, check);
	br_harvest_clear(&harvest);
	free(words);
	return 0;
}
