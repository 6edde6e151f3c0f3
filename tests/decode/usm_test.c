/*
 * usm_test.c - the envelope of SNMPv3: a message by hand, each way to break it, and there and
 * back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/usm.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* noAuthNoPriv, engine 80 00 1f 88 01, boots 2, time 300, user "u", context "c", a GET of
 * nothing. */
static const uint8_t plain[] = {
	0x30, 0x49, 0x02, 0x01, 0x03,                                     /* 0: version */
	0x30, 0x0f, 0x02, 0x03, 0x01, 0x02, 0x03, 0x02, 0x02, 0x05, 0xc0, /* 5: id, size */
	0x04, 0x01, 0x04, 0x02, 0x01, 0x03,                               /* 16: flags, model */
	0x04, 0x17, 0x30, 0x15, 0x04, 0x05, 0x80, 0x00, 0x1f, 0x88, 0x01, /* 22: engine */
	0x02, 0x01, 0x02, 0x02, 0x02, 0x01, 0x2c, 0x04, 0x01, 0x75, /* 33: boots, time, user */
	0x04, 0x00, 0x04, 0x00,                                     /* 43: mac, salt */
	0x30, 0x1a, 0x04, 0x05, 0x80, 0x00, 0x1f, 0x88, 0x01, 0x04, 0x01, 0x63, /* 47: scoped */
	0xa0, 0x0e, 0x02, 0x04, 0x00, 0x00, 0x00, 0x07, 0x02, 0x01, 0x00,       /* 59: GET */
	0x02, 0x01, 0x00, 0x30, 0x00,                                           /* 70 */
};

/* Reads an exact-size copy, with one octet changed unless at is SIZE_MAX. */
static bool read_changed(size_t len, size_t at, uint8_t octet, struct br_usm *usm)
{
	uint8_t *exact = malloc(len ? len : 1);
	if (!exact)
		return false;
	memcpy(exact, plain, len);
	if (at < len)
		exact[at] = octet;
	const bool read = br_usm_read(exact, len, usm);
	free(exact);
	return read;
}

TEST(a_message_by_hand)
{
	struct br_usm usm;
	struct br_scoped scoped;
	struct br_answer answer;
	CHECK(br_usm_read(plain, sizeof plain, &usm));
	CHECK_INT(usm.id, 0x010203);
	CHECK_INT(usm.max_size, 1472);
	CHECK_INT(usm.flags, BR_USM_REPORTABLE);
	CHECK_INT(usm.boots, 2);
	CHECK_INT(usm.time, 300);
	CHECK_MEM(usm.engine.data, usm.engine.len, plain + 28, 5);
	CHECK_MEM(usm.user.data, usm.user.len, "u", 1);
	CHECK_INT(usm.mac.len, 0);
	CHECK_INT(usm.salt.len, 0);
	CHECK_INT(usm.whole_len, sizeof plain);
	CHECK_MEM(usm.data.data, usm.data.len, plain + 47, 28);
	CHECK(br_scoped_read(usm.data.data, usm.data.len, &scoped));
	CHECK_MEM(scoped.engine.data, scoped.engine.len, plain + 28, 5);
	CHECK_MEM(scoped.context.data, scoped.context.len, "c", 1);
	CHECK(br_pdu_read(scoped.pdu, &answer));
	CHECK_INT(answer.type, BR_PDU_GET);
	CHECK_INT(answer.request_id, 7);
}

TEST(what_is_no_message_of_ours)
{
	static const struct {
		const char *name;
		size_t at;
		uint8_t octet;
	} cases[] = {
		{"not a sequence", 0, 0x31},
		{"longer than the datagram", 1, 0x4a},
		{"shorter than its contents", 1, 0x48},
		{"indefinite length", 1, 0x80},
		{"version 2c", 4, 0x01},
		{"version is no integer", 2, 0x04},
		{"header is no sequence", 5, 0x04},
		{"negative message id", 9, 0x81},
		{"size is no integer", 12, 0x04},
		{"negative size", 14, 0x85},
		{"no flags", 17, 0x00},
		{"privacy alone", 18, 0x06},
		{"another security model", 21, 0x01},
		{"parameters are no string", 22, 0x30},
		{"parameters longer than the message", 23, 0x40},
		{"parameters are no sequence", 24, 0x04},
		{"parameters longer than their string", 25, 0x16},
		{"engine id longer than the parameters", 27, 0x20},
		{"negative boots", 35, 0xff},
		{"negative time", 38, 0x81},
		{"user is no string", 40, 0x02},
		{"scoped PDU is hidden without a flag", 47, 0x04},
		{"scoped PDU shorter than the message", 48, 0x19},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct br_usm usm;
		check_case(cases[i].name);
		CHECK(!read_changed(sizeof plain, cases[i].at, cases[i].octet, &usm));
	}
}

/* 0x04 for the scoped PDU: an OCTET STRING, as privacy has it. */
TEST(privacy_needs_authentication)
{
	struct br_usm usm;
	uint8_t hidden[sizeof plain];
	memcpy(hidden, plain, sizeof plain);
	hidden[47] = BR_BER_OCTETS;
	hidden[18] = BR_USM_AUTH | BR_USM_PRIV;
	CHECK(br_usm_read(hidden, sizeof hidden, &usm));
	CHECK_MEM(usm.data.data, usm.data.len, plain + 49, 26);
	hidden[18] = BR_USM_PRIV;
	CHECK(!br_usm_read(hidden, sizeof hidden, &usm));
}

TEST(flags_are_one_octet)
{
	struct br_usm usm;
	uint8_t longer[sizeof plain + 1];
	memcpy(longer, plain, 19);
	longer[19] = 0;
	memcpy(longer + 20, plain + 19, sizeof plain - 19);
	longer[1]++;
	longer[6]++;
	longer[17]++;
	CHECK(!br_usm_read(longer, sizeof longer, &usm));
}

TEST(every_prefix_is_refused)
{
	struct br_usm usm;
	for (size_t len = 0; len < sizeof plain; len++)
		CHECK(!read_changed(len, SIZE_MAX, 0, &usm));
	CHECK(read_changed(sizeof plain, SIZE_MAX, 0, &usm));
}

/* Reads what a printer could make of any octet: nothing may be read past the end. */
TEST(every_octet_changed)
{
	struct br_usm usm;
	for (size_t at = 0; at < sizeof plain; at++) {
		for (unsigned octet = 0; octet < 256; octet++)
			(void)read_changed(sizeof plain, at, (uint8_t)octet, &usm);
	}
}

TEST(what_follows_the_message_is_not_part_of_it)
{
	uint8_t longer[sizeof plain + 3] = {0};
	struct br_usm usm;
	memcpy(longer, plain, sizeof plain);
	CHECK(br_usm_read(longer, sizeof longer, &usm));
	CHECK_INT(usm.whole_len, sizeof plain);
}

TEST(fields_too_long_are_refused)
{
	static const uint8_t long_field[64];
	static const struct {
		const char *name;
		size_t engine, user, mac, salt;
		bool want;
	} cases[] = {
		{"longest", 32, 32, 48, 8, true}, {"engine", 33, 32, 48, 8, false},
		{"user", 32, 33, 48, 8, false},   {"salt", 32, 32, 48, 9, false},
		{"empty", 0, 0, 0, 0, true},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint8_t buffer[400];
		struct br_ber_out out;
		struct br_usm usm = {
			.engine = {.data = long_field, .len = cases[i].engine},
			.user = {.data = long_field, .len = cases[i].user},
			.mac = {.len = cases[i].mac},
			.salt = {.data = long_field, .len = cases[i].salt},
		};
		const struct br_question question = {.type = BR_PDU_GET};
		check_case(cases[i].name);
		br_ber_out_init(&out, buffer, sizeof buffer);
		br_scoped_write(&out, &usm.engine, br_view("c"), &question);
		CHECK(br_usm_write(&out, &usm, out.end) != NULL);
		CHECK_INT(br_usm_read(out.at, (size_t)(out.end - out.at), &usm), cases[i].want);
	}
}

TEST(there_and_back)
{
	uint8_t buffer[200];
	struct br_ber_out out;
	const struct br_question question = {.type = BR_PDU_GET, .request_id = 0x07};
	const struct br_usm want = {
		.id = INT32_MAX,
		.max_size = BR_DATAGRAM_MAX,
		.flags = BR_USM_AUTH | BR_USM_REPORTABLE,
		.boots = INT32_MAX,
		.time = 0,
		.engine = {.data = plain + 28, .len = 5},
		.user = {.data = plain, .len = 32},
		.mac = {.len = 12},
	};
	struct br_usm got;
	br_ber_out_init(&out, buffer, sizeof buffer);
	br_scoped_write(&out, &want.engine, br_view("c"), &question);
	uint8_t *mac = br_usm_write(&out, &want, out.end);
	CHECK(mac != NULL);
	CHECK(br_usm_read(out.at, (size_t)(out.end - out.at), &got));
	CHECK(got.mac.data == mac);
	CHECK_MEM(got.mac.data, got.mac.len, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
	CHECK_INT(got.id, want.id);
	CHECK_INT(got.max_size, want.max_size);
	CHECK_INT(got.flags, want.flags);
	CHECK_INT(got.boots, want.boots);
	CHECK_INT(got.time, want.time);
	CHECK_MEM(got.engine.data, got.engine.len, want.engine.data, want.engine.len);
	CHECK_MEM(got.user.data, got.user.len, want.user.data, want.user.len);
}

TEST(a_buffer_too_small_gives_nothing)
{
	const struct br_question question = {.type = BR_PDU_GET};
	const struct br_usm usm = {.engine = {.data = plain, .len = 32}, .mac = {.len = 48}};
	size_t first = 0;
	for (size_t size = 1; size < 300; size++) {
		uint8_t *exact = malloc(size);
		struct br_ber_out out;
		if (!exact)
			break;
		br_ber_out_init(&out, exact, size);
		br_scoped_write(&out, &usm.engine, br_view(""), &question);
		const bool written = br_usm_write(&out, &usm, out.end) != NULL;
		if (written && !first)
			first = size;
		CHECK_INT(written, first != 0);
		free(exact);
	}
	CHECK(first > 100);
}

TEST(scoped_pdus)
{
	static const struct {
		const char *name;
		uint8_t data[16];
		size_t len;
		bool want;
	} cases[] = {
		{"empty fields", {0x30, 4, 4, 0, 4, 0}, 6, true},
		{"padding behind it", {0x30, 4, 4, 0, 4, 0, 9, 9}, 8, true},
		{"nothing", {0}, 0, false},
		{"not a sequence", {0x31, 4, 4, 0, 4, 0}, 6, false},
		{"cut", {0x30, 4, 4, 0, 4}, 5, false},
		{"no context", {0x30, 2, 4, 0, 4, 0}, 6, false},
		{"engine is a number", {0x30, 4, 2, 0, 4, 0}, 6, false},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct br_scoped scoped;
		uint8_t *exact = malloc(cases[i].len ? cases[i].len : 1);
		if (!exact)
			break;
		check_case(cases[i].name);
		memcpy(exact, cases[i].data, cases[i].len);
		CHECK_INT(br_scoped_read(exact, cases[i].len, &scoped), cases[i].want);
		free(exact);
	}
}
