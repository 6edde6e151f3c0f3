/*
 * glance_test.c - a status reading costs so many questions, and says what a full one would.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/glancer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where it is two, names and alerts have more octets than one reply. */
static const struct {
	const char *recording;
	unsigned questions;
} budget[] = {
	{"brother_hl-mono", 1},
	{"brother_mfc-color", 1},
	{"canon_color", 1},
	{"canon_lbp", 1},
	{"canon_plotter", 1},
	{"dell_color", 1},
	{"dell_mono", 1},
	{"epson_ink", 1},
	{"epson_label", 1},
	{"fujifilm_color_mfp", 1},
	{"fujifilm_mono", 1},
	{"hp_color_mfp", 1},
	{"hp_ink_index0", 1},
	{"hp_mono", 1},
	{"konica_minolta_color_mfp", 1},
	{"konica_minolta_develop", 1},
	{"konica_minolta_mono", 1},
	{"kyocera_color_mfp", 1},
	{"kyocera_mono", 1},
	{"lanier_color_mfp", 1},
	{"lexmark_color_mfp", 1},
	{"lexmark_mono", 1},
	{"oki_color", 1},
	{"oki_dot_matrix", 1},
	{"pantum_color", 1},
	{"pantum_mono", 1},
	{"printserver_two", 1},
	{"ricoh_color_mfp", 1},
	{"ricoh_mono", 1},
	{"samsung_color", 1},
	{"samsung_mono", 1},
	{"sharp_color", 1},
	{"sharp_fax", 1},
	{"toshiba_tec_mfp", 1},
	{"utax_mono", 1},
	{"xerox_color_mfp", 2},
	{"xerox_mono", 1},
	{"zebra_industrial", 1},
	{"zebra_label", 1},
};

/* What changes by itself, by its column. */
static const struct {
	const char *below;
	long by;
} drift[] = {
	{"1.3.6.1.2.1.1.3.", 60000},        {"1.3.6.1.2.1.25.3.2.1.5.", -1},
	{"1.3.6.1.2.1.25.3.5.1.1.", 1},     {"1.3.6.1.2.1.43.6.1.1.3.", 1},
	{"1.3.6.1.2.1.43.8.2.1.10.", -3},   {"1.3.6.1.2.1.43.8.2.1.11.", 1},
	{"1.3.6.1.2.1.43.9.2.1.5.", -2},    {"1.3.6.1.2.1.43.9.2.1.6.", 2},
	{"1.3.6.1.2.1.43.10.2.1.4.", 1000}, {"1.3.6.1.2.1.43.10.2.1.5.", 1000},
	{"1.3.6.1.2.1.43.11.1.1.9.", -7},   {"1.3.6.1.2.1.43.17.6.1.2.", 5},
};

static void drift_line(struct br_buf *out, struct br_view line)
{
	char row[4096];
	char *value;

	if (!br_text_copy(row, sizeof row, line))
		abort();
	value = strrchr(row, '|');
	if (strncmp(row, "1.3.6.1.2.1.43.16.5.1.2.", 24) == 0) {
		br_buf_format(out, "%.*s|4|Something else\n", (int)strcspn(row, "|"), row);
		return;
	}
	if (strncmp(row, "1.3.6.1.2.1.25.3.5.1.2.", 23) == 0) {
		br_buf_format(out, "%.*s|4x|4000\n", (int)strcspn(row, "|"), row);
		return;
	}
	for (size_t i = 0; value && i < sizeof drift / sizeof drift[0]; i++)
		if (strncmp(row, drift[i].below, strlen(drift[i].below)) == 0 &&
		    strtol(value + 1, NULL, 10) > 0) {
			br_buf_format(out, "%.*s|%ld\n", (int)(value - row), row,
				      strtol(value + 1, NULL, 10) + drift[i].by);
			return;
		}
	br_buf_format(out, "%s\n", row);
}

static void let_drift(struct glancer *glancer)
{
	struct br_view rest = {glancer->text.data, glancer->text.len}, line;
	struct br_buf text;

	br_buf_init(&text, 1 << 20);
	while (br_view_line(&rest, &line))
		drift_line(&text, line);
	br_buf_clear(&glancer->text);
	glancer->text = text;
	glancer_set(glancer, "1.3.6.1.2.1.1.9.1.2.1|4|not asked");
}

TEST(each_recording_is_looked_at_in_its_budget)
{
	for (size_t i = 0; i < sizeof budget / sizeof budget[0]; i++) {
		struct glancer *glancer = malloc(sizeof *glancer);

		check_case(budget[i].recording);
		glancer_open(glancer, budget[i].recording);
		CHECK_INT(br_learned_questions(glancer->options.learned), budget[i].questions);
		CHECK(glancer->learned.len < 1024);
		CHECK_INT(glancer_look(glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer->sent, budget[i].questions);
		CHECK_INT(glancer_look(glancer), BR_GLANCE_SAME);
		CHECK_INT(glancer->sent, budget[i].questions);
		CHECK(glancer->names <= 60);
		glancer_compare(glancer);
		glancer_close(glancer);
		free(glancer);
	}
}

TEST(what_changed_is_seen_as_a_full_reading_sees_it)
{
	for (size_t i = 0; i < sizeof budget / sizeof budget[0]; i++) {
		struct glancer *glancer = malloc(sizeof *glancer);

		check_case(budget[i].recording);
		glancer_open(glancer, budget[i].recording);
		CHECK_INT(glancer_look(glancer), BR_GLANCE_CHANGED);
		let_drift(glancer);
		/* Of the one without a Printer-MIB nothing drifts but the uptime. */
		CHECK_INT(glancer_look(glancer), strcmp(budget[i].recording, "zebra_label")
							 ? BR_GLANCE_CHANGED
							 : BR_GLANCE_SAME);
		glancer_compare(glancer);
		glancer_close(glancer);
		free(glancer);
	}
}

TEST(an_alert_at_an_unseen_index_is_seen)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer_look(&glancer);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	glancer_add_alert(&glancer, 4711, 1, -1, 8);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.glance.rows, 2);
	glancer_compare(&glancer);
	glancer_close(&glancer);
}

TEST(an_alert_that_went_away_is_gone)
{
	static const char *const recordings[] = {"hp_mono", "hp_color_mfp", "ricoh_color_mfp"};
	char name[64];

	for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++) {
		struct glancer glancer;

		check_case(recordings[i]);
		glancer_open(&glancer, recordings[i]);
		glancer_look(&glancer);
		for (int column = 2; column <= 9; column++) {
			snprintf(name, sizeof name, "1.3.6.1.2.1.43.18.1.1.%d", column);
			glancer_drop(&glancer, name);
		}
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.glance.rows, 0);
		glancer_compare(&glancer);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_close(&glancer);
	}
}

/* And the next look asks for as many as there were. */
TEST(alerts_that_overflow_take_a_further_question)
{
	struct glancer glancer;

	glancer_open(&glancer, "oki_dot_matrix");
	glancer_look(&glancer);
	CHECK_INT(glancer.sent, 1);
	for (unsigned i = 1; i <= 4; i++)
		glancer_add_alert(&glancer, i, 1, -1, 8);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.glance.rows, 4);
	CHECK_INT(glancer.sent, 2);
	glancer_compare(&glancer);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	CHECK_INT(glancer.sent, 1);
	for (unsigned i = 5; i <= 60; i++)
		glancer_add_alert(&glancer, i, 1, -1, 8);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	CHECK_INT(glancer.glance.rows, 60);
	glancer_compare(&glancer);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	glancer_close(&glancer);
}

/* The digest tells nothing of the uptime, nor of when an alert was raised. */
TEST(time_that_passes_is_no_change)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer_look(&glancer);
	glancer_set(&glancer, "1.3.6.1.2.1.1.3.0|67|86472345");
	glancer_set(&glancer, "1.3.6.1.2.1.43.18.1.1.9.1.7|67|86000999");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
	CHECK_INT(glancer.glance.uptime, 86472345);
	glancer_set(&glancer, "1.3.6.1.2.1.43.18.1.1.8.1.7|4|Black cartridge very low");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_close(&glancer);
}

/* ten minutes pass between two looks: 60000 ticks */
static const struct {
	const char *name;
	unsigned long before, after;
	const char *stale; /* NULL: it is not */
} uptimes[] = {
	{"as it should be", 86412345, 86472345, NULL},
	{"started again", 86412345, 3000, "restarted"},
	{"started again soon after its start", 20000, 40000, "restarted"},
	{"started again just after the last look", 86412345, 59000, "restarted"},
	{"clock stood still in its sleep", 86412345, 86422345, NULL},
	{"clock stands still", 12345, 12345, NULL},
	{"clock was put ahead", 1000, 9000000, NULL},
	{"clock a little fast", 1000000, 1061000, NULL},
	{"clock a little slow, soon after its start", 5000, 64000, NULL},
	{"went round after 497 days", 4294960000, 52704, NULL},
	{"went round but should not have", 4294800000, 1000, "restarted"},
};

TEST(a_restart_is_told_from_a_clock_that_went_round)
{
	for (size_t i = 0; i < sizeof uptimes / sizeof uptimes[0]; i++) {
		struct glancer glancer;
		char row[64];

		check_case(uptimes[i].name);
		glancer_open(&glancer, "hp_mono");
		snprintf(row, sizeof row, "1.3.6.1.2.1.1.3.0|67|%lu", uptimes[i].before);
		glancer_set(&glancer, row);
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		snprintf(row, sizeof row, "1.3.6.1.2.1.1.3.0|67|%lu", uptimes[i].after);
		glancer_set(&glancer, row);
		if (uptimes[i].stale) {
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
			CHECK_STR(glancer.glance.stale_because, uptimes[i].stale);
		} else {
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		}
		glancer_close(&glancer);
	}
}

/* After a restart of ours the time of the last look is not known, only what was learned. */
TEST(the_first_look_knows_the_uptime_that_was_learned)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer_set(&glancer, "1.3.6.1.2.1.1.3.0|67|86412344");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_STR(glancer.glance.stale_because, "restarted");
	glancer_set(&glancer, "1.3.6.1.2.1.1.3.0|67|4294967000");
	CHECK_INT(glancer_learn(&glancer), BR_OK);
	glancer_set(&glancer, "1.3.6.1.2.1.1.3.0|67|400");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_close(&glancer);
}

static const struct {
	const char *name, *set, *drop, *stale;
} ends[] = {
	{"configuration changed", "1.3.6.1.2.1.43.5.1.1.1.1|65|13", NULL, "config-changes"},
	{"configuration changed back", "1.3.6.1.2.1.43.5.1.1.1.1|65|0", NULL, "config-changes"},
	{"a tray is gone", NULL, "1.3.6.1.2.1.43.8.2.1.10.1.2", "instance-gone"},
	{"all trays are gone", NULL, "1.3.6.1.2.1.43.8", "instance-gone"},
	{"a supply has another number", "1.3.6.1.2.1.43.11.1.1.9.1.7|2|5",
	 "1.3.6.1.2.1.43.11.1.1.9.1.1", "instance-gone"},
	{"no more Printer-MIB", NULL, "1.3.6.1.2.1.43", "instance-gone"},
	{"nothing at all", "1.3.6.1.2.1.1.1.0|4|?", "1.3.6.1", "instance-gone"},
	{"a full cartridge", "1.3.6.1.2.1.43.11.1.1.9.1.1|2|100", NULL, "supply-replaced"},
};

TEST(what_was_learned_can_end)
{
	static const enum br_version versions[] = {BR_SNMP_V1, BR_SNMP_V2C};

	for (size_t v = 0; v < 2; v++)
		for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
			struct glancer glancer;

			check_case(ends[i].name);
			glancer_open_as(&glancer, "hp_mono", versions[v]);
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
			if (ends[i].drop)
				glancer_drop(&glancer, ends[i].drop);
			if (ends[i].set)
				glancer_set(&glancer, ends[i].set);
			CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
			CHECK_STR(glancer.glance.stale_because, ends[i].stale);
			/* In v1 what follows may be too long for one answer. */
			CHECK(glancer.sent <= 2 - v);
			glancer_close(&glancer);
		}
}

/* Its new value is told all the same. */
TEST(a_counter_that_moves_by_itself_ends_nothing)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer.options.counter_moves = true;
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_set(&glancer, "1.3.6.1.2.1.43.5.1.1.1.1|65|13");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_compare(&glancer);
	glancer_drop(&glancer, "1.3.6.1.2.1.43.5.1.1.1.1");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	CHECK_STR(glancer.glance.stale_because, "instance-gone");
	glancer_close(&glancer);
}

static const struct {
	const char *name;
	int group, part, code;
	bool stale;
} alerts[] = {
	{"a jam", 13, 1, 8, false},
	{"a tray that is known is empty", 8, 1, 808, false},
	{"a tray that is not known", 8, 9, 808, true},
	{"a supply that is not known", 11, 9, 1104, true},
	{"a supply of an unknown number", 11, -2, 1104, false},
	{"an odd group", 99, 9, 8, false},
	{"configuration changed", 5, 1, 7, true},
	{"a part was added", 9, 1, 25, true},
	{"a part was removed", 9, 1, 26, true},
	{"other paper", 8, 1, 802, true},
};

/* And what was learned while the alert was there is not dropped for it again. */
TEST(an_alert_ends_what_was_learned_once)
{
	for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
		struct glancer glancer;

		check_case(alerts[i].name);
		glancer_open(&glancer, "hp_mono");
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer_add_alert(&glancer, 12, alerts[i].group, alerts[i].part,
				  alerts[i].code);
		CHECK_INT(glancer_look(&glancer),
			  alerts[i].stale ? BR_GLANCE_STALE : BR_GLANCE_CHANGED);
		if (alerts[i].stale)
			CHECK_STR(glancer.glance.stale_because, "alert");
		CHECK_INT(glancer_learn(&glancer), BR_OK);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_close(&glancer);
	}
}

/* Where no cover was ever told of, the number in an alert is none of a row. */
TEST(an_alert_of_a_group_without_rows_says_nothing)
{
	struct glancer glancer;

	glancer_open(&glancer, "oki_dot_matrix");
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_add_alert(&glancer, 12, 6, 9, 3);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_close(&glancer);
}

/* The same alert raised anew has a new index, and is new. */
TEST(an_alert_that_comes_again_is_new)
{
	struct glancer glancer;

	glancer_open(&glancer, "hp_mono");
	glancer_add_alert(&glancer, 12, 9, 1, 25);
	CHECK_INT(glancer_learn(&glancer), BR_OK);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
	glancer_add_alert(&glancer, 13, 9, 1, 25);
	CHECK_INT(glancer_look(&glancer), BR_GLANCE_STALE);
	glancer_close(&glancer);
}

/* In v1 each row of the alert table, and its end, is a question. */
TEST(v1_looks_by_getnext)
{
	static const char *const recordings[] = {"hp_mono", "kyocera_color_mfp",
						 "printserver_two", "hp_color_mfp"};

	for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++) {
		struct glancer glancer;

		check_case(recordings[i]);
		glancer_open_as(&glancer, recordings[i], BR_SNMP_V1);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		CHECK_INT(glancer.glance.questions,
			  br_learned_questions(glancer.options.learned) + glancer.glance.rows);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_add_alert(&glancer, 4711, 1, -1, 8);
		let_drift(&glancer);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer_compare(&glancer);
		glancer_close(&glancer);
	}
}

/* What a maker's own row tells of the toner is looked at too. */
TEST(a_makers_level_is_seen)
{
	static const struct {
		const char *recording, *row;
	} cases[] = {
		{"ricoh_color_mfp", "1.3.6.1.4.1.367.3.2.1.2.24.1.1.5.1|2|17"},
		{"kyocera_mono", "1.3.6.1.4.1.1347.43.10.1.1.12.1.1|65|777777"},
		{"brother_hl-mono",
		 "1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.8.0|4x|"
		 "6f0104000001f4110104000000016301040000000181010400000014ff"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct glancer glancer;

		check_case(cases[i].recording);
		glancer_open(&glancer, cases[i].recording);
		glancer_look(&glancer);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_SAME);
		glancer_set(&glancer, cases[i].row);
		CHECK_INT(glancer_look(&glancer), BR_GLANCE_CHANGED);
		glancer_compare(&glancer);
		glancer_close(&glancer);
	}
}

/* A fleet holds thousands of them. */
TEST(a_glance_is_small)
{
	CHECK(sizeof(struct br_glance) < 1024);
}
