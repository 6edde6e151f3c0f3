/*
 * passive.c - a line for each printer of the store: "host;service;code;output".
 *
 * The printers are gone through twice. First their numbers and what the host would be called
 * (a hash: 16 octets a printer is all that grows with the fleet), to find those that several
 * printers share; then each is read and judged by itself, so that no transaction stays open
 * while a slow feeder takes the lines.
 *
 * Whoever shares a host name with another gets "@ADDRESS" behind it, all of them, and so does
 * whoever has an '@' in it: a result must not be taken for that of another printer, whatever
 * name a printer gives itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 64 << 10, PAGE_CEILING = 256 << 10, NAME_CEILING = 2 * BR_TARGET_SIZE };

/* Who is silent is asked again once an hour at least. */
#define SILENT_AGAIN_S 3600

struct entry {
	int64_t id;
	uint64_t hash; /* of the host's name */
};

struct roll {
	struct plugin_source source;
	const char *service;
	struct br_buf *out;
	struct entry *at;
	uint64_t *shared; /* sorted hashes of all */
	size_t n, cap;
	bool no_memory, broken;
};

static struct br_view until(struct br_view view, char end)
{
	const char *at = view.len ? memrchr(view.at, end, view.len) : NULL;

	return at ? (struct br_view){view.at, (size_t)(at - view.at)} : view;
}

/* "192.0.2.10", "192.0.2.10#2", "192.0.2.10:1161", as a person would write it. */
static void write_address(struct br_buf *out, struct br_view target)
{
	struct br_view whole = until(target, '#'), host = until(whole, ':');
	const struct br_view port = {whole.at + host.len, whole.len - host.len};

	if (host.len >= 4 && memcmp(host.at, "udp:", 4) == 0)
		host = (struct br_view){host.at + 4, host.len - 4};
	if (br_view_is(port, ":161") && host.len > 2 && host.at[0] == '[')
		host = (struct br_view){host.at + 1, host.len - 2};
	br_buf_add(out, host.at, host.len);
	if (!br_view_is(port, ":161"))
		br_buf_add(out, port.at, port.len);
	br_buf_add(out, whole.at + whole.len, target.len - whole.len);
}

/* What the host is called; what a printer does not have is its address. */
static void write_host(struct br_buf *out, const struct br_store_printer *printer,
		       const char *host_by)
{
	const struct {
		const char *word;
		struct br_view view;
	} rows[] = {
		{"name", printer->name},
		{"hostname", printer->hostname},
		{"serial", printer->serial},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (strcmp(host_by ? host_by : "name", rows[i].word) == 0 && rows[i].view.len) {
			br_buf_add(out, rows[i].view.at, rows[i].view.len);
			return;
		}
	}
	write_address(out, printer->target);
}

/* FNV-1a, without case: Nagios and Icinga know hosts by their names. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;

		hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * UINT64_C(1099511628211);
	}
	return hash;
}

/* The name as it is written, and its hash. Of one that could pass for another's, "x@ADDRESS",
 * the hash is 0: it counts as shared. */
static uint64_t name_host(struct roll *roll, const struct br_store_printer *printer,
			  struct br_buf *out)
{
	struct br_buf raw, clean;
	uint64_t hash;

	br_buf_init(&raw, NAME_CEILING);
	br_buf_init(&clean, NAME_CEILING);
	write_host(&raw, printer, roll->source.settings->host_by);
	plugin_write_text(&clean, raw.data ? raw.data : "", roll->source.settings->look.ascii);
	hash = clean.len && !memchr(clean.data, '@', clean.len) ? hash_of(clean.data) : 0;
	if (out)
		br_buf_add(out, clean.data, clean.len);
	roll->no_memory = roll->no_memory || raw.status != BR_OK || clean.status != BR_OK;
	br_buf_clear(&raw);
	br_buf_clear(&clean);
	return hash;
}

static bool room_for_one(struct roll *roll)
{
	struct entry *grown;
	const size_t cap = roll->cap ? 2 * roll->cap : 256;

	if (roll->n < roll->cap)
		return true;
	grown = realloc(roll->at, cap * sizeof *grown);
	if (!grown)
		return false;
	roll->at = grown;
	roll->cap = cap;
	return true;
}

/* At no target is who was replaced by another; nobody asks it. */
static void enter(void *user, const struct br_store_printer *printer)
{
	struct roll *roll = user;

	if (!printer->asked || !printer->target.len || roll->no_memory)
		return;
	if (!room_for_one(roll)) {
		roll->no_memory = true;
		return;
	}
	roll->at[roll->n++] =
		(struct entry){.id = printer->id, .hash = name_host(roll, printer, NULL)};
}

static int by_number(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool sort_names(struct roll *roll)
{
	roll->shared = malloc((roll->n + 1) * sizeof *roll->shared);
	if (!roll->shared)
		return false;
	for (size_t i = 0; i < roll->n; i++)
		roll->shared[i] = roll->at[i].hash;
	qsort(roll->shared, roll->n, sizeof *roll->shared, by_number);
	return true;
}

static bool is_shared(const struct roll *roll, uint64_t hash)
{
	const uint64_t *end = roll->shared + roll->n;
	const uint64_t *at =
		bsearch(&hash, roll->shared, roll->n, sizeof *roll->shared, by_number);

	return !hash || (at && ((at > roll->shared && at[-1] == hash) ||
				(at + 1 < end && at[1] == hash)));
}

/* By itself, so that its pages of the stack are used again for each printer. */
static __attribute__((noinline)) void judge(struct roll *roll, int64_t id)
{
	struct plugin_source *source = &roll->source;
	struct br_reading reading;
	struct br_error err;

	if (br_reader_reading(source->reader, id, &reading, &err) != BR_OK) {
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "%s", err.text);
		return;
	}
	source->printer = id;
	plugin_source_judge(source, &reading, false);
	plugin_stored_history_end(source);
}

static void judge_silent(struct roll *roll, const struct br_store_printer *printer)
{
	const struct plugin_settings *settings = roll->source.settings;
	struct plugin_answer *answer = roll->source.answer;
	char age[PLUGIN_AGE_SIZE];

	if (settings->offline_last && printer->last_read) {
		judge(roll, printer->id);
		snprintf(answer->remark, sizeof answer->remark, "no answer; as read %s ago",
			 plugin_age(age, roll->source.now - printer->last_read));
	} else if (settings->offline_last) {
		plugin_fail(answer, PLUGIN_UNKNOWN, "no answer, and it was never read");
	} else if (printer->last_read) {
		plugin_fail(answer, settings->offline_state,
			    "no answer since %s: it is switched off, or SNMP is",
			    plugin_age(age, roll->source.now - printer->last_read));
	} else {
		plugin_fail(answer, settings->offline_state,
			    "it never answered: is it there, and does the profile fit?");
	}
}

static void judge_by_age(struct roll *roll, const struct br_store_printer *printer)
{
	const struct plugin_settings *settings = roll->source.settings;
	struct plugin_answer *answer = roll->source.answer;
	const bool silent = printer->missed >= BR_STORE_SILENT;
	const int64_t last = silent && printer->last_missed > printer->last_read
				     ? printer->last_missed
				     : printer->last_read;
	const int64_t age = roll->source.now - last;
	char text[PLUGIN_AGE_SIZE];

	if (!last)
		plugin_fail(answer, PLUGIN_UNKNOWN, "the collector has not read it yet");
	else if (age > settings->max_age_s + (silent ? SILENT_AGAIN_S : 0))
		plugin_fail(answer, PLUGIN_UNKNOWN, "not read since %s: is brayerd running?",
			    plugin_age(text, age));
	else if (age < -PLUGIN_AHEAD_S)
		plugin_fail(answer, PLUGIN_UNKNOWN,
			    "read at a time yet to come: which clock is wrong?");
	else if (silent)
		judge_silent(roll, printer);
	else
		judge(roll, printer->id);
}

/* The first line of an answer; whatever it holds, it stays one. */
static void write_output(struct roll *roll)
{
	struct plugin_look look = roll->source.settings->look;
	struct br_buf *out = roll->out;
	const size_t start = out->len;
	char *end;

	look.format = PLUGIN_CLASSIC;
	look.verbose = 0;
	plugin_write(roll->source.answer, &look, out);
	if (out->status != BR_OK || out->len == start)
		return;
	end = memchr(out->data + start, '\n', out->len - start);
	if (end) {
		out->len = (size_t)(end - out->data);
		*end = '\0';
	}
	br_buf_char(out, '\n');
}

static void write_line(void *user, const struct br_store_printer *printer)
{
	struct roll *roll = user;
	const struct plugin_settings *settings = roll->source.settings;
	struct plugin_answer *answer = roll->source.answer;
	struct br_buf *out = roll->out, address;
	const size_t start = out->len;

	plugin_answer_init(answer, roll->source.check->title);
	judge_by_age(roll, printer);
	if (is_shared(roll, name_host(roll, printer, out))) {
		br_buf_init(&address, BR_TARGET_SIZE);
		write_address(&address, printer->target);
		br_buf_char(out, '@');
		plugin_write_text(out, address.data ? address.data : "", settings->look.ascii);
		roll->no_memory = roll->no_memory || address.status != BR_OK;
		br_buf_clear(&address);
	}
	br_buf_char(out, ';');
	plugin_write_text(out, roll->service, settings->look.ascii);
	br_buf_format(out, ";%d;", (int)plugin_answer_state(answer));
	write_output(roll);
	if (roll->no_memory) /* it would be of a host without a name */
		out->len = start;
}

/* What main writes at the end is the rest. */
static bool flush(struct br_buf *out)
{
	bool written = out->status == BR_OK;

	if (written && out->len >= PAGE) {
		written = br_file_put(STDOUT_FILENO, out->data, out->len);
		br_buf_reset(out);
	}
	return written;
}

static bool complain(const char *sentence)
{
	(void)!write(STDERR_FILENO, sentence, strlen(sentence));
	(void)!write(STDERR_FILENO, "\n", 1);
	return false;
}

/* One that was forgotten meanwhile has no line. */
static bool write_each(struct roll *roll)
{
	char word[24];
	struct br_error err;
	enum br_status status;

	for (size_t i = 0; i < roll->n; i++) {
		if (br_clock_ms() >= roll->source.deadline_ms)
			return complain("time was up before all lines were written: see "
					"--timeout");
		snprintf(word, sizeof word, "#%lld", (long long)roll->at[i].id);
		status = br_reader_find(roll->source.reader, word, write_line, roll, &err);
		if (status != BR_OK && status != BR_E_ABSENT)
			return complain(err.text);
		if (roll->no_memory)
			return complain("out of memory");
		if (!flush(roll->out))
			return complain("the lines could not be written");
	}
	return true;
}

static bool write_all(struct roll *roll)
{
	struct plugin_source *source = &roll->source;
	struct br_error err;

	if (br_reader_open(&source->reader, source->store, &source->makers, &err) != BR_OK ||
	    br_reader_printers(source->reader, enter, roll, &err) != BR_OK)
		return complain(err.text);
	if (roll->no_memory || !sort_names(roll))
		return complain("out of memory");
	return write_each(roll);
}

int plugin_run_passive(const struct plugin_check *check, const struct plugin_settings *settings,
		       const struct plugin_environment *environment, struct br_buf *out)
{
	static struct plugin_answer answer; /* large, and touched only where it is written */
	struct roll roll = {
		.source = {.answer = &answer,
			   .check = check,
			   .settings = settings,
			   .deadline_ms = br_clock_ms() + settings->timeout_ms -
					  settings->timeout_ms / 20,
			   .now = (int64_t)time(NULL)},
		.service = settings->service ? settings->service : check->service,
		.out = out,
	};
	bool done;

	if (out->ceiling < PAGE_CEILING)
		out->ceiling = PAGE_CEILING;
	if (settings->max_age_s <= 0) {
		complain("--passive answers from the store: it does not go with --max-age 0");
		return PLUGIN_UNKNOWN;
	}
	plugin_answer_init(&answer, check->title);
	plugin_stage = "reading the store";
	done = plugin_source_prepare(&roll.source, environment, false);
	if (!done)
		complain(answer.sentence);
	done = done && write_all(&roll);
	free(roll.at);
	free(roll.shared);
	plugin_source_clear(&roll.source);
	return done ? PLUGIN_OK : PLUGIN_UNKNOWN;
}
