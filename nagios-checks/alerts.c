/*
 * alerts.c - how bad an alert row is, and which judge it is for.
 *
 * The user's rules decide first. Then what the code says of itself; then the severity that the
 * printer gave it, which a code may make worse (a jam is a jam) but for a printer that goes on;
 * at last who is needed: what only a technician can mend is never OK, what mends itself is,
 * unless it is critical.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alerts.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { SEVERITY_CRITICAL = 3, SEVERITY_WARNING = 4, SEVERITY_WARNING_BINARY = 5 };
enum { TRAINING_FIELD_SERVICE = 5, TRAINING_NONE_NEEDED = 7 };
enum { GROUP_INPUT = 8, GROUP_OUTPUT = 9 };
enum { CODE_UNKNOWN = 2 };

/* What a code is worth by itself, where that is not a warning. */
/* clang-format off */
static const struct {
	int32_t code;
	enum plugin_state state;
} worths[] = {
	{8, PLUGIN_CRITICAL},    /* jam */
	{11, PLUGIN_CRITICAL},   /* subunitLifeOver */
	{17, PLUGIN_CRITICAL},   /* subunitAtLimit */
	{30, PLUGIN_CRITICAL},   /* subunitUnrecoverableFailure */
	{32, PLUGIN_CRITICAL},   /* subunitUnrecoverableStorageError */
	{35, PLUGIN_OK},         /* subunitUnderTemperature: it warms up */
	{807, PLUGIN_OK},        /* inputMediaSupplyLow: there is paper yet */
	{810, PLUGIN_OK},        /* inputManualInputRequest: somebody stands there */
	{902, PLUGIN_OK},        /* outputMediaTrayAlmostFull: there is room yet */
	{1101, PLUGIN_CRITICAL}, /* markerTonerEmpty */
	{1102, PLUGIN_CRITICAL}, /* markerInkEmpty */
	{1103, PLUGIN_CRITICAL}, /* markerPrintRibbonEmpty */
	{1109, PLUGIN_CRITICAL}, /* markerWasteTonerReceptacleFull */
	{1110, PLUGIN_CRITICAL}, /* markerWasteInkReceptacleFull */
	{1112, PLUGIN_CRITICAL}, /* markerOpcLifeOver */
	{1114, PLUGIN_CRITICAL}, /* markerDeveloperEmpty */
	{1115, PLUGIN_CRITICAL}, /* markerTonerCartridgeMissing */
	{1302, PLUGIN_OK},       /* mediaPathMediaTrayAlmostFull */
	{1303, PLUGIN_CRITICAL}, /* mediaPathMediaTrayFull */
	{1304, PLUGIN_OK},       /* mediaPathCannotDuplexMediaSelected: about a job */
	{1509, PLUGIN_OK},       /* interpreterComplexPageEncountered: about a job */
};
/* clang-format on */

/* False: the code says nothing of itself, being none, "other", "unknown" or a maker's own. */
static bool worth_of(int32_t code, enum plugin_state *state)
{
	if (code <= CODE_UNKNOWN || !br_name_alert_code(code))
		return false;
	code = br_alert_plain_code(code);
	*state = PLUGIN_WARNING;
	for (size_t i = 0; i < COUNT(worths); i++)
		if (worths[i].code == code)
			*state = worths[i].state;
	/* Something was changed, added or read in: an event, no fault. */
	if (!br_reason_of_alert_code(code))
		*state = PLUGIN_OK;
	return true;
}

/* A tray that cannot feed is critical to itself; a printer that goes on has another. */
static enum plugin_state of_critical(const struct br_reading *reading,
				     const struct br_alert *alert)
{
	if (br_device_works(reading) &&
	    (alert->group == GROUP_INPUT || alert->group == GROUP_OUTPUT))
		return PLUGIN_WARNING;
	return PLUGIN_CRITICAL;
}

static enum plugin_state of_warning(const struct br_reading *reading,
				    const struct br_alert *alert)
{
	enum plugin_state worth;

	if (!worth_of(alert->code, &worth))
		return PLUGIN_WARNING;
	if (worth == PLUGIN_CRITICAL && br_device_works(reading))
		return PLUGIN_WARNING;
	return worth;
}

static enum plugin_state by_severity(const struct br_reading *reading,
				     const struct br_alert *alert)
{
	enum plugin_state worth;

	switch (alert->severity) {
	case SEVERITY_CRITICAL:
		return of_critical(reading, alert);
	case SEVERITY_WARNING:
	case SEVERITY_WARNING_BINARY:
		return of_warning(reading, alert);
	default: /* not said, or "other" */
		return worth_of(alert->code, &worth) ? worth : PLUGIN_OK;
	}
}

enum plugin_state plugin_alert_state(const struct plugin_settings *settings,
				     const struct br_reading *reading,
				     const struct br_alert *alert, bool *by_rule)
{
	enum plugin_state state;

	*by_rule = plugin_alert_rule(settings, reading, alert, NULL, &state);
	if (*by_rule)
		return state;
	if (br_alert_is_benign(reading, alert))
		return PLUGIN_OK;
	/* A firmware that calls a jam critical and nobody needed is wrong about the second. */
	if (alert->training == TRAINING_NONE_NEEDED && alert->severity != SEVERITY_CRITICAL)
		return PLUGIN_OK;
	state = by_severity(reading, alert);
	if (alert->training == TRAINING_FIELD_SERVICE)
		state = plugin_state_worst(state, PLUGIN_WARNING);
	return state;
}

enum plugin_subject plugin_alert_subject(const struct br_alert *alert)
{
	bool output;

	if (alert->of_supply)
		return PLUGIN_ABOUT_SUPPLY;
	if (br_alert_tray(alert, &output) != BR_TRAY_UNKNOWN)
		return PLUGIN_ABOUT_TRAY;
	return PLUGIN_ABOUT_PRINTER;
}

enum plugin_subject plugin_error_subject(enum br_error_bit bit)
{
	switch (bit) {
	case BR_ERR_LOW_TONER:
	case BR_ERR_NO_TONER:
	case BR_ERR_MARKER_SUPPLY_MISSING:
		return PLUGIN_ABOUT_SUPPLY;
	case BR_ERR_LOW_PAPER:
	case BR_ERR_NO_PAPER:
	case BR_ERR_INPUT_TRAY_MISSING:
	case BR_ERR_OUTPUT_TRAY_MISSING:
	case BR_ERR_OUTPUT_NEAR_FULL:
	case BR_ERR_OUTPUT_FULL:
	case BR_ERR_INPUT_TRAY_EMPTY:
		return PLUGIN_ABOUT_TRAY;
	case BR_ERR_DOOR_OPEN:
	case BR_ERR_JAMMED:
	case BR_ERR_OFFLINE:
	case BR_ERR_SERVICE_REQUESTED:
	case BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE:
	case BR_ERR_BITS:
		break;
	}
	return PLUGIN_ABOUT_PRINTER;
}
