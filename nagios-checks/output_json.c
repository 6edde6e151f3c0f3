/*
 * output_json.c - the tree as the JSON that the test suite of monitoring-plugins 3 reads.
 *
 * Every number is a string there, with its type beside it, and both infinities are "inf". What
 * is cut is cut by whole checks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <stdio.h>
#include <string.h>

struct tree {
	struct br_json json;
	size_t end, n_cut; /* end: the length that the text may have */
	enum plugin_state cut;
	bool ascii;
};
#define CUT_ROOM  128 /* for what closes the tree, and a check that says what was cut */
#define LINE_ROOM 64  /* a check, but for its text and its measurements */
#define PERF_ROOM 640 /* a measurement */

static void put_number(struct br_json *json, const char *key, const char *text)
{
	br_json_open(json, key, '{');
	br_json_text(json, "type", strchr(text, '.') ? "double" : "int");
	br_json_text(json, "value", text);
	br_json_close(json, '}');
}

/* An end of a range as it was given. */
static void put_edge(struct br_json *json, const char *key, bool infinite, struct br_view given)
{
	char text[PLUGIN_NUMBER_SIZE];

	if (infinite) {
		br_json_text(json, key, "inf");
		return;
	}
	br_text_copy(text, sizeof text, given);
	put_number(json, key, given.len ? text : "0");
}

static void put_range(struct br_json *json, const char *key, const struct plugin_range *range)
{
	struct br_view start = {"", 0}, end = range->text;
	const char *colon;

	if (!range->given)
		return;
	if (range->inside) {
		end.at++;
		end.len--;
	}
	colon = memchr(end.at, ':', end.len);
	if (colon) {
		start = (struct br_view){end.at, (size_t)(colon - end.at)};
		end.at += start.len + 1;
		end.len -= start.len + 1;
	}
	br_json_open(json, key, '{');
	br_json_bool(json, "alert_on_inside", range->inside);
	put_edge(json, "end", range->no_end, end);
	put_edge(json, "start", range->no_start, start);
	br_json_close(json, '}');
}

static void put_perf(struct br_json *json, const struct plugin_perf *perf)
{
	char number[PLUGIN_NUMBER_SIZE];

	plugin_number_text(number, perf);
	br_json_open(json, NULL, '{');
	br_json_text(json, "label", perf->label);
	put_number(json, "value", number);
	br_json_text(json, "uom", perf->unit);
	put_range(json, "warn", &perf->thresholds.warning);
	put_range(json, "crit", &perf->thresholds.critical);
	br_json_close(json, '}');
}

static void put_check(struct br_json *json, enum plugin_state state, const char *output)
{
	br_json_open(json, NULL, '{');
	br_json_text(json, "output", output);
	br_json_text(json, "state", plugin_state_name(state));
}

/* Room for a check with these many measurements; else it is counted as cut. */
static bool has_room(struct tree *tree, enum plugin_state state, size_t text_len, size_t n_perf)
{
	size_t most = LINE_ROOM + 2 * text_len + n_perf * PERF_ROOM + CUT_ROOM;

	if (!tree->n_cut && tree->json.buf->len + most <= tree->end)
		return true;
	tree->cut = plugin_state_worst(tree->cut, state);
	tree->n_cut++;
	return false;
}

static void put_line(struct tree *tree, const struct plugin_answer *answer,
		     const struct plugin_line *line)
{
	struct plugin_clean clean;

	plugin_clean(&clean, line->text, tree->ascii);
	if (!has_room(tree, line->state, clean.len, line->n_perf))
		return;
	put_check(&tree->json, line->state, clean.at);
	if (line->n_perf) {
		br_json_open(&tree->json, "perfdata", '[');
		for (size_t i = 0; i < line->n_perf; i++)
			put_perf(&tree->json, &answer->perf[line->first_perf + i]);
		br_json_close(&tree->json, ']');
	}
	br_json_close(&tree->json, '}');
}

static void put_lines(struct tree *tree, const struct plugin_answer *answer,
		      const struct plugin_group *group)
{
	for (size_t s = 0; s < PLUGIN_STATES; s++) {
		for (size_t i = group->first; i < group->first + group->n; i++) {
			if (answer->lines[i].state == plugin_worst_first[s])
				put_line(tree, answer, &answer->lines[i]);
		}
	}
}

static void put_group(struct tree *tree, const struct plugin_answer *answer,
		      const struct plugin_group *group)
{
	enum plugin_state state = plugin_group_state(answer, group);
	struct plugin_head title;

	plugin_group_title(&title, answer, group, tree->ascii);
	if (!has_room(tree, state, title.len, 0))
		return;
	put_check(&tree->json, state, title.at);
	if (group->n) {
		br_json_open(&tree->json, "checks", '[');
		put_lines(tree, answer, group);
		br_json_close(&tree->json, ']');
	}
	br_json_close(&tree->json, '}');
}

static void put_checks(struct tree *tree, const struct plugin_answer *answer)
{
	char text[40];

	if (answer->n_groups == 1) {
		put_lines(tree, answer, &answer->groups[0]);
	} else {
		for (size_t i = 0; i < answer->n_groups; i++)
			put_group(tree, answer, &answer->groups[i]);
	}
	if (tree->n_cut == 0)
		return;
	snprintf(text, sizeof text, "%zu more left out", tree->n_cut);
	put_check(&tree->json, tree->cut, text);
	br_json_close(&tree->json, '}');
}

void plugin_write_json(const struct plugin_answer *answer, const struct plugin_look *look,
		       struct br_buf *out, size_t room)
{
	struct tree tree = {
		.json = {.buf = out},
		.end = out->len + room,
		.ascii = look->ascii,
	};
	struct plugin_head head, remark;

	plugin_head_write(&head, answer, false, look->ascii);
	plugin_remark_write(&remark, answer, 0, look->ascii);
	memcpy(head.at + head.len, remark.at, remark.len + 1); /* both are far from full */
	br_json_open(&tree.json, NULL, '{');
	br_json_text(&tree.json, "state", plugin_state_name(plugin_answer_state(answer)));
	br_json_text(&tree.json, "summary", head.at);
	br_json_open(&tree.json, "checks", '[');
	if (!answer->failed)
		put_checks(&tree, answer);
	br_json_close(&tree.json, ']');
	br_json_close(&tree.json, '}');
	br_buf_char(out, '\n');
}
