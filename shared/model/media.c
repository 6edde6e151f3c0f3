/*
 * media.c - paper by any of its names, or by its size, as a PWG 5101.1 self-describing name.
 *
 * Printers say "iso-a4-white" (RFC 1759, ISO 10175), "na-letter", "A4", "iso_a4_210x297mm" or
 * only the dimensions. Names are compared without case, with '_' and ' ' as '-', and
 * without the colour or form behind the size.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include <stddef.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NAME_SIZE    64
#define TOLERANCE    200 /* 2 mm */

struct media {
	const char *pwg;
	int32_t width, height; /* hundredths of a millimetre */
	const char *also;      /* other names, in small letters, blanks between */
};

/* clang-format off */
/* Of two that are equally near in size the first wins: common ones stand before rare ones. */
static const struct media media[] = {
	{"iso_a4_210x297mm", 21000, 29700, "a4"},
	{"na_letter_8.5x11in", 21590, 27940, "letter us-letter a na-a ltr"},
	{"iso_a3_297x420mm", 29700, 42000, "a3"},
	{"na_legal_8.5x14in", 21590, 35560, "legal us-legal lgl"},
	{"na_ledger_11x17in", 27940, 43180, "ledger tabloid 11x17 b na-b ldr"},
	{"iso_a5_148x210mm", 14800, 21000, "a5"},
	{"iso_a6_105x148mm", 10500, 14800, "a6"},
	{"na_executive_7.25x10.5in", 18415, 26670, "executive exec us-executive"},
	{"na_invoice_5.5x8.5in", 13970, 21590, "invoice statement half-letter"},
	{"jis_b4_257x364mm", 25700, 36400, "b4-jis jis-b4 b4"},
	{"jis_b5_182x257mm", 18200, 25700, "b5-jis jis-b5 b5"},
	{"jis_b6_128x182mm", 12800, 18200, "b6-jis jis-b6 b6"},
	{"na_foolscap_8.5x13in", 21590, 33020, "foolscap 8.5x13 us-folio"},
	{"om_folio_210x330mm", 21000, 33000, "folio"},
	{"na_oficio_8.5x13.4in", 21590, 34036, "oficio"},
	{"iso_dl_110x220mm", 11000, 22000, "dl iso-designated-long designated-long env-dl dl-envelope"},
	{"na_number-10_4.125x9.5in", 10478, 24130, "na-number-10-envelope com10 com-10 env-10 envelope-10"},
	{"na_number-9_3.875x8.875in", 9843, 22543, "na-number-9-envelope env-9"},
	{"na_monarch_3.875x7.5in", 9843, 19050, "monarch monarch-envelope"},
	{"iso_c5_162x229mm", 16200, 22900, "c5 env-c5"},
	{"iso_c6_114x162mm", 11400, 16200, "c6 env-c6"},
	{"iso_c4_229x324mm", 22900, 32400, "c4 env-c4"},
	{"iso_c3_324x458mm", 32400, 45800, "c3"},
	{"iso_c6c5_114x229mm", 11400, 22900, "c6c5"},
	{"iso_b4_250x353mm", 25000, 35300, "iso-b4"},
	{"iso_b5_176x250mm", 17600, 25000, "iso-b5 b5-envelope env-b5"},
	{"iso_b6_125x176mm", 12500, 17600, "iso-b6"},
	{"iso_b3_353x500mm", 35300, 50000, "iso-b3"},
	{"jpn_hagaki_100x148mm", 10000, 14800, "hagaki postcard japanese-postcard"},
	{"jpn_oufuku_148x200mm", 14800, 20000, "oufuku double-postcard oufuku-hagaki"},
	{"jpn_chou3_120x235mm", 12000, 23500, "chou3 youkei3"},
	{"jpn_chou4_90x205mm", 9000, 20500, "chou4"},
	{"jpn_kaku2_240x332mm", 24000, 33200, "kaku2"},
	{"jpn_you4_105x235mm", 10500, 23500, "you4 youkei4"},
	{"na_index-4x6_4x6in", 10160, 15240, "4x6 index-4x6 na-4x6 photo-4x6"},
	{"na_index-3x5_3x5in", 7620, 12700, "3x5 index-3x5"},
	{"na_index-5x8_5x8in", 12700, 20320, "5x8 index-5x8"},
	{"na_5x7_5x7in", 12700, 17780, "5x7 na-5x7"},
	{"oe_photo-l_3.5x5in", 8890, 12700, "photo-l 3.5x5"},
	{"na_govt-letter_8x10in", 20320, 25400, "8x10 na-8x10 government-letter"},
	{"na_govt-legal_8x13in", 20320, 33020, "8x13 government-legal"},
	{"na_6x9_6x9in", 15240, 22860, "na-6x9-envelope 6x9"},
	{"na_7x9_7x9in", 17780, 22860, "na-7x9-envelope 7x9"},
	{"na_9x11_9x11in", 22860, 27940, "na-9x11-envelope 9x11"},
	{"na_9x12_9x12in", 22860, 30480, "na-9x12-envelope arch-a 9x12"},
	{"na_10x13_10x13in", 25400, 33020, "na-10x13-envelope 10x13"},
	{"na_10x14_10x14in", 25400, 35560, "na-10x14-envelope 10x14"},
	{"na_10x15_10x15in", 25400, 38100, "na-10x15-envelope 10x15"},
	{"na_super-b_13x19in", 33020, 48260, "super-b super-a3 a3-plus 13x19"},
	{"na_arch-b_12x18in", 30480, 45720, "arch-b 12x18"},
	{"na_arch-c_18x24in", 45720, 60960, "arch-c 18x24"},
	{"na_arch-d_24x36in", 60960, 91440, "arch-d 24x36"},
	{"na_arch-e_36x48in", 91440, 121920, "arch-e 36x48"},
	{"na_c_17x22in", 43180, 55880, "c 17x22"},
	{"na_d_22x34in", 55880, 86360, "d 22x34"},
	{"na_e_34x44in", 86360, 111760, "e 34x44"},
	{"iso_sra3_320x450mm", 32000, 45000, "sra3"},
	{"iso_ra3_305x430mm", 30500, 43000, "ra3"},
	{"iso_ra4_215x305mm", 21500, 30500, "ra4"},
	{"iso_sra4_225x320mm", 22500, 32000, "sra4"},
	{"iso_a2_420x594mm", 42000, 59400, "a2"},
	{"iso_a1_594x841mm", 59400, 84100, "a1"},
	{"iso_a0_841x1189mm", 84100, 118900, "a0"},
	{"iso_a7_74x105mm", 7400, 10500, "a7"},
	{"iso_a8_52x74mm", 5200, 7400, "a8"},
	{"om_16k_195x270mm", 19500, 27000, "16k 16k-195x270 16-kai"},
	{"om_16k_184x260mm", 18400, 26000, "16k-184x260"},
	{"roc_16k_7.75x10.75in", 19685, 27305, "roc-16k 16k-197x273"},
	{"roc_8k_10.75x15.5in", 27305, 39370, "roc-8k 8k 8k-273x394"},
	{"om_8k_270x390mm", 27000, 39000, "8k-270x390"},
	{"prc_32k_97x151mm", 9700, 15100, "32k"},
	{"om_small-photo_100x150mm", 10000, 15000, "10x15cm 100x150mm small-photo"},
	{"om_medium-photo_130x180mm", 13000, 18000, "13x18cm medium-photo"},
	{"om_large-photo_200x300mm", 20000, 30000, "20x30cm large-photo"},
	{"om_italian_110x230mm", 11000, 23000, "italian italian-envelope"},
	{"na_fanfold-us_11x14.875in", 27940, 37783, "fanfold-us"},
	{"na_fanfold-eur_8.5x12in", 21590, 30480, "fanfold-eur"},
};

/* What the legacy names say behind the size, and what in no name of the table is the end. */
static const char *const endings[] = {
	"-transparent", "-colored", "-coloured", "-white", "-plain", "-paper", "-rotated", "-sef",
	"-lef",
};

/* These are the end of some names of the table: a name is looked for with them first. */
static const char *const own_endings[] = {"-envelope", "-r"};
/* clang-format on */

static char fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == '_' || c == ' ' ? '-' : c;
}

/* "A4 (210 x 297 mm)" becomes "a4". False: empty or longer than any name. */
static bool fold_name(char out[NAME_SIZE], struct br_view text)
{
	size_t n = 0;

	text = br_view_trim(text);
	for (; n < text.len && text.at[n] != '('; n++) {
		if (n == NAME_SIZE - 1)
			return false;
		out[n] = fold(text.at[n]);
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return n > 0;
}

static bool is_one_of(const char *list, const char *name, size_t len)
{
	for (const char *at = list; (at = strchr(at, name[0])) != NULL; at++) {
		if ((at == list || at[-1] == ' ') && strncmp(at, name, len) == 0 &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
	}
	return false;
}

/* The whole PWG name, or its class and name without the dimensions. */
static bool is_pwg(const char *pwg, const char *name, size_t len)
{
	size_t i = 0;

	while (i < len && pwg[i] != '\0' && fold(pwg[i]) == name[i])
		i++;
	return i == len &&
	       (pwg[i] == '\0' || (pwg[i] == '_' && strchr(pwg + i + 1, '_') == NULL));
}

static const char *find_name(const char *name, size_t len)
{
	for (size_t i = 0; i < COUNT(media); i++) {
		if (is_pwg(media[i].pwg, name, len) || is_one_of(media[i].also, name, len))
			return media[i].pwg;
	}
	return NULL;
}

/* Length without one ending, or the same length. */
static size_t without_ending(const char *const *list, size_t count, const char *name,
			     size_t len)
{
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(list[i]);
		if (len > n && memcmp(name + len - n, list[i], n) == 0)
			return len - n;
	}
	return len;
}

const char *br_media_name(struct br_view text)
{
	char name[NAME_SIZE];

	if (!fold_name(name, text))
		return NULL;
	for (size_t len = strlen(name);;) {
		size_t shorter = without_ending(endings, COUNT(endings), name, len);
		if (shorter == len) {
			const char *found = find_name(name, len);
			shorter = without_ending(own_endings, COUNT(own_endings), name, len);
			if (found != NULL || shorter == len)
				return found;
		}
		len = shorter;
	}
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* How far a sheet is from a size, or -1 if either edge is out of tolerance. */
static int64_t sheet_distance(const struct media *sheet, int64_t width, int64_t height)
{
	int64_t dw = distance(sheet->width, width), dh = distance(sheet->height, height);

	return dw > TOLERANCE || dh > TOLERANCE ? -1 : dw + dh;
}

const char *br_media_by_size(int64_t width, int64_t height)
{
	const struct media *best = NULL;
	int64_t best_distance = 0;

	/* Also keeps the differences far from overflow. */
	if (width <= 0 || height <= 0 || width > INT32_MAX || height > INT32_MAX)
		return NULL;
	for (size_t i = 0; i < COUNT(media); i++) {
		int64_t d = sheet_distance(&media[i], width, height);
		if (d < 0)
			d = sheet_distance(&media[i], height, width);
		if (d >= 0 && (best == NULL || d < best_distance)) {
			best = &media[i];
			best_distance = d;
		}
	}
	return best != NULL ? best->pwg : NULL;
}
