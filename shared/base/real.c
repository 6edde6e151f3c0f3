/*
 * real.c - see real.h. Only + - * / and comparisons: those are exact by IEEE 754 everywhere.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/real.h"

#include <stdint.h>

static const double ln2 = 0.693147180559945309417;

double br_least(double a, double b)
{
	return a < b ? a : b;
}

double br_most(double a, double b)
{
	return a > b ? a : b;
}

double br_size(double value)
{
	return value < 0 ? -value : value;
}

double br_floor(double value)
{
	double whole;

	if (!(value > -4e18 && value < 4e18))
		return value;
	whole = (double)(int64_t)value;
	return whole > value ? whole - 1 : whole;
}

double br_ceil(double value)
{
	return -br_floor(-value);
}

/* A power of two times a short series of what is left, at most ln2 / 2. */
double br_exp(double value)
{
	double rest, term = 1, sum = 1, scale = 1;
	int twos;

	if (!(value > -700))
		return 0;
	value = br_least(value, 700);
	twos = (int)br_floor(value / ln2 + 0.5);
	rest = value - twos * ln2;
	for (int i = 1; i < 18; i++) {
		term *= rest / i;
		sum += term;
	}
	for (; twos > 0; twos--)
		scale *= 2;
	for (; twos < 0; twos++)
		scale /= 2;
	return sum * scale;
}

/* Newton's way, from above, so it falls until it is there. */
double br_sqrt(double value)
{
	double root = br_most(value, 1), better;

	if (!(value > 0) || value > 1e300)
		return value > 0 ? 1e150 : 0;
	for (int i = 0; i < 600; i++) {
		better = (root + value / root) / 2;
		if (better >= root)
			break;
		root = better;
	}
	return root;
}
