/*
 * options.h - the one table of options: what is parsed, what help prints, what the manual
 * lists.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_OPTIONS_H
#define BR_CLI_OPTIONS_H

#include "cli.h"

/* Which commands take an option. */
enum {
	CLI_TOP = 1 << 0, /* brayer itself, before any command */
	CLI_READ = 1 << 1,
	CLI_WALK = 1 << 2,
	CLI_MAKERS = 1 << 3,
	CLI_DOCTOR = 1 << 4,
	CLI_DISCOVER = 1 << 5,
	CLI_STATUS = 1 << 8,
	CLI_HISTORY = 1 << 9,
	CLI_FORECAST = 1 << 10,
	CLI_STORED = CLI_STATUS | CLI_HISTORY | CLI_FORECAST,
	CLI_ASKING = CLI_READ | CLI_WALK | CLI_DOCTOR,
	CLI_CONFIGURED = CLI_ASKING | CLI_DISCOVER | CLI_MAKERS | CLI_STORED,
	CLI_EVERY = CLI_TOP | CLI_CONFIGURED,
};

struct cli_option {
	const char *name;  /* without "--" */
	char letter;       /* short form; 0: none */
	const char *value; /* what a person calls the value; NULL: it takes none; with "..."
			      it may be given again, and goes to a struct cli_list */
	unsigned commands;
	size_t at; /* offset in struct cli_given: of a bool, a const char * or a cli_list */
	const char *help;
};

extern const struct cli_option cli_options[];
extern const size_t cli_options_count;

/*
 * Takes the options of a command out of argv into cli->given; what is left are operands, in
 * their order, NULL behind the last. "--" ends the options. A mistake is told and -1 returned,
 * else the number of operands.
 */
int cli_options_take(struct cli *cli, unsigned command, int argc, char **argv);

/* One line for each option of a command. */
void cli_options_help(struct br_buf *out, unsigned command);

#endif
