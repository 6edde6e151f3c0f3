/*
 * store_fuzz.c - a store that somebody has been at: the reader says something sound, or a
 * sentence.
 *
 * The first octet chooses: odd, the rest is laid over a good store, four octets of place and
 * two of what goes there each; even, it becomes values of rows, nine octets each: which column,
 * and a number or the beginning of the text that fills the rest of the input.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"
#include "fuzz/sound.h"
#include "store/reader.h"
#include "store/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];
static struct br_file good;

static void forget(void)
{
	static const char *const endings[] = {"",         "-wal",  "-shm",
					      "-journal", ".lock", ".suspect"};
	char name[96];

	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(name, sizeof name, "%s%s", path, endings[i]);
		(void)!unlink(name);
	}
}

static void put_some(struct br_store *store)
{
	static struct br_reading reading;
	const struct br_store_kept kept = {.harvest = {"\x30\x03\x06\x01\x2b", 5}};
	const struct br_store_name names[] = {{{"udp:192.0.2.1:161", 17}, {"Office", 6}},
					      {{"udp:192.0.2.2:161", 17}, {"Cellar", 6}}};
	int64_t id;

	for (int i = 1; i < 40; i++) {
		br_reading_init(&reading);
		snprintf(reading.target, sizeof reading.target, "udp:192.0.2.%d:161",
			 i % 3 + 1);
		reading.time = 1000000000 + i * 60;
		reading.identity.firmware = br_reading_put(&reading, i % 5 ? "1" : "2");
		reading.counters[BR_COUNTER_TOTAL].value = (struct br_number){true, i % 7};
		reading.n_alerts = i % 4 == 0;
		reading.alerts[0].code = 8;
		MUST(br_store_put(store, "p", &reading, &kept, &id, NULL) == BR_OK);
	}
	MUST(br_store_names(store, names, 2, NULL) == BR_OK);
}

/* False where the store was left out. */
static bool make_good(void)
{
	const struct br_sql_values none = {NULL, 0};
	struct br_store *store;
	struct br_sql *sql;

	snprintf(path, sizeof path, "/dev/shm/brayer-store-fuzz.%d", (int)getpid());
	forget();
	atexit(forget);
	if (br_store_open(&store, path, NULL, NULL) != BR_OK)
		return false;
	put_some(store);
	br_store_close(store);
	MUST(br_sql_open(&sql, path, BR_SQL_WRITE, NULL) == BR_OK);
	MUST(br_sql_run(sql, "PRAGMA wal_checkpoint(TRUNCATE)", none, NULL) == BR_OK);
	MUST(br_sql_run(sql, "PRAGMA journal_mode = DELETE", none, NULL) == BR_OK);
	br_sql_close(sql);
	return br_file_read(&good, path, 1 << 20, NULL) == BR_OK;
}

static void lay_over(char *file, const uint8_t *data, size_t size)
{
	for (; size >= 6; data += 6, size -= 6) {
		const size_t at = ((size_t)data[0] << 24 | (size_t)data[1] << 16 |
				   (size_t)data[2] << 8 | data[3]) %
				  (good.len - 1);

		memcpy(file + at, data + 4, 2);
	}
}

static void change_rows(const uint8_t *data, size_t size)
{
	static const char *const texts[] = {
		"UPDATE printer SET target = ?1",
		"UPDATE printer SET id = id + ?1",
		"UPDATE printer SET first_seen = ?1",
		"UPDATE printer SET hostname = ?1",
		"UPDATE seen SET last_read = ?1",
		"UPDATE seen SET missed = ?1",
		"UPDATE seen SET sames = ?1",
		"UPDATE seen SET put_at = ?1",
		"UPDATE seen SET status = ?1",
		"UPDATE kept SET harvest = ?1",
		"UPDATE kept SET device = ?1",
		"UPDATE series SET kind = ?1 WHERE id = 1",
		"UPDATE series SET name = ?1 WHERE id = 1",
		"UPDATE series SET since = ?1",
		"UPDATE series SET until = ?1",
		"UPDATE series SET n = ?1",
		"UPDATE run SET since = since + ?1",
		"UPDATE run SET length = ?1",
		"UPDATE run SET low = ?1",
		"UPDATE run SET high = ?1",
		"UPDATE run SET last = ?1",
		"UPDATE discontinuity SET kind = ?1",
		"UPDATE discontinuity SET time = ?1",
		"UPDATE episode SET until = ?1",
		"UPDATE episode SET severity = ?1",
		"UPDATE episode SET text = ?1",
		"UPDATE episode SET part_index = ?1",
		"UPDATE change SET field = ?1",
		"UPDATE change SET after = ?1",
		"UPDATE change SET time = ?1",
		"UPDATE seen SET uptime = ?1",
		"UPDATE kept SET engine_at = ?1",
		"UPDATE given SET name = ?1",
		"UPDATE given SET target = ?1 WHERE target LIKE '%.2:161'",
	};
	struct br_sql *sql;

	MUST(br_sql_open(&sql, path, BR_SQL_WRITE, NULL) == BR_OK);
	for (; size >= 9; data += 9, size -= 9) {
		struct br_sql_value value =
			br_sql_text((struct br_view){(const char *)data + 1, size - 1});
		const char *text = texts[(data[0] & 0x7f) % (sizeof texts / sizeof texts[0])];

		if (data[0] & 0x80) {
			value = br_sql_int(0);
			memcpy(&value.number, data + 1, 8);
		}
		(void)!br_sql_run(sql, text, (struct br_sql_values){&value, 1}, NULL);
	}
	br_sql_close(sql);
}

struct seen {
	struct br_reader *reader;
	struct br_error err;
	int64_t ids[8], series[8], end;
	size_t n_ids, n_series;
};

static void told_printer(void *user, const struct br_store_printer *printer)
{
	struct seen *seen = user;

	sound_text(printer->target.at, printer->target.len);
	sound_text(printer->name.at, printer->name.len);
	sound_text(printer->hostname.at, printer->hostname.len);
	MUST(printer->last_read >= 0 && printer->miss <= BR_E_UNREACHABLE);
	if (seen->n_ids < 8)
		seen->ids[seen->n_ids++] = printer->id;
}

static void told_series(void *user, const struct br_series *series)
{
	struct seen *seen = user;

	sound_text(series->name.at, series->name.len);
	MUST(series->first <= series->last);
	if (seen->n_series < 8)
		seen->series[seen->n_series++] = series->id;
}

static void told_point(void *user, const struct br_point *point)
{
	struct seen *seen = user;

	MUST(point->begin > seen->end && point->begin <= point->end && point->n > 0);
	MUST(point->low <= point->last && point->last <= point->high);
	seen->end = point->end;
}

static void told_break(void *user, const struct br_break *broke)
{
	(void)user;
	MUST(*br_break_name(broke->kind));
	sound_text(broke->name.at, broke->name.len);
}

static void told_episode(void *user, const struct br_episode *episode)
{
	(void)user;
	MUST(episode->begin > 0 && (!episode->end || episode->end >= episode->begin));
	sound_text(episode->text.at, episode->text.len);
	sound_text(episode->where.at, episode->where.len);
}

static void told_change(void *user, const struct br_change *change)
{
	(void)user;
	sound_text(change->before.at, change->before.len);
	sound_text(change->after.at, change->after.len);
}

static void check(struct seen *seen, enum br_status status)
{
	MUST(status == BR_OK || *seen->err.text);
}

static void look_at(struct seen *seen, int64_t id)
{
	static struct br_reading reading;
	struct br_reader *reader = seen->reader;

	if (br_reader_reading(reader, id, &reading, &seen->err) == BR_OK)
		sound_reading(&reading);
	seen->n_series = 0;
	check(seen, br_reader_series(reader, id, told_series, seen, &seen->err));
	for (size_t i = 0; i < seen->n_series; i++) {
		seen->end = 0;
		check(seen, br_reader_points(reader, seen->series[i], 0, 0, told_point, seen,
					     &seen->err));
	}
	check(seen, br_reader_breaks(reader, id, 0, told_break, seen, &seen->err));
	check(seen, br_reader_episodes(reader, id, 0, told_episode, seen, &seen->err));
	check(seen, br_reader_changes(reader, id, 0, told_change, seen, &seen->err));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct seen seen = {.n_ids = 0};
	char *file;
	FILE *out;

	if (size == 0 || (!good.data && !make_good()))
		return 0;
	file = malloc(good.len);
	if (!file)
		return 0;
	memcpy(file, good.data, good.len);
	if (data[0] & 1)
		lay_over(file, data + 1, size - 1);
	forget();
	out = fopen(path, "w");
	MUST(out && fwrite(file, good.len, 1, out) == 1 && fclose(out) == 0);
	free(file);
	if (!(data[0] & 1))
		change_rows(data + 1, size - 1);
	if (br_reader_open(&seen.reader, path, NULL, &seen.err) != BR_OK)
		return 0;
	check(&seen, br_reader_printers(seen.reader, told_printer, &seen, &seen.err));
	for (size_t i = 0; i < seen.n_ids; i++)
		look_at(&seen, seen.ids[i]);
	br_reader_close(seen.reader);
	return 0;
}
