/*
 * inside.h - what the files of the collector share. The loop and the tests include collector.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_INSIDE_H
#define BR_COLLECTOR_INSIDE_H

#include "collector.h"
#include "resolve.h"
#include "station.h"

#define COLLECTOR_LATE      1024 /* slots whose lateness is remembered */
#define COLLECTOR_THIN_MS   600000
#define COLLECTOR_ONCE_SAID 20 /* who did not answer, without --verbose */

struct collector_counts {
	uint64_t full, status, same, missed; /* readings, and askings without one */
	uint64_t slots, put_off;             /* asked; due, and then not due after all */
	uint64_t moved;                      /* printers that changed their address */
	uint64_t clock_jumps, reloads;
	uint64_t anew, lost; /* stores opened anew; writes that were lost */
};

struct collector_discovery;

/* As the file said at the start: another value waits for the next one. */
struct collector_in_force {
	char store[512], mibs[512];
	unsigned pace, in_flight;
	unsigned raw_days, hourly_days, daily_days, gone_days;
};

struct collector {
	struct collector_settings *settings;
	struct collector_in_force in_force;
	struct collector_voice voice;
	struct br_makers makers;
	struct br_store *store;
	struct br_fleet *fleet;
	struct collector_resolver *resolver;
	struct collector_discovery *discovery;
	char searches[544]; /* path: when sites were searched */
	int epoll;          /* of all of them, for whoever waits */
	struct collector_stations stations;
	struct collector_time time, started;
	int64_t now; /* wall seconds */
	bool once;
	unsigned n_asked, n_resolving, n_twins;
	int64_t last_id;    /* the highest of the store's that any station has */
	bool put_failed;    /* said, and not again until one succeeds */
	bool asked_changed; /* whom we ask, and the store was not told */
	bool lost;          /* the store, until it is opened anew */
	bool dead;          /* it cannot be */

	unsigned writes;       /* since the last commit */
	int64_t wrote_ms;      /* when the first of them was */
	int64_t failing_ms;    /* since when commits fail; 0: they do not */
	int64_t remind_ms;     /* when to say so again */
	int64_t anew_ms;       /* when the store may be opened anew, if it is lost */
	uint64_t unwritten;    /* what the store did not even take */
	int64_t thin_ms;       /* when to thin next */
	int64_t thin_said_ms;  /* when to say again that it cannot be */
	int64_t configured_at; /* wall seconds */
	struct collector_counts counts;
	uint32_t late[COLLECTOR_LATE]; /* seconds, the newest over the oldest */
	size_t n_late;
};

/* plan.c: when */
void collector_plan(struct collector *c, struct collector_station *station);
void collector_plan_all(struct collector *c);
void collector_ask_due(struct collector *c);
void collector_ask(struct collector *c, struct collector_station *station, bool full);

/* reach.c: where */
bool collector_reach(struct collector *c, struct collector_station *station);
void collector_unreach(struct collector *c, struct collector_station *station);
void collector_take_names(struct collector *c);
void collector_missed(struct collector *c, struct collector_station *station,
		      enum br_status status, const char *sentence);
void collector_remove(struct collector *c, struct collector_station *station);

/* take.c: what came */
void collector_told(void *self, const struct br_fleet_result *result);

/* commit.c: when it is written, and what is done when it cannot be */
enum br_status collector_store_open(struct collector *c, struct br_error *err) BR_MUST_CHECK;
void collector_wrote(struct collector *c, enum br_status status, const struct br_error *err);
void collector_asked_changed(struct collector *c);
void collector_commit(struct collector *c, bool at_once);
int64_t collector_commit_wait_ms(const struct collector *c); /* since the first write */
void collector_store_thin(struct collector *c);
/* Where it was moved, removed or damaged: another is opened, and everybody is read again. */
void collector_store_anew(struct collector *c);

/* put.c: what came, into the store */
void collector_take_full(struct collector *c, struct collector_station *station,
			 const struct br_fleet_result *result);
/* True if it must be asked again, in full: the store was put aside, or lost this one. */
bool collector_take_status(struct collector *c, struct collector_station *station,
			   const struct br_fleet_result *result);

/* health.c */
uint32_t collector_late(const struct collector *c, unsigned percent); /* 100: the most */

/* fill.c: whom */
enum br_status collector_fill(struct collector *c, struct br_error *err) BR_MUST_CHECK;
/* Somebody was found at this address. NULL: no memory, or not ours. tentative: a printer only
 * if a full reading says so. */
struct collector_station *collector_found(struct collector *c, const union br_address *address,
					  const char *profile, bool tentative);
/* A tentative one that does not speak with its profile: the next one of its site. False: none.
 */
bool collector_next_profile(struct collector *c, struct collector_station *station);

/* searches.c: when a site was last searched to its end; 0: not known */
void collector_searches_recall(const struct collector *c, struct br_file *file);
int64_t collector_searched_at(const struct br_file *file, const struct collector_site *site);
void collector_searched(struct br_buf *text, const struct collector_site *site, int64_t at);
void collector_searches_keep(const struct collector *c, const struct br_buf *text);

/* discover.c */
/* before: what was in force until a reload, with its settings still there; NULL at the start.
 */
enum br_status collector_discovery_open(struct collector *c,
					const struct collector_discovery *before,
					struct br_error *err) BR_MUST_CHECK;
void collector_discovery_close(struct collector_discovery *discovery);
void collector_discovery_step(struct collector *c);
bool collector_discovery_busy(const struct collector_discovery *discovery);
/* Sites that were not searched and are blacked out now. */
size_t collector_discovery_black(const struct collector_discovery *discovery);
int64_t collector_discovery_next_ms(const struct collector *c);
void collector_discovery_health(const struct collector *c, struct br_json *json);

#endif
