/*
 * tray_alert.c - the codes of PrtAlertCodeTC that are about paper and output bins.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/tray_alert.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { GROUP_INPUT = 8, GROUP_OUTPUT = 9 };

enum br_tray_state br_alert_tray(const struct br_alert *alert, bool *output)
{
	/* Generic codes only of the subunits that the reading's own tables are about: what a
	 * finishing device is short of stands in none of them. */
	/* clang-format off */
	static const struct {
		int32_t code, group; /* group 0: any */
		enum br_tray_state state;
		bool output;
	} rows[] = {
		{801, 0, BR_TRAY_MISSING, false}, {9, GROUP_INPUT, BR_TRAY_MISSING, false},
		{807, 0, BR_TRAY_LOW, false},     {12, GROUP_INPUT, BR_TRAY_LOW, false},
		{808, 0, BR_TRAY_EMPTY, false},   {13, GROUP_INPUT, BR_TRAY_EMPTY, false},
		{3, GROUP_INPUT, BR_TRAY_OPEN, false}, {18, GROUP_INPUT, BR_TRAY_OPEN, false},
		{901, 0, BR_TRAY_MISSING, true},  {9, GROUP_OUTPUT, BR_TRAY_MISSING, true},
		{902, 0, BR_TRAY_LOW, true},      {14, GROUP_OUTPUT, BR_TRAY_LOW, true},
		{903, 0, BR_TRAY_FULL, true},     {15, GROUP_OUTPUT, BR_TRAY_FULL, true},
	};
	/* clang-format on */

	*output = false;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (rows[i].code != alert->code ||
		    (rows[i].group != 0 && rows[i].group != alert->group))
			continue;
		*output = rows[i].output;
		return rows[i].state;
	}
	return BR_TRAY_UNKNOWN;
}
