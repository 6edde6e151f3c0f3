/*
 * plan.c - the content of a full reading, by tables.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/plan.h"

#include "decode/maker.h"
#include "decode/standard.h"

#include <string.h>

/* Octets of a varbind in a reply beyond its column: headers, index, and a value of that sort.
 */
static const uint8_t weights[] = {
	[BR_TAKE_INT] = 11, [BR_TAKE_NUMBER] = 12, [BR_TAKE_TEXT] = 28,
	[BR_TAKE_OID] = 22, [BR_TAKE_MAC] = 15,    [BR_TAKE_ERRORS] = 11,
};
enum { ROW_NUMBER = 14, ROW_TEXT = 36, ROW_RECORD = 160, ROW_DEVICE_ID = 140 };

/* The columns of what was begun: a table, or one row of it. */
static void add_columns(struct br_conversation *talk, const struct br_table *table, bool begun)
{
	for (size_t f = 0; begun && f < table->n_fields; f++)
		begun = br_ask_column(
			&talk->ask, table->fields[f].column,
			(uint8_t)(weights[table->fields[f].take] + table->prefix_len));
	if (!begun)
		talk->partial = true;
}

static void add_table(struct br_conversation *talk, const struct br_table *table)
{
	struct br_ask *ask = &talk->ask;
	bool begun = br_ask_table(ask, table->prefix, table->prefix_len, table->rows_asked);

	if (begun)
		ask->groups[ask->n_groups - 1].casual = table->casual;
	add_columns(talk, table, begun);
}

static void add_row(struct br_conversation *talk, const struct br_table *table, uint32_t index)
{
	struct br_oid arc = {.len = 0};

	add_columns(talk, table,
		    br_oid_append(&arc, index) == BR_OK &&
			    br_ask_row(&talk->ask, table->prefix, table->prefix_len, arc.ber,
				       arc.len));
}

void br_plan_first(struct br_conversation *talk)
{
	for (size_t t = 0; t < br_tables_count; t++) {
		if (br_tables[t].when != BR_WHEN_FIRST)
			continue;
		if (br_tables[t].index == BR_INDEX_SCALAR)
			add_row(talk, &br_tables[t], 0);
		else
			add_table(talk, &br_tables[t]);
	}
}

static void add_device(struct br_conversation *talk, uint32_t device, uint32_t host)
{
	static const uint8_t localization[] = {0x2b, 6, 1, 2, 1, 43, 7, 1, 1};
	struct br_oid name;
	enum { CHARSET = 4, INDEX = sizeof localization + 1 };

	for (size_t t = 0; t < br_tables_count; t++)
		if (br_tables[t].when == BR_WHEN_KNOWN)
			add_row(talk, &br_tables[t], host);
	if (br_decode_charset_name(talk->harvest, device, &name) &&
	    !(br_ask_row(&talk->ask, localization, sizeof localization, name.ber + INDEX,
			 name.len - INDEX) &&
	      br_ask_column(&talk->ask, CHARSET, weights[BR_TAKE_INT] + 12)))
		talk->partial = true;
}

/* Where neither hrPrinterTable nor prtGeneralTable is there, any other table may still name the
 * device. */
static bool device_named(const struct br_conversation *talk)
{
	static const uint8_t printer_mib[] = {0x2b, 6, 1, 2, 1, 43},
			     hr_printer[] = {0x2b, 6, 1, 2, 1, 25, 3, 5};
	struct br_ber all = br_harvest_all(talk->harvest);
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken))
		if (!br_varbind_is_absent(&varbind) &&
		    (br_oid_below(varbind.name, varbind.name_len, printer_mib,
				  sizeof printer_mib) ||
		     br_oid_below(varbind.name, varbind.name_len, hr_printer,
				  sizeof hr_printer)))
			return true;
	return false;
}

static bool keys_known(const struct br_conversation *talk)
{
	for (size_t t = 0; t < br_tables_count; t++)
		if (br_tables[t].index == BR_INDEX_DEVICE &&
		    br_tables[t].when == BR_WHEN_FIRST &&
		    !br_ask_group_done(&talk->ask, br_tables[t].prefix,
				       br_tables[t].prefix_len))
			return false;
	return true;
}

static void learn_devices(struct br_conversation *talk)
{
	uint32_t devices[BR_MAX_DEVICES];
	struct br_census census;
	size_t n;

	br_decode_census(talk->harvest, &census);
	n = br_census_devices(&census, devices);
	for (size_t i = 0; i < n; i++)
		add_device(talk, devices[i], br_census_host(&census, devices[i]));
	for (size_t t = 0; t < br_tables_count; t++)
		if (br_tables[t].when == BR_WHEN_LATER)
			add_table(talk, &br_tables[t]);
	talk->devices_learned = true;
}

static uint8_t row_weight(const struct br_mib_row *row)
{
	static const uint8_t of[] = {
		[BR_MIB_NUMBER] = ROW_NUMBER, [BR_MIB_TEXT] = ROW_TEXT,
		[BR_MIB_MAC] = ROW_NUMBER,    [BR_MIB_DEVICE_ID] = ROW_DEVICE_ID,
		[BR_MIB_RECORD] = ROW_RECORD, [BR_MIB_DECIMAL] = ROW_TEXT,
	};
	unsigned weight = of[row->kind] + row->oid.len;

	return weight > 255 ? 255 : (uint8_t)weight;
}

/* The column as one of its table; columns of one table that follow each other share a group. */
static void add_column(struct br_conversation *talk, const struct br_oid *column,
		       uint8_t weight, uint8_t cap)
{
	struct br_ask *ask = &talk->ask;
	const struct br_group *last = ask->n_groups ? &ask->groups[ask->n_groups - 1] : NULL;
	size_t prefix = column->len - 1u;
	const uint8_t *at;
	uint32_t arc;
	bool same;

	if (br_ask_has(ask, column->ber, column->len, false))
		return;
	while (prefix > 0 && column->ber[prefix - 1] & 0x80)
		prefix--;
	at = column->ber + prefix;
	if (prefix == 0 || !br_oid_next_arc(&at, column->ber + column->len, &arc))
		return;
	same = last && last->cap == cap && last->n && !last->exact &&
	       last->prefix_len == prefix && memcmp(last->prefix, column->ber, prefix) == 0;
	if ((!same && !br_ask_table(ask, column->ber, prefix, cap)) ||
	    !br_ask_column(ask, arc, weight))
		talk->partial = true;
}

enum { MAKER_ROWS = 128 };

static bool row_is_done(const struct br_conversation *talk, size_t i)
{
	return talk->rows_done[i / 8] & 1u << i % 8;
}

static void set_row_done(struct br_conversation *talk, size_t i)
{
	talk->rows_done[i / 8] |= (uint8_t)(1u << i % 8);
}

bool br_plan_row_is_for(const struct br_conversation *talk, size_t i)
{
	return talk->rows_for[i / 8] & 1u << i % 8;
}

/* What is already answered, or will be, is not asked again. */
static void add_maker_row(struct br_conversation *talk, size_t i)
{
	const struct br_mib_row *row = &talk->mib->rows[i];

	talk->rows_for[i / 8] |= (uint8_t)(1u << i % 8);
	if (row->standard || (row->verb == BR_MIB_GET &&
			      br_ask_has(&talk->ask, row->oid.ber, row->oid.len, true)))
		set_row_done(talk, i);
	else if (row->verb != BR_MIB_GET)
		add_column(talk, &row->oid, row_weight(row),
			   row->verb == BR_MIB_FIRST ? 1 : MAKER_ROWS);
	if (row->verb != BR_MIB_GET && row->label.len && !row_is_done(talk, i))
		add_column(talk, &row->label, ROW_TEXT, MAKER_ROWS);
}

static void learn_maker(struct br_conversation *talk)
{
	uint32_t devices[BR_MAX_DEVICES];
	struct br_census census;
	struct br_hints hints;
	size_t n;

	talk->maker_learned = true;
	if (!talk->makers)
		return;
	br_decode_census(talk->harvest, &census);
	n = br_census_devices(&census, devices);
	br_hints_at(talk->harvest, br_census_host(&census, devices[0]), &hints);
	talk->status = br_maker_by(talk->makers, &hints, n, &talk->mib);
	if (talk->status != BR_OK)
		br_fail(&talk->error, talk->status, "%s", br_status_name(talk->status));
	for (size_t i = 0; talk->mib && i < talk->mib->n_rows; i++)
		if (br_maker_row_is_for(&talk->mib->rows[i], &hints))
			add_maker_row(talk, i);
		else
			set_row_done(talk, i);
}

bool br_plan_more(struct br_conversation *talk, bool force)
{
	bool added = false;

	if (!talk->devices_learned && (force || (keys_known(talk) && device_named(talk)))) {
		learn_devices(talk);
		return true;
	}
	/* The device's description is a clue to the maker: wait for it, unless nothing else is
	 * left. */
	if (talk->devices_learned && !talk->maker_learned &&
	    (force || br_ask_owes_exact(&talk->ask) == 0)) {
		learn_maker(talk);
		added = true;
	}
	return added;
}

bool br_plan_rows(struct br_conversation *talk)
{
	unsigned octets = 0;

	talk->n_rows_asked = 0;
	for (size_t i = 0; talk->mib && i < talk->mib->n_rows; i++) {
		const struct br_mib_row *row = &talk->mib->rows[i];
		bool twice = false;

		if (row->verb != BR_MIB_GET || row_is_done(talk, i))
			continue;
		for (size_t k = 0; k < talk->n_rows_asked; k++)
			twice = twice ||
				(talk->mib->rows[talk->rows_asked[k]].oid.len == row->oid.len &&
				 memcmp(talk->mib->rows[talk->rows_asked[k]].oid.ber,
					row->oid.ber, row->oid.len) == 0);
		if (twice) {
			set_row_done(talk, i);
			continue;
		}
		if (talk->n_rows_asked == talk->tolerance.max_names ||
		    (talk->n_rows_asked &&
		     octets + row_weight(row) > talk->tolerance.reply_octets))
			break;
		octets += row_weight(row);
		talk->rows_asked[talk->n_rows_asked++] = (uint16_t)i;
	}
	return talk->n_rows_asked > 0;
}

void br_plan_row_names(const struct br_conversation *talk, struct br_oid *names)
{
	for (size_t k = 0; k < talk->n_rows_asked; k++) {
		names[k] = talk->mib->rows[talk->rows_asked[k]].oid;
		if (talk->session.version == BR_SNMP_V1)
			br_oid_before(&names[k]);
	}
}

void br_plan_drop_rows(struct br_conversation *talk, size_t k)
{
	for (size_t i = 0; i < talk->n_rows_asked; i++)
		if (k == 0 || i + 1 == k)
			set_row_done(talk, talk->rows_asked[i]);
}

bool br_plan_take_rows(struct br_conversation *talk, const struct br_answer *answer)
{
	struct br_ber varbinds = answer->varbinds;
	struct br_varbind varbind;
	size_t n = 0;
	bool broken;

	/* By name, not by place: what is not among the asked is not taken. */
	while (br_varbind_take(&varbinds, &varbind, &broken)) {
		n++;
		for (size_t k = 0; k < talk->n_rows_asked; k++) {
			const struct br_oid *oid = &talk->mib->rows[talk->rows_asked[k]].oid;

			if (varbind.name_len == oid->len &&
			    memcmp(varbind.name, oid->ber, oid->len) == 0 &&
			    !br_varbind_is_absent(&varbind) &&
			    br_harvest_add(talk->harvest, &varbind) != BR_OK)
				return false;
		}
	}
	if (n < talk->n_rows_asked) /* of an absent one too there is a varbind, which says so */
		talk->partial = true;
	br_plan_drop_rows(talk, 0);
	return true;
}

size_t br_plan_probe_names(struct br_oid *names)
{
	static const uint8_t object_id[] = {0x2b, 6, 1, 2, 1, 1, 2, 0},
			     uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};

	if (br_oid_from_ber(&names[0], object_id, sizeof object_id) != BR_OK ||
	    br_oid_from_ber(&names[1], uptime, sizeof uptime) != BR_OK)
		return 0;
	return 2;
}
