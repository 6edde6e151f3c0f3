/*
 * targets.h - the targets of one run: operands, "-" for stdin, and --targets FILE.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_TARGETS_H
#define BR_CLI_TARGETS_H

#include "cli.h"

struct cli_targets {
	size_t n;
	struct br_buf texts; /* each terminated, one behind the other */
};

/*
 * Gathers and checks them all, so that a mistake in the last is told before the first is asked.
 * A file has one target a line; blank lines and lines that begin with '#' are passed over.
 * Returns 0 or CLI_USAGE (told). Clear it in either case.
 */
int cli_targets_gather(struct cli *cli, struct cli_targets *targets, int argc, char **argv);
void cli_targets_clear(struct cli_targets *targets);

/* Tells that this operand is no target, and why. Returns CLI_USAGE. */
int cli_target_usage(struct cli *cli, const char *text, const struct br_error *err);

/* Takes the next one; *at begins as 0. False at the end. The port of the profile is settled. */
bool cli_targets_next(const struct cli *cli, const struct cli_targets *targets, size_t *at,
		      struct br_target *target);

/* What went wrong with a target, without its own name in front, for "brayer: TARGET: sentence".
 */
const char *cli_target_sentence(const struct br_target *target, const struct br_error *err);

#endif
