/*
 * range.h - thresholds as the plugin guidelines write them: [@][START:]END.
 *
 *   10      alert below 0 or above 10        ~:10     alert above 10
 *   10:     alert below 10                   @10:20   alert from 10 to 20, both included
 *   :10     the same as 10                   ~:       never alerts
 *
 * A number is [-]DIGITS[.DIGITS], with at most 15 digits, which is what a double holds exactly:
 * no exponent, no hexadecimal, no '+', no blank, and a '.' whatever the locale.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_RANGE_H
#define BR_NAGIOS_CHECKS_RANGE_H

#include "state.h"

struct plugin_range {
	bool given;          /* else it never alerts */
	bool usual;          /* a default, which nobody wrote */
	bool inside;         /* began with @ */
	bool no_start;       /* ~ : minus infinity */
	bool no_end;         /* nothing behind the colon */
	double start, end;   /* where there is one */
	struct br_view text; /* as it was given, for the performance data; lent */
};

/* Refuses what is empty, has junk in or behind it, no finite number, or a start beyond its end;
 * the range is then one that is not given. */
enum br_status plugin_range_parse(struct plugin_range *range, struct br_view text,
				  struct br_error *err) BR_MUST_CHECK;

/* value: a finite number. Edges are exact for one that is a whole number divided by a power of
 * ten: 125 / 10.0. */
bool plugin_range_alerts(const struct plugin_range *range, double value);

struct plugin_thresholds {
	struct plugin_range warning, critical;
};

/* "20:/10:", "20:/", "/10:", "/": what is left out never alerts. */
enum br_status plugin_thresholds_parse(struct plugin_thresholds *thresholds,
				       struct br_view text, struct br_error *err) BR_MUST_CHECK;
/* One was written and the other is the usual one, and they do not go together: some percentage
 * would be CRITICAL without a WARNING before it. A warning that never alerts is meant so. */
bool plugin_thresholds_clash(const struct plugin_thresholds *thresholds);
enum plugin_state plugin_thresholds_judge(const struct plugin_thresholds *thresholds,
					  double value);

#endif
