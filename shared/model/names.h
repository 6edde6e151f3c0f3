/*
 * names.h - the standard words for the numbers printers send.
 *
 * RFC 3805 and its IANA-PRINTER-MIB continuation, RFC 2790, and the IPP words of PWG 5100.x.
 * NULL for a number that has no name: the caller shows the number.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_NAMES_H
#define BR_MODEL_NAMES_H

#include "model/reading.h"

#include <stdint.h>

const char *br_name_supply_type(int32_t type);   /* "toner", "waste-toner", "toner-cartridge" */
const char *br_name_supply_unit(int32_t unit);   /* "impressions", "percent" */
const char *br_name_capacity_unit(int32_t unit); /* "sheets" */
const char *br_name_counter_unit(int32_t unit);  /* PrtMarkerCounterUnitTC */
const char *br_name_input_type(int32_t type);    /* "sheet-feed-auto-removable-tray" */
const char *br_name_output_type(int32_t type);
const char *br_name_cover_status(int32_t status); /* "cover-open" */
const char *br_name_alert_code(int32_t code);     /* "marker-toner-almost-empty" */
const char *br_name_alert_group(int32_t group);   /* "marker-supplies" */
const char *br_name_alert_severity(
	int32_t level); /* "critical", "warning", "warning-binary-change-event" */
const char *br_name_alert_training(int32_t level); /* "untrained", "field-service" */
const char *br_name_console_color(int32_t color);
const char *br_name_interpreter(int32_t family);      /* PrtInterpreterLangFamilyTC: "PCL" */
const char *br_name_marker_technology(int32_t tech);  /* "electrophotographic-laser" */
const char *br_name_error_bit(enum br_error_bit bit); /* "low-toner", as in RFC 2790 */

const char *br_name_state(enum br_state state);
const char *br_name_device(enum br_device_state state);
const char *br_name_severity(enum br_severity severity);
const char *br_name_level_kind(enum br_level_kind kind);
const char *br_name_supply_state(enum br_supply_state state);
const char *br_name_role(enum br_role role);
const char *br_name_tray_state(enum br_tray_state state);
const char *br_name_cover_state(enum br_cover_state state);
const char *br_name_lit(enum br_lit lit);
const char *br_name_source(enum br_source source);
const char *br_name_colorant(enum br_colorant colorant);

/*
 * IPP printer-state-reasons word for an error bit ("toner-low") or alert code; NULL for none.
 * Three bits have a word of our own: "offline", "service-requested", "maintenance-overdue".
 */
const char *br_reason_of_error_bit(enum br_error_bit bit);
const char *br_reason_of_alert_code(int32_t code);

/* True if the type is emptied by printing something a human buys as a refill: toner, ink,
 * ribbon… */
bool br_supply_type_is_colorant(int32_t type);

/*
 * The colour that a text in any of the usual languages speaks of ("black", "light-cyan",
 * "matte-black", "tri-color"), or NULL. The letters K C M Y count as whole words.
 */
const char *br_colorant_find(struct br_view text);

/*
 * PWG self-describing media name of a legacy name or PWG name ("iso-a4-white"), or NULL for a
 * name that is not in the table of common sizes.
 */
const char *br_media_name(struct br_view text);

/* The same by dimensions in hundredths of a millimetre; NULL for none. */
const char *br_media_by_size(int64_t width, int64_t height);

#endif
