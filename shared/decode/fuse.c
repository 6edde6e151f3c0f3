/*
 * fuse.c - one verdict on each supply from all who know something of it.
 *
 * Witnesses, in the order in which they are heard: the level; the maker's records (already in
 * the state); alert rows; the panel; the error bits. A later witness can only make a verdict
 * worse, and what it said is noted. A witness that does not say which supply it means decides
 * only where one supply alone can be meant.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scratch.h"
#include "model/names.h"

#include <string.h>

/* A measured level at or below this reads low by itself; docs/READING.md says so. */
#define LOW_PERCENT 10

enum { GROUP_SUPPLIES = 11 };

/* What an alert code says of a supply. */
enum kind_of { ANY, PRINTING, WASTE, OPC, DEVELOPER };

/* clang-format off */
static const struct {
	int32_t code;
	enum br_supply_state state;
	enum kind_of kind;
} codes[] = {
	{9, BR_SUPPLY_MISSING, ANY},        /* subunitMissing */
	{10, BR_SUPPLY_LOW, ANY},           /* subunitLifeAlmostOver */
	{11, BR_SUPPLY_EMPTY, ANY},         /* subunitLifeOver */
	{12, BR_SUPPLY_LOW, ANY},           /* subunitAlmostEmpty */
	{13, BR_SUPPLY_EMPTY, ANY},         /* subunitEmpty */
	{14, BR_SUPPLY_LOW, WASTE},         /* subunitAlmostFull */
	{15, BR_SUPPLY_EMPTY, WASTE},       /* subunitFull */
	{16, BR_SUPPLY_LOW, ANY},           /* subunitNearLimit */
	{17, BR_SUPPLY_EMPTY, ANY},         /* subunitAtLimit */
	{1101, BR_SUPPLY_EMPTY, PRINTING},  /* markerTonerEmpty */
	{1102, BR_SUPPLY_EMPTY, PRINTING},  /* markerInkEmpty */
	{1103, BR_SUPPLY_EMPTY, PRINTING},  /* markerPrintRibbonEmpty */
	{1104, BR_SUPPLY_LOW, PRINTING},    /* markerTonerAlmostEmpty */
	{1105, BR_SUPPLY_LOW, PRINTING},    /* markerInkAlmostEmpty */
	{1106, BR_SUPPLY_LOW, PRINTING},    /* markerPrintRibbonAlmostEmpty */
	{1107, BR_SUPPLY_LOW, WASTE},       /* markerWasteTonerReceptacleAlmostFull */
	{1108, BR_SUPPLY_LOW, WASTE},       /* markerWasteInkReceptacleAlmostFull */
	{1109, BR_SUPPLY_EMPTY, WASTE},     /* markerWasteTonerReceptacleFull */
	{1110, BR_SUPPLY_EMPTY, WASTE},     /* markerWasteInkReceptacleFull */
	{1111, BR_SUPPLY_LOW, OPC},         /* markerOpcLifeAlmostOver */
	{1112, BR_SUPPLY_EMPTY, OPC},       /* markerOpcLifeOver */
	{1113, BR_SUPPLY_LOW, DEVELOPER},   /* markerDeveloperAlmostEmpty */
	{1114, BR_SUPPLY_EMPTY, DEVELOPER}, /* markerDeveloperEmpty */
	{1115, BR_SUPPLY_MISSING, PRINTING}, /* markerTonerCartridgeMissing */
};
/* clang-format on */

/* What panels write. Whole phrases; a colour may stand with them. */
/* clang-format off */
static const struct {
	const char *phrase;
	enum br_supply_state state;
	enum kind_of kind;
} phrases[] = {
	{"toner low", BR_SUPPLY_LOW, PRINTING},        {"low toner", BR_SUPPLY_LOW, PRINTING},
	{"toner is low", BR_SUPPLY_LOW, PRINTING},     {"cartridge low", BR_SUPPLY_LOW, PRINTING},
	{"ink low", BR_SUPPLY_LOW, PRINTING},          {"low ink", BR_SUPPLY_LOW, PRINTING},
	{"toner niedrig", BR_SUPPLY_LOW, PRINTING},    {"wenig toner", BR_SUPPLY_LOW, PRINTING},
	{"toner faible", BR_SUPPLY_LOW, PRINTING},     {"toner bajo", BR_SUPPLY_LOW, PRINTING},
	{"toner basso", BR_SUPPLY_LOW, PRINTING},      {"toner bijna op", BR_SUPPLY_LOW, PRINTING},
	{"toner empty", BR_SUPPLY_EMPTY, PRINTING},    {"toner ended", BR_SUPPLY_EMPTY, PRINTING},
	{"replace toner", BR_SUPPLY_EMPTY, PRINTING},  {"toner out", BR_SUPPLY_EMPTY, PRINTING},
	{"ink empty", BR_SUPPLY_EMPTY, PRINTING},      {"cannot detect ink", BR_SUPPLY_MISSING, PRINTING},
	{"toner leer", BR_SUPPLY_EMPTY, PRINTING},     {"toner ersetzen", BR_SUPPLY_EMPTY, PRINTING},
	{"remplacer toner", BR_SUPPLY_EMPTY, PRINTING}, {"no toner", BR_SUPPLY_MISSING, PRINTING},
	{"waste toner full", BR_SUPPLY_EMPTY, WASTE},  {"wt box full", BR_SUPPLY_EMPTY, WASTE},
	{"wt box end soon", BR_SUPPLY_LOW, WASTE},     {"drum end soon", BR_SUPPLY_LOW, OPC},
	{"replace drum", BR_SUPPLY_EMPTY, OPC},        {"drum stop", BR_SUPPLY_EMPTY, OPC},
};
/* clang-format on */

/* clang-format off */
static const struct {
	const char *word; /* as part of a panel's text */
	const char *colorant;
} colors[] = {
	{"black", "black"}, {"(bk)", "black"}, {"(k)", "black"}, {" bk", "black"},
	{"cyan", "cyan"},   {"(c)", "cyan"},
	{"magenta", "magenta"}, {"(m)", "magenta"},
	{"yellow", "yellow"}, {"(y)", "yellow"},
	{"schwarz", "black"}, {"gelb", "yellow"}, {"noir", "black"}, {"jaune", "yellow"},
};
/* clang-format on */

static bool fits(const struct br_supply *supply, enum kind_of kind)
{
	switch (kind) {
	case ANY:
		return true;
	case PRINTING:
		return br_supply_type_is_colorant(supply->type) &&
		       supply->role != BR_ROLE_FILLED;
	case WASTE:
		return supply->role == BR_ROLE_FILLED;
	case OPC:
		return strncmp(supply->id, "drum", 4) == 0;
	case DEVELOPER:
		return strncmp(supply->id, "developer", 9) == 0;
	}
	return false;
}

static int badness(enum br_supply_state state)
{
	static const int of[] = {
		[BR_SUPPLY_UNKNOWN] = 0, [BR_SUPPLY_OK] = 0,      [BR_SUPPLY_LOW] = 1,
		[BR_SUPPLY_EMPTY] = 2,   [BR_SUPPLY_MISSING] = 3,
	};

	return of[state];
}

static void worsen(struct br_reading *reading, struct br_supply *supply,
		   enum br_supply_state state, const char *witness)
{
	if (badness(state) <= badness(supply->state))
		return;
	supply->state = state;
	br_reading_note(reading, "%s is %s: %s", supply->id, br_name_supply_state(state),
			witness);
}

static void from_level(struct br_supply *supply)
{
	if (supply->state != BR_SUPPLY_UNKNOWN)
		return; /* the maker's rows knew better */
	if (supply->kind == BR_LEVEL_MEASURED)
		supply->state = supply->percent == 0             ? BR_SUPPLY_EMPTY
				: supply->percent <= LOW_PERCENT ? BR_SUPPLY_LOW
								 : BR_SUPPLY_OK;
	else if (supply->kind == BR_LEVEL_SOME || supply->kind == BR_LEVEL_UNLIMITED)
		supply->state = BR_SUPPLY_OK;
}

/* A level below -3 that no maker's row explains. */
static void note_odd_level(struct br_reading *reading, const struct br_supply *supply)
{
	if (supply->level.known && supply->level.value < -3 &&
	    supply->kind == BR_LEVEL_UNKNOWN && supply->state == BR_SUPPLY_UNKNOWN)
		br_reading_note(reading, "%s: level %lld has no meaning in the standard",
				supply->id, (long long)supply->level.value);
}

static const char *colorant_in(struct br_view text)
{
	for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++)
		if (br_view_contains(text, colors[i].word))
			return colors[i].colorant;
	return NULL;
}

static bool has_colorant(const struct br_reading *reading, const struct br_supply *supply,
			 const char *colorant)
{
	const char *end = strrchr(supply->id, '-');

	return br_view_is_nocase(br_view(br_text(reading, supply->colorant)), colorant) ||
	       (end && strcmp(end + 1, colorant) == 0);
}

/*
 * Something is said of a supply that is not named. It holds if one supply alone fits, by kind
 * and colour; if one that fits is as bad already, it is that one. Otherwise each that might be
 * meant and has no level of its own is unknown: an "ok" would be invented.
 */
static void from_hearsay(struct br_reading *reading, enum br_supply_state state,
			 enum kind_of kind, const char *colorant, const char *witness)
{
	struct br_supply *only = NULL;
	size_t n = 0, n_blind = 0;
	bool in_doubt = false;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (!fits(supply, kind) ||
		    (colorant && !has_colorant(reading, supply, colorant)))
			continue;
		if (badness(supply->state) >= badness(state))
			return;
		/* A measured level in the middle is a better witness than hearsay of somebody.
		 */
		bool blind = supply->kind != BR_LEVEL_MEASURED;
		n++;
		n_blind += blind;
		if (n == 1 || (blind && n_blind == 1))
			only = supply;
	}
	if (n == 1 || n_blind == 1) {
		worsen(reading, only, state, witness);
		return;
	}
	for (size_t i = 0; i < reading->n_supplies; i++) {
		struct br_supply *supply = &reading->supplies[i];

		if (!fits(supply, kind) || supply->kind == BR_LEVEL_MEASURED ||
		    supply->state != BR_SUPPLY_OK ||
		    (colorant && !has_colorant(reading, supply, colorant)))
			continue;
		supply->state = BR_SUPPLY_UNKNOWN;
		in_doubt = true;
	}
	if (n > 0)
		br_reading_note(reading, "a supply is %s, and which is not said%s: %s",
				br_name_supply_state(state),
				in_doubt ? " (those without a level are unknown)" : "",
				witness);
}

static struct br_supply *supply_at(struct br_reading *reading, int32_t index)
{
	for (size_t i = 0; i < reading->n_supplies && index > 0; i++)
		if (reading->supplies[i].index == index)
			return &reading->supplies[i];
	return NULL;
}

static void from_alert(struct br_reading *reading, const struct br_alert *alert)
{
	const char *said = br_text(reading, alert->description),
		   *name = br_name_alert_code(alert->code);
	struct br_supply *named = NULL;
	char witness[160];

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		if (codes[i].code != alert->code)
			continue;
		/* Codes below 1000 are of any subunit: only an alert of the supplies group
		 * means a supply. */
		if (alert->code < 1000 && alert->group != GROUP_SUPPLIES)
			return;
		if (alert->group == GROUP_SUPPLIES)
			named = supply_at(reading, alert->group_index);
		br_text_copy(witness, sizeof witness, br_view("alert "));
		br_text_copy(witness + 6, sizeof witness - 6, br_view(name ? name : said));
		if (named && fits(named, codes[i].kind))
			worsen(reading, named, codes[i].state, witness);
		else
			from_hearsay(reading, codes[i].state, codes[i].kind,
				     colorant_in(br_view(said)), witness);
		return;
	}
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The phrase as whole words: "low toner" is not in "yellow toner", nor "no toner" in "mono
 * toner". */
static bool says(struct br_view text, const char *phrase)
{
	size_t len = strlen(phrase);

	for (size_t i = 0; i + len <= text.len; i++)
		if ((text.at[i] | 0x20) == phrase[0] && /* a small letter */
		    br_view_is_nocase((struct br_view){text.at + i, len}, phrase) &&
		    (i == 0 || !is_word_char(text.at[i - 1])) &&
		    (i + len == text.len || !is_word_char(text.at[i + len])))
			return true;
	return false;
}

static void from_panel(struct br_reading *reading, br_text_at at)
{
	struct br_view text = br_view(br_text(reading, at));
	char witness[160] = "panel: ";

	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		enum br_supply_state state = phrases[i].state;

		if (!says(text, phrases[i].phrase))
			continue;
		if (state == BR_SUPPLY_EMPTY &&
		    br_view_contains(text, "soon")) /* "replace toner soon" */
			state = BR_SUPPLY_LOW;
		br_text_copy(witness + 7, sizeof witness - 7, text);
		from_hearsay(reading, state, phrases[i].kind, colorant_in(text), witness);
		return;
	}
}

static void from_error_bits(struct br_reading *reading)
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
		if (reading->status.errors & 1u << bits[i].bit)
			from_hearsay(reading, bits[i].state, PRINTING, NULL, bits[i].witness);
}

/* Trays: an alert of the input or output group at a tray's index. */
static void tray_from_alert(struct br_reading *reading, const struct br_alert *alert)
{
	static const struct {
		int32_t code, group;
		enum br_tray_state state;
	} rows[] = {
		{801, 8, BR_TRAY_MISSING}, {807, 8, BR_TRAY_LOW}, {808, 8, BR_TRAY_EMPTY},
		{901, 9, BR_TRAY_MISSING}, {902, 9, BR_TRAY_LOW}, {903, 9, BR_TRAY_FULL},
		{9, 8, BR_TRAY_MISSING},   {12, 8, BR_TRAY_LOW},  {13, 8, BR_TRAY_EMPTY},
		{9, 9, BR_TRAY_MISSING},   {14, 9, BR_TRAY_LOW},  {15, 9, BR_TRAY_FULL},
		{18, 8, BR_TRAY_OPEN},     {3, 8, BR_TRAY_OPEN},
	};
	bool input = alert->group == 8;
	struct br_tray *trays = input ? reading->trays : reading->outputs;
	size_t n = input ? reading->n_trays : reading->n_outputs;

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
		for (size_t i = 0;
		     i < n && rows[r].code == alert->code && rows[r].group == alert->group; i++)
			if (trays[i].index == alert->group_index &&
			    trays[i].state != BR_TRAY_EMPTY && trays[i].state != BR_TRAY_FULL)
				trays[i].state = rows[r].state;
}

/* What a supply's state is called among the reasons, by what it is; the last row is for all
 * others. */
static const struct {
	const char *id; /* how the id begins */
	const char *low, *empty;
} reasons[] = {
	{"waste-", "marker-waste-almost-full", "marker-waste-full"},
	{"toner", "toner-low", "toner-empty"},
	{"drum", "opc-near-eol", "opc-life-over"},
	{"developer", "developer-low", "developer-empty"},
	{"", "marker-supply-low", "marker-supply-empty"},
};

/* The state that all witnesses came to also counts for the printer as a whole. */
static void tell_status(struct br_reading *reading, const struct br_supply *supply)
{
	struct br_status_part *status = &reading->status;
	bool works = status->device == BR_DEVICE_RUNNING || status->device == BR_DEVICE_WARNING;
	enum br_severity severity = BR_SEVERITY_WARNING;
	size_t i = 0;

	if (badness(supply->state) == 0)
		return;
	while (reasons[i].id[0] &&
	       strncmp(supply->id, reasons[i].id, strlen(reasons[i].id)) != 0)
		i++;
	br_reading_reason(reading, supply->state == BR_SUPPLY_LOW ? reasons[i].low
				   : supply->state == BR_SUPPLY_EMPTY
					   ? reasons[i].empty
					   : "marker-supply-missing");
	/* One that is used up stops the printer, unless the printer says that it goes on. */
	if (supply->state != BR_SUPPLY_LOW && !works && status->device != BR_DEVICE_ABSENT)
		severity = BR_SEVERITY_CRITICAL;
	if (severity > status->severity)
		status->severity = severity;
}

void br_fuse(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		from_level(&reading->supplies[i]);
		note_odd_level(reading, &reading->supplies[i]);
	}
	for (size_t i = 0; i < reading->n_alerts; i++) {
		from_alert(reading, &reading->alerts[i]);
		tray_from_alert(reading, &reading->alerts[i]);
	}
	for (size_t i = 0; i < reading->status.n_console; i++)
		from_panel(reading, reading->status.console[i]);
	from_error_bits(reading);
	for (size_t i = 0; i < reading->n_supplies; i++)
		tell_status(reading, &reading->supplies[i]);
}
