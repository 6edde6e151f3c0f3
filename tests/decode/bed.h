/*
 * bed.h - answers written as snmprec lines, decoded as if a printer had given them.
 *
 * A line "name|tag|value" may be short: "S9.1.2" is prtMarkerSuppliesLevel of device 1, row 2.
 * The letters: G general, C cover, I input, O output, M marker, S supplies, K colorants, D
 * display, L lights, A alerts; H hrPrinter and V hrDevice have a device alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_BED_H
#define BR_TESTS_BED_H

#include "decode/harvest.h"
#include "decode/mib.h"
#include "decode/snmp.h"

void bed_harvest(struct br_harvest *harvest, const char *lines);

/* Decodes device; mib is the text of a .mib file, or NULL. Lent until the next call. */
const struct br_reading *bed_decode(const char *lines, const char *mib, uint32_t device);

/* The same of device 1 without a maker. */
const struct br_reading *bed_read(const char *lines);

bool bed_noted(const struct br_reading *reading, const char *words);

#endif
