/*
 * recording_value.c - values between BER contents and the text of a recording.
 *
 * A line is written as text only if the text reads back as the very same octets: numbers in
 * odd encodings, broken OIDs and strings that an editor would spoil go out as hex.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "decode/ber.h"
#include "decode/recording_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum form { FORM_SIGNED, FORM_UNSIGNED, FORM_OCTETS, FORM_NOTHING, FORM_OID, FORM_ADDRESS };

static const struct kind {
	uint8_t tag;
	enum form form;
	uint64_t max;
	const char *expected;
} kinds[] = {
	/* clang-format off */
	{BR_BER_INTEGER,   FORM_SIGNED,   INT32_MAX,  "a number from -2147483648 to 2147483647"},
	{BR_BER_OCTETS,    FORM_OCTETS,   0,          "text"},
	{BR_BER_NULL,      FORM_NOTHING,  0,          "nothing"},
	{BR_BER_OID,       FORM_OID,      0,          "an object identifier"},
	{BR_BER_IPADDRESS, FORM_ADDRESS,  0,          "an address such as 192.0.2.1"},
	{BR_BER_COUNTER32, FORM_UNSIGNED, UINT32_MAX, "a number from 0 to 4294967295"},
	{BR_BER_GAUGE32,   FORM_UNSIGNED, UINT32_MAX, "a number from 0 to 4294967295"},
	{BR_BER_TIMETICKS, FORM_UNSIGNED, UINT32_MAX, "a number from 0 to 4294967295"},
	{BR_BER_OPAQUE,    FORM_OCTETS,   0,          "text"},
	{BR_BER_COUNTER64, FORM_UNSIGNED, UINT64_MAX, "a number from 0 to 18446744073709551615"},
	/* clang-format on */
};

static const struct kind *kind_of(uint8_t tag)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].tag == tag)
			return &kinds[i];
	return NULL;
}

bool br_value_tag_known(uint8_t tag)
{
	return kind_of(tag) != NULL;
}

const char *br_value_expected(uint8_t tag)
{
	const struct kind *kind = kind_of(tag);
	return kind != NULL ? kind->expected : "a known type";
}

int br_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool digits(struct br_view text, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (text.len == 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		uint64_t digit = (uint64_t)(text.at[i] - '0');
		if (value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

/* The fewest octets of two's complement; top is what the octet in front would be. */
static size_t shortest(uint8_t out[BR_VALUE_NUMBER_MAX], uint64_t value, uint8_t top)
{
	uint8_t all[BR_VALUE_NUMBER_MAX] = {top};
	size_t skip = 0;

	for (size_t i = 8; i > 0; i--, value >>= 8)
		all[i] = (uint8_t)value;
	while (skip < 8 && all[skip] == top && ((all[skip + 1] ^ top) & 0x80) == 0)
		skip++;
	memcpy(out, all + skip, sizeof(all) - skip);
	return sizeof(all) - skip;
}

static size_t encode_number(const struct kind *kind, struct br_view text,
			    uint8_t out[BR_VALUE_NUMBER_MAX])
{
	bool negative = kind->form == FORM_SIGNED && text.len > 0 && text.at[0] == '-';
	uint64_t value;

	if (negative)
		text = (struct br_view){text.at + 1, text.len - 1};
	if (!digits(text, kind->max + (negative ? 1 : 0), &value) || (negative && value == 0))
		return 0;
	return shortest(out, negative ? 0 - value : value, negative ? 0xff : 0);
}

static size_t encode_address(struct br_view text, uint8_t out[BR_VALUE_NUMBER_MAX])
{
	for (size_t i = 0; i < 4; i++) {
		const char *dot = i < 3 ? memchr(text.at, '.', text.len) : text.at + text.len;
		uint64_t octet;
		if (dot == NULL)
			return 0;
		struct br_view part = {text.at, (size_t)(dot - text.at)};
		if (part.len > 3 || !digits(part, 255, &octet))
			return 0;
		out[i] = (uint8_t)octet;
		size_t used = part.len + (i < 3 ? 1 : 0);
		text = (struct br_view){text.at + used, text.len - used};
	}
	return 4;
}

static bool copy_out(uint8_t *out, size_t size, const void *data, size_t len, size_t *out_len)
{
	if (len > size)
		return false;
	if (len > 0)
		memcpy(out, data, len);
	*out_len = len;
	return true;
}

bool br_value_encode(uint8_t tag, struct br_view text, uint8_t *out, size_t size, size_t *len)
{
	const struct kind *kind = kind_of(tag);
	uint8_t small[BR_VALUE_NUMBER_MAX];
	struct br_oid oid;
	size_t n;

	if (kind == NULL)
		return false;
	switch (kind->form) {
	case FORM_SIGNED:
	case FORM_UNSIGNED:
		n = encode_number(kind, text, small);
		return n > 0 && copy_out(out, size, small, n, len);
	case FORM_ADDRESS:
		n = text.len > 0 ? encode_address(text, small) : 0;
		return n > 0 && copy_out(out, size, small, n, len);
	case FORM_OID:
		if (br_view_is(text, "0")) /* what some recorders write for zeroDotZero */
			text = br_view("0.0");
		return br_oid_parse(&oid, text.at, text.len) == BR_OK &&
		       copy_out(out, size, oid.ber, oid.len, len);
	case FORM_OCTETS:
		return copy_out(out, size, text.at, text.len, len);
	case FORM_NOTHING:
		*len = 0;
		return text.len == 0;
	}
	return false;
}

/* Text that survives an editor, a mail and the reader: no controls, no blank at an end. */
static bool plain(const uint8_t *value, size_t len)
{
	if (len > 0 && (value[0] == ' ' || value[len - 1] == ' '))
		return false;
	for (size_t i = 0; i < len; i++)
		if (value[i] < 0x20 || value[i] > 0x7e)
			return false;
	return true;
}

static uint64_t magnitude(const uint8_t *value, size_t len, bool negative)
{
	uint64_t number = negative ? UINT64_MAX : 0;

	for (size_t i = 0; i < len; i++)
		number = number << 8 | value[i];
	return negative ? 0 - number : number;
}

/* Writes the text of a value; returns its length. What comes out is checked by the caller. */
static size_t format_value(enum form form, const uint8_t *value, size_t len, char *text,
			   size_t size)
{
	bool negative = form == FORM_SIGNED && len > 0 && (value[0] & 0x80) != 0;
	int n = 0;

	if (form == FORM_OID)
		return br_oid_format(text, size, value, len);
	if (form == FORM_ADDRESS && len == 4)
		n = snprintf(text, size, "%u.%u.%u.%u", value[0], value[1], value[2], value[3]);
	else if ((form == FORM_SIGNED || form == FORM_UNSIGNED) && len > 0 &&
		 len <= BR_VALUE_NUMBER_MAX)
		n = snprintf(text, size, "%s%" PRIu64, negative ? "-" : "",
			     magnitude(value, len, negative));
	return n > 0 && (size_t)n < size ? (size_t)n : 0;
}

static bool as_text(const struct kind *kind, const uint8_t *value, size_t len, char *text,
		    size_t size, size_t *text_len)
{
	uint8_t again[BR_OID_BYTES];
	size_t again_len = 0;

	if (len > sizeof(again))
		return false;
	*text_len = format_value(kind->form, value, len, text, size);
	return br_value_encode(kind->tag, (struct br_view){text, *text_len}, again,
			       sizeof(again), &again_len) &&
	       again_len == len && (len == 0 || memcmp(again, value, len) == 0);
}

static void put_hex(struct br_buf *buf, uint8_t tag, const uint8_t *value, size_t len)
{
	static const char hex[] = "0123456789abcdef";

	br_buf_format(buf, "%ux|", tag);
	for (size_t i = 0; i < len;) {
		char part[128];
		size_t n = 0;
		while (i < len && n < sizeof(part)) {
			part[n++] = hex[value[i] >> 4];
			part[n++] = hex[value[i++] & 15];
		}
		br_buf_add(buf, part, n);
	}
}

void br_recording_line(struct br_buf *buf, const uint8_t *name, size_t name_len, uint8_t tag,
		       const uint8_t *value, size_t value_len)
{
	const struct kind *kind = kind_of(tag);
	char text[BR_OID_TEXT_SIZE];
	size_t len;

	if (kind == NULL)
		return;
	len = br_oid_format(text, sizeof(text), name, name_len);
	br_buf_add(buf, text, len);
	br_buf_char(buf, '|');
	if (kind->form == FORM_OCTETS && plain(value, value_len)) {
		br_buf_format(buf, "%u|", tag);
		br_buf_add(buf, value, value_len);
	} else if (kind->form != FORM_OCTETS &&
		   as_text(kind, value, value_len, text, sizeof(text), &len)) {
		br_buf_format(buf, "%u|", tag);
		br_buf_add(buf, text, len);
	} else {
		put_hex(buf, tag, value, value_len);
	}
	br_buf_char(buf, '\n');
}
