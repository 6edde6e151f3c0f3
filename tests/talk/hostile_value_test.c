/*
 * hostile_value_test.c - answers of the wrong type, in the wrong words, or far too long.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/liar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct br_reading honest, got;

static void read_text(const char *snmprec)
{
	struct liar *liar = liar_open_text(snmprec);

	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	liar_check_harvest(liar);
	liar_close(liar);
}

/* One printer whose answer to one name is of another type. */
static void read_with(const char *name, const char *tag_and_value)
{
	char text[2048];

	snprintf(text, sizeof text,
		 "1.3.6.1.2.1.1.5.0|4|host\n"
		 "1.3.6.1.2.1.43.10.2.1.2.1.1|2|4\n1.3.6.1.2.1.43.10.2.1.3.1.1|2|7\n"
		 "1.3.6.1.2.1.43.11.1.1.2.1.1|2|1\n1.3.6.1.2.1.43.11.1.1.5.1.1|2|3\n"
		 "1.3.6.1.2.1.43.11.1.1.8.1.1|2|100\n"
		 "%s|%s\n",
		 name, tag_and_value);
	read_text(text);
}

/* Levels of a capacity of 100: what each answer is read as. */
TEST(a_level_of_any_type)
{
	static const struct {
		const char *name, *answer;
		bool known;
		int64_t level;
	} cases[] = {
		{"INTEGER", "2|55", true, 55},
		{"Counter32", "65|55", true, 55},
		{"Gauge32", "66|55", true, 55},
		{"TimeTicks", "67|55", true, 55},
		{"Counter64", "70|55", true, 55},
		{"text", "4|55", true, 55},
		{"text with blanks", "4| 55 ", true, 55},
		{"text with a sign", "4|-3", true, -3},
		{"text with a unit", "4|55 %", false, 0},
		{"no digit", "4|full", false, 0},
		{"empty text", "4|", false, 0},
		{"text with a NUL", "4x|353500", false, 0},
		{"text beyond 64 bits", "4|99999999999999999999", false, 0},
		{"an OID", "6|1.3.6.1", false, 0},
		{"an address", "64|192.0.2.1", false, 0},
		{"Opaque", "68|9f780442480000", false, 0},
		{"Counter64 beyond INT64_MAX", "70|18446744073709551615", false, 0},
		{"Counter64 of 63 bits", "70|9223372036854775807", true, INT64_MAX},
		{"Gauge32 of 32 bits", "66|4294967295", true, 4294967295},
		{"the least INTEGER", "2|-2147483648", true, -2147483648},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		read_with("1.3.6.1.2.1.43.11.1.1.9.1.1", cases[i].answer);
		CHECK_INT(got.n_supplies, 1);
		CHECK_INT(got.supplies[0].level.known, cases[i].known);
		CHECK_INT(got.supplies[0].level.known ? got.supplies[0].level.value : 0,
			  cases[i].level);
		if (!cases[i].known || cases[i].level < 0)
			CHECK(got.supplies[0].kind != BR_LEVEL_MEASURED);
		else
			CHECK_INT(got.supplies[0].kind, BR_LEVEL_MEASURED);
	}
}

TEST(a_counter_of_any_type)
{
	static const struct {
		const char *name, *answer;
		bool known;
		int64_t total;
	} cases[] = {
		{"Counter32", "65|4294967295", true, 4294967295},
		{"INTEGER", "2|1234", true, 1234},
		{"Counter64", "70|12345678901234", true, 12345678901234},
		{"text", "4|1234", true, 1234},
		{"zero", "65|0", true, 0},
		{"negative", "2|-1", false, 0},
		{"unknown", "2|-2", false, 0},
		{"negative text", "4|-7", false, 0},
		{"NULL", "5|", false, 0},
		{"hex text", "4|0x1F", false, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		read_with("1.3.6.1.2.1.43.10.2.1.4.1.1", cases[i].answer);
		CHECK_INT(got.counters[BR_COUNTER_TOTAL].value.known, cases[i].known);
		if (cases[i].known)
			CHECK_INT(got.counters[BR_COUNTER_TOTAL].value.value, cases[i].total);
	}
}

/* hrPrinterDetectedErrorState: bits from the high bit of the first octet on. */
TEST(error_states_of_any_length)
{
	static const struct {
		const char *name, *answer;
		bool known;
		uint32_t bits;
	} cases[] = {
		{"empty", "4|", true, 0},
		{"one octet", "4x|20", true, 1u << BR_ERR_LOW_TONER},
		{"one octet, all", "4x|ff", true, 0xff},
		{"two octets", "4x|2008", true,
		 1u << BR_ERR_LOW_TONER | 1u << BR_ERR_OUTPUT_FULL},
		{"two octets, all", "4x|ffff", true, 0x7fff},
		{"three octets", "4x|4000ff", true, 1u << BR_ERR_NO_PAPER},
		{"nothing is wrong", "4x|0000", true, 0},
		{"INTEGER zero", "2|0", true, 0},
		{"INTEGER of an octet", "2|64", true, 1u << BR_ERR_NO_PAPER},
		{"INTEGER of an octet with its high bit", "2|128", true,
		 1u << BR_ERR_LOW_PAPER},
		{"INTEGER of two octets", "2|16384", true, 1u << BR_ERR_NO_PAPER},
		{"INTEGER of two octets with the high bit", "2|32768", true,
		 1u << BR_ERR_LOW_PAPER},
		{"INTEGER of both", "2|8200", true,
		 1u << BR_ERR_LOW_TONER | 1u << BR_ERR_OUTPUT_FULL},
		{"an OID", "6|1.3.6", false, 0},
		{"a counter", "65|5", false, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		read_with("1.3.6.1.2.1.25.3.5.1.2.1", cases[i].answer);
		CHECK_INT(got.status.errors_known, cases[i].known);
		CHECK_INT(got.status.errors, cases[i].bits);
	}
}

/* prtLocalizationCharacterSet by its number, and the octets of a description under it. */
TEST(text_in_the_printers_character_set)
{
	static const struct {
		const char *name;
		int charset;
		const char *answer, *want;
	} cases[] = {
		{"UTF-8", 106, "4x|c3846e64657265", "\xc3\x84ndere"},
		{"UTF-8 cut in a character", 106, "4x|546f6e65722053636877c3", "Toner Schw"},
		{"UTF-8 broken in the middle", 106, "4x|41ff42",
		 "A\xc3\xbf"
		 "B"},
		{"Latin-1", 4, "4x|476572e474", "Ger\xc3\xa4t"},
		{"roman8", 2004, "4x|476572cc74", "Ger\xc3\xa4t"},
		{"Shift-JIS", 17, "4x|836783698ffc", NULL},
		{"NULs at the end", 106, "4x|546f6e65720000", "Toner"},
		{"NULs in between", 106, "4x|546f006e6572", NULL},
		{"controls", 106, "4x|1b5b334131071f42", NULL},
		{"printed hex", 106, "4|54 6F 6E 65 72 20 42", NULL},
		{"nothing but blanks", 106, "4|     ", ""},
		{"a number", 106, "2|42", "42"},
		{"an OID", 106, "6|1.3.6.1.4", "1.3.6.1.4"},
		{"a character set of no number", 999999, "4|Toner", "Toner"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[512];
		const char *said;

		check_case(cases[i].name);
		snprintf(text, sizeof text,
			 "1.3.6.1.2.1.43.5.1.1.2.1|2|3\n1.3.6.1.2.1.43.7.1.1.4.1.3|2|%d\n"
			 "1.3.6.1.2.1.43.11.1.1.2.1.1|2|1\n1.3.6.1.2.1.43.11.1.1.5.1.1|2|3\n"
			 "1.3.6.1.2.1.43.11.1.1.6.1.1|%s\n",
			 cases[i].charset, cases[i].answer);
		read_text(text);
		CHECK_INT(got.n_supplies, 1);
		said = br_text(&got, got.supplies[0].description);
		if (cases[i].want)
			CHECK_STR(said, cases[i].want);
		for (const char *c = said; *c; c++)
			CHECK((unsigned char)*c >= 0x20 && *c != 0x7f);
	}
}

static void long_text(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	static uint8_t text[LIAR_OCTETS];
	size_t room = LIAR_OCTETS - 4096;

	(void)asked;
	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < reply->n && room; i++) {
		if (reply->rows[i].tag != BR_BER_OCTETS)
			continue;
		reply->rows[i].value = text;
		reply->rows[i].len = room;
		if (liar->how)
			return;
		room = 0;
	}
}

TEST(a_text_as_long_as_a_datagram)
{
	struct liar *liar = liar_open("hp_color_mfp");

	liar->bend = long_text;
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(got.partial); /* 256 KB of answers is the most that is kept */
	CHECK(liar_noted(&got, "the rest was left out"));
	CHECK(strlen(br_text(&got, got.identity.description)) < 1024);
	liar_close(liar);
}

/* Names of 127 arcs, of arcs of 32 bits, and longer than any name may be. */
static void long_names(struct liar *liar, const struct liar_asked *asked,
		       struct liar_reply *reply)
{
	uint8_t name[300];

	for (size_t i = 0; i < reply->n && i < asked->n; i++) {
		const struct br_oid *oid = &asked->names[i];
		size_t len = oid->len;

		memcpy(name, oid->ber, len);
		while (len < (size_t)liar->how)
			name[len++] = 1;
		reply->rows[i].name = liar_keep(liar, name, len);
		reply->rows[i].name_len = len;
	}
}

TEST(names_of_any_length)
{
	static const long lengths[] = {20, 31, 46, 47, 64, 126, 127, 128, 129, 255, 300};

	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct liar *liar = liar_open("hp_mono");

		liar->bend = long_names;
		liar->how = lengths[i];
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK_INT(got.n_supplies, 0);
		liar_close(liar);
	}
}

static void raw_names(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	static const struct {
		uint8_t ber[16];
		size_t len;
	} names[] = {
		{{0}, 0},
		{{0x2b}, 1},
		{{0x80, 0x80, 0x01}, 3},
		{{0x2b, 6, 1, 2, 1, 43, 11, 1, 1, 0x80, 9, 1, 1}, 13},
		{{0x2b, 6, 1, 2, 1, 43, 11, 1, 1, 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, 16},
		{{0x2b, 6, 1, 2, 1, 43, 11, 1, 1, 9, 1, 0x81}, 12},
		{{0xff, 0xff, 0xff, 0xff, 0x7f}, 5},
	};
	size_t at = (size_t)liar->how % (sizeof names / sizeof names[0]);

	(void)asked;
	for (size_t i = 0; i < reply->n; i++) {
		reply->rows[i].name = names[at].ber;
		reply->rows[i].name_len = names[at].len;
	}
}

TEST(names_that_are_none)
{
	for (long how = 0; how < 7; how++) {
		struct liar *liar = liar_open("hp_mono");

		liar->bend = raw_names;
		liar->how = how;
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK_INT(got.n_supplies, 0);
		CHECK(liar->sent < 150);
		liar_close(liar);
	}
}

/* Every value of the same type, whatever it should be. */
static void one_type(struct liar *liar, const struct liar_asked *asked,
		     struct liar_reply *reply)
{
	static const struct {
		uint8_t tag;
		const char *value;
		size_t len;
	} values[] = {
		{BR_BER_NULL, "", 0},
		{BR_BER_NO_SUCH_OBJECT, "", 0},
		{BR_BER_NO_SUCH_INSTANCE, "", 0},
		{BR_BER_OPAQUE, "\x9f\x78\x04\x42\x48\0\0", 7},
		{BR_BER_INTEGER, "", 0},
		{BR_BER_INTEGER, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11},
		{BR_BER_INTEGER, "\x80\0\0\0\0\0\0\0", 8},
		{BR_BER_COUNTER64, "\0\xff\xff\xff\xff\xff\xff\xff\xff", 9},
		{BR_BER_OCTETS, "", 0},
		{BR_BER_OCTETS, "\0\0\0\0\0\0", 6},
		{BR_BER_OCTETS, "MFG:;MDL:;SN:;;;::;", 19},
		{BR_BER_OCTETS, "%s%n%", 5},
		{BR_BER_OID, "", 0},
		{BR_BER_OID, "\xff\xff\xff\xff\xff\xff", 6},
		{BR_BER_IPADDRESS, "\1", 1},
		{BR_BER_SEQUENCE, "\x30\x00", 2},
		{0x45, "nsap", 4},
		{0x47, "\1", 1},
		{0x1e, "?", 1},
	};
	size_t at = (size_t)liar->how;

	(void)asked;
	for (size_t i = 0; i < reply->n; i++) {
		reply->rows[i].tag = values[at].tag;
		reply->rows[i].value = (const uint8_t *)values[at].value;
		reply->rows[i].len = values[at].len;
	}
	liar->reply.error = 0;
}

TEST(every_value_of_the_same_wrong_type)
{
	static const char *const recordings[] = {"brother_mfc-color", "ricoh_color_mfp",
						 "kyocera_mono"};

	for (size_t r = 0; r < 3; r++) {
		struct liar *liar = liar_open(recordings[r]);

		liar->options.makers = liar_makers();
		liar->bend = one_type;
		for (liar->how = 0; liar->how < 19; liar->how++) {
			char name[80];

			snprintf(name, sizeof name, "%s, %ld", recordings[r], liar->how);
			check_case(name);
			liar_talk_and_read(liar, &got);
			CHECK_INT(liar->talk.status, BR_OK);
			CHECK(!got.counters[BR_COUNTER_TOTAL].value.known);
			for (size_t i = 0; i < got.n_supplies; i++)
				CHECK(got.supplies[i].kind != BR_LEVEL_MEASURED);
			CHECK_STR(br_text(&got, got.identity.mac), "");
		}
		liar_close(liar);
	}
}

/* As the farm's lie-types: a Counter as INTEGER, an INTEGER and an OID as text. */
static void lies(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	(void)asked;
	for (size_t i = 0; i < reply->n; i++) {
		struct liar_row *row = &reply->rows[i];
		struct br_tlv value = {row->tag, row->value, row->len};
		char text[BR_OID_TEXT_SIZE];
		int64_t number;

		if (row->tag == BR_BER_COUNTER32 || row->tag == BR_BER_GAUGE32) {
			row->tag = BR_BER_INTEGER;
		} else if (row->tag == BR_BER_INTEGER && br_ber_number(&value, &number)) {
			snprintf(text, sizeof text, "%lld", (long long)number);
			liar_put(liar, i, BR_BER_OCTETS, text, strlen(text));
		} else if (row->tag == BR_BER_OID) {
			size_t len = br_oid_format(text, sizeof text, row->value, row->len);

			liar_put(liar, i, BR_BER_OCTETS, text, len);
		}
	}
}

TEST(lying_types_are_read_all_the_same)
{
	static const char *const recordings[] = {
		"hp_color_mfp",    "lexmark_mono",    "konica_minolta_color_mfp",
		"brother_hl-mono", "xerox_color_mfp", "ricoh_mono"};

	for (size_t r = 0; r < sizeof recordings / sizeof recordings[0]; r++) {
		struct liar *liar = liar_open(recordings[r]);

		check_case(recordings[r]);
		liar->options.makers = liar_makers();
		liar_honest(liar, &honest);
		liar->bend = lies;
		liar_talk_and_read(liar, &got);
		CHECK(!got.partial);
		liar_check_whole(&honest, &got);
		CHECK_STR(br_text(&got, got.identity.object_id),
			  br_text(&honest, honest.identity.object_id));
		CHECK_STR(br_text(&got, got.identity.maker),
			  br_text(&honest, honest.identity.maker));
		liar_close(liar);
	}
}
