/*
 * flight.c - a conversation in flight: sent, waited for, heard.
 *
 * A slot's timer in the heap is moved when it must ring earlier than it would. If it rings too
 * early, since a question was answered and another one sent, it is set anew: so an answer in
 * time, which is what mostly happens, does not touch the heap.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/inside.h"

#include <errno.h>
#include <string.h>

enum { COMPOSED_AT_ONCE = 4096, PAUSE_MS = 200 /* after "nobody is there" */ };

static void set_timer(struct br_fleet *fleet, struct br_slot *slot, int64_t at)
{
	if (slot->timer.place == 0 || at < slot->timer.at)
		br_heap_set(&fleet->timers, &slot->timer, at);
}

static void wait_to_send(struct br_slot *slot)
{
	struct br_lane *lane = slot->printer->lane;

	slot->flying = false;
	if (!br_ring_empty(&slot->wait))
		return;
	br_ring_append(&lane->send, &slot->wait);
	br_pacer_settle(&slot->wing->pacer, lane);
}

void br_flight_ground(struct br_slot *slot)
{
	if (!br_ring_empty(&slot->wait)) {
		br_ring_remove(&slot->wait);
		br_pacer_settle(&slot->wing->pacer, slot->printer->lane);
	}
	if (slot->batched)
		br_port_forget(&slot->wing->port, slot);
	slot->batched = slot->flying = false;
}

void br_flight_begin(struct br_fleet *fleet, struct br_slot *slot, enum br_want want)
{
	br_slot_start(fleet, slot, want);
	set_timer(fleet, slot, slot->deadline_ms);
	wait_to_send(slot);
}

void br_flight_drop(struct br_fleet *fleet, struct br_slot *slot)
{
	struct br_ring *behind;

	br_flight_ground(slot);
	br_heap_remove(&fleet->timers, &slot->timer);
	br_table_remove(&slot->wing->table, &slot->seat);
	slot->wing->in_flight--;
	slot->printer->slot = NULL;
	slot->printer->state = BR_PRINTER_IDLE;
	while ((behind = br_ring_take(&slot->behind)))
		br_printer_line(fleet, BR_RING_OWNER(behind, struct br_fleet_printer, line),
				true);
	br_ring_prepend(&fleet->slots, &slot->wait); /* the last used is the warmest */
	fleet->starved = false;
	fleet->octets -= slot->counted;
	slot->counted = br_slot_memory(slot);
	fleet->octets += slot->counted;
}

static void sent(void *user, void *owner)
{
	struct br_wing *wing = user;
	struct br_fleet *fleet = wing->fleet;
	struct br_slot *slot = owner;
	const struct br_profile *profile = slot->printer->profile;
	const struct br_patience patience = {.timeout_ms = profile->timeout_ms,
					     .attempts = profile->retries + 1,
					     .own = &slot->printer->pulse,
					     .all = &fleet->pulse};

	slot->batched = false;
	slot->flying = true;
	slot->warned = slot->noted != 0;
	slot->questions++;
	fleet->health.questions++;
	if (slot->attempt == 0)
		slot->first_ms = fleet->now_ms;
	slot->until_ms =
		br_patience_until(&patience, slot->attempt, slot->first_ms, fleet->now_ms);
	set_timer(fleet, slot,
		  slot->until_ms < slot->deadline_ms ? slot->until_ms : slot->deadline_ms);
}

static void give_up(struct br_fleet *fleet, struct br_slot *slot, int code)
{
	br_slot_blame(slot, code);
	br_slot_stop(slot);
	br_flight_end(fleet, slot);
}

static void unsent(void *user, void *owner, int code)
{
	struct br_wing *wing = user;
	struct br_slot *slot = owner;

	slot->batched = false;
	give_up(wing->fleet, slot, code);
}

/*
 * "Nobody is there", says ICMP, and anybody on the way can say so; a printer that is starting
 * says it too. So it is tried again after a pause, and what is said of that as well is
 * believed. Until then it is what a silence is told with.
 */
static void doubt(struct br_fleet *fleet, struct br_slot *slot, int code)
{
	bool last = slot->attempt >= slot->printer->profile->retries;

	if (!slot->flying && slot->attempt == 0) /* about a question that was answered */
		return;
	slot->noted = code;
	if (!slot->flying)
		return;
	if (slot->warned || (last && code == ECONNREFUSED && !br_slot_answered(slot))) {
		give_up(fleet, slot, code);
	} else if (!last && slot->until_ms > fleet->now_ms + PAUSE_MS) {
		slot->until_ms = fleet->now_ms + PAUSE_MS;
		if (slot->until_ms < slot->deadline_ms)
			set_timer(fleet, slot, slot->until_ms);
	}
}

/* What was too large for the way goes once more, in pieces by now. */
static void refused(void *user, const union br_address *to, int code)
{
	struct br_wing *wing = user;
	struct br_seat *seat = br_table_find(&wing->table, to);
	struct br_slot *slot;

	if (!seat)
		return;
	slot = BR_RING_OWNER(seat, struct br_slot, seat);
	if (slot->questions == 0)
		return;
	wing->fleet->health.unreachable++;
	if (code == EMSGSIZE) {
		if (slot->flying && !slot->resent)
			wait_to_send(slot);
		slot->resent = true;
	} else {
		doubt(wing->fleet, slot, code);
	}
}

static void take_pulse(struct br_fleet *fleet, const struct br_slot *slot)
{
	int64_t took = fleet->now_ms - slot->first_ms;

	br_pulse_take(&slot->printer->pulse, took);
	if (slot->attempt == 0)
		br_pulse_take(&fleet->pulse, took);
}

static void came(void *user, const union br_address *from, uint8_t *data, size_t len)
{
	struct br_wing *wing = user;
	struct br_fleet *fleet = wing->fleet;
	struct br_seat *seat = br_table_find(&wing->table, from);
	struct br_slot *slot = seat ? BR_RING_OWNER(seat, struct br_slot, seat) : NULL;

	/* One whose next attempt waits for its turn hears a late answer too. */
	if (!slot || slot->questions == 0 || !br_slot_hear(slot, fleet->now_ms, data, len)) {
		fleet->health.strays++;
		return;
	}
	fleet->health.answers++;
	take_pulse(fleet, slot);
	slot->attempt = 0;
	slot->noted = 0;
	slot->resent = false;
	if (slot->batched) { /* again, and not gone yet */
		br_port_forget(&wing->port, slot);
		slot->batched = false;
	}
	wait_to_send(slot);
}

const struct br_port_ears br_flight_ears = {
	.came = came, .sent = sent, .unsent = unsent, .refused = refused};

static void fall_silent(struct br_fleet *fleet, struct br_slot *slot)
{
	fleet->health.silences++;
	br_slot_silence(slot);
	slot->resent = false;
	/* After the last attempt it is over, or it asks something else. */
	if (++slot->attempt > slot->printer->profile->retries)
		slot->attempt = 0;
	wait_to_send(slot);
}

static void expire(struct br_fleet *fleet, struct br_slot *slot)
{
	int64_t now = fleet->now_ms;

	if (slot->deadline_ms <= now) {
		br_slot_stop(slot);
		br_flight_end(fleet, slot);
		return;
	}
	if (slot->flying && slot->until_ms <= now)
		fall_silent(fleet, slot);
	if (slot->flying && slot->until_ms < slot->deadline_ms)
		br_heap_set(&fleet->timers, &slot->timer, slot->until_ms);
	else
		br_heap_set(&fleet->timers, &slot->timer, slot->deadline_ms);
}

void br_flight_expire(struct br_fleet *fleet)
{
	struct br_heap_node *first;

	while ((first = br_heap_first(&fleet->timers)) && first->at <= fleet->now_ms)
		expire(fleet, BR_RING_OWNER(first, struct br_slot, timer));
}

/* Nothing could come while the machine was suspended: that is no time that a printer took. */
void br_flight_put_off(struct br_fleet *fleet, int64_t by)
{
	br_heap_shift(&fleet->timers, by);
	for (size_t i = 0; i < fleet->timers.n; i++) {
		struct br_slot *slot =
			BR_RING_OWNER(fleet->timers.nodes[i], struct br_slot, timer);

		slot->started_ms += by;
		slot->deadline_ms += by;
		slot->first_ms += by;
		slot->until_ms += by;
	}
}

/* What a slot has to say goes into the batch, or it has nothing more to say. */
static void compose(struct br_wing *wing, struct br_lane *lane, uint8_t *room)
{
	struct br_slot *slot = BR_RING_OWNER(lane->send.next, struct br_slot, wait);
	struct br_fleet *fleet = wing->fleet;
	const uint8_t *at;
	size_t len;
	bool over;

	br_ring_remove(&slot->wait);
	over = !br_slot_next(slot, fleet->now_ms, room, &at, &len);
	if (!over) {
		br_port_put(&wing->port, at, len, &slot->seat.address, slot);
		slot->batched = true;
		br_pacer_spend(&wing->pacer, lane);
	}
	br_pacer_settle(&wing->pacer, lane);
	if (over)
		br_flight_end(fleet, slot);
}

/* Without memory for a slot the printer waits for one that becomes free; where there is none
 * at all, that is what its asking comes to. */
static struct br_slot *take_slot(struct br_fleet *fleet)
{
	struct br_ring *free_one = br_ring_take(&fleet->slots);

	return free_one ? BR_RING_OWNER(free_one, struct br_slot, wait) : br_slot_open(fleet);
}

static void fail_without_memory(struct br_fleet *fleet, struct br_fleet_printer *printer)
{
	const struct br_error error = {"out of memory"};
	const struct br_fleet_result result = {.printer = printer,
					       .user = printer->user,
					       .asked = printer->want,
					       .done = printer->want,
					       .status = BR_E_MEMORY,
					       .error = &error,
					       .started_ms = fleet->now_ms};

	printer->state = BR_PRINTER_IDLE;
	fleet->health.failed++;
	br_printer_tell(fleet, printer, &result);
}

static void launch(struct br_wing *wing, struct br_lane *lane)
{
	struct br_fleet *fleet = wing->fleet;
	struct br_fleet_printer *printer =
		BR_RING_OWNER(lane->line.next, struct br_fleet_printer, line);
	struct br_seat *seat = br_table_find(&wing->table, &printer->address);
	struct br_slot *slot = NULL;

	if (!seat) {
		slot = take_slot(fleet);
		fleet->starved = !slot && wing->in_flight;
		if (fleet->starved)
			return;
	}
	br_ring_remove(&printer->line);
	fleet->health.in_line--;
	br_pacer_settle(&wing->pacer, lane);
	if (seat) {
		printer->state = BR_PRINTER_BEHIND;
		br_ring_append(&BR_RING_OWNER(seat, struct br_slot, seat)->behind,
			       &printer->line);
		return;
	}
	if (!slot) {
		fail_without_memory(fleet, printer);
		return;
	}
	printer->state = BR_PRINTER_FLYING;
	printer->slot = slot;
	slot->printer = printer;
	slot->wing = wing;
	slot->stale_because = NULL;
	slot->relearned = false;
	slot->questions = slot->silences = 0;
	slot->started_ms = fleet->now_ms;
	slot->deadline_ms = fleet->now_ms + printer->profile->deadline_ms;
	br_table_put(&wing->table, &slot->seat, &printer->address);
	wing->in_flight++;
	br_flight_begin(fleet, slot, printer->want);
}

bool br_flight_may_launch(const struct br_wing *wing)
{
	return wing->in_flight < wing->window && !wing->fleet->starved &&
	       !br_ring_empty(&wing->pacer.starters);
}

/* Bounded, since whoever is told may ask again at once. */
void br_flight_pump(struct br_wing *wing)
{
	struct br_fleet *fleet = wing->fleet;

	if (wing->port.fd < 0)
		return;
	for (int n = 0; n < COMPOSED_AT_ONCE; n++) {
		/* Making room may end askings: lanes are looked at afterwards only. */
		uint8_t *room = br_port_room(&wing->port, fleet->now_ms);
		struct br_lane *lane = room ? br_pacer_sender(&wing->pacer) : NULL;

		if (lane)
			compose(wing, lane, room);
		else if (room && br_flight_may_launch(wing))
			launch(wing, br_pacer_starter(&wing->pacer));
		else
			break;
	}
	br_port_flush(&wing->port, fleet->now_ms);
}
