/*
 * range_test.c - which addresses a list of ranges stands for.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/range.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text in a block of its exact size. */
static struct br_view exact(const char *text, char **block)
{
	size_t len = strlen(text);

	*block = malloc(len ? len : 1);
	if (len)
		memcpy(*block, text, len);
	return (struct br_view){*block, len};
}

static void show(const struct br_range *range, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < range->in.n && at < size; i++) {
		uint32_t a = range->in.at[i].first, b = range->in.at[i].last;

		at += (size_t)snprintf(out + at, size - at, "%s%x-%x", at ? " " : "", a, b);
	}
	for (size_t i = 0; i < range->in6.n && at < size; i++) {
		char text[INET6_ADDRSTRLEN];

		inet_ntop(AF_INET6, &range->in6.at[i].address, text, sizeof text);
		at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "", text);
	}
}

TEST(what_a_list_stands_for)
{
	static const struct {
		const char *list, *spans;
		uint64_t count;
	} cases[] = {
		{"192.0.2.7", "c0000207-c0000207", 1},
		{"192.0.2.0/24", "c0000200-c00002ff", 256},
		{"192.0.2.77/24", "c0000200-c00002ff", 256},
		{"192.0.2.77/32", "c000024d-c000024d", 1},
		{"0.0.0.0/0", "0-dfffffff", 0xe0000000},
		{"192.0.0.0-255.255.255.255", "c0000000-dfffffff", 0x20000000},
		{"192.0.2.10-192.0.3.1", "c000020a-c0000301", 248},
		{"192.0.2.10-99", "c000020a-c0000263", 90},
		{"192.0.2.10 - 99", "c000020a-c0000263", 90},
		{"10.0.0.0/25\n10.0.0.128/25", "a000000-a0000ff", 256},
		{"10.0.0.5-9\n10.0.0.1-6\n10.0.0.7", "a000001-a000009", 9},
		{"10.0.0.1-9\n10.0.0.11-12", "a000001-a000009 a00000b-a00000c", 11},
		{"10.0.0.1-9\n10.0.0.2-3", "a000001-a000009", 9},
		{"# note\n\n  10.0.0.1  \r\n", "a000001-a000001", 1},
		{"!10.0.0.0/30\n10.0.0.0/29", "a000004-a000007", 4},
		{"10.0.0.0/29\n!10.0.0.3", "a000000-a000002 a000004-a000007", 7},
		{"10.0.0.0/29\n!10.0.0.7\n!10.0.0.0", "a000001-a000006", 6},
		{"10.0.0.0/30\n10.0.1.0/30\n!10.0.0.2-10.0.1.1",
		 "a000000-a000001 a000102-a000103", 4},
		{"10.0.0.0/28\n!10.0.0.3-4\n!10.0.0.4-6\n!10.0.0.9",
		 "a000000-a000002 a000007-a000008 a00000a-a00000f", 11},
		{"10.0.0.1\n224.0.0.1\n255.255.255.254/31\n!255.255.255.255", "a000001-a000001",
		 1},
		{"::1\nff02::1%lo\nff05::1", "::1", 1},
		{"0.0.0.0/1\n!0.0.0.0", "1-7fffffff", 0x7fffffff},
		{"2001:db8::7\n[2001:db8::1]\n2001:db8::7", "2001:db8::1 2001:db8::7", 2},
		{"2001:db8::7/128\n!2001:db8::1\n10.0.0.1", "a000001-a000001 2001:db8::7", 2},
		{"2001:db8::7\n2001:db8::1\n!2001:db8::7", "2001:db8::1", 1},
		{"fe80::7%lo\nfe80::7\nfe80::8%lo\n!fe80::9\n!fe80::7", "fe80::8", 1},
		{"fe80::7%lo\nfe80::7\n!fe80::7%lo\n!fe80::6", "fe80::7", 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_range range;
		struct br_error err = {""};
		char *block, text[256];

		check_case(cases[i].list);
		br_range_init(&range);
		CHECK_INT(br_range_add_list(&range, exact(cases[i].list, &block), "list", &err),
			  BR_OK);
		CHECK_INT(br_range_settle(&range, UINT64_MAX, &err), BR_OK);
		CHECK_STR(err.text, "");
		show(&range, text, sizeof text);
		CHECK_STR(text, cases[i].spans);
		CHECK_INT(range.count, cases[i].count);
		br_range_clear(&range);
		free(block);
	}
}

TEST(what_is_refused)
{
	static const struct {
		const char *list, *says;
	} cases[] = {
		{"192.0.2.9-3", "list:1: 192.0.2.9-3: ends before it begins"},
		{"\n192.0.2.9-192.0.1.9", "list:2: 192.0.2.9-192.0.1.9: ends before it begins"},
		{"192.0.2.0/33", "list:1: 192.0.2.0/33: is no network; one is 192.0.2.0/24"},
		{"192.0.2.0/", "list:1: 192.0.2.0/: is no network; one is 192.0.2.0/24"},
		{"192.0.2/24", "list:1: 192.0.2/24: is no network; one is 192.0.2.0/24"},
		{"192.0.2.1-", "list:1: 192.0.2.1-: is no range; one is 192.0.2.10-192.0.2.99"},
		{"192.0.2.1-256",
		 "list:1: 192.0.2.1-256: is no range; one is 192.0.2.10-192.0.2.99"},
		{"printer.example",
		 "list:1: printer.example: is neither an address, a network nor a range"},
		{"192.0.2.1 x", "list:1: 192.0.2.1 x: is neither an address, a network nor a "
				"range"},
		{"\033[31m", "list:1: [31m: is neither an address, a network nor a range"},
		{"!", "list:1: an empty range"},
		{"2001:db8::/64",
		 "list:1: 2001:db8::/64: an IPv6 network has too many addresses to ask them "
		 "all: list single ones, or take those of --neighbours"},
		{"2001:db8:::1",
		 "list:1: 2001:db8:::1: is no IPv6 address, or there is no such "
		 "interface"},
		{"fe80::1%none-such",
		 "list:1: fe80::1%none-such: is no IPv6 address, or there is no such "
		 "interface"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_range range;
		struct br_error err = {""};
		char *block;

		check_case(cases[i].list);
		br_range_init(&range);
		CHECK_INT(br_range_add_list(&range, exact(cases[i].list, &block), "list", &err),
			  BR_E_SYNTAX);
		CHECK_STR(err.text, cases[i].says);
		br_range_clear(&range);
		free(block);
	}
}

TEST(too_many_and_none)
{
	struct br_range range;
	struct br_error err;

	br_range_init(&range);
	CHECK_INT(br_range_add(&range, br_view("10.0.0.0/8"), false, &err), BR_OK);
	CHECK_INT(br_range_settle(&range, BR_RANGE_USUAL_MAX, &err), BR_OK);
	CHECK_INT(br_range_add(&range, br_view("11.0.0.0"), false, &err), BR_OK);
	CHECK_INT(br_range_settle(&range, BR_RANGE_USUAL_MAX, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "16777217 addresses; the limit is 16777216");
	CHECK_INT(br_range_add(&range, br_view("0.0.0.0/0"), true, &err), BR_OK);
	CHECK_INT(br_range_settle(&range, BR_RANGE_USUAL_MAX, &err), BR_E_ABSENT);
	br_range_clear(&range);
}

TEST(each_index_leads_back_to_itself)
{
	static const char list[] = "10.0.0.0/28\n10.0.1.7\n10.0.2.9-77\n!10.0.2.11\n"
				   "2001:db8::1\n2001:db8::2\n";
	struct br_range range;
	union br_address address;
	struct br_error err;
	uint64_t index;

	br_range_init(&range);
	CHECK_INT(br_range_add_list(&range, br_view(list), "list", &err), BR_OK);
	CHECK_INT(br_range_settle(&range, 1000, &err), BR_OK);
	CHECK_INT(range.count, 16 + 1 + 68 + 2);
	for (uint64_t i = 0; i < range.count; i++) {
		br_range_at(&range, i, 1161, &address);
		CHECK_INT(br_address_port(&address), 1161);
		CHECK(br_range_find(&range, &address, &index));
		CHECK_INT(index, i);
	}
	static const char *const outside[] = {"9.255.255.255", "10.0.0.16", "10.0.2.8",
					      "10.0.2.11",     "10.0.2.78", "255.255.255.255",
					      "2001:db8::3",   "2001:db8::"};
	for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
		check_case(outside[i]);
		CHECK(br_address_numeric(&address, outside[i], 161));
		CHECK(!br_range_find(&range, &address, &index));
	}
	br_range_clear(&range);
}

TEST(the_digest_is_of_the_set)
{
	static const char *const same[] = {"10.0.0.0/24", "10.0.0.128/25\n10.0.0.0/25",
					   "10.0.0.0/23\n!10.0.1.0/24"};
	uint64_t digests[3], other = 0;

	for (size_t i = 0; i < 4; i++) {
		struct br_range range;
		struct br_error err;

		br_range_init(&range);
		CHECK_INT(br_range_add_list(&range, br_view(i < 3 ? same[i] : "10.0.0.0/25"),
					    "list", &err),
			  BR_OK);
		CHECK_INT(br_range_settle(&range, 1000, &err), BR_OK);
		*(i < 3 ? &digests[i] : &other) = br_range_digest(&range);
		br_range_clear(&range);
	}
	CHECK(digests[0] == digests[1] && digests[1] == digests[2]);
	CHECK(digests[0] != other);
}
