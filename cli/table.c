/*
 * table.c - who it is and how it is, then the parts; and what every section uses.
 *
 * SPDX-License-Identifier: MIT
 */
#include "table.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FACT_CEILING = 65536 };

void cli_mark(struct cli_cell *cell, enum br_severity severity)
{
	cell->text = severity == BR_SEVERITY_CRITICAL  ? "!!"
		     : severity == BR_SEVERITY_WARNING ? " !"
						       : "  ";
	cell->style =
		severity >= BR_SEVERITY_WARNING ? cli_style_of_severity(severity) : CLI_PLAIN;
}

void cli_level(struct cli_grid *grid, struct cli_cell cells[2], enum br_level_kind kind,
	       unsigned value, enum cli_style style)
{
	cells[1].right = true;
	if (kind != BR_LEVEL_MEASURED) {
		cells[1].text = br_name_level_kind(kind);
		return;
	}
	cells[0].bar = (int)value;
	cells[0].style = style;
	cli_cell_format(grid, &cells[1], "%u %%", value);
}

void cli_printer_name(char *out, size_t size, const struct br_reading *reading)
{
	struct br_view maker = br_view(br_text(reading, reading->identity.maker));
	struct br_view model = br_view(br_text(reading, reading->identity.model));
	struct br_view front = {model.at, maker.len < model.len ? maker.len : model.len};
	bool both = maker.len && model.len && !br_view_is_nocase(front, maker.at);

	snprintf(out, size, "%s%s%s", both || !model.len ? maker.at : "", both ? " " : "",
		 model.at);
	if (!*out)
		snprintf(out, size, "a printer that does not say what it is");
}

/* The name of the printer, and at the line's other end how bad it is. */
static void headline(struct br_buf *out, const struct cli_look *look,
		     const struct br_reading *reading)
{
	const char *worst = br_name_severity(reading->status.severity);
	enum cli_style style = cli_style_of_severity(reading->status.severity);
	char name[512], word[16];
	size_t room, width, i;

	cli_printer_name(name, sizeof name, reading);
	for (i = 0; worst && worst[i] && i + 1 < sizeof word; i++)
		word[i] = (char)toupper((unsigned char)worst[i]);
	word[i] = '\0';
	room = CLI_WIDTH - strlen(word) - 2;
	width = cli_width(br_view(name));
	width = width < room ? width : room;
	cli_style_on(out, look, CLI_BOLD);
	cli_show(out, look, br_view(name), width);
	cli_style_off(out, look, CLI_BOLD);
	for (; *word && width < room + 2; width++)
		br_buf_char(out, ' ');
	cli_style_on(out, look, style);
	br_buf_text(out, word);
	cli_style_off(out, look, style);
	br_buf_char(out, '\n');
}

static void list(struct br_buf *fact, const struct br_reading *reading, const br_text_at *texts,
		 size_t n)
{
	for (size_t i = 0; i < n; i++)
		br_buf_format(fact, "%s%s", i ? ", " : "", br_text(reading, texts[i]));
}

/* Prints the fact that was put together, if there is one, and begins the next. */
static void print_fact(struct br_buf *out, const struct cli_look *look, const char *name,
		       struct br_buf *fact)
{
	if (fact->status != BR_OK)
		out->status = fact->status;
	else if (fact->len)
		cli_fact(out, look, name, fact->data);
	br_buf_reset(fact);
}

static void say_state(struct br_buf *fact, const struct br_reading *reading)
{
	const struct br_status_part *status = &reading->status;

	br_buf_text(fact, br_name_state(status->state));
	if (status->device != BR_DEVICE_ABSENT && status->device != BR_DEVICE_RUNNING)
		br_buf_format(fact, ", device %s", br_name_device(status->device));
	if (status->n_reasons) {
		br_buf_text(fact, ": ");
		list(fact, reading, status->reasons, status->n_reasons);
	}
}

static void say_uptime(struct br_buf *fact, const struct br_reading *reading)
{
	int64_t seconds = reading->status.uptime.value;

	if (!reading->status.uptime.known)
		return;
	if (seconds >= 86400)
		br_buf_format(fact, "%" PRId64 " d ", seconds / 86400);
	br_buf_format(fact, "%02d:%02d h", (int)(seconds / 3600 % 24),
		      (int)(seconds / 60 % 60));
}

static void say_lights(struct br_buf *fact, const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->status.n_lights; i++) {
		const struct br_light *light = &reading->status.lights[i];
		const char *color = br_text(reading, light->color);

		if (light->lit != BR_LIT_ON && light->lit != BR_LIT_BLINKING)
			continue;
		br_buf_format(fact, "%s%s%s%s%s", fact->len ? ", " : "",
			      br_text(reading, light->description), *color ? " " : "", color,
			      light->lit == BR_LIT_BLINKING ? " (blinking)" : "");
	}
}

static void say_can(struct br_buf *fact, const struct br_reading *reading)
{
	const struct br_capabilities *can = &reading->capabilities;

	if (can->color != BR_YES_UNKNOWN)
		br_buf_text(fact, can->color == BR_YES ? "color" : "black and white");
	if (can->duplex != BR_YES_UNKNOWN)
		br_buf_format(fact, "%s%s", fact->len ? ", " : "",
			      can->duplex == BR_YES ? "both sides" : "one side");
	if (can->n_languages) {
		br_buf_text(fact, fact->len ? "; " : "");
		list(fact, reading, can->languages, can->n_languages);
	}
}

static void say_read(struct br_buf *fact, const struct br_reading *reading)
{
	char time[BR_TIME_TEXT_SIZE];

	br_time_text(time, reading->time);
	br_buf_format(fact, "%s, %" PRIu32 " question%s%s", time, reading->questions,
		      reading->questions == 1 ? "" : "s",
		      reading->partial ? "; PARTIAL: not everything came" : "");
}

void cli_table_who(struct br_buf *out, const struct cli_look *look,
		   const struct br_reading *reading)
{
	const struct br_identity *id = &reading->identity;
	const struct {
		const char *name;
		br_text_at text;
	} facts[] = {
		{"serial", id->serial},     {"mac", id->mac},
		{"hostname", id->hostname}, {"location", id->location},
		{"contact", id->contact},   {"asset", id->asset},
		{"firmware", id->firmware},
	};
	struct br_buf fact;

	br_buf_init(&fact, FACT_CEILING);
	headline(out, look, reading);
	cli_fact(out, look, "target", reading->target);
	say_state(&fact, reading);
	print_fact(out, look, "state", &fact);
	for (size_t i = 0; i < reading->status.n_console; i++)
		cli_fact(out, look, i ? "" : "panel",
			 br_text(reading, reading->status.console[i]));
	say_lights(&fact, reading);
	print_fact(out, look, "lights", &fact);
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		cli_fact(out, look, facts[i].name, br_text(reading, facts[i].text));
	say_can(&fact, reading);
	print_fact(out, look, "prints", &fact);
	say_uptime(&fact, reading);
	print_fact(out, look, "up", &fact);
	say_read(&fact, reading);
	print_fact(out, look, "read", &fact);
	br_buf_clear(&fact);
}

void cli_table_notes(struct br_buf *out, const struct cli_look *look,
		     const struct br_reading *reading)
{
	if (reading->n_notes)
		cli_heading(out, look, "notes");
	for (size_t i = 0; i < reading->n_notes; i++) {
		br_buf_text(out, "  - ");
		cli_wrap(out, look, br_text(reading, reading->notes[i]), 4, 4);
	}
}

void cli_table(struct br_buf *out, const struct cli_look *look,
	       const struct br_reading *reading)
{
	cli_table_who(out, look, reading);
	cli_table_alerts(out, look, reading);
	cli_table_supplies(out, look, reading);
	cli_table_paper(out, look, reading);
	cli_table_counters(out, look, reading);
	cli_table_notes(out, look, reading);
}
