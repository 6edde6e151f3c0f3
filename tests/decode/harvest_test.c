/*
 * harvest_test.c - answers are kept as they came, up to a ceiling.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"

#include <string.h>

TEST(kept_in_order_and_found)
{
	static const uint8_t name[] = {0x2b, 6, 1, 2, 1, 1, 5, 0},
			     none[] = {0x2b, 6, 1, 2, 1, 1, 5};
	struct br_harvest harvest;
	struct br_varbind varbind;

	bed_harvest(&harvest, "1.3.6.1.2.1.1.6.0|4|here\n1.3.6.1.2.1.1.5.0|4|name\n1.3.6.1.2.1."
			      "1.5.0|4|second\n");
	CHECK(br_harvest_get(&harvest, name, sizeof name, &varbind));
	CHECK_MEM(varbind.value.data, varbind.value.len, "name", 4);
	CHECK(!br_harvest_get(&harvest, none, sizeof none, &varbind));
	CHECK(!br_harvest_get(&harvest, name, 0, &varbind));
	br_harvest_reset(&harvest);
	CHECK(!br_harvest_get(&harvest, name, sizeof name, &varbind));
	CHECK_INT(br_harvest_all(&harvest).at == br_harvest_all(&harvest).end, true);
	br_harvest_clear(&harvest);
}

TEST(an_absent_value_is_not_there)
{
	static const uint8_t name[] = {0x2b, 6, 1, 2, 1, 1, 5, 0};
	struct br_harvest harvest;
	struct br_varbind varbind;

	bed_harvest(&harvest, "1.3.6.1.2.1.1.5.0|5|\n");
	CHECK(!br_harvest_get(&harvest, name, sizeof name, &varbind));
	br_harvest_clear(&harvest);
}

TEST(over_the_ceiling_is_dropped_and_said)
{
	static const uint8_t raw[] = {0x30, 0x06, 0x06, 0x02, 0x2b, 0x06, 0x05, 0x00};
	struct br_varbind varbind = {.raw = raw, .raw_len = sizeof raw};
	struct br_harvest harvest;

	br_harvest_init(&harvest, 3 * sizeof raw + 7);
	for (int i = 0; i < 5; i++)
		CHECK_INT(br_harvest_add(&harvest, &varbind), BR_OK);
	CHECK_INT(harvest.len, 3 * sizeof raw);
	CHECK(harvest.truncated);
	br_harvest_clear(&harvest);
	CHECK_INT(harvest.len, 0);
	CHECK_INT(harvest.ceiling, 3 * sizeof raw + 7);
}

TEST(several_are_found_in_one_pass)
{
	static const struct {
		const char *name, *value; /* NULL: none */
	} rows[] = {
		{"1.3.6.1.2.1.1.5.0", "first"},      {"1.3.6.1.2.1.1.6.0", NULL},
		{"1.3.6.1.2.1.1.5", NULL},           {"1.3.6.1.2.1.25.3.2.1.3.1", "deep"},
		{"1.3.6.1.2.1.25.3.2.1.3.300", "x"}, {"1.3.6.1.2.1.1.5.0", "first"},
	};
	enum { ROWS = sizeof rows / sizeof rows[0] };
	struct br_oid names[ROWS];
	struct br_varbind found[ROWS];
	struct br_harvest harvest;

	bed_harvest(&harvest,
		    "1.3.6.1.2.1.1.5.0|4|first\n1.3.6.1.2.1.1.6.0|5|\n"
		    "1.3.6.1.2.1.1.6.0|4|after\n1.3.6.1.2.1.1.5.0|4|second\n"
		    "1.3.6.1.2.1.25.3.2.1.3.1|4|deep\n1.3.6.1.2.1.25.3.2.1.3.300|4|x\n");
	for (size_t i = 0; i < ROWS; i++)
		CHECK_INT(br_oid_parse(&names[i], rows[i].name, strlen(rows[i].name)), BR_OK);
	br_harvest_get_each(&harvest, names, ROWS, found);
	for (size_t i = 0; i < ROWS; i++) {
		check_case(rows[i].name);
		CHECK_INT(found[i].name != NULL, rows[i].value != NULL);
		if (rows[i].value && found[i].name)
			CHECK_MEM(found[i].value.data, found[i].value.len, rows[i].value,
				  strlen(rows[i].value));
	}
	br_harvest_reset(&harvest);
	br_harvest_get_each(&harvest, names, ROWS, found);
	for (size_t i = 0; i < ROWS; i++)
		CHECK(found[i].name == NULL);
	br_harvest_clear(&harvest);
}

/* Thousands are held at once: little is taken that is not used. */
TEST(it_grows_in_small_steps)
{
	static uint8_t raw[100];
	const struct br_varbind varbind = {.raw = raw, .raw_len = sizeof raw};
	struct br_harvest harvest;

	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	while (!harvest.truncated) {
		CHECK_INT(br_harvest_add(&harvest, &varbind), BR_OK);
		CHECK(harvest.cap <= harvest.len + 2048 || harvest.cap <= harvest.len * 5 / 4);
	}
	br_harvest_clear(&harvest);
}
