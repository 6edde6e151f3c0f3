/*
 * stored_test.c - every allocation of status, history and forecast fails in turn: the same is
 * shown, or it is told and the exit status says so; nothing is lost. What sqlite allocates for
 * itself is for store_test.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/cli.h"

#include "check.h"
#include "cli/stocked.h"
#include "fault/fault.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { STEP = 3 }; /* of the many allocations of points, not each one is another case */

static struct sample sample;

static const char *const rows[][6] = {
	{"status"},
	{"status", "--json", "office"},
	{"forecast", "office"},
	{"forecast", "--json", "#2"},
	{"history", "office"},
	{"history", "--json", "office"},
	{"history", "office", "toner-cyan"},
	{"history", "--csv", "--resolution=1d", "office", "toner-cyan"},
	{"history", "--plot", "office", "toner-cyan"},
	{"history", "--svg", "office", "toner-cyan"},
};

struct said {
	int code;
	char out[100000], err[4000];
};

static void slurp(int fd, char *text, size_t size)
{
	ssize_t got = pread(fd, text, size - 1, 0);

	CHECK(got >= 0 && (size_t)got < size - 1);
	text[got < 0 ? 0 : got] = '\0';
	close(fd);
}

static void run(size_t row, struct said *said)
{
	static const struct cli_environment environment = {
		.home = "/nonexistent", .source_date_epoch = STOCKED_NOW_TEXT};
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
	char *argv[12] = {(char *)"brayer", (char *)rows[row][0], (char *)"--store",
			  sample.path};
	int argc = 4;

	for (size_t i = 1; i < COUNT(rows[row]) && rows[row][i]; i++)
		argv[argc++] = (char *)rows[row][i];
	said->code = cli_main(argc, argv, &environment, out, err);
	fault_disarm();
	slurp(out, said->out, sizeof said->out);
	slurp(err, said->err, sizeof said->err);
}

static void exhaust(size_t row)
{
	static struct said good, said;
	char name[64];
	size_t n;

	snprintf(name, sizeof name, "%s %s", rows[row][0], rows[row][1] ? rows[row][1] : "");
	check_case(name);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	run(row, &good);
	n = fault.counts[FAULT_MEMORY];
	CHECK_INT(good.code, CLI_ALL);
	CHECK(n > 5 && *good.out);
	CHECK_INT(fault.live, 0);
	for (size_t which = 1; which <= n; which += which < 100 ? 1 : STEP) {
		fault_arm(FAULT_MEMORY, which, false, ENOMEM);
		run(row, &said);
		if (said.code == CLI_ALL ? strcmp(said.out, good.out) != 0
					 : !strstr(said.err, "memory"))
			check_failed(__FILE__, __LINE__, "allocation %zu: exit %d, \"%s\"",
				     which, said.code, said.err);
		if (fault.live)
			check_failed(__FILE__, __LINE__, "allocation %zu: %ld blocks lost",
				     which, fault.live);
	}
	printf("%s: %zu allocations\n", name, n);
}

TEST(every_allocation_fails_in_turn)
{
	stocked_init(&sample);
	for (size_t i = 0; i < COUNT(rows); i++)
		exhaust(i);
	sample_done(&sample);
}
