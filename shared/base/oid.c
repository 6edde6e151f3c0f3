/*
 * oid.c - arcs are base 128, high bit on all octets of an arc but its last.
 *
 * Arcs are kept minimal (never a leading 0x80), so of two arcs the longer one is the larger,
 * and a compare needs to look at lengths only where the bytes first differ.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/oid.h"

#include <string.h>

/* An arc of 32 bits takes five octets, and the first of the five holds four bits. */
#define ARC_OCTETS        5
#define ARC_FIRST_OF_FIVE 0x8f

/* i: where the first arc of more than one octet begins. */
bool br_oid_is_good_from(const uint8_t *ber, size_t len, size_t i)
{
	size_t in_arc = 0;

	for (; i < len; i++) {
		if (in_arc == 0 && ber[i] == 0x80)
			return false;
		if (in_arc == ARC_OCTETS - 1 &&
		    (ber[i] & 0x80 || ber[i - in_arc] > ARC_FIRST_OF_FIVE))
			return false;
		in_arc = ber[i] & 0x80 ? in_arc + 1 : 0;
	}
	return in_arc == 0;
}

enum br_status br_oid_from_ber(struct br_oid *oid, const uint8_t *ber, size_t len)
{
	oid->len = 0;
	if (len > BR_OID_BYTES)
		return BR_E_LIMIT;
	if (len == 0 || !br_oid_is_good(ber, len))
		return BR_E_MALFORMED;
	memcpy(oid->ber, ber, len);
	oid->len = (uint8_t)len;
	return BR_OK;
}

/* value has up to 33 bits only for the first octet group (40 * 2 + arc). */
static enum br_status put_arc(struct br_oid *oid, uint64_t value)
{
	uint8_t octets[ARC_OCTETS];
	size_t n = 0;

	if (value > UINT32_MAX)
		return BR_E_LIMIT;
	do {
		octets[n++] = (uint8_t)(value & 0x7f);
		value >>= 7;
	} while (value);
	if (oid->len + n > BR_OID_BYTES)
		return BR_E_LIMIT;
	while (n > 1)
		oid->ber[oid->len++] = octets[--n] | 0x80;
	oid->ber[oid->len++] = octets[0];
	return BR_OK;
}

enum br_status br_oid_append(struct br_oid *oid, uint32_t arc)
{
	return put_arc(oid, arc);
}

static bool parse_arc(const char **at, const char *end, uint32_t *arc)
{
	uint64_t value = 0;
	const char *p = *at;

	if (p == end || *p < '0' || *p > '9')
		return false;
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		value = value * 10 + (uint64_t)(*p - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*at = p;
	*arc = (uint32_t)value;
	return true;
}

enum br_status br_oid_parse(struct br_oid *oid, const char *text, size_t len)
{
	const char *at = text, *end = text + len;
	uint32_t first, arc;
	enum br_status status;

	oid->len = 0;
	if (at < end && *at == '.')
		at++;
	if (!parse_arc(&at, end, &first) || first > 2 || at == end || *at++ != '.' ||
	    !parse_arc(&at, end, &arc) || (first < 2 && arc > 39))
		return BR_E_SYNTAX;
	status = put_arc(oid, (uint64_t)first * 40 + arc);
	while (status == BR_OK && at < end) {
		if (*at++ != '.' || !parse_arc(&at, end, &arc))
			status = BR_E_SYNTAX;
		else
			status = put_arc(oid, arc);
	}
	if (status != BR_OK)
		oid->len = 0;
	return status;
}

static size_t format_number(char *out, uint64_t value)
{
	char digits[20];
	size_t n = 0, len = 0;

	do {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	while (n)
		out[len++] = digits[--n];
	return len;
}

size_t br_oid_format(char *out, size_t size, const uint8_t *ber, size_t len)
{
	const uint8_t *at = ber, *end = ber + len;
	char piece[24];
	size_t used = 0;
	uint32_t arc;

	if (size == 0)
		return 0;
	for (bool first = true; br_oid_next_arc(&at, end, &arc); first = false) {
		size_t n = 0;

		if (first) {
			uint32_t top = arc < 80 ? arc / 40 : 2;

			piece[n++] = (char)('0' + top);
			arc -= top * 40;
		}
		piece[n++] = '.';
		n += format_number(piece + n, arc);
		if (used + n >= size)
			break;
		memcpy(out + used, piece, n);
		used += n;
	}
	out[used] = '\0';
	return used;
}

/* Octets of the arc that starts at at. */
static size_t arc_octets(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *p = at;

	while (p < end && *p & 0x80)
		p++;
	return (size_t)(p - at) + 1;
}

int br_oid_compare_from(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
			size_t differs)
{
	size_t i = differs;

	while (i > 0 && a[i - 1] & 0x80)
		i--;
	size_t a_arc = arc_octets(a + i, a + a_len), b_arc = arc_octets(b + i, b + b_len);
	if (a_arc != b_arc)
		return a_arc < b_arc ? -1 : 1;
	return a[differs] < b[differs] ? -1 : 1;
}

bool br_oid_next_long_arc(const uint8_t **at, const uint8_t *end, uint32_t *arc)
{
	uint64_t value = 0;
	const uint8_t *p = *at;

	for (size_t n = 0; p < end && n < ARC_OCTETS; n++) {
		value = value << 7 | (*p & 0x7f);
		if (!(*p++ & 0x80)) {
			if (value > UINT32_MAX)
				return false;
			*at = p;
			*arc = (uint32_t)value;
			return true;
		}
	}
	return false;
}
