/*
 * lane.c - sendmmsg, recvmmsg and the queue of ICMP errors.
 *
 * IP_RECVERR is asked for twice over: it brings the refusals, and without it the kernel hides
 * from a UDP socket that it had no neighbour entry left (ENOBUFS) and drops the datagram. Its
 * price is that an error about one address is reported at a send to another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/lane.h"

#include "link/refused.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT = 2048, RECEIVE_BUFFER = 8 << 20, ERRORS_AT_ONCE = 256 };
enum { TRIES = 3, PATIENCE_MS = 10000, TIRED_MS = 100 };

struct br_lane_room {
	struct mmsghdr out[BR_LANE_BATCH], in[BR_LANE_BATCH];
	struct iovec out_part[BR_LANE_BATCH], in_part[BR_LANE_BATCH];
	union br_address to[BR_LANE_BATCH], from[BR_LANE_BATCH];
	uint8_t send[BR_LANE_BATCH][BR_PROBE_SIZE], receive[BR_LANE_BATCH][INPUT];
	union {
		struct cmsghdr align;
		char room[64];
	} control;
};

void br_lane_init(struct br_lane *lane)
{
	memset(lane, 0, sizeof *lane);
	lane->fd = -1;
}

static void prepare(int fd)
{
	int on = 1, octets = RECEIVE_BUFFER, family = AF_INET, whole = IP_PMTUDISC_DO;
	socklen_t len = sizeof family;

	(void)getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &len);
	if (family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
	else
		(void)setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
	/* Small as they are, none is cut in pieces, and so none needs a number of its own. */
	if (family == AF_INET)
		(void)setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &whole, sizeof whole);
	(void)setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) != 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets) != 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &octets, sizeof octets);
}

enum br_status br_lane_open(struct br_lane *lane, int fd, struct br_error *err)
{
	if (fd < 0)
		return br_fail(err, BR_E_NETWORK, "no socket: %s", strerror(errno));
	lane->room = malloc(sizeof *lane->room);
	if (!lane->room) {
		close(fd);
		return br_fail(err, BR_E_MEMORY, "out of memory");
	}
	prepare(fd);
	lane->fd = fd;
	return BR_OK;
}

void br_lane_close(struct br_lane *lane)
{
	if (lane->fd >= 0)
		close(lane->fd);
	free(lane->room);
	lane->fd = -1;
	lane->room = NULL;
	lane->first = lane->n = 0;
}

bool br_lane_is_open(const struct br_lane *lane)
{
	return lane->fd >= 0;
}

uint8_t *br_lane_room(struct br_lane *lane)
{
	unsigned at = lane->first + lane->n;

	return at < BR_LANE_BATCH ? lane->room->send[at] : NULL;
}

void br_lane_put(struct br_lane *lane, size_t len, const union br_address *to)
{
	struct br_lane_room *room = lane->room;
	unsigned at = lane->first + lane->n++;

	room->to[at] = *to;
	room->out_part[at] = (struct iovec){room->send[at], len};
	room->out[at].msg_hdr = (struct msghdr){.msg_name = &room->to[at],
						.msg_namelen = br_address_len(to),
						.msg_iov = &room->out_part[at],
						.msg_iovlen = 1};
}

/* Only what its own peer sent back: an ICMP error quotes our datagram's destination. */
static bool take_error(struct br_lane *lane)
{
	struct br_refused refused;

	if (!br_refused_take(lane->fd, &refused))
		return false;
	if (refused.code && refused.to.any.sa_family)
		lane->refused(lane->user, &refused.to, refused.code);
	return true;
}

static bool take_errors(struct br_lane *lane)
{
	unsigned n = 0;

	while (n < ERRORS_AT_ONCE && take_error(lane))
		n++;
	return n > 0;
}

static void shift(struct br_lane *lane, unsigned n)
{
	lane->first += n;
	lane->n -= n;
	lane->stuck = 0;
	if (lane->n == 0)
		lane->first = 0;
}

/* The kernel has no room now. It may stay so for ever, and a scan still ends. Where it stays so
 * for some and others go, patience is short until it had room for all for a while. */
static bool is_worth_waiting(struct br_lane *lane, int code, int64_t now_ms)
{
	if (code != EAGAIN && code != ENOBUFS && code != ENOMEM && code != EINTR)
		return false;
	if (lane->since_ms == 0)
		lane->since_ms = now_ms;
	bool tired = code == ENOBUFS && now_ms < lane->tired_until_ms;
	bool worth = now_ms - lane->since_ms < (tired ? TIRED_MS : PATIENCE_MS);
	if (tired || (code == ENOBUFS && !worth))
		lane->tired_until_ms = now_ms + PATIENCE_MS;
	return worth;
}

/* The first of the batch did not go. True: go on at once. */
static bool stuck(struct br_lane *lane, int code, int64_t now_ms)
{
	if (is_worth_waiting(lane, code, now_ms)) {
		lane->waited++;
		take_errors(lane);
		return false;
	}
	/* Perhaps about another address: those wait in the queue of errors. */
	if (take_errors(lane) || ++lane->stuck < TRIES)
		return true;
	lane->unsendable++;
	shift(lane, 1);
	return true;
}

bool br_lane_flush(struct br_lane *lane, int64_t now_ms)
{
	while (lane->n) {
		int n = sendmmsg(lane->fd, lane->room->out + lane->first, lane->n, 0);

		if (n > 0) {
			lane->sent += (unsigned)n;
			lane->since_ms = 0;
			shift(lane, (unsigned)n);
		} else if (!stuck(lane, errno, now_ms)) {
			return false;
		}
	}
	return true;
}

static void count_drops(struct br_lane *lane, struct msghdr *message)
{
	uint32_t drops;

	for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
		if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SO_RXQ_OVFL)
			continue;
		memcpy(&drops, CMSG_DATA(at), sizeof drops);
		lane->dropped += (uint32_t)(drops - lane->dropped_before);
		lane->dropped_before = drops;
	}
}

bool br_lane_receive(struct br_lane *lane)
{
	struct br_lane_room *room = lane->room;
	int n;

	if (lane->fd < 0)
		return false;
	for (unsigned i = 0; i < BR_LANE_BATCH; i++) {
		room->in_part[i] = (struct iovec){room->receive[i], INPUT};
		room->in[i].msg_hdr = (struct msghdr){.msg_name = &room->from[i],
						      .msg_namelen = sizeof room->from[i],
						      .msg_iov = &room->in_part[i],
						      .msg_iovlen = 1};
	}
	room->in[0].msg_hdr.msg_control = room->control.room;
	room->in[0].msg_hdr.msg_controllen = sizeof room->control.room;
	n = recvmmsg(lane->fd, room->in, BR_LANE_BATCH, MSG_DONTWAIT, NULL);
	if (n < 0)
		return take_errors(lane);
	if (n == 0)
		return false;
	count_drops(lane, &room->in[0].msg_hdr);
	for (int i = 0; i < n; i++)
		if (room->in[i].msg_hdr.msg_namelen >= sizeof(struct sockaddr_in))
			lane->came(lane->user, &room->from[i], room->receive[i],
				   room->in[i].msg_len);
	return n == BR_LANE_BATCH;
}
