/*
 * source_profile.c - brayer.conf, the profile and what options change in it: before anything is
 * asked.
 *
 * Who may not read the secrets may still be answered from the store, so that is no failure yet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

#include <stdlib.h>
#include <string.h>

static bool fail(struct plugin_source *source, const char *sentence)
{
	plugin_fail(source->answer, PLUGIN_UNKNOWN, "%s", sentence);
	return false;
}

static bool has_own(const struct plugin_settings *settings)
{
	return settings->community || settings->user;
}

/* What does not go together; first match wins. Passwords are not for a command line. */
static const char *clash(const struct plugin_settings *given, const struct br_profile *profile)
{
	const bool v3 = profile->version == BR_SNMP_V3;
	const bool auth = profile->auth != BR_AUTH_NONE, priv = profile->priv != BR_PRIV_NONE;
	const char *level = priv ? "authPriv" : auth ? "authNoPriv" : "noAuthNoPriv";
	const struct {
		bool wrong;
		const char *sentence;
	} rows[] = {
		{v3 && given->community,
		 "--community does not go with SNMPv3, which has users instead"},
		{!v3 && given->user, "--secname needs --protocol 3"},
		{!v3 && (given->auth || given->auth_password),
		 "--authproto and authpasswd need --protocol 3"},
		{!v3 && (given->priv || given->priv_password),
		 "--privproto and privpasswd need --protocol 3"},
		{!v3 && given->context, "--context needs --protocol 3"},
		{!v3 && given->level, "--seclevel needs --protocol 3"},
		{v3 && !*profile->user, "SNMPv3 needs a user: --secname, or a profile"},
		{v3 && auth && !*profile->auth_password,
		 "--authproto needs authpasswd, in a file of --extra-opts, or a profile"},
		{v3 && !auth && *profile->auth_password,
		 "authpasswd is given without authproto"},
		{v3 && priv && !auth,
		 "--privproto needs --authproto: SNMPv3 encrypts only what it also signs"},
		{v3 && priv && !*profile->priv_password,
		 "--privproto needs privpasswd, in a file of --extra-opts, or a profile"},
		{v3 && !priv && *profile->priv_password,
		 "privpasswd is given without privproto"},
		{v3 && given->level && strcmp(given->level, level) != 0,
		 "--seclevel is not what the rest comes to: authNoPriv is with --authproto, "
		 "authPriv "
		 "with --privproto too"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].wrong)
			return rows[i].sentence;
	return NULL;
}

/* Each value was tried when its option was taken. */
static bool overrule(struct plugin_source *source)
{
	const struct plugin_settings *given = source->settings;
	const char *sentence, *value;
	struct br_error err;

	for (const struct plugin_key *key = plugin_keys; key->key; key++) {
		memcpy(&value, (const char *)given + key->at, sizeof value);
		if (value &&
		    br_profile_set(&source->profile, key->key, br_view(value), &err) != BR_OK)
			return fail(source, err.text);
	}
	sentence = source->cannot_ask ? NULL : clash(given, &source->profile);
	return sentence ? fail(source, sentence) : true;
}

static bool settle_profile(struct plugin_source *source, const struct br_config *config)
{
	const struct plugin_settings *settings = source->settings;
	const struct br_profile *profile;
	struct br_error err;
	enum br_status status = br_config_profile(config, settings->profile, &profile, &err);

	if (status == BR_E_ABSENT) {
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "%s%s%s",
			    *config->file ? config->file : err.text,
			    *config->file ? ": " : ", nor a brayer.conf that could hold one",
			    *config->file ? err.text : "");
		return false;
	}
	if (status == BR_OK) {
		source->profile = *profile;
	} else {
		source->profile = config->profiles[0]; /* the default, without its secrets */
		if (settings->profile || !has_own(settings)) {
			source->cannot_ask = true;
			source->why = err;
		}
	}
	if (settings->user && !settings->protocol && !settings->profile &&
	    source->profile.version != BR_SNMP_V3)
		source->profile.version = BR_SNMP_V3; /* who names a user means it */
	return overrule(source);
}

static bool load_makers(struct plugin_source *source, const struct br_config *config)
{
	struct br_error err;
	enum br_status status = br_config_makers(config, &source->makers, &err);

	/* Denied: the whole directory is not for us. */
	return status == BR_OK || (status == BR_E_FILE && config->denied) ||
	       fail(source, err.text);
}

/* A configuration that is not for us is as good as none, where that was not asked for. */
static bool load(struct plugin_source *source, struct br_config *config,
		 const struct plugin_environment *environment, bool target)
{
	const struct plugin_settings *settings = source->settings;
	const char *store;
	struct br_error err;

	if (br_config_load(config, settings->config, environment->home,
			   environment->xdg_config_home, &err) != BR_OK) {
		if (!config->denied || settings->config || settings->profile)
			return fail(source, err.text);
		source->cannot_ask = !has_own(settings);
		source->why = err;
	}
	store = settings->store  ? settings->store
		: *config->store ? config->store
				 : BR_STORE_PATH;
	if (!br_text_copy(source->store, sizeof source->store, br_view(store)))
		return fail(source, "--store is longer than 511 bytes");
	if (target && !settle_profile(source, config))
		return false;
	return load_makers(source, config);
}

bool plugin_source_prepare(struct plugin_source *source,
			   const struct plugin_environment *environment, bool target)
{
	struct br_config *config;
	struct br_error err;
	bool done;

	br_makers_init(&source->makers);
	if (target && !source->settings->host)
		return fail(source, "which printer? -H says it");
	if (target && br_target_parse(&source->target, source->settings->host, &err) != BR_OK) {
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "-H: %s", err.text);
		return false;
	}
	config =
		malloc(sizeof *config); /* of its 64 profiles only those are touched that are */
	if (!config)
		return fail(source, "out of memory");
	done = load(source, config, environment, target);
	br_config_clear(config);
	free(config);
	return done;
}

void plugin_source_clear(struct plugin_source *source)
{
	plugin_stored_history_end(source);
	br_reader_close(source->reader);
	source->reader = NULL;
	br_makers_clear(&source->makers);
	explicit_bzero(&source->profile, sizeof source->profile);
}
