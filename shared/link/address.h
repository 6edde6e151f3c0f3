/*
 * address.h - where a datagram goes: an IPv4 or IPv6 address with its port.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_ADDRESS_H
#define BR_LINK_ADDRESS_H

#include "base/status.h"
#include "link/target.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>

union br_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Without a resolver: numbers, and an IPv6 zone that is an interface. */
bool br_address_numeric(union br_address *address, const char *host, uint16_t port);

/* By the resolver where it is no number; that may take long. A target without a port: 161. */
enum br_status br_address_resolve(union br_address *address, const struct br_target *target,
				  struct br_error *err) BR_MUST_CHECK;

socklen_t br_address_len(const union br_address *address);
uint16_t br_address_port(const union br_address *address);
bool br_address_same_host(const union br_address *a, const union br_address *b);
bool br_address_same(const union br_address *a, const union br_address *b); /* and port */

/* The address without its port; INET6_ADDRSTRLEN does. */
void br_address_format(const union br_address *address, char *out, size_t size);

#endif
