/*
 * scan.h - asks every address of a range one small question, and tells who answered.
 *
 * Rounds: each goes over all addresses that nobody answered from yet, with one profile; the
 * first with SNMP v2c and an echo, later passes with v1 too, for the agents that know nothing
 * else. Every round takes the same order, which spreads over the range: subnets are visited in
 * turn, and an address is asked again no sooner than `wait` after it was asked. What is kept is
 * three bits an address.
 *
 * Used like the fleet engine: the host waits for br_scan_fd() or br_scan_next_ms() and calls
 * br_scan_step(), which never blocks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_SCAN_H
#define BR_FLEET_SCAN_H

#include "fleet/probe.h"
#include "fleet/range.h"

#define BR_SCAN_PROFILES 16
#define BR_SCAN_RATE     1000 /* datagrams a second: about 1.5 Mbit/s */

enum br_ping_use { BR_PING_AUTO, BR_PING_ONLY, BR_PING_NONE };

/* Where a scan is: everything before it has had its time to answer. All zero: the beginning. */
struct br_scan_place {
	uint64_t start; /* index of the first address in the order */
	uint32_t round;
	uint64_t position;
};

struct br_scan_options {
	const struct br_range *range;      /* settled; lent */
	const struct br_profile *profiles; /* tried in order; lent */
	size_t n_profiles;
	unsigned rate;   /* datagrams a second; 0: as fast as they go */
	unsigned passes; /* 0: 2 */
	unsigned wait_ms;
	enum br_ping_use ping; /* only: SNMP is asked where an echo came back */
	bool resumes;
	struct br_scan_place from; /* with resumes */
};

/* Somebody answered; lent for the call. */
struct br_scanned {
	const union br_address *address; /* with the port that was asked */
	uint64_t index;                  /* in the range */
	unsigned profile;
	enum br_probe_kind kind;
	const struct br_probed *said;
};
typedef void (*br_scan_fn)(void *user, const struct br_scanned *scanned);

struct br_scan;

enum br_status br_scan_open(struct br_scan **scan, const struct br_scan_options *options,
			    br_scan_fn told, void *user, struct br_error *err) BR_MUST_CHECK;
void br_scan_close(struct br_scan *scan);

int br_scan_fd(const struct br_scan *scan);
int64_t br_scan_next_ms(const struct br_scan *scan); /* INT64_MAX: it is over */
void br_scan_step(struct br_scan *scan);
bool br_scan_over(const struct br_scan *scan);

/* No more questions; what is out still has its time. */
void br_scan_stop(struct br_scan *scan);

/* Identified by other means (a reading, an earlier run): not asked any more. */
void br_scan_known(struct br_scan *scan, uint64_t index);
bool br_scan_answered(const struct br_scan *scan, uint64_t index);
/* It echoed, or refused: somebody is there. */
bool br_scan_alive(const struct br_scan *scan, uint64_t index);

struct br_scan_place br_scan_place(const struct br_scan *scan);

struct br_scan_progress {
	uint64_t sent;              /* datagrams, echoes included */
	uint64_t visited, to_visit; /* addresses, over all rounds */
	uint64_t skipped; /* of those visited, by the run before that is gone on with */
	uint64_t answered, alive, refused;
	uint64_t strays; /* answers to nothing that was asked, or from elsewhere */
	uint64_t duplicates;
	uint64_t dropped;    /* by the kernel for want of buffer */
	uint64_t unsendable; /* no route, a broadcast address, a firewall of our own */
	uint64_t waited;     /* times the kernel had no room for a datagram */
	unsigned round, rounds;
	bool pings, links;        /* links: addresses of our own links were asked */
	unsigned table_limit;     /* of the neighbour table, with links */
	uint64_t table_overflows; /* during the scan, by whomever */
	int64_t started_ms;
};
void br_scan_progress(const struct br_scan *scan, struct br_scan_progress *progress);

#endif
