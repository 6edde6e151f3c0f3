/*
 * ask.c - cursors over columns. See ask.h for the idea.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/ask.h"

#include <string.h>

#define FIRST_GUESS  3 /* rows expected of a table that nothing is known of */
#define ONE_A_DEVICE 16
#define NEXT_GUESS   6 /* further rows expected of one that had as many */

void br_ask_init(struct br_ask *ask)
{
	ask->n_cursors = ask->n_groups = ask->n_asked = 0;
	ask->endless = ask->too_long = ask->backward = false;
}

bool br_ask_table(struct br_ask *ask, const uint8_t *prefix, size_t prefix_len, uint16_t cap)
{
	struct br_group *group = &ask->groups[ask->n_groups];

	if (ask->n_groups == BR_ASK_GROUPS || prefix_len > BR_ASK_NAME - 8)
		return false;
	*group = (struct br_group){.first = ask->n_cursors,
				   .key = ask->n_cursors,
				   .prefix_len = (uint8_t)prefix_len,
				   .cap = cap};
	if (ask->n_cursors < BR_ASK_CURSORS)
		memcpy(ask->cursors[ask->n_cursors].name, prefix, prefix_len);
	ask->n_groups++;
	return true;
}

static struct br_cursor *new_cursor(struct br_ask *ask, const struct br_oid *name,
				    uint8_t weight)
{
	struct br_cursor *cursor;

	if (ask->n_cursors == BR_ASK_CURSORS || name->len > BR_ASK_NAME - 4)
		return NULL;
	cursor = &ask->cursors[ask->n_cursors++];
	*cursor = (struct br_cursor){.column_len = name->len,
				     .len = name->len,
				     .weight = weight,
				     .group = (uint8_t)(ask->n_groups - 1)};
	memcpy(cursor->name, name->ber, name->len);
	ask->groups[cursor->group].n++;
	return cursor;
}

bool br_ask_column(struct br_ask *ask, uint32_t column, uint8_t weight)
{
	const struct br_group *group = &ask->groups[ask->n_groups - 1];
	struct br_oid name;

	if (ask->n_cursors == BR_ASK_CURSORS ||
	    br_oid_from_ber(&name, ask->cursors[group->first].name, group->prefix_len) !=
		    BR_OK ||
	    br_oid_append(&name, column) != BR_OK)
		return false;
	return new_cursor(ask, &name, weight) != NULL;
}

bool br_ask_exact(struct br_ask *ask, const struct br_oid *name, uint8_t weight)
{
	struct br_cursor *cursor;

	if (ask->n_cursors == BR_ASK_CURSORS || !br_ask_table(ask, name->ber, name->len, 1))
		return false;
	cursor = new_cursor(ask, name, weight);
	if (cursor)
		cursor->exact = true;
	return cursor != NULL;
}

/* The last column of its table. */
static bool is_tail(const struct br_ask *ask, size_t c)
{
	const struct br_group *group = &ask->groups[ask->cursors[c].group];

	return c + 1u == (size_t)group->first + group->n;
}

/*
 * Values that a cursor still owes, as far as is known. While the key runs, its table waits:
 * with the number of rows known it comes without waste.
 */
static unsigned owed(const struct br_ask *ask, size_t c)
{
	const struct br_cursor *cursor = &ask->cursors[c];
	const struct br_group *group = &ask->groups[cursor->group];
	bool first_question = ask->n_asked == 0;

	if (cursor->done)
		return 0;
	if (cursor->exact)
		return 1;
	if (group->key == c && !group->key_done) {
		if (cursor->rows == 0)
			return first_question && group->cap > 1 ? FIRST_GUESS : 1;
		return cursor->rows > NEXT_GUESS ? cursor->rows : NEXT_GUESS;
	}
	if (!group->key_done) /* a table of one row a printer: it is likely there */
		return first_question && group->cap <= ONE_A_DEVICE ? 1 : 0;
	if (group->rows > cursor->rows)
		return group->rows - cursor->rows;
	return 1; /* a hole in the column, or the last column: it is followed to its end */
}

/* Octets that come if repetitions is m: exactly what is owed, nothing else. */
static unsigned worth(const unsigned *owes, const struct br_ask *ask, unsigned m)
{
	unsigned octets = 0;

	for (size_t c = 0; c < ask->n_cursors; c++)
		if (owes[c] >= m && m > 1)
			octets += m * ask->cursors[c].weight;
	return octets;
}

static void add_asked(struct br_ask *ask, size_t c)
{
	ask->asked[ask->n_asked++] = (uint8_t)c;
}

/*
 * Repetitions that bring all that is owed in one reply, although shorter columns then run over
 * their ends; 0 if it would not fit. The row more shows where last columns end.
 */
static unsigned all_at_once(const struct br_ask *ask, const unsigned *owes,
			    const struct br_tolerance *tolerance)
{
	unsigned most = 0, octets = 0, names = 0;

	for (size_t c = 0; c < ask->n_cursors; c++)
		most = owes[c] > most ? owes[c] : most;
	most += most > 1;
	for (size_t c = 0; c < ask->n_cursors; c++) {
		octets += (owes[c] > 1 ? most : owes[c]) * ask->cursors[c].weight;
		names += owes[c] > 0;
	}
	return octets <= tolerance->reply_octets && names <= tolerance->max_names &&
			       most <= tolerance->max_repetitions
		       ? most
		       : 0;
}

/* The number of rows for which most octets come that were wanted. */
static unsigned best_repetitions(const struct br_ask *ask, const unsigned *owes,
				 const struct br_tolerance *tolerance)
{
	unsigned best = 1, best_worth = 0;

	for (size_t c = 0; c < ask->n_cursors; c++) {
		unsigned m = owes[c] < tolerance->max_repetitions ? owes[c]
								  : tolerance->max_repetitions;
		unsigned value;

		/* The columns of a table mostly owe alike: each number is weighed once, or
		 * nearly. */
		if (m < 2 || (c > 0 && owes[c] == owes[c - 1]))
			continue;
		value = worth(owes, ask, m);
		if (value > tolerance->reply_octets)
			value = tolerance->reply_octets;
		if (value > best_worth || (value == best_worth && m > best)) {
			best = m;
			best_worth = value;
		}
	}
	return best;
}

/* Single values first, then as many columns as owe `repetitions` rows. */
static void choose_bulk(struct br_ask *ask, const unsigned *owes,
			const struct br_tolerance *tolerance)
{
	unsigned all = all_at_once(ask, owes, tolerance), octets = 0;
	unsigned best = all ? all : best_repetitions(ask, owes, tolerance),
		 least = all ? 2 : best;

	ask->n_asked = 0;
	for (size_t c = 0; c < ask->n_cursors; c++) {
		bool single = owes[c] == 1 || (best < 2 && owes[c] > 1);

		if (!single || ask->n_asked == tolerance->max_names ||
		    (ask->n_asked && octets + ask->cursors[c].weight > tolerance->reply_octets))
			continue;
		octets += ask->cursors[c].weight;
		add_asked(ask, c);
	}
	ask->non_repeaters = ask->n_asked;
	ask->repetitions = 1;
	if (best < 2)
		return;
	for (size_t c = 0; c < ask->n_cursors && ask->n_asked < tolerance->max_names; c++) {
		if (owes[c] < least || octets >= tolerance->reply_octets)
			continue;
		octets += best * ask->cursors[c].weight;
		add_asked(ask, c);
	}
	ask->repetitions = (uint8_t)best;
}

/* One value of each, as many as a reply is expected to hold. */
static void choose_next(struct br_ask *ask, const unsigned *owes,
			const struct br_tolerance *tolerance)
{
	unsigned octets = 0;

	ask->n_asked = ask->non_repeaters = 0;
	ask->repetitions = 1;
	for (size_t c = 0; c < ask->n_cursors && ask->n_asked < tolerance->max_names; c++) {
		if (owes[c] == 0 ||
		    (ask->n_asked && octets + ask->cursors[c].weight > tolerance->reply_octets))
			continue;
		octets += ask->cursors[c].weight;
		add_asked(ask, c);
	}
}

bool br_ask_choose(struct br_ask *ask, const struct br_tolerance *tolerance)
{
	unsigned owes[BR_ASK_CURSORS];
	bool any = false;

	for (size_t c = 0; c < ask->n_cursors; c++) {
		owes[c] = owed(ask, c);
		any = any || owes[c];
	}
	if (!any)
		return false;
	if (tolerance->no_bulk)
		choose_next(ask, owes, tolerance);
	else
		choose_bulk(ask, owes, tolerance);
	return true;
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

void br_ask_names(const struct br_ask *ask, struct br_oid *names)
{
	for (size_t k = 0; k < ask->n_asked; k++) {
		const struct br_cursor *cursor = &ask->cursors[ask->asked[k]];

		names[k].len = cursor->len;
		memcpy(names[k].ber, cursor->name, cursor->len);
		if (cursor->exact)
			br_oid_before(&names[k]);
	}
}

static void set_last(struct br_group *group, const uint8_t *index, size_t len)
{
	group->last_len = (uint8_t)(len <= BR_ASK_INDEX ? len : BR_ASK_INDEX);
	memcpy(group->last, index, group->last_len);
}

/* The key ended. Where it had no rows, the column in which the walk came out is the key now. */
static void end_key(struct br_ask *ask, struct br_group *group,
		    const struct br_varbind *varbind)
{
	struct br_cursor *key = &ask->cursors[group->key];
	bool in_table = varbind && br_oid_below(varbind->name, varbind->name_len, key->name,
						group->prefix_len);

	if (group->rows > 0 || !in_table) {
		group->key_done = true;
		for (size_t c = group->first;
		     c < (size_t)group->first + group->n && group->rows == 0; c++)
			ask->cursors[c].done = true;
		return;
	}
	for (size_t c = group->key; c < (size_t)group->first + group->n; c++) {
		struct br_cursor *cursor = &ask->cursors[c];

		if (!cursor->done &&
		    br_oid_compare(cursor->name,
				   cursor->column_len + 1u > cursor->len ? cursor->len
									 : cursor->column_len,
				   varbind->name, varbind->name_len) <= 0 &&
		    !br_oid_below(varbind->name, varbind->name_len, cursor->name,
				  cursor->column_len)) {
			cursor->done = cursor->left = true; /* passed over: it has no rows */
		} else if (!cursor->done) {
			group->key = (uint8_t)c;
			return;
		}
	}
	group->key_done = true;
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
	set_last(group, index, len);
	group->rows++;
	for (size_t c = group->first; c < (size_t)group->first + group->n; c++)
		if (ask->cursors[c].done && !ask->cursors[c].left)
			ask->cursors[c].done = false;
}

/* A value inside the column: the cursor moves there. */
static void advance(struct br_ask *ask, size_t c, const struct br_varbind *varbind)
{
	struct br_cursor *cursor = &ask->cursors[c];
	struct br_group *group = &ask->groups[cursor->group];
	const uint8_t *index = varbind->name + cursor->column_len;
	size_t len = varbind->name_len - cursor->column_len;
	bool is_key = group->key == c && !group->key_done;
	int order;

	memcpy(cursor->name, varbind->name, varbind->name_len);
	cursor->len = (uint8_t)varbind->name_len;
	cursor->rows++;
	if (is_key) {
		set_last(group, index, len);
		group->rows = cursor->rows;
	}
	if (cursor->rows >= group->cap) {
		ask->endless = ask->endless ||
			       group->cap > ONE_A_DEVICE; /* of those the first are enough */
		leave(ask, c, NULL);
	}
	if (is_key)
		return;
	order = br_oid_compare(index, len, group->last, group->last_len);
	if (order > 0 && group->key_done)
		extend(ask, group, index, len);
	else if (order >= 0 && !is_tail(ask, c) && group->key_done)
		cursor->done = true; /* caught up with the key */
}

static enum br_ask_verdict take_one(struct br_ask *ask, size_t c,
				    const struct br_varbind *varbind,
				    struct br_harvest *harvest)
{
	struct br_cursor *cursor = &ask->cursors[c];
	struct br_oid before;

	if (varbind->value.tag == BR_BER_END_OF_MIB) {
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	before.len = cursor->len;
	memcpy(before.ber, cursor->name, cursor->len);
	if (cursor->exact)
		br_oid_before(&before);
	if (br_oid_compare(varbind->name, varbind->name_len, before.ber, before.len) <= 0)
		return BR_ASK_BACKWARD;
	if (!br_oid_below(varbind->name, varbind->name_len, cursor->name, cursor->column_len) ||
	    (cursor->exact && varbind->name_len != cursor->len)) {
		leave(ask, c, varbind);
		return BR_ASK_GOOD;
	}
	if (!cursor->exact && (varbind->name_len > BR_ASK_NAME ||
			       varbind->name_len - cursor->column_len > BR_ASK_INDEX)) {
		ask->too_long = true;
		leave(ask, c, NULL);
		return BR_ASK_GOOD;
	}
	if (!br_varbind_is_absent(varbind) && br_harvest_add(harvest, varbind) != BR_OK)
		return BR_ASK_MEMORY;
	if (cursor->exact)
		cursor->done = true;
	else
		advance(ask, c, varbind);
	return BR_ASK_GOOD;
}

enum br_ask_verdict br_ask_take(struct br_ask *ask, struct br_ber varbinds, bool strict,
				struct br_harvest *harvest)
{
	size_t k = 0, repeaters = ask->n_asked - ask->non_repeaters;
	size_t most = ask->non_repeaters + repeaters * ask->repetitions;
	struct br_varbind varbind;
	bool broken;

	for (; k < most && br_varbind_take(&varbinds, &varbind, &broken); k++) {
		size_t at = k < ask->non_repeaters
				    ? k
				    : ask->non_repeaters + (k - ask->non_repeaters) % repeaters;
		struct br_cursor *cursor = &ask->cursors[ask->asked[at]];
		struct br_oid name;
		enum br_ask_verdict verdict;

		if (cursor->done)
			continue;
		if (br_oid_from_ber(&name, varbind.name, varbind.name_len) != BR_OK) {
			ask->too_long = true;
			leave(ask, ask->asked[at], NULL);
			continue;
		}
		verdict = take_one(ask, ask->asked[at], &varbind, harvest);
		if (verdict == BR_ASK_BACKWARD && strict) {
			/* The name itself with "no such instance" is how some say that there is
			 * no more. */
			ask->backward = ask->backward || !br_varbind_is_absent(&varbind);
			leave(ask, ask->asked[at], NULL);
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

		if (group->n && group->prefix_len == prefix_len &&
		    memcmp(ask->cursors[group->first].name, prefix, prefix_len) == 0)
			return group->key_done;
	}
	return true;
}

size_t br_ask_owes_exact(const struct br_ask *ask)
{
	size_t n = 0;

	for (size_t c = 0; c < ask->n_cursors; c++)
		n += ask->cursors[c].exact && !ask->cursors[c].done;
	return n;
}
