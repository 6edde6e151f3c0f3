/*
 * output_head.c - the sentence in front: what is wrong, worst first; where nothing is, what is
 * well.
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <stdio.h>
#include <string.h>

/* Octets after which a sentence ends with how many more there are. */
#define SHORT_MOST 250
#define LONG_MOST  1000

const enum plugin_state plugin_worst_first[PLUGIN_STATES] = {PLUGIN_CRITICAL, PLUGIN_UNKNOWN,
							     PLUGIN_WARNING, PLUGIN_OK};

static void head_add(struct plugin_head *head, const char *text, size_t len)
{
	size_t room = sizeof head->at - 1 - head->len;

	if (len > room)
		return;
	memcpy(head->at + head->len, text, len);
	head->len += len;
	head->at[head->len] = '\0';
}

static void head_text(struct plugin_head *head, const char *text)
{
	head_add(head, text, strlen(text));
}

/* Texts joined until the sentence is most octets long, the first of them whatever it takes. */
struct joined {
	struct plugin_head *head;
	const char *lead, *between; /* lead: if something stands before the first */
	size_t most, n, n_more;
	bool ascii;
};

static void join(struct joined *joined, const char *text)
{
	const char *before = joined->n           ? joined->between
			     : joined->head->len ? joined->lead
						 : "";
	struct plugin_clean clean;

	plugin_clean(&clean, text, joined->ascii);
	if (clean.len == 0)
		return;
	if (joined->n_more || (joined->head->len &&
			       joined->head->len + strlen(before) + clean.len > joined->most)) {
		joined->n_more++;
		return;
	}
	head_text(joined->head, before);
	head_add(joined->head, clean.at, clean.len);
	joined->n++;
}

static void join_end(const struct joined *joined)
{
	char more[40];

	if (joined->n_more == 0)
		return;
	snprintf(more, sizeof more, "%sand %zu more",
		 joined->n ? joined->between : joined->lead, joined->n_more);
	head_text(joined->head, more);
}

/* What the line says is all that its group says in short. */
static bool is_said(const struct plugin_answer *answer, size_t line)
{
	for (size_t i = 0; i < answer->n_groups; i++) {
		const struct plugin_group *group = &answer->groups[i];

		if (line >= group->first && line - group->first < group->n &&
		    strcmp(group->well, answer->lines[line].text) == 0)
			return true;
	}
	return false;
}

static void join_lines(struct joined *joined, const struct plugin_answer *answer,
		       enum plugin_state state, bool in_short)
{
	for (size_t i = 0; i < answer->n_lines; i++) {
		if (answer->lines[i].state == state && !(in_short && is_said(answer, i)))
			join(joined, answer->lines[i].text);
	}
}

static void write_wrong(struct plugin_head *head, const struct plugin_answer *answer,
			size_t most, bool ascii)
{
	struct joined joined = {head, "", ", ", most, 0, 0, ascii};

	for (size_t i = 0; plugin_worst_first[i] != PLUGIN_OK; i++)
		join_lines(&joined, answer, plugin_worst_first[i], false);
	join_end(&joined);
}

static void write_in_short(struct plugin_head *head, const struct plugin_answer *answer,
			   size_t most, bool ascii)
{
	struct joined joined = {head, "", "; ", most, 0, 0, ascii};

	for (size_t i = 0; i < answer->n_groups; i++)
		join(&joined, answer->groups[i].well);
	join_end(&joined);
}

/* Every thing that is well; a group that has no lines says it in short. */
static void write_well(struct plugin_head *head, const struct plugin_answer *answer,
		       const char *lead, bool groups, bool ascii)
{
	struct joined joined = {head, lead, ", ", LONG_MOST, 0, 0, ascii};

	for (size_t i = 0; groups && i < answer->n_groups; i++) {
		if (answer->groups[i].n == 0 && answer->groups[i].left_out == PLUGIN_OK)
			join(&joined, answer->groups[i].well);
	}
	join_lines(&joined, answer, PLUGIN_OK, !groups && head->len > 0);
	join_end(&joined);
}

void plugin_head_write(struct plugin_head *head, const struct plugin_answer *answer,
		       bool everything, bool ascii)
{
	bool well = plugin_answer_state(answer) == PLUGIN_OK;
	size_t most = everything ? LONG_MOST : SHORT_MOST;
	struct plugin_clean clean;

	head->len = 0;
	head->at[0] = '\0';
	if (answer->failed) {
		plugin_clean(&clean, answer->sentence, ascii);
		head_add(head, clean.at, clean.len);
		return;
	}
	if (well)
		write_in_short(head, answer, most, ascii);
	else
		write_wrong(head, answer, most, ascii);
	if (everything || (well && head->len == 0))
		write_well(head, answer, well ? "; " : "; well: ", !well, ascii);
	if (head->len == 0)
		head_text(head, answer->n_groups == 0 ? "nothing was looked at"
				: well                ? "nothing is wrong"
						      : "more is wrong than fits");
}

void plugin_remark_write(struct plugin_head *remark, const struct plugin_answer *answer,
			 size_t n_perf_cut, bool ascii)
{
	size_t n_perf = answer->n_perf_left_out + n_perf_cut;
	struct plugin_clean clean;
	char count[64];

	remark->len = 0;
	remark->at[0] = '\0';
	if (answer->failed)
		return;
	plugin_clean(&clean, answer->remark, ascii);
	if (clean.len == 0 && answer->n_left_out == 0 && n_perf == 0)
		return;
	head_text(remark, " (");
	head_add(remark, clean.at, clean.len);
	if (answer->n_left_out) {
		snprintf(count, sizeof count, "%s%zu left out", remark->len > 2 ? "; " : "",
			 answer->n_left_out);
		head_text(remark, count);
	}
	if (n_perf) {
		snprintf(count, sizeof count, "%s%zu measurement%s left out",
			 remark->len > 2 ? "; " : "", n_perf, n_perf == 1 ? "" : "s");
		head_text(remark, count);
	}
	head_text(remark, ")");
}

size_t plugin_heads_write(struct plugin_head *head, struct plugin_head *remark,
			  const struct plugin_answer *answer, bool everything, bool ascii,
			  size_t room, size_t *n_octets)
{
	size_t n;

	plugin_head_write(head, answer, everything, ascii);
	plugin_remark_write(remark, answer, 0, ascii);
	n = plugin_perf_fit(answer, plugin_less(room, head->len + remark->len), n_octets);
	if (n == answer->n_perf || answer->failed)
		return n;
	plugin_remark_write(remark, answer, answer->n_perf,
			    ascii); /* as long as it may become */
	n = plugin_perf_fit(answer, plugin_less(room, head->len + remark->len), n_octets);
	plugin_remark_write(remark, answer, answer->n_perf - n, ascii);
	return n;
}

void plugin_group_title(struct plugin_head *title, const struct plugin_answer *answer,
			const struct plugin_group *group, bool ascii)
{
	struct plugin_clean clean;

	title->len = 0;
	head_text(title, group->name);
	plugin_clean(&clean, group->well, ascii);
	if (clean.len == 0 || plugin_group_state(answer, group) != PLUGIN_OK)
		return;
	head_text(title, ": ");
	head_add(title, clean.at, clean.len);
}
