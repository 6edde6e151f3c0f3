/*
 * port.h - the one UDP socket of an address family: many datagrams at a time, never blocking.
 *
 * What is to go out is gathered in a batch and sent with one call; what has come is handed over
 * as it lies in the buffers. Where the socket takes no more, the batch stays until it does. The
 * port knows printers as addresses, and whoever asked as a pointer that it gives back.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PORT_H
#define BR_FLEET_PORT_H

#include "decode/pdu.h"
#include "link/address.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

enum {
	BR_PORT_SEND = 64,
	BR_PORT_RECEIVE = 64,
	BR_PORT_OCTETS = 65536 + 2048, /* of one that comes */
	BR_PORT_REPLY = 2662,          /* what a full reply takes of the receive buffer */
};

/* Told of what happened; any of them may end askings, none may close the port. */
struct br_port_ears {
	void (*came)(void *user, const union br_address *from, uint8_t *data, size_t len);
	void (*sent)(void *user, void *owner);
	void (*unsent)(void *user, void *owner, int code);                 /* errno */
	void (*refused)(void *user, const union br_address *to, int code); /* by ICMP */
	void *user;
};

struct br_port {
	int fd, epoll; /* fd -1: not open */
	int family;
	uint32_t events;         /* that epoll waits for */
	unsigned receive_buffer; /* granted */
	uint64_t dropped;        /* by the kernel */
	uint32_t dropped_before;
	unsigned send_buffer; /* granted */
	/* The kernel's trouble: not tried before; 0: none. */
	int64_t rest_until_ms; /* with sending */
	int64_t deaf_until_ms; /* with receiving */
	unsigned rests;        /* because of the first of the batch */
	bool full;             /* waits until the socket takes more */
	struct br_port_ears ears;
	unsigned first, n; /* of the batch: what is still to go */
	struct br_port_room *room;
};

/* Closed: fd -1. */
void br_port_init(struct br_port *port, int family, int epoll, const struct br_port_ears *ears);
enum br_status br_port_open(struct br_port *port, unsigned receive_buffer,
			    struct br_error *err) BR_MUST_CHECK;
void br_port_close(struct br_port *port);

/* BR_REQUEST_MAX octets to write a datagram into; NULL: the batch is full and stays so. */
uint8_t *br_port_room(struct br_port *port, int64_t now_ms);
/* It was written, at `at` within the room. */
void br_port_put(struct br_port *port, const uint8_t *at, size_t len,
		 const union br_address *to, void *owner);
void br_port_forget(struct br_port *port,
		    const void *owner); /* nobody is told of its datagram */

void br_port_flush(struct br_port *port, int64_t now_ms);
/* One batch; true: there may be more. */
bool br_port_receive(struct br_port *port, int64_t now_ms);

size_t br_port_memory(const struct br_port *port);

#endif
