/*
 * json.c - writes a reading as brayer.reading/1; docs/READING.md says what each member means.
 *
 * The rule throughout: a scalar that is not known is left out, a list is always there. Next to
 * nothing here goes through printf, because a fleet writes thousands of these.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/json.h"

#include "base/clock.h"
#include "model/json_writer.h"
#include "model/names.h"

#include <stdio.h>

static void put_text(struct br_json *json, const struct br_reading *reading, const char *key,
		     br_text_at at)
{
	br_json_text(json, key, br_text(reading, at));
}

static void put_number(struct br_json *json, const char *key, struct br_number number)
{
	if (number.known)
		br_json_number(json, key, number.value);
}

/* An enumeration as sent: its standard name, or "other-N" for a number that has none; 0:
 * absent. */
static void put_word(struct br_json *json, const char *key, int32_t number, const char *name)
{
	char other[24];

	if (number == 0)
		return;
	if (name == NULL) {
		snprintf(other, sizeof(other), "other-%d", (int)number);
		name = other;
	}
	br_json_text(json, key, name);
}

static void put_list(struct br_json *json, const struct br_reading *reading, const char *key,
		     const br_text_at *list, size_t n)
{
	br_json_open(json, key, '[');
	for (size_t i = 0; i < n; i++)
		put_text(json, reading, NULL, list[i]);
	br_json_close(json, ']');
}

static void put_sources(struct br_json *json, uint32_t sources)
{
	br_json_open(json, "sources", '[');
	for (int i = BR_SOURCE_SNMP; i <= BR_SOURCE_RECORDING; i++) {
		if (sources & 1u << i)
			br_json_text(json, NULL, br_name_source((enum br_source)i));
	}
	br_json_close(json, ']');
}

static void put_head(struct br_json *json, const struct br_reading *reading)
{
	char time[BR_TIME_TEXT_SIZE];

	br_json_text(json, "schema", "brayer.reading/1");
	br_json_text(json, "target", reading->target);
	if (reading->time != 0) {
		br_time_text(time, reading->time);
		br_json_text(json, "time", time);
	}
	br_json_bool(json, "reachable", reading->reachable);
	put_sources(json, reading->sources);
	br_json_bool(json, "partial", reading->partial);
	if (reading->device != 0)
		br_json_number(json, "device", reading->device);
	if (reading->questions != 0)
		br_json_number(json, "questions", reading->questions);
	put_list(json, reading, "notes", reading->notes, reading->n_notes);
}

static void put_identity(struct br_json *json, const struct br_reading *reading)
{
	const struct br_identity *identity = &reading->identity;

	br_json_open(json, "identity", '{');
	put_text(json, reading, "maker", identity->maker);
	put_text(json, reading, "model", identity->model);
	put_text(json, reading, "serial", identity->serial);
	put_text(json, reading, "mac", identity->mac);
	put_text(json, reading, "hostname", identity->hostname);
	put_text(json, reading, "firmware", identity->firmware);
	put_text(json, reading, "location", identity->location);
	put_text(json, reading, "contact", identity->contact);
	put_text(json, reading, "asset", identity->asset);
	put_text(json, reading, "description", identity->description);
	put_text(json, reading, "object_id", identity->object_id);
	put_text(json, reading, "device_id", identity->device_id);
	put_text(json, reading, "uuid", identity->uuid);
	br_json_close(json, '}');
}

static void put_yes(struct br_json *json, const char *key, enum br_yes yes)
{
	if (yes != BR_YES_UNKNOWN)
		br_json_bool(json, key, yes == BR_YES);
}

static void put_capabilities(struct br_json *json, const struct br_reading *reading)
{
	const struct br_capabilities *can = &reading->capabilities;

	br_json_open(json, "capabilities", '{');
	put_yes(json, "color", can->color);
	put_yes(json, "duplex", can->duplex);
	put_list(json, reading, "media", can->media, can->n_media);
	put_list(json, reading, "languages", can->languages, can->n_languages);
	br_json_close(json, '}');
}

static void put_lights(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "lights", '[');
	for (size_t i = 0; i < reading->status.n_lights; i++) {
		const struct br_light *light = &reading->status.lights[i];
		br_json_open(json, NULL, '{');
		put_text(json, reading, "description", light->description);
		put_text(json, reading, "color", light->color);
		br_json_text(json, "lit", br_name_lit(light->lit));
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_errors(struct br_json *json, uint32_t errors)
{
	br_json_open(json, "errors", '[');
	for (int i = 0; i < BR_ERR_BITS; i++) {
		if (errors & 1u << i)
			br_json_text(json, NULL, br_name_error_bit((enum br_error_bit)i));
	}
	br_json_close(json, ']');
}

static void put_status(struct br_json *json, const struct br_reading *reading)
{
	const struct br_status_part *status = &reading->status;

	br_json_open(json, "status", '{');
	br_json_text(json, "state", br_name_state(status->state));
	br_json_text(json, "device", br_name_device(status->device));
	if (status->severity != BR_SEVERITY_UNKNOWN)
		br_json_text(json, "severity", br_name_severity(status->severity));
	put_list(json, reading, "reasons", status->reasons, status->n_reasons);
	if (status->errors_known)
		put_errors(json, status->errors);
	put_list(json, reading, "console", status->console, status->n_console);
	put_lights(json, reading);
	put_number(json, "uptime", status->uptime);
	put_number(json, "config_changes", status->config_changes);
	br_json_close(json, '}');
}

/* Raw level and capacity, and what they claim; the same for supplies and trays. */
static void put_level(struct br_json *json, struct br_number capacity, struct br_number level,
		      enum br_level_kind kind, uint8_t percent)
{
	put_number(json, "capacity", capacity);
	put_number(json, "level", level);
	br_json_text(json, "kind", br_name_level_kind(kind));
	if (kind == BR_LEVEL_MEASURED)
		br_json_number(json, "percent", percent);
}

static void put_index(struct br_json *json, const char *key, int32_t index)
{
	if (index > 0)
		br_json_number(json, key, index);
}

static void put_supply(struct br_json *json, const struct br_reading *reading,
		       const struct br_supply *supply)
{
	br_json_open(json, NULL, '{');
	br_json_text(json, "id", supply->id);
	put_index(json, "index", supply->index);
	put_index(json, "marker", supply->marker);
	put_word(json, "type", supply->type, br_name_supply_type(supply->type));
	put_text(json, reading, "colorant", supply->colorant);
	if (supply->role != BR_ROLE_UNKNOWN)
		br_json_text(json, "role", br_name_role(supply->role));
	put_text(json, reading, "description", supply->description);
	put_text(json, reading, "part", supply->part);
	put_text(json, reading, "serial", supply->serial);
	put_word(json, "unit", supply->unit, br_name_supply_unit(supply->unit));
	put_level(json, supply->capacity, supply->level, supply->kind, supply->percent);
	br_json_text(json, "state", br_name_supply_state(supply->state));
	put_text(json, reading, "witness", supply->witness);
	put_number(json, "status", supply->status);
	put_number(json, "shown", supply->shown);
	put_text(json, reading, "origin", supply->origin);
	br_json_close(json, '}');
}

static void put_supplies(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "supplies", '[');
	for (size_t i = 0; i < reading->n_supplies; i++)
		put_supply(json, reading, &reading->supplies[i]);
	br_json_close(json, ']');
}

static void put_hearsay(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "hearsay", '[');
	for (size_t i = 0; i < reading->n_hearsay; i++) {
		const struct br_hearsay *hearsay = &reading->hearsay[i];
		br_json_open(json, NULL, '{');
		br_json_text(json, "state", br_name_supply_state(hearsay->state));
		if (hearsay->role != BR_ROLE_UNKNOWN)
			br_json_text(json, "role", br_name_role(hearsay->role));
		put_text(json, reading, "colorant", hearsay->colorant);
		put_text(json, reading, "witness", hearsay->witness);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_counters(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "counters", '{');
	for (int i = 0; i < BR_COUNTER_COUNT; i++)
		put_number(json, br_counter_name((enum br_counter)i),
			   reading->counters[i].value);
	br_json_close(json, '}');
	br_json_open(json, "counter_basis", '{');
	for (int i = 0; i < BR_COUNTER_COUNT; i++) {
		const struct br_counter_value *counter = &reading->counters[i];
		if (!counter->value.known)
			continue;
		br_json_open(json, br_counter_name((enum br_counter)i), '{');
		put_text(json, reading, "basis", counter->basis);
		put_text(json, reading, "origin", counter->origin);
		br_json_close(json, '}');
	}
	br_json_close(json, '}');
}

static void put_coverage(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "coverage", '[');
	for (int i = 0; i < BR_COLORANT_COUNT; i++) {
		const struct br_coverage *coverage = &reading->coverage[i];
		if (!coverage->thousandths.known)
			continue;
		br_json_open(json, NULL, '{');
		br_json_text(json, "colorant", br_name_colorant((enum br_colorant)i));
		br_json_thousandths(json, "percent", coverage->thousandths.value);
		put_text(json, reading, "origin", coverage->origin);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_care(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "care", '[');
	for (size_t i = 0; i < reading->n_care; i++) {
		const struct br_care *care = &reading->care[i];
		br_json_open(json, NULL, '{');
		br_json_text(json, "part", care->part);
		put_number(json, "percent", care->percent);
		put_number(json, "remaining_pages", care->remaining_pages);
		put_number(json, "status", care->status);
		put_text(json, reading, "origin", care->origin);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_tray(struct br_json *json, const struct br_reading *reading,
		     const struct br_tray *tray, const char *type)
{
	br_json_open(json, NULL, '{');
	br_json_text(json, "id", tray->id);
	put_index(json, "index", tray->index);
	put_word(json, "type", tray->type, type);
	put_text(json, reading, "name", tray->name);
	put_text(json, reading, "description", tray->description);
	put_text(json, reading, "media", tray->media);
	put_text(json, reading, "media_name", tray->media_name);
	put_text(json, reading, "model", tray->model);
	put_text(json, reading, "serial", tray->serial);
	put_word(json, "unit", tray->unit, br_name_capacity_unit(tray->unit));
	put_number(json, "status", tray->status);
	put_level(json, tray->capacity, tray->level, tray->kind, tray->percent);
	br_json_text(json, "state", br_name_tray_state(tray->state));
	br_json_close(json, '}');
}

static void put_paper(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "trays", '[');
	for (size_t i = 0; i < reading->n_trays; i++) {
		const struct br_tray *tray = &reading->trays[i];
		put_tray(json, reading, tray, br_name_input_type(tray->type));
	}
	br_json_close(json, ']');
	br_json_open(json, "outputs", '[');
	for (size_t i = 0; i < reading->n_outputs; i++) {
		const struct br_tray *output = &reading->outputs[i];
		put_tray(json, reading, output, br_name_output_type(output->type));
	}
	br_json_close(json, ']');
}

static void put_covers(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "covers", '[');
	for (size_t i = 0; i < reading->n_covers; i++) {
		const struct br_cover *cover = &reading->covers[i];
		br_json_open(json, NULL, '{');
		put_index(json, "index", cover->index);
		put_text(json, reading, "description", cover->description);
		put_word(json, "status", cover->status, br_name_cover_status(cover->status));
		br_json_text(json, "state", br_name_cover_state(cover->state));
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_alerts(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "alerts", '[');
	for (size_t i = 0; i < reading->n_alerts; i++) {
		const struct br_alert *alert = &reading->alerts[i];
		br_json_open(json, NULL, '{');
		put_index(json, "index", alert->index);
		put_word(json, "severity", alert->severity,
			 br_name_alert_severity(alert->severity));
		if (alert->code != 0)
			br_json_number(json, "code", alert->code);
		br_json_text(json, "code_name", br_name_alert_code(alert->code));
		put_word(json, "group", alert->group, br_name_alert_group(alert->group));
		put_index(json, "group_index", alert->group_index);
		put_word(json, "training", alert->training,
			 br_name_alert_training(alert->training));
		put_number(json, "location", alert->location);
		put_text(json, reading, "description", alert->description);
		put_number(json, "time", alert->time);
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

void br_reading_json(const struct br_reading *reading, struct br_buf *buf, bool pretty)
{
	struct br_json json = {.buf = buf, .pretty = pretty};

	br_json_open(&json, NULL, '{');
	put_head(&json, reading);
	put_identity(&json, reading);
	put_capabilities(&json, reading);
	put_status(&json, reading);
	put_supplies(&json, reading);
	put_hearsay(&json, reading);
	put_counters(&json, reading);
	put_coverage(&json, reading);
	put_care(&json, reading);
	put_paper(&json, reading);
	put_covers(&json, reading);
	put_alerts(&json, reading);
	br_json_close(&json, '}');
}
