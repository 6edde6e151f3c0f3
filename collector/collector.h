/*
 * collector.h - the collector without its loop: time comes in, questions go out, readings go to
 * the store.
 *
 *   collector_open(&collector, &options, &time, &err);
 *   while (…) {
 *           wait until collector_fd() is readable, or collector_next_ms() has come;
 *           collector_tick(collector, &time);
 *   }
 *   collector_close(collector);
 *
 * loop.c does so with the clock of the machine, a test with one that lies.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_COLLECTOR_H
#define BR_COLLECTOR_COLLECTOR_H

#include "say.h"
#include "settings.h"

struct collector;

struct collector_time {
	int64_t mono_ms, wall_ms; /* only the second may be set */
	int32_t offset_s;         /* of local time to UTC, now */
};

struct collector_options {
	struct collector_settings *settings; /* taken over, also after a failure */
	struct collector_voice voice;
	bool once; /* everything once, whatever the schedule says; blackouts hold */
};

enum br_status collector_open(struct collector **collector,
			      const struct collector_options *options,
			      const struct collector_time *time,
			      struct br_error *err) BR_MUST_CHECK;
/* Before it is closed, in mid-flight too: what was heard is committed, what is asked is
 * dropped. False, with a sentence, if something could not be written. */
bool collector_finish(struct collector *collector);
void collector_close(struct collector *collector);

void collector_tick(struct collector *collector, const struct collector_time *time);
int64_t collector_next_ms(const struct collector *collector); /* monotonic */
int collector_fd(const struct collector *collector);

/* Nothing is asked, resolved or searched any more, and nothing waits to be written, unless it
 * cannot be. */
bool collector_idle(const struct collector *collector);
bool collector_any_missed(const struct collector *collector); /* an asking without a reading */
bool collector_dead(const struct collector *collector);       /* there is no store any more */

/* Takes the difference over; settings are taken over in any case. */
enum br_status collector_reload(struct collector *collector,
				struct collector_settings *settings,
				struct br_error *err) BR_MUST_CHECK;

/* One JSON object, for /run/brayer/collector.json. */
enum br_status collector_health(struct collector *collector, const char *state,
				struct br_buf *json) BR_MUST_CHECK;
/* "1200 printers, 3 silent, …": for systemctl status. */
void collector_status(struct collector *collector, char *out, size_t size);

const char *collector_health_path(const struct collector *collector);

#endif
