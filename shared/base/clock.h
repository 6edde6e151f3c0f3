/*
 * clock.h - monotonic milliseconds, those of a suspend included. Passed downwards; nothing
 * below a link calls it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_CLOCK_H
#define BR_BASE_CLOCK_H

#include <stdint.h>

int64_t br_clock_ms(void);

/* How much of that the machine was suspended, to within a second. */
int64_t br_clock_asleep_ms(void);

/* "2026-11-20T17:00:00Z" of a wall-clock second; out holds at least 21 bytes. */
#define BR_TIME_TEXT_SIZE 21
void br_time_text(char out[BR_TIME_TEXT_SIZE], int64_t unix_seconds);

#endif
