/*
 * supplies_same.c - one supply that is told in two rows (Lexmark XC9255 and others).
 *
 * Rows that differ in nothing but their place in the table are one. So are rows of one kind and
 * colour with one serial. Never where the later row is in another state: a witness that speaks
 * of it must be heard. Nor where the printer gives no name to either: nothing says then that
 * they are one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "supplies.h"

#include <string.h>

/* The same text is kept once, or seldom twice. */
static bool same_text(const struct br_reading *reading, br_text_at a, br_text_at b)
{
	return a == b || strcmp(br_text(reading, a), br_text(reading, b)) == 0;
}

static bool same_number(struct br_number a, struct br_number b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_level(const struct br_supply *a, const struct br_supply *b)
{
	return a->kind == b->kind &&
	       (a->kind != BR_LEVEL_MEASURED || a->percent == b->percent) &&
	       same_number(a->level, b->level) && same_number(a->capacity, b->capacity);
}

/* Not what a firmware writes where it knows none: "0000", "N/A", "XXXXXXXX". */
static bool tells_apart(const char *serial)
{
	size_t len = strlen(serial);

	return len >= 4 && strpbrk(serial, "0123456789") &&
	       strspn(serial, serial + len - 1) < len;
}

/* An id without the "-2" that parts it from another of its name. */
static size_t stem_len(const char *id)
{
	const char *dash = strrchr(id, '-');

	if (dash && dash[1] && dash[1 + strspn(dash + 1, "0123456789")] == '\0')
		return (size_t)(dash - id);
	return strlen(id);
}

/* "toner-black" and "toner-black-2": one kind, one colour. */
static bool same_stem(const char *a, const char *b)
{
	size_t len = stem_len(a);

	return len == stem_len(b) && strncmp(a, b, len) == 0;
}

static bool same_supply(const struct br_reading *reading, const struct br_supply *a,
			const struct br_supply *b)
{
	if (a->type != b->type || a->role != b->role || a->state != b->state ||
	    !same_stem(a->id, b->id) || !same_text(reading, a->colorant, b->colorant) ||
	    !same_text(reading, a->serial, b->serial))
		return false;
	if (tells_apart(br_text(reading, b->serial)))
		return true;
	return (b->description || b->part) &&
	       same_text(reading, a->description, b->description) &&
	       same_text(reading, a->part, b->part) &&
	       same_text(reading, a->witness, b->witness) && same_level(a, b);
}

bool plugin_supply_repeated(const struct br_reading *reading, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_supply(reading, &reading->supplies[i], &reading->supplies[at]))
			return true;
	return false;
}
