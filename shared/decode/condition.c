/*
 * condition.c - what state the printer is in: device, error bits, panel, alerts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scratch.h"
#include "model/benign.h"
#include "model/names.h"
#include "model/severity.h"

enum { HR_OTHER = 1, HR_IDLE = 3, HR_PRINTING = 4, HR_WARMUP = 5 };
enum { ALERT_CRITICAL = 3, ALERT_WARNING = 4, ALERT_WARNING_BINARY = 5 };
enum { GROUP_INPUT = 8, GROUP_OUTPUT = 9 };

/* True if the printer tells of nothing but that it sleeps or warms up. */
static bool only_benign(const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_alerts; i++)
		if (!br_alert_is_benign(reading, &reading->alerts[i]))
			return false;
	return reading->status.errors == 0;
}

/* Down, and nothing is wrong: it is about to be ready (RFC 2790 calls that moving on-line), or
 * it sleeps so deeply that it calls itself down. */
static bool is_resting(const struct br_reading *reading, int32_t hr_status)
{
	bool resting = hr_status == HR_WARMUP;

	for (size_t i = 0; i < reading->n_alerts; i++)
		resting = resting || br_alert_is_sleep(reading, &reading->alerts[i]);
	return resting && only_benign(reading);
}

/* A device that is down does not idle, whatever hrPrinterStatus was left at. */
static enum br_state state_of(const struct br_reading *reading, int32_t hr_status)
{
	if (reading->status.device == BR_DEVICE_DOWN && hr_status != HR_PRINTING &&
	    !is_resting(reading, hr_status))
		return BR_STATE_STOPPED;
	switch (hr_status) {
	case HR_IDLE:
		return BR_STATE_IDLE;
	case HR_PRINTING:
		return BR_STATE_PRINTING;
	case HR_WARMUP:
		return BR_STATE_WARMUP;
	case HR_OTHER: /* asleep or offline */
		return BR_STATE_OTHER;
	default:
		return BR_STATE_UNKNOWN;
	}
}

static void worsen(enum br_severity *severity, enum br_severity by)
{
	if (by > *severity)
		*severity = by;
}

/* A tray that cannot feed is critical to itself; a printer that is still running has another.
 */
static enum br_severity severity_of_alert(const struct br_reading *reading,
					  const struct br_alert *alert)
{
	bool works = br_device_works(reading);

	if (br_alert_is_benign(reading, alert))
		return BR_SEVERITY_OK;
	if (alert->severity == ALERT_CRITICAL)
		return works && (alert->group == GROUP_INPUT || alert->group == GROUP_OUTPUT)
			       ? BR_SEVERITY_WARNING
			       : BR_SEVERITY_CRITICAL;
	if (alert->severity == ALERT_WARNING || alert->severity == ALERT_WARNING_BINARY)
		return BR_SEVERITY_WARNING;
	/* How bad it is was not said, but what it is: a cover that is open, a life that is
	 * over. */
	return br_reason_of_alert_code(alert->code) ? BR_SEVERITY_WARNING : BR_SEVERITY_OK;
}

static void judge(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;
	struct br_status_part *status = &reading->status;
	enum br_severity severity = BR_SEVERITY_UNKNOWN;

	if (scratch->hr_printer.status || status->device || status->errors_known ||
	    reading->n_alerts)
		severity = BR_SEVERITY_OK;
	if (status->device == BR_DEVICE_WARNING && !(reading->n_alerts && only_benign(reading)))
		worsen(&severity, BR_SEVERITY_WARNING);
	if (br_stands_still(reading))
		worsen(&severity, BR_SEVERITY_CRITICAL);
	for (unsigned bit = 0; bit < BR_ERR_BITS; bit++) {
		if (!(status->errors & 1u << bit))
			continue;
		worsen(&severity, br_error_bit_severity(reading, (enum br_error_bit)bit));
		if (br_reason_of_error_bit((enum br_error_bit)bit))
			br_reading_reason(reading,
					  br_reason_of_error_bit((enum br_error_bit)bit));
	}
	for (size_t i = 0; i < reading->n_alerts; i++) {
		const char *reason = br_reason_of_alert_code(reading->alerts[i].code);

		worsen(&severity, severity_of_alert(reading, &reading->alerts[i]));
		if (reason && !br_alert_is_benign(reading, &reading->alerts[i]))
			br_reading_reason(reading, reason);
	}
	status->severity = severity;
}

static void take_console(struct br_scratch *scratch)
{
	struct br_status_part *status = &scratch->reading->status;

	for (size_t i = 0; i < scratch->n_console; i++) {
		size_t k = 0;

		while (k < status->n_console && status->console[k] != scratch->console[i].text)
			k++;
		if (scratch->console[i].text && k == status->n_console && k < BR_MAX_CONSOLE)
			status->console[status->n_console++] = scratch->console[i].text;
	}
}

/* On and off times of a lamp in milliseconds: one of them zero is steady, both set is blinking.
 */
static enum br_lit lit_of(struct br_number on, struct br_number off)
{
	if (!on.known || !off.known || on.value < 0 || off.value < 0)
		return BR_LIT_UNKNOWN;
	if (on.value > 0 && off.value > 0)
		return BR_LIT_BLINKING;
	return on.value > 0 ? BR_LIT_ON : BR_LIT_OFF;
}

static void take_lights(struct br_scratch *scratch)
{
	struct br_status_part *status = &scratch->reading->status;

	for (size_t i = 0; i < scratch->n_lights && status->n_lights < BR_MAX_LIGHTS; i++) {
		const char *color = br_name_console_color(scratch->lights[i].color);
		struct br_light *light = &status->lights[status->n_lights];

		light->lit = lit_of(scratch->lights[i].on, scratch->lights[i].off);
		light->description = scratch->lights[i].description;
		light->color = color ? br_reading_put(scratch->reading, color) : 0;
		if (light->description || light->color)
			status->n_lights++;
	}
}

/* Covers: PrtCoverStatusTC 3 and 5 are open, 4 and 6 closed. */
static void take_covers(struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_covers; i++) {
		struct br_cover *cover = &reading->covers[i];

		if (cover->status == 3 || cover->status == 5)
			cover->state = BR_COVER_OPEN;
		else if (cover->status == 4 || cover->status == 6)
			cover->state = BR_COVER_CLOSED;
		else if (cover->status == 1)
			cover->state = BR_COVER_OTHER;
	}
}

/*
 * A row that says neither what happened, nor where, nor who should come is a place in a table
 * of fixed length, even where it is called critical: 3, 0, 0, 0, "".
 */
static void drop_empty_alerts(struct br_reading *reading)
{
	size_t kept = 0;

	for (size_t i = 0; i < reading->n_alerts; i++) {
		const struct br_alert *alert = &reading->alerts[i];

		if (alert->code || alert->group || alert->training || alert->description)
			reading->alerts[kept++] = *alert;
	}
	reading->n_alerts = kept;
}

void br_finish_status(struct br_scratch *scratch)
{
	struct br_status_part *status = &scratch->reading->status;
	int32_t device = scratch->hr_device.status;

	if (device >= BR_DEVICE_UNKNOWN && device <= BR_DEVICE_DOWN)
		status->device = (enum br_device_state)device; /* numbered as in RFC 2790 */
	status->errors_known = scratch->hr_printer.errors.known;
	status->errors = scratch->hr_printer.errors.bits;
	take_console(scratch);
	take_lights(scratch);
	take_covers(scratch->reading);
	drop_empty_alerts(scratch->reading);
	status->state = state_of(scratch->reading, scratch->hr_printer.status);
	judge(scratch);
}
