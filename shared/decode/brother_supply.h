/*
 * brother_supply.h - what a maintenance record says of one supply, on its way into the reading.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_BROTHER_SUPPLY_H
#define BR_DECODE_BROTHER_SUPPLY_H

#include "model/reading.h"

struct br_brother_supply {
	int32_t key; /* of the row that named it */
	struct br_number remaining, shown, status;
};

struct br_brother_supplies {
	struct br_brother_supply colorants[BR_COLORANT_COUNT], waste_ink;
	bool is_laser; /* the record has parts that only a laser printer has: a drum, a fuser…
			*/
};

/* MFC-J…, DCP-T… or a printer whose supplies are inks. */
bool br_brother_is_inkjet(const struct br_reading *reading);

/* Gives the supplies of the reading what is said of them; makes them if it has no colorants at
 * all. */
void br_brother_supply(struct br_reading *reading, const struct br_brother_supplies *said);

/* The supply row of a part of the record's care: drum, belt, fuser. */
void br_brother_part(struct br_reading *reading, const struct br_care *care);

#endif
