/*
 * brother_library_test.c - every value of the `brother` library has its place in a reading:
 * each key by a vector of our own, and with the corpus each value that the library decodes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "decode/packed.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where each value of the library stands in a packed. */
enum place { COUNTER, PERCENT, PAGES, STATUS, LEVEL, SHOWN, CODE };
/* clang-format off */
static const struct {
	const char *name;
	enum place place;
	int counter;
	const char *where;
} places[] = {
	{"page_counter", COUNTER, BR_COUNTER_TOTAL, ""},
	{"bw_counter", COUNTER, BR_COUNTER_MONO, ""},
	{"color_counter", COUNTER, BR_COUNTER_COLOR, ""},
	{"duplex_unit_pages_counter", COUNTER, BR_COUNTER_DUPLEX, ""},
	{"image_counter", COUNTER, BR_COUNTER_IMAGES, ""},
	{"black_counter", COUNTER, BR_COUNTER_IMAGES_BLACK, ""},
	{"cyan_counter", COUNTER, BR_COUNTER_IMAGES_CYAN, ""},
	{"magenta_counter", COUNTER, BR_COUNTER_IMAGES_MAGENTA, ""},
	{"yellow_counter", COUNTER, BR_COUNTER_IMAGES_YELLOW, ""},
	{"drum_counter", COUNTER, BR_COUNTER_DRUM, ""},
	{"black_drum_counter", COUNTER, BR_COUNTER_DRUM_BLACK, ""},
	{"cyan_drum_counter", COUNTER, BR_COUNTER_DRUM_CYAN, ""},
	{"magenta_drum_counter", COUNTER, BR_COUNTER_DRUM_MAGENTA, ""},
	{"yellow_drum_counter", COUNTER, BR_COUNTER_DRUM_YELLOW, ""},
	{"drum_remaining_life", PERCENT, 0, "drum"},
	{"black_drum_remaining_life", PERCENT, 0, "drum-black"},
	{"cyan_drum_remaining_life", PERCENT, 0, "drum-cyan"},
	{"magenta_drum_remaining_life", PERCENT, 0, "drum-magenta"},
	{"yellow_drum_remaining_life", PERCENT, 0, "drum-yellow"},
	{"belt_unit_remaining_life", PERCENT, 0, "belt"},
	{"fuser_remaining_life", PERCENT, 0, "fuser"},
	{"laser_remaining_life", PERCENT, 0, "laser"},
	{"pf_kit_1_remaining_life", PERCENT, 0, "paper-feed-1"},
	{"pf_kit_mp_remaining_life", PERCENT, 0, "paper-feed-mp"},
	{"drum_remaining_pages", PAGES, 0, "drum"},
	{"black_drum_remaining_pages", PAGES, 0, "drum-black"},
	{"cyan_drum_remaining_pages", PAGES, 0, "drum-cyan"},
	{"magenta_drum_remaining_pages", PAGES, 0, "drum-magenta"},
	{"yellow_drum_remaining_pages", PAGES, 0, "drum-yellow"},
	{"belt_unit_remaining_pages", PAGES, 0, "belt"},
	{"fuser_unit_remaining_pages", PAGES, 0, "fuser"},
	{"laser_unit_remaining_pages", PAGES, 0, "laser"},
	{"pf_kit_1_remaining_pages", PAGES, 0, "paper-feed-1"},
	{"pf_kit_mp_remaining_pages", PAGES, 0, "paper-feed-mp"},
	{"drum_status", STATUS, 0, "drum"},
	{"black_toner_remaining", LEVEL, 0, "black"}, {"black_toner", SHOWN, 0, "black"}, {"black_toner_status", CODE, 0, "black"},
	{"cyan_toner_remaining", LEVEL, 0, "cyan"}, {"cyan_toner", SHOWN, 0, "cyan"}, {"cyan_toner_status", CODE, 0, "cyan"},
	{"magenta_toner_remaining", LEVEL, 0, "magenta"}, {"magenta_toner", SHOWN, 0, "magenta"}, {"magenta_toner_status", CODE, 0, "magenta"},
	{"yellow_toner_remaining", LEVEL, 0, "yellow"}, {"yellow_toner", SHOWN, 0, "yellow"}, {"yellow_toner_status", CODE, 0, "yellow"},
	{"black_ink_remaining", LEVEL, 0, "black"}, {"black_ink", SHOWN, 0, "black"}, {"black_ink_status", CODE, 0, "black"},
	{"cyan_ink_remaining", LEVEL, 0, "cyan"}, {"cyan_ink", SHOWN, 0, "cyan"}, {"cyan_ink_status", CODE, 0, "cyan"},
	{"magenta_ink_remaining", LEVEL, 0, "magenta"}, {"magenta_ink", SHOWN, 0, "magenta"}, {"magenta_ink_status", CODE, 0, "magenta"},
	{"yellow_ink_remaining", LEVEL, 0, "yellow"}, {"yellow_ink", SHOWN, 0, "yellow"}, {"yellow_ink_status", CODE, 0, "yellow"},
};
/* clang-format on */

/* -1: not known; -2: no such name. */
static int64_t value_of(struct br_view name)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		const char *where = places[i].where;

		if (!br_view_is(name, places[i].name))
			continue;
		switch (places[i].place) {
		case COUNTER:
			return packed_counter((enum br_counter)places[i].counter);
		case PERCENT:
			return packed_number(packed_care(where)->percent);
		case PAGES:
			return packed_number(packed_care(where)->remaining_pages);
		case STATUS:
			return packed_number(packed_care(where)->status);
		case LEVEL:
			return packed_supply(where)->kind == BR_LEVEL_MEASURED
				       ? packed_supply(where)->percent
				       : -1;
		case SHOWN:
			return packed_number(packed_supply(where)->shown);
		case CODE:
			return packed_number(packed_supply(where)->status);
		}
	}
	return -2;
}

static const struct {
	packed_fn decoder;
	const char *hex, *name;
	int64_t want;
} keys[] = {
	{br_brother_counters, "0001040000002a", "page_counter", 42},
	{br_brother_counters, "01010400000100", "bw_counter", 256},
	{br_brother_counters, "02010400000007", "color_counter", 7},
	{br_brother_counters, "06010400010000", "duplex_unit_pages_counter", 65536},
	{br_brother_counters, "12010400000001", "black_counter", 1},
	{br_brother_counters, "13010400000002", "cyan_counter", 2},
	{br_brother_counters, "14010400000003", "magenta_counter", 3},
	{br_brother_counters, "15010400000004", "yellow_counter", 4},
	{br_brother_counters, "1601040000000a", "image_counter", 10},
	{br_brother_maintenance, "1101040000000b", "drum_counter", 11},
	{br_brother_maintenance, "7e01040000000c", "black_drum_counter", 12},
	{br_brother_maintenance, "7301040000000d", "cyan_drum_counter", 13},
	{br_brother_maintenance, "7401040000000e", "magenta_drum_counter", 14},
	{br_brother_maintenance, "7501040000000f", "yellow_drum_counter", 15},
	{br_brother_maintenance, "41010400002710", "drum_remaining_life", 100},
	{br_brother_maintenance, "80010400001a90", "black_drum_remaining_life", 68},
	{br_brother_maintenance, "79010400001a2c", "cyan_drum_remaining_life", 67},
	{br_brother_maintenance, "7a0104000019c8", "magenta_drum_remaining_life", 66},
	{br_brother_maintenance, "7b010400001964", "yellow_drum_remaining_life", 65},
	{br_brother_maintenance, "69010400000000", "belt_unit_remaining_life", 0},
	{br_brother_maintenance, "6a010400000064", "fuser_remaining_life", 1},
	{br_brother_maintenance, "6b0104000000c8", "laser_remaining_life", 2},
	{br_brother_maintenance, "6c01040000012c", "pf_kit_mp_remaining_life", 3},
	{br_brother_maintenance, "6d010400000190", "pf_kit_1_remaining_life", 4},
	{br_brother_maintenance, "63010400000002", "drum_status", 2},
	{br_brother_maintenance, "6f0104000001f4", "black_toner_remaining", 5},
	{br_brother_maintenance, "70010400000258", "cyan_toner_remaining", 6},
	{br_brother_maintenance, "710104000002bc", "magenta_ink_remaining", 7},
	{br_brother_maintenance, "72010400000320", "yellow_ink_remaining", 8},
	{br_brother_maintenance, "81010400000050", "black_toner", 80},
	{br_brother_maintenance, "82010400000046", "cyan_toner", 70},
	{br_brother_maintenance, "8301040000003c", "magenta_toner", 60},
	{br_brother_maintenance, "84010400000064", "yellow_toner", 100},
	{br_brother_maintenance, "31010400000001", "black_toner_status", 1},
	{br_brother_maintenance, "32010400000002", "cyan_ink_status", 2},
	{br_brother_maintenance, "33010400000003", "magenta_toner_status", 3},
	{br_brother_maintenance, "34010400000009", "yellow_toner_status", 9},
	{br_brother_maintenance, "a101020414", "black_ink_remaining", 20},
	{br_brother_maintenance, "a201020c14", "cyan_ink_remaining", 60},
	{br_brother_maintenance, "a301020614", "magenta_ink_remaining", 30},
	{br_brother_maintenance, "a401021414", "yellow_ink_remaining", 100},
	{br_brother_nextcare, "7301040000b005", "laser_unit_remaining_pages", 45061},
	{br_brother_nextcare, "7701040000b2b6", "pf_kit_1_remaining_pages", 45750},
	{br_brother_nextcare, "820104000025d8", "drum_remaining_pages", 9688},
	{br_brother_nextcare, "8601040000961e", "pf_kit_mp_remaining_pages", 38430},
	{br_brother_nextcare, "8801040000a0c8", "belt_unit_remaining_pages", 41160},
	{br_brother_nextcare, "89010400000000", "fuser_unit_remaining_pages", 0},
	{br_brother_nextcare, "a401040000274d", "black_drum_remaining_pages", 10061},
	{br_brother_nextcare, "a501040000274e", "cyan_drum_remaining_pages", 10062},
	{br_brother_nextcare, "a601040000274f", "magenta_drum_remaining_pages", 10063},
	{br_brother_nextcare, "a7010400002750", "yellow_drum_remaining_pages", 10064},
};

TEST(every_key_of_the_library)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		check_case(keys[i].name);
		packed_start("HL-1");
		CHECK_INT(value_of(br_view(keys[i].name)), -1);
		CHECK_INT(packed_decode(keys[i].decoder, keys[i].hex), 1);
		CHECK_INT(value_of(br_view(keys[i].name)), keys[i].want);
	}
	check_case(NULL);
}

/* The corpus: files of other people, beside the repository, never in it. */

static bool load(struct br_file *file, const char *folder, const char *prefix, const char *name)
{
	const char *corpus = getenv("BRAYER_CORPUS");
	char path[512];

	snprintf(path, sizeof path, "%s/%s/%s%s.json", corpus ? corpus : "../shared/corpus",
		 folder, prefix, name);
	return br_file_read(file, path, 1u << 20, NULL) == BR_OK;
}

/* The strings of the list behind a key, one behind the other. */
static void hex_of(const char *json, const char *key, char *hex, size_t size)
{
	const char *at = strstr(json, key), *end = at ? strchr(at, ']') : NULL;
	size_t n = 0;

	at = at ? strchr(at, '[') : NULL;
	for (; at && end && at < end && n + 1 < size; at++)
		if (packed_nibble(*at) >= 0)
			hex[n++] = *at;
	hex[n] = '\0';
}

static void read_fixture(const char *json)
{
	static const struct {
		const char *key;
		packed_fn decoder;
	} records[] = {
		{"4.2.1.5.5.10.0\"", br_brother_counters},
		{"4.2.1.5.5.8.0\"", br_brother_maintenance},
		{"4.2.1.5.5.11.0\"", br_brother_nextcare},
	};
	const char *at = strstr(json, "MDL:");
	char model[64] = "", hex[4096];

	if (at)
		br_text_copy(model, sizeof model,
			     (struct br_view){at + 4, strcspn(at + 4, "; ")});
	packed_start(model);
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
		hex_of(json, records[i].key, hex, sizeof hex);
		packed_decode(records[i].decoder, hex);
	}
}

/* Compares every entry of "values": {…}; returns how many agree. */
static size_t compare(const char *json)
{
	const char *at = strstr(json, "\"values\"");
	size_t agree = 0;

	at = at ? strchr(at, '{') : NULL;
	CHECK(at != NULL);
	while (at && *at != '}') {
		const char *name = strchr(at, '"'), *colon = name ? strchr(name, ':') : NULL;
		struct br_view key, digits;
		int64_t want = -3;

		if (!colon)
			break;
		key = (struct br_view){name + 1, strcspn(name + 1, "\"")};
		digits = br_view_trim((struct br_view){colon + 1, strcspn(colon + 1, ",}\n")});
		CHECK(br_parse_number(digits, 0, INT64_MAX, &want));
		if (value_of(key) == want)
			agree++;
		else
			check_failed(__FILE__, __LINE__, "%.*s: %lld, the library has %lld",
				     (int)key.len, key.at, (long long)value_of(key),
				     (long long)want);
		at = colon + strcspn(colon, ",}");
	}
	return agree;
}

TEST(every_value_that_the_library_decodes)
{
	static const char *const names[] = {"dcp-1618w",   "dcp-7070dw", "dcp-j132w",
					    "dcp-l2540dn", "hl-l2340dw", "mfc-j680dw"};
	struct br_file file;
	size_t total = 0;

	if (!load(&file, "brother", "", names[0]))
		check_skip(CHECK_NO_CORPUS);
	br_file_clear(&file);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct br_file expected;
		size_t agree;

		check_case(names[i]);
		if (!load(&file, "brother", "", names[i]) ||
		    !load(&expected, "expected", "brother_", names[i])) {
			check_failed(__FILE__, __LINE__, "a file of the corpus cannot be read");
			continue;
		}
		read_fixture(file.data);
		agree = compare(expected.data);
		printf("%-12s %2zu values agree\n", names[i], agree);
		total += agree;
		br_file_clear(&file);
		br_file_clear(&expected);
	}
	check_case(NULL);
	printf("%zu values of the brother library agree\n", total);
	CHECK_INT(total, 8 + 7 + 4 + 8 + 8 + 14);
}

TEST(fixtures_that_the_library_rejects)
{
	struct br_file file;

	if (!load(&file, "brother", "", "invalid"))
		check_skip(CHECK_NO_CORPUS);
	read_fixture(file.data);
	CHECK_INT(packed.n_care + packed.n_supplies + packed.n_notes, 0);
	for (int i = 0; i < BR_COUNTER_COUNT; i++)
		CHECK(!packed.counters[i].value.known);
	br_file_clear(&file);
	CHECK(load(&file, "brother", "", "incomplete"));
	read_fixture(file.data); /* has the maintenance record only */
	CHECK_INT(packed_supply("black")->percent, 71);
	CHECK_INT(packed_counter(BR_COUNTER_TOTAL), -1);
	CHECK_INT(packed.n_supplies, 1);
	br_file_clear(&file);
}
