/*
 * config_fuzz.c - any text as brayer.conf: what is accepted keeps to its limits, what is
 * refused leaves nothing behind. The first byte says whether the file may hold secrets.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/profile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool so)
{
	if (!so)
		__builtin_trap();
}

static void check_profile(const struct br_config *config, const struct br_profile *profile)
{
	const struct br_profile *found;

	demand(profile->port && profile->timeout_ms &&
	       profile->timeout_ms <= profile->deadline_ms);
	demand(profile->deadline_ms <= 600000 && profile->retries <= 10);
	demand(strlen(profile->user) <= BR_V3_NAME_MAX && strlen(profile->community) > 0);
	demand(profile->auth == BR_AUTH_NONE || strlen(profile->auth_password) >= 8);
	demand(profile->priv == BR_PRIV_NONE ||
	       (profile->auth && strlen(profile->priv_password) >= 8));
	demand((profile->version == BR_SNMP_V3) == (profile->user[0] != '\0'));
	demand(br_config_profile(config, profile->name, &found, NULL) == BR_OK &&
	       found == profile);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct br_config config;
	size_t len = size ? size - 1 : 0;
	char *copy = malloc(len ? len : 1);
	struct br_error err = {""};
	enum br_status status;

	if (!copy)
		return 0;
	if (len)
		memcpy(copy, data + 1, len);
	status = br_config_parse(&config, (struct br_view){copy, len}, "f",
				 size && (data[0] & 1), &err);
	demand((status == BR_OK) == (err.text[0] == '\0'));
	demand(config.n_profiles >= 1 && config.n_profiles <= BR_MAX_PROFILES);
	demand(status == BR_OK || config.n_profiles == 1);
	for (size_t i = 0; i < config.n_profiles; i++)
		check_profile(&config, &config.profiles[i]);
	free(copy);
	br_config_clear(&config);
	return 0;
}
