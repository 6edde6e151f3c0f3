/*
 * alerts_text.c - an alert row in words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"

#include <stdio.h>
#include <string.h>

#define WORDS_SIZE 64

enum { TRAINING_FIELD_SERVICE = 5 };
enum { CODE_UNKNOWN = 2, GENERIC_LAST = 38 };

/* The standard's name as words: "subunit-over-temperature" is "over temperature", of whatever
 * the group says. */
static void words_of(const struct br_alert *alert, char out[WORDS_SIZE])
{
	const char *name = br_name_alert_code(alert->code);
	const char *group = br_name_alert_group(alert->group);
	size_t begin = 0;

	out[0] = '\0';
	if (alert->code <= CODE_UNKNOWN || !name)
		return;
	if (strncmp(name, "subunit-", 8) == 0)
		begin = 8;
	br_text_copy(out, WORDS_SIZE, br_view(name + begin));
	for (char *at = out; *at; at++)
		if (*at == '-')
			*at = ' ';
	if (alert->code <= GENERIC_LAST && group && !alert->description) {
		size_t len = strlen(out);
		snprintf(out + len, WORDS_SIZE - len, " (%s)", group);
	}
}

/* A row that says next to nothing is named by its numbers, so that it can be looked up. */
static void numbers_of(const struct br_alert *alert, char out[WORDS_SIZE])
{
	const char *group = br_name_alert_group(alert->group);
	const char *severity = br_name_alert_severity(alert->severity);
	char code[24] = "without code or words";

	if (alert->code > 0)
		snprintf(code, sizeof code, "%d", (int)alert->code);
	snprintf(out, WORDS_SIZE, "alert %s%s%s", code, group || severity ? ", " : "",
		 group      ? group
		 : severity ? severity
			    : "");
}

void plugin_alert_text(const struct br_reading *reading, const struct br_alert *alert,
		       char *out, size_t size)
{
	const char *said = br_text(reading, alert->description);
	const char *need =
		alert->training == TRAINING_FIELD_SERVICE ? "field service needed: " : "";
	char words[WORDS_SIZE];

	words_of(alert, words);
	if (!words[0] && !said[0])
		numbers_of(alert, words);
	if (said[0] && (!words[0] || br_view_is_nocase(br_view(said), words)))
		snprintf(out, size, "%s%s", need, said);
	else
		snprintf(out, size, "%s%s%s%s", need, words, said[0] ? ": " : "", said);
}
