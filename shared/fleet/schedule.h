/*
 * schedule.h - when a printer is to be asked next. Pure: time comes in, time goes out.
 *
 * Wall-clock seconds, since a daily reading is at a time of day; a clock that is set back or
 * forward moves slots and never makes two of one or a storm of missed ones.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_SCHEDULE_H
#define BR_FLEET_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#define BR_MAX_BLACKOUTS 8

/* Minutes of the local day, from and until; until before from runs over midnight. */
struct br_hours {
	uint16_t from, until;
};

struct br_cadence {
	uint32_t status_s;      /* between status readings: 600; 0: none */
	uint16_t full_at;       /* minute of the local day of the daily full reading: 6 * 60 */
	uint32_t full_window_s; /* how long one that is off is tried again for it: 12 h */
	uint8_t n_blackouts;
	struct br_hours blackouts[BR_MAX_BLACKOUTS];
};

/* What is known of one printer; all zero: never asked. */
struct br_schedule_slot {
	int64_t last_try, last_ok, last_full; /* wall seconds */
	uint32_t missed;                      /* in a row */
};

struct br_due {
	int64_t at; /* when; may be before now: at once */
	bool full;
};

/*
 * hash spreads printers over the interval, from the second slot on: the first one is at once,
 * bounded by pacing only. One that does not answer is asked less and less often (to a
 * sixteenth, at least hourly), by glances that cost one question, and as always from the first
 * answer on. offset_s: of local time to UTC at `now`.
 */
struct br_due br_schedule_next(const struct br_cadence *cadence,
			       const struct br_schedule_slot *slot, uint32_t hash, int64_t now,
			       int32_t offset_s);

#endif
