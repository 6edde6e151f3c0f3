/*
 * severity.c - whether a printer goes on, and how bad its error bits are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/severity.h"

bool br_device_works(const struct br_reading *reading)
{
	enum br_device_state device = reading->status.device;

	return device == BR_DEVICE_RUNNING || device == BR_DEVICE_WARNING ||
	       device == BR_DEVICE_TESTING;
}

bool br_stands_still(const struct br_reading *reading)
{
	const struct br_status_part *status = &reading->status;

	return status->state == BR_STATE_STOPPED ||
	       (status->state == BR_STATE_PRINTING && status->device == BR_DEVICE_DOWN);
}

enum br_severity br_error_bit_severity(const struct br_reading *reading, enum br_error_bit bit)
{
	bool critical = false;

	switch (bit) {
	case BR_ERR_JAMMED:
	case BR_ERR_NO_TONER:
	case BR_ERR_MARKER_SUPPLY_MISSING:
		critical = true;
		break;
	case BR_ERR_NO_PAPER: /* else one tray of several */
		critical = !br_device_works(reading);
		break;
	case BR_ERR_DOOR_OPEN: /* else a flap that it does not need */
	case BR_ERR_OFFLINE:
		critical = br_stands_still(reading);
		break;
	case BR_ERR_LOW_PAPER:
	case BR_ERR_LOW_TONER:
	case BR_ERR_SERVICE_REQUESTED:
	case BR_ERR_INPUT_TRAY_MISSING:
	case BR_ERR_OUTPUT_TRAY_MISSING:
	case BR_ERR_OUTPUT_NEAR_FULL:
	case BR_ERR_OUTPUT_FULL:
	case BR_ERR_INPUT_TRAY_EMPTY:
	case BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE:
	case BR_ERR_BITS:
		break;
	}
	return critical ? BR_SEVERITY_CRITICAL : BR_SEVERITY_WARNING;
}
