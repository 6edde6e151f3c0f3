/*
 * output_multi_line.c - the tree that monitoring-plugins 3 draws:
 *
 *   [WARNING] - what is wrong
 *           \_[WARNING] - a thing
 *           \_[OK] - another|performance data
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <stdio.h>
#include <string.h>

struct tree {
	struct br_buf *out;
	size_t room, n_cut;
	enum plugin_state cut; /* the worst of what was */
	bool ascii;
};
#define CUT_ROOM 48 /* for a branch that says "256 more left out" */

static void put_branch(struct tree *tree, unsigned depth, enum plugin_state state,
		       const char *text)
{
	br_buf_format(tree->out, "\n%.*s\\_[%s] - %s", (int)depth, "\t\t",
		      plugin_state_name(state), text);
}

static void branch(struct tree *tree, unsigned depth, enum plugin_state state, const char *text)
{
	struct plugin_clean clean;
	size_t len;

	plugin_clean(&clean, text, tree->ascii);
	len = depth + strlen("\n\\_[] - ") + strlen(plugin_state_name(state)) + clean.len;
	if (tree->n_cut || len + CUT_ROOM > tree->room) {
		tree->cut = plugin_state_worst(tree->cut, state);
		tree->n_cut++;
		return;
	}
	put_branch(tree, depth, state, clean.at);
	tree->room -= len;
}

static void branch_lines(struct tree *tree, unsigned depth, const struct plugin_answer *answer,
			 const struct plugin_group *group)
{
	for (size_t s = 0; s < PLUGIN_STATES; s++) {
		for (size_t i = group->first; i < group->first + group->n; i++) {
			if (answer->lines[i].state == plugin_worst_first[s])
				branch(tree, depth, answer->lines[i].state,
				       answer->lines[i].text);
		}
	}
}

static void branch_groups(struct tree *tree, const struct plugin_answer *answer)
{
	struct plugin_head title;

	for (size_t i = 0; i < answer->n_groups; i++) {
		const struct plugin_group *group = &answer->groups[i];

		plugin_group_title(&title, answer, group, tree->ascii);
		branch(tree, 1, plugin_group_state(answer, group), title.at);
		branch_lines(tree, 2, answer, group);
	}
}

static void write_tree(struct tree *tree, const struct plugin_answer *answer)
{
	char text[40];

	if (answer->n_groups == 1)
		branch_lines(tree, 1, answer, &answer->groups[0]);
	else
		branch_groups(tree, answer);
	if (tree->n_cut == 0 || tree->room < CUT_ROOM)
		return;
	snprintf(text, sizeof text, "%zu more left out", tree->n_cut);
	put_branch(tree, 1, tree->cut, text);
}

void plugin_write_multi_line(const struct plugin_answer *answer, const struct plugin_look *look,
			     struct br_buf *out, size_t room)
{
	const char *name = plugin_state_name(plugin_answer_state(answer));
	size_t around = strlen(name) + strlen("[] - |\n") + CUT_ROOM;
	struct tree tree = {.out = out, .ascii = look->ascii};
	struct plugin_head head, remark;
	size_t n, n_octets;

	n = plugin_heads_write(&head, &remark, answer, false, look->ascii,
			       plugin_less(room, around), &n_octets);
	br_buf_format(out, "[%s] - ", name);
	br_buf_add(out, head.at, head.len);
	br_buf_add(out, remark.at, remark.len);
	tree.room = plugin_less(room, around - CUT_ROOM + head.len + remark.len + n_octets);
	if (!answer->failed)
		write_tree(&tree, answer);
	if (n > 0) {
		br_buf_char(out, '|');
		plugin_perf_write(out, answer, n);
	}
	br_buf_char(out, '\n');
}
