/*
 * outlook.c - the series of one printer, as the forecast takes them; and its pages a day.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/outlook.h"

#include "model/reading.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 16 octets each. A store with the usual fineness has about ten thousand in a series. */
#define SAMPLES_MOST (1u << 20)

enum { DAY = 86400, LOOK_BACK_DAYS = 401, LEVELS_MOST = 256, NAME_SIZE = BR_ID_SIZE + 8 };

struct samples {
	struct br_sample *at;
	size_t n, cap;
	enum br_status status;
};

struct level {
	int64_t series;
	char name[NAME_SIZE];
};

struct br_outlook {
	struct br_reader *reader;
	int64_t printer, now;
	struct level *levels;
	size_t n_levels, cap;
	size_t counter; /* which of the counters; COUNT(counters): none */
	int64_t counter_series;
	struct samples pages; /* of the counter, once a forecast needed them */
	bool has_pages;
	enum br_status status; /* of the listing */
};

/* What pages are counted by: the first of these that there is. */
static const char *const counters[] = {"total", "print_total", "mono", "color"};

/* Room for one more behind n; at is a pointer to whatever the array holds. */
static enum br_status grow(void *at, size_t *cap, size_t n, size_t size, size_t most)
{
	void *grown, *old;
	size_t want = *cap ? *cap * 2 : 64;

	if (n < *cap)
		return BR_OK;
	if (n >= most)
		return BR_E_LIMIT;
	memcpy(&old, at, sizeof old);
	grown = realloc(old, want * size);
	if (!grown)
		return BR_E_MEMORY;
	memcpy(at, &grown, sizeof grown);
	*cap = want;
	return BR_OK;
}

static enum br_status too_much(enum br_status status, struct br_error *err)
{
	return status == BR_E_LIMIT
		       ? br_fail(err, status, "more values than a forecast looks at")
		       : br_fail(err, status, "out of memory");
}

static void take_level(struct br_outlook *outlook, const struct br_series *series)
{
	struct level *level;

	if (outlook->status == BR_OK)
		outlook->status = grow(&outlook->levels, &outlook->cap, outlook->n_levels,
				       sizeof *outlook->levels, LEVELS_MOST);
	if (outlook->status != BR_OK)
		return;
	level = &outlook->levels[outlook->n_levels++];
	level->series = series->id;
	br_text_copy(level->name, sizeof level->name, series->name);
}

static void take_counter(struct br_outlook *outlook, const struct br_series *series)
{
	for (size_t i = 0; i < outlook->counter; i++)
		if (br_view_is(series->name, counters[i])) {
			outlook->counter = i;
			outlook->counter_series = series->id;
		}
}

static void take_series(void *user, const struct br_series *series)
{
	if (series->kind == BR_SERIES_LEVEL)
		take_level(user, series);
	else
		take_counter(user, series);
}

enum br_status br_outlook_open(struct br_outlook **outlook, struct br_reader *reader,
			       int64_t printer, int64_t now, struct br_error *err)
{
	struct br_outlook *made = calloc(1, sizeof *made);
	enum br_status status;

	*outlook = NULL;
	if (!made)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	made->reader = reader;
	made->printer = printer;
	made->now = now;
	made->counter = COUNT(counters);
	status = br_reader_series(reader, printer, take_series, made, err);
	if (status == BR_OK && made->status != BR_OK)
		status = too_much(made->status, err);
	if (status == BR_OK)
		*outlook = made;
	else
		br_outlook_close(made);
	return status;
}

void br_outlook_close(struct br_outlook *outlook)
{
	if (!outlook)
		return;
	free(outlook->pages.at);
	free(outlook->levels);
	free(outlook);
}

const char *br_outlook_level_of(const struct br_outlook *outlook, size_t i)
{
	return i < outlook->n_levels ? outlook->levels[i].name : NULL;
}

static void add_sample(struct samples *samples, int64_t time, int64_t value)
{
	if (samples->status == BR_OK)
		samples->status = grow(&samples->at, &samples->cap, samples->n,
				       sizeof *samples->at, SAMPLES_MOST);
	if (samples->status == BR_OK)
		samples->at[samples->n++] = (struct br_sample){time, (double)value};
}

/* An hour or a day in which the value moved is known by what it ended with. */
static void take_point(void *user, const struct br_point *point)
{
	if (point->low == point->high && point->end > point->begin)
		add_sample(user, point->begin, point->last);
	add_sample(user, point->end, point->last);
}

/* Of the last days; empty after a failure. */
static enum br_status load(struct br_outlook *outlook, int64_t series, int days,
			   struct samples *samples, struct br_error *err)
{
	enum br_status status;

	*samples = (struct samples){0};
	status = br_reader_points(outlook->reader, series, outlook->now - (int64_t)days * DAY,
				  outlook->now, take_point, samples, err);
	if (status == BR_OK && samples->status != BR_OK)
		status = too_much(samples->status, err);
	if (status != BR_OK) {
		free(samples->at);
		*samples = (struct samples){0};
	}
	return status;
}

static enum br_status load_pages(struct br_outlook *outlook, struct br_error *err)
{
	enum br_status status = BR_OK;

	if (!outlook->has_pages && outlook->counter < COUNT(counters))
		status = load(outlook, outlook->counter_series, LOOK_BACK_DAYS, &outlook->pages,
			      err);
	outlook->has_pages = status == BR_OK;
	return status;
}

static const struct level *find_level(const struct br_outlook *outlook, const char *supply)
{
	for (size_t i = 0; i < outlook->n_levels; i++)
		if (strcmp(outlook->levels[i].name, supply) == 0)
			return &outlook->levels[i];
	return NULL;
}

enum br_status br_outlook_forecast(struct br_outlook *outlook, const char *supply,
				   struct br_forecast *forecast, struct br_number *level,
				   struct br_error *err)
{
	const struct level *of = find_level(outlook, supply);
	struct samples levels;
	enum br_status status;

	*forecast = (struct br_forecast){.why = BR_FORECAST_FEW};
	if (level)
		*level = (struct br_number){0};
	if (!of)
		return br_fail(err, BR_E_ABSENT, "%.60s: its level was never measured", supply);
	status = load_pages(outlook, err);
	if (status == BR_OK)
		status = load(outlook, of->series, LOOK_BACK_DAYS, &levels, err);
	if (status != BR_OK)
		return status;
	if (level && levels.n)
		*level = (struct br_number){true, (int64_t)levels.at[levels.n - 1].value};
	br_forecast(&(struct br_forecast_history){levels.at, levels.n, outlook->pages.at,
						  outlook->pages.n, outlook->now},
		    forecast);
	free(levels.at);
	return BR_OK;
}

/* What a counter did between two samples that follow each other. */
struct stretches {
	const struct samples *samples;
	const char *counter;
	bool *broken; /* the one that ends with this sample is no use */
};

static void take_break(void *user, const struct br_break *broke)
{
	const struct stretches *stretches = user;
	const struct br_sample *at = stretches->samples->at;
	size_t low = 0, high = stretches->samples->n;

	if (!br_view_is(broke->name, stretches->counter))
		return;
	while (low < high) { /* the first sample that is not before it */
		size_t middle = (low + high) / 2;

		if (at[middle].time < broke->time)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < stretches->samples->n)
		stretches->broken[low] = true;
}

static enum br_status average(const struct stretches *stretches, int64_t since, int64_t *tenths,
			      struct br_error *err)
{
	double pages = 0;
	int64_t seconds = 0;

	for (size_t i = 1; i < stretches->samples->n; i++) {
		const struct br_sample *from = &stretches->samples->at[i - 1], *to = from + 1;
		int64_t begin = from->time;

		if (to->time <= since || to->value < from->value || stretches->broken[i])
			continue;
		/* It was the same all the time then: of others only the end is told. */
		begin = begin < since ? since : begin;
		pages += to->value - from->value;
		seconds += to->time - begin;
	}
	if (seconds < DAY)
		return br_fail(err, BR_E_ABSENT,
			       "less than a day of its counter is known in the last %d",
			       BR_OUTLOOK_DAYS);
	pages = pages * 10 * DAY / (double)seconds;
	*tenths = pages < 1e15 ? (int64_t)(pages + 0.5) : (int64_t)1e15;
	return BR_OK;
}

enum br_status br_outlook_per_day(struct br_outlook *outlook, int64_t *tenths,
				  struct br_error *err)
{
	const int64_t since = outlook->now - (int64_t)BR_OUTLOOK_DAYS * DAY;
	struct stretches stretches = {0};
	struct samples samples;
	enum br_status status;

	*tenths = 0;
	if (outlook->counter == COUNT(counters))
		return br_fail(err, BR_E_ABSENT, "no counter of pages is known");
	status = load(outlook, outlook->counter_series, BR_OUTLOOK_DAYS, &samples, err);
	if (status != BR_OK)
		return status;
	stretches.samples = &samples;
	stretches.counter = counters[outlook->counter];
	stretches.broken = calloc(samples.n + 1, sizeof *stretches.broken);
	status = stretches.broken ? br_reader_breaks(outlook->reader, outlook->printer, since,
						     take_break, &stretches, err)
				  : br_fail(err, BR_E_MEMORY, "out of memory");
	if (status == BR_OK)
		status = average(&stretches, since, tenths, err);
	free(stretches.broken);
	free(samples.at);
	return status;
}
