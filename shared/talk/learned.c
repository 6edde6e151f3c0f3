/*
 * learned.c - reads what was learned. Written by learned_pack.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/learned_inside.h"

#include "decode/standard.h"

bool br_learned_open(struct br_view learned, struct br_learned_plan *plan)
{
	const uint8_t *at = (const uint8_t *)learned.at;

	if (learned.len < BR_LEARNED_HEAD || learned.len > BR_LEARNED_MAX || at[0] != 'b' ||
	    at[1] != 'L' || at[2] != BR_LEARNED_VERSION)
		return false;
	plan->flags = at[3];
	plan->tolerance = (struct br_tolerance){
		.no_bulk = at[3] & BR_LEARNED_NO_BULK,
		.max_names = at[4],
		.max_repetitions = at[5],
		.reply_octets = (uint16_t)(at[6] << 8 | at[7]),
	};
	plan->uptime = br_octets_u32(at + 8);
	plan->n_entries = at[12];
	plan->n_alerts = at[13];
	plan->n_keys = at[14];
	plan->n_parts = at[15];
	plan->alert_question = at[16];
	plan->alert_room = at[17];
	if (learned.len - BR_LEARNED_HEAD < 4u * plan->n_keys + 5u * plan->n_parts ||
	    plan->n_entries == 0 || plan->tolerance.max_names == 0 ||
	    plan->tolerance.max_names >= BR_PDU_MAX_NAMES ||
	    plan->tolerance.max_repetitions == 0 || plan->tolerance.reply_octets == 0)
		return false;
	plan->sizes = at + BR_LEARNED_HEAD - BR_LEARNED_ASKS;
	for (size_t q = 0; q < BR_LEARNED_ASKS; q++)
		if (plan->sizes[q] > plan->tolerance.max_names)
			return false;
	plan->keys = at + BR_LEARNED_HEAD;
	plan->parts = plan->keys + 4u * plan->n_keys;
	plan->entries = plan->parts + 5u * plan->n_parts;
	plan->end = at + learned.len;
	return true;
}

/* The names of one question; br_learned_open() saw to it that they have room. */
struct names {
	unsigned n;
	struct {
		uint8_t len, ber[BR_LEARNED_NAME];
	} list[BR_PDU_MAX_NAMES];
};

/* False where the question has the name already. */
static bool note_name(struct names *names, const struct br_oid *name)
{
	for (unsigned i = 0; i < names->n; i++)
		if (names->list[i].len == name->len &&
		    memcmp(names->list[i].ber, name->ber, name->len) == 0)
			return false;
	names->list[names->n].len = name->len;
	memcpy(names->list[names->n++].ber, name->ber, name->len);
	return true;
}

/* True if the questions have as many names as the head says, each once. */
static bool is_divided(const struct br_learned_plan *plan)
{
	struct br_learned_walk walk = {.at = plan->entries, .end = plan->end};
	struct br_oid name;
	struct names names;
	unsigned question = 0, all = 0;

	names.n = 0; /* the list is not worth clearing */
	for (walk.name.len = 0; br_learned_step(&walk); all++) {
		if (br_oid_from_ber(&name, walk.name.ber, walk.name.len) != BR_OK)
			return false;
		if (all && names.n == plan->sizes[question]) {
			names.n = 0;
			question++;
		}
		if (question == BR_LEARNED_ASKS || names.n >= BR_PDU_MAX_NAMES ||
		    (names.n == 0) != ((walk.flags & BR_ENTRY_BEGINS) != 0) ||
		    !note_name(&names, &walk.name))
			return false;
	}
	return names.n == plan->sizes[question] && all == plan->n_entries &&
	       walk.at == walk.end &&
	       (question + 1 == BR_LEARNED_ASKS || plan->sizes[question + 1] == 0);
}

bool br_learned_sound(struct br_view learned)
{
	struct br_learned_plan plan;

	return br_learned_open(learned, &plan) && is_divided(&plan);
}

/* The next entry of mib-2: what is a maker's, or the imaging counters', is asked as there is
 * room.
 */
static bool step_standard(struct br_learned_walk *walk)
{
	static const uint8_t mib_2[] = {0x2b, 6, 1, 2, 1};

	while (br_learned_step(walk))
		if (br_oid_below(walk->name.ber, walk->name.len, mib_2, sizeof mib_2))
			return true;
	return false;
}

bool br_learned_alike(struct br_view a, struct br_view b)
{
	struct br_learned_plan first, second;
	struct br_learned_walk one = {0}, other = {0};

	if (!br_learned_open(a, &first) || !br_learned_open(b, &second) ||
	    first.n_parts != second.n_parts ||
	    memcmp(first.parts, second.parts, 5u * first.n_parts) != 0)
		return false;
	one.at = first.entries;
	one.end = first.end;
	other.at = second.entries;
	other.end = second.end;
	while (step_standard(&one))
		if (!step_standard(&other) || one.name.len != other.name.len ||
		    memcmp(one.name.ber, other.name.ber, one.name.len) != 0)
			return false;
	return !step_standard(&other) && one.at == one.end && other.at == other.end;
}

void br_learned_each(struct br_view learned, br_learned_fn each, void *user)
{
	struct br_learned_plan plan;
	struct br_learned_walk walk = {0};
	struct br_oid name;

	if (!br_learned_sound(learned) || !br_learned_open(learned, &plan))
		return;
	walk.at = plan.entries;
	walk.end = plan.end;
	while (br_learned_step(&walk))
		each(user, &walk.name, false);
	for (uint32_t column = 0;
	     plan.alert_question != BR_ALERTS_NONE && column < BR_ALERT_COLUMNS; column++)
		if (br_oid_from_ber(&name, br_alert_prefix, sizeof br_alert_prefix) == BR_OK &&
		    br_oid_append(&name, column + 2) == BR_OK)
			each(user, &name, true);
}

struct br_tolerance br_learned_tolerance(struct br_view learned)
{
	struct br_learned_plan plan;

	if (!br_learned_sound(learned) || !br_learned_open(learned, &plan))
		return (struct br_tolerance){0};
	return plan.tolerance;
}

bool br_learned_v1_only(struct br_view learned)
{
	struct br_learned_plan plan;

	return br_learned_sound(learned) && br_learned_open(learned, &plan) &&
	       plan.flags & BR_LEARNED_V1;
}

unsigned br_learned_questions(struct br_view learned)
{
	struct br_learned_plan plan;
	unsigned n = 0;

	if (!br_learned_sound(learned) || !br_learned_open(learned, &plan))
		return 0;
	while (n < BR_LEARNED_ASKS && plan.sizes[n])
		n++;
	return n + (plan.alert_question == BR_ALERTS_ALONE);
}
