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
	time_t seconds = (time_t)unix_seconds;
	struct tm parts;

	if (!gmtime_r(&seconds, &parts) ||
	    strftime(out, BR_TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		out[0] = '\0';
}
