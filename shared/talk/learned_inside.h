/*
 * learned_inside.h - the octets of what was learned: for learned*.c and glance*.c only.
 *
 *   0  "bL", version
 *   3  flags (enum br_learned_bit), names in a question, repetitions, octets of a reply (2)
 *   8  uptime (4)
 *  12  entries, rows in the alert table, keys of these rows, parts
 *  16  question that the alert columns go with, rows that have room there
 *  18  names in each question (5), 0 behind the last
 *  23  keys (4 each), parts (5 each: group, device 2, index 2), entries to the end
 *
 * An entry: flags, octets shared with the name before, octets that follow, these, and a value
 * of 4 where a flag says so. The first of a question shares nothing, so that a glance can
 * begin there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_LEARNED_INSIDE_H
#define BR_TALK_LEARNED_INSIDE_H

#include "talk/learned.h"

#include <string.h>

#define BR_LEARNED_VERSION 1
#define BR_LEARNED_HEAD    23
#define BR_LEARNED_ASKS    5 /* questions with names */
#define BR_LEARNED_ENTRIES 255
#define BR_LEARNED_NAME    64 /* octets of a name; a longer one is left to the full reading */
#define BR_LEARNED_KEYS    64
#define BR_LEARNED_PARTS   128
#define BR_ALERTS_ALONE    0xff /* as question: they have one of their own */
#define BR_ALERTS_NONE     0xfe /* as question: a label printer without a Printer-MIB */
#define BR_ALERT_COLUMNS   8
#define BR_ALERT_FIRST     2  /* prtAlertSeverityLevel to prtAlertTime */
#define BR_ALERT_PREFIX    10 /* octets of the table's name with its column */
#define BR_ALERT_CELLS     16 /* above the number of its last column */
#define BR_PART_GROUPS     12 /* above the groups of the Printer-MIB that have parts */

enum br_learned_bit {
	BR_LEARNED_NO_BULK = 1,
	BR_LEARNED_V1 = 2,
	BR_LEARNED_MANY_ALERTS = 4, /* not every alert has its key here */
	BR_LEARNED_MANY_PARTS = 8,
};

enum br_entry_flag {
	BR_ENTRY_BEGINS = 1, /* a question begins here */
	BR_ENTRY_MAKER = 2,  /* was asked with GET: perhaps it cannot be had otherwise */
	BR_ENTRY_UPTIME = 4,
	BR_ENTRY_EQUAL = 8, /* stale where it is not the value */
	BR_ENTRY_MOST = 16, /* stale where it is more than the value */
};

struct br_learned_plan {
	uint8_t flags;
	struct br_tolerance tolerance;
	uint32_t uptime;
	uint8_t n_entries, n_alerts, n_keys, n_parts, alert_question, alert_room;
	const uint8_t *sizes; /* BR_LEARNED_ASKS: names in each question */
	const uint8_t *keys, *parts, *entries, *end; /* lent */
};

/* False where the octets are too short for what their head says, or of another version. */
bool br_learned_open(struct br_view learned, struct br_learned_plan *plan);

struct br_learned_walk {
	const uint8_t *at, *end;
	struct br_oid name;
	uint8_t flags;
	uint32_t value;
};

static inline uint32_t br_octets_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The next entry; false at the end, and where it is damaged. Start with an empty name. */
static inline bool br_learned_step(struct br_learned_walk *walk)
{
	const uint8_t *at = walk->at;
	size_t left = (size_t)(walk->end - at), value;

	if (left < 3)
		return false;
	value = at[0] & (BR_ENTRY_EQUAL | BR_ENTRY_MOST) ? 4 : 0;
	if (at[1] > walk->name.len || (at[0] & BR_ENTRY_BEGINS && at[1]) || at[2] == 0 ||
	    at[1] + at[2] > BR_LEARNED_NAME || at[2] + value > left - 3)
		return false;
	memcpy(walk->name.ber + at[1], at + 3, at[2]);
	walk->name.len = (uint8_t)(at[1] + at[2]);
	walk->flags = at[0];
	walk->at = at + 3 + at[2] + value;
	if (value)
		walk->value = br_octets_u32(walk->at - 4);
	return true;
}

/* A value that a status reading asks. */
struct br_pick {
	const uint8_t *name; /* in the harvest */
	uint8_t name_len, flags;
	uint16_t
		tier; /* 0: the standard's; 1: a maker's that matters; more: if there is room */
	uint16_t octets; /* that it may take in a reply */
	uint16_t took;   /* that it took this time */
	uint32_t value;
	uint64_t order; /* octets of the name that tell most names of a tier apart */
};

struct br_picks {
	bool printer_mib, too_many; /* too_many: of tier 0 and 1 */
	unsigned n;
	struct br_pick list[BR_LEARNED_ENTRIES];
};

/*
 * What a status reading is compared with: keys of the alerts, and the parts. What had no room
 * is flagged.
 */
struct br_learned_known {
	uint8_t flags, n_keys, n_parts;
	uint8_t keys[BR_LEARNED_KEYS * 4], parts[BR_LEARNED_PARTS * 5];
	unsigned n_alerts, alert_octets; /* rows of the alert table, and octets of all of it */
	unsigned n_cells[BR_ALERT_CELLS];
	struct br_ber
		alerts; /* of the harvest: from the first answer of that table to the last */
	/* The rows of the first printer that were seen already, a bit each: nearly all there
	 * are, and each is met once a column. */
	uint32_t device;
	uint64_t rows[BR_PART_GROUPS];
};

/* What of a harvest can change, by tier and name; and what is known of alerts and parts. */
void br_learned_pick(const struct br_conversation *talk, const struct br_harvest *harvest,
		     struct br_picks *picks, struct br_learned_known *known);

/* All zero but flags; then each answer in its turn; then the keys. */
void br_known_hear(struct br_learned_known *known, const struct br_varbind *varbind);
void br_known_finish(struct br_learned_known *known);

/* True if an alert that was not there then says that the printer has other parts now. */
bool br_alerts_tell_change(const struct br_learned_plan *plan,
			   const struct br_harvest *harvest);

/* prtAlertTable's columns begin with this; the column's octet follows. */
extern const uint8_t br_alert_prefix[BR_ALERT_PREFIX - 1];

#endif
