/*
 * brother.h - Brother's packed records.
 *
 * Maintenance (1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.8.0), counters (….5.5.10.0) and next care
 * (….5.5.11.0) are rows of "key, 01, length, value" with a length of mostly four octets;
 * coverage (….5.5.18.0) and jams (….5.5.21.0) are rows of "key, length, value". Key ff ends
 * them. A record that is cut short gives the rows that are whole.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_BROTHER_H
#define BR_DECODE_BROTHER_H

#include "model/reading.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Each puts what the record says into the reading: counters, coverage, care, and what it knows
 * of a supply that the reading has (level where the standard gave none or another; state; the
 * raw code and the percent of the panel). A reading without any ink or toner gets them from the
 * record. To be called when the standard tables have been decoded; origin is the dotted OID. A
 * key without a meaning is skipped. Returns the number of rows that were understood.
 */
size_t br_brother_maintenance(struct br_reading *reading, const uint8_t *data, size_t len,
			      const char *origin);
size_t br_brother_counters(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin);
size_t br_brother_nextcare(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin);

/* Average coverage, of printers that are known to have black only: of others it is not one
 * colorant's. */
size_t br_brother_coverage(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin);
size_t br_brother_jams(struct br_reading *reading, const uint8_t *data, size_t len,
		       const char *origin);

#endif
