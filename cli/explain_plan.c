/*
 * explain_plan.c - what a status reading would ask of the printer that was just read.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"

#include <stdio.h>

enum { PLAN_CEILING = 1 << 16, PLAN_WIDTH = 26, PLAN_INDENT = 6 };

/* The rows of one column stand on one line. */
struct plan_lines {
	struct br_buf *out, line; /* line: the names so far of the column */
	const struct cli_look *look;
	const struct br_field *field;
	const struct br_table *table;
	size_t names;
};

static void end_line(struct plan_lines *lines)
{
	char what[64] = "of its maker";

	if (lines->line.status != BR_OK)
		lines->out->status = lines->line.status;
	if (lines->line.len == 0 || lines->line.status != BR_OK)
		return;
	if (lines->field)
		snprintf(what, sizeof what, "%s.%s", lines->table->name, lines->field->name);
	br_buf_format(lines->out, "  %-*s ", PLAN_WIDTH, what);
	cli_wrap(lines->out, lines->look, lines->line.data, PLAN_WIDTH + 3, PLAN_INDENT);
	br_buf_reset(&lines->line);
}

static void tell_name(void *user, const struct br_oid *name, bool table)
{
	struct plan_lines *lines = user;
	const struct br_table *of = NULL;
	const struct br_field *field = NULL;
	const uint8_t *index, *end = name->ber + name->len;
	char dotted[BR_OID_TEXT_SIZE];
	size_t len;
	uint32_t arc;

	if (table)
		return;
	lines->names++;
	if (!br_table_of(name->ber, name->len, &of, &field, &index, &len))
		field = NULL;
	if (field && field == lines->field) {
		for (const char *dot = " "; br_oid_next_arc(&index, end, &arc); dot = ".")
			br_buf_format(&lines->line, "%s%u", dot, arc);
		return;
	}
	end_line(lines);
	lines->field = field;
	lines->table = of;
	br_oid_format(dotted, sizeof dotted, name->ber, name->len);
	br_buf_text(&lines->line, dotted);
}

static void count(void *user, const struct br_oid *name, bool table)
{
	size_t *counts = user;

	(void)name;
	counts[table]++;
}

void cli_explain_plan(struct br_buf *out, const struct cli_look *look, struct br_view learned)
{
	struct plan_lines lines = {.out = out, .look = look};
	unsigned questions = br_learned_questions(learned);
	size_t counts[2] = {0, 0};
	char heading[128];

	if (questions == 0) {
		cli_heading(out, look, "status reading: none, it would be read in full again");
		return;
	}
	br_learned_each(learned, count, counts);
	snprintf(heading, sizeof heading, "status reading: %zu value%s%s in %u question%s",
		 counts[0], counts[0] == 1 ? "" : "s", counts[1] ? " and the alert table" : "",
		 questions, questions == 1 ? "" : "s");
	cli_heading(out, look, heading);
	br_buf_init(&lines.line, PLAN_CEILING);
	br_learned_each(learned, tell_name, &lines);
	end_line(&lines);
	br_buf_clear(&lines.line);
	if (counts[1])
		br_buf_format(out, "  %-*s 1.3.6.1.2.1.43.18.1.1.2 to .9, as far as it goes\n",
			      PLAN_WIDTH, "alerts");
}
