/*
 * source.c - where the reading comes from: the store if it is fresh there, else the printer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

#include "diagnosis.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *volatile plugin_stage = "starting";

/* What is wrong is a verdict all the same; but more may be. */
static void tell_cut(struct plugin_answer *answer)
{
	const struct plugin_line *last =
		answer->n_lines ? &answer->lines[answer->n_lines - 1] : NULL;
	const bool said =
		last && last->state != PLUGIN_OK && strncmp(last->text, "time was up", 11) == 0;

	if (!answer->failed && !said)
		snprintf(answer->remark, sizeof answer->remark,
			 "time was up before the printer had said everything");
}

void plugin_source_judge(struct plugin_source *source, const struct br_reading *reading,
			 bool cut)
{
	struct plugin_history history;
	struct plugin_case about = {
		.settings = source->settings,
		.reading = reading,
		.whole = source->check->check == PLUGIN_ALL,
		.cut = cut,
	};

	plugin_stored_whose(source);
	if (source->printer) {
		history = plugin_stored_history(source);
		about.history = &history;
	}
	plugin_judge(source->answer, source->check, &about);
	if (source->settings->look.verbose >= 3 && !source->settings->passive)
		plugin_diagnose_reading(source->answer, reading);
	if (cut)
		tell_cut(source->answer);
}

const char *plugin_age(char out[PLUGIN_AGE_SIZE], int64_t seconds)
{
	static const struct {
		int64_t from, unit;
		const char *name;
	} rows[] = {
		{2 * 86400, 86400, "d"}, {2 * 3600, 3600, "h"}, {120, 60, "min"}, {0, 1, "s"}};
	size_t i = 0;

	if (seconds < 0)
		seconds = 0;
	while (seconds < rows[i].from)
		i++;
	snprintf(out, PLUGIN_AGE_SIZE, "%lld %s", (long long)(seconds / rows[i].unit),
		 rows[i].name);
	return out;
}

/* Where a person looks for it: why the printer had to be asked although there is a store. */
static void tell_unused(struct plugin_source *source)
{
	if (source->settings->look.verbose >= 3 && *source->unused.text)
		plugin_diagnose(source->answer, "not from the store: %s", source->unused.text);
}

static void find_reading(struct plugin_source *source)
{
	if (!plugin_stored_open(source) || plugin_stored(source))
		return;
	if (plugin_live(source)) {
		tell_unused(source);
		return;
	}
	if (source->settings->offline_last && !plugin_stored_last(source))
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "no answer, and %s",
			    *source->unused.text ? source->unused.text : "there is no store");
}

void plugin_run(struct plugin_answer *answer, const struct plugin_check *check,
		const struct plugin_settings *settings,
		const struct plugin_environment *environment, int64_t deadline_ms)
{
	struct plugin_source source = {.answer = answer,
				       .check = check,
				       .settings = settings,
				       .deadline_ms = deadline_ms,
				       .now = (int64_t)time(NULL)};

	plugin_answer_init(answer, check->title);
	plugin_stage = "reading the configuration";
	if (plugin_source_prepare(&source, environment, true))
		find_reading(&source);
	plugin_source_clear(&source);
}
