/*
 * link.c - which kind of link a target needs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/link.h"

enum br_status br_link_open(struct br_link *link, const struct br_target *target,
			    struct br_error *err)
{
	*link = (struct br_link){.self = NULL};
	switch (target->kind) {
	case BR_TARGET_UDP:
		return br_udp_open(link, target, err);
	case BR_TARGET_WALK:
		return br_walk_open(link, target, err);
	}
	return BR_E_UNSUPPORTED;
}

void br_link_close(struct br_link *link)
{
	if (link->self)
		link->close(link->self);
	link->self = NULL;
}
