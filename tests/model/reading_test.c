/*
 * reading_test.c - the arena, notes, reasons and counters of a reading.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/reading.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A reading full of rubbish, so that init has something to do. */
static struct br_reading *fresh(void)
{
	struct br_reading *reading = malloc(sizeof(*reading));

	if (reading == NULL)
		abort();
	memset(reading, 0xa5, sizeof(*reading));
	br_reading_init(reading);
	return reading;
}

TEST(an_empty_reading_says_nothing)
{
	struct br_reading *reading = fresh();
	static const struct br_identity nobody;

	CHECK_INT(reading->n_supplies, 0);
	CHECK_INT(reading->reachable, false);
	CHECK_INT(reading->partial, false);
	CHECK_INT(reading->counters[BR_COUNTER_TOTAL].value.known, false);
	CHECK_MEM(&reading->identity, sizeof(nobody), &nobody, sizeof(nobody));
	CHECK_STR(br_text(reading, 0), "");
	free(reading);
}

TEST(the_arena_is_not_touched_by_init)
{
	struct br_reading *reading = fresh();

	CHECK_INT((unsigned char)reading->text[BR_READING_TEXT - 1], 0xa5);
	free(reading);
}

TEST(text_is_kept_once)
{
	struct br_reading *reading = fresh();
	br_text_at a = br_reading_put(reading, "toner"), b = br_reading_put(reading, "drum");

	CHECK(a != 0 && b != 0 && a != b);
	CHECK_INT(br_reading_put(reading, "toner"), a);
	CHECK_INT(br_reading_put(reading, "drum"), b);
	CHECK_STR(br_text(reading, a), "toner");
	CHECK_STR(br_text(reading, b), "drum");
	CHECK_INT(br_reading_put(reading, ""), 0);
	CHECK_INT(br_reading_put(reading, NULL), 0);
	free(reading);
}

TEST(many_texts_stay_apart)
{
	struct br_reading *reading = fresh();
	br_text_at at[1000];
	char text[24];

	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "text %d", i);
		at[i] = br_reading_put(reading, text);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "text %d", i);
		CHECK_STR(br_text(reading, at[i]), text);
	}
	CHECK_INT(reading->partial, false);
	free(reading);
}

TEST(a_full_arena_makes_the_reading_partial)
{
	struct br_reading *reading = fresh();
	char *text = malloc(BR_READING_TEXT);

	if (text == NULL)
		abort();
	memset(text, 'x', BR_READING_TEXT);
	text[BR_READING_TEXT - 1] = '\0'; /* one more than there is room for */
	CHECK_INT(br_reading_put(reading, text), 0);
	CHECK_INT(reading->partial, true);
	reading->partial = false;
	text[BR_READING_TEXT - 2] = '\0'; /* fits to the last octet */
	CHECK_INT(br_reading_put(reading, text), 1);
	CHECK_INT(reading->partial, false);
	CHECK_INT(reading->text_used, BR_READING_TEXT);
	CHECK_INT(br_reading_put(reading, "y"), 0);
	CHECK_INT(reading->partial, true);
	CHECK_INT(br_reading_put(reading, text), 1); /* what is there is still found */
	free(text);
	free(reading);
}

TEST(an_offset_behind_the_end_is_no_text)
{
	struct br_reading *reading = fresh();

	CHECK_STR(br_text(reading, 1), "");
	CHECK_STR(br_text(reading, UINT16_MAX), "");
	free(reading);
}

TEST(notes_and_reasons_are_kept_once_and_bounded)
{
	struct br_reading *reading = fresh();

	br_reading_note(reading, "supply %d: %s", 1, "low");
	br_reading_note(reading, "supply %d: %s", 1, "low");
	br_reading_reason(reading, "toner-low");
	br_reading_reason(reading, "toner-low");
	br_reading_reason(reading, NULL);
	CHECK_INT(reading->n_notes, 1);
	CHECK_STR(br_text(reading, reading->notes[0]), "supply 1: low");
	CHECK_INT(reading->status.n_reasons, 1);
	for (int i = 0; i < 2 * BR_MAX_NOTES; i++)
		br_reading_note(reading, "note %d", i);
	for (int i = 0; i < 2 * BR_MAX_REASONS; i++) {
		char word[24];
		snprintf(word, sizeof(word), "reason-%d", i);
		br_reading_reason(reading, word);
	}
	CHECK_INT(reading->n_notes, BR_MAX_NOTES);
	CHECK_INT(reading->status.n_reasons, BR_MAX_REASONS);
	CHECK_INT(reading->partial, false);
	free(reading);
}

TEST(a_long_note_is_cut_at_a_character)
{
	struct br_reading *reading = fresh();
	char text[1001];

	for (size_t i = 0; i < 1000; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[1000] = '\0';
	br_reading_note(reading, "xx%s", text);
	const char *note = br_text(reading, reading->notes[0]);
	size_t len = strlen(note);
	CHECK(len > 100 && len < 400);
	CHECK_INT(len % 2, 0);
	CHECK(strstr(note, "\xef\xbf\xbd") == NULL);
	free(reading);
}

TEST(counters_are_found_by_name)
{
	enum br_counter counter;

	for (int i = 0; i < BR_COUNTER_COUNT; i++) {
		const char *name = br_counter_name((enum br_counter)i);
		check_case(name);
		CHECK(br_counter_find(br_view(name), &counter));
		CHECK_INT(counter, i);
	}
	CHECK_STR(br_counter_name(BR_COUNTER_A4_COLOR), "a4_color");
	CHECK(!br_counter_find(br_view("totals"), &counter));
	CHECK(!br_counter_find(br_view(""), &counter));
	CHECK(br_counter_name(BR_COUNTER_COUNT) == NULL);
}
