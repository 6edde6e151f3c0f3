/*
 * read_fuzz.c - any recording, read as brayer read does: link, conversation, decoders, makers.
 *
 * The recording is a file without a name. Every reading must be sound, and the questions
 * bounded.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"
#include "link/read.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct br_makers makers;

static void take(void *user, const struct br_reading *reading)
{
	(void)user;
	MUST(reading->questions >= 1 && reading->questions <= BR_CONVERSATION_QUESTIONS);
	MUST(reading->reachable);
	sound_reading(reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct br_config config;
	static int fd = -1;
	const struct br_read_options options = {.profile = &config.profiles[0],
						.makers = &makers};
	struct br_error err = {""};
	struct br_target target;
	char text[64];

	if (fd < 0) {
		fd = memfd_create("recording", MFD_CLOEXEC);
		br_config_init(&config);
	}
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		return 0;
	snprintf(text, sizeof text, "walk:/proc/self/fd/%d", fd);
	MUST(br_target_parse(&target, text, &err) == BR_OK);
	enum br_status status = br_read(&target, &options, take, NULL, &err);
	MUST((status == BR_OK) == (err.text[0] == '\0') || status == BR_OK);
	MUST(status != BR_E_MEMORY && status != BR_E_NETWORK);
	return 0;
}
