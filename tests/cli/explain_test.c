/*
 * explain_test.c - raw answers as --explain writes them, and the order of the rows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "cli/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(raw_answers)
{
	static const struct {
		const char *name;
		uint8_t tag;
		const char *octets;
		size_t len;
		const char *want;
	} cases[] = {
		{"number", BR_BER_INTEGER, "\x2a", 1, "INTEGER 42"},
		{"minus three", BR_BER_INTEGER, "\xfd", 1, "INTEGER -3"},
		{"four octets", BR_BER_INTEGER, "\x80\0\0\0", 4, "INTEGER -2147483648"},
		{"counter", BR_BER_COUNTER32, "\0\xff\xff\xff\xff", 5, "Counter32 4294967295"},
		{"big counter", BR_BER_COUNTER64, "\0\xff\xff\xff\xff\xff\xff\xff\xff", 9,
		 "Counter64 18446744073709551615"},
		{"counter without its sign octet", BR_BER_GAUGE32, "\xff\xff\xff\xff", 4,
		 "Gauge32 4294967295"},
		{"number of no octets", BR_BER_INTEGER, "", 0, "INTEGER (empty)"},
		{"number too long", BR_BER_INTEGER, "\1\2\3\4\5\6\7\10\11\12", 10,
		 "INTEGER 01 02 03 04 05 06 07 08 09 0a"},
		{"text", BR_BER_OCTETS, "Ready", 5, "STRING \"Ready\""},
		{"blank at its end", BR_BER_OCTETS, "Low ", 4, "STRING \"Low \""},
		{"bits that look like text", BR_BER_OCTETS, "@", 1, "STRING \"@\" 40"},
		{"octets", BR_BER_OCTETS, "\x80\0", 2, "STRING 80 00"},
		{"empty", BR_BER_OCTETS, "", 0, "STRING (empty)"},
		{"control characters", BR_BER_OCTETS, "a\033[m", 4, "STRING 61 1b 5b 6d"},
		{"OID", BR_BER_OID, "\x2b\6\1", 3, "OID 1.3.6.1"},
		{"address", BR_BER_IPADDRESS, "\300\0\2\1", 4, "IpAddress c0 00 02 01"},
		{"a type of its own", 0x47, "\1", 1, "type-47 01"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t *octets = malloc(cases[i].len ? cases[i].len : 1);
		struct br_tlv value = {cases[i].tag, octets, cases[i].len};
		struct br_buf out;

		check_case(cases[i].name);
		CHECK(octets != NULL);
		if (octets && cases[i].len)
			memcpy(octets, cases[i].octets, cases[i].len);
		br_buf_init(&out, 4096);
		cli_raw(&out, &value);
		CHECK_STR(out.data, cases[i].want);
		br_buf_clear(&out);
		free(octets);
	}
}

TEST(rows_stand_together)
{
	static const struct cli_look look = {0};
	static const char *const fields[] = {"trays[10].level", "trays[2].type", "hp.mib:7",
					     "trays[10].name", "trays[2].level"};
	static const char want[] = "\nanswers: 5 values from 1 question\n"
				   "  hp.mib:7                   1.3 = INTEGER 1\n"
				   "  trays[2].type              1.3 = INTEGER 1\n"
				   "  trays[2].level             1.3 = INTEGER 1\n"
				   "  trays[10].level            1.3 = INTEGER 1\n"
				   "  trays[10].name             1.3 = INTEGER 1\n";
	static const uint8_t name[] = {0x2b}, one[] = {1};
	const struct br_varbind varbind = {
		.name = name, .name_len = 1, .value = {BR_BER_INTEGER, one, 1}};
	struct br_reading *reading = malloc(sizeof *reading);
	struct cli_explain explain;
	struct br_buf out;

	CHECK(reading != NULL);
	if (!reading)
		return;
	br_reading_init(reading);
	reading->questions = 1;
	br_buf_init(&out, 1 << 16);
	cli_explain_init(&explain, &look);
	for (int twice = 0; twice < 2; twice++) { /* the second reading has none of the first */
		for (size_t i = 0; i < 5; i++)
			explain.witness.saw(explain.witness.user, fields[i], &varbind);
		br_buf_reset(&out);
		cli_explain_print(&explain, &out, reading);
		CHECK_STR(out.data, want);
	}
	cli_explain_clear(&explain);
	br_buf_clear(&out);
	free(reading);
}
