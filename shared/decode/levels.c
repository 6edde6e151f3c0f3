/*
 * levels.c - supplies, trays and outputs: raw numbers into what they can honestly claim.
 *
 * RFC 3805: -1 is "no limit", -2 "unknown", -3 "some, no more is known". The level of a
 * receptacle is the room that remains in it, so it is never turned round.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scratch.h"
#include "model/names.h"

#include <string.h>

enum { CLASS_CONSUMED = 3, CLASS_FILLED = 4, UNIT_PERCENT = 19 };
enum { LEVEL_UNLIMITED = -1, LEVEL_UNKNOWN = -2, LEVEL_SOME = -3 };
enum { INPUT_MANUAL = 5 };

/* Parts in hundred, rounded; what is not empty never reads 0, what is not full never 100. */
static uint8_t percent_of(int64_t level, int64_t capacity)
{
	int64_t percent;
	bool some = level > 0;

	if (level >= capacity)
		return 100;
	for (; capacity > INT64_MAX / 400; capacity /= 2) /* so that nothing below overflows */
		level /= 2;
	percent = (level * 200 + capacity) / (capacity * 2);
	if (percent == 0 && some)
		return 1;
	return percent >= 100 ? 99 : (uint8_t)percent;
}

struct br_level br_level_of(struct br_number level, struct br_number capacity, bool is_percent)
{
	if (!level.known)
		return (struct br_level){BR_LEVEL_UNKNOWN, 0};
	if (level.value == LEVEL_UNLIMITED)
		return (struct br_level){BR_LEVEL_UNLIMITED, 0};
	if (level.value == LEVEL_SOME)
		return (struct br_level){BR_LEVEL_SOME, 0};
	if (level.value < 0)
		return (struct br_level){BR_LEVEL_UNKNOWN, 0};
	if (capacity.known && capacity.value > 0)
		return (struct br_level){BR_LEVEL_MEASURED,
					 percent_of(level.value, capacity.value)};
	/* A level in percent needs no capacity to be understood; nothing of nothing, as of a
	 * cartridge that the printer does not know, is no level. */
	if (is_percent && level.value <= 100 &&
	    (level.value > 0 || !capacity.known || capacity.value != 0))
		return (struct br_level){BR_LEVEL_MEASURED, (uint8_t)level.value};
	return (struct br_level){BR_LEVEL_UNKNOWN, 0};
}

static bool is_receptacle(int32_t type)
{
	const char *name = br_name_supply_type(type);

	return name && strncmp(name, "waste", 5) == 0;
}

/* What follows a mark in the description, up to a separator. */
static br_text_at piece_after(struct br_reading *reading, const char *description,
			      const char *mark, const char *end)
{
	const char *at = strstr(description, mark);
	char out[64];
	size_t len;

	if (!at)
		return 0;
	at += strlen(mark);
	at += strspn(at, " :");
	len = strcspn(at, end);
	if (len == 0 || len >= sizeof out)
		return 0;
	br_text_clean(out, sizeof out, (struct br_view){at, len});
	return br_reading_put(reading, out);
}

/* A word of capitals and digits, two of each at least: CF400X, TK-8345K, 006R01513. */
static bool looks_like_part(const char *word, size_t len)
{
	size_t letters = 0, digits = 0;

	/* "110V-C1N54A, 220V-C1N58A": which one fits here is not said, and a wrong one gets
	 * ordered. */
	if (len > 5 && memcmp(word + 3, "V-", 2) == 0)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (word[i] >= '0' && word[i] <= '9')
			digits++;
		else if (word[i] >= 'A' && word[i] <= 'Z')
			letters++;
		else if (word[i] != '-' && word[i] != '/')
			return false;
	}
	return len >= 4 && len <= 20 && digits >= 2 && letters >= 1;
}

/* Makers put the part number behind the words: the last such word is it. */
static br_text_at part_in(struct br_reading *reading, const char *description)
{
	char out[32];
	const char *best = NULL;
	size_t best_len = 0;

	for (const char *at = description; *at;) {
		size_t len = strcspn(at, " ,;()");

		if (strncmp(at, "S/N", 3) == 0 || strncmp(at, "SN", 2) == 0)
			break; /* what follows is a serial number */
		if (looks_like_part(at, len)) {
			best = at;
			best_len = len;
		}
		at += len;
		at += strspn(at, " ,;()");
	}
	if (!best || !br_text_copy(out, sizeof out, (struct br_view){best, best_len}))
		return 0;
	return br_reading_put(reading, out);
}

static void finish_supply(struct br_scratch *scratch, size_t i)
{
	struct br_supply *supply = &scratch->reading->supplies[i];
	const char *description = br_text(scratch->reading, supply->description);
	struct br_level level =
		br_level_of(supply->level, supply->capacity, supply->unit == UNIT_PERCENT);

	if (scratch->supply[i].class == CLASS_FILLED)
		supply->role = BR_ROLE_FILLED;
	else if (scratch->supply[i].class == CLASS_CONSUMED)
		supply->role = BR_ROLE_CONSUMED;
	else if (supply->type)
		supply->role = is_receptacle(supply->type) ? BR_ROLE_FILLED : BR_ROLE_CONSUMED;
	supply->kind = level.kind;
	supply->percent = level.percent;
	for (size_t c = 0; c < scratch->n_colorants && supply->colorant_index > 0; c++)
		if (scratch->colorants[c].index == supply->colorant_index)
			supply->colorant = scratch->colorants[c].value;
	supply->origin = br_reading_put(scratch->reading, "printer-mib");
	supply->serial = piece_after(scratch->reading, description, "S/N", " ,;()");
	supply->part = part_in(scratch->reading, description);
}

/*
 * A supply that says nothing at all (no type, no text, no level) is an empty row of a table
 * that the printer fills to a fixed length. It is no supply.
 */
static bool is_nothing(const struct br_supply *supply)
{
	return !supply->description && !supply->type && !supply->level.known &&
	       !supply->capacity.known;
}

void br_finish_supplies(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;
	size_t kept = 0;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		if (is_nothing(&reading->supplies[i]))
			continue;
		if (kept != i) {
			reading->supplies[kept] = reading->supplies[i];
			scratch->supply[kept] = scratch->supply[i];
		}
		finish_supply(scratch, kept++);
	}
	reading->n_supplies = kept;
}

/* Sizes come in ten-thousandths of an inch or in micrometres; here hundredths of a millimetre.
 */
static int64_t hundredths_of_mm(struct br_number size, int32_t unit)
{
	if (!size.known || size.value <= 0 || size.value > INT32_MAX)
		return 0;
	return unit == 4 ? size.value / 10 : unit == 3 ? size.value * 254 / 1000 : 0;
}

static const char *media_of_size(struct br_number xfeed, struct br_number feed, int32_t unit)
{
	int64_t width = hundredths_of_mm(xfeed, unit), length = hundredths_of_mm(feed, unit);

	return width && length ? br_media_by_size(width, length) : NULL; /* or fed sideways */
}

/* The trays of a printer mostly say the same: what was asked last is not looked up again. */
struct last_media {
	br_text_at sent;
	const char *name;
};

static br_text_at media_of(struct br_scratch *scratch, size_t i, struct last_media *last)
{
	br_text_at sent = scratch->reading->trays[i].media_name;
	int32_t unit = scratch->dims[i].dim_unit;
	const char *name;

	if (sent != last->sent)
		*last = (struct last_media){
			sent, br_media_name(br_view(br_text(scratch->reading, sent)))};
	name = last->name;
	if (!name)
		name = media_of_size(scratch->dims[i].chosen_xfeed,
				     scratch->dims[i].chosen_feed, unit);
	if (!name)
		name = media_of_size(scratch->dims[i].xfeed, scratch->dims[i].feed, unit);
	return name ? br_reading_put(scratch->reading, name) : 0;
}

/* PrtSubUnitStatusTC: availability in the low bits, then these. */
enum {
	SUB_UNAVAILABLE = 1,
	SUB_BROKEN = 3,
	SUB_AVAILABILITY = 7,
	SUB_NON_CRITICAL = 8,
	SUB_CRITICAL = 16,
	SUB_OFFLINE = 32,
	SUB_TRANSITIONING = 64
};

static enum br_tray_state state_of_status(struct br_number status, enum br_tray_state low)
{
	if (!status.known || status.value < 0)
		return BR_TRAY_UNKNOWN;
	if (status.value & SUB_CRITICAL || (status.value & SUB_AVAILABILITY) == SUB_BROKEN)
		return BR_TRAY_PROBLEM;
	if (status.value & SUB_OFFLINE && !(status.value & SUB_TRANSITIONING))
		return BR_TRAY_PROBLEM;
	if (status.value & SUB_NON_CRITICAL)
		return low;
	return (status.value & SUB_AVAILABILITY) == 5 ? BR_TRAY_UNKNOWN : BR_TRAY_OK;
}

static void finish_tray(struct br_tray *tray, enum br_tray_state low,
			enum br_tray_state at_zero)
{
	struct br_level level = br_level_of(tray->level, tray->capacity, false);
	bool zero = tray->level.known && tray->level.value == 0;

	tray->kind = level.kind;
	tray->percent = level.percent;
	tray->state = state_of_status(tray->status, low);
	if (zero && level.kind == BR_LEVEL_MEASURED)
		tray->state = at_zero;
	else if (tray->state == BR_TRAY_UNKNOWN && level.kind == BR_LEVEL_MEASURED)
		tray->state = BR_TRAY_OK;
}

/* A manual feeder holds nothing until somebody stands there: empty is how it should be. */
static bool is_manual(const struct br_tray *tray)
{
	return tray->type == INPUT_MANUAL ||
	       (tray->capacity.known && tray->capacity.value == 1);
}

void br_finish_trays(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;
	struct last_media last = {0, NULL};

	for (size_t i = 0; i < reading->n_trays; i++) {
		bool manual = is_manual(&reading->trays[i]);

		finish_tray(&reading->trays[i], manual ? BR_TRAY_OK : BR_TRAY_LOW,
			    manual ? BR_TRAY_OK : BR_TRAY_EMPTY);
		reading->trays[i].media = media_of(scratch, i, &last);
	}
	for (size_t i = 0; i < reading->n_outputs; i++)
		finish_tray(&reading->outputs[i], BR_TRAY_LOW, BR_TRAY_FULL);
}
