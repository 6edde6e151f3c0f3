/*
 * buf.c - doubling up to the ceiling; the first failure sticks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_FIRST 256

void br_buf_init(struct br_buf *buf, size_t ceiling)
{
	*buf = (struct br_buf){.ceiling = ceiling};
}

void br_buf_clear(struct br_buf *buf)
{
	free(buf->data);
	br_buf_init(buf, buf->ceiling);
}

void br_buf_reset(struct br_buf *buf)
{
	buf->len = 0;
	buf->status = BR_OK;
	if (buf->data)
		buf->data[0] = '\0';
}

/* Makes room for len more and a terminator. */
static bool reserve(struct br_buf *buf, size_t len)
{
	size_t cap = buf->cap ? buf->cap : BUF_FIRST;
	char *data;

	if (buf->status != BR_OK)
		return false;
	if (len > buf->ceiling || buf->len > buf->ceiling - len) {
		buf->status = BR_E_LIMIT;
		return false;
	}
	if (buf->cap > buf->len + len)
		return true;
	while (cap <= buf->len + len)
		cap *= 2;
	data = realloc(buf->data, cap);
	if (!data) {
		buf->status = BR_E_MEMORY;
		return false;
	}
	buf->data = data;
	buf->cap = cap;
	return true;
}

void br_buf_add(struct br_buf *buf, const void *data, size_t len)
{
	if (!reserve(buf, len))
		return;
	if (len)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void br_buf_text(struct br_buf *buf, const char *text)
{
	br_buf_add(buf, text, strlen(text));
}

void br_buf_char(struct br_buf *buf, char c)
{
	br_buf_add(buf, &c, 1);
}

void br_buf_number(struct br_buf *buf, int64_t value)
{
	char digits[21];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		digits[--at] = '-';
	br_buf_add(buf, digits + at, sizeof digits - at);
}

void br_buf_format(struct br_buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len >= 0 && reserve(buf, (size_t)len)) {
		vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}
