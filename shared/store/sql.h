/*
 * sql.h - a thin layer over sqlite3, which is opened by dlopen when a store is.
 *
 * Statements are kept by the address of their text, so that text must be a literal. A statement
 * that is still in use may be asked again: it is then made a second time. One connection
 * belongs to one thread at a time, and to one side of a fork.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_SQL_H
#define BR_STORE_SQL_H

#include "base/status.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct br_sql;
struct br_sql_query;

enum br_sql_mode {
	BR_SQL_READ,  /* never writes, not even a checkpoint */
	BR_SQL_WRITE, /* of a file that is there; may be empty */
};

/* path must not be empty; it is never a URI nor ":memory:". */
enum br_status br_sql_open(struct br_sql **sql, const char *path, enum br_sql_mode mode,
			   struct br_error *err) BR_MUST_CHECK;
void br_sql_close(struct br_sql *sql);

/* What the last failure was about, where the status does not say enough. */
enum br_sql_trouble {
	BR_SQL_NONE,
	BR_SQL_FULL,     /* no room on the disk, or it cannot be written */
	BR_SQL_DAMAGED,  /* it is not a whole database */
	BR_SQL_NO_BASE,  /* it does not begin as one */
	BR_SQL_BUSY,     /* somebody holds it for longer than we wait */
	BR_SQL_NO_RIGHT, /* cannot be opened, or only be read */
	BR_SQL_NO_SUCH,  /* the statement makes no sense here: a table or column is missing */
	BR_SQL_OTHER,
};
enum br_sql_trouble br_sql_trouble(const struct br_sql *sql);

/* Statements without values and answers, several of them parted by ';'. */
enum br_status br_sql_exec(struct br_sql *sql, const char *text,
			   struct br_error *err) BR_MUST_CHECK;
bool br_sql_in_transaction(const struct br_sql *sql);
/* Undoes the transaction if there is one; may fail for want of memory. */
enum br_status br_sql_undo(struct br_sql *sql, struct br_error *err) BR_MUST_CHECK;
int64_t br_sql_last_id(const struct br_sql *sql);  /* of the last row that was added */
uint64_t br_sql_changed(const struct br_sql *sql); /* rows that the last statement touched */

/* What stands for ?1, ?2 …; octets are lent until the query ends. */
struct br_sql_value {
	enum { BR_SQL_INT, BR_SQL_TEXT, BR_SQL_BLOB } kind;
	int64_t number;
	struct br_view octets;
};
struct br_sql_value br_sql_int(int64_t number);
struct br_sql_value br_sql_text(struct br_view text);
struct br_sql_value br_sql_blob(struct br_view octets);

struct br_sql_values {
	const struct br_sql_value *at;
	size_t n;
};
#define BR_SQL_VALUES(...)                                                           \
	((struct br_sql_values){(const struct br_sql_value[]){__VA_ARGS__},          \
				sizeof((const struct br_sql_value[]){__VA_ARGS__}) / \
					sizeof(struct br_sql_value)})

/* On success *query must be ended. */
enum br_status br_sql_ask(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_sql_query **query, struct br_error *err) BR_MUST_CHECK;

/* *row: there is one. Its columns are lent until the next step or the end. */
enum br_status br_sql_step(struct br_sql_query *query, bool *row,
			   struct br_error *err) BR_MUST_CHECK;
int64_t br_sql_number(struct br_sql_query *query, int column);
/* From 0 to max; 0 if it is anything else. */
static inline int64_t br_sql_count(struct br_sql_query *query, int column, int64_t max)
{
	const int64_t number = br_sql_number(query, column);

	return number < 0 || number > max ? 0 : number;
}
/* Text or blob as it stands in the file; of anything else nothing. */
struct br_view br_sql_octets(struct br_sql_query *query, int column);
void br_sql_end(struct br_sql_query *query);

/* Asks and runs to the end. */
enum br_status br_sql_run(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_error *err) BR_MUST_CHECK;

/* The first column of the first row; BR_E_ABSENT without a row. */
enum br_status br_sql_one(struct br_sql *sql, const char *text, struct br_sql_values values,
			  int64_t *number, struct br_error *err) BR_MUST_CHECK;

/* Steps of the virtual machine until a statement is given up (BR_E_LIMIT); 0: for ever. */
void br_sql_limit(struct br_sql *sql, uint64_t steps);

#endif
