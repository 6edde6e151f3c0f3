/*
 * bed.c - short names made long, and a harvest of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/bed.h"

#include "check.h"
#include "decode/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	char letter;
	const char *table;
} tables[] = {
	{'G', "1.3.6.1.2.1.43.5.1.1"},  {'C', "1.3.6.1.2.1.43.6.1.1"},
	{'I', "1.3.6.1.2.1.43.8.2.1"},  {'O', "1.3.6.1.2.1.43.9.2.1"},
	{'M', "1.3.6.1.2.1.43.10.2.1"}, {'S', "1.3.6.1.2.1.43.11.1.1"},
	{'K', "1.3.6.1.2.1.43.12.1.1"}, {'D', "1.3.6.1.2.1.43.16.5.1"},
	{'L', "1.3.6.1.2.1.43.17.6.1"}, {'A', "1.3.6.1.2.1.43.18.1.1"},
	{'H', "1.3.6.1.2.1.25.3.5.1"},  {'V', "1.3.6.1.2.1.25.3.2.1"},
};

static void lengthen(struct br_view line, char *out, size_t size)
{
	const char *table = "";

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		if (line.at[0] == tables[i].letter)
			table = tables[i].table;
	snprintf(out, size, "%s%s%.*s", table, *table ? "." : "",
		 (int)(line.len - (*table != 0)), line.at + (*table != 0));
}

static void add(struct br_harvest *harvest, const struct br_recording *recording, size_t row)
{
	const struct br_recorded *from = &recording->rows[row];
	uint8_t buffer[4096];
	struct br_ber_out out;
	struct br_ber in;
	struct br_varbind varbind;
	bool broken;

	br_ber_out_init(&out, buffer, sizeof buffer);
	br_ber_put(&out, from->tag, recording->values + from->at, from->len);
	br_ber_put(&out, BR_BER_OID, from->name.ber, from->name.len);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	in = (struct br_ber){out.at, out.end};
	CHECK(br_varbind_take(&in, &varbind, &broken));
	CHECK_INT(br_harvest_add(harvest, &varbind), BR_OK);
}

/* Line by line, so that answers keep the order in which they are written here. */
void bed_harvest(struct br_harvest *harvest, const char *lines)
{
	struct br_view rest = br_view(lines), line;
	struct br_error err = {""};
	char text[2048];

	br_harvest_init(harvest, BR_HARVEST_CEILING);
	while (br_view_line(&rest, &line)) {
		struct br_recording recording;

		if (line.len == 0)
			continue;
		lengthen(line, text, sizeof text);
		if (br_recording_parse(&recording, br_view(text), "bed", &err) != BR_OK)
			check_failed(__FILE__, __LINE__, "%s: %s", text, err.text);
		for (size_t row = 0; row < recording.n_rows; row++)
			add(harvest, &recording, row);
		br_recording_clear(&recording);
	}
}

const struct br_reading *bed_decode(const char *lines, const char *mib_text, uint32_t device)
{
	static struct br_reading reading;
	struct br_harvest harvest;
	struct br_error err = {""};
	struct br_mib mib;

	if (mib_text && br_mib_parse(&mib, br_view(mib_text), "test.mib", false, &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	bed_harvest(&harvest, lines);
	br_reading_init(&reading);
	br_decode_snmp(&harvest, device, mib_text ? &mib : NULL, NULL, &reading);
	br_harvest_clear(&harvest);
	if (mib_text)
		br_mib_clear(&mib);
	return &reading;
}

const struct br_reading *bed_read(const char *lines)
{
	return bed_decode(lines, NULL, 1);
}

bool bed_noted(const struct br_reading *reading, const char *words)
{
	for (size_t i = 0; i < reading->n_notes; i++)
		if (strstr(br_text(reading, reading->notes[i]), words))
			return true;
	return false;
}
