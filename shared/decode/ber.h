/*
 * ber.h - the little of BER that SNMP uses: definite lengths, low tags.
 *
 * A reader walks bytes that somebody else owns and never past their end. A writer fills a
 * buffer backwards, so that every length is known when it is written.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_BER_H
#define BR_DECODE_BER_H

#include "base/oid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum br_ber_tag {
	BR_BER_INTEGER = 0x02,
	BR_BER_OCTETS = 0x04,
	BR_BER_NULL = 0x05,
	BR_BER_OID = 0x06,
	BR_BER_SEQUENCE = 0x30,
	BR_BER_IPADDRESS = 0x40,
	BR_BER_COUNTER32 = 0x41,
	BR_BER_GAUGE32 = 0x42,
	BR_BER_TIMETICKS = 0x43,
	BR_BER_OPAQUE = 0x44,
	BR_BER_COUNTER64 = 0x46,
	BR_BER_NO_SUCH_OBJECT = 0x80,
	BR_BER_NO_SUCH_INSTANCE = 0x81,
	BR_BER_END_OF_MIB = 0x82,
};

struct br_ber {
	const uint8_t *at, *end;
};

struct br_tlv {
	uint8_t tag;
	const uint8_t *data;
	size_t len;
};

/* Takes one element off the front; false if it is cut, indefinite or has a long tag. */
bool br_ber_take(struct br_ber *in, struct br_tlv *tlv);

/* The same, and the tag must be this one. */
bool br_ber_take_tag(struct br_ber *in, uint8_t tag, struct br_tlv *tlv);

/* Contents of an INTEGER, counter, gauge or ticks: up to 8 octets (9 with a leading zero). */
bool br_ber_number(const struct br_tlv *tlv, int64_t *out);

/* INTEGER within int32, taken off the front. */
bool br_ber_take_int(struct br_ber *in, int32_t *out);

struct br_ber_out {
	uint8_t *start; /* of the buffer */
	uint8_t *at;    /* first byte written; moves down */
	uint8_t *end;
	bool full; /* something did not fit: the result is void */
};

void br_ber_out_init(struct br_ber_out *out, uint8_t *buffer, size_t size);
void br_ber_put_raw(struct br_ber_out *out, const void *data, size_t len);
void br_ber_put(struct br_ber_out *out, uint8_t tag, const void *data, size_t len);
void br_ber_put_int(struct br_ber_out *out, uint8_t tag, int64_t value);

/* Puts the header of everything written since end_of_contents (an earlier out->at). */
void br_ber_wrap(struct br_ber_out *out, uint8_t tag, const uint8_t *end_of_contents);

#endif
