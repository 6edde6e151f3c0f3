/*
 * liar_compare.c - what a bent printer was read as, against what it honestly is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/liar.h"

#include "check.h"

#include <string.h>

static void number_is_true(const char *what, int32_t index, struct br_number honest,
			   struct br_number got)
{
	if (got.known && (!honest.known || honest.value != got.value))
		check_failed(__FILE__, __LINE__, "%s %d is %lld, which the printer never said",
			     what, (int)index, (long long)got.value);
}

/* Where a maker's row was lost, the standard one is told, with its own origin. */
static bool same_text(const struct br_reading *honest, br_text_at a,
		      const struct br_reading *got, br_text_at b)
{
	return strcmp(br_text(honest, a), br_text(got, b)) == 0;
}

/* The row of the same number and, where rows of a maker have none, of the same name. */
static const struct br_supply *supply_like(const struct br_reading *honest,
					   const struct br_supply *got)
{
	for (size_t i = 0; i < honest->n_supplies; i++)
		if (honest->supplies[i].index == got->index &&
		    (got->index || strcmp(honest->supplies[i].id, got->id) == 0))
			return &honest->supplies[i];
	return NULL;
}

static void supply_is_true(const struct br_reading *honest, const struct br_reading *reading,
			   const struct br_supply *got)
{
	const struct br_supply *like = supply_like(honest, got);

	if (!like) {
		/* A maker's record makes a supply of its own where the standard row was lost.
		 */
		if (got->index && strcmp(br_text(reading, got->origin), "printer-mib") == 0)
			check_failed(__FILE__, __LINE__, "supply %d (%s) is invented",
				     (int)got->index, got->id);
		return;
	}
	number_is_true("level of supply", got->index, like->level, got->level);
	number_is_true("capacity of supply", got->index, like->capacity, got->capacity);
	if (got->kind == BR_LEVEL_MEASURED &&
	    same_text(honest, like->origin, reading, got->origin) &&
	    (like->kind != BR_LEVEL_MEASURED || like->percent != got->percent))
		check_failed(__FILE__, __LINE__,
			     "supply %d (%s) is at %u %%, honestly at %u %% (kind %d)",
			     (int)got->index, got->id, got->percent, like->percent, like->kind);
}

static void trays_are_true(const char *what, const struct br_tray *honest, size_t n_honest,
			   const struct br_tray *got, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < n_honest && honest[k].index != got[i].index)
			k++;
		if (k == n_honest) {
			check_failed(__FILE__, __LINE__, "%s %d is invented", what,
				     (int)got[i].index);
			continue;
		}
		number_is_true(what, got[i].index, honest[k].level, got[i].level);
		if (got[i].kind == BR_LEVEL_MEASURED && (honest[k].kind != BR_LEVEL_MEASURED ||
							 honest[k].percent != got[i].percent))
			check_failed(__FILE__, __LINE__, "%s %d is at %u %%", what,
				     (int)got[i].index, got[i].percent);
	}
}

static void counters_are_true(const struct br_reading *honest, const struct br_reading *got)
{
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (same_text(honest, honest->counters[i].origin, got, got->counters[i].origin))
			number_is_true(br_counter_name((enum br_counter)i), 0,
				       honest->counters[i].value, got->counters[i].value);
	for (size_t i = 0; i < BR_COLORANT_COUNT; i++)
		number_is_true("coverage", (int32_t)i, honest->coverage[i].thousandths,
			       got->coverage[i].thousandths);
}

static void text_is_true(const char *what, const struct br_reading *honest, br_text_at a,
			 const struct br_reading *got, br_text_at b)
{
	if (b && strcmp(br_text(honest, a), br_text(got, b)) != 0)
		check_failed(__FILE__, __LINE__, "%s is \"%s\", honestly \"%s\"", what,
			     br_text(got, b), br_text(honest, a));
}

void liar_check_true(const struct br_reading *honest, const struct br_reading *got)
{
	for (size_t i = 0; i < got->n_supplies; i++)
		supply_is_true(honest, got, &got->supplies[i]);
	trays_are_true("tray", honest->trays, honest->n_trays, got->trays, got->n_trays);
	trays_are_true("output", honest->outputs, honest->n_outputs, got->outputs,
		       got->n_outputs);
	counters_are_true(honest, got);
	text_is_true("hostname", honest, honest->identity.hostname, got,
		     got->identity.hostname);
	CHECK((got->status.errors & ~honest->status.errors) == 0);
}

static void part_is_whole(const char *what, size_t got, size_t honest)
{
	if (got != honest)
		check_failed(__FILE__, __LINE__, "%zu %s, honestly %zu", got, what, honest);
}

void liar_check_whole(const struct br_reading *honest, const struct br_reading *got)
{
	liar_check_true(honest, got);
	part_is_whole("supplies", got->n_supplies, honest->n_supplies);
	part_is_whole("trays", got->n_trays, honest->n_trays);
	part_is_whole("outputs", got->n_outputs, honest->n_outputs);
	part_is_whole("covers", got->n_covers, honest->n_covers);
	part_is_whole("alerts", got->n_alerts, honest->n_alerts);
	part_is_whole("console lines", got->status.n_console, honest->status.n_console);
	part_is_whole("lights", got->status.n_lights, honest->status.n_lights);
	part_is_whole("languages", got->capabilities.n_languages,
		      honest->capabilities.n_languages);
	part_is_whole("care", got->n_care, honest->n_care);
	for (size_t i = 0; i < honest->n_supplies && i < got->n_supplies; i++) {
		CHECK_STR(got->supplies[i].id, honest->supplies[i].id);
		CHECK_INT(got->supplies[i].state, honest->supplies[i].state);
		CHECK_INT(got->supplies[i].percent, honest->supplies[i].percent);
		CHECK_INT(got->supplies[i].level.known, honest->supplies[i].level.known);
	}
	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (honest->counters[i].value.known && !got->counters[i].value.known)
			check_failed(__FILE__, __LINE__, "counter %s was missed",
				     br_counter_name((enum br_counter)i));
	CHECK_STR(br_text(got, got->identity.model), br_text(honest, honest->identity.model));
	CHECK_STR(br_text(got, got->identity.serial), br_text(honest, honest->identity.serial));
	CHECK_STR(br_text(got, got->identity.mac), br_text(honest, honest->identity.mac));
	CHECK_INT(got->status.state, honest->status.state);
	CHECK_INT(got->status.severity, honest->status.severity);
	CHECK_INT(got->capabilities.duplex, honest->capabilities.duplex);
	CHECK_INT(got->capabilities.color, honest->capabilities.color);
}

void liar_check_harvest(const struct liar *liar)
{
	struct br_ber all = br_harvest_all(&liar->harvest);
	struct br_varbind varbind;
	bool broken, exact;

	while (br_varbind_take(&all, &varbind, &broken)) {
		size_t at = br_recording_find(&liar->recording, varbind.name, varbind.name_len,
					      &exact);
		const struct br_recorded *row = exact ? &liar->recording.rows[at] : NULL;
		char dotted[BR_OID_TEXT_SIZE];

		if (br_varbind_is_absent(
			    &varbind)) /* a cursor stands there; it tells nothing */
			continue;
		if (row && row->tag == varbind.value.tag && row->len == varbind.value.len &&
		    (row->len == 0 || memcmp(liar->recording.values + row->at,
					     varbind.value.data, row->len) == 0))
			continue;
		br_oid_format(dotted, sizeof dotted, varbind.name, varbind.name_len);
		check_failed(__FILE__, __LINE__, "%s was gathered and never said", dotted);
	}
	CHECK(!broken || liar->harvest.len == 0);
}
