/*
 * diagnosis.c - lines into answer->diagnosis.
 *
 * SPDX-License-Identifier: MIT
 */
#include "diagnosis.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void plugin_diagnose_datagram(struct plugin_answer *answer, int64_t after_ms, bool out,
			      const uint8_t *data, size_t len)
{
	br_buf_format(&answer->diagnosis, "%" PRId64 " ms ", after_ms);
	br_trace(&answer->diagnosis, out, data, len);
	br_buf_char(&answer->diagnosis, '\n');
}

void plugin_diagnose(struct plugin_answer *answer, const char *format, ...)
{
	char line[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	br_buf_text(&answer->diagnosis, line);
	br_buf_char(&answer->diagnosis, '\n');
}

void plugin_diagnose_reading(struct plugin_answer *answer, const struct br_reading *reading)
{
	const struct br_identity *identity = &reading->identity;
	char time[BR_TIME_TEXT_SIZE];

	br_time_text(time, reading->time);
	plugin_diagnose(answer, "%s: %s %s, serial %s, firmware %s", reading->target,
			br_text(reading, identity->maker), br_text(reading, identity->model),
			br_text(reading, identity->serial),
			br_text(reading, identity->firmware));
	plugin_diagnose(answer, "read %s, %" PRIu32 " questions%s", time, reading->questions,
			reading->partial ? ", not complete" : "");
	for (size_t i = 0; i < reading->n_notes; i++)
		plugin_diagnose(answer, "note: %s", br_text(reading, reading->notes[i]));
}
