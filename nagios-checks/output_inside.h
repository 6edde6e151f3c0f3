/*
 * output_inside.h - what the three formats share: clean text, the sentence in front, the
 * performance data.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_OUTPUT_INSIDE_H
#define BR_NAGIOS_CHECKS_OUTPUT_INSIDE_H

#include "output.h"

/* Somebody's text, ready to be written. */
struct plugin_clean {
	char at[512];
	size_t len;
};
void plugin_clean(struct plugin_clean *clean, const char *text, bool ascii);

/* What stands behind "SUPPLIES WARNING: ", or is the summary. */
struct plugin_head {
	char at[2048];
	size_t len;
};

/* everything: also what is well (-v). */
void plugin_head_write(struct plugin_head *head, const struct plugin_answer *answer,
		       bool everything, bool ascii);

/* What stands behind that, in parentheses or empty: the remark, and what was left out, of it
 * n_perf_cut measurements by the writer. */
void plugin_remark_write(struct plugin_head *remark, const struct plugin_answer *answer,
			 size_t n_perf_cut, bool ascii);

/* Both; returns how many measurements fit into what they leave of room, and the octets of
 * those. */
size_t plugin_heads_write(struct plugin_head *head, struct plugin_head *remark,
			  const struct plugin_answer *answer, bool everything, bool ascii,
			  size_t room, size_t *n_octets);

/* A group where there are several: its name, and what is well if that is all of it. */
void plugin_group_title(struct plugin_head *title, const struct plugin_answer *answer,
			const struct plugin_group *group, bool ascii);

/* A measurement, as classic output has it, and its value alone. */
#define PLUGIN_PERF_SIZE   192
#define PLUGIN_NUMBER_SIZE 24
size_t plugin_perf_text(char out[PLUGIN_PERF_SIZE], const struct plugin_perf *perf);
size_t plugin_number_text(char out[PLUGIN_NUMBER_SIZE], const struct plugin_perf *perf);

/* How many of the measurements fit, with a blank between them; and those many, written. */
size_t plugin_perf_fit(const struct plugin_answer *answer, size_t room, size_t *n_octets);
void plugin_perf_write(struct br_buf *out, const struct plugin_answer *answer, size_t n);

/* How bad the states are, worst first. */
#define PLUGIN_STATES 4
extern const enum plugin_state plugin_worst_first[PLUGIN_STATES];

size_t plugin_less(size_t a, size_t b); /* a - b, or 0 */

/* room: octets that may be written. */
void plugin_write_multi_line(const struct plugin_answer *answer, const struct plugin_look *look,
			     struct br_buf *out, size_t room);
void plugin_write_json(const struct plugin_answer *answer, const struct plugin_look *look,
		       struct br_buf *out, size_t room);

#endif
