/*
 * walk_run.c - puts a walker on a wire.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/walk_run.h"

#include "base/clock.h"

struct run {
	struct br_walker *walker;
	const struct br_walk_options *options;
};

static bool run_next(void *self, int64_t now_ms, uint8_t *buffer, size_t size,
		     const uint8_t **datagram, size_t *len)
{
	struct run *run = self;

	return br_walker_next(run->walker, now_ms, buffer, size, datagram, len);
}

static bool run_hear(void *self, int64_t now_ms, uint8_t *datagram, size_t len)
{
	struct run *run = self;
	bool heard = br_walker_hear(run->walker, now_ms, datagram, len);

	if (heard && run->options->progress)
		run->options->progress(run->options->user, run->walker);
	return heard;
}

static void run_silence(void *self)
{
	br_walker_silence(((struct run *)self)->walker);
}

static void run_stop(void *self)
{
	br_walker_stop(((struct run *)self)->walker);
}

static enum br_status drive(struct br_wire *wire, struct run *run, struct br_error *err)
{
	const struct br_talker talker = {
		.next = run_next,
		.hear = run_hear,
		.silence = run_silence,
		.stop = run_stop,
		.self = run,
		.status = &run->walker->status,
		.error = &run->walker->error,
	};

	return br_wire_drive(wire, &talker, err);
}

enum br_status br_walk(const struct br_target *target, const struct br_walk_options *options,
		       struct br_harvest *harvest, struct br_walker *walker,
		       struct br_error *err)
{
	struct br_walker_options start = {
		.makers = options->makers,
		.roots = options->roots,
		.n_roots = options->n_roots,
		.max_rows = options->max_rows,
		.max_repetitions = options->profile->max_repetitions,
		.seed = br_wire_seed(),
	};
	struct run run = {walker, options};
	struct br_wire wire;
	enum br_status status = br_wire_open(&wire, target, options->profile, err);

	if (status != BR_OK)
		return status;
	wire.deadline_ms = br_clock_ms() +
			   (options->deadline_ms ? options->deadline_ms : BR_WALK_DEADLINE_MS);
	wire.trace = options->trace;
	wire.trace_user = options->user;
	start.session = wire.session;
	start.attempts = wire.attempts;
	status = br_walker_init(walker, &start, harvest, err);
	if (status == BR_OK)
		status = drive(&wire, &run, err);
	br_wire_close(&wire);
	return status;
}
