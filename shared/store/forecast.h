/*
 * forecast.h - how long a supply lasts: days and pages, with an interval, or why nobody can
 * say.
 *
 * Pure: samples in, numbers out; no store, no clock, no chance (its draws come from a fixed
 * seed, so the same history gives the same answer on every machine). docs/FORECAST.md has the
 * method and how often it was right.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_FORECAST_H
#define BR_STORE_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One value at one moment, wall seconds. */
struct br_sample {
	int64_t time;
	double value;
};

/* What is known of one supply. Oldest first; what goes back in time is passed over. Lent. */
struct br_forecast_history {
	const struct br_sample *levels; /* percent remaining, or remaining room: low is bad */
	size_t n_levels;
	const struct br_sample *pages; /* a counter of pages; none: NULL and 0 */
	size_t n_pages;
	int64_t now;
};

enum br_forecast_why {
	BR_FORECAST_GIVEN = 0,
	BR_FORECAST_FEW,    /* too short a history, or hardly anything used in it */
	BR_FORECAST_COARSE, /* the printer tells its level in steps too large for that history
			     */
	BR_FORECAST_UNUSED, /* nothing was used for months */
	BR_FORECAST_RISING, /* it rises more than it falls: no level of what is left */
	BR_FORECAST_STALE,  /* the last level is too old to begin with */
};

/* No forecast looks farther; a value that reaches it means "that or more". */
#define BR_FORECAST_DAYS_MOST 1095

/* The middle of what may come, and the limits between which eight of ten outcomes lie. */
struct br_forecast_range {
	double low, middle, high;
};

struct br_forecast {
	enum br_forecast_why why;      /* all below is zero unless GIVEN */
	struct br_forecast_range days; /* from now until the level reads 0 */
	bool has_pages;
	struct br_forecast_range pages; /* from the last level until it reads 0 */
	double per_day;                 /* percent used on an average day of late */
	double level;                   /* the last one seen */
	unsigned runs;                  /* cartridges or fillings that taught it */
};

void br_forecast(const struct br_forecast_history *history, struct br_forecast *out);

/* "no use", "coarse level" …: two or three words for a table; "" for GIVEN. */
const char *br_forecast_reason(enum br_forecast_why why);

#endif
