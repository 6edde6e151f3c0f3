/*
 * result.c - a fleet's answers made into readings.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/maker.h"
#include "decode/renew.h"
#include "fleet/inside.h"

/* The maker of one whose full reading was another process's. */
static enum br_status find_maker(const struct br_fleet *fleet, const struct br_harvest *answers,
				 const struct br_mib **mib)
{
	uint32_t devices[BR_MAX_DEVICES];
	size_t n = br_decode_devices(answers, devices);

	return n ? br_maker_of(fleet->options.makers, answers, devices[0], n, mib) : BR_OK;
}

static enum br_status renew(struct br_fleet *fleet, struct br_fleet_printer *printer,
			    const struct br_harvest *now)
{
	size_t before = printer->answers->cap;
	enum br_status status = br_harvest_renew(printer->answers, now);

	fleet->octets += printer->answers->cap - before;
	if (status != BR_OK)
		return status;
	return printer->mib ? BR_OK : find_maker(fleet, printer->answers, &printer->mib);
}

enum br_status br_fleet_readings(struct br_fleet *fleet, const struct br_fleet_result *result,
				 const struct br_target *target, br_reading_fn each, void *user,
				 struct br_error *err)
{
	struct br_fleet_printer *printer = result->printer;
	struct br_readings readings = {.target = target,
				       .harvest = result->harvest,
				       .makers = fleet->options.makers,
				       .talk = result->talk,
				       .questions = result->questions};
	enum br_status status;

	if (result->status != BR_OK)
		return br_fail(err, result->status, "%s: %s", target->text,
			       result->error->text);
	if (result->talk) {
		readings.mib = result->talk->mib;
		return br_readings_each(&readings, each, user, err);
	}
	if (!printer->answers)
		return br_fail(err, BR_E_ABSENT,
			       "%s: the answers of its last full reading "
			       "were not kept",
			       target->text);
	status = renew(fleet, printer, result->harvest);
	if (status != BR_OK)
		return br_fail(err, status, "%s: %s", target->text, br_status_name(status));
	readings.harvest = printer->answers;
	readings.mib = printer->mib;
	return br_readings_each(&readings, each, user, err);
}
