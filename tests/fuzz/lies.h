/*
 * lies.h - a printer that lies as a fuzzer's octets say.
 *
 * One octet for each datagram is the trick (and more where the trick needs them): silence, the
 * honest answer, that one with an octet changed, cut, or with another error, an earlier answer,
 * and the input's own octets. When they are used up it is silent for good, or honest.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_LIES_H
#define BR_TESTS_LIES_H

#include "decode/agent.h"

#define LIES_ANSWER 1472

struct liar {
	struct br_agent agent;
	const uint8_t *tricks, *end;
	bool honest; /* at the end */
	size_t len, before_len;
	uint8_t answer[LIES_ANSWER], before[LIES_ANSWER];
};

/* The answer, in a block of its exact length that the caller frees; *len 0: silence. */
uint8_t *liar_answer(struct liar *liar, const uint8_t *question, size_t question_len,
		     size_t *len);

#endif
