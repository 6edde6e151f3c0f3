/*
 * fleet.h - thousands of conversations at once, in one thread, over one socket per address
 * family.
 *
 * The host owns the thread and the loop: it waits until br_fleet_fd() is readable or
 * br_fleet_next_ms() has come, and calls br_fleet_step(), which never blocks. So the same
 * engine runs inside brayerd and inside a plugin's own read thread. There are no globals,
 * signals or threads in it; one engine belongs to one thread at a time.
 *
 *   br_fleet_open(&fleet, &options, told, user, &err);
 *   br_fleet_add(fleet, &address, &target, &profile, user, &printer, &err);
 *   br_fleet_ask(fleet, printer, BR_WANT_FULL);
 *   while (br_fleet_busy(fleet))
 *           br_fleet_wait(fleet, deadline_ms);      // poll + step, for hosts without a loop
 *
 * How many are in flight is bounded by the receive buffer that the kernel granted, not by the
 * size of the fleet; the others wait in line. Each printer has at most one conversation, two
 * printers at one address and port (a print server, a port-forwarding router) likewise. Nothing
 * is allocated for a datagram, and nothing is walked that does not need it: deadlines and
 * pacing are heaps, the answer's address finds its conversation.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_FLEET_H
#define BR_FLEET_FLEET_H

#include "decode/makers.h"
#include "link/address.h"
#include "link/profile.h"
#include "link/read.h"
#include "talk/glance.h"

struct br_fleet;
struct br_fleet_printer;

/* Polite towards a branch office's line and the embedded stacks behind it: a /24 full of
 * printers is read in full within half a minute. */
#define BR_FLEET_PACE 50

struct br_fleet_options {
	struct br_makers *makers; /* lent, and not loaded anew meanwhile; may be NULL */
	unsigned in_flight; /* 0: what the receive buffer holds, at most BR_FLEET_IN_FLIGHT */
	unsigned pace;      /* questions a second to one /24 (IPv6: /64); 0: no pacing */
	unsigned receive_buffer; /* octets to ask of the kernel for each socket; 0: 8 MiB */
	bool once;               /* each printer is asked once: nothing is learned of it */
	bool keep; /* keep each printer's answers (about 8 KB) for status readings;
		      without it the host has them in its store */
};
#define BR_FLEET_IN_FLIGHT 2000

enum br_want {
	BR_WANT_STATUS = 1, /* a glance; in full where nothing was learned, or it is stale */
	BR_WANT_FULL,
};

/* What came of one asking. Everything is lent for the call. */
struct br_fleet_result {
	struct br_fleet_printer *printer;
	void *user;               /* the printer's */
	enum br_want asked, done; /* done: full, where a status reading had to become one */
	enum br_status status;
	const struct br_error *error;     /* if not BR_OK */
	bool same;                        /* a status reading: nothing but the uptime is new */
	const char *stale_because;        /* why a status reading became a full one; NULL */
	uint32_t uptime;                  /* ticks, where a status reading said so */
	const struct br_harvest *harvest; /* the answers: of a status reading those alone */
	const struct br_conversation *talk; /* of a full reading; else NULL */
	struct br_view learned; /* after a full reading; may be empty. After a partial one: of a
				   whole one before, which still holds */
	const struct br_v3 *v3; /* engine and its time, for the store; NULL but in v3 */
	unsigned questions, silences;
	int64_t started_ms, took_ms;
};
/* Called from within br_fleet_step. May ask, cancel, add and remove, also the printer it is
 * about; may not step. If it closes, nobody is told any more, and the step frees the engine at
 * its end. */
typedef void (*br_fleet_fn)(void *user, const struct br_fleet_result *result);

enum br_status br_fleet_open(struct br_fleet **fleet, const struct br_fleet_options *options,
			     br_fleet_fn told, void *user, struct br_error *err) BR_MUST_CHECK;
/* In mid-flight too: whatever was asked is dropped without a call. Keys are overwritten. */
void br_fleet_close(struct br_fleet *fleet);

/* The profile is lent until the printer is removed; its keys are derived once, at the first
 * printer that uses it. */
enum br_status br_fleet_add(struct br_fleet *fleet, const union br_address *address,
			    const struct br_profile *profile, void *user,
			    struct br_fleet_printer **printer,
			    struct br_error *err) BR_MUST_CHECK;
void br_fleet_remove(struct br_fleet *fleet, struct br_fleet_printer *printer);

/* What a store kept of it: no full reading, and in v3 no discovery round, is then needed.
 * Octets that are not sound are left alone, and so is a printer that is being asked. */
struct br_fleet_known {
	struct br_view learned, engine;
	uint32_t boots, engine_time; /* engine_time: as it would be now */
};
enum br_status br_fleet_know(struct br_fleet *fleet, struct br_fleet_printer *printer,
			     const struct br_fleet_known *known) BR_MUST_CHECK;

/* Puts it in line. One that is in line or in flight stays so; full wins over status. */
void br_fleet_ask(struct br_fleet *fleet, struct br_fleet_printer *printer, enum br_want want);
void br_fleet_cancel(struct br_fleet *fleet, struct br_fleet_printer *printer); /* no call */

int br_fleet_fd(const struct br_fleet *fleet);
int64_t br_fleet_next_ms(const struct br_fleet *fleet); /* INT64_MAX: nothing is due */
void br_fleet_step(struct br_fleet *fleet);
bool br_fleet_busy(const struct br_fleet *fleet);
/* Waits until something is to be done or the deadline comes, and does it. */
void br_fleet_wait(struct br_fleet *fleet, int64_t deadline_ms);

/* A status reading's answers put into the kept ones, and decoded: with keep only. Otherwise the
 * host does so with br_harvest_renew() on what its store has. */
enum br_status br_fleet_readings(struct br_fleet *fleet, const struct br_fleet_result *result,
				 const struct br_target *target, br_reading_fn each, void *user,
				 struct br_error *err) BR_MUST_CHECK;

struct br_fleet_health {
	uint64_t readings, same, failed;       /* askings that ended */
	uint64_t questions, answers, silences; /* datagrams sent and used; attempts timed out */
	uint64_t strays;                       /* datagrams that nobody waited for */
	uint64_t dropped;     /* by the kernel for want of buffer (SO_RXQ_OVFL) */
	uint64_t unreachable; /* told by ICMP */
	unsigned printers, in_line, in_flight, window;
	unsigned receive_buffer, send_buffer; /* as granted, of all sockets */
	size_t octets;                        /* of memory that the engine holds */
};
void br_fleet_health(const struct br_fleet *fleet, struct br_fleet_health *health);

#endif
