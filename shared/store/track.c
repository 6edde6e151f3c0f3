/*
 * track.c - levels and counters as stretches in which a value was the same.
 *
 * The stretch that goes on stands in `series`, beside those of the same printer; only one that
 * ended becomes a row of `run`. While a printer says that all is as it was not even `series` is
 * touched: the stretches that its last put made last (until = put_at) reach to what `seen` says
 * (last_read, sames), which is made good here at its next put.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <string.h>

struct stretch {
	int64_t id, since, until, value, n;
	enum br_series_kind kind;
	bool gap, ran; /* ran: the last put had it */
	char name[BR_ID_SIZE + 8];
	size_t len;
};

struct tracks {
	size_t n;
	struct stretch all[BR_SERIES_MAX];
};

static enum br_status load(struct br_store *store, const struct br_moment *moment,
			   struct tracks *tracks, struct br_error *err)
{
	const struct br_seen *seen = &moment->seen;
	struct br_sql_query *query;
	bool row = true;
	enum br_status status =
		br_sql_ask(store->sql,
			   "SELECT id, kind, name, since, until, value, n, gap FROM series"
			   " WHERE printer = ?1",
			   BR_SQL_VALUES(br_sql_int(moment->id)), &query, err);

	tracks->n = 0;
	while (status == BR_OK && row && tracks->n < BR_SERIES_MAX) {
		struct stretch *at = &tracks->all[tracks->n];

		status = br_sql_step(query, &row, err);
		if (status != BR_OK || !row)
			break;
		at->id = br_sql_number(query, 0);
		at->kind = br_sql_number(query, 1) ? BR_SERIES_COUNTER : BR_SERIES_LEVEL;
		(void)br_text_copy(at->name, sizeof at->name, br_sql_octets(query, 2));
		at->len = strlen(at->name);
		at->since = br_sql_count(query, 3, BR_LATEST);
		at->until = br_sql_count(query, 4, BR_LATEST);
		at->value = br_sql_number(query, 5);
		at->n = br_sql_count(query, 6, BR_LATEST);
		at->gap = br_sql_number(query, 7) != 0;
		at->ran = at->until == seen->put_at;
		if (at->ran) {
			at->until = seen->last_read;
			at->n += seen->sames;
		}
		tracks->n++;
	}
	br_sql_end(query);
	return status;
}

static struct stretch *find(struct tracks *tracks, const struct br_fact_value *value)
{
	for (size_t i = 0; i < tracks->n; i++) {
		struct stretch *at = &tracks->all[i];

		if (at->kind == value->kind && at->len == value->name.len &&
		    memcmp(at->name, value->name.at, at->len) == 0)
			return at;
	}
	return NULL;
}

static enum br_status begin(struct br_store *store, const struct br_moment *moment,
			    const struct br_fact_value *value, struct br_error *err)
{
	return br_sql_run(
		store->sql,
		"INSERT OR IGNORE INTO series(printer, kind, name, first, since, until,"
		" value, n, gap) VALUES(?1, ?2, ?3, ?4, ?4, ?4, ?5, 1, 0)",
		BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(value->kind),
			      br_sql_text(value->name), br_sql_int(moment->time),
			      br_sql_int(value->value)),
		err);
}

static enum br_status save(struct br_store *store, const struct stretch *at,
			   struct br_error *err)
{
	return br_sql_run(
		store->sql,
		"UPDATE series SET since = ?2, until = ?3, value = ?4, n = ?5, gap = ?6"
		" WHERE id = ?1",
		BR_SQL_VALUES(br_sql_int(at->id), br_sql_int(at->since), br_sql_int(at->until),
			      br_sql_int(at->value), br_sql_int(at->n), br_sql_int(at->gap)),
		err);
}

static enum br_status end(struct br_store *store, const struct stretch *at,
			  struct br_error *err)
{
	return br_sql_run(
		store->sql,
		"INSERT OR REPLACE INTO run VALUES(?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7)",
		BR_SQL_VALUES(br_sql_int(at->id), br_sql_int(BR_FINE_RAW),
			      br_sql_int(at->since), br_sql_int(at->until - at->since),
			      br_sql_int(at->value), br_sql_int(at->n), br_sql_int(at->gap)),
		err);
}

static enum br_status mark(struct br_store *store, const struct br_moment *moment,
			   const struct br_fact_value *value, const struct stretch *at,
			   struct br_error *err)
{
	const int64_t seconds = moment->time - at->until;
	enum br_break_kind kind;

	if (!br_discontinuity(value, at->value, seconds, &kind))
		return BR_OK;
	/* Behind a clock that was set back the seconds are not what went by. */
	if (kind == BR_BREAK_JUMP && moment->put_right)
		return BR_OK;
	return br_sql_run(store->sql,
			  "INSERT INTO discontinuity(printer, kind, name, time, before, after)"
			  " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
			  BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(kind),
					br_sql_text(value->name), br_sql_int(moment->time),
					br_sql_int(at->value), br_sql_int(value->value)),
			  err);
}

static enum br_status go_on(struct br_store *store, const struct br_moment *moment,
			    const struct br_fact_value *value, struct stretch *at,
			    struct br_error *err)
{
	const bool gap = br_is_gap(&moment->seen, moment->time - at->until);
	enum br_status status = BR_OK;

	if (at->until >= moment->time) /* the name came twice in one reading */
		return BR_OK;
	if (at->value == value->value && !gap) {
		at->until = moment->time;
		at->n++;
		at->ran = false;
		return save(store, at, err);
	}
	if (at->value != value->value)
		status = mark(store, moment, value, at, err);
	if (status == BR_OK)
		status = end(store, at, err);
	at->since = at->until = moment->time;
	at->value = value->value;
	at->n = 1;
	at->gap = gap;
	at->ran = false;
	return status == BR_OK ? save(store, at, err) : status;
}

enum br_status br_track_put(struct br_store *store, const struct br_moment *moment,
			    const struct br_facts *facts, struct br_error *err)
{
	struct tracks tracks;
	enum br_status status = load(store, moment, &tracks, err);
	size_t n = tracks.n;

	for (size_t i = 0; status == BR_OK && i < facts->n_values; i++) {
		const struct br_fact_value *value = &facts->values[i];
		struct stretch *at = find(&tracks, value);

		if (at)
			status = go_on(store, moment, value, at, err);
		else if (n++ < BR_SERIES_MAX)
			status = begin(store, moment, value, err);
	}
	/* What this reading does not say ended with the last that did. */
	for (size_t i = 0; status == BR_OK && i < tracks.n; i++)
		if (tracks.all[i].ran && moment->seen.sames)
			status = save(store, &tracks.all[i], err);
	return status;
}

enum br_status br_track_again(struct br_store *store, const struct br_moment *moment,
			      struct br_error *err)
{
	const struct br_seen *seen = &moment->seen;
	enum br_status status = br_sql_run(
		store->sql,
		"INSERT OR REPLACE INTO run SELECT id, ?3, since, ?4 - since, 0, 0, value,"
		" n + ?5, gap FROM series WHERE printer = ?1 AND until = ?2",
		BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(seen->put_at),
			      br_sql_int(BR_FINE_RAW), br_sql_int(seen->last_read),
			      br_sql_int(seen->sames)),
		err);

	if (status != BR_OK)
		return status;
	return br_sql_run(store->sql,
			  "UPDATE series SET since = ?3, until = ?3, n = 1, gap = 1"
			  " WHERE printer = ?1 AND until = ?2",
			  BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(seen->put_at),
					br_sql_int(moment->time)),
			  err);
}
