/*
 * hostile_mix_test.c - every fault at once, by dice: it always ends, and never tells what was
 * not said.
 *
 * BRAYER_RUNS=N makes it longer; a failure names the run, and BRAYER_RUN=N plays that one
 * alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/liar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const recordings[] = {
	"brother_mfc-color", "canon_plotter",     "epson_ink",         "fujifilm_color_mfp",
	"hp_color_mfp",      "hp_ink_index0",     "kyocera_color_mfp", "konica_minolta_mono",
	"lanier_color_mfp",  "lexmark_color_mfp", "oki_dot_matrix",    "printserver_two",
	"ricoh_mono",        "samsung_color",     "sharp_fax",         "toshiba_tec_mfp",
	"xerox_color_mfp",   "zebra_industrial",
};

static void lose(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	liar->reply.silent = true;
}

static void delay(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	liar->reply.later = true;
}

static void copy(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	liar->reply.copies = 2;
}

static void fail(struct liar *liar, const struct liar_asked *asked)
{
	static const int32_t errors[] = {BR_PDU_TOO_BIG, BR_PDU_NO_SUCH_NAME, BR_PDU_GEN_ERR,
					 BR_PDU_AUTHORIZATION_ERROR, 77};

	liar->reply.error = errors[liar_roll(liar, 5)];
	liar->reply.error_index = (int32_t)liar_roll(liar, (uint32_t)asked->n + 3) - 1;
}

static void shorten(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	if (liar->reply.n)
		liar->reply.n = liar_roll(liar, (uint32_t)liar->reply.n);
}

static void swap(struct liar *liar, const struct liar_asked *asked)
{
	size_t a, b;
	struct liar_row row;

	(void)asked;
	if (liar->reply.n < 2)
		return;
	a = liar_roll(liar, (uint32_t)liar->reply.n);
	b = liar_roll(liar, (uint32_t)liar->reply.n);
	row = liar->reply.rows[a];
	liar->reply.rows[a] = liar->reply.rows[b];
	liar->reply.rows[b] = row;
}

static void drop_row(struct liar *liar, const struct liar_asked *asked)
{
	size_t at;

	(void)asked;
	if (liar->reply.n == 0)
		return;
	at = liar_roll(liar, (uint32_t)liar->reply.n--);
	memmove(&liar->reply.rows[at], &liar->reply.rows[at + 1],
		(liar->reply.n - at) * sizeof liar->reply.rows[0]);
}

static void repeat_row(struct liar *liar, const struct liar_asked *asked)
{
	size_t at;

	(void)asked;
	if (liar->reply.n == 0)
		return;
	at = liar_roll(liar, (uint32_t)liar->reply.n);
	memmove(&liar->reply.rows[at + 1], &liar->reply.rows[at],
		(liar->reply.n++ - at) * sizeof liar->reply.rows[0]);
}

static void hide_value(struct liar *liar, const struct liar_asked *asked)
{
	static const uint8_t tags[] = {BR_BER_NULL, BR_BER_NO_SUCH_OBJECT,
				       BR_BER_NO_SUCH_INSTANCE, BR_BER_END_OF_MIB};

	(void)asked;
	if (liar->reply.n)
		liar_put(liar, liar_roll(liar, (uint32_t)liar->reply.n),
			 tags[liar_roll(liar, 4)], "", 0);
}

static void other_id(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	liar->reply.id += (int32_t)liar_roll(liar, 3) - 1;
}

static void other_type(struct liar *liar, const struct liar_asked *asked)
{
	liar->reply.type = liar_roll(liar, 2) ? BR_PDU_REPORT : asked->type;
}

static void other_version(struct liar *liar, const struct liar_asked *asked)
{
	(void)asked;
	liar->reply.version = (int)liar_roll(liar, 4);
}

static void (*const faults[])(struct liar *, const struct liar_asked *) = {
	lose,     delay,      copy,       fail,     shorten,    swap,
	drop_row, repeat_row, hide_value, other_id, other_type, other_version,
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

/* how: a mask of the faults of this run, and above it one in how many answers is bent. */
static void bend(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	long mask = liar->how & ((1 << FAULTS) - 1);

	(void)reply;
	if (liar_roll(liar, (uint32_t)(liar->how >> FAULTS)) != 0)
		return;
	for (size_t f = 0; f < FAULTS; f++)
		if (mask >> f & 1 && liar_roll(liar, 2))
			faults[f](liar, asked);
}

static void cut(struct liar *liar, uint8_t *datagram, size_t *len)
{
	(void)datagram;
	if (liar_roll(liar, 40) == 0)
		*len = liar_roll(liar, (uint32_t)*len);
}

static unsigned runs(void)
{
	const char *asked = getenv("BRAYER_RUNS");
	int64_t n;

	if (asked && br_parse_number(br_view(asked), 1, 100000000, &n))
		return (unsigned)n;
	return 4000;
}

enum { RECORDINGS = sizeof recordings / sizeof recordings[0] };
static struct br_reading honest[RECORDINGS][2], got;

static void run(struct liar *liar, size_t recording, unsigned number)
{
	char name[80];
	bool makers;

	snprintf(name, sizeof name, "run %u, %s", number, recordings[recording]);
	check_case(name);
	liar->dice = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
	liar->how =
		(long)(1 + liar_roll(liar, 12)) << FAULTS | (long)liar_roll(liar, 1 << FAULTS);
	liar->spoil = liar_roll(liar, 4) ? NULL : cut;
	makers = liar_roll(liar, 2);
	liar->options.makers = makers ? liar_makers() : NULL;
	liar->options.attempts = liar_roll(liar, 5);
	liar->options.max_repetitions = liar_roll(liar, 3) ? 0 : liar_roll(liar, 300);
	liar->options.session.version = liar_roll(liar, 4) ? BR_SNMP_V2C : BR_SNMP_V1;
	liar->options.tolerance =
		liar_roll(liar, 3) ? (struct br_tolerance){0} : liar->talk.tolerance;
	liar->stop_at = liar_roll(liar, 8) ? 0 : 1 + liar_roll(liar, 20);
	liar_talk_and_read(liar, &got);
	CHECK(liar->talk.done);
	CHECK(liar->sent <= BR_CONVERSATION_QUESTIONS + 4);
	liar_check_harvest(liar);
	liar_check_true(&honest[recording][makers], &got);
}

TEST(any_mix_of_faults_ends_and_invents_nothing)
{
	const char *one = getenv("BRAYER_RUN");
	struct liar *liars[RECORDINGS];
	unsigned most = runs();
	int64_t only;

	for (size_t i = 0; i < RECORDINGS; i++) {
		liars[i] = liar_open(recordings[i]);
		liar_honest(liars[i], &honest[i][0]);
		liars[i]->options.makers = liar_makers();
		liar_honest(liars[i], &honest[i][1]);
		liars[i]->bend = bend;
	}
	if (one && br_parse_number(br_view(one), 0, UINT32_MAX, &only))
		run(liars[(unsigned)only % RECORDINGS], (unsigned)only % RECORDINGS,
		    (unsigned)only);
	else
		for (unsigned i = 0; i < most; i++)
			run(liars[i % RECORDINGS], i % RECORDINGS, i);
	for (size_t i = 0; i < RECORDINGS; i++)
		liar_close(liars[i]);
}
