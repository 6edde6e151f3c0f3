/*
 * sound.c - the reading's own promises, checked one after the other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"

#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sound_failed(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: must be so: %s\n", file, line, condition);
	abort();
}

void sound_text(const char *text, size_t len)
{
	const unsigned char *at = (const unsigned char *)text, *end = at + len;

	while (at < end) {
		size_t more = *at < 0x80 ? 0 : *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : 1;
		uint32_t code = *at & (0xffu >> (more ? more + 2 : 1));

		MUST(*at < 0x80 || (*at >= 0xc2 && *at <= 0xf4));
		MUST((size_t)(end - at) > more);
		for (at++; more; more--, at++) {
			MUST((*at & 0xc0) == 0x80);
			code = code << 6 | (*at & 0x3f);
			MUST(more != 1 || code < 0xd800 || code > 0xdfff);
		}
		MUST(code >= 0x20 && code <= 0x10ffff && (code < 0x7f || code > 0x9f));
	}
}

static void sound_at(const struct br_reading *reading, br_text_at at)
{
	const char *text;

	MUST(at == 0 || (at < reading->text_used && reading->text_used <= BR_READING_TEXT));
	text = br_text(reading, at);
	MUST(memchr(text, '\0', at ? reading->text_used - at : 1));
	sound_text(text, strlen(text));
}

static void sound_id(const char *id)
{
	MUST(memchr(id, '\0', BR_ID_SIZE) && id[0]);
	for (; *id; id++)
		MUST((*id >= 'a' && *id <= 'z') || (*id >= '0' && *id <= '9') || *id == '-');
}

static void sound_supplies(const struct br_reading *reading)
{
	MUST(reading->n_supplies <= BR_MAX_SUPPLIES);
	for (size_t i = 0; i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];

		sound_id(supply->id);
		MUST(supply->kind <= BR_LEVEL_UNLIMITED && supply->state <= BR_SUPPLY_MISSING &&
		     supply->role <= BR_ROLE_FILLED);
		MUST(supply->percent <= 100);
		sound_at(reading, supply->colorant);
		sound_at(reading, supply->description);
		sound_at(reading, supply->part);
		sound_at(reading, supply->serial);
		sound_at(reading, supply->origin);
		sound_at(reading, supply->witness);
		for (size_t j = 0; j < i; j++)
			MUST(strcmp(supply->id, reading->supplies[j].id) != 0);
	}
}

static void sound_hearsay(const struct br_reading *reading)
{
	MUST(reading->n_hearsay <= BR_MAX_HEARSAY);
	for (size_t i = 0; i < reading->n_hearsay; i++) {
		const struct br_hearsay *hearsay = &reading->hearsay[i];

		MUST(hearsay->state >= BR_SUPPLY_LOW && hearsay->state <= BR_SUPPLY_MISSING);
		MUST(hearsay->role <= BR_ROLE_FILLED);
		for (size_t k = reading->n_supplies; k < BR_MAX_SUPPLIES; k++)
			MUST(!(hearsay->meant >> k & 1));
		sound_at(reading, hearsay->colorant);
		sound_at(reading, hearsay->witness);
	}
}

static void sound_trays(const struct br_reading *reading, const struct br_tray *trays, size_t n)
{
	MUST(n <= BR_MAX_TRAYS);
	for (size_t i = 0; i < n; i++) {
		sound_id(trays[i].id);
		MUST(trays[i].percent <= 100 && trays[i].kind <= BR_LEVEL_UNLIMITED);
		MUST(trays[i].state <= BR_TRAY_PROBLEM);
		sound_at(reading, trays[i].name);
		sound_at(reading, trays[i].description);
		sound_at(reading, trays[i].media);
		for (size_t j = 0; j < i; j++)
			MUST(strcmp(trays[i].id, trays[j].id) != 0);
	}
}

static void sound_texts(const struct br_reading *reading, const br_text_at *at, size_t n,
			size_t max)
{
	MUST(n <= max);
	for (size_t i = 0; i < n; i++)
		sound_at(reading, at[i]);
}

static void sound_rest(const struct br_reading *reading)
{
	const struct br_status_part *status = &reading->status;

	MUST(reading->n_covers <= BR_MAX_COVERS && reading->n_alerts <= BR_MAX_ALERTS);
	MUST(reading->n_care <= BR_MAX_CARE && status->n_lights <= BR_MAX_LIGHTS);
	sound_texts(reading, reading->notes, reading->n_notes, BR_MAX_NOTES);
	sound_texts(reading, status->reasons, status->n_reasons, BR_MAX_REASONS);
	sound_texts(reading, status->console, status->n_console, BR_MAX_CONSOLE);
	sound_texts(reading, reading->capabilities.media, reading->capabilities.n_media,
		    BR_MAX_MEDIA);
	sound_texts(reading, reading->capabilities.languages, reading->capabilities.n_languages,
		    BR_MAX_LANGUAGES);
	for (size_t i = 0; i < reading->n_alerts; i++)
		sound_at(reading, reading->alerts[i].description);
	sound_hearsay(reading);
	for (size_t i = 0; i < reading->n_care; i++)
		sound_id(reading->care[i].part);
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		MUST(!reading->counters[i].value.known ||
		     reading->counters[i].value.value >= 0);
	for (size_t i = 0; i < status->n_reasons; i++)
		for (size_t j = 0; j < i; j++)
			MUST(strcmp(br_text(reading, status->reasons[i]),
				    br_text(reading, status->reasons[j])) != 0);
}

void sound_reading(const struct br_reading *reading)
{
	struct br_buf buf;

	sound_supplies(reading);
	sound_trays(reading, reading->trays, reading->n_trays);
	sound_trays(reading, reading->outputs, reading->n_outputs);
	sound_rest(reading);
	br_buf_init(&buf, 4u << 20);
	br_reading_json(reading, &buf, reading->text_used & 1);
	MUST(buf.status == BR_OK);
	sound_json(buf.data, buf.len);
	br_buf_clear(&buf);
}
