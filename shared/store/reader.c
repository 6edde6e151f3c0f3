/*
 * reader.c - the store opened for reading, and opened again when it is another file.
 *
 * Each outermost call is a transaction of its own, so that what it says is of one moment. A
 * limit of steps ends what a hostile file would have go on for ever.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader_inside.h"

#include "store/schema.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STEPS_MAX UINT64_C(500000000)

static bool is_there(const char *path, const char *ending, int how)
{
	char name[BR_PLACE_MAX + 8];

	snprintf(name, sizeof name, "%s%s", path, ending);
	return faccessat(AT_FDCWD, name, how, AT_EACCESS) == 0;
}

/* Says what can be done where sqlite has only "unable to open database file". */
static enum br_status no_right(const struct br_reader *reader, struct br_error *err)
{
	static const char *const beside[] = {"-wal", "-shm"};

	if (!is_there(reader->path, "", R_OK))
		return br_fail(err, BR_E_FILE,
			       "no right to read it: who reads the store is in group "
			       "brayer-read");
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		if (!is_there(reader->path, beside[i], F_OK))
			return br_fail(err, BR_E_FILE,
				       "%s%s is missing. The collector makes it when it is "
				       "started; a copy of a store is read from a directory "
				       "that you may write",
				       reader->path, beside[i]);
		if (!is_there(reader->path, beside[i], R_OK))
			return br_fail(err, BR_E_FILE,
				       "no right to read %s%s: who reads the store is in group "
				       "brayer-read",
				       reader->path, beside[i]);
	}
	return BR_E_FILE;
}

/* Damage is for the collector to mend, which may not have met it: a large file is not read
 * through at its start. */
static enum br_status explain(const struct br_reader *reader, enum br_status status,
			      struct br_error *err)
{
	const enum br_sql_trouble trouble =
		reader->sql ? br_sql_trouble(reader->sql) : BR_SQL_NONE;
	const bool of_file = trouble == BR_SQL_DAMAGED || trouble == BR_SQL_NO_BASE;
	struct br_error said;

	if (status == BR_E_FILE && trouble == BR_SQL_NO_RIGHT)
		return no_right(reader, err);
	/* Within a call it may be a row, which is told and does no harm to others. */
	if (status != BR_E_MALFORMED || (reader->depth && !of_file) || !err)
		return status;
	said = *err;
	if (trouble == BR_SQL_NO_BASE)
		return br_fail(err, status,
			       "is no database: is it the right file? A store that is damaged "
			       "is moved away while brayerd is stopped, which then makes a new "
			       "one");
	return br_fail(err, status,
		       "is damaged (%.120s): stop brayerd, move it away, start brayerd, which "
		       "makes a new one",
		       said.text);
}

static enum br_status open_again(struct br_reader *reader, struct br_error *err)
{
	struct br_place_id now;
	enum br_status status = br_place_look(reader->path, &now, err);

	if (status == BR_OK && reader->sql && br_place_same(now, reader->place))
		return BR_OK;
	br_sql_close(reader->sql);
	reader->sql = NULL;
	if (status != BR_OK)
		return status;
	reader->place = now;
	status = br_sql_open(&reader->sql, reader->path, BR_SQL_READ, err);
	if (status == BR_E_FILE && !reader->sql)
		return no_right(reader, err);
	if (status == BR_OK)
		br_sql_limit(reader->sql, STEPS_MAX);
	return status;
}

/* The names of views and triggers would be looked up too, so they are refused at once. */
static enum br_status begin(struct br_reader *reader, struct br_error *err)
{
	enum br_status status = open_again(reader, err);

	if (status != BR_OK)
		return status;
	status = br_sql_undo(reader->sql, err);
	if (status == BR_OK)
		status = br_sql_exec(reader->sql, "BEGIN", err);
	if (status == BR_OK)
		status = br_schema_check(reader->sql, err);
	if (status == BR_OK)
		status = br_schema_sound(reader->sql, err);
	status = explain(reader, status, err);
	if (status == BR_OK)
		return BR_OK;
	if (reader->sql)
		(void)!br_sql_undo(reader->sql, NULL);
	return status;
}

static enum br_status about(const struct br_reader *reader, enum br_status status,
			    struct br_error *err)
{
	struct br_error said;

	if (status == BR_OK || !err)
		return status;
	said = *err;
	if (strncmp(said.text, reader->path, strlen(reader->path)) == 0)
		return status;
	return br_fail(err, status, "%s: %.250s", reader->path, said.text);
}

enum br_status br_reading_begins(struct br_reader *reader, struct br_error *err)
{
	enum br_status status = reader->depth ? BR_OK : begin(reader, err);

	reader->depth += status == BR_OK;
	return about(reader, status, err);
}

enum br_status br_reading_ends(struct br_reader *reader, enum br_status status,
			       struct br_error *err)
{
	if (reader->depth == 1) {
		status = explain(reader, status, err);
		(void)!br_sql_undo(reader->sql, NULL);
	}
	reader->depth--;
	return about(reader, status, err);
}

enum br_status br_reader_rows(struct br_reader *reader, const char *text,
			      struct br_sql_values values, struct br_rows rows,
			      struct br_error *err)
{
	struct br_sql_query *query;
	bool row = true;
	enum br_status status = br_sql_ask(reader->sql, text, values, &query, err);

	if (status != BR_OK)
		return status;
	while (status == BR_OK && row) {
		status = br_sql_step(query, &row, err);
		if (status == BR_OK && row)
			status = rows.each(rows.user, query, err);
	}
	br_sql_end(query);
	return status;
}

enum br_status br_reader_open(struct br_reader **reader, const char *path,
			      struct br_makers *makers, struct br_error *err)
{
	const size_t size = strlen(path) + 1;
	struct br_reader *made = calloc(1, sizeof *made);
	enum br_status status;

	*reader = NULL;
	if (made)
		made->path = malloc(size);
	if (!made || !made->path) {
		free(made);
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	}
	memcpy(made->path, path, size);
	made->makers = makers;
	status = br_reading_begins(made, err);
	if (status == BR_OK)
		status = br_reading_ends(made, status, err);
	if (status == BR_OK)
		*reader = made;
	else
		br_reader_close(made);
	return status;
}

void br_reader_close(struct br_reader *reader)
{
	if (!reader)
		return;
	br_sql_close(reader->sql);
	free(reader->path);
	free(reader);
}
