/*
 * maker.h - which rows of a .mib file are for a printer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_MAKER_H
#define BR_DECODE_MAKER_H

#include "decode/makers.h"
#include "decode/snmp.h"

/* True if the row's model glob fits one of the texts the printer gave of itself. */
bool br_maker_row_is_for(const struct br_mib_row *row, const struct br_hints *hints);

/*
 * The file that speaks for one printer among n behind an agent; *mib is NULL if none does. Of
 * several, the agent's sysObjectID and sysDescr are the print server's: the printer's own
 * description alone counts. BR_E_MEMORY: it could not be looked up, which is not the same as
 * that there is none.
 */
enum br_status br_maker_of(struct br_makers *makers, const struct br_harvest *harvest,
			   uint32_t device, size_t n_devices,
			   const struct br_mib **mib) BR_MUST_CHECK;

/* The same, where the hints are known. */
enum br_status br_maker_by(struct br_makers *makers, const struct br_hints *hints,
			   size_t n_devices, const struct br_mib **mib) BR_MUST_CHECK;

#endif
