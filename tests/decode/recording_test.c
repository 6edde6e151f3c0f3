/*
 * recording_test.c - both formats, their mistakes, sorting, finding and writing back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/recording.h"

#include "base/buf.h"
#include "check.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Parses from a heap block of the exact size, so that a read behind the end is seen. */
static enum br_status parse(struct br_recording *recording, const char *text, size_t len,
			    struct br_error *err)
{
	char *exact = malloc(len > 0 ? len : 1);
	memcpy(exact, text, len);
	enum br_status status =
		br_recording_parse(recording, (struct br_view){exact, len}, "some.walk", err);
	free(exact);
	return status;
}

static void write_all(const struct br_recording *recording, struct br_buf *buf)
{
	br_buf_init(buf, 64u << 20);
	br_buf_text(buf, "");
	for (size_t i = 0; i < recording->n_rows; i++) {
		const struct br_recorded *row = &recording->rows[i];
		br_recording_line(buf, row->name.ber, row->name.len, row->tag,
				  recording->values + row->at, row->len);
	}
}

static bool same(const struct br_recording *a, const struct br_recording *b)
{
	if (a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct br_recorded *x = &a->rows[i], *y = &b->rows[i];
		if (x->name.len != y->name.len ||
		    memcmp(x->name.ber, y->name.ber, x->name.len) != 0 || x->tag != y->tag ||
		    x->len != y->len ||
		    memcmp(a->values + x->at, b->values + y->at, x->len) != 0)
			return false;
	}
	return true;
}

static void round_trip(const struct br_recording *recording)
{
	struct br_recording again;
	struct br_error err = {""};
	struct br_buf buf;

	write_all(recording, &buf);
	CHECK_INT(parse(&again, buf.data, buf.len, &err), BR_OK);
	CHECK_STR(err.text, "");
	CHECK(same(recording, &again));
	br_recording_clear(&again);
	br_buf_clear(&buf);
}

/* What is read, as it is written back. */
static const struct {
	const char *name, *text, *want;
} good[] = {
	/* clang-format off */
	{"nothing", "", ""},
	{"comments and blank lines", "# made up\n\n  \n1.3.6.1|2|1\n# end", "1.3.6.1|2|1\n"},
	{"byte order mark", "\xef\xbb\xbf" "1.3.6.1|2|1\n", "1.3.6.1|2|1\n"},
	{"every tag",
	 "1.3.1|2|-129\n1.3.2|4|Toner\n1.3.3|5|\n1.3.4|6|1.3.6.1.4.1.4294967295\n1.3.5|64|192.0.2.1\n"
	 "1.3.6|65|4294967295\n1.3.7|66|128\n1.3.8|67|0\n1.3.9|68x|9f78043f800000\n"
	 "1.3.10|70|18446744073709551615\n",
	 "1.3.1|2|-129\n1.3.2|4|Toner\n1.3.3|5|\n1.3.4|6|1.3.6.1.4.1.4294967295\n1.3.5|64|192.0.2.1\n"
	 "1.3.6|65|4294967295\n1.3.7|66|128\n1.3.8|67|0\n1.3.9|68x|9f78043f800000\n"
	 "1.3.10|70|18446744073709551615\n"},
	{"hex of what has text", "1.3.1|2x|80\n1.3.2|4x|414243\n1.3.5|64x|C0000201\n1.3.6|6x|2b06\n",
	 "1.3.1|2|-128\n1.3.2|4|ABC\n1.3.5|64|192.0.2.1\n1.3.6|6|1.3.6\n"},
	{"hex of what has none", "1.3.1|2x|\n1.3.2|2x|0001\n1.3.3|64x|c000\n1.3.4|6x|8001\n1.3.5|5x|00\n",
	 "1.3.1|2x|\n1.3.2|2x|0001\n1.3.3|64x|c000\n1.3.4|6x|8001\n1.3.5|5x|00\n"},
	{"strings that text would spoil", "1.3.1|4| a\n1.3.2|4|a \n1.3.3|4x|0a\n1.3.4|4|caf\xc3\xa9\n",
	 "1.3.1|4x|2061\n1.3.2|4x|6120\n1.3.3|4x|0a\n1.3.4|4x|636166c3a9\n"},
	{"bars in a string", "1.3.1|4|a|b||\n", "1.3.1|4|a|b||\n"},
	{"empty strings", "1.3.1|4|\n1.3.2|4x|\n", "1.3.1|4|\n1.3.2|4|\n"},
	{"one arc of zero", "1.3.1|6|0\n", "1.3.1|6|0.0\n"},
	{"CR LF", "1.3.1|4|a\r\n1.3.2|2|5\r\n", "1.3.1|4|a\n1.3.2|2|5\n"},
	{"no line end", "1.3.1|4|a", "1.3.1|4|a\n"},
	{"sorted by arcs", "1.3.200|2|3\n1.3.10|2|2\n1.3.9|2|1\n1.3.9.1|2|4\n",
	 "1.3.9|2|1\n1.3.9.1|2|4\n1.3.10|2|2\n1.3.200|2|3\n"},
	{"the first of equals is kept", "1.3.2|4|b\n1.3.1|4|\n1.3.1|5|\n1.3.1|4|late\n1.3.2|4|c\n",
	 "1.3.1|4|\n1.3.2|4|b\n"},
	{"name after one of the same stem", "1.3.6.7|2|1\n1.3.6.70|2|2\n1.3.6.7.1|2|3\n1.3.61|2|4\n1.3.6.8|2|6\n1.3.617|2|7\n1.4|2|5\n",
	 "1.3.6.7|2|1\n1.3.6.7.1|2|3\n1.3.6.8|2|6\n1.3.6.70|2|2\n1.3.61|2|4\n1.3.617|2|7\n1.4|2|5\n"},

	{"walk: numbers",
	 ".1.3.1 = INTEGER: 5\n.1.3.2 = INTEGER: idle(3)\n.1.3.3 = Gauge32: 7\n.1.3.4 = Counter32: 8\n"
	 ".1.3.5 = Counter64: 18446744073709551615\n.1.3.6 = INTEGER: -2\n.1.3.7 = Unsigned32: 9\n",
	 "1.3.1|2|5\n1.3.2|2|3\n1.3.3|66|7\n1.3.4|65|8\n1.3.5|70|18446744073709551615\n1.3.6|2|-2\n1.3.7|66|9\n"},
	{"walk: ticks", ".1.3.1 = Timeticks: (123) 0:00:01.23\n.1.3.2 = Timeticks: 77\n.1.3.3 = 99\n",
	 "1.3.1|67|123\n1.3.2|67|77\n1.3.3|67|99\n"},
	{"walk: strings", ".1.3.1 = STRING: \"a b\"\n.1.3.2 = \"\"\n.1.3.3 = STRING: plain text\n.1.3.4 = STRING: \n.1.3.5 = STRING:\n",
	 "1.3.1|4|a b\n1.3.2|4|\n1.3.3|4|plain text\n1.3.4|4|\n1.3.5|4|\n"},
	{"walk: quotes and backslashes", ".1.3.1 = STRING: \"say \\\"hi\\\" C:\\\\x \\n\"\n",
	 "1.3.1|4|say \"hi\" C:\\x \\n\n"},
	{"walk: quoted over lines", ".1.3.1 = STRING: \"a\n# b\n\n.1.3.9 = INTEGER: 1\nc\"\n.1.3.2 = INTEGER: 2\n",
	 "1.3.1|4x|610a2320620a0a2e312e332e39203d20494e54454745523a20310a63\n1.3.2|2|2\n"},
	{"walk: quoted over lines, CR LF", ".1.3.1 = STRING: \"a\r\nb\"\r\n.1.3.2 = INTEGER: 2\r\n",
	 "1.3.1|4x|610a62\n1.3.2|2|2\n"},
	{"walk: a CR of the printer's own", "#\n.1.3.1 = STRING: \"a\r\nb\"\n.1.3.2 = INTEGER: 2\n",
	 "1.3.1|4x|610d0a62\n1.3.2|2|2\n"}, /* the first line end says what a line end is */
	{"walk: unquoted over lines", ".1.3.1 = STRING: a\n\nb\n\n\n.1.3.2 = STRING: c\n# d\n.1.3.3 = STRING: e\n\n",
	 "1.3.1|4x|610a0a62\n1.3.2|4|c\n1.3.3|4|e\n"},
	{"walk: hex", ".1.3.1 = Hex-STRING: 00 FF \n.1.3.2 = Hex-STRING: 01 02 \n03 04 \n 05\n.1.3.3 = Hex-STRING: \n",
	 "1.3.1|4x|00ff\n1.3.2|4x|0102030405\n1.3.3|4|\n"},
	{"walk: bits", ".1.3.1 = BITS: 80 01 a(0) b(15) \n.1.3.2 = BITS: 40\n", "1.3.1|4x|8001\n1.3.2|4|@\n"},
	{"walk: names as values", ".1.3.1 = OID: .1.3.6.1\n.1.3.2 = OID: iso.3.6\n.1.3.3 = OID: .0.0\n.1.3.4 = OID: ccitt.0\n.1.3.5 = OID: joint-iso-ccitt.5\n",
	 "1.3.1|6|1.3.6.1\n1.3.2|6|1.3.6\n1.3.3|6|0.0\n1.3.4|6|0.0\n1.3.5|6|2.5\n"},
	{"walk: addresses", ".1.3.1 = IpAddress: 192.0.2.1\n.1.3.2 = Network Address: C0:00:02:0A\n",
	 "1.3.1|64|192.0.2.1\n1.3.2|64|192.0.2.10\n"},
	{"walk: opaque", ".1.3.1 = Opaque: Float: -1.500000\n.1.3.2 = OPAQUE: 9F 78 04 3F 80 00 00\n",
	 "1.3.1|68x|9f7804bfc00000\n1.3.2|68x|9f78043f800000\n"},
	{"walk: null", ".1.3.1 = NULL\n", "1.3.1|5|\n"},
	{"walk: wrong type", ".1.3.1 = Wrong Type (should be Gauge32 or Unsigned32): INTEGER: 5\n", "1.3.1|2|5\n"},
	{"walk: names", "1.3.1 = INTEGER: 1\niso.3.2 = INTEGER: 2\n.iso.3.3 = INTEGER: 3\n",
	 "1.3.1|2|1\n1.3.2|2|2\n1.3.3|2|3\n"},
	{"walk: nothing there",
	 ".1.3.1 = No Such Object available on this agent at this OID\n"
	 ".1.3.2 = No Such Instance currently exists at this OID\n"
	 ".1.3.3 = No more variables left in this MIB View (It is past the end of the MIB tree)\n"
	 "End of MIB\n", ""},
	{"both formats", "1.3.2|2|2\n.1.3.1 = INTEGER: 1\n", "1.3.1|2|1\n1.3.2|2|2\n"},
	/* clang-format on */
};

TEST(reads_and_writes_back)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct br_recording recording;
		struct br_error err = {""};
		struct br_buf buf;
		check_case(good[i].name);
		CHECK_INT(parse(&recording, good[i].text, strlen(good[i].text), &err), BR_OK);
		CHECK_STR(err.text, "");
		write_all(&recording, &buf);
		CHECK_STR(buf.data, good[i].want);
		round_trip(&recording);
		br_buf_clear(&buf);
		br_recording_clear(&recording);
	}
}

static const struct {
	const char *name, *text, *want;
} bad[] = {
	/* clang-format off */
	{"no value", "1.3.1|2\n", "some.walk:1: expected NAME|TAG|VALUE: '1.3.1|2'"},
	{"no name", "|2|1\n", "some.walk:1: not a numeric object identifier"},
	{"one arc", "1|2|1\n", "some.walk:1: not a numeric object identifier: '1'"},
	{"arc too large", "# \n1.3.4294967296|2|1", "some.walk:2: not a numeric object identifier: '1.3.4294967296'"},
	{"arc too large behind a stem", "1.3.6|2|1\n1.3.4294967296|2|1", "some.walk:2: not a numeric object identifier: '1.3.4294967296'"},
	{"dot at the end", "1.3.6|2|1\n1.3.|2|1", "some.walk:2: not a numeric object identifier: '1.3.'"},
	{"unknown tag", "1.3.1|3|1\n", "some.walk:1: not a type tag (2 4 5 6 64 65 66 67 68 70, or with x): '3'"},
	{"tag of a string that is escaped", "1.3.1|4e|1\n", "some.walk:1: not a type tag (2 4 5 6 64 65 66 67 68 70, or with x): '4e'"},
	{"no tag", "1.3.1|x|1\n", "some.walk:1: not a type tag (2 4 5 6 64 65 66 67 68 70, or with x): 'x'"},
	{"variation", "1.3.1|2:numeric|1\n", "some.walk:1: variation modules are not played: '2:numeric'"},
	{"integer too large", "1.3.1|2|2147483648\n", "some.walk:1: not a number from -2147483648 to 2147483647: '2147483648'"},
	{"integer too small", "1.3.1|2|-2147483649\n", "some.walk:1: not a number from -2147483648 to 2147483647: '-2147483649'"},
	{"no integer", "1.3.1|2|\n", "some.walk:1: not a number from -2147483648 to 2147483647"},
	{"blank before a number", "1.3.1|2| 1\n", "some.walk:1: not a number from -2147483648 to 2147483647: ' 1'"},
	{"negative counter", "1.3.1|65|-1\n", "some.walk:1: not a number from 0 to 4294967295: '-1'"},
	{"counter too large", "1.3.1|65|4294967296\n", "some.walk:1: not a number from 0 to 4294967295: '4294967296'"},
	{"counter of 65 bits", "1.3.1|70|18446744073709551616\n", "some.walk:1: not a number from 0 to 18446744073709551615: '18446744073709551616'"},
	{"address of three", "1.3.1|64|192.0.2\n", "some.walk:1: not an address such as 192.0.2.1: '192.0.2'"},
	{"address of five", "1.3.1|64|192.0.2.1.1\n", "some.walk:1: not an address such as 192.0.2.1: '192.0.2.1.1'"},
	{"address above", "1.3.1|64|192.0.2.256\n", "some.walk:1: not an address such as 192.0.2.1: '192.0.2.256'"},
	{"null with something", "1.3.1|5|x\n", "some.walk:1: not nothing: 'x'"},
	{"odd hex", "1.3.1|4x|abc\n", "some.walk:1: an odd number of hex digits: 'abc'"},
	{"no hex", "1.3.1|4x|0g\n", "some.walk:1: not a pair of hex digits: '0g'"},
	{"controls are not repeated", "1.3.1|2|\x1b[1m\n", "some.walk:1: not a number from -2147483648 to 2147483647: '?[1m'"},
	{"long values are cut",
	 "1.3.1|2|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
	 "some.walk:1: not a number from -2147483648 to 2147483647: "
	 "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"},
	{"prose", "Hello\n", "some.walk:1: neither NAME|TAG|VALUE nor NAME = TYPE: VALUE"},
	{"symbolic name", "\nSNMPv2-MIB::sysDescr.0 = STRING: x\n", "some.walk:2: names must be numeric: walk with -On: 'SNMPv2-MIB::sysDescr.0'"},
	{"symbolic name behind a string", ".1.3.1 = STRING: x\nIF-MIB::ifIndex.1 = INTEGER: 1\n", "some.walk:2: names must be numeric: walk with -On: 'IF-MIB::ifIndex.1'"},
	{"full names", ".iso.org.dod.internet = STRING: x\n", "some.walk:1: names must be numeric: walk with -On: '.iso.org.dod.internet'"},
	{"symbolic value", ".1.3.1 = OID: SNMPv2-SMI::enterprises.1\n", "some.walk:1: names must be numeric: walk with -On: 'SNMPv2-SMI::enterprises.1'"},
	{"unknown type", ".1.3.1 = Float: 1\n", "some.walk:1: a value of no known type: 'Float: 1'"},
	{"no value", ".1.3.1 =\n", "some.walk:1: a value of no known type"},
	{"units", ".1.3.1 = INTEGER: 5 percent\n", "some.walk:1: not a value of its type (units? use -OU): '5 percent'"},
	{"named number without a number", ".1.3.1 = INTEGER: idle)\n", "some.walk:1: not a named number: 'idle)'"},
	{"hinted number", ".1.3.1 = INTEGER: 1.5\n", "some.walk:1: not a value of its type (units? use -OU): '1.5'"},
	{"open ticks", ".1.3.1 = Timeticks: (12\n", "some.walk:1: not time ticks: '(12'"},
	{"no closing quote", "\n.1.3.1 = STRING: \"a\nb\n", "some.walk:2: the string that begins here has no closing quote"},
	{"escaped closing quote", ".1.3.1 = STRING: \"a\\\"", "some.walk:1: the string that begins here has no closing quote"},
	{"something behind a quote", ".1.3.1 = STRING: \"a\nb\" c\n", "some.walk:2: something follows the closing quote: ' c'"},
	{"line number behind a long string", ".1.3.1 = STRING: \"a\n\nb\"\n.1.3.2 = Hex-STRING: 00\n 01\nx\n", "some.walk:6: neither NAME|TAG|VALUE nor NAME = TYPE: VALUE"},
	{"hex of one digit", ".1.3.1 = Hex-STRING: 00 1\n", "some.walk:1: not a pair of hex digits: '1'"},
	{"bit without a number", ".1.3.1 = BITS: 80 idle\n", "some.walk:1: neither hex digits nor the name of a bit: 'idle'"},
	{"short network address", ".1.3.1 = Network Address: 00:00:00\n", "some.walk:1: not a network address: '00:00:00'"},
	{"opaque float", ".1.3.1 = Opaque: Float: nan\n", "some.walk:1: not a number: 'nan'"},
	{"timeout", ".1.3.1 = INTEGER: 1\nTimeout: No Response from 192.0.2.1\n", "some.walk:2: the walk ended in a timeout; remove this line to use what is there"},
	/* clang-format on */
};

TEST(says_where_it_is_wrong)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct br_recording recording;
		struct br_error err = {""};
		check_case(bad[i].name);
		CHECK_INT(parse(&recording, bad[i].text, strlen(bad[i].text), &err),
			  BR_E_SYNTAX);
		CHECK_STR(err.text, bad[i].want);
		CHECK(recording.rows == NULL && recording.values == NULL &&
		      recording.n_rows == 0);
		/* Every beginning of the text parses or is refused, but never reads past its
		 * end. */
		for (size_t len = 0; len < strlen(bad[i].text); len++) {
			(void)!parse(&recording, bad[i].text, len, NULL);
			br_recording_clear(&recording);
		}
	}
}

TEST(every_beginning_of_a_good_text_is_safe)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		check_case(good[i].name);
		for (size_t len = 0; len < strlen(good[i].text); len++) {
			struct br_recording recording;
			if (parse(&recording, good[i].text, len, NULL) == BR_OK)
				round_trip(&recording);
			br_recording_clear(&recording);
		}
	}
}

/* A value of octets that count up from the first, written and read again. */
static void octets_survive(uint8_t tag, size_t len, unsigned first)
{
	uint8_t value[258], name[] = {0x2b, 6, 1};
	struct br_recording recording;
	struct br_buf buf;

	for (size_t i = 0; i < len; i++)
		value[i] = (uint8_t)(first + i);
	br_buf_init(&buf, 4096);
	br_recording_line(&buf, name, sizeof(name), tag, value, len);
	CHECK_INT(parse(&recording, buf.data, buf.len, NULL), BR_OK);
	CHECK_INT(recording.n_rows, 1);
	if (recording.n_rows == 1) {
		CHECK_INT(recording.rows[0].tag, tag);
		CHECK_MEM(recording.values + recording.rows[0].at, recording.rows[0].len, value,
			  len);
	}
	br_recording_clear(&recording);
	br_buf_clear(&buf);
}

TEST(every_octet_survives)
{
	static const uint8_t tags[] = {2, 4, 5, 6, 64, 65, 66, 67, 68, 70};

	for (size_t t = 0; t < sizeof(tags); t++)
		for (size_t len = 0; len <= 258; len = len < 12 ? len + 1 : len * 2)
			for (unsigned first = 0; first < 256; first++)
				octets_survive(tags[t], len, first);
}

TEST(a_tag_without_text_form_has_no_line)
{
	uint8_t name[] = {0x2b, 6};
	struct br_buf buf;

	br_buf_init(&buf, 100);
	br_recording_line(&buf, name, sizeof(name), 0x82, name, 0);
	CHECK_INT(buf.len, 0);
	br_buf_clear(&buf);
}

TEST(finds_rows_and_gaps)
{
	static const char text[] = "1.3.2|2|1\n1.3.4|2|2\n1.3.4.1|2|3\n1.3.200|2|4\n";
	static const struct {
		const char *name, *oid;
		size_t at;
		bool exact;
	} cases[] = {
		/* clang-format off */
		{"first", "1.3.2", 0, true},
		{"before all", "1.3.1", 0, false},
		{"last", "1.3.200", 3, true},
		{"behind all", "1.3.201", 4, false},
		{"parent", "1.3", 0, false},
		{"child", "1.3.2.7", 1, false},
		{"shorter arc", "1.3.127", 3, false},
		{"middle", "1.3.4", 1, true},
		{"between", "1.3.4.0", 2, false},
		/* clang-format on */
	};
	struct br_recording recording, empty = {0};
	bool exact = true;

	CHECK_INT(parse(&recording, text, strlen(text), NULL), BR_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct br_oid oid;
		check_case(cases[i].name);
		CHECK_INT(br_oid_parse(&oid, cases[i].oid, strlen(cases[i].oid)), BR_OK);
		CHECK_INT(br_recording_find(&recording, oid.ber, oid.len, &exact), cases[i].at);
		CHECK_INT(exact, cases[i].exact);
		CHECK_INT(br_recording_find(&empty, oid.ber, oid.len, &exact), 0);
		CHECK_INT(exact, false);
	}
	br_recording_clear(&recording);
}

/* Names in an order that mixes long runs, short runs and equals; the position is the value. */
TEST(sorts_many_rows_and_keeps_the_first)
{
	enum { ROWS = 3000, NAMES = 700 };
	static uint32_t first_at[NAMES];
	struct br_recording recording;
	struct br_buf buf;
	uint32_t random = 1;
	size_t names = 0;

	br_buf_init(&buf, 1u << 20);
	memset(first_at, 0xff, sizeof(first_at));
	for (uint32_t i = 0; i < ROWS; i++) {
		random = random * 1664525u + 1013904223u;
		uint32_t arc = i % 5 ? (random >> 8) % NAMES : i % NAMES;
		if (first_at[arc] == UINT32_MAX) {
			first_at[arc] = i;
			names++;
		}
		br_buf_format(&buf, "1.3.6.%u|66|%u\n", arc, i);
	}
	CHECK_INT(parse(&recording, buf.data, buf.len, NULL), BR_OK);
	CHECK_INT(recording.n_rows, names);
	br_buf_reset(&buf);
	for (uint32_t arc = 0; arc < NAMES; arc++)
		if (first_at[arc] != UINT32_MAX)
			br_buf_format(&buf, "1.3.6.%u|66|%u\n", arc, first_at[arc]);
	struct br_buf got;
	write_all(&recording, &got);
	CHECK_STR(got.data, buf.data);
	br_buf_clear(&got);
	br_buf_clear(&buf);
	br_recording_clear(&recording);
}

TEST(bounds)
{
	struct br_recording recording;
	struct br_error err;
	struct br_buf buf;

	br_buf_init(&buf, 64u << 20);
	for (unsigned i = 0; i <= BR_RECORDING_MAX_ROWS; i++) {
		if (i == BR_RECORDING_MAX_ROWS) {
			CHECK_INT(parse(&recording, buf.data, buf.len, &err), BR_OK);
			CHECK_INT(recording.n_rows, BR_RECORDING_MAX_ROWS);
			br_recording_clear(&recording);
		}
		br_buf_format(&buf, "1.3.%u|2|1\n", i);
	}
	CHECK_INT(parse(&recording, buf.data, buf.len, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "some.walk:200001: more than 200000 rows.");
	CHECK(recording.rows == NULL);
	br_buf_clear(&buf);
	CHECK_INT(br_recording_parse(&recording,
				     (struct br_view){"", BR_RECORDING_MAX_BYTES + 1}, "x",
				     &err),
		  BR_E_LIMIT);
	CHECK_STR(err.text, "x: larger than 33554432 bytes.");
	CHECK_INT(br_recording_load(&recording, "/", &err), BR_E_FILE);
	CHECK_INT(br_recording_load(&recording, "tests/none.snmprec", &err), BR_E_ABSENT);
}

static size_t lines_of(const char *path)
{
	FILE *file = fopen(path, "r");
	size_t lines = 0;
	int c;

	while (file != NULL && (c = getc(file)) != EOF)
		lines += c == '\n';
	if (file != NULL)
		fclose(file);
	return lines;
}

/* The corpus holds no duplicates, no comments and no blank lines: a row a line. */
static void check_corpus(const char *corpus, const char *below)
{
	char pattern[512];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/%s/*.snmprec", corpus, below);
	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct br_recording recording;
		struct br_error err = {""};
		check_case(found.gl_pathv[i]);
		CHECK_INT(br_recording_load(&recording, found.gl_pathv[i], &err), BR_OK);
		CHECK_STR(err.text, "");
		CHECK_INT(recording.n_rows, lines_of(found.gl_pathv[i]));
		round_trip(&recording);
		br_recording_clear(&recording);
	}
	globfree(&found);
}

TEST(every_recording_of_the_corpus)
{
	const char *corpus = getenv("BRAYER_CORPUS");
	char path[512];

	corpus = corpus != NULL ? corpus : "../shared/corpus";
	snprintf(path, sizeof(path), "%s/snmp", corpus);
	FILE *there = fopen(path, "r");
	if (there == NULL)
		check_skip(CHECK_NO_CORPUS);
	fclose(there);
	check_corpus(corpus, "snmp");
	check_corpus(corpus, "snmp/fragments");
	check_corpus(corpus, "snmp/ident");
}
