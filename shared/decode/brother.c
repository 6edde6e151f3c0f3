/*
 * brother.c - Brother's packed records, row by row.
 *
 * The layout and the keys are what owners of the printers found by comparing the octets with
 * the printers' own pages; mibs/brother.mib names them. Old lasers (HL-5350DN) send status
 * codes in rows of one octet, old inkjets (MFC-5490CN) levels as "units left, units of a full
 * one" in two: so the length octet is obeyed and not assumed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/brother.h"

#include "decode/brother_supply.h"

#include <string.h>

enum { END = 0xff, KIND = 0x01 };

struct row {
	uint8_t key;
	uint8_t len;
	uint32_t value;
};

struct rows {
	const uint8_t *at, *end;
	bool has_kind; /* an octet 01 between key and length */
};

static bool next_row(struct rows *rows, struct row *row)
{
	size_t head = rows->has_kind ? 3 : 2, left = (size_t)(rows->end - rows->at);

	if (left < head || rows->at[0] == END || (rows->has_kind && rows->at[1] != KIND))
		return false;
	row->key = rows->at[0];
	row->len = rows->at[head - 1];
	row->value = 0;
	if ((row->len != 1 && row->len != 2 && row->len != 4) || left - head < row->len)
		return false;
	for (size_t i = 0; i < row->len; i++)
		row->value = row->value << 8 | rows->at[head + i];
	rows->at += head + row->len;
	return true;
}

/* Half goes to the even neighbour, as in the other programs that show these numbers. */
static uint32_t divide(uint32_t value, uint32_t by)
{
	uint32_t whole = value / by, twice = value % by * 2;

	return whole + (twice > by || (twice == by && whole % 2));
}

static struct br_number known(int64_t value)
{
	return (struct br_number){true, value};
}

/* Hundredths of a percent in four octets, or "left, of so many" in two. */
static struct br_number percent_of(const struct row *row)
{
	uint32_t left = row->value >> 8, full = row->value & 0xff;

	if (row->len == 4 && row->value <= 10000)
		return known(divide(row->value, 100));
	if (row->len == 2 && full && left <= full)
		return known(divide(left * 100, full));
	return (struct br_number){0};
}

/* A number that fits nothing real (all bits set, mostly) is not known. */
static struct br_number count_of(const struct row *row)
{
	return row->value <= INT32_MAX ? known(row->value) : (struct br_number){0};
}

enum what {
	COUNTER,      /* arg: enum br_counter */
	CARE_PERCENT, /* part */
	CARE_PAGES,   /* part */
	CARE_STATUS,  /* part */
	REMAINING,    /* arg: enum br_colorant; the level that is measured */
	SHOWN,        /* arg: enum br_colorant; the level as the panel has it */
	STATUS,       /* arg: enum br_colorant */
	WASTE_INK,    /* room left in the ink capture box */
};

struct meaning {
	uint8_t key;
	enum what what;
	int arg;
	const char *part;
};

/* clang-format off */
static const struct meaning maintenance[] = {
	{0x11, COUNTER, BR_COUNTER_DRUM, NULL},
	{0x31, STATUS, BR_COLORANT_BLACK, NULL},
	{0x32, STATUS, BR_COLORANT_CYAN, NULL},
	{0x33, STATUS, BR_COLORANT_MAGENTA, NULL},
	{0x34, STATUS, BR_COLORANT_YELLOW, NULL},
	{0x41, CARE_PERCENT, 0, "drum"},
	{0x63, CARE_STATUS, 0, "drum"},
	{0x69, CARE_PERCENT, 0, "belt"},
	{0x6a, CARE_PERCENT, 0, "fuser"},
	{0x6b, CARE_PERCENT, 0, "laser"},
	{0x6c, CARE_PERCENT, 0, "paper-feed-mp"},
	{0x6d, CARE_PERCENT, 0, "paper-feed-1"},
	{0x6f, REMAINING, BR_COLORANT_BLACK, NULL},
	{0x70, REMAINING, BR_COLORANT_CYAN, NULL},
	{0x71, REMAINING, BR_COLORANT_MAGENTA, NULL},
	{0x72, REMAINING, BR_COLORANT_YELLOW, NULL},
	{0x73, COUNTER, BR_COUNTER_DRUM_CYAN, NULL},
	{0x74, COUNTER, BR_COUNTER_DRUM_MAGENTA, NULL},
	{0x75, COUNTER, BR_COUNTER_DRUM_YELLOW, NULL},
	{0x79, CARE_PERCENT, 0, "drum-cyan"},
	{0x7a, CARE_PERCENT, 0, "drum-magenta"},
	{0x7b, CARE_PERCENT, 0, "drum-yellow"},
	{0x7e, COUNTER, BR_COUNTER_DRUM_BLACK, NULL},
	{0x80, CARE_PERCENT, 0, "drum-black"},
	{0x81, SHOWN, BR_COLORANT_BLACK, NULL},
	{0x82, SHOWN, BR_COLORANT_CYAN, NULL},
	{0x83, SHOWN, BR_COLORANT_MAGENTA, NULL},
	{0x84, SHOWN, BR_COLORANT_YELLOW, NULL},
	{0x85, WASTE_INK, 0, NULL},
	{0xa1, REMAINING, BR_COLORANT_BLACK, NULL},
	{0xa2, REMAINING, BR_COLORANT_CYAN, NULL},
	{0xa3, REMAINING, BR_COLORANT_MAGENTA, NULL},
	{0xa4, REMAINING, BR_COLORANT_YELLOW, NULL},
};
static const struct meaning counters[] = {
	{0x00, COUNTER, BR_COUNTER_TOTAL, NULL},
	{0x01, COUNTER, BR_COUNTER_MONO, NULL},
	{0x02, COUNTER, BR_COUNTER_COLOR, NULL},
	{0x06, COUNTER, BR_COUNTER_DUPLEX, NULL},
	{0x12, COUNTER, BR_COUNTER_IMAGES_BLACK, NULL},
	{0x13, COUNTER, BR_COUNTER_IMAGES_CYAN, NULL},
	{0x14, COUNTER, BR_COUNTER_IMAGES_MAGENTA, NULL},
	{0x15, COUNTER, BR_COUNTER_IMAGES_YELLOW, NULL},
	{0x16, COUNTER, BR_COUNTER_IMAGES, NULL},
};
static const struct meaning nextcare[] = {
	{0x73, CARE_PAGES, 0, "laser"},
	{0x77, CARE_PAGES, 0, "paper-feed-1"},
	{0x82, CARE_PAGES, 0, "drum"},
	{0x86, CARE_PAGES, 0, "paper-feed-mp"},
	{0x88, CARE_PAGES, 0, "belt"},
	{0x89, CARE_PAGES, 0, "fuser"},
	{0xa4, CARE_PAGES, 0, "drum-black"},
	{0xa5, CARE_PAGES, 0, "drum-cyan"},
	{0xa6, CARE_PAGES, 0, "drum-magenta"},
	{0xa7, CARE_PAGES, 0, "drum-yellow"},
};
static const struct meaning jams[] = {
	{0xa1, COUNTER, BR_COUNTER_JAMS, NULL},
};
/* clang-format on */

struct record {
	struct br_reading *reading;
	const char *origin;
	const struct meaning *meanings;
	size_t n;
	const char *basis;
	bool has_kind;
	bool only_supplies; /* an inkjet: a drum would be a misunderstanding */
	struct br_brother_supplies supplies;
};

static struct br_care *care_of(struct record *record, const char *part)
{
	struct br_reading *reading = record->reading;
	struct br_care *care;

	for (size_t i = 0; i < reading->n_care; i++)
		if (strcmp(reading->care[i].part, part) == 0)
			return &reading->care[i];
	if (reading->n_care == BR_MAX_CARE)
		return NULL;
	care = &reading->care[reading->n_care++];
	*care = (struct br_care){.origin = br_reading_put(reading, record->origin)};
	br_text_copy(care->part, sizeof care->part, br_view(part));
	return care;
}

static bool put_care(struct record *record, const struct meaning *meaning,
		     struct br_number number)
{
	struct br_care *care = number.known ? care_of(record, meaning->part) : NULL;

	if (!care)
		return false;
	*(meaning->what == CARE_PERCENT ? &care->percent
	  : meaning->what == CARE_PAGES ? &care->remaining_pages
					: &care->status) = number;
	return true;
}

/* A total of zero is a record that was never filled, if the printer says another elsewhere. */
static bool put_counter(struct record *record, enum br_counter counter, struct br_number number)
{
	struct br_counter_value *value = &record->reading->counters[counter];

	if (!number.known)
		return false;
	if (number.value == 0 && value->value.known)
		return true;
	value->value = number;
	value->basis = br_reading_put(record->reading, record->basis);
	value->origin = br_reading_put(record->reading, record->origin);
	return true;
}

static bool put_supply(struct br_brother_supply *supply, const struct row *row,
		       struct br_number *number, struct br_number said)
{
	if (!said.known)
		return false;
	*number = said;
	supply->key = row->key;
	return true;
}

static bool understand(struct record *record, const struct meaning *meaning,
		       const struct row *row)
{
	struct br_brother_supply *supply =
		&record->supplies.colorants[meaning->arg % BR_COLORANT_COUNT];
	struct br_brother_supply *box = &record->supplies.waste_ink;
	struct br_number whole = {row->value <= 100, row->value};

	if (record->only_supplies && meaning->what <= CARE_STATUS)
		return false;
	switch (meaning->what) {
	case COUNTER:
		return put_counter(record, (enum br_counter)meaning->arg, count_of(row));
	case CARE_PERCENT:
		return put_care(record, meaning, percent_of(row));
	case CARE_PAGES:
	case CARE_STATUS:
		return put_care(record, meaning, count_of(row));
	case REMAINING:
		return put_supply(supply, row, &supply->remaining, percent_of(row));
	case SHOWN:
		return put_supply(supply, row, &supply->shown, whole);
	case STATUS:
		return put_supply(supply, row, &supply->status, count_of(row));
	case WASTE_INK:
		return put_supply(box, row, &box->remaining, whole);
	}
	return false;
}

static size_t read_rows(struct record *record, const uint8_t *data, size_t len)
{
	struct rows rows = {.has_kind = record->has_kind};
	struct row row;
	size_t understood = 0;

	if (len == 0)
		return 0;
	rows.at = data;
	rows.end = data + len;
	while (next_row(&rows, &row))
		for (size_t i = 0; i < record->n; i++)
			if (record->meanings[i].key == row.key)
				understood += understand(record, &record->meanings[i], &row);
	return understood;
}

#define MEANINGS(table) .meanings = (table), .n = sizeof(table) / sizeof(table)[0]

size_t br_brother_maintenance(struct br_reading *reading, const uint8_t *data, size_t len,
			      const char *origin)
{
	struct record record = {
		.reading = reading,
		.origin = origin,
		MEANINGS(maintenance),
		.basis = "impressions",
		.has_kind = true,
		.only_supplies = br_brother_is_inkjet(reading),
	};
	size_t n = read_rows(&record, data, len);

	for (size_t i = 0; i < reading->n_care; i++)
		br_brother_part(reading, &reading->care[i]);
	record.supplies.is_laser = reading->n_care > 0;
	br_brother_supply(reading, &record.supplies);
	return n;
}

size_t br_brother_counters(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin)
{
	struct record record = {
		.reading = reading,
		.origin = origin,
		MEANINGS(counters),
		.basis = "impressions",
		.has_kind = true,
	};

	return read_rows(&record, data, len);
}

size_t br_brother_nextcare(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin)
{
	struct record record = {
		.reading = reading,
		.origin = origin,
		MEANINGS(nextcare),
		.has_kind = true,
		.only_supplies = br_brother_is_inkjet(reading),
	};

	return read_rows(&record, data, len);
}

size_t br_brother_jams(struct br_reading *reading, const uint8_t *data, size_t len,
		       const char *origin)
{
	struct record record = {
		.reading = reading,
		.origin = origin,
		MEANINGS(jams),
		.basis = "jams",
	};

	return read_rows(&record, data, len);
}

/* Known to have black and nothing else. */
static bool is_mono(const struct br_reading *reading)
{
	bool black = reading->capabilities.color == BR_NO;

	if (reading->capabilities.color == BR_YES ||
	    reading->counters[BR_COUNTER_COLOR].value.known)
		return false;
	for (size_t i = 0; i < reading->n_supplies; i++) {
		const char *colorant = br_text(reading, reading->supplies[i].colorant);

		if (*colorant && strcmp(colorant, "black") != 0)
			return false;
		black |= *colorant != '\0';
	}
	return black;
}

/* Row 00: percent before the point in one octet, hundredths in the other. */
size_t br_brother_coverage(struct br_reading *reading, const uint8_t *data, size_t len,
			   const char *origin)
{
	struct rows rows = {0};
	struct row row;
	uint32_t whole, hundredths;

	if (len == 0)
		return 0;
	rows.at = data;
	rows.end = data + len;
	if (!next_row(&rows, &row) || row.key != 0 || row.len != 2 || !is_mono(reading))
		return 0;
	whole = row.value >> 8;
	hundredths = row.value & 0xff;
	if (hundredths > 99 || whole * 100 + hundredths > 10000)
		return 0;
	reading->coverage[BR_COLORANT_BLACK] = (struct br_coverage){
		.thousandths = known((int64_t)whole * 1000 + hundredths * 10),
		.origin = br_reading_put(reading, origin),
	};
	return 1;
}
