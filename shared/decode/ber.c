/*
 * ber.c - lengths are checked against what is really there before anything is touched.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/ber.h"

#include <string.h>

bool br_ber_take(struct br_ber *in, struct br_tlv *tlv)
{
	size_t left = (size_t)(in->end - in->at), len, octets;

	if (left < 2 || (in->at[0] & 0x1f) == 0x1f)
		return false;
	tlv->tag = in->at[0];
	len = in->at[1];
	in->at += 2;
	left -= 2;
	if (len & 0x80) {
		octets = len & 0x7f;
		if (octets == 0 || octets > left)
			return false;
		for (len = 0; octets; octets--, left--) {
			if (len > SIZE_MAX >> 9)
				return false;
			len = len << 8 | *in->at++;
		}
	}
	if (len > left)
		return false;
	tlv->data = in->at;
	tlv->len = len;
	in->at += len;
	return true;
}

bool br_ber_take_tag(struct br_ber *in, uint8_t tag, struct br_tlv *tlv)
{
	return br_ber_take(in, tlv) && tlv->tag == tag;
}

bool br_ber_number(const struct br_tlv *tlv, int64_t *out)
{
	const uint8_t *at = tlv->data;
	size_t len = tlv->len;
	uint64_t value;
	bool is_signed = tlv->tag == BR_BER_INTEGER;

	if (!is_signed && (tlv->tag < BR_BER_COUNTER32 || tlv->tag > BR_BER_COUNTER64 ||
			   tlv->tag == BR_BER_OPAQUE ||
			   tlv->tag == 0x45)) /* NsapAddress of v2's first days */
		return false;
	if (len == 0)
		return false;
	if (len == 9 && at[0] == 0) {
		at++;
		len--;
	}
	if (len > 8)
		return false;
	/*
	 * Some agents send a Counter32 or a Gauge32 in four octets with the high bit set, and
	 * some sign-extend it to five or more: those are unsigned types, so the low 32 bits are
	 * what was meant. A number that really has more bits than its type is none.
	 */
	value = at[0] & 0x80 && tlv->tag != BR_BER_COUNTER64 && tlv->len < 9 ? UINT64_MAX : 0;
	while (len--)
		value = value << 8 | *at++;
	if (!is_signed && tlv->tag != BR_BER_COUNTER64) {
		if (value >> 32 != 0 && value >> 32 != UINT32_MAX)
			return false;
		value &= UINT32_MAX;
	}
	if (value > INT64_MAX && !(is_signed && tlv->len < 9))
		return false;
	*out = (int64_t)value;
	return true;
}

bool br_ber_take_int(struct br_ber *in, int32_t *out)
{
	struct br_tlv tlv;
	int64_t value;

	if (!br_ber_take_tag(in, BR_BER_INTEGER, &tlv) || !br_ber_number(&tlv, &value) ||
	    value < INT32_MIN || value > INT32_MAX)
		return false;
	*out = (int32_t)value;
	return true;
}

void br_ber_out_init(struct br_ber_out *out, uint8_t *buffer, size_t size)
{
	*out = (struct br_ber_out){.start = buffer, .at = buffer + size, .end = buffer + size};
}

void br_ber_put_raw(struct br_ber_out *out, const void *data, size_t len)
{
	if ((size_t)(out->at - out->start) < len) {
		out->full = true;
		return;
	}
	out->at -= len;
	if (len)
		memcpy(out->at, data, len);
}

static void put_header(struct br_ber_out *out, uint8_t tag, size_t len)
{
	uint8_t header[1 + 1 + sizeof len];
	size_t at = sizeof header, octets = 0;

	if (len < 0x80 && out->at - out->start >= 2) { /* as nearly all are */
		*--out->at = (uint8_t)len;
		*--out->at = tag;
		return;
	}
	if (len < 0x80) {
		header[--at] = (uint8_t)len;
	} else {
		for (; len; len >>= 8, octets++)
			header[--at] = (uint8_t)len;
		header[--at] = (uint8_t)(0x80 | octets);
	}
	header[--at] = tag;
	br_ber_put_raw(out, header + at, sizeof header - at);
}

void br_ber_put(struct br_ber_out *out, uint8_t tag, const void *data, size_t len)
{
	br_ber_put_raw(out, data, len);
	put_header(out, tag, len);
}

void br_ber_put_int(struct br_ber_out *out, uint8_t tag, int64_t value)
{
	uint8_t octets[9];
	size_t at = sizeof octets;
	bool negative = value < 0;

	do {
		octets[--at] = (uint8_t)value;
		value >>= 8;
	} while (at > 1 &&
		 !(value == (negative ? -1 : 0) && !(octets[at] & 0x80) == !negative));
	br_ber_put(out, tag, octets + at, sizeof octets - at);
}

void br_ber_wrap(struct br_ber_out *out, uint8_t tag, const uint8_t *end_of_contents)
{
	if (!out->full)
		put_header(out, tag, (size_t)(end_of_contents - out->at));
}
