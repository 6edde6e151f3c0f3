/*
 * conversation_fuzz.c - a printer that lies in every way: the conversation ends all the same.
 *
 * Four octets choose version, attempts, repetitions and which recording answers; what follows
 * are the tricks of lies.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/lies.h"
#include "fuzz/sound.h"
#include "talk/conversation.h"

#include <stdlib.h>

static const char *const files[] = {"tests/recordings/brother_mfc-color.snmprec",
				    "tests/recordings/printserver_two.snmprec",
				    "tests/recordings/hp_ink_index0.snmprec",
				    "tests/recordings/kyocera_color_mfp.snmprec"};
enum { FILES = sizeof files / sizeof files[0] };

static struct br_recording recordings[FILES];
static struct br_makers makers;

static void hear(struct br_conversation *talk, struct liar *liar, const uint8_t *question,
		 size_t len, int64_t now)
{
	uint8_t *answer = liar_answer(liar, question, len, &len);

	if (len == 0 || !br_conversation_hear(talk, now, answer, len))
		br_conversation_silence(talk);
	free(answer);
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
