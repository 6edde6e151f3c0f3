/*
 * makers.c - choosing a maker's file by its head, without parsing the others.
 *
 * The chooser reads heads as text, once, and compares OIDs as dotted text: that is a hundredth
 * of a parse. Globs are slower than prefixes and are tried only if the objects have not
 * decided.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/makers.h"

#include "decode/embedded.h"
#include "decode/mib_parse.h"

#include <stdlib.h>
#include <string.h>

/* HP gave this number to its print servers, and other makers built those in. */
#define JETDIRECT "1.3.6.1.4.1.11.2.3.9"

struct clue {
	char object[BR_OID_TEXT_SIZE];
	size_t object_len;
	const struct br_view *texts;
	size_t n_texts;
};

/* One line of a head. */
struct br_makers_head {
	struct br_view text; /* behind `object`, or the glob of a `descr` */
	uint16_t file;
	uint32_t weight; /* of the glob; 0: an object */
};

struct rank {
	size_t object, descr; /* characters that matched; 0: none did */
};

void br_makers_init(struct br_makers *makers)
{
	*makers = (struct br_makers){0};
}

static void forget_never(struct br_makers *makers)
{
	free(makers->never);
	makers->never = NULL;
	makers->n_never = makers->cap_never = 0;
	makers->never_known = false;
}

void br_makers_clear(struct br_makers *makers)
{
	for (size_t i = 0; i < makers->n_site; i++) {
		br_mib_clear(&makers->site[i].mib);
		free(makers->site[i].path);
		free(makers->site[i].text);
	}
	free(makers->site);
	for (size_t i = 0; makers->embedded && i < br_embedded_mibs_count; i++) {
		if (makers->embedded[i])
			br_mib_clear(makers->embedded[i]);
		free(makers->embedded[i]);
	}
	free(makers->embedded);
	free(makers->heads.list);
	free(makers->site_heads.list);
	forget_never(makers);
	br_makers_init(makers);
}

static bool ends(struct br_view rest, size_t at)
{
	return at == rest.len || rest.at[at] == ' ' || rest.at[at] == '\t' ||
	       rest.at[at] == '#' || rest.at[at] == '"';
}

/* Length of the dotted prefix that begins the text, if it is the object or stands above it; or
 * 0. */
static size_t above(struct br_view rest, const char *object, size_t len)
{
	enum { ENTERPRISES = 12 }; /* of 1.3.6.1.4.1. hardly anything differs before its end */
	size_t n = 0, skip = rest.len > 1 && *rest.at == '"';

	skip += rest.len > skip && rest.at[skip] == '.';
	rest = (struct br_view){rest.at + skip, rest.len - skip};
	if (rest.len > ENTERPRISES && len > ENTERPRISES &&
	    rest.at[ENTERPRISES] != object[ENTERPRISES] &&
	    memcmp(rest.at, object, ENTERPRISES) == 0)
		return 0;
	while (n < len && n < rest.len && rest.at[n] == object[n])
		n++;
	return n && ends(rest, n) && (n == len || object[n] == '.') ? n : 0;
}

/* A glob that spells out more decides over one that spells out less. */
static size_t spelled(struct br_view glob)
{
	size_t n = 1;

	for (size_t i = 0; i < glob.len; i++)
		n += glob.at[i] != '*' && glob.at[i] != '?';
	return n;
}

static enum br_status add_head(struct br_makers_heads *heads, struct br_makers_head head)
{
	if (heads->n == heads->cap) {
		size_t cap = heads->cap ? heads->cap * 2 : 128;
		struct br_makers_head *grown = realloc(heads->list, cap * sizeof *grown);

		if (!grown)
			return BR_E_MEMORY;
		heads->list = grown;
		heads->cap = cap;
	}
	heads->list[heads->n++] = head;
	return BR_OK;
}

static enum br_status add_descr(struct br_makers_heads *heads, struct br_view rest,
				uint16_t file)
{
	struct br_mib_source source = {.file = "", .rest = rest};
	struct br_mib_word word;

	if (br_mib_word(&source, &word) != BR_OK || word.end)
		return BR_OK;
	return add_head(heads,
			(struct br_makers_head){.text = word.whole,
						.file = file,
						.weight = (uint32_t)spelled(word.whole)});
}

/* What stands behind the word that a line begins with; an empty view if it is another word. */
static struct br_view behind(struct br_view line, const char *word, size_t len)
{
	if (line.len <= len || memcmp(line.at, word, len) != 0 ||
	    (line.at[len] != ' ' && line.at[len] != '\t'))
		return (struct br_view){0};
	do
		len++;
	while (len < line.len && (line.at[len] == ' ' || line.at[len] == '\t'));
	return (struct br_view){line.at + len, line.len - len};
}

/* What is broken in a head was refused when the file was parsed, or by a test. */
static enum br_status read_head(struct br_makers_heads *heads, struct br_view text,
				uint16_t file)
{
	enum br_status status = BR_OK;
	struct br_view line, rest;

	while (status == BR_OK && br_view_line(&text, &line)) {
		while (line.len && (*line.at == ' ' || *line.at == '\t'))
			line = (struct br_view){line.at + 1, line.len - 1};
		char letter = line.len > 1 ? *line.at : '#';
		if (letter == 'o') {
			rest = behind(line, "object", 6);
			if (rest.len)
				status = add_head(heads, (struct br_makers_head){.text = rest,
										 .file = file});
		} else if (letter == 'd') {
			status = add_descr(heads, behind(line, "descr", 5), file);
		} else if (letter != '#' && letter != 'p' &&
			   (letter != 'm' || line.at[1] != 'a')) {
			break; /* the first row; of the head there are proof and maker beside */
		}
	}
	return status;
}

static struct br_view text_of(const struct br_makers_site *site, size_t i)
{
	return site ? site[i].mib.text
		    : (struct br_view){br_embedded_mibs[i].text, br_embedded_mibs[i].len};
}

/* site NULL: of the compiled-in files. */
static enum br_status know_heads(struct br_makers_heads *heads,
				 const struct br_makers_site *site, size_t n)
{
	enum br_status status = BR_OK;

	if (heads->known)
		return BR_OK;
	heads->n = 0;
	for (size_t i = 0; i < n && status == BR_OK; i++)
		status = read_head(heads, text_of(site, i), (uint16_t)i);
	heads->known = status == BR_OK;
	return status;
}

/* How well a file fits by the lines of its head, which begin at *at; moves past them. */
static struct rank rank_file(const struct br_makers_heads *heads, size_t *at,
			     const struct clue *clue, bool globs)
{
	struct rank rank = {0};
	const struct br_makers_head *head = &heads->list[*at], *end = heads->list + heads->n;

	for (uint16_t file = head->file; head < end && head->file == file; head++, ++*at) {
		if (head->weight == 0) {
			size_t len = above(head->text, clue->object, clue->object_len);

			rank.object = len > rank.object ? len : rank.object;
			continue;
		}
		for (size_t i = 0; globs && head->weight > rank.descr && i < clue->n_texts; i++)
			if (br_view_glob(clue->texts[i], head->text))
				rank.descr = head->weight;
	}
	return rank;
}

static bool outranks(struct rank a, struct rank b, bool descr_first)
{
	size_t a1 = descr_first ? a.descr : a.object, a2 = descr_first ? a.object : a.descr;
	size_t b1 = descr_first ? b.descr : b.object, b2 = descr_first ? b.object : b.descr;

	return a1 != b1 ? a1 > b1 : a2 > b2;
}

/* The file that fits best by its head; none: that number. */
static size_t choose(const struct br_makers_heads *heads, size_t none, const struct clue *clue)
{
	bool descr_first = above(br_view(JETDIRECT), clue->object, clue->object_len);
	struct rank best = {0}, rank;
	size_t chosen = none, equals = 0, chosen_at = 0, begin;

	for (size_t at = 0; at < heads->n;) {
		begin = at;
		rank = rank_file(heads, &at, clue, false);
		if (rank.object > best.object) {
			best = rank;
			chosen = heads->list[begin].file;
			chosen_at = begin;
			equals = 0;
		}
		equals += rank.object && rank.object == best.object;
	}
	if (equals == 1 && (!descr_first || rank_file(heads, &chosen_at, clue, true).descr))
		return chosen;
	best = (struct rank){0};
	for (size_t at = 0; at < heads->n;) {
		begin = at;
		rank = rank_file(heads, &at, clue, true);
		if (outranks(rank, best, descr_first)) {
			best = rank;
			chosen = heads->list[begin].file;
		}
	}
	return chosen;
}

/* Parses a compiled-in file once. */
static enum br_status embedded(struct br_makers *makers, size_t i, const struct br_mib **mib,
			       struct br_error *err)
{
	const struct br_embedded *file = &br_embedded_mibs[i];
	struct br_mib *parsed;
	enum br_status status;

	if (!makers->embedded)
		makers->embedded = calloc(br_embedded_mibs_count, sizeof(struct br_mib *));
	if (!makers->embedded)
		return br_fail(err, BR_E_MEMORY, "%s: out of memory", file->name);
	*mib = makers->embedded[i];
	if (*mib)
		return BR_OK;
	parsed = malloc(sizeof *parsed);
	if (!parsed)
		return br_fail(err, BR_E_MEMORY, "%s: out of memory", file->name);
	status = br_mib_parse(parsed, text_of(NULL, i), file->name, false, err);
	if (status != BR_OK) {
		free(parsed);
		return status;
	}
	*mib = makers->embedded[i] = parsed;
	return BR_OK;
}

enum br_status br_makers_find(struct br_makers *makers, const struct br_maker_clue *clue,
			      const struct br_mib **mib, struct br_error *err)
{
	struct clue dotted = {.texts = clue->texts, .n_texts = clue->n_texts};
	enum br_status status = know_heads(&makers->site_heads, makers->site, makers->n_site);
	size_t i;

	*mib = NULL;
	if (status == BR_OK)
		status = know_heads(&makers->heads, NULL, br_embedded_mibs_count);
	if (status != BR_OK)
		return br_fail(err, status, "the makers' files: out of memory");
	if (clue->object_len && clue->object_len <= BR_OID_BYTES)
		dotted.object_len = br_oid_format(dotted.object, sizeof dotted.object,
						  clue->object, clue->object_len);
	i = choose(&makers->site_heads, makers->n_site, &dotted);
	if (i < makers->n_site) {
		*mib = &makers->site[i].mib;
		return BR_OK;
	}
	i = choose(&makers->heads, br_embedded_mibs_count, &dotted);
	return i < br_embedded_mibs_count ? embedded(makers, i, mib, err) : BR_OK;
}

enum br_status br_makers_each(struct br_makers *makers, br_makers_fn each, void *user,
			      struct br_error *err)
{
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < makers->n_site; i++)
		status = each(user, &makers->site[i].mib, true, err);
	for (size_t i = 0; status == BR_OK && i < br_embedded_mibs_count; i++) {
		const struct br_mib *mib = NULL;

		status = embedded(makers, i, &mib, err);
		if (status == BR_OK)
			status = each(user, mib, false, err);
	}
	return status;
}

static enum br_status add_never(struct br_makers *makers, const struct br_mib_never *row)
{
	if (makers->n_never == makers->cap_never) {
		size_t cap = makers->cap_never ? makers->cap_never * 2 : 32;
		struct br_mib_never *grown = realloc(makers->never, cap * sizeof *grown);

		if (!grown)
			return BR_E_MEMORY;
		makers->never = grown;
		makers->cap_never = cap;
	}
	makers->never[makers->n_never++] = *row;
	return BR_OK;
}

static enum br_status add_nevers(struct br_makers *makers, const struct br_mib *mib)
{
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < mib->n_never; i++)
		status = add_never(makers, &mib->never[i]);
	return status;
}

/* What no maker has to forbid: it is forbidden for all. */
static enum br_status add_own_nevers(struct br_makers *makers)
{
	/* clang-format off */
	static const struct { const char *oid, *why; } own[] = {
		{"1.3.6.1.4.1.2699.1.1", "jobs and their owners (Job Monitoring MIB)"},
		{"1.3.6.1.6.3.12", "notification targets"},
		{"1.3.6.1.6.3.13", "notification filters"},
		{"1.3.6.1.6.3.15", "SNMPv3 users"},
		{"1.3.6.1.6.3.16", "SNMPv3 access groups"},
		{"1.3.6.1.6.3.18", "community names"},
	};
	/* clang-format on */
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < sizeof own / sizeof own[0]; i++) {
		struct br_mib_never row = {.why = br_view(own[i].why)};

		status = br_oid_parse(&row.oid, own[i].oid, strlen(own[i].oid));
		if (status == BR_OK)
			status = add_never(makers, &row);
	}
	return status;
}

/* The compiled-in files are parsed for their never rows and let go: a walk needs no other row.
 */
static enum br_status learn_never(struct br_makers *makers)
{
	enum br_status status = add_own_nevers(makers);
	struct br_mib mib;

	for (size_t i = 0; status == BR_OK && i < makers->n_site; i++)
		status = add_nevers(makers, &makers->site[i].mib);
	for (size_t i = 0; status == BR_OK && i < br_embedded_mibs_count; i++) {
		status = br_mib_parse(&mib, text_of(NULL, i), br_embedded_mibs[i].name, false,
				      NULL);
		if (status != BR_OK)
			break;
		status = add_nevers(makers, &mib);
		br_mib_clear(&mib);
	}
	if (status == BR_OK)
		makers->never_known = true;
	else
		forget_never(makers);
	return status;
}

const struct br_mib_never *br_makers_never(struct br_makers *makers, const uint8_t *name,
					   size_t len)
{
	static const struct br_mib_never everything = {
		.why = {"the never rows could not be read", 32},
	};

	if (!makers->never_known && learn_never(makers) != BR_OK)
		return &everything;
	for (size_t i = 0; i < makers->n_never; i++) {
		const struct br_oid *oid = &makers->never[i].oid;

		if (br_oid_below(name, len, oid->ber, oid->len))
			return &makers->never[i];
	}
	return NULL;
}
