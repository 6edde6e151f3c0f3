/*
 * read.c - from a target to its readings.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/read.h"

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
	if (status == BR_OK) {
		const struct br_readings readings = {.target = &wire.target,
						     .harvest = &harvest,
						     .mib = talk.mib,
						     .makers = options->makers,
						     .witness = options->witness,
						     .talk = &talk};

		status = br_readings_each(&readings, each, user, err);
	}
	if (status == BR_OK && options->learned &&
	    br_learn(&talk, &harvest, options->learned) == BR_E_MEMORY)
		status = br_fail(err, BR_E_MEMORY, "%s: out of memory", target->text);
	br_harvest_clear(&harvest);
	br_wire_close(&wire);
	return status;
}
