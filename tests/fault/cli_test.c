/*
 * cli_test.c - every allocation of the command line fails in turn: exit 2 or 3 and a sentence.
 *
 * So does every write. The whole program but main() runs in this process, so a crash is a crash
 * of the test, and what is lost is counted. A failure that changes nothing of what is printed
 * is none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/cli.h"

#include "check.h"
#include "fault/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define ONE          "walk:tests/recordings/brother_mfc-color.snmprec"
#define TWO          "walk:tests/recordings/printserver_two.snmprec"

static char dir[] = "/tmp/brayer-fault.XXXXXX", conf[64], output[64], targets[64];

static const struct {
	const char *name;
	const char *argv[10];
} rows[] = {
	{"help", {"help"}},
	{"makers", {"makers"}},
	{"one maker", {"makers", "kyocera"}},
	{"table", {"read", ONE}},
	{"JSON of three", {"read", "--json", ONE, TWO}},
	{"explained", {"read", "--explain", ONE}},
	{"told", {"read", "--verbose", "--json", ONE}},
	{"a list", {"read", "--json", "--targets", targets}},
	{"configured", {"read", "--config", conf, "--json", ONE}},
	{"walk", {"walk", ONE}},
	{"scrubbed", {"walk", "--scrub", ONE}},
	{"to a file", {"walk", "--output", output, ONE}},
	{"doctor", {"doctor", ONE}},
};

struct said {
	int code;
	size_t out_len, err_len;
	char out[600000], err[200000];
};

static size_t slurp(int fd, char *text, size_t size)
{
	ssize_t got = pread(fd, text, size - 1, 0);

	CHECK(got >= 0 && (size_t)got < size - 1);
	text[got < 0 ? 0 : got] = '\0';
	return got < 0 ? 0 : (size_t)got;
}

static void run(size_t row, struct said *said)
{
	static const struct cli_environment environment = {
		.home = "/nonexistent", .term = "dumb", .lang = "C", .source_date_epoch = "1"};
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC),
	    argc = 1;
	char *argv[12] = {(char *)"brayer"};

	unlink(output);
	while (rows[row].argv[argc - 1]) {
		argv[argc] = (char *)rows[row].argv[argc - 1];
		argc++;
	}
	said->code = cli_main(argc, argv, &environment, out, err);
	fault_disarm();
	said->out_len = slurp(out, said->out, sizeof said->out);
	int file = open(output, O_RDONLY | O_CLOEXEC);
	if (file >= 0) {
		said->out_len += slurp(file, said->out + said->out_len,
				       sizeof said->out - said->out_len);
		close(file);
	}
	said->err_len = slurp(err, said->err, sizeof said->err);
	close(out);
	close(err);
}

static bool told(const struct said *said)
{
	return strstr(said->err, "memory") || strstr(said->err, "never rows") ||
	       strstr(said->out, "out of memory"); /* doctor's sentences are its output */
}

/* The same was printed, so nothing was missed. Times that were taken differ. */
static bool as_good(const struct said *said, const struct said *good)
{
	return said->code == good->code &&
	       (strstr(good->out, " ms") || (said->out_len == good->out_len &&
					     memcmp(said->out, good->out, good->out_len) == 0));
}

static void judge(const struct said *said, const struct said *good, size_t which)
{
	bool failed = said->code == CLI_USAGE || said->code == CLI_NONE ||
		      (said->code == CLI_SOME && good->code == CLI_ALL);

	CHECK(fault.hit);
	if (!as_good(said, good) && !(failed && told(said)))
		check_failed(__FILE__, __LINE__,
			     "allocation %zu fails: exit %d, %zu for %zu octets, \"%s\"", which,
			     said->code, said->out_len, good->out_len, said->err);
	if (fault.live)
		check_failed(__FILE__, __LINE__, "allocation %zu fails: %ld blocks lost", which,
			     fault.live);
}

static void write_file(const char *path, const char *text, const char *more)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return;
	fputs(text, file);
	fputs(more, file);
	fclose(file);
	chmod(path, 0600);
}

static void make_files(void)
{
	char mibs[64], mib[80];

	snprintf(dir, sizeof dir, "/tmp/brayer-fault.XXXXXX");
	CHECK(mkdtemp(dir) != NULL);
	snprintf(conf, sizeof conf, "%s/brayer.conf", dir);
	snprintf(output, sizeof output, "%s/output", dir);
	snprintf(targets, sizeof targets, "%s/targets", dir);
	snprintf(mibs, sizeof mibs, "%s/mibs.d", dir);
	snprintf(mib, sizeof mib, "%s/x.mib", mibs);
	mkdir(mibs, 0700);
	write_file(mib,
		   "maker \"X\"\nobject 1.3.6.1.4.1.9\nget 1.3.6.1.4.1.9.1.0 number "
		   "counters.total\n",
		   "");
	write_file(targets, ONE "\n" TWO "\n", "");
	write_file(conf, "[brayer]\nmibs = ", mibs);
}

static void remove_files(void)
{
	char path[96];

	static const char *const names[] = {"mibs.d/x.mib", "mibs.d",  "brayer.conf",
					    "output",       "targets", "output.tmp"};
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		(void)remove(path);
	}
	CHECK_INT(rmdir(dir), 0);
}

TEST(out_of_memory)
{
	static struct said good, said;

	make_files();
	for (size_t row = 0; row < COUNT(rows); row++) {
		check_case(rows[row].name);
		fault_arm(FAULT_MEMORY, 0, false, 0);
		run(row, &good);
		if (good.code != CLI_ALL && good.code != CLI_SOME)
			check_failed(__FILE__, __LINE__, "exit %d: %s", good.code, good.err);
		CHECK_INT(fault.live, 0);
		size_t n = fault.counts[FAULT_MEMORY];
		for (size_t which = 1; which <= n; which++)
			for (int on = 0; on < 2; on++) {
				fault_arm(FAULT_MEMORY, which, on, ENOMEM);
				run(row, &said);
				judge(&said, &good, which);
			}
		printf("%s: %zu allocations\n", rows[row].name, n);
	}
	remove_files();
}

/* Of standard output, or of the recording; what goes to a terminal beside it may be lost. */
TEST(output_that_cannot_be_written)
{
	static struct said good, said;

	make_files();
	for (size_t row = 0; row < COUNT(rows); row++) {
		check_case(rows[row].name);
		fault_arm(FAULT_WRITE, 0, false, 0);
		run(row, &good);
		size_t n = fault.counts[FAULT_WRITE], told_of = 0;
		for (size_t which = 1; which <= n; which++) {
			fault_arm(FAULT_WRITE, which, false, ENOSPC);
			run(row, &said);
			CHECK(fault.hit);
			CHECK_INT(fault.live, 0);
			if (said.out_len == good.out_len && said.code == good.code)
				continue;
			CHECK_INT(said.code, CLI_NONE);
			CHECK(strstr(said.err, "could not be written") ||
			      strstr(said.err, "No space left on device"));
			told_of++;
		}
		CHECK(told_of > 0);
	}
	remove_files();
}
