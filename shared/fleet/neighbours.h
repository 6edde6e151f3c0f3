/*
 * neighbours.h - what the kernel knows of its own links: who is there, and how many it can
 * keep.
 *
 * By rtnetlink, which every user may read. An address of a link is resolved before anything is
 * sent to it; one that is not there occupies the kernel's table for some three seconds, and a
 * full table (1,024 by default, for all programs of the machine) loses datagrams of everybody.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_NEIGHBOURS_H
#define BR_FLEET_NEIGHBOURS_H

#include "fleet/range.h"

struct br_neighbour_table {
	unsigned limit;      /* gc_thresh3; 0: not known */
	unsigned entries;    /* of all programs and name spaces */
	unsigned unresolved; /* of ours: nobody answered yet */
	unsigned held;      /* of ours: those and all others that the kernel may not drop now */
	unsigned own;       /* of ours: all */
	uint64_t overflows; /* since the machine started */
};

/* One family's table. BR_E_NETWORK where the kernel does not tell. */
enum br_status br_neighbour_table(int family, struct br_neighbour_table *table,
				  struct br_error *err) BR_MUST_CHECK;

/* Adds the IPv6 neighbours of an interface to the range; *n: how many there were. */
enum br_status br_neighbours_add(struct br_range *range, const char *interface, size_t *n,
				 struct br_error *err) BR_MUST_CHECK;

/* The IPv4 networks that lie on a link whose addresses are resolved; sorted and merged, as
 * br_range_find() wants it. Clear it, also after a failure. */
enum br_status br_on_link(struct br_range *links, struct br_error *err) BR_MUST_CHECK;

#endif
