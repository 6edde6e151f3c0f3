/*
 * discontinuity.c - when the way from one value to the next is no ordinary one.
 *
 * What happened is marked and never evened out: a dealer bills by these counters, and a
 * replaced board is no printing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

/*
 * Nothing prints faster than this: the fastest sheet-fed machines make about 300 sides a
 * minute, and one side may count as several images. Lengths and areas run faster, and are none
 * of these. The slack is what may come at once, after a job that was counted at its end.
 */
enum { A_SECOND = 20, A_SECOND_LONG = 500, SLACK = 1000 };

enum { NEARLY_NOTHING = 100, REFILL_LEAST = 10 };

static bool is_long(struct br_view name)
{
	static const char *const names[] = {"length_cm", "length_inch", "head_inch",
					    "square_dm"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (br_view_is(name, names[i]))
			return true;
	return false;
}

/* From the last sixteenth below the power to the first sixteenth above nothing. */
static bool rolled_over(int64_t before, int64_t after, int64_t power)
{
	return before < power && before >= power - power / 16 && after < power / 16;
}

static enum br_break_kind fall(int64_t before, int64_t after)
{
	if (after >= 0 && (rolled_over(before, after, INT64_C(1) << 31) ||
			   rolled_over(before, after, INT64_C(1) << 32)))
		return BR_BREAK_ROLLOVER;
	if (after < NEARLY_NOTHING || after < before / 100)
		return BR_BREAK_RESET;
	return BR_BREAK_BACK;
}

static int64_t rise(int64_t before, int64_t after)
{
	int64_t risen;

	return __builtin_sub_overflow(after, before, &risen) ? INT64_MAX : risen;
}

static bool jumped(struct br_view name, int64_t before, int64_t after, int64_t seconds)
{
	const int64_t rate = is_long(name) ? A_SECOND_LONG : A_SECOND;
	const int64_t risen = rise(before, after);

	return risen > SLACK && (risen - SLACK) / rate > seconds;
}

bool br_discontinuity(const struct br_fact_value *after, int64_t before, int64_t seconds,
		      enum br_break_kind *kind)
{
	if (after->kind == BR_SERIES_LEVEL) {
		*kind = BR_BREAK_REFILL;
		return after->value > before && rise(before, after->value) >= REFILL_LEAST;
	}
	*kind = BR_BREAK_JUMP;
	if (after->value >= before)
		return jumped(after->name, before, after->value, seconds);
	*kind = fall(before, after->value);
	return true;
}
