/*
 * plugin_range_fuzz.c - any text as a range of a plugin: what is accepted means what the C
 * library reads in its numbers, and '@' turns every verdict round.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"
#include "nagios-checks/range.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An accepted text is short and plain; without its '@' it is read again, in another way. */
static void must_mean(const struct plugin_range *range, const char *text)
{
	const char *colon = strchr(text, ':');
	const char *end = colon ? colon + 1 : text;

	MUST(text[0] != '\0' && strspn(text, "0123456789.:~-") == strlen(text));
	MUST(range->no_start == (text[0] == '~'));
	MUST(range->no_end == (*end == '\0'));
	if (!range->no_start)
		MUST(range->start == (colon && colon > text ? strtod(text, NULL) : 0));
	if (!range->no_end)
		MUST(range->end == strtod(end, NULL));
	MUST(range->no_start || range->no_end || range->start <= range->end);
}

static void must_alert(const struct plugin_range *range, const struct plugin_range *turned)
{
	const double values[] = {range->start,
				 range->start - 0.5,
				 range->start + 0.5,
				 range->end,
				 range->end - 0.5,
				 range->end + 0.5,
				 0,
				 -1e18,
				 1e18};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		bool within = (range->no_start || values[i] >= range->start) &&
			      (range->no_end || values[i] <= range->end);

		MUST(plugin_range_alerts(range, values[i]) == (within == range->inside));
		MUST(plugin_range_alerts(turned, values[i]) !=
		     plugin_range_alerts(range, values[i]));
	}
}

/* The same with '@' before it, or without the one it has. */
static void must_turn(const struct plugin_range *range, const char *text)
{
	struct plugin_range turned;
	char other[64];

	MUST(strlen(text) < 60);
	snprintf(other, sizeof other, "%s%s", text[0] == '@' ? "" : "@",
		 text + (text[0] == '@'));
	MUST(plugin_range_parse(&turned, br_view(other), NULL) == BR_OK);
	MUST(turned.inside != range->inside && turned.start == range->start &&
	     turned.end == range->end);
	must_mean(range, text + (text[0] == '@'));
	must_alert(range, &turned);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1), *text = calloc(1, size + 1);
	struct plugin_thresholds both;
	struct plugin_range range;
	struct br_error err = {""};

	if (copy && text) {
		struct br_view view = {copy, size};

		if (size) {
			memcpy(copy, data, size);
			memcpy(text, data, size);
		}
		if (plugin_range_parse(&range, view, &err) == BR_OK) {
			MUST(range.given && strlen(text) == size && !err.text[0]);
			must_turn(&range, text);
		} else {
			MUST(!range.given && err.text[0]);
			MUST(!plugin_range_alerts(&range, 0));
		}
		if (plugin_thresholds_parse(&both, view, &err) == BR_OK)
			MUST(both.warning.text.len + both.critical.text.len + 1 == size);
		else
			MUST(!both.warning.given && !both.critical.given);
	}
	free(copy);
	free(text);
	return 0;
}
