/*
 * learned_alerts.c - what the alert table says of the printer's make-up.
 *
 * An alert may be the first word of a new tray, or say that the configuration changed. But an
 * alert stays for days, and what was learned while it was there knows of it: so only one that
 * was not there then counts, by its index, part and code.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/learned_inside.h"

const uint8_t br_alert_prefix[BR_ALERT_PREFIX - 1] = {0x2b, 6, 1, 2, 1, 43, 18, 1, 1};

enum { COLUMN = BR_ALERT_PREFIX - 1, GROUP = 4, GROUP_INDEX = 5, CODE = 7 };
enum { ROWS_JUDGED = 64 }; /* beyond that a printer lies, and time is spent by their square */

struct alert {
	const uint8_t *index;
	size_t index_len;
	uint32_t device;
	int64_t group, part, code; /* -1: not said */
};

static bool is_alert(const struct br_varbind *varbind)
{
	return varbind->name_len > BR_ALERT_PREFIX &&
	       br_oid_same(varbind->name, br_alert_prefix, sizeof br_alert_prefix);
}

/* The number of a row's column; looks behind the row's first answer, then everywhere. */
static int64_t number_of(struct br_ber all, struct br_ber from, const struct alert *alert,
			 uint8_t column)
{
	struct br_varbind varbind;
	int64_t number;
	bool broken;

	for (int pass = 0; pass < 2; pass++) {
		while (br_varbind_take(&from, &varbind, &broken))
			if (is_alert(&varbind) && varbind.name[COLUMN] == column &&
			    varbind.name_len == BR_ALERT_PREFIX + alert->index_len &&
			    memcmp(varbind.name + BR_ALERT_PREFIX, alert->index,
				   alert->index_len) == 0)
				return br_ber_number(&varbind.value, &number) ? number : -1;
		from = all;
	}
	return -1;
}

/* The next row that says its group; false at the end. */
static bool next_alert(struct br_ber all, struct br_ber *at, struct alert *alert)
{
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(at, &varbind, &broken)) {
		const uint8_t *index = varbind.name + BR_ALERT_PREFIX,
			      *end = varbind.name + varbind.name_len;

		if (!is_alert(&varbind) || varbind.name[COLUMN] != GROUP)
			continue;
		alert->index = index;
		alert->index_len = (size_t)(end - index);
		if (!br_oid_next_arc(&index, end, &alert->device) ||
		    !br_ber_number(&varbind.value, &alert->group))
			continue;
		alert->part = number_of(all, *at, alert, GROUP_INDEX);
		alert->code = number_of(all, *at, alert, CODE);
		return true;
	}
	return false;
}

static uint32_t key_of(const struct alert *alert)
{
	uint32_t key = 2166136261u; /* FNV-1a */
	const int64_t numbers[] = {alert->group, alert->part, alert->code};

	for (size_t i = 0; i < alert->index_len; i++)
		key = (key ^ alert->index[i]) * 16777619u;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		for (unsigned shift = 0; shift < 32; shift += 8)
			key = (key ^ (uint8_t)((uint64_t)numbers[i] >> shift)) * 16777619u;
	return key;
}

/* A cell of the alert table counts with what it takes on the wire, absent or not. */
static void hear_alert(struct br_learned_known *known, const struct br_varbind *varbind)
{
	uint8_t column = varbind->name[COLUMN];

	if (!known->alerts.at)
		known->alerts.at = varbind->raw;
	known->alerts.end = varbind->raw + varbind->raw_len;
	if (column >= BR_ALERT_CELLS)
		return;
	known->alert_octets += (unsigned)varbind->raw_len;
	if (++known->n_cells[column] > known->n_alerts)
		known->n_alerts = known->n_cells[column];
}

/* Groups of prtAlertGroup whose index is a row of a table that has a part in it: the arc below
 * the Printer-MIB is the same number. */
static bool is_of_parts(int64_t group)
{
	enum { COVER = 6, INPUT = 8, OUTPUT = 9, MARKER = 10, SUPPLIES = 11 };

	return group == COVER || (group >= INPUT && group <= SUPPLIES);
}

static void write_part(uint8_t *at, uint32_t group, uint32_t device, uint32_t part)
{
	at[0] = (uint8_t)group;
	at[1] = (uint8_t)(device >> 8);
	at[2] = (uint8_t)device;
	at[3] = (uint8_t)(part >> 8);
	at[4] = (uint8_t)part;
}

static bool has_part(const uint8_t *parts, size_t n, const uint8_t *part, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(parts + i * 5, part, len) == 0)
			return true;
	return false;
}

static bool is_new(struct br_learned_known *known, uint8_t group, uint32_t device, uint32_t row)
{
	uint64_t bit = (uint64_t)1 << row % 64;

	if (known->device == 0)
		known->device = device;
	if (device != known->device || row >= 64 || device == 0)
		return true;
	if (known->rows[group] & bit)
		return false;
	known->rows[group] |= bit;
	return true;
}

/* A row of a table of parts: 1.3.6.1.2.1.43.GROUP.TABLE.1.COLUMN.DEVICE.PART. */
static void hear_part(struct br_learned_known *known, const struct br_varbind *varbind)
{
	enum { TABLE = 6, INDEX = 10 };
	const uint8_t *at = varbind->name + INDEX, *end = varbind->name + varbind->name_len;
	uint8_t part[5];
	uint32_t device, row;

	if (varbind->name_len < INDEX + 2 || br_varbind_is_absent(varbind) ||
	    !br_oid_next_arc(&at, end, &device) || !br_oid_next_arc(&at, end, &row) ||
	    !is_new(known, varbind->name[TABLE], device, row))
		return;
	if (device > UINT16_MAX || row > UINT16_MAX || known->n_parts == BR_LEARNED_PARTS) {
		known->flags |= BR_LEARNED_MANY_PARTS;
		return;
	}
	write_part(part, varbind->name[TABLE], device, row);
	if (has_part(known->parts, known->n_parts, part, sizeof part))
		return;
	memcpy(known->parts + known->n_parts++ * 5u, part, sizeof part);
}

void br_known_hear(struct br_learned_known *known, const struct br_varbind *varbind)
{
	enum { TABLE = 6 };
	const uint8_t *name = varbind->name;

	if (varbind->name_len <= BR_ALERT_PREFIX ||
	    name[TABLE - 1] != br_alert_prefix[TABLE - 1])
		return;
	if (is_alert(varbind))
		hear_alert(known, varbind);
	else if (is_of_parts(name[TABLE]) && memcmp(name, br_alert_prefix, TABLE) == 0)
		hear_part(known, varbind);
}

void br_known_finish(struct br_learned_known *known)
{
	struct br_ber at = known->alerts;
	struct alert alert;

	while (next_alert(known->alerts, &at, &alert)) {
		uint32_t key = key_of(&alert);
		uint8_t *place = known->keys + known->n_keys * 4u;

		if (known->n_keys == BR_LEARNED_KEYS) {
			known->flags |= BR_LEARNED_MANY_ALERTS;
			return;
		}
		for (unsigned i = 0; i < 4; i++)
			place[i] = (uint8_t)(key >> (24 - 8 * i));
		known->n_keys++;
	}
}

static bool is_known(const struct br_learned_plan *plan, const struct alert *alert)
{
	uint32_t key = key_of(alert);

	for (size_t i = 0; i < plan->n_keys; i++)
		if (br_octets_u32(plan->keys + i * 4) == key)
			return true;
	return false;
}

/* Codes of PrtAlertCodeTC (RFC 3805) after which other rows, or other descriptions, are there.
 */
static bool says_change(int64_t code)
{
	static const int16_t codes[] = {
		7, /* configurationChange */
		25,   26,   27,
		28, /* subunit, or its resource, added or removed */
		802,  803,  804,
		805,  806, /* inputMedia: size, weight, type, colour, form parts */
		1503, 1504, 1505,
		1506, /* interpreter's cartridge or resource added or removed */
	};

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i] == code)
			return true;
	return false;
}

/* Of a part that was not there. Some put no index of a row there, but a number of their own:
 * where nothing of the group was learned it says nothing. */
static bool is_of_new_part(const struct br_learned_plan *plan, const struct alert *alert)
{
	enum { GROUP_AND_DEVICE = 3 };
	uint8_t part[5];

	if (!is_of_parts(alert->group) || alert->part <= 0 || alert->part > UINT16_MAX ||
	    alert->device > UINT16_MAX || plan->flags & BR_LEARNED_MANY_PARTS)
		return false;
	write_part(part, (uint32_t)alert->group, alert->device, (uint32_t)alert->part);
	return has_part(plan->parts, plan->n_parts, part, GROUP_AND_DEVICE) &&
	       !has_part(plan->parts, plan->n_parts, part, sizeof part);
}

bool br_alerts_tell_change(const struct br_learned_plan *plan, const struct br_harvest *harvest)
{
	struct br_ber all = br_harvest_all(harvest), at = all;
	struct alert alert;

	if (plan->flags & BR_LEARNED_MANY_ALERTS)
		return false;
	for (unsigned n = 0; n < ROWS_JUDGED && next_alert(all, &at, &alert); n++)
		if ((says_change(alert.code) || is_of_new_part(plan, &alert)) &&
		    !is_known(plan, &alert))
			return true;
	return false;
}
