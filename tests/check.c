/*
 * check.c - runs the tests of one program in the order they stand in it.
 *
 * A skip leaves the test by longjmp, so what the test holds then is lost: skip before
 * anything is allocated.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct check_test *first, **last = &first;
static const char *test_name, *case_name;
static unsigned failures; /* of the running test */
static jmp_buf skipped;

void check_register(struct check_test *test)
{
	*last = test;
	last = &test->next;
}

void check_case(const char *name)
{
	case_name = name;
}

/* Begins the line of a failure: where, which test, which row. */
static void where(const char *file, int line)
{
	failures++;
	printf("%s:%d: %s", file, line, test_name);
	if (case_name != NULL)
		printf(" [%s]", case_name);
	fputs(": ", stdout);
}

void check_failed(const char *file, int line, const char *format, ...)
{
	va_list args;

	where(file, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

void check_int(const char *file, int line, const char *what, int64_t got, int64_t want)
{
	if (got != want)
		check_failed(file, line, "%s is %" PRId64 ", not %" PRId64, what, got, want);
}

/* NULL is told apart from every text, and a control character is shown, not obeyed. */
static void print_quoted(const char *text, size_t len)
{
	if (text == NULL) {
		fputs("NULL", stdout);
		return;
	}
	putchar('"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	putchar('"');
}

void check_str(const char *file, int line, const char *what, const char *got, const char *want)
{
	if (got == want || (got != NULL && want != NULL && strcmp(got, want) == 0))
		return;
	where(file, line);
	printf("%s is ", what);
	print_quoted(got, got != NULL ? strlen(got) : 0);
	fputs(", not ", stdout);
	print_quoted(want, want != NULL ? strlen(want) : 0);
	putchar('\n');
}

static void print_octets(const char *name, const unsigned char *octets, size_t len, size_t from)
{
	size_t begin = from > 8 ? from - 8 : 0;

	printf("\t%s (%zu octets)%s", name, len, begin > 0 ? " ..." : "");
	for (size_t i = begin; i < len && i < begin + 24; i++)
		printf(" %s%02x", i == from ? ">" : "", octets[i]);
	putchar('\n');
}

void check_mem(const char *file, int line, const char *what, const void *got, size_t got_len,
	       const void *want, size_t want_len)
{
	const unsigned char *a = got, *b = want;
	size_t same = 0;

	if ((a == NULL && got_len > 0) || (b == NULL && want_len > 0)) {
		check_failed(file, line, "%s: NULL with a length", what);
		return;
	}
	while (same < got_len && same < want_len && a[same] == b[same])
		same++;
	if (same == got_len && same == want_len)
		return;
	check_failed(file, line, "%s differs at octet %zu", what, same);
	print_octets("got ", a, got_len, same);
	print_octets("want", b, want_len, same);
}

void check_skip(const char *why)
{
	printf("skipped %s: %s\n", test_name, why);
	longjmp(skipped, 1);
}

enum result { PASSED, FAILED, SKIPPED, RESULTS };

static enum result run(const struct check_test *test)
{
	test_name = test->name;
	case_name = NULL;
	failures = 0;
	if (setjmp(skipped) != 0)
		return failures > 0 ? FAILED : SKIPPED;
	test->run();
	if (failures > 0)
		printf("failed %s\n", test->name);
	return failures > 0 ? FAILED : PASSED;
}

static bool asked_for(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strstr(name, argv[i]) != NULL)
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	unsigned count[RESULTS] = {0};

	/* A crash must not swallow what was said before it. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct check_test *test = first; test != NULL; test = test->next)
		if (asked_for(test->name, argc, argv))
			count[run(test)]++;
	printf("%u passed, %u failed, %u skipped\n", count[PASSED], count[FAILED],
	       count[SKIPPED]);
	return count[FAILED] > 0;
}
