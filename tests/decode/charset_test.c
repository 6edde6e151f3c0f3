/*
 * charset_test.c - octets of printers as clean UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/charset.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

#define OCTETS(literal) (const uint8_t *)(literal), sizeof(literal) - 1

/* clang-format off */
static const struct {
	const char *name;
	int charset;
	const uint8_t *octets;
	size_t len;
	const char *want;
} cases[] = {
	{"ASCII", 3, OCTETS("Ready"), "Ready"},
	{"empty", 3, OCTETS(""), ""},
	{"NULs behind", 3, OCTETS("Ready\0\0"), "Ready"},
	{"only NULs", 3, OCTETS("\0\0\0\0"), ""},
	{"one NUL", 3, OCTETS("\0"), ""},
	{"NUL in the middle", 3, OCTETS("a\0b"), "a b"},
	{"blanks", 3, OCTETS("  a   b "), "a b"},
	{"only blanks", 3, OCTETS("   "), ""},
	{"line ends", 3, OCTETS("Toner\r\nLow"), "Toner Low"},
	{"escape", 3, OCTETS("\x1b[1mx"), "[1mx"},
	{"UTF-8", 106, OCTETS("Pr\xc3\xaat"), "Pr\xc3\xaat"},
	{"UTF-8 under a wrong name", 4, OCTETS("Pr\xc3\xaat"), "Pr\xc3\xaat"},
	{"UTF-8 under the name UCS-2", 1000, OCTETS("Pr\xc3\xaat"), "Pr\xc3\xaat"},
	{"UTF-8, byte order mark", 0, OCTETS("\xef\xbb\xbfx\xc3\xaa"), "x\xc3\xaa"},
	{"UTF-8 cut at the end", 106, OCTETS("Pr\xc3\xaat \xc3"), "Pr\xc3\xaat"},
	{"UTF-8 cut, named ASCII", 3, OCTETS("Pr\xc3\xaat \xc3"), "Pr\xc3\xaat"},
	{"UTF-8 cut after two of three", 0, OCTETS("abc\xe3\x83"), "abc"},
	{"UTF-8, nothing but a cut character", 106, OCTETS("abc\xc3"), "abc"},
	{"UTF-8, one octet broken", 106, OCTETS("\xc3\xaa\xc3\xaa\xff!"), "\xc3\xaa\xc3\xaa\xef\xbf\xbd!"},
	{"named UTF-8, sent Latin-1", 106, OCTETS("Pr\xeat"), "Pr\xc3\xaat"},
	{"Latin-1", 4, OCTETS("Pr\xeat"), "Pr\xc3\xaat"},
	{"Latin-1, not named", 0, OCTETS("charg\xe9"), "charg\xc3\xa9"},
	{"Latin-1, letter at the end", 4, OCTETS("charg\xe9"), "charg\xc3\xa9"},
	{"Latin-1 is Windows-1252", 4, OCTETS("\x93" "a\x94\x80"), "\xe2\x80\x9c" "a\xe2\x80\x9d\xe2\x82\xac"},
	{"an unheard of number", 77, OCTETS("Pr\xeat"), "Pr\xc3\xaat"},
	{"Latin-2", 5, OCTETS("\xe8" "ern\xfd"), "\xc4\x8d" "ern\xc3\xbd"},
	{"ISO-8859-5", 8, OCTETS("\xb3\xde\xe2\xde\xd2"), "\xd0\x93\xd0\xbe\xd1\x82\xd0\xbe\xd0\xb2"},
	{"Latin-5", 12, OCTETS("\xfe\xdd"), "\xc5\x9f\xc4\xb0"},
	{"Latin-9", 111, OCTETS("\xa4"), "\xe2\x82\xac"},
	{"roman8", 2004, OCTETS("Pr\xc1t \xc5"), "Pr\xc3\xaat \xc3\xa9"},
	{"cp850", 2009, OCTETS("\x84\x94\x81\xe1"), "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"},
	{"cp437", 2011, OCTETS("caf\x82"), "caf\xc3\xa9"},
	{"Windows-1250", 2250, OCTETS("\x9e"), "\xc5\xbe"},
	{"Windows-1251", 2251, OCTETS("\xc3\xee\xf2\xee\xe2"), "\xd0\x93\xd0\xbe\xd1\x82\xd0\xbe\xd0\xb2"},
	{"Windows-1252, no such octet", 2252, OCTETS("a\x81" "b"), "a\xef\xbf\xbd" "b"},
	{"Shift-JIS", 17, OCTETS("\x83g\x83i\x81[\x8e\xe8\x8d\xb7\x82\xb5"),
	 "\xe3\x83\x88\xe3\x83\x8a\xe3\x83\xbc\xe6\x89\x8b\xe5\xb7\xae\xe3\x81\x97"},
	{"Shift-JIS, half-width", 17, OCTETS("\xc4\xc5\xb0"), "\xef\xbe\x84\xef\xbe\x85\xef\xbd\xb0"},
	{"Shift-JIS, last lead octet of the standard", 17, OCTETS("\xea\xa4"), "\xe7\x86\x99"},
	{"Windows-31J, NEC row", 2024, OCTETS("\x87@"), "\xe2\x91\xa0"},
	{"Windows-31J, IBM as NEC has it", 2024, OCTETS("\xed@"), "\xe7\xba\x8a"},
	{"Windows-31J, IBM row", 2024, OCTETS("\xfa@"), "\xe2\x85\xb0"},
	{"Windows-31J, last of all", 2024, OCTETS("\xfcK"), "\xe9\xbb\x91"},
	{"Shift-JIS cut at the end", 17, OCTETS("\x83g\x83"), "\xe3\x83\x88"},
	{"Shift-JIS, no such trail", 17, OCTETS("\x83\x20x"), "\xef\xbf\xbd x"},
	{"Shift-JIS, user-defined", 17, OCTETS("\xf0@x"), "\xef\xbf\xbd@x"},
	{"UCS-2", 1000, OCTETS("\0T\0r\0\xe4"), "Tr\xc3\xa4"},
	{"UCS-2, no ASCII in it", 1000, OCTETS("\x30\xc8\x30\xca"), "\xe3\x83\x88\xe3\x83\x8a"},
	{"UCS-2 named, ASCII sent", 1000, OCTETS("Tray"), "Tray"},
	{"UCS-2 named, ASCII and a NUL sent", 1000, OCTETS("Tray\0"), "Tray"},
	{"UCS-2 named, one octet", 1000, OCTETS("\xe9"), "\xc3\xa9"},
	{"UCS-2, odd octet behind", 1000, OCTETS("\0T\0r\0"), "Tr"},
	{"UTF-16BE, pair", 1013, OCTETS("\0a\xd8\x3d\xdd\xa8"), "a\xf0\x9f\x96\xa8"},
	{"UTF-16BE, half a pair", 1013, OCTETS("\0a\xd8\x3d\0b"), "a\xef\xbf\xbd" "b"},
	{"UTF-16BE, low half first", 1013, OCTETS("\0a\xdd\xa8\0b"), "a\xef\xbf\xbd" "b"},
	{"UTF-16BE, not named", 0, OCTETS("\0T\0r\0a\0y\0\0"), "Tray"},
	{"UTF-16, marked", 0, OCTETS("\xfe\xff\0T\x30\xc8"), "T\xe3\x83\x88"},
	{"UTF-16, marked the other way", 0, OCTETS("\xff\xfeT\0\xc8\x30"), "T\xe3\x83\x88"},
	{"dump behind a line of text", 0, OCTETS("Black Cartridge \n41 20 31 00 "), "Black Cartridge A 1"},
	{"dump, word broken by the line", 0, OCTETS("Magenta Cartridg\n65 20 38 41 \n00 "), "Magenta Cartridge 8A"},
	{"dump, no blank at the end", 0, OCTETS("Stapler 3 ACM CC\n38 33 41 00"), "Stapler 3 ACM CC83A"},
	{"dump, nothing but hex", 0, OCTETS("54 72 61 79 \n31 00 "), "Tray1"},
	{"dump, Latin-1 in it", 4, OCTETS("Black Cartridge \nE9 00 "), "Black Cartridge \xc3\xa9"},
	{"no dump: the first line is not 16", 0, OCTETS("Cartridge \n38 32 00 "), "Cartridge 38 32 00"},
	{"no dump: no NUL at the end", 0, OCTETS("Black Cartridge \n38 32 "), "Black Cartridge 38 32"},
	{"no dump: not hex", 0, OCTETS("Black Cartridge \n3X 32 00 "), "Black Cartridge 3X 32 00"},
	{"no dump: controls", 0, OCTETS("01 02 03 00"), "01 02 03 00"},
	{"no dump: short numbers", 0, OCTETS("12 00"), "12 00"},
};
/* clang-format on */

TEST(octets_become_clean_utf8)
{
	char out[256];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t *exact = malloc(cases[i].len > 0 ? cases[i].len : 1);
		if (exact == NULL)
			abort();
		memcpy(exact, cases[i].octets, cases[i].len);
		check_case(cases[i].name);
		size_t n = br_charset_decode(out, sizeof(out), exact, cases[i].len,
					     cases[i].charset);
		CHECK_STR(out, cases[i].want);
		CHECK_INT(n, strlen(cases[i].want));
		free(exact);
	}
}

TEST(output_is_cut_at_a_character)
{
	/* size 1 holds nothing, 2 the a, 3 no half character, … */
	static const char *const cut[] = {"",          "a",         "a",
					  "a\xc3\xaa", "a\xc3\xaa", "a\xc3\xaa\xc3\xaa"};

	for (size_t size = 1; size <= 6; size++) {
		char *out = malloc(size);
		if (out == NULL)
			abort();
		size_t n = br_charset_decode(out, size, OCTETS("a\xea\xea"), BR_CHARSET_LATIN1);
		CHECK_STR(out, cut[size - 1]);
		CHECK_INT(n, strlen(cut[size - 1]));
		n = br_charset_decode(out, size, OCTETS("abcdefgh"), BR_CHARSET_ASCII);
		CHECK_INT(n, size - 1);
		free(out);
	}
	CHECK_INT(br_charset_decode(NULL, 0, OCTETS("a"), 0), 0);
}

TEST(a_long_text_is_bounded)
{
	size_t len = 10000;
	uint8_t *octets = malloc(len);
	char *out = malloc(3 * len);

	if (octets == NULL || out == NULL)
		abort();
	memset(octets, 0xe9, len);
	size_t n = br_charset_decode(out, 3 * len, octets, len, BR_CHARSET_LATIN1);
	CHECK(n > 1000 && n % 2 == 0 && n <= 2 * len);
	memset(octets, 'x', len);
	CHECK_INT(br_charset_decode(out, 3 * len, octets, len, BR_CHARSET_LATIN1), len);
	free(out);
	free(octets);
}

/* Eight octets are looked at together: at each place the odd one must be seen, and no other. */
TEST(an_octet_is_judged_at_every_place)
{
	enum { LEN = 19 };

	for (unsigned octet = 1; octet < 0x80; octet++) {
		bool odd = octet < ' ' || octet > '~';

		for (size_t at = 1; at + 2 < LEN; at++) {
			uint8_t *octets = malloc(LEN);
			char out[LEN + 1], want[LEN + 1] = "abcdefghijklmnopqrs";

			memcpy(octets, want, LEN);
			octets[at] = (uint8_t)octet;
			octets[at + 1] = ' ';
			want[at] = odd ? ' ' : (char)octet;
			want[at + 1] = ' ';
			if (want[at] == ' ') /* two that touch become one */
				memmove(want + at, want + at + 1, LEN - at);
			br_charset_decode(out, sizeof out, octets, LEN, 3);
			CHECK_STR(out, want);
			free(octets);
		}
	}
}
