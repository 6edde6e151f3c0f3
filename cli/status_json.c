/*
 * status_json.c - one printer of brayer status as a line of JSON.
 *
 * SPDX-License-Identifier: MIT
 */
#include "status.h"

static void put_supplies(struct br_json *json, const struct br_reading *reading)
{
	br_json_open(json, "supplies", '[');
	for (size_t i = 0; i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];

		br_json_open(json, NULL, '{');
		br_json_text(json, "id", supply->id);
		br_json_text(json, "description", br_text(reading, supply->description));
		if (supply->kind == BR_LEVEL_MEASURED)
			br_json_number(json, "percent", supply->percent);
		br_json_text(json, "state", br_name_supply_state(supply->state));
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
		br_json_text(json, "severity", br_name_alert_severity(alert->severity));
		br_json_text(json, "code_name", br_name_alert_code(alert->code));
		br_json_text(json, "description", br_text(reading, alert->description));
		br_json_close(json, '}');
	}
	br_json_close(json, ']');
}

static void put_state(struct br_json *json, const struct br_reading *reading)
{
	br_json_text(json, "severity", br_name_severity(reading->status.severity));
	br_json_text(json, "state", br_name_state(reading->status.state));
	br_json_open(json, "reasons", '[');
	for (size_t i = 0; i < reading->status.n_reasons; i++)
		br_json_text(json, NULL, br_text(reading, reading->status.reasons[i]));
	br_json_close(json, ']');
	put_supplies(json, reading);
	put_alerts(json, reading);
}

void status_json(struct stored *stored, const struct stored_printer *printer,
		 const struct br_reading *reading)
{
	struct br_json json = {.buf = &stored->cli->out};

	br_json_open(&json, NULL, '{');
	br_json_text(&json, "schema", "brayer.status/1");
	stored_json_printer(&json, printer);
	br_json_bool(&json, "reachable", !stored_is_silent(printer));
	br_json_bool(&json, "asked", printer->asked);
	stored_json_time(&json, "first_seen", printer->first_seen);
	stored_json_time(&json, "last_read", printer->last_read);
	stored_json_time(&json, "last_missed", printer->last_missed);
	if (printer->missed)
		br_json_number(&json, "missed", printer->missed);
	if (printer->missed)
		br_json_text(&json, "why", printer->why);
	if (reading)
		put_state(&json, reading);
	br_json_close(&json, '}');
	br_buf_char(json.buf, '\n');
}
