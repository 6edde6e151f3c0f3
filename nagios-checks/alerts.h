/*
 * alerts.h - how bad an alert row is: the user's rules first, then ours by code, severity and
 * training level.
 *
 *   marker-toner-almost-empty=ok   1104=warning   cover-*=critical
 *   severity:warning=ok   training:field-service=critical   group:input=ok text:*fuser*=warning
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_ALERTS_H
#define BR_NAGIOS_CHECKS_ALERTS_H

#include "settings.h"

/* "SELECTOR=STATE" of --alert; "SELECTOR" of --ignore. While options are taken. */
enum br_status plugin_alert_rule_check(struct br_view text, struct br_error *err) BR_MUST_CHECK;
enum br_status plugin_alert_selector_check(struct br_view text,
					   struct br_error *err) BR_MUST_CHECK;

/* *by_rule: a rule of the user's decided, so nothing may soften or worsen it. */
enum plugin_state plugin_alert_state(const struct plugin_settings *settings,
				     const struct br_reading *reading,
				     const struct br_alert *alert, bool *by_rule);

/* What the first rule that fits says of an alert row, or of an error bit or cover by its name
 * (alert: NULL); false: none fits. */
bool plugin_alert_rule(const struct plugin_settings *settings, const struct br_reading *reading,
		       const struct br_alert *alert, const char *name,
		       enum plugin_state *state);

/* What it is about decides which judge speaks of it; supplies and trays are those that the
 * judges of these can see. */
enum plugin_subject { PLUGIN_ABOUT_PRINTER, PLUGIN_ABOUT_SUPPLY, PLUGIN_ABOUT_TRAY };
enum plugin_subject plugin_alert_subject(const struct br_alert *alert);
enum plugin_subject plugin_error_subject(enum br_error_bit bit);

/* What is wrong in our words, then the printer's own where they add something: "field service
 * needed: fuser over temp: Error C7990". */
void plugin_alert_text(const struct br_reading *reading, const struct br_alert *alert,
		       char *out, size_t size);

/* Fed by hand: manual feed, bypass. */
bool plugin_tray_by_hand(const struct br_tray *tray);

#endif
