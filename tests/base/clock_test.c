/*
 * clock_test.c - dates as text, and a clock that does not go back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"

#include <stdlib.h>
#include <time.h>

TEST(dates)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} cases[] = {
		{0, "1970-01-01T00:00:00Z"},
		{1795194000, "2026-11-20T17:00:00Z"},
		{951782400, "2000-02-29T00:00:00Z"},
		{4107542399, "2100-02-28T23:59:59Z"},
		{4107542400, "2100-03-01T00:00:00Z"},
		{2147483648, "2038-01-19T03:14:08Z"},
		{-1, "1969-12-31T23:59:59Z"},
		{253402300799, "9999-12-31T23:59:59Z"},
		{253402300800, ""}, /* five digits do not fit */
		{INT64_MAX, ""},
		{INT64_MIN, ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char *out = malloc(BR_TIME_TEXT_SIZE);

		check_case(cases[i].text);
		if (!out)
			return;
		br_time_text(out, cases[i].seconds);
		CHECK_STR(out, cases[i].text);
		free(out);
	}
}

TEST(no_time_zone)
{
	char out[BR_TIME_TEXT_SIZE];

	CHECK_INT(setenv("TZ", "Asia/Tokyo", 1), 0);
	tzset();
	br_time_text(out, 0);
	CHECK_STR(out, "1970-01-01T00:00:00Z");
	CHECK_INT(unsetenv("TZ"), 0);
	tzset();
}

TEST(does_not_go_back)
{
	int64_t before = br_clock_ms();

	for (int i = 0; i < 1000; i++) {
		int64_t now = br_clock_ms();

		CHECK(now >= before);
		before = now;
	}
}
