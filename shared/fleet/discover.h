/*
 * discover.h - a scan, and full readings of whatever may be a printer while it goes on.
 *
 * The scan tells who answers; the fleet engine reads those that have rows only printers have,
 * that answered with an error, that speak SNMPv3, or that a maker's file claims. A reading
 * decides: a device with nothing a printer has is none, whatever it is called. One printer at
 * several addresses is found once (model/same.h); of a print server each printer is found.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_DISCOVER_H
#define BR_FLEET_DISCOVER_H

#include "decode/makers.h"
#include "fleet/scan.h"
#include "model/same.h"

#define BR_FOUND_MAX       (1u << 18)
#define BR_FOUND_HOST_SIZE 64 /* an address with the name of its interface */

enum br_found_kind {
	BR_FOUND_UNSURE = 0, /* an agent that could not be read to the end of the question */
	BR_FOUND_PRINTER,
	BR_FOUND_DEVICE, /* something that answers, and is no printer */
};

struct br_found {
	union br_address address;
	uint64_t index; /* in the range */
	enum br_found_kind kind;
	bool read, several,
		dropped;   /* several: one of a print server's; dropped: not to be shown */
	bool bare, engine; /* nothing was shown to us; SNMPv3 is spoken */
	unsigned profile;
	enum br_version version;
	uint32_t device;
	struct br_found *same; /* the next address of the same printer; NULL */
	char target[96];       /* udp:192.0.2.7:161, with #N if several */
	char maker[64], model[128], serial[64], mac[32], hostname[128], location[128];
	char description[256], object_id[128], problem[200];
	struct br_printer_key key;
};

struct br_discover_options {
	struct br_scan_options scan;
	struct br_makers *makers; /* lent */
	bool quick;               /* no readings */
	unsigned pace;            /* of readings, see fleet.h; 0: none */
};

struct br_discover;

enum br_status br_discover_open(struct br_discover **discover,
				const struct br_discover_options *options,
				struct br_error *err) BR_MUST_CHECK;
void br_discover_close(struct br_discover *discover);

/* Waits for something to do until the deadline at most, and does it. */
void br_discover_wait(struct br_discover *discover, int64_t deadline_ms);
bool br_discover_over(const struct br_discover *discover);
/* No more addresses are asked; what answered is still read. */
void br_discover_stop(struct br_discover *discover);

/* One that an earlier run found: it is read, not searched. */
enum br_status br_discover_again(struct br_discover *discover, const union br_address *address,
				 unsigned profile, enum br_version version,
				 struct br_error *err) BR_MUST_CHECK;

const struct br_scan *br_discover_scan(const struct br_discover *discover);
/* In the order of finding; lent until the next step. full: there were more. */
struct br_found *const *br_discover_found(const struct br_discover *discover, size_t *n,
					  bool *full);
size_t br_discover_printers(const struct br_discover *discover); /* so far */

/* When it is over: by address; the same printer's other addresses are hung below its first. */
void br_discover_settle(struct br_discover *discover);

/* The same for a list: pure. */
void br_found_settle(struct br_found **found, size_t n);

/* "192.0.2.7", "2001:db8::7", "fe80::7%eth0": BR_FOUND_HOST_SIZE octets. */
void br_found_host(const union br_address *address, char *out, size_t size);

#endif
