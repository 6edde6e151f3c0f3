/*
 * forecast.c - see forecast.h.
 *
 * The days that were are drawn again as the days to come, some hundred times over, until the
 * supply is used up in each; what is reported are quantiles of that. Days are drawn in
 * stretches of about two weeks and by weekday, so weekends and holidays come as often as they
 * came. Each time the average is drawn too, as uncertain as the history is short.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/forecast.h"

#include "base/real.h"
#include "store/day_use.h"

#include <stdlib.h>

enum {
	DRAWS = 400,
	LOW = DRAWS / 10,
	HIGH = DRAWS - 1 - LOW,
	STRETCH_DAYS = 14, /* drawn together, on average */
	HALF_LIFE = 45,    /* days after which a day counts half */
	DAYS_LEAST = 10,
	USED_LEAST = 3,  /* percent */
	STEPS_LEAST = 2, /* of a coarse level; three of a fine one */
	FINE = 2,        /* the largest grain that is called fine */
	IDLE_MOST = 90,  /* days without any use */
	STALE_MOST = 30,
	WEEKS_MOST = BR_DAY_USE_MAX / 7 + 1,
};

/* Found with the back-test. */
static const double drift = 0.16, cover_drift = 0.11; /* no history tells all */
static const double likeness = 2.5;                   /* weeks are like the weeks before */
static const double step_doubt = 0.6; /* of a step, at the ends of what was seen */

struct draws {
	uint64_t state;
	const struct br_day_use *use;
	double sum[7][BR_DAY_USE_MAX / 7 + 2]; /* by weekday: weights, summed up */
	double total[7];
	size_t n[7];
	double cover, volume; /* how uncertain the averages are: percent a page, pages a day */
};

/* splitmix64: its numbers are the same everywhere. 0 <= it < 1. */
static double chance(struct draws *draws)
{
	uint64_t z = draws->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* Nearly normal, by sums alone. */
static double bell(struct draws *draws)
{
	double sum = 0;

	for (int i = 0; i < 12; i++)
		sum += chance(draws);
	return sum - 6;
}

static double weight_of(const struct br_day_use *use, size_t i)
{
	return br_exp(-0.6931471805599453 * (double)(use->n - 1 - i) / HALF_LIFE);
}

static bool is_known(const struct br_day *day)
{
	return day->known > 0.9;
}

static void weigh(struct draws *draws)
{
	const struct br_day_use *use = draws->use;

	for (unsigned weekday = 0; weekday < 7; weekday++) {
		double sum = 0;

		for (size_t i = weekday, k = 0; i < use->n; i += 7, k++) {
			sum += is_known(&use->days[i]) ? weight_of(use, i) : 0;
			draws->sum[weekday][k] = sum;
			draws->n[weekday] = k + 1;
		}
		draws->total[weekday] = sum;
	}
}

/* A day that was, on the same day of the week as index i would be; or the next that is known.
 */
static size_t draw_day(struct draws *draws, size_t i)
{
	unsigned weekday = (unsigned)(i % 7);
	const double *sum;
	size_t n, low = 0, high;
	double at;

	for (int k = 0; k < 7 && draws->total[weekday] <= 0; k++)
		weekday = (weekday + 1) % 7;
	sum = draws->sum[weekday];
	n = high = draws->n[weekday];
	at = chance(draws) * draws->total[weekday];

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (sum[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low < n ? low * 7 + weekday : 0;
}

/* Whole weeks, back from the end, that are known in most days. */
struct weeks {
	size_t n;
	double used[WEEKS_MOST], printed[WEEKS_MOST], weight[WEEKS_MOST];
	double sum, squares; /* of the weights */
	double mean_used, mean_printed;
};

static void add_week(struct weeks *weeks, const struct br_day_use *use, size_t end)
{
	double used = 0, printed = 0, known = 0, weight = weight_of(use, end - 1);

	for (size_t i = end - 7; i < end; i++) {
		if (!is_known(&use->days[i]))
			continue;
		known++;
		used += use->days[i].percent;
		printed += use->days[i].pages;
	}
	if (known < 5)
		return;
	weeks->used[weeks->n] = used / known * 7;
	weeks->printed[weeks->n] = printed / known * 7;
	weeks->weight[weeks->n++] = weight;
	weeks->sum += weight;
	weeks->squares += weight * weight;
	weeks->mean_used += weight * used / known * 7;
	weeks->mean_printed += weight * printed / known * 7;
}

static void gather_weeks(struct weeks *weeks, const struct br_day_use *use)
{
	*weeks = (struct weeks){0};
	for (size_t end = use->n; end >= 7; end -= 7)
		add_week(weeks, use, end);
	if (weeks->n == 0)
		return;
	weeks->mean_used /= weeks->sum;
	weeks->mean_printed /= weeks->sum;
}

/*
 * How far the true average may be from the one seen, as a share of it, by how the weeks differ
 * from it: from expected * ratio, where expected is 1 or what was printed.
 */
static double spread_of(const struct weeks *weeks, const double *values, const double *expected,
			double ratio)
{
	double n = weeks->sum * weeks->sum / weeks->squares, variance = 0, mean = 0;

	for (size_t i = 0; i < weeks->n; i++) {
		double want = ratio * (expected ? expected[i] : 1), off = values[i] - want;

		variance += weeks->weight[i] * off * off;
		mean += weeks->weight[i] * want;
	}
	if (!(mean > 0))
		return 0;
	variance /= weeks->sum;
	mean /= weeks->sum;
	return variance / (mean * mean) / n * likeness * (n + 2) / br_most(n - 0.9, 0.5);
}

static void settle_spreads(struct draws *draws, const struct weeks *weeks)
{
	const struct br_day_use *use = draws->use;
	double grain = step_doubt * use->grain / use->stepped;

	if (use->has_pages && weeks->mean_printed > 0) {
		draws->cover = spread_of(weeks, weeks->used, weeks->printed,
					 weeks->mean_used / weeks->mean_printed);
		draws->volume = spread_of(weeks, weeks->printed, NULL, weeks->mean_printed);
	} else {
		draws->volume = spread_of(weeks, weeks->used, NULL, weeks->mean_used);
	}
	draws->cover = br_sqrt(draws->cover + grain * grain + cover_drift * cover_drift);
	draws->volume = br_sqrt(draws->volume + drift * drift);
}

struct outcome {
	double days, pages;
};

/* One future, from the last level until nothing is left. */
static struct outcome live(struct draws *draws)
{
	const struct br_day_use *use = draws->use;
	double cover = br_exp(draws->cover * bell(draws)),
	       volume = br_exp(draws->volume * bell(draws));
	double left =
		br_most(use->level - br_least(use->since_step * cover, 0.9 * use->grain), 0);
	double part = 1 - (double)(use->last % BR_DAY) / BR_DAY; /* of the first day */
	struct outcome outcome = {0};
	size_t source = use->n, day = use->n - 1;

	for (; left > 0 && outcome.days < BR_FORECAST_DAYS_MOST + STALE_MOST; day++) {
		double used;

		if (source >= use->n || !is_known(&use->days[source]) ||
		    chance(draws) * STRETCH_DAYS < 1)
			source = draw_day(draws, day);
		used = use->days[source].percent * cover * volume * part;
		if (used >= left && used > 0) {
			outcome.days += part * left / used;
			outcome.pages += use->days[source].pages * volume * part * left / used;
			return outcome;
		}
		left -= used;
		outcome.days += part;
		outcome.pages += use->days[source].pages * volume * part;
		part = 1;
		source++;
	}
	return outcome;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static struct br_forecast_range range_of(double values[DRAWS])
{
	qsort(values, DRAWS, sizeof values[0], by_size);
	return (struct br_forecast_range){values[LOW], values[DRAWS / 2], values[HIGH]};
}

static double clamp_days(double days)
{
	return days < 0 ? 0 : days > BR_FORECAST_DAYS_MOST ? BR_FORECAST_DAYS_MOST : days;
}

static void draw_all(struct draws *draws, int64_t now, struct br_forecast *out)
{
	double days[DRAWS], pages[DRAWS];
	double since = (double)(now - draws->use->last) / BR_DAY;

	weigh(draws);
	for (size_t i = 0; i < DRAWS; i++) {
		struct outcome outcome = live(draws);

		days[i] = clamp_days(outcome.days - since);
		pages[i] = outcome.pages;
	}
	out->days = range_of(days);
	out->has_pages = draws->use->has_pages;
	if (out->has_pages)
		out->pages = range_of(pages);
}

static double known_days(const struct br_day_use *use)
{
	double days = 0;

	for (size_t i = 0; i < use->n; i++)
		days += use->days[i].known;
	return days;
}

/* Whether anything can be said; the first reason that is so. */
static enum br_forecast_why judge(const struct br_day_use *use, int64_t now)
{
	bool fine = use->grain <= FINE;
	double days = known_days(use);

	if (now - use->last > (int64_t)STALE_MOST * BR_DAY)
		return BR_FORECAST_STALE;
	if (use->rises > use->falls)
		return BR_FORECAST_RISING;
	if (use->n > IDLE_MOST && use->last - use->last_use > (int64_t)IDLE_MOST * BR_DAY)
		return BR_FORECAST_UNUSED;
	if (!fine && use->falls > 0 && (use->steps < STEPS_LEAST || days < DAYS_LEAST))
		return BR_FORECAST_COARSE;
	if (days < DAYS_LEAST || use->stepped < USED_LEAST ||
	    use->steps < STEPS_LEAST + (unsigned)fine)
		return BR_FORECAST_FEW;
	return BR_FORECAST_GIVEN;
}

void br_forecast(const struct br_forecast_history *history, struct br_forecast *out)
{
	struct br_day_use use;
	struct draws draws = {.state = 20261121, .use = &use};
	struct weeks weeks;

	*out = (struct br_forecast){.why = BR_FORECAST_FEW};
	if (!br_day_use(history, &use))
		return;
	out->why = judge(&use, history->now);
	if (out->why != BR_FORECAST_GIVEN)
		return;
	gather_weeks(&weeks, &use);
	if (!(weeks.mean_used > 0)) { /* all that was used is in days too little known */
		out->why = BR_FORECAST_FEW;
		return;
	}
	settle_spreads(&draws, &weeks);
	out->level = use.level;
	out->runs = use.runs;
	out->per_day = weeks.mean_used / 7;
	draw_all(&draws, history->now, out);
}

const char *br_forecast_reason(enum br_forecast_why why)
{
	static const char *const reasons[] = {
		[BR_FORECAST_GIVEN] = "",
		[BR_FORECAST_FEW] = "too few points",
		[BR_FORECAST_COARSE] = "coarse level",
		[BR_FORECAST_UNUSED] = "no use",
		[BR_FORECAST_RISING] = "rising",
		[BR_FORECAST_STALE] = "too old",
	};

	return why <= BR_FORECAST_STALE ? reasons[why] : "";
}
