/*
 * learned_pick.c - which of the answers of a full reading can change.
 *
 * Of the standards it is the columns that decode/standard.c says. Of a maker's rows it is
 * levels, counters and the panel; names, part numbers and capacities change with a
 * configuration and wait for the next full reading.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/learned_inside.h"

#include "decode/standard.h"
#include "talk/plan.h"

#include <stdio.h>

/* What is asked where there is room comes in the order of the maker's file. */
enum { STANDARD, MATTERS, WHERE_ROOM, NEVER = WHERE_ROOM + BR_MIB_MAX_ROWS };
enum { NUMBER_GROWS = 1, TEXT_GROWS = 6, REFILLED = 8 /* an eighth of the capacity */ };
enum { GENERAL = 5, SUPPLIES = 11, ALERTS = 18 }; /* groups of the Printer-MIB */
enum { CAPACITIES = 64, CAPACITY_COLUMN = 8 /* of prtMarkerSuppliesTable */ };

struct picker {
	const struct br_harvest *harvest;
	const struct br_mib *mib;
	struct br_picks *picks;
	unsigned n_capacities;
	struct br_varbind capacities[CAPACITIES]; /* of supplies, as they are met */
	unsigned n_rows;
	uint16_t rows[BR_MIB_MAX_ROWS]; /* of the maker's, that are for this model and change */
	uint16_t tiers[BR_MIB_MAX_ROWS];
};

/* Eight octets of a name from the MIB on: 2 or 4, … group, table, entry, column, device. */
static uint64_t order_of(const struct br_varbind *varbind)
{
	enum { FROM = 3 };
	uint8_t octets[FROM + 8] = {0};
	uint64_t order = 0;

	memcpy(octets, varbind->name,
	       varbind->name_len < sizeof octets ? varbind->name_len : sizeof octets);
	for (size_t i = FROM; i < sizeof octets; i++)
		order = order << 8 | octets[i];
	return order;
}

/* By tier, then by name, so that names share most of their octets with the one before. */
static int compare(const struct br_pick *a, const struct br_pick *b)
{
	size_t len = a->name_len < b->name_len ? a->name_len : b->name_len;
	int order;

	if (a->tier != b->tier)
		return (int)a->tier - (int)b->tier;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	order = memcmp(a->name, b->name, len);
	return order ? order : a->name_len - b->name_len;
}

/* Into its place; a name that was answered twice counts once. */
static void insert(struct br_picks *picks, const struct br_pick *pick)
{
	unsigned from = 0, to = picks->n;

	while (from < to) {
		unsigned middle = (from + to) / 2;
		int order = compare(pick, &picks->list[middle]);

		if (order == 0)
			return;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	memmove(&picks->list[from + 1], &picks->list[from],
		(picks->n - from) * sizeof picks->list[0]);
	picks->list[from] = *pick;
	picks->n++;
}

static void add(struct br_picks *picks, const struct br_varbind *varbind,
		const struct br_pick *like)
{
	struct br_pick pick = *like;

	if (picks->n == BR_LEARNED_ENTRIES || varbind->name_len > BR_LEARNED_NAME) {
		picks->too_many = picks->too_many || pick.tier < WHERE_ROOM;
		return;
	}
	pick.name = varbind->name;
	pick.name_len = (uint8_t)varbind->name_len;
	pick.took = (uint16_t)varbind->raw_len;
	pick.octets =
		(uint16_t)(varbind->raw_len +
			   (varbind->value.tag == BR_BER_OCTETS ? TEXT_GROWS : NUMBER_GROWS));
	pick.order = order_of(varbind);
	insert(picks, &pick);
}

/* The same row's capacity: mostly met before its level. */
static bool capacity_of(const struct picker *picker, const struct br_varbind *level,
			size_t column_at, int64_t *capacity)
{
	size_t index = column_at + 1, len = level->name_len;
	uint8_t name[BR_LEARNED_NAME];
	struct br_varbind found;

	for (unsigned i = 0; i < picker->n_capacities; i++)
		if (picker->capacities[i].name_len == len &&
		    memcmp(picker->capacities[i].name + index, level->name + index,
			   len - index) == 0)
			return br_ber_number(&picker->capacities[i].value, capacity);
	if (len > sizeof name)
		return false;
	memcpy(name, level->name, len);
	name[column_at] = CAPACITY_COLUMN;
	return br_harvest_get(picker->harvest, name, len, &found) &&
	       br_ber_number(&found.value, capacity);
}

/*
 * A supply that holds clearly more than at the full reading was replaced or filled: the new one
 * may have another capacity, part number and serial.
 */
static bool most_of(const struct picker *picker, const struct br_varbind *varbind,
		    size_t column_at, uint32_t *most)
{
	int64_t level, capacity;

	if (!br_ber_number(&varbind->value, &level) || level < 0 || level > INT32_MAX ||
	    !capacity_of(picker, varbind, column_at, &capacity) || capacity <= 0 ||
	    capacity > INT32_MAX)
		return false;
	*most = (uint32_t)(level + (capacity + REFILLED - 1) / REFILLED);
	return true;
}

/* Imaging counters: the totals of a service over its life, which alone are decoded. */
static bool is_lifetime(const uint8_t *index, size_t len)
{
	return len >= 3 && index[len - 1] == 3 && index[len - 2] == 3;
}

/* The arc below the Printer-MIB; 0: a table of another MIB. */
static uint8_t group_of(const struct br_table *table)
{
	return table->prefix_len > 6 && table->prefix[4] == 1 && table->prefix[5] == 43
		       ? table->prefix[6]
		       : 0;
}

static void pick_standard(struct picker *picker, const struct br_varbind *varbind,
			  const struct br_table *table, const struct br_field *field,
			  size_t index_len)
{
	const uint8_t *index = varbind->name + varbind->name_len - index_len;
	struct br_pick like = {.tier = STANDARD};
	uint8_t group = group_of(table);
	int64_t number;

	picker->picks->printer_mib = picker->picks->printer_mib || group != 0;
	if (group == SUPPLIES && field->column == CAPACITY_COLUMN &&
	    picker->n_capacities < CAPACITIES)
		picker->capacities[picker->n_capacities++] = *varbind;
	if (!BR_CHANGES(table, field) || group == ALERTS)
		return;
	if (table->index == BR_INDEX_KEYS) {
		if (!is_lifetime(index, index_len))
			return;
		like.tier = field->column == table->fields[0].column ? MATTERS : WHERE_ROOM;
	} else if (table->index == BR_INDEX_SCALAR) {
		like.flags = BR_ENTRY_UPTIME;
	} else if (group == GENERAL && br_ber_number(&varbind->value, &number)) {
		like.flags = BR_ENTRY_EQUAL;
		like.value = (uint32_t)number;
	} else if (group == SUPPLIES &&
		   most_of(picker, varbind, table->prefix_len, &like.value)) {
		like.flags = BR_ENTRY_MOST;
	}
	add(picker->picks, varbind, &like);
}

static uint16_t tier_of(const struct br_mib_row *row)
{
	if (row->kind == BR_MIB_RECORD)
		return row->arg == BR_RECORD_BROTHER_MAINTENANCE ||
				       row->arg == BR_RECORD_BROTHER_COUNTERS
			       ? MATTERS
			       : WHERE_ROOM;
	switch (row->field) {
	case BR_FIELD_SUPPLY_PERCENT:
	case BR_FIELD_SUPPLY_LEVEL:
	case BR_FIELD_CONSOLE:
		return MATTERS;
	case BR_FIELD_COUNTER:
		return row->arg == BR_COUNTER_TOTAL ? MATTERS : WHERE_ROOM;
	case BR_FIELD_COVERAGE:
	case BR_FIELD_CARE_PERCENT:
	case BR_FIELD_CARE_PAGES:
	case BR_FIELD_CARE_STATUS:
		return WHERE_ROOM;
	case BR_FIELD_NONE:
	case BR_FIELD_IDENTITY:
	case BR_FIELD_SUPPLY_CAPACITY:
	case BR_FIELD_SUPPLY_DESCRIPTION:
	case BR_FIELD_SUPPLY_PART:
	case BR_FIELD_SUPPLY_SERIAL:
		break;
	}
	return NEVER;
}

static void choose_rows(struct picker *picker, const struct br_conversation *talk)
{
	picker->n_rows = 0;
	for (size_t i = 0; picker->mib && i < picker->mib->n_rows && i < BR_MIB_MAX_ROWS; i++) {
		uint16_t tier = tier_of(&picker->mib->rows[i]);

		if (tier == NEVER || !br_plan_row_is_for(talk, i))
			continue;
		if (tier == WHERE_ROOM)
			tier = (uint16_t)(WHERE_ROOM + i);
		picker->tiers[picker->n_rows] = tier;
		picker->rows[picker->n_rows++] = (uint16_t)i;
	}
}

/* The row of a table that a label names: of many, few are of use. */
static bool is_labelled(const struct picker *picker, const struct br_mib_row *row,
			const struct br_varbind *varbind)
{
	struct br_oid name = row->label;
	size_t start = varbind->name_len - 1;
	struct br_varbind label;
	char text[128];
	int64_t number;

	if (row->label.len == 0)
		return true;
	while (start > 0 && varbind->name[start - 1] & 0x80)
		start--;
	if (name.len + varbind->name_len - start > BR_OID_BYTES)
		return false;
	memcpy(name.ber + name.len, varbind->name + start, varbind->name_len - start);
	name.len = (uint8_t)(name.len + varbind->name_len - start);
	if (!br_harvest_get(picker->harvest, name.ber, name.len, &label))
		return false;
	if (label.value.tag != BR_BER_OCTETS && br_ber_number(&label.value, &number))
		snprintf(text, sizeof text, "%lld", (long long)number);
	else
		br_text_clean(
			text, sizeof text,
			(struct br_view){(const char *)label.value.data, label.value.len});
	return br_view_glob(br_view(text), row->where);
}

static void pick_private(const struct picker *picker, const struct br_varbind *varbind)
{
	struct br_pick like = {.tier = NEVER};

	for (unsigned k = 0; k < picker->n_rows; k++) {
		const struct br_mib_row *row = &picker->mib->rows[picker->rows[k]];

		if (picker->tiers[k] >= like.tier || varbind->name_len < row->oid.len ||
		    memcmp(varbind->name, row->oid.ber, row->oid.len) != 0 ||
		    (row->verb == BR_MIB_GET) != (varbind->name_len == row->oid.len) ||
		    !is_labelled(picker, row, varbind))
			continue;
		like.tier = picker->tiers[k];
		like.flags = row->verb == BR_MIB_GET ? BR_ENTRY_MAKER : 0;
	}
	if (like.tier != NEVER)
		add(picker->picks, varbind, &like);
}

void br_learned_pick(const struct br_conversation *talk, const struct br_harvest *harvest,
		     struct br_picks *picks, struct br_learned_known *known)
{
	struct picker picker;
	struct br_ber all = br_harvest_all(harvest);
	const struct br_table *table = NULL;
	const struct br_field *field;
	struct br_varbind varbind;
	const uint8_t *index;
	size_t index_len;
	bool broken;

	picker.harvest = harvest; /* its lists are not worth clearing */
	picker.mib = talk->mib;
	picker.picks = picks;
	picker.n_capacities = 0;
	picks->n = 0;
	picks->printer_mib = picks->too_many = false;
	memset(known, 0, sizeof *known);
	choose_rows(&picker, talk);
	while (br_varbind_take(&all, &varbind, &broken)) {
		br_known_hear(known, &varbind);
		if (varbind.name_len < 2 || br_varbind_is_absent(&varbind))
			continue;
		if (br_table_of(varbind.name, varbind.name_len, &table, &field, &index,
				&index_len))
			pick_standard(&picker, &varbind, table, field, index_len);
		else
			pick_private(&picker, &varbind);
	}
}
