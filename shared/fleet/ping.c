/*
 * ping.c - echo requests and their replies, by RFC 792 and RFC 4443.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/ping.h"

#include <errno.h>
#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <string.h>
#include <sys/socket.h>

enum { ECHO_V4 = 8, REPLY_V4 = 0, ECHO_V6 = 128, REPLY_V6 = 129 };

static int open_raw(int family, int protocol)
{
	int fd = socket(family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

	if (fd < 0)
		return -1;
	/* Other people's replies come too; everything else need not. */
	if (family == AF_INET6) {
		struct icmp6_filter filter;

		ICMP6_FILTER_SETBLOCKALL(&filter);
		ICMP6_FILTER_SETPASS(REPLY_V6, &filter);
		(void)setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter);
	} else {
		struct icmp_filter filter = {.data = ~(UINT32_C(1) << REPLY_V4)};

		(void)setsockopt(fd, SOL_RAW, ICMP_FILTER, &filter, sizeof filter);
	}
	return fd;
}

int br_ping_open(int family, bool *raw)
{
	int protocol = family == AF_INET6 ? (int)IPPROTO_ICMPV6 : (int)IPPROTO_ICMP;
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

	*raw = fd < 0;
	return fd < 0 ? open_raw(family, protocol) : fd;
}

static uint64_t seal(const struct br_siphash_key *key, const union br_address *address)
{
	uint8_t data[18] = {0xff, 0xff}; /* no probe's number */

	if (address->any.sa_family == AF_INET6) {
		memcpy(data + 2, &address->v6.sin6_addr, 16);
		return br_siphash(key, data, 18);
	}
	memcpy(data + 2, &address->v4.sin_addr, 4);
	return br_siphash(key, data, 6);
}

/* RFC 1071; the kernel does so for ping sockets and for IPv6. */
static void sum(uint8_t *message)
{
	uint32_t total = 0;

	for (int i = 0; i < BR_PING_LEN; i += 2)
		total += (uint32_t)message[i] << 8 | message[i + 1];
	total = (total & 0xffff) + (total >> 16);
	total = ~(total + (total >> 16));
	message[2] = (uint8_t)(total >> 8);
	message[3] = (uint8_t)total;
}

void br_ping_write(const struct br_siphash_key *key, const union br_address *address,
		   uint8_t *out)
{
	uint64_t mark = seal(key, address);

	memset(out, 0, BR_PING_LEN);
	memcpy(out + 8, &mark, 8);
	out[0] = address->any.sa_family == AF_INET6 ? ECHO_V6 : ECHO_V4;
	if (address->any.sa_family == AF_INET)
		sum(out);
}

bool br_ping_hear(const struct br_siphash_key *key, const union br_address *from, bool raw,
		  const uint8_t *data, size_t len)
{
	bool v6 = from->any.sa_family == AF_INET6;
	size_t head = raw && !v6 && len > 0 ? (size_t)(data[0] & 15) * 4 : 0;
	uint64_t mark = seal(key, from);

	return len >= head + BR_PING_LEN && data[head] == (v6 ? REPLY_V6 : REPLY_V4) &&
	       memcmp(data + head + 8, &mark, 8) == 0;
}
