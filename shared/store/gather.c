/*
 * gather.c - what was told since the last commit: in an open transaction, and in memory.
 *
 * sqlite undoes the whole transaction when a commit finds no room. So everything gathered is
 * kept in memory too, and done again, in order, when there is room: numbers of new printers
 * come out the same, since the sequence they are taken from was undone as well. Each
 * transaction counts itself, so that one which was written though its commit failed is not done
 * twice.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

#define COMMITS "SELECT value FROM meta WHERE name = 'commits'"

static const struct br_sql_values none = {NULL, 0};

enum br_status br_store_trouble(struct br_store *store, enum br_status status,
				struct br_error *err)
{
	struct br_error said = {"it cannot be read"};

	if (status == BR_OK || status == BR_E_MEMORY || status == BR_E_LIMIT)
		return status;
	if (err)
		said = *err;
	if (status == BR_E_MALFORMED && !store->damaged) {
		store->damaged = true;
		br_place_suspect(store->path, store->place);
		br_store_say(store, "%s: is damaged (%s)", store->path, said.text);
	}
	return br_fail(err, status, "%s: %.250s", store->path, said.text);
}

static void undo(struct br_store *store)
{
	(void)!br_sql_undo(store->sql, NULL);
	store->applied = false;
	for (struct br_op *op = store->first; op; op = op->next)
		op->again = true;
}

void br_gather_clear(struct br_store *store)
{
	while (store->first) {
		struct br_op *next = store->first->next;

		free(store->first);
		store->first = next;
	}
	store->last = NULL;
	store->octets = 0;
	store->health.waiting = 0;
	store->applied = false;
}

enum br_status br_gather_ready(struct br_store *store, struct br_error *err)
{
	enum br_status status;

	/* An operation that failed may have undone more than itself. */
	if (store->applied && br_sql_in_transaction(store->sql))
		return BR_OK;
	undo(store);
	status = br_sql_undo(store->sql, err);
	if (status == BR_OK)
		status = br_sql_exec(store->sql, "BEGIN IMMEDIATE", err);
	for (struct br_op *op = store->first; status == BR_OK && op; op = op->next)
		status = br_apply(store, op, err);
	if (status == BR_OK)
		store->applied = true;
	else
		undo(store);
	return status;
}

/* The list that this one takes the place of: of each kind only the last counts. */
static struct br_op *older_list(struct br_store *store, const struct br_op *op)
{
	struct br_op *old = store->first;

	if (op->kind != BR_OP_NAMES && op->kind != BR_OP_ASKED)
		return NULL;
	while (old && old->kind != op->kind)
		old = old->next;
	return old;
}

static void drop(struct br_store *store, struct br_op *old)
{
	struct br_op **at = &store->first, *before = NULL;

	while (*at != old) {
		before = *at;
		at = &before->next;
	}
	*at = old->next;
	if (store->last == old)
		store->last = before;
	store->octets -= old->size;
	store->health.waiting--;
	free(old);
}

static void keep(struct br_store *store, struct br_op *op)
{
	op->next = NULL;
	if (store->last)
		store->last->next = op;
	else
		store->first = op;
	store->last = op;
	store->octets += op->size;
	store->health.waiting++;
}

enum br_status br_gather(struct br_store *store, struct br_op *op, struct br_error *err)
{
	struct br_op *old = op ? older_list(store, op) : NULL;
	struct br_error own;
	enum br_status status;

	if (!err)
		err = &own;
	if (!op)
		return br_fail(err, BR_E_MEMORY, "out of memory for the store");
	if (op->size > store->ceiling - store->octets + (old ? old->size : 0)) {
		free(op);
		return br_fail(err, BR_E_LIMIT,
			       "%s: %zu octets wait to be written, and no more are kept",
			       store->path, store->octets);
	}
	status = br_gather_ready(store, err);
	if (status == BR_OK)
		status = br_apply(store, op, err);
	if (status == BR_OK) {
		if (op->told)
			*op->told = op->id;
		if (old)
			drop(store, old);
		keep(store, op);
		/* What does not go now is said, and waits. */
		if (store->octets > store->piece && !store->failing)
			(void)!br_store_commit(store, NULL);
		return BR_OK;
	}
	free(op);
	if (status !=
	    BR_E_ABSENT) /* that was a question without an answer: nothing is undone */
		undo(store);
	return br_store_trouble(store, status, err);
}

/*
 * The place may have been taken by another file, or by none: then nobody would read this. And
 * who took the lock away let others write it as well. Asked within a transaction, when nobody
 * else can write: so what is written is before anything that another does.
 */
enum br_status br_store_still_there(struct br_store *store, struct br_error *err)
{
	struct br_place_id now;
	enum br_status status = br_place_look(store->path, &now, NULL);

	if (status != BR_OK || !br_place_same(now, store->place))
		return br_fail(err, BR_E_ABSENT, "was moved or removed");
	if (br_place_has_lock(store->path, store->lock))
		return BR_OK;
	return br_fail(err, BR_E_ABSENT,
		       "its .lock was removed, and another collector may write it now");
}

/* True if the transaction with this number is in the file, whatever commit said. */
static bool is_written(struct br_store *store, int64_t number)
{
	int64_t commits = 0;

	return br_sql_one(store->sql, COMMITS, none, &commits, NULL) == BR_OK &&
	       commits == number;
}

static enum br_status write_all(struct br_store *store, struct br_error *err)
{
	int64_t number = 0;
	enum br_status status = br_gather_ready(store, err);

	if (status == BR_OK)
		status = br_store_still_there(store, err);
	if (status == BR_OK)
		status = br_sql_run(store->sql,
				    "UPDATE meta SET value = value + 1 WHERE name = 'commits'",
				    none, err);
	if (status == BR_OK)
		status = br_sql_one(store->sql, COMMITS, none, &number, err);
	if (status == BR_OK)
		status = br_sql_exec(store->sql, "COMMIT", err);
	if (status == BR_OK)
		return BR_OK;
	(void)br_store_trouble(store, status, err);
	undo(store);
	return number && is_written(store, number) ? BR_OK : status;
}

enum br_status br_store_commit(struct br_store *store, struct br_error *err)
{
	struct br_error own;
	enum br_status status;

	if (!err)
		err = &own;
	if (!store->first) {
		undo(store); /* what was begun for a question that had no answer */
		return BR_OK;
	}
	status = write_all(store, err);
	if (status == BR_OK) {
		br_gather_clear(store);
		store->health.commits++;
		if (store->failing)
			br_store_say(store, "%s: is written again", store->path);
		store->failing = false;
		return BR_OK;
	}
	store->health.failed_commits++;
	if (!store->failing && !store->damaged)
		br_store_say(store, "%s. %s", err->text,
			     status == BR_E_ABSENT
				     ? "Nothing more is written to it"
				     : "What was read is kept in memory meanwhile");
	store->failing = true;
	return status;
}
