/*
 * options_value.c - what the value of an option may be, one function a kind.
 *
 * A sentence may show a value of the command line, but none of a file, where a secret may have
 * lost its key; and nowhere that of an option whose value may be a secret.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"
#include "options_inside.h"
#include "select.h"

#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct plugin_settings, member)

enum { MS = 1, SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
enum { TIMEOUT_MIN_MS = 100, TIMEOUT_MAX_MS = 600 * SECOND }; /* as a profile's deadline */
enum { AGE_MAX_DAYS = 3660, VERBOSE_MOST = 3 };

static const char a_state[] = "is no state: ok, warning, critical or unknown";

/* A number and one of these units; bare: what a number without a unit counts. */
struct unit {
	const char *name;
	int64_t ms;
};
static const struct unit units[] = {{"ms", MS},    {"s", SECOND}, {"min", MINUTE},
				    {"m", MINUTE}, {"h", HOUR},   {"d", DAY}};

static bool parse_time(struct br_view text, int64_t bare_ms, int64_t max_ms, int64_t *ms)
{
	struct br_view unit;
	int64_t scale = bare_ms, number;
	size_t digits = 0;

	while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	unit = (struct br_view){text.at + digits, text.len - digits};
	for (size_t i = 0; unit.len && i <= sizeof units / sizeof units[0]; i++) {
		if (i == sizeof units / sizeof units[0])
			return false;
		scale = units[i].ms;
		if (br_view_is(unit, units[i].name))
			break;
	}
	text.len = digits;
	if (!br_parse_number(text, 0, max_ms / scale, &number))
		return false;
	*ms = number * scale;
	return true;
}

/* What every taker gets: where the value goes, the value, where the sentence goes. */
struct take {
	struct plugin_settings *settings;
	const struct plugin_option *option;
	void *at;
	const char *value;
	struct br_error *why;
};

static enum br_status wrong(const struct take *take, const char *why)
{
	return br_fail(take->why, BR_E_SYNTAX, "%s", why);
}

static enum br_status take_flag(const struct take *take)
{
	*(bool *)take->at = true;
	return BR_OK;
}

static enum br_status take_count(const struct take *take)
{
	unsigned *count = take->at;

	*count += *count < VERBOSE_MOST;
	return BR_OK;
}

static enum br_status take_text(const struct take *take)
{
	*(const char **)take->at = take->value;
	return BR_OK;
}

static enum br_status take_target(const struct take *take)
{
	struct br_target target;
	enum br_status status = br_target_parse(&target, take->value, take->why);

	return status == BR_OK ? take_text(take) : status;
}

static enum br_status take_key(const struct take *take)
{
	struct br_profile scratch = {.name = ""};
	struct br_error said;
	enum br_status status;
	size_t i = 0;

	while (plugin_keys[i].at != take->option->at)
		i++;
	status = br_profile_set(&scratch, plugin_keys[i].key, br_view(take->value), &said);
	explicit_bzero(&scratch, sizeof scratch);
	if (status == BR_OK)
		return take_text(take);
	/* The sentence begins with the key, and here that has another name. */
	return br_fail(take->why, status, "%s", said.text + strlen(plugin_keys[i].key));
}

static enum br_status take_range(const struct take *take)
{
	return plugin_range_parse(take->at, br_view(take->value), take->why);
}

static enum br_status take_pair(const struct take *take)
{
	return plugin_thresholds_parse(take->at, br_view(take->value), take->why);
}

static enum br_status take_state(const struct take *take)
{
	if (!plugin_state_parse(br_view(take->value), take->at))
		return wrong(take, a_state);
	return BR_OK;
}

static enum br_status take_age(const struct take *take)
{
	int64_t ms;

	if (!parse_time(br_view(take->value), SECOND, (int64_t)AGE_MAX_DAYS * DAY, &ms))
		return wrong(take, "is no time of up to ten years, as in 90s, 20m, 2h or 1d");
	*(int64_t *)take->at = ms / SECOND;
	return BR_OK;
}

static enum br_status take_days(const struct take *take)
{
	static const char why[] = "is not N or N/M days, from 1 to 1095, the fewer last: 14/7";
	struct br_view warning = br_view(take->value), critical;
	const char *slash = strchr(take->value, '/');
	int64_t *days = take->at, n, m = 0;

	if (slash) {
		warning.len = (size_t)(slash - take->value);
		critical = br_view(slash + 1);
	}
	if (!br_parse_number(warning, 1, BR_FORECAST_DAYS_MOST, &n))
		return wrong(take, why);
	if (slash && !br_parse_number(critical, 1, n, &m))
		return wrong(take, why);
	days[0] = n;
	days[1] = m;
	return BR_OK;
}

/* plugin_option_set has seen that there is room. */
static enum br_status enlist(const struct take *take)
{
	struct plugin_list *list = take->at;

	list->at[list->n++] = take->value;
	return BR_OK;
}

/* A list whose entries somebody else knows how to check. */
static enum br_status take_checked(const struct take *take,
				   enum br_status (*check)(struct br_view, struct br_error *))
{
	enum br_status status = check(br_view(take->value), take->why);

	return status == BR_OK ? enlist(take) : status;
}

/* One list may serve several checks, each of which takes from it what it is about. */
static enum br_status take_selector(const struct take *take)
{
	return take_checked(take, plugin_selector_check);
}

static enum br_status take_override(const struct take *take)
{
	const bool tray = take->option->at == AT(tray);

	if (plugin_selector_strays(br_view(take->value), tray))
		return wrong(take, tray ? "this is about trays, not supplies"
					: "this is about supplies, not trays");
	return take_checked(take, plugin_override_check);
}

static enum br_status take_alert_rule(const struct take *take)
{
	return take_checked(take, plugin_alert_rule_check);
}

static enum br_status take_alert_selector(const struct take *take)
{
	return take_checked(take, plugin_alert_selector_check);
}

static enum br_status take_counter(const struct take *take)
{
	const char *names[BR_COUNTER_COUNT + 1] = {NULL}, *nearest;
	struct br_view pattern = br_view(take->value);

	for (int i = 0; i < BR_COUNTER_COUNT; i++) {
		names[i] = br_counter_name((enum br_counter)i);
		if (br_view_glob(br_view(names[i]), pattern))
			return enlist(take);
	}
	nearest = br_text_nearest(pattern, names);
	return br_fail(take->why, BR_E_SYNTAX, "fits no counter%s%s%s",
		       nearest ? "; did you mean " : "", nearest ? nearest : "",
		       nearest ? "?" : "");
}

static enum br_status take_timeout(const struct take *take)
{
	struct br_view time = br_view(take->value);
	const char *colon = strchr(take->value, ':');
	enum plugin_state state = take->settings->timeout_state;
	int64_t ms;

	if (colon)
		time.len = (size_t)(colon - take->value);
	if (!parse_time(time, SECOND, TIMEOUT_MAX_MS, &ms) || ms < TIMEOUT_MIN_MS)
		return wrong(take, "is no time from 100ms to 600s, as in 10, 10s or 500ms");
	if (colon && !plugin_state_parse(br_view(colon + 1), &state))
		return wrong(take, "has no state behind its colon: ok, warning, critical or "
				   "unknown");
	take->settings->timeout_ms = ms;
	take->settings->timeout_state = state;
	return BR_OK;
}

static enum br_status take_offline(const struct take *take)
{
	struct plugin_settings *settings = take->settings;

	settings->offline_last = br_view_is_nocase(br_view(take->value), "last");
	if (settings->offline_last)
		settings->offline_state = PLUGIN_UNKNOWN;
	else if (!plugin_state_parse(br_view(take->value), &settings->offline_state))
		return wrong(take, "is neither a state (ok, warning, critical, unknown) nor "
				   "last");
	return BR_OK;
}

static enum br_status take_format(const struct take *take)
{
	if (!plugin_format_parse(br_view(take->value), take->at))
		return wrong(take, "is no format: classic, multi-line or mp-test-json");
	return BR_OK;
}

/* One of some words, whatever its case; it is kept as it is written here. */
static enum br_status take_word(const struct take *take, const char *const *words,
				const char *why)
{
	for (; *words; words++) {
		if (br_view_is_nocase(br_view(take->value), *words)) {
			*(const char **)take->at = *words;
			return BR_OK;
		}
	}
	return wrong(take, why);
}

static enum br_status take_host_by(const struct take *take)
{
	static const char *const words[] = {"name", "hostname", "address", "serial", NULL};

	return take_word(take, words, "is not name, hostname, address or serial");
}

static enum br_status take_level(const struct take *take)
{
	static const char *const words[] = {"noAuthNoPriv", "authNoPriv", "authPriv", NULL};

	return take_word(take, words, "is not noAuthNoPriv, authNoPriv or authPriv");
}

/* Of a line in a file; a command line has these taken before. */
static enum br_status take_about(const struct take *take)
{
	return wrong(take, "belongs on the command line");
}

/* What the sentence of a taker begins with, behind the option's name. */
enum begins {
	WITH_A_VERB,    /* "is no state" */
	WITH_A_SUBJECT, /* of its own */
	WITH_THE_VALUE, /* "'20:10' is no range": not for a line of a file, which has its own */
	WITH_ANYTHING,  /* " is …" or ": …" */
};

/* clang-format off */
static const struct kind {
	enum br_status (*take)(const struct take *take);
	enum begins begins;
	const char *in_file;
} kinds[PLUGIN_KINDS] = {
	[PLUGIN_FLAG]            = {take_flag,           WITH_A_VERB,    NULL},
	[PLUGIN_COUNT]           = {take_count,          WITH_A_VERB,    NULL},
	[PLUGIN_TEXT]            = {take_text,           WITH_A_VERB,    NULL},
	[PLUGIN_TARGET]          = {take_target,         WITH_A_SUBJECT, NULL},
	[PLUGIN_KEY]             = {take_key,            WITH_ANYTHING,  NULL},
	[PLUGIN_SECRET]          = {take_key,            WITH_ANYTHING,  NULL},
	[PLUGIN_RANGE]           = {take_range,          WITH_THE_VALUE, "is no range: [@][START:]END, as in 20:"},
	[PLUGIN_PAIR]            = {take_pair,           WITH_THE_VALUE, "is no pair of ranges: WARNING/CRITICAL, as in 20:/10:"},
	[PLUGIN_STATE]           = {take_state,          WITH_A_VERB,    NULL},
	[PLUGIN_AGE]             = {take_age,            WITH_A_VERB,    NULL},
	[PLUGIN_DAYS]            = {take_days,           WITH_A_VERB,    NULL},
	[PLUGIN_SELECTORS]       = {take_selector,       WITH_THE_VALUE, "is no selector, as in toner-*, type:fuser or tray:tray-2"},
	[PLUGIN_OVERRIDES]       = {take_override,       WITH_THE_VALUE, "is not SELECTOR=WARNING/CRITICAL, as in toner-black=10:/5:"},
	[PLUGIN_ALERT_RULES]     = {take_alert_rule,     WITH_THE_VALUE, "is not SELECTOR=STATE, as in cover-open=warning"},
	[PLUGIN_ALERT_SELECTORS] = {take_alert_selector, WITH_THE_VALUE, "is no selector of alerts, as in cover-open or severity:warning"},
	[PLUGIN_NAMES]           = {take_counter,        WITH_A_VERB,    NULL},
	[PLUGIN_TIMEOUT]         = {take_timeout,        WITH_A_VERB,    NULL},
	[PLUGIN_OFFLINE]         = {take_offline,        WITH_A_VERB,    NULL},
	[PLUGIN_LOOK]            = {take_format,         WITH_A_VERB,    NULL},
	[PLUGIN_HOST_BY]         = {take_host_by,        WITH_A_VERB,    NULL},
	[PLUGIN_LEVEL]           = {take_level,          WITH_A_VERB,    NULL},
	[PLUGIN_EXTRA]           = {take_about,          WITH_A_VERB,    NULL},
	[PLUGIN_ABOUT]           = {take_about,          WITH_A_VERB,    NULL},
};
/* clang-format on */

/* The community "public" is none. */
static bool is_secret(const struct plugin_option *option, const char *value)
{
	return option->kind == PLUGIN_SECRET ||
	       (option->at == AT(community) && option->kind == PLUGIN_KEY &&
		strcmp(value, "public") != 0);
}

/* What is wrong whatever the value says; NULL: nothing. */
static const char *out_of_place(const struct plugin_option *option, const char *value,
				const struct plugin_origin *origin)
{
	if (!origin->file && option->kind == PLUGIN_SECRET)
		return "is a secret, and a command line shows it to all users: write it into a "
		       "file for --extra-opts or a profile of brayer.conf";
	if (option->value && (!value || !*value))
		return "needs a value";
	if (!option->value && value && *value)
		return "takes no value";
	if (origin->file && origin->open && value && is_secret(option, value))
		return "is a secret and others may read this file: chmod 0640 it";
	return NULL;
}

struct plugin_list *plugin_option_list(struct plugin_settings *settings,
				       const struct plugin_option *option)
{
	bool is = option->kind >= PLUGIN_SELECTORS && option->kind <= PLUGIN_NAMES;

	return is ? (struct plugin_list *)((char *)settings + option->at) : NULL;
}

/* value: NULL if the sentence has nothing to do with it. */
static enum br_status complain(const struct plugin_option *option, const char *value,
			       const struct plugin_origin *origin, const char *why,
			       struct br_error *err)
{
	const struct kind *kind = &kinds[option->kind];
	enum begins begins = value ? kind->begins : WITH_A_VERB;
	const char *between = begins == WITH_A_VERB ? " " : begins == WITH_ANYTHING ? "" : ": ";

	if (origin->file && begins == WITH_THE_VALUE)
		return br_fail(err, BR_E_SYNTAX, "%s:%u: %s %s", origin->file, origin->line,
			       option->name, kind->in_file);
	if (origin->file)
		return br_fail(err, BR_E_SYNTAX, "%s:%u: %s%s%s", origin->file, origin->line,
			       option->name, between, why);
	if (value && begins == WITH_A_VERB)
		return br_fail(err, BR_E_SYNTAX, "--%s: '%.60s' %s", option->name, value, why);
	return br_fail(err, BR_E_SYNTAX, "--%s%s%s", option->name, between, why);
}

enum br_status plugin_option_set(struct plugin_settings *settings,
				 const struct plugin_option *option, const char *value,
				 const struct plugin_origin *origin, struct br_error *err)
{
	struct plugin_list *list = plugin_option_list(settings, option);
	const char *why = out_of_place(option, value, origin);
	struct br_error said;
	const struct take take = {.settings = settings,
				  .option = option,
				  .at = (char *)settings + option->at,
				  .value = value,
				  .why = &said};

	if (why)
		return complain(option, NULL, origin, why, err);
	if (list && list->n == PLUGIN_LIST_MAX)
		return complain(option, NULL, origin, "is given too often", err);
	if (kinds[option->kind].take(&take) == BR_OK)
		return BR_OK;
	return complain(option, value, origin, said.text, err);
}
