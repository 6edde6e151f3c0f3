/*
 * reader.h - the store, for everybody but the collector.
 *
 * Opened read-only, whether the collector runs, is stopped or was killed; never "immutable". No
 * read transaction is held between two calls, so the collector's WAL does not grow because
 * somebody looks. Open after a fork, never before it. Each call looks first whether the file is
 * still the one that was opened (inode) and opens the new one if not.
 *
 * What a store file says is as little trusted as a printer: text is cleaned, numbers are
 * checked, a damaged row is a sentence and not a crash.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_READER_H
#define BR_STORE_READER_H

#include "decode/makers.h"
#include "link/target.h"
#include "store/store.h"

struct br_reader;

/* BR_E_ABSENT: there is no store (the collector never ran here); BR_E_FILE: no right to read
 * it, with what to do about it (group brayer-read). makers may be NULL; else lent until closed.
 */
enum br_status br_reader_open(struct br_reader **reader, const char *path,
			      struct br_makers *makers, struct br_error *err) BR_MUST_CHECK;
void br_reader_close(struct br_reader *reader);

/* Every printer, by target. */
enum br_status br_reader_printers(struct br_reader *reader, br_store_printer_fn each,
				  void *user, struct br_error *err) BR_MUST_CHECK;

/*
 * The printers that a word means: its target (with or without udp: and port), address, serial,
 * MAC, name, host name, number (#12), or a pattern with * and ?. BR_E_ABSENT if none.
 */
enum br_status br_reader_find(struct br_reader *reader, const char *word,
			      br_store_printer_fn each, void *user,
			      struct br_error *err) BR_MUST_CHECK;

/*
 * The printers that are asked at this target: at any port of its host where it has none, and
 * all behind a print server where it names no device. Nothing that a printer says of itself is
 * looked at, so that none can pass itself off as another. BR_E_ABSENT if none.
 */
enum br_status br_reader_at(struct br_reader *reader, const struct br_target *target,
			    br_store_printer_fn each, void *user,
			    struct br_error *err) BR_MUST_CHECK;

/* The same, where the host is what the configuration calls a target (`name =`). */
enum br_status br_reader_called(struct br_reader *reader, const struct br_target *target,
				br_store_printer_fn each, void *user,
				struct br_error *err) BR_MUST_CHECK;

/*
 * The last reading of one printer, decoded from its answers; reading->time is when they were
 * last true. A printer that has missed BR_STORE_SILENT times since, or at whose target another
 * answers, has reachable false, all else as it was.
 */
enum br_status br_reader_reading(struct br_reader *reader, int64_t id,
				 struct br_reading *reading,
				 struct br_error *err) BR_MUST_CHECK;

enum br_series_kind { BR_SERIES_LEVEL, BR_SERIES_COUNTER };

struct br_series {
	int64_t id;
	enum br_series_kind kind;
	struct br_view name; /* "toner-black", "total": ids of supplies, names of counters */
	int64_t first, last; /* times of its first and last value */
};
typedef void (*br_series_fn)(void *user, const struct br_series *series);
enum br_status br_reader_series(struct br_reader *reader, int64_t printer, br_series_fn each,
				void *user, struct br_error *err) BR_MUST_CHECK;

/*
 * A stretch in which a value was the same (raw), or an hour or a day of it. gap: nothing was
 * heard before it for longer than the printer is usually asked, so do not join it to the one
 * before.
 */
struct br_point {
	int64_t begin, end; /* wall seconds; of a single value they are equal */
	int64_t low, high;  /* smallest and greatest value in it */
	int64_t last;       /* the last value in it */
	unsigned n;         /* readings that said so */
	bool gap;
};
typedef void (*br_point_fn)(void *user, const struct br_point *point);

/* Oldest first, the finest that is still there for each moment. until 0: to the end. */
enum br_status br_reader_points(struct br_reader *reader, int64_t series, int64_t since,
				int64_t until, br_point_fn each, void *user,
				struct br_error *err) BR_MUST_CHECK;

/* A counter that did not go on, or a supply that was changed. */
enum br_break_kind {
	BR_BREAK_RESET, /* fell to nearly nothing: a new board, or a reset */
	BR_BREAK_BACK,  /* fell, but not to nothing: a replaced board with pages of its own */
	BR_BREAK_ROLLOVER, /* fell from just below 2^31 or 2^32 */
	BR_BREAK_JUMP,     /* rose faster than any printer prints */
	BR_BREAK_REFILL,   /* a level rose by much: refilled or swapped */
};
struct br_break {
	enum br_break_kind kind;
	struct br_view name; /* of the series */
	int64_t time, before, after;
};
typedef void (*br_break_fn)(void *user, const struct br_break *broke);
enum br_status br_reader_breaks(struct br_reader *reader, int64_t printer, int64_t since,
				br_break_fn each, void *user,
				struct br_error *err) BR_MUST_CHECK;
const char *br_break_name(enum br_break_kind kind);

struct br_episode {
	int64_t begin, end; /* end 0: still going on */
	struct br_view severity, code, text, where;
};
typedef void (*br_episode_fn)(void *user, const struct br_episode *episode);
enum br_status br_reader_episodes(struct br_reader *reader, int64_t printer, int64_t since,
				  br_episode_fn each, void *user,
				  struct br_error *err) BR_MUST_CHECK;

/* What changed in its identity, and when: serial, mac, firmware, hostname, target, model … */
struct br_change {
	int64_t time;
	struct br_view field, before, after;
};
typedef void (*br_change_fn)(void *user, const struct br_change *change);
enum br_status br_reader_changes(struct br_reader *reader, int64_t printer, int64_t since,
				 br_change_fn each, void *user,
				 struct br_error *err) BR_MUST_CHECK;

#endif
