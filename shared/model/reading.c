/*
 * reading.c - the reading as a value: an empty one, and the texts in its arena.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NOTE_SIZE 320

_Static_assert(BR_READING_TEXT <= UINT16_MAX, "an offset must fit in br_text_at");
_Static_assert((BR_TEXT_RECENT & (BR_TEXT_RECENT - 1)) == 0, "the table is indexed by a mask");

void br_reading_init(struct br_reading *reading)
{
	memset(reading, 0, offsetof(struct br_reading, text));
	reading->text[0] = '\0'; /* offset zero is the empty text */
	reading->text_used = 1;
}

const char *br_text(const struct br_reading *reading, br_text_at at)
{
	return at < reading->text_used ? reading->text + at : "";
}

/* By its length and its ends: that is where a printer's texts differ. */
static size_t hash_text(const char *text, size_t len)
{
	uint64_t first = 0, last = 0;

	if (len >= sizeof first) {
		memcpy(&first, text, sizeof first);
		memcpy(&last, text + len - sizeof last, sizeof last);
	}
	for (size_t i = 0; len < sizeof first && i < len; i++)
		first = first << 8 | (uint8_t)text[i];
	first = (first * 31 + last + len) * UINT64_C(0x9e3779b97f4a7c15);
	return first >> 40 & (BR_TEXT_RECENT - 1);
}

br_text_at br_reading_put(struct br_reading *reading, const char *utf8)
{
	size_t len, slot;

	if (utf8 == NULL || utf8[0] == '\0')
		return 0;
	len = strlen(utf8);
	slot = hash_text(utf8, len);
	br_text_at *recent = &reading->text_recent[slot];
	if (*recent != 0 && strcmp(br_text(reading, *recent), utf8) == 0)
		return *recent;
	if (len >= BR_READING_TEXT - reading->text_used) {
		reading->partial = true;
		return 0;
	}
	*recent = (br_text_at)reading->text_used;
	memcpy(reading->text + reading->text_used, utf8, len + 1);
	reading->text_used += len + 1;
	return *recent;
}

/* Adds to a list of texts what is not in it; a full list takes no more. */
static void add_once(struct br_reading *reading, br_text_at *list, size_t *n, size_t max,
		     const char *text)
{
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(br_text(reading, list[i]), text) == 0)
			return;
	}
	if (*n == max)
		return;
	br_text_at at = br_reading_put(reading, text);
	if (at != 0)
		list[(*n)++] = at;
}

void br_reading_note(struct br_reading *reading, const char *format, ...)
{
	char raw[NOTE_SIZE], clean[NOTE_SIZE];
	va_list args;

	va_start(args, format);
	int n = vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	if (n < 0)
		return;
	/* What was cut may be cut inside a character. */
	br_text_clean(clean, sizeof(clean), br_view(raw));
	add_once(reading, reading->notes, &reading->n_notes, BR_MAX_NOTES, clean);
}

void br_reading_reason(struct br_reading *reading, const char *word)
{
	if (word != NULL)
		add_once(reading, reading->status.reasons, &reading->status.n_reasons,
			 BR_MAX_REASONS, word);
}

static const char *const counter_names[BR_COUNTER_COUNT] = {
#define X(upper, lower) [BR_COUNTER_##upper] = #lower,
	BR_COUNTERS(X)
#undef X
};

const char *br_counter_name(enum br_counter counter)
{
	return (size_t)counter < BR_COUNTER_COUNT ? counter_names[counter] : NULL;
}

bool br_counter_find(struct br_view name, enum br_counter *counter)
{
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++) {
		if (br_view_is(name, counter_names[i])) {
			*counter = (enum br_counter)i;
			return true;
		}
	}
	return false;
}
