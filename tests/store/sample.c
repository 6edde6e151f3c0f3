/*
 * sample.c - readings made member by member, and the reader's answers as lines.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/sample.h"

#include "check.h"
#include "store/sql.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(void *user, const char *sentence)
{
	struct sample *sample = user;

	br_buf_text(&sample->said, sentence);
	br_buf_char(&sample->said, '\n');
}

void sample_init(struct sample *sample)
{
	memset(sample, 0, sizeof *sample);
	/* In memory where that can be: what a disk does with fsync is not what is tested. */
	snprintf(sample->dir, sizeof sample->dir, "%s/brayer-store.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(sample->dir))
		check_skip("no directory could be made");
	snprintf(sample->path, sizeof sample->path, "%s/store.db", sample->dir);
	br_buf_init(&sample->said, 1 << 20);
	br_buf_text(&sample->said, "");
	sample->options.say = say;
	sample->options.user = sample;
}

void sample_done(struct sample *sample)
{
	DIR *dir;
	struct dirent *entry;
	char path[400];

	sample_close(sample);
	dir = opendir(sample->dir);
	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof path, "%s/%s", sample->dir, entry->d_name);
		if (entry->d_name[0] != '.')
			(void)!unlink(path);
	}
	if (dir)
		closedir(dir);
	(void)!rmdir(sample->dir);
	br_buf_clear(&sample->said);
}

static void check_opened(struct sample *sample, enum br_status status)
{
	if (status == BR_E_UNSUPPORTED && strstr(sample->err.text, "left out")) {
		sample_done(sample);
		check_skip("the store was left out (Debian: libsqlite3-dev)");
	}
	if (status != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
}

void sample_open(struct sample *sample)
{
	check_opened(sample, br_store_open(&sample->store, sample->path, &sample->options,
					   &sample->err));
}

void sample_read(struct sample *sample)
{
	check_opened(sample, br_reader_open(&sample->reader, sample->path, NULL, &sample->err));
}

void sample_close(struct sample *sample)
{
	br_store_close(sample->store);
	br_reader_close(sample->reader);
	sample->store = NULL;
	sample->reader = NULL;
}

static void add_alerts(struct br_reading *reading, const int (*alerts)[4])
{
	for (; alerts && (*alerts)[0]; alerts++) {
		struct br_alert *alert = &reading->alerts[reading->n_alerts++];

		*alert = (struct br_alert){
			.index = (int32_t)reading->n_alerts,
			.group = (*alerts)[0],
			.group_index = (*alerts)[1],
			.code = (*alerts)[2],
			.severity = (*alerts)[3],
			.description = br_reading_put(reading, "what the panel says"),
		};
	}
}

void sample_make(struct br_reading *reading, const struct sample_reading *from)
{
	br_reading_init(reading);
	snprintf(reading->target, sizeof reading->target, "%s",
		 from->target ? from->target : "udp:192.0.2.1:161");
	reading->time = from->time;
	reading->reachable = true;
	reading->partial = from->partial;
	reading->identity.maker = br_reading_put(reading, "Maker");
	reading->identity.model = br_reading_put(reading, "Model 1");
	reading->identity.serial = br_reading_put(reading, from->serial ? from->serial : "");
	reading->identity.mac = br_reading_put(reading, from->mac ? from->mac : "");
	reading->identity.firmware =
		br_reading_put(reading, from->firmware ? from->firmware : "");
	if (from->black) {
		struct br_supply *supply = &reading->supplies[reading->n_supplies++];

		*supply = (struct br_supply){.kind = BR_LEVEL_MEASURED,
					     .percent = (uint8_t)(from->black - 1)};
		snprintf(supply->id, sizeof supply->id, "toner-black");
	}
	if (from->total)
		reading->counters[BR_COUNTER_TOTAL].value =
			(struct br_number){true, from->total - 1};
	add_alerts(reading, from->alerts);
}

int64_t sample_put(struct sample *sample, struct sample_reading from)
{
	static struct br_reading reading;
	int64_t id = 0;
	enum br_status status;

	sample_make(&reading, &from);
	status = br_store_put(sample->store, "default", &reading, from.kept, &id, &sample->err);
	if (status != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
	return id;
}

void sample_commit(struct sample *sample)
{
	enum br_status status = br_store_commit(sample->store, &sample->err);

	if (status != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", sample->err.text);
}

/* Lines that are lent until the next question. */
struct lines {
	struct sample *sample;
	struct br_buf buf;
	struct br_series series[64];
	char names[64][64];
	size_t n;
};

static struct lines *lines(struct sample *sample)
{
	static struct lines all;

	if (!all.buf.ceiling)
		br_buf_init(&all.buf, 4 << 20);
	br_buf_clear(&all.buf);
	br_buf_text(&all.buf, "");
	all.sample = sample;
	all.n = 0;
	if (!sample->reader)
		sample_read(sample);
	return &all;
}

static const char *done(struct lines *all, enum br_status status)
{
	if (status != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", all->sample->err.text);
	return all->buf.data ? all->buf.data : "";
}

static void keep_series(void *user, const struct br_series *series)
{
	struct lines *all = user;

	if (all->n == 64)
		return;
	br_text_copy(all->names[all->n], sizeof all->names[0], series->name);
	all->series[all->n++] = *series;
}

static void add_point(void *user, const struct br_point *point)
{
	struct lines *all = user;

	br_buf_format(&all->buf, "%s%" PRId64 "-%" PRId64 " ", point->gap ? "gap " : "",
		      point->begin - NOON, point->end - NOON);
	if (point->low != point->last || point->high != point->last)
		br_buf_format(&all->buf, "%" PRId64 "..%" PRId64 " ", point->low, point->high);
	br_buf_format(&all->buf, "%" PRId64 " x%u\n", point->last, point->n);
}

const char *sample_points(struct sample *sample, int64_t printer)
{
	struct lines *all = lines(sample);
	enum br_status status =
		br_reader_series(sample->reader, printer, keep_series, all, &sample->err);

	for (size_t i = 0; status == BR_OK && i < all->n; i++) {
		br_buf_format(&all->buf, "%s %s\n",
			      all->series[i].kind == BR_SERIES_LEVEL ? "level" : "counter",
			      all->names[i]);
		status = br_reader_points(sample->reader, all->series[i].id, 0, 0, add_point,
					  all, &sample->err);
	}
	return done(all, status);
}

static void add_break(void *user, const struct br_break *broke)
{
	struct lines *all = user;

	br_buf_format(&all->buf, "%" PRId64 " %s %.*s %" PRId64 " %" PRId64 "\n",
		      broke->time - NOON, br_break_name(broke->kind), (int)broke->name.len,
		      broke->name.at, broke->before, broke->after);
}

const char *sample_breaks(struct sample *sample, int64_t printer)
{
	struct lines *all = lines(sample);

	return done(all,
		    br_reader_breaks(sample->reader, printer, 0, add_break, all, &sample->err));
}

static void add_episode(void *user, const struct br_episode *episode)
{
	struct lines *all = user;

	br_buf_format(&all->buf, "%" PRId64 "-", episode->begin - NOON);
	if (episode->end)
		br_buf_number(&all->buf, episode->end - NOON);
	br_buf_format(&all->buf, " %.*s %.*s at %.*s\n", (int)episode->severity.len,
		      episode->severity.at, (int)episode->code.len, episode->code.at,
		      (int)episode->where.len, episode->where.at);
}

const char *sample_episodes(struct sample *sample, int64_t printer)
{
	struct lines *all = lines(sample);

	return done(all, br_reader_episodes(sample->reader, printer, 0, add_episode, all,
					    &sample->err));
}

static void add_change(void *user, const struct br_change *change)
{
	struct lines *all = user;

	br_buf_format(&all->buf, "%" PRId64 " %.*s \"%.*s\" \"%.*s\"\n", change->time - NOON,
		      (int)change->field.len, change->field.at, (int)change->before.len,
		      change->before.at, (int)change->after.len, change->after.at);
}

const char *sample_changes(struct sample *sample, int64_t printer)
{
	struct lines *all = lines(sample);

	return done(all, br_reader_changes(sample->reader, printer, 0, add_change, all,
					   &sample->err));
}

static void add_printer(void *user, const struct br_store_printer *printer)
{
	struct lines *all = user;

	br_buf_format(&all->buf, "#%" PRId64 " %.*s %.*s %.*s", printer->id,
		      (int)printer->target.len, printer->target.at, (int)printer->serial.len,
		      printer->serial.at, (int)printer->mac.len, printer->mac.at);
	if (printer->last_read)
		br_buf_format(&all->buf, " read %" PRId64, printer->last_read - NOON);
	if (printer->missed)
		br_buf_format(&all->buf, " missed %u times, last %" PRId64 ": %.*s",
			      printer->missed, printer->last_missed - NOON,
			      (int)printer->why.len, printer->why.at);
	br_buf_char(&all->buf, '\n');
}

const char *sample_printers(struct sample *sample)
{
	struct lines *all = lines(sample);

	return done(all, br_reader_printers(sample->reader, add_printer, all, &sample->err));
}

int64_t sample_sql(struct sample *sample, const char *text)
{
	struct br_sql *sql;
	int64_t number = 0;
	enum br_status status = br_sql_open(&sql, sample->path, BR_SQL_WRITE, &sample->err);

	if (status == BR_OK)
		status = br_sql_one(sql, text, (struct br_sql_values){NULL, 0}, &number,
				    &sample->err);
	if (status != BR_OK && status != BR_E_ABSENT)
		check_failed(__FILE__, __LINE__, "%s: %s", text, sample->err.text);
	br_sql_close(sql);
	return number;
}
