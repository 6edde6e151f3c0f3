/*
 * street.h - a few printers inside the test itself, each on a loopback address of its own.
 *
 * They are served from the test's loop, between two steps of the engine, so that a test decides
 * what is answered when, and nothing waits for a clock.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_STREET_H
#define BR_TESTS_STREET_H

#include "decode/agent.h"
#include "fleet/fleet.h"
#include "talk/v3_engine.h"

#define STREET_RECORDING "tests/recordings/kyocera_mono.snmprec"

struct house {
	int fd;
	union br_address address;
	struct br_agent agent;
	struct engine *engine; /* v3; NULL: v1 and v2c */
	unsigned heard;        /* questions that came */
	unsigned deaf;         /* so many more are not answered */
	bool hold;             /* keeps its answers until house_release() */
	bool twice;            /* answers each question two times */
	bool v1_only;
	size_t held_len;
	uint8_t held[2048];
	union br_address asker;
	uint32_t uptime_add; /* its sysUpTime; 0: as recorded */
	uint32_t changes;    /* its prtGeneralConfigChanges; 0: as recorded */
};

/* On 127.20.SUBNET.NUMBER; all answer from the same recording. */
void house_open(struct house *house, unsigned subnet, unsigned number);
void house_open_v6(struct house *house); /* on ::1; skips the test where there is none */
void house_close(struct house *house);
/* Its port refuses what comes. It is not free: the engine's own socket might be given it. */
void house_shut(struct house *house);
void house_serve(struct house *house);   /* everything that has come */
void house_release(struct house *house); /* sends the answer that it holds */

/* A printer of a fleet, and what was told of it. */
struct told {
	struct br_fleet_printer *printer;
	unsigned times, readings;
	enum br_status status;
	enum br_want done;
	bool same, partial, has_v3;
	struct br_v3 v3;
	const char *stale_because;
	unsigned questions, silences;
	char error[320];
	uint8_t learned[4096];
	size_t learned_len;
	void (*then)(struct told *told, const struct br_fleet_result *result);
};

struct street {
	struct br_fleet *fleet;
	struct br_profile profile;
	struct br_makers makers;
	struct house *houses;
	size_t n;
};

/* The default profile with 20 ms of patience; in v3 the user "operator". */
void street_open(struct street *street, struct br_fleet_options options, struct house *houses,
		 size_t n);
void street_close(struct street *street);
void street_add(struct street *street, struct told *told, const struct house *house);

/* One step of the engine, then all houses; until the engine has nothing to do. */
void street_turn(struct street *street);
void street_run(struct street *street);

#endif
