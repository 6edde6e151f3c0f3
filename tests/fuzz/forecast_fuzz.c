/*
 * forecast_fuzz.c - any samples, in any order, of any value: it ends, and says no nonsense.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void demand(struct br_forecast_range range, double most)
{
	if (!(range.low >= 0 && range.low <= range.middle && range.middle <= range.high &&
	      range.high <= most && isfinite(range.high)))
		abort();
}

/* The first octet says how many of the samples are levels, the next eight when now is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t n = len > 9 ? (len - 9) / sizeof(struct br_sample) : 0, n_levels;
	struct br_sample *levels, *pages;
	struct br_forecast_history history = {0};
	struct br_forecast out;

	if (n == 0)
		return 0;
	n_levels = data[0] * n / 255;
	memcpy(&history.now, data + 1, sizeof history.now);
	levels = malloc(n_levels * sizeof *levels + 1);
	pages = malloc((n - n_levels) * sizeof *pages + 1);
	if (!levels || !pages)
		abort();
	memcpy(levels, data + 9, n_levels * sizeof *levels);
	memcpy(pages, data + 9 + n_levels * sizeof *levels, (n - n_levels) * sizeof *pages);
	history.levels = levels;
	history.n_levels = n_levels;
	history.pages = pages;
	history.n_pages = n - n_levels;
	br_forecast(&history, &out);
	demand(out.days, BR_FORECAST_DAYS_MOST);
	demand(out.pages, 1e300);
	if (out.why != BR_FORECAST_GIVEN && (out.has_pages || out.days.high > 0))
		abort();
	free(levels);
	free(pages);
	return 0;
}
