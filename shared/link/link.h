/*
 * link.h - something that carries a datagram to a printer and brings what it answers.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_LINK_H
#define BR_LINK_LINK_H

#include "base/status.h"
#include "link/target.h"

#include <stddef.h>
#include <stdint.h>

struct br_link {
	/* Sends one datagram. */
	enum br_status (*send)(void *self, const uint8_t *data, size_t len,
			       struct br_error *err);
	/*
	 * Waits for one datagram from the printer until the monotonic deadline. BR_E_TIMEOUT
	 * when it passed; *len is what came. What came from elsewhere is not handed over.
	 */
	enum br_status (*receive)(void *self, uint8_t *data, size_t size, int64_t deadline_ms,
				  size_t *len, struct br_error *err);
	void (*close)(void *self);
	void *self;
};

/* Opens the link of a target: a UDP socket, or a recording. Close it. */
enum br_status br_link_open(struct br_link *link, const struct br_target *target,
			    struct br_error *err) BR_MUST_CHECK;
void br_link_close(struct br_link *link);

/* By kind; br_link_open chooses. */
enum br_status br_udp_open(struct br_link *link, const struct br_target *target,
			   struct br_error *err) BR_MUST_CHECK;
enum br_status br_walk_open(struct br_link *link, const struct br_target *target,
			    struct br_error *err) BR_MUST_CHECK;

/* The address a name stands for, as text; for doctor. size: INET6_ADDRSTRLEN does. */
enum br_status br_udp_resolve(const struct br_target *target, char *address, size_t size,
			      struct br_error *err) BR_MUST_CHECK;

#endif
