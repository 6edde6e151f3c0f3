/*
 * port_test.c - what the socket's trouble with one datagram does to the others.
 *
 * The two calls that move datagrams are this program's own, so that the kernel's trouble comes
 * when a test wants it; the clock is a number.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/port.h"

#include "check.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LATER_MS = 5, FOR_EVER = 1000 };

static struct {
	int bad;         /* last octet of the address that there is trouble with; 0: none */
	int code, times; /* so many calls that begin with it fail */
	int deaf;        /* so many calls to receive fail for want of memory */
	bool really;     /* what is sent is sent */
	int calls;
} kernel;

static struct {
	int sent, unsent, code, came;
} told[2];

static bool is_bad(const struct mmsghdr *message)
{
	const struct sockaddr_in *to = message->msg_hdr.msg_name;

	return kernel.bad && (int)(ntohl(to->sin_addr.s_addr) & 255) == kernel.bad;
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned n, int flags)
{
	unsigned good = 0;

	kernel.calls++;
	if (is_bad(messages) && kernel.times > 0) {
		kernel.times--;
		errno = kernel.code;
		return -1;
	}
	if (kernel.really)
		return (int)syscall(SYS_sendmmsg, fd, messages, n, flags);
	while (++good < n && !(kernel.times && is_bad(&messages[good])))
		;
	return (int)good;
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned n, int flags, struct timespec *timeout)
{
	if (kernel.deaf > 0) {
		kernel.deaf--;
		errno = ENOMEM;
		return -1;
	}
	return (int)syscall(SYS_recvmmsg, fd, messages, n, flags, timeout);
}

static void came(void *user, const union br_address *from, uint8_t *data, size_t len)
{
	(void)user, (void)from, (void)data, (void)len;
	told[0].came++;
}

static void sent(void *user, void *owner)
{
	(void)user;
	told[owner == &told[1]].sent++;
}

static void unsent(void *user, void *owner, int code)
{
	(void)user;
	told[owner == &told[1]].unsent++;
	told[owner == &told[1]].code = code;
}

static void refused(void *user, const union br_address *to, int code)
{
	(void)user, (void)to, (void)code;
}

static struct br_port port;

static void open_port(void)
{
	const struct br_port_ears ears = {
		.came = came, .sent = sent, .unsent = unsent, .refused = refused};
	struct br_error err = {""};

	memset(&kernel, 0, sizeof kernel);
	memset(told, 0, sizeof told);
	br_port_init(&port, AF_INET, epoll_create1(EPOLL_CLOEXEC), &ears);
	CHECK_INT(br_port_open(&port, 65536, &err), BR_OK);
}

static void close_port(void)
{
	int epoll = port.epoll;

	br_port_close(&port);
	close(epoll);
}

/* To 127.20.9.LAST, where nobody listens. */
static void put(unsigned last, void *owner)
{
	union br_address to = {.v4 = {.sin_family = AF_INET, .sin_port = htons(9)}};
	uint8_t *room = br_port_room(&port, 0);

	to.v4.sin_addr.s_addr = htonl(0x7f140900u | last);
	CHECK(room != NULL);
	if (!room)
		return;
	memset(room, 0, 4);
	br_port_put(&port, room, 4, &to, owner);
}

static void flush(int times)
{
	for (int i = 0; i < times; i++)
		br_port_flush(&port, 1 + i * LATER_MS);
}

TEST(one_that_cannot_be_sent_holds_up_no_other)
{
	static const struct {
		const char *name;
		int code, times;
		bool forgotten;
		int sent, unsent;
	} rows[] = {
		{"no buffers, for ever", ENOBUFS, FOR_EVER, false, 1, 0},
		{"no memory, for ever", ENOMEM, FOR_EVER, false, 1, 0},
		{"no buffers, a while", ENOBUFS, 4, false, 1, 0},
		{"refused, for ever", ECONNREFUSED, FOR_EVER, false, 1, 0},
		{"no buffers, for nobody", ENOBUFS, FOR_EVER, true, 0, 0},
		{"unreachable, of another's ICMP", EHOSTUNREACH, 3, false, 1, 0},
		{"unreachable", EHOSTUNREACH, FOR_EVER, false, 0, 1},
		{"no route", ENETUNREACH, FOR_EVER, false, 0, 1},
		{"forbidden", EPERM, FOR_EVER, false, 0, 1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		open_port();
		kernel.bad = 1;
		kernel.code = rows[i].code;
		kernel.times = rows[i].times;
		put(1, &told[0]);
		put(2, &told[1]);
		if (rows[i].forgotten)
			br_port_forget(&port, &told[0]);
		flush(rows[i].forgotten ? 1 : 8);
		CHECK_INT(told[0].sent, rows[i].sent);
		CHECK_INT(told[0].unsent, rows[i].unsent);
		if (rows[i].unsent)
			CHECK_INT(told[0].code, rows[i].code);
		CHECK_INT(told[1].sent, 1);
		CHECK_INT(told[1].unsent, 0);
		CHECK_INT(port.n, 0);
		CHECK(kernel.calls <= 10);
		close_port();
	}
}

TEST(what_comes_is_heard_while_sending_rests)
{
	union br_address at;
	socklen_t len = sizeof at;
	int other = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	open_port();
	at.v4 = (struct sockaddr_in){.sin_family = AF_INET};
	at.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CHECK_INT(bind(port.fd, &at.any, sizeof at.v4), 0);
	CHECK_INT(getsockname(port.fd, &at.any, &len), 0);
	kernel.bad = 1;
	kernel.code = ENOBUFS;
	kernel.times = FOR_EVER;
	put(1, &told[0]);
	flush(1);
	CHECK_INT(told[0].sent, 0);
	CHECK_INT(sendto(other, "here", 4, 0, &at.any, sizeof at.v4), 4);
	(void)br_port_receive(&port, 1);
	CHECK_INT(told[0].came, 1);
	close_port();
	close(other);
}

TEST(nothing_wakes_a_socket_that_rests)
{
	struct epoll_event event;

	open_port();
	kernel.really = true;
	kernel.deaf = 3;
	CHECK(!br_port_receive(&port, 1));
	CHECK_INT(kernel.deaf, 0);
	put(1, &told[0]);
	br_port_flush(&port, 1); /* refused at once: an error waits in the queue */
	CHECK_INT(told[0].sent, 1);
	CHECK_INT(epoll_wait(port.epoll, &event, 1, 0), 0);
	/* When it has rested it is awake again. */
	CHECK(!br_port_receive(&port, 1 + LATER_MS));
	put(1, &told[0]);
	br_port_flush(&port, 1 + LATER_MS);
	CHECK_INT(epoll_wait(port.epoll, &event, 1, 1000), 1);
	close_port();
}

/* Datagrams to machines that are not there wait for ARP, and are ours for so long. */
TEST(the_send_buffer_is_more_than_a_socket_has_by_itself)
{
	int plain = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), have = 0, ours = 0;
	socklen_t len = sizeof have;

	open_port();
	CHECK_INT(getsockopt(plain, SOL_SOCKET, SO_SNDBUF, &have, &len), 0);
	CHECK_INT(getsockopt(port.fd, SOL_SOCKET, SO_SNDBUF, &ours, &len), 0);
	CHECK(ours > have);
	close_port();
	close(plain);
}
