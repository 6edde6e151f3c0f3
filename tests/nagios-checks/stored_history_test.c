/*
 * stored_history_test.c - --days and --per-day by weeks of readings in a real store: of a
 * reading from there, of one that is live, and where the history is none, old or damaged.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "fleet/simulated.h"
#include "nagios-checks/source_run.h"
#include "store/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 24 * 3600 };

static char *const mono[] = {(char *)"tests/recordings/hp_mono.snmprec"};
static struct sample sample;
static struct run run;
static char target[BR_TARGET_SIZE];

static void begin(unsigned check, uint16_t port)
{
	sample_init(&sample);
	sample_open(&sample);
	snprintf(target, sizeof target, "udp:127.16.0.1:%u", port);
	run_init(&run, check);
	run.settings.timeout_ms = 20000;
	run.settings.max_age_s = 900;
	run.settings.store = sample.path;
	run.settings.days_warning = 14;
	run.settings.days_critical = 7;
}

/* The last of them with its answers, which a reading from the store is made of. */
static void put(int black, int total, int64_t ago)
{
	char lines[400];
	struct br_harvest harvest;
	struct br_store_kept kept = {.questions = 4, .device = 1};
	int64_t time_of = (int64_t)time(NULL) - ago;

	snprintf(lines, sizeof lines,
		 "V2.1|6|1.3.6.1.2.1.25.3.1.5\nV3.1|4|Inkwell 100\nH1.1|2|3\n"
		 "M3.1.1|2|7\nM4.1.1|65|%d\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\n"
		 "S7.1.1|2|19\nS8.1.1|2|100\nS9.1.1|2|%d\n",
		 total, black);
	bed_harvest(&harvest, lines);
	memcpy(&kept.harvest.at, &harvest.data, sizeof kept.harvest.at);
	kept.harvest.len = harvest.len;
	kept.full_at = time_of;
	sample_put(&sample, (struct sample_reading){.target = target,
						    .serial = "SN1",
						    .time = time_of,
						    .black = black + 1,
						    .total = total + 1,
						    .kept = &kept});
	br_harvest_clear(&harvest);
}

/* 2 % and 50 pages a day, down to 24 %, and the last so many seconds ago. */
static void put_weeks(int64_t ago)
{
	for (int day = 38; day >= 0; day--)
		put(24 + 2 * day, 5000 - 50 * day, ago + day * (int64_t)DAY);
	sample_commit(&sample);
}

static void ask(void)
{
	sample_close(&sample);
	run_check(&run, target + 4);
}

static void has(const char *want)
{
	if (!strstr(run.text, want))
		check_failed(__FILE__, __LINE__, "\"%s\" is not in \"%s\"", want, run.text);
}

/* The days that the text and the measurement tell. */
static int days_told(void)
{
	const char *about = strstr(run.text, "empty in about "),
		   *measured = strstr(run.text, "toner-black-days=");
	int days = about ? (int)strtol(about + 15, NULL, 10) : -1;

	CHECK_INT(measured ? (int)strtol(measured + 17, NULL, 10) : -2, days);
	return days;
}

TEST(a_toner_that_is_soon_empty)
{
	static const struct {
		const char *name;
		int64_t warning, critical;
		int code;
		const char *begins;
	} rows[] = {
		{"not so soon", 5, 2, PLUGIN_OK, "SUPPLIES OK: 1 supply, toner-black 24 %"},
		{"within the first", 20, 5, PLUGIN_WARNING,
		 "SUPPLIES WARNING: toner-black 24 %, empty in about "},
		{"within the second", 30, 20, PLUGIN_CRITICAL,
		 "SUPPLIES CRITICAL: toner-black 24 %, empty in about "},
		{"only one is given", 20, 0, PLUGIN_WARNING,
		 "SUPPLIES WARNING: toner-black 24 %, empty in about "},
	};

	begin(PLUGIN_SUPPLIES, 9);
	put_weeks(60);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		run.settings.days_warning = rows[i].warning;
		run.settings.days_critical = rows[i].critical;
		ask();
		CHECK_INT(run.code, rows[i].code);
		CHECK(strncmp(run.text, rows[i].begins, strlen(rows[i].begins)) == 0);
		has("by the collector)");
		has("toner-black-days=");
		if (rows[i].code != PLUGIN_OK)
			CHECK(days_told() >= 8 && days_told() <= 14);
	}
	sample_done(&sample);
}

TEST(pages_a_day)
{
	begin(PLUGIN_PAGES, 9);
	put_weeks(60);
	run.settings.per_day.warning = (struct plugin_range){
		.given = true, .no_start = true, .end = 45, .text = br_view("45")};
	ask();
	CHECK_INT(run.code, PLUGIN_WARNING);
	has("PAGES WARNING: about 50.0 pages a day");
	has(" per-day=50;45");
	run.settings.per_day.warning.end = 55;
	ask();
	CHECK_INT(run.code, PLUGIN_OK);
	has("PAGES OK: 5000 pages, about 50.0 a day");
	sample_done(&sample);
}

/* The level is the printer's, and only the history is the store's. */
TEST(a_live_reading_has_the_history_of_the_store)
{
	fleet_start_files("-n 1", NULL, mono, 1);
	begin(PLUGIN_SUPPLIES, fleet.port);
	put_weeks(3 * DAY);
	run.settings.supplies = (struct plugin_thresholds){{0}, {0}};
	ask();
	CHECK_INT(run.code, PLUGIN_WARNING);
	has("SUPPLIES WARNING: toner-black low (alert marker-toner-almost-empty), "
	    "level says 9 %, empty in about ");
	CHECK(strstr(run.text, "by the collector") == NULL);
	run.settings.max_age_s = 0;
	ask();
	CHECK_INT(run.code, PLUGIN_WARNING);
	has("SUPPLIES WARNING: toner-black low (alert marker-toner-almost-empty), "
	    "level says 9 %, empty in about ");
	sample_done(&sample);
	fleet_stop();
}

TEST(a_history_that_has_just_begun)
{
	begin(PLUGIN_SUPPLIES, 9);
	put(50, 1000, 60);
	sample_commit(&sample);
	run.settings.look.verbose = 1;
	ask();
	CHECK_INT(run.code, PLUGIN_OK);
	run.settings.supplies.warning = (struct plugin_range){
		.given = true, .start = 60, .no_end = true, .text = br_view("60:")};
	run.settings.look.verbose = 0;
	ask();
	has("SUPPLIES WARNING: toner-black 50 %, no forecast yet: too few points");
	sample_done(&sample);
}

/* What was asked for cannot be judged. */
TEST(a_printer_without_history)
{
	fleet_start_files("-n 1", NULL, mono, 1);
	begin(PLUGIN_SUPPLIES, fleet.port);
	snprintf(target, sizeof target, "udp:192.0.2.1:%u", fleet.port);
	put_weeks(3 * DAY);
	snprintf(target, sizeof target, "udp:127.16.0.1:%u", fleet.port);
	run.settings.supplies = (struct plugin_thresholds){{0}, {0}};
	ask();
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	has("SUPPLIES UNKNOWN: no history for --days: it needs the collector's store");
	sample_done(&sample);
	fleet_stop();
}

TEST(a_history_that_ended)
{
	fleet_start_files("-n 1", NULL, mono, 1);
	begin(PLUGIN_SUPPLIES, fleet.port);
	put_weeks(31 * DAY);
	run.settings.supplies = (struct plugin_thresholds){{0}, {0}};
	ask();
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	has("level says 9 %, no forecast: the last level in the store is too old");
	sample_done(&sample);
	fleet_stop();
}

/* Whoever asked for days must hear that nobody can tell them any more. */
TEST(a_history_that_cannot_be_read)
{
	static const char *const damage[] = {
		"ALTER TABLE run RENAME COLUMN last TO latest",
		"ALTER TABLE series RENAME COLUMN value TO amount"};
	const struct plugin_range most = {
		.given = true, .no_start = true, .end = 45, .text = br_view("45")};

	for (size_t i = 0; i < sizeof damage / sizeof damage[0]; i++) {
		check_case(damage[i]);
		begin(PLUGIN_SUPPLIES, 9);
		put_weeks(60);
		sample_close(&sample);
		sample_sql(&sample, damage[i]);
		ask();
		CHECK_INT(run.code, PLUGIN_UNKNOWN);
		has("SUPPLIES UNKNOWN: toner-black 24 %, no forecast: ");
		has("store.db: ");
		CHECK(strstr(run.text, "yet") == NULL);
		run_init(&run, PLUGIN_PAGES);
		run.settings.max_age_s = 900;
		run.settings.store = sample.path;
		run.settings.per_day.warning = most;
		ask();
		CHECK_INT(run.code, PLUGIN_UNKNOWN);
		has("PAGES UNKNOWN: pages a day: ");
		has("store.db: ");
		sample_done(&sample);
	}
}
