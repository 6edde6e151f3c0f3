/*
 * schedule_test.c - when a printer is asked next: cases, two nights of changing clocks, and a
 * day of 2,000 printers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIN  60
#define HOUR 3600
#define DAY  86400

/* 2026-11-16, a Monday, 00:00 UTC. Times in the tables are seconds from here. */
#define MONDAY (INT64_C(20408) * DAY)
#define NEVER  INT64_MAX
#define NONE   INT64_MIN /* not yet: zero in the slot */

static const struct br_cadence usual = {600, 6 * 60, 12 * HOUR, 0, {{0, 0}}};
static const struct br_cadence only_full = {0, 6 * 60, 12 * HOUR, 0, {{0, 0}}};
static const struct br_cadence seldom = {6 * HOUR, 6 * 60, 12 * HOUR, 0, {{0, 0}}};
static const struct br_cadence evening = {600, 18 * 60, 12 * HOUR, 0, {{0, 0}}};
static const struct br_cadence nights = {600, 6 * 60, 12 * HOUR, 1, {{22 * 60, 5 * 60}}};
static const struct br_cadence two = {
	600, 6 * 60, 12 * HOUR, 2, {{22 * 60, 5 * 60}, {5 * 60, 7 * 60}}};
static const struct br_cadence always = {
	600, 6 * 60, 12 * HOUR, 2, {{0, 12 * 60}, {12 * 60, 0}}};
static const struct br_cadence noon = {0, 12 * 60, HOUR, 1, {{11 * 60, 14 * 60}}};
static const struct br_cadence short_break = {0, 12 * 60, 4 * HOUR, 1, {{11 * 60, 14 * 60}}};

/* clang-format off */
static const struct {
	const char *name;
	const struct br_cadence *cadence;
	int64_t tried, full; /* last_try, last_full */
	uint32_t missed, hash;
	int64_t now;
	int32_t offset_s;
	int64_t at;
	bool is_full;
} cases[] = {
	{"never asked: at once, in full", &usual, NONE, NONE, 0, 7, 8*HOUR + 5, 0, 8*HOUR + 5, true},
	{"known, not yet asked: at once",  &usual, NONE, 7*HOUR, 0, 7, 8*HOUR + 5, 0, 8*HOUR + 5, false},
	{"the second slot is its own",    &usual, 8*HOUR + 5, 8*HOUR + 5, 0, 7, 8*HOUR + 6, 0, 8*HOUR + 7, false},
	{"the next interval",             &usual, 8*HOUR + 7, 8*HOUR, 0, 7, 8*HOUR + 8, 0, 8*HOUR + 607, false},
	{"late once, not later for it",   &usual, 8*HOUR + 400, 8*HOUR, 0, 7, 8*HOUR + 401, 0, 8*HOUR + 607, false},
	{"overdue by less than a slot",   &usual, 8*HOUR + 7, 8*HOUR, 0, 7, 8*HOUR + 900, 0, 8*HOUR + 607, false},
	{"clock set forward: no making up", &usual, 8*HOUR + 7, 8*HOUR, 0, 7, 11*HOUR + 68, 0, 11*HOUR + 607, false},
	{"set forward into one's own slot", &usual, 8*HOUR + 7, 8*HOUR, 0, 7, 11*HOUR + 67, 0, 11*HOUR + 7, false},
	{"clock set back by a second",    &usual, 8*HOUR + 7, 8*HOUR, 0, 7, 8*HOUR + 6, 0, 8*HOUR + 607, false},
	{"clock set back by hours",       &usual, 11*HOUR, 8*HOUR, 0, 7, 8*HOUR + 68, 0, 8*HOUR + 607, false},
	{"full where its time has come",  &usual, 6*HOUR - 593, 6*HOUR - DAY, 0, 7, 6*HOUR - 300, 0, 6*HOUR + 7, true},
	{"status just before it",         &usual, 6*HOUR - 1193, 6*HOUR - DAY, 0, 7, 6*HOUR - 1192, 0, 6*HOUR - 593, false},
	{"full only once",                &usual, 6*HOUR + 7, 6*HOUR + 7, 0, 7, 6*HOUR + 8, 0, 6*HOUR + 607, false},
	{"full within the window",        &usual, 17*HOUR + 7, 6*HOUR - DAY, 0, 7, 17*HOUR + 8, 0, 17*HOUR + 607, true},
	{"not after the window",          &usual, 18*HOUR + 7, 6*HOUR - DAY, 0, 7, 18*HOUR + 8, 0, 18*HOUR + 607, false},
	{"a window over midnight",        &evening, DAY + 5*HOUR + 7, 6*HOUR, 0, 7, DAY + 5*HOUR + 8, 0, DAY + 5*HOUR + 607, true},
	{"local time east of UTC",        &usual, 4*HOUR - 593, 4*HOUR - DAY, 0, 7, 4*HOUR - 300, 2*HOUR, 4*HOUR + 7, true},
	{"local time west of UTC",        &usual, 14*HOUR - 593, 14*HOUR - DAY, 0, 7, 14*HOUR - 300, -8*HOUR, 14*HOUR + 7, true},
	{"a full reading days ahead is a lying clock's", &usual, 8*HOUR, 8*HOUR + 3*DAY, 0, 7, 8*HOUR + 1, 0, 8*HOUR + 7, true},
	{"a full reading seconds ahead is today's", &usual, 8*HOUR, 8*HOUR + 30, 0, 7, 8*HOUR + 1, 0, 8*HOUR + 7, false},

	{"silent once: the next slot",    &usual, 8*HOUR + 7, 6*HOUR, 1, 7, 8*HOUR + 8, 0, 8*HOUR + 607, false},
	{"silent twice: the one after",   &usual, 8*HOUR + 7, 6*HOUR, 2, 7, 8*HOUR + 8, 0, 8*HOUR + 1207, false},
	{"silent thrice",                 &usual, 8*HOUR + 7, 6*HOUR, 3, 7, 8*HOUR + 8, 0, 8*HOUR + 2407, false},
	{"silent for long: hourly",       &usual, 8*HOUR + 7, 6*HOUR, 4, 7, 8*HOUR + 8, 0, 9*HOUR + 7, false},
	{"silent for ever: hourly",       &usual, 8*HOUR + 7, 6*HOUR, UINT32_MAX, 7, 8*HOUR + 8, 0, 9*HOUR + 7, false},
	{"silent at the time of the full: a glance", &usual, 6*HOUR - 593, 6*HOUR - DAY, 1, 7, 6*HOUR - 300, 0, 6*HOUR + 7, false},
	{"silent and never read",         &usual, 8*HOUR + 7, NONE, 9, 7, 8*HOUR + 8, 0, 9*HOUR + 7, true},

	{"full only: tomorrow",           &only_full, 6*HOUR + 7, 6*HOUR + 7, 0, 7, 6*HOUR + 8, 0, DAY + 6*HOUR + 7, true},
	{"full only: missed, again",      &only_full, 6*HOUR + 7, 6*HOUR - DAY, 1, 7, 6*HOUR + 8, 0, 6*HOUR + 607, false},
	{"full only: answered, owed",     &only_full, 7*HOUR + 7, 6*HOUR - DAY, 0, 7, 7*HOUR + 8, 0, 6*HOUR + 7, true},
	{"full only: window over",        &only_full, 17*HOUR + 57*MIN, 6*HOUR - DAY, 9, 7, 17*HOUR + 58*MIN, 0, DAY + 6*HOUR + 7, false},
	{"full only: new and silent",     &only_full, 20*HOUR + 7, NONE, 1, 7, 20*HOUR + 8, 0, 20*HOUR + 607, true},
	{"full only: read early today",   &only_full, 5*HOUR + 20*MIN, 5*HOUR + 20*MIN, 0, 7, 5*HOUR + 21*MIN, 0, DAY + 6*HOUR + 7, true},
	{"seldom: the full one first",    &seldom, 3*HOUR, 6*HOUR - DAY, 0, 3*HOUR, 4*HOUR, 0, 6*HOUR, true},
	{"seldom: then status",           &seldom, 6*HOUR, 6*HOUR, 0, 3*HOUR, 7*HOUR, 0, 9*HOUR, false},

	{"into a blackout: its end, in its own second", &nights, 22*HOUR - 593, 6*HOUR, 0, 7, 22*HOUR - 500, 0, DAY + 5*HOUR + 7, false},
	{"overdue in a blackout",         &nights, 21*HOUR, 6*HOUR, 0, 7, 23*HOUR, 0, DAY + 5*HOUR + 7, false},
	{"never asked, in a blackout",    &nights, NONE, NONE, 0, 7, 23*HOUR, 0, DAY + 5*HOUR + 7, true},
	{"the last second before one",    &nights, 22*HOUR - 601, 6*HOUR, 0, 599, 22*HOUR - 600, 0, 22*HOUR - 1, false},
	{"the first second of one",       &nights, 22*HOUR - 600, 6*HOUR, 0, 0, 22*HOUR - 599, 0, DAY + 5*HOUR, false},
	{"two in a row, over the full",   &two, 22*HOUR - 593, 6*HOUR, 0, 7, 22*HOUR - 500, 0, DAY + 7*HOUR + 7, true},
	{"local blackout",                &nights, 20*HOUR - 593, 6*HOUR, 0, 7, 20*HOUR - 500, 2*HOUR, DAY + 3*HOUR + 7, false},
	{"blackout all day",              &always, 8*HOUR, 6*HOUR, 0, 7, 8*HOUR + 1, 0, NEVER, false},
	{"full only, its window blacked out", &noon, 8*HOUR, 8*HOUR, 0, 7, 8*HOUR + 1, 0, NEVER, false},
	{"full only, its begin blacked out",  &short_break, 8*HOUR, 12*HOUR - DAY, 0, 7, 8*HOUR + 1, 0, 14*HOUR + 7, true},
};
/* clang-format on */

TEST(cases)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_schedule_slot slot = {
			.last_try = cases[i].tried == NONE ? 0 : MONDAY + cases[i].tried,
			.last_full = cases[i].full == NONE ? 0 : MONDAY + cases[i].full,
			.missed = cases[i].missed,
		};
		struct br_due due = br_schedule_next(cases[i].cadence, &slot, cases[i].hash,
						     MONDAY + cases[i].now, cases[i].offset_s);

		check_case(cases[i].name);
		CHECK_INT(due.at == NEVER ? NEVER : due.at - MONDAY, cases[i].at);
		CHECK_INT(due.full, cases[i].is_full);
	}
}

struct played {
	unsigned asked, full, doubles, missed_slots, in_blackout;
	int64_t last_full_at;
};

struct play {
	const struct br_cadence *cadence;
	uint32_t hash;
	int64_t from, until, changes_at; /* UTC; the offset changes at changes_at */
	int32_t before, after;
	int64_t off_from, off_until; /* switched off */
};

static int32_t offset_at(const struct play *play, int64_t now)
{
	return now < play->changes_at ? play->before : play->after;
}

static bool is_black(const struct br_cadence *cadence, int64_t local)
{
	int64_t minute = local % DAY / 60;

	for (uint8_t i = 0; i < cadence->n_blackouts; i++) {
		struct br_hours h = cadence->blackouts[i];

		if (h.from < h.until ? minute >= h.from && minute < h.until
				     : minute >= h.from || minute < h.until)
			return true;
	}
	return false;
}

static void ask(struct played *played, struct br_schedule_slot *slot, const struct play *play,
		int64_t now, bool full)
{
	int64_t interval = play->cadence->status_s;

	played->asked++;
	played->in_blackout += is_black(play->cadence, now + offset_at(play, now));
	if (interval && slot->last_try && played->asked > 2 && !slot->missed) {
		played->doubles += now - slot->last_try < interval;
		played->missed_slots += now - slot->last_try > interval;
	}
	slot->last_try = now;
	if (now >= play->off_from && now < play->off_until) {
		slot->missed++;
		return;
	}
	slot->missed = 0;
	slot->last_ok = now;
	if (full) {
		slot->last_full = now;
		played->full++;
		played->last_full_at = now + offset_at(play, now);
	}
}

/* As the collector does: waits for the slot, asks again what is due, asks the printer. */
static struct played play(const struct play *play)
{
	struct br_schedule_slot slot = {0};
	struct played played = {0};
	int64_t now = play->from;

	while (now < play->until) {
		struct br_due due = br_schedule_next(play->cadence, &slot, play->hash, now,
						     offset_at(play, now));
		bool changes = due.at > play->changes_at && now < play->changes_at;

		if (changes || due.at > now) {
			now = changes ? play->changes_at : due.at;
			continue;
		}
		ask(&played, &slot, play, now, due.full);
		now++;
	}
	return played;
}

/* Read in full at the start, then each morning, whatever the clocks do in the night between. */
static const struct {
	const char *name;
	const struct br_cadence *cadence;
	int32_t before, after;
	int64_t changes_at; /* of Tuesday, UTC */
	unsigned asked, full;
} nights_of_change[] = {
	{"no change", &usual, HOUR, HOUR, 0, 288, 3},
	{"summer time begins", &usual, HOUR, 2 * HOUR, HOUR, 288, 3},
	{"summer time ends", &usual, 2 * HOUR, HOUR, HOUR, 288, 3},
	{"full only, begins", &only_full, HOUR, 2 * HOUR, HOUR, 3, 3},
	{"full only, ends", &only_full, 2 * HOUR, HOUR, HOUR, 3, 3},
};

TEST(summer_time)
{
	for (size_t i = 0; i < sizeof nights_of_change / sizeof nights_of_change[0]; i++) {
		struct play p = {.cadence = nights_of_change[i].cadence,
				 .from = MONDAY,
				 .until = MONDAY + 2 * DAY,
				 .changes_at = MONDAY + DAY + nights_of_change[i].changes_at,
				 .before = nights_of_change[i].before,
				 .after = nights_of_change[i].after};
		struct played played = play(&p);

		check_case(nights_of_change[i].name);
		CHECK_INT(played.full, nights_of_change[i].full);
		CHECK_INT(played.asked, nights_of_change[i].asked);
		CHECK_INT(played.doubles + played.missed_slots, 0);
		CHECK_INT(played.last_full_at % DAY, 6 * HOUR);
	}
}

/* The daily time in the hour that comes twice, or never: once all the same. */
TEST(full_in_the_hour_that_changes)
{
	for (int step = 0; step < 2; step++)
		for (uint32_t hash = 0; hash < 600; hash += 37) {
			struct br_cadence c = step ? only_full : usual;
			struct play p = {.cadence = &c,
					 .hash = hash,
					 .from = MONDAY - 3 * HOUR,
					 .until = MONDAY + 2 * DAY - 2 * HOUR,
					 .changes_at = MONDAY + DAY + HOUR};

			c.full_at = 2 * 60 + 30;
			p.before = HOUR;
			p.after = 2 * HOUR;
			CHECK_INT(play(&p).full, 3); /* at the start, Monday, Tuesday */
			p.before = 2 * HOUR;
			p.after = HOUR;
			CHECK_INT(play(&p).full, 3);
		}
}

TEST(a_day_of_two_thousand)
{
	enum { PRINTERS = 2000 };
	unsigned second[600] = {0}, fullest = 0, asked = 0;

	for (uint32_t i = 0; i < PRINTERS; i++) {
		struct play p = {.cadence = &usual,
				 .hash = i * 2654435761u,
				 .from = MONDAY,
				 .until = MONDAY + DAY};
		struct played played = play(&p);

		/* One at once and one a slot; a slot in which the start falls may be both. */
		CHECK(played.asked == 145 || (p.hash % 600 == 0 && played.asked == 144));
		CHECK_INT(played.full, 2);
		CHECK_INT(played.doubles, 0);
		CHECK_INT(played.missed_slots, 0);
		asked += played.asked;
		second[p.hash % 600]++;
	}
	for (size_t i = 0; i < 600; i++)
		fullest = second[i] > fullest ? second[i] : fullest;
	CHECK(asked > 144 * PRINTERS && asked <= 145 * PRINTERS);
	CHECK(fullest < 10); /* 3.3 are fair */
}

TEST(a_day_with_blackouts)
{
	struct br_cadence c = nights;

	c.n_blackouts = 2;
	c.blackouts[1] = (struct br_hours){12 * 60, 13 * 60};
	for (uint32_t hash = 0; hash < 600; hash += 7) {
		struct play p = {.cadence = &c,
				 .hash = hash,
				 .from = MONDAY + 5 * HOUR,
				 .until = MONDAY + DAY + 5 * HOUR};
		struct played played = play(&p);

		CHECK_INT(played.in_blackout, 0);
		CHECK_INT(played.full, 1); /* that of the start is within the hour before six */
		CHECK_INT(played.doubles, 0);
		CHECK_INT(played.asked, 96 + (hash != 0)); /* 16 hours of six, and the start */
	}
}

/* Switched off from five to nine: few questions meanwhile, in full soon after it is back. */
TEST(switched_off_in_the_morning)
{
	for (uint32_t hash = 0; hash < 600; hash += 7) {
		struct play p = {.cadence = &usual,
				 .hash = hash,
				 .from = MONDAY,
				 .until = MONDAY + DAY,
				 .off_from = MONDAY + 5 * HOUR,
				 .off_until = MONDAY + 9 * HOUR};
		struct played played = play(&p);

		CHECK_INT(played.full, 2);
		CHECK(played.last_full_at >= MONDAY + 9 * HOUR &&
		      played.last_full_at <= MONDAY + 10 * HOUR + 20 * MIN);
		CHECK(played.asked < 20 * 6 + 10);
	}
}

/* A clock that is set anywhere at any time: never a second try within a minute of real time
 * that follows more than once a lie, and never silence for more than four intervals. */
static void day_of_lies(uint32_t hash, uint32_t *seed)
{
	struct br_schedule_slot slot = {0};
	int64_t shift = 0, tried = -1;
	unsigned quick = 0;

	for (int64_t real = 0; real < DAY; real += 20) {
		int64_t wall;
		struct br_due due;

		*seed = *seed * 1664525 + 1013904223;
		if (real % 14400 == 0 && real > 0) /* five times a day */
			shift += (int64_t)(*seed >> 8) % 20000 - 10000;
		wall = MONDAY + real + shift;
		due = br_schedule_next(&usual, &slot, hash, wall, 0);
		if (due.at > wall)
			continue;
		quick += tried >= 0 && real - tried < 60;
		CHECK(tried < 0 || real - tried <= 4 * 600);
		tried = real;
		slot.last_try = slot.last_ok = wall;
		slot.last_full = due.full ? wall : slot.last_full;
	}
	CHECK(quick <= 6);
}

TEST(lying_clocks)
{
	uint32_t seed = 1;

	for (uint32_t round = 0; round < 200; round++)
		day_of_lies(round * 7, &seed);
}

TEST(nonsense_is_survived)
{
	static const int64_t odd[] = {INT64_C(-100000000000), -1, 0, 1, MONDAY,
				      INT64_C(100000000000)};
	static const struct br_cadence cadences[] = {
		{UINT32_MAX, 1439, UINT32_MAX, 8, {{0, 1439}, {1439, 0}}},
		{1, 0, 0, 0, {{0, 0}}},
		{0, 0, 0, 255, {{60, 60}}},
	};

	for (size_t c = 0; c < 3; c++)
		for (size_t i = 0; i < 6 * 6 * 6; i++) {
			struct br_schedule_slot slot = {odd[i % 6], odd[i / 6 % 6], odd[i / 36],
							3};

			for (size_t n = 0; n < 6; n++)
				CHECK(br_schedule_next(&cadences[c], &slot, UINT32_MAX, odd[n],
						       -43200)
					      .at != INT64_MIN);
		}
}
