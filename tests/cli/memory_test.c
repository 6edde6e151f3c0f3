/*
 * memory_test.c - every allocation of a command made to fail in turn: told, nothing leaked, no
 * crash.
 *
 * The allocator of the C library is replaced in this program. Sanitizers bring their own, so
 * there the test is left out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "ran.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#	define OWN_ALLOCATOR 0
#elif defined(__has_feature)
#	if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#		define OWN_ALLOCATOR 0
#	else
#		define OWN_ALLOCATOR 1
#	endif
#else
#	define OWN_ALLOCATOR 1
#endif

#if OWN_ALLOCATOR
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

static long left = -1, held; /* allocations until one fails; those not freed yet */

static bool fails(void)
{
	return left >= 0 && left-- == 0;
}

void *malloc(size_t size)
{
	void *got = fails() ? NULL : __libc_malloc(size);

	held += got != NULL;
	return got;
}

void *calloc(size_t n, size_t size)
{
	void *got = fails() ? NULL : __libc_calloc(n, size);

	held += got != NULL;
	return got;
}

void *realloc(void *old, size_t size)
{
	void *got = fails() ? NULL : __libc_realloc(old, size);

	held += got != NULL && old == NULL;
	return got;
}

void free(void *old)
{
	held -= old != NULL;
	__libc_free(old);
}

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
	left = n;
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
	long before = held;
	int code = run_brayer(args, n, &got);
	bool reached = left < 0;

	left = -1;
	if (held != before)
		check_failed(__FILE__, __LINE__, "%s: allocation %ld: %ld not freed", name, n,
			     held - before);
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
#if OWN_ALLOCATOR
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
