/*
 * inside.h - between the files that write the store; nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_INSIDE_H
#define BR_STORE_INSIDE_H

#include "store/op.h"
#include "store/place.h"
#include "store/sql.h"
#include "store/store.h"

#define BR_GATHER_CEILING (32u << 20) /* octets that wait for room on the disk */
#define BR_GATHER_PIECE   (4u << 20)  /* so much is committed unasked */

#define BR_LATEST INT64_C(253402300799) /* the last second of the year 9999 */

/* Ceilings for one printer, since what it sends makes its rows. */
enum { BR_SERIES_MAX = 256, BR_OPEN_MAX = 256, BR_EVENTS_MAX = 1000 };

/* How fine a row of `run` is, in the order of time. */
enum br_fine { BR_FINE_DAY, BR_FINE_HOUR, BR_FINE_RAW };

struct br_store {
	char *path;
	struct br_store_options options;
	int lock;
	struct br_place_id place;
	struct br_sql *sql;
	struct br_op *first, *last; /* gathered and not committed */
	size_t octets, ceiling, piece;
	bool applied; /* what is gathered stands in the transaction that is open */
	bool failing; /* the last commit failed, and that was said */
	bool damaged;
	int64_t thinned, thin_printer; /* the day when it was done, and how far it has come */
	struct br_store_health health;
};

/* The moment of a put or a same, after the clock was put right. */
struct br_moment {
	int64_t id, time;
	bool twice;     /* it was told before */
	bool put_right; /* time is not the clock's */
	struct br_seen {
		int64_t last_read, put_at, sames, usual;
		int64_t last_missed;
		bool known;
	} seen; /* as it was before */
};

void br_store_say(const struct br_store *store, const char *format, ...) BR_FORMAT(2, 3);

/* gather.c: does an operation now, keeps it until it is committed, and owns it either way. */
enum br_status br_gather(struct br_store *store, struct br_op *op,
			 struct br_error *err) BR_MUST_CHECK;
/* What is gathered stands in an open transaction, so that a question sees it. */
enum br_status br_gather_ready(struct br_store *store, struct br_error *err) BR_MUST_CHECK;
/* In a transaction, before it is committed: file and lock are where they were. BR_E_ABSENT. */
enum br_status br_store_still_there(struct br_store *store, struct br_error *err) BR_MUST_CHECK;
void br_gather_clear(struct br_store *store);
/* After a failure: notes damage for the next start. Returns status. */
enum br_status br_store_trouble(struct br_store *store, enum br_status status,
				struct br_error *err);

/* apply.c: does it in the transaction that is open. */
enum br_status br_apply(struct br_store *store, struct br_op *op,
			struct br_error *err) BR_MUST_CHECK;
/* A printer and all its history. */
enum br_status br_apply_forget(struct br_store *store, int64_t id,
			       struct br_error *err) BR_MUST_CHECK;

/* find.c: whose reading this is; *id 0: nobody's yet. */
enum br_status br_find_printer(struct br_store *store, const struct br_facts *facts,
			       int64_t *id, struct br_error *err) BR_MUST_CHECK;

/* identity.c: makes the printer (and moment->id) or brings its row up to date, and notes what
 * changed. */
enum br_status br_identity_put(struct br_store *store, const struct br_facts *facts,
			       struct br_moment *moment, struct br_error *err) BR_MUST_CHECK;

/* track.c: levels and counters. */
enum br_status br_track_put(struct br_store *store, const struct br_moment *moment,
			    const struct br_facts *facts, struct br_error *err) BR_MUST_CHECK;
/* All that the last put said is so again, after a gap. */
enum br_status br_track_again(struct br_store *store, const struct br_moment *moment,
			      struct br_error *err) BR_MUST_CHECK;
/* True if the printer was not heard for longer than is usual for it. */
bool br_is_gap(const struct br_seen *seen, int64_t seconds);

/* discontinuity.c: true if the way from before to after is no ordinary one. */
bool br_discontinuity(const struct br_fact_value *after, int64_t before, int64_t seconds,
		      enum br_break_kind *kind);

/* episodes.c: alerts. */
enum br_status br_episodes_put(struct br_store *store, const struct br_moment *moment,
			       const struct br_facts *facts,
			       struct br_error *err) BR_MUST_CHECK;

/* True of a printer that is asked, or of which nobody said so far whether it is. */
#define BR_PRINTER_ASKED                                             \
	"(NOT EXISTS (SELECT 1 FROM meta WHERE name = 'asked') OR"   \
	" p.target = '' OR EXISTS (SELECT 1 FROM asked WHERE target" \
	" = substr(p.target, 1, instr(p.target || '#', '#') - 1)))"

/* printers.c: rows of br_store_printer, for writer and readers. */
#define BR_PRINTER_COLUMNS                                                                     \
	"SELECT p.id, p.target, p.profile, p.maker, p.model, p.serial, p.mac, p.hostname,"     \
	" g.name || substr(p.target, instr(p.target || '#', '#')), s.sentence, p.first_seen, " \
	"s.last_read, s.last_missed, s.missed, s.status,"                                      \
	" k.device, k.questions, k.boots, k.engine_time, k.engine_at, k.full_at, k.engine,"    \
	" k.learned, s.uptime, " BR_PRINTER_ASKED
#define BR_PRINTER_TABLES                                      \
	" FROM printer p LEFT JOIN seen s ON s.printer = p.id" \
	" LEFT JOIN kept k ON k.printer = p.id"                \
	" LEFT JOIN given g ON g.target = "                    \
	"substr(p.target, 1, instr(p.target || '#', '#') - 1) "
enum { BR_COLUMN_UPTIME = 23, BR_COLUMN_ASKED, BR_COLUMN_HARVEST };

struct br_printer_row {
	struct br_store_printer printer; /* its texts stand in text, cleaned */
	char text[9][BR_TARGET_SIZE];
	uint32_t uptime;
};
void br_printer_take(struct br_sql_query *query, struct br_printer_row *row);
enum br_status br_printers_each(struct br_sql *sql, br_store_printer_fn each, void *user,
				struct br_error *err) BR_MUST_CHECK;
/* With its harvest; BR_E_ABSENT. */
enum br_status br_printers_one(struct br_sql *sql, int64_t id, br_store_printer_fn each,
			       void *user, struct br_error *err) BR_MUST_CHECK;

#endif
