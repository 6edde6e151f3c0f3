/*
 * judged.c - see judged.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/judged.h"

#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench {
	struct plugin_settings settings;
	struct plugin_history history;
	struct plugin_case about;
	char words[512]; /* of the options, each terminated */
	const char *tenths;
};

static enum br_status per_day(void *user, int64_t *tenths, struct br_error *err)
{
	const struct bench *bench = user;

	if (strcmp(bench->tenths, "damaged") == 0)
		return br_fail(err, BR_E_MALFORMED, "store.db: it is damaged");
	return br_parse_number(br_view(bench->tenths), 0, 1000000, tenths)
		       ? BR_OK
		       : br_fail(err, BR_E_ABSENT, "less than a day is known");
}

static bool take_list(struct bench *bench, const char *key, const char *value)
{
	const struct {
		const char *key;
		struct plugin_list *list;
	} lists[] = {
		{"alert", &bench->settings.alert},     {"ignore", &bench->settings.ignore},
		{"include", &bench->settings.include}, {"exclude", &bench->settings.exclude},
		{"tray", &bench->settings.tray},       {"counter", &bench->settings.counter},
	};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (strcmp(key, lists[i].key) == 0) {
			lists[i].list->at[lists[i].list->n++] = value;
			return true;
		}
	return false;
}

static bool take_thresholds(struct bench *bench, const char *key, const char *value)
{
	struct plugin_thresholds *at = strcmp(key, "trays") == 0     ? &bench->settings.trays
				       : strcmp(key, "pages") == 0   ? &bench->settings.pages
				       : strcmp(key, "per-day") == 0 ? &bench->settings.per_day
								     : NULL;

	if (at)
		CHECK_INT(plugin_thresholds_parse(at, br_view(value), NULL), BR_OK);
	return at;
}

static bool take_state(struct bench *bench, const char *key, const char *value)
{
	enum plugin_state *at = strcmp(key, "tray-low") == 0     ? &bench->settings.tray_low
				: strcmp(key, "tray-empty") == 0 ? &bench->settings.tray_empty
				: strcmp(key, "tray-missing") == 0
					? &bench->settings.tray_missing
					: NULL;

	if (at)
		CHECK(plugin_state_parse(br_view(value), at));
	return at;
}

static void take(struct bench *bench, char *word)
{
	char *value = strchr(word, '=');

	if (value)
		*value++ = '\0';
	if (strcmp(word, "manual") == 0)
		bench->settings.manual = true;
	else if (strcmp(word, "whole") == 0)
		bench->about.whole = true;
	else if (strcmp(word, "history") == 0) {
		bench->tenths = value;
		bench->about.history = &bench->history;
	} else if (!value ||
		   (!take_list(bench, word, value) && !take_thresholds(bench, word, value) &&
		    !take_state(bench, word, value)))
		check_failed(__FILE__, __LINE__, "what is %s?", word);
}

static void prepare(struct bench *bench, unsigned check, const char *options)
{
	plugin_settings_init(&bench->settings, check);
	bench->history = (struct plugin_history){.per_day = per_day, .user = bench};
	bench->about = (struct plugin_case){.settings = &bench->settings};
	br_text_copy(bench->words, sizeof bench->words, br_view(options ? options : ""));
	for (char *at = bench->words; *at;) {
		size_t len = strcspn(at, " ");
		bool last = at[len] == '\0';

		at[len] = '\0';
		if (len)
			take(bench, at);
		at += len + !last;
	}
}

static void write_range(struct br_buf *out, const struct plugin_range *range)
{
	br_buf_char(out, ';');
	br_buf_add(out, range->text.at, range->text.len);
}

static void write_perf(struct br_buf *out, const struct plugin_perf *perf)
{
	br_buf_format(out, " [%s=", perf->label);
	if (perf->known)
		br_buf_number(out, perf->value);
	else
		br_buf_char(out, 'U');
	if (perf->decimals)
		br_buf_format(out, "/10^%u", perf->decimals);
	br_buf_text(out, perf->unit);
	if (perf->thresholds.warning.given || perf->thresholds.critical.given) {
		write_range(out, &perf->thresholds.warning);
		write_range(out, &perf->thresholds.critical);
	}
	br_buf_char(out, ']');
}

static void write_answer(struct br_buf *out, const struct plugin_answer *answer)
{
	for (size_t i = 0; i < answer->n_lines; i++) {
		const struct plugin_line *line = &answer->lines[i];

		br_buf_format(out, "%s %s", plugin_state_name(line->state), line->text);
		for (size_t k = 0; k < line->n_perf; k++)
			write_perf(out, &answer->perf[line->first_perf + k]);
		br_buf_char(out, '\n');
	}
	br_buf_format(out, "= %s", answer->groups[0].well);
}

void judged_reading(judge_fn *judge, unsigned check, const struct br_reading *reading,
		    const char *options, const char *verdict)
{
	static struct plugin_answer answer;
	static struct bench bench;
	struct br_reading *exact = malloc(sizeof *exact);
	struct br_buf out;

	if (!exact) {
		check_failed(__FILE__, __LINE__, "no memory");
		return;
	}
	*exact = *reading;
	prepare(&bench, check, options);
	bench.about.reading = exact;
	plugin_answer_init(&answer, "TEST");
	judge(&answer, &bench.about);
	br_buf_init(&out, 65536);
	write_answer(&out, &answer);
	CHECK_STR(out.data, verdict);
	br_buf_clear(&out);
	free(exact);
}

void judged_check(judge_fn *judge, unsigned check, const struct judged *row)
{
	check_case(row->name);
	judged_reading(judge, check, bed_read(row->answers), row->options, row->verdict);
}

struct wanted {
	judge_fn *judge;
	unsigned check;
	const char *verdict;
	size_t n;
};

static void first(void *user, const struct br_reading *reading)
{
	struct wanted *wanted = user;

	if (wanted->n++ == 0)
		judged_reading(wanted->judge, wanted->check, reading, NULL, wanted->verdict);
}

void judged_recording(judge_fn *judge, unsigned check, const char *file, const char *verdict)
{
	struct wanted wanted = {judge, check, verdict, 0};
	struct br_read_options options = {0};
	struct br_error err = {""};
	struct br_config config;
	struct br_makers makers;
	struct br_target target;
	char walk[256];

	check_case(file);
	br_config_init(&config);
	br_makers_init(&makers);
	options.profile = &config.profiles[0];
	options.makers = &makers;
	snprintf(walk, sizeof walk, "walk:%s", file);
	if (br_target_parse(&target, walk, &err) != BR_OK ||
	    br_read(&target, &options, first, &wanted, &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	br_makers_clear(&makers);
	br_config_clear(&config);
}
