/*
 * conversation_fuzz.c - a printer that lies in every way: the conversation ends all the same.
 *
 * Four octets choose version, attempts, repetitions and which recording answers; what follows are
 * tricks, one octet for each datagram (and more where the trick needs them): silence, the honest
 * answer, that one with an octet changed, cut, or with another error, an earlier answer, and the
 * input's own octets. When they are used up the printer is silent for good, or honest.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"
#include "fuzz/sound.h"
#include "talk/conversation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const files[] = {
	"tests/recordings/brother_mfc-color.snmprec", "tests/recordings/printserver_two.snmprec",
	"tests/recordings/hp_ink_index0.snmprec", "tests/recordings/kyocera_color_mfp.snmprec"};
enum { FILES = sizeof files / sizeof files[0], ANSWER = 1472 };

static struct br_recording recordings[FILES];
static struct br_makers makers;

struct liar {
	struct br_agent agent;
	const uint8_t *tricks, *end;
	bool honest; /* at the end */
	size_t len, before_len;
	uint8_t answer[ANSWER], before[ANSWER];
};

static uint8_t trick(struct liar *liar, uint8_t otherwise)
{
	return liar->tricks < liar->end ? *liar->tricks++ : otherwise;
}

/* Puts what a trick makes of the honest answer into liar->answer; the length, 0 for silence. */
static size_t play(struct liar *liar, uint8_t kind)
{
	size_t at = (size_t)(trick(liar, 0) << 8 | trick(liar, 0)), own = (size_t)(liar->end - liar->tricks);

	switch (kind % 8) {
	case 1: /* one octet; the first hundred are where the headers are */
		if (liar->len)
			liar->answer[(kind & 0x80 ? at : at % 100) % liar->len] = trick(liar, 0);
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
	case 6: { /* an error */
		struct br_answer answer;
		if (liar->len && br_message_read(liar->answer, liar->len, &answer) &&
		    answer.varbinds.at - liar->answer > 10)
			for (int back = 4; back < 8; back++)
				if (answer.varbinds.at[-back] == 0) {
					liar->answer[answer.varbinds.at - back - liar->answer] = at & 31;
					break;
				}
		return liar->len;
	}
	default:
		return liar->len;
	}
}

static void hear(struct br_conversation *talk, struct liar *liar, const uint8_t *question, size_t len,
		 int64_t now)
{
	uint8_t kind = trick(liar, liar->honest ? 0 : 5), *exact;

	liar->len = br_agent_answer(&liar->agent, question, len, liar->answer, ANSWER);
	if (kind < 0xf0)
		liar->len = play(liar, kind);
	exact = malloc(liar->len ? liar->len : 1);
	if (liar->len)
		memcpy(exact, liar->answer, liar->len);
	if (liar->len == 0 || !br_conversation_hear(talk, now, exact, liar->len))
		br_conversation_silence(talk);
	free(exact);
	memcpy(liar->before, liar->answer, liar->len);
	liar->before_len = liar->len;
}

static void run(struct liar *liar, const struct br_conversation_options *options)
{
	static struct br_conversation talk;
	static struct br_reading reading;
	uint8_t buffer[BR_REQUEST_MAX];
	uint32_t devices[BR_MAX_DEVICES];
	struct br_harvest harvest;
	const uint8_t *question;
	size_t len;
	unsigned asked = 0;

	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	br_conversation_init(&talk, options, &harvest);
	while (br_conversation_next(&talk, asked, buffer, sizeof buffer, &question, &len)) {
		struct br_answer shape;

		MUST(++asked <= BR_CONVERSATION_QUESTIONS + talk.attempts);
		MUST(br_message_read(question, len, &shape) &&
		     (shape.type == BR_PDU_GET || shape.type == BR_PDU_GETNEXT ||
		      shape.type == BR_PDU_GETBULK));
		hear(&talk, liar, question, len, asked);
	}
	MUST(talk.done && talk.questions == asked);
	MUST(talk.status == BR_OK || talk.error.text[0]);
	for (size_t i = 0, n = br_decode_devices(&harvest, devices); i < n; i++) {
		br_reading_init(&reading);
		br_decode_snmp(&harvest, devices[i], talk.mib, NULL, &reading);
		br_conversation_tell(&talk, &reading);
		sound_reading(&reading);
	}
	br_harvest_clear(&harvest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct liar liar;
	struct br_conversation_options options = {.makers = &makers, .seed = 7};
	struct br_recording *recording;

	if (size < 4)
		return 0;
	recording = &recordings[data[3] % FILES];
	if (!recording->n_rows &&
	    br_recording_load(recording, files[data[3] % FILES], NULL) != BR_OK)
		MUST(!"run from the root of the repository");
	options.session = (struct br_session){.version = data[0] & 1 ? BR_SNMP_V1 : BR_SNMP_V2C,
					      .community = br_view("public")};
	options.attempts = data[1] % 5;
	options.max_repetitions = data[2];
	options.tolerance.max_names = data[0] & 2 ? data[1] : 0;
	liar = (struct liar){.agent = {.recording = recording},
			     .tricks = data + 4,
			     .end = data + size,
			     .honest = data[0] & 4};
	liar.agent.max_message = data[0] & 8 ? 120u + data[2] * 4u : 0;
	run(&liar, &options);
	return 0;
}
