/*
 * read.c - from a target to its readings.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/read.h"

#include "decode/maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The target of one device: "udp:192.0.2.10:161#2" where there are several or one was asked
 * for. */
static void name_target(struct br_reading *reading, const struct br_target *target,
			bool several)
{
	const char *hash = target->has_device ? strrchr(target->text, '#') : NULL;
	size_t len = hash ? (size_t)(hash - target->text) : strlen(target->text);

	br_text_copy(reading->target, sizeof reading->target,
		     (struct br_view){target->text, len});
	if (several || target->has_device)
		snprintf(reading->target + strlen(reading->target),
			 sizeof reading->target - strlen(reading->target), "#%u",
			 reading->device);
}

/* Not inlined: so that the reading and the receive buffer of br_wire_drive share pages of the
 * stack. */
static __attribute__((noinline)) enum br_status hand_over(const struct br_wire *wire,
							  const struct br_read_options *options,
							  const struct br_conversation *talk,
							  uint32_t device, size_t n_devices,
							  br_reading_fn each, void *user)
{
	const struct br_mib *mib = talk->mib;
	struct br_reading reading;

	if (n_devices > 1) {
		enum br_status status =
			br_maker_of(options->makers, talk->harvest, device, n_devices, &mib);

		if (status != BR_OK)
			return status;
	}
	br_reading_init(&reading);
	reading.time = (int64_t)time(NULL);
	reading.reachable = true;
	br_decode_snmp(talk->harvest, device, mib, options->witness, &reading);
	br_conversation_tell(talk, &reading);
	if (wire->target.kind == BR_TARGET_WALK)
		reading.sources |= 1u << BR_SOURCE_RECORDING;
	name_target(&reading, &wire->target, n_devices > 1);
	each(user, &reading);
	return BR_OK;
}

static enum br_status hand_over_all(const struct br_wire *wire,
				    const struct br_read_options *options,
				    const struct br_conversation *talk, br_reading_fn each,
				    void *user, struct br_error *err)
{
	uint32_t devices[BR_MAX_DEVICES];
	size_t n = br_decode_devices(talk->harvest, devices);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		enum br_status status;

		if (wire->target.has_device && wire->target.device != devices[i])
			continue;
		status = hand_over(wire, options, talk, devices[i], n, each, user);
		if (status != BR_OK)
			return br_fail(err, status, "%s: %s", wire->target.text,
				       br_status_name(status));
		any = true;
	}
	if (!any)
		return br_fail(err, BR_E_ABSENT,
			       "%s: there is no printer with hrDeviceIndex %u here",
			       wire->target.text, wire->target.device);
	return BR_OK;
}

enum br_status br_read(const struct br_target *target, const struct br_read_options *options,
		       br_reading_fn each, void *user, struct br_error *err)
{
	struct br_conversation_options start = {.makers = options->makers,
						.seed = br_wire_seed()};
	struct br_conversation talk;
	struct br_harvest harvest;
	struct br_wire wire;
	enum br_status status = br_wire_open(&wire, target, options->profile, err);

	if (status != BR_OK)
		return status;
	wire.trace = options->trace;
	wire.trace_user = options->trace_user;
	start.session = wire.session;
	start.attempts = wire.attempts;
	start.max_repetitions = options->profile->max_repetitions;
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	br_conversation_init(&talk, &start, &harvest);
	status = br_wire_run(&wire, &talk, err);
	if (options->mib)
		*options->mib = talk.mib;
	if (status == BR_OK)
		status = hand_over_all(&wire, options, &talk, each, user, err);
	br_harvest_clear(&harvest);
	br_wire_close(&wire);
	return status;
}
