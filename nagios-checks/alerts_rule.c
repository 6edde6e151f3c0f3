/*
 * alerts_rule.c - the user's rules about alerts: --alert SELECTOR=STATE, --ignore SELECTOR.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { CODE_MOST = INT32_MAX };

/* What a selector may name in front of its colon, and the words it may name behind it. */
static const struct kind {
	const char *word;
	const char *(*name)(int32_t number);
	size_t at; /* of the number in struct br_alert */
	int32_t last;
} kinds[] = {
	{"severity", br_name_alert_severity, offsetof(struct br_alert, severity), 5},
	{"training", br_name_alert_training, offsetof(struct br_alert, training), 7},
	{"group", br_name_alert_group, offsetof(struct br_alert, group), 33},
};

static bool has_wildcard(struct br_view text)
{
	return text.len > 0 &&
	       (memchr(text.at, '*', text.len) || memchr(text.at, '?', text.len));
}

static bool is_number(struct br_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return text.len > 0;
}

/* "word:" off the front; false: there is no colon. */
static bool split_kind(struct br_view selector, struct br_view *word, struct br_view *rest)
{
	const char *colon = selector.len ? memchr(selector.at, ':', selector.len) : NULL;

	if (!colon)
		return false;
	*word = (struct br_view){selector.at, (size_t)(colon - selector.at)};
	*rest = (struct br_view){colon + 1, selector.len - word->len - 1};
	return true;
}

static const struct kind *find_kind(struct br_view word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (br_view_is(word, kinds[i].word))
			return &kinds[i];
	return NULL;
}

/* Codes are 1 to 1801, and those of finishing devices. */
#define FINISHERS     30200
#define FINISHERS_END 31900
#define GENERIC_END   1802

static bool some_code_fits(struct br_view pattern)
{
	for (int32_t code = 1; code < FINISHERS_END; code++) {
		if (code == GENERIC_END)
			code = FINISHERS;
		const char *name = br_name_alert_code(code);
		if (name && br_view_glob(br_view(name), pattern))
			return true;
	}
	for (unsigned bit = 0; bit < BR_ERR_BITS; bit++) {
		const char *name = br_name_error_bit((enum br_error_bit)bit);
		if (name && br_view_glob(br_view(name), pattern))
			return true;
	}
	return false;
}

static bool some_word_fits(const struct kind *kind, struct br_view pattern)
{
	for (int32_t number = 0; number <= kind->last; number++) {
		const char *name = kind->name(number);
		if (name && br_view_glob(br_view(name), pattern))
			return true;
	}
	return false;
}

static int shown(struct br_view text)
{
	return text.len < 60 ? (int)text.len : 60;
}

static enum br_status check_kind(struct br_view word, struct br_view rest, struct br_error *err)
{
	const struct kind *kind = find_kind(word);

	if (br_view_is(word, "text"))
		return rest.len > 0 ? BR_OK
				    : br_fail(err, BR_E_SYNTAX,
					      "an alert selector needs a pattern behind "
					      "\"text:\", such as text:*fuser*");
	if (!kind)
		return br_fail(err, BR_E_SYNTAX,
			       "alerts are selected by code, name, severity:, training:, "
			       "group: or text:, not by \"%.*s:\"",
			       shown(word), word.at);
	if (!some_word_fits(kind, rest))
		return br_fail(err, BR_E_SYNTAX, "no %s of an alert is called \"%.*s\"",
			       kind->word, shown(rest), rest.at);
	return BR_OK;
}

enum br_status plugin_alert_selector_check(struct br_view text, struct br_error *err)
{
	struct br_view word, rest;
	int64_t code;

	if (text.len == 0)
		return br_fail(err, BR_E_SYNTAX, "an alert selector is empty");
	if (split_kind(text, &word, &rest))
		return check_kind(word, rest, err);
	if (is_number(text))
		return br_parse_number(text, 0, CODE_MOST, &code)
			       ? BR_OK
			       : br_fail(err, BR_E_SYNTAX, "no alert code is as large as %.*s",
					 shown(text), text.at);
	if (!some_code_fits(text))
		return br_fail(err, BR_E_SYNTAX, "no alert code is called \"%.*s\"%s",
			       shown(text), text.at,
			       has_wildcard(text)
				       ? ""
				       : "; names are those of the IANA-PRINTER-MIB, such as "
					 "marker-toner-almost-empty, or a pattern: marker-*");
	return BR_OK;
}

/* At the last '=', for a pattern of text may have one. */
static bool split_rule(struct br_view text, struct br_view *selector, struct br_view *state)
{
	for (size_t i = text.len; i > 0; i--) {
		if (text.at[i - 1] != '=')
			continue;
		*selector = (struct br_view){text.at, i - 1};
		*state = (struct br_view){text.at + i, text.len - i};
		return true;
	}
	return false;
}

enum br_status plugin_alert_rule_check(struct br_view text, struct br_error *err)
{
	struct br_view selector, word;
	enum plugin_state state;

	if (!split_rule(text, &selector, &word))
		return br_fail(err, BR_E_SYNTAX,
			       "an alert rule is SELECTOR=STATE, such as cover-*=critical; "
			       "\"%.*s\" has no '='",
			       shown(text), text.at);
	if (!plugin_state_parse(word, &state))
		return br_fail(err, BR_E_SYNTAX,
			       "\"%.*s\" is no state: ok, warning, critical or unknown",
			       shown(word), word.at);
	return plugin_alert_selector_check(selector, err);
}

static bool kind_fits(const struct kind *kind, const struct br_alert *alert,
		      struct br_view pattern)
{
	int32_t number;

	memcpy(&number, (const char *)alert + kind->at, sizeof number);
	const char *name = kind->name(number);
	return name && br_view_glob(br_view(name), pattern);
}

static bool fits(struct br_view selector, const struct br_reading *reading,
		 const struct br_alert *alert, const char *name)
{
	struct br_view word, rest;
	int64_t code;

	if (split_kind(selector, &word, &rest)) {
		const struct kind *kind = find_kind(word);

		if (!alert)
			return false;
		if (kind)
			return kind_fits(kind, alert, rest);
		return br_view_is(word, "text") &&
		       br_view_glob(br_view(br_text(reading, alert->description)), rest);
	}
	if (is_number(selector))
		return alert && br_parse_number(selector, 0, CODE_MOST, &code) &&
		       alert->code == code;
	if (alert && !name)
		name = br_name_alert_code(alert->code);
	return name && br_view_glob(br_view(name), selector);
}

bool plugin_alert_rule(const struct plugin_settings *settings, const struct br_reading *reading,
		       const struct br_alert *alert, const char *name, enum plugin_state *state)
{
	for (size_t i = 0; i < settings->alert.n && i < PLUGIN_LIST_MAX; i++) {
		struct br_view selector, word;

		if (split_rule(br_view(settings->alert.at[i]), &selector, &word) &&
		    fits(selector, reading, alert, name) && plugin_state_parse(word, state))
			return true;
	}
	for (size_t i = 0; i < settings->ignore.n && i < PLUGIN_LIST_MAX; i++) {
		if (!fits(br_view(settings->ignore.at[i]), reading, alert, name))
			continue;
		*state = PLUGIN_OK;
		return true;
	}
	return false;
}
