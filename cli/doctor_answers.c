/*
 * doctor_answers.c - which tables came, which maker was recognised, what it cost, what was odd.
 *
 * SPDX-License-Identifier: MIT
 */
#include "doctor.h"

#include "table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TABLES = 64, COLUMNS = 16 };

struct tally {
	unsigned cells[TABLES][COLUMNS];
	bool answered[BR_MIB_MAX_ROWS]; /* rows of the maker's file */
};

static void count_one(struct tally *tally, const struct br_mib *mib,
		      const struct br_varbind *varbind)
{
	const struct br_table *table = NULL;
	const struct br_field *field;
	const uint8_t *index;
	size_t len, t, f;

	for (size_t i = 0; mib && i < mib->n_rows && i < BR_MIB_MAX_ROWS; i++)
		if (br_oid_below(varbind->name, varbind->name_len, mib->rows[i].oid.ber,
				 mib->rows[i].oid.len))
			tally->answered[i] = true;
	if (!br_table_of(varbind->name, varbind->name_len, &table, &field, &index, &len))
		return;
	t = (size_t)(table - br_tables);
	f = (size_t)(field - table->fields);
	if (t < TABLES && f < COLUMNS)
		tally->cells[t][f]++;
}

static void count(struct tally *tally, const struct br_conversation *talk)
{
	struct br_ber all = br_harvest_all(talk->harvest);
	struct br_varbind varbind;
	bool broken;

	memset(tally, 0, sizeof *tally);
	while (br_varbind_take(&all, &varbind, &broken))
		if (!br_varbind_is_absent(&varbind))
			count_one(tally, talk->mib, &varbind);
}

/* A table has as many rows as its fullest column: no single one is answered by every printer.
 */
static unsigned rows_of(const struct tally *tally, size_t t)
{
	unsigned rows = 0;

	for (size_t f = 0; f < COLUMNS; f++)
		rows = tally->cells[t][f] > rows ? tally->cells[t][f] : rows;
	return rows;
}

static void tell_tables(struct doctor *doctor, const struct tally *tally)
{
	char full[1024] = "", empty[1024] = "";
	size_t full_len = 0, empty_len = 0, n = 0;

	for (size_t t = 0; t < br_tables_count && t < TABLES; t++) {
		unsigned rows = rows_of(tally, t);

		if (rows && full_len < sizeof full)
			full_len += (size_t)snprintf(full + full_len, sizeof full - full_len,
						     "%s%s %u", n++ ? ", " : "",
						     br_tables[t].name, rows);
		else if (!rows && empty_len < sizeof empty)
			empty_len += (size_t)snprintf(empty + empty_len,
						      sizeof empty - empty_len, "%s%s",
						      empty_len ? ", " : "", br_tables[t].name);
	}
	doctor_step(doctor, n ? DOCTOR_OK : DOCTOR_FAILED, "tables", "rows: %s",
		    n ? full : "none");
	if (!n)
		doctor_hint(doctor, "something answers SNMP there, but it is no printer, or "
				    "its view of the "
				    "MIB is restricted.");
	if (n && empty_len)
		doctor_step(doctor, DOCTOR_OPEN, "no answer", "%s", empty);
}

static void tell_maker(struct doctor *doctor, const struct tally *tally,
		       const struct br_mib *mib)
{
	size_t answered = 0;

	if (!mib) {
		doctor_step(doctor, DOCTOR_OPEN, "maker",
			    "no maker's file speaks for it: the standards alone");
		doctor_hint(doctor, "docs/ADDING-A-PRINTER.md says how to write one; \"brayer "
				    "walk\" records "
				    "what it needs.");
		return;
	}
	for (size_t i = 0; i < mib->n_rows && i < BR_MIB_MAX_ROWS; i++)
		answered += tally->answered[i];
	doctor_step(doctor, DOCTOR_OK, "maker", "%.*s (%s): %zu of %zu rows were answered",
		    (int)mib->maker.len, mib->maker.at, mib->file, answered, mib->n_rows);
}

/* The printer that was asked for, or the first. False where it is not there. */
static bool choose_device(struct doctor *doctor, const struct br_conversation *talk,
			  uint32_t *device)
{
	uint32_t devices[BR_MAX_DEVICES];
	size_t n = br_decode_devices(talk->harvest, devices), i = 0;

	if (n > 1)
		doctor_step(doctor, DOCTOR_OK, "printers",
			    "%zu behind this address, each a reading of its own: "
			    "HOST#N is one of them, the first #%" PRIu32,
			    n, devices[0]);
	while (doctor->target.has_device && i < n && devices[i] != doctor->target.device)
		i++;
	*device = i < n ? devices[i] : 0;
	if (i == n && n)
		doctor_step(doctor, DOCTOR_FAILED, "printers",
			    "there is no printer with hrDeviceIndex %" PRIu32,
			    doctor->target.device);
	return i < n;
}

static bool tell_reading(struct doctor *doctor, const struct br_conversation *talk,
			 uint32_t device)
{
	struct br_reading reading;
	char name[256];

	br_reading_init(&reading);
	br_decode_snmp(talk->harvest, device, talk->mib, NULL, &reading);
	br_conversation_tell(talk, &reading);
	cli_printer_name(name, sizeof name, &reading);
	doctor_step(doctor, DOCTOR_OK, "printer", "%s, serial %s, %zu supplies, %zu trays",
		    name,
		    reading.identity.serial ? br_text(&reading, reading.identity.serial)
					    : "unknown",
		    reading.n_supplies, reading.n_trays);
	for (size_t i = 0; i < reading.n_notes; i++)
		doctor_step(doctor, DOCTOR_OPEN, "note", "%s",
			    br_text(&reading, reading.notes[i]));
	if (reading.partial) {
		doctor_step(doctor, DOCTOR_FAILED, "whole",
			    "the reading is partial: not everything that was "
			    "asked for came");
		doctor_hint(doctor,
			    "give it more time (--timeout, --deadline), or smaller answers "
			    "(max-repetitions in the profile).");
	}
	return !reading.partial;
}

int doctor_answers(struct doctor *doctor, const struct br_conversation *talk, int64_t took_ms)
{
	struct tally tally;
	uint32_t device;
	int code;

	count(&tally, talk);
	tell_tables(doctor, &tally);
	tell_maker(doctor, &tally, talk->mib);
	code = !choose_device(doctor, talk, &device) ? CLI_NONE
	       : tell_reading(doctor, talk, device)  ? CLI_ALL
						     : CLI_SOME;
	if (doctor->target.kind == BR_TARGET_WALK)
		doctor_step(doctor, DOCTOR_OK, "cost", "%u questions", talk->questions);
	else
		doctor_step(doctor, DOCTOR_OK, "cost", "%u questions, %" PRId64 " ms",
			    talk->questions, took_ms);
	return code;
}
