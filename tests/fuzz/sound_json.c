/*
 * sound_json.c - a strict reader of JSON that knows nothing of the writer it judges.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"

#include <string.h>

enum { DEEPEST = 16 };

struct json {
	const char *at, *end;
	int depth;
};

static void blanks(struct json *json)
{
	while (json->at < json->end && strchr(" \n\t", *json->at) && *json->at)
		json->at++;
}

static char take(struct json *json)
{
	MUST(json->at < json->end);
	return *json->at++;
}

/* What follows a backslash. */
static void escape(struct json *json)
{
	char c = take(json);

	MUST(c && strchr("\"\\/bfnrtu", c));
	for (int i = 0; c == 'u' && i < 4; i++) {
		char digit = take(json);
		MUST(digit && strchr("0123456789abcdefABCDEF", digit));
	}
}

static void string(struct json *json, bool is_name)
{
	const char *start;

	MUST(take(json) == '"');
	start = json->at;
	for (;;) {
		char c = take(json);

		if (c == '"')
			break;
		if (c == '\\')
			escape(json);
	}
	MUST(!is_name || json->at - start > 1);
	sound_text(start, (size_t)(json->at - 1 - start));
}

static size_t digits(struct json *json)
{
	const char *start = json->at;

	while (json->at < json->end && *json->at >= '0' && *json->at <= '9')
		json->at++;
	return (size_t)(json->at - start);
}

static void number(struct json *json)
{
	if (*json->at == '-')
		json->at++;
	const char *start = json->at;
	size_t whole = digits(json);

	MUST(whole && (whole == 1 || *start != '0'));
	if (json->at < json->end && *json->at == '.') {
		json->at++;
		MUST(digits(json));
	}
}

static void value(struct json *json);

static void list(struct json *json, char close)
{
	json->at++;
	MUST(++json->depth <= DEEPEST);
	blanks(json);
	if (json->at < json->end && *json->at == close) {
		json->at++;
		json->depth--;
		return;
	}
	for (;;) {
		blanks(json);
		if (close == '}') {
			string(json, true);
			blanks(json);
			MUST(take(json) == ':');
			blanks(json);
		}
		value(json);
		blanks(json);
		char c = take(json);
		if (c == close)
			break;
		MUST(c == ',');
	}
	json->depth--;
}

static bool word(struct json *json, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(json->end - json->at) < len || memcmp(json->at, text, len) != 0)
		return false;
	json->at += len;
	return true;
}

static void value(struct json *json)
{
	MUST(json->at < json->end);
	if (*json->at == '{')
		list(json, '}');
	else if (*json->at == '[')
		list(json, ']');
	else if (*json->at == '"')
		string(json, false);
	else if (!word(json, "true") && !word(json, "false"))
		number(json);
}

void sound_json(const char *text, size_t len)
{
	struct json json = {text, text + len, 0};

	MUST(len && *text == '{');
	value(&json);
	blanks(&json);
	MUST(json.at == json.end);
}
