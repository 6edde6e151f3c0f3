/*
 * reader_series.c - what a level or a counter was, stretch by stretch.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader_inside.h"

#include <string.h>

/* A stretch that the last put made last reaches to when the printer was last heard. */
#define UNTIL "CASE WHEN r.until = s.put_at THEN s.last_read ELSE r.until END"
#define TIMES "CASE WHEN r.until = s.put_at THEN r.n + s.sames ELSE r.n END"
#define FROM  " FROM series r LEFT JOIN seen s ON s.printer = r.printer "

struct told_series {
	br_series_fn each;
	void *user;
};

static enum br_status take_series(void *user, struct br_sql_query *query, struct br_error *err)
{
	const struct told_series *told = user;
	char name[BR_ID_SIZE + 8];
	const int64_t kind = br_sql_number(query, 1);
	const struct br_series series = {
		.id = br_sql_number(query, 0),
		.kind = kind ? BR_SERIES_COUNTER : BR_SERIES_LEVEL,
		.name = {name, br_text_clean(name, sizeof name, br_sql_octets(query, 2))},
		.first = br_sql_count(query, 3, BR_LATEST),
		.last = br_sql_count(query, 4, BR_LATEST),
	};

	if (kind < 0 || kind > BR_SERIES_COUNTER || series.name.len == 0 ||
	    series.first > series.last)
		return br_fail(err, BR_E_MALFORMED, "series %lld is damaged",
			       (long long)series.id);
	told->each(told->user, &series);
	return BR_OK;
}

enum br_status br_reader_series(struct br_reader *reader, int64_t printer, br_series_fn each,
				void *user, struct br_error *err)
{
	struct told_series told = {each, user};
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	status = br_reader_rows(reader,
				"SELECT r.id, r.kind, r.name, r.first, " UNTIL FROM
				"WHERE r.printer = ?1 ORDER BY r.kind, r.name",
				BR_SQL_VALUES(br_sql_int(printer)),
				(struct br_rows){take_series, &told}, err);
	return br_reading_ends(reader, status, err);
}

struct told_points {
	br_point_fn each;
	void *user;
	int64_t series, since, until;
	int64_t end; /* of the point before */
	bool is_level, there;
};

static bool sound(const struct told_points *told, const struct br_point *point)
{
	if (point->begin < 1 || point->end < point->begin || point->end > BR_LATEST ||
	    point->begin <= told->end || point->n == 0)
		return false;
	if (point->low > point->last || point->last > point->high)
		return false;
	return !told->is_level || (point->low >= 0 && point->high <= 100);
}

/* since, length, low - last, high - last, last, n, gap */
static enum br_status take_point(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct told_points *told = user;
	struct br_point point = {
		.begin = br_sql_count(query, 0, BR_LATEST),
		.end = br_sql_count(query, 1, BR_LATEST),
		.last = br_sql_number(query, 4),
		.n = (unsigned)br_sql_count(query, 5, INT32_MAX),
		.gap = br_sql_number(query, 6) != 0,
	};

	point.end += point.begin;
	if (__builtin_add_overflow(point.last, br_sql_number(query, 2), &point.low) ||
	    __builtin_add_overflow(point.last, br_sql_number(query, 3), &point.high) ||
	    !sound(told, &point))
		return br_fail(err, BR_E_MALFORMED, "series %lld is damaged at %lld",
			       (long long)told->series, (long long)point.begin);
	told->end = point.end;
	if (point.end >= told->since && point.begin <= told->until)
		told->each(told->user, &point);
	return BR_OK;
}

static enum br_status take_kind(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct told_points *told = user;

	(void)err;
	told->is_level = br_sql_number(query, 0) == BR_SERIES_LEVEL;
	told->there = true;
	return BR_OK;
}

static enum br_status all_points(struct br_reader *reader, struct told_points *told,
				 struct br_error *err)
{
	enum br_status status = br_reader_rows(reader, "SELECT kind FROM series WHERE id = ?1",
					       BR_SQL_VALUES(br_sql_int(told->series)),
					       (struct br_rows){take_kind, told}, err);

	if (status == BR_OK && !told->there)
		return br_fail(err, BR_E_ABSENT, "there is no series %lld",
			       (long long)told->series);
	/* The stretch in which `since` lies began before it. */
	for (int fine = BR_FINE_DAY; status == BR_OK && fine <= BR_FINE_RAW; fine++)
		status = br_reader_rows(
			reader,
			"SELECT since, length, low, high, last, n, gap FROM run"
			" WHERE series = ?1 AND fine = ?2 AND since <= ?4 AND since >="
			" coalesce((SELECT max(since) FROM run WHERE series = ?1 AND"
			" fine = ?2 AND since <= ?3), ?3) ORDER BY since",
			BR_SQL_VALUES(br_sql_int(told->series), br_sql_int(fine),
				      br_sql_int(told->since), br_sql_int(told->until)),
			(struct br_rows){take_point, told}, err);
	if (status != BR_OK)
		return status;
	return br_reader_rows(reader,
			      "SELECT r.since, " UNTIL " - r.since, 0, 0, r.value, " TIMES
			      ", r.gap" FROM "WHERE r.id = ?1",
			      BR_SQL_VALUES(br_sql_int(told->series)),
			      (struct br_rows){take_point, told}, err);
}

enum br_status br_reader_points(struct br_reader *reader, int64_t series, int64_t since,
				int64_t until, br_point_fn each, void *user,
				struct br_error *err)
{
	struct told_points told = {
		.each = each,
		.user = user,
		.series = series,
		.since = since,
		.until = until ? until : BR_LATEST,
	};
	enum br_status status = br_reading_begins(reader, err);

	if (status != BR_OK)
		return status;
	status = all_points(reader, &told, err);
	return br_reading_ends(reader, status, err);
}
