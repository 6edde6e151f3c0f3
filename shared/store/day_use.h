/*
 * day_use.h - levels and page counts become days: what was used and printed on each.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_DAY_USE_H
#define BR_STORE_DAY_USE_H

#include "store/forecast.h"

#define BR_DAY         86400
#define BR_DAY_USE_MAX 400 /* days looked back */

struct br_day {
	double known; /* the part of the day of which the use is known, 0..1 */
	double percent, pages;
};

struct br_day_use {
	int64_t first; /* the day days[0] is, since 1970 in UTC */
	size_t n;
	struct br_day days[BR_DAY_USE_MAX];
	double grain;           /* the step in which the level is told */
	double rises, falls;    /* in sum, without swaps and refills */
	unsigned steps, runs;   /* falls seen from begin to end; cartridges */
	double stepped;         /* percent that those steps were in sum */
	bool has_pages;         /* days[].pages is of use */
	double level;           /* the lowest of this run: what the printer says now */
	double since_step;      /* what was used since it first said so, by the average */
	int64_t last, last_use; /* time of the last level; of the last fall */
};

/* False: there is no level at all. */
bool br_day_use(const struct br_forecast_history *history, struct br_day_use *out);

#endif
