/*
 * sql_left_out.c - takes the place of sql.c where sqlite3's header was not found.
 *
 * Nothing but br_sql_open is ever called, since it never succeeds; the rest is there to be
 * linked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/sql.h"

static enum br_status left_out(struct br_error *err)
{
	return br_fail(err, BR_E_UNSUPPORTED,
		       "the store was left out of this build: build again with the header of "
		       "sqlite3 (Debian: libsqlite3-dev)");
}

enum br_status br_sql_open(struct br_sql **sql, const char *path, enum br_sql_mode mode,
			   struct br_error *err)
{
	(void)path, (void)mode;
	*sql = NULL;
	return left_out(err);
}

void br_sql_close(struct br_sql *sql)
{
	(void)sql;
}

enum br_sql_trouble br_sql_trouble(const struct br_sql *sql)
{
	(void)sql;
	return BR_SQL_OTHER;
}

enum br_status br_sql_exec(struct br_sql *sql, const char *text, struct br_error *err)
{
	(void)sql, (void)text;
	return left_out(err);
}

bool br_sql_in_transaction(const struct br_sql *sql)
{
	(void)sql;
	return false;
}

enum br_status br_sql_undo(struct br_sql *sql, struct br_error *err)
{
	(void)sql;
	return left_out(err);
}

int64_t br_sql_last_id(const struct br_sql *sql)
{
	(void)sql;
	return 0;
}

uint64_t br_sql_changed(const struct br_sql *sql)
{
	(void)sql;
	return 0;
}

struct br_sql_value br_sql_int(int64_t number)
{
	return (struct br_sql_value){.kind = BR_SQL_INT, .number = number};
}

struct br_sql_value br_sql_text(struct br_view text)
{
	return (struct br_sql_value){.kind = BR_SQL_TEXT, .octets = text};
}

struct br_sql_value br_sql_blob(struct br_view octets)
{
	return (struct br_sql_value){.kind = BR_SQL_BLOB, .octets = octets};
}

enum br_status br_sql_ask(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_sql_query **query, struct br_error *err)
{
	(void)sql, (void)text, (void)values;
	*query = NULL;
	return left_out(err);
}

enum br_status br_sql_step(struct br_sql_query *query, bool *row, struct br_error *err)
{
	(void)query;
	*row = false;
	return left_out(err);
}

int64_t br_sql_number(struct br_sql_query *query, int column)
{
	(void)query, (void)column;
	return 0;
}

struct br_view br_sql_octets(struct br_sql_query *query, int column)
{
	(void)query, (void)column;
	return (struct br_view){"", 0};
}

void br_sql_end(struct br_sql_query *query)
{
	(void)query;
}

enum br_status br_sql_run(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_error *err)
{
	(void)sql, (void)text, (void)values;
	return left_out(err);
}

enum br_status br_sql_one(struct br_sql *sql, const char *text, struct br_sql_values values,
			  int64_t *number, struct br_error *err)
{
	(void)sql, (void)text, (void)values;
	*number = 0;
	return left_out(err);
}

void br_sql_limit(struct br_sql *sql, uint64_t steps)
{
	(void)sql, (void)steps;
}
