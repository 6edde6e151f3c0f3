/*
 * json_writer.c - see json_writer.h. Also the strings of json.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/json_writer.h"

#include "model/json.h"

#include <string.h>

#define PIECE_SIZE 128

/* Comma and line break before a member or element, then its key, in one piece: this is hot. */
static void put_key(struct br_json *json, const char *key)
{
	char piece[PIECE_SIZE];
	size_t n = 0, indent = 2 * (size_t)json->depth;

	if (json->filled)
		piece[n++] = ',';
	json->filled = true;
	if (json->pretty && indent > 0 && indent < PIECE_SIZE / 4) {
		piece[n++] = '\n';
		memset(piece + n, ' ', indent);
		n += indent;
	}
	if (key != NULL) { /* always one of our own words, so it fits and needs no escapes */
		size_t len = strnlen(key, PIECE_SIZE / 2);
		piece[n++] = '"';
		memcpy(piece + n, key, len);
		n += len;
		piece[n++] = '"';
		piece[n++] = ':';
		if (json->pretty)
			piece[n++] = ' ';
	}
	br_buf_add(json->buf, piece, n);
}

void br_json_open(struct br_json *json, const char *key, char bracket)
{
	put_key(json, key);
	br_buf_char(json->buf, bracket);
	json->filled = false;
	json->depth++;
}

void br_json_close(struct br_json *json, char bracket)
{
	bool empty = !json->filled;

	json->depth--;
	if (json->pretty && !empty) {
		json->filled = false;
		br_buf_char(json->buf, '\n');
		for (unsigned i = 0; i < json->depth; i++)
			br_buf_add(json->buf, "  ", 2);
	}
	br_buf_char(json->buf, bracket);
	json->filled = true;
}

void br_json_text(struct br_json *json, const char *key, const char *utf8)
{
	if (utf8 == NULL || utf8[0] == '\0')
		return;
	put_key(json, key);
	br_json_string(json->buf, utf8);
}

void br_json_bool(struct br_json *json, const char *key, bool value)
{
	put_key(json, key);
	br_buf_text(json->buf, value ? "true" : "false");
}

void br_json_number(struct br_json *json, const char *key, int64_t value)
{
	put_key(json, key);
	br_buf_number(json->buf, value);
}

void br_json_thousandths(struct br_json *json, const char *key, int64_t value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	unsigned part = (unsigned)(size % 1000);

	put_key(json, key);
	if (value < 0)
		br_buf_char(json->buf, '-');
	br_buf_number(json->buf, (int64_t)(size / 1000));
	if (part == 0)
		return;
	char fraction[] = {'.', (char)('0' + part / 100), (char)('0' + part / 10 % 10),
			   (char)('0' + part % 10)};
	size_t len = sizeof(fraction);
	while (fraction[len - 1] == '0')
		len--;
	br_buf_add(json->buf, fraction, len);
}

/* Length of the valid UTF-8 sequence here, or 0. Stops at the terminator. */
static size_t sequence(const unsigned char *at)
{
	size_t len = at[0] < 0xc2   ? 0
		     : at[0] < 0xe0 ? 2
		     : at[0] < 0xf0 ? 3
		     : at[0] < 0xf5 ? 4
				    : 0;

	for (size_t i = 1; i < len; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	bool overlong = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
	bool beyond = (at[0] == 0xed && at[1] >= 0xa0) || (at[0] == 0xf4 && at[1] >= 0x90);
	return overlong || beyond ? 0 : len;
}

static void put_escape(struct br_buf *buf, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

	if (c == '"' || c == '\\') {
		escape[1] = (char)c;
		br_buf_add(buf, escape, 2);
	} else if (c >= 0x80) {
		br_buf_add(buf, "\xef\xbf\xbd", 3); /* not UTF-8: U+FFFD */
	} else {
		br_buf_add(buf, escape, sizeof(escape));
	}
}

void br_json_string(struct br_buf *buf, const char *utf8)
{
	const unsigned char *run = (const unsigned char *)utf8, *at = run;

	br_buf_char(buf, '"');
	while (*at != '\0') {
		size_t len = 1;
		if (*at >= 0x80)
			len = sequence(at);
		else if (*at < 0x20 || *at == '"' || *at == '\\' || *at == 0x7f)
			len = 0;
		if (len > 0) {
			at += len;
			continue;
		}
		br_buf_add(buf, run, (size_t)(at - run));
		put_escape(buf, *at++);
		run = at;
	}
	br_buf_add(buf, run, (size_t)(at - run));
	br_buf_char(buf, '"');
}
