/*
 * parts_tray.c - what an input tray or an output bin is called.
 *
 * By its name, else its description, brought to one form ("TRAY1", "1st Cassette" and "Fach 1"
 * are tray-1), else by its type and index.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/parts.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* clang-format off */
/* A word of the slug begins so. */
static const char *const mp_words[] = {
	"mp-", "mptray", "mpf-", "multi", "bypass", "by-pass", "mehrzweck", "polivalent",
	"stapelblatt",
};

/* The whole slug. */
static const struct {
	const char *slug, *id;
} input_names[] = {
	{"-manual-", "manual"}, {"-manual-feed-", "manual"}, {"-manual-feeder-", "manual"},
	{"-manual-feed-slot-", "manual"}, {"-manual-feed-tray-", "manual"},
};

static const char *const tray_words[] = {
	"tray", "cassette", "kassette", "cassetto", "fach", "papierfach", "schacht", "bac", "magasin",
	"magazin", "bandeja", "gaveta", "lade", "papierlade", "drawer", "vassoio", "fack", "skuff",
};

static const char *const bin_words[] = {"bin", "outputbin", "fach", "ausgabefach"};
/* clang-format on */

/* A number of one or two digits that is all of a word, or 0. */
static unsigned number_of(const char *word, size_t len)
{
	unsigned number = 0;

	if (len == 0 || len > 2)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (word[i] < '0' || word[i] > '9')
			return 0;
		number = number * 10 + (unsigned)(word[i] - '0');
	}
	return number;
}

/* "1st" and so on: the number, or 0. */
static unsigned ordinal_of(const char *word, size_t len)
{
	static const char endings[] = "stndrdth";

	if (len < 3)
		return 0;
	for (const char *at = endings; *at != '\0'; at += 2) {
		if (memcmp(word + len - 2, at, 2) == 0)
			return number_of(word, len - 2);
	}
	return 0;
}

/* Length of the list's longest word that a word begins with; 0: none. */
static size_t begins_with(const char *const *list, size_t count, const char *word, size_t len)
{
	size_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		if (list[i][0] != word[0])
			continue;
		size_t n = strlen(list[i]);
		if (n <= len && n > longest && memcmp(list[i], word, n) == 0)
			longest = n;
	}
	return longest;
}

/* "tray-3", "tray3", "3rd-tray" in a slug: 3. Otherwise 0. */
static unsigned find_number(const char *slug, const char *const *list, size_t count)
{
	unsigned ordinal = 0;

	for (const char *word = slug + 1; *word != '\0';) {
		size_t len = strcspn(word, "-");
		size_t known = begins_with(list, count, word, len);
		const char *next = word + len + 1;
		if (known == len && len > 0) {
			unsigned number = ordinal;
			if (number == 0)
				number = number_of(next, strcspn(next, "-"));
			if (number != 0)
				return number;
		} else if (known > 0 && number_of(word + known, len - known) != 0) {
			return number_of(word + known, len - known);
		}
		ordinal = ordinal_of(word, len);
		word = next;
	}
	return 0;
}

/* A name of which only a number is left, such as "用紙カセット2": that number, or 0. */
static unsigned bare_number(const char *slug)
{
	size_t len = strcspn(slug + 1, "-");

	return strcmp(slug + 1 + len, "-") == 0 ? number_of(slug + 1, len) : 0;
}

static void slug_of(const struct br_reading *reading, const struct br_tray *tray,
		    char slug[BR_SLUG_SIZE])
{
	if (br_slug(slug, br_text(reading, tray->name)) <= 2)
		br_slug(slug, br_text(reading, tray->description));
}

static bool begins(const char *text, const char *with)
{
	while (*with != '\0' && *text == *with)
		text++, with++;
	return *with == '\0';
}

static const char *input_word(const char *slug)
{
	for (const char *word = slug; (word = strchr(word, '-')) != NULL; word++) {
		for (size_t i = 0; i < COUNT(mp_words); i++) {
			if (begins(word + 1, mp_words[i]))
				return "mp-tray";
		}
	}
	for (size_t i = 0; i < COUNT(input_names); i++) {
		if (strcmp(slug, input_names[i].slug) == 0)
			return input_names[i].id;
	}
	return NULL;
}

static void put_numbered(char out[BR_BASE_SIZE], const char *word, int64_t number)
{
	br_text_copy(out, BR_BASE_SIZE, br_view(word));
	if (number > 0)
		br_slug_number(out, BR_BASE_SIZE, number);
}

static void tray_by_type(const struct br_tray *tray, char out[BR_BASE_SIZE])
{
	switch (tray->type) {
	case 5: /* sheet-feed-manual */
		put_numbered(out, "manual", 0);
		return;
	case 6: /* continuous-roll */
		put_numbered(out, "roll", 0);
		return;
	case 7: /* continuous-fan-fold */
		put_numbered(out, "fan-fold", 0);
		return;
	default: /* a tray, as far as is known */
		put_numbered(out, "tray", tray->index);
	}
}

void br_tray_base(const struct br_reading *reading, const struct br_tray *tray,
		  char out[BR_BASE_SIZE])
{
	char slug[BR_SLUG_SIZE];

	slug_of(reading, tray, slug);
	const char *word = input_word(slug);
	unsigned number = find_number(slug, tray_words, COUNT(tray_words));
	if (number == 0)
		number = bare_number(slug);
	if (word != NULL)
		put_numbered(out, word, 0);
	else if (number != 0)
		put_numbered(out, "tray", number);
	else if (!br_slug_base(out, slug))
		tray_by_type(tray, out);
}

void br_output_base(const struct br_reading *reading, const struct br_tray *output,
		    char out[BR_BASE_SIZE])
{
	char slug[BR_SLUG_SIZE];

	slug_of(reading, output, slug);
	unsigned number = find_number(slug, bin_words, COUNT(bin_words));
	if (number == 0)
		number = bare_number(slug);
	if (number != 0)
		put_numbered(out, "bin", number);
	else if (!br_slug_base(out, slug))
		put_numbered(out, "bin", output->index);
}
