/*
 * fault.c - what stands between the library and libc.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fault/fault.h"

#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

struct fault fault;

/* Counts the call; true if it is the one to fail. */
static bool fails(enum fault_call call)
{
	size_t n;

	if (!fault.armed)
		return false;
	n = ++fault.counts[call];
	if (call != fault.call || fault.which == 0 || n < fault.which ||
	    (n > fault.which && !fault.on))
		return false;
	fault.hit = true;
	errno = fault.code;
	return true;
}

void fault_arm(enum fault_call call, size_t which, bool on, int code)
{
	fault = (struct fault){
		.armed = true, .on = on, .call = call, .which = which, .code = code};
}

void fault_disarm(void)
{
	fault.armed = false;
}

#define WRAP(type, name, ...)            \
	type __real_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__)

static struct {
	uint8_t *at, *next, *end;
	size_t size;
} pages;

WRAP(void *, mmap, void *at, size_t len, int prot, int flags, int fd, off_t offset)
{
	return fails(FAULT_MMAP) ? MAP_FAILED : __real_mmap(at, len, prot, flags, fd, offset);
}

uint8_t *fault_pages(size_t size, size_t n)
{
	pages.at = __real_mmap(NULL, n * FAULT_PAGE, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(pages.at != MAP_FAILED);
	pages.next = pages.at;
	pages.end = pages.at + n * FAULT_PAGE;
	pages.size = size;
	return pages.at;
}

void fault_pages_end(void)
{
	CHECK_INT(munmap(pages.at, (size_t)(pages.end - pages.at)), 0);
	memset(&pages, 0, sizeof pages);
}

static void *next_page(size_t size)
{
	void *block = pages.next;

	if (size != pages.size || pages.next == pages.end)
		return NULL;
	pages.next += FAULT_PAGE;
	return block;
}

WRAP(void *, malloc, size_t size)
{
	void *block = fails(FAULT_MEMORY) ? NULL : __real_malloc(size);

	fault.live += fault.armed && block;
	return block;
}

WRAP(void *, calloc, size_t n, size_t size)
{
	void *block = pages.size ? next_page(n * size) : NULL;

	if (block)
		return block;
	block = fails(FAULT_MEMORY) ? NULL : __real_calloc(n, size);
	fault.live += fault.armed && block;
	return block;
}

WRAP(void *, realloc, void *old, size_t size)
{
	void *block = fails(FAULT_MEMORY) ? NULL : __real_realloc(old, size);

	fault.live += fault.armed && block && !old;
	return block;
}

WRAP(void, free, void *block)
{
	if (pages.at && (uint8_t *)block >= pages.at && (uint8_t *)block < pages.end)
		return;
	fault.live -= fault.armed && block;
	__real_free(block);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	int mode = 0;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, int);
	va_end(args);
	return fails(FAULT_OPEN) ? -1 : __real_open(path, flags, mode);
}

WRAP(DIR *, opendir, const char *path)
{
	return fails(FAULT_OPENDIR) ? NULL : __real_opendir(path);
}

WRAP(int, fstat, int fd, struct stat *st)
{
	return fails(FAULT_FSTAT) ? -1 : __real_fstat(fd, st);
}

WRAP(ssize_t, read, int fd, void *data, size_t size)
{
	return fails(FAULT_READ) ? -1 : __real_read(fd, data, size);
}

/* What a compiler makes of read() and recvfrom() where it knows the room. */
WRAP(ssize_t, __read_chk, int fd, void *data, size_t size, size_t room)
{
	return fails(FAULT_READ) ? -1 : __real___read_chk(fd, data, size, room);
}

WRAP(ssize_t, write, int fd, const void *data, size_t size)
{
	return fails(FAULT_WRITE) ? -1 : __real_write(fd, data, size);
}

WRAP(int, socket, int domain, int type, int protocol)
{
	return fails(FAULT_SOCKET) ? -1 : __real_socket(domain, type, protocol);
}

WRAP(ssize_t, sendto, int fd, const void *data, size_t size, int flags,
     const struct sockaddr *to, socklen_t len)
{
	return fails(FAULT_SENDTO) ? -1 : __real_sendto(fd, data, size, flags, to, len);
}

WRAP(ssize_t, recvfrom, int fd, void *data, size_t size, int flags, struct sockaddr *from,
     socklen_t *len)
{
	return fails(FAULT_RECVFROM) ? -1 : __real_recvfrom(fd, data, size, flags, from, len);
}

WRAP(ssize_t, __recvfrom_chk, int fd, void *data, size_t size, size_t room, int flags,
     struct sockaddr *from, socklen_t *len)
{
	return fails(FAULT_RECVFROM)
		       ? -1
		       : __real___recvfrom_chk(fd, data, size, room, flags, from, len);
}

WRAP(int, poll, struct pollfd *fds, nfds_t n, int timeout)
{
	return fails(FAULT_POLL) ? -1 : __real_poll(fds, n, timeout);
}

WRAP(int, getaddrinfo, const char *node, const char *service, const struct addrinfo *hints,
     struct addrinfo **list)
{
	return fails(FAULT_GETADDRINFO) ? fault.code
					: __real_getaddrinfo(node, service, hints, list);
}

WRAP(ssize_t, getrandom, void *data, size_t size, unsigned flags)
{
	return fails(FAULT_GETRANDOM) ? -1 : __real_getrandom(data, size, flags);
}

WRAP(void *, dlopen, const char *file, int mode)
{
	return fails(FAULT_DLOPEN) ? NULL : __real_dlopen(file, mode);
}

WRAP(char *, dlerror, void)
{
	static char sentence[] = "no such library";

	return fault.hit && fault.call == FAULT_DLOPEN ? sentence : __real_dlerror();
}

WRAP(int, epoll_create1, int flags)
{
	return fails(FAULT_EPOLL_CREATE) ? -1 : __real_epoll_create1(flags);
}

WRAP(int, epoll_ctl, int epoll, int how, int fd, struct epoll_event *event)
{
	return fails(FAULT_EPOLL_CTL) ? -1 : __real_epoll_ctl(epoll, how, fd, event);
}

WRAP(int, epoll_wait, int epoll, struct epoll_event *events, int n, int timeout)
{
	return fails(FAULT_EPOLL_WAIT) ? -1 : __real_epoll_wait(epoll, events, n, timeout);
}

WRAP(int, setsockopt, int fd, int level, int name, const void *value, socklen_t len)
{
	return fails(FAULT_SETSOCKOPT) ? -1 : __real_setsockopt(fd, level, name, value, len);
}

WRAP(int, getsockopt, int fd, int level, int name, void *value, socklen_t *len)
{
	return fails(FAULT_GETSOCKOPT) ? -1 : __real_getsockopt(fd, level, name, value, len);
}

WRAP(ssize_t, send, int fd, const void *data, size_t size, int flags)
{
	return fails(FAULT_SEND) ? -1 : __real_send(fd, data, size, flags);
}

WRAP(ssize_t, recv, int fd, void *data, size_t size, int flags)
{
	return fails(FAULT_RECV) ? -1 : __real_recv(fd, data, size, flags);
}

WRAP(ssize_t, __recv_chk, int fd, void *data, size_t size, size_t room, int flags)
{
	return fails(FAULT_RECV) ? -1 : __real___recv_chk(fd, data, size, room, flags);
}

/* As the library asks: with one pointer. */
int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *argument;

	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	return fails(FAULT_IOCTL) ? -1 : __real_ioctl(fd, request, argument);
}

WRAP(int, sendmmsg, int fd, struct mmsghdr *messages, unsigned n, int flags)
{
	return fails(FAULT_SENDMMSG) ? -1 : __real_sendmmsg(fd, messages, n, flags);
}

WRAP(int, recvmmsg, int fd, struct mmsghdr *messages, unsigned n, int flags,
     struct timespec *timeout)
{
	return fails(FAULT_RECVMMSG) ? -1 : __real_recvmmsg(fd, messages, n, flags, timeout);
}

WRAP(ssize_t, recvmsg, int fd, struct msghdr *message, int flags)
{
	return fails(FAULT_RECVMSG) ? -1 : __real_recvmsg(fd, message, flags);
}

static void judge(enum br_status status, const struct br_error *err, size_t which,
		  size_t *tolerated)
{
	if (!fault.hit)
		check_failed(__FILE__, __LINE__, "allocation %zu is not made again", which);
	else if (status == BR_OK)
		*tolerated += 1;
	else if (status != BR_E_MEMORY ||
		 (!strstr(err->text, "out of memory") && !strstr(err->text, "the never rows")))
		check_failed(__FILE__, __LINE__, "allocation %zu fails: %s: \"%s\"", which,
			     br_status_name(status), err->text);
	if (fault.live)
		check_failed(__FILE__, __LINE__, "allocation %zu fails: %ld blocks are lost",
			     which, fault.live);
}

size_t fault_each_allocation(const char *name, fault_fn run, void *user, size_t tolerated)
{
	struct br_error err = {""};
	size_t n;

	check_case(name);
	fault_arm(FAULT_MEMORY, 0, false, 0);
	CHECK_INT(run(user, &err), BR_OK);
	fault_disarm();
	n = fault.counts[FAULT_MEMORY];
	CHECK_INT(fault.live, 0);
	CHECK(n > 0);
	for (int on = 0; on < 2; on++) {
		size_t not_needed = 0;

		for (size_t which = 1; which <= n; which++) {
			enum br_status status;

			err.text[0] = '\0';
			fault_arm(FAULT_MEMORY, which, on, ENOMEM);
			status = run(user, &err);
			fault_disarm();
			judge(status, &err, which, &not_needed);
		}
		/* With all that come after, one that is not needed may be followed by one that
		 * is. */
		CHECK(on ? not_needed <= tolerated : not_needed == tolerated);
	}
	printf("%s: %zu allocations\n", name, n);
	return n;
}
