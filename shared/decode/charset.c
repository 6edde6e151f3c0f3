/*
 * charset.c - decides what a printer's octets are, then decodes them.
 *
 * Most texts are ASCII and are copied in one pass. For the rest the octets themselves are
 * asked first: valid UTF-8 and UTF-16 give themselves away, whatever set was named. Texts over
 * WORK_SIZE octets of UTF-8 are cut, unless they are UTF-8 already.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/charset.h"

#include "decode/charset_tables.h"

#include <string.h>

#define WORK_SIZE       2048
#define DUMP_SIZE       512
#define DUMP_LINE       16 /* octets that tools print on a line of a hex dump */
#define REPLACEMENT     0xfffdu
#define BYTE_ORDER_MARK 0xfeffu

/* UTF-8 on its way to br_text_clean(). */
struct work {
	size_t used;
	bool full;
	char text[WORK_SIZE];
};

static void put_point(struct work *work, uint32_t point)
{
	uint8_t out[4];
	size_t n = 0;

	if (point < 0x80) {
		out[n++] = (uint8_t)point;
	} else if (point < 0x800) {
		out[n++] = (uint8_t)(0xc0 | point >> 6);
	} else if (point < 0x10000) {
		out[n++] = (uint8_t)(0xe0 | point >> 12);
		out[n++] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
	} else {
		out[n++] = (uint8_t)(0xf0 | point >> 18);
		out[n++] = (uint8_t)(0x80 | (point >> 12 & 0x3f));
		out[n++] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
	}
	if (point >= 0x80)
		out[n++] = (uint8_t)(0x80 | (point & 0x3f));
	if (n > sizeof(work->text) - work->used) {
		work->full = true;
		return;
	}
	memcpy(work->text + work->used, out, n);
	work->used += n;
}

/* True if one of eight octets is a control, DEL or not ASCII, or two that touch are blanks. */
static bool is_odd(uint64_t octets)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	uint64_t blanks = ~((octets | high) - each * (' ' + 1)) & high; /* or controls */
	uint64_t controls = ~((octets | high) - each * ' '), del = octets + each;

	return ((octets | controls | del) & high) != 0 || (blanks & blanks << 8) != 0;
}

/* The whole text in one pass if it is ASCII and clean already; otherwise false. */
static bool copy_plain(char *out, size_t size, const uint8_t *octets, size_t len)
{
	size_t i = 0;

	if (len >= size || (len > 0 && (octets[0] == ' ' || octets[len - 1] == ' ')))
		return false;
	for (uint64_t eight; len - i >= sizeof eight; i += sizeof eight) {
		memcpy(&eight, octets + i, sizeof eight);
		if (is_odd(eight) || (octets[i] == ' ' && octets[i - 1] == ' '))
			return false;
		memcpy(out + i, &eight, sizeof eight);
	}
	for (; i < len; i++) {
		uint8_t c = octets[i];
		if (c < ' ' || c > '~' || (c == ' ' && octets[i - 1] == ' '))
			return false;
		out[i] = (char)c;
	}
	out[len] = '\0';
	return true;
}

/* How much speaks for UTF-8 and how much against it. */
struct witness {
	size_t whole, broken; /* sequences of more than one octet, and octets in none */
	size_t cut;           /* octets of a sequence that the end cuts */
};

/* Octets that a lead octet announces, itself included; 0 if it leads nothing. */
static size_t announced(uint8_t lead)
{
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static bool is_second(uint8_t lead, uint8_t second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return (second & 0xc0) == 0x80;
	}
}

static struct witness hear_utf8(const uint8_t *octets, size_t len)
{
	struct witness witness = {0, 0, 0};

	for (size_t i = 0; i < len;) {
		size_t want = announced(octets[i]), have = 1;
		while (have < want && i + have < len &&
		       (have == 1 ? is_second(octets[i], octets[i + 1])
				  : (octets[i + have] & 0xc0) == 0x80))
			have++;
		if (want != 0 && have == want)
			witness.whole++;
		else if (want != 0 && i + have == len)
			witness.cut = have;
		else if (octets[i] >= 0x80)
			witness.broken++;
		i += want != 0 && have == want ? have : 1;
		if (witness.cut != 0)
			break;
	}
	return witness;
}

static bool believe_utf8(struct witness witness, int charset, bool named)
{
	if (witness.broken == 0 && (witness.whole > 0 || witness.cut == 0))
		return true;
	if (named)
		return false;
	if (witness.broken > 0)
		return witness.whole > witness.broken;
	/* A lone lead octet at the end is a cut character of UTF-8, or a letter of Latin-1. */
	return charset == BR_CHARSET_UTF8 || witness.cut > 1;
}

/* UTF-16 without a byte order mark, given away by the NULs of its ASCII. */
static bool has_wide_shape(const uint8_t *octets, size_t len)
{
	if (len < 4 || len % 2 != 0)
		return false;
	while (len >= 2 && octets[len - 1] == 0 && octets[len - 2] == 0)
		len -= 2;
	for (size_t i = 0; i < len; i += 2) {
		if (octets[i] != 0 || octets[i + 1] == 0)
			return false;
	}
	return len > 0;
}

static bool is_wide(const uint8_t *octets, size_t len, int charset)
{
	bool named = charset == BR_CHARSET_UCS2 || charset == BR_CHARSET_UTF16BE;

	if (len < 2)
		return false;
	if ((octets[0] == 0xfe && octets[1] == 0xff) ||
	    (octets[0] == 0xff && octets[1] == 0xfe))
		return true;
	if (!named)
		return has_wide_shape(octets, len);
	/* Named, but many say so and send ASCII or UTF-8; only a NUL at the end is C's. */
	size_t text = strnlen((const char *)octets, len);
	if (text + 1 < len)
		return true;
	struct witness witness = hear_utf8(octets, text);
	return witness.broken > 0 || (witness.cut > 0 && witness.whole == 0);
}

static void decode_wide(struct work *work, const uint8_t *octets, size_t len)
{
	bool little = octets[0] == 0xff && octets[1] == 0xfe;
	uint32_t high = 0;

	for (size_t i = 0; i + 1 < len && !work->full; i += 2) {
		uint32_t unit = little ? octets[i] | (uint32_t)octets[i + 1] << 8
				       : (uint32_t)octets[i] << 8 | octets[i + 1];
		bool is_low = unit >= 0xdc00 && unit <= 0xdfff;
		if (high != 0)
			put_point(work,
				  is_low ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00)
					 : REPLACEMENT);
		if (is_low && high == 0)
			put_point(work, REPLACEMENT);
		high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
		if (high == 0 && !is_low && unit != BYTE_ORDER_MARK)
			put_point(work, unit);
	}
}

static void decode_sjis(struct work *work, const uint8_t *octets, size_t len)
{
	for (size_t i = 0, taken; i < len && !work->full; i += taken) {
		uint32_t point = br_charset_sjis(octets + i, len - i, &taken);
		bool cut = point == REPLACEMENT && i + 1 == len;
		if (!cut) /* half a character at the end is dropped, as with UTF-8 */
			put_point(work, point);
	}
}

static void decode_single(struct work *work, const uint8_t *octets, size_t len, int charset)
{
	const uint16_t *table = br_charset_single(charset);

	if (table == NULL)
		table = br_charset_single(BR_CHARSET_LATIN1);
	for (size_t i = 0; i < len && !work->full; i++) {
		uint32_t point = octets[i] < 0x80 ? octets[i] : table[octets[i] - 0x80];
		put_point(work, point != 0 || octets[i] < 0x80 ? point : REPLACEMENT);
	}
}

static bool is_sjis(int charset)
{
	return charset == BR_CHARSET_SHIFT_JIS || charset == BR_CHARSET_WINDOWS_31J;
}

static size_t decode_octets(char *out, size_t size, const uint8_t *octets, size_t len,
			    int charset)
{
	struct work work;

	work.used = 0;
	work.full = false;
	if (is_wide(octets, len, charset)) {
		decode_wide(&work, octets, len);
		return br_text_clean(out, size, (struct br_view){work.text, work.used});
	}
	while (len > 0 && octets[len - 1] == 0)
		len--;
	if (len >= 3 && memcmp(octets, "\xef\xbb\xbf", 3) == 0) {
		octets += 3;
		len -= 3;
	}
	bool named = is_sjis(charset) || br_charset_single(charset) != NULL;
	if (believe_utf8(hear_utf8(octets, len), charset, named))
		return br_text_clean(out, size, (struct br_view){(const char *)octets, len});
	if (is_sjis(charset))
		decode_sjis(&work, octets, len);
	else
		decode_single(&work, octets, len, charset);
	return br_text_clean(out, size, (struct br_view){work.text, work.used});
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_gap(uint8_t c)
{
	return c == ' ' || c == '\n';
}

/* "38 32 37 00" into octets; how many, or 0 if it is anything else or does not fit. */
static size_t undump(uint8_t *out, size_t size, const uint8_t *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len;) {
		if (is_gap(text[i])) {
			i++;
			continue;
		}
		if (n == size || i + 1 >= len || (i + 2 < len && !is_gap(text[i + 2])))
			return 0;
		int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
		if (high < 0 || low < 0)
			return 0;
		out[n++] = (uint8_t)(high << 4 | low);
		i += 2;
	}
	return n;
}

/*
 * Tools print a string with a NUL in it as lines of 16 octets in hex, and some print a line
 * that is all text as text. Such a recording is known by its ends: the first line is of 16
 * octets and the last octet is the NUL. Returns the octets it stands for, or 0.
 */
static size_t read_dump(uint8_t out[DUMP_SIZE], const uint8_t *octets, size_t len)
{
	/* "33 44 55 00" may be a telephone number: a dump ends in a gap, or has lines. */
	const bool dumped = is_gap(octets[len - 1]) || memchr(octets, '\n', len) != NULL;

	while (len > 0 && is_gap(octets[len - 1]))
		len--;
	if (len < 3 || len > 4 * DUMP_SIZE || memcmp(octets + len - 2, "00", 2) != 0 ||
	    !is_gap(octets[len - 3]))
		return 0;
	const uint8_t *line = memchr(octets, '\n', len);
	size_t first = line != NULL ? (size_t)(line - octets) : 0;
	size_t n = undump(out, DUMP_SIZE, octets, len);
	if (n >= 4 && dumped)
		return n;
	if (first == 0 || first % DUMP_LINE != 0 || first >= DUMP_SIZE)
		return 0;
	memcpy(out, octets, first);
	n = undump(out + first, DUMP_SIZE - first, line, len - first);
	return n > 0 ? first + n : 0;
}

static bool is_printable(const uint8_t *octets, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (octets[i] < ' ' && octets[i] != 0)
			return false;
	}
	return true;
}

size_t br_charset_decode(char *out, size_t size, const uint8_t *octets, size_t len, int charset)
{
	uint8_t dump[DUMP_SIZE];

	if (size == 0)
		return 0;
	out[0] = '\0';
	if (len == 0)
		return 0;
	if (copy_plain(out, size, octets, len))
		return len;
	size_t n = read_dump(dump, octets, len);
	if (n > 0 && is_printable(dump, n))
		return decode_octets(out, size, dump, n, charset);
	return decode_octets(out, size, octets, len, charset);
}
