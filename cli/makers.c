/*
 * makers.c - brayer makers: whom the makers' files speak for, and all that one of them asks.
 *
 * A row is shown as it stands in its file, since that text is the documentation of what is
 * asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_FILES = 512, NAMES_PER_FILE = 2, FACT_CEILING = 32768 };

struct search {
	struct cli *cli;
	struct cli_look look;
	const char *wanted; /* NULL: list them all */
	size_t found, n_names;
	struct br_buf pool; /* names, each terminated */
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static size_t stem_length(const char *file)
{
	size_t len = strlen(file);

	return len > 4 && strcmp(file + len - 4, ".mib") == 0 ? len - 4 : len;
}

static void add_oid(struct br_buf *fact, const struct br_oid *oid)
{
	char text[BR_OID_TEXT_SIZE];

	br_oid_format(text, sizeof text, oid->ber, oid->len);
	br_buf_text(fact, text);
}

static void say_matches(struct br_buf *fact, const struct br_mib *mib)
{
	for (size_t i = 0; i < mib->n_objects; i++) {
		br_buf_text(fact, i ? ", " : "");
		add_oid(fact, &mib->objects[i]);
	}
	for (size_t i = 0; i < mib->n_descr; i++)
		br_buf_format(fact, "%s\"%.*s\"", fact->len ? ", " : "", (int)mib->descr[i].len,
			      mib->descr[i].at);
}

static void print_fact(struct search *search, const char *name, struct br_buf *fact)
{
	if (fact->status != BR_OK)
		search->cli->out.status = fact->status;
	else if (fact->len)
		cli_fact(&search->cli->out, &search->look, name, fact->data);
	br_buf_reset(fact);
}

static void print_head(struct search *search, const struct br_mib *mib, bool site)
{
	struct br_buf *out = &search->cli->out, fact;

	br_buf_init(&fact, FACT_CEILING);
	cli_style_on(out, &search->look, CLI_BOLD);
	br_buf_format(out, "%.*s", (int)mib->maker.len, mib->maker.at);
	cli_style_off(out, &search->look, CLI_BOLD);
	br_buf_format(out, " (%s%s)\n", site ? mib->file : last_part(mib->file),
		      site ? ", of this site" : "");
	br_buf_format(&fact, "%zu asked, %zu never, %zu proofs", mib->n_rows, mib->n_never,
		      mib->n_proofs);
	print_fact(search, "rows", &fact);
	say_matches(&fact, mib);
	print_fact(search, "speaks for", &fact);
	br_buf_clear(&fact);
}

/* The line of a file without its comment, blanks made one; quotes are respected. */
static void add_line(struct br_buf *out, struct br_view line)
{
	bool quoted = false, gap = false;

	line = br_view_trim(line);
	for (size_t i = 0; i < line.len; i++) {
		char c = line.at[i];

		if (c == '#' && !quoted)
			break;
		quoted ^= c == '"';
		if ((c == ' ' || c == '\t') && !quoted) {
			gap = true;
			continue;
		}
		if (gap)
			br_buf_char(out, ' ');
		gap = false;
		br_buf_char(out, c);
	}
}

static bool is_shown(struct br_view line)
{
	static const char *const verbs[] = {"proof", "get",   "first",  "table",
					    "level", "model", "filled", "never"};
	struct br_view word = br_view_word(&line);

	for (size_t i = 0; i < COUNT(verbs); i++)
		if (br_view_is(word, verbs[i]))
			return true;
	return false;
}

static void print_rows(struct search *search, const struct br_mib *mib)
{
	struct br_view rest = mib->text, line;
	struct br_buf fact;
	char number[24];

	br_buf_init(&fact, FACT_CEILING);
	for (unsigned at = 1; br_view_line(&rest, &line); at++) {
		if (!is_shown(line))
			continue;
		add_line(&fact, line);
		snprintf(number, sizeof number, "line %u", at);
		print_fact(search, number, &fact);
	}
	br_buf_clear(&fact);
}

static void remember(struct search *search, struct br_view name)
{
	br_buf_add(&search->pool, name.at, name.len);
	br_buf_char(&search->pool, '\0');
	search->n_names++;
}

static enum br_status each_mib(void *user, const struct br_mib *mib, bool site,
			       struct br_error *err)
{
	struct search *search = user;
	const char *file = last_part(mib->file);
	struct br_view stem = {file, stem_length(file)};

	(void)err;
	remember(search, stem);
	remember(search, mib->maker);
	if (search->wanted && !br_view_is_nocase(stem, search->wanted) &&
	    !br_view_is_nocase(mib->maker, search->wanted) && strcmp(file, search->wanted) != 0)
		return BR_OK;
	search->found++;
	print_head(search, mib, site);
	if (search->wanted)
		print_rows(search, mib);
	return BR_OK;
}

static int not_found(struct search *search)
{
	const char *names[MOST_FILES * NAMES_PER_FILE + 1], *nearest, *at = search->pool.data;
	size_t n = 0;

	for (; search->pool.status == BR_OK && n < search->n_names && n + 1 < COUNT(names);
	     n++) {
		names[n] = at;
		at += strlen(at) + 1;
	}
	names[n] = NULL;
	nearest = br_text_nearest(br_view(search->wanted), names);
	return cli_usage(search->cli, "no maker's file is called %.40s%s%s%s", search->wanted,
			 nearest ? "; did you mean " : "", nearest ? nearest : "",
			 nearest ? "?" : "");
}

int cli_makers(struct cli *cli, int argc, char **argv)
{
	struct search search = {.cli = cli};
	struct br_error err;
	int code;

	if (argc > 1)
		return cli_usage(cli, "makers takes one name");
	if (argc && !*argv[0])
		return cli_usage(cli, "the name of a maker is empty");
	if (!cli_look_settle(cli, &search.look))
		return CLI_USAGE;
	code = cli_prepare_makers(cli);
	if (code)
		return code;
	search.wanted = argc ? argv[0] : NULL;
	br_buf_init(&search.pool, 1 << 20);
	if (br_makers_each(&cli->makers, each_mib, &search, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		code = CLI_USAGE;
	} else if (search.pool.status != BR_OK) {
		cli->out.status = search.pool.status;
	} else if (search.found == 0) {
		code = not_found(&search);
	}
	br_buf_clear(&search.pool);
	return code;
}
