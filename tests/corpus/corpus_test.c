/*
 * corpus_test.c - every recording of a real printer: no row missed, nothing made up.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "base/buf.h"
#include "corpus/corpus.h"
#include "decode/charset.h"
#include "decode/snmp.h"
#include "decode/standard.h"
#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void printed_whole(struct corpus_case *at)
{
	CHECK_INT(at->n_strangers, 0);
	CHECK(at->n_readings >= 1);
	for (size_t i = 0; i < at->n_readings; i++) {
		struct br_buf json;

		br_buf_init(&json, 1 << 20);
		br_reading_json(&at->readings[i], &json, false);
		CHECK_INT(json.status, BR_OK);
		CHECK(json.len > 200);
		CHECK(!at->readings[i].partial);
		br_buf_clear(&json);
	}
}

TEST(every_recording_reads)
{
	corpus_each(printed_whole);
}

/* Rows ---------------------------------------------------------------------------------------
 */

/* clang-format off */
static const struct {
	const char *name, *entry;
	size_t count_at; /* of struct br_reading; 0: goes into other members, so ask the witness */
} tables[] = {
	{"covers",    "1.3.6.1.2.1.43.6.1.1",  offsetof(struct br_reading, n_covers)},
	{"trays",     "1.3.6.1.2.1.43.8.2.1",  offsetof(struct br_reading, n_trays)},
	{"outputs",   "1.3.6.1.2.1.43.9.2.1",  offsetof(struct br_reading, n_outputs)},
	{"markers",   "1.3.6.1.2.1.43.10.2.1", 0},
	{"supplies",  "1.3.6.1.2.1.43.11.1.1", offsetof(struct br_reading, n_supplies)},
	{"colorants", "1.3.6.1.2.1.43.12.1.1", 0},
	{"console",   "1.3.6.1.2.1.43.16.5.1", 0},
	{"lights",    "1.3.6.1.2.1.43.17.6.1", 0},
	{"alerts",    "1.3.6.1.2.1.43.18.1.1", offsetof(struct br_reading, n_alerts)},
};

/* Rows of a file that are rightly no rows of its reading. */
static const struct {
	const char *file, *table;
	size_t rows;
	const char *why;
} exceptions[] = {
	{"snmp/fragments/canon_tm-300.snmprec", "supplies", 5, "the excerpt ends behind class and colorant index of five"},
	{"snmp/fragments/canon_tm-300.snmprec", "trays", 2, "the excerpt has prtInputMediaType alone"},
	{"snmp/fragments/hp_officejet-pro-8600_idx0.snmprec", "markers", 1, "the excerpt has columns 14 and 15 alone"},
	{"snmp/fragments/lexmark_colour-sv.snmprec", "alerts", 1, "the excerpt has the severity alone, and that says nothing"},
	{"snmp/fragments/hp_deskjet-2800e.snmprec", "trays", 1, "the excerpt has columns 22 to 24 alone"},
};
/* clang-format on */

struct rows {
	size_t n, n_seen;
	struct {
		uint32_t device, row;
		bool seen;
	} list[512];
};

static void add_row(struct rows *rows, uint32_t device, uint32_t row, bool seen)
{
	size_t i = 0;

	while (i < rows->n && (rows->list[i].device != device || rows->list[i].row != row))
		i++;
	if (i == sizeof rows->list / sizeof rows->list[0])
		return;
	if (i == rows->n) {
		rows->n++;
		rows->list[i].device = device;
		rows->list[i].row = row;
		rows->list[i].seen = false;
	}
	rows->n_seen += seen && !rows->list[i].seen;
	rows->list[i].seen = rows->list[i].seen || seen;
}

/* The distinct (device, row) below an entry, in any column; and those of which something was
 * taken. */
static void rows_below(const struct corpus_case *at, const char *entry, struct rows *rows)
{
	struct br_oid prefix;

	rows->n = rows->n_seen = 0;
	CHECK_INT(br_oid_parse(&prefix, entry, strlen(entry)), BR_OK);
	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];
		const uint8_t *index = row->name.ber + prefix.len,
			      *end = row->name.ber + row->name.len;
		uint32_t arcs[3];

		if (!br_oid_below(row->name.ber, row->name.len, prefix.ber, prefix.len) ||
		    row->tag == BR_BER_NULL || !br_oid_next_arc(&index, end, &arcs[0]) ||
		    !br_oid_next_arc(&index, end, &arcs[1]) ||
		    !br_oid_next_arc(&index, end, &arcs[2]))
			continue;
		add_row(rows, arcs[1], arcs[2], at->seen[i]);
	}
}

static size_t excepted(const char *file, const char *table)
{
	for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
		if (strcmp(exceptions[i].file, file) == 0 &&
		    strcmp(exceptions[i].table, table) == 0)
			return exceptions[i].rows;
	return 0;
}

/* Supplies may also come of a maker's rows; those are not of the standard table. */
static size_t rows_in(const struct corpus_case *at, size_t table)
{
	size_t n = 0, count;

	for (size_t i = 0; i < at->n_readings; i++) {
		const struct br_reading *reading = &at->readings[i];

		memcpy(&count, (const char *)reading + tables[table].count_at, sizeof count);
		n += count;
		for (size_t k = 0; strcmp(tables[table].name, "supplies") == 0 && k < count;
		     k++)
			n -= !reading->supplies[k].level.known &&
			     !reading->supplies[k].description && !reading->supplies[k].marker;
	}
	return n;
}

static void no_row_missed(struct corpus_case *at)
{
	struct rows rows;

	for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
		size_t got;

		rows_below(at, tables[t].entry, &rows);
		got = tables[t].count_at ? rows_in(at, t) : rows.n_seen;
		if (got + excepted(at->file, tables[t].name) != rows.n)
			check_failed(__FILE__, __LINE__,
				     "%s: %zu rows in the file, %zu in the reading",
				     tables[t].name, rows.n, got);
	}
}

/* Rows stand as the printer numbers them, also where a recording's first columns have holes. */
static void in_order(struct corpus_case *at)
{
	for (size_t i = 0; i < at->n_readings; i++) {
		const struct br_reading *reading = &at->readings[i];

		for (size_t k = 1; k < reading->n_trays; k++)
			CHECK(reading->trays[k - 1].index < reading->trays[k].index);
		for (size_t k = 1; k < reading->n_outputs; k++)
			CHECK(reading->outputs[k - 1].index < reading->outputs[k].index);
		for (size_t k = 1; k < reading->n_covers; k++)
			CHECK(reading->covers[k - 1].index < reading->covers[k].index);
		for (size_t k = 1; k < reading->n_alerts; k++)
			CHECK(reading->alerts[k - 1].index < reading->alerts[k].index);
	}
}

TEST(rows_are_in_order)
{
	corpus_each(in_order);
}

TEST(no_row_is_missed)
{
	corpus_each(no_row_missed);
}

/* Every value below the Printer-MIB and hrPrinterTable that the standard tables list was taken.
 */
static void no_value_missed(struct corpus_case *at)
{
	static const uint8_t printer_mib[] = {0x2b, 6, 1, 2, 1, 43},
			     hr_printer[] = {0x2b, 6, 1, 2, 1, 25, 3, 5};
	const struct br_table *table;
	const struct br_field *field;
	const uint8_t *index;
	char dotted[BR_OID_TEXT_SIZE];
	size_t len;

	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];

		table = NULL;
		if (at->seen[i] || row->tag == BR_BER_NULL ||
		    (!br_oid_below(row->name.ber, row->name.len, printer_mib,
				   sizeof printer_mib) &&
		     !br_oid_below(row->name.ber, row->name.len, hr_printer,
				   sizeof hr_printer)) ||
		    !br_table_of(row->name.ber, row->name.len, &table, &field, &index, &len))
			continue;
		br_oid_format(dotted, sizeof dotted, row->name.ber, row->name.len);
		check_failed(__FILE__, __LINE__, "%s.%s was not taken: %s", table->name,
			     field->name, dotted);
	}
}

TEST(no_standard_value_is_missed)
{
	corpus_each(no_value_missed);
}

/* Asked or poured in -------------------------------------------------------------------------
 */

/* All that is not a maker's; or, given a maker's file, what its rows are about. */
static bool is_wanted(const struct br_oid *name, const struct br_mib *mib)
{
	static const uint8_t private[] = {0x2b, 6, 1, 4, 1},
			     pwg[] = {0x2b, 6, 1, 4, 1, 0x95, 0x0b};
	bool is_private = br_oid_below(name->ber, name->len, private, sizeof private) &&
			  !br_oid_below(name->ber, name->len, pwg, sizeof pwg);

	if (!mib || !is_private)
		return !mib && !is_private;
	for (size_t i = 0; i < mib->n_rows; i++)
		if (br_oid_below(name->ber, name->len, mib->rows[i].oid.ber,
				 mib->rows[i].oid.len) ||
		    (mib->rows[i].label.len &&
		     br_oid_below(name->ber, name->len, mib->rows[i].label.ber,
				  mib->rows[i].label.len)))
			return true;
	return false;
}

static void pour(const struct corpus_case *at, struct br_harvest *harvest,
		 const struct br_mib *mib)
{
	uint8_t buffer[70000];

	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];
		struct br_varbind varbind;

		if (!is_wanted(&row->name, mib))
			continue;
		struct br_ber_out out;
		struct br_ber in;
		bool broken;

		br_ber_out_init(&out, buffer, sizeof buffer);
		const uint8_t *end = out.at;
		br_ber_put(&out, row->tag, at->recording.values + row->at, row->len);
		br_ber_put(&out, BR_BER_OID, row->name.ber, row->name.len);
		br_ber_wrap(&out, BR_BER_SEQUENCE, end);
		CHECK(!out.full);
		in = (struct br_ber){out.at, out.end};
		CHECK(br_varbind_take(&in, &varbind, &broken));
		CHECK_INT(br_harvest_add(harvest, &varbind), BR_OK);
	}
}

static const struct br_mib *mib_of(struct corpus_case *at, const struct br_harvest *harvest,
				   uint32_t device)
{
	struct br_view texts[BR_MAX_HINTS];
	struct br_maker_clue clue = {.texts = texts};
	struct br_hints hints;
	const struct br_mib *mib;

	br_decode_hints(harvest, device, &hints);
	for (size_t i = 0; i < hints.n; i++)
		texts[i] = br_view(hints.text[i]);
	clue.n_texts = hints.n;
	clue.object = hints.object_id.ber;
	clue.object_len = hints.object_id.len;
	CHECK_INT(br_makers_find(&at->makers, &clue, &mib, NULL), BR_OK);
	return mib;
}

/* The wire's own part is left out: target, time, questions and what was odd on the way. */
static void json_of(struct br_reading *reading, struct br_buf *json)
{
	reading->target[0] = '\0';
	reading->time = 0;
	reading->questions = 0;
	reading->sources = 0;
	reading->reachable = true;
	br_buf_init(json, 1 << 20);
	br_reading_json(reading, json, true);
	br_buf_char(json, '\0');
	CHECK_INT(json->status, BR_OK);
}

/* A whole document is too much to show: the first line that differs is enough. */
static void same_lines(const char *asked, const char *poured)
{
	struct br_view rest[2] = {br_view(asked), br_view(poured)}, lines[2];
	char text[2][160];

	while (br_view_line(&rest[0], &lines[0]) && br_view_line(&rest[1], &lines[1])) {
		for (size_t i = 0; i < 2; i++)
			br_text_copy(text[i], sizeof text[i], lines[i]);
		if (strcmp(text[0], text[1]) != 0)
			break;
	}
	CHECK_STR(text[0], text[1]);
	CHECK_INT(strlen(asked), strlen(poured));
}

static void poured_in(struct corpus_case *at)
{
	struct br_reading *reading = malloc(sizeof *reading);
	uint32_t devices[BR_MAX_DEVICES];
	const struct br_mib *mib;
	struct br_harvest harvest;
	size_t n;

	br_harvest_init(&harvest, 8 << 20);
	pour(at, &harvest, NULL);
	n = br_decode_devices(&harvest, devices);
	mib = mib_of(at, &harvest, devices[0]);
	if (mib)
		pour(at, &harvest, mib);
	CHECK_INT(n, at->n_readings);
	for (size_t i = 0; i < n && i < at->n_readings && reading; i++) {
		struct br_buf asked, poured;

		br_reading_init(reading);
		br_decode_snmp(&harvest, devices[i], mib, NULL, reading);
		json_of(reading, &poured);
		json_of(&at->readings[i], &asked);
		same_lines(asked.data, poured.data);
		br_buf_clear(&asked);
		br_buf_clear(&poured);
	}
	br_harvest_clear(&harvest);
	free(reading);
}

TEST(asked_is_as_poured_in)
{
	corpus_each(poured_in);
}
