/*
 * scrub_lens.c - the characters of a value, however they are written down.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scrub_inside.h"

#include "decode/recording_text.h"

#include <ctype.h>

/* 1, 2: UTF-16 at either parity; then hex of octets and of UTF-16, closed up or with blanks. */
struct br_lens br_lens_of(uint8_t *octets, size_t len, size_t which)
{
	static const uint8_t steps[] = {2, 3, 4, 6}; /* 2 + 3 + 4 + 6 begin somewhere else */
	struct br_lens lens = {.octets = octets, .len = len, .step = 1};
	size_t start = which - 3, i = 0;

	if (which == 0)
		return lens;
	if (which < 3) {
		lens.start = (uint8_t)(which - 1);
		lens.step = 2;
		lens.wide = true;
		return lens;
	}
	while (i + 1 < sizeof steps && start >= steps[i])
		start -= steps[i++];
	lens.start = (uint8_t)start;
	lens.step = steps[i];
	lens.hex = true;
	return lens;
}

size_t br_lens_len(const struct br_lens *lens)
{
	return lens->len > lens->start
		       ? (lens->len - lens->start + lens->step - 1u) / lens->step
		       : 0;
}

int br_lens_get(const struct br_lens *lens, size_t i)
{
	size_t at = lens->start + i * lens->step;
	int high, low;

	if (at >= lens->len)
		return -1;
	if (lens->hex) {
		high = br_hex_digit((char)lens->octets[at]);
		low = at + 1 < lens->len ? br_hex_digit((char)lens->octets[at + 1]) : -1;
		return high < 0 || low < 0 ? -1 : high << 4 | low;
	}
	if (lens->wide && !(at > 0 && lens->octets[at - 1] == 0) &&
	    !(at + 1 < lens->len && lens->octets[at + 1] == 0))
		return -1;
	return lens->octets[at];
}

uint8_t br_lens_hex(int value, bool upper)
{
	return (uint8_t)((upper ? "0123456789ABCDEF" : "0123456789abcdef")[value & 15]);
}

void br_lens_put(const struct br_lens *lens, size_t i, uint8_t c)
{
	size_t at = lens->start + i * lens->step;
	int old = br_lens_get(lens, i);

	if (old < 128 && isupper(old))
		c = (uint8_t)toupper(c);
	else if (old < 128 && islower(old))
		c = (uint8_t)tolower(c);
	if (!lens->hex) {
		lens->octets[at] = c;
		return;
	}
	bool upper = isupper(lens->octets[at]) || isupper(lens->octets[at + 1]);
	lens->octets[at] = br_lens_hex(c >> 4, upper);
	lens->octets[at + 1] = br_lens_hex(c, upper);
}
