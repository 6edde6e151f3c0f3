/*
 * probe.h - the one small question of a scan, and what its answer says about who answered.
 *
 * A GETNEXT of the names of the agent and of the columns that only printers have: in v1 and v2c
 * alike, the next name tells whether there is such a row. Of SNMPv3 the question is who is
 * there: the discovery of its engine, which needs no password.
 *
 * The id of the question is a keyed hash of the address and of what was asked. So nothing is
 * remembered of those that are out, and nobody can answer for an address who has not seen its
 * question.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_PROBE_H
#define BR_FLEET_PROBE_H

#include "fleet/siphash.h"
#include "link/address.h"
#include "link/profile.h"

#define BR_PROBE_SIZE 512

enum br_probe_kind { BR_PROBE_V2C, BR_PROBE_V1, BR_PROBE_ENGINE };

struct br_probe {
	enum br_probe_kind kind;
	uint8_t number;  /* in the scan: its ids differ by it */
	uint8_t profile; /* likewise */
	uint16_t port;
	uint16_t len, id_at; /* four octets there are the id */
	uint8_t octets[BR_PROBE_SIZE];
};

enum br_seen {
	BR_SEEN_NONE = 0, /* no answer to this question */
	BR_SEEN_BARE,     /* an agent that shows nothing: another profile may see more */
	BR_SEEN_AGENT,    /* an agent without a row that only printers have */
	BR_SEEN_UNSURE,   /* an agent that answered with an error: a full reading tells */
	BR_SEEN_ENGINE,   /* SNMPv3 is spoken there: a full reading tells */
	BR_SEEN_PRINTER,
};

/* What an answer said; lent by the datagram. */
struct br_probed {
	enum br_seen seen;
	struct br_view description, name; /* raw, as sent */
	struct br_view object_id;         /* contents, checked */
};

/* Octets are written once; profile and number are the caller's to set afterwards. */
enum br_status br_probe_make(struct br_probe *probe, enum br_probe_kind kind,
			     const struct br_profile *profile,
			     struct br_error *err) BR_MUST_CHECK;

int32_t br_probe_id(const struct br_siphash_key *key, const union br_address *address,
		    const struct br_probe *probe);
void br_probe_write(const struct br_probe *probe, int32_t id, uint8_t *out);

/* Whether the datagram answers the probe of this id, and what it says. */
void br_probe_hear(const struct br_probe *probe, int32_t id, const uint8_t *datagram,
		   size_t len, struct br_probed *probed);

#endif
