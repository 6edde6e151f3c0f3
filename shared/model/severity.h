/*
 * severity.h - whether a printer goes on, and how bad its error bits are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_SEVERITY_H
#define BR_MODEL_SEVERITY_H

#include "model/reading.h"

/* hrDeviceStatus says that the printer goes on, whatever else it says. */
bool br_device_works(const struct br_reading *reading);

/* It says that it is down, and not only because it sleeps or warms up. */
bool br_stands_still(const struct br_reading *reading);

/* Of a bit that is set: WARNING or CRITICAL. */
enum br_severity br_error_bit_severity(const struct br_reading *reading, enum br_error_bit bit);

#endif
