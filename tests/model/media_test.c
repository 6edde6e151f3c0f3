/*
 * media_test.c - paper by name and by size.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include "check.h"

#include <stddef.h>

static const char *or_none(const char *name)
{
	return name != NULL ? name : "(none)";
}

static const struct {
	const char *text, *want;
} names[] = {
	{"iso-a4-white", "iso_a4_210x297mm"},
	{"iso_a4_210x297mm", "iso_a4_210x297mm"},
	{"ISO_A4_210x297mm", "iso_a4_210x297mm"},
	{"iso-a4", "iso_a4_210x297mm"},
	{"A4", "iso_a4_210x297mm"},
	{" A4 (210 x 297 mm) ", "iso_a4_210x297mm"},
	{"A4-R", "iso_a4_210x297mm"},
	{"na-letter", "na_letter_8.5x11in"},
	{"na-letter-white", "na_letter_8.5x11in"},
	{"na-letter-transparent", "na_letter_8.5x11in"},
	{"na_letter_8.5x11in", "na_letter_8.5x11in"},
	{"Letter", "na_letter_8.5x11in"},
	{"na-legal-colored", "na_legal_8.5x14in"},
	{"iso-b5-envelope", "iso_b5_176x250mm"},
	{"jis-b5-white", "jis_b5_182x257mm"},
	{"na-number-10-envelope", "na_number-10_4.125x9.5in"},
	{"iso-designated-long-envelope", "iso_dl_110x220mm"},
	{"monarch-envelope", "na_monarch_3.875x7.5in"},
	{"invoice-white", "na_invoice_5.5x8.5in"},
	{"a", "na_letter_8.5x11in"}, /* engineering size of ISO 10175 */
	{"iso_a", "(none)"},
	{"iso", "(none)"},
	{"iso-a44", "(none)"},
	{"Plain", "(none)"},
	{"Any", "(none)"},
	{"custom", "(none)"},
	{"-white", "(none)"},
	{"", "(none)"},
	{"(A4)", "(none)"},
	{"a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4 a4",
	 "(none)"},
};

TEST(legacy_names_become_pwg_names)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		check_case(names[i].text);
		CHECK_STR(or_none(br_media_name(br_view(names[i].text))), names[i].want);
	}
}

static const struct {
	const char *what;
	int64_t width, height;
	const char *want;
} sizes[] = {
	{"A4", 21000, 29700, "iso_a4_210x297mm"},
	{"A4, long edge first", 29700, 21000, "iso_a4_210x297mm"},
	{"A4 by a rough ruler", 20900, 29800, "iso_a4_210x297mm"},
	{"within 2 mm", 21200, 29500, "iso_a4_210x297mm"},
	{"out of 2 mm", 21201, 29700, "(none)"},
	{"Letter in inches", 21590, 27940, "na_letter_8.5x11in"},
	{"B5 of Japan", 18200, 25700, "jis_b5_182x257mm"},
	{"Executive is not 16K", 18415, 26670, "na_executive_7.25x10.5in"},
	{"16K", 18400, 26000, "om_16k_184x260mm"},
	{"postcard, not a photo", 10000, 14800, "jpn_hagaki_100x148mm"},
	{"photo, not a postcard", 10000, 15000, "om_small-photo_100x150mm"},
	{"unlimited roll", -1, 29700, "(none)"},
	{"unknown", -2, -2, "(none)"},
	{"nothing", 0, 0, "(none)"},
	{"beyond reason", INT64_MAX, INT64_MAX, "(none)"},
	{"below reason", INT64_MIN, 29700, "(none)"},
};

TEST(sizes_become_pwg_names)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		check_case(sizes[i].what);
		CHECK_STR(or_none(br_media_by_size(sizes[i].width, sizes[i].height)),
			  sizes[i].want);
	}
}
