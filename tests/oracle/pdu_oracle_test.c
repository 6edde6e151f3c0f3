/*
 * pdu_oracle_test.c - each rule of pdu_pair.h by one message, and what we write by net-snmp.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "oracle/pdu_pair.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Hex of the pieces; the headers around them are put by the test. */
static const struct {
	const char *name, *version, *community, *pdu, *ids, *list;
	enum pair_verdict want;
	const char *why;
} cases[] = {
	{"plain", "020101", "040163", "a2", "020107020100020100", "300706022b0602012a",
	 PAIR_SAME, NULL},
	{"v1", "020100", "040163", "a2", "020107020102020101", "300706032b06010500", PAIR_SAME,
	 NULL},
	{"v3", "020103", "040163", "a2", "020107020100020100", "", PAIR_NEITHER, NULL},
	{"no list", "020101", "0400", "a2", "020107020100020100", "", PAIR_SAME, NULL},
	{"bulk", "020101", "040163", "a5", "020107020102020132", "300706032b06010500",
	 PAIR_SAME, NULL},
	{"report", "020101", "040163", "a8", "020107020100020100", "300706032b06018200",
	 PAIR_SAME, NULL},
	{"id of one octet too many", "020101", "040163", "a2", "02050100000007020100020100", "",
	 PAIR_STRICTER, "int32"},
	{"community as Opaque", "020101", "440163", "a2", "020107020100020100", "",
	 PAIR_STRICTER, "community"},
	{"a trap of v1", "020100", "040163", "a4", "06022b06400400000000020100020100430100", "",
	 PAIR_STRICTER, "trap"},
	{"value beyond its varbind", "020101", "040163", "a2", "020107020100020100",
	 "300606022b0602012a", PAIR_NEITHER, NULL},
	{"octets behind the value", "020101", "040163", "a2", "020107020100020100",
	 "300906022b0602012a0500", PAIR_LAXER, "rest"},
	{"a type of PDU that is none", "020101", "040163", "a9", "020107020100020100", "",
	 PAIR_LAXER, "type"},
	{"a type of value that is none", "020101", "040163", "a2", "020107020100020100",
	 "300706022b064f012a", PAIR_LAXER, "value"},
	{"an IpAddress of three octets", "020101", "040163", "a2", "020107020100020100",
	 "300906022b0640037f0001", PAIR_LAXER, "value"},
	{"an INTEGER of no octets", "020101", "040163", "a2", "020107020100020100",
	 "300706032b06010200", PAIR_LAXER, "value"},
	{"an arc beyond 32 bits", "020101", "040163", "a2", "020107020100020100",
	 "300b06072b9080808000000500", PAIR_LAXER, "name"},
	{"an empty name", "020101", "040163", "a2", "020107020100020100", "300406000500",
	 PAIR_LAXER, "name"},
	{"nine octets with a zero in front", "020101", "040163", "a2",
	 "0209000000000000000007020100020100", "", PAIR_LAXER, "int32"},
	{"a length of nine octets", "020101", "048900000000000000000163", "a2",
	 "020107020100020100", "", PAIR_LAXER, "length"},
	{"Counter32 without its zero", "020101", "040163", "a2", "020107020100020100",
	 "300706022b064101ff", PAIR_SAME, NULL},
	{"Counter32 with its sign spread", "020101", "040163", "a2", "020107020100020100",
	 "300b06022b064105fffffffff0", PAIR_SAME, NULL},
	{"Counter64", "020101", "040163", "a2", "020107020100020100",
	 "300e06022b064608ffffffffffffffff", PAIR_SAME, NULL},
};

static size_t from_hex(uint8_t *out, const char *hex)
{
	size_t n = 0;

	for (; hex[0]; hex += 2) {
		char pair[3] = {hex[0], hex[1], '\0'};

		out[n++] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return n;
}

static void put_hex(struct br_ber_out *out, const char *hex)
{
	uint8_t octets[64];
	size_t n = from_hex(octets, hex);

	br_ber_put_raw(out, octets, n);
}

TEST(each_rule_has_a_message)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct br_ber_out out;
		uint8_t room[256], type, *exact;
		const char *why;

		check_case(cases[i].name);
		br_ber_out_init(&out, room, sizeof room);
		put_hex(&out, cases[i].list);
		br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
		put_hex(&out, cases[i].ids);
		from_hex(&type, cases[i].pdu);
		br_ber_wrap(&out, type, out.end);
		put_hex(&out, cases[i].community);
		put_hex(&out, cases[i].version);
		br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
		size_t len = (size_t)(out.end - out.at);
		exact = malloc(len);
		memcpy(exact, out.at, len);
		CHECK_INT(pair_read(exact, len, &why), cases[i].want);
		CHECK_STR(why, cases[i].why);
		free(exact);
	}
}

/* Whatever a message is cut to, the two agree or a rule says why not. */
TEST(every_cut_of_a_message)
{
	static const char whole[] = "302a020101040163a222020107020100020100"
				    "3017300906032b060102020123300a06032b06020403616263";
	uint8_t octets[64];
	size_t len = from_hex(octets, whole);
	const char *why;

	CHECK_INT(pair_read(octets, len, &why), PAIR_SAME);
	for (size_t cut = 0; cut < len; cut++) {
		uint8_t *exact = malloc(cut ? cut : 1);

		memcpy(exact, octets, cut);
		CHECK_INT(pair_read(exact, cut, &why), PAIR_NEITHER);
		free(exact);
	}
	/* … and every octet changed. */
	for (size_t at = 0; at < len; at++)
		for (unsigned with = 0; with < 256; with++) {
			uint8_t kept = octets[at];

			octets[at] = (uint8_t)with;
			if (pair_read(octets, len, &why) == PAIR_FINDING)
				check_failed(__FILE__, __LINE__, "octet %zu as %02x: %s", at,
					     with, why ? why : "net-snmp alone");
			octets[at] = kept;
		}
}

TEST(net_snmp_reads_what_we_write)
{
	static const enum br_pdu_type types[] = {BR_PDU_GET, BR_PDU_GETNEXT, BR_PDU_GETBULK};
	static const int32_t ids[] = {0,   1,     127, 128,       255,
				      256, 32768, -1,  INT32_MAX, INT32_MIN};
	static const char *const texts[] = {"1.3.6.1.2.1.1.1.0", "2.100.4294967295", "0.0",
					    "1.3.6.1.2.1.43.11.1.1.9.1.128"};
	struct br_oid names[BR_PDU_MAX_NAMES];

	for (size_t i = 0; i < BR_PDU_MAX_NAMES; i++)
		CHECK_INT(br_oid_parse(&names[i], texts[i % 4], strlen(texts[i % 4])), BR_OK);
	for (size_t t = 0; t < COUNT(types); t++)
		for (size_t i = 0; i < COUNT(ids); i++)
			for (size_t n = 0; n <= BR_PDU_MAX_NAMES; n += 8) {
				struct br_question question = {.type = types[t],
							       .request_id = ids[i],
							       .non_repeaters = 3,
							       .max_repetitions = 200,
							       .n_names = n};

				for (size_t k = 0; k < n; k++)
					question.names[k] = &names[k];
				CHECK_STR(pair_write(i & 1 ? BR_SNMP_V1 : BR_SNMP_V2C,
						     br_view(i & 2 ? "public" : ""), &question),
					  NULL);
			}
}
