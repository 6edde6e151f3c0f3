/*
 * buf.h - bytes that grow up to a ceiling the caller names.
 *
 * The first failure sticks: later appends do nothing, so a writer checks once at its end.
 * What was allocated is freed by br_buf_clear only.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_BUF_H
#define BR_BASE_BUF_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct br_buf {
	char *data; /* NUL-terminated once anything was appended */
	size_t len, cap, ceiling;
	enum br_status status; /* BR_OK, BR_E_MEMORY or BR_E_LIMIT */
};

void br_buf_init(struct br_buf *buf, size_t ceiling);
void br_buf_clear(struct br_buf *buf);
void br_buf_reset(struct br_buf *buf); /* length zero, memory kept, failure forgotten */
void br_buf_add(struct br_buf *buf, const void *data, size_t len);
void br_buf_text(struct br_buf *buf, const char *text);
void br_buf_char(struct br_buf *buf, char c);
void br_buf_number(struct br_buf *buf, int64_t value);
void br_buf_format(struct br_buf *buf, const char *format, ...) BR_FORMAT(2, 3);

#endif
