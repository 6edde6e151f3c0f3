/*
 * select.c - selectors: their words, and what they fit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "select.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* No standard type has a number as high. */
enum { TYPES = 64, TYPE_SIZE = 48 };

struct selector {
	bool tray, by_type;
	struct br_view pattern;
};

/* What may be selected, by whatever it is known. */
struct thing {
	bool tray;
	const char *id, *name; /* name: "" for none */
	char type[TYPE_SIZE];
};

static bool take_kind(struct br_view *text, const char *kind)
{
	size_t len = strlen(kind);

	if (text->len < len || !br_view_is_nocase((struct br_view){text->at, len}, kind))
		return false;
	text->at += len;
	text->len -= len;
	return true;
}

static struct selector selector_of(struct br_view text, bool tray)
{
	struct selector selector = {.tray = tray};

	if (take_kind(&text, "tray:"))
		selector.tray = true;
	else if (take_kind(&text, "supply:"))
		selector.tray = false;
	selector.by_type = take_kind(&text, "type:");
	selector.pattern = text;
	return selector;
}

/* The word for a number, as the JSON of a reading writes it. */
static void type_word(char out[TYPE_SIZE], const char *name, int32_t type)
{
	if (name)
		br_text_copy(out, TYPE_SIZE, br_view(name));
	else if (type)
		snprintf(out, TYPE_SIZE, "other-%" PRId32, type);
	else
		out[0] = '\0';
}

static struct thing thing_of_supply(const struct br_supply *supply)
{
	struct thing thing = {.id = supply->id, .name = ""};

	type_word(thing.type, br_name_supply_type(supply->type), supply->type);
	return thing;
}

static struct thing thing_of_care(const struct br_care *care)
{
	struct thing thing = {.id = care->part, .name = ""};

	return thing;
}

static struct thing thing_of_tray(const struct br_reading *reading, const struct br_tray *tray,
				  bool output)
{
	struct thing thing = {
		.tray = true, .id = tray->id, .name = br_text(reading, tray->name)};

	type_word(thing.type,
		  output ? br_name_output_type(tray->type) : br_name_input_type(tray->type),
		  tray->type);
	return thing;
}

static bool fits(const struct selector *selector, const struct thing *thing)
{
	if (selector->tray != thing->tray)
		return false;
	if (selector->by_type)
		return thing->type[0] && br_view_glob(br_view(thing->type), selector->pattern);
	return br_view_glob(br_view(thing->id), selector->pattern) ||
	       (thing->name[0] && br_view_glob(br_view(thing->name), selector->pattern));
}

static struct selector listed(const struct plugin_settings *settings,
			      const struct plugin_list *list, size_t at)
{
	return selector_of(br_view(list->at[at]), settings->check == PLUGIN_TRAYS);
}

static bool wanted(const struct plugin_settings *settings, const struct thing *thing)
{
	bool asked = false;

	for (size_t i = 0; i < settings->exclude.n; i++) {
		struct selector selector = listed(settings, &settings->exclude, i);

		if (fits(&selector, thing))
			return false;
	}
	for (size_t i = 0; i < settings->include.n; i++) {
		struct selector selector = listed(settings, &settings->include, i);

		if (fits(&selector, thing))
			return true;
		asked = asked || selector.tray == thing->tray;
	}
	return !asked;
}

/* A tray's name may hold a '=', thresholds never do. */
static bool split(struct br_view text, struct br_view *selector, struct br_view *thresholds)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != '=')
		at--;
	if (at == 0)
		return false;
	*selector = br_view_trim((struct br_view){text.at, at - 1});
	*thresholds = br_view_trim((struct br_view){text.at + at, text.len - at});
	return true;
}

static bool overridden(const struct plugin_list *list, const struct thing *thing,
		       struct plugin_thresholds *thresholds)
{
	for (size_t i = 0; i < list->n; i++) {
		struct br_view left, right;
		struct selector selector;

		if (!split(br_view(list->at[i]), &left, &right))
			continue;
		selector = selector_of(left, thing->tray);
		if (fits(&selector, thing))
			return plugin_thresholds_parse(thresholds, right, NULL) == BR_OK;
	}
	return false;
}

static bool is_type(struct br_view pattern)
{
	char word[TYPE_SIZE] = "";

	for (int32_t type = 1; type <= TYPES; type++) {
		const char *const names[] = {br_name_supply_type(type),
					     br_name_input_type(type),
					     br_name_output_type(type)};

		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
			type_word(word, names[i], type);
			if (br_view_glob(br_view(word), pattern))
				return true;
		}
	}
	return pattern.len > 6 && br_view_is_nocase((struct br_view){pattern.at, 6}, "other-");
}

enum br_status plugin_selector_check(struct br_view text, struct br_error *err)
{
	struct selector selector = selector_of(text, false);
	bool bare = selector.pattern.at == text.at;

	if (selector.pattern.len == 0)
		return br_fail(err, BR_E_SYNTAX, "a selector without a pattern: \"%.*s\"",
			       (int)text.len, text.at);
	if (bare && memchr(text.at, ':', text.len))
		return br_fail(err, BR_E_SYNTAX,
			       "no such kind of selector: \"%.*s\"; the kinds are supply:, "
			       "tray: and type:",
			       (int)text.len, text.at);
	if (selector.by_type && !is_type(selector.pattern))
		return br_fail(err, BR_E_SYNTAX, "no supply and no tray has the type \"%.*s\"",
			       (int)selector.pattern.len, selector.pattern.at);
	return BR_OK;
}

bool plugin_selector_strays(struct br_view text, bool tray)
{
	return selector_of(text, tray).tray != tray;
}

enum br_status plugin_override_check(struct br_view text, struct br_error *err)
{
	struct plugin_thresholds thresholds;
	struct br_view left, right;
	enum br_status status;

	if (!split(text, &left, &right))
		return br_fail(err, BR_E_SYNTAX,
			       "\"%.*s\" is no SELECTOR=WARNING/CRITICAL, as in "
			       "toner-black=10:/5:",
			       (int)text.len, text.at);
	status = plugin_selector_check(left, err);
	return status == BR_OK ? plugin_thresholds_parse(&thresholds, right, err) : status;
}

bool plugin_supply_wanted(const struct plugin_settings *settings,
			  const struct br_supply *supply)
{
	struct thing thing = thing_of_supply(supply);

	return wanted(settings, &thing);
}

bool plugin_care_wanted(const struct plugin_settings *settings, const struct br_care *care)
{
	struct thing thing = thing_of_care(care);

	return wanted(settings, &thing);
}

bool plugin_tray_wanted(const struct plugin_settings *settings,
			const struct br_reading *reading, const struct br_tray *tray,
			bool output)
{
	struct thing thing = thing_of_tray(reading, tray, output);

	return wanted(settings, &thing);
}

static bool included(const struct plugin_settings *settings, bool tray)
{
	for (size_t i = 0; i < settings->include.n; i++)
		if (listed(settings, &settings->include, i).tray == tray)
			return true;
	return false;
}

bool plugin_supplies_included(const struct plugin_settings *settings)
{
	return included(settings, false);
}

bool plugin_trays_included(const struct plugin_settings *settings)
{
	return included(settings, true);
}

bool plugin_supply_override(const struct plugin_settings *settings,
			    const struct br_supply *supply,
			    struct plugin_thresholds *thresholds)
{
	struct thing thing = thing_of_supply(supply);

	return overridden(&settings->supply, &thing, thresholds);
}

bool plugin_care_override(const struct plugin_settings *settings, const struct br_care *care,
			  struct plugin_thresholds *thresholds)
{
	struct thing thing = thing_of_care(care);

	return overridden(&settings->supply, &thing, thresholds);
}

bool plugin_tray_override(const struct plugin_settings *settings,
			  const struct br_reading *reading, const struct br_tray *tray,
			  bool output, struct plugin_thresholds *thresholds)
{
	struct thing thing = thing_of_tray(reading, tray, output);

	return overridden(&settings->tray, &thing, thresholds);
}
