/*
 * identity.c - the row of a printer: made, brought up to date, and what changed in it.
 *
 * What a reading does not say is left as it was: that a text is absent is no change.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <string.h>

/* Columns of the row in the order of SELECT and UPDATE: four of ours, then the fields. */
enum { TARGET, PROFILE, SERIAL_KEY, MAC_KEY, FIRST_FIELD, COLUMNS = FIRST_FIELD + BR_FIELDS };

static bool same_text(struct br_view a, struct br_view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static enum br_status note(struct br_store *store, const struct br_moment *moment,
			   const char *field, const struct br_view text[2],
			   struct br_error *err)
{
	return br_sql_run(store->sql,
			  "INSERT INTO change(printer, time, field, before, after)"
			  " VALUES(?1, ?2, ?3, ?4, ?5)",
			  BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(moment->time),
					br_sql_text(br_view(field)), br_sql_text(text[0]),
					br_sql_text(text[1])),
			  err);
}

/* The name under which a column's change is told; NULL: it is not. */
static const char *told_as(size_t column)
{
	if (column == TARGET)
		return "target";
	return column >= FIRST_FIELD ? br_field_names[column - FIRST_FIELD] : NULL;
}

static struct br_view column_of(const struct br_facts *facts, size_t column)
{
	switch (column) {
	case TARGET:
		return facts->target;
	case PROFILE:
		return facts->profile;
	case SERIAL_KEY:
		return facts->serial_key;
	case MAC_KEY:
		return facts->mac_key;
	}
	return facts->field[column - FIRST_FIELD];
}

static enum br_status insert(struct br_store *store, const struct br_facts *facts, int64_t time,
			     int64_t *id, struct br_error *err)
{
	struct br_sql_value values[COLUMNS + 1];
	enum br_status status;

	for (size_t i = 0; i < COLUMNS; i++)
		values[i] = br_sql_text(column_of(facts, i));
	values[COLUMNS] = br_sql_int(time);
	status = br_sql_run(store->sql,
			    "INSERT INTO printer(target, profile, key_serial, key_mac, maker,"
			    " model, serial, mac, hostname, firmware, location, contact, asset,"
			    " description, object_id, uuid, first_seen) VALUES(?1, ?2, ?3, ?4,"
			    " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
			    (struct br_sql_values){values, COLUMNS + 1}, err);
	*id = status == BR_OK ? br_sql_last_id(store->sql) : 0;
	return status;
}

/* What the row is to be, by what was read. */
struct row {
	const struct br_facts *facts;
	struct br_sql_value values[COLUMNS + 2];
	bool changed;
};

/* The texts of the row are lent by the query that gave it. */
static enum br_status compare(struct br_store *store, const struct br_moment *moment,
			      struct br_sql_query *old, struct row *row, struct br_error *err)
{
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < COLUMNS; i++) {
		const struct br_view text[2] = {br_sql_octets(old, (int)i),
						column_of(row->facts, i)};
		const bool other = text[1].len && !same_text(text[0], text[1]);
		const char *name = told_as(i);

		row->values[i] = br_sql_text(other ? text[1] : text[0]);
		row->changed = row->changed || other;
		if (other && name && moment->seen.last_read)
			status = note(store, moment, name, text, err);
	}
	row->values[COLUMNS] = br_sql_int(moment->id);
	row->values[COLUMNS + 1] = br_sql_int(moment->time);
	return status;
}

static enum br_status update(struct br_store *store, const struct br_facts *facts,
			     const struct br_moment *moment, struct br_error *err)
{
	struct row row = {.facts = facts, .changed = moment->seen.last_read == 0};
	struct br_sql_query *query;
	bool there = false;
	enum br_status status = br_sql_ask(
		store->sql,
		"SELECT target, profile, key_serial, key_mac, maker, model, serial, mac,"
		" hostname, firmware, location, contact, asset, description, object_id, uuid"
		" FROM printer WHERE id = ?1",
		BR_SQL_VALUES(br_sql_int(moment->id)), &query, err);

	if (status != BR_OK)
		return status;
	status = br_sql_step(query, &there, err);
	if (status == BR_OK && there)
		status = compare(store, moment, query, &row, err);
	if (status == BR_OK && there && row.changed)
		status = br_sql_run(
			store->sql,
			"UPDATE printer SET target = ?1, profile = ?2, key_serial = ?3,"
			" key_mac = ?4, maker = ?5, model = ?6, serial = ?7, mac = ?8,"
			" hostname = ?9, firmware = ?10, location = ?11, contact = ?12,"
			" asset = ?13, description = ?14, object_id = ?15, uuid = ?16,"
			" first_seen = CASE first_seen WHEN 0 THEN ?18 ELSE first_seen END"
			" WHERE id = ?17",
			(struct br_sql_values){row.values, COLUMNS + 2}, err);
	br_sql_end(query);
	return status;
}

/* Forgets the row of a target that never answered; one that did is left. */
static enum br_status forget_unread(struct br_store *store, struct br_view target,
				    struct br_error *err)
{
	int64_t id = 0;
	enum br_status status = br_sql_one(
		store->sql,
		"SELECT id FROM printer WHERE target = ?1 AND target <> '' AND first_seen = 0",
		BR_SQL_VALUES(br_sql_text(target)), &id, err);

	if (status == BR_E_ABSENT)
		return BR_OK;
	return status == BR_OK ? br_apply_forget(store, id, err) : status;
}

/* Another printer that was reached at this target is so no longer. */
static enum br_status take_target(struct br_store *store, struct br_view target,
				  const struct br_moment *moment, struct br_error *err)
{
	const struct br_view text[2] = {target, {"", 0}};
	struct br_moment other = {.time = moment->time};
	enum br_status status = br_sql_one(
		store->sql,
		"SELECT id FROM printer WHERE target = ?1 AND target <> '' AND id <> ?2",
		BR_SQL_VALUES(br_sql_text(target), br_sql_int(moment->id)), &other.id, err);

	if (status != BR_OK)
		return status == BR_E_ABSENT ? BR_OK : status;
	status = br_sql_run(store->sql, "UPDATE printer SET target = '' WHERE id = ?1",
			    BR_SQL_VALUES(br_sql_int(other.id)), err);
	return status == BR_OK ? note(store, &other, "target", text, err) : status;
}

/* Of a printer that moved to where nothing was known but a target, that row goes; also where a
 * print server did not answer at first and so was a target without a device. */
static enum br_status make_room(struct br_store *store, struct br_view target,
				const struct br_moment *moment, struct br_error *err)
{
	const char *hash = target.len ? memrchr(target.at, '#', target.len) : NULL;
	enum br_status status = BR_OK;

	if (hash)
		status = forget_unread(
			store, (struct br_view){target.at, (size_t)(hash - target.at)}, err);
	if (status == BR_OK && moment->seen.last_read)
		status = forget_unread(store, target, err);
	return status == BR_OK ? take_target(store, target, moment, err) : status;
}

enum br_status br_identity_put(struct br_store *store, const struct br_facts *facts,
			       struct br_moment *moment, struct br_error *err)
{
	enum br_status status = make_room(store, facts->target, moment, err);

	if (status != BR_OK)
		return status;
	if (moment->id)
		return update(store, facts, moment, err);
	return insert(store, facts, moment->time, &moment->id, err);
}
