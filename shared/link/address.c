/*
 * address.c - numeric addresses must not cost a resolver: that is most of a one-shot check's
 * start.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/address.h"

#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

bool br_address_numeric(union br_address *address, const char *name, uint16_t port)
{
	char host[256];
	char *zone;

	memset(address, 0, sizeof *address);
	if (inet_pton(AF_INET, name, &address->v4.sin_addr) == 1) {
		address->v4.sin_family = AF_INET;
		address->v4.sin_port = htons(port);
		return true;
	}
	if (!br_text_copy(host, sizeof host, br_view(name)))
		return false;
	zone = strchr(host, '%');
	if (zone) {
		*zone++ = '\0';
		address->v6.sin6_scope_id = if_nametoindex(zone);
		if (address->v6.sin6_scope_id ==
		    0) /* a number, or no interface: the resolver tells them apart */
			return false;
	}
	if (inet_pton(AF_INET6, host, &address->v6.sin6_addr) != 1)
		return false;
	address->v6.sin6_family = AF_INET6;
	address->v6.sin6_port = htons(port);
	return true;
}

enum br_status br_address_resolve(union br_address *address, const struct br_target *target,
				  struct br_error *err)
{
	uint16_t port = target->port ? target->port : 161;
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM}, *list;
	enum br_status status = BR_OK;
	char service[8];
	int failed;

	if (br_address_numeric(address, target->host, port))
		return BR_OK;
	snprintf(service, sizeof service, "%u", port);
	failed = getaddrinfo(target->host, service, &hints, &list);
	if (failed)
		return br_fail(err, BR_E_NAME, "%s: the name does not resolve: %s",
			       target->host, gai_strerror(failed));
	if (list->ai_addrlen > sizeof *address)
		status = br_fail(err, BR_E_NAME, "%s: not an IP address", target->host);
	else
		memcpy(address, list->ai_addr, list->ai_addrlen);
	freeaddrinfo(list);
	return status;
}

socklen_t br_address_len(const union br_address *address)
{
	return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4;
}

uint16_t br_address_port(const union br_address *address)
{
	return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port
							: address->v4.sin_port);
}

bool br_address_same_host(const union br_address *a, const union br_address *b)
{
	if (a->any.sa_family != b->any.sa_family)
		return false;
	if (a->any.sa_family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&a->v6.sin6_addr) &&
	    a->v6.sin6_scope_id != b->v6.sin6_scope_id)
		return false; /* of two networks, which may well use the same ones */
	if (a->any.sa_family == AF_INET6)
		return memcmp(&a->v6.sin6_addr, &b->v6.sin6_addr, sizeof a->v6.sin6_addr) == 0;
	return a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
}

bool br_address_same(const union br_address *a, const union br_address *b)
{
	return br_address_same_host(a, b) && br_address_port(a) == br_address_port(b);
}

void br_address_format(const union br_address *address, char *out, size_t size)
{
	const void *bytes = address->any.sa_family == AF_INET6
				    ? (const void *)&address->v6.sin6_addr
				    : (const void *)&address->v4.sin_addr;

	if (!inet_ntop(address->any.sa_family, bytes, out, (socklen_t)size))
		out[0] = '\0';
}
