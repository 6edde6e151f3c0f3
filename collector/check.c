/*
 * check.c - see check.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool has_printer(const struct collector_config *config, const char *site)
{
	for (size_t i = 0; i < config->n_printers; i++)
		if (strcmp(config->printers[i].site, site) == 0)
			return true;
	return false;
}

bool collector_check_meant(const struct collector_settings *settings,
			   const struct collector_voice *voice)
{
	const struct collector_config *config = &settings->collector;
	bool asks = config->n_printers != 0;

	for (size_t i = 0; i < config->n_sites; i++) {
		const struct collector_site *site = &config->sites[i];

		asks = asks || site->range.count;
		if (!site->range.count && !has_printer(config, site->name))
			collector_say(voice, COLLECTOR_WARNING,
				      "%s:%u: [site %s] has no ranges, and no printer names "
				      "it: nobody is asked for it",
				      config->file, site->line, site->name);
	}
	if (!asks)
		collector_say(voice, COLLECTOR_WARNING,
			      "%s: names nothing to ask: neither a [printer] nor a [site] "
			      "with ranges",
			      config->file);
	return asks;
}

static bool is_directory(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	errno = ENOTDIR;
	return S_ISDIR(st.st_mode);
}

struct place {
	const char *key, *path, *usual;
	unsigned line;
};

static bool has_directory(const struct collector_config *config, const struct place *place,
			  const struct collector_voice *voice)
{
	char directory[512];
	const char *slash = strrchr(place->path, '/');
	size_t len = slash && slash != place->path ? (size_t)(slash - place->path) : 1;

	if (!place->line || strcmp(place->path, place->usual) == 0 ||
	    !br_text_copy(directory, sizeof directory, (struct br_view){place->path, len}) ||
	    is_directory(directory))
		return true;
	collector_say(voice, COLLECTOR_WARNING, "%s:%u: %s: %s: %s", config->file, place->line,
		      place->key, directory, strerror(errno));
	return false;
}

static bool has_makers(const struct collector_settings *settings,
		       const struct collector_voice *voice)
{
	const struct collector_config *config = &settings->collector;
	const char *given = settings->profiles.mibs_dir;
	struct br_makers makers;
	enum br_status status;
	struct br_error err;

	if (given[0] && !is_directory(given)) {
		collector_say(voice, COLLECTOR_WARNING, "%s:%u: mibs: %s: %s", config->file,
			      config->mibs_line, given, strerror(errno));
		return false;
	}
	br_makers_init(&makers);
	status = collector_settings_makers(settings, &makers, &err);
	if (status != BR_OK)
		collector_say(voice, COLLECTOR_WARNING, "%s", err.text);
	br_makers_clear(&makers);
	return status == BR_OK;
}

bool collector_check_places(const struct collector_settings *settings,
			    const struct collector_voice *voice)
{
	const struct collector_config *config = &settings->collector;
	const struct place store = {"store", config->store, BR_STORE_PATH, config->store_line};
	const struct place health = {"health", config->health, COLLECTOR_HEALTH,
				     config->health_line};
	bool has_store = has_directory(config, &store, voice);

	(void)has_directory(config, &health, voice); /* it collects without that */
	return has_makers(settings, voice) && has_store;
}
