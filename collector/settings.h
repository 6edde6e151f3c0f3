/*
 * settings.h - what brayer.conf says, both halves, and profiles that outlive a reload.
 *
 * The fleet is lent a profile for as long as a printer uses it. So each profile in use is a
 * counted copy: a reload that changes nothing in it keeps the copy, and with it the keys that
 * were derived.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_SETTINGS_H
#define BR_COLLECTOR_SETTINGS_H

#include "config.h"

struct collector_access {
	struct br_profile profile;
	unsigned users;
};

struct collector_settings {
	struct br_config profiles; /* its secrets are wiped when the accesses are made */
	struct collector_config collector;
	size_t n_accesses;
	struct collector_access *accesses[BR_MAX_PROFILES];
};

/* path NULL: the usual places; without any file it is BR_E_ABSENT. */
enum br_status collector_settings_load(struct collector_settings *settings, const char *path,
				       const char *home, const char *xdg,
				       struct br_error *err) BR_MUST_CHECK;
void collector_settings_clear(struct collector_settings *settings);

/* The makers' files of the directory that it names; without one, of the usual one if it is
 * there. */
enum br_status collector_settings_makers(const struct collector_settings *settings,
					 struct br_makers *makers,
					 struct br_error *err) BR_MUST_CHECK;

/* Those of `now` that are as they were in `before` become the same. */
void collector_settings_keep(struct collector_settings *now,
			     const struct collector_settings *before);

/* Lent; NULL: there is none of this name. */
struct collector_access *collector_access_of(const struct collector_settings *settings,
					     const char *name);
struct collector_access *collector_access_use(struct collector_access *access);
void collector_access_drop(struct collector_access *access); /* NULL is allowed */

#endif
