/*
 * doctor.h - between the files of brayer doctor.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_DOCTOR_H
#define BR_CLI_DOCTOR_H

#include "screen.h"

enum doctor_verdict {
	DOCTOR_OK,
	DOCTOR_FAILED,
	DOCTOR_OPEN, /* it neither works nor fails: not permitted here, or no answer that tells
		      */
};

struct doctor {
	struct cli *cli;
	struct cli_look look;
	struct br_target target;
	char address[64]; /* numeric, once resolved */
};

/* One step, printed at once, and what to do about it. */
void doctor_step(struct doctor *doctor, enum doctor_verdict verdict, const char *name,
		 const char *format, ...) BR_FORMAT(4, 5);
void doctor_hint(struct doctor *doctor, const char *format, ...) BR_FORMAT(2, 3);

/* Name, route and ping. False where the name does not resolve or no route leads there. */
bool doctor_network(struct doctor *doctor);

/* Port, version, tables, maker, cost. Returns a cli_exit. */
int doctor_ask(struct doctor *doctor);

/* What a full conversation left behind, told step by step. Returns a cli_exit. */
int doctor_answers(struct doctor *doctor, const struct br_conversation *talk, int64_t took_ms);

#endif
