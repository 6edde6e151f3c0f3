/*
 * trace.h - a datagram in words, for whoever looks at the wire. Communities and what is
 * encrypted are not shown.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_TRACE_H
#define BR_TALK_TRACE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* "-> 94 octets, v2c getbulk 4711, 3 names, …", without a line end. */
void br_trace(struct br_buf *line, bool out, const uint8_t *data, size_t len);

#endif
