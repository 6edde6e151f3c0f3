/*
 * harvest.h - the answers of one printer, kept as they came until they are decoded.
 *
 * Varbinds stand one behind the other, BER as on the wire. Nothing is kept twice and
 * nothing is interpreted; a cell of a table that was answered without a value is there too
 * (br_varbind_is_absent). Grows to a ceiling; what is over the ceiling is dropped and said.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_HARVEST_H
#define BR_DECODE_HARVEST_H

#include "decode/pdu.h"

#define BR_HARVEST_CEILING (256u * 1024u)

struct br_harvest {
	uint8_t *data;
	size_t len, cap, ceiling;
	bool truncated; /* the ceiling was reached */
};

void br_harvest_init(struct br_harvest *harvest, size_t ceiling);
void br_harvest_clear(struct br_harvest *harvest);
void br_harvest_reset(struct br_harvest *harvest); /* empty, memory kept */

/* Adds one varbind. BR_E_MEMORY; over the ceiling it is dropped and BR_OK returned. */
enum br_status br_harvest_add(struct br_harvest *harvest,
			      const struct br_varbind *varbind) BR_MUST_CHECK;

/* The value of one exact name; false if it is not there or absent. Linear: for a few names. */
bool br_harvest_get(const struct br_harvest *harvest, const uint8_t *name, size_t name_len,
		    struct br_varbind *varbind);

/* The same of several names in one pass; found[i].name is NULL where there is no such value. */
void br_harvest_get_each(const struct br_harvest *harvest, const struct br_oid *names, size_t n,
			 struct br_varbind *found);

/* All of it, for br_varbind_take(). */
struct br_ber br_harvest_all(const struct br_harvest *harvest);

#endif
