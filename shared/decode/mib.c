/*
 * mib.c - lines, words and the head of a .mib file; its rows are read in mib_rows.c.
 *
 * A quote opens only where a word or the value of an option begins, so that a stray one is an
 * error in its own line and never swallows the next.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/mib_parse.h"

#include "model/names.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum br_status br_mib_fail(struct br_mib_source *source, const char *format, ...)
{
	char sentence[256];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	return br_fail(source->err, BR_E_SYNTAX, "%s:%u: %s", source->file, source->line,
		       sentence);
}

enum br_status br_mib_unknown(struct br_mib_source *source, struct br_view word,
			      const char *what, const char *const *known)
{
	const char *near = br_text_nearest(word, known);

	if (near && *near)
		return br_mib_fail(source, "'%.*s' is not %s; did you mean '%s'?",
				   BR_MIB_SHOW(word), what, near);
	return br_mib_fail(source, "'%.*s' is not %s", BR_MIB_SHOW(word), what);
}

int br_mib_index(const char *const *list, struct br_view word)
{
	for (int i = 0; list[i]; i++)
		if (word.len && br_view_is(word, list[i]))
			return i;
	return -1;
}

static bool ends_word(struct br_view rest)
{
	return rest.len == 0 || *rest.at == ' ' || *rest.at == '\t' || *rest.at == '#';
}

static void skip(struct br_view *rest, size_t n)
{
	rest->at += n;
	rest->len -= n;
}

/* The text up to the closing quote; rest stands behind the opening one. */
static enum br_status quoted(struct br_mib_source *source, struct br_view *text)
{
	struct br_view *rest = &source->rest;

	text->at = rest->at;
	while (rest->len && *rest->at != '"') {
		if ((unsigned char)*rest->at < ' ' && *rest->at != '\t')
			return br_mib_fail(source, "a control character between quotes");
		skip(rest, 1);
	}
	text->len = (size_t)(rest->at - text->at);
	if (rest->len == 0)
		return br_mib_fail(source, "a quote is not closed on its line");
	skip(rest, 1);
	return ends_word(*rest) ? BR_OK
				: br_mib_fail(source, "no blank behind the closing quote");
}

enum br_status br_mib_word(struct br_mib_source *source, struct br_mib_word *word)
{
	struct br_view *rest = &source->rest;

	*word = (struct br_mib_word){0};
	while (rest->len && (*rest->at == ' ' || *rest->at == '\t'))
		skip(rest, 1);
	word->end = rest->len == 0 || *rest->at == '#';
	if (word->end)
		return BR_OK;
	word->whole = (struct br_view){rest->at, 0};
	for (; !ends_word(*rest) && *rest->at != '"'; skip(rest, 1)) {
		if ((unsigned char)*rest->at < ' ')
			return br_mib_fail(source, "a control character");
		word->whole.len++;
		if (*rest->at == '=' && !word->key.at) {
			word->key = (struct br_view){word->whole.at, word->whole.len - 1};
			word->text.at = rest->at + 1;
		}
	}
	if (word->key.at)
		word->text.len = (size_t)(rest->at - word->text.at);
	if (ends_word(*rest))
		return BR_OK;
	word->quoted = true;
	if (word->whole.len && !(word->key.at && word->text.len == 0))
		return br_mib_fail(source, "a quote in the middle of a word");
	skip(rest, 1);
	return quoted(source, word->key.at ? &word->text : &word->whole);
}

enum br_status br_mib_need(struct br_mib_source *source, const char *what, struct br_view *out)
{
	struct br_mib_word word;
	enum br_status status = br_mib_word(source, &word);

	if (status != BR_OK)
		return status;
	if (word.end)
		return br_mib_fail(source, "%s is missing", what);
	if (word.whole.len == 0)
		return br_mib_fail(source, "%s is empty", what);
	if (word.key.at && word.quoted)
		return br_mib_fail(source, "%s is missing before '%.*s='", what,
				   BR_MIB_SHOW(word.key));
	*out = word.whole;
	return BR_OK;
}

enum br_status br_mib_oid(struct br_mib_source *source, struct br_view word, struct br_oid *oid)
{
	switch (br_oid_parse(oid, word.at, word.len)) {
	case BR_OK:
		return BR_OK;
	case BR_E_LIMIT:
		return br_mib_fail(source, "the OID '%.*s' is too long", BR_MIB_SHOW(word));
	default:
		return br_mib_fail(source, "'%.*s' is not an OID", BR_MIB_SHOW(word));
	}
}

enum br_status br_mib_need_oid(struct br_mib_source *source, struct br_oid *oid)
{
	struct br_view word = {0};
	enum br_status status = br_mib_need(source, "the OID", &word);

	return status == BR_OK ? br_mib_oid(source, word, oid) : status;
}

enum br_status br_mib_grow(struct br_mib_source *source, void **array, size_t size, size_t n,
			   size_t *cap, size_t max)
{
	size_t more = *cap ? *cap * 2 : 16;
	void *grown;

	if (n == max)
		return br_mib_fail(source, "more than %zu of these in one file", max);
	if (n < *cap)
		return BR_OK;
	if (more > max)
		more = max;
	grown = realloc(*array, more * size);
	if (!grown)
		return br_fail(source->err, BR_E_MEMORY, "%s: out of memory", source->file);
	*array = grown;
	*cap = more;
	return BR_OK;
}

static enum br_status read_maker(struct br_mib_source *source)
{
	if (source->mib->maker.len)
		return br_mib_fail(source, "a second maker; one file speaks for one");
	return br_mib_need(source, "the maker's name", &source->mib->maker);
}

static enum br_status read_object(struct br_mib_source *source)
{
	struct br_mib *mib = source->mib;

	if (!mib->maker.len)
		return br_mib_fail(source, "the maker line comes first");
	if (mib->n_objects == BR_MIB_MAX_MATCH)
		return br_mib_fail(source, "more than %d object lines", BR_MIB_MAX_MATCH);
	return br_mib_need_oid(source, &mib->objects[mib->n_objects++]);
}

static enum br_status read_descr(struct br_mib_source *source)
{
	struct br_mib *mib = source->mib;

	if (!mib->maker.len)
		return br_mib_fail(source, "the maker line comes first");
	if (mib->n_descr == BR_MIB_MAX_MATCH)
		return br_mib_fail(source, "more than %d descr lines", BR_MIB_MAX_MATCH);
	return br_mib_need(source, "the glob", &mib->descr[mib->n_descr++]);
}

static enum br_status read_proof(struct br_mib_source *source)
{
	static const char *const kinds[] = {"corpus", "made", "public", NULL};
	struct br_view kind = {0}, what;
	enum br_status status = br_mib_need(source, "the kind of proof", &kind);

	if (status != BR_OK)
		return status;
	if (br_mib_index(kinds, kind) < 0)
		return br_mib_unknown(source, kind, "a kind of proof", kinds);
	source->mib->n_proofs++;
	return br_mib_need(source, "what proves the rows", &what);
}

static enum br_status read_model(struct br_mib_source *source)
{
	enum br_status status = br_mib_need(source, "the model glob", &source->model);

	if (status == BR_OK && br_view_is(source->model, "*"))
		source->model = (struct br_view){0};
	return status;
}

/* What a raw level means. A word is a state, never a number: only "N%" was measured. */
static enum br_status level_meaning(struct br_mib_source *source, struct br_view word,
				    struct br_mib_level *level)
{
	static const char *const words[] = {"empty",   "low",     "ok", "some",
					    "unknown", "missing", NULL};
	static const struct br_mib_level meanings[] = {
		{0, BR_SUPPLY_EMPTY, BR_LEVEL_UNKNOWN, 0},
		{0, BR_SUPPLY_LOW, BR_LEVEL_SOME, 0},
		{0, BR_SUPPLY_OK, BR_LEVEL_SOME, 0},
		{0, BR_SUPPLY_OK, BR_LEVEL_SOME, 0},
		{0, BR_SUPPLY_UNKNOWN, BR_LEVEL_UNKNOWN, 0},
		{0, BR_SUPPLY_MISSING, BR_LEVEL_UNKNOWN, 0},
	};
	int index = br_mib_index(words, word);
	int64_t percent;

	if (index >= 0) {
		*level = meanings[index];
		return BR_OK;
	}
	if (word.len == 0 || word.at[word.len - 1] != '%')
		return br_mib_unknown(source, word, "what a level can mean", words);
	if (!br_parse_number((struct br_view){word.at, word.len - 1}, 0, 100, &percent))
		return br_mib_fail(source, "'%.*s' is not 0%% to 100%%", BR_MIB_SHOW(word));
	*level = (struct br_mib_level){0, BR_SUPPLY_UNKNOWN, BR_LEVEL_MEASURED,
				       (uint8_t)percent};
	return BR_OK;
}

static enum br_status read_level(struct br_mib_source *source)
{
	struct br_mib *mib = source->mib;
	struct br_mib_level level;
	struct br_view raw = {0}, meaning = {0};
	enum br_status status = br_mib_need(source, "the raw level", &raw);
	int64_t number;

	if (status == BR_OK)
		status = br_mib_need(source, "what the level means", &meaning);
	if (status != BR_OK)
		return status;
	if (!br_parse_number(raw, INT32_MIN, INT32_MAX, &number))
		return br_mib_fail(source, "'%.*s' is not a number", BR_MIB_SHOW(raw));
	if (mib->n_levels == BR_MIB_MAX_LEVELS)
		return br_mib_fail(source, "more than %d level lines", BR_MIB_MAX_LEVELS);
	for (size_t i = 0; i < mib->n_levels; i++)
		if (mib->levels[i].raw == number)
			return br_mib_fail(source, "the level %.*s has a meaning already",
					   BR_MIB_SHOW(raw));
	status = level_meaning(source, meaning, &level);
	if (status == BR_OK) {
		level.raw = number;
		mib->levels[mib->n_levels++] = level;
	}
	return status;
}

static enum br_status read_filled(struct br_mib_source *source)
{
	enum {
		TYPES = 64
	}; /* PrtMarkerSuppliesTypeTC has far fewer; names end where it ends */
	struct br_mib *mib = source->mib;
	const char *known[TYPES + 1];
	size_t n = 0;
	struct br_view type;
	enum br_status status = br_mib_need(source, "the supply type", &type);

	if (status != BR_OK)
		return status;
	for (int32_t i = 1; i <= TYPES; i++)
		if (br_name_supply_type(i))
			known[n++] = br_name_supply_type(i);
	known[n] = NULL;
	if (br_mib_index(known, type) < 0)
		return br_mib_unknown(source, type, "a supply type", known);
	if (mib->n_filled == BR_MIB_MAX_FILLED)
		return br_mib_fail(source, "more than %d filled lines", BR_MIB_MAX_FILLED);
	mib->filled[mib->n_filled] = type;
	mib->filled_model[mib->n_filled++] = source->model;
	return BR_OK;
}

static enum br_status read_never(struct br_mib_source *source)
{
	struct br_mib *mib = source->mib;
	void *array = mib->never;
	struct br_mib_never never;
	enum br_status status = br_mib_need_oid(source, &never.oid);

	if (status == BR_OK)
		status = br_mib_need(source, "why it is never asked", &never.why);
	if (status == BR_OK)
		status = br_mib_grow(source, &array, sizeof never, mib->n_never,
				     &mib->cap_never, BR_MIB_MAX_NEVER);
	mib->never = array;
	if (status == BR_OK)
		mib->never[mib->n_never++] = never;
	return status;
}

static enum br_status read_get(struct br_mib_source *source)
{
	return br_mib_row(source, BR_MIB_GET);
}

static enum br_status read_first(struct br_mib_source *source)
{
	return br_mib_row(source, BR_MIB_FIRST);
}

static enum br_status read_table(struct br_mib_source *source)
{
	return br_mib_row(source, BR_MIB_TABLE);
}

/* Statements by their first word; the head is what stands above HEAD_END. */
static const char *const statements[] = {"maker", "object", "descr", "proof",  "get",   "first",
					 "table", "model",  "level", "filled", "never", NULL};
static enum br_status (*const readers[])(struct br_mib_source *) = {
	read_maker, read_object, read_descr, read_proof,  read_get,   read_first,
	read_table, read_model,  read_level, read_filled, read_never,
};
enum { HEAD_END = 4 };

static enum br_status read_line(struct br_mib_source *source, bool head_only, bool *over)
{
	struct br_mib_word word;
	enum br_status status = br_mib_word(source, &word);
	int index;

	if (status != BR_OK || word.end)
		return status;
	if (word.quoted)
		return br_mib_fail(source,
				   "a line begins with a statement, not with a quoted word");
	index = br_mib_index(statements, word.whole);
	if (index < 0)
		return br_mib_unknown(source, word.whole, "a statement", statements);
	if (index >= HEAD_END) {
		source->in_rows = true;
		*over = head_only;
		if (head_only)
			return BR_OK;
	} else if (source->in_rows) {
		return br_mib_fail(source, "'%s' belongs to the head, above the first row",
				   statements[index]);
	}
	status = readers[index](source);
	if (status == BR_OK)
		status = br_mib_word(source, &word);
	if (status == BR_OK && !word.end)
		return br_mib_fail(source, "'%.*s' is too much on this line",
				   BR_MIB_SHOW(word.key.at ? word.key : word.whole));
	return status;
}

static enum br_status check_head(struct br_mib_source *source)
{
	const struct br_mib *mib = source->mib;

	if (!mib->maker.len)
		return br_mib_fail(source, "there is no maker line");
	if (mib->n_objects == 0 && mib->n_descr == 0)
		return br_mib_fail(source,
				   "no object and no descr line: it speaks for no printer");
	return BR_OK;
}

enum br_status br_mib_parse(struct br_mib *mib, struct br_view text, const char *file,
			    bool head_only, struct br_error *err)
{
	struct br_mib_source source = {.mib = mib, .file = file, .err = err};
	enum br_status status = BR_OK;
	bool over = false;

	*mib = (struct br_mib){.file = file, .text = text};
	while (status == BR_OK && !over && br_view_line(&text, &source.rest)) {
		source.line++;
		status = read_line(&source, head_only, &over);
	}
	if (status == BR_OK)
		status = check_head(&source);
	if (status != BR_OK)
		br_mib_clear(mib);
	return status;
}

void br_mib_clear(struct br_mib *mib)
{
	free(mib->rows);
	free(mib->never);
	*mib = (struct br_mib){0};
}
