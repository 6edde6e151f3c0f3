/*
 * keys.c - Ku is looked for among the users that are there before it is derived.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/keys.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

struct br_key {
	struct br_v3_user user;
	char auth_password[BR_SECRET_SIZE], priv_password[BR_SECRET_SIZE];
	struct br_key *next;
	size_t printers;
};

static bool is_user(const struct br_key *key, const struct br_profile *profile)
{
	return key->user.auth == profile->auth && key->user.priv == profile->priv &&
	       strcmp(key->user.name, profile->user) == 0 &&
	       strcmp(key->user.context, profile->context) == 0 &&
	       strcmp(key->auth_password, profile->auth_password) == 0 &&
	       strcmp(key->priv_password, profile->priv_password) == 0;
}

static bool same_text(const char *text, const char *password, size_t len)
{
	return strlen(text) == len && memcmp(text, password, len) == 0;
}

/* Stands in for the crypto's own while a user is made. */
static bool known_ku(void *self, enum br_v3_auth auth, const char *password,
		     size_t password_len, uint8_t *ku, size_t *len)
{
	struct br_keys *keys = self;

	for (const struct br_key *key = keys->first; key; key = key->next) {
		const uint8_t *found = NULL;

		if (key->user.auth != auth)
			continue;
		if (same_text(key->auth_password, password, password_len))
			found = key->user.auth_ku;
		else if (key->user.priv &&
			 same_text(key->priv_password, password, password_len))
			found = key->user.priv_ku;
		if (!found)
			continue;
		memcpy(ku, found, key->user.ku_len);
		*len = key->user.ku_len;
		return true;
	}
	return keys->ops.ku(keys->ops.self, auth, password, password_len, ku, len);
}

static bool known_cipher(void *self, enum br_v3_priv priv, bool encrypt, const uint8_t *key,
			 const uint8_t *iv, uint8_t *data, size_t len)
{
	const struct br_keys *keys = self;

	return keys->ops.cipher(keys->ops.self, priv, encrypt, key, iv, data, len);
}

static bool kernel_random(void *self, uint8_t *out, size_t len)
{
	(void)self;
	return br_random(out, len);
}

static void forget(struct br_key *key)
{
	explicit_bzero(key, sizeof *key);
	free(key);
}

static enum br_status set_passwords(struct br_keys *keys, struct br_key *key,
				    struct br_error *err)
{
	const struct br_v3_crypto ops = {.ku = known_ku, .cipher = known_cipher, .self = keys};

	if (key->user.auth == BR_AUTH_NONE)
		return BR_OK;
	if (!keys->crypto) {
		enum br_status status = br_crypto_open(&keys->crypto, &keys->ops, err);

		if (status != BR_OK)
			return status;
	}
	return br_v3_user_set_passwords(&key->user, &ops, br_view(key->auth_password),
					br_view(key->priv_password), err);
}

/* NULL: status and err say why. */
static struct br_key *new_key(struct br_keys *keys, const struct br_profile *profile,
			      enum br_status *status, struct br_error *err)
{
	struct br_key *key = calloc(1, sizeof *key);

	if (!key) {
		*status = br_fail(err, BR_E_MEMORY, "out of memory");
		return NULL;
	}
	br_text_copy(key->user.name, sizeof key->user.name, br_view(profile->user));
	br_text_copy(key->user.context, sizeof key->user.context, br_view(profile->context));
	key->user.auth = profile->auth;
	key->user.priv = profile->priv;
	br_text_copy(key->auth_password, sizeof key->auth_password,
		     br_view(profile->auth_password));
	br_text_copy(key->priv_password, sizeof key->priv_password,
		     br_view(profile->priv_password));
	/* Without authentication there is nothing to digest: message ids alone must be random.
	 */
	if (!keys->ops.random)
		keys->ops.random = kernel_random;
	*status = set_passwords(keys, key, err);
	if (*status != BR_OK) {
		forget(key);
		return NULL;
	}
	key->next = keys->first;
	keys->first = key;
	return key;
}

static void drop(struct br_keys *keys, struct br_key *key)
{
	struct br_key **at = &keys->first;

	if (key->printers)
		return;
	while (*at != key)
		at = &(*at)->next;
	*at = key->next;
	forget(key);
}

enum br_status br_keys_enter(struct br_keys *keys, const struct br_profile *profile,
			     struct br_fleet_v3 **v3, struct br_error *err)
{
	struct br_key *key = keys->first;
	enum br_status status = BR_OK;

	while (key && !is_user(key, profile))
		key = key->next;
	if (!key)
		key = new_key(keys, profile, &status, err);
	if (!key)
		return status;
	*v3 = calloc(1, sizeof **v3);
	if (!*v3) {
		drop(keys, key);
		return br_fail(err, BR_E_MEMORY, "out of memory");
	}
	key->printers++;
	(*v3)->key = key;
	br_v3_init(&(*v3)->v3, &key->user, &keys->ops);
	return BR_OK;
}

void br_keys_leave(struct br_keys *keys, struct br_fleet_v3 *v3)
{
	if (!v3)
		return;
	v3->key->printers--;
	drop(keys, v3->key);
	br_v3_clear(&v3->v3);
	free(v3);
}

void br_keys_close(struct br_keys *keys)
{
	br_crypto_close(keys->crypto);
	*keys = (struct br_keys){0};
}

bool br_fleet_v3_keep(struct br_fleet_v3 *v3, struct br_view engine, uint32_t boots,
		      uint32_t time, int64_t now_ms)
{
	if (engine.len == 0 || engine.len > BR_V3_ENGINE_MAX || boots > INT32_MAX ||
	    time > INT32_MAX)
		return false;
	br_v3_forget(&v3->v3);
	memcpy(v3->v3.engine, engine.at, engine.len);
	v3->v3.engine_len = engine.len;
	v3->v3.boots = boots;
	v3->v3.time = time;
	v3->v3.time_at_ms = now_ms;
	v3->kept = true;
	return true;
}

void br_fleet_v3_begin(struct br_fleet_v3 *v3)
{
	uint8_t engine[BR_V3_ENGINE_MAX];
	struct br_v3 *state = &v3->v3;

	if (v3->kept) {
		memcpy(engine, state->engine, sizeof engine);
		if (br_v3_know(state, engine, state->engine_len, state->boots, state->time,
			       state->time_at_ms) != BR_OK)
			br_v3_forget(state);
		v3->kept = false;
	}
	state->heard = state->unproved = false;
	state->resyncs = 0;
	state->why = BR_V3_WHY_NONE;
}
