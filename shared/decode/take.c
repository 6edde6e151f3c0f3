/*
 * take.c - one pass over the answers: each value to its place, nothing weighed yet.
 *
 * Types are taken as they come: printers send a Counter as INTEGER, an OID as text and
 * a number as text. What cannot be read as what it should be is left out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/charset.h"
#include "decode/scratch.h"
#include "decode/standard.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX       512
#define IC_WORK_TOTALS 3 /* IcWorkTypeTC workTotals */
#define IC_LIFETIME    3 /* IcPersistenceTC lifetime */

void br_witness_saw(const struct br_witness *witness, const struct br_varbind *varbind,
		    const char *format, ...)
{
	char path[96];
	va_list args;

	if (!witness)
		return;
	va_start(args, format);
	vsnprintf(path, sizeof path, format, args);
	va_end(args);
	witness->saw(witness->user, path, varbind);
}

bool br_take_number(const struct br_tlv *value, int64_t *out)
{
	struct br_view text = {(const char *)value->data, value->len};

	if (value->tag == BR_BER_OCTETS)
		return br_parse_number(br_view_trim(text), INT64_MIN, INT64_MAX, out);
	return br_ber_number(value, out);
}

br_text_at br_take_text(struct br_scratch *scratch, const struct br_tlv *value)
{
	char text[TEXT_MAX], decimal[BR_DECIMAL_SIZE];
	int64_t number;

	if (value->tag == BR_BER_OCTETS || value->tag == BR_BER_OPAQUE)
		br_charset_decode(text, sizeof text, value->data, value->len, scratch->charset);
	else if (value->tag == BR_BER_OID)
		br_oid_format(text, sizeof text, value->data, value->len);
	else if (br_ber_number(value, &number))
		br_text_copy(text, sizeof text, br_decimal(decimal, number));
	else
		return 0;
	return br_reading_put(scratch->reading, text);
}

static br_text_at take_oid(struct br_scratch *scratch, const struct br_tlv *value)
{
	struct br_oid oid;
	char text[TEXT_MAX];

	if (value->tag ==
	    BR_BER_OCTETS) /* some send the dotted text; some a device id: kept as text */
		return br_take_text(scratch, value);
	if (value->tag != BR_BER_OID || br_oid_from_ber(&oid, value->data, value->len) != BR_OK)
		return 0;
	br_oid_format(text, sizeof text, oid.ber, oid.len);
	return br_reading_put(scratch->reading, text);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* "aa:bb:cc:dd:ee:ff", "AA-BB-…", "aabbcc…", "aa bb …": twelve digits and nothing else but
 * separators. */
static bool mac_of_text(const struct br_tlv *value, uint8_t mac[6])
{
	size_t digits = 0;

	for (size_t i = 0; i < value->len; i++) {
		char c = (char)value->data[i];
		int digit = hex_digit(c);

		if (digit < 0 && !strchr(":- .", c))
			return false;
		if (digit < 0)
			continue;
		if (digits == 12)
			return false;
		mac[digits / 2] = (uint8_t)(digits % 2 ? mac[digits / 2] << 4 | digit : digit);
		digits++;
	}
	return digits == 12;
}

br_text_at br_take_mac(struct br_scratch *scratch, const struct br_tlv *value)
{
	static const uint8_t nothing[6], every[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	static const char digits[] = "0123456789abcdef";
	uint8_t mac[6];
	char text[18];

	if (value->tag != BR_BER_OCTETS)
		return 0;
	if (value->len == sizeof mac)
		memcpy(mac, value->data, sizeof mac);
	else if (!mac_of_text(value, mac))
		return 0;
	if (memcmp(mac, nothing, sizeof mac) == 0 || memcmp(mac, every, sizeof mac) == 0)
		return 0;
	for (size_t i = 0; i < sizeof mac; i++) {
		text[i * 3] = digits[mac[i] >> 4];
		text[i * 3 + 1] = digits[mac[i] & 15];
		text[i * 3 + 2] = i + 1 < sizeof mac ? ':' : '\0';
	}
	return br_reading_put(scratch->reading, text);
}

/*
 * RFC 2790 numbers the bits from the high bit of the first octet on. Some agents send an
 * INTEGER, of one octet or two; an empty string says that nothing is wrong.
 */
static void take_errors(struct br_error_octets *errors, const struct br_tlv *value)
{
	uint8_t octets[2] = {0, 0};
	size_t len = value->len;
	const uint8_t *data = value->data;

	if (value->tag != BR_BER_OCTETS && (value->tag != BR_BER_INTEGER || len == 0))
		return;
	for (; value->tag == BR_BER_INTEGER && len > 1 && (data[0] == 0 || len > 2); len--)
		data++; /* the octet of the sign in front: 128 is 00 80 on the wire, and of one
			   octet */
	for (size_t i = 0; i < len && i < 2; i++)
		octets[i] = data[i];
	errors->known = true;
	errors->bits = 0;
	for (unsigned bit = 0; bit < BR_ERR_BITS; bit++)
		if (octets[bit / 8] & 0x80 >> bit % 8)
			errors->bits |= 1u << bit;
}

static void put_value(struct br_scratch *scratch, const struct br_field *field, void *place,
		      const struct br_tlv *value)
{
	struct br_number *number = place;
	int64_t got;

	switch ((enum br_take)field->take) {
	case BR_TAKE_INT:
		if (br_take_number(value, &got) && got >= INT32_MIN && got <= INT32_MAX)
			*(int32_t *)place = (int32_t)got;
		break;
	case BR_TAKE_NUMBER:
		number->known = br_take_number(value, &number->value);
		break;
	case BR_TAKE_TEXT:
		*(br_text_at *)place = br_take_text(scratch, value);
		break;
	case BR_TAKE_OID:
		*(br_text_at *)place = take_oid(scratch, value);
		break;
	case BR_TAKE_MAC:
		*(br_text_at *)place = br_take_mac(scratch, value);
		break;
	case BR_TAKE_ERRORS:
		take_errors(place, value);
		break;
	}
}

static int32_t index_at(const unsigned char *rows, size_t stride, size_t at, size_t index)
{
	int32_t number;

	memcpy(&number, rows + at * stride + index, sizeof number);
	return number;
}

/* The row of an index among count rows, or a new one, or NULL when all are taken. Mostly rows
 * are numbered from 1 on, or it is the last. */
static unsigned char *row_of(unsigned char *rows, size_t stride, size_t index, size_t *count,
			     size_t max, int32_t number)
{
	size_t likely = (size_t)number - 1; /* of 0: none */

	if (likely < *count && index_at(rows, stride, likely, index) == number)
		return rows + likely * stride;
	for (size_t i = *count; i > 0; i--)
		if (index_at(rows, stride, i - 1, index) == number)
			return rows + (i - 1) * stride;
	if (*count == max)
		return NULL;
	memset(rows + *count * stride, 0, stride);
	memcpy(rows + *count * stride + index, &number, sizeof number);
	return rows + (*count)++ * stride;
}

static unsigned char *scratch_row(struct br_scratch *scratch, const struct br_table *table,
				  int32_t index)
{
	unsigned char *base = (unsigned char *)scratch, *rows = base + table->scratch_at, *row;
	uint16_t n;
	size_t count;

	if (table->scratch_stride == 0)
		return rows;
	memcpy(&n, base + table->scratch_count_at, sizeof n);
	count = n;
	row = row_of(rows, table->scratch_stride, 0, &count, table->max_rows, index);
	n = (uint16_t)count;
	memcpy(base + table->scratch_count_at, &n, sizeof n);
	return row;
}

/* A row of the reading; the scratch's parallel row has the same number. */
static unsigned char *reading_row(struct br_scratch *scratch, const struct br_table *table,
				  const struct br_field *field, int32_t index)
{
	unsigned char *base = (unsigned char *)scratch->reading,
		      *rows = base + table->reading_at, *row;
	size_t count;

	memcpy(&count, base + table->reading_count_at, sizeof count);
	row = row_of(rows, table->reading_stride, table->reading_index_at, &count,
		     table->max_rows, index);
	memcpy(base + table->reading_count_at, &count, sizeof count);
	if (!row || field->in_reading)
		return row;
	return (unsigned char *)scratch + table->scratch_at +
	       (size_t)(row - rows) / table->reading_stride * table->scratch_stride;
}

/* Reads the index of a name; false where the row is of another printer, or the index makes no
 * sense. */
static bool index_of(const struct br_scratch *scratch, const struct br_table *table,
		     const uint8_t *index, size_t len, int32_t *row)
{
	const uint8_t *end = index + len;
	uint32_t arc[3] = {0, 0, 0};
	size_t n = 0;

	while (n < 3 && br_oid_next_arc(&index, end, &arc[n]))
		n++;
	if (index != end) /* more arcs than any of these has: not row 1 of 1.7 */
		return false;
	*row = (int32_t)(arc[0] & INT32_MAX);
	switch ((enum br_index)table->index) {
	case BR_INDEX_SCALAR:
	case BR_INDEX_ROW:
		return n == 1;
	case BR_INDEX_DEVICE:
		return n == 1 && arc[0] == (table->prefix[5] == 25 ? scratch->host_device
								   : scratch->device);
	case BR_INDEX_DEVICE_ROW:
		*row = (int32_t)(arc[1] & INT32_MAX);
		return n == 2 && arc[0] == scratch->device;
	case BR_INDEX_KEYS:
		return n == 3 && arc[1] == IC_WORK_TOTALS && arc[2] == IC_LIFETIME;
	}
	return false;
}

/* Where a standard answer's index and column say that it belongs. */
static void take_standard(struct br_scratch *scratch, const struct br_varbind *varbind,
			  const struct br_table *table, const struct br_field *field,
			  int32_t number)
{
	struct br_reading *reading = scratch->reading;
	unsigned char *row = table->reading_stride ? reading_row(scratch, table, field, number)
						   : scratch_row(scratch, table, number);

	if (!row) {
		reading->partial = true;
		br_reading_note(reading, "more than %u %s: the rest was left out",
				(unsigned)table->max_rows, table->name);
		return;
	}
	put_value(scratch, field, row + field->offset, &varbind->value);
	if (!scratch->witness)
		return;
	if (table->index == BR_INDEX_SCALAR || table->index == BR_INDEX_DEVICE)
		br_witness_saw(scratch->witness, varbind, "%s.%s", table->name, field->name);
	else
		br_witness_saw(scratch->witness, varbind, "%s[%d].%s", table->name, (int)number,
			       field->name);
}

static void take_one(struct br_scratch *scratch, const struct br_varbind *varbind,
		     const struct br_table **table, struct br_answers *answers)
{
	const struct br_field *field;
	const uint8_t *index;
	size_t index_len;
	int32_t number;

	if (br_table_of(varbind->name, varbind->name_len, table, &field, &index, &index_len)) {
		if (index_of(scratch, *table, index, index_len, &number))
			take_standard(scratch, varbind, *table, field, number);
	} else if (answers->n < BR_MAX_PRIVATE) {
		answers->list[answers->n++] = *varbind;
	} else {
		answers->full = true;
	}
}

static void swap_rows(unsigned char *rows, size_t stride, size_t at)
{
	unsigned char *a = rows + (at - 1) * stride, *b = rows + at * stride;

	for (size_t i = 0; i < stride; i++) {
		unsigned char kept = a[i];

		a[i] = b[i];
		b[i] = kept;
	}
}

/*
 * Rows stand in the order in which they were met, and where the first columns have holes that
 * is not the printer's. They nearly always are in order, and then this only looks.
 */
static void order_rows(struct br_scratch *scratch, const struct br_table *table)
{
	unsigned char *own = (unsigned char *)scratch + table->scratch_at, *rows = own;
	size_t stride = table->scratch_stride, index = 0, n;
	uint16_t counted;

	if (table->reading_stride) {
		rows = (unsigned char *)scratch->reading + table->reading_at;
		stride = table->reading_stride;
		index = table->reading_index_at;
		memcpy(&n, (unsigned char *)scratch->reading + table->reading_count_at,
		       sizeof n);
	} else {
		memcpy(&counted, (unsigned char *)scratch + table->scratch_count_at,
		       sizeof counted);
		n = stride ? counted : 0;
	}
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && index_at(rows, stride, k - 1, index) >
						    index_at(rows, stride, k, index);
		     k--) {
			swap_rows(rows, stride, k);
			if (rows != own && table->scratch_stride)
				swap_rows(own, table->scratch_stride, k);
		}
}

void br_take_all(struct br_scratch *scratch, const struct br_harvest *harvest,
		 struct br_answers *answers)
{
	struct br_ber all = br_harvest_all(harvest);
	const struct br_table *table = NULL;
	struct br_varbind varbind;
	bool broken;

	answers->n = 0;
	answers->full = false;
	while (br_varbind_take(&all, &varbind, &broken))
		if (!br_varbind_is_absent(&varbind))
			take_one(scratch, &varbind, &table, answers);
	for (size_t t = 0; t < br_tables_count; t++)
		order_rows(scratch, &br_tables[t]);
}
