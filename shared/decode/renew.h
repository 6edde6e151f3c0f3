/*
 * renew.h - the answers of a full reading, brought up to date by those of a later one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_RENEW_H
#define BR_DECODE_RENEW_H

#include "decode/harvest.h"

/*
 * Each value of `now` takes the place of the one of the same name in `whole`; the alert table
 * of `whole` is replaced by that of `now` as a whole. BR_E_MALFORMED where whole does not parse
 * (it may come from a file), BR_E_MEMORY; whole is then as it was.
 */
enum br_status br_harvest_renew(struct br_harvest *whole,
				const struct br_harvest *now) BR_MUST_CHECK;

/*
 * The same by a full reading that broke off: the alert table stays as it was, since nobody
 * knows how much of it came. BR_E_ABSENT where it was another printer's.
 */
enum br_status br_harvest_renew_part(struct br_harvest *whole,
				     const struct br_harvest *now) BR_MUST_CHECK;

/* False where what both say of who they are (model, serial number) is not the same. */
bool br_harvest_is_of_same(const struct br_harvest *whole, const struct br_harvest *now);

#endif
