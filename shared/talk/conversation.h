/*
 * conversation.h - asks one printer everything a reading needs. Owns no socket and no clock.
 *
 *   while (br_conversation_next(talk, now, buffer, sizeof buffer, &datagram, &len))
 *           send it, wait for an answer or a timeout, and call
 *           br_conversation_hear() with what came (as often as something comes), or
 *           br_conversation_silence() when the attempt timed out;
 *
 * The answers gather in a harvest; decode/snmp.h makes readings of them. The same code is
 * driven by a socket, by a recorded walk and by the fleet.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_CONVERSATION_H
#define BR_TALK_CONVERSATION_H

#include "decode/makers.h"
#include "decode/snmp.h"
#include "talk/ask.h"
#include "talk/session.h"

#define BR_CONVERSATION_QUESTIONS 512 /* more than any printer needs: something is wrong */

struct br_conversation_options {
	struct br_session session;
	struct br_makers *makers;      /* may be NULL: the standards alone */
	unsigned attempts;             /* of one question, the first included; 0: 3 */
	unsigned max_repetitions;      /* 0: 50 */
	int32_t seed;                  /* of the request ids: unpredictable to others */
	struct br_tolerance tolerance; /* learned before; all zero: nothing */
};

enum br_asking { BR_ASKING_CURSORS, BR_ASKING_ROWS, BR_ASKING_PROBE };

struct br_conversation {
	struct br_session session;
	struct br_makers *makers;
	const struct br_mib *mib;   /* of the maker that was recognised; NULL: none */
	struct br_harvest *harvest; /* lent */
	struct br_tolerance tolerance;
	unsigned attempts, attempt;
	unsigned questions; /* datagrams written */
	int32_t request_id;
	enum br_asking asking;
	bool out;      /* a question is out */
	bool answered; /* the printer has answered something */
	bool devices_learned, maker_learned, done, partial;
	bool garbage; /* something came that is no SNMP of this session */
	bool refused; /* it said authorizationError, or noAccess */
	bool backward, bulk_failed, small_replies, v1_only; /* oddities, for the notes */
	enum br_status status; /* once done: BR_OK, BR_E_TIMEOUT, BR_E_AUTH, … */
	struct br_error error;
	struct br_ask ask;
	uint8_t n_rows_asked;
	uint16_t rows_asked[BR_PDU_MAX_NAMES]; /* of mib->rows */
	uint8_t rows_done[BR_MIB_MAX_ROWS / 8];
	uint8_t rows_for[BR_MIB_MAX_ROWS / 8]; /* of this model */
};

void br_conversation_init(struct br_conversation *talk,
			  const struct br_conversation_options *options,
			  struct br_harvest *harvest);

/* The next datagram, in buffer (BR_REQUEST_MAX octets do); false when the conversation is over.
 */
bool br_conversation_next(struct br_conversation *talk, int64_t now_ms, uint8_t *buffer,
			  size_t size, const uint8_t **datagram, size_t *len);

/* True if the datagram was of use: call next. False: keep waiting. Decrypts in place. */
bool br_conversation_hear(struct br_conversation *talk, int64_t now_ms, uint8_t *datagram,
			  size_t len);

/* The attempt timed out: call next. */
void br_conversation_silence(struct br_conversation *talk);

/* The deadline of the whole is over: what came so far is what there is. */
void br_conversation_stop(struct br_conversation *talk);

/* Puts what was odd on the wire, partial and questions into a reading. */
void br_conversation_tell(const struct br_conversation *talk, struct br_reading *reading);

#endif
