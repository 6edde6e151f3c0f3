/*
 * real_test.c - against libm, which tests may link.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "base/real.h"

#include <math.h>
#include <stdio.h>

static void check_near(double at, double got, double want)
{
	char name[64];

	if (fabs(got - want) <= 1e-14 * fabs(want))
		return;
	snprintf(name, sizeof name, "of %.17g", at);
	check_case(name);
	check_failed(__FILE__, __LINE__, "%.17g is not %.17g", got, want);
}

TEST(exp_and_sqrt_are_those_of_libm)
{
	for (int i = 0; i < 4380; i++) {
		double at = i * 0.0137 - 30;

		check_near(at, br_exp(at), exp(at));
	}
	for (int i = -88; i < 88; i++) {
		double at = pow(1.37, i);

		check_near(at, br_sqrt(at), sqrt(at));
	}
	CHECK(br_exp(0) == 1 && br_exp(-1e300) == 0 && br_exp(NAN) == 0);
	CHECK(isfinite(br_exp(INFINITY)));
	CHECK(br_sqrt(0) == 0 && br_sqrt(-1) == 0 && br_sqrt(NAN) == 0);
	CHECK(isfinite(br_sqrt(INFINITY)));
}

TEST(floor_and_ceil)
{
	static const double at[] = {0,    0.5,   -0.5, 1,     -1,    2.999999, -2.999999,
				    1e15, -1e15, 4e18, -4e18, 1e300, -1e300};

	for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
		CHECK(br_floor(at[i]) == floor(at[i]));
		CHECK(br_ceil(at[i]) == ceil(at[i]));
	}
	CHECK(isnan(br_floor(NAN)) && br_floor(INFINITY) == INFINITY);
}

TEST(least_and_most)
{
	CHECK(br_least(1, 2) == 1 && br_most(1, 2) == 2 && br_size(-3) == 3);
}
