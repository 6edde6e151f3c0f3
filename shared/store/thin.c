/*
 * thin.c - what is old becomes hours, then days, then nothing; a few printers at a time.
 *
 * Stretches that begin in one hour (or day) become one with the smallest, greatest and last
 * value of it; a stretch that is longer than that is thin already and stays as it is. Days
 * begin at midnight UTC, and so does the border, so that no hour is thinned in two halves:
 * there is work once a day.
 *
 * Who is not asked any more and was not heard for long is forgotten on the way.
 *
 * The border moves by a week a day at most: a clock that is years ahead for an hour must not
 * end years of history. After a long rest that only delays the work.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

enum { HOUR = 3600, DAY = 86400, STRIDE_DAYS = 7, PRINTERS_A_TIME = 8 };

struct piece { /* what several stretches become */
	int64_t since, until, low, high, last, n, gap;
};

struct thinning {
	struct br_store *store;
	struct br_error *err;
	int64_t series, before; /* stretches that began before this */
	enum br_fine from, to;
	int64_t width;
};

/* Of numbers as far apart as no two of one printer are, as much as fits. */
static int64_t less(int64_t a, int64_t b)
{
	int64_t difference;

	if (__builtin_sub_overflow(a, b, &difference))
		return a < b ? INT64_MIN : INT64_MAX;
	return difference;
}

static int64_t plus(int64_t a, int64_t b)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return b < 0 ? INT64_MIN : INT64_MAX;
	return sum;
}

static enum br_status put(const struct thinning *thin, const struct piece *piece)
{
	return br_sql_run(
		thin->store->sql,
		"INSERT OR REPLACE INTO run VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
		BR_SQL_VALUES(br_sql_int(thin->series), br_sql_int(thin->to),
			      br_sql_int(piece->since), br_sql_int(piece->until - piece->since),
			      br_sql_int(less(piece->low, piece->last)),
			      br_sql_int(less(piece->high, piece->last)),
			      br_sql_int(piece->last), br_sql_int(piece->n),
			      br_sql_int(piece->gap)),
		thin->err);
}

static struct piece take(struct br_sql_query *query)
{
	const int64_t since = br_sql_count(query, 0, BR_LATEST), last = br_sql_number(query, 4);

	return (struct piece){
		.since = since,
		.until = since + br_sql_count(query, 1, BR_LATEST),
		.low = plus(last, br_sql_number(query, 2)),
		.high = plus(last, br_sql_number(query, 3)),
		.last = last,
		.n = br_sql_count(query, 5, INT32_MAX),
		.gap = br_sql_number(query, 6),
	};
}

/* False if they did not begin in one hour, or the next is a long one of its own. One that is
 * short and reaches over the end of the hour, or of the day, belongs to where it began. */
static bool join(struct piece *piece, const struct piece *next, int64_t width)
{
	if (piece->since / width != next->since / width || next->until - next->since >= width)
		return false;
	piece->until = next->until;
	piece->low = next->low < piece->low ? next->low : piece->low;
	piece->high = next->high > piece->high ? next->high : piece->high;
	piece->last = next->last;
	piece->n += next->n;
	return true;
}

static enum br_status walk(const struct thinning *thin, struct br_sql_query *query, size_t *n)
{
	struct piece piece = {0}, next;
	enum br_status status = BR_OK;
	bool row = true;

	*n = 0;
	while (status == BR_OK && row) {
		status = br_sql_step(query, &row, thin->err);
		if (status != BR_OK || !row)
			break;
		next = take(query);
		if (*n == 0 || !join(&piece, &next, thin->width)) {
			if (*n)
				status = put(thin, &piece);
			piece = next;
		}
		++*n;
	}
	return status == BR_OK && *n ? put(thin, &piece) : status;
}

static enum br_status thin_series(const struct thinning *thin)
{
	struct br_sql_query *query;
	size_t n;
	enum br_status status =
		br_sql_ask(thin->store->sql,
			   "SELECT since, length, low, high, last, n, gap FROM run"
			   " WHERE series = ?1 AND fine = ?2 AND since < ?3 ORDER BY since",
			   BR_SQL_VALUES(br_sql_int(thin->series), br_sql_int(thin->from),
					 br_sql_int(thin->before)),
			   &query, thin->err);

	if (status != BR_OK)
		return status;
	status = walk(thin, query, &n);
	br_sql_end(query);
	if (status != BR_OK || n == 0)
		return status;
	return br_sql_run(thin->store->sql,
			  "DELETE FROM run WHERE series = ?1 AND fine = ?2 AND since < ?3",
			  BR_SQL_VALUES(br_sql_int(thin->series), br_sql_int(thin->from),
					br_sql_int(thin->before)),
			  thin->err);
}

static int64_t days_before(int64_t cut, unsigned days)
{
	return cut - (int64_t)days * DAY;
}

static enum br_status all_of_series(struct br_store *store, int64_t series, int64_t cut,
				    struct br_error *err)
{
	struct thinning thin = {
		.store = store,
		.err = err,
		.series = series,
		.before = days_before(cut, store->options.raw_days),
		.from = BR_FINE_RAW,
		.to = BR_FINE_HOUR,
		.width = HOUR,
	};
	const int64_t oldest = days_before(cut, store->options.daily_days);
	enum br_status status = thin_series(&thin);

	thin.before = days_before(cut, store->options.hourly_days);
	thin.from = BR_FINE_HOUR;
	thin.to = BR_FINE_DAY;
	thin.width = DAY;
	if (status == BR_OK)
		status = thin_series(&thin);
	if (status == BR_OK)
		status = br_sql_run(store->sql,
				    "DELETE FROM run WHERE series = ?1 AND fine = ?2"
				    " AND since < ?3 AND since + length < ?3",
				    BR_SQL_VALUES(br_sql_int(series), br_sql_int(BR_FINE_DAY),
						  br_sql_int(oldest)),
				    err);
	return status;
}

static enum br_status every_series(struct br_store *store, int64_t printer, int64_t cut,
				   struct br_error *err)
{
	int64_t ids[BR_SERIES_MAX];
	size_t n = 0;
	bool row = true;
	struct br_sql_query *query;
	enum br_status status =
		br_sql_ask(store->sql, "SELECT id FROM series WHERE printer = ?1",
			   BR_SQL_VALUES(br_sql_int(printer)), &query, err);

	while (status == BR_OK && row && n < BR_SERIES_MAX) {
		status = br_sql_step(query, &row, err);
		if (status == BR_OK && row)
			ids[n++] = br_sql_number(query, 0);
	}
	br_sql_end(query);
	for (size_t i = 0; status == BR_OK && i < n; i++)
		status = all_of_series(store, ids[i], cut, err);
	return status;
}

/* The newest so many are kept, and none that is older than the days, but for what goes on. */
static enum br_status thin_events(struct br_store *store, int64_t printer, int64_t oldest,
				  struct br_error *err)
{
	static const char *const texts[] = {
		"DELETE FROM discontinuity WHERE printer = ?1 AND (time < ?2 OR id <="
		" (SELECT id FROM discontinuity WHERE printer = ?1 ORDER BY time DESC, id DESC"
		" LIMIT 1 OFFSET ?3))",
		"DELETE FROM change WHERE printer = ?1 AND (time < ?2 OR id <="
		" (SELECT id FROM change WHERE printer = ?1 ORDER BY time DESC, id DESC"
		" LIMIT 1 OFFSET ?3))",
		"DELETE FROM episode WHERE printer = ?1 AND until <> 0 AND (until < ?2 OR id <="
		" (SELECT id FROM episode WHERE printer = ?1 ORDER BY since DESC, id DESC"
		" LIMIT 1 OFFSET ?3))",
	};
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < sizeof texts / sizeof texts[0]; i++)
		status = br_sql_run(store->sql, texts[i],
				    BR_SQL_VALUES(br_sql_int(printer), br_sql_int(oldest),
						  br_sql_int(BR_EVENTS_MAX)),
				    err);
	return status;
}

/* A value that was not seen for so long has no series any more. */
static enum br_status one_printer(struct br_store *store, int64_t printer, int64_t cut,
				  struct br_error *err)
{
	const int64_t oldest = days_before(cut, store->options.daily_days);
	enum br_status status = every_series(store, printer, cut, err);

	if (status == BR_OK)
		status = thin_events(store, printer, oldest, err);
	if (status != BR_OK)
		return status;
	return br_sql_run(store->sql,
			  "DELETE FROM series WHERE printer = ?1 AND until < ?2 AND until <>"
			  " (SELECT put_at FROM seen WHERE printer = ?1) AND NOT EXISTS"
			  " (SELECT 1 FROM run WHERE series = series.id)",
			  BR_SQL_VALUES(br_sql_int(printer), br_sql_int(oldest)), err);
}

/* What never answered has nothing to lose; it was a mistake in the configuration. */
static enum br_status forget_gone(struct br_store *store, int64_t printer, int64_t cut,
				  bool *gone, struct br_error *err)
{
	int64_t number = 0;
	enum br_status status = br_sql_one(
		store->sql,
		"SELECT EXISTS (SELECT 1 FROM meta WHERE name = 'asked') AND"
		" (p.target = '' OR NOT " BR_PRINTER_ASKED ") AND"
		" coalesce((SELECT last_read FROM seen WHERE printer = p.id), 0) < ?2"
		" FROM printer p WHERE p.id = ?1",
		BR_SQL_VALUES(br_sql_int(printer),
			      br_sql_int(days_before(cut, store->options.gone_days))),
		&number, err);

	*gone = status == BR_OK && number != 0;
	return *gone ? br_apply_forget(store, printer, err) : status;
}

/* The next printers by number; *last is the last of them, or stays. */
static enum br_status some(struct br_store *store, int64_t cut, int64_t *last, bool *more,
			   struct br_error *err)
{
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && *more && i < PRINTERS_A_TIME; i++) {
		int64_t next = 0;
		bool gone = false;

		status = br_sql_one(store->sql,
				    "SELECT id FROM printer WHERE id > ?1 ORDER BY id LIMIT 1",
				    BR_SQL_VALUES(br_sql_int(*last)), &next, err);
		*more = status == BR_OK;
		if (status != BR_OK)
			break;
		*last = next;
		status = forget_gone(store, next, cut, &gone, err);
		if (status == BR_OK && !gone)
			status = one_printer(store, next, cut, err);
	}
	return status == BR_E_ABSENT ? BR_OK : status;
}

static enum br_status recall(struct br_store *store, const char *text, int64_t *value,
			     struct br_error *err)
{
	enum br_status status =
		br_sql_one(store->sql, text, (struct br_sql_values){NULL, 0}, value, err);

	return status == BR_E_ABSENT ? BR_OK : status;
}

/* The border of today; *done: it was reached today. */
static enum br_status find_cut(struct br_store *store, int64_t today, int64_t *cut, bool *done,
			       struct br_error *err)
{
	int64_t day = 0, last = 0;
	enum br_status status =
		recall(store, "SELECT value FROM meta WHERE name = 'thinned_on'", &day, err);

	/* What was never thinned, as a store of the first schema, begins where it was read. */
	if (status == BR_OK)
		status = recall(
			store,
			"SELECT coalesce((SELECT value FROM meta WHERE name = 'thinned'),"
			" (SELECT max(last_read) FROM seen))",
			&last, err);
	*done = day == today;
	*cut = last > 0 && less(today, last) > STRIDE_DAYS * DAY ? last + STRIDE_DAYS * DAY
								 : today;
	return status;
}

/* The border never goes back: from a clock that is years back it would take years again. */
static enum br_status remember(struct br_store *store, int64_t today, int64_t cut,
			       struct br_error *err)
{
	return br_sql_run(store->sql,
			  "INSERT OR REPLACE INTO meta VALUES('thinned_on', ?1),"
			  " ('thinned', max(?2, coalesce((SELECT value FROM meta"
			  " WHERE name = 'thinned'), 0)))",
			  BR_SQL_VALUES(br_sql_int(today), br_sql_int(cut)), err);
}

/* A piece, in the transaction that is open. */
static enum br_status thin_piece(struct br_store *store, int64_t today, int64_t *last,
				 bool *more, struct br_error *err)
{
	int64_t cut;
	bool done;
	enum br_status status = find_cut(store, today, &cut, &done, err);

	*more = !done;
	if (status == BR_OK && !done)
		status = some(store, cut, last, more, err);
	if (status == BR_OK && !done && !*more)
		status = remember(store, today, cut, err);
	return status;
}

enum br_status br_store_thin(struct br_store *store, int64_t now, bool *more,
			     struct br_error *err)
{
	const int64_t today = now / DAY * DAY;
	int64_t last = store->thin_printer;
	enum br_status status;

	*more = false;
	if (today == store->thinned)
		return BR_OK;
	status = br_store_commit(store, err);
	if (status == BR_OK)
		status = br_sql_undo(store->sql, err);
	if (status == BR_OK)
		status = br_sql_exec(store->sql, "BEGIN IMMEDIATE", err);
	if (status != BR_OK)
		return status;
	status = thin_piece(store, today, &last, more, err);
	if (status == BR_OK)
		status = br_store_still_there(store, err);
	if (status == BR_OK)
		status = br_sql_exec(store->sql, "COMMIT", err);
	if (status != BR_OK) {
		*more = false;
		(void)!br_sql_undo(store->sql, NULL);
		return br_store_trouble(store, status, err);
	}
	store->thin_printer = *more ? last : 0;
	if (!*more)
		store->thinned = today;
	return BR_OK;
}
