/*
 * supplies_same.c - one supply that is told in two rows (Lexmark XC9255 and others).
 *
 * Rows of one kind and colour are proved to be one by their serial, and probably one by their
 * names: two real cartridges have the same name too. So names only ever save a line of text,
 * for as long as both rows say the same; what is measured stays, or its label would come and go
 * with the levels.
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

enum twin { DIFFERENT, PROBABLE, PROVED };

static enum twin twin_of(const struct br_reading *reading, const struct br_supply *a,
			 const struct br_supply *b)
{
	if (a->type != b->type || a->role != b->role || !same_stem(a->id, b->id) ||
	    !same_text(reading, a->colorant, b->colorant) ||
	    !same_text(reading, a->serial, b->serial))
		return DIFFERENT;
	if (tells_apart(br_text(reading, b->serial)))
		return PROVED;
	/* Where neither has a name, nothing says that they are one. */
	return (b->description || b->part) &&
			       same_text(reading, a->description, b->description) &&
			       same_text(reading, a->part, b->part)
		       ? PROBABLE
		       : DIFFERENT;
}

/* A witness that speaks of the later row must be heard, and so must a level of its own. */
static bool says_as_much(const struct br_reading *reading, const struct br_supply *a,
			 const struct br_supply *b, enum twin twin)
{
	if (a->state != b->state)
		return false;
	if (twin == PROVED)
		return b->kind != BR_LEVEL_MEASURED || a->kind != BR_LEVEL_MEASURED ||
		       a->percent == b->percent;
	return same_text(reading, a->witness, b->witness) && same_level(a, b);
}

size_t plugin_supply_said_at(const struct br_reading *reading, size_t at, uint64_t wanted)
{
	const struct br_supply *supply = &reading->supplies[at];

	for (size_t i = 0; i < at; i++) {
		const struct br_supply *other = &reading->supplies[i];
		enum twin twin = twin_of(reading, other, supply);

		if ((twin == PROVED || (twin == PROBABLE && wanted >> i & 1)) &&
		    says_as_much(reading, other, supply, twin))
			return i;
	}
	return at;
}

bool plugin_supply_proved(const struct br_reading *reading, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (twin_of(reading, &reading->supplies[i], &reading->supplies[at]) == PROVED)
			return true;
	return false;
}
