/*
 * walk_fuzz.c - a walk of a printer that lies: it ends, in order, and stays out of what is
 * forbidden.
 *
 * Four octets choose version and roots, attempts, repetitions and rows; what follows are the
 * tricks of lies.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/lies.h"
#include "fuzz/sound.h"
#include "talk/walk.h"

#include <stdlib.h>
#include <string.h>

static const char printer[] =
	"1.3.6.1.2.1.1.1.0|4|Printer\n1.3.6.1.2.1.1.3.0|67|99\n"
	"1.3.6.1.2.1.43.11.1.1.9.1.1|2|-3\n1.3.6.1.2.1.43.11.1.1.9.1.2|2|80\n"
	"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.1.0|4|x\n1.3.6.1.4.1.2699.1.1.1.0|4|job\n"
	"1.3.6.1.4.1.2699.1.1.2.1.5|4|job\n1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1|4|MFG:x;\n"
	"1.3.6.1.6.3.12.1.1.0|2|1\n1.3.6.1.6.3.15.1.2.2.1.3.1|4|user\n1.3.6.1.6.3.17.1.0|2|1\n"
	"1.3.6.1.6.3.18.1.1.1.2.1|4|public\n";

static struct br_recording recording;
static struct br_makers makers;

static void must_be_allowed(struct br_ber varbinds, bool in_order)
{
	struct br_varbind varbind, last = {.name_len = 0};
	bool broken;

	while (br_varbind_take(&varbinds, &varbind, &broken)) {
		MUST(!br_makers_never(&makers, varbind.name, varbind.name_len));
		MUST(!in_order || br_oid_compare(last.name, last.name_len, varbind.name,
						 varbind.name_len) < 0);
		last = varbind;
	}
	MUST(!broken);
}

static void run(struct liar *liar, const struct br_walker_options *options)
{
	static struct br_walker walker;
	uint8_t buffer[BR_REQUEST_MAX];
	struct br_harvest harvest;
	const uint8_t *question;
	unsigned asked = 0;
	struct br_buf notes;
	size_t len;

	br_harvest_init(&harvest, 1u << 20);
	MUST(br_walker_init(&walker, options, &harvest, NULL) == BR_OK);
	while (br_walker_next(&walker, asked, buffer, sizeof buffer, &question, &len)) {
		struct br_answer shape;
		uint8_t *answer;

		MUST(++asked < 20000);
		MUST(br_message_read(question, len, &shape));
		must_be_allowed(shape.varbinds, false);
		answer = liar_answer(liar, question, len, &len);
		if (len == 0 || !br_walker_hear(&walker, asked, answer, len))
			br_walker_silence(&walker);
		free(answer);
	}
	MUST(walker.done && walker.questions == asked);
	must_be_allowed(br_harvest_all(&harvest), options->n_roots == 1);
	br_buf_init(&notes, 8192);
	br_walker_tell(&walker, &notes);
	br_buf_clear(&notes);
	br_harvest_clear(&harvest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct liar liar;
	static const struct br_oid internet = {.len = 3, .ber = {0x2b, 6, 1}};
	struct br_walker_options options = {.makers = &makers, .seed = 7};

	if (size < 4)
		return 0;
	if (!recording.n_rows)
		MUST(br_recording_parse(&recording, br_view(printer), "p", NULL) == BR_OK);
	options.session = (struct br_session){.version = data[0] & 1 ? BR_SNMP_V1 : BR_SNMP_V2C,
					      .community = br_view("public")};
	options.roots = data[0] & 2 ? &internet : NULL;
	options.n_roots = data[0] & 2 ? 1 : 0;
	options.attempts = data[1] % 5;
	options.max_repetitions = data[2];
	options.max_rows = data[3] + 1u;
	liar = (struct liar){.agent = {.recording = &recording},
			     .tricks = data + 4,
			     .end = data + size,
			     .honest = data[0] & 4};
	run(&liar, &options);
	return 0;
}
