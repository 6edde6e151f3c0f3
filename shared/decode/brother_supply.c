/*
 * brother_supply.c - the maintenance record against the standard supply table.
 *
 * Brother's Printer-MIB says -3, -2 or 100 of a cartridge whose record says 8 %, so the record
 * wins over the level; of the state the worse of both is kept. Codes: 1 nothing wrong, 2 low, 3
 * replace it (seen together with the panel's "toner low" and "replace drum"). The printer
 * counts in hundredths of a percent and shows steps of ten: the former is the level, the latter
 * is kept beside it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/brother_supply.h"

#include "model/names.h"

#include <string.h>

/* PrtMarkerSuppliesTypeTC and PrtMarkerSuppliesSupplyUnitTC */
enum {
	OTHER = 1,
	INK = 5,
	INK_CARTRIDGE = 6,
	WASTE_INK = 8,
	OPC = 9,
	FUSER = 15,
	TRANSFER = 20
};
enum { TONER_CARTRIDGE = 21, PERCENT = 19 };

static enum br_supply_state state_of(struct br_number status)
{
	if (!status.known)
		return BR_SUPPLY_UNKNOWN;
	return status.value == 1   ? BR_SUPPLY_OK
	       : status.value == 2 ? BR_SUPPLY_LOW
	       : status.value == 3 ? BR_SUPPLY_EMPTY
				   : BR_SUPPLY_UNKNOWN;
}

static const char *name_of(const struct br_reading *reading, const struct br_supply *supply)
{
	const char *description = br_text(reading, supply->description);

	return *description ? description : *supply->id ? supply->id : "supply";
}

static void set_level(struct br_reading *reading, struct br_supply *supply, int64_t percent)
{
	if (supply->kind == BR_LEVEL_MEASURED && supply->percent != percent)
		br_reading_note(reading,
				"%s: %d %% by Brother's own record, %d %% by the Printer-MIB",
				name_of(reading, supply), (int)percent, supply->percent);
	supply->kind = BR_LEVEL_MEASURED;
	supply->percent = (uint8_t)percent;
	supply->origin = br_reading_put(reading, "brother");
}

static void set_state(struct br_reading *reading, struct br_supply *supply,
		      enum br_supply_state state)
{
	if (state <= supply->state)
		return; /* the enum runs from good to bad */
	if (state > BR_SUPPLY_OK)
		br_reading_note(reading, "%s: %s by the status in Brother's own record",
				name_of(reading, supply), br_name_supply_state(state));
	supply->state = state;
	supply->witness = 0;
	if (state > BR_SUPPLY_OK)
		supply->witness = br_reading_put(reading, "Brother's maintenance record");
}

static bool is_colorant(const struct br_supply *supply)
{
	return br_supply_type_is_colorant(supply->type);
}

/* How surely a supply row is this colorant's: 0 is not. */
static int fits(const struct br_reading *reading, const struct br_supply *supply,
		const char *word, size_t n_colorants)
{
	struct br_view colorant = br_view(br_text(reading, supply->colorant));

	if (!is_colorant(supply))
		return 0;
	if (colorant.len)
		return br_view_is_nocase(colorant, word) ? 3 : 0;
	if (br_view_contains(br_view(br_text(reading, supply->description)), word))
		return 2;
	return n_colorants == 1 && strcmp(word, "black") == 0;
}

/* Some models have a second row of the same cartridge that says nothing: -3 is the living one.
 */
static struct br_supply *find(struct br_reading *reading, const char *word, size_t n_colorants)
{
	struct br_supply *best = NULL;
	int most = 0;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];
		int fit = fits(reading, supply, word, n_colorants) * 2;

		fit += fit && supply->kind != BR_LEVEL_UNKNOWN;
		if (fit > most) {
			most = fit;
			best = supply;
		}
	}
	return best;
}

static struct br_supply *make(struct br_reading *reading, int32_t type, int32_t index,
			      const char *colorant)
{
	struct br_supply *supply;

	if (reading->n_supplies == BR_MAX_SUPPLIES)
		return NULL;
	supply = &reading->supplies[reading->n_supplies++];
	*supply = (struct br_supply){
		.index = index,
		.type = type,
		.unit = PERCENT,
		.role = type == WASTE_INK ? BR_ROLE_FILLED : BR_ROLE_CONSUMED,
		.colorant = br_reading_put(reading, colorant),
		.origin = br_reading_put(reading, "brother"),
	};
	return supply;
}

bool br_brother_is_inkjet(const struct br_reading *reading)
{
	struct br_view model = br_view(br_text(reading, reading->identity.model));

	for (size_t i = 0; i < reading->n_supplies; i++)
		if (reading->supplies[i].type == INK ||
		    reading->supplies[i].type == INK_CARTRIDGE)
			return true;
	return br_view_glob(model, br_view("*-J*")) || br_view_glob(model, br_view("*-T*"));
}

static void apply(struct br_reading *reading, struct br_supply *supply,
		  const struct br_brother_supply *said)
{
	struct br_number level = said->remaining.known ? said->remaining : said->shown;

	supply->status = said->status;
	supply->shown = said->shown;
	if (level.known)
		set_level(reading, supply, level.value);
	set_state(reading, supply, state_of(said->status));
}

static void apply_waste_ink(struct br_reading *reading, const struct br_brother_supply *said,
			    bool may_make)
{
	struct br_supply *supply = NULL;

	if (said->key == 0)
		return;
	for (size_t i = 0; i < reading->n_supplies && !supply; i++)
		if (reading->supplies[i].type == WASTE_INK)
			supply = &reading->supplies[i];
	if (!supply && may_make)
		supply = make(reading, WASTE_INK, said->key, NULL);
	if (supply)
		apply(reading, supply, said);
}

void br_brother_supply(struct br_reading *reading, const struct br_brother_supplies *said)
{
	bool inkjet = !said->is_laser || br_brother_is_inkjet(reading);
	size_t n_colorants = 0;

	for (size_t i = 0; i < reading->n_supplies; i++)
		n_colorants += is_colorant(&reading->supplies[i]);
	for (int i = 1; i < BR_COLORANT_COUNT; i++) {
		const char *word = br_name_colorant((enum br_colorant)i);
		struct br_supply *supply;

		if (said->colorants[i].key == 0)
			continue;
		supply = n_colorants ? find(reading, word, n_colorants)
				     : make(reading, inkjet ? INK_CARTRIDGE : TONER_CARTRIDGE,
					    said->colorants[i].key, word);
		if (supply)
			apply(reading, supply, &said->colorants[i]);
	}
	apply_waste_ink(reading, &said->waste_ink, n_colorants == 0);
}

/* A part's own row by its type, or by its English name where the printer calls it "other". */
static bool is_part(const struct br_reading *reading, const struct br_supply *supply,
		    const char *part)
{
	/* clang-format off */
	static const struct { const char *part; int32_t type; const char *word; } rows[] = {
		{"drum", OPC, "drum"}, {"belt", TRANSFER, "belt"}, {"fuser", FUSER, "fuser"},
	};
	/* clang-format on */
	struct br_view description = br_view(br_text(reading, supply->description));

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(part, rows[i].part) == 0)
			return supply->type == rows[i].type ||
			       (supply->type == OTHER &&
				br_view_contains(description, rows[i].word));
	return strncmp(part, "drum-", 5) == 0 && supply->type == OPC &&
	       (br_view_is_nocase(br_view(br_text(reading, supply->colorant)), part + 5) ||
		br_view_contains(description, part + 5));
}

void br_brother_part(struct br_reading *reading, const struct br_care *care)
{
	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (!is_part(reading, supply, care->part))
			continue;
		supply->status = care->status;
		/* Such rows count in pages where they count at all: finer than a percent. */
		if (supply->kind != BR_LEVEL_MEASURED && care->percent.known)
			set_level(reading, supply, care->percent.value);
		set_state(reading, supply, state_of(care->status));
	}
}
