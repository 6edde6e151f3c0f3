/*
 * read_many.c - many targets at once, by the fleet engine; each is shown when it has answered.
 *
 * A list with dead printers in it then takes as long as one dead printer, not as all of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "read.h"

#include <stdlib.h>

/* Somebody waits for it, and it is once: quicker than what goes on all day. */
enum { PACE = 4 * BR_FLEET_PACE };

struct many {
	struct run *run;
	struct br_fleet *fleet;
	size_t *places; /* of each target in the list of texts: what the engine hands back */
	bool written;
};

static void show(struct many *many, const struct br_target *target,
		 const struct br_fleet_result *result)
{
	struct run *run = many->run;
	enum br_status status = result->status;
	struct br_error err = {""};

	if (status == BR_OK)
		status = br_fleet_readings(many->fleet, result, target, run_take, run, &err);
	else if (result->error)
		err = *result->error;
	if (status != BR_OK)
		run_fail(run, target, &err);
}

static void told(void *user, const struct br_fleet_result *result)
{
	struct many *many = user;
	struct run *run = many->run;
	size_t at = *(const size_t *)result->user;
	struct br_target target;

	if (!cli_targets_next(run->cli, run->targets, &at, &target))
		return;
	run->done++;
	run_tell_progress(run, NULL);
	show(many, &target, result);
	many->written = many->written && cli_flush(run->cli);
	run_tell_progress(run, target.text);
}

static void ask(struct many *many, const struct br_target *target, size_t *place)
{
	struct br_fleet_printer *printer;
	union br_address address;
	struct br_error err;

	if (br_address_resolve(&address, target, &err) == BR_OK &&
	    br_fleet_add(many->fleet, &address, &many->run->cli->profile, place, &printer,
			 &err) == BR_OK) {
		br_fleet_ask(many->fleet, printer, BR_WANT_FULL);
		return;
	}
	many->run->done++;
	run_fail(many->run, target, &err);
}

static void ask_all(struct many *many)
{
	const struct run *run = many->run;
	struct br_target target;
	size_t at = 0, n = 0;

	for (;; n++) {
		many->places[n] = at;
		if (!cli_targets_next(run->cli, run->targets, &at, &target))
			return;
		if (target.kind == BR_TARGET_UDP)
			ask(many, &target, &many->places[n]);
	}
}

bool read_many(struct run *run)
{
	struct many many = {.run = run, .written = true};
	const struct br_fleet_options options = {
		.makers = &run->cli->makers, .pace = PACE, .once = true};
	struct br_error err;

	many.places = calloc(run->targets->n + 1, sizeof *many.places);
	if (!many.places || br_fleet_open(&many.fleet, &options, told, &many, &err) != BR_OK) {
		cli_complain(run->cli, "%s", many.places ? err.text : "out of memory");
		free(many.places);
		return false;
	}
	ask_all(&many);
	while (many.written && br_fleet_busy(many.fleet))
		br_fleet_wait(many.fleet, INT64_MAX);
	run_tell_progress(run, NULL);
	br_fleet_close(many.fleet);
	free(many.places);
	return many.written;
}
