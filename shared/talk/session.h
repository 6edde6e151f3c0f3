/*
 * session.h - the envelope of a question: version and community, or a v3 user.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_SESSION_H
#define BR_TALK_SESSION_H

#include "talk/v3.h"

struct br_session {
	enum br_version version;
	struct br_view community; /* lent */
	struct br_v3 *v3;         /* lent; for BR_SNMP_V3 */
};

/* The datagram that asks; NULL where it has no room in the buffer, or v3 cannot encrypt. */
const uint8_t *br_session_write(const struct br_session *session,
				const struct br_question *question, int64_t now_ms,
				uint8_t *buffer, size_t size, size_t *len);

enum br_heard {
	BR_HEARD_ANSWER,
	BR_HEARD_AGAIN,  /* v3 learned something: write the same question once more */
	BR_HEARD_IGNORE, /* not an answer to this question */
	BR_HEARD_FAILED, /* *err says why; asking again will not help */
};

/* Reads what came; decrypts in place. The answer's request id is the question's. */
enum br_heard br_session_read(const struct br_session *session, int32_t request_id,
			      int64_t now_ms, uint8_t *datagram, size_t len,
			      struct br_answer *answer, struct br_error *err);

#endif
