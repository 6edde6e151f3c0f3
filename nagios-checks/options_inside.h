/*
 * options_inside.h - between options.c (words of a command line), extra_opts.c (lines of a
 * file) and options_value.c (what a value means). Nobody else includes this.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_OPTIONS_INSIDE_H
#define BR_NAGIOS_CHECKS_OPTIONS_INSIDE_H

#include "options.h"

/* Where an option was given. file NULL: on the command line. */
struct plugin_origin {
	const char *file;
	unsigned line;
	bool open; /* others may read the file */
};

/*
 * Gives a setting its value, which stays lent; NULL for an option that takes none. The sentence
 * says where, and never shows what may be a secret.
 */
enum br_status plugin_option_set(struct plugin_settings *settings,
				 const struct plugin_option *option, const char *value,
				 const struct plugin_origin *origin,
				 struct br_error *err) BR_MUST_CHECK;

/* Where an option that may be repeated keeps its values; NULL: it is none. */
struct plugin_list *plugin_option_list(struct plugin_settings *settings,
				       const struct plugin_option *option);

/* The row of a long name, or of a letter, that a check takes. */
const struct plugin_option *plugin_option_named(struct br_view name, unsigned check);
const struct plugin_option *plugin_option_lettered(char letter, unsigned check);

/*
 * "--WORD is an option of check_printer_trays and check_printer_all", or that it is none at all
 * and which is nearest. place goes before it: "", or "FILE:LINE: ".
 */
enum br_status plugin_option_unknown(const char *place, struct br_view word, unsigned check,
				     struct br_error *err);

#endif
