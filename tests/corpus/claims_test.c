/*
 * claims_test.c - of every recording: each number and each text of the reading stands in the
 * file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "base/buf.h"
#include "corpus/corpus.h"
#include "decode/ber.h"
#include "decode/charset.h"

#include <stdio.h>
#include <string.h>

/* Numbers ------------------------------------------------------------------------------------
 */

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
	row = corpus_row(claim->at, "%s.%d.%u.%d", claim->entry, column, claim->device,
			 (int)claim->row);
	if (!row || !corpus_number(claim->at, row, &said))
		check_failed(__FILE__, __LINE__,
			     "%s.%d.%u.%d is not in the file, and reads %lld", claim->entry,
			     column, claim->device, (int)claim->row, (long long)value);
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

static void check_supply(struct claim claim, const struct br_reading *reading,
			 const struct br_supply *supply)
{
	bool standard = strcmp(br_text(reading, supply->origin), "printer-mib") == 0;

	claim.row = supply->index;
	CHECK_INT(supply->kind != BR_LEVEL_MEASURED && supply->percent != 0, 0);
	if (!standard)
		return; /* a maker's: the packed records and their percents have tests of their
			   own */
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
		CHECK_INT(supply->percent,
			  percent_by_hand(supply->level.value, supply->capacity.value));
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
		CHECK_INT(tray->percent,
			  percent_by_hand(tray->level.value, tray->capacity.value));
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

/* A counter is the number at its origin, or four octets of a packed record, or digits of a
 * sentence. */
static void check_counter(const struct corpus_case *at, const struct br_reading *reading,
			  size_t which)
{
	const struct br_counter_value *counter = &reading->counters[which];
	const struct br_recorded *row = corpus_row(at, "%s", br_text(reading, counter->origin));
	uint32_t value = (uint32_t)counter->value.value;
	uint8_t packed[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16),
			     (uint8_t)(value >> 8), (uint8_t)value};
	char digits[24];
	struct br_view octets;
	int64_t said;

	if (!row) {
		check_failed(__FILE__, __LINE__, "%s: no %s in the file",
			     br_counter_name((enum br_counter)which),
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
		claim = (struct claim){at, "1.3.6.1.2.1.43.8.2.1", reading->device,
				       reading->trays[i].index};
		check_tray(&claim, &reading->trays[i], false);
	}
	for (size_t i = 0; i < reading->n_outputs; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.9.2.1", reading->device,
				       reading->outputs[i].index};
		check_tray(&claim, &reading->outputs[i], true);
	}
	for (size_t i = 0; i < reading->n_covers; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.6.1.1", reading->device,
				       reading->covers[i].index};
		must_say(&claim, 3, reading->covers[i].status != 0, reading->covers[i].status);
	}
	for (size_t i = 0; i < reading->n_alerts; i++) {
		claim = (struct claim){at, "1.3.6.1.2.1.43.18.1.1", reading->device,
				       reading->alerts[i].index};
		check_alert(&claim, &reading->alerts[i]);
	}
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (reading->counters[i].value.known)
			check_counter(at, reading, i);
}

static void status_of(const struct corpus_case *at, const struct br_reading *reading)
{
	const struct br_recorded *ticks = corpus_row(at, "1.3.6.1.2.1.1.3.0");
	const struct br_recorded *errors =
		corpus_row(at, "1.3.6.1.2.1.25.3.5.1.2.%u", reading->device);
	const struct br_recorded *device =
		corpus_row(at, "1.3.6.1.2.1.25.3.2.1.5.%u", reading->device);
	int64_t said;

	if (reading->status.uptime.known) {
		CHECK(ticks && corpus_number(at, ticks, &said) &&
		      reading->status.uptime.value == said / 100);
	}
	CHECK_INT(reading->status.errors_known, errors != NULL);
	for (unsigned bit = 0; errors && bit < BR_ERR_BITS; bit++) {
		struct br_view octets = corpus_octets(at, errors);
		bool set =
			octets.len > bit / 8 && ((uint8_t)octets.at[bit / 8] & 0x80 >> bit % 8);

		CHECK_INT((reading->status.errors >> bit) & 1, set);
	}
	if (reading->status.device) {
		CHECK(device && corpus_number(at, device, &said) &&
		      reading->status.device == said);
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
	corpus_each(nothing_counted_up);
}

/* Texts --------------------------------------------------------------------------------------
 */

/* Every text of the file, cleaned, a line each; OIDs dotted; short octet strings as hex as
 * well. */
static void gather_texts(const struct corpus_case *at, struct br_buf *pool)
{
	static const int charsets[] = {BR_CHARSET_UNKNOWN, BR_CHARSET_SHIFT_JIS,
				       BR_CHARSET_HP_ROMAN8};
	char text[1300];

	for (size_t i = 0; i < at->recording.n_rows; i++) {
		const struct br_recorded *row = &at->recording.rows[i];
		const uint8_t *octets = at->recording.values + row->at;

		if (row->tag == BR_BER_OID &&
		    br_oid_format(text, sizeof text, octets, row->len))
			br_buf_format(pool, "%s\n", text);
		for (size_t k = 0;
		     row->tag == BR_BER_OCTETS && k < sizeof charsets / sizeof charsets[0]; k++)
			if (br_charset_decode(text, sizeof text, octets, row->len, charsets[k]))
				br_buf_format(pool, "%s\n", text);
		for (size_t k = 0; row->tag == BR_BER_OCTETS && row->len == 6 && k < 6; k++)
			br_buf_format(pool, k < 5 ? "%02x:" : "%02x\n", octets[k]);
	}
	br_buf_char(pool, '\0');
	CHECK_INT(pool->status, BR_OK);
}

static void must_be_said(const struct br_buf *pool, const struct br_reading *reading,
			 br_text_at at, const char *what)
{
	const char *text = br_text(reading, at);

	if (*text && !strstr((const char *)pool->data, text))
		check_failed(__FILE__, __LINE__, "%s: \"%s\" is nowhere in the file", what,
			     text);
}

static void texts_of(const struct br_buf *pool, const struct br_reading *reading)
{
	const struct br_identity *who = &reading->identity;
	const struct {
		br_text_at at;
		const char *what;
	} identity[] = {
		{who->model, "model"},
		{who->serial, "serial"},
		{who->mac, "mac"},
		{who->hostname, "hostname"},
		{who->firmware, "firmware"},
		{who->location, "location"},
		{who->contact, "contact"},
		{who->asset, "asset"},
		{who->description, "description"},
		{who->object_id, "object_id"},
		{who->device_id, "device_id"},
		{who->uuid, "uuid"},
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
	corpus_each(nothing_told);
}
