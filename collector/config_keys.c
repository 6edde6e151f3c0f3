/*
 * config_keys.c - what each key may say. A value is not shown in a complaint: it may be a
 * password that lost its key.
 *
 * SPDX-License-Identifier: MIT
 */
#include "config_keys.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES 1440

struct value {
	const struct collector_place *place;
	const char *key;
	const struct br_ini_line *line;
	struct br_view text;
};
typedef enum br_status (*set_fn)(const struct value *value, struct br_error *err);

/* The next of a list with commas, trimmed; false at the end. */
static bool next_of(struct br_view *rest, struct br_view *item)
{
	const char *comma;

	if (!rest->at)
		return false;
	comma = rest->len ? memchr(rest->at, ',', rest->len) : NULL;
	*item = br_view_trim(
		(struct br_view){rest->at, comma ? (size_t)(comma - rest->at) : rest->len});
	if (comma)
		*rest = (struct br_view){comma + 1, rest->len - (size_t)(comma + 1 - rest->at)};
	else
		*rest = (struct br_view){NULL, 0};
	return true;
}

static enum br_status set_path(const struct value *value, char out[512], struct br_error *err)
{
	if (value->text.len == 0 || value->text.at[0] != '/')
		return br_fail(err, BR_E_SYNTAX, "%s is a file, written from '/' on",
			       value->key);
	if (!br_text_copy(out, 512, value->text))
		return br_fail(err, BR_E_LIMIT, "%s is longer than 511 bytes", value->key);
	return BR_OK;
}

static enum br_status set_store(const struct value *value, struct br_error *err)
{
	value->place->config->store_line = value->line->line;
	return set_path(value, value->place->config->store, err);
}

static enum br_status set_health(const struct value *value, struct br_error *err)
{
	value->place->config->health_line = value->line->line;
	return set_path(value, value->place->config->health, err);
}

static enum br_status number(const struct value *value, unsigned min, unsigned max,
			     unsigned *out, struct br_error *err)
{
	int64_t parsed;

	if (!br_parse_number(value->text, min, max, &parsed))
		return br_fail(err, BR_E_SYNTAX, "%s is a number from %u to %u", value->key,
			       min, max);
	*out = (unsigned)parsed;
	return BR_OK;
}

static enum br_status set_pace(const struct value *value, struct br_error *err)
{
	return number(value, 0, 1000000, &value->place->config->pace, err);
}

static enum br_status set_site_pace(const struct value *value, struct br_error *err)
{
	return number(value, 1, 1000000, &value->place->site->pace, err);
}

static enum br_status set_in_flight(const struct value *value, struct br_error *err)
{
	return number(value, 1, 100000, &value->place->config->in_flight, err);
}

static enum br_status set_keep_raw(const struct value *value, struct br_error *err)
{
	return number(value, 1, 3650, &value->place->config->raw_days, err);
}

static enum br_status set_keep_hourly(const struct value *value, struct br_error *err)
{
	return number(value, 1, 3650, &value->place->config->hourly_days, err);
}

static enum br_status set_keep_daily(const struct value *value, struct br_error *err)
{
	return number(value, 1, 36500, &value->place->config->daily_days, err);
}

static enum br_status set_keep_gone(const struct value *value, struct br_error *err)
{
	return number(value, 1, 36500, &value->place->config->gone_days, err);
}

static struct collector_schedule *schedule_of(const struct collector_place *place)
{
	switch (place->section) {
	case IN_COLLECTOR:
		return &place->config->schedule;
	case IN_SITE:
		return &place->site->schedule;
	case IN_PRINTER:
		return &place->printer->schedule;
	}
	return NULL;
}

/* A time with its unit, within limits. */
static bool span(struct br_view text, int64_t min, int64_t max, uint32_t *seconds)
{
	static const struct {
		char unit;
		int64_t s;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	int64_t parsed, s = 0;

	for (size_t i = 0; text.len > 1 && i < sizeof units / sizeof units[0]; i++)
		if (text.at[text.len - 1] == units[i].unit)
			s = units[i].s;
	if (s == 0 ||
	    !br_parse_number((struct br_view){text.at, text.len - 1}, 0, max, &parsed) ||
	    parsed * s < min || parsed * s > max)
		return false;
	*seconds = (uint32_t)(parsed * s);
	return true;
}

static enum br_status set_status(const struct value *value, struct br_error *err)
{
	struct collector_schedule *schedule = schedule_of(value->place);

	schedule->given |= COLLECTOR_STATUS;
	schedule->cadence.status_s = 0;
	if (!br_view_is(value->text, "none") &&
	    !span(value->text, 1, 7 * 86400, &schedule->cadence.status_s))
		return br_fail(err, BR_E_SYNTAX,
			       "%s is a time with its unit, as in 90s, 10m or 2h, from 1s to "
			       "7d, or none",
			       value->key);
	return BR_OK;
}

/* "06:00"; 24:00 is for the end of hours. */
static bool minute_of_day(struct br_view text, uint16_t max, uint16_t *out)
{
	int64_t hour, minute;

	if (text.len != 5 || text.at[2] != ':' ||
	    !br_parse_number((struct br_view){text.at, 2}, 0, 24, &hour) ||
	    !br_parse_number((struct br_view){text.at + 3, 2}, 0, 59, &minute) ||
	    hour * 60 + minute > max)
		return false;
	*out = (uint16_t)(hour * 60 + minute);
	return true;
}

static enum br_status set_full(const struct value *value, struct br_error *err)
{
	struct collector_schedule *schedule = schedule_of(value->place);

	schedule->given |= COLLECTOR_FULL;
	schedule->cadence.full_at = 0;
	if (br_view_is(value->text, "none")) { /* a window of nothing, whoever gives one */
		schedule->cadence.full_at = UINT16_MAX;
		return BR_OK;
	}
	if (!minute_of_day(value->text, DAY_MINUTES - 1, &schedule->cadence.full_at))
		return br_fail(err, BR_E_SYNTAX, "%s is a time of day, as in 06:00, or none",
			       value->key);
	return BR_OK;
}

static enum br_status set_window(const struct value *value, struct br_error *err)
{
	struct collector_schedule *schedule = schedule_of(value->place);

	schedule->given |= COLLECTOR_WINDOW;
	if (!span(value->text, 60, 86400, &schedule->cadence.full_window_s))
		return br_fail(err, BR_E_SYNTAX,
			       "%s is a time with its unit, as in 12h, from 1m to 24h",
			       value->key);
	return BR_OK;
}

static bool hours(struct br_view text, struct br_hours *out)
{
	const char *dash = text.len ? memchr(text.at, '-', text.len) : NULL;
	size_t at = dash ? (size_t)(dash - text.at) : 0;
	uint16_t from, until;

	if (!dash ||
	    !minute_of_day(br_view_trim((struct br_view){text.at, at}), DAY_MINUTES - 1,
			   &from) ||
	    !minute_of_day(br_view_trim((struct br_view){dash + 1, text.len - at - 1}),
			   DAY_MINUTES, &until) ||
	    from == until % DAY_MINUTES)
		return false;
	*out = (struct br_hours){from, (uint16_t)(until % DAY_MINUTES)};
	return true;
}

static enum br_status set_blackout(const struct value *value, struct br_error *err)
{
	struct collector_schedule *schedule = schedule_of(value->place);
	struct br_cadence *cadence = &schedule->cadence;
	struct br_view rest = value->text, item;

	schedule->given |= COLLECTOR_BLACKOUT;
	cadence->n_blackouts = 0;
	if (br_view_is(rest, "none"))
		return BR_OK;
	while (next_of(&rest, &item)) {
		if (cadence->n_blackouts == BR_MAX_BLACKOUTS)
			return br_fail(err, BR_E_LIMIT, "%s has more than %d times", value->key,
				       BR_MAX_BLACKOUTS);
		if (!hours(item, &cadence->blackouts[cadence->n_blackouts]))
			return br_fail(err, BR_E_SYNTAX,
				       "%s is times of day with commas, as in 22:00-05:00, "
				       "12:00-13:00, or none",
				       value->key);
		cadence->n_blackouts++;
	}
	return BR_OK;
}

static enum br_status add_ranges(const struct value *value, bool exclude, struct br_error *err)
{
	struct br_view rest = value->text, item;
	struct br_error why;

	while (next_of(&rest, &item)) {
		enum br_status status =
			br_range_add(&value->place->site->range, item, exclude, &why);

		if (status != BR_OK)
			return br_fail(err, status, "%s: %s", value->key, why.text);
	}
	return BR_OK;
}

static enum br_status set_ranges(const struct value *value, struct br_error *err)
{
	value->place->site->has_ranges = true;
	return add_ranges(value, false, err);
}

static enum br_status set_exclude(const struct value *value, struct br_error *err)
{
	return add_ranges(value, true, err);
}

static enum br_status set_profiles(const struct value *value, struct br_error *err)
{
	struct collector_site *site = value->place->site;
	struct br_view rest = value->text, item;

	site->profiles_line = value->line->line;
	site->n_profiles = 0;
	while (next_of(&rest, &item)) {
		if (site->n_profiles == COLLECTOR_PROFILES)
			return br_fail(err, BR_E_LIMIT, "%s names more than %d", value->key,
				       COLLECTOR_PROFILES);
		if (!collector_name_is_plain(item))
			return br_fail(err, BR_E_SYNTAX, "%s is names of profiles with commas",
				       value->key);
		br_text_copy(site->profiles[site->n_profiles++], COLLECTOR_NAME, item);
	}
	return BR_OK;
}

static enum br_status set_discover(const struct value *value, struct br_error *err)
{
	struct collector_site *site = value->place->site;

	site->discover_line = value->line->line;
	site->discover = br_view_is(value->text, "yes");
	if (!site->discover && !br_view_is(value->text, "no"))
		return br_fail(err, BR_E_SYNTAX, "%s is yes or no", value->key);
	return BR_OK;
}

static enum br_status name_of(const struct value *value, char out[COLLECTOR_NAME],
			      struct br_error *err)
{
	if (!collector_name_is_plain(value->text))
		return br_fail(err, BR_E_SYNTAX,
			       "%s is a name of letters, digits, '.', '_' and '-'", value->key);
	br_text_copy(out, COLLECTOR_NAME, value->text);
	return BR_OK;
}

static enum br_status set_profile(const struct value *value, struct br_error *err)
{
	value->place->printer->profile_line = value->line->line;
	return name_of(value, value->place->printer->profile, err);
}

static enum br_status set_site(const struct value *value, struct br_error *err)
{
	value->place->printer->site_line = value->line->line;
	return name_of(value, value->place->printer->site, err);
}

static enum br_status set_name(const struct value *value, struct br_error *err)
{
	char clean[128];

	if (value->text.len >= sizeof clean)
		return br_fail(err, BR_E_LIMIT, "%s is longer than 127 bytes", value->key);
	br_text_clean(clean, sizeof clean, value->text);
	if (!clean[0])
		return br_fail(err, BR_E_SYNTAX, "%s is empty", value->key);
	value->place->printer->name = collector_text(br_view(clean));
	return value->place->printer->name ? BR_OK : br_fail(err, BR_E_MEMORY, "out of memory");
}

/* clang-format off */
static const struct key {
	const char *name;
	unsigned sections;
	set_fn set;
} keys[] = {
	{"store",       IN_COLLECTOR,                        set_store},
	{"health",      IN_COLLECTOR,                        set_health},
	{"pace",        IN_COLLECTOR,                        set_pace},
	{"in-flight",   IN_COLLECTOR,                        set_in_flight},
	{"keep-raw",    IN_COLLECTOR,                        set_keep_raw},
	{"keep-hourly", IN_COLLECTOR,                        set_keep_hourly},
	{"keep-daily",  IN_COLLECTOR,                        set_keep_daily},
	{"keep-gone",   IN_COLLECTOR,                        set_keep_gone},
	{"ranges",      IN_SITE,                             set_ranges},
	{"exclude",     IN_SITE,                             set_exclude},
	{"profiles",    IN_SITE,                             set_profiles},
	{"pace",        IN_SITE,                             set_site_pace},
	{"discover",    IN_SITE,                             set_discover},
	{"profile",     IN_PRINTER,                          set_profile},
	{"site",        IN_PRINTER,                          set_site},
	{"name",        IN_PRINTER,                          set_name},
	{"status",      IN_COLLECTOR | IN_SITE | IN_PRINTER, set_status},
	{"full",        IN_COLLECTOR | IN_SITE | IN_PRINTER, set_full},
	{"full-window", IN_COLLECTOR | IN_SITE | IN_PRINTER, set_window},
	{"blackout",    IN_COLLECTOR | IN_SITE | IN_PRINTER, set_blackout},
};
/* clang-format on */
#define N_KEYS (sizeof keys / sizeof keys[0])
_Static_assert(N_KEYS < COLLECTOR_KEYS_MAX, "a key is a bit");

int collector_key_find(enum collector_section section, struct br_view name)
{
	for (size_t i = 0; i < N_KEYS; i++)
		if (keys[i].sections & section && br_view_is(name, keys[i].name))
			return (int)i;
	return -1;
}

const char *collector_key_name(int key)
{
	return keys[key].name;
}

void collector_key_names(enum collector_section section, const char *names[COLLECTOR_KEYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < N_KEYS; i++)
		if (keys[i].sections & section)
			names[n++] = keys[i].name;
	names[n] = NULL;
}

enum br_status collector_key_set(const struct collector_place *place, int key,
				 const struct br_ini_line *line, struct br_error *err)
{
	const struct value value = {place, keys[key].name, line, line->value};

	return keys[key].set(&value, err);
}

bool collector_name_is_plain(struct br_view name)
{
	if (name.len == 0 || name.len >= COLLECTOR_NAME || strchr("._-", name.at[0]))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
			return false;
	}
	return true;
}
