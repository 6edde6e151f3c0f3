/*
 * options.h - the command line of brayerd.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_OPTIONS_H
#define BR_COLLECTOR_OPTIONS_H

#include "brayer.h"

enum { COLLECTOR_EXIT_OK, COLLECTOR_EXIT_SOME, COLLECTOR_EXIT_USAGE, COLLECTOR_EXIT_FAILED };

struct collector_given {
	bool check, once, foreground, verbose, help, version;
	const char *config;
};

/* False after a mistake, with a sentence. */
bool collector_options_take(struct collector_given *given, int argc, char **argv,
			    struct br_error *err);
void collector_options_help(struct br_buf *out);

#endif
