/*
 * supplies_days.c - --days: how long a supply lasts, by the history in the collector's store.
 *
 * Days are whole, rounded down, in the text, in the performance data and against the limits
 * alike, so that the three never contradict each other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "supplies.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool plugin_days_asked(const struct plugin_settings *settings)
{
	return settings->days_warning > 0 || settings->days_critical > 0;
}

static int64_t whole_days(double days)
{
	if (!(days > 0))
		return 0;
	return days < BR_FORECAST_DAYS_MOST ? (int64_t)days : BR_FORECAST_DAYS_MOST;
}

static void say_days(struct plugin_words *words, const struct br_supply *supply,
		     const struct br_forecast_range *days)
{
	const char *end = plugin_supply_filled(supply) ? "full" : "empty";
	int64_t middle = whole_days(days->middle);

	if (middle == BR_FORECAST_DAYS_MOST)
		plugin_say(words, ", lasts %d days or more", BR_FORECAST_DAYS_MOST);
	else if (middle == 0)
		plugin_say(words, ", %s within a day", end);
	else
		plugin_say(words,
			   ", %s in about %" PRId64 " day%s (%" PRId64 " to %" PRId64 ")", end,
			   middle, middle == 1 ? "" : "s", whole_days(days->low),
			   whole_days(days->high));
}

/*
 * A history too short to tell is as it should be. One that ended a month ago is a collector
 * that reads this printer no more, and whoever asked for --days must hear it.
 */
static enum plugin_state say_why_not(struct plugin_words *words, enum br_forecast_why why)
{
	plugin_say(words, ", no forecast%s: %s", why == BR_FORECAST_FEW ? " yet" : "",
		   why == BR_FORECAST_STALE ? "the last level in the store is too old"
					    : br_forecast_reason(why));
	return why == BR_FORECAST_STALE ? PLUGIN_UNKNOWN : PLUGIN_OK;
}

enum plugin_state plugin_days_judge(struct plugin_words *words, const struct plugin_case *about,
				    const struct br_supply *supply, struct br_number *days)
{
	const struct plugin_settings *settings = about->settings;
	struct br_forecast forecast = {0};
	struct br_error err;
	enum br_status status;

	*days = (struct br_number){0};
	if (!plugin_days_asked(settings) || !about->history ||
	    supply->kind != BR_LEVEL_MEASURED || supply->state == BR_SUPPLY_MISSING)
		return PLUGIN_OK;
	status = about->history->forecast(about->history->user, supply->id, &forecast, &err);
	if (status == BR_E_ABSENT) {
		plugin_say(words, ", no forecast yet: the store has no history of it");
		return PLUGIN_OK;
	}
	if (status != BR_OK) {
		plugin_say(words, ", no forecast: %s", err.text);
		return PLUGIN_UNKNOWN;
	}
	if (forecast.why != BR_FORECAST_GIVEN)
		return say_why_not(words, forecast.why);
	*days = (struct br_number){true, whole_days(forecast.days.middle)};
	say_days(words, supply, &forecast.days);
	if (days->value < settings->days_critical)
		return PLUGIN_CRITICAL;
	return days->value < settings->days_warning ? PLUGIN_WARNING : PLUGIN_OK;
}

/* "14:"; nothing where no limit was given. */
static struct plugin_range limit(int64_t days, char *text, size_t size)
{
	struct plugin_range range = {.given = days > 0, .no_end = true, .start = (double)days};

	if (range.given) {
		snprintf(text, size, "%" PRId64 ":", days);
		range.text = br_view(text);
	}
	return range;
}

void plugin_days_perf(struct plugin_answer *answer, const struct plugin_settings *settings,
		      const struct br_supply *supply, struct br_number days)
{
	/* Lent to the answer until it is written. What they hold is the same for all that one
	 * command line asks. */
	static char warning[BR_DECIMAL_SIZE + 1], critical[BR_DECIMAL_SIZE + 1];
	const struct plugin_thresholds thresholds = {
		limit(settings->days_warning, warning, sizeof warning),
		limit(settings->days_critical, critical, sizeof critical)};
	char label[BR_ID_SIZE + 8];

	if (!days.known)
		return;
	snprintf(label, sizeof label, "%s-days", supply->id);
	plugin_perf(answer, label, days, 0, "", &thresholds);
}
