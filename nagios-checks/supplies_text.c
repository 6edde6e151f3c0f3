/*
 * supplies_text.c - supplies in words.
 *
 * A supply is called by its id: it is English and the same on every run. What a printer calls
 * it is shown only where the id says nothing ("other").
 *
 * SPDX-License-Identifier: MIT
 */
#include "supplies.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* As much of a printer's text as belongs into one line: "panel: " and a line of a panel. */
enum { TEXT_MOST = 80 };

void plugin_say(struct plugin_words *words, const char *format, ...)
{
	size_t room = sizeof words->text - words->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(words->text + words->len, room, format, args);
	va_end(args);
	if (len > 0)
		words->len += (size_t)len < room ? (size_t)len : room - 1;
}

void plugin_say_text(struct plugin_words *words, const char *text)
{
	size_t room = sizeof words->text - words->len;

	words->len += br_text_clean(words->text + words->len,
				    room < TEXT_MOST ? room : TEXT_MOST, br_view(text));
}

static void say_name(struct plugin_words *words, const struct br_reading *reading,
		     const struct br_supply *supply)
{
	const char *description = br_text(reading, supply->description);

	plugin_say(words, "%s", supply->id);
	if (!description[0] || strncmp(supply->id, "other", 5) != 0 ||
	    (supply->id[5] && supply->id[5] != '-'))
		return;
	plugin_say(words, " (");
	plugin_say_text(words, description);
	plugin_say(words, ")");
}

bool plugin_supply_filled(const struct br_supply *supply)
{
	return supply->role == BR_ROLE_FILLED || strncmp(supply->id, "waste-", 6) == 0;
}

/* A waste box that is "low" or "empty" would be misread: its percentage is the room in it. */
static const char *state_word(enum br_supply_state state, bool filled)
{
	if (filled && state == BR_SUPPLY_LOW)
		return "nearly full";
	if (filled && state == BR_SUPPLY_EMPTY)
		return "full";
	return br_name_supply_state(state);
}

static void say_percent(struct plugin_words *words, const struct br_supply *supply)
{
	plugin_say(words, "%u %%%s", (unsigned)supply->percent,
		   plugin_supply_filled(supply) ? " free" : "");
}

static void say_level(struct plugin_words *words, const struct br_supply *supply)
{
	switch (supply->kind) {
	case BR_LEVEL_MEASURED:
		plugin_say(words, " ");
		say_percent(words, supply);
		return;
	case BR_LEVEL_SOME:
		plugin_say(words, plugin_supply_filled(supply) ? " some room left"
							       : " some remaining");
		return;
	case BR_LEVEL_UNLIMITED:
		plugin_say(words, " unlimited");
		return;
	case BR_LEVEL_UNKNOWN:
		plugin_say(words, supply->state == BR_SUPPLY_OK ? " ok, level unknown"
								: " level unknown");
		return;
	}
}

/* Whether the decoder made this state of the level, so that nobody else is behind it. */
static bool is_of_level(const struct br_supply *supply)
{
	switch (supply->state) {
	case BR_SUPPLY_LOW:
		return supply->percent <= BR_LOW_PERCENT;
	case BR_SUPPLY_EMPTY:
		return supply->percent == 0;
	case BR_SUPPLY_UNKNOWN:
	case BR_SUPPLY_OK:
		return true;
	case BR_SUPPLY_MISSING:
		break;
	}
	return false;
}

bool plugin_supply_witnessed(const struct br_supply *supply)
{
	if (supply->state == BR_SUPPLY_UNKNOWN || supply->state == BR_SUPPLY_OK)
		return false;
	return supply->witness || supply->kind != BR_LEVEL_MEASURED || !is_of_level(supply);
}

static void say_witnessed(struct plugin_words *words, const struct br_reading *reading,
			  const struct br_supply *supply)
{
	plugin_say(words, " %s", state_word(supply->state, plugin_supply_filled(supply)));
	if (supply->witness) {
		plugin_say(words, " (");
		plugin_say_text(words, br_text(reading, supply->witness));
		plugin_say(words, ")");
	}
}

void plugin_say_supply(struct plugin_words *words, const struct br_reading *reading,
		       const struct br_supply *supply, bool agrees)
{
	bool measured = supply->kind == BR_LEVEL_MEASURED && supply->state != BR_SUPPLY_MISSING;

	say_name(words, reading, supply);
	/* Who says no more than the level does, and is not what alerts, is only longer. */
	if (!plugin_supply_witnessed(supply) || (measured && agrees && is_of_level(supply))) {
		say_level(words, supply);
	} else if (measured && agrees) {
		say_level(words, supply);
		plugin_say(words, ",");
		say_witnessed(words, reading, supply);
	} else {
		say_witnessed(words, reading, supply);
		if (measured) {
			plugin_say(words, ", level says ");
			say_percent(words, supply);
		}
	}
}

void plugin_say_care(struct plugin_words *words, const char *name, const struct br_care *care)
{
	plugin_say(words, "%s", name);
	if (care->percent.known)
		plugin_say(words, " %" PRId64 " %%", care->percent.value);
	if (care->remaining_pages.known && care->remaining_pages.value <= 0)
		plugin_say(words, "%s due", care->percent.known ? "," : "");
	else if (care->remaining_pages.known)
		plugin_say(words, "%s %" PRId64 " pages left", care->percent.known ? "," : "",
			   care->remaining_pages.value);
}

void plugin_say_hearsay(struct plugin_words *words, const struct br_reading *reading,
			const struct br_hearsay *hearsay)
{
	const char *colorant = br_text(reading, hearsay->colorant);
	bool filled = hearsay->role == BR_ROLE_FILLED;

	plugin_say(words, "a ");
	if (colorant[0]) {
		plugin_say_text(words, colorant);
		plugin_say(words, " ");
	}
	plugin_say(words, "%s is %s", filled ? "waste box" : "supply",
		   state_word(hearsay->state, filled));
	if (hearsay->witness) {
		plugin_say(words, " (");
		plugin_say_text(words, br_text(reading, hearsay->witness));
		plugin_say(words, ")");
	}
	plugin_say(words, ", which one is not said");
}
