/*
 * history.h - between the files of brayer history.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_HISTORY_H
#define BR_CLI_HISTORY_H

#include "stored.h"

struct history_break {
	enum br_break_kind kind;
	int64_t time, before, after;
	char name[BR_ID_SIZE + 8];
};

struct history {
	struct stored stored;
	struct stored_printer printer;
	int64_t since, until; /* until 0: to the end */
	int64_t resolution;   /* seconds; 0: as it is kept */
	struct stored_series series;
	struct stored_points points;
	struct history_break *breaks;
	size_t n_breaks, breaks_cap;
	bool full;
};

/* What there is of the printer. */
void history_list(struct history *history);

/* The points of history->series, as the options ask. */
void history_table(struct history *history);
void history_json(struct history *history);
void history_csv(struct history *history);
void history_draw(struct history *history, bool svg);

/* One line: "refilled or swapped: 5 to 100". */
void history_break_text(char *out, size_t size, const struct history_break *broke);

#endif
