/*
 * clock.c - CLOCK_BOOTTIME, and a date without locale or time zone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

/* CLOCK_MONOTONIC stands still while the machine sleeps; an SNMPv3 engine's clock, for one,
 * does not. */
static int64_t read_clock(clockid_t clock)
{
	struct timespec now;

	(void)clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t br_clock_ms(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

int64_t br_clock_asleep_ms(void)
{
	int64_t awake = read_clock(CLOCK_MONOTONIC);

	return read_clock(CLOCK_BOOTTIME) - awake;
}

/* Days since 1970 into a date of the Gregorian calendar; years begin in March, so that leap
 * days are last. */
static void civil(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t since = days + 719468; /* from 0000-03-01 */
	int64_t era = (since >= 0 ? since : since - 146096) / 146097;
	int64_t of_era = since - era * 146097;
	int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = (int)(of_era - (365 * years + years / 4 - years / 100));
	int from_march = (5 * of_year + 2) / 153;

	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = years + era * 400 + (*month <= 2);
}

/* gmtime would read the zone file of the machine to say that UTC is UTC. */
void br_time_text(char out[BR_TIME_TEXT_SIZE], int64_t unix_seconds)
{
	int64_t days = unix_seconds / 86400, of_day = unix_seconds % 86400, year;
	int month, day, second;

	if (of_day < 0) {
		of_day += 86400;
		days--;
	}
	second = (int)of_day;
	civil(days, &year, &month, &day);
	if (year < 0 || year > 9999 ||
	    snprintf(out, BR_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, month,
		     day, second / 3600, second / 60 % 60, second % 60) >= BR_TIME_TEXT_SIZE)
		out[0] = '\0';
}
