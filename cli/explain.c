/*
 * explain.c - a witness that writes down what the decoder took, as it was sent.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXPLAIN_CEILING = 8 << 20, FIELD_WIDTH = 26, VALUE_INDENT = 6, BITS_OCTETS = 2 };

static const char *type_name(uint8_t tag)
{
	switch (tag) {
	case BR_BER_INTEGER:
		return "INTEGER";
	case BR_BER_OCTETS:
		return "STRING";
	case BR_BER_OID:
		return "OID";
	case BR_BER_IPADDRESS:
		return "IpAddress";
	case BR_BER_COUNTER32:
		return "Counter32";
	case BR_BER_GAUGE32:
		return "Gauge32";
	case BR_BER_TIMETICKS:
		return "TimeTicks";
	case BR_BER_OPAQUE:
		return "Opaque";
	case BR_BER_COUNTER64:
		return "Counter64";
	}
	return NULL;
}

static void octets(struct br_buf *out, const struct br_tlv *value)
{
	if (value->len == 0)
		br_buf_text(out, "(empty)");
	for (size_t i = 0; i < value->len; i++)
		br_buf_format(out, "%s%02x", i ? " " : "", value->data[i]);
}

/* Text is shown as such only if every octet of it is seen: a blank at its end is a difference.
 */
static bool is_plain(const struct br_tlv *value)
{
	for (size_t i = 0; i < value->len; i++)
		if (value->data[i] < 0x20 || value->data[i] > 0x7e || value->data[i] == '"')
			return false;
	return value->len > 0;
}

static void number(struct br_buf *out, const struct br_tlv *value)
{
	bool negative = value->tag == BR_BER_INTEGER && value->len && value->data[0] & 0x80;
	uint64_t bits = negative ? UINT64_MAX : 0;

	if (value->len == 0 || value->len > 9 || (value->len == 9 && value->data[0])) {
		octets(out, value);
		return;
	}
	for (size_t i = 0; i < value->len; i++)
		bits = bits << 8 | value->data[i];
	if (value->tag == BR_BER_INTEGER)
		br_buf_format(out, "%" PRId64, (int64_t)bits);
	else
		br_buf_format(out, "%" PRIu64, bits);
}

void cli_raw(struct br_buf *out, const struct br_tlv *value)
{
	const char *type = type_name(value->tag);
	char oid[BR_OID_TEXT_SIZE];

	if (type)
		br_buf_format(out, "%s ", type);
	else
		br_buf_format(out, "type-%02x ", value->tag);
	switch (value->tag) {
	case BR_BER_INTEGER:
	case BR_BER_COUNTER32:
	case BR_BER_GAUGE32:
	case BR_BER_TIMETICKS:
	case BR_BER_COUNTER64:
		number(out, value);
		break;
	case BR_BER_OID:
		br_oid_format(oid, sizeof oid, value->data, value->len);
		br_buf_text(out, oid);
		break;
	case BR_BER_OCTETS:
		if (is_plain(value)) {
			br_buf_char(out, '"');
			br_buf_add(out, value->data, value->len);
			br_buf_char(out, '"');
			if (value->len > BITS_OCTETS)
				break;
			br_buf_char(out, ' '); /* short ones may be bits: those of errors are */
		}
		octets(out, value);
		break;
	default:
		octets(out, value);
	}
}

/* Room for one more row; the failure is kept in lines. */
static struct cli_explained *new_row(struct cli_explain *explain)
{
	size_t cap = explain->cap ? explain->cap * 2 : 256;
	struct cli_explained *rows;

	if (explain->lines.status != BR_OK)
		return NULL;
	if (explain->n == explain->cap) {
		rows = realloc(explain->rows, cap * sizeof *rows);
		if (!rows) {
			explain->lines.status = BR_E_MEMORY;
			return NULL;
		}
		explain->rows = rows;
		explain->cap = cap;
	}
	return &explain->rows[explain->n++];
}

static void saw(void *user, const char *field, const struct br_varbind *varbind)
{
	struct cli_explain *explain = user;
	struct cli_explained *row = new_row(explain);
	struct br_buf *lines = &explain->lines, value;
	size_t width = strlen(field), start = lines->len;
	char oid[BR_OID_TEXT_SIZE];

	if (!row)
		return;
	br_buf_init(&value, EXPLAIN_CEILING);
	br_oid_format(oid, sizeof oid, varbind->name, varbind->name_len);
	br_buf_format(lines, "  %-*s ", FIELD_WIDTH, field);
	br_buf_format(&value, "%s = ", oid);
	cli_raw(&value, &varbind->value);
	if (value.status != BR_OK)
		lines->status = value.status;
	else
		cli_wrap(lines, &explain->look, value.data,
			 (width > FIELD_WIDTH ? width : FIELD_WIDTH) + 3, VALUE_INDENT);
	br_buf_clear(&value);
	*row = (struct cli_explained){start, lines->len - start, strcspn(field, ".:"),
				      explain->n};
}

/* Answers come by column; a person looks for a row: "trays[2]" before "trays[10]". */
static int by_row(const void *left, const void *right, void *lines)
{
	const struct cli_explained *a = left, *b = right;
	char group_a[64], group_b[64];
	int order;

	br_text_copy(group_a, sizeof group_a,
		     (struct br_view){(char *)lines + a->at + 2, a->group});
	br_text_copy(group_b, sizeof group_b,
		     (struct br_view){(char *)lines + b->at + 2, b->group});
	order = strverscmp(group_a, group_b);
	return order ? order : a->order < b->order ? -1 : 1;
}

void cli_explain_init(struct cli_explain *explain, const struct cli_look *look)
{
	*explain = (struct cli_explain){.witness = {saw, explain}, .look = *look};
	br_buf_init(&explain->lines, EXPLAIN_CEILING);
}

void cli_explain_clear(struct cli_explain *explain)
{
	br_buf_clear(&explain->lines);
	free(explain->rows);
	explain->rows = NULL;
	explain->n = explain->cap = 0;
}

void cli_explain_print(struct cli_explain *explain, struct br_buf *out,
		       const struct br_reading *reading)
{
	char heading[96];

	snprintf(heading, sizeof heading, "answers: %zu values from %" PRIu32 " question%s",
		 explain->n, reading->questions, reading->questions == 1 ? "" : "s");
	cli_heading(out, &explain->look, heading);
	if (explain->lines.status != BR_OK)
		out->status = explain->lines.status;
	else if (explain->n)
		qsort_r(explain->rows, explain->n, sizeof *explain->rows, by_row,
			explain->lines.data);
	for (size_t i = 0; explain->lines.status == BR_OK && i < explain->n; i++)
		br_buf_add(out, explain->lines.data + explain->rows[i].at,
			   explain->rows[i].len);
	br_buf_reset(&explain->lines);
	explain->n = 0;
}
