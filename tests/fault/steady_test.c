/*
 * steady_test.c - how often memory is asked for where it should not be.
 *
 * Decoding allocates nothing. Nor does a conversation, once its harvest has grown and the
 * maker's file is known: what the fleet does all day costs no allocation.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/agent.h"
#include "fault/fault.h"
#include "talk/conversation.h"

#include <stdio.h>
#include <string.h>

static const char *const recordings[] = {
	"tests/recordings/brother_mfc-color.snmprec", "tests/recordings/hp_color_mfp.snmprec",
	"tests/recordings/kyocera_color_mfp.snmprec",
	"tests/recordings/printserver_two.snmprec", "tests/recordings/zebra_label.snmprec"};
enum { RECORDINGS = sizeof recordings / sizeof recordings[0] };

static size_t allocations(void)
{
	fault_disarm();
	CHECK_INT(fault.live, 0);
	return fault.counts[FAULT_MEMORY];
}

static void converse(struct br_conversation *talk, const struct br_recording *recording,
		     struct br_makers *makers, struct br_harvest *harvest,
		     enum br_version version)
{
	const struct br_agent agent = {.recording = recording};
	const struct br_conversation_options options = {
		.session = {.version = version, .community = {"public", 6}},
		.makers = makers,
		.seed = 1};
	uint8_t buffer[BR_REQUEST_MAX], answer[1472];
	const uint8_t *question;
	size_t len;

	br_harvest_reset(harvest);
	br_conversation_init(talk, &options, harvest);
	while (br_conversation_next(talk, 0, buffer, sizeof buffer, &question, &len)) {
		len = br_agent_answer(&agent, question, len, answer, sizeof answer);
		if (len == 0 || !br_conversation_hear(talk, 0, answer, len))
			br_conversation_silence(talk);
	}
	CHECK_INT(talk->status, BR_OK);
}

static void decode(const struct br_conversation *talk, const struct br_harvest *harvest)
{
	static struct br_reading reading;
	uint32_t devices[BR_MAX_DEVICES];
	struct br_hints hints;

	for (size_t i = 0, n = br_decode_devices(harvest, devices); i < n; i++) {
		br_reading_init(&reading);
		br_decode_hints(harvest, devices[i], &hints);
		br_decode_snmp(harvest, devices[i], talk->mib, NULL, &reading);
		br_conversation_tell(talk, &reading);
		CHECK(reading.identity.description || reading.n_supplies ||
		      reading.identity.model);
	}
}

static void one_recording(const char *path, enum br_version version)
{
	static struct br_conversation talk;
	struct br_recording recording;
	struct br_harvest harvest;
	struct br_makers makers;

	CHECK_INT(br_recording_load(&recording, path, NULL), BR_OK);
	br_makers_init(&makers);
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	converse(&talk, &recording, &makers, &harvest, version);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	decode(&talk, &harvest);
	CHECK_INT(allocations(), 0);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	converse(&talk, &recording, &makers, &harvest, version);
	decode(&talk, &harvest);
	CHECK_INT(allocations(), 0);
	br_harvest_clear(&harvest);
	br_makers_clear(&makers);
	br_recording_clear(&recording);
}

TEST(decoding_and_a_second_conversation_allocate_nothing)
{
	for (size_t i = 0; i < RECORDINGS; i++) {
		check_case(recordings[i]);
		one_recording(recordings[i], BR_SNMP_V2C);
		one_recording(recordings[i], BR_SNMP_V1);
	}
}

/* The first costs the harvest and one maker's file; figures a change should be told about. */
TEST(a_first_conversation_allocates_little)
{
	static struct br_conversation talk;
	struct br_recording recording;
	struct br_harvest harvest;
	struct br_makers makers;

	CHECK_INT(br_recording_load(&recording, recordings[0], NULL), BR_OK);
	br_makers_init(&makers);
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	converse(&talk, &recording, &makers, &harvest, BR_SNMP_V2C);
	br_harvest_clear(&harvest);
	br_makers_clear(&makers);
	size_t n = allocations();
	if (n > 8)
		check_failed(__FILE__, __LINE__, "%zu allocations", n);
	br_recording_clear(&recording);
}
