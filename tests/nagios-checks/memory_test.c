/*
 * memory_test.c - every allocation of a check made to fail in turn: an answer all the same,
 * nothing leaked, no crash.
 *
 * It is the program itself that runs, from its main on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "cli/stocked.h"
#include "starved.h"

#define main check_main
int check_main(int argc, char **argv);
#include "nagios-checks/main.c"
#undef main

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>

#if STARVED
enum { WORDS_MAX = 12 };

/* What a run said, and how it ended. */
struct said {
	int code;
	size_t len;
	char text[1 << 16];
};
static struct said good, got;

/* The n-th allocation fails. stdout and stderr are ours again afterwards, and no alarm is left.
 */
static void run_check(const char *const *args, long n, struct said *said)
{
	static const struct itimerval never;
	char *argv[WORDS_MAX] = {0};
	int out = memfd_create("out", MFD_CLOEXEC), none = open("/dev/null", O_WRONLY);
	int kept = dup(STDOUT_FILENO), kept_err = dup(STDERR_FILENO), argc = 0;
	ssize_t len;

	for (; args[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc];
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(none, STDERR_FILENO);
	starved_left = n;
	said->code = check_main(argc, argv);
	dup2(kept, STDOUT_FILENO);
	dup2(kept_err, STDERR_FILENO);
	setitimer(ITIMER_REAL, &never, NULL);
	len = pread(out, said->text, sizeof said->text - 1, 0);
	said->len = len > 0 ? (size_t)len : 0;
	said->text[said->len] = '\0';
	close(kept);
	close(kept_err);
	close(out);
	close(none);
}

/* UNKNOWN, in one line. A passive run says nothing on stdout that may be taken for a result,
 * but for those that it had before. */
static bool is_told(const struct said *said, bool passive)
{
	const char *end = strchr(said->text, '\n');
	bool json = said->text[0] == '{'; /* that exits 0 in any case */

	if (said->code != (json ? PLUGIN_OK : PLUGIN_UNKNOWN))
		return false;
	if (passive)
		return said->len <= good.len && memcmp(said->text, good.text, said->len) == 0;
	return strstr(said->text, "UNKNOWN") && end && end[1] == '\0';
}

/* One run whose n-th allocation fails; false when the run needs fewer. */
static bool starve(const char *const *args, long n, const char *name)
{
	long before = starved_held;
	bool reached, same;

	run_check(args, n, &got);
	reached = starved_left < 0;
	starved_left = -1;
	if (starved_held != before)
		check_failed(__FILE__, __LINE__, "%s: allocation %ld: %ld not freed", name, n,
			     starved_held - before);
	/* An allocation may be one that is done without; then nothing of the answer is missing.
	 */
	same = got.code == good.code && got.len == good.len &&
	       memcmp(got.text, good.text, good.len) == 0;
	if (!same && !is_told(&got, settings.passive))
		check_failed(__FILE__, __LINE__,
			     "%s: allocation %ld failed: exit %d and \"%s\"", name, n, got.code,
			     got.text);
	return reached;
}

static void exhaust(const char *const *args, const char *name)
{
	long n = 0;

	check_case(name);
	/* What the C library and libsqlite3 keep for ever they have now. */
	run_check(args, -1, &good);
	CHECK(good.len > 0 && good.len < sizeof good.text - 1);
	while (n < 20000 && starve(args, n, name))
		n++;
	CHECK(n > 0 && n < 20000);
}

static void write_options(const char *path)
{
	static const char text[] = "[all]\nw = 30:\nexclude = drum-*\n";
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CHECK(fd >= 0 && write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
	close(fd);
}
#endif

TEST(every_allocation_fails_once)
{
#if STARVED
#	define MFP "walk:tests/recordings/hp_color_mfp.snmprec"
	static const struct {
		const char *name, *args[WORDS_MAX];
	} cases[] = {
		{"whole", {"check_printer_all", "-H", MFP}},
		{"all of it", {"/usr/lib/check_printer_supplies", "-vv", "-H", MFP}},
		{"lines", {"check_printer_trays", "-H", MFP, "--output-format=multi-line"}},
		{"JSON", {"check_printer_status", "-H", MFP, "--output-format=mp-test-json"}},
		{"two printers",
		 {"check_printer_pages", "-H",
		  "walk:tests/recordings/printserver_two.snmprec"}},
		{"help", {"check_printer_all", "--help"}},
		{"a mistake", {"check_printer_all", "-w", "junk"}},
		{"no check", {"checker"}},
		{"no name", {NULL}},
	};

	unsetenv("HOME");
	unsetenv("XDG_CONFIG_HOME");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		exhaust(cases[i].args, cases[i].name);
#else
	check_skip("a sanitizer has its own allocator");
#endif
}

TEST(every_allocation_fails_once_with_files)
{
#if STARVED
	struct sample sample;
	char extra[300], options[260];
	const char *const with_options[] = {"check_printer_all", extra, "-H", MFP, NULL};
	const char *const passive[] = {"check_printer_supplies",
				       "--passive",
				       "--max-age=3660d",
				       "--store",
				       sample.path,
				       NULL};

	stocked_init(&sample);
	snprintf(options, sizeof options, "%s/options.ini", sample.dir);
	snprintf(extra, sizeof extra, "--extra-opts=all@%s", options);
	write_options(options);
	exhaust(with_options, "options of a file");
	unlink(options);
	exhaust(passive, "passive");
	sample_done(&sample);
#else
	check_skip("a sanitizer has its own allocator");
#endif
}
