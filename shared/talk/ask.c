/*
 * ask.c - cursors over columns: how they are named, and where an answer moves them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/ask.h"

#include <string.h>

void br_ask_init(struct br_ask *ask)
{
	ask->n_cursors = ask->n_groups = ask->n_asked = 0;
	ask->endless = ask->too_long = ask->backward = false;
}

bool br_ask_table(struct br_ask *ask, const uint8_t *prefix, size_t prefix_len, uint8_t cap)
{
	if (ask->n_groups == BR_ASK_GROUPS || prefix_len == 0 || prefix_len > BR_ASK_NAME - 8)
		return false;
	ask->groups[ask->n_groups++] = (struct br_group){.prefix = prefix,
							 .prefix_len = (uint8_t)prefix_len,
							 .first = ask->n_cursors,
							 .key = ask->n_cursors,
							 .cap = cap};
	return true;
}

static void set_index(struct br_group *group, const uint8_t *index, size_t len)
{
	group->index_len = (uint8_t)len;
	memcpy(group->index, index, len);
}

bool br_ask_row(struct br_ask *ask, const uint8_t *prefix, size_t prefix_len,
		const uint8_t *index, size_t index_len)
{
	struct br_group *group = &ask->groups[ask->n_groups];

	if (index_len == 0 || index_len > BR_ASK_INDEX ||
	    !br_ask_table(ask, prefix, prefix_len, 1))
		return false;
	group->exact = group->key_done = true;
	set_index(group, index, index_len);
	return true;
}

bool br_ask_column(struct br_ask *ask, uint32_t column, uint8_t weight)
{
	if (ask->n_cursors == BR_ASK_CURSORS || ask->n_groups == 0)
		return false;
	ask->cursors[ask->n_cursors++] = (struct br_cursor){
		.column = column, .weight = weight, .group = (uint8_t)(ask->n_groups - 1)};
	ask->groups[ask->n_groups - 1].n++;
	return true;
}

/* The arc behind the table's prefix, and where the index begins; false outside of the table. */
static inline bool column_of(const struct br_group *group, const uint8_t *name, size_t len,
			     uint32_t *column, const uint8_t **index)
{
	if (len <= group->prefix_len ||
	    !br_oid_below(name, len, group->prefix, group->prefix_len))
		return false;
	*index = name + group->prefix_len;
	return br_oid_next_arc(index, name + len, column);
}

bool br_ask_has(const struct br_ask *ask, const uint8_t *name, size_t len, bool exact)
{
	for (size_t g = 0; g < ask->n_groups; g++) {
		const struct br_group *group = &ask->groups[g];
		size_t index_len = exact ? group->index_len : 0;
		const uint8_t *index;
		uint32_t column;

		if (group->exact != exact || !column_of(group, name, len, &column, &index) ||
		    (size_t)(name + len - index) != index_len ||
		    memcmp(index, group->index, index_len) != 0)
			continue;
		for (size_t c = group->first; c < (size_t)group->first + group->n; c++)
			if (ask->cursors[c].column == column)
				return true;
	}
	return false;
}

/* The last column of its table. */
static bool is_tail(const struct br_ask *ask, size_t c)
{
	const struct br_group *group = &ask->groups[ask->cursors[c].group];

	return c + 1u == (size_t)group->first + group->n;
}

void br_oid_before(struct br_oid *oid)
{
	size_t start = oid->len - 1u;
	const uint8_t *at;
	uint32_t arc;

	while (start > 0 && oid->ber[start - 1] & 0x80)
		start--;
	at = oid->ber + start;
	if (!br_oid_next_arc(&at, oid->ber + oid->len, &arc))
		return;
	oid->len = (uint8_t)start;
	if (arc > 0 && br_oid_append(oid, arc - 1) != BR_OK)
		oid->len = (uint8_t)start;
}

/* The column's own name, or the instance's. */
static void name_of(const struct br_group *group, const struct br_cursor *cursor,
		    struct br_oid *name)
{
	name->len = group->prefix_len;
	memcpy(name->ber, group->prefix, group->prefix_len);
	if (br_oid_append(name, cursor->column) != BR_OK || !group->exact)
		return; /* there is room: br_ask_table saw to it */
	memcpy(name->ber + name->len, group->index, group->index_len);
	name->len = (uint8_t)(name->len + group->index_len);
}

void br_ask_expect(const struct br_ask *ask)
{
	enum { LINE = 64 };
	const char *cursors = (const char *)ask->cursors, *groups = (const char *)ask->groups;

	for (size_t at = 0; at < ask->n_cursors * sizeof ask->cursors[0]; at += LINE)
		__builtin_prefetch(cursors + at, 1);
	for (size_t at = 0; at < ask->n_groups * sizeof ask->groups[0]; at += LINE)
		__builtin_prefetch(groups + at, 1);
}

void br_ask_names(const struct br_ask *ask, const struct br_harvest *harvest,
		  struct br_oid *names)
{
	for (size_t k = 0; k < ask->n_asked; k++) {
		const struct br_cursor *cursor = &ask->cursors[ask->asked[k]];
		const struct br_group *group = &ask->groups[cursor->group];

		if (cursor->rows) { /* it stands on a name that the harvest holds */
			names[k].len = harvest->data[cursor->at - 1];
			memcpy(names[k].ber, harvest->data + cursor->at, names[k].len);
			continue;
		}
		name_of(group, cursor, &names[k]);
		if (group->exact)
			br_oid_before(&names[k]);
	}
}

/* The key ended. Where it had no rows, the column in which the walk came out is the key now. */
static void end_key(struct br_ask *ask, struct br_group *group,
		    const struct br_varbind *varbind)
{
	size_t end = (size_t)group->first + group->n;
	const uint8_t *index;
	uint32_t column;

	group->key_done = true;
	if (group->rows > 0)
		return;
	if (!varbind || !column_of(group, varbind->name, varbind->name_len, &column, &index)) {
		for (size_t c = group->first; c < end; c++)
			ask->cursors[c].done = true;
		return;
	}
	for (size_t c = group->key; c < end; c++) {
		struct br_cursor *cursor = &ask->cursors[c];

		if (cursor->done)
			continue;
		if (cursor->column >= column) {
			group->key = (uint8_t)c;
			group->key_done = false;
			return;
		}
		cursor->done = cursor->left = true; /* passed over: it has no rows */
	}
}

static void leave(struct br_ask *ask, size_t c, const struct br_varbind *varbind)
{
	struct br_cursor *cursor = &ask->cursors[c];
	struct br_group *group = &ask->groups[cursor->group];

	cursor->done = cursor->left = true;
	if (group->key == c && !group->key_done)
		end_key(ask, group, varbind);
}

/* A column found a row behind the key's last: the others may have it too. */
static void extend(struct br_ask *ask, struct br_group *group, const uint8_t *index, size_t len)
{
	set_index(group, index, len);
	group->rows++;
	ask->cursors[group->first + group->n - 1u].looks = false;
	for (size_t c = group->first; c < (size_t)group->first + group->n; c++)
		if (ask->cursors[c].done && !ask->cursors[c].left)
			ask->cursors[c].done = false;
}

/* A value inside the column: the cursor moves there. */
static void advance(struct br_ask *ask, size_t c, const uint8_t *index, size_t len)
{
	struct br_cursor *cursor = &ask->cursors[c];
	struct br_group *group = &ask->groups[cursor->group];
	bool is_key = group->key == c && !group->key_done;
	int order;

	cursor->rows++;
	if (is_key) {
		set_index(group, index, len);
		group->rows = cursor->rows;
	}
	if (cursor->rows >= group->cap) {
		ask->endless =
			ask->endless ||
			group->cap > BR_ASK_ONE_A_DEVICE; /* of those the first are enough */
		leave(ask, c, NULL);
	}
	if (is_key || !group->key_done)
		return;
	order = br_oid_compare(index, len, group->index, group->index_len);
	if (order > 0)
		extend(ask, group, index, len);
	else if (order == 0 && is_tail(ask, c))
		cursor->looks = group->casual; /* for a row that the key has not */
	else if (order == 0)
		cursor->done = true; /* caught up with the key */
}

/* Something else than what was asked, or nothing more: does it at least come later? */
static enum br_ask_verdict take_other(struct br_ask *ask, size_t c,
				      const struct br_varbind *varbind)
{
	const struct br_cursor *cursor = &ask->cursors[c];
	const struct br_group *group = &ask->groups[cursor->group];
	struct br_oid name;

	if (varbind->name_len == 0 || varbind->name_len > BR_OID_BYTES ||
	    !br_oid_is_good(varbind->name, varbind->name_len)) {
		ask->too_long = true;
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	if (varbind->value.tag == BR_BER_END_OF_MIB) {
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	name_of(group, cursor, &name);
	if (group->exact)
		br_oid_before(&name);
	if (br_oid_compare(varbind->name, varbind->name_len, name.ber, name.len) <= 0)
		return BR_ASK_BACKWARD;
	leave(ask, c, varbind);
	return BR_ASK_GOOD;
}

/* The instance that was asked for. */
static enum br_ask_verdict take_exact(struct br_ask *ask, size_t c,
				      const struct br_varbind *varbind,
				      struct br_harvest *harvest)
{
	if (!br_varbind_is_absent(varbind) && br_harvest_add(harvest, varbind) != BR_OK)
		return BR_ASK_MEMORY;
	ask->cursors[c].done = true;
	return BR_ASK_GOOD;
}

/* A row of the column. One without a value is kept too: the cursor stands on its name. */
static enum br_ask_verdict keep_row(struct br_ask *ask, size_t c,
				    const struct br_varbind *varbind, const uint8_t *index,
				    struct br_harvest *harvest)
{
	size_t at = harvest->len;

	if (br_harvest_add(harvest, varbind) != BR_OK)
		return BR_ASK_MEMORY;
	if (harvest->len == at) { /* it is full, and says so */
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	ask->cursors[c].at = (uint32_t)(at + (size_t)(varbind->name - varbind->raw));
	advance(ask, c, index, (size_t)(varbind->name + varbind->name_len - index));
	return BR_ASK_GOOD;
}

static enum br_ask_verdict take_row(struct br_ask *ask, size_t c,
				    const struct br_varbind *varbind, const uint8_t *index,
				    struct br_harvest *harvest)
{
	const struct br_cursor *cursor = &ask->cursors[c];
	size_t len = (size_t)(varbind->name + varbind->name_len - index);
	size_t before = varbind->name_len - len; /* octets of a name until its index begins */

	if (cursor->rows && br_oid_compare(index, len, harvest->data + cursor->at + before,
					   harvest->data[cursor->at - 1] - before) <= 0)
		return BR_ASK_BACKWARD;
	if (varbind->name_len > BR_ASK_NAME || len > BR_ASK_INDEX) {
		ask->too_long = true;
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	return keep_row(ask, c, varbind, index, harvest);
}

/* The name on which the cursor stands, but with a greater last arc, each of one octet: as good
 * as that one, in the same column, and behind it. Most rows come so. */
static bool is_next(const struct br_cursor *cursor, const struct br_varbind *varbind,
		    const struct br_harvest *harvest)
{
	const uint8_t *stands;
	size_t last = varbind->name_len - 1;

	if (cursor->rows == 0)
		return false;
	stands = harvest->data + cursor->at;
	return varbind->name_len == stands[-1] && varbind->name[last] > stands[last] &&
	       varbind->name[last] < 0x80 && varbind->value.tag != BR_BER_END_OF_MIB &&
	       br_oid_same(varbind->name, stands, last);
}

static enum br_ask_verdict take_one(struct br_ask *ask, size_t c,
				    const struct br_varbind *varbind,
				    struct br_harvest *harvest)
{
	const struct br_cursor *cursor = &ask->cursors[c];
	const struct br_group *group = &ask->groups[cursor->group];
	const uint8_t *end = varbind->name + varbind->name_len, *index;
	uint32_t column;
	size_t len;

	if (is_next(cursor, varbind, harvest)) {
		index = varbind->name + group->prefix_len;
		if (br_oid_next_arc(&index, end, &column))
			return keep_row(ask, c, varbind, index, harvest);
	}
	/* The prefix is known to be good, so only what follows is looked at octet by octet. */
	if (varbind->name_len > BR_OID_BYTES || varbind->value.tag == BR_BER_END_OF_MIB ||
	    !column_of(group, varbind->name, varbind->name_len, &column, &index) ||
	    column != cursor->column ||
	    !br_oid_is_good(varbind->name + group->prefix_len,
			    varbind->name_len - group->prefix_len))
		return take_other(ask, c, varbind);
	len = (size_t)(end - index);
	if (!group->exact && len > 0)
		return take_row(ask, c, varbind, index, harvest);
	if (group->exact && len == group->index_len && memcmp(index, group->index, len) == 0)
		return take_exact(ask, c, varbind, harvest);
	return take_other(ask, c, varbind);
}

enum br_ask_verdict br_ask_take(struct br_ask *ask, struct br_ber varbinds, bool strict,
				struct br_harvest *harvest)
{
	size_t k = 0, at = 0, repeaters = ask->n_asked - ask->non_repeaters;
	size_t most = ask->non_repeaters + repeaters * ask->repetitions;
	struct br_varbind varbind;
	bool broken;

	for (; k < most && br_varbind_take(&varbinds, &varbind, &broken); k++) {
		size_t c = ask->asked[at];
		enum br_ask_verdict verdict = BR_ASK_GOOD;

		at = at + 1 < ask->n_asked ? at + 1 : ask->non_repeaters;
		if (!ask->cursors[c].done)
			verdict = take_one(ask, c, &varbind, harvest);
		if (verdict == BR_ASK_BACKWARD && strict) {
			/* The name itself with "no such instance" is how some say that there is
			 * no more. */
			ask->backward = ask->backward || !br_varbind_is_absent(&varbind);
			leave(ask, c, NULL);
		} else if (verdict != BR_ASK_GOOD) {
			return verdict;
		}
	}
	if (k < most && broken)
		return k ? BR_ASK_GOOD : BR_ASK_BROKEN;
	return k ? BR_ASK_GOOD : BR_ASK_NOTHING;
}

void br_ask_drop(struct br_ask *ask, size_t k)
{
	for (size_t i = 0; i < ask->n_asked; i++)
		if (k == 0 || i + 1 == k)
			leave(ask, ask->asked[i], NULL);
}

bool br_ask_group_done(const struct br_ask *ask, const uint8_t *prefix, size_t prefix_len)
{
	for (size_t g = 0; g < ask->n_groups; g++) {
		const struct br_group *group = &ask->groups[g];

		if (group->n && !group->exact && group->prefix_len == prefix_len &&
		    memcmp(group->prefix, prefix, prefix_len) == 0)
			return group->key_done;
	}
	return true;
}

size_t br_ask_owes_exact(const struct br_ask *ask)
{
	size_t n = 0;

	for (size_t c = 0; c < ask->n_cursors; c++)
		n += ask->groups[ask->cursors[c].group].exact && !ask->cursors[c].done;
	return n;
}
