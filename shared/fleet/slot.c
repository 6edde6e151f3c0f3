/*
 * slot.c - a conversation, or a glance, behind one face.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	HARVEST_KEPT = 16384
}; /* more than this is given back after the printer that needed it */

struct br_slot *br_slot_open(struct br_fleet *fleet)
{
	struct br_slot *slot;

	if (!br_heap_reserve(&fleet->timers, fleet->n_slots + 1))
		return NULL;
	slot = malloc(sizeof *slot);
	if (!slot)
		return NULL;
	memset(slot, 0, offsetof(struct br_slot, talk));
	br_ring_init(&slot->wait);
	br_ring_init(&slot->behind);
	br_harvest_init(&slot->harvest, BR_HARVEST_CEILING);
	fleet->n_slots++;
	return slot;
}

void br_slot_close(struct br_slot *slot)
{
	br_harvest_clear(&slot->harvest);
	free(slot);
}

size_t br_slot_memory(const struct br_slot *slot)
{
	return sizeof *slot + slot->harvest.cap;
}

/* Nobody who has not the secret can tell the next from those before. */
static int32_t draw(struct br_fleet *fleet)
{
	fleet->drawn++;
	return (int32_t)(br_siphash(&fleet->secret, &fleet->drawn, sizeof fleet->drawn) &
			 INT32_MAX);
}

static struct br_view learned_of(const struct br_fleet_printer *printer)
{
	return (struct br_view){(const char *)printer->learned, printer->learned_len};
}

/* A few lost datagrams look like a weak printer. So what it was found to stand goes from one
 * full reading to the next only where a glance asked for that one, and is found out anew where
 * it was restarted or somebody wants it in full, which is about once a day. */
static bool is_tolerance_of_use(const struct br_slot *slot)
{
	return slot->printer->learned && slot->stale_because &&
	       strcmp(slot->stale_because, "restarted") != 0;
}

static void start_talk(struct br_fleet *fleet, struct br_slot *slot)
{
	const struct br_fleet_printer *printer = slot->printer;

	struct br_conversation_options options = {
		.session = slot->session,
		.makers = fleet->options.makers,
		.attempts = printer->profile->retries + 1,
		.max_repetitions = printer->profile->max_repetitions,
		.seed = draw(fleet),
	};

	if (options.session.version == BR_SNMP_V2C && br_learned_v1_only(learned_of(printer)))
		options.session.version = BR_SNMP_V1;
	if (is_tolerance_of_use(slot))
		options.tolerance = br_learned_tolerance(learned_of(printer));
	br_conversation_init(&slot->talk, &options, &slot->harvest);
}

struct br_glance_options br_printer_before(const struct br_fleet_printer *printer)
{
	return (struct br_glance_options){
		.learned = learned_of(printer),
		.digest = printer->digest,
		.asked_ms = printer->glanced_ms,
		.uptime = printer->uptime,
		.alerts = printer->alerts,
		.counter_moves = printer->moves == BR_MOVES_BELIEVED,
		.attempts = printer->profile->retries + 1,
	};
}

static void start_glance(struct br_fleet *fleet, struct br_slot *slot)
{
	struct br_glance_options options = br_printer_before(slot->printer);

	options.session = slot->session;
	options.seed = draw(fleet);
	br_glance_init(&slot->glance, &options, &slot->harvest);
}

void br_slot_start(struct br_fleet *fleet, struct br_slot *slot, enum br_want want)
{
	struct br_fleet_printer *printer = slot->printer;

	slot->session = (struct br_session){.version = printer->profile->version,
					    .community = br_view(printer->profile->community)};
	if (printer->v3) {
		br_fleet_v3_begin(printer->v3);
		slot->session.v3 = &printer->v3->v3;
	}
	slot->flying = slot->resent = false;
	slot->attempt = 0;
	slot->network = BR_OK;
	slot->noted = 0;
	slot->error.text[0] = '\0';
	if (slot->harvest.cap > HARVEST_KEPT)
		br_harvest_clear(&slot->harvest);
	br_harvest_reset(&slot->harvest);
	slot->glancing = want == BR_WANT_STATUS && printer->learned;
	if (slot->glancing)
		start_glance(fleet, slot);
	else
		start_talk(fleet, slot);
}

bool br_slot_next(struct br_slot *slot, int64_t now_ms, uint8_t *room, const uint8_t **at,
		  size_t *len)
{
	if (slot->network != BR_OK)
		return false;
	if (slot->glancing)
		return br_glance_next(&slot->glance, now_ms, room, BR_REQUEST_MAX, at, len);
	return br_conversation_next(&slot->talk, now_ms, room, BR_REQUEST_MAX, at, len);
}

bool br_slot_hear(struct br_slot *slot, int64_t now_ms, uint8_t *data, size_t len)
{
	if (slot->glancing)
		return br_glance_hear(&slot->glance, now_ms, data, len);
	return br_conversation_hear(&slot->talk, now_ms, data, len);
}

void br_slot_silence(struct br_slot *slot)
{
	slot->silences++;
	if (slot->glancing)
		br_glance_silence(&slot->glance);
	else
		br_conversation_silence(&slot->talk);
}

void br_slot_stop(struct br_slot *slot)
{
	if (slot->glancing)
		br_glance_stop(&slot->glance);
	else
		br_conversation_stop(&slot->talk);
}

/* Something of use came: what ICMP says is then no reason to call it dead. */
bool br_slot_answered(const struct br_slot *slot)
{
	return slot->glancing ? slot->harvest.len > 0 : slot->talk.answered;
}

void br_slot_blame(struct br_slot *slot, int code)
{
	slot->network =
		br_fail(&slot->error, BR_E_NETWORK, "%s",
			code == ECONNREFUSED ? "refused: nothing listens there; is SNMP "
					       "switched on in the printer?"
					     : strerror(code));
}

enum br_status br_slot_status(const struct br_slot *slot)
{
	enum br_status status = slot->glancing ? slot->glance.status : slot->talk.status;

	/* Of a silence the socket may know more than the conversation. */
	if (slot->network != BR_OK && status == BR_E_TIMEOUT)
		return slot->network;
	return status;
}

const struct br_error *br_slot_error(const struct br_slot *slot)
{
	if (slot->error.text[0])
		return &slot->error;
	return slot->glancing ? &slot->glance.error : &slot->talk.error;
}
