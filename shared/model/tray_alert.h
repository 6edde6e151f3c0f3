/*
 * tray_alert.h - what an alert says of a tray.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_TRAY_ALERT_H
#define BR_MODEL_TRAY_ALERT_H

#include "model/reading.h"

/* UNKNOWN: it is about no tray. *output: of an output bin, else of an input. */
enum br_tray_state br_alert_tray(const struct br_alert *alert, bool *output);

#endif
