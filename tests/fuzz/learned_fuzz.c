/*
 * learned_fuzz.c - octets that claim to be what was learned: sound, or not used.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"
#include "talk/learned.h"

#include <stdlib.h>
#include <string.h>

static void each(void *user, const struct br_oid *name, bool table)
{
	struct br_oid copy;

	MUST(br_oid_from_ber(&copy, name->ber, name->len) == BR_OK);
	*(unsigned *)user += !table;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);
	struct br_view learned = {(const char *)exact, size};
	unsigned names = 0;

	if (!exact)
		return 0;
	memcpy(exact, data, size);
	br_learned_each(learned, each, &names);
	struct br_tolerance tolerance = br_learned_tolerance(learned);
	unsigned questions = br_learned_questions(learned);
	struct br_view half = {(const char *)exact, size / 2};
	MUST(br_learned_alike(learned, half) == br_learned_alike(half, learned));
	if (br_learned_sound(learned))
		MUST(names > 0 && questions > 0 && tolerance.max_names > 0 &&
		     tolerance.reply_octets > 0 && br_learned_alike(learned, learned));
	else
		MUST(names == 0 && questions == 0 && tolerance.max_names == 0 &&
		     !br_learned_v1_only(learned));
	free(exact);
	return 0;
}
