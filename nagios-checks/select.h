/*
 * select.h - which supplies, trays and alerts an option means.
 *
 *   toner-*         by id; * and ? as in a shell
 *   type:fuser      by the standard's name of its type
 *   tray:tray-2     an input tray or output bin, by id or by the name the printer gives it
 *   supply:drum*    a supply, where the check is about both
 *   tray:type:*     a tray by the standard's name of its type
 *
 * Case does not matter. What is excluded is not wanted, whatever includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_SELECT_H
#define BR_NAGIOS_CHECKS_SELECT_H

#include "settings.h"

/* Whether a selector can be one at all; while options are taken. */
enum br_status plugin_selector_check(struct br_view selector,
				     struct br_error *err) BR_MUST_CHECK;

/* "supply:" in front of one that is to be about trays (tray), or "tray:" of one that is not. */
bool plugin_selector_strays(struct br_view selector, bool tray);

/* Excluded, or not among what is included. A pattern without a kind is about supplies, in
 * check_printer_trays about trays. */
bool plugin_supply_wanted(const struct plugin_settings *settings,
			  const struct br_supply *supply);
bool plugin_tray_wanted(const struct plugin_settings *settings,
			const struct br_reading *reading, const struct br_tray *tray,
			bool output);

/* "SELECTOR=W/C"; while options are taken, and when a thing is judged: the first that fits. */
enum br_status plugin_override_check(struct br_view text, struct br_error *err) BR_MUST_CHECK;
bool plugin_supply_override(const struct plugin_settings *settings,
			    const struct br_supply *supply,
			    struct plugin_thresholds *thresholds);
bool plugin_tray_override(const struct plugin_settings *settings,
			  const struct br_reading *reading, const struct br_tray *tray,
			  bool output, struct plugin_thresholds *thresholds);

/* The same for a part that wears and has no supply row: its word is its id. */
bool plugin_care_wanted(const struct plugin_settings *settings, const struct br_care *care);
bool plugin_care_override(const struct plugin_settings *settings, const struct br_care *care,
			  struct plugin_thresholds *thresholds);

/* Whether an --include is about them. */
bool plugin_supplies_included(const struct plugin_settings *settings);
bool plugin_trays_included(const struct plugin_settings *settings);

#endif
