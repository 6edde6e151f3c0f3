/*
 * doctor_network.c - name, route and ping: what has to work before SNMP can.
 *
 * The ping is an unprivileged ICMP datagram socket, which the kernel allows to the groups in
 * net.ipv4.ping_group_range; where it does not, nothing is lost.
 *
 * SPDX-License-Identifier: MIT
 */
#include "doctor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PING_MS = 1000, ECHO_V4 = 8, ECHO_V6 = 128 };

struct place {
	struct sockaddr_storage address;
	socklen_t len;
};

/* host is numeric: what the name resolved to, or what was asked for, which may have a zone. */
static bool place_of(const char *host, uint16_t port, struct place *place)
{
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM,
				 .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *list;
	char service[8];

	snprintf(service, sizeof service, "%u", port);
	if (getaddrinfo(host, service, &hints, &list) != 0)
		return false;
	memcpy(&place->address, list->ai_addr, list->ai_addrlen);
	place->len = list->ai_addrlen;
	freeaddrinfo(list);
	return true;
}

static bool check_name(struct doctor *doctor, struct place *place)
{
	const struct br_target *target = &doctor->target;
	struct br_error err;

	if (place_of(target->host, target->port, place)) {
		br_text_copy(doctor->address, sizeof doctor->address, br_view(target->host));
		doctor_step(doctor, DOCTOR_OK, "name", "%s is an address already",
			    target->host);
		return true;
	}
	if (br_udp_resolve(target, doctor->address, sizeof doctor->address, &err) != BR_OK ||
	    !place_of(doctor->address, target->port, place)) {
		doctor_step(doctor, DOCTOR_FAILED, "name", "%s", err.text);
		doctor_hint(
			doctor,
			"is it spelt right? Try the address that the printer's panel or its "
			"configuration page shows.");
		return false;
	}
	doctor_step(doctor, DOCTOR_OK, "name", "%s is %s", target->host, doctor->address);
	return true;
}

static bool check_route(struct doctor *doctor, const struct place *place)
{
	int fd = socket(place->address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0), failed = 0;
	struct sockaddr_storage own;
	socklen_t len = sizeof own;
	char host[NI_MAXHOST] = "?";

	if (fd < 0 || connect(fd, (const struct sockaddr *)&place->address, place->len) < 0 ||
	    getsockname(fd, (struct sockaddr *)&own, &len) < 0)
		failed = errno;
	else
		getnameinfo((struct sockaddr *)&own, len, host, sizeof host, NULL, 0,
			    NI_NUMERICHOST);
	if (fd >= 0)
		close(fd);
	if (failed) {
		doctor_step(doctor, DOCTOR_FAILED, "route", "to %s: %s", doctor->address,
			    strerror(failed));
		doctor_hint(doctor,
			    "this machine knows no way to that network: see \"ip route\".");
		return false;
	}
	doctor_step(doctor, DOCTOR_OK, "route", "to %s, from %s", doctor->address, host);
	return true;
}

static int open_ping(const struct place *place)
{
	bool v6 = place->address.ss_family == AF_INET6;
	unsigned char echo[16] = {v6 ? ECHO_V6 : ECHO_V4}; /* the kernel fills in sum and id */
	int fd = socket(place->address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC,
			v6 ? (int)IPPROTO_ICMPV6 : (int)IPPROTO_ICMP);

	if (fd >= 0 && (connect(fd, (const struct sockaddr *)&place->address, place->len) < 0 ||
			send(fd, echo, sizeof echo, 0) < 0)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void check_ping(struct doctor *doctor, const struct place *place)
{
	int64_t start = br_clock_ms();
	unsigned char answer[64];
	int fd = open_ping(place);
	struct pollfd ready = {.fd = fd, .events = POLLIN};

	if (fd < 0) {
		doctor_step(doctor, DOCTOR_OPEN, "ping",
			    "not permitted here (%s); that is no harm", strerror(errno));
		return;
	}
	if (poll(&ready, 1, PING_MS) > 0 && recv(fd, answer, sizeof answer, MSG_DONTWAIT) > 0) {
		doctor_step(doctor, DOCTOR_OK, "ping", "answered after %d ms",
			    (int)(br_clock_ms() - start));
	} else {
		doctor_step(doctor, DOCTOR_OPEN, "ping", "no answer in %d ms", PING_MS);
		doctor_hint(
			doctor,
			"alone that says little, since many networks drop pings. If SNMP is "
			"silent too: is the printer on, awake and at this address?");
	}
	close(fd);
}

bool doctor_network(struct doctor *doctor)
{
	struct place place;

	if (!check_name(doctor, &place) || !check_route(doctor, &place))
		return false;
	check_ping(doctor, &place);
	return true;
}
