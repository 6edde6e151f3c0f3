/*
 * range.h - the addresses that are to be asked: a set, without a list of them.
 *
 *   192.0.2.7   192.0.2.0/24   192.0.2.10-192.0.2.99   192.0.2.10-99   2001:db8::7 fe80::7%eth0
 *
 * Of IPv6 single addresses only, since no network of it can be asked from end to end. What was
 * added twice is in once, and what was excluded is out wherever it was added. A network's first
 * and last address are in: in a network that is routed, or larger than was thought, they are
 * printers like others, and what is sent to a real broadcast address the kernel refuses. Groups
 * (multicast, and all from 224.0.0.0 on) are never in: one question there asks a whole network.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_RANGE_H
#define BR_FLEET_RANGE_H

#include "base/text.h"
#include "link/address.h"

#define BR_RANGE_USUAL_MAX (UINT64_C(1) << 24) /* addresses: a /8 */
#define BR_RANGE_SPANS_MAX (1u << 20)          /* entries of lists */

struct br_span {
	uint32_t first, last; /* host order, both in */
	uint64_t before;      /* addresses in the spans before it; once settled */
};

struct br_host6 {
	struct in6_addr address;
	uint32_t scope;
};

struct br_spans {
	struct br_span *at;
	size_t n, cap;
};

struct br_hosts6 {
	struct br_host6 *at;
	size_t n, cap;
};

struct br_range {
	struct br_spans in, out;
	struct br_hosts6 in6, out6;
	uint64_t count_v4, count; /* once settled */
};

void br_range_init(struct br_range *range);
void br_range_clear(struct br_range *range);

/* Adds one of the forms above, or takes it out of whatever is or will be added. */
enum br_status br_range_add(struct br_range *range, struct br_view text, bool exclude,
			    struct br_error *err) BR_MUST_CHECK;
enum br_status br_range_add_host6(struct br_range *range, const struct br_host6 *host,
				  struct br_error *err) BR_MUST_CHECK;

/*
 * A list, one a line; blank lines and those that begin with '#' are passed over, '!' before an
 * entry excludes it. Mistakes are told as "FILE:LINE: sentence".
 */
enum br_status br_range_add_list(struct br_range *range, struct br_view text, const char *file,
				 struct br_error *err) BR_MUST_CHECK;

/* Sorts, merges, excludes, counts. BR_E_LIMIT above max; BR_E_ABSENT where nothing is left. */
enum br_status br_range_settle(struct br_range *range, uint64_t max,
			       struct br_error *err) BR_MUST_CHECK;

/* Once settled: the address at an index below count, and the index of an address. */
void br_range_at(const struct br_range *range, uint64_t index, uint16_t port,
		 union br_address *address);
bool br_range_find(const struct br_range *range, const union br_address *address,
		   uint64_t *index);

/* The same for the same set of addresses, however it was written; for resuming. */
uint64_t br_range_digest(const struct br_range *range);

#endif
