/*
 * charset_tables.c - finds the right table, and the right place in it.
 *
 * Latin-1 is read as Windows-1252: they differ only where Latin-1 has controls that nobody
 * sends. Shift-JIS is read as Windows-31J, which contains it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/charset_tables.h"

#define REPLACEMENT 0xfffdu
#define TRAILS      188

enum single_table {
	TABLE_LATIN2,
	TABLE_CYRILLIC,
	TABLE_LATIN5,
	TABLE_LATIN9,
	TABLE_ROMAN8,
	TABLE_CP850,
	TABLE_CP437,
	TABLE_W1250,
	TABLE_W1251,
	TABLE_W1252,
	TABLE_COUNT,
};

/* clang-format off */
static const uint16_t single[TABLE_COUNT][128] = {
#include "decode/charset_single_table.inc"
};

static const uint16_t sjis[][TRAILS] = {
#include "decode/charset_sjis_table.inc"
};

static const struct {
	int charset;
	enum single_table table;
} sets[] = {
	{BR_CHARSET_LATIN1, TABLE_W1252},
	{BR_CHARSET_LATIN2, TABLE_LATIN2},
	{BR_CHARSET_CYRILLIC, TABLE_CYRILLIC},
	{BR_CHARSET_LATIN5, TABLE_LATIN5},
	{BR_CHARSET_LATIN9, TABLE_LATIN9},
	{BR_CHARSET_HP_ROMAN8, TABLE_ROMAN8},
	{BR_CHARSET_CP850, TABLE_CP850},
	{BR_CHARSET_CP437, TABLE_CP437},
	{BR_CHARSET_WINDOWS_1250, TABLE_W1250},
	{BR_CHARSET_WINDOWS_1251, TABLE_W1251},
	{BR_CHARSET_WINDOWS_1252, TABLE_W1252},
};

/* Lead octets in the order of the table. */
static const struct {
	uint8_t first, last, row;
} leads[] = {
	{0x81, 0x9f, 0}, {0xe0, 0xea, 31}, {0xed, 0xee, 42}, {0xfa, 0xfc, 44},
};
/* clang-format on */

_Static_assert(sizeof(sjis) / sizeof(sjis[0]) == 47, "a lead octet more or less: see leads[]");

const uint16_t *br_charset_single(int charset)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		if (sets[i].charset == charset)
			return single[sets[i].table];
	}
	return NULL;
}

static const uint16_t *row_of(uint8_t lead)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if (lead >= leads[i].first && lead <= leads[i].last)
			return sjis[leads[i].row + (lead - leads[i].first)];
	}
	return NULL;
}

uint32_t br_charset_sjis(const uint8_t *at, size_t len, size_t *taken)
{
	uint8_t lead = at[0];

	*taken = 1;
	if (lead < 0x80)
		return lead;
	if (lead >= 0xa1 && lead <= 0xdf) /* half-width katakana */
		return 0xff61u + (lead - 0xa1u);
	const uint16_t *row = row_of(lead);
	if (row == NULL || len < 2 || at[1] < 0x40 || at[1] == 0x7f || at[1] > 0xfc)
		return REPLACEMENT;
	*taken = 2;
	uint16_t point = row[at[1] - (at[1] < 0x7f ? 0x40 : 0x41)];
	return point != 0 ? point : REPLACEMENT;
}
