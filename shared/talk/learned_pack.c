/*
 * learned_pack.c - puts what can change into as few questions as it fits.
 *
 * The standard's values and a maker's levels and totals have to be asked; the alert table goes
 * with the last question that still has room for its rows and one more, which shows its end.
 * What is left of that room is for a maker's other counters. Where there is none they wait for
 * the next full reading.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/learned_inside.h"

enum {
	QUESTIONS = BR_LEARNED_ASKS - 1, /* with names; more is no status reading */
	ENVELOPE = 64,                   /* octets of a question around its names */
	ENVELOPE_V3 = 190,
	AROUND_NAME = 6,   /* headers and the NULL */
	ALERT_NAME = 20,   /* of an alert column with its index, in a question */
	TABLE_END = 40,    /* in a reply: the first answer from behind the alert table */
	LAST = 20,         /* the same, where every octet counts */
	ALERT_ROW = 240,   /* of which none has been seen */
	AROUND_REPLY = 29, /* and its community */
	STANDS_ALL = 1400, /* octets of a reply, of a printer without trouble */
};

struct packing {
	const struct br_tolerance *tolerance;
	unsigned names, reply, request, took; /* of the question that is filled */
	unsigned most_request, most_reply;    /* that a frame holds */
	unsigned questions, alerts, row;      /* octets of the alerts there are, and of one */
	unsigned n_alerts;
	bool tight; /* the alerts have room if nothing grows */
	uint8_t alert_question, alert_room, sizes[BR_LEARNED_ASKS];
};

static bool fits(const struct packing *packing, unsigned names, unsigned reply,
		 unsigned request)
{
	return packing->names + names <= packing->tolerance->max_names &&
	       packing->reply + reply <= packing->tolerance->reply_octets &&
	       packing->request + request <= packing->most_request;
}

static void begin(struct packing *packing)
{
	packing->names = packing->reply = packing->request = packing->took = 0;
	packing->questions++;
}

static void count(struct packing *packing, unsigned reply, unsigned request)
{
	packing->names++;
	packing->reply += reply;
	packing->request += request;
	if (packing->questions <= BR_LEARNED_ASKS)
		packing->sizes[packing->questions - 1]++;
}

static void put(struct packing *packing, struct br_pick *pick)
{
	unsigned request = pick->name_len + AROUND_NAME;

	if (packing->questions == 0 ||
	    (packing->names && !fits(packing, 1, pick->octets, request))) {
		begin(packing);
		pick->flags |= BR_ENTRY_BEGINS;
	}
	count(packing, pick->octets, request);
	packing->took += pick->took;
}

/* What was answered fits in one frame as it is. Where it grows the reply is cut behind all of
 * the names, and the rest of the alerts is a question: no more than without trying. (One that
 * says tooBig instead is asked in parts.) */
static bool fits_tightly(const struct packing *packing)
{
	const struct br_tolerance *tolerance = packing->tolerance;

	return !tolerance->no_bulk && tolerance->reply_octets >= STANDS_ALL &&
	       packing->n_alerts < tolerance->max_repetitions &&
	       fits(packing, BR_ALERT_COLUMNS, 0, BR_ALERT_COLUMNS * ALERT_NAME) &&
	       packing->took + packing->alerts + LAST <= packing->most_reply;
}

/* Room for the alert table in the question that was filled last; else in a further one. */
static void put_alerts(struct packing *packing)
{
	unsigned least = packing->alerts + TABLE_END;

	if (packing->tolerance->no_bulk)
		least = packing->row;
	/* Where they overflow in any case, a row now is one less later. */
	if (least > packing->tolerance->reply_octets)
		least = packing->row + TABLE_END;
	packing->alert_question = (uint8_t)(packing->questions - 1);
	packing->tight = !fits(packing, BR_ALERT_COLUMNS, least, BR_ALERT_COLUMNS * ALERT_NAME);
	if (packing->tight && !fits_tightly(packing)) {
		packing->tight = false;
		begin(packing);
		packing->alert_question = BR_ALERTS_ALONE;
	}
	packing->names += BR_ALERT_COLUMNS;
	packing->request += BR_ALERT_COLUMNS * ALERT_NAME;
}

/* True if there is room for it beside the alerts, and one that may come. */
static bool put_filler(struct packing *packing, struct br_pick *pick)
{
	unsigned request = pick->name_len + AROUND_NAME;

	if (!fits(packing, 1, pick->octets + packing->alerts + packing->row + TABLE_END,
		  request))
		return false;
	if (packing->alert_question == BR_ALERTS_ALONE) {
		packing->alert_question = (uint8_t)(packing->questions - 1);
		pick->flags |= BR_ENTRY_BEGINS;
	}
	count(packing, pick->octets, request);
	return true;
}

static void settle_room(struct packing *packing)
{
	unsigned left = packing->tolerance->reply_octets > packing->reply
				? packing->tolerance->reply_octets - packing->reply
				: 0;
	unsigned room = left > TABLE_END ? (left - TABLE_END) / packing->row + 1 : 1;

	if (packing->tight)
		room = packing->n_alerts + 1;
	packing->alert_room = (uint8_t)(room < UINT8_MAX ? room : UINT8_MAX);
}

/* Puts picks into questions; what has no room is left out of them. False: too many. */
static bool pack(struct packing *packing, struct br_picks *picks)
{
	unsigned i = 0, n;

	for (; i < picks->n && picks->list[i].tier < 2; i++)
		put(packing, &picks->list[i]);
	if (packing->questions == 0 || packing->questions > QUESTIONS)
		return false;
	if (picks->printer_mib)
		put_alerts(packing);
	else
		packing->alert_question = BR_ALERTS_NONE;
	for (n = i; i < picks->n; i++)
		if (put_filler(packing, &picks->list[i]))
			picks->list[n++] = picks->list[i];
	picks->n = n;
	settle_room(packing);
	return true;
}

static void write_u16(struct br_buf *out, unsigned value)
{
	const uint8_t octets[] = {(uint8_t)(value >> 8), (uint8_t)value};

	br_buf_add(out, octets, sizeof octets);
}

static void write_u32(struct br_buf *out, uint32_t value)
{
	write_u16(out, value >> 16);
	write_u16(out, value & 0xffff);
}

static void write_entries(struct br_buf *out, const struct br_picks *picks)
{
	const struct br_pick *before = NULL;

	for (unsigned i = 0; i < picks->n; i++) {
		const struct br_pick *pick = &picks->list[i];
		uint8_t shared = 0;

		while (before && !(pick->flags & BR_ENTRY_BEGINS) &&
		       shared + 1u < pick->name_len && shared < before->name_len &&
		       pick->name[shared] == before->name[shared])
			shared++;
		const uint8_t head[] = {pick->flags, shared,
					(uint8_t)(pick->name_len - shared)};
		br_buf_add(out, head, sizeof head);
		br_buf_add(out, pick->name + shared, pick->name_len - shared);
		if (pick->flags & (BR_ENTRY_EQUAL | BR_ENTRY_MOST))
			write_u32(out, pick->value);
		before = pick;
	}
}

static uint32_t uptime_of(const struct br_harvest *harvest)
{
	static const uint8_t name[] = {0x2b, 6, 1, 2, 1, 1, 3, 0};
	struct br_varbind varbind;
	int64_t ticks;

	return br_harvest_get(harvest, name, sizeof name, &varbind) &&
			       br_ber_number(&varbind.value, &ticks)
		       ? (uint32_t)ticks
		       : 0;
}

static void write_all(struct br_buf *out, const struct br_harvest *harvest,
		      const struct br_learned_known *known, const struct packing *packing,
		      const struct br_picks *picks)
{
	const uint8_t head[] = {'b',
				'L',
				BR_LEARNED_VERSION,
				known->flags,
				packing->tolerance->max_names,
				packing->tolerance->max_repetitions};
	const uint8_t counts[] = {
		(uint8_t)picks->n,
		(uint8_t)(known->n_alerts < UINT8_MAX ? known->n_alerts : UINT8_MAX),
		known->n_keys,
		known->n_parts,
		packing->alert_question,
		packing->alert_room};
	br_buf_add(out, head, sizeof head);
	write_u16(out, packing->tolerance->reply_octets);
	write_u32(out, uptime_of(harvest));
	br_buf_add(out, counts, sizeof counts);
	br_buf_add(out, packing->sizes, sizeof packing->sizes);
	br_buf_add(out, known->keys, known->n_keys * 4u);
	br_buf_add(out, known->parts, known->n_parts * 5u);
	write_entries(out, picks);
}

static bool is_whole(const struct br_conversation *talk, const struct br_harvest *harvest)
{
	return talk->done && talk->status == BR_OK && !talk->partial && !talk->backward &&
	       !talk->ask.backward && !talk->ask.endless && !harvest->truncated &&
	       harvest->len > 0 && talk->tolerance.reply_octets >= 64;
}

enum br_status br_learn(const struct br_conversation *talk, const struct br_harvest *harvest,
			struct br_buf *out)
{
	struct packing packing = {.tolerance = &talk->tolerance};
	struct br_learned_known known;
	struct br_picks picks;

	br_buf_reset(out);
	if (!is_whole(talk, harvest))
		return BR_E_ABSENT;
	br_learned_pick(talk, harvest, &picks, &known);
	packing.alerts = known.alert_octets;
	packing.n_alerts = known.n_alerts;
	packing.row = known.n_alerts ? packing.alerts / known.n_alerts + 1 : ALERT_ROW;
	packing.most_request =
		BR_REQUEST_MAX - (talk->session.version == BR_SNMP_V3
					  ? ENVELOPE_V3
					  : ENVELOPE + (unsigned)talk->session.community.len);
	packing.most_reply = packing.most_request;
	if (talk->session.version != BR_SNMP_V3)
		packing.most_reply += ENVELOPE - AROUND_REPLY;
	/* The uptime alone is nothing to look at. */
	if (picks.n < 2 || picks.too_many || packing.most_request > BR_REQUEST_MAX ||
	    !pack(&packing, &picks))
		return BR_E_ABSENT;
	br_known_finish(&known);
	known.flags |= (uint8_t)((talk->tolerance.no_bulk ? BR_LEARNED_NO_BULK : 0) |
				 (talk->session.version == BR_SNMP_V1 ? BR_LEARNED_V1 : 0));
	write_all(out, harvest, &known, &packing, &picks);
	if (out->status == BR_OK && out->len <= BR_LEARNED_MAX)
		return BR_OK;
	enum br_status status = out->status == BR_E_MEMORY ? BR_E_MEMORY : BR_E_ABSENT;
	br_buf_reset(out);
	return status;
}
