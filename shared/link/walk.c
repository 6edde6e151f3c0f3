/*
 * walk.c - a recording that answers like the printer it was taken from.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"
#include "decode/pdu.h"
#include "link/link.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	struct br_recording recording;
	struct br_agent agent;
	size_t answer_len; /* 0: nothing waits */
	uint8_t answer[1472];
};

static enum br_status walk_send(void *self, const uint8_t *data, size_t len,
				struct br_error *err)
{
	struct walk *walk = self;

	(void)err;
	walk->answer_len =
		br_agent_answer(&walk->agent, data, len, walk->answer, sizeof walk->answer);
	return BR_OK;
}

static enum br_status walk_receive(void *self, uint8_t *data, size_t size, int64_t deadline_ms,
				   size_t *len, struct br_error *err)
{
	struct walk *walk = self;

	(void)deadline_ms; /* a recording never answers later */
	if (walk->answer_len == 0 || walk->answer_len > size)
		return br_fail(err, BR_E_TIMEOUT, "the recording does not answer this");
	memcpy(data, walk->answer, walk->answer_len);
	*len = walk->answer_len;
	walk->answer_len = 0;
	return BR_OK;
}

static void walk_close(void *self)
{
	struct walk *walk = self;

	br_recording_clear(&walk->recording);
	free(walk);
}

enum br_status br_walk_open(struct br_link *link, const struct br_target *target,
			    struct br_error *err)
{
	struct walk *walk = calloc(1, sizeof *walk);
	enum br_status status;

	if (!walk)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	status = br_recording_load(&walk->recording, target->host, err);
	if (status != BR_OK) {
		free(walk);
		return status;
	}
	if (walk->recording.n_rows == 0) {
		walk_close(walk);
		return br_fail(err, BR_E_ABSENT, "%s: the recording holds no row",
			       target->host);
	}
	walk->agent.recording = &walk->recording;
	*link = (struct br_link){walk_send, walk_receive, walk_close, walk};
	return BR_OK;
}
