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

typedef void (*case_fn)(struct corpus_case *at);

static void for_each(case_fn check)
{
	const struct corpus *corpus = corpus_files();
	struct corpus_case at;

	for (size_t i = 0; i < corpus->n; i++) {
		if (corpus_open(&at, corpus->files[i]))
			check(&at);
		corpus_close(&at);
	}
}

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
	for_each(printed_whole);
}

/* Rows --------------------------------------------------------------------------------------- */

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

/* The distinct (device, row) below an entry, in any column; and those of which something was taken. */
static void rows_below(const struct corpus_case *at, const char *entry, struct rows *rows)
{
	struct br_oid prefix;

	rows->n = rows->n_seen = 0;
	CHECK_INT(br_oid_parse(&prefix, entry, strlen(entry)), BR_OK);
	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];
		const uint8_t *index = row->name.ber + prefix.len, *end = row->name.ber + row->name.len;
		uint32_t arcs[3];

		if (!br_oid_below(row->name.ber, row->name.len, prefix.ber, prefix.len) ||
		    row->tag == BR_BER_NULL || !br_oid_next_arc(&index, end, &arcs[0]) ||
		    !br_oid_next_arc(&index, end, &arcs[1]) || !br_oid_next_arc(&index, end, &arcs[2]))
			continue;
		add_row(rows, arcs[1], arcs[2], at->seen[i]);
	}
}

static size_t excepted(const char *file, const char *table)
{
	for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
		if (strcmp(exceptions[i].file, file) == 0 && strcmp(exceptions[i].table, table) == 0)
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
		for (size_t k = 0; strcmp(tables[table].name, "supplies") == 0 && k < count; k++)
			n -= !reading->supplies[k].level.known && !reading->supplies[k].description &&
			     !reading->supplies[k].marker;
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
			check_failed(__FILE__, __LINE__, "%s: %zu rows in the file, %zu in the reading",
				     tables[t].name, rows.n, got);
	}
}

TEST(no_row_is_missed)
{
	for_each(no_row_missed);
}

/* Every value below the Printer-MIB and hrPrinterTable that the standard tables list was taken. */
static void no_value_missed(struct corpus_case *at)
{
	static const uint8_t printer_mib[] = {0x2b, 6, 1, 2, 1, 43}, hr_printer[] = {0x2b, 6, 1, 2, 1, 25, 3, 5};
	const struct br_table *table;
	const struct br_field *field;
	const uint8_t *index;
	char dotted[BR_OID_TEXT_SIZE];
	size_t len;

	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];

		if (at->seen[i] || row->tag == BR_BER_NULL ||
		    (!br_oid_below(row->name.ber, row->name.len, printer_mib, sizeof printer_mib) &&
		     !br_oid_below(row->name.ber, row->name.len, hr_printer, sizeof hr_printer)) ||
		    !br_table_of(row->name.ber, row->name.len, &table, &field, &index, &len))
			continue;
		br_oid_format(dotted, sizeof dotted, row->name.ber, row->name.len);
		check_failed(__FILE__, __LINE__, "%s.%s was not taken: %s", table->name, field->name, dotted);
	}
}

TEST(no_standard_value_is_missed)
{
	for_each(no_value_missed);
}

/* Numbers ------------------------------------------------------------------------------------ */

struct claim {
	const struct corpus_case *at;
	const char *entry;
	uint32_t device;
	int32_t row;
};

static void must_say(const struct claim *claim, int column, bool known, int64_t value)
{
	const struct br_recorded *row;
	int64_t said;

	if (!known)
		return;
	row = corpus_row(claim->at, "%s.%d.%u.%d", claim->entry, column, claim->device, (int)claim->row);
	if (!row || !corpus_number(claim->at, row, &said))
		check_failed(__FILE__, __LINE__, "%s.%d.%u.%d is not in the file, and reads %lld",
			     claim->entry, column, claim->device, (int)claim->row, (long long)value);
	else
		CHECK_INT(value, said);
}

/* By the words of RFC 3805 alone, not as the library computes it. */
static int64_t percent_by_hand(int64_t level, int64_t capacity)
{
	double percent = 100.0 * (double)level / (double)capacity;

	if (level >= capacity)
		return 100;
	if (level == 0)
		return 0;
	return percent < 1 ? 1 : percent > 99 ? 99 : (int64_t)(percent + 0.5);
}

static void check_supply(struct claim claim, const struct br_reading *reading, const struct br_supply *supply)
{
	bool standard = strcmp(br_text(reading, supply->origin), "printer-mib") == 0;

	claim.row = supply->index;
	CHECK_INT(supply->kind != BR_LEVEL_MEASURED && supply->percent != 0, 0);
	if (!standard)
		return; /* a maker's: the packed records and their percents have tests of their own */
	must_say(&claim, 2, supply->marker != 0, supply->marker);
	must_say(&claim, 3, supply->colorant_index != 0, supply->colorant_index);
	must_say(&claim, 5, supply->type != 0, supply->type);
	must_say(&claim, 7, supply->unit != 0, supply->unit);
	must_say(&claim, 8, supply->capacity.known, supply->capacity.value);
	must_say(&claim, 9, supply->level.known, supply->level.value);
	if (supply->kind != BR_LEVEL_MEASURED)
		return;
	CHECK(supply->level.value >= 0);
	if (supply->capacity.known && supply->capacity.value > 0)
		CHECK_INT(supply->percent, percent_by_hand(supply->level.value, supply->capacity.value));
	else
		CHECK_INT(supply->unit, 19);
}

static void check_tray(const struct claim *claim, const struct br_tray *tray, bool output)
{
	must_say(claim, 2, tray->type != 0, tray->type);
	must_say(claim, output ? 3 : 8, tray->unit != 0, tray->unit);
	must_say(claim, output ? 4 : 9, tray->capacity.known, tray->capacity.value);
	must_say(claim, output ? 5 : 10, tray->level.known, tray->level.value);
	must_say(claim, output ? 6 : 11, tray->status.known, tray->status.value);
	if (tray->kind == BR_LEVEL_MEASURED)
		CHECK_INT(tray->percent, percent_by_hand(tray->level.value, tray->capacity.value));
}

static void check_alert(const struct claim *claim, const struct br_alert *alert)
{
	must_say(claim, 2, alert->severity != 0, alert->severity);
	must_say(claim, 3, alert->training != 0, alert->training);
	must_say(claim, 4, alert->group != 0, alert->group);
	must_say(claim, 5, alert->group_index != 0, alert->group_index);
	must_say(claim, 6, alert->location.known, alert->location.value);
	must_say(claim, 7, alert->code != 0, alert->code);
	must_say(claim, 9, alert->time.known, alert->time.value);
}

/* A counter is the number at its origin, or four octets of a packed record, or digits of a sentence. */
static void check_counter(const struct corpus_case *at, const struct br_reading *reading, size_t which)
{
	const struct br_counter_value *counter = &reading->counters[which];
	const struct br_recorded *row = corpus_row(at, "%s", br_text(reading, counter->origin));
	uint32_t value = (uint32_t)counter->value.value;
	uint8_t packed[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
			     (uint8_t)value};
	char digits[24];
	struct br_view octets;
	int64_t said;

	if (!row) {
		check_failed(__FILE__, __LINE__, "%s: no %s in the file", br_counter_name((enum br_counter)which),
			     br_text(reading, counter->origin));
		return;
	}
	if (corpus_number(at, row, &said)) {
		CHECK_INT(counter->value.value, said);
		return;
	}
	octets = corpus_octets(at, row);
	snprintf(digits, sizeof digits, "%lld", (long long)counter->value.value);
	CHECK(memmem(octets.at, octets.len, packed, sizeof packed) ||
	      memmem(octets.at, octets.len, digits, strlen(digits)));
}

static void numbers_of(const struct corpus_case *at, const struct br_reading *reading)
{
	struct claim claim = {.at = at, .device = reading->device};

	claim.entry = "1.3.6.1.2.1.43.11.1.1";
	for (size_t i = 0; i < reading->n_supplies; i++)
		check_supply(claim, reading, &reading->supplies[i]);
	for (size_t i = 0; i < reading->n_trays; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.8.2.1", reading->device, reading->trays[i].index};
		check_tray(&claim, &reading->trays[i], false);
	}
	for (size_t i = 0; i < reading->n_outputs; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.9.2.1", reading->device, reading->outputs[i].index};
		check_tray(&claim, &reading->outputs[i], true);
	}
	for (size_t i = 0; i < reading->n_covers; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.6.1.1", reading->device, reading->covers[i].index};
		must_say(&claim, 3, reading->covers[i].status != 0, reading->covers[i].status);
	}
	for (size_t i = 0; i < reading->n_alerts; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.18.1.1", reading->device, reading->alerts[i].index};
		check_alert(&claim, &reading->alerts[i]);
	}
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (reading->counters[i].value.known)
			check_counter(at, reading, i);
}

static void status_of(const struct corpus_case *at, const struct br_reading *reading)
{
	const struct br_recorded *ticks = corpus_row(at, "1.3.6.1.2.1.1.3.0");
	const struct br_recorded *errors = corpus_row(at, "1.3.6.1.2.1.25.3.5.1.2.%u", reading->device);
	const struct br_recorded *device = corpus_row(at, "1.3.6.1.2.1.25.3.2.1.5.%u", reading->device);
	int64_t said;

	if (reading->status.uptime.known) {
		CHECK(ticks && corpus_number(at, ticks, &said) && reading->status.uptime.value == said / 100);
	}
	CHECK_INT(reading->status.errors_known, errors != NULL);
	for (unsigned bit = 0; errors && bit < BR_ERR_BITS; bit++) {
		struct br_view octets = corpus_octets(at, errors);
		bool set = octets.len > bit / 8 && ((uint8_t)octets.at[bit / 8] & 0x80 >> bit % 8);

		CHECK_INT((reading->status.errors >> bit) & 1, set);
	}
	if (reading->status.device) {
		CHECK(device && corpus_number(at, device, &said) && reading->status.device == said);
	}
}

static void nothing_counted_up(struct corpus_case *at)
{
	for (size_t i = 0; i < at->n_readings; i++) {
		numbers_of(at, &at->readings[i]);
		status_of(at, &at->readings[i]);
	}
}

TEST(no_number_is_invented)
{
	for_each(nothing_counted_up);
}

/* Texts -------------------------------------------------------------------------------------- */

/* Every text of the file, cleaned, a line each; OIDs dotted; short octet strings as hex as well. */
static void gather_texts(const struct corpus_case *at, struct br_buf *pool)
{
	static const int charsets[] = {BR_CHARSET_UNKNOWN, BR_CHARSET_SHIFT_JIS, BR_CHARSET_HP_ROMAN8};
	char text[1300];

	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];
		const uint8_t *octets = at->recording.values + row->at;

		if (row->tag == BR_BER_OID && br_oid_format(text, sizeof text, octets, row->len))
			br_buf_format(pool, "%s\n", text);
		for (size_t k = 0; row->tag == BR_BER_OCTETS && k < sizeof charsets / sizeof charsets[0]; k++)
			if (br_charset_decode(text, sizeof text, octets, row->len, charsets[k]))
				br_buf_format(pool, "%s\n", text);
		for (size_t k = 0; row->tag == BR_BER_OCTETS && row->len == 6 && k < 6; k++)
			br_buf_format(pool, k < 5 ? "%02x:" : "%02x\n", octets[k]);
	}
	br_buf_char(pool, '\0');
	CHECK_INT(pool->status, BR_OK);
}

static void must_be_said(const struct br_buf *pool, const struct br_reading *reading, br_text_at at,
			 const char *what)
{
	const char *text = br_text(reading, at);

	if (*text && !strstr((const char *)pool->data, text))
		check_failed(__FILE__, __LINE__, "%s: \"%s\" is nowhere in the file", what, text);
}

static void texts_of(const struct br_buf *pool, const struct br_reading *reading)
{
	const struct br_identity *who = &reading->identity;
	const struct {
		br_text_at at;
		const char *what;
	} identity[] = {
		{who->model, "model"}, {who->serial, "serial"}, {who->mac, "mac"},
		{who->hostname, "hostname"}, {who->firmware, "firmware"}, {who->location, "location"},
		{who->contact, "contact"}, {who->asset, "asset"}, {who->description, "description"},
		{who->object_id, "object_id"}, {who->device_id, "device_id"}, {who->uuid, "uuid"},
	};

	for (size_t i = 0; i < sizeof identity / sizeof identity[0]; i++)
		must_be_said(pool, reading, identity[i].at, identity[i].what);
	for (size_t i = 0; i < reading->n_supplies; i++) {
		must_be_said(pool, reading, reading->supplies[i].description, "supply");
		must_be_said(pool, reading, reading->supplies[i].part, "part");
		must_be_said(pool, reading, reading->supplies[i].serial, "serial of a supply");
	}
	for (size_t i = 0; i < reading->n_trays; i++) {
		must_be_said(pool, reading, reading->trays[i].name, "tray");
		must_be_said(pool, reading, reading->trays[i].description, "tray");
		must_be_said(pool, reading, reading->trays[i].media_name, "media");
	}
	for (size_t i = 0; i < reading->n_outputs; i++) {
		must_be_said(pool, reading, reading->outputs[i].name, "output");
		must_be_said(pool, reading, reading->outputs[i].description, "output");
	}
	for (size_t i = 0; i < reading->n_covers; i++)
		must_be_said(pool, reading, reading->covers[i].description, "cover");
	for (size_t i = 0; i < reading->n_alerts; i++)
		must_be_said(pool, reading, reading->alerts[i].description, "alert");
	for (size_t i = 0; i < reading->status.n_console; i++)
		must_be_said(pool, reading, reading->status.console[i], "console");
	for (size_t i = 0; i < reading->status.n_lights; i++)
		must_be_said(pool, reading, reading->status.lights[i].description, "light");
}

static void nothing_told(struct corpus_case *at)
{
	struct br_buf pool;

	br_buf_init(&pool, 16 << 20);
	gather_texts(at, &pool);
	for (size_t i = 0; i < at->n_readings && pool.status == BR_OK; i++)
		texts_of(&pool, &at->readings[i]);
	br_buf_clear(&pool);
}

TEST(no_text_is_invented)
{
	for_each(nothing_told);
}

/* Asked or poured in ------------------------------------------------------------------------- */

/* All that is not a maker's; or, given a maker's file, what its rows are about. */
static bool is_wanted(const struct br_oid *name, const struct br_mib *mib)
{
	static const uint8_t private[] = {0x2b, 6, 1, 4, 1}, pwg[] = {0x2b, 6, 1, 4, 1, 0x95, 0x0b};
	bool is_private = br_oid_below(name->ber, name->len, private, sizeof private) &&
			  !br_oid_below(name->ber, name->len, pwg, sizeof pwg);

	if (!mib || !is_private)
		return !mib && !is_private;
	for (size_t i = 0; i < mib->n_rows; i++)
		if (br_oid_below(name->ber, name->len, mib->rows[i].oid.ber, mib->rows[i].oid.len) ||
		    (mib->rows[i].label.len && br_oid_below(name->ber, name->len, mib->rows[i].label.ber,
							    mib->rows[i].label.len)))
			return true;
	return false;
}

static void pour(const struct corpus_case *at, struct br_harvest *harvest, const struct br_mib *mib)
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

static const struct br_mib *mib_of(struct corpus_case *at, const struct br_harvest *harvest, uint32_t device)
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
	for_each(poured_in);
}
