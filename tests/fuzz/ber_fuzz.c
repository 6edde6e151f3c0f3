/*
 * ber_fuzz.c - any octets as elements and as names; what is written reads back the same.
 *
 * The input is walked as elements, into whatever has contents that may be elements again. Each
 * number that is read is written and read again; each pair of names is compared both ways, and
 * against the arcs themselves.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/ber.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static struct br_oid last;

static void number(const struct br_tlv *tlv)
{
	uint8_t room[16];
	struct br_ber_out out;
	struct br_ber in;
	struct br_tlv again;
	int64_t value, back;

	if (!br_ber_number(tlv, &value))
		return;
	MUST(tlv->tag == BR_BER_INTEGER || value >= 0);
	MUST(tlv->tag == BR_BER_INTEGER || tlv->tag == BR_BER_COUNTER64 || value <= UINT32_MAX);
	br_ber_out_init(&out, room, sizeof room);
	br_ber_put_int(&out, tlv->tag, value);
	in = (struct br_ber){out.at, out.end};
	MUST(!out.full && br_ber_take(&in, &again) && in.at == in.end);
	MUST(br_ber_number(&again, &back) && back == value);
	/* Shortest form: the first nine bits are not all the same. */
	MUST(again.len == 1 || (again.data[0] != 0 && again.data[0] != 0xff) ||
	     (again.data[0] ^ again.data[1]) & 0x80);
}

/* The slow way, arc by arc. */
static int compare(const struct br_oid *a, const struct br_oid *b)
{
	const uint8_t *x = a->ber, *y = b->ber;

	for (;;) {
		uint32_t i, j;
		bool more_x = br_oid_next_arc(&x, a->ber + a->len, &i);
		bool more_y = br_oid_next_arc(&y, b->ber + b->len, &j);

		if (!more_x || !more_y)
			return (int)more_x - (int)more_y;
		if (i != j)
			return i < j ? -1 : 1;
	}
}

static void name(const struct br_tlv *tlv)
{
	char text[BR_OID_TEXT_SIZE], tight[24];
	struct br_oid oid, back;
	size_t len = br_oid_format(text, sizeof text, tlv->data, tlv->len);

	MUST(strlen(text) == len);
	MUST(br_oid_format(tight, sizeof tight, tlv->data, tlv->len) < sizeof tight);
	if (br_oid_from_ber(&oid, tlv->data, tlv->len) != BR_OK)
		return;
	len = br_oid_format(text, sizeof text, oid.ber, oid.len);
	MUST(br_oid_parse(&back, text, len) == BR_OK && back.len == oid.len &&
	     memcmp(back.ber, oid.ber, oid.len) == 0);
	int order = br_oid_compare(oid.ber, oid.len, last.ber, last.len);
	MUST(order == compare(&oid, &last));
	MUST(order == -br_oid_compare(last.ber, last.len, oid.ber, oid.len));
	MUST(!br_oid_below(oid.ber, oid.len, last.ber, last.len) || order >= 0);
	last = oid;
}

static void walk(struct br_ber in, int depth)
{
	struct br_tlv tlv;

	while (br_ber_take(&in, &tlv)) {
		MUST(tlv.data + tlv.len == in.at && in.at <= in.end);
		number(&tlv);
		name(&tlv);
		if (depth < 8)
			walk((struct br_ber){tlv.data, tlv.data + tlv.len}, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);

	if (!exact)
		return 0;
	if (size)
		memcpy(exact, data, size);
	last.len = 0;
	walk((struct br_ber){exact, exact + size}, 0);
	free(exact);
	return 0;
}
