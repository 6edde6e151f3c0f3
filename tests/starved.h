/*
 * starved.h - the allocator of the C library with one allocation that fails. A test program
 * that includes this, once, has it in place of the other.
 *
 * Sanitizers bring their own, so there STARVED is 0 and such a test is left out.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_STARVED_H
#define BR_TESTS_STARVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#	define STARVED 0
#elif defined(__has_feature)
#	if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#		define STARVED 0
#	else
#		define STARVED 1
#	endif
#else
#	define STARVED 1
#endif

#if STARVED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

/* Allocations until one fails, -1 for never; those not freed yet. */
static long starved_left = -1, starved_held;

static bool starved_fails(void)
{
	return starved_left >= 0 && starved_left-- == 0;
}

void *malloc(size_t size)
{
	void *got = starved_fails() ? NULL : __libc_malloc(size);

	starved_held += got != NULL;
	return got;
}

void *calloc(size_t n, size_t size)
{
	void *got = starved_fails() ? NULL : __libc_calloc(n, size);

	starved_held += got != NULL;
	return got;
}

void *realloc(void *old, size_t size)
{
	void *got = starved_fails() ? NULL : __libc_realloc(old, size);

	starved_held += got != NULL && old == NULL;
	return got;
}

void free(void *old)
{
	starved_held -= old != NULL;
	__libc_free(old);
}
#endif

#endif
