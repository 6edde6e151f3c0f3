/*
 * answer.h - what a check found, before it is written: groups of lines, and their measurements.
 *
 * A group is what one judge looked at (supplies, status, trays, pages). A check about one thing
 * has one group; check_printer_all has them all. Nothing here allocates or fails: what does not
 * fit is counted and the answer says so. Text may be whatever a printer said: the writer cleans
 * it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_ANSWER_H
#define BR_NAGIOS_CHECKS_ANSWER_H

#include "range.h"

#define PLUGIN_MAX_GROUPS     4
#define PLUGIN_MAX_LINES      256
#define PLUGIN_MAX_PERF       192
#define PLUGIN_LABEL_SIZE     33 /* nagflux cuts behind 32 */
#define PLUGIN_DIAGNOSIS_MOST ((size_t)256 << 10)

/*
 * One measurement. value counts in tenths, hundredths … as decimals says: 125 with 1 is 12.5.
 * Written label=value[unit];[warning];[critical], with the ranges as they were given and
 * without semicolons at the end: a label needs no quotes, and nothing here has a minimum or
 * maximum that its unit does not say.
 */
struct plugin_perf {
	char label[PLUGIN_LABEL_SIZE];
	uint32_t stem,
		whole; /* hashes of the label as it was given: its first 19, and all of it */
	bool known;    /* else it only has its label: see plugin_perf_settle */
	int64_t value;
	unsigned decimals; /* at most 18 */
	const char *unit;  /* "", "%" or "c" */
	struct plugin_thresholds thresholds;
};

struct plugin_line {
	enum plugin_state state;
	char text[200]; /* "toner-black 8 %" */
	size_t first_perf, n_perf;
};

struct plugin_group {
	const char *name; /* "supplies"; a literal */
	char well[120];   /* what it says in short where all is well: "6 supplies, lowest
			     toner-cyan 42 %" */
	size_t first, n;  /* its lines */
	enum plugin_state left_out; /* the worst of its lines that did not fit */
};

struct plugin_answer {
	const char *title; /* "SUPPLIES"; a literal */
	char remark[160];  /* behind the first line: "read 7 min ago, by the collector" */
	bool failed;       /* nothing was judged: state and sentence are all there is */
	enum plugin_state state;
	char sentence[360];
	size_t n_groups, n_lines, n_perf;
	size_t n_left_out, n_perf_left_out; /* lines and measurements that did not fit */
	bool last_left_out; /* the last line did not, so its measurements go too */
	struct plugin_group groups[PLUGIN_MAX_GROUPS];
	struct plugin_line lines[PLUGIN_MAX_LINES];
	struct plugin_perf perf[PLUGIN_MAX_PERF];
	struct br_buf diagnosis; /* lines, for -vvv alone (diagnosis.h): the one thing that
				    allocates */
};

/* Does not touch the whole, so it is cheap. */
void plugin_answer_init(struct plugin_answer *answer, const char *title);
void plugin_answer_begin(struct plugin_answer *answer, const char *title); /* anew; the
									      diagnosis
									      stays */
void plugin_answer_clear(struct plugin_answer *answer);

/* The lines that follow are of this group. Beyond the last that fits, it is the last. */
struct plugin_group *plugin_group(struct plugin_answer *answer, const char *name);

/* A line of the last group. One that does not fit counts for the state all the same. */
void plugin_line(struct plugin_answer *answer, enum plugin_state state, const char *format, ...)
	BR_FORMAT(3, 4);

/*
 * A measurement of the last line. The label is what it is called on every run: made plain
 * (letters, digits, '-', '_', '.'), at most 32 characters, and unlike every other one within
 * the first 19. One that is too long ends in a hash of it; where two are alike, both become 14
 * characters and a hash, so that it does not matter which of them came first. Thresholds may be
 * NULL.
 */
void plugin_perf(struct plugin_answer *answer, const char *label, struct br_number value,
		 unsigned decimals, const char *unit,
		 const struct plugin_thresholds *thresholds);

/*
 * When all is judged: takes out what is not known (the old guidelines write U, which Icinga and
 * PNP4Nagios stumble over and the current ones do not have), or all. Labels were made unlike
 * before that, so they do not depend on what is known today.
 */
void plugin_perf_settle(struct plugin_answer *answer, bool all);

/* Instead of any verdict. */
void plugin_fail(struct plugin_answer *answer, enum plugin_state state, const char *format, ...)
	BR_FORMAT(3, 4);

/* The worst of a group, and of all. Where nothing was looked at at all: UNKNOWN. */
enum plugin_state plugin_group_state(const struct plugin_answer *answer,
				     const struct plugin_group *group);
enum plugin_state plugin_answer_state(const struct plugin_answer *answer);

#endif
