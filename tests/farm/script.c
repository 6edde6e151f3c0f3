/*
 * script.c - time passes: pages are printed, alerts come and go, printers are switched off.
 *
 * A line is "AT WHO OID VERB …" or "AT WHO on|off"; README.md has the words. What a line
 * changes for one printer it changes in a recording of that printer's own; "all" changes them
 * all.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include "base/file.h"
#include "decode/ber.h"

#include <stdlib.h>
#include <string.h>

enum verb { SET, PUT, ADD, REMOVE, ON, OFF };

struct farm_event {
	struct farm_event *next;
	uint64_t due_ns, every_ns,
		until_ns; /* since the start; every 0: once, until 0: for ever */
	uint32_t address; /* 0: all */
	enum verb verb;
	struct br_oid name;
	int64_t step;
	char text[512];
};

static bool seconds(struct br_view word, uint64_t *out_ns)
{
	int64_t whole, hundredths = 0;
	const char *dot = word.len > 0 ? memchr(word.at, '.', word.len) : NULL;
	struct br_view front = word;

	if (dot != NULL) {
		struct br_view back = {dot + 1, word.len - (size_t)(dot + 1 - word.at)};
		front.len = (size_t)(dot - word.at);
		if (back.len > 2 || !br_parse_number(back, 0, 99, &hundredths))
			return false;
		hundredths *= back.len == 1 ? 10 : 1;
	}
	if (!br_parse_number(front, 0, 100000000, &whole))
		return false;
	*out_ns = ((uint64_t)whole * 100 + (uint64_t)hundredths) * 10000000u;
	return true;
}

/* "-1 every 10 [until 300]" */
static bool read_add(struct farm_event *event, struct br_view rest)
{
	struct br_view word = br_view_word(&rest);

	if (!br_parse_number(word, INT32_MIN, INT32_MAX, &event->step))
		return false;
	while ((word = br_view_word(&rest)).len > 0) {
		uint64_t *out = br_view_is(word, "every")   ? &event->every_ns
				: br_view_is(word, "until") ? &event->until_ns
							    : NULL;
		if (out == NULL || !seconds(br_view_word(&rest), out) || *out == 0)
			return false;
	}
	return event->until_ns == 0 || event->every_ns > 0;
}

static bool read_verb(struct farm_event *event, struct br_view verb, struct br_view rest)
{
	rest = br_view_trim(rest);
	if (br_view_is(verb, "add")) {
		event->verb = ADD;
		return read_add(event, rest);
	}
	event->verb = br_view_is(verb, "put") ? PUT : br_view_is(verb, "set") ? SET : REMOVE;
	if (event->verb == REMOVE)
		return br_view_is(verb, "remove") && rest.len == 0;
	return br_text_copy(event->text, sizeof(event->text), rest);
}

static bool read_event(struct farm *farm, struct farm_event *event, struct br_view line)
{
	struct br_view word = br_view_word(&line);

	if (!seconds(word, &event->due_ns))
		return false;
	word = br_view_word(&line);
	if (!br_view_is(word, "all") && (!farm_parse_address(word, &event->address) ||
					 farm_printer_at(farm, event->address) == NULL))
		return false;
	word = br_view_word(&line);
	if (br_view_is(word, "on") || br_view_is(word, "off")) {
		event->verb = word.len == 2 ? ON : OFF;
		return br_view_trim(line).len == 0;
	}
	if (br_oid_parse(&event->name, word.at, word.len) != BR_OK)
		return false;
	word = br_view_word(&line);
	return read_verb(event, word, line);
}

bool farm_script_load(struct farm *farm, const char *path)
{
	struct farm_event **last = &farm->events;
	struct br_file file;
	struct br_error err;
	struct br_view rest, line;
	bool good = true;

	if (br_file_read(&file, path, 1u << 20, &err) != BR_OK) {
		fprintf(stderr, "farm: %s\n", err.text);
		return false;
	}
	rest = (struct br_view){file.data, file.len};
	for (size_t number = 1; good && br_view_line(&rest, &line); number++) {
		line = br_view_trim(line);
		if (line.len == 0 || line.at[0] == '#')
			continue;
		*last = calloc(1, sizeof(**last));
		good = *last != NULL && read_event(farm, *last, line);
		if (!good)
			fprintf(stderr,
				"farm: %s:%zu: expected AT ADDRESS|all on|off, or AT "
				"ADDRESS|all OID "
				"set VALUE | put TAG|VALUE | add N [every S] [until T] | "
				"remove\n",
				path, number);
		else
			last = &(*last)->next;
	}
	br_file_clear(&file);
	return good;
}

void farm_script_clear(struct farm *farm)
{
	while (farm->events != NULL) {
		struct farm_event *event = farm->events;
		farm->events = event->next;
		free(event);
	}
}

static bool store(struct br_recording *recording, size_t at, uint8_t tag, const uint8_t *value,
		  size_t len)
{
	struct br_recorded *row = &recording->rows[at];

	if (len > row->len) {
		uint8_t *values = realloc(recording->values, recording->values_len + len);
		if (values == NULL)
			return false;
		recording->values = values;
		row->at = (uint32_t)recording->values_len;
		recording->values_len += len;
		recording->values_cap = recording->values_len;
	}
	if (len > 0)
		memcpy(recording->values + row->at, value, len);
	row->len = (uint32_t)len;
	row->tag = tag;
	return true;
}

static bool insert(struct br_recording *recording, size_t at, const struct br_oid *name)
{
	struct br_recorded *rows =
		realloc(recording->rows, (recording->n_rows + 1) * sizeof(*rows));

	if (rows == NULL)
		return false;
	recording->rows = rows;
	memmove(rows + at + 1, rows + at, (recording->n_rows - at) * sizeof(*rows));
	rows[at] = (struct br_recorded){.name = *name};
	recording->n_rows++;
	recording->cap_rows = recording->n_rows;
	return true;
}

/* The text is read as a recording of one line. */
static void set_value(struct br_recording *recording, size_t at, bool exact,
		      const struct farm_event *event)
{
	struct br_recording one;
	char name[BR_OID_TEXT_SIZE], line[BR_OID_TEXT_SIZE + 600];
	int len;

	br_oid_format(name, sizeof(name), event->name.ber, event->name.len);
	if (event->verb == PUT)
		len = snprintf(line, sizeof(line), "%s|%s", name, event->text);
	else if (exact)
		len = snprintf(line, sizeof(line), "%s|%u|%s", name, recording->rows[at].tag,
			       event->text);
	else
		return;
	struct br_error err;
	if (br_recording_parse(&one, (struct br_view){line, (size_t)len}, "script", &err) !=
	    BR_OK) {
		fprintf(stderr, "farm: %s\n", err.text);
		return;
	}
	if (one.n_rows == 1 && (exact || insert(recording, at, &event->name)))
		(void)store(recording, at, one.rows[0].tag, one.values, one.rows[0].len);
	br_recording_clear(&one);
}

/* Levels end at zero, and -1, -2 and -3 are no numbers; counters wrap. */
static void add_to(struct br_recording *recording, size_t at, int64_t step)
{
	const struct br_recorded *row = &recording->rows[at];
	struct br_tlv tlv = {row->tag, recording->values + row->at, row->len};
	uint8_t contents[16];
	struct br_ber_out out;
	int64_t number;

	if (!br_ber_number(&tlv, &number) || (row->tag == BR_BER_INTEGER && number < 0))
		return;
	number += step;
	if (row->tag == BR_BER_INTEGER)
		number = number < 0 ? 0 : number > INT32_MAX ? INT32_MAX : number;
	else if (row->tag != BR_BER_COUNTER64)
		number &= UINT32_MAX;
	br_ber_out_init(&out, contents, sizeof(contents));
	br_ber_put_int(&out, BR_BER_INTEGER, number);
	(void)store(recording, at, row->tag, out.at + 2, (size_t)(out.end - out.at) - 2);
}

static void change(struct farm_profile *profile, const struct farm_event *event)
{
	struct br_recording *recording = &profile->recording;
	bool exact;
	size_t at = br_recording_find(recording, event->name.ber, event->name.len, &exact);

	if (event->verb == ADD && exact) {
		add_to(recording, at, event->step);
	} else if (event->verb == REMOVE && exact) {
		memmove(recording->rows + at, recording->rows + at + 1,
			(recording->n_rows - at - 1) * sizeof(*recording->rows));
		recording->n_rows--;
	} else if (event->verb == SET || event->verb == PUT) {
		set_value(recording, at, exact, event);
	}
	farm_profile_index(profile);
}

static void happen(struct farm *farm, const struct farm_event *event)
{
	struct farm_printer *one =
		event->address != 0 ? farm_printer_at(farm, event->address) : NULL;
	size_t n = one != NULL ? 1 : farm->n_printers;
	struct farm_printer *first = one != NULL ? one : farm->printers;
	bool power = event->verb == ON || event->verb == OFF;

	for (size_t i = 0; i < farm->n_profiles && one == NULL && !power; i++)
		change(&farm->profiles[i], event);
	for (size_t i = 0; i < n; i++) {
		if (power) {
			first[i].off = event->verb == OFF;
			continue;
		}
		struct farm_profile *own =
			one != NULL ? farm_own_profile(one) : first[i].profile;
		if (own != NULL && (one != NULL || first[i].own_profile))
			change(own, event);
	}
}

uint64_t farm_script_run(struct farm *farm)
{
	uint64_t elapsed = farm->now_ns - farm->started_ns, next = 0;
	struct farm_event **at = &farm->events;

	while (*at != NULL) {
		struct farm_event *event = *at;
		while (event->due_ns <= elapsed) {
			happen(farm, event);
			if (event->every_ns == 0)
				break;
			event->due_ns += event->every_ns;
			if (event->until_ns > 0 && event->due_ns > event->until_ns)
				event->every_ns = 0;
			if (event->every_ns == 0)
				break;
		}
		if (event->due_ns <= elapsed || (event->until_ns > 0 && event->every_ns == 0)) {
			*at = event->next;
			free(event);
			continue;
		}
		next = next == 0 || event->due_ns < next ? event->due_ns : next;
		at = &event->next;
	}
	return next > 0 ? farm->started_ns + next : 0;
}
