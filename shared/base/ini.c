/*
 * ini.c - no complaint here shows more of a line than a well-formed key or kind of section.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/ini.h"

#include <stdio.h>
#include <string.h>

#define WORD_MAX 32

static bool word_is_plain(struct br_view word)
{
	if (word.len == 0 || word.len > WORD_MAX || word.at[0] < 'a' || word.at[0] > 'z')
		return false;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return true;
}

static bool has_control(struct br_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (((unsigned char)text.at[i] < 0x20 && text.at[i] != '\t') ||
		    text.at[i] == 0x7f)
			return true;
	return false;
}

static enum br_status complain(const struct br_ini_line *line, const char *sentence,
			       struct br_error *err)
{
	return br_fail(err, BR_E_SYNTAX, "%s:%u: %s", line->file, line->line, sentence);
}

/* "[kind name]": the kind is a word, the name is whatever is left. */
static enum br_status take_section(struct br_ini_line *line, struct br_view text,
				   struct br_error *err)
{
	struct br_view inner = {text.at + 1, text.len - 1};
	size_t kind = 0;

	if (inner.len == 0 || inner.at[inner.len - 1] != ']')
		return complain(line, "a section ends with ']' and has nothing behind it", err);
	inner.len--;
	if ((inner.len && memchr(inner.at, '[', inner.len)) ||
	    (inner.len && memchr(inner.at, ']', inner.len)))
		return complain(line, "a section has one '[' and one ']'", err);
	inner = br_view_trim(inner);
	while (kind < inner.len && inner.at[kind] != ' ' && inner.at[kind] != '\t')
		kind++;
	line->section = (struct br_view){inner.at, kind};
	line->name = br_view_trim((struct br_view){inner.at + kind, inner.len - kind});
	line->key = line->value = (struct br_view){text.at, 0};
	if (!word_is_plain(line->section))
		return complain(line,
				"a section is [kind] or [kind name], as in [profile office]",
				err);
	return BR_OK;
}

static enum br_status take_key(struct br_ini_line *line, struct br_view text,
			       struct br_error *err)
{
	const char *equals = memchr(text.at, '=', text.len);
	size_t key_len = equals ? (size_t)(equals - text.at) : 0;

	line->key = br_view_trim((struct br_view){text.at, key_len});
	if (!equals || !word_is_plain(line->key))
		return complain(line, "neither [section] nor key = value nor a comment", err);
	line->value = br_view_trim((struct br_view){equals + 1, text.len - key_len - 1});
	if (line->value.len == 0 || line->value.at[0] != '"')
		return BR_OK;
	if (line->value.len == 1 || line->value.at[line->value.len - 1] != '"')
		return br_fail(err, BR_E_SYNTAX,
			       "%s:%u: the quote of %.*s is not closed at the end of the line",
			       line->file, line->line, (int)line->key.len, line->key.at);
	line->value.at++;
	line->value.len -= 2;
	return BR_OK;
}

enum br_status br_ini_parse(struct br_view text, const char *file, br_ini_fn each, void *user,
			    struct br_error *err)
{
	static const char nothing[] = "";
	struct br_ini_line line = {.file = file, .section = {nothing, 0}, .name = {nothing, 0}};
	enum br_status status = BR_OK;
	struct br_view rest = text, raw;

	if (rest.len >= 3 && memcmp(rest.at, "\xef\xbb\xbf", 3) == 0) /* an editor's mark */
		rest = (struct br_view){rest.at + 3, rest.len - 3};
	while (status == BR_OK && br_view_line(&rest, &raw)) {
		line.line++;
		if (has_control(raw))
			return complain(&line, "a control character stands in this line", err);
		raw = br_view_trim(raw);
		if (raw.len == 0 || raw.at[0] == '#' || raw.at[0] == ';')
			continue;
		status = raw.at[0] == '[' ? take_section(&line, raw, err)
					  : take_key(&line, raw, err);
		if (status == BR_OK)
			status = each(user, &line, err);
	}
	return status;
}

enum br_status br_ini_unknown(const struct br_ini_line *line, const char *const *known,
			      struct br_error *err)
{
	bool section = line->key.len == 0;
	struct br_view word = section ? line->section : line->key;
	const char *nearest = br_text_nearest(word, known), *before = "; known: ";
	char list[240] = "";
	size_t used = 0;

	if (nearest)
		snprintf(list, sizeof list, "; did you mean %s%s%s?", section ? "[" : "",
			 nearest, section ? "]" : "");
	for (; !nearest && *known && used < sizeof list; known++) {
		int wrote = snprintf(list + used, sizeof list - used, "%s%s", before, *known);

		used += wrote > 0 ? (size_t)wrote : 0;
		before = ", ";
	}
	return br_fail(err, BR_E_SYNTAX, "%s:%u: %s%.*s%s is unknown here%s", line->file,
		       line->line, section ? "[" : "", (int)word.len, word.at,
		       section ? "]" : "", list);
}
