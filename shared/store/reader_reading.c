/*
 * reader_reading.c - the last reading of a printer, decoded from its answers when it is wanted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/reader_inside.h"

#include "decode/maker.h"

#include <string.h>

struct wanted {
	struct br_reader *reader;
	struct br_reading *reading;
	struct br_error *err;
	bool there;
};

static enum br_status decode(const struct wanted *wanted,
			     const struct br_store_printer *printer)
{
	const struct br_view octets = printer->kept.harvest;
	struct br_harvest harvest = {.len = octets.len, .ceiling = BR_HARVEST_CEILING};
	uint32_t devices[BR_MAX_DEVICES];
	const struct br_mib *mib = NULL;
	enum br_status status;

	if (octets.len > BR_HARVEST_CEILING)
		return br_fail(wanted->err, BR_E_MALFORMED,
			       "the answers of printer #%lld are larger than any are",
			       (long long)printer->id);
	if (octets.len == 0)
		return br_fail(wanted->err, BR_E_ABSENT, "printer #%lld has not answered yet",
			       (long long)printer->id);
	memcpy(&harvest.data, &octets.at, sizeof octets.at); /* only read */
	status = br_maker_of(wanted->reader->makers, &harvest, printer->kept.device,
			     br_decode_devices(&harvest, devices), &mib);
	if (status != BR_OK)
		return br_fail(wanted->err, status, "out of memory for a maker's file");
	br_decode_snmp(&harvest, printer->kept.device, mib, NULL, wanted->reading);
	return BR_OK;
}

static enum br_status take(void *user, struct br_sql_query *query, struct br_error *err)
{
	struct wanted *wanted = user;
	struct br_reading *reading = wanted->reading;
	struct br_printer_row row;
	enum br_status status;

	(void)err;
	wanted->there = true;
	br_printer_take(query, &row);
	row.printer.kept.harvest = br_sql_octets(query, BR_COLUMN_HARVEST);
	status = decode(wanted, &row.printer);
	if (status != BR_OK)
		return status;
	(void)br_text_copy(reading->target, sizeof reading->target, row.printer.target);
	reading->time = row.printer.last_read;
	reading->reachable = row.printer.missed < BR_STORE_SILENT && row.printer.target.len;
	reading->questions = row.printer.kept.questions;
	if (row.uptime)
		reading->status.uptime = (struct br_number){true, row.uptime};
	if (strncmp(reading->target, "walk:", 5) == 0)
		reading->sources |= 1u << BR_SOURCE_RECORDING;
	return BR_OK;
}

enum br_status br_reader_reading(struct br_reader *reader, int64_t id,
				 struct br_reading *reading, struct br_error *err)
{
	struct wanted wanted = {reader, reading, err, false};
	enum br_status status;

	br_reading_init(reading);
	status = br_reading_begins(reader, err);
	if (status != BR_OK)
		return status;
	status = br_reader_rows(
		reader, BR_PRINTER_COLUMNS ", k.harvest" BR_PRINTER_TABLES "WHERE p.id = ?1",
		BR_SQL_VALUES(br_sql_int(id)), (struct br_rows){take, &wanted}, err);
	if (status == BR_OK && !wanted.there)
		status = br_fail(err, BR_E_ABSENT, "the store knows no printer #%lld",
				 (long long)id);
	return br_reading_ends(reader, status, err);
}
