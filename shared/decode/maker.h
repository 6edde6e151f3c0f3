/*
 * maker.h - which rows of a .mib file are for a printer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MAKER_H
#define BR_DECODE_MAKER_H

#include "decode/snmp.h"

/* True if the row's model glob fits one of the texts the printer gave of itself. */
bool br_maker_row_is_for(const struct br_mib_row *row, const struct br_hints *hints);

#endif
