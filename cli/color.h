/*
 * color.h - how the output may look: colours, block characters, UTF-8; and text painted so.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_COLOR_H
#define BR_CLI_COLOR_H

#include "cli.h"

struct cli_look {
	bool color; /* escape sequences */
	bool utf8;  /* the reader's terminal or file is UTF-8; otherwise ASCII, '?' for the rest
		     */
	bool blocks; /* bars of block characters; needs utf8 */
};

enum cli_style {
	CLI_PLAIN = 0,
	CLI_BOLD,
	CLI_DIM,
	CLI_GOOD,
	CLI_WARN,
	CLI_BAD,
	CLI_CYAN,
	CLI_MAGENTA,
	CLI_YELLOW,
	CLI_GRAY,
};

/*
 * By --color, NO_COLOR, TERM, the locale's variables and whether stdout is a terminal. False:
 * the option's value is none (told).
 */
bool cli_look_settle(struct cli *cli, struct cli_look *look);

/* What the locale's variables say of the reader's characters. */
bool cli_is_utf8(const struct cli_environment *environment);

/* Begins and ends a style; nothing where there are no colours. */
void cli_style_on(struct br_buf *out, const struct cli_look *look, enum cli_style style);
void cli_style_off(struct br_buf *out, const struct cli_look *look, enum cli_style style);

/* The style of a colorant by its name ("light-cyan"), for its bar. */
enum cli_style cli_style_of_colorant(const char *colorant);
enum cli_style cli_style_of_severity(enum br_severity severity);

/* A bar of cells characters; brackets stand around it where it is made of ASCII. */
void cli_bar(struct br_buf *out, const struct cli_look *look, unsigned percent, unsigned cells,
	     enum cli_style style);

#endif
