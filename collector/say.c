/*
 * say.c - one write a line, so that lines of two programs on one terminal stay whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void collector_say(const struct collector_voice *voice, enum collector_loudness loudness,
		   const char *format, ...)
{
	char text[900], clean[sizeof text], line[sizeof text + 32];
	va_list arguments;
	int len;

	if (voice->fd < 0 || (loudness == COLLECTOR_DETAIL && !voice->verbose))
		return;
	va_start(arguments, format);
	len = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (len < 0)
		return;
	br_text_clean(clean, sizeof clean, br_view(text));
	if (voice->journal)
		len = snprintf(line, sizeof line, "<%d>%s\n", (int)loudness, clean);
	else
		len = snprintf(line, sizeof line, "%s%s\n",
			       voice->bare ? "" : "brayerd: ", clean);
	if (len > 0 && write(voice->fd, line, (size_t)len) < 0)
		return; /* there is nobody to tell */
}
