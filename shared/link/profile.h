/*
 * profile.h - brayer.conf: how to speak to which printers, without secrets on a command line.
 *
 * A profile is an INI section [profile NAME]. Its secrets may stand in the same file, if others
 * may not read that, or in secrets.d/NAME beside it. The profile "default" is used where none
 * is named; without any file it is v2c with "public". A profile inherits nothing from another.
 * Every complaint is "file:line: sentence" and never repeats a value.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_PROFILE_H
#define BR_LINK_PROFILE_H

#include "base/status.h"
#include "base/text.h"
#include "talk/v3.h"

#define BR_MAX_PROFILES 64
#define BR_SECRET_SIZE  256

struct br_profile {
	char name[64];
	enum br_version version;
	char community[BR_SECRET_SIZE];
	char user[BR_V3_NAME_MAX + 1], context[BR_V3_NAME_MAX + 1];
	enum br_v3_auth auth;
	enum br_v3_priv priv;
	char auth_password[BR_SECRET_SIZE], priv_password[BR_SECRET_SIZE];
	uint16_t port;            /* 161 */
	unsigned deadline_ms;     /* of a whole reading: 10000 */
	unsigned timeout_ms;      /* of one attempt: 1000 */
	unsigned retries;         /* after the first attempt: 2 */
	unsigned max_repetitions; /* ceiling of GETBULK; 0: ours */
	unsigned defined_line;    /* 0: the default, as it is without a section */
	bool locked;              /* its secrets.d file may not be read by us */
};

struct br_config {
	char file[512];     /* "" : none was found */
	char mibs_dir[512]; /* "" : none */
	char store[512];    /* that of [collector], which checks it itself; "" : none */
	bool denied;        /* after a failure: the file is there, but not for us */
	size_t n_profiles;
	struct br_profile profiles[BR_MAX_PROFILES];
};

/* Defaults alone: profile "default", v2c, "public". */
void br_config_init(struct br_config *config);

/*
 * Reads the file, and secrets.d beside it. path NULL: the first that is there of
 * $XDG_CONFIG_HOME/brayer/brayer.conf (or ~/.config/…) and /etc/brayer/brayer.conf (where
 * SYSCONFDIR of the build is); none is no failure. home and xdg are passed in, since a library
 * reads no environment; both may be NULL.
 */
enum br_status br_config_load(struct br_config *config, const char *path, const char *home,
			      const char *xdg, struct br_error *err) BR_MUST_CHECK;

/*
 * The same from memory, without secrets.d. may_hold_secrets: nobody else may read where it came
 * from. After a failure the defaults alone are left, here and above.
 */
enum br_status br_config_parse(struct br_config *config, struct br_view text, const char *file,
			       bool may_hold_secrets, struct br_error *err) BR_MUST_CHECK;

/*
 * Gives one key of a profile its value, as a line of the file does ("timeout", "2s"), for
 * options of a command line. The sentence begins with the key and has no place.
 */
enum br_status br_profile_set(struct br_profile *profile, const char *key, struct br_view value,
			      struct br_error *err) BR_MUST_CHECK;

/*
 * name NULL or "default": the default. BR_E_ABSENT names the nearest; BR_E_FILE: its secrets
 * are there, but this user may not read them (other profiles stay usable).
 */
enum br_status br_config_profile(const struct br_config *config, const char *name,
				 const struct br_profile **profile,
				 struct br_error *err) BR_MUST_CHECK;

/* The site's own makers' files: of `mibs =`, else of the usual place, where none is no failure.
 */
struct br_makers;
enum br_status br_config_makers(const struct br_config *config, struct br_makers *makers,
				struct br_error *err) BR_MUST_CHECK;

/* Overwrites every secret. */
void br_config_clear(struct br_config *config);

#endif
