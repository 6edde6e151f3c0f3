/*
 * find.c - whose reading this is: by serial number, by MAC, by target.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

#include <string.h>

#define COLUMNS "SELECT id, key_serial, key_mac, target FROM printer "

/* Two of the printers behind one print server, which may say the server's serial of each. */
static bool are_neighbours(struct br_view a, struct br_view b)
{
	const char *hash_a = a.len ? memchr(a.at, '#', a.len) : NULL;
	const char *hash_b = b.len ? memchr(b.at, '#', b.len) : NULL;
	size_t len;

	if (!hash_a || !hash_b)
		return false;
	len = (size_t)(hash_a - a.at);
	return len == (size_t)(hash_b - b.at) && memcmp(a.at, b.at, len) == 0 &&
	       (a.len != b.len || memcmp(a.at, b.at, a.len) != 0);
}

static bool fits(struct br_sql_query *query, const struct br_facts *facts)
{
	struct br_printer_key ours, theirs;

	br_text_copy(ours.serial, sizeof ours.serial, facts->serial_key);
	br_text_copy(ours.mac, sizeof ours.mac, facts->mac_key);
	br_text_copy(theirs.serial, sizeof theirs.serial, br_sql_octets(query, 1));
	br_text_copy(theirs.mac, sizeof theirs.mac, br_sql_octets(query, 2));
	return br_printer_same(&ours, &theirs) != BR_SAME_NO &&
	       !are_neighbours(facts->target, br_sql_octets(query, 3));
}

/* The first of the rows that fits; *id stays 0 if none does. */
static enum br_status try(struct br_store *store, const char *text, struct br_view key,
			  const struct br_facts *facts, int64_t *id, struct br_error *err)
{
	struct br_sql_query *query;
	enum br_status status;
	bool row = true;

	if (key.len == 0)
		return BR_OK;
	status = br_sql_ask(store->sql, text, BR_SQL_VALUES(br_sql_text(key)), &query, err);
	if (status != BR_OK)
		return status;
	while (status == BR_OK && row && *id == 0) {
		status = br_sql_step(query, &row, err);
		if (status == BR_OK && row && fits(query, facts))
			*id = br_sql_number(query, 0);
	}
	br_sql_end(query);
	return status;
}

enum br_status br_find_printer(struct br_store *store, const struct br_facts *facts,
			       int64_t *id, struct br_error *err)
{
	enum br_status status;

	*id = 0;
	status = try(store, COLUMNS "WHERE key_serial = ?1 AND key_serial <> ''",
		     facts->serial_key, facts, id, err);
	if (status == BR_OK && *id == 0)
		status = try(store, COLUMNS "WHERE key_mac = ?1 AND key_mac <> ''",
			     facts->mac_key, facts, id, err);
	if (status == BR_OK && *id == 0)
		status = try(store, COLUMNS "WHERE target = ?1 AND target <> ''", facts->target,
			     facts, id, err);
	return status;
}
