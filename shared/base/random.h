/*
 * random.h - octets that nobody can guess, from the kernel.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_RANDOM_H
#define BR_BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False if the kernel gave none; out is then not to be used. */
bool br_random(uint8_t *out, size_t len);

#endif
