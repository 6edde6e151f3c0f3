/*
 * drive.h - drives a collector with a clock of its own: an hour passes as soon as nobody waits.
 *
 * Time stands still while anything is asked, so what is due when does not depend on how fast
 * the machine is; when nothing is asked any more, it jumps to whatever comes next.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_DRIVE_H
#define BR_TESTS_DRIVE_H

#include "collector/collector.h"

/* What is known of one station's slots, by its target. */
struct drive_slots {
	char *target;
	int64_t last_try;
	unsigned asked;
};

struct drive {
	struct collector *collector;
	char config[200]; /* path */
	int64_t ahead_ms; /* of the monotonic clock of the machine */
	int64_t wall_ms;  /* wall clock minus that, in milliseconds */
	int32_t offset_s;
	int say_fd;       /* -1: silent */
	bool once, blind; /* blind: slots are not looked at */
	bool fixed_only;  /* nor those of printers that were found, and may move */
	struct br_error error;
	/* Slots of stations that answered last time: */
	struct drive_slots *slots;
	size_t n_slots;
	unsigned asked, doubles,
		missed; /* missed: more than an interval and two seconds since */
	bool forget;    /* the clock was set: what was before does not count */
};

/* wall: seconds since 1970. Opens nothing yet. */
void drive_init(struct drive *drive, const char *config, int64_t wall);
void drive_clear(struct drive *drive);

enum br_status drive_open(struct drive *drive) BR_MUST_CHECK;
void drive_close(struct drive *drive);
enum br_status drive_reload(struct drive *drive) BR_MUST_CHECK;

int64_t drive_wall(const struct drive *drive); /* seconds */
/* Until the wall clock says so and nothing is asked any more. */
void drive_until(struct drive *drive, int64_t wall);
/* As long as the machine's clock says. */
void drive_real(struct drive *drive, int ms);
void drive_set_clock(struct drive *drive, int64_t by_s);

#endif
