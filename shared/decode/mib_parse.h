/*
 * mib_parse.h - the parser's own state and words; for mib.c, mib_rows.c and makers.c only.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MIB_PARSE_H
#define BR_DECODE_MIB_PARSE_H

#include "decode/mib.h"

struct br_mib_source {
	struct br_mib *mib;
	const char *file;
	struct br_error *err;
	unsigned line;
	struct br_view rest;  /* of the line */
	struct br_view model; /* of the last model line; empty: every model */
	bool in_rows;         /* the head is over */
};

/* One word: bare, "quoted", KEY=bare or KEY="quoted". */
struct br_mib_word {
	struct br_view whole; /* what a positional word is: quotes gone */
	struct br_view key;   /* before the '='; empty: none */
	struct br_view text;  /* behind it */
	bool quoted, end;     /* end: the line has no more words */
};

/* The next word of the line; comments end it. */
enum br_status br_mib_word(struct br_mib_source *source,
			   struct br_mib_word *word) BR_MUST_CHECK;

/* A word that must be there and be no option; what names it in the complaint. */
enum br_status br_mib_need(struct br_mib_source *source, const char *what,
			   struct br_view *word) BR_MUST_CHECK;
enum br_status br_mib_need_oid(struct br_mib_source *source, struct br_oid *oid) BR_MUST_CHECK;
enum br_status br_mib_oid(struct br_mib_source *source, struct br_view word,
			  struct br_oid *oid) BR_MUST_CHECK;

/* "file:line: sentence" with BR_E_SYNTAX. */
enum br_status br_mib_fail(struct br_mib_source *source, const char *format, ...)
	BR_FORMAT(2, 3);
/* "file:line: 'word' is not WHAT; did you mean 'nearest'?" */
enum br_status br_mib_unknown(struct br_mib_source *source, struct br_view word,
			      const char *what, const char *const *known);

/* Index in a NULL-terminated list, or -1. */
int br_mib_index(const char *const *list, struct br_view word);

/* What stands behind the OID's verb: the rest of a get, first or table line. */
enum br_status br_mib_row(struct br_mib_source *source, enum br_mib_verb verb) BR_MUST_CHECK;

/* room for one more of n in a heap array, at most max. */
enum br_status br_mib_grow(struct br_mib_source *source, void **array, size_t size, size_t n,
			   size_t *cap, size_t max) BR_MUST_CHECK;

/* "%.*s" of a word that may be long. */
#define BR_MIB_SHOW(view) (int)((view).len < 48 ? (view).len : 48), (view).at

#endif
