/*
 * device_id.h - IEEE 1284 device ids: "MFG:Brother;MDL:HL-L2340DW series;…".
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_DEVICE_ID_H
#define BR_DECODE_DEVICE_ID_H

#include "base/text.h"

/*
 * The value of the first of the given keys that is there (compared without case; both the short
 * and the long form are given by the caller: "MFG", "MANUFACTURER"). Blanks trimmed; the
 * two-octet length that some printers leave in front is skipped. Empty view: not there.
 */
struct br_view br_device_id_get(struct br_view id, const char *const *keys);

extern const char *const br_device_id_maker[], *const br_device_id_model[],
						       *const br_device_id_serial[],
							       *const br_device_id_commands[];

/* True if the text looks like a device id at all: KEY:value; with a known key. */
bool br_device_id_looks(struct br_view text);

#endif
