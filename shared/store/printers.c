/*
 * printers.c - rows of printers, cleaned and checked, for the writer and for readers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/inside.h"

static struct br_view clean(struct br_sql_query *query, int column, char out[BR_TARGET_SIZE])
{
	return (struct br_view){
		out, br_text_clean(out, BR_TARGET_SIZE, br_sql_octets(query, column))};
}

void br_printer_take(struct br_sql_query *query, struct br_printer_row *row)
{
	struct br_store_printer *printer = &row->printer;
	struct br_view *const texts[] = {&printer->target,   &printer->profile, &printer->maker,
					 &printer->model,    &printer->serial,  &printer->mac,
					 &printer->hostname, &printer->name,    &printer->why};
	int at = 0;

	*printer = (struct br_store_printer){.id = br_sql_number(query, at++)};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		*texts[i] = clean(query, at++, row->text[i]);
	if (printer->name.len == 0)
		printer->name = printer->hostname;
	printer->first_seen = br_sql_count(query, at++, BR_LATEST);
	printer->last_read = br_sql_count(query, at++, BR_LATEST);
	printer->last_missed = br_sql_count(query, at++, BR_LATEST);
	printer->missed = (unsigned)br_sql_count(query, at++, INT32_MAX);
	printer->miss = (enum br_status)br_sql_count(query, at++, BR_E_UNREACHABLE);
	printer->kept.device = (uint32_t)br_sql_count(query, at++, UINT32_MAX);
	printer->kept.questions = (uint32_t)br_sql_count(query, at++, UINT32_MAX);
	printer->kept.boots = (uint32_t)br_sql_count(query, at++, INT32_MAX);
	printer->kept.engine_time = (uint32_t)br_sql_count(query, at++, INT32_MAX);
	printer->kept.engine_at = br_sql_count(query, at++, BR_LATEST);
	printer->kept.full_at = br_sql_count(query, at++, BR_LATEST);
	printer->kept.engine = br_sql_octets(query, at++);
	printer->kept.learned = br_sql_octets(query, at++);
	printer->kept.harvest = (struct br_view){"", 0};
	row->uptime = (uint32_t)br_sql_count(query, at++, UINT32_MAX);
	printer->asked = br_sql_number(query, at++) != 0;
}

enum br_status br_printers_each(struct br_sql *sql, br_store_printer_fn each, void *user,
				struct br_error *err)
{
	struct br_printer_row row;
	struct br_sql_query *query;
	bool there = true;
	enum br_status status =
		br_sql_ask(sql, BR_PRINTER_COLUMNS BR_PRINTER_TABLES "ORDER BY p.target, p.id",
			   (struct br_sql_values){NULL, 0}, &query, err);

	if (status != BR_OK)
		return status;
	while (status == BR_OK && there) {
		status = br_sql_step(query, &there, err);
		if (status != BR_OK || !there)
			break;
		br_printer_take(query, &row);
		each(user, &row.printer);
	}
	br_sql_end(query);
	return status;
}

enum br_status br_printers_one(struct br_sql *sql, int64_t id, br_store_printer_fn each,
			       void *user, struct br_error *err)
{
	struct br_printer_row row;
	struct br_sql_query *query;
	bool there = false;
	enum br_status status = br_sql_ask(
		sql, BR_PRINTER_COLUMNS ", k.harvest" BR_PRINTER_TABLES "WHERE p.id = ?1",
		BR_SQL_VALUES(br_sql_int(id)), &query, err);

	if (status != BR_OK)
		return status;
	status = br_sql_step(query, &there, err);
	if (status == BR_OK && there) {
		br_printer_take(query, &row);
		row.printer.kept.harvest = br_sql_octets(query, BR_COLUMN_HARVEST);
		each(user, &row.printer);
	}
	br_sql_end(query);
	if (status == BR_OK && !there)
		return br_fail(err, BR_E_ABSENT, "the store knows no printer #%lld",
			       (long long)id);
	return status;
}
