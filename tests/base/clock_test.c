/*
 * clock_test.c - dates as text, and a clock that does not go back or stand still.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

#define SLEPT_S 100000

/* In a child of a namespace in which the machine has slept for longer: exits with 0 if that is
 * seen. */
static void in_a_machine_that_slept(int64_t before)
{
	int fd = open("/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC), status = -1;
	char line[40];
	int len = snprintf(line, sizeof line, "%d %d 0\n", CLOCK_BOOTTIME, SLEPT_S);
	pid_t child;

	if (fd < 0 || write(fd, line, (size_t)len) != len)
		_exit(77);
	close(fd);
	child = fork();
	if (child == 0)
		_exit(br_clock_ms() - before >= SLEPT_S * INT64_C(1000) ? 0 : 1);
	if (child < 0 || waitpid(child, &status, 0) != child)
		_exit(77);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

TEST(a_suspend_is_time_too)
{
	int64_t before = br_clock_ms();
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		if (unshare(CLONE_NEWTIME) != 0)
			_exit(77);
		in_a_machine_that_slept(before);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		check_skip("a time namespace needs root");
	CHECK_INT(WEXITSTATUS(status), 0);
}
