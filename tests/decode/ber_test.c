/*
 * ber_test.c - elements off the wire: cut, too long, of no known form; and numbers both ways.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/ber.h"

#include <stdlib.h>
#include <string.h>

static uint8_t *exact(const char *octets, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	memcpy(copy, octets, len);
	return copy;
}

#define OCTETS(text) text, sizeof text - 1

static const struct {
	const char *name, *octets;
	size_t len;
	bool good;
	size_t contents;
} elements[] = {
	{"nothing", OCTETS(""), false, 0},
	{"a tag alone", OCTETS("\x04"), false, 0},
	{"empty contents", OCTETS("\x04\x00"), true, 0},
	{"short form",
	 OCTETS("\x04\x02"
		"ab"),
	 true, 2},
	{"something behind it",
	 OCTETS("\x04\x01"
		"abc"),
	 true, 1},
	{"cut contents",
	 OCTETS("\x04\x03"
		"ab"),
	 false, 0},
	{"long form",
	 OCTETS("\x04\x81\x02"
		"ab"),
	 true, 2},
	{"long form with zeros in front",
	 OCTETS("\x04\x84\x00\x00\x00\x02"
		"ab"),
	 true, 2},
	{"cut length", OCTETS("\x04\x82\x01"), false, 0},
	{"indefinite", OCTETS("\x30\x80\x00\x00"), false, 0},
	{"longer than memory",
	 OCTETS("\x04\x88\xff\xff\xff\xff\xff\xff\xff\xff"
		"a"),
	 false, 0},
	{"a length of nine octets",
	 OCTETS("\x04\x89\x01\x00\x00\x00\x00\x00\x00\x00\x00"
		"a"),
	 false, 0},
	{"a long tag",
	 OCTETS("\x1f\x81\x01\x01"
		"a"),
	 false, 0},
};

TEST(elements)
{
	for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
		uint8_t *octets = exact(elements[i].octets, elements[i].len);
		struct br_ber in = {octets, octets + elements[i].len};
		struct br_tlv tlv;
		bool good = br_ber_take(&in, &tlv);

		check_case(elements[i].name);
		CHECK_INT(good, elements[i].good);
		if (good)
			CHECK_INT(tlv.len, elements[i].contents);
		free(octets);
	}
}

static const struct {
	const char *name;
	uint8_t tag;
	const char *octets;
	size_t len;
	bool good;
	int64_t number;
} numbers[] = {
	{"zero", 2, OCTETS("\0"), true, 0},
	{"minus one", 2, OCTETS("\xff"), true, -1},
	{"minus 128", 2, OCTETS("\x80"), true, -128},
	{"128", 2, OCTETS("\x00\x80"), true, 128},
	{"not minimal", 2, OCTETS("\x00\x00\x00\x05"), true, 5},
	{"empty", 2, OCTETS(""), false, 0},
	{"eight octets", 2, OCTETS("\x7f\xff\xff\xff\xff\xff\xff\xff"), true, INT64_MAX},
	{"the least", 2, OCTETS("\x80\0\0\0\0\0\0\0"), true, INT64_MIN},
	{"nine octets", 2, OCTETS("\x01\0\0\0\0\0\0\0\0"), false, 0},
	{"nine octets, a zero in front", 0x46, OCTETS("\0\x7f\xff\xff\xff\xff\xff\xff\xff"),
	 true, INT64_MAX},
	{"Counter64 beyond INT64_MAX", 0x46, OCTETS("\0\xff\xff\xff\xff\xff\xff\xff\xff"),
	 false, 0},
	{"Counter32 with its zero", 0x41, OCTETS("\0\xff\xff\xff\xff"), true, 4294967295},
	{"Counter32 without its zero", 0x41, OCTETS("\xff\xff\xff\xff"), true, 4294967295},
	{"Gauge32 sign-extended", 0x42, OCTETS("\xff\xff\xff\xff\xff\xff\xff\xfe"), true,
	 4294967294},
	{"Gauge32 sign-extended to five", 0x42, OCTETS("\xff\xff\xff\xff\xfe"), true,
	 4294967294},
	{"Gauge32 of 33 bits is none", 0x42, OCTETS("\x01\0\0\0\0"), false, 0},
	{"Counter32 of 64 bits is none", 0x41, OCTETS("\0\x7f\xff\xff\xff\xff\xff\xff\xff"),
	 false, 0},
	{"INTEGER of nine octets is not -1", 2, OCTETS("\0\xff\xff\xff\xff\xff\xff\xff\xff"),
	 false, 0},
	{"INTEGER, a zero in front of eight", 2, OCTETS("\0\x7f\0\0\0\0\0\0\1"), true,
	 0x7f00000000000001},
	{"ticks", 0x43, OCTETS("\x01\x00"), true, 256},
	{"an address", 0x40, OCTETS("\x7f\0\0\1"), false, 0},
	{"Opaque", 0x44, OCTETS("\x01"), false, 0},
	{"NsapAddress", 0x45, OCTETS("\x01"), false, 0},
	{"UInteger32 of v2's first days", 0x47, OCTETS("\x01"), false, 0},
	{"octets", 4, OCTETS("5"), false, 0},
	{"NULL", 5, OCTETS(""), false, 0},
};

TEST(numbers_off_the_wire)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		uint8_t *octets = exact(numbers[i].octets, numbers[i].len);
		struct br_tlv tlv = {numbers[i].tag, octets, numbers[i].len};
		int64_t number = 0;
		bool good = br_ber_number(&tlv, &number);

		check_case(numbers[i].name);
		CHECK_INT(good, numbers[i].good);
		if (good)
			CHECK_INT(number, numbers[i].number);
		free(octets);
	}
}

TEST(numbers_there_and_back)
{
	static const int64_t list[] = {
		0,   1,     -1,    127,       128,       -128,       -129,      255,
		256, 32767, 32768, INT32_MAX, INT32_MIN, 4294967295, INT64_MAX, INT64_MIN};

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		uint8_t *buffer = exact("0123456789", 10);
		struct br_ber_out out;
		struct br_ber in;
		struct br_tlv tlv;
		int64_t number = 0;

		br_ber_out_init(&out, buffer, 10);
		br_ber_put_int(&out, BR_BER_INTEGER, list[i]);
		CHECK(!out.full);
		in = (struct br_ber){out.at, out.end};
		CHECK(br_ber_take_tag(&in, BR_BER_INTEGER, &tlv) &&
		      br_ber_number(&tlv, &number));
		CHECK_INT(number, list[i]);
		CHECK(tlv.len == 1 || !((tlv.data[0] == 0 && !(tlv.data[1] & 0x80)) ||
					(tlv.data[0] == 0xff && tlv.data[1] & 0x80)));
		free(buffer);
	}
}

TEST(a_buffer_that_is_full_says_so)
{
	for (size_t size = 0; size < 9; size++) {
		uint8_t *buffer = exact("012345678", size);
		struct br_ber_out out;

		br_ber_out_init(&out, buffer, size);
		br_ber_put(&out, BR_BER_OCTETS, "abcde", 5);
		br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
		CHECK_INT(out.full, size != 9);
		free(buffer);
	}
}

TEST(int32_only)
{
	static const struct {
		const char *octets;
		size_t len;
		bool good;
	} rows[] = {
		{OCTETS("\x02\x04\x7f\xff\xff\xff"), true},
		{OCTETS("\x02\x05\x00\x80\x00\x00\x00"), false},
		{OCTETS("\x02\x04\x80\x00\x00\x00"), true},
		{OCTETS("\x02\x05\xff\x7f\xff\xff\xff"), false},
		{OCTETS("\x41\x01\x01"), false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint8_t *octets = exact(rows[i].octets, rows[i].len);
		struct br_ber in = {octets, octets + rows[i].len};
		int32_t number;

		CHECK_INT(br_ber_take_int(&in, &number), rows[i].good);
		free(octets);
	}
}
