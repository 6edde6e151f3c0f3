/*
 * output.c - see output.h; the classic format.
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <string.h>

static const char *const formats[] = {
	[PLUGIN_CLASSIC] = "classic",
	[PLUGIN_MULTI_LINE] = "multi-line",
	[PLUGIN_JSON] = "mp-test-json",
};

bool plugin_format_parse(struct br_view text, enum plugin_format *format)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		if (br_view_is_nocase(text, formats[i])) {
			*format = (enum plugin_format)i;
			return true;
		}
	}
	return false;
}

size_t plugin_less(size_t a, size_t b)
{
	return a > b ? a - b : 0;
}

/* Lines below the first, while there is room. */
struct below {
	struct br_buf *out;
	size_t room, n_cut;
	bool ascii;
};
#define CUT_ROOM 32 /* for "(256 more left out)" */

static void below_add(struct below *below, enum plugin_state state, const char *text)
{
	const char *name = plugin_state_name(state);
	struct plugin_clean clean;
	size_t len;

	plugin_clean(&clean, text, below->ascii);
	len = strlen(name) + clean.len + 4;
	if (below->n_cut || len + CUT_ROOM > below->room) {
		below->n_cut++;
		return;
	}
	br_buf_format(below->out, "[%s] %s\n", name, clean.at);
	below->room -= len;
}

static void write_below(const struct plugin_answer *answer, struct below *below)
{
	for (size_t s = 0; s < PLUGIN_STATES; s++) {
		for (size_t i = 0; i < answer->n_lines; i++) {
			if (answer->lines[i].state == plugin_worst_first[s])
				below_add(below, answer->lines[i].state, answer->lines[i].text);
		}
	}
	for (size_t i = 0; i < answer->n_groups; i++) {
		const struct plugin_group *group = &answer->groups[i];

		if (group->n == 0 && group->left_out == PLUGIN_OK && group->well[0])
			below_add(below, PLUGIN_OK, group->well);
	}
	if (below->n_cut && below->room >= CUT_ROOM)
		br_buf_format(below->out, "(%zu more left out)\n", below->n_cut);
}

static void write_diagnosis(const struct plugin_answer *answer, const struct plugin_look *look,
			    struct br_buf *out)
{
	struct br_view rest = {answer->diagnosis.data, answer->diagnosis.len}, line;
	struct plugin_clean clean;
	char text[sizeof clean.at];

	while (look->verbose >= 3 && rest.len && br_view_line(&rest, &line)) {
		br_text_copy(text, sizeof text, line);
		plugin_clean(&clean, text, look->ascii);
		if (clean.len + 1 > plugin_less(out->ceiling, out->len))
			return;
		br_buf_add(out, clean.at, clean.len);
		br_buf_char(out, '\n');
	}
}

static void write_classic(const struct plugin_answer *answer, const struct plugin_look *look,
			  struct br_buf *out, size_t room)
{
	const char *name = plugin_state_name(plugin_answer_state(answer));
	size_t around = strlen(answer->title) + strlen(name) + strlen(" :  | \n");
	size_t before = out->len, n, n_octets;
	struct plugin_head head, remark;

	n = plugin_heads_write(&head, &remark, answer, look->verbose == 1, look->ascii,
			       plugin_less(room, around), &n_octets);
	br_buf_format(out, "%s %s: ", answer->title, name);
	br_buf_add(out, head.at, head.len);
	br_buf_add(out, remark.at, remark.len);
	if (n > 0) {
		br_buf_text(out, " | ");
		plugin_perf_write(out, answer, n);
	}
	br_buf_char(out, '\n');
	if (look->verbose >= 2 && !answer->failed) {
		struct below below = {out, plugin_less(room, out->len - before), 0,
				      look->ascii};

		write_below(answer, &below);
	}
	write_diagnosis(answer, look, out);
}

/* What the look allows, and out's ceiling. */
static size_t room_in(const struct br_buf *out, const struct plugin_look *look)
{
	size_t most = look->format == PLUGIN_JSON ? PLUGIN_JSON_MOST
		      : look->verbose >= 3        ? SIZE_MAX
						  : PLUGIN_OUTPUT_MOST;
	size_t left = plugin_less(out->ceiling, out->len);

	return most < left ? most : left;
}

void plugin_write(const struct plugin_answer *answer, const struct plugin_look *look,
		  struct br_buf *out)
{
	size_t room = room_in(out, look);

	switch (look->format) {
	case PLUGIN_CLASSIC:
		write_classic(answer, look, out, room);
		return;
	case PLUGIN_MULTI_LINE:
		plugin_write_multi_line(answer, look, out, room);
		return;
	case PLUGIN_JSON:
		plugin_write_json(answer, look, out, room);
		return;
	}
}

int plugin_exit_code(const struct plugin_answer *answer, const struct plugin_look *look)
{
	return look->format == PLUGIN_JSON ? 0 : (int)plugin_answer_state(answer);
}
