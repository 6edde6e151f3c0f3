/*
 * sql.c - libsqlite3, opened by dlopen when first needed.
 *
 * The library stays loaded once it was (RTLD_NODELETE): it holds locks of the process on its
 * files, and a host may use it as well. Nothing is configured for the whole process.
 *
 * A file may be hostile: what its schema says is not trusted, cells are checked, nothing is
 * mapped, and a limit of steps ends what would never end. A reader has neither the right to
 * write nor to clear away the WAL, also where its user would.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/sql.h"

#include <dlfcn.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define LIBSQLITE      "libsqlite3.so.0"
#define OLDEST         3022000 /* the first that reads a WAL without the right to write */
#define WAIT_WRITER_MS 1000
#define WAIT_READER_MS 2000
#define KEPT           96
#define STEPS_A_LOOK   1000

/* clang-format off */
#define FUNCTIONS(X)                                                                              \
	X(libversion_number) X(open_v2) X(close_v2) X(extended_result_codes) X(busy_timeout)      \
	X(file_control) X(db_config) X(exec) X(prepare_v3) X(bind_int64) X(bind_text) X(bind_blob) \
	X(step) X(reset) X(clear_bindings) X(finalize) X(column_type) X(column_int64)             \
	X(column_blob) X(column_bytes) X(errmsg) X(errstr) X(extended_errcode) X(get_autocommit)  \
	X(last_insert_rowid) X(changes) X(progress_handler)
/* clang-format on */

struct br_sql_query {
	struct br_sql *sql;
	const char *text; /* NULL: free */
	sqlite3_stmt *stmt;
	bool busy, kept;
};

struct br_sql {
	void *library;
#define X(name) __typeof__(sqlite3_##name) *name;
	FUNCTIONS(X)
#undef X
	sqlite3 *db;
	int last; /* extended code of the last failure */
	uint64_t steps_left, steps;
	struct br_sql_query kept[KEPT];
};

/* By memcpy, since C has no cast from an object's pointer to a function's. */
static bool find_functions(struct br_sql *sql)
{
	void *symbol;
	bool all = true;
#define X(name)                                         \
	symbol = dlsym(sql->library, "sqlite3_" #name); \
	memcpy(&sql->name, &symbol, sizeof symbol);     \
	all = all && symbol;
	FUNCTIONS(X)
#undef X
	return all;
}

/* What is missing, as a sentence; NULL: nothing. */
static const char *load(struct br_sql *sql)
{
	sql->library = dlopen(LIBSQLITE, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!sql->library)
		return "the store needs " LIBSQLITE
		       ", which is not here: install it (Debian: libsqlite3-0)";
	if (!find_functions(sql) || sql->libversion_number() < OLDEST)
		return "this " LIBSQLITE " is too old for the store: 3.22 is needed";
	return NULL;
}

static const struct {
	int code;
	enum br_status status;
	enum br_sql_trouble trouble;
} codes[] = {
	{SQLITE_NOMEM, BR_E_MEMORY, BR_SQL_OTHER},
	{SQLITE_FULL, BR_E_FILE, BR_SQL_FULL},
	{SQLITE_IOERR, BR_E_FILE, BR_SQL_FULL},
	{SQLITE_CORRUPT, BR_E_MALFORMED, BR_SQL_DAMAGED},
	{SQLITE_NOTADB, BR_E_MALFORMED, BR_SQL_NO_BASE},
	{SQLITE_ERROR, BR_E_FILE, BR_SQL_NO_SUCH},
	{SQLITE_BUSY, BR_E_FILE, BR_SQL_BUSY},
	{SQLITE_LOCKED, BR_E_FILE, BR_SQL_BUSY},
	{SQLITE_CANTOPEN, BR_E_FILE, BR_SQL_NO_RIGHT},
	{SQLITE_READONLY, BR_E_FILE, BR_SQL_NO_RIGHT},
	{SQLITE_PERM, BR_E_FILE, BR_SQL_NO_RIGHT},
	{SQLITE_AUTH, BR_E_FILE, BR_SQL_NO_RIGHT},
	{SQLITE_INTERRUPT, BR_E_LIMIT, BR_SQL_OTHER},
	{SQLITE_TOOBIG, BR_E_LIMIT, BR_SQL_OTHER},
};
enum { CODES = sizeof codes / sizeof codes[0] };

static enum br_status failed(struct br_sql *sql, int code, struct br_error *err)
{
	enum br_status status = BR_E_FILE;

	sql->last = code;
	for (size_t i = 0; i < CODES; i++)
		if (codes[i].code == (code & 0xff))
			status = codes[i].status;
	if (code == SQLITE_IOERR_NOMEM)
		status = BR_E_MEMORY;
	if (status == BR_E_MEMORY) /* sqlite's sentence is of what it wanted the memory for */
		return br_fail(err, status, "out of memory for the store");
	return br_fail(err, status, "%s", sql->db ? sql->errmsg(sql->db) : sql->errstr(code));
}

enum br_sql_trouble br_sql_trouble(const struct br_sql *sql)
{
	if (sql->last == SQLITE_OK)
		return BR_SQL_NONE;
	for (size_t i = 0; i < CODES; i++)
		if (codes[i].code == (sql->last & 0xff))
			return sql->last == SQLITE_IOERR_NOMEM ? BR_SQL_OTHER
							       : codes[i].trouble;
	return BR_SQL_OTHER;
}

static enum br_status set_up(struct br_sql *sql, enum br_sql_mode mode, struct br_error *err)
{
	int persist = 1;

	sql->extended_result_codes(sql->db, 1);
	sql->busy_timeout(sql->db, mode == BR_SQL_WRITE ? WAIT_WRITER_MS : WAIT_READER_MS);
	/* What an older library does not know of these it leaves alone. */
	sql->db_config(sql->db, 1010 /* DEFENSIVE */, 1, NULL);
	sql->db_config(sql->db, 1017 /* TRUSTED_SCHEMA */, 0, NULL);
	if (mode == BR_SQL_READ)
		sql->db_config(sql->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sql->file_control(sql->db, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
	return br_sql_exec(sql,
			   "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
			   "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF",
			   err);
}

static enum br_status open_file(struct br_sql *sql, const char *path, enum br_sql_mode mode,
				struct br_error *err)
{
	const int flags = SQLITE_OPEN_NOMUTEX |
			  (mode == BR_SQL_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	size_t len = strlen(path);
	char *plain = malloc(len + 3); /* "./" makes a path of what could mean something else */
	int code;

	if (!plain)
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	memcpy(plain, "./", 2);
	memcpy(plain + 2, path, len + 1);
	code = sql->open_v2(*path == '/' ? plain + 2 : plain, &sql->db, flags, NULL);
	free(plain);
	return code == SQLITE_OK ? set_up(sql, mode, err) : failed(sql, code, err);
}

enum br_status br_sql_open(struct br_sql **sql, const char *path, enum br_sql_mode mode,
			   struct br_error *err)
{
	enum br_status status;
	const char *missing;

	*sql = calloc(1, sizeof **sql);
	if (!*sql)
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	missing = load(*sql);
	status = missing ? br_fail(err, BR_E_UNSUPPORTED, "%s", missing)
			 : open_file(*sql, path, mode, err);
	if (status != BR_OK) {
		br_sql_close(*sql);
		*sql = NULL;
	}
	return status;
}

void br_sql_close(struct br_sql *sql)
{
	if (!sql)
		return;
	for (size_t i = 0; i < KEPT; i++)
		if (sql->kept[i].stmt)
			sql->finalize(sql->kept[i].stmt);
	if (sql->db)
		sql->close_v2(sql->db);
	if (sql->library)
		dlclose(sql->library);
	free(sql);
}

enum br_status br_sql_exec(struct br_sql *sql, const char *text, struct br_error *err)
{
	int code = sql->exec(sql->db, text, NULL, NULL, NULL);

	return code == SQLITE_OK ? BR_OK : failed(sql, sql->extended_errcode(sql->db), err);
}

bool br_sql_in_transaction(const struct br_sql *sql)
{
	return !sql->get_autocommit(sql->db);
}

enum br_status br_sql_undo(struct br_sql *sql, struct br_error *err)
{
	return br_sql_in_transaction(sql) ? br_sql_exec(sql, "ROLLBACK", err) : BR_OK;
}

int64_t br_sql_last_id(const struct br_sql *sql)
{
	return sql->last_insert_rowid(sql->db);
}

uint64_t br_sql_changed(const struct br_sql *sql)
{
	return (uint64_t)sql->changes(sql->db);
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

static int bind_one(struct br_sql_query *query, int at, const struct br_sql_value *value)
{
	const struct br_sql *sql = query->sql;
	/* A null pointer would be NULL and not the empty text. */
	const char *octets = value->octets.at ? value->octets.at : "";
	int len = value->octets.len < INT32_MAX ? (int)value->octets.len : INT32_MAX;

	switch (value->kind) {
	case BR_SQL_INT:
		return sql->bind_int64(query->stmt, at, value->number);
	case BR_SQL_TEXT:
		return sql->bind_text(query->stmt, at, octets, len, SQLITE_STATIC);
	case BR_SQL_BLOB:
		return sql->bind_blob(query->stmt, at, octets, len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/* A kept statement of this text, a free place, or one that is made for this time only. */
static struct br_sql_query *place(struct br_sql *sql, const char *text)
{
	for (size_t i = 0; i < KEPT; i++) {
		struct br_sql_query *query = &sql->kept[i];

		if (query->text == text && query->busy)
			break;
		if (query->text == text || !query->text) {
			query->kept = true;
			return query;
		}
	}
	return calloc(1, sizeof(struct br_sql_query));
}

static enum br_status prepare(struct br_sql *sql, const char *text, struct br_sql_query **query,
			      struct br_error *err)
{
	struct br_sql_query *at = place(sql, text);
	bool kept;
	int code;

	*query = at;
	if (!at)
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	if (at->stmt)
		return BR_OK;
	kept = at->kept;
	code = sql->prepare_v3(sql->db, text, -1, kept ? SQLITE_PREPARE_PERSISTENT : 0,
			       &at->stmt, NULL);
	if (code == SQLITE_OK) {
		at->sql = sql;
		at->text = text;
		return BR_OK;
	}
	*query = NULL;
	if (!kept)
		free(at);
	return failed(sql, code, err);
}

enum br_status br_sql_ask(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_sql_query **query, struct br_error *err)
{
	enum br_status status = prepare(sql, text, query, err);

	if (!*query)
		return status;
	(*query)->busy = true;
	sql->steps = sql->steps_left;
	for (size_t i = 0; i < values.n; i++) {
		int code = bind_one(*query, (int)i + 1, &values.at[i]);

		if (code == SQLITE_OK)
			continue;
		status = failed(sql, code, err);
		br_sql_end(*query);
		*query = NULL;
		return status;
	}
	return BR_OK;
}

enum br_status br_sql_step(struct br_sql_query *query, bool *row, struct br_error *err)
{
	int code = query->sql->step(query->stmt);

	*row = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ? BR_OK
							 : failed(query->sql, code, err);
}

int64_t br_sql_number(struct br_sql_query *query, int column)
{
	if (query->sql->column_type(query->stmt, column) != SQLITE_INTEGER)
		return 0;
	return query->sql->column_int64(query->stmt, column);
}

struct br_view br_sql_octets(struct br_sql_query *query, int column)
{
	int type = query->sql->column_type(query->stmt, column);
	struct br_view octets = {"", 0};
	const void *at;

	if (type != SQLITE_TEXT && type != SQLITE_BLOB)
		return octets;
	at = query->sql->column_blob(query->stmt, column);
	if (at)
		octets = (struct br_view){
			at, (size_t)query->sql->column_bytes(query->stmt, column)};
	return octets;
}

void br_sql_end(struct br_sql_query *query)
{
	if (!query)
		return;
	if (query->kept) {
		query->sql->reset(query->stmt);
		query->sql->clear_bindings(query->stmt);
		query->busy = false;
		return;
	}
	query->sql->finalize(query->stmt);
	free(query);
}

enum br_status br_sql_run(struct br_sql *sql, const char *text, struct br_sql_values values,
			  struct br_error *err)
{
	struct br_sql_query *query;
	enum br_status status = br_sql_ask(sql, text, values, &query, err);
	bool row = true;

	if (!query)
		return status;
	while (status == BR_OK && row)
		status = br_sql_step(query, &row, err);
	br_sql_end(query);
	return status;
}

enum br_status br_sql_one(struct br_sql *sql, const char *text, struct br_sql_values values,
			  int64_t *number, struct br_error *err)
{
	struct br_sql_query *query;
	enum br_status status = br_sql_ask(sql, text, values, &query, err);
	bool row = false;

	*number = 0;
	if (!query)
		return status;
	status = br_sql_step(query, &row, err);
	if (status == BR_OK && row)
		*number = br_sql_number(query, 0);
	br_sql_end(query);
	if (status == BR_OK && !row)
		return br_fail(err, BR_E_ABSENT, "there is no such row");
	return status;
}

static int look(void *user)
{
	struct br_sql *sql = user;

	if (sql->steps < STEPS_A_LOOK)
		return 1;
	sql->steps -= STEPS_A_LOOK;
	return 0;
}

void br_sql_limit(struct br_sql *sql, uint64_t steps)
{
	sql->steps_left = sql->steps = steps;
	sql->progress_handler(sql->db, steps ? STEPS_A_LOOK : 0, steps ? look : NULL, sql);
}
