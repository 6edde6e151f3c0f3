/*
 * agent.h - the printer's side of the wire: answers a question from a recording.
 *
 * Serves `walk:` targets without a socket, and the simulated fleet of the tests. Answers
 * v1 and v2c GET, GETNEXT and GETBULK as RFC 1157 and RFC 3416 have it; anything else, and a
 * wrong community, is met with silence, as printers do.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_AGENT_H
#define BR_DECODE_AGENT_H

#include "decode/recording.h"

#include <stdbool.h>

struct br_agent {
	const struct br_recording *recording;
	struct br_view community; /* empty view (at == NULL): any will do */
	size_t max_message;       /* replies stay under this; 0: 1472 */
	/* A value to answer instead of the recorded one; may be NULL. Returns true if it set
	 * one. */
	bool (*override)(void *user, const struct br_recorded *row, uint8_t *tag,
			 const uint8_t **value, size_t *len);
	/* The row behind a name, NULL at the end, instead of the recorded order; may be NULL.
	 * Lets tests play printers whose names do not increase. The row stays valid for this
	 * answer. */
	const struct br_recorded *(*next)(void *user, const uint8_t *name, size_t len);
	void *user;
};

#define BR_AGENT_MAX_REPEATERS 256 /* a GETBULK of more columns is answered tooBig */

/*
 * Answers one datagram into out (its start), which is not the request's memory. Returns the
 * length, 0 for silence. The length of a v2c GETBULK reply is cut at whole varbinds; a GET or
 * GETNEXT that does not fit is answered tooBig. Nothing is allocated.
 */
size_t br_agent_answer(const struct br_agent *agent, const uint8_t *request, size_t request_len,
		       uint8_t *out, size_t out_size);

#endif
