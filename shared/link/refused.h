/*
 * refused.h - the error queue of a UDP socket, where ICMP says that nobody listens.
 *
 * The socket has IP_RECVERR or IPV6_RECVERR set. An error makes the next call on the socket
 * fail, whatever that is about, until it is taken off.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_REFUSED_H
#define BR_LINK_REFUSED_H

#include "link/address.h"

#include <stdbool.h>

struct br_refused {
	union br_address to; /* where our datagram went; its family is 0 if that is not told */
	int code;            /* errno; 0: the kernel told of something else */
};

/* Takes one off the queue, without waiting; false: there was none. */
bool br_refused_take(int fd, struct br_refused *refused);

#endif
