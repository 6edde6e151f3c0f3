/*
 * health.c - how the collector itself is, as JSON: counts, times and sizes, no word of a
 * printer or its users.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

uint32_t collector_late(const struct collector *c, unsigned percent)
{
	size_t n = c->n_late < COLLECTOR_LATE ? c->n_late : COLLECTOR_LATE;
	uint32_t sorted[COLLECTOR_LATE];

	if (n == 0)
		return 0;
	memcpy(sorted, c->late, n * sizeof sorted[0]);
	qsort(sorted, n, sizeof sorted[0], by_size);
	return sorted[(n - 1) * percent / 100];
}

/* Resident octets; 0: not known. The second number of statm, in pages. */
static int64_t resident(void)
{
	struct br_view rest, word;
	int64_t pages = 0;
	FILE *in = fopen("/proc/self/statm", "re");
	char line[128];

	if (!in)
		return 0;
	if (!fgets(line, sizeof line, in))
		line[0] = '\0';
	fclose(in);
	rest = br_view(line);
	(void)br_view_word(&rest);
	word = br_view_word(&rest);
	return br_parse_number(word, 0, INT64_MAX / 65536, &pages)
		       ? pages * sysconf(_SC_PAGESIZE)
		       : 0;
}

static void put_time(struct br_json *json, const char *key, int64_t seconds)
{
	char text[BR_TIME_TEXT_SIZE];

	br_time_text(text, seconds);
	br_json_text(json, key, text);
}

static unsigned count_silent(const struct collector *c)
{
	unsigned silent = 0;

	for (size_t i = 0; i < c->stations.n; i++)
		silent += c->stations.all[i]->slot.missed >= BR_STORE_SILENT;
	return silent;
}

static unsigned count_printers(const struct collector *c)
{
	unsigned printers = 0;

	for (size_t i = 0; i < c->stations.n; i++)
		printers += c->stations.all[i]->n_ids;
	return printers;
}

static void put_readings(struct br_json *json, const struct collector *c)
{
	br_json_open(json, "readings", '{');
	br_json_number(json, "full", (int64_t)c->counts.full);
	br_json_number(json, "status", (int64_t)c->counts.status);
	br_json_number(json, "same", (int64_t)c->counts.same);
	br_json_number(json, "missed", (int64_t)c->counts.missed);
	br_json_close(json, '}');
	br_json_open(json, "slots", '{');
	br_json_number(json, "asked", (int64_t)c->counts.slots);
	br_json_number(json, "put_off", (int64_t)c->counts.put_off);
	br_json_number(json, "late_p50_s", collector_late(c, 50));
	br_json_number(json, "late_max_s", collector_late(c, 100));
	br_json_close(json, '}');
}

static void put_wire(struct br_json *json, const struct collector *c)
{
	struct br_fleet_health fleet;

	br_fleet_health(c->fleet, &fleet);
	br_json_open(json, "wire", '{');
	br_json_number(json, "questions", (int64_t)fleet.questions);
	br_json_number(json, "answers", (int64_t)fleet.answers);
	br_json_number(json, "timeouts", (int64_t)fleet.silences);
	br_json_number(json, "strays", (int64_t)fleet.strays);
	br_json_number(json, "dropped", (int64_t)fleet.dropped);
	br_json_number(json, "unreachable", (int64_t)fleet.unreachable);
	br_json_number(json, "in_line", fleet.in_line);
	br_json_number(json, "in_flight", fleet.in_flight);
	br_json_number(json, "window", fleet.window);
	br_json_number(json, "receive_buffer", fleet.receive_buffer);
	br_json_number(json, "send_buffer", fleet.send_buffer);
	br_json_number(json, "octets", (int64_t)fleet.octets);
	br_json_close(json, '}');
}

static void put_store(struct br_json *json, const struct collector *c)
{
	struct br_store_health store = {0};

	if (c->store)
		br_store_health(c->store, &store);
	br_json_open(json, "store", '{');
	br_json_number(json, "octets", (int64_t)store.octets);
	br_json_number(json, "puts", (int64_t)store.puts);
	br_json_number(json, "sames", (int64_t)store.sames);
	br_json_number(json, "misses", (int64_t)store.misses);
	br_json_number(json, "commits", (int64_t)store.commits);
	br_json_number(json, "failed_commits", (int64_t)store.failed_commits);
	br_json_number(json, "set_back", (int64_t)store.set_back);
	br_json_number(json, "waiting", (int64_t)store.waiting);
	br_json_bool(json, "failing", c->failing_ms != 0);
	br_json_number(json, "anew", (int64_t)c->counts.anew);
	br_json_number(json, "lost", (int64_t)c->counts.lost);
	br_json_close(json, '}');
}

enum br_status collector_health(struct collector *c, const char *state, struct br_buf *buf)
{
	struct br_json json = {.buf = buf, .pretty = true};

	br_json_open(&json, NULL, '{');
	br_json_text(&json, "schema", "brayer.collector/1");
	br_json_text(&json, "version", BR_VERSION);
	br_json_text(&json, "state", state);
	br_json_number(&json, "pid", getpid());
	put_time(&json, "time", c->now);
	put_time(&json, "started", c->started.wall_ms / 1000);
	put_time(&json, "configured", c->configured_at);
	br_json_number(&json, "uptime_s", (c->time.mono_ms - c->started.mono_ms) / 1000);
	br_json_number(&json, "memory", resident());
	br_json_number(&json, "addresses", (int64_t)c->stations.n);
	br_json_number(&json, "printers", count_printers(c));
	br_json_number(&json, "silent", count_silent(c));
	br_json_number(&json, "moved", (int64_t)c->counts.moved);
	br_json_number(&json, "clock_jumps", (int64_t)c->counts.clock_jumps);
	br_json_number(&json, "reloads", (int64_t)c->counts.reloads);
	put_readings(&json, c);
	put_wire(&json, c);
	put_store(&json, c);
	collector_discovery_health(c, &json);
	br_json_close(&json, '}');
	br_buf_char(buf, '\n');
	return buf->status;
}

void collector_status(struct collector *c, char *out, size_t size)
{
	snprintf(out, size,
		 "%u printers at %zu addresses, %u silent, slots late by %u s at most%s",
		 count_printers(c), c->stations.n, count_silent(c), collector_late(c, 100),
		 c->failing_ms ? ", the store cannot be written" : "");
}
