/*
 * settings.c - the two halves of brayer.conf put together, and the counted profiles.
 *
 * SPDX-License-Identifier: MIT
 */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

static enum br_status make_accesses(struct collector_settings *settings, struct br_error *err)
{
	for (size_t i = 0; i < settings->profiles.n_profiles; i++) {
		struct collector_access *access;

		if (settings->profiles.profiles[i].locked)
			continue; /* those that are named are not: collector_config saw to it */
		access = calloc(1, sizeof *access);
		if (!access)
			return br_fail(err, BR_E_MEMORY, "out of memory");
		access->profile = settings->profiles.profiles[i];
		settings->accesses[settings->n_accesses++] = collector_access_use(access);
	}
	return BR_OK;
}

enum br_status collector_settings_load(struct collector_settings *settings, const char *path,
				       const char *home, const char *xdg, struct br_error *err)
{
	enum br_status status;

	settings->n_accesses = 0;
	collector_config_init(&settings->collector);
	status = br_config_load(&settings->profiles, path, home, xdg, err);
	if (status != BR_OK)
		return status;
	if (!settings->profiles.file[0])
		status = br_fail(err, BR_E_ABSENT,
				 "there is no %s/brayer/brayer.conf: nothing says what to ask",
				 BR_SYSCONFDIR);
	else
		status = collector_config_load(&settings->collector, settings->profiles.file,
					       &settings->profiles, err);
	if (status == BR_OK)
		status = make_accesses(settings, err);
	/* The copies have the secrets now; one place less to hold them. */
	for (size_t i = 0; i < settings->profiles.n_profiles; i++) {
		struct br_profile *profile = &settings->profiles.profiles[i];

		explicit_bzero(profile->community, sizeof profile->community);
		explicit_bzero(profile->auth_password, sizeof profile->auth_password);
		explicit_bzero(profile->priv_password, sizeof profile->priv_password);
	}
	if (status != BR_OK)
		collector_settings_clear(settings);
	return status;
}

void collector_settings_clear(struct collector_settings *settings)
{
	for (size_t i = 0; i < settings->n_accesses; i++)
		collector_access_drop(settings->accesses[i]);
	settings->n_accesses = 0;
	collector_config_clear(&settings->collector);
	br_config_clear(&settings->profiles);
}

enum br_status collector_settings_makers(const struct collector_settings *settings,
					 struct br_makers *makers, struct br_error *err)
{
	return br_config_makers(&settings->profiles, makers, err);
}

/* Not memcmp: behind a text may stand what was there before, and between members anything. */
static bool same_profile(const struct br_profile *a, const struct br_profile *b)
{
	return a->version == b->version && a->auth == b->auth && a->priv == b->priv &&
	       a->port == b->port && a->deadline_ms == b->deadline_ms &&
	       a->timeout_ms == b->timeout_ms && a->retries == b->retries &&
	       a->max_repetitions == b->max_repetitions && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->community, b->community) == 0 && strcmp(a->user, b->user) == 0 &&
	       strcmp(a->context, b->context) == 0 &&
	       strcmp(a->auth_password, b->auth_password) == 0 &&
	       strcmp(a->priv_password, b->priv_password) == 0;
}

void collector_settings_keep(struct collector_settings *now,
			     const struct collector_settings *before)
{
	for (size_t i = 0; i < now->n_accesses; i++) {
		struct collector_access *old =
			collector_access_of(before, now->accesses[i]->profile.name);

		if (!old || !same_profile(&old->profile, &now->accesses[i]->profile))
			continue;
		collector_access_drop(now->accesses[i]);
		now->accesses[i] = collector_access_use(old);
	}
}

struct collector_access *collector_access_of(const struct collector_settings *settings,
					     const char *name)
{
	for (size_t i = 0; i < settings->n_accesses; i++)
		if (strcmp(settings->accesses[i]->profile.name, name) == 0)
			return settings->accesses[i];
	return NULL;
}

struct collector_access *collector_access_use(struct collector_access *access)
{
	access->users++;
	return access;
}

void collector_access_drop(struct collector_access *access)
{
	if (!access || --access->users)
		return;
	explicit_bzero(access, sizeof *access);
	free(access);
}
