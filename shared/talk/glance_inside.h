/*
 * glance_inside.h - what the two halves of a glance share: asking (glance.c) and taking.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_GLANCE_INSIDE_H
#define BR_TALK_GLANCE_INSIDE_H

#include "talk/glance.h"
#include "talk/learned_inside.h"

enum br_glancing {
	BR_GLANCING_NAMES,  /* learned names, and perhaps the alert table's columns */
	BR_GLANCING_MISSED, /* names that did not come by GETNEXT */
	BR_GLANCING_ALERTS, /* the alert table goes on */
	BR_GLANCING_PROBE,  /* is anybody there? */
};

void br_glance_finish(struct br_glance *glance, enum br_status status);
void br_glance_stale(struct br_glance *glance, const char *because);

/* Takes an answer that has no error; may finish the glance. */
void br_glance_take(struct br_glance *glance, const struct br_learned_plan *plan,
		    const struct br_answer *answer, int64_t now_ms);

/* Nothing at all is behind a column of the alert table, so nor behind the later ones. */
void br_glance_end(struct br_glance *glance, uint8_t column);

/* Every answer is there: what they say together. */
void br_glance_conclude(struct br_glance *glance, const struct br_learned_plan *plan);

#endif
