/*
 * supplied.h - supplies as a printer told of them, written short, and the verdict on them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_NAGIOS_CHECKS_SUPPLIED_H
#define BR_TESTS_NAGIOS_CHECKS_SUPPLIED_H

#include "nagios-checks/options.h"

#define MEASURED BR_LEVEL_MEASURED
#define SOME     BR_LEVEL_SOME
#define FREE     BR_LEVEL_UNLIMITED
#define LOW      BR_SUPPLY_LOW
#define EMPTY    BR_SUPPLY_EMPTY
#define MISSING  BR_SUPPLY_MISSING
#define FILLED   BR_ROLE_FILLED

enum { WASTE = 4, OPC = 9 };

/* One row as it came out of the decoder; what is not given is consumed toner, and its state is
 * the level's. */
struct told {
	const char *id;
	int percent;
	enum br_level_kind kind;
	enum br_supply_state state;
	const char *witness, *description, *serial, *colorant;
	enum br_role role;
	int type;
};

#define AT(name, left, how) .id = name, .percent = left, .kind = how
#define SAID(what, by)      .state = what, .witness = by
#define TELLS_NONE          BR_LEVEL_UNKNOWN

struct row {
	const char *name;
	const char *options; /* "supply=toner-*=10:/5: days=14/7", by blanks */
	struct told supplies[5];
	struct {
		const char *part;
		int percent, pages; /* -1: not known; pages -2: there are none left */
	} care[2];
	struct {
		enum br_supply_state state;
		enum br_role role;
		const char *colorant, *witness;
	} hearsay[2];
	const char *verdict;
};

/* Judges each row of a table and compares the answer, to the letter: a line each, as "WARNING
 * toner-black 18 % [toner-black=18%;20:;10:]", and "= " with what is said where all is well. */
void supplied_judge(const struct row *row);
#define judge_all(rows)                                                    \
	do {                                                               \
		for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) \
			supplied_judge(&(rows)[i]);                        \
	} while (0)

/* The same of any reading. */
void supplied_judge_reading(const struct br_reading *reading, const char *options,
			    const char *verdict);

#endif
