/*
 * judge_trays.c - is there paper, and room for what is printed.
 *
 * Where paper is fed by hand (manual feed, the bypass) there is none until somebody stands
 * there, so such a tray counts only where it is asked for. A tray that is empty is a warning
 * while another feeds. What the printer says of no tray in particular, or of one that it does
 * not list, is a line of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"
#include "judge.h"
#include "select.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { INPUT_MANUAL = 5, INPUT_ROLL = 6, INPUT_FAN_FOLD = 7 }; /* PrtInputTypeTC */
enum { GROUP_INPUT = 8, GROUP_OUTPUT = 9 };

struct trays {
	struct plugin_answer *answer;
	const struct plugin_settings *settings;
	const struct br_reading *reading;
	bool none_feeds; /* a tray is empty, and no other feeds by itself */
	size_t judged, measured;
	const struct br_tray *lowest; /* of the measured inputs that were judged */
};

/* A word of the id begins so: "mp-tray-2", "manual-envelope", "alimentation-manuelle". */
static bool has_word(const char *id, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = id; at; at = strchr(at, '-')) {
		at += *at == '-';
		if (strncmp(at, word, len) == 0)
			return true;
	}
	return false;
}

bool plugin_tray_by_hand(const struct br_tray *tray)
{
	static const char *const words[] = {"manu", "mp-tray", "bypass", "multipurpose"};

	bool one = tray->capacity.known && tray->capacity.value == 1; /* sheet, or roll */

	if (tray->type == INPUT_MANUAL)
		return true;
	if (one && tray->type != INPUT_ROLL && tray->type != INPUT_FAN_FOLD)
		return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (has_word(tray->id, words[i]))
			return true;
	return false;
}

/* Where room for one is known (one sheet, one roll), a reading takes 0 for how it should be. An
 * input that is judged at all is empty then. */
static enum br_tray_state told_state(const struct br_tray *tray, bool output)
{
	if (!output && tray->state <= BR_TRAY_LOW && tray->kind == BR_LEVEL_MEASURED &&
	    tray->percent == 0)
		return BR_TRAY_EMPTY;
	return tray->state;
}

static bool cannot_feed(enum br_tray_state state)
{
	return state == BR_TRAY_EMPTY || state == BR_TRAY_MISSING || state == BR_TRAY_OPEN;
}

/* By all trays of the printer, also those that nobody wants judged: they feed all the same. */
static bool none_feeds(const struct plugin_settings *settings, const struct br_reading *reading)
{
	bool empty = false;

	for (size_t i = 0; i < reading->n_trays; i++) {
		enum br_tray_state state = told_state(&reading->trays[i], false);

		if (plugin_tray_by_hand(&reading->trays[i]) && !settings->manual)
			continue;
		if (!cannot_feed(state))
			return false;
		empty = empty || state == BR_TRAY_EMPTY;
	}
	return empty;
}

static enum plugin_state state_empty(const struct trays *trays)
{
	if (trays->none_feeds && trays->settings->tray_empty != PLUGIN_OK)
		return PLUGIN_CRITICAL;
	return trays->settings->tray_empty;
}

/*
 * Epson's label printers call each paper source broken that is not in use. What is critical is
 * also an alert (RFC 3805): where a printer goes on, and its table has rows and none of them is
 * about an input or output, nothing is.
 */
static bool is_unused(const struct trays *trays, const struct br_tray *tray, bool output)
{
	const struct br_reading *reading = trays->reading;
	int32_t group = output ? GROUP_OUTPUT : GROUP_INPUT;

	if (tray->state != BR_TRAY_PROBLEM || tray->kind == BR_LEVEL_MEASURED ||
	    !br_device_works(reading))
		return false;
	for (size_t i = 0; i < reading->n_alerts; i++)
		if (reading->alerts[i].group == group)
			return false;
	return reading->n_alerts > 0;
}

static enum plugin_state state_of(const struct trays *trays, enum br_tray_state state)
{
	switch (state) {
	case BR_TRAY_UNKNOWN:
	case BR_TRAY_OK:
		return PLUGIN_OK;
	case BR_TRAY_LOW:
		return trays->settings->tray_low;
	case BR_TRAY_EMPTY:
		return state_empty(trays);
	case BR_TRAY_MISSING:
		return trays->settings->tray_missing;
	case BR_TRAY_OPEN:
	case BR_TRAY_FULL:
		return PLUGIN_WARNING;
	case BR_TRAY_PROBLEM:
		return br_device_works(trays->reading) ? PLUGIN_WARNING : PLUGIN_CRITICAL;
	}
	return PLUGIN_OK;
}

/* " empty", " low, 8 %", " 40 %", " has paper". */
static void words_of(const struct br_tray *tray, bool output, char *out, size_t size)
{
	enum br_tray_state told = told_state(tray, output);
	const char *state = br_name_tray_state(told);
	bool gone = told == BR_TRAY_EMPTY || told == BR_TRAY_MISSING || told == BR_TRAY_FULL;

	if (told == BR_TRAY_LOW && output)
		state = "nearly full";
	out[0] = '\0';
	if (told > BR_TRAY_OK && state)
		snprintf(out, size, " %s", state);
	size_t len = strlen(out);
	if (tray->kind == BR_LEVEL_MEASURED && !gone)
		snprintf(out + len, size - len, "%s %d %%%s", len ? "," : "",
			 (int)tray->percent, output ? " free" : "");
	else if (len == 0 && tray->kind == BR_LEVEL_SOME)
		snprintf(out, size, output ? " has room" : " has paper");
	else if (len == 0)
		snprintf(out, size, told == BR_TRAY_OK ? " ok" : " level not known");
}

static void measure(struct trays *trays, const struct br_tray *tray,
		    const struct plugin_thresholds *thresholds)
{
	struct br_number percent = {.known = tray->kind == BR_LEVEL_MEASURED,
				    .value = tray->percent};
	bool hidden = tray->capacity.known && tray->capacity.value > 0 &&
		      tray->kind != BR_LEVEL_UNLIMITED;

	/* Nobody knows how much: said only of what could be measured. */
	if (percent.known || hidden)
		plugin_perf(trays->answer, tray->id, percent, 0, "%", thresholds);
}

static void judge_tray(struct trays *trays, const struct br_tray *tray, bool output)
{
	struct plugin_thresholds thresholds = {0};
	bool given = plugin_tray_override(trays->settings, trays->reading, tray, output,
					  &thresholds);
	enum plugin_state state = state_of(trays, told_state(tray, output));
	bool measured = tray->kind == BR_LEVEL_MEASURED;
	char words[48] = " not in use";

	if (!given &&
	    (trays->settings->trays.warning.given || trays->settings->trays.critical.given)) {
		thresholds = trays->settings->trays;
		given = true;
	}
	if (given && measured)
		state = plugin_state_worst(state,
					   plugin_thresholds_judge(&thresholds, tray->percent));
	if (is_unused(trays, tray, output))
		state = PLUGIN_OK;
	else
		words_of(tray, output, words, sizeof words);
	plugin_line(trays->answer, state, "%s%s", tray->id, words);
	measure(trays, tray, given ? &thresholds : NULL);
	if (output)
		return;
	trays->judged++;
	trays->measured += measured;
	if (measured && (!trays->lowest || tray->percent < trays->lowest->percent))
		trays->lowest = tray;
}

/* What a bit or an alert of the printer says of a tray that is not named, or not listed. */
static const struct loose {
	enum br_tray_state state;
	bool output;
	enum br_error_bit bit, other; /* twice the same: one alone; BR_ERR_BITS: none */
	const char *words;
} looses[] = {
	{BR_TRAY_EMPTY, false, BR_ERR_NO_PAPER, BR_ERR_INPUT_TRAY_EMPTY, "no paper"},
	{BR_TRAY_LOW, false, BR_ERR_LOW_PAPER, BR_ERR_LOW_PAPER, "paper low"},
	{BR_TRAY_MISSING, false, BR_ERR_INPUT_TRAY_MISSING, BR_ERR_INPUT_TRAY_MISSING,
	 "input tray missing"},
	{BR_TRAY_OPEN, false, BR_ERR_BITS, BR_ERR_BITS, "input tray open"},
	{BR_TRAY_FULL, true, BR_ERR_OUTPUT_FULL, BR_ERR_OUTPUT_FULL, "output full"},
	{BR_TRAY_LOW, true, BR_ERR_OUTPUT_NEAR_FULL, BR_ERR_OUTPUT_NEAR_FULL,
	 "output nearly full"},
	{BR_TRAY_MISSING, true, BR_ERR_OUTPUT_TRAY_MISSING, BR_ERR_OUTPUT_TRAY_MISSING,
	 "output tray missing"},
};

static bool says(const struct loose *loose, const struct br_alert *alert)
{
	bool output;

	return br_alert_tray(alert, &output) == loose->state && output == loose->output;
}

/* A tray of that state, or worse of the same kind; what is fed by hand explains it as well. */
static bool is_explained(const struct trays *trays, const struct loose *loose)
{
	const struct br_reading *reading = trays->reading;
	const struct br_tray *at = loose->output ? reading->outputs : reading->trays;
	size_t n = loose->output ? reading->n_outputs : reading->n_trays;
	enum br_tray_state worse = loose->state != BR_TRAY_LOW ? loose->state
				   : loose->output             ? BR_TRAY_FULL
							       : BR_TRAY_EMPTY;

	for (size_t i = 0; i < n; i++) {
		bool zero = at[i].level.known && at[i].level.value == 0 &&
			    (worse == BR_TRAY_EMPTY || worse == BR_TRAY_FULL);
		if (at[i].state == loose->state || at[i].state == worse || zero)
			return true;
	}
	return false;
}

/* The alert that says so of a tray that is in no row; NULL: none. */
static const struct br_alert *alert_of(const struct trays *trays, const struct loose *loose)
{
	const struct br_reading *reading = trays->reading;
	const struct br_tray *at = loose->output ? reading->outputs : reading->trays;
	size_t n = loose->output ? reading->n_outputs : reading->n_trays;
	int32_t group = loose->output ? GROUP_OUTPUT : GROUP_INPUT;

	for (size_t i = 0; i < reading->n_alerts; i++) {
		const struct br_alert *alert = &reading->alerts[i];
		size_t k = alert->group == group ? 0 : n;

		if (!says(loose, alert))
			continue;
		while (k < n && at[k].index != alert->group_index)
			k++;
		if (k == n)
			return alert;
	}
	return NULL;
}

static bool ruled_out(const struct trays *trays, const struct br_alert *alert, const char *name)
{
	enum plugin_state state;

	return plugin_alert_rule(trays->settings, trays->reading, alert, name, &state) &&
	       state == PLUGIN_OK;
}

/* A bit that says it, by its name; NULL: none. */
static const char *bit_of(const struct trays *trays, const struct loose *loose)
{
	uint32_t errors = trays->reading->status.errors;
	enum br_error_bit bit = errors >> loose->bit & 1 ? loose->bit : loose->other;
	const char *name = br_name_error_bit(bit);

	if (bit == BR_ERR_BITS || !(errors >> bit & 1) || ruled_out(trays, NULL, name))
		return NULL;
	return name;
}

static void judge_loose(struct trays *trays, const struct loose *loose)
{
	const struct br_alert *alert = alert_of(trays, loose);
	const char *bit = bit_of(trays, loose), *name = bit;
	enum plugin_state state = state_of(trays, loose->state);

	if (alert && ruled_out(trays, alert, NULL))
		return;
	if ((!alert && !bit) || is_explained(trays, loose))
		return;
	/* Which tray it is, nobody knows; a printer that goes on has another. */
	if (loose->state == BR_TRAY_EMPTY && state != PLUGIN_OK &&
	    !br_device_works(trays->reading))
		state = PLUGIN_CRITICAL;
	if (alert)
		name = br_name_alert_code(alert->code);
	plugin_line(trays->answer, state, "%s (%s %s)", loose->words,
		    alert ? "alert" : "error bit", name ? name : "");
}

static void say_well(const struct trays *trays, struct plugin_group *group)
{
	size_t size = sizeof group->well;

	if (trays->judged == 0)
		snprintf(group->well, size, "%s",
			 trays->reading->n_trays ? "no tray to judge" : "");
	else if (trays->lowest)
		snprintf(group->well, size, "%zu tray%s, %s%s %d %%", trays->judged,
			 trays->judged == 1 ? "" : "s", trays->measured > 1 ? "lowest " : "",
			 trays->lowest->id, (int)trays->lowest->percent);
	else
		snprintf(group->well, size, "%zu tray%s", trays->judged,
			 trays->judged == 1 ? "" : "s");
}

void plugin_judge_trays(struct plugin_answer *answer, const struct plugin_case *about)
{
	const struct br_reading *reading = about->reading;
	struct plugin_group *group = plugin_group(answer, "trays");
	struct trays trays = {.answer = answer,
			      .settings = about->settings,
			      .reading = reading,
			      .none_feeds = none_feeds(about->settings, reading)};
	size_t before = answer->n_lines;

	for (size_t i = 0; i < reading->n_trays; i++)
		if ((about->settings->manual || !plugin_tray_by_hand(&reading->trays[i])) &&
		    plugin_tray_wanted(about->settings, reading, &reading->trays[i], false))
			judge_tray(&trays, &reading->trays[i], false);
	for (size_t i = 0; i < reading->n_outputs; i++)
		if (plugin_tray_wanted(about->settings, reading, &reading->outputs[i], true))
			judge_tray(&trays, &reading->outputs[i], true);
	for (size_t i = 0; i < COUNT(looses); i++)
		judge_loose(&trays, &looses[i]);
	say_well(&trays, group);
	if (trays.judged == 0 && reading->n_trays + reading->n_outputs > 0 &&
	    plugin_trays_included(about->settings))
		plugin_silence(answer, about, "no tray fits --include and --exclude");
	if (answer->n_lines > before || about->whole)
		return;
	if (reading->n_trays + reading->n_outputs == 0)
		plugin_silence(answer, about, "the printer tells of no tray");
	else
		plugin_line(answer, PLUGIN_OK, "%s", "no tray to judge");
}
