/*
 * glance.h - a status reading: asks a known printer for what can change, mostly in one
 * question.
 *
 * One GETBULK: its non-repeaters are the predecessors of the learned instances, its repeaters
 * the columns of the alert table, which is read afresh because a new alert is a row with a new
 * index. In v1, and where GETBULK is not stood, the same by GETNEXT. Used like a conversation:
 * next, hear, silence, stop. What came gathers in a harvest that holds these answers alone;
 * br_harvest_renew() puts them into the answers of the last full reading.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_GLANCE_H
#define BR_TALK_GLANCE_H

#include "talk/learned.h"

enum br_glance_verdict {
	BR_GLANCE_NONE = 0, /* not over, or failed: see status */
	BR_GLANCE_SAME,     /* every answer but the uptime is what it was at the last glance */
	BR_GLANCE_CHANGED,
	BR_GLANCE_STALE, /* what was learned is not true any more: read in full */
};

struct br_glance_options {
	struct br_session session;
	struct br_view learned; /* lent until the glance is over */
	uint64_t digest;        /* of the last glance's answers; 0: none */
	int64_t asked_ms;       /* when that was, monotonic, for what the uptime must be */
	uint32_t uptime;        /* then, in ticks; 0 with digest 0 */
	uint8_t alerts;         /* rows of the alert table then: so many are asked at once */
	bool counter_moves; /* prtGeneralConfigChanges by itself: no reason to read in full */
	unsigned attempts;  /* 0: 3 */
	int32_t seed;
};

/* Where one column of the alert table stands. */
struct br_glance_column {
	uint8_t len; /* of its last index */
	bool ended;
	uint8_t rows;
	uint8_t last[BR_ASK_INDEX];
};
#define BR_GLANCE_COLUMNS 8

/* Small: a fleet holds thousands. Members are this file's own but for those marked. */
struct br_glance {
	struct br_session session;
	struct br_view learned;
	struct br_harvest *harvest;     /* lent */
	uint64_t digest;                /* read: of these answers, once over; never 0 */
	uint32_t uptime;                /* read: sysUpTime as answered */
	enum br_glance_verdict verdict; /* read, once over */
	const char *stale_because;      /* read: a word for --explain: "restarted",
					   "config-changes", "supply-replaced", "instance-gone",
					   "alert", "answers-differ", "not-learned" */
	enum br_status status;          /* read, once over */
	struct br_error error;          /* read */
	unsigned questions;             /* read */
	uint8_t alerts;                 /* expected rows of the alert table */
	uint8_t rows;                   /* read: rows that came; of use in the next options */
	bool done, out, answered, bulk, alerts_alone, counter_moves;
	uint64_t digest_before;
	int64_t asked_ms;
	uint64_t sum; /* of what came so far */
	uint32_t uptime_before;
	int32_t request_id;
	uint8_t attempts, attempt, asking, probed; /* probed: what was asked before the probe */
	/* Where the question's entries begin in what was learned, and the next one's; which it
	 * is, and how many of its names have come. */
	uint16_t at, next_at;
	uint8_t question, have;
	/* the datagram that is out */
	uint8_t n_names, n_columns, repetitions, most_names, most_rows;
	uint8_t columns[BR_GLANCE_COLUMNS];
	uint64_t
		missed; /* of the question's names, those that GETNEXT did not bring: GET may */
	struct br_glance_column column[BR_GLANCE_COLUMNS];
};

void br_glance_init(struct br_glance *glance, const struct br_glance_options *options,
		    struct br_harvest *harvest);
bool br_glance_next(struct br_glance *glance, int64_t now_ms, uint8_t *buffer, size_t size,
		    const uint8_t **datagram, size_t *len);
bool br_glance_hear(struct br_glance *glance, int64_t now_ms, uint8_t *datagram, size_t len);
void br_glance_silence(struct br_glance *glance);
void br_glance_stop(struct br_glance *glance);

/* True if one that says this uptime now was started since what the options tell of. */
bool br_glance_restarted(const struct br_glance_options *before, uint32_t ticks,
			 int64_t now_ms);

#endif
