/*
 * maker_supply.c - what a maker's rows say of supplies: by id, by description, by number.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/maker_hit.h"
#include "model/names.h"

#include <string.h>

/* What an id says of a supply that the standard table does not have. Longest first. */
static const struct {
	const char *id;
	int32_t type;
	enum br_role role;
} kinds_of_id[] = {
	{"waste-toner", 4, BR_ROLE_FILLED}, {"waste-ink", 8, BR_ROLE_FILLED},
	{"toner", 3, BR_ROLE_CONSUMED},     {"ink", 5, BR_ROLE_CONSUMED},
	{"drum", 9, BR_ROLE_CONSUMED},      {"developer", 10, BR_ROLE_CONSUMED},
	{"fuser", 15, BR_ROLE_CONSUMED},    {"belt", 20, BR_ROLE_CONSUMED},
	{"ribbon", 7, BR_ROLE_CONSUMED},    {"staples", 32, BR_ROLE_CONSUMED},
};

static struct br_supply *new_supply(struct br_reading *reading, struct br_view id,
				    int32_t index, br_text_at origin)
{
	struct br_supply *supply;
	char word[BR_ID_SIZE];

	if (reading->n_supplies == BR_MAX_SUPPLIES)
		return NULL;
	supply = &reading->supplies[reading->n_supplies++];
	*supply =
		(struct br_supply){.index = index, .role = BR_ROLE_CONSUMED, .origin = origin};
	br_text_copy(supply->id, sizeof supply->id, id);
	for (size_t i = 0; i < sizeof kinds_of_id / sizeof kinds_of_id[0]; i++) {
		size_t len = strlen(kinds_of_id[i].id);

		if (id.len < len || memcmp(id.at, kinds_of_id[i].id, len) != 0)
			continue;
		supply->type = kinds_of_id[i].type;
		supply->role = kinds_of_id[i].role;
		if (id.len > len + 1 &&
		    br_text_copy(word, sizeof word,
				 (struct br_view){id.at + len + 1, id.len - len - 1}))
			supply->colorant = br_reading_put(reading, word);
		break;
	}
	return supply;
}

/* The private table's own name for its row; *named: the file has a row that asks for such
 * names. */
static br_text_at private_description(const struct br_hit *hit, bool *named)
{
	*named = false;
	for (size_t i = 0; i < hit->mib->n_rows; i++) {
		const struct br_mib_row *row = &hit->mib->rows[i];
		struct br_oid name = row->oid;
		const struct br_varbind *label;

		if (row->verb != BR_MIB_TABLE || row->field != BR_FIELD_SUPPLY_DESCRIPTION ||
		    row->oid.len != hit->row->oid.len ||
		    memcmp(row->oid.ber, hit->row->oid.ber, row->oid.len - 1u) != 0 ||
		    br_oid_append(&name, (uint32_t)hit->index) != BR_OK)
			continue;
		*named = true;
		label = br_answer_named(hit->answers, name.ber, name.len);
		return label ? br_take_text(hit->scratch, &label->value) : 0;
	}
	return 0;
}

/*
 * The supply of a private row: by its id; else the one of the same description, where the
 * private table names its rows (its numbers are then its own); else the one of the same number.
 */
static struct br_supply *supply_of(const struct br_hit *hit)
{
	struct br_reading *reading = hit->scratch->reading;
	bool named = false;
	br_text_at label = hit->row->name.len ? 0 : private_description(hit, &named);
	struct br_supply *made;

	if (named && !label)
		return NULL; /* its name did not come, and its number is not the standard's */

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (hit->row->name.len ? br_view_is(hit->row->name, supply->id)
		    : label            ? br_view_is_nocase(br_view(br_text(reading, label)),
							   br_text(reading, supply->description))
				       : supply->index == hit->index)
			return supply;
	}
	if (!hit->row->name.len && !label)
		return NULL; /* a number that fits nothing says nothing */
	made = new_supply(reading, hit->row->name, hit->row->name.len ? 0 : hit->index,
			  br_hit_origin(hit));
	if (made)
		made->description = label;
	return made;
}

/* A raw level with a meaning of its own; true if the file knows one. */
static bool apply_level_word(const struct br_mib *mib, struct br_supply *supply, int64_t raw)
{
	for (size_t i = 0; i < mib->n_levels; i++) {
		if (mib->levels[i].raw != raw)
			continue;
		supply->kind = mib->levels[i].kind;
		supply->percent = mib->levels[i].percent;
		supply->state = mib->levels[i].state;
		supply->witness = 0; /* it is the level that says so */
		return true;
	}
	return false;
}

/* A part of a percent is not empty, and what is below zero in parts says nothing. */
static struct br_level percent_of(const struct br_hit *hit, int64_t number)
{
	struct br_number level = {true, number}, whole = {true, 100};

	if (hit->row->divide > 1) {
		whole.value *= hit->row->divide;
		level.known = br_hit_scaled(hit, &level.value) && level.value >= 0;
	}
	return br_level_of(level, whole, false);
}

static void apply_supply_number(const struct br_hit *hit, struct br_supply *supply)
{
	struct br_level level;
	int64_t number;

	if (!br_hit_number(hit, &number) ||
	    (hit->row->fallback && supply->kind == BR_LEVEL_MEASURED))
		return;
	if (hit->row->field == BR_FIELD_SUPPLY_CAPACITY) {
		supply->capacity = (struct br_number){true, number};
		level = br_level_of(supply->level, supply->capacity, false);
	} else {
		struct br_number raw = {true, number};

		if (apply_level_word(hit->mib, supply, number))
			return;
		if (hit->row->field == BR_FIELD_SUPPLY_LEVEL)
			supply->level = raw;
		level = hit->row->field == BR_FIELD_SUPPLY_PERCENT
				? percent_of(hit, number)
				: br_level_of(raw, supply->capacity, false);
	}
	if (level.kind != BR_LEVEL_UNKNOWN) {
		supply->kind = level.kind;
		supply->percent = level.percent;
		supply->origin = br_reading_put(hit->scratch->reading, hit->mib->file);
	}
}

void br_hit_supply(const struct br_hit *hit)
{
	struct br_supply *supply = supply_of(hit);
	br_text_at *place;

	if (!supply)
		return;
	switch (hit->row->field) {
	case BR_FIELD_SUPPLY_DESCRIPTION:
		place = &supply->description;
		break;
	case BR_FIELD_SUPPLY_PART:
		place = &supply->part;
		break;
	case BR_FIELD_SUPPLY_SERIAL:
		place = &supply->serial;
		break;
	default:
		apply_supply_number(hit, supply);
		return;
	}
	if (!*place || !hit->row->fallback) {
		br_text_at text = br_hit_text(hit);

		*place = text ? text : *place;
	}
}

static bool filled_is_for(const struct br_mib *mib, size_t f, const char *model)
{
	return !mib->filled_model[f].len || br_view_glob(br_view(model), mib->filled_model[f]);
}

/* A receptacle whose level is what is in it. */
static void turn_filled(const struct br_mib *mib, const char *model, struct br_supply *supply)
{
	const char *type = br_name_supply_type(supply->type);

	for (size_t f = 0; f < mib->n_filled && supply->kind == BR_LEVEL_MEASURED; f++) {
		if (!filled_is_for(mib, f, model))
			continue;
		if (!type) { /* it may be such a one, or not: which way round is not known */
			supply->kind = BR_LEVEL_UNKNOWN;
			supply->percent = 0;
		} else if (br_view_is(mib->filled[f], type)) {
			supply->percent = (uint8_t)(100 - supply->percent);
			break; /* once, however many lines say so */
		}
	}
}

/* Standard levels that this maker means otherwise. */
void br_reread_levels(struct br_scratch *scratch, const struct br_mib *mib)
{
	struct br_reading *reading = scratch->reading;
	const char *model = br_text(reading, reading->identity.model);

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (supply->level.known)
			apply_level_word(mib, supply, supply->level.value);
		turn_filled(mib, model, supply);
	}
}
