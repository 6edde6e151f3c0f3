/*
 * settings.c - what a check does where no option says otherwise.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

/* "N:", alert below N. text is a literal. */
static struct plugin_range below(double start, const char *text)
{
	return (struct plugin_range){.given = true,
				     .usual = true,
				     .no_end = true,
				     .start = start,
				     .text = br_view(text)};
}

void plugin_settings_init(struct plugin_settings *settings, unsigned check)
{
	*settings = (struct plugin_settings){
		.check = check,
		.timeout_ms = 10000,
		.max_age_s = 15 * 60,
		.timeout_state = PLUGIN_UNKNOWN,
		.offline_state = PLUGIN_UNKNOWN,
		.supplies = {.warning = below(20, "20:"), .critical = below(10, "10:")},
		.filled = {.warning = below(10, "10:"), .critical = below(5, "5:")},
		.low = PLUGIN_WARNING,
		.empty = PLUGIN_CRITICAL,
		.missing = PLUGIN_CRITICAL,
		.some = PLUGIN_OK,
		.no_level = PLUGIN_OK,
		.tray_low = PLUGIN_OK,
		.tray_empty = PLUGIN_WARNING,
		.tray_missing = PLUGIN_WARNING,
	};
}
