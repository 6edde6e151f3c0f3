/*
 * session.c - late, foreign and broken datagrams end here.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/session.h"

const uint8_t *br_session_write(const struct br_session *session,
				const struct br_question *question, int64_t now_ms,
				uint8_t *buffer, size_t size, size_t *len)
{
	if (session->version == BR_SNMP_V3)
		return br_v3_write(session->v3, question, now_ms, buffer, size, len);
	return br_message_write(buffer, size, session->version, session->community, question,
				len);
}

enum br_heard br_session_read(const struct br_session *session, int32_t request_id,
			      int64_t now_ms, uint8_t *datagram, size_t len,
			      struct br_answer *answer, struct br_error *err)
{
	if (session->version == BR_SNMP_V3) {
		switch (br_v3_read(session->v3, datagram, len, now_ms, answer, err)) {
		case BR_V3_ANSWER:
			break;
		case BR_V3_AGAIN:
			return BR_HEARD_AGAIN;
		case BR_V3_IGNORE:
			return BR_HEARD_IGNORE;
		case BR_V3_FAILED:
			return BR_HEARD_FAILED;
		}
	} else if (!br_message_read(datagram, len, answer) ||
		   answer->version != session->version) {
		return BR_HEARD_IGNORE;
	}
	if (answer->type != BR_PDU_RESPONSE || answer->request_id != request_id)
		return BR_HEARD_IGNORE;
	return BR_HEARD_ANSWER;
}
