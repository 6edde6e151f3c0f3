/*
 * real.h - the little arithmetic of real numbers that we need, without libm: to load that would
 * cost every start of a program, and the last digits of its exp differ from one machine to the
 * next.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_REAL_H
#define BR_BASE_REAL_H

double br_least(double a, double b);
double br_most(double a, double b);
double br_size(double value); /* without its sign */

/* Exact below 2^62; what is larger, or no number, comes back as it is. */
double br_floor(double value);
double br_ceil(double value);

/* To 1e-14 of the value. 0 below -700; what is above 700 counts as 700. */
double br_exp(double value);

/* To 1e-14 of the value; 0 for what is not positive. */
double br_sqrt(double value);

#endif
