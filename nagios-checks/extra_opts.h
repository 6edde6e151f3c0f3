/*
 * extra_opts.h - ini files of options, as the monitoring-plugins read them for --extra-opts.
 *
 *   [check_printer_supplies]     a section; blanks at its ends do not count
 *   warning = 15:                a long name, or a letter as it is: C = public
 *   ascii =                      one that takes no value; the '=' may be missing
 *   # or ; begins a comment line, and '#' behind a blank a comment behind a value.
 *
 * There are no quotes. A section that stands twice counts as one. Other sections are other
 * programs' business and passed over.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_EXTRA_OPTS_H
#define BR_NAGIOS_CHECKS_EXTRA_OPTS_H

#include "options.h"

#define PLUGIN_EXTRA_BYTES (256u * 1024u)

struct plugin_extra_line {
	const char *file;
	unsigned line;
	bool open;          /* others may read the file */
	bool bare;          /* there was no '=' */
	struct br_view key; /* never empty; any characters but controls */
	const char *value;  /* NULL: none, or an empty one */
};

/* Return anything but BR_OK to stop. */
typedef enum br_status (*plugin_extra_fn)(void *user, const struct plugin_extra_line *line,
					  struct br_error *err);

/*
 * Hands over the lines of a section. text[len] must be a NUL that may stay one; values are
 * ended in place and stay lent. BR_E_ABSENT, with the nearest: there is no such section.
 * "FILE:LINE: sentence" never shows a line.
 */
enum br_status plugin_extra_parse(char *text, size_t len, const struct plugin_extra_line *from,
				  const char *section, plugin_extra_fn each, void *user,
				  struct br_error *err) BR_MUST_CHECK;

/*
 * Reads what a "[section][@file]" names (NULL: neither) into files and hands over its lines. A
 * file that others may write is refused.
 */
enum br_status plugin_extra_load(struct plugin_files *files,
				 const struct plugin_environment *environment,
				 const char *locator, const char *name, plugin_extra_fn each,
				 void *user, struct br_error *err) BR_MUST_CHECK;

#endif
