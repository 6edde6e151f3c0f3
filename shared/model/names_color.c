/*
 * names_color.c - the colour a text speaks of, as one English word.
 *
 * prtMarkerColorantValue and the description of a supply come in the printer's language:
 * "noir", "Schwarz", "amarillo", "Light Cyan", "Toner [K] Cartridge". Words are whole words, so
 * that "Sort" is Danish black and "Sorting" is not. Only Latin, Greek and Cyrillic capitals are
 * folded.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include <stddef.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WORD_SIZE    24

enum color {
	C_NONE = 0,
	C_BLACK,
	C_CYAN,
	C_MAGENTA,
	C_YELLOW,
	C_RED,
	C_BLUE,
	C_GREEN,
	C_GRAY,
	C_ORANGE,
	C_WHITE,
	C_CLEAR,
	C_VIOLET,
	C_GOLD,
	C_SILVER,
	C_PINK,
	C_GLOSS,
	C_TRICOLOR,
	C_LIGHT_CYAN,
	C_LIGHT_MAGENTA,
	C_PHOTO_BLACK,
	C_MATTE_BLACK,
	C_LIGHT_GRAY,
	C_LIGHT_BLACK,
	C_M_LIGHT, /* these three say how a colour is meant */
	C_M_PHOTO,
	C_M_MATTE,
};

/* clang-format off */
static const char *const color_names[] = {
	[C_BLACK] = "black",
	[C_CYAN] = "cyan",
	[C_MAGENTA] = "magenta",
	[C_YELLOW] = "yellow",
	[C_RED] = "red",
	[C_BLUE] = "blue",
	[C_GREEN] = "green",
	[C_GRAY] = "gray",
	[C_ORANGE] = "orange",
	[C_WHITE] = "white",
	[C_CLEAR] = "clear",
	[C_VIOLET] = "violet",
	[C_GOLD] = "gold",
	[C_SILVER] = "silver",
	[C_PINK] = "pink",
	[C_GLOSS] = "gloss",
	[C_TRICOLOR] = "tri-color",
	[C_LIGHT_CYAN] = "light-cyan",
	[C_LIGHT_MAGENTA] = "light-magenta",
	[C_PHOTO_BLACK] = "photo-black",
	[C_MATTE_BLACK] = "matte-black",
	[C_LIGHT_GRAY] = "light-gray",
	[C_LIGHT_BLACK] = "light-black",
};

/* Sorted by octets; small letters. */
static const struct {
	const char *word;
	enum color color;
} color_words[] = {
	{"amarela", C_YELLOW}, {"amarelo", C_YELLOW}, {"amarilla", C_YELLOW},
	{"amarillo", C_YELLOW}, {"arancione", C_ORANGE}, {"azul", C_BLUE},
	{"azurova", C_CYAN}, {"azurová", C_CYAN}, {"azúrová", C_CYAN}, {"beyaz", C_WHITE},
	{"bianco", C_WHITE}, {"biały", C_WHITE}, {"bk", C_BLACK}, {"black", C_BLACK},
	{"blanc", C_WHITE}, {"blanco", C_WHITE}, {"blau", C_BLUE}, {"blauw", C_BLUE},
	{"bleu", C_BLUE}, {"blk", C_BLACK}, {"blu", C_BLUE}, {"blue", C_BLUE},
	{"blå", C_BLUE}, {"branco", C_WHITE}, {"bílá", C_WHITE}, {"cerna", C_BLACK},
	{"chiaro", C_M_LIGHT}, {"cian", C_CYAN}, {"ciano", C_CYAN}, {"cinza", C_GRAY},
	{"clair", C_M_LIGHT}, {"claire", C_M_LIGHT}, {"claro", C_M_LIGHT},
	{"clear", C_CLEAR}, {"crna", C_BLACK}, {"crni", C_BLACK}, {"cyaan", C_CYAN},
	{"cyan", C_CYAN}, {"cyjan", C_CYAN}, {"czarna", C_BLACK}, {"czarny", C_BLACK},
	{"czerwony", C_RED}, {"dzeltena", C_YELLOW}, {"fehér", C_WHITE}, {"fekete", C_BLACK},
	{"fosco", C_M_MATTE}, {"foto", C_M_PHOTO}, {"galben", C_YELLOW}, {"geel", C_YELLOW},
	{"gelb", C_YELLOW}, {"gelber", C_YELLOW}, {"geltona", C_YELLOW},
	{"gialla", C_YELLOW}, {"giallo", C_YELLOW}, {"gloss", C_GLOSS}, {"gold", C_GOLD},
	{"grau", C_GRAY}, {"gray", C_GRAY}, {"green", C_GREEN}, {"grey", C_GRAY},
	{"grigio", C_GRAY}, {"grijs", C_GRAY}, {"gris", C_GRAY}, {"groen", C_GREEN},
	{"grå", C_GRAY}, {"grön", C_GREEN}, {"grønn", C_GREEN}, {"grün", C_GREEN},
	{"gul", C_YELLOW}, {"gult", C_YELLOW}, {"gy", C_GRAY}, {"harmaa", C_GRAY},
	{"hell", C_M_LIGHT}, {"hellcyan", C_LIGHT_CYAN}, {"helles", C_M_LIGHT},
	{"hellgrau", C_LIGHT_GRAY}, {"hellmagenta", C_LIGHT_MAGENTA}, {"hvit", C_WHITE},
	{"jaune", C_YELLOW}, {"juoda", C_BLACK}, {"keltainen", C_YELLOW}, {"klar", C_CLEAR},
	{"kollane", C_YELLOW}, {"kuro", C_BLACK}, {"kék", C_BLUE}, {"kırmızı", C_RED},
	{"laranja", C_ORANGE}, {"lc", C_LIGHT_CYAN}, {"lgy", C_LIGHT_GRAY},
	{"licht", C_M_LIGHT}, {"light", C_M_LIGHT}, {"lightblack", C_LIGHT_BLACK},
	{"lightcyan", C_LIGHT_CYAN}, {"lightgray", C_LIGHT_GRAY},
	{"lightgrey", C_LIGHT_GRAY}, {"lightmagenta", C_LIGHT_MAGENTA}, {"ljus", C_M_LIGHT},
	{"lk", C_LIGHT_BLACK}, {"lm", C_LIGHT_MAGENTA}, {"lys", C_M_LIGHT},
	{"magenta", C_MAGENTA}, {"mat", C_M_MATTE}, {"mate", C_M_MATTE},
	{"matný", C_M_MATTE}, {"matt", C_M_MATTE}, {"matte", C_M_MATTE},
	{"matteblack", C_MATTE_BLACK}, {"mavi", C_BLUE}, {"maxenta", C_MAGENTA},
	{"mbk", C_MATTE_BLACK}, {"melns", C_BLACK}, {"modrá", C_BLUE}, 
	{"musta", C_BLACK}, {"naranja", C_ORANGE}, {"negra", C_BLACK}, {"negro", C_BLACK},
	{"negru", C_BLACK}, {"nera", C_BLACK}, {"nero", C_BLACK}, {"niebieski", C_BLUE},
	{"noir", C_BLACK}, {"noire", C_BLACK}, {"opaco", C_M_MATTE}, {"orange", C_ORANGE},
	{"oranje", C_ORANGE}, {"oranssi", C_ORANGE}, {"pbk", C_PHOTO_BLACK},
	{"photo", C_M_PHOTO}, {"photoblack", C_PHOTO_BLACK}, {"pink", C_PINK},
	{"piros", C_RED}, {"pomarańczowy", C_ORANGE}, {"preta", C_BLACK}, {"preto", C_BLACK},
	{"punainen", C_RED}, {"purple", C_VIOLET}, {"purpurova", C_MAGENTA},
	{"purpurová", C_MAGENTA}, {"red", C_RED}, {"rojo", C_RED}, {"rood", C_RED},
	{"rosso", C_RED}, {"rot", C_RED}, {"rouge", C_RED}, {"rumena", C_YELLOW},
	{"röd", C_RED}, {"rød", C_RED}, {"sarga", C_YELLOW}, {"sari", C_YELLOW},
	{"sarı", C_YELLOW}, {"schwarz", C_BLACK}, {"schwarze", C_BLACK},
	{"schwarzer", C_BLACK}, {"silver", C_SILVER}, {"sininen", C_BLUE},
	{"siyah", C_BLACK}, {"sort", C_BLACK}, {"svart", C_BLACK}, {"syaani", C_CYAN},
	{"syan", C_CYAN}, {"szary", C_GRAY}, {"szürke", C_GRAY}, {"sárga", C_YELLOW},
	{"transparent", C_CLEAR}, {"transparente", C_CLEAR}, {"trasparente", C_CLEAR},
	{"trichromatic", C_TRICOLOR}, {"tricolor", C_TRICOLOR}, {"tricolour", C_TRICOLOR},
	{"vaalea", C_M_LIGHT}, {"valokuva", C_M_PHOTO}, {"verde", C_GREEN},
	{"vermelho", C_RED}, {"vert", C_GREEN}, {"vihreä", C_GREEN}, {"viola", C_VIOLET},
	{"violet", C_VIOLET}, {"violett", C_VIOLET}, {"vit", C_WHITE}, {"weiss", C_WHITE},
	{"weiß", C_WHITE}, {"white", C_WHITE}, {"wit", C_WHITE}, {"yellow", C_YELLOW},
	{"yeşil", C_GREEN}, {"zelená", C_GREEN}, {"zielony", C_GREEN}, {"zluta", C_YELLOW},
	{"zolty", C_YELLOW}, {"zuta", C_YELLOW}, {"zwart", C_BLACK}, {"zyan", C_CYAN},
	{"zöld", C_GREEN}, {"černá", C_BLACK}, {"černý", C_BLACK}, {"červená", C_RED},
	{"čierna", C_BLACK}, {"črna", C_BLACK}, {"črni", C_BLACK}, {"šedá", C_GRAY},
	{"żółta", C_YELLOW}, {"żółty", C_YELLOW}, {"žltá", C_YELLOW}, {"žlutá", C_YELLOW},
	{"žlutý", C_YELLOW}, {"žuta", C_YELLOW}, {"κίτρινο", C_YELLOW}, {"κυανό", C_CYAN},
	{"μαύρο", C_BLACK}, {"белый", C_WHITE}, {"блакитний", C_CYAN}, {"голубой", C_CYAN},
	{"желтый", C_YELLOW}, {"жовтий", C_YELLOW}, {"жёлтый", C_YELLOW},
	{"зелёный", C_GREEN}, {"красный", C_RED}, {"матовый", C_M_MATTE},
	{"пурпурний", C_MAGENTA}, {"пурпурный", C_MAGENTA}, {"светлый", C_M_LIGHT},
	{"серый", C_GRAY}, {"синий", C_BLUE}, {"фото", C_M_PHOTO}, {"черен", C_BLACK},
	{"черный", C_BLACK}, {"чорний", C_BLACK}, {"чёрный", C_BLACK},
};

/* Scripts without blanks: found anywhere. The longer stands before what it contains. */
static const struct {
	const char *text;
	enum color color;
} color_signs[] = {
	{"フォトブラック", C_PHOTO_BLACK}, {"マットブラック", C_MATTE_BLACK},
	{"ライトシアン", C_LIGHT_CYAN}, {"ライトマゼンタ", C_LIGHT_MAGENTA},
	{"ブラック", C_BLACK}, {"シアン", C_CYAN}, {"マゼンタ", C_MAGENTA}, {"イエロー", C_YELLOW},
	{"ﾌﾞﾗｯｸ", C_BLACK}, {"ｼｱﾝ", C_CYAN}, {"ﾏｾﾞﾝﾀ", C_MAGENTA}, {"ｲｴﾛｰ", C_YELLOW},
	{"黑", C_BLACK}, {"黒", C_BLACK}, {"青", C_CYAN}, {"品红", C_MAGENTA}, {"洋紅", C_MAGENTA},
	{"黄", C_YELLOW}, {"黃", C_YELLOW},
	{"검정", C_BLACK}, {"시안", C_CYAN}, {"마젠타", C_MAGENTA}, {"노랑", C_YELLOW},
};

/* A colour and the word beside it. What is not here stays the plain colour. */
static const struct {
	enum color how, color, both;
} color_pairs[] = {
	{C_M_LIGHT, C_CYAN, C_LIGHT_CYAN},    {C_M_LIGHT, C_MAGENTA, C_LIGHT_MAGENTA},
	{C_M_LIGHT, C_GRAY, C_LIGHT_GRAY},    {C_M_LIGHT, C_BLACK, C_LIGHT_BLACK},
	{C_M_PHOTO, C_BLACK, C_PHOTO_BLACK},  {C_M_MATTE, C_BLACK, C_MATTE_BLACK},
};
/* clang-format on */

/* The next code point of two octets, as a small letter where it is a capital. */
static unsigned fold_two(unsigned point)
{
	if ((point >= 0xc0 && point <= 0xde && point != 0xd7) ||
	    (point >= 0x410 && point <= 0x42f))
		return point + 0x20;
	if (point >= 0x400 && point <= 0x40f)
		return point + 0x50;
	if (point >= 0x391 && point <= 0x3a9)
		return point + 0x20;
	/* Latin Extended-A stands in pairs; the parity of the capitals changes twice. */
	bool odd = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17e);
	if (point >= 0x100 && point <= 0x17e && point != 0x130 &&
	    (point & 1) == (odd ? 1u : 0u))
		return point + 1;
	return point;
}

/* Digits too: the C of "C4127X" is not cyan. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c & 0x80) != 0;
}

/*
 * Takes the next word off the front, folded; 0 at the end. A longer word than any colour has is
 * cut and so matches none.
 */
static size_t take_word(struct br_view *rest, char out[WORD_SIZE])
{
	size_t n = 0, i = 0;

	while (i < rest->len && !is_letter(rest->at[i]))
		i++;
	while (i < rest->len && is_letter(rest->at[i])) {
		unsigned char c = (unsigned char)rest->at[i++];
		char pair[2] = {(char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c), 0};
		size_t len = 1;
		if (c >= 0xc3 && c <= 0xdf && i < rest->len && (rest->at[i] & 0xc0) == 0x80) {
			unsigned point = fold_two((c & 0x1fu) << 6 |
						  ((unsigned char)rest->at[i++] & 0x3fu));
			pair[0] = (char)(0xc0 | point >> 6);
			pair[1] = (char)(0x80 | (point & 0x3f));
			len = 2;
		}
		if (n + len < WORD_SIZE) {
			memcpy(out + n, pair, len);
			n += len;
		}
	}
	out[n] = '\0';
	rest->at += i;
	rest->len -= i;
	return n;
}

static enum color find_word(const char *word)
{
	size_t low = 0, high = COUNT(color_words);

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *other = color_words[middle].word;
		int order = (unsigned char)other[0] - (unsigned char)word[0];
		if (order == 0)
			order = strcmp(other, word);
		if (order == 0)
			return color_words[middle].color;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return C_NONE;
}

/*
 * The single letters of a print engine; weaker than any word. What follows must end it: "[K]",
 * "-BK C", but not the C of "C-EXV 33".
 */
static enum color find_letter(const char *word, struct br_view rest)
{
	if (rest.len > 0 && strchr(" )]:,;", rest.at[0]) == NULL)
		return C_NONE;
	switch (word[0]) {
	case 'k':
		return C_BLACK;
	case 'c':
		return C_CYAN;
	case 'm':
		return C_MAGENTA;
	case 'y':
		return C_YELLOW;
	default: /* not one of the four */
		return C_NONE;
	}
}

static enum color find_sign(struct br_view text)
{
	for (size_t i = 0; i < COUNT(color_signs); i++) {
		const char *sign = color_signs[i].text;
		if (memmem(text.at, text.len, sign, strlen(sign)) != NULL)
			return color_signs[i].color;
	}
	return C_NONE;
}

static enum color join(enum color how, enum color color)
{
	for (size_t i = 0; i < COUNT(color_pairs); i++) {
		if (color_pairs[i].how == how && color_pairs[i].color == color)
			return color_pairs[i].both;
	}
	return color;
}

struct finding {
	enum color word, letter, before; /* before: what the word before the next one was */
	bool beside;                     /* the colour was the word before */
	unsigned chromatic;              /* which of cyan, magenta, yellow were named */
};

static void weigh(struct finding *found, const char *word, size_t len, struct br_view rest)
{
	enum color color = len == 1 ? C_NONE : find_word(word);
	bool how = color >= C_M_LIGHT;

	if (len == 1 && found->letter == C_NONE)
		found->letter = find_letter(word, rest);
	if (color >= C_CYAN && color <= C_YELLOW)
		found->chromatic |= 1u << color;
	if (color != C_NONE && !how && found->word == C_NONE) {
		found->word = join(found->before, color);
		found->beside = true;
	} else {
		if (how && found->beside) /* "noir mat" */
			found->word = join(color, found->word);
		found->beside = false;
	}
	found->before = color;
}

const char *br_colorant_find(struct br_view text)
{
	char word[WORD_SIZE];
	struct finding found = {C_NONE, C_NONE, C_NONE, false, 0};
	struct br_view rest = text;
	bool foreign = false;

	for (size_t len = take_word(&rest, word); len != 0; len = take_word(&rest, word)) {
		weigh(&found, word, len, rest);
		foreign = foreign || (unsigned char)word[0] >= 0xe3;
	}
	if (foreign && found.word == C_NONE)
		found.word = find_sign(text);
	if ((found.chromatic & (found.chromatic - 1)) != 0)
		found.word = C_TRICOLOR;
	enum color color = found.word != C_NONE ? found.word : found.letter;
	return color != C_NONE ? color_names[color] : NULL;
}
