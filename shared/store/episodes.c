/*
 * episodes.c - an alert begins with the first reading that has it and ends with the first that
 * has not.
 *
 * A partial reading ends none: what was not asked may go on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <string.h>

enum { CRITICAL = 3, KEY_SIZE = 128 }; /* PrtAlertSeverityLevelTC */

struct open_one {
	int64_t id, severity;
	char key[KEY_SIZE];
	bool goes_on;
};

static enum br_status load(struct br_store *store, int64_t printer,
			   struct open_one open[BR_OPEN_MAX], size_t *n, struct br_error *err)
{
	struct br_sql_query *query;
	bool row = true;
	enum br_status status = br_sql_ask(
		store->sql,
		"SELECT id, severity, key FROM episode WHERE printer = ?1 AND until = 0",
		BR_SQL_VALUES(br_sql_int(printer)), &query, err);

	*n = 0;
	if (status != BR_OK)
		return status;
	while (status == BR_OK && row && *n < BR_OPEN_MAX) {
		status = br_sql_step(query, &row, err);
		if (status != BR_OK || !row)
			break;
		open[*n].id = br_sql_number(query, 0);
		open[*n].severity = br_sql_number(query, 1);
		open[*n].goes_on = false;
		(void)br_text_copy(open[*n].key, KEY_SIZE, br_sql_octets(query, 2));
		++*n;
	}
	br_sql_end(query);
	return status;
}

static struct open_one *find(struct open_one *open, size_t n, struct br_view key)
{
	for (size_t i = 0; i < n; i++)
		if (br_view_is(key, open[i].key))
			return &open[i];
	return NULL;
}

static enum br_status begin(struct br_store *store, const struct br_moment *moment,
			    const struct br_fact_alert *alert, struct br_error *err)
{
	return br_sql_run(
		store->sql,
		"INSERT INTO episode(printer, since, until, severity, code, part, part_index,"
		" location, text, key) VALUES(?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
		BR_SQL_VALUES(br_sql_int(moment->id), br_sql_int(moment->time),
			      br_sql_int(alert->severity), br_sql_int(alert->code),
			      br_sql_int(alert->part), br_sql_int(alert->part_index),
			      br_sql_int(alert->location), br_sql_text(alert->text),
			      br_sql_text(alert->key)),
		err);
}

/* Of an alert that grew worse the worse is kept. */
static enum br_status go_on(struct br_store *store, struct open_one *open,
			    const struct br_fact_alert *alert, struct br_error *err)
{
	open->goes_on = true;
	if (alert->severity != CRITICAL || open->severity == CRITICAL)
		return BR_OK;
	return br_sql_run(store->sql, "UPDATE episode SET severity = ?2 WHERE id = ?1",
			  BR_SQL_VALUES(br_sql_int(open->id), br_sql_int(CRITICAL)), err);
}

/* Said twice in one reading is once. */
static bool said_before(const struct br_facts *facts, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (facts->alerts[i].key.len == facts->alerts[at].key.len &&
		    memcmp(facts->alerts[i].key.at, facts->alerts[at].key.at,
			   facts->alerts[at].key.len) == 0)
			return true;
	return false;
}

enum br_status br_episodes_put(struct br_store *store, const struct br_moment *moment,
			       const struct br_facts *facts, struct br_error *err)
{
	struct open_one open[BR_OPEN_MAX];
	size_t n = 0, begun = 0;
	enum br_status status = load(store, moment->id, open, &n, err);

	for (size_t i = 0; status == BR_OK && i < facts->n_alerts; i++) {
		struct open_one *known = find(open, n, facts->alerts[i].key);

		if (known)
			status = go_on(store, known, &facts->alerts[i], err);
		else if (!said_before(facts, i) && n + begun++ < BR_OPEN_MAX)
			status = begin(store, moment, &facts->alerts[i], err);
	}
	for (size_t i = 0; status == BR_OK && !facts->partial && i < n; i++)
		if (!open[i].goes_on)
			status = br_sql_run(
				store->sql, "UPDATE episode SET until = ?2 WHERE id = ?1",
				BR_SQL_VALUES(br_sql_int(open[i].id), br_sql_int(moment->time)),
				err);
	return status;
}
