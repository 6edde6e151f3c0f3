/*
 * profile_keys.h - the keys of a profile, between profile.c (what they mean) and config.c
 * (where they stand). Nobody else includes this.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_PROFILE_KEYS_H
#define BR_LINK_PROFILE_KEYS_H

#include "link/profile.h"

enum br_key {
	BR_KEY_VERSION,
	BR_KEY_COMMUNITY,
	BR_KEY_USER,
	BR_KEY_AUTH,
	BR_KEY_AUTH_PASSWORD,
	BR_KEY_PRIV,
	BR_KEY_PRIV_PASSWORD,
	BR_KEY_CONTEXT,
	BR_KEY_PORT,
	BR_KEY_DEADLINE,
	BR_KEY_TIMEOUT,
	BR_KEY_RETRIES,
	BR_KEY_MAX_REPETITIONS,
	BR_N_KEYS,
};

/* Where a key was given; file NULL: it was not. */
struct br_origin {
	const char *file;
	unsigned line;
};

struct br_draft {
	struct br_origin keys[BR_N_KEYS];
};

void br_profile_init(struct br_profile *profile, struct br_view name);

enum br_key br_key_find(struct br_view name); /* BR_N_KEYS: none of ours */
const char *br_key_name(enum br_key key);
bool br_key_is_secret(enum br_key key,
		      struct br_view value); /* the community "public" is none */

/* The sentence begins with the key and has no place. */
enum br_status br_key_set(struct br_profile *profile, enum br_key key, struct br_view value,
			  struct br_error *err) BR_MUST_CHECK;

/* What does not go together; the sentence has the place where it was given. */
enum br_status br_profile_check(struct br_profile *profile, const struct br_draft *draft,
				struct br_error *err) BR_MUST_CHECK;

#endif
