/*
 * judge_pages.c - page counters, and the pages a day where there is a history.
 *
 * SPDX-License-Identifier: MIT
 */
#include "judge.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Measured without being asked for. */
static const enum br_counter usual[] = {
	BR_COUNTER_TOTAL,     BR_COUNTER_MONO,        BR_COUNTER_COLOR,
	BR_COUNTER_DUPLEX,    BR_COUNTER_PRINT_TOTAL, BR_COUNTER_COPY_TOTAL,
	BR_COUNTER_FAX_TOTAL, BR_COUNTER_SCAN_TOTAL,  BR_COUNTER_A3,
	BR_COUNTER_LARGE,     BR_COUNTER_JAMS,
};

static bool is_wanted(const struct plugin_settings *settings, enum br_counter counter)
{
	const char *name = br_counter_name(counter);

	for (size_t i = 0; i < COUNT(usual) && settings->counter.n == 0; i++)
		if (usual[i] == counter)
			return true;
	for (size_t i = 0; i < settings->counter.n && i < PLUGIN_LIST_MAX; i++)
		if (br_view_glob(br_view(name), br_view(settings->counter.at[i])))
			return true;
	return false;
}

static bool is_given(const struct plugin_thresholds *thresholds)
{
	return thresholds->warning.given || thresholds->critical.given;
}

/* "12345 pages", or of what the printer counts: "12345 engine-cycles", "print_total 12345". */
static void text_of(const struct br_reading *reading, enum br_counter counter, char *out,
		    size_t size)
{
	const struct br_counter_value *value = &reading->counters[counter];
	const char *basis = br_text(reading, value->basis);
	bool total = counter == BR_COUNTER_TOTAL;
	bool pages = !basis[0] || strcmp(basis, br_counter_name(counter)) == 0 ||
		     strcmp(basis, "pages") == 0 || strcmp(basis, "impressions") == 0;

	snprintf(out, size, "%s%s%" PRId64 "%s%s", total ? "" : br_counter_name(counter),
		 total ? "" : " ", value->value.value, total || !pages ? " " : "",
		 !pages  ? basis
		 : total ? "pages"
			 : "");
}

static void say(struct plugin_answer *answer, const struct plugin_case *about,
		enum br_counter counter)
{
	const struct plugin_settings *settings = about->settings;
	struct br_number value = about->reading->counters[counter].value;
	bool judged = counter == BR_COUNTER_TOTAL && is_given(&settings->pages);
	enum plugin_state state = PLUGIN_OK;
	char text[100], label[48];

	if (!value.known || (!judged && !is_wanted(settings, counter)))
		return;
	if (judged)
		state = plugin_thresholds_judge(&settings->pages, (double)value.value);
	text_of(about->reading, counter, text, sizeof text);
	plugin_line(answer, state, "%s", text);
	snprintf(label, sizeof label, "count-%s", br_counter_name(counter));
	plugin_perf(answer, label, value, 0, "c", judged ? &settings->pages : NULL);
}

static void say_per_day(struct plugin_answer *answer, const struct plugin_case *about,
			struct plugin_group *group)
{
	const struct plugin_thresholds *thresholds = &about->settings->per_day;
	const struct plugin_history *history = about->history;
	struct br_number tenths = {.known = true};
	size_t len = strlen(group->well);
	struct br_error err = {"no history to look at"};
	enum br_status status = BR_E_FILE;

	if (!is_given(thresholds))
		return;
	if (history)
		status = history->per_day(history->user, &tenths.value, &err);
	if (status != BR_OK) {
		plugin_line(answer, PLUGIN_UNKNOWN, "pages a day: %s",
			    status == BR_E_ABSENT ? "too short a history" : err.text);
		return;
	}
	plugin_line(answer, plugin_thresholds_judge(thresholds, (double)tenths.value / 10),
		    "about %" PRId64 ".%" PRId64 " pages a day", tenths.value / 10,
		    tenths.value % 10);
	plugin_perf(answer, "per-day", tenths, 1, "", thresholds);
	snprintf(group->well + len, sizeof group->well - len,
		 "%sabout %" PRId64 ".%" PRId64 " a day", len ? ", " : "", tenths.value / 10,
		 tenths.value % 10);
}

static void say_none(struct plugin_group *group)
{
	const size_t len = strlen(group->well);

	snprintf(group->well + len, sizeof group->well - len,
		 ", none of the counters asked for");
}

void plugin_judge_pages(struct plugin_answer *answer, const struct plugin_case *about)
{
	const struct br_reading *reading = about->reading;
	struct plugin_group *group = plugin_group(answer, "pages");
	size_t before = answer->n_lines;

	for (unsigned i = 0; i < BR_COUNTER_COUNT; i++) {
		enum br_counter counter = (enum br_counter)i;

		/* The total stands first; where there is none, the first that is known. */
		if (!group->well[0] && reading->counters[i].value.known &&
		    (counter == BR_COUNTER_TOTAL || is_wanted(about->settings, counter)))
			text_of(reading, counter, group->well, sizeof group->well);
		say(answer, about, counter);
	}
	if (about->settings->counter.n && answer->n_lines == before && group->well[0])
		say_none(group);
	if (answer->n_lines == before && group->well[0] && !about->whole)
		plugin_line(answer, PLUGIN_OK, "%s", group->well);
	if (answer->n_lines == before && !about->whole)
		plugin_silence(answer, about,
			       about->settings->counter.n
				       ? "the printer tells none of these counters"
				       : "the printer tells no counter");
	say_per_day(answer, about, group);
}
