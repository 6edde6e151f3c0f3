/*
 * history_list.c - brayer history PRINTER: its series, changes, alerts, and what did not go on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPARK = 24, SPARK_DAYS = 90, TEXT_SIZE = 160, EVENTS_MOST = 20 };

/* Something that happened: a change or an alert, already in words. */
struct event {
	int64_t time, end;
	char word[32], before[TEXT_SIZE], text[TEXT_SIZE];
};

struct events {
	struct event *at;
	size_t n, cap;
	int64_t until;
	bool full;
};

static struct event *add(struct events *events, int64_t time)
{
	struct event *event;

	if ((events->until && time > events->until) ||
	    !stored_grow(&events->at, &events->cap, events->n, sizeof *events->at,
			 &events->full))
		return NULL;
	event = &events->at[events->n++];
	*event = (struct event){.time = time};
	return event;
}

static void keep_change(void *user, const struct br_change *change)
{
	struct event *event = add(user, change->time);

	if (!event)
		return;
	br_text_clean(event->word, sizeof event->word, change->field);
	br_text_clean(event->before, sizeof event->before, change->before);
	br_text_clean(event->text, sizeof event->text, change->after);
}

static void keep_episode(void *user, const struct br_episode *episode)
{
	struct event *event = add(user, episode->begin);

	if (!event)
		return;
	event->end = episode->end;
	br_text_clean(event->word, sizeof event->word, episode->severity);
	br_text_clean(event->before, sizeof event->before, episode->code);
	br_text_clean(event->text, sizeof event->text,
		      episode->text.len ? episode->text : episode->code);
}

static void load(struct history *history, struct events *changes, struct events *alerts)
{
	struct stored *stored = &history->stored;
	struct br_error err = {"out of memory"};

	changes->until = alerts->until = history->until;
	if (br_reader_changes(stored->reader, history->printer.id, history->since, keep_change,
			      changes, &err) != BR_OK ||
	    changes->full)
		stored_damaged(stored, "its changes", &err);
	if (br_reader_episodes(stored->reader, history->printer.id, history->since,
			       keep_episode, alerts, &err) != BR_OK ||
	    alerts->full)
		stored_damaged(stored, "its alerts", &err);
}

static void put_who(struct history *history)
{
	const struct stored_printer *printer = &history->printer;
	struct br_buf *out = &history->stored.cli->out;
	const struct cli_look *look = &history->stored.look;
	char text[TEXT_SIZE], seen[BR_TIME_TEXT_SIZE];

	cli_style_on(out, look, CLI_BOLD);
	snprintf(text, sizeof text, "%s%s%s", printer->maker,
		 *printer->maker && *printer->model ? " " : "", printer->model);
	cli_show(out, look, br_view(*text ? text : printer->target), CLI_WIDTH);
	cli_style_off(out, look, CLI_BOLD);
	br_buf_char(out, '\n');
	snprintf(text, sizeof text, "#%" PRId64, printer->id);
	cli_fact(out, look, "number", text);
	cli_fact(out, look, "target", printer->target);
	cli_fact(out, look, "name", printer->name);
	cli_fact(out, look, "host name",
		 strcmp(printer->name, printer->hostname) == 0 ? "" : printer->hostname);
	cli_fact(out, look, "serial", printer->serial);
	cli_fact(out, look, "mac", printer->mac);
	stored_time(seen, printer->first_seen);
	cli_fact(out, look, "first seen", printer->first_seen ? seen : "");
	stored_time(seen, printer->last_read);
	cli_fact(out, look, "last read", printer->last_read ? seen : "never");
	stored_time(seen, printer->last_missed);
	snprintf(text, sizeof text, "%s%s%s", seen, *printer->why ? ": " : "", printer->why);
	cli_fact(out, look, "missed", printer->last_missed ? text : "");
}

static void put_series(struct history *history, const struct stored_series *series)
{
	struct stored *stored = &history->stored;
	struct br_buf *out = &stored->cli->out;
	int64_t since = stored->now - (int64_t)SPARK_DAYS * 86400;
	struct stored_points points;
	struct cli_point *drawn;
	struct cli_plot plot = {.title = "", .unit = ""};
	char text[32] = "";

	stored_points(stored, series->id, since, 0, &points);
	drawn = stored_drawn(stored, &points);
	plot.points = drawn;
	plot.n = drawn ? points.n : 0;
	cli_plot_fit(&plot, series->kind == BR_SERIES_LEVEL);
	plot.since = since;
	plot.until = stored->now > since ? stored->now : since + 1;
	if (points.n)
		snprintf(text, sizeof text, "%" PRId64 "%s", points.at[points.n - 1].last,
			 series->kind == BR_SERIES_LEVEL ? " %" : "");
	br_buf_format(out, "  %-26.26s %12s  ", series->name, text);
	cli_sparkline(out, &stored->look, &plot, SPARK);
	stored_age(text, sizeof text, series->last - series->first);
	br_buf_format(out, "  %s\n", strcmp(text, "now") == 0 ? "new" : text);
	free(drawn);
	free(points.at);
}

static void put_all_series(struct history *history)
{
	struct stored_series_list list;

	stored_series(&history->stored, history->printer.id, &list);
	if (list.n)
		cli_heading(&history->stored.cli->out, &history->stored.look,
			    "series: the last value, 90 days, and how long it is known");
	for (size_t i = 0; i < list.n; i++)
		put_series(history, &list.at[i]);
	free(list.at);
}

static size_t put_more(struct br_buf *out, size_t n)
{
	if (n <= EVENTS_MOST)
		return 0;
	br_buf_format(out, "  %zu earlier ones, which --json has\n", n - EVENTS_MOST);
	return n - EVENTS_MOST;
}

/* "2026-11-01 08:00  words", wrapped. */
static void put_event(struct history *history, int64_t time, const char *text)
{
	struct br_buf *out = &history->stored.cli->out;
	char when[BR_TIME_TEXT_SIZE];

	stored_time(when, time);
	br_buf_format(out, "  %s  ", when);
	cli_wrap(out, &history->stored.look, text, 4 + strlen(when), 20);
}

static void put_changes(struct history *history, const struct events *changes)
{
	struct br_buf *out = &history->stored.cli->out;
	char text[2 * TEXT_SIZE + 64];

	if (changes->n)
		cli_heading(out, &history->stored.look, "changes");
	for (size_t i = put_more(out, changes->n); i < changes->n; i++) {
		const struct event *event = &changes->at[i];

		snprintf(text, sizeof text, "%s: %s%s%s", event->word, event->before,
			 *event->before ? " became " : "",
			 *event->text ? event->text : "(none)");
		put_event(history, event->time, text);
	}
}

static void put_alerts(struct history *history, const struct events *alerts)
{
	struct br_buf *out = &history->stored.cli->out;
	char text[TEXT_SIZE + 128], age[24];

	if (alerts->n)
		cli_heading(out, &history->stored.look, "alerts");
	for (size_t i = put_more(out, alerts->n); i < alerts->n; i++) {
		const struct event *event = &alerts->at[i];

		if (event->end)
			stored_age(age, sizeof age, event->end - event->time);
		snprintf(text, sizeof text, "%s%s%s, %s%s", event->word,
			 *event->word ? ": " : "", event->text,
			 event->end ? "for " : "still there",
			 !event->end               ? ""
			 : strcmp(age, "now") == 0 ? "a moment"
						   : age);
		put_event(history, event->time, text);
	}
}

static void put_breaks(struct history *history)
{
	struct br_buf *out = &history->stored.cli->out;
	char text[192], what[96];

	if (history->n_breaks)
		cli_heading(out, &history->stored.look, "did not go on");
	for (size_t i = put_more(out, history->n_breaks); i < history->n_breaks; i++) {
		history_break_text(what, sizeof what, &history->breaks[i]);
		snprintf(text, sizeof text, "%s, %s", history->breaks[i].name, what);
		put_event(history, history->breaks[i].time, text);
	}
}

static void json_series(struct history *history, struct br_json *json)
{
	struct stored_series_list list;

	stored_series(&history->stored, history->printer.id, &list);
	br_json_open(json, "series", '[');
	for (size_t i = 0; i < list.n; i++) {
		br_json_open(json, NULL, '{');
		br_json_text(json, "name", list.at[i].name);
		br_json_text(json, "kind",
			     list.at[i].kind == BR_SERIES_LEVEL ? "level" : "counter");
		stored_json_time(json, "first", list.at[i].first);
		stored_json_time(json, "last", list.at[i].last);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
	free(list.at);
}

/* The names of an event's members differ: NULL leaves one out. */
struct event_names {
	const char *list, *time, *end, *word, *before, *text;
};

static void json_events(struct br_json *json, const struct events *events,
			struct event_names names)
{
	br_json_open(json, names.list, '[');
	for (size_t i = 0; i < events->n; i++) {
		const struct event *event = &events->at[i];

		br_json_open(json, NULL, '{');
		stored_json_time(json, names.time, event->time);
		if (names.end)
			stored_json_time(json, names.end, event->end);
		br_json_text(json, names.word, event->word);
		br_json_text(json, names.before, event->before);
		br_json_text(json, names.text, event->text);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void json_breaks(struct history *history, struct br_json *json)
{
	br_json_open(json, "breaks", '[');
	for (size_t i = 0; i < history->n_breaks; i++) {
		const struct history_break *broke = &history->breaks[i];

		br_json_open(json, NULL, '{');
		stored_json_time(json, "time", broke->time);
		br_json_text(json, "series", broke->name);
		br_json_text(json, "break", br_break_name(broke->kind));
		br_json_number(json, "before", broke->before);
		br_json_number(json, "after", broke->after);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void list_json(struct history *history, const struct events *changes,
		      const struct events *alerts)
{
	static const struct event_names change_names = {"changes", "time",   NULL,
							"field",   "before", "after"},
					alert_names = {"alerts",   "begin",     "end",
						       "severity", "code_name", "description"};
	struct br_json json = {.buf = &history->stored.cli->out};

	br_json_open(&json, NULL, '{');
	br_json_text(&json, "schema", "brayer.history/1");
	stored_json_printer(&json, &history->printer);
	stored_json_time(&json, "first_seen", history->printer.first_seen);
	stored_json_time(&json, "last_read", history->printer.last_read);
	json_series(history, &json);
	json_events(&json, changes, change_names);
	json_events(&json, alerts, alert_names);
	json_breaks(history, &json);
	br_json_close(&json, '}');
	br_buf_char(json.buf, '\n');
}

void history_list(struct history *history)
{
	struct events changes = {0}, alerts = {0};

	load(history, &changes, &alerts);
	if (history->stored.cli->given.json) {
		list_json(history, &changes, &alerts);
	} else {
		put_who(history);
		put_all_series(history);
		put_changes(history, &changes);
		put_alerts(history, &alerts);
		put_breaks(history);
	}
	free(changes.at);
	free(alerts.at);
}
