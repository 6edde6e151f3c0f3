/*
 * panel.c - panels speak of a thing and of its condition: "Toner Low", "Replace cartridge".
 *
 * The text becomes small letters without accents; colours, part numbers and words that say
 * nothing fall out. Then a claim is a thing with a condition right behind or right before it.
 * Whole words: "low toner" is not in "yellow toner", nor "no toner" in "mono toner". What is
 * not in the tables is no claim.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/panel_words.h"
#include "model/names.h"

#include <string.h>

#define WORD_SIZE 32

static bool is_among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

/* How many octets of the text belong to a word: 0, 1, or those of a letter beyond ASCII. */
static size_t letter_at(struct br_view text, size_t i)
{
	unsigned char c = (unsigned char)text.at[i];

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return 1;
	if (c < 0x80 || c == 0xc2) /* U+00A0 to U+00BF are signs */
		return 0;
	if (c == 0xe2 && i + 1 < text.len && (unsigned char)text.at[i + 1] == 0x80)
		return 0; /* dashes and quotation marks */
	return c >= 0xc3 && c <= 0xdf && i + 1 < text.len ? 2 : 1;
}

/* A letter as a small one without its accent, as far as Latin-1 goes. */
static size_t fold(struct br_view text, size_t i, size_t len, char out[2])
{
	static const char plain[] =
		"aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
	unsigned char c = (unsigned char)text.at[i];

	out[0] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	if (len == 1)
		return 1;
	out[1] = text.at[i + 1];
	if (c != 0xc3)
		return 2;
	out[0] = plain[(unsigned char)out[1] & 0x3f];
	return 1;
}

static void put_word(struct br_folded *folded, const char *word)
{
	size_t len = strlen(word);

	folded->full |= folded->len + len + 2 > sizeof folded->text;
	if (folded->full)
		return;
	memcpy(folded->text + folded->len, word, len);
	folded->len += len;
	folded->text[folded->len++] = ' ';
	folded->text[folded->len] = '\0';
}

static void add_colorant(struct br_claims *claims, const char *colorant)
{
	if (!is_among(colorant, claims->colorants, claims->n_colorants) &&
	    claims->n_colorants < BR_CLAIM_COLORS_MAX)
		claims->colorants[claims->n_colorants++] = colorant;
}

/* One word of a text, as it is folded. */
struct word {
	struct br_view raw;
	char text[WORD_SIZE];
	const char *colorant;
};

static struct word word_at(struct br_view text, size_t *at)
{
	struct word word = {.raw = {text.at + *at, 0}};
	size_t i = *at, n = 0, len;
	char letter[2];

	for (; i < text.len && (len = letter_at(text, i)) > 0; i += len) {
		size_t octets = fold(text, i, len, letter);

		if (n + octets < WORD_SIZE) {
			memcpy(word.text + n, letter, octets);
			n += octets;
		}
	}
	word.raw.len = i - *at;
	word.text[n] = '\0';
	*at = i;
	/* The C of "C-EXV 33" is no colour. */
	if (n > 1 || i == text.len || strchr(" )]:,;.+/&", text.at[i]))
		word.colorant = br_colorant_find(word.raw);
	return word;
}

static bool is_joint(char c)
{
	return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

/* "TN-423BK" is a part number, and so are its pieces. */
static bool in_part_number(struct br_view text, struct br_view word)
{
	const char *begin = word.at, *end = word.at + word.len;
	bool digit = false;

	while (begin > text.at && is_joint(begin[-1]))
		begin--;
	while (end < text.at + text.len && is_joint(*end))
		end++;
	for (; begin < end; begin++)
		digit |= *begin >= '0' && *begin <= '9';
	return digit;
}

/* The octet behind the character at i. */
static size_t behind_sign(struct br_view text, size_t i)
{
	for (i++; i < text.len && ((unsigned char)text.at[i] & 0xc0) == 0x80; i++)
		;
	return i;
}

static void fold_text(struct br_view text, struct br_folded *folded, struct br_claims *claims)
{
	bool after_color = false;

	*folded = (struct br_folded){.text = " ", .len = 1};
	for (size_t i = 0; i < text.len;) {
		if (letter_at(text, i) == 0) {
			/* A list of colours is no end of a sentence. */
			if (strchr(".,;!?/|", text.at[i]) && !after_color)
				put_word(folded, "|");
			i = behind_sign(text, i);
			continue;
		}
		struct word word = word_at(text, &i);
		if (in_part_number(text, word.raw))
			continue;
		after_color = word.colorant != NULL;
		if (after_color)
			add_colorant(claims, word.colorant);
		else if (!br_panel_is_idle(word.text))
			put_word(folded, word.text);
	}
	if (claims->n_colorants == 1) /* "light cyan" is one that its words are not */
		claims->colorants[0] = br_colorant_find(text);
}

static void add_claim(struct br_claims *claims, enum br_supply_state state, enum br_part part)
{
	for (size_t i = 0; i < claims->n; i++)
		if (claims->list[i].part == part && claims->list[i].state == state)
			return;
	if (claims->n == BR_CLAIMS_MAX)
		return;
	claims->list[claims->n].state = state;
	claims->list[claims->n++].part = part;
}

static bool is_plain(const struct br_folded *folded)
{
	const char *at = folded->text + 1;
	size_t len;

	while (*at && (len = br_panel_known(at)) > 0)
		at += len + 1;
	return !*at && !folded->full;
}

void br_panel_claims(struct br_view text, struct br_claims *claims)
{
	struct br_folded folded;
	enum br_part part = BR_PART_NONE;

	*claims = (struct br_claims){0};
	fold_text(text, &folded, claims);
	for (const char *at = folded.text + 1; *at;) {
		size_t len = br_panel_thing(at, &part);
		enum br_supply_state state =
			len && part != BR_PART_NONE ? br_panel_condition(&folded, at, len, part)
						    : BR_SUPPLY_UNKNOWN;

		if (state == BR_SUPPLY_EMPTY && br_panel_is_soon(&folded))
			state = BR_SUPPLY_LOW;
		if (state != BR_SUPPLY_UNKNOWN)
			add_claim(claims, state, part);
		at = strchr(at + len, ' ') + 1;
	}
	claims->plain = claims->n > 0 && is_plain(&folded);
	/* Which colour is said of which is not known. */
	if (claims->n > 1 && claims->n_colorants > 1)
		claims->n_colorants = 0;
}
