/*
 * maker.c - the rows of a .mib file applied to what the printer answered to them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/maker.h"

#include "decode/brother.h"
#include "decode/device_id.h"
#include "decode/maker_hit.h"

#include <stdio.h>
#include <string.h>

const struct br_varbind *br_answer_named(const struct br_answers *answers, const uint8_t *name,
					 size_t len)
{
	for (size_t i = 0; i < answers->n; i++)
		if (answers->list[i].name_len == len &&
		    memcmp(answers->list[i].name, name, len) == 0)
			return &answers->list[i];
	return NULL;
}

bool br_maker_row_is_for(const struct br_mib_row *row, const struct br_hints *hints)
{
	if (row->model.len == 0)
		return true;
	for (size_t i = 0; i < hints->n; i++) {
		struct br_view text = br_view(hints->text[i]);

		if (br_view_glob(text, row->model))
			return true;
		if (br_device_id_looks(text) &&
		    br_view_glob(br_device_id_get(text, br_device_id_model), row->model))
			return true;
	}
	return false;
}

enum br_status br_maker_by(struct br_makers *makers, const struct br_hints *hints,
			   size_t n_devices, const struct br_mib **mib)
{
	struct br_view texts[BR_MAX_HINTS];
	struct br_maker_clue clue = {.texts = texts};

	clue.n_texts = n_devices > 1 ? hints->described : hints->n;
	clue.object = hints->object_id.ber;
	clue.object_len = n_devices > 1 ? 0 : hints->object_id.len;
	for (size_t i = 0; i < clue.n_texts; i++)
		texts[i] = br_view(hints->text[i]);
	return br_makers_find(makers, &clue, mib, NULL);
}

enum br_status br_maker_of(struct br_makers *makers, const struct br_harvest *harvest,
			   uint32_t device, size_t n_devices, const struct br_mib **mib)
{
	struct br_hints hints;

	*mib = NULL;
	if (!makers)
		return BR_OK;
	br_decode_hints(harvest, device, &hints);
	return br_maker_by(makers, &hints, n_devices, mib);
}

static uint32_t last_arc(const struct br_varbind *varbind)
{
	const uint8_t *at = varbind->name + varbind->name_len - 1,
		      *end = varbind->name + varbind->name_len;
	uint32_t arc = 0;

	while (at > varbind->name && at[-1] & 0x80)
		at--;
	return br_oid_next_arc(&at, end, &arc) ? arc : 0;
}

static bool is_skipped(struct br_view skip, int64_t number)
{
	while (skip.len) {
		const char *comma = memchr(skip.at, ',', skip.len);
		size_t len = comma ? (size_t)(comma - skip.at) : skip.len;
		int64_t listed;

		if (br_parse_number(br_view_trim((struct br_view){skip.at, len}), INT64_MIN,
				    INT64_MAX, &listed) &&
		    listed == number)
			return true;
		skip.at += len + (comma != NULL);
		skip.len -= len + (comma != NULL);
	}
	return false;
}

static size_t digits_at(struct br_view text, size_t i)
{
	size_t n = 0;

	while (i + n < text.len && text.at[i + n] >= '0' && text.at[i + n] <= '9')
		n++;
	return n;
}

/*
 * "1,234 pages": groups of three digits with blanks or thousands separators between them, then
 * perhaps a word. Digits behind a separator that are no such group ("12.5") are not understood.
 */
static bool decimal_of(struct br_view text, int64_t *out)
{
	char digits[24];
	size_t n = 0, at = 0, group, first;

	text = br_view_trim(text);
	first = digits_at(text, 0);
	for (group = first; group > 0; group = digits_at(text, at)) {
		if ((n > 0 && (group != 3 || first > 3)) || group > sizeof digits - n)
			return false;
		memcpy(digits + n, text.at + at, group);
		n += group;
		at += group;
		if (at == text.len || !memchr(",.' ", text.at[at], 4))
			break;
		at++;
	}
	return br_parse_number((struct br_view){digits, n}, 0, INT64_MAX, out);
}

/* The part of an octet string that counts, by after= and until=; false where it is not there.
 */
static bool part_of(const struct br_mib_row *row, struct br_view *text)
{
	if (row->after.len) {
		const char *at = memmem(text->at, text->len, row->after.at, row->after.len);

		if (!at)
			return false;
		at += row->after.len;
		*text = (struct br_view){at, text->len - (size_t)(at - text->at)};
	}
	if (row->until.len && text->len) {
		const char *end = memmem(text->at, text->len, row->until.at, row->until.len);

		if (end)
			text->len = (size_t)(end - text->at);
	}
	return true;
}

static bool raw_number(const struct br_hit *hit, int64_t *out)
{
	const struct br_tlv *value = &hit->varbind->value;
	struct br_view text = {(const char *)value->data, value->len};

	if (value->tag != BR_BER_OCTETS)
		return br_take_number(value, out);
	if (!part_of(hit->row, &text))
		return false;
	if (hit->row->kind == BR_MIB_DECIMAL)
		return decimal_of(text, out);
	return br_parse_number(br_view_trim(text), INT64_MIN, INT64_MAX, out);
}

bool br_hit_scaled(const struct br_hit *hit, int64_t *out)
{
	int64_t number;

	return raw_number(hit, &number) && !is_skipped(hit->row->skip, number) &&
	       !__builtin_mul_overflow(number, hit->row->scale, out);
}

bool br_hit_number(const struct br_hit *hit, int64_t *out)
{
	int64_t number;

	if (!br_hit_scaled(hit, &number) || hit->row->divide == 0)
		return false;
	*out = number / hit->row->divide;
	return true;
}

br_text_at br_hit_text(const struct br_hit *hit)
{
	struct br_tlv value = hit->varbind->value;
	struct br_view text = {(const char *)value.data, value.len};

	if (hit->row->kind == BR_MIB_MAC)
		return br_take_mac(hit->scratch, &value);
	if (value.tag == BR_BER_OCTETS) {
		if (!part_of(hit->row, &text))
			return 0;
		value.data = (const uint8_t *)text.at;
		value.len = text.len;
	}
	return br_take_text(hit->scratch, &value);
}

static void apply_identity(const struct br_hit *hit)
{
	br_text_at *members = (br_text_at *)&hit->scratch->reading->identity;
	br_text_at text = br_hit_text(hit);

	if (text && !(hit->row->fallback && members[hit->row->arg]))
		members[hit->row->arg] = text;
}

br_text_at br_hit_origin(const struct br_hit *hit)
{
	char dotted[BR_OID_TEXT_SIZE];

	br_oid_format(dotted, sizeof dotted, hit->varbind->name, hit->varbind->name_len);
	return br_reading_put(hit->scratch->reading, dotted);
}

static void apply_counter(const struct br_hit *hit)
{
	struct br_counter_value *counter = &hit->scratch->reading->counters[hit->row->arg];
	char basis[32] = "impressions";
	int64_t number;

	if ((hit->row->fallback && counter->value.known) || !br_hit_number(hit, &number) ||
	    number < 0)
		return;
	if (hit->row->basis.len)
		br_text_copy(basis, sizeof basis, hit->row->basis);
	counter->value = (struct br_number){true, number};
	counter->basis = br_reading_put(hit->scratch->reading, basis);
	counter->origin = br_hit_origin(hit);
}

static void apply_coverage(const struct br_hit *hit)
{
	struct br_coverage *coverage = &hit->scratch->reading->coverage[hit->row->arg];
	struct br_hit thousand = *hit;
	struct br_mib_row row = *hit->row;
	int64_t number;

	thousand.row = &row;
	if (__builtin_mul_overflow(row.scale, (int64_t)1000, &row.scale) ||
	    !br_hit_number(&thousand, &number) || number < 0 || number > 1000000)
		return;
	coverage->thousandths = (struct br_number){true, number};
	coverage->origin = br_hit_origin(hit);
}

static struct br_care *care_named(struct br_reading *reading, struct br_view part)
{
	for (size_t i = 0; i < reading->n_care; i++)
		if (br_view_is(part, reading->care[i].part))
			return &reading->care[i];
	if (reading->n_care == BR_MAX_CARE)
		return NULL;
	reading->care[reading->n_care] = (struct br_care){.part = ""};
	br_text_copy(reading->care[reading->n_care].part, BR_ID_SIZE, part);
	return &reading->care[reading->n_care++];
}

static void apply_care(const struct br_hit *hit)
{
	struct br_care *care;
	struct br_number *place;
	int64_t number;

	if (!br_hit_number(hit, &number))
		return;
	if (hit->row->field == BR_FIELD_CARE_PERCENT && (number < 0 || number > 100))
		return;
	care = care_named(hit->scratch->reading, hit->row->name);
	if (!care)
		return;
	place = hit->row->field == BR_FIELD_CARE_PERCENT ? &care->percent
		: hit->row->field == BR_FIELD_CARE_PAGES ? &care->remaining_pages
							 : &care->status;
	*place = (struct br_number){true, number};
	care->origin = br_hit_origin(hit);
}

static void apply_console(const struct br_hit *hit)
{
	struct br_reading *reading = hit->scratch->reading;
	struct br_status_part *status = &reading->status;
	br_text_at text = br_hit_text(hit);

	if (hit->row->fallback && status->n_console)
		return;
	for (size_t i = 0; i < status->n_console; i++)
		if (strcmp(br_text(reading, status->console[i]), br_text(reading, text)) == 0)
			return;
	if (text && status->n_console < BR_MAX_CONSOLE)
		status->console[status->n_console++] = text;
}

static void apply_record(const struct br_hit *hit)
{
	static size_t (*const decoders[])(struct br_reading *, const uint8_t *, size_t,
					  const char *) = {
		[BR_RECORD_BROTHER_MAINTENANCE] = br_brother_maintenance,
		[BR_RECORD_BROTHER_COUNTERS] = br_brother_counters,
		[BR_RECORD_BROTHER_NEXTCARE] = br_brother_nextcare,
		[BR_RECORD_BROTHER_COVERAGE] = br_brother_coverage,
		[BR_RECORD_BROTHER_JAMS] = br_brother_jams,
	};
	char dotted[BR_OID_TEXT_SIZE];

	if (hit->varbind->value.tag != BR_BER_OCTETS)
		return;
	br_oid_format(dotted, sizeof dotted, hit->varbind->name, hit->varbind->name_len);
	decoders[hit->row->arg](hit->scratch->reading, hit->varbind->value.data,
				hit->varbind->value.len, dotted);
}

static void apply_device_id(const struct br_hit *hit)
{
	struct br_identity *who = &hit->scratch->reading->identity;
	br_text_at id = br_take_text(hit->scratch, &hit->varbind->value);

	if (!br_device_id_looks(br_view(br_text(hit->scratch->reading, id))))
		return;
	if (!who->device_id)
		who->device_id = id;
	br_identity_from_device_id(hit->scratch, br_text(hit->scratch->reading, id));
}

static void apply(struct br_hit *hit)
{
	if (hit->row->kind == BR_MIB_RECORD) {
		hit->supplies = true;
		apply_record(hit);
		return;
	}
	if (hit->row->kind == BR_MIB_DEVICE_ID) {
		apply_device_id(hit);
		return;
	}
	switch (hit->row->field) {
	case BR_FIELD_NONE:
		break;
	case BR_FIELD_IDENTITY:
		apply_identity(hit);
		break;
	case BR_FIELD_COUNTER:
		apply_counter(hit);
		break;
	case BR_FIELD_COVERAGE:
		apply_coverage(hit);
		break;
	case BR_FIELD_CARE_PERCENT:
	case BR_FIELD_CARE_PAGES:
	case BR_FIELD_CARE_STATUS:
		apply_care(hit);
		break;
	case BR_FIELD_CONSOLE:
		apply_console(hit);
		break;
	default:
		hit->supplies = true;
		br_hit_supply(hit);
		break;
	}
}

/* True if the row's label (same index, in the label's column) is the one that is wanted. */
static bool label_fits(const struct br_hit *hit)
{
	struct br_oid name = hit->row->label;
	const struct br_varbind *label;
	char text[128];
	int64_t number;

	if (hit->row->label.len == 0)
		return true;
	if (br_oid_append(&name, (uint32_t)hit->index) != BR_OK)
		return false;
	label = br_answer_named(hit->answers, name.ber, name.len);
	if (!label)
		return false;
	if (label->value.tag != BR_BER_OCTETS && br_take_number(&label->value, &number))
		snprintf(text, sizeof text, "%lld", (long long)number);
	else
		br_text_clean(
			text, sizeof text,
			(struct br_view){(const char *)label->value.data, label->value.len});
	return br_view_glob(br_view(text), hit->row->where);
}

/* True if the answer was one to this row, and it is the last that the row takes. */
static bool apply_if_hit(struct br_hit *hit, const struct br_varbind *varbind)
{
	const struct br_mib_row *row = hit->row;
	bool fits;

	if (!br_oid_below(varbind->name, varbind->name_len, row->oid.ber, row->oid.len) ||
	    (row->verb == BR_MIB_GET) != (varbind->name_len == row->oid.len))
		return false;
	hit->varbind = varbind;
	hit->index = (int32_t)(last_arc(varbind) & INT32_MAX);
	fits = label_fits(hit);
	if (fits) {
		apply(hit);
		br_witness_saw(hit->scratch->witness, varbind, "%s:%u", hit->mib->file,
			       row->line);
	}
	hit->varbind = NULL; /* lent by the caller */
	return fits && row->verb != BR_MIB_TABLE;
}

static void apply_row(struct br_hit *hit, const struct br_harvest *harvest)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	bool broken;

	if (!hit->row->standard) {
		for (size_t i = 0; i < hit->answers->n; i++)
			if (apply_if_hit(hit, &hit->answers->list[i]))
				return;
		return;
	}
	while (br_varbind_take(&all, &varbind, &broken))
		if (!br_varbind_is_absent(&varbind) && apply_if_hit(hit, &varbind))
			return;
}

static bool has_rows_for_models(const struct br_mib *mib)
{
	for (size_t i = 0; i < mib->n_rows; i++)
		if (mib->rows[i].model.len)
			return true;
	return false;
}

void br_apply_maker(struct br_scratch *scratch, const struct br_harvest *harvest,
		    const struct br_answers *answers, const struct br_mib *mib)
{
	struct br_reading *reading = scratch->reading;
	struct br_hints hints;
	struct br_hit hit = {.scratch = scratch, .mib = mib, .answers = answers};
	char maker[64];

	if (!mib)
		return;
	if (br_text_copy(maker, sizeof maker, mib->maker))
		reading->identity.maker = br_reading_put(reading, maker);
	if (answers->full) {
		reading->partial = true;
		br_reading_note(reading, "more than %d private answers: the rest was left out",
				BR_MAX_PRIVATE);
	}
	hints.n = 0;
	if (has_rows_for_models(mib))
		br_hints_at(harvest, scratch->host_device, &hints);
	br_reread_levels(scratch, mib);
	for (size_t i = 0; i < mib->n_rows; i++) {
		hit.row = &mib->rows[i];
		if (br_maker_row_is_for(hit.row, &hints))
			apply_row(&hit, harvest);
	}
	if (hit.supplies)
		br_reading_name_parts(reading); /* rows may have made some, or told a colour */
	else
		br_reading_color_parts(reading);
}
