/*
 * pair.h - two houses in a street, of which the first is asked; one set a test program.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_FLEET_PAIR_H
#define TESTS_FLEET_PAIR_H

#include "fleet/street.h"

#include <string.h>

static struct street street;
static struct house houses[2];
static struct told told[2];

static void open_street(struct br_fleet_options options)
{
	memset(told, 0, sizeof told);
	for (size_t i = 0; i < 2; i++)
		house_open(&houses[i], 0, (unsigned)i + 1);
	street_open(&street, options, houses, 2);
	street_add(&street, &told[0], &houses[0]);
}

static void ask(enum br_want want)
{
	houses[0].heard = 0;
	br_fleet_ask(street.fleet, told[0].printer, want);
	street_run(&street);
}

/* Until so many questions came to the first one. */
static void turn_until(unsigned heard)
{
	while (houses[0].heard < heard)
		street_turn(&street);
}

#endif
