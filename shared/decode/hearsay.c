/*
 * hearsay.c - see hearsay.h. The same thing said twice is one verdict, or one hearsay.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/hearsay.h"

#include "model/names.h"

#include <string.h>

int br_badness(enum br_supply_state state)
{
	static const int of[] = {
		[BR_SUPPLY_UNKNOWN] = 0, [BR_SUPPLY_OK] = 0,      [BR_SUPPLY_LOW] = 1,
		[BR_SUPPLY_EMPTY] = 2,   [BR_SUPPLY_MISSING] = 3,
	};

	return of[state];
}

bool br_part_fits(const struct br_supply *supply, enum br_part part)
{
	switch (part) {
	case BR_PART_ANY:
		return true;
	case BR_PART_PRINTING:
		return br_supply_type_is_colorant(supply->type) &&
		       supply->role != BR_ROLE_FILLED;
	case BR_PART_WASTE:
		return supply->role == BR_ROLE_FILLED;
	case BR_PART_DRUM:
		return strncmp(supply->id, "drum", 4) == 0;
	case BR_PART_DEVELOPER:
		return strncmp(supply->id, "developer", 9) == 0;
	case BR_PART_FUSER:
		return strncmp(supply->id, "fuser", 5) == 0;
	case BR_PART_BELT:
		return strncmp(supply->id, "belt", 4) == 0;
	case BR_PART_NONE:
		return false;
	}
	return false;
}

void br_worsen(struct br_reading *reading, struct br_supply *supply,
	       const struct br_claim *claim)
{
	if (br_badness(claim->state) < br_badness(supply->state))
		return;
	/* The level said so already; who confirms it still holds when the level alone would not
	 * alert anybody. */
	if (claim->state == supply->state) {
		if (!supply->witness)
			supply->witness = br_reading_put(reading, claim->witness);
		return;
	}
	supply->state = claim->state;
	supply->witness = br_reading_put(reading, claim->witness);
	br_reading_note(reading, "%s is %s: %s", supply->id, br_name_supply_state(claim->state),
			claim->witness);
}

static bool has_colorant(const struct br_reading *reading, const struct br_supply *supply,
			 const char *colorant)
{
	const char *own = br_text(reading, supply->colorant), *end = strrchr(supply->id, '-');

	if (strcmp(own, "tri-color") == 0)
		return strstr("cyan magenta yellow tri-color", colorant) != NULL;
	return *own ? br_view_is_nocase(br_view(own), colorant)
		    : end && strcmp(end + 1, colorant) == 0;
}

/* Whether a supply may be the one that is meant; of a colour only if it is known to have it. */
static bool is_meant(const struct br_reading *reading, const struct br_supply *supply,
		     const struct br_claim *claim)
{
	return br_part_fits(supply, claim->part) &&
	       (!claim->colorant || has_colorant(reading, supply, claim->colorant));
}

/* Where no supply has the colour that was said: those may be meant whose colour is not known,
 * the one cartridge of a printer that prints black. */
static struct br_claim without_strange_color(const struct br_reading *reading,
					     struct br_claim claim)
{
	bool blank = false;

	for (size_t i = 0; claim.colorant && i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];

		if (!br_part_fits(supply, claim.part))
			continue;
		if (has_colorant(reading, supply, claim.colorant))
			return claim;
		if (*br_text(reading, supply->colorant))
			return claim; /* then colours are told here, and this one is not there
				       */
		blank = true;
	}
	if (blank)
		claim.colorant = NULL;
	return claim;
}

static bool is_same(br_text_at at, const struct br_reading *reading, const char *text)
{
	return strcmp(br_text(reading, at), text ? text : "") == 0;
}

static enum br_role role_of(enum br_part part)
{
	return part == BR_PART_ANY     ? BR_ROLE_UNKNOWN
	       : part == BR_PART_WASTE ? BR_ROLE_FILLED
				       : BR_ROLE_CONSUMED;
}

/* Nothing where it is known already; in its place where it says more; else one more. */
static void add_hearsay(struct br_hearing *hearing, const struct br_claim *claim)
{
	struct br_reading *reading = hearing->reading;
	size_t at;

	for (at = 0; at < reading->n_hearsay; at++) {
		const struct br_hearsay *known = &reading->hearsay[at];
		bool same_part = hearing->parts[at] == claim->part,
		     same_color = is_same(known->colorant, reading, claim->colorant);
		int more = br_badness(claim->state) - br_badness(known->state);

		if (more <= 0 && (same_part || claim->part == BR_PART_ANY) &&
		    (same_color || !claim->colorant))
			return;
		if (more >= 0 && (same_part || hearing->parts[at] == BR_PART_ANY) &&
		    (same_color || !known->colorant))
			break;
	}
	if (at == BR_MAX_HEARSAY)
		return;
	reading->n_hearsay += at == reading->n_hearsay;
	hearing->parts[at] = claim->part;
	reading->hearsay[at] = (struct br_hearsay){
		.state = claim->state,
		.role = role_of(claim->part),
		.colorant = br_reading_put(reading, claim->colorant),
		.witness = br_reading_put(reading, claim->witness),
	};
}

/*
 * One that may be meant and is as bad already; NULL: none. The worst; among equals one that was
 * named before, then the lowest.
 */
static struct br_supply *as_bad(struct br_reading *reading, const struct br_claim *claim)
{
	struct br_supply *found = NULL;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];
		int more = br_badness(supply->state) -
			   br_badness(found ? found->state : claim->state);

		if (!is_meant(reading, supply, claim) || more < 0)
			continue;
		if (!found || more > 0 ||
		    (!found->witness && (supply->witness || supply->percent < found->percent)))
			found = supply;
	}
	return found;
}

void br_hear(struct br_hearing *hearing, struct br_claim claim)
{
	struct br_reading *reading = hearing->reading;
	struct br_supply *only;
	size_t n = 0, n_blind = 0;

	claim = without_strange_color(reading, claim);
	only = as_bad(reading, &claim);
	if (only) {
		br_worsen(reading, only, &claim);
		return;
	}
	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (!is_meant(reading, supply, &claim))
			continue;
		/* A measured level in the middle is a better witness than hearsay of somebody.
		 */
		bool blind = supply->kind != BR_LEVEL_MEASURED;
		n++;
		n_blind += blind;
		if (n == 1 || (blind && n_blind == 1))
			only = supply;
	}
	if (n == 1 || n_blind == 1)
		br_worsen(reading, only, &claim);
	else
		add_hearsay(hearing, &claim);
}

_Static_assert(BR_MAX_SUPPLIES <= 64, "a supply has no bit in the hearsay");

/*
 * Which might be meant. Each of them that has no level of its own is unknown: an "ok" would be
 * invented.
 */
static uint64_t doubt(struct br_reading *reading, const struct br_claim *claim)
{
	bool in_doubt = false;
	uint64_t meant = 0;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (!is_meant(reading, supply, claim))
			continue;
		meant |= (uint64_t)1 << i;
		if (supply->kind == BR_LEVEL_MEASURED || supply->state != BR_SUPPLY_OK)
			continue;
		supply->state = BR_SUPPLY_UNKNOWN;
		in_doubt = true;
	}
	br_reading_note(reading, "a supply%s is %s%s%s: %s", meant ? "" : " that has no row",
			br_name_supply_state(claim->state),
			meant ? ", and which is not said" : "",
			in_doubt ? " (those without a level are unknown)" : "", claim->witness);
	return meant;
}

void br_settle_hearsay(struct br_hearing *hearing)
{
	struct br_reading *reading = hearing->reading;
	size_t kept = 0;

	for (size_t i = 0; i < reading->n_hearsay; i++) {
		const struct br_hearsay hearsay = reading->hearsay[i];
		const struct br_claim claim = {
			.state = hearsay.state,
			.part = hearing->parts[i],
			.colorant =
				hearsay.colorant ? br_text(reading, hearsay.colorant) : NULL,
			.witness = br_text(reading, hearsay.witness),
		};

		/* Heard before a better witness named the supply: the same thing twice. */
		if (as_bad(reading, &claim))
			continue;
		hearing->parts[kept] = hearing->parts[i];
		reading->hearsay[kept] = hearsay;
		reading->hearsay[kept++].meant = doubt(reading, &claim);
	}
	reading->n_hearsay = kept;
}
