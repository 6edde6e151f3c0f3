/*
 * supplied.c - short tables of supplies as a reading, words as settings, an answer as text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/supplied.h"

#include "check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static br_text_at put(struct br_reading *reading, const char *text)
{
	return text ? br_reading_put(reading, text) : 0;
}

static enum br_supply_state by_level(const struct told *told)
{
	if (told->kind == BR_LEVEL_UNKNOWN)
		return BR_SUPPLY_UNKNOWN;
	if (told->kind != MEASURED || told->percent > 10)
		return BR_SUPPLY_OK;
	return told->percent ? LOW : EMPTY;
}

static void fill_supply(struct br_reading *reading, const struct told *told)
{
	struct br_supply *supply = &reading->supplies[reading->n_supplies++];

	*supply = (struct br_supply){
		.index = (int32_t)reading->n_supplies,
		.type = told->type             ? told->type
			: told->role == FILLED ? WASTE
					       : 3,
		.role = told->role ? told->role : BR_ROLE_CONSUMED,
		.kind = told->kind,
		.percent = (uint8_t)told->percent,
		.state = told->state ? told->state : by_level(told),
		.witness = put(reading, told->witness),
		.description = put(reading, told->description),
		.serial = put(reading, told->serial),
		.colorant = put(reading, told->colorant),
		.capacity = {true, 100},
		.level = {true, told->kind == MEASURED ? told->percent : -3},
	};
	br_text_copy(supply->id, sizeof supply->id, br_view(told->id));
}

/* All of its role. */
static uint64_t meant(const struct br_reading *reading, enum br_role role)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < reading->n_supplies; i++)
		if (role == BR_ROLE_UNKNOWN || reading->supplies[i].role == role)
			rows |= (uint64_t)1 << i;
	return rows;
}

static void fill(struct br_reading *reading, const struct row *row)
{
	br_reading_init(reading);
	for (size_t i = 0; i < 5 && row->supplies[i].id; i++)
		fill_supply(reading, &row->supplies[i]);
	for (size_t i = 0; i < 2 && row->care[i].part; i++) {
		struct br_care *care = &reading->care[reading->n_care++];
		int pages = row->care[i].pages;

		*care = (struct br_care){
			.percent = {row->care[i].percent >= 0, row->care[i].percent},
			.remaining_pages = {pages != -1, pages == -2 ? 0 : pages},
		};
		br_text_copy(care->part, sizeof care->part, br_view(row->care[i].part));
	}
	for (size_t i = 0; i < 2 && row->hearsay[i].state; i++)
		reading->hearsay[reading->n_hearsay++] = (struct br_hearsay){
			.state = row->hearsay[i].state,
			.role = row->hearsay[i].role,
			.meant = meant(reading, row->hearsay[i].role),
			.colorant = put(reading, row->hearsay[i].colorant),
			.witness = put(reading, row->hearsay[i].witness),
		};
}

/* A history: "few", "stale", "none" (of this supply), "damaged", else days as "9" for 9.7 (6.2
 * to 14.9).
 */
static enum br_status forecast(void *user, const char *supply, struct br_forecast *out,
			       struct br_error *err)
{
	const char *said = user;
	int64_t days = 0;

	(void)supply;
	*out = (struct br_forecast){.why = BR_FORECAST_FEW};
	if (strcmp(said, "stale") == 0)
		out->why = BR_FORECAST_STALE;
	if (strcmp(said, "coarse") == 0)
		out->why = BR_FORECAST_COARSE;
	if (br_parse_number(br_view(said), 0, 9999, &days))
		*out = (struct br_forecast){
			.days = {(double)days * 0.7, (double)days + 0.7, (double)days * 1.6}};
	if (strcmp(said, "damaged") == 0)
		return br_fail(err, BR_E_MALFORMED, "store.db: it is damaged");
	return strcmp(said, "none") == 0 ? br_fail(err, BR_E_ABSENT, "none") : BR_OK;
}

struct bench {
	struct plugin_settings settings;
	char words[12][64];
	struct plugin_history history;
	struct plugin_case about;
};

static void take_list(struct bench *bench, const char *key, const char *value)
{
	struct plugin_list *list = !strcmp(key, "supply")    ? &bench->settings.supply
				   : !strcmp(key, "include") ? &bench->settings.include
				   : !strcmp(key, "exclude") ? &bench->settings.exclude
							     : NULL;

	if (!list)
		check_failed(__FILE__, __LINE__, "no such option: %s", key);
	else
		list->at[list->n++] = value;
}

static bool take_state(struct plugin_settings *settings, const char *key, const char *value)
{
	enum plugin_state *state = !strcmp(key, "low")       ? &settings->low
				   : !strcmp(key, "empty")   ? &settings->empty
				   : !strcmp(key, "missing") ? &settings->missing
				   : !strcmp(key, "some")    ? &settings->some
				   : !strcmp(key, "level")   ? &settings->no_level
							     : NULL;

	if (state)
		CHECK(plugin_state_parse(br_view(value), state));
	return state;
}

static bool take_thresholds(struct plugin_settings *settings, const char *key,
			    const char *value)
{
	struct plugin_thresholds *thresholds = !strcmp(key, "supplies") ? &settings->supplies
					       : !strcmp(key, "filled") ? &settings->filled
									: NULL;

	if (thresholds)
		CHECK_INT(plugin_thresholds_parse(thresholds, br_view(value), NULL), BR_OK);
	return thresholds;
}

static void take(struct bench *bench, char *word)
{
	char *value = strchr(word, '=');

	if (!value) {
		CHECK_STR(word, "whole");
		bench->about.whole = true;
		bench->settings.check = PLUGIN_ALL;
		return;
	}
	*value++ = '\0';
	if (!strcmp(word, "days")) {
		bench->settings.days_warning = strtol(value, &value, 10);
		bench->settings.days_critical = strtol(value + 1, NULL, 10);
	} else if (!strcmp(word, "history")) {
		bench->history = (struct plugin_history){.forecast = forecast, .user = value};
		bench->about.history = &bench->history;
	} else if (!take_state(&bench->settings, word, value) &&
		   !take_thresholds(&bench->settings, word, value)) {
		take_list(bench, word, value);
	}
}

static void prepare(struct bench *bench, const char *options)
{
	struct br_view rest = br_view(options ? options : "");

	*bench = (struct bench){.about = {.settings = &bench->settings}};
	plugin_settings_init(&bench->settings, PLUGIN_SUPPLIES);
	for (size_t i = 0; i < 12; i++) {
		struct br_view word = br_view_word(&rest);

		if (word.len == 0)
			return;
		br_text_copy(bench->words[i], sizeof bench->words[i], word);
		take(bench, bench->words[i]);
	}
}

static void write_perf(struct br_buf *out, const struct plugin_perf *perf)
{
	br_buf_format(out, " [%s=", perf->label);
	if (perf->known)
		br_buf_format(out, "%" PRId64 "%s", perf->value, perf->unit);
	else
		br_buf_text(out, "U");
	br_buf_char(out, ';');
	br_buf_add(out, perf->thresholds.warning.text.at, perf->thresholds.warning.text.len);
	br_buf_char(out, ';');
	br_buf_add(out, perf->thresholds.critical.text.at, perf->thresholds.critical.text.len);
	br_buf_char(out, ']');
}

/* A line each: "WARNING toner-black 18 % [toner-black=18%;20:;10:]"; the last is what is well.
 */
static void write_answer(struct br_buf *out, const struct plugin_answer *answer)
{
	for (size_t i = 0; i < answer->n_lines; i++) {
		const struct plugin_line *line = &answer->lines[i];

		br_buf_format(out, "%s %s", plugin_state_name(line->state), line->text);
		for (size_t p = 0; p < line->n_perf; p++)
			write_perf(out, &answer->perf[line->first_perf + p]);
		br_buf_char(out, '\n');
	}
	br_buf_format(out, "= %s", answer->groups[0].well);
}

void supplied_judge_reading(const struct br_reading *reading, const char *options,
			    const char *verdict)
{
	static struct plugin_answer answer;
	struct bench bench;
	struct br_buf out;

	prepare(&bench, options);
	bench.about.reading = reading;
	plugin_answer_init(&answer, "SUPPLIES");
	plugin_judge_supplies(&answer, &bench.about);
	CHECK_INT(answer.n_groups, 1);
	br_buf_init(&out, 1 << 16);
	write_answer(&out, &answer);
	CHECK_STR(out.data, verdict);
	br_buf_clear(&out);
}

void supplied_judge(const struct row *row)
{
	static struct br_reading reading;

	check_case(row->name);
	fill(&reading, row);
	supplied_judge_reading(&reading, row->options, row->verdict);
}
