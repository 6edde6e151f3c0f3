/*
 * ran.h - brayer run inside the test, with what it wrote.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_CLI_RAN_H
#define BR_TESTS_CLI_RAN_H

#include "cli/cli.h"

struct ran {
	int code;
	char *out, *err; /* terminated; free with ran_clear */
};

/* args: without the program's name, NULL at the end; changed by nobody. environment NULL:
 * empty. */
struct ran ran_brayer(const struct cli_environment *environment, const char *const *args);
void ran_clear(struct ran *ran);

#endif
