/*
 * clock.c - CLOCK_MONOTONIC, and a date without locale or time zone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t br_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void br_time_text(char out[BR_TIME_TEXT_SIZE], int64_t unix_seconds)
{
	/* gmtime_r would read /etc/localtime first, for nothing: that costs more than writing a reading. */
	const int64_t first = -62135596800, last = 253402300799; /* the years 1 and 9999 */
	int64_t days, seconds, era, day, year, month;

	out[0] = '\0';
	if (unix_seconds < first || unix_seconds > last)
		return;
	days = (unix_seconds - first) / 86400 + 306; /* since 1 March of the year 0 */
	seconds = (unix_seconds - first) % 86400;
	era = days / 146097; /* 400 years, alike to the day; leap days end their years */
	day = days % 146097;
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153; /* from March: 31 30 31 30 31, twice and a bit */
	snprintf(out, BR_TIME_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ",
		 (unsigned)(era * 400 + year + (month > 9)) % 10000, (unsigned)(month + (month < 10 ? 3 : -9)) % 100,
		 (unsigned)(day - (153 * month + 2) / 5 + 1) % 100, (unsigned)(seconds / 3600) % 100,
		 (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}
