/*
 * crop.h - a harvest grown from a fuzzer's octets, most of it where the decoders look.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_CROP_H
#define BR_TESTS_CROP_H

#include "decode/harvest.h"
#include "decode/mib.h"

/*
 * Each value is six octets and its contents: which column (of the standard tables; above those,
 * a row of mib, which may be NULL), row, device, tag, length of an odd end of the name, length
 * of the value. A first octet of 0xff takes the rest as varbinds that stand there as on the
 * wire.
 */
void crop_grow(struct br_harvest *harvest, const struct br_mib *mib, const uint8_t *data,
	       size_t size);

#endif
