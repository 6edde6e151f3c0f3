/*
 * check.h - the test harness: named tests, checks that say what they got.
 *
 * A program is any number of TEST(name) { … } and check.c. Each check that fails prints file,
 * line and values and the test goes on; the program's last line is "N passed, N failed, N
 * skipped" and its exit status says so. `PROGRAM name…` runs only tests whose names contain a
 * word.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_CHECK_H
#define BR_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct check_test {
	const char *name;
	void (*run)(void);
	struct check_test *next;
};

void check_register(struct check_test *test);
void check_failed(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void check_int(const char *file, int line, const char *what, int64_t got, int64_t want);
void check_str(const char *file, int line, const char *what, const char *got, const char *want);
void check_mem(const char *file, int line, const char *what, const void *got, size_t got_len,
	       const void *want, size_t want_len);
/* Names the row of a table of cases in later failures of this test. */
void check_case(const char *name);
/* Ends the running test as skipped, aloud. Does not return. */
void check_skip(const char *why) __attribute__((noreturn));

/* For check_skip: what nobody needs who takes part. */
#define CHECK_NO_CORPUS                                    \
	"no recordings of real printers (BRAYER_CORPUS); " \
	"they are optional and not published"
#define CHECK_NO_BENCH \
	"no reference printers (BRAYER_BENCH); they are optional and not published"

#define TEST(name)                                                          \
	static void test_##name(void);                                      \
	__attribute__((constructor)) static void register_##name(void)      \
	{                                                                   \
		static struct check_test test = {#name, test_##name, NULL}; \
		check_register(&test);                                      \
	}                                                                   \
	static void test_##name(void)

#define CHECK(condition) \
	((condition) ? (void)0 : check_failed(__FILE__, __LINE__, "not so: %s", #condition))
#define CHECK_INT(got, want) \
	check_int(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define CHECK_STR(got, want) check_str(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_MEM(got, got_len, want, want_len) \
	check_mem(__FILE__, __LINE__, #got, (got), (got_len), (want), (want_len))

#endif
