/*
 * charset_tables.h - what an octet or two mean in the character sets of charset.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_CHARSET_TABLES_H
#define BR_DECODE_CHARSET_TABLES_H

#include "decode/charset.h"

/* The code points of octets 0x80 to 0xff, 0 for none; NULL if the set is not of one octet. */
const uint16_t *br_charset_single(int charset);

/* Takes one character of Windows-31J off the front; U+FFFD if it is none. len must not be 0. */
uint32_t br_charset_sjis(const uint8_t *at, size_t len, size_t *taken);

#endif
