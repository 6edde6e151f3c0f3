/*
 * read.h - one run of brayer read: what was asked, and what has been shown so far.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_READ_H
#define BR_CLI_READ_H

#include "explain.h"
#include "targets.h"

struct run {
	struct cli *cli;
	const struct cli_targets *targets;
	struct cli_look look;
	struct cli_explain explain;
	bool watched;                        /* progress is told, on a terminal */
	size_t done, shown, failed, partial; /* done: targets; shown: readings */
};

/* A br_reading_fn: shows it. */
void run_take(void *user, const struct br_reading *reading);
void run_fail(struct run *run, const struct br_target *target, const struct br_error *err);
void run_tell_progress(const struct run *run, const char *target); /* NULL: wipe it */

/* Reads every UDP target of the run at once. False where the output cannot be written. */
bool read_many(struct run *run);

#endif
