/*
 * simulated.h - starts the simulated fleet on a free port and talks to it, for tests.
 *
 * One fleet at a time. Checks fail by themselves when the farm does not start, answer or end
 * well.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_SIMULATED_H
#define BR_TESTS_SIMULATED_H

#include "decode/pdu.h"

#include <stdio.h>
#include <sys/types.h>

#define FLEET_FIRST 0x7f100001 /* 127.16.0.1 */

struct fleet {
	pid_t pid;
	FILE *said;
	uint16_t port;
	int socket;
	char recording[64], script[64]; /* temporary files */
	char line[2048];                /* what the farm said last: its counts after the end */
};

extern struct fleet fleet;

/* The farm of this build; skips the test if there is none. */
const char *fleet_program(void);

/* Runs a program with its output in a pipe. */
pid_t fleet_run(char *const arguments[], FILE **said);

void fleet_write_temporary(char *path, size_t size, const char *text);

/* options are separated by blanks; the recording and the script (or NULL) are texts. */
void fleet_start(const char *options, const char *script, const char *recording);
void fleet_start_files(const char *options, const char *script, char *const *recordings,
		       size_t n);
void fleet_stop(void);

/* A member of the counts that the farm printed at its end; -1 if there is none. */
int64_t fleet_count(const char *member);

/* Sends one question; names are separated by blanks. */
void fleet_ask(uint32_t address, enum br_version version, struct br_question question,
	       const char *names);
void fleet_get(uint32_t address, int32_t id, const char *names);

struct fleet_reply {
	uint32_t address;
	uint16_t port;
	int32_t id, error;
	size_t len, n;
	bool broken;
	char text[4096]; /* "name=TAG:hex …" */
	uint8_t bytes[9000];
};

/* The next datagram, lent until the next call; fails the test if none comes. */
struct fleet_reply *fleet_receive(void);

#endif
