/*
 * backtest_test.c - the forecast against simulated printers whose future is known.
 *
 * The figures of docs/FORECAST.md: BRAYER_BACKTEST=1 backtest_test. The bounds are on how often
 * the truth lay in the interval, so a forecast that is too sure of itself fails here, and so
 * does one that hides behind wide limits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "store/forecast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	PRINTERS = 60,
	BEGIN_DAY = 20000, /* a Tuesday of 2024 */
	PAST = 370,
	FUTURE = 1200,
	DAYS = PAST + FUTURE,
	POLLS = 6, /* a day, from 06 to 22 o'clock */
	MOMENTS = 5,
};

enum rounding { UP, DOWN, NEAREST };

struct shape {
	const char *name;
	double days;    /* that a cartridge lasts, on average */
	double spread;  /* of a day's pages */
	double wander;  /* of the pace from week to week, slow */
	double weekend; /* share of a working day */
	double grain;   /* step of the level */
	enum rounding rounding;
	double swap_at;     /* percent */
	double idle_a_year; /* stretches of 5 to 21 days without use */
	double burst;       /* share of days on which nearly all is printed; 0: all */
	double noise;       /* how often a level is told one step too high */
	double refill;      /* a filling comes at any level and is not full */
	double gap;         /* how often nobody asked for ten days, in a year */
	bool pages, resets;
	/* What must come of it. */
	double least, most; /* share of truths inside */
};

/* clang-format off */
static const struct shape shapes[] = {
	/* name                   days sprd wander wkend grain round  swap idle burst noise refill gap pages  resets  least most */
	{"office",                  60, .4, .20,  .05,  1, UP,         5,  0,   0,   0,   0,   0, true,  false, .70, .92},
	{"office, no counter",      60, .4, .20,  .05,  1, UP,         5,  0,   0,   0,   0,   0, false, false, .70, .92},
	{"office, steps of 10",     60, .4, .20,  .05, 10, UP,         5,  0,   0,   0,   0,   0, true,  false, .70, .92},
	{"steps of 10, no counter", 60, .4, .20,  .05, 10, DOWN,       5,  0,   0,   0,   0,   0, false, false, .70, .94},
	{"steps of 25",             45, .4, .20,  .05, 25, NEAREST,   12,  0,   0,   0,   0,   0, true,  false, .68, .95},
	{"idle weeks",              60, .4, .20,  .05,  1, UP,         5,  5,   0,   0,   0,   0, true,  false, .70, .92},
	{"idle weeks, steps of 10", 60, .4, .20,  .05, 10, UP,         5,  5,   0,   0,   0,   0, true,  false, .70, .92},
	{"bursts",                  60, .5, .20,  .3,   1, UP,         5,  1, .08,   0,   0,   0, true,  false, .70, .92},
	{"noisy gauge",             60, .4, .20,  .05,  1, NEAREST,    5,  1,   0,  .2,   0,   0, true,  false, .70, .92},
	{"tank, refilled",          90, .5, .20,  .3,   1, NEAREST,   10,  1,   0,   0,  .5,   0, true,  false, .70, .92},
	{"changed early",           60, .4, .20,  .05,  1, UP,        25,  1,   0,   0,   0,   0, true,  false, .70, .92},
	{"counter resets",          60, .4, .20,  .05,  1, UP,         5,  1,   0,   0,   0,   0, true,  true,  .70, .92},
	{"nobody asked",            60, .4, .20,  .05,  1, UP,         5,  1,   0,   0,   0,   6, true,  false, .70, .92},
	{"busy",                     9, .4, .20,  .2,   1, UP,         2,  1,   0,   0,   0,   0, true,  false, .70, .94},
	{"slow",                   400, .9, .25,  .3,   1, UP,         5,  3,   0,   0,   0,   0, true,  false, .68, .94},
	{"slow, steps of 10",      400, .9, .25,  .3,  10, UP,         5,  3,   0,   0,   0,   0, true,  false, .66, .96},
	{"wandering pace",          60, .4, .45,  .05,  1, UP,         5,  2,   0,   0,   0,   0, true,  false, .60, .90},
};
/* clang-format on */

/* Its own generator: what random(3) gives is not the same everywhere. */
static uint64_t state;

static double uniform(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static double normal(void)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += uniform();
	return sum;
}

/* A printer: what it prints and uses on each day, whatever cartridge is in it. */
struct life {
	double pages[DAYS], percent[DAYS];
};

static void imagine(const struct shape *shape, struct life *life)
{
	double working = 5 + 2 * shape->weekend, pace = shape->wander * normal(), cover = 0;
	double a_day = 100 / shape->days * 7 / working, per_page = 0.01 * exp(0.5 * normal());
	int idle = 0;

	for (int d = 0; d < DAYS; d++) {
		int weekday = (BEGIN_DAY + d + 4) % 7; /* 0: Sunday */
		double used = a_day * (weekday % 6 ? 1 : shape->weekend);

		if (weekday == 0)
			pace = 0.9 * pace + 0.436 * shape->wander * normal();
		if (idle == 0 && uniform() < shape->idle_a_year / 365)
			idle = 5 + (int)(uniform() * 17);
		if (idle > 0)
			idle--;
		if (shape->burst > 0)
			used *= uniform() < shape->burst ? 0.9 / shape->burst : 0.1;
		cover = 0.8 * cover + 0.15 * normal(); /* how black the pages are */
		used *= idle ? 0 : exp(pace + shape->spread * normal());
		life->pages[d] = floor(used / per_page);
		life->percent[d] = life->pages[d] * per_page * exp(cover);
	}
}

/* What a level is told as. */
static double told(const struct shape *shape, double level)
{
	double steps = level / shape->grain;

	steps = shape->rounding == UP     ? ceil(steps)
		: shape->rounding == DOWN ? floor(steps)
					  : floor(steps + 0.5);
	return fmin(fmax(steps * shape->grain, 0), 100);
}

struct past {
	struct br_sample levels[PAST * POLLS], pages[PAST * POLLS];
	size_t n;
	double real[PAST * POLLS], yield[PAST * POLLS]; /* the level that no one sees */
};

static double new_level(const struct shape *shape, double level)
{
	return shape->refill > 0 ? fmin(100, level + 40 + 60 * uniform()) : 100;
}

/* What a collector would have seen of the first days of it. */
static void watch(const struct shape *shape, const struct life *life, struct past *past)
{
	double level = 20 + 80 * uniform(), counter = floor(uniform() * 50000);
	double yield = exp(0.1 * normal());
	int away = 0;

	past->n = 0;
	for (int d = 0; d < PAST; d++) {
		if (uniform() < shape->gap / 365)
			away = 10;
		away -= away > 0;
		if (shape->resets && uniform() < 4.0 / 365)
			counter = 0;
		if (told(shape, level) <= shape->swap_at ||
		    (shape->refill > 0 && level < 60 && uniform() < 0.01)) {
			level = new_level(shape, level);
			yield = exp(0.1 * normal());
		}
		for (int k = 0; k < POLLS; k++) {
			int64_t time = (BEGIN_DAY + (int64_t)d) * 86400 + (6 + 3 * k) * 3600;
			double noise = uniform() < shape->noise ? shape->grain : 0;

			level = fmax(0,
				     level - (k ? life->percent[d] / yield / (POLLS - 1) : 0));
			counter += k ? life->pages[d] / (POLLS - 1) : 0;
			if (away)
				continue;
			past->real[past->n] = level;
			past->yield[past->n] = yield;
			past->levels[past->n] =
				(struct br_sample){time, fmin(told(shape, level) + noise, 100)};
			past->pages[past->n++] = (struct br_sample){time, floor(counter)};
		}
	}
}

struct truth {
	double days, pages;
};

/* When the level would be told as 0, were the cartridge left in. */
static struct truth foresee(const struct shape *shape, const struct life *life,
			    const struct past *past, size_t at)
{
	double level = past->real[at], yield = past->yield[at], pages = 0;
	int64_t now = past->levels[at].time;
	int d = (int)(now / 86400 - BEGIN_DAY), k = (int)(now % 86400 / 3600 - 6) / 3 + 1;

	for (; d < DAYS; d++, k = 0)
		for (; k < POLLS; k++) {
			int64_t time = (BEGIN_DAY + (int64_t)d) * 86400 + (6 + 3 * k) * 3600;

			level -= k ? life->percent[d] / yield / (POLLS - 1) : 0;
			pages += k ? life->pages[d] / (POLLS - 1) : 0;
			if (level <= 0 || told(shape, level) <= 0)
				return (struct truth){(double)(time - now) / 86400, pages};
		}
	return (struct truth){BR_FORECAST_DAYS_MOST, pages};
}

struct score {
	int printer;
	unsigned asked, given, days_in, paged, pages_in;
	unsigned at_given[MOMENTS], at_in[MOMENTS]; /* by the length of the history */
	size_t n;
	double error[PRINTERS * MOMENTS], page_error[PRINTERS * MOMENTS],
		truth[PRINTERS * MOMENTS], width[PRINTERS * MOMENTS], line[PRINTERS * MOMENTS];
};

static bool is_in(double value, struct br_forecast_range range)
{
	return value >= range.low && value <= range.high;
}

static const int moments[MOMENTS] = {30, 61, 122, 243, 367};

/* The index of a sample about so many days after the first, on any weekday, at any hour. */
static size_t moment_of(const struct past *past, int moment, int printer)
{
	int64_t time = (BEGIN_DAY + (int64_t)moments[moment] - printer % 7) * 86400;
	size_t at = 0;

	while (at + 1 < past->n && past->levels[at + 1].time < time)
		at++;
	return at - (size_t)(printer % POLLS);
}

/* What many tools do: a straight line from the last rise to now, for comparison. */
static double straight_line(const struct past *past, size_t at)
{
	size_t from = at;
	double used, days;

	while (from > 0 && past->levels[from - 1].value >= past->levels[from].value)
		from--;
	used = past->levels[from].value - past->levels[at].value;
	days = (double)(past->levels[at].time - past->levels[from].time) / 86400;
	return used > 0 ? fmin(past->levels[at].value / used * days, BR_FORECAST_DAYS_MOST)
			: BR_FORECAST_DAYS_MOST;
}

static void judge(struct score *score, const struct shape *shape, const struct life *life,
		  const struct past *past, int moment)
{
	size_t at = moment_of(past, moment, score->printer);
	const struct br_forecast_history history = {
		.levels = past->levels,
		.n_levels = at + 1,
		.pages = shape->pages ? past->pages : NULL,
		.n_pages = shape->pages ? at + 1 : 0,
		.now = past->levels[at].time,
	};
	struct br_forecast forecast;
	struct truth truth = foresee(shape, life, past, at);

	br_forecast(&history, &forecast);
	score->asked++;
	if (forecast.why != BR_FORECAST_GIVEN)
		return;
	score->given++;
	truth.days = fmin(truth.days, BR_FORECAST_DAYS_MOST);
	score->at_given[moment]++;
	score->at_in[moment] += is_in(truth.days, forecast.days);
	score->days_in += is_in(truth.days, forecast.days);
	score->line[score->n] = fabs(truth.days - straight_line(past, at));
	score->error[score->n] = fabs(truth.days - forecast.days.middle);
	score->width[score->n] = forecast.days.high - forecast.days.low;
	score->truth[score->n] = truth.days;
	if (forecast.has_pages) {
		score->page_error[score->paged++] =
			fabs(truth.pages - forecast.pages.middle) / fmax(truth.pages, 1);
		score->pages_in += is_in(truth.pages, forecast.pages);
	}
	score->n++;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values, size_t n)
{
	if (n == 0)
		return 0;
	qsort(values, n, sizeof *values, by_size);
	return values[n / 2];
}

static void run(const struct shape *shape, struct score *score, struct life *life,
		struct past *past)
{
	memset(score, 0, sizeof *score);
	state = 11; /* the constants of forecast.c were chosen with another */
	for (int p = 0; p < PRINTERS; p++) {
		imagine(shape, life);
		watch(shape, life, past);
		score->printer = p;
		for (int m = 0; m < MOMENTS; m++)
			judge(score, shape, life, past, m);
	}
}

static double share(unsigned part, unsigned whole)
{
	return whole ? (double)part / whole : 0;
}

static void report(const struct shape *shape, struct score *score)
{
	printf("| %-24s | %3.0f %% | %3.0f %% | %5.1f | %5.1f | %5.1f | %5.1f |", shape->name,
	       100 * share(score->given, score->asked),
	       100 * share(score->days_in, score->given), median(score->truth, score->n),
	       median(score->error, score->n), median(score->line, score->n),
	       median(score->width, score->n));
	if (score->paged)
		printf(" %3.0f %% | %3.0f %% |\n", 100 * share(score->pages_in, score->paged),
		       100 * median(score->page_error, score->paged));
	else
		printf("       |       |\n");
}

static void add(struct score *all, const struct score *score)
{
	all->asked += score->asked;
	all->given += score->given;
	all->days_in += score->days_in;
	all->paged += score->paged;
	all->pages_in += score->pages_in;
	for (int m = 0; m < MOMENTS; m++) {
		all->at_given[m] += score->at_given[m];
		all->at_in[m] += score->at_in[m];
	}
}

static void report_all(const struct score *all)
{
	printf("%u forecasts of %u asked: %.1f %% of the days inside, %.1f %% of the pages\n",
	       all->given, all->asked, 100 * share(all->days_in, all->given),
	       100 * share(all->pages_in, all->paged));
	for (int m = 0; m < MOMENTS; m++)
		printf("after %3d days: %.0f %% given, %.0f %% inside\n", moments[m],
		       100 * share(all->at_given[m], all->asked / MOMENTS),
		       100 * share(all->at_in[m], all->at_given[m]));
}

TEST(truth_lies_in_the_interval_as_often_as_it_says)
{
	const char *wanted = getenv("BRAYER_BACKTEST");
	struct score *score = malloc(sizeof *score);
	struct life *life = malloc(sizeof *life);
	struct past *past = malloc(sizeof *past);
	struct score all = {0};

	for (size_t i = 0; score && life && past && i < COUNT(shapes); i++) {
		const struct shape *shape = &shapes[i];
		double covered;

		check_case(shape->name);
		run(shape, score, life, past);
		covered = share(score->days_in, score->given);
		CHECK(covered >= shape->least);
		CHECK(covered <= shape->most);
		add(&all, score);
		if (wanted)
			report(shape, score);
	}
	check_case("all");
	CHECK(share(all.days_in, all.given) >= 0.76);
	CHECK(share(all.days_in, all.given) <= 0.86);
	CHECK(share(all.pages_in, all.paged) >= 0.74);
	CHECK(share(all.pages_in, all.paged) <= 0.88);
	if (wanted)
		report_all(&all);
	free(score);
	free(life);
	free(past);
}
