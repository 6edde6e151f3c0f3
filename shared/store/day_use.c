/*
 * day_use.c - see day_use.h.
 *
 * What is known of a level that is told in steps are the moments when it fell to the next step.
 * Between two of them so much was used, no more and no less, and it is laid over the days
 * between by the pages printed on each; without a page counter evenly. Within a run (a
 * cartridge, a filling) the level that counts is the lowest yet, so noise that goes up and back
 * is no use. A rise by more than noise begins a new run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/day_use.h"

#include "base/real.h"

#include <math.h>
#include <string.h>

enum {
	RISE_LEAST = 5, /* percent: less is the noise of a gauge */
	COARSE = 2,     /* a larger grain: the first step of a run may be of any length */
	GRAIN_MOST = 50,
	SPIKE_SECONDS = 6 * 3600, /* a cartridge taken out and put back, a wrong answer */
	SPIKE_SAMPLES = 64,       /* and no farther looked, whatever the samples are */
	PAGES_A_DAY_MOST = 200000,
};

static const double open_most = 0.8; /* of a grain: no step came, so less than one was used */

/* Between 1970 and 9999: nothing overflows. */
static bool is_time(int64_t time)
{
	return time >= 0 && time <= 253402300799;
}

static bool is_level(const struct br_sample *sample)
{
	return sample->value >= 0 && sample->value <= 100 && is_time(sample->time);
}

/* Levels as they are worth something: in order, in range, without spikes. */
struct levels {
	const struct br_forecast_history *history;
	size_t at;
	bool begun;
	struct br_sample now;
};

/* Away from the level before, and soon back at it: neither use nor a new cartridge. */
static bool is_spike(const struct levels *levels, const struct br_sample *sample)
{
	const struct br_forecast_history *history = levels->history;
	size_t i = (size_t)(sample - history->levels);

	if (!levels->begun || br_size(sample->value - levels->now.value) < RISE_LEAST)
		return false;
	for (size_t n = 0; i < history->n_levels && n < SPIKE_SAMPLES; i++, n++) {
		const struct br_sample *later = &history->levels[i];

		if (later->time > levels->now.time + SPIKE_SECONDS)
			return false;
		if (later->time > sample->time &&
		    br_size(later->value - levels->now.value) < RISE_LEAST)
			return true;
	}
	return false;
}

static bool next_level(struct levels *levels)
{
	const struct br_forecast_history *history = levels->history;

	while (levels->at < history->n_levels) {
		const struct br_sample *sample = &history->levels[levels->at++];

		if (!is_level(sample) || sample->time > history->now ||
		    (levels->begun && sample->time <= levels->now.time) ||
		    is_spike(levels, sample))
			continue;
		levels->now = *sample;
		levels->begun = true;
		return true;
	}
	return false;
}

static bool is_multiple(double value, double grain)
{
	double steps = value / grain;

	return br_size(steps - br_floor(steps + 0.5)) * grain < 0.01;
}

/* The largest step that nine of ten falls are multiples of. Also sums what rose and fell. */
static void find_grain(const struct br_forecast_history *history, struct br_day_use *out)
{
	unsigned multiples[GRAIN_MOST + 1] = {0}, falls = 0;
	struct levels levels = {.history = history};
	double before = 0;

	for (bool first = true; next_level(&levels); first = false) {
		double fall = before - levels.now.value;

		before = levels.now.value;
		if (first || fall == 0)
			continue;
		if (fall < 0) {
			out->rises += fall > -4 * RISE_LEAST ? -fall : 0;
			continue;
		}
		out->falls += fall;
		falls++;
		for (int grain = 1; grain <= GRAIN_MOST; grain++)
			multiples[grain] += is_multiple(fall, grain);
	}
	out->grain = 0.1;
	for (int grain = GRAIN_MOST; falls && grain >= 1; grain--)
		if (multiples[grain] * 10 >= falls * 9) {
			out->grain = grain;
			return;
		}
}

/* Seconds of the day that lie between two moments. */
static double overlap(int64_t day, int64_t begin, int64_t end)
{
	int64_t from = day * BR_DAY, to = from + BR_DAY;

	from = begin > from ? begin : from;
	to = end < to ? end : to;
	return to > from ? (double)(to - from) : 0;
}

/* The days a stretch touches, as indices: at least from, before to. */
struct span {
	int64_t begin, end;
	size_t from, to;
};

static struct span span_of(const struct br_day_use *use, int64_t begin, int64_t end)
{
	int64_t from = begin / BR_DAY - use->first, to = (end - 1) / BR_DAY - use->first + 1;
	struct span span = {begin, end, 0, 0};

	if (end <= begin || to <= 0 || from >= (int64_t)use->n)
		return span;
	span.from = from > 0 ? (size_t)from : 0;
	span.to = to < (int64_t)use->n ? (size_t)to : use->n;
	return span;
}

static double pages_within(const struct br_day_use *use, struct span span)
{
	double pages = 0;

	for (size_t i = span.from; i < span.to; i++)
		pages += use->days[i].pages *
			 overlap(use->first + (int64_t)i, span.begin, span.end) / BR_DAY;
	return pages;
}

/* What was used in a stretch, laid over its days. */
static void lay(struct br_day_use *use, struct span span, double percent)
{
	double seconds = (double)(span.end - span.begin);
	double pages = use->has_pages ? pages_within(use, span) : 0;

	for (size_t i = span.from; i < span.to; i++) {
		struct br_day *day = &use->days[i];
		double part = overlap(use->first + (int64_t)i, span.begin, span.end);

		day->known += part / BR_DAY;
		if (pages > 0)
			day->percent += percent * day->pages * part / BR_DAY / pages;
		else
			day->percent += percent * part / seconds;
	}
}

/* A counter that fell, or rose as no printer prints, says nothing of that stretch. */
static void lay_pages(const struct br_forecast_history *history, struct br_day_use *use)
{
	const struct br_sample *before = NULL;
	double covered = 0, span_seconds = (double)use->n * BR_DAY;

	for (size_t k = 0; k < history->n_pages; k++) {
		const struct br_sample *sample = &history->pages[k];
		struct span span;
		double printed, seconds;

		if (!isfinite(sample->value) || !is_time(sample->time) ||
		    sample->time > history->now || (before && sample->time <= before->time))
			continue;
		printed = before ? sample->value - before->value : 0;
		seconds = before ? (double)(sample->time - before->time) : 1;
		span = span_of(use, before ? before->time : sample->time, sample->time);
		before = sample;
		if (printed < 0 || printed / (seconds + 3600) * BR_DAY > PAGES_A_DAY_MOST)
			continue;
		for (size_t i = span.from; i < span.to; i++) {
			double part = overlap(use->first + (int64_t)i, span.begin, span.end);

			use->days[i].pages += printed * part / seconds;
			use->has_pages |= printed > 0;
			covered += part;
		}
	}
	use->has_pages &= covered > 0.7 * span_seconds; /* a counter that came late is none */
}

/* The sums so far, to guess the use of stretches whose end or beginning was not seen. */
struct rate {
	double percent, pages, days;
};

static double guess(const struct br_day_use *use, const struct rate *rate, struct span span)
{
	if (use->has_pages && rate->pages > 0)
		return rate->percent / rate->pages * pages_within(use, span);
	return rate->days > 0
		       ? rate->percent / rate->days * (double)(span.end - span.begin) / BR_DAY
		       : 0;
}

static void add_closed(struct br_day_use *use, struct rate *rate, struct span span,
		       double percent)
{
	if (span.begin < use->first * BR_DAY) { /* it began before the window */
		double inside = (double)(span.end - use->first * BR_DAY);

		percent *= inside / (double)(span.end - span.begin);
		span.begin = use->first * BR_DAY;
	}
	lay(use, span, percent);
	use->steps++;
	use->stepped += percent;
	rate->percent += percent;
	rate->pages += pages_within(use, span);
	rate->days += (double)(span.end - span.begin) / BR_DAY;
}

/* A run as it is read: its lowest level yet, since when, and whether a step ended in it. */
struct run {
	double low;
	int64_t since;
	bool stepped;
};

/* From the last step to the end of a run, or to now: less than a grain. */
static double add_open(struct br_day_use *use, const struct rate *rate, const struct run *run,
		       int64_t end)
{
	struct span span = span_of(use, run->since, end);
	double percent = br_least(guess(use, rate, span), open_most * use->grain);

	if (span.to > span.from)
		lay(use, span, percent);
	return percent;
}

/* One way through the levels: first what is certain, then with its average the rest. */
static void walk(const struct br_forecast_history *history, struct br_day_use *use,
		 struct rate *rate, bool certain)
{
	struct levels levels = {.history = history};
	double rise = br_most(RISE_LEAST, 1.5 * use->grain);
	struct run run = {0};

	for (bool first = true; next_level(&levels); first = false) {
		double level = levels.now.value;
		int64_t time = levels.now.time;

		if (first || level >= run.low + rise) {
			if (!first && !certain)
				add_open(use, rate, &run, use->last);
			run = (struct run){.low = level, .since = time};
			use->runs += certain;
		} else if (level < run.low) {
			struct span span = span_of(use, run.since, time);
			bool whole = run.stepped || use->grain <= COARSE;

			if (certain && whole && span.to > span.from)
				add_closed(use, rate, span, run.low - level);
			else if (!certain && !whole && use->has_pages && span.to > span.from)
				lay(use, span, br_least(guess(use, rate, span), use->grain));
			run = (struct run){.low = level, .since = time, .stepped = true};
			use->last_use = time;
		}
		use->last = time;
	}
	use->level = run.low;
	if (!certain)
		use->since_step = add_open(use, rate, &run, use->last);
}

bool br_day_use(const struct br_forecast_history *history, struct br_day_use *out)
{
	struct levels levels = {.history = history};
	int64_t first, last;
	struct rate rate = {0};

	memset(out, 0, sizeof *out);
	if (!next_level(&levels))
		return false;
	first = last = levels.now.time / BR_DAY;
	while (next_level(&levels))
		last = levels.now.time / BR_DAY;
	if (last - first >= BR_DAY_USE_MAX)
		first = last - BR_DAY_USE_MAX + 1;
	out->first = first;
	out->n = (size_t)(last - first + 1);
	find_grain(history, out);
	lay_pages(history, out);
	walk(history, out, &rate, true);
	walk(history, out, &rate, false);
	return true;
}
