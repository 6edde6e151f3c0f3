/*
 * port.c - recvmmsg, sendmmsg, and the error queue where ICMP says that nobody listens.
 *
 * An ICMP error makes the next call on the socket fail, whatever that is about; so an error is
 * first looked up in the queue and the call tried again. No error may make a loop turn without
 * rest: where the kernel has trouble of its own, the socket is left alone for a moment. That
 * may be about one printer only, so nobody is waited for more than twice.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/port.h"

#include "link/refused.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

enum { REST_MS = 5, RESTS = 2, TRIES = 3, ERRORS_AT_ONCE = 64, DRAINS = 64 };

/* What waits for ARP is ours for three seconds: room for as many machines that are not there as
 * may be in flight. */
enum { SEND_BUFFER = 8 << 20 };

struct br_port_room {
	struct mmsghdr out[BR_PORT_SEND];
	struct iovec out_part[BR_PORT_SEND];
	union br_address to[BR_PORT_SEND];
	void *owner[BR_PORT_SEND];
	struct mmsghdr in[BR_PORT_RECEIVE];
	struct iovec in_part[BR_PORT_RECEIVE];
	union br_address from[BR_PORT_RECEIVE];
	_Alignas(struct cmsghdr) uint8_t control[128];
	uint8_t send[BR_PORT_SEND][BR_REQUEST_MAX];
	_Alignas(4096) uint8_t receive[BR_PORT_RECEIVE][BR_PORT_OCTETS];
};

void br_port_init(struct br_port *port, int family, int epoll, const struct br_port_ears *ears)
{
	*port = (struct br_port){.fd = -1, .epoll = epoll, .family = family, .ears = *ears};
}

static bool set(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

/* More than rmem_max, wmem_max is for those only who may; the kernel doubles what it grants. */
static unsigned grant(const struct br_port *port, int force, int plain, unsigned octets)
{
	int granted = 0, half = (int)(octets / 2);
	socklen_t len = sizeof granted;

	if (!set(port->fd, SOL_SOCKET, force, half))
		(void)set(port->fd, SOL_SOCKET, plain, half);
	if (getsockopt(port->fd, SOL_SOCKET, plain, &granted, &len) != 0 || granted < 0)
		return 0;
	return (unsigned)granted;
}

/* Without any of these it works, only less well: no failure. */
static void choose(const struct br_port *port)
{
	(void)set(port->fd, SOL_SOCKET, SO_RXQ_OVFL, 1);
	if (port->family == AF_INET6) {
		(void)set(port->fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
		(void)set(port->fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
	} else {
		(void)set(port->fd, IPPROTO_IP, IP_RECVERR, 1);
	}
}

/* For no events at all it is taken out: errors would be told of otherwise, again and again. */
static bool wait_for(struct br_port *port, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = port};
	int how = EPOLL_CTL_MOD;

	if (port->events == events)
		return true;
	if (port->events == 0 || events == 0)
		how = events ? EPOLL_CTL_ADD : EPOLL_CTL_DEL;
	if (epoll_ctl(port->epoll, how, port->fd, &event) != 0)
		return false;
	port->events = events;
	return true;
}

enum br_status br_port_open(struct br_port *port, unsigned receive_buffer, struct br_error *err)
{
	int code;

	port->room = mmap(NULL, sizeof *port->room, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (port->room == MAP_FAILED) {
		port->room = NULL;
		return br_fail(err, BR_E_MEMORY, "out of memory");
	}
	port->fd = socket(port->family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (port->fd >= 0) {
		port->receive_buffer = grant(port, SO_RCVBUFFORCE, SO_RCVBUF, receive_buffer);
		port->send_buffer = grant(port, SO_SNDBUFFORCE, SO_SNDBUF, SEND_BUFFER);
		choose(port);
		if (wait_for(port, EPOLLIN))
			return BR_OK;
	}
	code = errno;
	br_port_close(port);
	return br_fail(err, BR_E_NETWORK, "no socket: %s", strerror(code));
}

void br_port_close(struct br_port *port)
{
	if (port->fd >= 0)
		close(port->fd);
	if (port->room)
		munmap(port->room, sizeof *port->room);
	br_port_init(port, port->family, port->epoll, &port->ears);
}

size_t br_port_memory(const struct br_port *port)
{
	return port->room ? offsetof(struct br_port_room, receive) + BR_PORT_RECEIVE * 8192u
			  : 0;
}

/* What cannot be had now is not waited for. Where epoll itself fails, the clock wakes us. */
static void listen_on(struct br_port *port, int64_t now_ms)
{
	uint32_t events = EPOLLIN;

	if (port->full && !port->rest_until_ms)
		events |= EPOLLOUT;
	if (port->deaf_until_ms)
		events = 0;
	if (!wait_for(port, events) && !port->deaf_until_ms)
		port->deaf_until_ms = now_ms + REST_MS;
}

/* One of the two moments; listening changes with both. */
static void rest(struct br_port *port, int64_t *until_ms, int64_t now_ms)
{
	*until_ms = now_ms + REST_MS;
	listen_on(port, now_ms);
}

static bool resting(struct br_port *port, int64_t *until_ms, int64_t now_ms)
{
	if (*until_ms > now_ms)
		return true;
	if (*until_ms) {
		*until_ms = 0;
		listen_on(port, now_ms);
	}
	return false;
}

/* One ICMP error off the queue; false if there was none. */
static bool take_error(struct br_port *port)
{
	struct br_refused refused;

	if (!br_refused_take(port->fd, &refused))
		return false;
	if (refused.code && refused.to.any.sa_family == port->family)
		port->ears.refused(port->ears.user, &refused.to, refused.code);
	return true;
}

static bool take_errors(struct br_port *port)
{
	int n = 0;

	while (n < ERRORS_AT_ONCE && take_error(port))
		n++;
	return n > 0;
}

static void count_drops(struct br_port *port, struct msghdr *message)
{
	uint32_t drops;

	for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
		if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SO_RXQ_OVFL)
			continue;
		memcpy(&drops, CMSG_DATA(at), sizeof drops);
		port->dropped += (uint32_t)(drops - port->dropped_before);
		port->dropped_before = drops;
	}
}

static void hand_over(struct br_port *port, unsigned n)
{
	struct br_port_room *room = port->room;

	for (unsigned i = 0; i < n; i++) {
		if (room->in[i].msg_hdr.msg_namelen < sizeof(struct sockaddr_in))
			continue;
		port->ears.came(port->ears.user, &room->from[i], room->receive[i],
				room->in[i].msg_len);
	}
}

static int receive_batch(struct br_port *port)
{
	struct br_port_room *room = port->room;

	for (unsigned i = 0; i < BR_PORT_RECEIVE; i++) {
		room->in_part[i] = (struct iovec){room->receive[i], BR_PORT_OCTETS};
		room->in[i].msg_hdr = (struct msghdr){.msg_name = &room->from[i],
						      .msg_namelen = sizeof room->from[i],
						      .msg_iov = &room->in_part[i],
						      .msg_iovlen = 1};
	}
	/* The count of drops grows only, so that one message of a batch may tell it. */
	room->in[0].msg_hdr.msg_control = room->control;
	room->in[0].msg_hdr.msg_controllen = sizeof room->control;
	return recvmmsg(port->fd, room->in, BR_PORT_RECEIVE, MSG_DONTWAIT, NULL);
}

bool br_port_receive(struct br_port *port, int64_t now_ms)
{
	int n = -1;

	if (port->fd < 0 || resting(port, &port->deaf_until_ms, now_ms))
		return false;
	for (int tries = 0; n < 0 && tries < TRIES; tries++) {
		bool told;

		n = receive_batch(port);
		if (n >= 0 || errno == EINTR)
			continue;
		if (errno == EAGAIN) {
			/* Nothing came, so it may be an error that woke us. */
			if (tries > 0 || !take_errors(port))
				return false;
			continue;
		}
		told = take_errors(port);
		if (!told && tries + 1 == TRIES) {
			rest(port, &port->deaf_until_ms, now_ms);
			return false;
		}
	}
	if (n <= 0)
		return false;
	count_drops(port, &port->room->in[0].msg_hdr);
	hand_over(port, (unsigned)n);
	return n == BR_PORT_RECEIVE;
}

uint8_t *br_port_room(struct br_port *port, int64_t now_ms)
{
	if (port->first + port->n >= BR_PORT_SEND)
		br_port_flush(port, now_ms);
	if (port->first + port->n >= BR_PORT_SEND)
		return NULL;
	return port->room->send[port->first + port->n];
}

void br_port_put(struct br_port *port, const uint8_t *at, size_t len,
		 const union br_address *to, void *owner)
{
	struct br_port_room *room = port->room;
	unsigned i = port->first + port->n++;

	room->to[i] = *to;
	room->owner[i] = owner;
	room->out_part[i] = (struct iovec){(void *)(uintptr_t)at, len};
	room->out[i].msg_hdr = (struct msghdr){.msg_name = &room->to[i],
					       .msg_namelen = br_address_len(to),
					       .msg_iov = &room->out_part[i],
					       .msg_iovlen = 1};
}

void br_port_forget(struct br_port *port, const void *owner)
{
	for (unsigned i = port->first; i < port->first + port->n; i++)
		if (port->room->owner[i] == owner)
			port->room->owner[i] = NULL;
}

/* The first of the batch is done with. */
static void *shift(struct br_port *port)
{
	void *owner = port->room->owner[port->first++];

	port->rests = 0;
	if (--port->n == 0)
		port->first = 0;
	return owner;
}

/* Of the kernel's own, or of an earlier datagram (ICMP). It may be about the one that is to go
 * all the same: such a one is lost after some rests, as datagrams are. */
static bool is_trouble(int code)
{
	return code == ENOBUFS || code == ENOMEM || code == EINTR || code == ECONNREFUSED;
}

/* How often to rest before the code is believed. An ICMP error that came just then is another
 * datagram's. */
static unsigned rests_for(int code)
{
	return is_trouble(code) ? RESTS : code == EHOSTUNREACH;
}

/* The first datagram cannot be sent; true: go on with the next. */
static bool stuck(struct br_port *port, int code, int64_t now_ms)
{
	void *owner;

	if (code == EAGAIN) {
		port->full = true;
		listen_on(port, now_ms);
		return false;
	}
	if (port->room->owner[port->first] && port->rests < rests_for(code)) {
		port->rests++;
		rest(port, &port->rest_until_ms, now_ms);
		return false;
	}
	owner = shift(port);
	if (owner && is_trouble(code))
		port->ears.sent(port->ears.user, owner);
	else if (owner)
		port->ears.unsent(port->ears.user, owner, code);
	return true;
}

static int send_batch(struct br_port *port)
{
	int n = sendmmsg(port->fd, port->room->out + port->first, port->n, 0);
	int code = n < 0 ? errno : 0;

	for (int i = 0; i < n; i++) {
		void *owner = shift(port);

		if (owner)
			port->ears.sent(port->ears.user, owner);
	}
	return code;
}

/* What earlier datagrams met is told by a failure too. Only one that stays when all of it is
 * off the queue is about the datagram that is to go. */
static int send_surely(struct br_port *port)
{
	int code = 0;

	for (int tries = 0; port->n && tries < TRIES; tries++) {
		code = send_batch(port);
		if (code == 0 || code == EAGAIN)
			break;
		for (int n = 0; take_errors(port); n++)
			if (n == DRAINS)
				return ENOBUFS;
	}
	return code;
}

void br_port_flush(struct br_port *port, int64_t now_ms)
{
	if (port->fd < 0 || resting(port, &port->rest_until_ms, now_ms) || port->n == 0)
		return;
	while (port->n) {
		int code = send_surely(port);

		if (code && port->n && !stuck(port, code, now_ms))
			return;
	}
	if (port->full) {
		port->full = false;
		listen_on(port, now_ms);
	}
}
