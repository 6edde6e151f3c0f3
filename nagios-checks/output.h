/*
 * output.h - an answer as text: classic, as monitoring-plugins 3 draws its tree, or as its
 * JSON.
 *
 * Whatever is written has no control character, no '|' outside the performance data, is valid
 * UTF-8 (or ASCII), has numbers of the C locale, and stays below 4 KB, but for -vvv and JSON.
 * What does not fit is left out by whole lines and whole measurements, and the text says how
 * many.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_OUTPUT_H
#define BR_NAGIOS_CHECKS_OUTPUT_H

#include "answer.h"

#define PLUGIN_OUTPUT_MOST 4000  /* octets, the line end included */
#define PLUGIN_JSON_MOST   65536 /* is for tests, which no scheduler cuts */

enum plugin_format { PLUGIN_CLASSIC, PLUGIN_MULTI_LINE, PLUGIN_JSON };

/* "classic", "multi-line", "mp-test-json", in either case. */
bool plugin_format_parse(struct br_view text, enum plugin_format *format);

struct plugin_look {
	enum plugin_format format;
	unsigned verbose; /* 0 to 3 */
	bool ascii;       /* what is not ASCII becomes '?' */
};

/*
 * Appends the answer, with a line end. Fewer octets where out's ceiling leaves fewer.
 *
 * Classic: the first line "SUPPLIES WARNING: what is not well, worst first | performance data",
 * or what each group says is well. With -v also every other thing, on that line; from -vv on
 * one line for each thing, worst first, below it instead.
 *
 * Multi-line: "[WARNING] - the same", a line for each thing, below its group where there are
 * several, and the performance data behind the last of them. JSON: the same tree.
 */
void plugin_write(const struct plugin_answer *answer, const struct plugin_look *look,
		  struct br_buf *out);

/*
 * Text of a printer, fit for any output: one line, cut at a character behind some 500 octets.
 * '|' and '\\' become '/', what would begin an HTML tag '(', and ';', which ends a field of a
 * passive result, ','.
 */
void plugin_write_text(struct br_buf *out, const char *text, bool ascii);

/* The exit code: the state, but 0 where JSON was asked for, as monitoring-plugins 3 does. */
int plugin_exit_code(const struct plugin_answer *answer, const struct plugin_look *look);

#endif
