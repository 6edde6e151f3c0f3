/*
 * udp.c - one printer over one UDP socket.
 *
 * The socket is not connected: an answer from another address of the same printer would then
 * vanish without a word. It is dropped here too, but remembered, so that the failure can say
 * it. A port that nobody listens on is told by ICMP, which IP_RECVERR brings to an unconnected
 * socket.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "decode/pdu.h"
#include "link/link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

struct udp {
	int fd;
	union address to;
	socklen_t to_len;
	char name[BR_TARGET_SIZE];    /* as asked for, for messages */
	char stray[INET6_ADDRSTRLEN]; /* an address that answered and was not asked */
	uint16_t stray_port;          /* or a port of the one that was */
};

/* Numeric addresses must not cost a resolver: that is most of a one-shot check's start. */
static bool numeric(const struct br_target *target, uint16_t port, union address *to,
		    socklen_t *len)
{
	char host[sizeof target->host];
	char *zone;

	memset(to, 0, sizeof *to);
	if (inet_pton(AF_INET, target->host, &to->v4.sin_addr) == 1) {
		to->v4.sin_family = AF_INET;
		to->v4.sin_port = htons(port);
		*len = sizeof to->v4;
		return true;
	}
	br_text_copy(host, sizeof host, br_view(target->host));
	zone = strchr(host, '%');
	if (zone) {
		*zone++ = '\0';
		to->v6.sin6_scope_id = if_nametoindex(zone);
		if (to->v6.sin6_scope_id ==
		    0) /* a number, or no interface: the resolver tells them apart */
			return false;
	}
	if (inet_pton(AF_INET6, host, &to->v6.sin6_addr) != 1)
		return false;
	to->v6.sin6_family = AF_INET6;
	to->v6.sin6_port = htons(port);
	*len = sizeof to->v6;
	return true;
}

static enum br_status resolve(const struct br_target *target, union address *to, socklen_t *len,
			      struct br_error *err)
{
	uint16_t port = target->port ? target->port : 161;
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM}, *list;
	char service[8];
	int failed;

	if (numeric(target, port, to, len))
		return BR_OK;
	snprintf(service, sizeof service, "%u", port);
	failed = getaddrinfo(target->host, service, &hints, &list);
	if (failed)
		return br_fail(err, BR_E_NAME, "%s: the name does not resolve: %s",
			       target->host, gai_strerror(failed));
	if (list->ai_addrlen > sizeof *to) {
		freeaddrinfo(list);
		return br_fail(err, BR_E_NAME, "%s: not an IP address", target->host);
	}
	memcpy(to, list->ai_addr, list->ai_addrlen);
	*len = list->ai_addrlen;
	freeaddrinfo(list);
	return BR_OK;
}

static void format_address(const union address *address, char *out, size_t size)
{
	const void *bytes = address->any.sa_family == AF_INET6
				    ? (const void *)&address->v6.sin6_addr
				    : (const void *)&address->v4.sin_addr;

	if (!inet_ntop(address->any.sa_family, bytes, out, (socklen_t)size))
		out[0] = '\0';
}

enum br_status br_udp_resolve(const struct br_target *target, char *address, size_t size,
			      struct br_error *err)
{
	union address to;
	socklen_t len;
	enum br_status status = resolve(target, &to, &len, err);

	if (status == BR_OK)
		format_address(&to, address, size);
	return status;
}

static bool same_host(const union address *a, const union address *b)
{
	if (a->any.sa_family != b->any.sa_family)
		return false;
	if (a->any.sa_family == AF_INET6)
		return memcmp(&a->v6.sin6_addr, &b->v6.sin6_addr, sizeof a->v6.sin6_addr) == 0;
	return a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
}

static uint16_t port_of(const union address *address)
{
	return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port
							: address->v4.sin_port);
}

static bool same_address(const union address *a, const union address *b)
{
	return same_host(a, b) && port_of(a) == port_of(b);
}

static enum br_status refusal(const struct udp *udp, int code, struct br_error *err)
{
	if (code == ECONNREFUSED)
		return br_fail(err, BR_E_NETWORK,
			       "%s: refused: nothing listens there; is SNMP switched on in the "
			       "printer?",
			       udp->name);
	return br_fail(err, BR_E_NETWORK, "%s: %s", udp->name, strerror(code));
}

static enum br_status udp_send(void *self, const uint8_t *data, size_t len,
			       struct br_error *err)
{
	struct udp *udp = self;

	/* An ICMP error of an earlier datagram is reported here once: then the send is tried
	 * again. */
	for (int tries = 0; tries < 3; tries++) {
		if (sendto(udp->fd, data, len, 0, &udp->to.any, udp->to_len) >= 0)
			return BR_OK;
		if (errno != EINTR && errno != ECONNREFUSED && errno != EAGAIN)
			break;
	}
	return refusal(udp, errno, err);
}

/* Takes the pending ICMP error off the queue; its errno, or 0. */
static int pending_error(struct udp *udp)
{
	union {
		struct cmsghdr align;
		char room[512];
	} control;
	char data[8];
	struct iovec part = {data, sizeof data};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.room,
				 .msg_controllen = sizeof control.room};

	if (recvmsg(udp->fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
		return 0;
	for (struct cmsghdr *at = CMSG_FIRSTHDR(&message); at; at = CMSG_NXTHDR(&message, at)) {
		struct sock_extended_err error;

		if ((at->cmsg_level != IPPROTO_IP || at->cmsg_type != IP_RECVERR) &&
		    (at->cmsg_level != IPPROTO_IPV6 || at->cmsg_type != IPV6_RECVERR))
			continue;
		memcpy(&error, CMSG_DATA(at), sizeof error);
		return (int)error.ee_errno;
	}
	return 0;
}

static enum br_status broken(struct udp *udp, int code, struct br_error *err)
{
	pending_error(udp); /* the same failure also waits on the error queue */
	return refusal(udp, code, err);
}

static void remember_stray(struct udp *udp, const union address *from)
{
	bool port_only = same_host(from, &udp->to);

	udp->stray_port = port_only ? port_of(from) : 0;
	udp->stray[0] = '\0';
	if (!port_only)
		format_address(from, udp->stray, sizeof udp->stray);
}

static enum br_status timed_out(const struct udp *udp, struct br_error *err)
{
	if (udp->stray_port)
		return br_fail(err, BR_E_TIMEOUT,
			       "%s: no answer, but its port %u answered, which was not asked",
			       udp->name, udp->stray_port);
	if (udp->stray[0])
		return br_fail(err, BR_E_TIMEOUT,
			       "%s: no answer, but %s answered: ask that address", udp->name,
			       udp->stray);
	return br_fail(err, BR_E_TIMEOUT, "%s: no answer", udp->name);
}

static enum br_status udp_receive(void *self, uint8_t *data, size_t size, int64_t deadline_ms,
				  size_t *len, struct br_error *err)
{
	struct udp *udp = self;

	for (;;) {
		union address from = {.v6 = {0}};
		socklen_t from_len = sizeof from;
		struct pollfd ready = {.fd = udp->fd, .events = POLLIN};
		ssize_t got = recvfrom(udp->fd, data, size, MSG_DONTWAIT, &from.any, &from_len);
		int64_t left;

		if (got >= 0 && same_address(&from, &udp->to)) {
			*len = (size_t)got;
			return BR_OK;
		}
		if (got >= 0)
			remember_stray(udp, &from);
		else if (errno != EAGAIN && errno != EINTR)
			return broken(udp, errno, err);
		left = deadline_ms - br_clock_ms();
		if (left <= 0)
			return timed_out(udp, err);
		if (got >= 0)
			continue;
		if (poll(&ready, 1, left > 60000 ? 60000 : (int)left) < 0) {
			if (errno != EINTR) /* or it would be tried in vain until the deadline,
					       without rest */
				return refusal(udp, errno, err);
		} else if (ready.revents & POLLERR && !(ready.revents & POLLIN)) {
			int code = pending_error(udp);

			if (code)
				return refusal(udp, code, err);
		}
	}
}

static void udp_close(void *self)
{
	struct udp *udp = self;

	close(udp->fd);
	free(udp);
}

enum br_status br_udp_open(struct br_link *link, const struct br_target *target,
			   struct br_error *err)
{
	struct udp *udp = calloc(1, sizeof *udp);
	enum br_status status;
	int on = 1;

	if (!udp)
		return br_fail(err, BR_E_MEMORY, "out of memory");
	br_text_copy(udp->name, sizeof udp->name, br_view(target->text));
	status = resolve(target, &udp->to, &udp->to_len, err);
	if (status != BR_OK) {
		free(udp);
		return status;
	}
	udp->fd = socket(udp->to.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (udp->fd < 0) {
		status = br_fail(err, BR_E_NETWORK, "%s: no socket: %s", udp->name,
				 strerror(errno));
		free(udp);
		return status;
	}
	/* Without it a closed port is learned by waiting only: no failure. */
	if (udp->to.any.sa_family == AF_INET6)
		(void)setsockopt(udp->fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
	else
		(void)setsockopt(udp->fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
	*link = (struct br_link){udp_send, udp_receive, udp_close, udp};
	return BR_OK;
}
