/*
 * ping.h - ICMP echo beside the questions of a scan.
 *
 * By the kernel's ping sockets, which net.ipv4.ping_group_range allows to some groups, else by
 * a raw socket, which CAP_NET_RAW allows. An echo carries eight octets that only we can make.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PING_H
#define BR_FLEET_PING_H

#include "fleet/probe.h"

enum { BR_PING_LEN = 16 };

/* The socket, or -1 (errno says why); *raw: it brings IPv4 headers. */
int br_ping_open(int family, bool *raw);

/* BR_PING_LEN octets. */
void br_ping_write(const struct br_siphash_key *key, const union br_address *address,
		   uint8_t *out);

/* True if this is the reply to our echo to this address. */
bool br_ping_hear(const struct br_siphash_key *key, const union br_address *from, bool raw,
		  const uint8_t *data, size_t len);

#endif
