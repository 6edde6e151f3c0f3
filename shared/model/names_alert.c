/*
 * names_alert.c - the words of the alert table, and what they mean in IPP's words.
 *
 * PrtAlertCodeTC has 110 codes of its own and 17 finishing devices that repeat the same 36
 * endings: code 302xx is the stapler, xx the ending, 3 to 38, as in the generic codes.
 * The reasons are printer-state-reasons of RFC 8011, and of PWG 5100.9 where that has none;
 * codes that report an event and not a condition (power up, cover closed, tray changed) have
 * none. Three error bits have no word in either: offline, service-requested,
 * maintenance-overdue.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include <stddef.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct alert_word {
	int32_t code;
	const char *name;   /* the MIB's label */
	const char *reason; /* IPP, or NULL */
};

/* clang-format off */
/* Sorted by code. */
static const struct alert_word alert_words[] = {
	{1, "other", NULL},
	{2, "unknown", NULL},
	{3, "cover-open", "cover-open"},
	{4, "cover-closed", NULL},
	{5, "interlock-open", "interlock-open"},
	{6, "interlock-closed", NULL},
	{7, "configuration-change", NULL},
	{8, "jam", "media-jam"},
	{9, "subunit-missing", "subunit-missing"},
	{10, "subunit-life-almost-over", "subunit-life-almost-over"},
	{11, "subunit-life-over", "subunit-life-over"},
	{12, "subunit-almost-empty", "subunit-almost-empty"},
	{13, "subunit-empty", "subunit-empty"},
	{14, "subunit-almost-full", "subunit-almost-full"},
	{15, "subunit-full", "subunit-full"},
	{16, "subunit-near-limit", "subunit-near-limit"},
	{17, "subunit-at-limit", "subunit-at-limit"},
	{18, "subunit-opened", "subunit-opened"},
	{19, "subunit-closed", NULL},
	{20, "subunit-turned-on", NULL},
	{21, "subunit-turned-off", "subunit-turned-off"},
	{22, "subunit-offline", "subunit-offline"},
	{23, "subunit-power-saver", NULL},
	{24, "subunit-warming-up", NULL},
	{25, "subunit-added", NULL},
	{26, "subunit-removed", "subunit-removed"},
	{27, "subunit-resource-added", NULL},
	{28, "subunit-resource-removed", NULL},
	{29, "subunit-recoverable-failure", "subunit-recoverable-failure"},
	{30, "subunit-unrecoverable-failure", "subunit-unrecoverable-failure"},
	{31, "subunit-recoverable-storage-error", "subunit-recoverable-storage-error"},
	{32, "subunit-unrecoverable-storage-error", "subunit-unrecoverable-storage-error"},
	{33, "subunit-motor-failure", "subunit-motor-failure"},
	{34, "subunit-memory-exhausted", "subunit-memory-exhausted"},
	{35, "subunit-under-temperature", "subunit-under-temperature"},
	{36, "subunit-over-temperature", "subunit-over-temperature"},
	{37, "subunit-timing-failure", "subunit-timing-failure"},
	{38, "subunit-thermistor-failure", "subunit-thermistor-failure"},
	{501, "door-open", "door-open"},
	{502, "door-closed", NULL},
	{503, "power-up", NULL},
	{504, "power-down", "shutdown"},
	{505, "printer-nms-reset", NULL},
	{506, "printer-manual-reset", NULL},
	{507, "printer-ready-to-print", NULL},
	{801, "input-media-tray-missing", "input-tray-missing"},
	{802, "input-media-size-change", NULL},
	{803, "input-media-weight-change", NULL},
	{804, "input-media-type-change", NULL},
	{805, "input-media-color-change", NULL},
	{806, "input-media-form-parts-change", NULL},
	{807, "input-media-supply-low", "media-low"},
	{808, "input-media-supply-empty", "media-empty"},
	{809, "input-media-change-request", "media-needed"},
	{810, "input-manual-input-request", "media-needed"},
	{811, "input-tray-position-failure", "input-tray-position-failure"},
	{812, "input-tray-elevation-failure", "input-tray-elevation-failure"},
	{813, "input-cannot-feed-size-selected", "input-cannot-feed-size-selected"},
	{901, "output-media-tray-missing", "output-tray-missing"},
	{902, "output-media-tray-almost-full", "output-area-almost-full"},
	{903, "output-media-tray-full", "output-area-full"},
	{904, "output-mailbox-select-failure", "output-mailbox-select-failure"},
	{1001, "marker-fuser-under-temperature", "fuser-under-temp"},
	{1002, "marker-fuser-over-temperature", "fuser-over-temp"},
	{1003, "marker-fuser-timing-failure", "marker-fuser-timing-failure"},
	{1004, "marker-fuser-thermistor-failure", "marker-fuser-thermistor-failure"},
	{1005, "marker-adjusting-print-quality", "marker-adjusting-print-quality"},
	{1101, "marker-toner-empty", "toner-empty"},
	{1102, "marker-ink-empty", "marker-supply-empty"},
	{1103, "marker-print-ribbon-empty", "marker-supply-empty"},
	{1104, "marker-toner-almost-empty", "toner-low"},
	{1105, "marker-ink-almost-empty", "marker-supply-low"},
	{1106, "marker-print-ribbon-almost-empty", "marker-supply-low"},
	{1107, "marker-waste-toner-receptacle-almost-full", "marker-waste-almost-full"},
	{1108, "marker-waste-ink-receptacle-almost-full", "marker-waste-almost-full"},
	{1109, "marker-waste-toner-receptacle-full", "marker-waste-full"},
	{1110, "marker-waste-ink-receptacle-full", "marker-waste-full"},
	{1111, "marker-opc-life-almost-over", "opc-near-eol"},
	{1112, "marker-opc-life-over", "opc-life-over"},
	{1113, "marker-developer-almost-empty", "developer-low"},
	{1114, "marker-developer-empty", "developer-empty"},
	{1115, "marker-toner-cartridge-missing", "marker-toner-cartridge-missing"},
	{1301, "media-path-media-tray-missing", "media-path-media-tray-missing"},
	{1302, "media-path-media-tray-almost-full", "media-path-media-tray-almost-full"},
	{1303, "media-path-media-tray-full", "media-path-media-tray-full"},
	{1304, "media-path-cannot-duplex-media-selected", "media-path-cannot-duplex-media-selected"},
	{1501, "interpreter-memory-increase", NULL},
	{1502, "interpreter-memory-decrease", NULL},
	{1503, "interpreter-cartridge-added", NULL},
	{1504, "interpreter-cartridge-deleted", NULL},
	{1505, "interpreter-resource-added", NULL},
	{1506, "interpreter-resource-deleted", NULL},
	{1507, "interpreter-resource-unavailable", "interpreter-resource-unavailable"},
	{1509, "interpreter-complex-page-encountered", "interpreter-complex-page-encountered"},
	{1801, "alert-removal-of-binary-change-entry", NULL},
};

#define FINISHER_FIRST 3
#define FINISHER_LAST 38
#define FINISHER(device) {                                                                         \
	device "-cover-open", device "-cover-closed", device "-interlock-open",                    \
	device "-interlock-closed", device "-configuration-change", device "-jam",                 \
	device "-missing", device "-life-almost-over", device "-life-over",                        \
	device "-almost-empty", device "-empty", device "-almost-full", device "-full",            \
	device "-near-limit", device "-at-limit", device "-opened", device "-closed",              \
	device "-turned-on", device "-turned-off", device "-offline", device "-power-saver",       \
	device "-warming-up", device "-added", device "-removed", device "-resource-added",        \
	device "-resource-removed", device "-recoverable-failure",                                 \
	device "-unrecoverable-failure", device "-recoverable-storage-error",                      \
	device "-unrecoverable-storage-error", device "-motor-failure",                            \
	device "-memory-exhausted", device "-under-temperature", device "-over-temperature",       \
	device "-timing-failure", device "-thermistor-failure" }

/* By (code - 30200) / 100. "Perforater" is how IANA spells it. */
static const char *const finishers[][FINISHER_LAST - FINISHER_FIRST + 1] = {
	FINISHER("stapler"), FINISHER("stitcher"), FINISHER("folder"), FINISHER("binder"),
	FINISHER("trimmer"), FINISHER("die-cutter"), FINISHER("puncher"), FINISHER("perforater"),
	FINISHER("slitter"), FINISHER("separation-cutter"), FINISHER("imprinter"),
	FINISHER("wrapper"), FINISHER("bander"), FINISHER("make-envelope"), FINISHER("stacker"),
	FINISHER("sheet-rotator"), FINISHER("inserter"),
};

static const char *const groups[] = { /* PrtAlertGroupTC */
	[1] = "other", [2] = "unknown", [3] = "host-resources-mib-storage-table",
	[4] = "host-resources-mib-device-table", [5] = "general-printer", [6] = "cover",
	[7] = "localization", [8] = "input", [9] = "output", [10] = "marker",
	[11] = "marker-supplies", [12] = "marker-colorant", [13] = "media-path",
	[14] = "channel", [15] = "interpreter", [16] = "console-display-buffer",
	[17] = "console-lights", [18] = "alert", [30] = "fin-device", [31] = "fin-supply",
	[32] = "fin-supply-media-input", [33] = "fin-attribute",
};

static const char *const severities[] = { /* PrtAlertSeverityLevelTC */
	[1] = "other", [3] = "critical", [4] = "warning", [5] = "warning-binary-change-event",
};

static const char *const trainings[] = { /* PrtAlertTrainingLevelTC */
	[1] = "other", [2] = "unknown", [3] = "untrained", [4] = "trained",
	[5] = "field-service", [6] = "management", [7] = "no-intervention-required",
};

static const char *const error_reasons[BR_ERR_BITS] = {
	[BR_ERR_LOW_PAPER] = "media-low",
	[BR_ERR_NO_PAPER] = "media-empty",
	[BR_ERR_LOW_TONER] = "toner-low",
	[BR_ERR_NO_TONER] = "toner-empty",
	[BR_ERR_DOOR_OPEN] = "door-open",
	[BR_ERR_JAMMED] = "media-jam",
	[BR_ERR_OFFLINE] = "offline",
	[BR_ERR_SERVICE_REQUESTED] = "service-requested",
	[BR_ERR_INPUT_TRAY_MISSING] = "input-tray-missing",
	[BR_ERR_OUTPUT_TRAY_MISSING] = "output-tray-missing",
	[BR_ERR_MARKER_SUPPLY_MISSING] = "marker-supply-missing",
	[BR_ERR_OUTPUT_NEAR_FULL] = "output-area-almost-full",
	[BR_ERR_OUTPUT_FULL] = "output-area-full",
	[BR_ERR_INPUT_TRAY_EMPTY] = "media-empty",
	[BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE] = "maintenance-overdue",
};
/* clang-format on */

static const struct alert_word *find_word(int32_t code)
{
	size_t low = 0, high = COUNT(alert_words);

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (alert_words[middle].code == code)
			return &alert_words[middle];
		if (alert_words[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static const char *find_finisher(int32_t code)
{
	if (code < 30200)
		return NULL;
	size_t device = (size_t)(code - 30200) / 100;
	int32_t ending = code % 100;
	if (device >= COUNT(finishers) || ending < FINISHER_FIRST || ending > FINISHER_LAST)
		return NULL;
	return finishers[device][ending - FINISHER_FIRST];
}

const char *br_name_alert_code(int32_t code)
{
	const struct alert_word *word = find_word(code);

	return word != NULL ? word->name : find_finisher(code);
}

const char *br_reason_of_alert_code(int32_t code)
{
	const struct alert_word *word = find_word(code);

	if (word != NULL)
		return word->reason;
	/* A finishing device's label is IPP's word too; its ending says if it is a condition.
	 */
	const char *name = find_finisher(code);
	if (name == NULL || find_word(code % 100)->reason == NULL)
		return NULL;
	return name;
}

const char *br_reason_of_error_bit(enum br_error_bit bit)
{
	return (size_t)bit < COUNT(error_reasons) ? error_reasons[bit] : NULL;
}

const char *br_name_alert_group(int32_t group)
{
	return group >= 0 && (size_t)group < COUNT(groups) ? groups[group] : NULL;
}

const char *br_name_alert_severity(int32_t level)
{
	return level >= 0 && (size_t)level < COUNT(severities) ? severities[level] : NULL;
}

const char *br_name_alert_training(int32_t level)
{
	return level >= 0 && (size_t)level < COUNT(trainings) ? trainings[level] : NULL;
}
