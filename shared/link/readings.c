/*
 * readings.c - shared by one check on a command line and the fleet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/readings.h"

#include "decode/maker.h"

#include <stdio.h>
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
static __attribute__((noinline)) enum br_status hand_over(const struct br_readings *readings,
							  const struct br_census *census,
							  uint32_t device, br_reading_fn each,
							  void *user)
{
	size_t n_devices = census->n_printers ? census->n_printers : census->n_hosts;
	const struct br_mib *mib = readings->mib;
	struct br_reading reading;

	if (n_devices > 1) {
		enum br_status status = br_maker_of(readings->makers, readings->harvest, device,
						    n_devices, &mib);

		if (status != BR_OK)
			return status;
	}
	br_reading_init(&reading);
	reading.time = (int64_t)time(NULL);
	reading.reachable = true;
	br_decode_counted(census, device, mib, readings->witness, &reading);
	reading.questions = readings->questions;
	if (readings->talk)
		br_conversation_tell(readings->talk, &reading);
	if (readings->target->kind == BR_TARGET_WALK)
		reading.sources |= 1u << BR_SOURCE_RECORDING;
	name_target(&reading, readings->target, n_devices > 1);
	each(user, &reading);
	return BR_OK;
}

enum br_status br_readings_each(const struct br_readings *readings, br_reading_fn each,
				void *user, struct br_error *err)
{
	const struct br_target *target = readings->target;
	uint32_t devices[BR_MAX_DEVICES];
	struct br_census census;
	bool any = false;
	size_t n;

	br_decode_census(readings->harvest, &census);
	n = br_census_devices(&census, devices);
	for (size_t i = 0; i < n; i++) {
		enum br_status status;

		if (target->has_device && target->device != devices[i])
			continue;
		status = hand_over(readings, &census, devices[i], each, user);
		if (status != BR_OK)
			return br_fail(err, status, "%s: %s", target->text,
				       br_status_name(status));
		any = true;
	}
	if (!any)
		return br_fail(err, BR_E_ABSENT,
			       "%s: there is no printer with hrDeviceIndex %u here",
			       target->text, target->device);
	return BR_OK;
}
