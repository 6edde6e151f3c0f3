/*
 * store.h - what the collector writes: one SQLite file.
 *
 * One writer, the collector. Everybody else opens the file by store/reader.h, without the right
 * to write. What a printer said last is kept as it said it (its harvest), so a reading is
 * decoded when it is wanted and a better decoder makes old answers better; levels and counters
 * are kept as series that are thinned as they age; alerts are episodes with a begin and an end.
 * What a level or a counter did is never smoothed: a counter that went back, or jumped, is a
 * discontinuity with a row of its own.
 *
 * Writes are gathered into a transaction that br_store_commit ends; after a crash the store is
 * as it was at the last commit. The sqlite3 library is opened by dlopen (store/sql.c), so that
 * a program that never needs a store does not pay for it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_STORE_H
#define BR_STORE_STORE_H

#include "base/status.h"
#include "base/text.h"
#include "model/reading.h"

#define BR_STORE_PATH   "/var/lib/brayer/store.db"
#define BR_STORE_SCHEMA 3

struct br_store;

struct br_store_options {
	/* Told once of what an operator should know: a store set aside, a migration. May be
	 * NULL. */
	void (*say)(void *user, const char *sentence);
	void *user;
	/* How long each fineness is kept, in days; 0: 14, 180, 3650. */
	unsigned raw_days, hourly_days, daily_days;
	/* After so many days without an answer a printer that is not asked any more
	 * (br_store_asked) is forgotten with its history, by br_store_thin; 0: 400. */
	unsigned gone_days;
};

/*
 * Opens or makes it, and migrates an older one in one transaction. One that is damaged is set
 * aside as FILE.damaged-TIME (with its WAL), said, and an empty one made; but only if its first
 * page says that it is ours. Any other file is left as it is and refused: BR_E_SYNTAX. One of a
 * newer schema is refused. A second writer is refused: BR_E_LIMIT.
 */
enum br_status br_store_open(struct br_store **store, const char *path,
			     const struct br_store_options *options,
			     struct br_error *err) BR_MUST_CHECK;
/* Commits what is gathered; WAL and shm stay, so that readers without write permission go on.
 */
void br_store_close(struct br_store *store);

/* Ends the gathering. A full disk is BR_E_FILE: what was gathered is kept in memory to be tried
 * again by the next commit, to a ceiling, and said once.
 * After BR_E_ABSENT (the file was moved, or its lock taken away, so that another may write it)
 * and BR_E_MALFORMED (it is damaged) nothing is written any more: close it and open it anew,
 * where numbers of printers may begin anew. */
enum br_status br_store_commit(struct br_store *store, struct br_error *err) BR_MUST_CHECK;

/* What is known of a printer beside its reading: octets of ours, opaque here. */
struct br_store_kept {
	struct br_view harvest; /* the answers of the last whole reading */
	struct br_view learned; /* talk/learned.h */
	struct br_view engine;  /* SNMPv3 engine id */
	uint32_t boots, engine_time;
	int64_t engine_at; /* wall clock when that was so */
	uint32_t device;   /* hrDeviceIndex of the reading in the harvest */
	uint32_t questions;
	int64_t full_at; /* wall clock of the last full reading, for the schedule after a
			    restart; 0: not known */
};

/*
 * A reading that was made. Finds the printer by serial number with maker, else by MAC, else by
 * target (model/same.h decides), so a printer that changed its address goes on as itself; makes
 * it if it is new. Keeps its answers, adds to its series, opens and closes episodes of alerts,
 * notes what changed in its identity and where a counter did not go on. kept may be NULL (a
 * reading without answers). *id is the printer's number in this store.
 *
 * Times come from reading->time. One that is before the printer's last reading (a clock that
 * was set back) is put right behind it and counted, never dropped and never a second time.
 */
enum br_status br_store_put(struct br_store *store, const char *profile,
			    const struct br_reading *reading, const struct br_store_kept *kept,
			    int64_t *id, struct br_error *err) BR_MUST_CHECK;

/* To which printer br_store_put would put it; *id 0: to a new one. Nothing is written. */
enum br_status br_store_whose(struct br_store *store, const struct br_reading *reading,
			      int64_t *id, struct br_error *err) BR_MUST_CHECK;

/* The printer answered, and all is as it was: its series reach to this moment. */
enum br_status br_store_same(struct br_store *store, int64_t id, int64_t time,
			     uint32_t uptime_s, struct br_error *err) BR_MUST_CHECK;

/* It did not answer, or not as it should: status and sentence are kept, nothing is invented. */
enum br_status br_store_missed(struct br_store *store, const char *target, const char *profile,
			       int64_t time, enum br_status status, const char *sentence,
			       struct br_error *err) BR_MUST_CHECK;

/*
 * What the configuration calls the printers at these targets (`name =` of a [printer]): all of
 * them, each time, since what is not among them has no such name any more. Told at the start
 * and after a reload. A target is as br_store_missed takes it; of a print server each printer
 * is shown as NAME#2.
 */
struct br_store_name {
	struct br_view target, name;
};
enum br_status br_store_names(struct br_store *store, const struct br_store_name *names,
			      size_t n, struct br_error *err) BR_MUST_CHECK;

/*
 * Which targets are asked, those of the configuration and those that were found alike: all of
 * them, each time. Told at the start, after a reload, and when one is not asked any more. A
 * printer at none of them is shown apart, as one that nobody asks, and forgotten in the end
 * (gone_days). Until this was told for the first time every printer counts as asked. A target
 * is as br_store_missed takes it, without #2.
 */
enum br_status br_store_asked(struct br_store *store, const struct br_view *targets, size_t n,
			      struct br_error *err) BR_MUST_CHECK;

/* A printer that missed so many slots in a row is unreachable: one miss is a restart, or a nap.
 */
#define BR_STORE_SILENT 2

/* One printer that the store knows; views are lent for the call. */
struct br_store_printer {
	int64_t id;
	struct br_view target, profile; /* as it was last reached */
	struct br_view maker, model, serial, mac, hostname;
	struct br_view name; /* the configuration's, else its host name */
	int64_t first_seen, last_read, last_missed; /* wall seconds; 0: never */
	unsigned missed;                            /* in a row */
	bool asked;          /* its target is among those of br_store_asked, or it has none */
	enum br_status miss; /* how the last miss was, and in words */
	struct br_view why;
	struct br_store_kept kept;
};
typedef void (*br_store_printer_fn)(void *user, const struct br_store_printer *printer);

/* Every printer, for the collector's start. With harvests left out: they are large. */
enum br_status br_store_each(struct br_store *store, br_store_printer_fn each, void *user,
			     struct br_error *err) BR_MUST_CHECK;

/* The kept answers of one printer, for a status reading that found a change. BR_E_ABSENT. */
enum br_status br_store_kept(struct br_store *store, int64_t id, br_store_printer_fn each,
			     void *user, struct br_error *err) BR_MUST_CHECK;

/*
 * Thins what is old, and forgets who is gone, a bounded piece at a time; *more says that there
 * is more to do. Called between readings, a few times an hour. What is old is by a border that
 * moves by a week a day at most, so that a clock that is far ahead for a while ends no history.
 */
enum br_status br_store_thin(struct br_store *store, int64_t now, bool *more,
			     struct br_error *err) BR_MUST_CHECK;

struct br_store_health {
	uint64_t puts, sames, misses, commits, failed_commits, set_back;
	uint64_t waiting; /* gathered and not yet committed */
	uint64_t octets;  /* of file and WAL */
};
void br_store_health(const struct br_store *store, struct br_store_health *health);

#endif
