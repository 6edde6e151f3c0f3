/*
 * end.c - a conversation is over: asked once more in another way, or its result told.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/renew.h"
#include "fleet/inside.h"

#include <stdlib.h>
#include <string.h>

/* A status reading that is stale, or that somebody wants in full by now; an SNMPv3 engine that
 * is not the one that was known (another board, another printer at the address). */
static bool ask_again(struct br_fleet *fleet, struct br_slot *slot)
{
	struct br_fleet_printer *printer = slot->printer;
	struct br_fleet_v3 *v3 = printer->v3;

	if (slot->glancing && slot->glance.status == BR_OK &&
	    slot->glance.verdict == BR_GLANCE_STALE) {
		slot->stale_because = slot->glance.stale_because;
		br_flight_begin(fleet, slot, BR_WANT_FULL);
		return true;
	}
	if (slot->glancing && slot->glance.status == BR_OK && printer->want == BR_WANT_FULL) {
		br_flight_begin(fleet, slot, BR_WANT_FULL);
		return true;
	}
	if (v3 && !slot->relearned && br_slot_status(slot) == BR_E_AUTH &&
	    v3->v3.why == BR_V3_WHY_ENGINE) {
		slot->relearned = true;
		br_v3_forget(&v3->v3);
		br_flight_begin(fleet, slot, slot->glancing ? BR_WANT_STATUS : BR_WANT_FULL);
		return true;
	}
	return false;
}

static void keep_glance(const struct br_slot *slot)
{
	struct br_fleet_printer *printer = slot->printer;

	printer->digest = slot->glance.digest;
	printer->uptime = slot->glance.uptime;
	printer->alerts = slot->glance.rows;
	printer->glanced_ms = slot->first_ms;
	if (printer->moves < BR_MOVES_BELIEVED)
		printer->moves = 0;
}

/* Some count their own starts and sleeps as changes of the configuration: each status reading
 * would be a full one. */
static void count_moves(struct br_fleet_printer *printer, const struct br_slot *slot,
			struct br_view learned)
{
	const struct br_view before = {(const char *)printer->learned, printer->learned_len};

	if (!slot->stale_because || strcmp(slot->stale_because, "config-changes") != 0 ||
	    !br_learned_alike(before, learned))
		printer->moves = 0;
	else if (printer->moves < BR_MOVES_BELIEVED)
		printer->moves++;
}

static void keep_answers(struct br_fleet *fleet, struct br_fleet_printer *printer,
			 const struct br_harvest *harvest)
{
	if (!fleet->options.keep || !printer->learned)
		return;
	printer->answers = malloc(sizeof *printer->answers);
	if (!printer->answers)
		return;
	br_harvest_init(printer->answers, BR_HARVEST_CEILING);
	printer->answers->data = malloc(harvest->len);
	if (!printer->answers->data) {
		free(printer->answers);
		printer->answers = NULL;
		return;
	}
	memcpy(printer->answers->data, harvest->data, harvest->len);
	printer->answers->len = printer->answers->cap = harvest->len;
	fleet->octets += sizeof *printer->answers + harvest->len;
}

static bool uptime_of(const struct br_slot *slot, int64_t *ticks)
{
	static const uint8_t uptime[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};
	struct br_varbind varbind;

	return br_harvest_get(&slot->harvest, uptime, sizeof uptime, &varbind) &&
	       br_ber_number(&varbind.value, ticks);
}

/* So that a restart before the first glance is seen, too; and that glance is no SAME, since
 * what was told last is another reading. */
static void keep_uptime(struct br_fleet_printer *printer, const struct br_slot *slot)
{
	enum { NO_GLANCE = 1 }; /* a digest that none has, and not 0: "nothing is known" */
	int64_t ticks;

	if (!printer->learned || !uptime_of(slot, &ticks))
		return;
	printer->digest = NO_GLANCE;
	printer->uptime = (uint32_t)ticks;
	printer->glanced_ms = slot->started_ms;
}

/* Half a reading is no reason to forget a whole one, if its answers are still there (here, or
 * else with the host) and it was the same printer's, which was not started since. */
static bool still_holds(const struct br_fleet *fleet, const struct br_slot *slot)
{
	const struct br_fleet_printer *printer = slot->printer;
	const struct br_glance_options before = br_printer_before(printer);
	int64_t ticks;

	if (!slot->talk.partial || slot->stale_because || !printer->learned ||
	    (fleet->options.keep && !printer->answers))
		return false;
	return uptime_of(slot, &ticks) &&
	       !br_glance_restarted(&before, (uint32_t)ticks, slot->started_ms) &&
	       (!printer->answers || br_harvest_is_of_same(printer->answers, &slot->harvest));
}

/* Without memory for it the printer is read in full the next time, which is no failure. */
static void keep_full(struct br_fleet *fleet, const struct br_slot *slot)
{
	struct br_fleet_printer *printer = slot->printer;
	struct br_view learned = {NULL, 0};

	if (fleet->options.once)
		return;
	if (still_holds(fleet, slot)) {
		keep_uptime(printer, slot);
		return;
	}
	br_buf_reset(&fleet->learned);
	if (br_learn(&slot->talk, &slot->harvest, &fleet->learned) == BR_OK)
		learned = (struct br_view){fleet->learned.data, fleet->learned.len};
	count_moves(printer, slot, learned);
	if (br_printer_learn(fleet, printer, learned) == BR_OK)
		keep_answers(fleet, printer, &slot->harvest);
	printer->mib = slot->talk.mib;
	keep_uptime(printer, slot);
}

/* Of a silence ICMP may have said why, and SNMPv3 knows more: not there, or not for you. The
 * engine may be another by now: the next asking discovers it. */
static enum br_status judge_silence(struct br_slot *slot, enum br_status status)
{
	struct br_fleet_v3 *v3 = slot->printer->v3;

	if (status == BR_E_TIMEOUT && slot->noted) {
		br_slot_blame(slot, slot->noted);
		return slot->network;
	}
	if (!v3 || status != BR_E_TIMEOUT)
		return status;
	status = br_v3_silence(&v3->v3, &slot->error);
	if (!v3->v3.heard)
		br_v3_forget(&v3->v3);
	return status;
}

static void count(struct br_fleet *fleet, const struct br_fleet_result *result)
{
	if (result->status != BR_OK)
		fleet->health.failed++;
	else
		fleet->health.readings++;
	fleet->health.same += result->same;
}

void br_flight_end(struct br_fleet *fleet, struct br_slot *slot)
{
	struct br_fleet_printer *printer = slot->printer;
	struct br_fleet_result result = {0};
	enum br_status status;

	br_flight_ground(slot);
	if (ask_again(fleet, slot))
		return;
	status = judge_silence(slot, br_slot_status(slot));
	if (status == BR_OK && slot->glancing)
		keep_glance(slot);
	else if (status == BR_OK)
		keep_full(fleet, slot);
	else if (status == BR_E_TIMEOUT && !slot->glancing)
		br_printer_forget(fleet, printer); /* it may answer another version by now */
	br_flight_drop(fleet, slot);
	br_ring_remove(&slot->wait); /* not free before it is told */
	result = (struct br_fleet_result){
		.printer = printer,
		.user = printer->user,
		.asked = printer->want, /* maybe more than at its start */
		.done = slot->glancing ? BR_WANT_STATUS : BR_WANT_FULL,
		.status = status,
		.error = status == BR_OK ? NULL : br_slot_error(slot),
		.stale_because = slot->stale_because,
		.harvest = &slot->harvest,
		.talk = slot->glancing ? NULL : &slot->talk,
		.v3 = printer->v3 ? &printer->v3->v3 : NULL,
		.questions = slot->questions,
		.silences = slot->silences,
		.started_ms = slot->started_ms,
		.took_ms = fleet->now_ms - slot->started_ms,
	};
	if (slot->glancing) {
		result.same = status == BR_OK && slot->glance.verdict == BR_GLANCE_SAME;
		result.uptime = slot->glance.uptime;
	} else {
		result.learned =
			(struct br_view){(char *)printer->learned, printer->learned_len};
	}
	count(fleet, &result);
	br_printer_tell(fleet, printer, &result);
	br_ring_prepend(&fleet->slots, &slot->wait);
}
