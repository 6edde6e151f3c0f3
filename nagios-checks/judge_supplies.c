/*
 * judge_supplies.c - supplies and the parts that wear: one verdict from the level and from all
 * who know better.
 *
 * A level is judged by the thresholds. Where a witness other than the level spoke (an alert,
 * the panel, the maker's record), its word counts too, and the worse of both holds: printers
 * are known to say 100 % while the panel says "Toner Low".
 *
 * SPDX-License-Identifier: MIT
 */
#include "select.h"
#include "supplies.h"

#include <stdio.h>
#include <string.h>

/* What the lines so far came to. */
struct tally {
	size_t n_supplies, n_wanted, n_parts; /* n_supplies: also those nobody wants */
	size_t n_measured, n_telling;         /* of the wanted supplies */
	size_t n_hearsay;
	uint64_t wanted;                 /* 1 << row */
	size_t said_at[BR_MAX_SUPPLIES]; /* the row that speaks for this one, or itself */
	enum plugin_state rows[BR_MAX_SUPPLIES]; /* what each came to, wanted or not */
	struct plugin_words lowest;
	int64_t lowest_percent;
};

static void take_lowest(struct tally *tally, const char *name, int64_t percent,
			const char *behind)
{
	if (tally->lowest.len && percent >= tally->lowest_percent)
		return;
	tally->lowest.len = 0;
	tally->lowest_percent = percent;
	plugin_say(&tally->lowest, "%s %lld %%%s", name, (long long)percent, behind);
}

static enum plugin_state judge_witness(const struct plugin_settings *settings,
				       enum br_supply_state state)
{
	switch (state) {
	case BR_SUPPLY_LOW:
		return settings->low;
	case BR_SUPPLY_EMPTY:
		return settings->empty;
	case BR_SUPPLY_MISSING:
		return settings->missing;
	case BR_SUPPLY_UNKNOWN:
	case BR_SUPPLY_OK:
		break;
	}
	return PLUGIN_OK;
}

static enum plugin_state judge_level(const struct plugin_settings *settings,
				     const struct br_supply *supply,
				     const struct plugin_thresholds *thresholds)
{
	switch (supply->kind) {
	case BR_LEVEL_MEASURED:
		return plugin_thresholds_judge(thresholds, supply->percent);
	case BR_LEVEL_SOME:
		return settings->some;
	case BR_LEVEL_UNKNOWN: /* a maker's record may say that all is well, and no level */
		return supply->state == BR_SUPPLY_OK ? PLUGIN_OK : settings->no_level;
	case BR_LEVEL_UNLIMITED:
		break;
	}
	return PLUGIN_OK;
}

/* *agrees: the level alerts as much as who spoke. */
static enum plugin_state judge(const struct plugin_settings *settings,
			       const struct br_supply *supply,
			       const struct plugin_thresholds *thresholds, bool *agrees)
{
	enum plugin_state level = judge_level(settings, supply, thresholds), said, worst;

	*agrees = true;
	if (!plugin_supply_witnessed(supply))
		return level;
	said = judge_witness(settings, supply->state);
	/* What is not there has no level, and what is not measured is known by now. */
	if (supply->state == BR_SUPPLY_MISSING || supply->kind != BR_LEVEL_MEASURED)
		return said;
	worst = plugin_state_worst(said, level);
	*agrees = worst == level;
	return worst;
}

static void count(struct tally *tally, const struct br_supply *supply)
{
	bool measured = supply->kind == BR_LEVEL_MEASURED;

	tally->n_wanted++;
	tally->n_measured += measured;
	tally->n_telling +=
		supply->kind != BR_LEVEL_UNKNOWN || supply->state != BR_SUPPLY_UNKNOWN;
	if (measured && supply->state != BR_SUPPLY_MISSING)
		take_lowest(tally, supply->id, supply->percent,
			    plugin_supply_filled(supply) ? " free" : "");
}

/* A supply and what it is measured against. */
struct row {
	const struct br_supply *supply;
	struct plugin_thresholds thresholds;
	struct br_number days;
	enum plugin_state state;
	struct plugin_words words;
};

static void judge_row(struct row *row, const struct plugin_case *about,
		      const struct br_supply *supply)
{
	const struct plugin_settings *settings = about->settings;
	bool agrees;

	*row = (struct row){.supply = supply};
	row->thresholds = plugin_supply_filled(supply) ? settings->filled : settings->supplies;
	(void)plugin_supply_override(settings, supply, &row->thresholds);
	row->state = judge(settings, supply, &row->thresholds, &agrees);
	plugin_say_supply(&row->words, about->reading, supply, agrees);
}

static void foretell(struct row *row, const struct plugin_case *about)
{
	enum plugin_state state =
		plugin_days_judge(&row->words, about, row->supply, &row->days);

	row->state = plugin_state_worst(row->state, state);
}

static void measure(struct plugin_answer *answer, const struct plugin_case *about,
		    const struct row *row)
{
	const struct br_supply *supply = row->supply;
	struct br_number percent = {supply->kind == BR_LEVEL_MEASURED, supply->percent};

	if (supply->kind != BR_LEVEL_UNLIMITED)
		plugin_perf(answer, supply->id, percent, 0, "%", &row->thresholds);
	plugin_days_perf(answer, about->settings, supply, row->days);
}

/*
 * Whether a row has a label of its own must not hang on what it says today: it has one, unless
 * a serial proves that it is an earlier row. So a row that another speaks for is measured
 * there.
 */
static void say_row(struct plugin_answer *answer, const struct plugin_case *about,
		    const struct tally *tally, size_t at)
{
	const struct br_reading *reading = about->reading;
	struct row row;

	for (size_t i = at; i < reading->n_supplies; i++) {
		if (tally->said_at[i] != at || !(tally->wanted >> i & 1))
			continue;
		judge_row(&row, about, &reading->supplies[i]);
		foretell(&row, about);
		if (i == at)
			plugin_line(answer, row.state, "%s", row.words.text);
		if (!plugin_supply_proved(reading, i))
			measure(answer, about, &row);
	}
}

static void look_at_rows(struct tally *tally, const struct plugin_case *about)
{
	const struct br_reading *reading = about->reading;
	struct row row;

	for (size_t i = 0; i < reading->n_supplies; i++) {
		const struct br_supply *supply = &reading->supplies[i];
		bool wanted = plugin_supply_wanted(about->settings, supply);

		judge_row(&row, about, supply);
		tally->rows[i] = row.state;
		tally->wanted |= (uint64_t)wanted << i;
		tally->said_at[i] = plugin_supply_said_at(reading, i, tally->wanted);
	}
}

static void judge_rows(struct plugin_answer *answer, const struct plugin_case *about,
		       struct tally *tally)
{
	look_at_rows(tally, about);
	for (size_t i = 0; i < about->reading->n_supplies; i++) {
		if (tally->said_at[i] != i)
			continue;
		tally->n_supplies++;
		if (!(tally->wanted >> i & 1))
			continue;
		count(tally, &about->reading->supplies[i]);
		say_row(answer, about, tally, i);
	}
}

static const struct br_supply *twin_of(const struct br_reading *reading,
				       const struct br_care *care)
{
	for (size_t i = 0; i < reading->n_supplies; i++)
		if (strcmp(reading->supplies[i].id, care->part) == 0)
			return &reading->supplies[i];
	return NULL;
}

static bool is_due(const struct br_care *care)
{
	return care->remaining_pages.known && care->remaining_pages.value <= 0;
}

static void judge_part(struct plugin_answer *answer, const struct plugin_case *about,
		       const struct br_care *care, struct tally *tally)
{
	const struct plugin_settings *settings = about->settings;
	const struct br_supply *twin = twin_of(about->reading, care);
	struct plugin_thresholds thresholds = settings->supplies;
	enum plugin_state state = is_due(care) ? settings->low : PLUGIN_OK;
	struct plugin_words words = {.len = 0};
	char name[BR_ID_SIZE + 8];

	snprintf(name, sizeof name, "%s%s", twin ? "care-" : "", care->part);
	if (twin)
		(void)plugin_supply_override(settings, twin, &thresholds);
	else
		(void)plugin_care_override(settings, care, &thresholds);
	plugin_say_care(&words, name, care);
	if (care->percent.known)
		state = plugin_state_worst(
			state,
			plugin_thresholds_judge(&thresholds, (double)care->percent.value));
	plugin_line(answer, state, "%s", words.text);
	tally->n_parts++;
	if (!care->percent.known)
		return;
	plugin_perf(answer, name, care->percent, 0, "%", &thresholds);
	take_lowest(tally, name, care->percent.value, "");
}

/* A part whose supply row tells the same level is said there, unless only the part knows that
 * it is due. */
static bool is_said(const struct br_reading *reading, const struct br_care *care)
{
	const struct br_supply *twin = twin_of(reading, care);

	return twin && twin->kind == BR_LEVEL_MEASURED && !is_due(care);
}

static bool part_wanted(const struct plugin_case *about, const struct br_care *care)
{
	const struct br_supply *twin = twin_of(about->reading, care);

	return twin ? plugin_supply_wanted(about->settings, twin)
		    : plugin_care_wanted(about->settings, care);
}

static void judge_parts(struct plugin_answer *answer, const struct plugin_case *about,
			struct tally *tally)
{
	const struct br_reading *reading = about->reading;

	for (size_t i = 0; i < reading->n_care; i++) {
		const struct br_care *care = &reading->care[i];

		if ((care->percent.known || care->remaining_pages.known) &&
		    part_wanted(about, care) && !is_said(reading, care))
			judge_part(answer, about, care, tally);
	}
}

/* It counts unless all that may be meant are excluded. */
static bool is_meant(const struct tally *tally, const struct br_hearsay *hearsay)
{
	if (hearsay->meant)
		return (hearsay->meant & tally->wanted) != 0;
	return tally->n_supplies == 0 || tally->n_wanted > 0;
}

/* One that may be meant alerts as much by its own level: the same thing twice. */
static bool is_explained(const struct tally *tally, const struct br_reading *reading,
			 const struct br_hearsay *hearsay, enum plugin_state state)
{
	for (size_t i = 0; i < reading->n_supplies; i++)
		if (hearsay->meant >> i & tally->wanted >> i & 1 && state != PLUGIN_OK &&
		    plugin_state_worst(tally->rows[i], state) == tally->rows[i])
			return true;
	return false;
}

static void judge_hearsay(struct plugin_answer *answer, const struct plugin_case *about,
			  struct tally *tally)
{
	const struct br_reading *reading = about->reading;

	for (size_t i = 0; i < reading->n_hearsay; i++) {
		const struct br_hearsay *hearsay = &reading->hearsay[i];
		enum plugin_state state = judge_witness(about->settings, hearsay->state);
		struct plugin_words words = {.len = 0};

		if (!is_meant(tally, hearsay))
			continue;
		tally->n_hearsay++;
		if (is_explained(tally, reading, hearsay, state))
			continue;
		plugin_say_hearsay(&words, reading, hearsay);
		plugin_line(answer, state, "%s", words.text);
	}
}

/* Where there is nothing, or nothing that says anything. */
static void judge_silence(struct plugin_answer *answer, const struct plugin_case *about,
			  const struct tally *tally)
{
	if (tally->n_hearsay)
		return;
	if (tally->n_wanted && !tally->n_telling)
		plugin_silence(answer, about, "no supply tells its level");
	if (tally->n_wanted + tally->n_parts)
		return;
	if (tally->n_supplies + about->reading->n_care == 0 && about->whole)
		plugin_line(answer, PLUGIN_OK, "no supplies told");
	else if (tally->n_supplies + about->reading->n_care == 0)
		plugin_silence(answer, about, "the printer tells of no supplies");
	else if (about->whole && !plugin_supplies_included(about->settings))
		plugin_line(answer, PLUGIN_OK, "all supplies excluded");
	else
		plugin_silence(answer, about, "no supply fits --include and --exclude");
}

static void say_well(struct plugin_group *group, const struct tally *tally)
{
	struct plugin_words words = {.len = 0};
	size_t n = tally->n_wanted + tally->n_parts;

	if (n == 0)
		plugin_say(&words, tally->n_supplies ? "no supply judged" : "no supplies told");
	if (tally->n_wanted)
		plugin_say(&words, "%zu suppl%s", tally->n_wanted,
			   tally->n_wanted == 1 ? "y" : "ies");
	if (tally->n_parts)
		plugin_say(&words, "%s%zu part%s", tally->n_wanted ? " and " : "",
			   tally->n_parts, tally->n_parts == 1 ? "" : "s");
	if (tally->lowest.len)
		plugin_say(&words, ", %s%s", n > 1 ? "lowest " : "", tally->lowest.text);
	else if (n)
		plugin_say(&words, ", none measured");
	br_text_copy(group->well, sizeof group->well, br_view(words.text));
}

void plugin_judge_supplies(struct plugin_answer *answer, const struct plugin_case *about)
{
	struct plugin_group *group = plugin_group(answer, "supplies");
	struct tally tally = {.n_supplies = 0};

	judge_rows(answer, about, &tally);
	judge_parts(answer, about, &tally);
	judge_hearsay(answer, about, &tally);
	judge_silence(answer, about, &tally);
	if (plugin_days_asked(about->settings) && !about->history)
		plugin_line(answer, PLUGIN_UNKNOWN,
			    "no history for --days: it needs the collector's store");
	say_well(group, &tally);
}
