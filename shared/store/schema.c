/*
 * schema.c - the tables, and the steps to them.
 *
 * docs/STORE.md says what each column means. A step that was published is never changed: what
 * is to be different is another step.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/schema.h"

#include "store/store.h"

#include <stdio.h>

/* Hot and small (seen, series) stands apart from what seldom changes and what is large. */
static const char first[] =
	"CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
	"INSERT INTO meta VALUES('commits', 0);"
	"CREATE TABLE printer(id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" target TEXT NOT NULL, profile TEXT NOT NULL,"
	" key_serial TEXT NOT NULL, key_mac TEXT NOT NULL, first_seen INTEGER NOT NULL,"
	" maker TEXT NOT NULL, model TEXT NOT NULL, serial TEXT NOT NULL, mac TEXT NOT NULL,"
	" hostname TEXT NOT NULL, firmware TEXT NOT NULL, location TEXT NOT NULL,"
	" contact TEXT NOT NULL, asset TEXT NOT NULL, description TEXT NOT NULL,"
	" object_id TEXT NOT NULL, uuid TEXT NOT NULL);"
	"CREATE UNIQUE INDEX printer_target ON printer(target) WHERE target <> '';"
	"CREATE INDEX printer_serial ON printer(key_serial) WHERE key_serial <> '';"
	"CREATE INDEX printer_mac ON printer(key_mac) WHERE key_mac <> '';"
	"CREATE TABLE seen(printer INTEGER PRIMARY KEY, last_read INTEGER NOT NULL,"
	" put_at INTEGER NOT NULL, sames INTEGER NOT NULL, usual INTEGER NOT NULL,"
	" uptime INTEGER NOT NULL, last_missed INTEGER NOT NULL, missed INTEGER NOT NULL,"
	" status INTEGER NOT NULL, sentence TEXT NOT NULL);"
	"CREATE TABLE kept(printer INTEGER PRIMARY KEY, device INTEGER NOT NULL,"
	" questions INTEGER NOT NULL, boots INTEGER NOT NULL, engine_time INTEGER NOT NULL,"
	" engine_at INTEGER NOT NULL, full_at INTEGER NOT NULL,"
	" engine BLOB NOT NULL, learned BLOB NOT NULL,"
	" harvest BLOB NOT NULL);"
	"CREATE TABLE series(id INTEGER PRIMARY KEY, printer INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL,"
	" since INTEGER NOT NULL, until INTEGER NOT NULL, value INTEGER NOT NULL,"
	" n INTEGER NOT NULL, gap INTEGER NOT NULL);"
	"CREATE UNIQUE INDEX series_of ON series(printer, kind, name);"
	"CREATE TABLE run(series INTEGER NOT NULL, fine INTEGER NOT NULL,"
	" since INTEGER NOT NULL, length INTEGER NOT NULL, low INTEGER NOT NULL,"
	" high INTEGER NOT NULL, last INTEGER NOT NULL, n INTEGER NOT NULL,"
	" gap INTEGER NOT NULL, PRIMARY KEY(series, fine, since)) WITHOUT ROWID;"
	"CREATE TABLE discontinuity(id INTEGER PRIMARY KEY, printer INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL,"
	" before INTEGER NOT NULL, after INTEGER NOT NULL);"
	"CREATE INDEX discontinuity_of ON discontinuity(printer, time);"
	"CREATE TABLE episode(id INTEGER PRIMARY KEY, printer INTEGER NOT NULL,"
	" key TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,"
	" severity INTEGER NOT NULL, code INTEGER NOT NULL, part INTEGER NOT NULL,"
	" part_index INTEGER NOT NULL, location INTEGER NOT NULL, text TEXT NOT NULL);"
	"CREATE INDEX episode_of ON episode(printer, since);"
	"CREATE INDEX episode_open ON episode(printer) WHERE until = 0;"
	"CREATE TABLE change(id INTEGER PRIMARY KEY, printer INTEGER NOT NULL,"
	" time INTEGER NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL,"
	" after TEXT NOT NULL);"
	"CREATE INDEX change_of ON change(printer, time);";

/* What the configuration calls the printers at a target. */
static const char second[] =
	"CREATE TABLE given(target TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;";

/* The targets that are asked. Until they were told `meta` has no row 'asked'. */
static const char third[] = "CREATE TABLE asked(target TEXT PRIMARY KEY) WITHOUT ROWID;";

static const char *const steps[] = {first, second, third};
_Static_assert(sizeof steps / sizeof steps[0] == BR_STORE_SCHEMA, "a step for each version");

const struct br_schema br_schema_today = {steps, BR_STORE_SCHEMA};

static enum br_status pragma(struct br_sql *sql, const char *text, int64_t *number,
			     struct br_error *err)
{
	return br_sql_one(sql, text, (struct br_sql_values){NULL, 0}, number, err);
}

/* Whose file it is and of which version; 0 of one that is empty. */
static enum br_status whose(struct br_sql *sql, int64_t *version, struct br_error *err)
{
	int64_t application = 0, tables = 0;
	enum br_status status = pragma(sql, "PRAGMA user_version", version, err);

	if (status == BR_OK)
		status = pragma(sql, "PRAGMA application_id", &application, err);
	if (status == BR_OK)
		status = pragma(sql, "SELECT count(*) FROM sqlite_master", &tables, err);
	if (status != BR_OK)
		return status;
	if (application == BR_STORE_APPLICATION && *version > 0)
		return BR_OK;
	if (application == 0 && *version == 0 && tables == 0)
		return BR_OK;
	return br_fail(err, BR_E_SYNTAX,
		       "is a database, but no store of Brayer: name another file as store");
}

static enum br_status newer(int64_t version, struct br_error *err)
{
	return br_fail(
		err, BR_E_UNSUPPORTED,
		"was written by a newer Brayer (schema %lld, this one knows %d): upgrade "
		"this one",
		(long long)version, BR_STORE_SCHEMA);
}

static enum br_status step(struct br_sql *sql, const struct br_schema *schema, int64_t from,
			   struct br_error *err)
{
	char mark[96];
	enum br_status status = br_sql_exec(sql, "BEGIN IMMEDIATE", err);

	if (status != BR_OK)
		return status;
	snprintf(mark, sizeof mark, "PRAGMA user_version = %lld; PRAGMA application_id = %d",
		 (long long)from + 1, BR_STORE_APPLICATION);
	status = br_sql_exec(sql, schema->steps[from], err);
	if (status == BR_OK)
		status = br_sql_exec(sql, mark, err);
	if (status == BR_OK)
		status = br_sql_exec(sql, "COMMIT", err);
	if (status != BR_OK)
		(void)!br_sql_undo(sql, NULL);
	return status;
}

enum br_status br_schema_is_ours(struct br_sql *sql, struct br_error *err)
{
	int64_t version = 0;
	enum br_status status = whose(sql, &version, err);

	return status == BR_OK && version > BR_STORE_SCHEMA ? newer(version, err) : status;
}

enum br_status br_schema_migrate(struct br_sql *sql, const struct br_schema *schema,
				 int64_t *from, struct br_error *err)
{
	int64_t version = 0;
	enum br_status status = whose(sql, &version, err);

	*from = version;
	if (status == BR_OK && (version < 0 || version > schema->n))
		return newer(version, err);
	for (; status == BR_OK && version < schema->n; version++)
		status = step(sql, schema, version, err);
	return status;
}

enum br_status br_schema_check(struct br_sql *sql, struct br_error *err)
{
	int64_t version = 0;
	enum br_status status = whose(sql, &version, err);

	if (status != BR_OK)
		return status;
	if (version == 0)
		return br_fail(err, BR_E_ABSENT,
			       "is empty: brayerd fills it when it is started");
	if (version > BR_STORE_SCHEMA)
		return newer(version, err);
	if (version < BR_STORE_SCHEMA)
		return br_fail(err, BR_E_UNSUPPORTED,
			       "was written by an older Brayer (schema %lld): start the new "
			       "collector, which migrates it",
			       (long long)version);
	return BR_OK;
}

enum br_status br_schema_sound(struct br_sql *sql, struct br_error *err)
{
	/* A view or a trigger would run with our rights; nor is a virtual table ours. */
	static const char strange[] =
		"SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
		" OR coalesce(rootpage, 0) <= 0";
	static const char *const tables[] = {
		"SELECT value FROM meta WHERE name = 'commits'",
		"SELECT max(id) FROM printer",
		"SELECT max(printer) FROM seen",
		"SELECT max(printer) FROM kept",
		"SELECT max(id) FROM series",
		"SELECT max(series) FROM run",
		"SELECT max(id) FROM discontinuity",
		"SELECT max(id) FROM episode",
		"SELECT max(id) FROM change",
		"SELECT max(target) FROM given",
		"SELECT max(target) FROM asked",
	};
	int64_t number = 0;
	enum br_status status = pragma(sql, strange, &number, err);

	if (status == BR_OK && number != 0)
		return br_fail(err, BR_E_MALFORMED, "holds what no Brayer has put there");
	for (size_t i = 0; status == BR_OK && i < sizeof tables / sizeof tables[0]; i++)
		status = pragma(sql, tables[i], &number, err);
	/* A table or column that is missing is an error of no kind. */
	if (status == BR_E_ABSENT ||
	    (status == BR_E_FILE && br_sql_trouble(sql) == BR_SQL_NO_SUCH))
		return br_fail(err, BR_E_MALFORMED, "lacks a part");
	return status;
}
