/*
 * fuse.c - one verdict on each supply from all who know something of it.
 *
 * Witnesses, in the order in which they are heard: the level; the maker's records (already in
 * the state); alert rows; the panel; the error bits. A later witness can only make a verdict
 * worse, and what it said is noted. A witness that does not say which supply it means decides
 * only where one supply alone can be meant; else what it said is kept as hearsay.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/hearsay.h"
#include "decode/scratch.h"
#include "model/names.h"
#include "model/severity.h"
#include "model/tray_alert.h"

#include <stdio.h>
#include <string.h>

enum { GROUP_INPUT = 8, GROUP_OUTPUT = 9, GROUP_SUPPLIES = 11 };

/* What an alert code says of a supply. */
/* clang-format off */
static const struct row {
	int32_t code;
	enum br_supply_state state;
	enum br_part part;
} codes[] = {
	{9, BR_SUPPLY_MISSING, BR_PART_ANY},          /* subunitMissing */
	{10, BR_SUPPLY_LOW, BR_PART_ANY},             /* subunitLifeAlmostOver */
	{11, BR_SUPPLY_EMPTY, BR_PART_ANY},           /* subunitLifeOver */
	{12, BR_SUPPLY_LOW, BR_PART_ANY},             /* subunitAlmostEmpty */
	{13, BR_SUPPLY_EMPTY, BR_PART_ANY},           /* subunitEmpty */
	{14, BR_SUPPLY_LOW, BR_PART_WASTE},           /* subunitAlmostFull */
	{15, BR_SUPPLY_EMPTY, BR_PART_WASTE},         /* subunitFull */
	{16, BR_SUPPLY_LOW, BR_PART_ANY},             /* subunitNearLimit */
	{17, BR_SUPPLY_EMPTY, BR_PART_ANY},           /* subunitAtLimit */
	{1101, BR_SUPPLY_EMPTY, BR_PART_PRINTING},    /* markerTonerEmpty */
	{1102, BR_SUPPLY_EMPTY, BR_PART_PRINTING},    /* markerInkEmpty */
	{1103, BR_SUPPLY_EMPTY, BR_PART_PRINTING},    /* markerPrintRibbonEmpty */
	{1104, BR_SUPPLY_LOW, BR_PART_PRINTING},      /* markerTonerAlmostEmpty */
	{1105, BR_SUPPLY_LOW, BR_PART_PRINTING},      /* markerInkAlmostEmpty */
	{1106, BR_SUPPLY_LOW, BR_PART_PRINTING},      /* markerPrintRibbonAlmostEmpty */
	{1107, BR_SUPPLY_LOW, BR_PART_WASTE},         /* markerWasteTonerReceptacleAlmostFull */
	{1108, BR_SUPPLY_LOW, BR_PART_WASTE},         /* markerWasteInkReceptacleAlmostFull */
	{1109, BR_SUPPLY_EMPTY, BR_PART_WASTE},       /* markerWasteTonerReceptacleFull */
	{1110, BR_SUPPLY_EMPTY, BR_PART_WASTE},       /* markerWasteInkReceptacleFull */
	{1111, BR_SUPPLY_LOW, BR_PART_DRUM},          /* markerOpcLifeAlmostOver */
	{1112, BR_SUPPLY_EMPTY, BR_PART_DRUM},        /* markerOpcLifeOver */
	{1113, BR_SUPPLY_LOW, BR_PART_DEVELOPER},     /* markerDeveloperAlmostEmpty */
	{1114, BR_SUPPLY_EMPTY, BR_PART_DEVELOPER},   /* markerDeveloperEmpty */
	{1115, BR_SUPPLY_MISSING, BR_PART_PRINTING},  /* markerTonerCartridgeMissing */
};
/* clang-format on */

static enum br_supply_state state_of_level(const struct br_supply *supply)
{
	if (supply->kind == BR_LEVEL_MEASURED)
		return supply->percent == 0                ? BR_SUPPLY_EMPTY
		       : supply->percent <= BR_LOW_PERCENT ? BR_SUPPLY_LOW
							   : BR_SUPPLY_OK;
	return supply->kind == BR_LEVEL_UNKNOWN ? BR_SUPPLY_UNKNOWN : BR_SUPPLY_OK;
}

static void from_level(struct br_supply *supply)
{
	enum br_supply_state state = state_of_level(supply);

	if (supply->state != BR_SUPPLY_UNKNOWN)
		return; /* the maker's rows knew better */
	supply->state = state;
	supply->witness = 0;
}

/* A level below -3 that no maker's row explains. */
static void note_odd_level(struct br_reading *reading, const struct br_supply *supply)
{
	if (supply->level.known && supply->level.value < -3 &&
	    supply->kind == BR_LEVEL_UNKNOWN && supply->state == BR_SUPPLY_UNKNOWN)
		br_reading_note(reading, "%s: level %lld has no meaning in the standard",
				supply->id, (long long)supply->level.value);
}

static struct br_supply *supply_at(struct br_reading *reading, int32_t index)
{
	for (size_t i = 0; i < reading->n_supplies && index > 0; i++)
		if (reading->supplies[i].index == index)
			return &reading->supplies[i];
	return NULL;
}

/* Of the supply at the alert's own row, if it can be that one. */
static void hear_at(struct br_hearing *hearing, const struct br_alert *alert,
		    const struct br_claim *claim)
{
	struct br_supply *named = NULL;

	if (alert->group == GROUP_SUPPLIES)
		named = supply_at(hearing->reading, alert->group_index);
	if (named && br_part_fits(named, claim->part))
		br_worsen(hearing->reading, named, claim);
	else
		br_hear(hearing, *claim);
}

/* Each of the colours, if several are named. */
static void hear_each(struct br_hearing *hearing, const struct br_alert *alert,
		      const struct br_claims *said, struct br_claim claim)
{
	if (said->n_colorants == 0)
		hear_at(hearing, alert, &claim);
	for (size_t i = 0; i < said->n_colorants; i++) {
		claim.colorant = said->colorants[i];
		hear_at(hearing, alert, &claim);
	}
}

/* What a text claims: a line of the panel, or of an alert whose code says nothing. */
static void from_text(struct br_hearing *hearing, const struct br_alert *alert,
		      const struct br_claims *said, const char *source, const char *text)
{
	char raw[160], witness[160];

	snprintf(raw, sizeof raw, "%s: %s", source, text);
	br_text_clean(witness, sizeof witness, br_view(raw)); /* it may be cut in a character */
	for (size_t i = 0; i < said->n; i++)
		hear_each(hearing, alert, said,
			  (struct br_claim){said->list[i].state, said->list[i].part, NULL,
					    witness});
}

static void from_code(struct br_hearing *hearing, struct br_alert *alert, const struct row *row)
{
	const char *text = br_text(hearing->reading, alert->description),
		   *name = br_name_alert_code(alert->code);
	struct br_claim claim = {.state = row->state, .part = row->part};
	struct br_claims said;
	char raw[160], witness[160];

	/* Codes below 1000 are of any subunit: only an alert of the supplies group means a
	 * supply. */
	if (alert->code < 1000 && alert->group != GROUP_SUPPLIES)
		return;
	br_panel_claims(br_view(text), &said);
	if (claim.part == BR_PART_ANY && said.n == 1)
		claim.part = said.list[0].part;
	snprintf(raw, sizeof raw, "alert %s", name ? name : text);
	br_text_clean(witness, sizeof witness, br_view(raw));
	claim.witness = witness;
	alert->of_supply = true;
	hear_each(hearing, alert, &said, claim);
}

static void from_alert(struct br_hearing *hearing, struct br_alert *alert)
{
	const char *text = br_text(hearing->reading, alert->description);
	struct br_claims said;

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i].code == alert->code) {
			from_code(hearing, alert, &codes[i]);
			return;
		}
	/* other, unknown, none, or one of the maker's own */
	if (alert->code > 2 && br_name_alert_code(alert->code))
		return;
	br_panel_claims(br_view(text), &said);
	alert->of_supply = said.n > 0;
	from_text(hearing, alert, &said, "alert", text);
}

/*
 * A line of the panel may name a job ("Toner low report.docx"): while there is one, only a line
 * that says nothing else is heard.
 */
static bool panel_claims(const struct br_reading *reading, const char *text,
			 struct br_claims *said)
{
	enum br_state state = reading->status.state;
	bool busy = state == BR_STATE_PRINTING || state == BR_STATE_WARMUP;

	br_panel_claims(br_view(text), said);
	return said->n > 0 && (said->plain || !busy);
}

/* "REPLACE BLACK" / "CARTRIDGE": two lines that together say one thing, and nothing else. */
static void from_two_lines(struct br_hearing *hearing, const char *line, const char *next)
{
	static const struct br_alert no_alert;
	struct br_claims said;
	char both[160];

	snprintf(both, sizeof both, "%s %s", line, next);
	if (panel_claims(hearing->reading, both, &said) && said.plain)
		from_text(hearing, &no_alert, &said, "panel", both);
}

static void from_panel(struct br_hearing *hearing)
{
	static const struct br_alert no_alert;
	const struct br_reading *reading = hearing->reading;
	const char *before = NULL; /* a line that by itself says nothing */

	for (size_t i = 0; i < reading->status.n_console; i++) {
		const char *line = br_text(reading, reading->status.console[i]);
		struct br_claims said;

		if (panel_claims(reading, line, &said)) {
			from_text(hearing, &no_alert, &said, "panel", line);
			before = NULL;
			continue;
		}
		if (before)
			from_two_lines(hearing, before, line);
		before = line;
	}
}

static void from_error_bits(struct br_hearing *hearing)
{
	static const struct {
		enum br_error_bit bit;
		enum br_supply_state state;
		const char *witness;
	} bits[] = {
		{BR_ERR_NO_TONER, BR_SUPPLY_EMPTY, "error bit no-toner"},
		{BR_ERR_LOW_TONER, BR_SUPPLY_LOW, "error bit low-toner"},
		{BR_ERR_MARKER_SUPPLY_MISSING, BR_SUPPLY_MISSING,
		 "error bit marker-supply-missing"},
	};

	for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
		if (hearing->reading->status.errors & 1u << bits[i].bit)
			br_hear(hearing, (struct br_claim){bits[i].state, BR_PART_PRINTING,
							   NULL, bits[i].witness});
}

/* Trays: an alert of the input or output group at a tray's index. */
static void tray_from_alert(struct br_reading *reading, const struct br_alert *alert)
{
	bool output;
	enum br_tray_state state = br_alert_tray(alert, &output);
	struct br_tray *trays = output ? reading->outputs : reading->trays;
	size_t n = output ? reading->n_outputs : reading->n_trays;

	if (state == BR_TRAY_UNKNOWN || alert->group != (output ? GROUP_OUTPUT : GROUP_INPUT))
		return;
	for (size_t i = 0; i < n; i++)
		if (trays[i].index == alert->group_index && trays[i].state != BR_TRAY_EMPTY &&
		    trays[i].state != BR_TRAY_FULL)
			trays[i].state = state;
}

/* What a supply's state is called among the reasons, by what it is; the last row is for all
 * others. */
static const struct reason {
	const char *id; /* how the id begins */
	enum br_part part;
	const char *low, *empty;
} reasons[] = {
	{"waste-", BR_PART_WASTE, "marker-waste-almost-full", "marker-waste-full"},
	{"toner", BR_PART_PRINTING, "toner-low", "toner-empty"},
	{"drum", BR_PART_DRUM, "opc-near-eol", "opc-life-over"},
	{"developer", BR_PART_DEVELOPER, "developer-low", "developer-empty"},
	{"", BR_PART_ANY, "marker-supply-low", "marker-supply-empty"},
};

/* The state that all witnesses came to also counts for the printer as a whole. */
static void tell_status(struct br_reading *reading, enum br_supply_state state,
			const struct reason *reason)
{
	struct br_status_part *status = &reading->status;
	enum br_severity severity = BR_SEVERITY_WARNING;

	br_reading_reason(reading, state == BR_SUPPLY_LOW     ? reason->low
				   : state == BR_SUPPLY_EMPTY ? reason->empty
							      : "marker-supply-missing");
	/* One that is used up stops the printer, unless the printer says that it goes on. */
	if (state != BR_SUPPLY_LOW && !br_device_works(reading) &&
	    status->device != BR_DEVICE_ABSENT)
		severity = BR_SEVERITY_CRITICAL;
	if (severity > status->severity)
		status->severity = severity;
}

static void tell_supply(struct br_reading *reading, const struct br_supply *supply)
{
	const struct reason *reason = reasons;

	if (br_badness(supply->state) == 0)
		return;
	while (reason->id[0] && strncmp(supply->id, reason->id, strlen(reason->id)) != 0)
		reason++;
	tell_status(reading, supply->state, reason);
}

static bool has_toner(const struct br_reading *reading)
{
	for (size_t i = 0; i < reading->n_supplies; i++)
		if (strncmp(reading->supplies[i].id, "toner", 5) == 0)
			return true;
	return reading->n_supplies == 0; /* the words for ink and for toner differ little */
}

static void tell_hearsay(const struct br_hearing *hearing, size_t i)
{
	const struct reason *reason = reasons;
	enum br_part part = hearing->parts[i];

	if (part == BR_PART_PRINTING && !has_toner(hearing->reading))
		part = BR_PART_ANY;
	while (reason->id[0] && reason->part != part)
		reason++;
	tell_status(hearing->reading, hearing->reading->hearsay[i].state, reason);
}

static void ask_witnesses(struct br_hearing *hearing)
{
	struct br_reading *reading = hearing->reading;

	for (size_t i = 0; i < reading->n_alerts; i++) {
		from_alert(hearing, &reading->alerts[i]);
		tray_from_alert(reading, &reading->alerts[i]);
	}
	from_panel(hearing);
	from_error_bits(hearing);
	br_settle_hearsay(hearing);
}

void br_fuse(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;
	struct br_hearing hearing = {.reading = reading};

	for (size_t i = 0; i < reading->n_supplies; i++) {
		from_level(&reading->supplies[i]);
		note_odd_level(reading, &reading->supplies[i]);
	}
	ask_witnesses(&hearing);
	for (size_t i = 0; i < reading->n_supplies; i++)
		tell_supply(reading, &reading->supplies[i]);
	for (size_t i = 0; i < reading->n_hearsay; i++)
		tell_hearsay(&hearing, i);
}
