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
