/*
 * store_kill.c - a writer is killed at moments of chance, again and again, and its store looked
 * through.
 *
 * Usage: store_kill STORE ROUNDS SEED
 *
 * The writer does steps 0, 1, 2 … which say themselves what they are: step K is of printer
 * K % PRINTERS, at a time that tells K. After each commit it acknowledges the last step through
 * a pipe, and thins a piece of what is more than a day old. After each kill the file must be
 * whole, hold every acknowledged step, and hold each step once: a step not acknowledged may be
 * there or not, but none behind one that is missing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader.h"
#include "store/sql.h"
#include "store/store.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PRINTERS = 20, A_COMMIT = 7, BEGIN = 1800000000, A_STEP_S = 30, LATEST_MS = 40 };

static struct br_error err;

static void say(void *user, const char *sentence)
{
	(void)user;
	printf("%s\n", sentence);
	(void)fflush(stdout);
}

/* Every third of a printer's steps is a reading, of one page more; the others are the same. */
static int64_t pages_at(int64_t step)
{
	return step / PRINTERS / 3;
}

static enum br_status do_step(struct br_store *store, int64_t step)
{
	static struct br_reading reading;
	static char answers[6000];
	const struct br_store_kept kept = {.harvest = {answers, sizeof answers}};
	const int64_t printer = step % PRINTERS, time = BEGIN + step * A_STEP_S;
	char serial[24];
	int64_t id;

	if (step / PRINTERS % 3 != 0)
		return br_store_same(store, printer + 1, time, 1, &err);
	snprintf(serial, sizeof serial, "SN%05" PRId64, printer);
	memset(answers, (int)(step & 0xff), sizeof answers);
	br_reading_init(&reading);
	snprintf(reading.target, sizeof reading.target, "udp:%s:161", serial);
	reading.time = time;
	reading.identity.serial = br_reading_put(&reading, serial);
	reading.counters[BR_COUNTER_TOTAL].value = (struct br_number){true, pages_at(step)};
	return br_store_put(store, "p", &reading, &kept, &id, &err);
}

static void write_steps(const char *path, int64_t step, int acknowledge)
{
	const struct br_store_options options = {.say = say, .raw_days = 1, .hourly_days = 3};
	struct br_store *store;
	bool more;
	enum br_status status = br_store_open(&store, path, &options, &err);

	for (; status == BR_OK; step++) {
		status = do_step(store, step);
		if (status == BR_OK && step % A_COMMIT == 0) {
			status = br_store_commit(store, &err);
			if (status == BR_OK &&
			    write(acknowledge, &step, sizeof step) != sizeof step)
				break;
			if (status == BR_OK)
				status = br_store_thin(store, BEGIN + step * A_STEP_S, &more,
						       &err);
		}
	}
	printf("the writer ended: %s\n", err.text);
	(void)fflush(stdout);
	_exit(1);
}

/* The last step that was acknowledged before it was killed, or the one before. */
static int64_t run_and_kill(const char *path, int64_t next)
{
	int ends[2];
	int64_t step, last = next - 1;
	pid_t writer;

	if (pipe(ends) != 0)
		return -1;
	writer = fork();
	if (writer == 0) {
		close(ends[0]);
		write_steps(path, next, ends[1]);
	}
	close(ends[1]);
	poll(NULL, 0, 1 + rand() % LATEST_MS);
	kill(writer, SIGKILL);
	while (read(ends[0], &step, sizeof step) == sizeof step)
		last = step;
	close(ends[0]);
	waitpid(writer, NULL, 0);
	return last;
}

struct seen {
	struct br_reader *reader;
	int64_t latest;              /* step of the whole store */
	int64_t last[PRINTERS + 1];  /* step of each printer, by its number */
	int64_t times[PRINTERS + 1]; /* how often each was heard */
	int64_t pages[PRINTERS + 1];
	int64_t now, series;
	int64_t thinned; /* hours and days that are left of stretches */
	bool well;
};

static void take_printer(void *user, const struct br_store_printer *printer)
{
	struct seen *seen = user;

	if (printer->id < 1 || printer->id > PRINTERS) {
		seen->well = false;
		return;
	}
	seen->last[printer->id] = (printer->last_read - BEGIN) / A_STEP_S;
	if (seen->last[printer->id] > seen->latest)
		seen->latest = seen->last[printer->id];
}

static void take_point(void *user, const struct br_point *point)
{
	struct seen *seen = user;

	seen->times[seen->now] += point->n;
	/* No page is missing: each stretch begins with one page more than the one before. */
	if (point->high != point->last || point->low != seen->pages[seen->now] + 1)
		seen->well = false;
	seen->thinned += point->low != point->high;
	seen->pages[seen->now] = point->last;
}

static void take_series(void *user, const struct br_series *series)
{
	struct seen *seen = user;

	seen->series = series->id;
}

/* What each printer must say if steps 0 to latest were done, each once. */
static bool is_each_once(struct seen *seen)
{
	for (int64_t id = 1; id <= PRINTERS && id <= seen->latest + 1; id++) {
		const int64_t last = seen->latest - (seen->latest - (id - 1)) % PRINTERS;

		if (seen->last[id] != last || seen->times[id] != last / PRINTERS + 1 ||
		    seen->pages[id] != pages_at(last)) {
			printf("printer %" PRId64 ": step %" PRId64 ", %" PRId64
			       " times, %" PRId64 " pages; of %" PRId64 " steps\n",
			       id, seen->last[id], seen->times[id], seen->pages[id],
			       seen->latest + 1);
			return false;
		}
	}
	return seen->well;
}

static bool look_through(const char *path, bool begun, int64_t *latest, int64_t *thinned)
{
	struct seen seen = {.latest = -1, .well = true};
	enum br_status status = br_reader_open(&seen.reader, path, NULL, &err);

	*latest = -1;
	if (!begun && (status == BR_E_ABSENT || status == BR_E_FILE))
		return true; /* killed while it was made: the next writer goes on with that */
	if (status == BR_OK)
		status = br_reader_printers(seen.reader, take_printer, &seen, &err);
	for (seen.now = 1; status == BR_OK && seen.now <= PRINTERS; seen.now++) {
		seen.series = 0;
		seen.pages[seen.now] = -1;
		status = br_reader_series(seen.reader, seen.now, take_series, &seen, &err);
		if (status == BR_OK && seen.series)
			status = br_reader_points(seen.reader, seen.series, 0, 0, take_point,
						  &seen, &err);
	}
	br_reader_close(seen.reader);
	if (status != BR_OK)
		printf("%s\n", err.text);
	*latest = seen.latest;
	*thinned = seen.thinned;
	return status == BR_OK && is_each_once(&seen);
}

static bool is_whole(const char *path)
{
	const struct br_sql_values none = {NULL, 0};
	struct br_sql_query *query;
	struct br_sql *sql;
	bool row = false, whole = false;

	if (br_sql_open(&sql, path, BR_SQL_READ, &err) != BR_OK)
		return access(path, F_OK) != 0;
	if (br_sql_ask(sql, "PRAGMA integrity_check(1)", none, &query, &err) == BR_OK) {
		whole = br_sql_step(query, &row, &err) == BR_OK && row &&
			br_view_is(br_sql_octets(query, 0), "ok");
		br_sql_end(query);
	}
	br_sql_close(sql);
	return whole;
}

int main(int argc, char **argv)
{
	int64_t next = 0, latest = -1, thinned = 0, acknowledged;
	int rounds;

	if (argc != 4)
		return 2;
	rounds = (int)strtol(argv[2], NULL, 10);
	srand((unsigned)strtoul(argv[3], NULL, 10));
	for (int round = 0; round < rounds; round++) {
		acknowledged = run_and_kill(argv[1], next);
		if (!look_through(argv[1], acknowledged >= 0, &latest, &thinned) ||
		    (acknowledged >= 0 && !is_whole(argv[1])) || latest < acknowledged) {
			printf("round %d: acknowledged %" PRId64 ", there %" PRId64 " %s\n",
			       round, acknowledged, latest, err.text);
			return 1;
		}
		next = latest + 1;
	}
	printf("%d kills, %" PRId64 " steps, %" PRId64 " thinned\n", rounds, next, thinned);
	return next < rounds; /* it must have come to something */
}
