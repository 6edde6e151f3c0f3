/*
 * patience_test.c - when a question is sent once more, and when it is given up.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/patience.h"

#include "check.h"

/* When each attempt ends, if the next goes out at that moment. */
static int64_t run(const struct br_patience *patience, int64_t *ends)
{
	int64_t now = 1000;

	for (unsigned i = 0; i < patience->attempts; i++)
		ends[i] = now = br_patience_until(patience, i, 1000, now);
	return now - 1000;
}

TEST(all_in_all_a_printer_has_timeout_times_attempts)
{
	static const struct br_pulse none = {0, 0}, quick = {2, 1}, slow = {400, 100},
				     slower = {5000, 4000};
	const struct br_pulse *const pulses[] = {&none, &quick, &slow, &slower};
	int64_t ends[8];

	for (unsigned attempts = 1; attempts <= 8; attempts++)
		for (int own = 0; own < 4; own++)
			for (int all = 0; all < 4; all++) {
				const struct br_patience patience = {1000, attempts,
								     pulses[own], pulses[all]};

				CHECK_INT(run(&patience, ends), 1000 * attempts);
				for (unsigned i = 1; i < attempts; i++)
					CHECK(ends[i] > ends[i - 1]);
			}
}

TEST(how_soon_the_second_attempt_comes)
{
	static const struct {
		const char *name;
		unsigned timeout_ms;
		struct br_pulse own, all;
		int64_t want;
	} rows[] = {
		{"nobody knows anything", 1000, {0, 0}, {0, 0}, 1000},
		{"a stranger in a quick fleet", 1000, {0, 0}, {20, 10}, 500},
		{"a stranger in a slow fleet", 1000, {0, 0}, {200, 50}, 800},
		{"a quick one", 1000, {20, 10}, {500, 500}, 250},
		{"a quick one, a short timeout", 400, {20, 10}, {0, 0}, 200},
		{"less than the floor", 100, {20, 10}, {0, 0}, 100},
		{"one that varies", 1000, {100, 100}, {0, 0}, 500},
		{"a slow one", 1000, {900, 300}, {0, 0}, 1000},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct br_patience patience = {rows[i].timeout_ms, 3, &rows[i].own,
						     &rows[i].all};

		check_case(rows[i].name);
		CHECK_INT(br_patience_until(&patience, 0, 1000, 1000) - 1000, rows[i].want);
	}
}

TEST(the_wait_doubles_up_to_the_timeout)
{
	const struct br_pulse own = {20, 10};
	const struct br_patience patience = {1000, 6, &own, &own};
	int64_t ends[6];

	run(&patience, ends);
	CHECK_INT(ends[0] - 1000, 250);
	CHECK_INT(ends[1] - ends[0], 500);
	CHECK_INT(ends[2] - ends[1], 1000);
	CHECK_INT(ends[3] - ends[2], 1000);
	CHECK_INT(ends[5] - 1000, 6000);
}

TEST(an_attempt_that_went_out_late_is_waited_for_all_the_same)
{
	const struct br_pulse own = {20, 10};
	const struct br_patience patience = {1000, 3, &own, &own};

	CHECK_INT(br_patience_until(&patience, 2, 1000, 9000), 9250);
	CHECK_INT(br_patience_until(&patience, 1, 1000, 9000), 9500);
}

TEST(the_pulse_follows_what_comes)
{
	struct br_pulse pulse = {0, 0};

	br_pulse_take(&pulse, 40);
	CHECK_INT(pulse.smooth, 40);
	CHECK_INT(pulse.wander, 20);
	for (int i = 0; i < 100; i++)
		br_pulse_take(&pulse, 40);
	CHECK_INT(pulse.smooth, 40);
	CHECK(pulse.wander <= 3);
	for (int i = 0; i < 100; i++)
		br_pulse_take(&pulse, 900);
	CHECK(pulse.smooth >= 890 && pulse.smooth <= 900);
	for (int i = 0; i < 100; i++)
		br_pulse_take(&pulse, 3);
	CHECK(pulse.smooth <= 12);
	br_pulse_take(&pulse, 0);
	CHECK(pulse.smooth > 0);
	for (int i = 0; i < 100; i++)
		br_pulse_take(&pulse, INT64_MAX);
	CHECK(pulse.smooth <= 60000 && pulse.wander <= 60000);
}
