/*
 * keys.h - the SNMPv3 users of a fleet: a password is hashed once, however many printers have
 * it.
 *
 * A user is made at the first printer whose profile names it and overwritten when the last one
 * is gone. What belongs to one printer alone (engine, clock, localised keys) is in a struct
 * br_fleet_v3 of its own, so that two printers that claim one engine id do not meet.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_FLEET_KEYS_H
#define BR_FLEET_KEYS_H

#include "link/crypto.h"
#include "link/profile.h"
#include "talk/v3.h"

struct br_key;

/* All zero: nobody yet, and libcrypto not opened. */
struct br_keys {
	struct br_key *first;
	struct br_crypto *crypto;
	struct br_v3_crypto ops;
};

struct br_fleet_v3 {
	struct br_v3 v3;
	struct br_key *key;
	bool kept; /* engine and clock come from a store: keys are localised when first used */
};

/* A printer's own, for its profile. Give it back. */
enum br_status br_keys_enter(struct br_keys *keys, const struct br_profile *profile,
			     struct br_fleet_v3 **v3, struct br_error *err) BR_MUST_CHECK;
void br_keys_leave(struct br_keys *keys, struct br_fleet_v3 *v3);
void br_keys_close(struct br_keys *keys); /* after everybody left */

/* What a store kept; false if it is no engine id. boots and time as in br_v3_know. */
bool br_fleet_v3_keep(struct br_fleet_v3 *v3, struct br_view engine, uint32_t boots,
		      uint32_t time, int64_t now_ms);

/* Before each asking. */
void br_fleet_v3_begin(struct br_fleet_v3 *v3);

#endif
