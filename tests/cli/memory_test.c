/*
 * memory_test.c - every allocation of a command made to fail in turn: told, nothing leaked, no
 * crash.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "ran.h"
#include "starved.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if STARVED
/* Output, and that of the run without a failure. */
struct said {
	size_t len;
	char text[1 << 18];
};
static struct said good, got;

static int run_brayer(const char *const *args, long n, struct said *said)
{
	const struct cli_environment environment = {.source_date_epoch = "1795280400"};
	char *argv[12] = {0};
	int fd = memfd_create("out", MFD_CLOEXEC),
	    none = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int argc = 0, code;
	ssize_t len;

	for (argv[argc++] = (char *)(uintptr_t) "brayer"; args[argc - 1]; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc - 1];
	starved_left = n;
	code = cli_main(argc, argv, &environment, fd, none);
	len = pread(fd, said->text, sizeof said->text, 0);
	said->len = len > 0 ? (size_t)len : 0;
	close(fd);
	close(none);
	return code;
}

/* One run whose n-th allocation fails; false when the run needs fewer. */
static bool run(const char *const *args, long n, const char *name)
{
	long before = starved_held;
	int code = run_brayer(args, n, &got);
	bool reached = starved_left < 0;

	starved_left = -1;
	if (starved_held != before)
		check_failed(__FILE__, __LINE__, "%s: allocation %ld: %ld not freed", name, n,
			     starved_held - before);
	/* An allocation may be one that is done without; then nothing of the output is missing.
	 */
	if (code == CLI_ALL &&
	    (got.len != good.len || memcmp(got.text, good.text, good.len) != 0))
		check_failed(__FILE__, __LINE__,
			     "%s: allocation %ld failed and nothing told it", name, n);
	return reached;
}

static void exhaust(const char *const *args, const char *name)
{
	long n = 0;

	/* What the C library keeps for ever (time zones) it has now. */
	CHECK_INT(run_brayer(args, -1, &good), CLI_ALL);
	CHECK(good.len > 0 && good.len < sizeof good.text);
	while (n < 20000 && run(args, n, name))
		n++;
	CHECK(n > 3 && n < 20000);
}
#endif

TEST(every_allocation_fails_once)
{
#if STARVED
	static const struct {
		const char *name, *args[6];
	} cases[] = {
		{"table", {"read", "walk:tests/recordings/brother_mfc-color.snmprec"}},
		{"JSON", {"read", "--json", "walk:tests/recordings/printserver_two.snmprec"}},
		{"explain",
		 {"read", "--explain", "walk:tests/recordings/hp_color_mfp.snmprec"}},
		{"list", {"read", "--targets", "tests/cli/targets.txt"}},
		{"doctor", {"doctor", "walk:tests/recordings/ricoh_mono.snmprec"}},
		{"makers", {"makers"}},
		{"one maker", {"makers", "brother"}},
		{"help", {"help", "read"}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		exhaust(cases[i].args, cases[i].name);
	}
#else
	check_skip("a sanitizer has its own allocator");
#endif
}
