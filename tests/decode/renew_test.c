/*
 * renew_test.c - new values take the place of old ones, and the alert table is another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "check.h"
#include "decode/bed.h"
#include "decode/recording.h"
#include "decode/renew.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *whole, *now, *want;
} cases[] = {
	{"nothing new", "1.3.6.1.1|2|1\n1.3.6.1.2|4|a\n", "", "1.3.6.1.1|2|1\n1.3.6.1.2|4|a\n"},
	{"in place", "1.3.6.1.1|2|1\n1.3.6.1.2|4|a\n1.3.6.1.3|2|3\n", "1.3.6.1.2|4|longer\n",
	 "1.3.6.1.1|2|1\n1.3.6.1.2|4|longer\n1.3.6.1.3|2|3\n"},
	{"in another order", "1.3.6.1.1|2|1\n1.3.6.1.2|2|2\n1.3.6.1.3|2|3\n",
	 "1.3.6.1.3|2|6\n1.3.6.1.1|2|4\n", "1.3.6.1.1|2|4\n1.3.6.1.2|2|2\n1.3.6.1.3|2|6\n"},
	{"another type", "1.3.6.1.1|2|1\n", "1.3.6.1.1|65|1\n", "1.3.6.1.1|65|1\n"},
	{"absent is nothing new", "1.3.6.1.1|2|1\n", "1.3.6.1.1|5|\n", "1.3.6.1.1|2|1\n"},
	{"a name that was not there", "1.3.6.1.1|2|1\n", "1.3.6.1.2|2|1\n", "1.3.6.1.1|2|1\n"},
	{"alerts in the place of alerts",
	 "1.3.6.1.1|2|1\n1.3.6.1.2.1.43.18.1.1.2.1.1|2|3\n1.3.6.1.2.1.43.18.1.1.2.1.2|2|3\n"
	 "1.3.6.1.4.1.5|2|5\n",
	 "1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n",
	 "1.3.6.1.1|2|1\n1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n1.3.6.1.4.1.5|2|5\n"},
	{"alerts that went away", "1.3.6.1.1|2|1\n1.3.6.1.2.1.43.18.1.1.2.1.1|2|3\n",
	 "1.3.6.1.1|2|2\n", "1.3.6.1.1|2|2\n"},
	{"alerts where there were none", "1.3.6.1.1|2|1\n", "1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n",
	 "1.3.6.1.1|2|1\n1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n"},
	{"what stands beside the alerts is no alert",
	 "1.3.6.1.2.1.43.18.1.2|2|1\n1.3.6.1.2.1.43.18.2.1|2|1\n", "",
	 "1.3.6.1.2.1.43.18.1.2|2|1\n1.3.6.1.2.1.43.18.2.1|2|1\n"},
	{"names that end alike",
	 "1.3.6.1.1.1.2.3.4.5.6.7.8.9|2|1\n1.3.6.1.2.1.2.3.4.5.6.7.8.9|2|2\n",
	 "1.3.6.1.2.1.2.3.4.5.6.7.8.9|2|5\n",
	 "1.3.6.1.1.1.2.3.4.5.6.7.8.9|2|1\n1.3.6.1.2.1.2.3.4.5.6.7.8.9|2|5\n"},
	{"one name the end of another", "1.3.6.1.1.43.6.1.1.2.3.4|2|1\n1.3.6.1.1.2.3.4|2|2\n",
	 "1.3.6.1.1.2.3.4|2|5\n", "1.3.6.1.1.43.6.1.1.2.3.4|2|1\n1.3.6.1.1.2.3.4|2|5\n"},
	{"a name twice: as it was answered last", "1.3.6.1.1|2|1\n",
	 "1.3.6.1.1|2|2\n1.3.6.1.1|2|3\n", "1.3.6.1.1|2|3\n"},
	{"nothing at all", "", "", ""},
};

static void lines_of(const struct br_harvest *harvest, struct br_buf *out)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	bool broken = false;

	br_buf_text(out, "");
	while (br_varbind_take(&all, &varbind, &broken))
		br_recording_line(out, varbind.name, varbind.name_len, varbind.value.tag,
				  varbind.value.data, varbind.value.len);
	CHECK(!broken);
}

TEST(new_values_take_the_place_of_old_ones)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_harvest whole, now;
		struct br_buf got;

		check_case(cases[i].name);
		bed_harvest(&whole, cases[i].whole);
		bed_harvest(&now, cases[i].now);
		br_buf_init(&got, 1 << 16);
		CHECK_INT(br_harvest_renew(&whole, &now), BR_OK);
		lines_of(&whole, &got);
		CHECK_STR(got.data ? got.data : "", cases[i].want);
		br_buf_clear(&got);
		br_harvest_clear(&whole);
		br_harvest_clear(&now);
	}
}

static void put_octets(struct br_harvest *harvest, const uint8_t *octets, size_t len)
{
	br_harvest_init(harvest, BR_HARVEST_CEILING);
	harvest->data = malloc(len);
	memcpy(harvest->data, octets, len);
	harvest->len = harvest->cap = len;
}

/* It may come from a file. */
TEST(what_does_not_parse_stays_as_it_was)
{
	static const uint8_t broken[] = {0x30, 0x06, 0x06, 0x01, 0x2b, 0x02, 0x01,
					 0x07, 0x30, 0x09, 0x06, 0x01, 0x2b};
	struct br_harvest whole, now;

	put_octets(&whole, broken, sizeof broken);
	bed_harvest(&now, "1.3.6.1.1|2|1\n");
	CHECK_INT(br_harvest_renew(&whole, &now), BR_E_MALFORMED);
	CHECK_MEM(whole.data, whole.len, broken, sizeof broken);
	CHECK_INT(br_harvest_renew(&now, &whole), BR_E_MALFORMED);
	br_harvest_clear(&whole);
	br_harvest_clear(&now);
}

/* In any order, each finds its own. */
TEST(many_new_values_find_their_places)
{
	enum { MANY = 640 };
	struct br_harvest whole, now;
	struct br_buf old, new, want, got;

	br_buf_init(&old, 1 << 20);
	br_buf_init(&new, 1 << 20);
	br_buf_init(&want, 1 << 20);
	br_buf_init(&got, 1 << 20);
	for (unsigned i = 0; i < MANY; i++) {
		br_buf_format(&old, "1.3.6.1.4.%u|2|1\n", i);
		br_buf_format(&new, "1.3.6.1.4.%u|2|%u\n", i * 77 % MANY, i);
	}
	for (unsigned i = 0; i < MANY; i++)
		for (unsigned k = 0; k < MANY; k++)
			if (k * 77 % MANY == i)
				br_buf_format(&want, "1.3.6.1.4.%u|2|%u\n", i, k);
	bed_harvest(&whole, old.data);
	bed_harvest(&now, new.data);
	CHECK_INT(br_harvest_renew(&whole, &now), BR_OK);
	lines_of(&whole, &got);
	CHECK(strcmp(got.data, want.data) == 0);
	br_buf_clear(&old);
	br_buf_clear(&new);
	br_buf_clear(&want);
	br_buf_clear(&got);
	br_harvest_clear(&whole);
	br_harvest_clear(&now);
}

TEST(over_the_ceiling_is_cut_and_said)
{
	struct br_harvest whole, now;

	bed_harvest(&whole, "1.3.6.1.1|4|a\n1.3.6.1.2|4|b\n");
	bed_harvest(&now, "1.3.6.1.1|4|a much longer text than there was before\n");
	whole.ceiling = whole.len + 4;
	CHECK_INT(br_harvest_renew(&whole, &now), BR_OK);
	CHECK(whole.truncated);
	br_harvest_clear(&whole);
	br_harvest_clear(&now);
}

/* More than a status reading ever asks. */
TEST(too_many_new_values_are_refused)
{
	struct br_harvest whole, now;
	struct br_buf text;

	br_buf_init(&text, 1 << 20);
	for (int i = 1; i <= 641; i++)
		br_buf_format(&text, "1.3.6.1.%d|2|1\n", i);
	bed_harvest(&whole, "1.3.6.1.1|2|7\n");
	bed_harvest(&now, text.data);
	CHECK_INT(br_harvest_renew(&whole, &now), BR_E_LIMIT);
	CHECK_INT(br_harvest_all(&whole).end - br_harvest_all(&whole).at, whole.len);
	br_buf_clear(&text);
	br_harvest_clear(&whole);
	br_harvest_clear(&now);
}

static const struct {
	const char *name, *whole, *now, *want; /* want NULL: another printer's */
} parts[] = {
	{"the alerts stay",
	 "1.3.6.1.1|2|1\n1.3.6.1.2.1.43.18.1.1.2.1.1|2|3\n1.3.6.1.2.1.43.18.1.1.2.1.2|2|3\n",
	 "1.3.6.1.1|2|2\n1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n",
	 "1.3.6.1.1|2|2\n1.3.6.1.2.1.43.18.1.1.2.1.1|2|3\n1.3.6.1.2.1.43.18.1.1.2.1.2|2|3\n"},
	{"none is added", "1.3.6.1.1|2|1\n", "1.3.6.1.2.1.43.18.1.1.2.1.9|2|4\n",
	 "1.3.6.1.1|2|1\n"},
	{"the same model and serial number",
	 "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11\n1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n"
	 "1.3.6.1.3|2|1\n",
	 "1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11\n"
	 "1.3.6.1.3|2|2\n",
	 "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11\n1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n"
	 "1.3.6.1.3|2|2\n"},
	{"a serial number that did not come", "1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n",
	 "1.3.6.1.2.1.43.5.1.1.17.1|5|\n", "1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n"},
	{"another serial number", "1.3.6.1.2.1.43.5.1.1.17.1|4|ABC\n",
	 "1.3.6.1.2.1.43.5.1.1.17.1|4|ABD\n", NULL},
	{"another model", "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11\n",
	 "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1347\n", NULL},
};

TEST(what_broke_off_renews_values_and_no_alerts)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		const char *want = parts[i].want ? parts[i].want : parts[i].whole;
		struct br_harvest whole, now;
		struct br_buf got;

		check_case(parts[i].name);
		bed_harvest(&whole, parts[i].whole);
		bed_harvest(&now, parts[i].now);
		br_buf_init(&got, 1 << 16);
		CHECK_INT(br_harvest_renew_part(&whole, &now),
			  parts[i].want ? BR_OK : BR_E_ABSENT);
		lines_of(&whole, &got);
		CHECK_STR(got.data ? got.data : "", want);
		br_buf_clear(&got);
		br_harvest_clear(&whole);
		br_harvest_clear(&now);
	}
}
