/*
 * lies.c - what a trick makes of the honest answer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/lies.h"

#include "decode/pdu.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

static uint8_t trick(struct liar *liar, uint8_t otherwise)
{
	return liar->tricks < liar->end ? *liar->tricks++ : otherwise;
}

/* Puts an error into an octet 0 close before the varbinds: where index and status stand. */
static void put_error(struct liar *liar, uint8_t error)
{
	struct br_answer answer;
	size_t at;

	if (!liar->len || !br_message_read(liar->answer, liar->len, &answer) ||
	    answer.varbinds.at - liar->answer <= 10)
		return;
	at = (size_t)(answer.varbinds.at - liar->answer);
	for (size_t back = 4; back < 8; back++)
		if (liar->answer[at - back] == 0) {
			liar->answer[at - back] = error;
			return;
		}
}

/* Puts what a trick makes of the honest answer into liar->answer; the length, 0 for silence. */
static size_t play(struct liar *liar, uint8_t kind)
{
	size_t at = (size_t)(trick(liar, 0) << 8 | trick(liar, 0)),
	       own = (size_t)(liar->end - liar->tricks);

	switch (kind % 8) {
	case 1: /* one octet; the first hundred are where the headers are */
		if (liar->len)
			liar->answer[(kind & 0x80 ? at : at % 100) % liar->len] =
				trick(liar, 0);
		return liar->len;
	case 2:
		return liar->len ? at % liar->len : 0;
	case 3: /* an older one */
		memcpy(liar->answer, liar->before, liar->before_len);
		return liar->before_len;
	case 4: /* what the input says */
		own = own < at % 64 ? own : at % 64;
		memcpy(liar->answer, liar->tricks, own);
		liar->tricks += own;
		return own;
	case 5:
		return 0;
	case 6:
		put_error(liar, at & 31);
		return liar->len;
	default:
		return liar->len;
	}
}

uint8_t *liar_answer(struct liar *liar, const uint8_t *question, size_t question_len,
		     size_t *len)
{
	uint8_t kind = trick(liar, liar->honest ? 0 : 5), *exact;

	liar->len = br_agent_answer(&liar->agent, question, question_len, liar->answer,
				    LIES_ANSWER);
	if (kind < 0xf0)
		liar->len = play(liar, kind);
	exact = malloc(liar->len ? liar->len : 1);
	MUST(exact);
	memcpy(exact, liar->answer, liar->len);
	memcpy(liar->before, liar->answer, liar->len);
	liar->before_len = *len = liar->len;
	return exact;
}
