/*
 * glancer.h - a printer in memory that is read in full once, and then looked at.
 *
 * The recording can be edited between the looks, and answers can be spoiled on their way.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_GLANCER_H
#define BR_TESTS_GLANCER_H

#include "base/buf.h"
#include "talk/glance.h"
#include "talk/liar.h"

struct glancer {
	struct liar *liar; /* the full reading; its agent answers */
	struct br_buf text, learned;
	uint8_t *lent; /* exact-size copy of learned, as a store hands it out */
	struct br_harvest now;
	struct br_glance glance;
	struct br_glance_options options; /* the next look's; settled by the last one */
	int64_t now_ms;
	/* Changes an answer on its way (nth: from 1); a length of 0 is silence. May be NULL. */
	void (*spoil)(struct glancer *glancer, unsigned nth, uint8_t *datagram, size_t *len);
	bool unchecked;        /* what was learned is damaged: questions may be odd */
	struct engine *engine; /* of v3, through which the agent answers; may be NULL */
	long how;
	unsigned sent, names,
		octets; /* of the look: datagrams; names and octets of the largest */
	uint8_t question[BR_REQUEST_MAX];
	size_t question_len;
};

/* NAME of tests/recordings, or the lines of one. Reads in full and learns. */
void glancer_open(struct glancer *glancer, const char *name);
void glancer_open_as(struct glancer *glancer, const char *name, enum br_version version);
void glancer_close(struct glancer *glancer);
enum br_status glancer_learn(struct glancer *glancer); /* once more, in full */

/* Puts a row "1.3.6…|2|7" there, or in place of the one of that name. */
void glancer_set(struct glancer *glancer, const char *line);
void glancer_drop(struct glancer *glancer, const char *name); /* it and all below */
/* The rows below a name; each is told. */
void glancer_add_alert(struct glancer *glancer, unsigned index, int group, int part, int code);

/* One look, some time after the last one; its digest is the next one's. */
enum br_glance_verdict glancer_look(struct glancer *glancer);

/* What the look left of the full reading, and what a full reading would say now; JSON. */
void glancer_compare(struct glancer *glancer);

#endif
