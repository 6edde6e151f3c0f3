/*
 * fault.h - the k-th allocation or system call fails, whichever k is.
 *
 * Programs of this directory are linked so that what the library and the command line call goes
 * through fault.c first (see FAULT_WRAPS in tests/build.mk). Nothing fails and nothing is
 * counted between fault_disarm() and the next fault_arm(). What libc allocates for itself is
 * not seen here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_FAULT_H
#define BR_TESTS_FAULT_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault_call {
	FAULT_MEMORY, /* malloc, calloc, realloc */
	FAULT_OPEN,
	FAULT_OPENDIR,
	FAULT_FSTAT,
	FAULT_READ,
	FAULT_WRITE,
	FAULT_SOCKET,
	FAULT_SENDTO,
	FAULT_RECVFROM,
	FAULT_POLL,
	FAULT_GETADDRINFO,
	FAULT_GETRANDOM,
	FAULT_DLOPEN,
	FAULT_MMAP,
	FAULT_EPOLL_CREATE,
	FAULT_EPOLL_CTL,
	FAULT_EPOLL_WAIT,
	FAULT_SETSOCKOPT,
	FAULT_GETSOCKOPT,
	FAULT_SEND,
	FAULT_RECV,
	FAULT_IOCTL,
	FAULT_SENDMMSG,
	FAULT_RECVMMSG,
	FAULT_RECVMSG,
	FAULT_CALLS,
};

extern struct fault {
	bool armed, on; /* on: and every later one too */
	enum fault_call call;
	size_t which; /* 1: the first; 0: none */
	int code;     /* errno, or the return of getaddrinfo */
	bool hit;     /* it came to it */
	size_t counts[FAULT_CALLS];
	long live; /* blocks allocated and not freed since fault_arm() */
} fault;

void fault_arm(enum fault_call call, size_t which, bool on, int code);
void fault_disarm(void);

/*
 * From now on n blocks of this size, got by calloc, lie on a page each, one after the other
 * from where it says; so a test can forbid their use. Until fault_pages_end(), when all were
 * freed.
 */
enum { FAULT_PAGE = 4096 };
uint8_t *fault_pages(size_t size, size_t n);
void fault_pages_end(void);

/* Does something from its start to its end, and leaves nothing allocated. */
typedef enum br_status (*fault_fn)(void *user, struct br_error *err);

/*
 * Runs it once to count its allocations, then with each of them failing: alone, and with all
 * that come after. It must then return BR_E_MEMORY and say so, but for tolerated of them, which
 * are not needed. Checks fail by themselves. Returns how many allocations a whole run makes.
 */
size_t fault_each_allocation(const char *name, fault_fn run, void *user, size_t tolerated);

#endif
