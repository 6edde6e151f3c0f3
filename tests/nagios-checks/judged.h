/*
 * judged.h - what a printer answered, and what a judge makes of it, to the letter.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_NAGIOS_CHECKS_JUDGED_H
#define BR_TESTS_NAGIOS_CHECKS_JUDGED_H

#include "nagios-checks/judge.h"

typedef void judge_fn(struct plugin_answer *answer, const struct plugin_case *about);

struct judged {
	const char *name;
	/* By blanks: alert= ignore= include= exclude= tray= counter= (each again and again),
	 * trays=W/C pages=W/C per-day=W/C tray-low=STATE tray-empty=STATE tray-missing=STATE,
	 * manual, whole, history=TENTHS (or a dash: too short; or "damaged"). */
	const char *options;
	const char *answers; /* as tests/decode/bed.h reads them */
	/* A line each, as "WARNING tray-1 8 % [tray-1=8%;20:;]"; at last "= " and what is said
	 * where all is well. */
	const char *verdict;
};

void judged_check(judge_fn *judge, unsigned check, const struct judged *row);

#define JUDGE_ALL(judge, check, rows)                                      \
	do {                                                               \
		for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) \
			judged_check(judge, check, &(rows)[i]);            \
	} while (0)

/* The same of any reading. */
void judged_reading(judge_fn *judge, unsigned check, const struct br_reading *reading,
		    const char *options, const char *verdict);

/* The same of the first printer of a recording: "tests/recordings/hp_mono.snmprec". */
void judged_recording(judge_fn *judge, unsigned check, const char *file, const char *verdict);

#endif
