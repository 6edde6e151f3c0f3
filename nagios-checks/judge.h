/*
 * judge.h - from a reading to a verdict, each judge about one thing.
 *
 * A judge begins a group, adds a line for whatever it looked at, and says what is well in
 * short. It never asks, reads no clock and no file: what it needs is in the case.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_JUDGE_H
#define BR_NAGIOS_CHECKS_JUDGE_H

#include "settings.h"

/* What the history in the store says; every pointer in it is lent. BR_E_ABSENT: it has none of
 * this, or too little. Any other failure: it cannot be read, and err says why. */
struct plugin_history {
	/* How long a supply lasts. */
	enum br_status (*forecast)(void *user, const char *supply, struct br_forecast *forecast,
				   struct br_error *err);
	/* Pages a day of late, in tenths. */
	enum br_status (*per_day)(void *user, int64_t *tenths, struct br_error *err);
	void *user;
};

struct plugin_case {
	const struct plugin_settings *settings;
	const struct br_reading *reading;
	const struct plugin_history *history; /* NULL: there is none */
	bool whole; /* all judges speak in this answer: each thing is said by one of them */
	bool cut;   /* the reading is partial because its time was up */
};

void plugin_judge_supplies(struct plugin_answer *answer, const struct plugin_case *about);
void plugin_judge_status(struct plugin_answer *answer, const struct plugin_case *about);
void plugin_judge_trays(struct plugin_answer *answer, const struct plugin_case *about);
void plugin_judge_pages(struct plugin_answer *answer, const struct plugin_case *about);
void plugin_judge_alive(struct plugin_answer *answer, const struct plugin_case *about);

/* The line of a judge that found nothing: UNKNOWN. Not of a partial reading, which may lack it
 * only because it did not come; plugin_judge says that. */
void plugin_silence(struct plugin_answer *answer, const struct plugin_case *about,
		    const char *sentence);

/* One check: its name as a program, what it is called, which judges speak. */
struct plugin_check {
	const char *name;    /* "check_printer_supplies" */
	const char *title;   /* "SUPPLIES" */
	const char *service; /* "printer-supplies": in passive results */
	const char *summary; /* for --help */
	unsigned check;      /* PLUGIN_SUPPLIES … */
	void (*judges[PLUGIN_MAX_GROUPS + 1])(struct plugin_answer *answer,
					      const struct plugin_case *about);
};

/* All of them, check_printer_all first; ends with a row without a name. */
extern const struct plugin_check plugin_checks[];

/* The judges of a check over one reading, and what a partial reading means. */
void plugin_judge(struct plugin_answer *answer, const struct plugin_check *check,
		  const struct plugin_case *about);

#endif
