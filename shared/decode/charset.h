/*
 * charset.h - text from a printer made into clean UTF-8.
 *
 * Printers name a character set (prtLocalizationCharacterSet, an IANA MIBenum) and often
 * send another. Valid UTF-8 with a multi-octet sequence is believed before the name is.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_CHARSET_H
#define BR_DECODE_CHARSET_H

#include "base/text.h"

/* IANA MIBenums this file decodes by table; every other one is read as UTF-8, else Latin-1. */
enum br_charset {
	BR_CHARSET_UNKNOWN = 0, /* not said: UTF-8 if valid, else Latin-1 */
	BR_CHARSET_ASCII = 3,
	BR_CHARSET_LATIN1 = 4,
	BR_CHARSET_LATIN2 = 5,
	BR_CHARSET_CYRILLIC = 8, /* ISO-8859-5 */
	BR_CHARSET_LATIN5 = 12,  /* ISO-8859-9 */
	BR_CHARSET_SHIFT_JIS = 17,
	BR_CHARSET_UTF8 = 106,
	BR_CHARSET_LATIN9 = 111, /* ISO-8859-15 */
	BR_CHARSET_UCS2 = 1000,
	BR_CHARSET_UTF16BE = 1013,
	BR_CHARSET_HP_ROMAN8 = 2004,
	BR_CHARSET_CP850 = 2009,
	BR_CHARSET_CP437 = 2011,
	BR_CHARSET_WINDOWS_31J = 2024,
	BR_CHARSET_WINDOWS_1250 = 2250,
	BR_CHARSET_WINDOWS_1251 = 2251,
	BR_CHARSET_WINDOWS_1252 = 2252,
};

/*
 * Decodes octets into out as br_text_clean() would leave them: NUL-terminated, valid UTF-8, one
 * line, no controls. Trailing NULs go. Text that is itself a hex dump printed by a tool
 * ("Black Cartridge \n38 32 37 00 ") is read as the octets it stands for. Returns the length.
 */
size_t br_charset_decode(char *out, size_t size, const uint8_t *octets, size_t len,
			 int charset);

#endif
