/*
 * op.c - what of a reading the store keeps, copied into one block.
 *
 * Laid out twice by the same code: first without a block, which counts, then into it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/op.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 128, SAYS_NOTHING = 2, NO_LOCATION = -2 };

const char *const br_field_names[BR_FIELDS] = {
	"maker",    "model",   "serial", "mac",         "hostname",  "firmware",
	"location", "contact", "asset",  "description", "object_id", "uuid",
};

static br_text_at field_of(const struct br_identity *identity, size_t field)
{
	const br_text_at all[BR_FIELDS] = {
		identity->maker,       identity->model,     identity->serial,
		identity->mac,         identity->hostname,  identity->firmware,
		identity->location,    identity->contact,   identity->asset,
		identity->description, identity->object_id, identity->uuid,
	};

	return all[field];
}

/* Where the octets go; at NULL: they are only counted. */
struct block {
	char *at;
	size_t used;
};

static struct br_view lend(struct block *block, struct br_view view)
{
	struct br_view kept = {"", view.len};

	if (block->at && view.len) {
		memcpy(block->at + block->used, view.at, view.len);
		kept.at = block->at + block->used;
	}
	block->used += view.len;
	return kept;
}

static struct br_view lend_text(struct block *block, const char *text)
{
	return lend(block, br_view(text));
}

static void add_value(struct br_facts *facts, struct block *block, struct br_fact_value value)
{
	value.name = lend(block, value.name);
	if (facts->values)
		facts->values[facts->n_values] = value;
	facts->n_values++;
}

static void add_level(struct br_facts *facts, struct block *block, const char *name,
		      int64_t percent)
{
	if (*name && percent >= 0 && percent <= 100)
		add_value(facts, block,
			  (struct br_fact_value){BR_SERIES_LEVEL, br_view(name), percent});
}

static void add_values(struct br_facts *facts, struct block *block,
		       const struct br_reading *reading)
{
	char name[BR_ID_SIZE + 8];

	for (size_t i = 0; i < reading->n_supplies; i++)
		if (reading->supplies[i].kind == BR_LEVEL_MEASURED)
			add_level(facts, block, reading->supplies[i].id,
				  reading->supplies[i].percent);
	for (size_t i = 0; i < reading->n_trays; i++)
		if (reading->trays[i].kind == BR_LEVEL_MEASURED)
			add_level(facts, block, reading->trays[i].id,
				  reading->trays[i].percent);
	for (size_t i = 0; i < reading->n_care; i++) {
		if (!reading->care[i].percent.known)
			continue;
		snprintf(name, sizeof name, "care-%s", reading->care[i].part);
		add_level(facts, block, name, reading->care[i].percent.value);
	}
	for (int i = 0; i < BR_COUNTER_COUNT; i++)
		if (reading->counters[i].value.known)
			add_value(facts, block,
				  (struct br_fact_value){
					  BR_SERIES_COUNTER,
					  br_view(br_counter_name((enum br_counter)i)),
					  reading->counters[i].value.value});
}

/* FNV-1a; only to tell texts apart. */
static uint64_t hash(const char *text)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 0x100000001b3u;
	return sum;
}

/*
 * The same alert in a later reading has the same group, part, code and place; its row's index
 * changes (RFC 3805). Where the code says nothing (0: not sent, other, unknown) the text has to
 * tell, which else may change while the alert goes on.
 */
static void alert_key(const struct br_alert *alert, const char *text, char out[KEY_SIZE])
{
	int64_t location = alert->location.known ? alert->location.value : NO_LOCATION;
	int n = snprintf(out, KEY_SIZE, "%d/%d/%d/%" PRId64, alert->group, alert->group_index,
			 alert->code, location);

	if (alert->code <= SAYS_NOTHING)
		snprintf(out + n, KEY_SIZE - (size_t)n, "/%016" PRIx64, hash(text));
}

static void add_alerts(struct br_facts *facts, struct block *block,
		       const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_alerts; i++) {
		const struct br_alert *alert = &reading->alerts[i];
		const char *text = br_text(reading, alert->description);
		char key[KEY_SIZE];
		struct br_fact_alert fact = {
			.severity = alert->severity,
			.code = alert->code,
			.part = alert->group,
			.part_index = alert->group_index,
			.location = alert->location.known ? alert->location.value : NO_LOCATION,
		};

		alert_key(alert, text, key);
		fact.text = lend_text(block, text);
		fact.key = lend_text(block, key);
		if (facts->alerts)
			facts->alerts[facts->n_alerts] = fact;
		facts->n_alerts++;
	}
}

struct source {
	const char *profile;
	const struct br_reading *reading;
	const struct br_store_kept *kept;
};

static void lay_out(struct br_facts *facts, struct block *block, const struct source *source)
{
	const struct br_reading *reading = source->reading;
	struct br_printer_key key;

	br_printer_key(reading, &key);
	facts->n_values = facts->n_alerts = 0;
	facts->partial = reading->partial;
	facts->target = lend_text(block, reading->target);
	facts->profile = lend_text(block, source->profile);
	facts->serial_key = lend_text(block, key.serial);
	facts->mac_key = lend_text(block, key.mac);
	for (size_t i = 0; i < BR_FIELDS; i++)
		facts->field[i] =
			lend_text(block, br_text(reading, field_of(&reading->identity, i)));
	facts->has_kept = source->kept != NULL;
	if (source->kept) {
		facts->kept = *source->kept;
		facts->kept.harvest = lend(block, source->kept->harvest);
		facts->kept.learned = lend(block, source->kept->learned);
		facts->kept.engine = lend(block, source->kept->engine);
	}
	add_values(facts, block, reading);
	add_alerts(facts, block, reading);
}

static struct br_op *new_op(enum br_op_kind kind, size_t size)
{
	struct br_op *op = calloc(1, size);

	if (op) {
		op->kind = kind;
		op->size = size;
	}
	return op;
}

struct br_op *br_op_put(const char *profile, const struct br_reading *reading,
			const struct br_store_kept *kept)
{
	const struct source source = {profile ? profile : "", reading, kept};
	struct br_facts counted = {0};
	struct block block = {0};
	size_t head = sizeof(struct br_op) + sizeof(struct br_facts), values, alerts;
	struct br_op *op;

	lay_out(&counted, &block, &source);
	values = counted.n_values * sizeof *counted.values;
	alerts = counted.n_alerts * sizeof *counted.alerts;
	op = new_op(BR_OP_PUT, head + values + alerts + block.used);
	if (!op)
		return NULL;
	op->time = reading->time;
	if (reading->status.uptime.known && reading->status.uptime.value > 0 &&
	    reading->status.uptime.value <= UINT32_MAX)
		op->uptime = (uint32_t)reading->status.uptime.value;
	op->facts->values = (struct br_fact_value *)(void *)((char *)op + head);
	op->facts->alerts = (struct br_fact_alert *)(void *)((char *)op + head + values);
	block = (struct block){(char *)op + head + values + alerts, 0};
	lay_out(op->facts, &block, &source);
	return op;
}

struct br_op *br_op_missed(const char *target, const char *profile, enum br_status status,
			   const char *sentence)
{
	const size_t head = sizeof(struct br_op) + sizeof(struct br_facts);
	const char *said = sentence ? sentence : "";
	struct block block = {0};
	struct br_op *op = new_op(BR_OP_MISSED, head + strlen(target) + strlen(said) +
							(profile ? strlen(profile) : 0));

	if (!op)
		return NULL;
	block.at = (char *)op + head;
	op->facts->status = status;
	op->facts->target = lend_text(&block, target);
	op->facts->profile = lend_text(&block, profile ? profile : "");
	op->facts->sentence = lend_text(&block, said);
	return op;
}

struct br_op *br_op_names(const struct br_store_name *names, size_t n)
{
	size_t size = sizeof(struct br_op) + sizeof(struct br_facts);
	struct block block = {0};
	struct br_op *op;

	for (size_t i = 0; i < n; i++)
		size += sizeof *names + names[i].target.len + names[i].name.len;
	op = new_op(BR_OP_NAMES, size);
	if (!op)
		return NULL;
	op->facts->n_names = n;
	op->facts->names = (struct br_store_name *)(void *)(op->facts + 1);
	block.at = (char *)(op->facts->names + n);
	for (size_t i = 0; i < n; i++)
		op->facts->names[i] = (struct br_store_name){lend(&block, names[i].target),
							     lend(&block, names[i].name)};
	return op;
}

struct br_op *br_op_asked(const struct br_view *targets, size_t n)
{
	size_t size = sizeof(struct br_op) + sizeof(struct br_facts);
	struct block block = {0};
	struct br_op *op;

	for (size_t i = 0; i < n; i++)
		size += sizeof *targets + targets[i].len;
	op = new_op(BR_OP_ASKED, size);
	if (!op)
		return NULL;
	op->facts->n_asked = n;
	op->facts->asked = (struct br_view *)(void *)(op->facts + 1);
	block.at = (char *)(op->facts->asked + n);
	for (size_t i = 0; i < n; i++)
		op->facts->asked[i] = lend(&block, targets[i]);
	return op;
}

struct br_op *br_op_plain(enum br_op_kind kind, int64_t id)
{
	struct br_op *op = new_op(kind, sizeof *op);

	if (op)
		op->id = id;
	return op;
}
