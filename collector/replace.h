/*
 * replace.h - a small file written whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_REPLACE_H
#define BR_COLLECTOR_REPLACE_H

#include "brayer.h"

/* Written beside it, then renamed over it. mode: whatever the umask. */
enum br_status collector_replace(const char *path, const struct br_buf *text, unsigned mode,
				 struct br_error *err) BR_MUST_CHECK;

#endif
