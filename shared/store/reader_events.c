/*
 * reader_events.c - discontinuities, alerts and changes, oldest first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader_inside.h"

#include "model/names.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 1024 };

static const char *const break_names[] = {
	[BR_BREAK_RESET] = "reset",       [BR_BREAK_BACK] = "back",
	[BR_BREAK_ROLLOVER] = "rollover", [BR_BREAK_JUMP] = "jump",
	[BR_BREAK_REFILL] = "refill",
};

const char *br_break_name(enum br_break_kind kind)
{
	return break_names[kind];
}

struct told {
	union {
		br_break_fn broke;
		br_episode_fn episode;
		br_change_fn change;
	} each;
	void *user;
};

static struct br_view clean(struct br_sql_query *query, int column, char *out, size_t size)
{
	return (struct br_view){out, br_text_clean(out, size, br_sql_octets(query, column))};
}

static enum br_status damaged(struct br_error *err, const char *what, int64_t id)
{
	return br_fail(err, BR_E_MALFORMED, "%s %" PRId64 " is damaged", what, id);
}

static enum br_status take_break(void *user, struct br_sql_query *query, struct br_error *err)
{
	const struct told *told = user;
	char name[BR_ID_SIZE + 8];
	const int64_t kind = br_sql_number(query, 1);
	struct br_break broke = {
		.name = clean(query, 2, name, sizeof name),
		.time = br_sql_count(query, 3, BR_LATEST),
		.before = br_sql_number(query, 4),
		.after = br_sql_number(query, 5),
	};

	if (kind < 0 || kind > BR_BREAK_REFILL || broke.time == 0)
		return damaged(err, "discontinuity", br_sql_number(query, 0));
	broke.kind = (enum br_break_kind)kind;
	told->each.broke(told->user, &broke);
	return BR_OK;
}

/* The word for a number, or the number; nothing for 0. */
static struct br_view word(const char *name, int64_t number, char out[24])
{
	if (name || number == 0)
		return name ? br_view(name) : (struct br_view){"", 0};
	snprintf(out, 24, "%" PRId64, number);
	return br_view(out);
}

static int32_t number32(struct br_sql_query *query, int column)
{
	const int64_t number = br_sql_number(query, column);

	return number < INT32_MIN || number > INT32_MAX ? 0 : (int32_t)number;
}

/* "marker-supplies 2", where the printer says which of them. */
static struct br_view part(int32_t group, int32_t index, char out[96])
{
	char number[24];
	struct br_view name = word(br_name_alert_group(group), group, number);

	if (index > 0)
		snprintf(out, 96, "%.*s %" PRId32, (int)name.len, name.at, index);
	else
		snprintf(out, 96, "%.*s", (int)name.len, name.at);
	return br_view(out);
}

static enum br_status take_episode(void *user, struct br_sql_query *query, struct br_error *err)
{
	const struct told *told = user;
	const int32_t severity = number32(query, 3), code = number32(query, 4);
	char text[TEXT_SIZE], where[96], severity_number[24], code_number[24];
	struct br_episode episode = {
		.begin = br_sql_count(query, 1, BR_LATEST),
		.end = br_sql_count(query, 2, BR_LATEST),
		.severity = word(br_name_alert_severity(severity), severity, severity_number),
		.code = word(br_name_alert_code(code), code, code_number),
		.where = part(number32(query, 5), number32(query, 6), where),
		.text = clean(query, 7, text, sizeof text),
	};

	if (episode.begin == 0 || (episode.end && episode.end < episode.begin))
		return damaged(err, "alert", br_sql_number(query, 0));
	told->each.episode(told->user, &episode);
	return BR_OK;
}

static enum br_status take_change(void *user, struct br_sql_query *query, struct br_error *err)
{
	const struct told *told = user;
	char field[32], before[TEXT_SIZE], after[TEXT_SIZE];
	const struct br_change change = {
		.time = br_sql_count(query, 1, BR_LATEST),
		.field = clean(query, 2, field, sizeof field),
		.before = clean(query, 3, before, sizeof before),
		.after = clean(query, 4, after, sizeof after),
	};

	if (change.time == 0 || change.field.len == 0)
		return damaged(err, "change", br_sql_number(query, 0));
	told->each.change(told->user, &change);
	return BR_OK;
}

/* One answer as one call; ?1 is the printer, ?2 since when. */
static enum br_status ask(struct br_reader *reader, const char *text,
			  const int64_t printer_since[2], struct br_rows rows,
			  struct br_error *err)
{
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	status = br_reader_rows(
		reader, text,
		BR_SQL_VALUES(br_sql_int(printer_since[0]), br_sql_int(printer_since[1])), rows,
		err);
	return br_reading_ends(reader, status, err);
}

enum br_status br_reader_breaks(struct br_reader *reader, int64_t printer, int64_t since,
				br_break_fn each, void *user, struct br_error *err)
{
	struct told told = {.each.broke = each, .user = user};

	return ask(reader,
		   "SELECT id, kind, name, time, before, after FROM discontinuity"
		   " WHERE printer = ?1 AND time >= ?2 ORDER BY time, id",
		   (const int64_t[2]){printer, since}, (struct br_rows){take_break, &told},
		   err);
}

enum br_status br_reader_episodes(struct br_reader *reader, int64_t printer, int64_t since,
				  br_episode_fn each, void *user, struct br_error *err)
{
	struct told told = {.each.episode = each, .user = user};

	return ask(
		reader,
		"SELECT id, since, until, severity, code, part, part_index, text FROM episode"
		" WHERE printer = ?1 AND (until = 0 OR until >= ?2) ORDER BY since, id",
		(const int64_t[2]){printer, since}, (struct br_rows){take_episode, &told}, err);
}

enum br_status br_reader_changes(struct br_reader *reader, int64_t printer, int64_t since,
				 br_change_fn each, void *user, struct br_error *err)
{
	struct told told = {.each.change = each, .user = user};

	return ask(reader,
		   "SELECT id, time, field, before, after FROM change"
		   " WHERE printer = ?1 AND time >= ?2 ORDER BY time, id",
		   (const int64_t[2]){printer, since}, (struct br_rows){take_change, &told},
		   err);
}
