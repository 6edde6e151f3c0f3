/*
 * output_text.c - text that neither a scheduler nor its web page can take for anything but
 * text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <string.h>

/* "<b", "</b", "<!": a web page would take it for a tag; "<10 %" it does not. */
static bool begins_tag(const char *at)
{
	unsigned char next = (unsigned char)at[1] | 0x20;

	return at[0] == '<' &&
	       ((next >= 'a' && next <= 'z') || at[1] == '/' || at[1] == '!' || at[1] == '?');
}

/* Nagios ends the text at '|', and takes a backslash and an n in passive results for a new
 * line. */
static char harmless(const char *at, char semicolon)
{
	if (*at == '|' || *at == '\\')
		return '/';
	if (*at == ';')
		return semicolon;
	return begins_tag(at) ? '(' : *at;
}

static void clean_text(struct plugin_clean *clean, const char *text, bool ascii, char semicolon)
{
	size_t len = br_text_clean(clean->at, sizeof clean->at, br_view(text));
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)clean->at[i];

		if (!ascii || c < 0x80)
			clean->at[used++] = harmless(clean->at + i, semicolon);
		else if (c >= 0xc0) /* the first of a character's octets */
			clean->at[used++] = '?';
	}
	clean->at[used] = '\0';
	clean->len = used;
}

void plugin_clean(struct plugin_clean *clean, const char *text, bool ascii)
{
	clean_text(clean, text, ascii, ';');
}

void plugin_write_text(struct br_buf *out, const char *text, bool ascii)
{
	struct plugin_clean clean;

	clean_text(&clean, text, ascii, ',');
	br_buf_add(out, clean.at, clean.len);
}
