/*
 * benign.h - alerts that tell of no fault.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_BENIGN_H
#define BR_MODEL_BENIGN_H

#include "model/reading.h"

/*
 * Asleep, warming up, closed again, something was added: by the alert's code. Where it has none
 * and does not call itself critical: by a description that is nothing but a word for asleep or
 * ready.
 */
bool br_alert_is_benign(const struct br_reading *reading, const struct br_alert *alert);

/* A finishing device's codes end as the generic ones do: a jam in a stapler is a jam. */
int32_t br_alert_plain_code(int32_t code);

/* The printer sleeps: benign, and by code or word that. */
bool br_alert_is_sleep(const struct br_reading *reading, const struct br_alert *alert);

#endif
