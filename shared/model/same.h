/*
 * same.h - whether two readings are of one printer, whatever its address is now.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_SAME_H
#define BR_MODEL_SAME_H

#include "model/reading.h"

#define BR_KEY_SIZE 160

/*
 * What a printer is known by: "serial:MAKER:SERIAL", else "mac:02005e000001", else "". A serial
 * that many printers share (empty, all zero, all X, "not available", shorter than four) and a
 * MAC that is none (zero, broadcast) are not taken. Case and blanks do not matter. Behind a
 * print server printers share the MAC, so there it counts with the device: "mac:…#2".
 */
struct br_printer_key {
	char serial[BR_KEY_SIZE], mac[BR_KEY_SIZE];
};
void br_printer_key(const struct br_reading *reading, struct br_printer_key *key);

enum br_same { BR_SAME_UNKNOWN, BR_SAME_NO, BR_SAME_YES };

/* Serials decide; a replaced board has another MAC. Without two serials, MACs do. */
enum br_same br_printer_same(const struct br_printer_key *a, const struct br_printer_key *b);

#endif
