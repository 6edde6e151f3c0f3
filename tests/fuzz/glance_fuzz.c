/*
 * glance_fuzz.c - a printer that lies in every way to a status reading, which ends all the
 * same.
 *
 * The first octet chooses the printer, the second the version and whether what was learned is
 * damaged (then two octets more: where and how); what follows are the tricks of lies.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/renew.h"
#include "fuzz/lies.h"
#include "fuzz/sound.h"
#include "talk/glance.h"

#include <stdlib.h>
#include <string.h>

static const char *const files[] = {"tests/recordings/brother_mfc-color.snmprec",
				    "tests/recordings/printserver_two.snmprec",
				    "tests/recordings/zebra_label.snmprec",
				    "tests/recordings/kyocera_color_mfp.snmprec"};
enum { FILES = sizeof files / sizeof files[0], MOST = 64 };

static struct printer {
	struct br_recording recording;
	struct br_harvest whole;
	struct br_buf learned[2]; /* by v1, by v2c */
} printers[FILES];
static struct br_makers makers;

static void learn(struct printer *printer, enum br_version version)
{
	static struct br_conversation talk;
	const struct br_conversation_options options = {
		.session = {.version = version, .community = br_view("public")},
		.makers = &makers};
	const struct br_agent agent = {.recording = &printer->recording};
	uint8_t buffer[BR_REQUEST_MAX], answer[LIES_ANSWER];
	const uint8_t *question;
	size_t len;

	br_harvest_reset(&printer->whole);
	br_conversation_init(&talk, &options, &printer->whole);
	while (br_conversation_next(&talk, 0, buffer, sizeof buffer, &question, &len)) {
		len = br_agent_answer(&agent, question, len, answer, sizeof answer);
		br_conversation_hear(&talk, 0, answer, len);
	}
	MUST(br_learn(&talk, &printer->whole, &printer->learned[version]) == BR_OK);
}

static void prepare(void)
{
	if (printers[0].whole.len)
		return;
	br_makers_init(&makers);
	for (size_t i = 0; i < FILES; i++) {
		MUST(br_recording_load(&printers[i].recording, files[i], NULL) == BR_OK);
		br_harvest_init(&printers[i].whole, BR_HARVEST_CEILING);
		for (int version = 0; version < 2; version++) {
			br_buf_init(&printers[i].learned[version], BR_LEARNED_MAX);
			learn(&printers[i], (enum br_version)version);
		}
	}
}

static void run(struct liar *liar, const struct br_glance_options *options,
		const struct br_harvest *whole)
{
	struct br_harvest now, copy;
	struct br_glance glance;
	uint8_t buffer[BR_REQUEST_MAX];
	const uint8_t *question;
	struct br_ber all = br_harvest_all(whole);
	struct br_varbind varbind;
	unsigned asked = 0;
	bool broken;
	size_t len;

	br_harvest_init(&now, BR_HARVEST_CEILING);
	br_glance_init(&glance, options, &now);
	while (br_glance_next(&glance, asked, buffer, sizeof buffer, &question, &len)) {
		MUST(++asked <= MOST);
		uint8_t *answer = liar_answer(liar, question, len, &len);
		if (len == 0 || !br_glance_hear(&glance, asked, answer, len))
			br_glance_silence(&glance);
		free(answer);
	}
	MUST(glance.done && glance.questions == asked);
	MUST((glance.status == BR_OK) == (glance.verdict != BR_GLANCE_NONE));
	MUST(glance.status == BR_OK || glance.error.text[0]);
	br_harvest_init(&copy, BR_HARVEST_CEILING);
	while (br_varbind_take(&all, &varbind, &broken))
		MUST(br_harvest_add(&copy, &varbind) == BR_OK);
	MUST(br_harvest_renew(&copy, &now) == BR_OK);
	br_harvest_clear(&copy);
	br_harvest_clear(&now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_glance_options options = {.session.community = br_view("public"), .seed = 9};
	struct liar liar = {.end = data + size};

	prepare();
	if (size < 4)
		return 0;
	const struct printer *printer = &printers[data[0] % FILES];
	options.session.version = data[1] & 1 ? BR_SNMP_V1 : BR_SNMP_V2C;
	const struct br_buf *learned = &printer->learned[options.session.version];
	uint8_t *exact = malloc(learned->len);
	MUST(exact);
	memcpy(exact, learned->data, learned->len);
	if (data[1] & 2)
		exact[data[2] * learned->len / 256] ^= data[3];
	options.learned = (struct br_view){(const char *)exact, learned->len};
	options.digest = data[1] & 4;
	options.alerts = data[1];
	options.counter_moves = data[1] & 16;
	liar.agent = (struct br_agent){.recording = &printer->recording};
	liar.honest = data[1] & 8;
	liar.tricks = data + 4;
	run(&liar, &options, &printer->whole);
	free(exact);
	return 0;
}
