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
#include "link/address.h"
#include "link/link.h"
#include "link/refused.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct udp {
	int fd;
	union br_address to;
	char name[BR_TARGET_SIZE];    /* as asked for, for messages */
	char stray[INET6_ADDRSTRLEN]; /* an address that answered and was not asked */
	uint16_t stray_port;          /* or a port of the one that was */
};

enum br_status br_udp_resolve(const struct br_target *target, char *address, size_t size,
			      struct br_error *err)
{
	union br_address to;
	enum br_status status = br_address_resolve(&to, target, err);

	if (status == BR_OK)
		br_address_format(&to, address, size);
	return status;
}

/* A host that is switched off, as the last router before it, or the kernel, tells it. A closed
 * port is told by the host itself. */
static bool is_unreachable(int code)
{
	return code == EHOSTUNREACH || code == ENETUNREACH || code == EHOSTDOWN ||
	       code == ENONET;
}

static enum br_status refusal(const struct udp *udp, int code, struct br_error *err)
{
	if (code == ECONNREFUSED)
		return br_fail(err, BR_E_NETWORK,
			       "%s: refused: nothing listens there; is SNMP switched on in the "
			       "printer?",
			       udp->name);
	return br_fail(err, is_unreachable(code) ? BR_E_UNREACHABLE : BR_E_NETWORK, "%s: %s",
		       udp->name, strerror(code));
}

static enum br_status udp_send(void *self, const uint8_t *data, size_t len,
			       struct br_error *err)
{
	struct udp *udp = self;

	/* An ICMP error of an earlier datagram is reported here once: then the send is tried
	 * again. */
	for (int tries = 0; tries < 3; tries++) {
		if (sendto(udp->fd, data, len, 0, &udp->to.any, br_address_len(&udp->to)) >= 0)
			return BR_OK;
		if (errno != EINTR && errno != ECONNREFUSED && errno != EAGAIN)
			break;
	}
	return refusal(udp, errno, err);
}

/* Takes the pending ICMP error off the queue; its errno, or 0. */
static int pending_error(struct udp *udp)
{
	struct br_refused refused;

	return br_refused_take(udp->fd, &refused) ? refused.code : 0;
}

static enum br_status broken(struct udp *udp, int code, struct br_error *err)
{
	pending_error(udp); /* the same failure also waits on the error queue */
	return refusal(udp, code, err);
}

static void remember_stray(struct udp *udp, const union br_address *from)
{
	bool port_only = br_address_same_host(from, &udp->to);

	udp->stray_port = port_only ? br_address_port(from) : 0;
	udp->stray[0] = '\0';
	if (!port_only)
		br_address_format(from, udp->stray, sizeof udp->stray);
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
		union br_address from = {.v6 = {0}};
		socklen_t from_len = sizeof from;
		struct pollfd ready = {.fd = udp->fd, .events = POLLIN};
		ssize_t got = recvfrom(udp->fd, data, size, MSG_DONTWAIT, &from.any, &from_len);
		int64_t left;

		if (got >= 0 && br_address_same(&from, &udp->to)) {
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
	status = br_address_resolve(&udp->to, target, err);
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
