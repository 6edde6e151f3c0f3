/*
 * apply.c - one operation in the transaction that is open.
 *
 * A moment that is before the printer's last one (a clock that was set back) is put right
 * behind it; one that is the same is the same reading told twice, and adds nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <string.h>

enum { SELDOM_S = 36 * 3600 };

static enum br_status load_seen(struct br_store *store, struct br_moment *moment,
				struct br_error *err)
{
	struct br_seen *seen = &moment->seen;
	struct br_sql_query *query;
	bool row = false;
	enum br_status status = br_sql_ask(store->sql,
					   "SELECT last_read, put_at, sames, usual, "
					   "last_missed FROM seen WHERE printer = ?1",
					   BR_SQL_VALUES(br_sql_int(moment->id)), &query, err);

	*seen = (struct br_seen){0};
	if (status != BR_OK)
		return status;
	status = br_sql_step(query, &row, err);
	if (status == BR_OK && row)
		*seen = (struct br_seen){
			br_sql_count(query, 0, BR_LATEST), br_sql_count(query, 1, BR_LATEST),
			br_sql_count(query, 2, BR_LATEST), br_sql_count(query, 3, BR_LATEST),
			br_sql_count(query, 4, BR_LATEST), true,
		};
	br_sql_end(query);
	return status;
}

static void put_right(struct br_store *store, const struct br_op *op, struct br_moment *moment)
{
	const struct br_seen *seen = &moment->seen;
	const int64_t floor =
		seen->last_read > seen->last_missed ? seen->last_read : seen->last_missed;

	moment->time = op->time < 1 ? 1 : op->time > BR_LATEST ? BR_LATEST : op->time;
	moment->twice = seen->last_read && moment->time == seen->last_read;
	moment->put_right = moment->time < floor;
	if (!moment->put_right)
		return;
	moment->time = floor + 1;
	store->health.set_back += !op->again;
}

bool br_is_gap(const struct br_seen *seen, int64_t seconds)
{
	if (seen->usual > 0)
		return seconds > 3 * seen->usual;
	/* Nobody knows yet how often it is asked, but for once a day at the least. */
	return seen->last_missed > seen->last_read || seconds > SELDOM_S;
}

/* How often it is usually heard, slow to follow a single pause; 0: not known yet. */
static int64_t usual_after(const struct br_moment *moment)
{
	const struct br_seen *seen = &moment->seen;
	const int64_t seconds = moment->time - seen->last_read;
	const bool gap = br_is_gap(seen, seconds);

	if (!seen->last_read || moment->put_right || moment->twice)
		return seen->usual;
	if (!seen->usual)
		return gap ? 0 : seconds;
	if (gap)
		return seen->usual + seen->usual / 2 + 1;
	return seen->usual + (seconds - seen->usual) / 8;
}

/* The row of what was heard, with put_at and sames as given. */
static enum br_status heard(struct br_store *store, const struct br_op *op,
			    const struct br_moment *moment, const int64_t put_sames[2],
			    struct br_error *err)
{
	return br_sql_run(
		store->sql,
		"INSERT INTO seen VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, '')"
		" ON CONFLICT(printer) DO UPDATE SET last_read = ?2, put_at = ?3, sames = ?4,"
		" usual = ?5, uptime = ?6, missed = 0",
		BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(moment->time),
			      br_sql_int(put_sames[0]), br_sql_int(put_sames[1]),
			      br_sql_int(usual_after(moment)), br_sql_int(op->uptime)),
		err);
}

/* An update writes only those pages that are others than they were; most of two harvests of one
 * printer is the same. */
static enum br_status keep(struct br_store *store, int64_t id, const struct br_store_kept *kept,
			   struct br_error *err)
{
	/* A status reading has learned something and has no whole answers: those stay. */
	static const char learned[] =
		"UPDATE kept SET boots = ?2, engine_time = ?3, engine_at = ?4, engine = ?5,"
		" learned = ?6 WHERE printer = ?1";
	static const char all[] =
		"UPDATE kept SET boots = ?2, engine_time = ?3, engine_at = ?4, engine = ?5,"
		" learned = ?6, harvest = ?7, device = ?8, questions = ?9,"
		" full_at = CASE ?10 WHEN 0 THEN full_at ELSE ?10 END WHERE printer = ?1";
	static const char first[] =
		"INSERT INTO kept(printer, boots, engine_time, engine_at, engine, learned,"
		" harvest, device, questions, full_at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
	const struct br_sql_value values[] = {
		br_sql_int(id),
		br_sql_int(kept->boots),
		br_sql_int(kept->engine_time),
		br_sql_int(kept->engine_at),
		br_sql_blob(kept->engine),
		br_sql_blob(kept->learned),
		br_sql_blob(kept->harvest),
		br_sql_int(kept->device),
		br_sql_int(kept->questions),
		br_sql_int(kept->full_at),
	};
	const bool whole = kept->harvest.len != 0;
	enum br_status status = br_sql_run(store->sql, whole ? all : learned,
					   (struct br_sql_values){values, whole ? 10 : 6}, err);

	if (status != BR_OK || br_sql_changed(store->sql))
		return status;
	return br_sql_run(store->sql, first, (struct br_sql_values){values, 10}, err);
}

static enum br_status apply_put(struct br_store *store, struct br_op *op, struct br_error *err)
{
	const struct br_facts *facts = op->facts;
	struct br_moment moment = {0};
	enum br_status status = br_find_printer(store, facts, &moment.id, err);

	if (status == BR_OK)
		status = load_seen(store, &moment, err);
	if (status != BR_OK)
		return status;
	put_right(store, op, &moment);
	status = br_identity_put(store, facts, &moment, err);
	op->id = moment.id;
	if (status == BR_OK && facts->has_kept)
		status = keep(store, moment.id, &facts->kept, err);
	if (status != BR_OK || moment.twice)
		return status;
	status = br_track_put(store, &moment, facts, err);
	if (status == BR_OK)
		status = br_episodes_put(store, &moment, facts, err);
	if (status == BR_OK)
		status = heard(store, op, &moment, (const int64_t[2]){moment.time, 0}, err);
	return status;
}

static enum br_status apply_same(struct br_store *store, const struct br_op *op,
				 struct br_error *err)
{
	struct br_moment moment = {.id = op->id};
	enum br_status status = load_seen(store, &moment, err);
	int64_t put_sames[2];

	if (status != BR_OK)
		return status;
	if (!moment.seen.put_at)
		return br_fail(err, BR_E_ABSENT, "the store has no reading of printer #%lld",
			       (long long)op->id);
	put_right(store, op, &moment);
	if (moment.twice)
		return BR_OK;
	put_sames[0] = moment.seen.put_at;
	put_sames[1] = moment.seen.sames + 1;
	if (br_is_gap(&moment.seen, moment.time - moment.seen.last_read)) {
		put_sames[0] = moment.time;
		put_sames[1] = 0;
		status = br_track_again(store, &moment, err);
	}
	return status == BR_OK ? heard(store, op, &moment, put_sames, err) : status;
}

static enum br_status miss_one(struct br_store *store, const struct br_op *op, int64_t id,
			       struct br_error *err)
{
	struct br_moment moment = {.id = id};
	enum br_status status = load_seen(store, &moment, err);

	if (status != BR_OK)
		return status;
	put_right(store, op, &moment);
	/* It cannot have answered and not answered in one second; this came later. */
	moment.time += moment.twice;
	return br_sql_run(
		store->sql,
		"INSERT INTO seen VALUES(?1, 0, 0, 0, 0, 0, ?2, 1, ?3, ?4)"
		" ON CONFLICT(printer) DO UPDATE SET last_missed = ?2, missed = missed + 1,"
		" status = ?3, sentence = ?4",
		BR_SQL_VALUES(br_sql_int(id), br_sql_int(moment.time),
			      br_sql_int(op->facts->status), br_sql_text(op->facts->sentence)),
		err);
}

/* A target that nothing is known of is kept, so that it is seen that it never answered. */
static enum br_status make_missed(struct br_store *store, const struct br_op *op,
				  struct br_error *err)
{
	enum br_status status = br_sql_run(
		store->sql,
		"INSERT INTO printer VALUES(NULL, ?1, ?2, '', '', 0, '', '', '', '', '', '', "
		"'',"
		" '', '', '', '', '')",
		BR_SQL_VALUES(br_sql_text(op->facts->target), br_sql_text(op->facts->profile)),
		err);

	if (status != BR_OK)
		return status;
	return miss_one(store, op, br_sql_last_id(store->sql), err);
}

/* Of a print server that did not answer every printer is missed: '$' is what follows '#'. */
static enum br_status apply_missed(struct br_store *store, const struct br_op *op,
				   struct br_error *err)
{
	int64_t ids[64];
	size_t n = 0;
	bool row = true;
	struct br_sql_query *query;
	enum br_status status = br_sql_ask(
		store->sql,
		"SELECT id FROM printer WHERE target = ?1 AND target <> '' UNION ALL"
		" SELECT id FROM printer WHERE target > ?1 || '#' AND target < ?1 || '$'"
		" AND target <> ''",
		BR_SQL_VALUES(br_sql_text(op->facts->target)), &query, err);

	if (status != BR_OK)
		return status;
	while (status == BR_OK && row && n < sizeof ids / sizeof ids[0]) {
		status = br_sql_step(query, &row, err);
		if (status == BR_OK && row)
			ids[n++] = br_sql_number(query, 0);
	}
	br_sql_end(query);
	if (status == BR_OK && n == 0)
		return make_missed(store, op, err);
	for (size_t i = 0; status == BR_OK && i < n; i++)
		status = miss_one(store, op, ids[i], err);
	return status;
}

enum br_status br_apply_forget(struct br_store *store, int64_t id, struct br_error *err)
{
	static const char *const texts[] = {
		"DELETE FROM run WHERE series IN (SELECT id FROM series WHERE printer = ?1)",
		"DELETE FROM series WHERE printer = ?1",
		"DELETE FROM discontinuity WHERE printer = ?1",
		"DELETE FROM episode WHERE printer = ?1",
		"DELETE FROM change WHERE printer = ?1",
		"DELETE FROM kept WHERE printer = ?1",
		"DELETE FROM seen WHERE printer = ?1",
		"DELETE FROM printer WHERE id = ?1",
	};
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < sizeof texts / sizeof texts[0]; i++)
		status = br_sql_run(store->sql, texts[i], BR_SQL_VALUES(br_sql_int(id)), err);
	return status;
}

static enum br_status apply_names(struct br_store *store, const struct br_facts *facts,
				  struct br_error *err)
{
	enum br_status status = br_sql_exec(store->sql, "DELETE FROM given", err);

	for (size_t i = 0; status == BR_OK && i < facts->n_names; i++)
		if (facts->names[i].name.len)
			status = br_sql_run(store->sql,
					    "INSERT OR REPLACE INTO given VALUES(?1, ?2)",
					    BR_SQL_VALUES(br_sql_text(facts->names[i].target),
							  br_sql_text(facts->names[i].name)),
					    err);
	return status;
}

static enum br_status apply_asked(struct br_store *store, const struct br_facts *facts,
				  struct br_error *err)
{
	enum br_status status = br_sql_exec(store->sql,
					    "INSERT OR REPLACE INTO meta VALUES('asked', 1);"
					    "DELETE FROM asked",
					    err);

	for (size_t i = 0; status == BR_OK && i < facts->n_asked; i++)
		status = br_sql_run(store->sql, "INSERT OR IGNORE INTO asked VALUES(?1)",
				    BR_SQL_VALUES(br_sql_text(facts->asked[i])), err);
	return status;
}

enum br_status br_apply(struct br_store *store, struct br_op *op, struct br_error *err)
{
	switch (op->kind) {
	case BR_OP_PUT:
		return apply_put(store, op, err);
	case BR_OP_SAME:
		return apply_same(store, op, err);
	case BR_OP_MISSED:
		return apply_missed(store, op, err);
	case BR_OP_NAMES:
		return apply_names(store, op->facts, err);
	case BR_OP_ASKED:
		return apply_asked(store, op->facts, err);
	}
	return br_fail(err, BR_E_MALFORMED, "no such operation");
}
