/*
 * oid.h - object identifiers, kept as the bytes that stand on the wire.
 *
 * Nearly every OID here is compared, stored or sent and never shown, so the BER contents are
 * the natural form: a prefix test is memcmp, a copy is 129 bytes, and no decoding is
 * done for values nobody looks at. Order is not byte order where arcs differ in length, so
 * compare with br_oid_compare only.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_OID_H
#define BR_BASE_OID_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BR_OID_BYTES     128  /* longest contents kept; a longer name is refused, not cut */
#define BR_OID_TEXT_SIZE 1280 /* room for the dotted text of any br_oid */

struct br_oid {
	uint8_t len;
	uint8_t ber[BR_OID_BYTES];
};

bool br_oid_is_good_from(const uint8_t *ber, size_t len, size_t i);

/* True if these are whole arcs, minimal and of at most 32 bits; none at all are good too. */
static inline bool br_oid_is_good(const uint8_t *ber, size_t len)
{
	size_t i = 0;

	while (i < len && ber[i] < 0x80) /* mostly all are arcs of one octet */
		i++;
	return i == len || br_oid_is_good_from(ber, len, i);
}

/* Checks contents from the wire (minimal arcs of at most 32 bits) and copies them. */
enum br_status br_oid_from_ber(struct br_oid *oid, const uint8_t *ber,
			       size_t len) BR_MUST_CHECK;

/* Parses "1.3.6.1" or ".1.3.6.1"; at least two arcs, nothing behind them. */
enum br_status br_oid_parse(struct br_oid *oid, const char *text, size_t len) BR_MUST_CHECK;

/* Writes dotted text without a leading dot, always terminated; returns its length. */
size_t br_oid_format(char *out, size_t size, const uint8_t *ber, size_t len);

/* Adds one arc. */
enum br_status br_oid_append(struct br_oid *oid, uint32_t arc) BR_MUST_CHECK;

int br_oid_compare_from(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
			size_t differs);

/* Lexicographic order by arcs, as GETNEXT has it: below zero, zero, above zero. */
static inline int br_oid_compare(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	size_t shorter = a_len < b_len ? a_len : b_len, i = 0;

	while (i < shorter && a[i] == b[i])
		i++;
	if (i == shorter)
		return (a_len > b_len) - (a_len < b_len);
	if ((a[i] | b[i] | (i > 0 ? a[i - 1] : 0)) < 0x80) /* arcs of one octet */
		return a[i] < b[i] ? -1 : 1;
	return br_oid_compare_from(a, a_len, b, b_len, i);
}

/* memcmp() == 0 of as many octets as prefixes of names have, mostly in two looks. */
static inline bool br_oid_same(const uint8_t *a, const uint8_t *b, size_t len)
{
	uint64_t a_first, a_last, b_first, b_last;

	if (len < 8 || len > 16)
		return memcmp(a, b, len) == 0;
	memcpy(&a_first, a, 8);
	memcpy(&b_first, b, 8);
	memcpy(&a_last, a + len - 8, 8);
	memcpy(&b_last, b + len - 8, 8);
	return ((a_first ^ b_first) | (a_last ^ b_last)) == 0;
}

/* True if oid equals prefix or lies below it. */
static inline bool br_oid_below(const uint8_t *oid, size_t len, const uint8_t *prefix,
				size_t prefix_len)
{
	if (len < prefix_len)
		return false;
	/* Prefixes mostly differ in their last octet, if they do. */
	return prefix_len == 0 || (oid[prefix_len - 1] == prefix[prefix_len - 1] &&
				   br_oid_same(oid, prefix, prefix_len));
}

bool br_oid_next_long_arc(const uint8_t **at, const uint8_t *end, uint32_t *arc);

/*
 * Reads one arc at *at and moves past it; false at the end or on bad contents. The
 * first octet of a whole OID holds two arcs: use this for what follows a known prefix.
 */
static inline bool br_oid_next_arc(const uint8_t **at, const uint8_t *end, uint32_t *arc)
{
	if (*at == end || **at >= 0x80) /* seldom: nearly all arcs are of one octet */
		return br_oid_next_long_arc(at, end, arc);
	*arc = *(*at)++;
	return true;
}

#endif
