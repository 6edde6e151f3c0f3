/*
 * ask_choose.c - which cursors the next question asks, and how many rows of each.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/ask.h"

#define FIRST_GUESS 3 /* rows expected of a table that nothing is known of */
#define NEXT_GUESS  6 /* further rows expected of one that had as many */

/*
 * Values that a cursor still owes, as far as is known. While the key runs, its table waits:
 * with the number of rows known it comes without waste.
 */
static unsigned owed(const struct br_group *group, const struct br_cursor *cursor, bool is_key,
		     bool first_question)
{
	if (group->exact)
		return 1;
	if (is_key && !group->key_done) {
		if (cursor->rows == 0)
			return first_question && group->cap > 1 ? FIRST_GUESS : 1;
		return cursor->rows > NEXT_GUESS ? cursor->rows : NEXT_GUESS;
	}
	if (!group->key_done) /* a table of one row a printer: it is likely there */
		return first_question && group->cap <= BR_ASK_ONE_A_DEVICE ? 1 : 0;
	if (group->rows > cursor->rows)
		return group->rows - cursor->rows;
	return 1; /* a hole in the column, or the last column, which looks for its end */
}

/* The cursors that owe something: in the last questions of a printer they are few. */
struct owing {
	size_t n;
	bool pressing; /* not only looks */
	uint8_t cursor[BR_ASK_CURSORS], values[BR_ASK_CURSORS], weight[BR_ASK_CURSORS];
};

static void find_owing_in(const struct br_ask *ask, const struct br_group *group,
			  struct owing *owing)
{
	size_t end = (size_t)group->first + group->n;

	for (size_t c = group->first; c < end; c++) {
		const struct br_cursor *cursor = &ask->cursors[c];
		unsigned values =
			cursor->done ? 0
				     : owed(group, cursor, group->key == c, ask->n_asked == 0);

		if (values == 0)
			continue;
		owing->pressing = owing->pressing || !cursor->looks;
		owing->cursor[owing->n] = (uint8_t)c;
		owing->values[owing->n] = (uint8_t)(values < UINT8_MAX ? values : UINT8_MAX);
		owing->weight[owing->n++] = cursor->weight;
	}
}

/* Octets that come if repetitions is m: exactly what is owed, nothing else. */
static unsigned worth(const struct owing *owing, unsigned m)
{
	unsigned octets = 0;

	for (size_t i = 0; i < owing->n; i++)
		if (owing->values[i] >= m)
			octets += m * owing->weight[i];
	return octets;
}

/*
 * Repetitions that bring all that is owed in one reply, although shorter columns then run over
 * their ends; 0 if it would not fit. The row more shows where last columns end.
 */
static unsigned all_at_once(const struct owing *owing, const struct br_tolerance *tolerance)
{
	unsigned most = 0, octets = 0;

	for (size_t i = 0; i < owing->n; i++)
		most = owing->values[i] > most ? owing->values[i] : most;
	most += most > 1;
	for (size_t i = 0; i < owing->n; i++)
		octets += (owing->values[i] > 1 ? most : 1) * owing->weight[i];
	return octets <= tolerance->reply_octets && owing->n <= tolerance->max_names &&
			       most <= tolerance->max_repetitions
		       ? most
		       : 0;
}

/* The number of rows for which most octets come that were wanted. */
static unsigned best_repetitions(const struct owing *owing,
				 const struct br_tolerance *tolerance)
{
	unsigned best = 1, best_worth = 0;
	bool weighed[UINT8_MAX + 1] = {false}; /* the columns of a table mostly owe alike */

	for (size_t i = 0; i < owing->n; i++) {
		unsigned m = owing->values[i] < tolerance->max_repetitions
				     ? owing->values[i]
				     : tolerance->max_repetitions;
		unsigned value;

		if (m < 2 || weighed[m])
			continue;
		weighed[m] = true;
		value = worth(owing, m);
		if (value > tolerance->reply_octets)
			value = tolerance->reply_octets;
		if (value > best_worth || (value == best_worth && m > best)) {
			best = m;
			best_worth = value;
		}
	}
	return best;
}

static void add_asked(struct br_ask *ask, uint8_t c)
{
	ask->asked[ask->n_asked++] = c;
}

/* Single values first, then as many columns as owe `repetitions` rows. */
static void choose_bulk(struct br_ask *ask, const struct owing *owing,
			const struct br_tolerance *tolerance)
{
	unsigned all = all_at_once(owing, tolerance), octets = 0;
	unsigned best = all ? all : best_repetitions(owing, tolerance), least = all ? 2 : best;

	for (size_t i = 0; i < owing->n; i++) {
		if ((owing->values[i] > 1 && best > 1) ||
		    ask->n_asked == tolerance->max_names ||
		    (ask->n_asked && octets + owing->weight[i] > tolerance->reply_octets))
			continue;
		octets += owing->weight[i];
		add_asked(ask, owing->cursor[i]);
	}
	ask->non_repeaters = ask->n_asked;
	if (best < 2)
		return;
	for (size_t i = 0; i < owing->n && ask->n_asked < tolerance->max_names; i++) {
		if (owing->values[i] < least || octets >= tolerance->reply_octets)
			continue;
		octets += best * owing->weight[i];
		add_asked(ask, owing->cursor[i]);
	}
	ask->repetitions = (uint8_t)best;
}

/* One value of each, as many as a reply is expected to hold. */
static void choose_next(struct br_ask *ask, const struct owing *owing,
			const struct br_tolerance *tolerance)
{
	unsigned octets = 0;

	for (size_t i = 0; i < owing->n && ask->n_asked < tolerance->max_names; i++) {
		if (ask->n_asked && octets + owing->weight[i] > tolerance->reply_octets)
			continue;
		octets += owing->weight[i];
		add_asked(ask, owing->cursor[i]);
	}
}

bool br_ask_choose(struct br_ask *ask, const struct br_tolerance *tolerance)
{
	struct owing owing; /* only what is owed is ever written */

	owing.n = 0;
	owing.pressing = false;
	for (size_t g = 0; g < ask->n_groups; g++)
		find_owing_in(ask, &ask->groups[g], &owing);
	if (!owing.pressing)
		return false;
	ask->n_asked = ask->non_repeaters = 0;
	ask->repetitions = 1;
	if (tolerance->no_bulk)
		choose_next(ask, &owing, tolerance);
	else
		choose_bulk(ask, &owing, tolerance);
	return true;
}
