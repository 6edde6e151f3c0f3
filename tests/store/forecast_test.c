/*
 * forecast_test.c - single histories, one peculiarity each. How good the numbers are is for
 * backtest_test.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "store/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { DAY = 86400, MONDAY = 20003 * DAY };

/* A history in blocks of their exact size, so that a look behind them is seen. */
struct made {
	struct br_sample *levels, *pages;
	size_t n;
};

typedef double (*level_fn)(int day);

static struct made make(int days, level_fn level, int pages_a_day)
{
	struct made made = {calloc((size_t)days, sizeof *made.levels),
			    calloc((size_t)days, sizeof *made.pages), (size_t)days};

	for (int d = 0; made.levels && made.pages && d < days; d++) {
		int64_t time = MONDAY + (int64_t)d * DAY + DAY / 2;

		made.levels[d] = (struct br_sample){time, level(d)};
		made.pages[d] = (struct br_sample){time, 1000 + (double)d * pages_a_day};
	}
	return made;
}

static struct br_forecast ask(const struct made *made, bool pages, int64_t later)
{
	const struct br_forecast_history history = {
		.levels = made->levels,
		.n_levels = made->n,
		.pages = pages ? made->pages : NULL,
		.n_pages = pages ? made->n : 0,
		.now = MONDAY + (int64_t)made->n * DAY - DAY / 2 + later,
	};
	struct br_forecast out;

	memset(&out, 0x55, sizeof out);
	br_forecast(&history, &out);
	return out;
}

static void done(struct made *made)
{
	free(made->levels);
	free(made->pages);
}

static double falls_by_one(int day)
{
	return 90 - day;
}

static double falls_fast(int day)
{
	return 95 - day * 8 % 96;
}

static double still(int day)
{
	(void)day;
	return 40;
}

static double rises(int day)
{
	return 2 + day;
}

static double fills_and_is_emptied(int day)
{
	return day % 50 * 2;
}

static double one_step(int day)
{
	return day < 20 ? 80 : 70;
}

static double two_steps_soon(int day)
{
	return day < 5 ? 80 : day < 40 ? 70 : 60;
}

static double used_up(int day)
{
	return day < 60 ? 60 - day : 0;
}

static double stopped_long_ago(int day)
{
	return day < 50 ? 90 - day : 40;
}

static double trembles(int day)
{
	return 90 - day + (day % 2 ? 1 : 0);
}

static double out_for_a_moment(int day)
{
	return 90 - day;
}

TEST(reasons)
{
	static const struct {
		const char *name;
		int days;
		level_fn level;
		bool pages;
		int64_t later;
		enum br_forecast_why why;
	} cases[] = {
		{"steady", 40, falls_by_one, false, 0, BR_FORECAST_GIVEN},
		{"steady with pages", 40, falls_by_one, true, 0, BR_FORECAST_GIVEN},
		{"trembles", 40, trembles, false, 0, BR_FORECAST_GIVEN},
		{"swaps", 40, falls_fast, true, 0, BR_FORECAST_GIVEN},
		{"used up", 80, used_up, true, 0, BR_FORECAST_GIVEN},
		{"one level", 1, falls_by_one, false, 0, BR_FORECAST_FEW},
		{"a week", 7, falls_by_one, true, 0, BR_FORECAST_FEW},
		{"nothing used", 30, still, true, 0, BR_FORECAST_FEW},
		{"nothing used for months", 120, still, true, 0, BR_FORECAST_UNUSED},
		{"used, but long ago", 180, stopped_long_ago, true, 0, BR_FORECAST_UNUSED},
		{"rises", 40, rises, true, 0, BR_FORECAST_RISING},
		{"fills and is emptied", 120, fills_and_is_emptied, true, 0,
		 BR_FORECAST_RISING},
		{"one step of ten", 60, one_step, false, 0, BR_FORECAST_COARSE},
		{"two steps of ten, one whole", 60, two_steps_soon, false, 0,
		 BR_FORECAST_COARSE},
		{"a week old", 40, falls_by_one, false, 7 * DAY, BR_FORECAST_GIVEN},
		{"months old", 40, falls_by_one, false, 60 * DAY, BR_FORECAST_STALE},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct made made = make(cases[i].days, cases[i].level, 20);
		struct br_forecast out;

		check_case(cases[i].name);
		out = ask(&made, cases[i].pages, cases[i].later);
		CHECK_STR(br_forecast_reason(out.why), br_forecast_reason(cases[i].why));
		if (cases[i].why != BR_FORECAST_GIVEN)
			CHECK(out.days.high == 0 && !out.has_pages && out.runs == 0);
		else
			CHECK(out.days.low <= out.days.middle &&
			      out.days.middle <= out.days.high);
		done(&made);
	}
}

static bool near(double got, double want, double by)
{
	if (fabs(got - want) <= by)
		return true;
	check_failed(__FILE__, __LINE__, "%.1f is not %.1f within %.1f", got, want, by);
	return false;
}

TEST(a_steady_printer)
{
	struct made made = make(40, falls_by_one, 20);
	struct br_forecast out = ask(&made, true, 0);

	CHECK(near(out.level, 51, 0.01));
	CHECK(near(out.per_day, 1, 0.05));
	CHECK(near(out.days.middle, 51, 5));
	CHECK(out.days.low > 25 && out.days.high < 90);
	CHECK(out.has_pages && near(out.pages.middle, 51 * 20, 100));
	CHECK_INT(out.runs, 1);
	check_case("time that went by since is taken off");
	CHECK(near(ask(&made, true, 10 * DAY).days.middle, out.days.middle - 10, 0.5));
	check_case("the same again");
	CHECK(ask(&made, true, 0).days.high == out.days.high);
	done(&made);
}

TEST(noise_is_neither_use_nor_a_swap)
{
	struct made made = make(40, trembles, 20);
	struct br_forecast out = ask(&made, true, 0);

	CHECK_INT(out.runs, 1);
	CHECK(near(out.per_day, 1, 0.1));
	CHECK(near(out.days.middle, 51, 6));
	done(&made);
}

TEST(used_up_is_no_day_left)
{
	struct made made = make(70, used_up, 20);
	struct br_forecast out = ask(&made, true, 0);

	CHECK(out.days.high == 0 && out.pages.high == 0);
	done(&made);
}

TEST(earlier_cartridges_teach_a_new_one)
{
	struct made made = make(26, falls_fast, 100); /* the third, two days old */
	struct br_forecast out = ask(&made, true, 0);

	CHECK_INT(out.runs, 3);
	CHECK(near(out.per_day, 8, 1.5));
	done(&made);
}

TEST(a_cartridge_out_for_a_moment_is_no_swap)
{
	struct made made = make(40, out_for_a_moment, 20);
	struct made more = make(42, out_for_a_moment, 20);

	/* On day 20: away for an hour. */
	memmove(more.levels, made.levels, 21 * sizeof *made.levels);
	more.levels[21] = (struct br_sample){made.levels[20].time + 60, 0};
	more.levels[22] = (struct br_sample){made.levels[20].time + 3660, 70};
	memmove(more.levels + 23, made.levels + 21, 19 * sizeof *made.levels);
	free(more.pages);
	more.pages = calloc(1, sizeof *more.pages);
	CHECK_INT(ask(&more, false, 0).runs, 1);
	CHECK(near(ask(&more, false, -2 * DAY).per_day, 1, 0.1));
	done(&made);
	done(&more);
}

TEST(a_counter_that_falls_or_leaps_is_not_believed)
{
	struct made made = make(40, falls_by_one, 20);
	double before = ask(&made, true, 0).pages.middle;

	for (size_t i = 20; i < 40; i++)
		made.pages[i].value -= 1300; /* a new board */
	CHECK(near(ask(&made, true, 0).pages.middle, before, before / 10));
	check_case("leaps");
	for (size_t i = 20; i < 40; i++)
		made.pages[i].value += 1e9;
	CHECK(near(ask(&made, true, 0).pages.middle, before, before / 10));
	check_case("came late");
	for (size_t i = 0; i < 40; i++)
		made.pages[i] =
			(struct br_sample){MONDAY + (int64_t)(i + 700) * DAY / 20, (double)i};
	CHECK(!ask(&made, true, 0).has_pages);
	check_case("never counts");
	for (size_t i = 0; i < 40; i++)
		made.pages[i].value = 5;
	CHECK(!ask(&made, true, 0).has_pages);
	done(&made);
}

/* What a damaged store may hold: it must end, and say no nonsense. */
TEST(nonsense)
{
	struct br_sample odd[] = {
		{INT64_MIN, 50},       {-1, 50},          {MONDAY, NAN},
		{MONDAY, 1e300},       {MONDAY, -3},      {MONDAY + DAY, 50},
		{MONDAY, 40},          {MONDAY + DAY, 9}, {MONDAY + 2 * DAY, INFINITY},
		{MONDAY + 3 * DAY, 2}, {INT64_MAX, 1},    {INT64_MAX, 99},
	};
	const struct br_forecast_history histories[] = {
		{.now = MONDAY},
		{odd, COUNT(odd), odd, COUNT(odd), MONDAY + 4 * DAY},
		{odd, COUNT(odd), odd, COUNT(odd), INT64_MAX},
		{odd, COUNT(odd), odd, COUNT(odd), 0},
		{odd, COUNT(odd), NULL, 0, INT64_MIN},
	};

	for (size_t i = 0; i < COUNT(histories); i++) {
		struct br_forecast out;

		br_forecast(&histories[i], &out);
		CHECK(out.why != BR_FORECAST_GIVEN);
	}
	for (unsigned seed = 1; seed < 300; seed++) {
		struct br_sample *wild = calloc(60, sizeof *wild);
		struct br_forecast_history history = {wild, 60, wild, 60, MONDAY + 90 * DAY};
		struct br_forecast out;
		unsigned state = seed;

		for (int k = 0; wild && k < 60; k++) {
			state = state * 1103515245u + 12345u;
			wild[k].time = MONDAY + (int64_t)k * DAY * 3 / 2 +
				       (int64_t)(state >> 8) % 100000;
			wild[k].value = state >> 16 & 127;
		}
		br_forecast(&history, &out);
		CHECK(isfinite(out.days.high) && out.days.low >= 0 &&
		      out.days.low <= out.days.middle && out.days.middle <= out.days.high &&
		      out.days.high <= BR_FORECAST_DAYS_MOST);
		CHECK(isfinite(out.pages.high) && out.pages.low >= 0);
		free(wild);
	}
}
