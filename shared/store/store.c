/*
 * store.c - the writer: opened, asked, closed.
 *
 * WAL with synchronous=NORMAL: after a power cut the last commits may be missing, but what is
 * there is whole; after a crash of the program none is missing. Nothing is spilled to the disk
 * before a commit, so a full disk is met at a commit and nowhere else.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/store.h"

#include "store/inside.h"
#include "store/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CHECKED_MAX (32u << 20) /* a larger file is not read through at every start */

static const struct br_sql_values none = {NULL, 0};

void br_store_say(const struct br_store *store, const char *format, ...)
{
	char sentence[1024];
	va_list args;

	if (!store->options.say)
		return;
	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	store->options.say(store->options.user, sentence);
}

static enum br_status set_up(struct br_store *store, struct br_error *err)
{
	struct br_sql_query *query;
	struct br_view mode;
	bool row = false, wal;
	enum br_status status = br_sql_exec(store->sql,
					    "PRAGMA synchronous = NORMAL;"
					    "PRAGMA cache_spill = OFF;"
					    "PRAGMA cache_size = -4096;"
					    "PRAGMA journal_size_limit = 8388608",
					    err);

	if (status == BR_OK)
		status = br_sql_ask(store->sql, "PRAGMA journal_mode = WAL", none, &query, err);
	if (status != BR_OK)
		return status;
	status = br_sql_step(query, &row, err);
	mode = row ? br_sql_octets(query, 0) : (struct br_view){"", 0};
	wal = br_view_is(mode, "wal");
	br_sql_end(query);
	if (status == BR_OK && !wal)
		return br_fail(err, BR_E_FILE,
			       "cannot have a WAL: is it on a network's file system?");
	return status;
}

/* Of a small file every page, of a large one only what is met first. */
static enum br_status check(struct br_store *store, struct br_error *err)
{
	struct br_sql_query *query;
	struct br_error found;
	bool row = false, well;
	enum br_status status = br_schema_sound(store->sql, err);

	if (status != BR_OK || br_place_size(store->path) > CHECKED_MAX)
		return status;
	status = br_sql_ask(store->sql, "PRAGMA quick_check(1)", none, &query, err);
	if (status != BR_OK)
		return status;
	status = br_sql_step(query, &row, err);
	well = status == BR_OK && row && br_view_is(br_sql_octets(query, 0), "ok");
	if (row)
		(void)br_text_clean(found.text, 200, br_sql_octets(query, 0));
	br_sql_end(query);
	if (status == BR_OK && !well)
		return br_fail(err, BR_E_MALFORMED, "%s", row ? found.text : "no answer");
	return status;
}

static enum br_status open_once(struct br_store *store, struct br_error *err)
{
	int64_t from = 0;
	enum br_status status = br_place_make(store->path, err);

	if (status == BR_OK)
		status = br_place_look(store->path, &store->place, err);
	if (status != BR_OK)
		return status;
	status = br_sql_open(&store->sql, store->path, BR_SQL_WRITE, err);
	/* Another program's file is not even given a WAL; what we write is never without. */
	if (status == BR_OK)
		status = br_schema_is_ours(store->sql, err);
	if (status == BR_OK)
		status = set_up(store, err);
	if (status == BR_OK)
		status = br_schema_migrate(store->sql, &br_schema_today, &from, err);
	if (status == BR_OK)
		status = check(store, err);
	if (status == BR_OK && from != 0 && from < BR_STORE_SCHEMA)
		br_store_say(store, "%s: migrated from schema %lld to %d", store->path,
			     (long long)from, BR_STORE_SCHEMA);
	if (status != BR_OK) {
		br_sql_close(store->sql);
		store->sql = NULL;
	}
	return status;
}

static enum br_status set_aside(struct br_store *store, const char *why, struct br_error *err)
{
	char aside[BR_PLACE_MAX + 96];
	enum br_status status =
		br_place_set_aside(store->path, (int64_t)time(NULL), aside, err);

	if (status == BR_OK)
		br_store_say(store,
			     "%s: is damaged (%s): it was set aside as %s, and an empty one is "
			     "made, which the printers fill again",
			     store->path, why, aside);
	return status;
}

/* In front of every sentence that comes from below. */
static enum br_status about(const struct br_store *store, enum br_status status,
			    struct br_error *err)
{
	struct br_error said = *err;

	if (status == BR_OK || strncmp(said.text, store->path, strlen(store->path)) == 0)
		return status;
	return br_fail(err, status, "%s: %.250s", store->path, said.text);
}

/* Somebody else's file is not even locked: a mistyped name leaves nothing behind. */
static enum br_status refuse_others(const struct br_store *store, struct br_error *err)
{
	if (br_place_whose(store->path) != BR_PLACE_OTHERS)
		return BR_OK;
	return br_fail(err, BR_E_SYNTAX,
		       "%s: is no store of Brayer: name another file as store. If it was one "
		       "and is damaged, move it away",
		       store->path);
}

static enum br_status open_or_make(struct br_store *store, struct br_error *err)
{
	enum br_status status = BR_OK;

	if (br_place_is_suspect(store->path))
		status = set_aside(store, "it was found so while it was used", err);
	if (status == BR_OK)
		status = open_once(store, err);
	/* What is read wrong once may be a disk's moment; a good store is not given up for it.
	 */
	if (status == BR_E_MALFORMED)
		status = open_once(store, err);
	if (status != BR_E_MALFORMED)
		return about(store, status, err);
	/* Not all that is damaged was ours. */
	if (br_place_whose(store->path) != BR_PLACE_OURS) {
		const struct br_error said = *err;

		return br_fail(err, BR_E_SYNTAX,
			       "%s: is damaged (%.120s), and does not say that it is a store "
			       "of Brayer: name another file as store, or move it away",
			       store->path, said.text);
	}
	status = set_aside(store, err->text, err);
	if (status == BR_OK)
		status = open_once(store, err);
	return about(store, status, err);
}

static struct br_store *make(const char *path, const struct br_store_options *options)
{
	const size_t size = strlen(path) + 1;
	struct br_store *made = calloc(1, sizeof *made);

	if (made)
		made->path = malloc(size);
	if (!made || !made->path) {
		free(made);
		return NULL;
	}
	memcpy(made->path, path, size);
	if (options)
		made->options = *options;
	if (!made->options.raw_days)
		made->options.raw_days = 14;
	if (!made->options.hourly_days)
		made->options.hourly_days = 180;
	if (!made->options.daily_days)
		made->options.daily_days = 3650;
	if (!made->options.gone_days)
		made->options.gone_days = 400;
	made->lock = -1;
	made->ceiling = BR_GATHER_CEILING;
	made->piece = BR_GATHER_PIECE;
	return made;
}

enum br_status br_store_open(struct br_store **store, const char *path,
			     const struct br_store_options *options, struct br_error *err)
{
	struct br_error own;
	enum br_status status;

	*store = make(path, options);
	if (!*store)
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	if (!err)
		err = &own;
	/* Beside somebody else's file no lock is made; where there is one it is taken first. */
	status = br_place_may_be_in_use(path) ? BR_OK : refuse_others(*store, err);
	if (status == BR_OK)
		status = br_place_lock(path, &(*store)->lock, err);
	if (status == BR_OK)
		status = refuse_others(*store, err);
	if (status == BR_OK)
		status = open_or_make(*store, err);
	if (status != BR_OK) {
		br_store_close(*store);
		*store = NULL;
	}
	return status;
}

void br_store_close(struct br_store *store)
{
	if (!store)
		return;
	if (store->sql)
		(void)!br_store_commit(store, NULL);
	br_gather_clear(store);
	br_sql_close(store->sql);
	/* The file of the lock stays: a second one by its name could be locked beside it. */
	if (store->lock >= 0)
		close(store->lock);
	free(store->path);
	free(store);
}

enum br_status br_store_put(struct br_store *store, const char *profile,
			    const struct br_reading *reading, const struct br_store_kept *kept,
			    int64_t *id, struct br_error *err)
{
	struct br_op *op = br_op_put(profile, reading, kept);
	enum br_status status;

	*id = 0;
	if (op && op->time <= 0)
		op->time = (int64_t)time(NULL);
	if (op)
		op->told = id;
	status = br_gather(store, op, err);
	store->health.puts += status == BR_OK;
	return status;
}

enum br_status br_store_whose(struct br_store *store, const struct br_reading *reading,
			      int64_t *id, struct br_error *err)
{
	struct br_facts facts = {.target = br_view(reading->target)};
	struct br_printer_key key;
	struct br_error own;
	enum br_status status;

	if (!err)
		err = &own;
	*id = 0;
	br_printer_key(reading, &key);
	facts.serial_key = br_view(key.serial);
	facts.mac_key = br_view(key.mac);
	status = store->first ? br_gather_ready(store, err) : BR_OK;
	if (status == BR_OK)
		status = br_find_printer(store, &facts, id, err);
	return br_store_trouble(store, status, err);
}

enum br_status br_store_same(struct br_store *store, int64_t id, int64_t time,
			     uint32_t uptime_s, struct br_error *err)
{
	struct br_op *op = br_op_plain(BR_OP_SAME, id);
	enum br_status status;

	if (op) {
		op->time = time;
		op->uptime = uptime_s;
	}
	status = br_gather(store, op, err);
	store->health.sames += status == BR_OK;
	return status;
}

enum br_status br_store_missed(struct br_store *store, const char *target, const char *profile,
			       int64_t time, enum br_status status, const char *sentence,
			       struct br_error *err)
{
	struct br_op *op = br_op_missed(target, profile, status, sentence);
	enum br_status done;

	if (op)
		op->time = time;
	done = br_gather(store, op, err);
	store->health.misses += done == BR_OK;
	return done;
}

enum br_status br_store_names(struct br_store *store, const struct br_store_name *names,
			      size_t n, struct br_error *err)
{
	return br_gather(store, br_op_names(names, n), err);
}

enum br_status br_store_asked(struct br_store *store, const struct br_view *targets, size_t n,
			      struct br_error *err)
{
	return br_gather(store, br_op_asked(targets, n), err);
}

enum br_status br_store_each(struct br_store *store, br_store_printer_fn each, void *user,
			     struct br_error *err)
{
	struct br_error own;
	enum br_status status;

	if (!err)
		err = &own;
	status = store->first ? br_gather_ready(store, err) : BR_OK;
	if (status == BR_OK)
		status = br_printers_each(store->sql, each, user, err);
	return br_store_trouble(store, status, err);
}

enum br_status br_store_kept(struct br_store *store, int64_t id, br_store_printer_fn each,
			     void *user, struct br_error *err)
{
	struct br_error own;
	enum br_status status;

	if (!err)
		err = &own;
	status = store->first ? br_gather_ready(store, err) : BR_OK;
	if (status == BR_OK)
		status = br_printers_one(store->sql, id, each, user, err);
	return br_store_trouble(store, status, err);
}

void br_store_health(const struct br_store *store, struct br_store_health *health)
{
	*health = store->health;
	health->octets = br_place_size(store->path);
}
