/*
 * config.c - brayer.conf and secrets.d, read strictly: what is not understood stops it.
 *
 * Secrets pass through here. Each copy of one is overwritten: the text of a file by
 * br_file_clear, the profiles by br_config_clear, also after a failure.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"
#include "base/ini.h"
#include "decode/makers.h"
#include "link/profile_keys.h"
#include "version.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define CONFIG_MAX_BYTES  (4u * 1024u * 1024u) /* the collector lists printers in it */
#define SECRETS_MAX_BYTES (16u * 1024u)
#define SECRETS_PATH_SIZE 640

struct reader {
	struct br_config *config;
	bool may_hold_secrets;
	bool beside;    /* in a file of secrets.d: no sections */
	bool foreign;   /* in a section of the collector, which reads it itself */
	bool collector; /* in [collector], of which everybody wants to know the store */
	bool denied;    /* the configuration is there, but not for us */
	unsigned brayer_line, mibs_line;
	struct br_profile *profile; /* that the lines belong to now; NULL: [brayer] or none */
	struct br_draft drafts[BR_MAX_PROFILES];
};

void br_config_init(struct br_config *config)
{
	/* Not all 64 profiles: br_profile_init fills those that are used, and clear wipes
	 * those. */
	memset(config, 0, offsetof(struct br_config, profiles));
	br_profile_init(&config->profiles[0], br_view("default"));
	config->n_profiles = 1;
}

void br_config_clear(struct br_config *config)
{
	size_t used =
		config->n_profiles < BR_MAX_PROFILES ? config->n_profiles : BR_MAX_PROFILES;

	explicit_bzero(config->profiles, used * sizeof config->profiles[0]);
	br_config_init(config);
}

static enum br_status complain(const struct br_ini_line *line, enum br_status status,
			       const char *sentence, struct br_error *err)
{
	return br_fail(err, status, "%s:%u: %s", line->file, line->line, sentence);
}

static enum br_status given_twice(const struct br_ini_line *line, const char *what,
				  struct br_origin first, struct br_error *err)
{
	if (strcmp(first.file, line->file) == 0)
		return br_fail(err, BR_E_SYNTAX,
			       "%s:%u: %s is given twice; the first is line %u", line->file,
			       line->line, what, first.line);
	return br_fail(err, BR_E_SYNTAX, "%s:%u: %s is given twice; the first is %s:%u",
		       line->file, line->line, what, first.file, first.line);
}

static bool name_is_plain(struct br_view name)
{
	if (name.len == 0 || strchr("._-", name.at[0]))
		return false; /* it becomes a file name and an option's value */
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
			return false;
	}
	return true;
}

static enum br_status begin_profile(struct reader *reader, const struct br_ini_line *line,
				    struct br_error *err)
{
	struct br_config *config = reader->config;
	struct br_profile *profile;
	size_t i = 0;

	if (line->name.len == 0)
		return complain(line, BR_E_SYNTAX, "a profile has a name: [profile office]",
				err);
	if (!name_is_plain(line->name))
		return complain(
			line, BR_E_SYNTAX,
			"the name of a profile is letters, digits, '.', '_' and '-', the "
			"first a letter or digit",
			err);
	if (line->name.len >= sizeof profile->name)
		return complain(line, BR_E_LIMIT,
				"the name of a profile has at most 63 characters", err);
	while (i < config->n_profiles && !br_view_is(line->name, config->profiles[i].name))
		i++;
	if (i == BR_MAX_PROFILES)
		return complain(line, BR_E_LIMIT, "more than 64 profiles, with the default",
				err);
	profile = &config->profiles[i];
	if (i < config->n_profiles && profile->defined_line) {
		char what[80];

		snprintf(what, sizeof what, "[profile %s]", profile->name);
		return given_twice(line, what,
				   (struct br_origin){line->file, profile->defined_line}, err);
	}
	br_profile_init(profile, line->name);
	profile->defined_line = line->line;
	config->n_profiles += i == config->n_profiles;
	reader->profile = profile;
	return BR_OK;
}

static enum br_status begin_section(struct reader *reader, const struct br_ini_line *line,
				    struct br_error *err)
{
	static const char *const known[] = {"brayer", "profile", "collector",
					    "site",   "printer", NULL};

	reader->profile = NULL;
	reader->foreign = false;
	reader->collector = br_view_is(line->section, "collector");
	if (reader->beside)
		return complain(line, BR_E_SYNTAX, "a file of secrets.d has no sections", err);
	if (br_view_is(line->section, "profile"))
		return begin_profile(reader, line, err);
	for (size_t i = 2; known[i]; i++)
		reader->foreign = reader->foreign || br_view_is(line->section, known[i]);
	if (reader->foreign)
		return BR_OK;
	if (!br_view_is(line->section, "brayer"))
		return br_ini_unknown(line, known, err);
	if (line->name.len)
		return complain(line, BR_E_SYNTAX, "[brayer] has no name", err);
	if (reader->brayer_line)
		return given_twice(line, "[brayer]",
				   (struct br_origin){line->file, reader->brayer_line}, err);
	reader->brayer_line = line->line;
	return BR_OK;
}

static enum br_status take_mibs(struct reader *reader, const struct br_ini_line *line,
				struct br_error *err)
{
	static const char *const known[] = {"mibs", NULL};

	if (!br_view_is(line->key, "mibs"))
		return br_ini_unknown(line, known, err);
	if (reader->mibs_line)
		return given_twice(line, "mibs",
				   (struct br_origin){line->file, reader->mibs_line}, err);
	if (line->value.len == 0 || line->value.at[0] != '/')
		return complain(line, BR_E_SYNTAX, "mibs is a directory, written from '/' on",
				err);
	if (!br_text_copy(reader->config->mibs_dir, sizeof reader->config->mibs_dir,
			  line->value))
		return complain(line, BR_E_LIMIT, "mibs is longer than 511 bytes", err);
	reader->mibs_line = line->line;
	return BR_OK;
}

static enum br_status take_key(struct reader *reader, const struct br_ini_line *line,
			       struct br_error *err)
{
	struct br_profile *profile = reader->profile;
	struct br_draft *draft = &reader->drafts[profile - reader->config->profiles];
	enum br_key key = br_key_find(line->key);
	const char *names[BR_N_KEYS + 1] = {NULL};
	struct br_error why;
	enum br_status status;

	if (key == BR_N_KEYS) {
		for (size_t i = 0; i < BR_N_KEYS; i++)
			names[i] = br_key_name((enum br_key)i);
		return br_ini_unknown(line, names, err);
	}
	if (draft->keys[key].file)
		return given_twice(line, br_key_name(key), draft->keys[key], err);
	if (!reader->may_hold_secrets && br_key_is_secret(key, line->value))
		return br_fail(
			err, BR_E_FILE,
			"%s:%u: %s is a secret and others may read this file: chmod 0640 it, "
			"or move the line to secrets.d/%s beside it",
			line->file, line->line, br_key_name(key), profile->name);
	status = br_key_set(profile, key, line->value, &why);
	if (status != BR_OK)
		return complain(line, status, why.text, err);
	draft->keys[key] = (struct br_origin){line->file, line->line};
	return BR_OK;
}

static enum br_status take_line(void *user, const struct br_ini_line *line,
				struct br_error *err)
{
	struct reader *reader = user;

	if (line->key.len == 0)
		return begin_section(reader, line, err);
	if (reader->profile)
		return take_key(reader, line, err);
	if (reader->collector && br_view_is(line->key, "store") &&
	    !br_text_copy(reader->config->store, sizeof reader->config->store, line->value))
		return complain(line, BR_E_LIMIT, "store is longer than 511 bytes", err);
	if (reader->foreign)
		return BR_OK;
	if (line->section.len == 0)
		return complain(line, BR_E_SYNTAX,
				"a key before the first section; [profile default] is missing",
				err);
	return take_mibs(reader, line, err);
}

static enum br_status check_all(struct reader *reader, struct br_error *err)
{
	enum br_status status = BR_OK;

	for (size_t i = 0; status == BR_OK && i < reader->config->n_profiles; i++)
		status =
			br_profile_check(&reader->config->profiles[i], &reader->drafts[i], err);
	return status;
}

enum br_status br_config_parse(struct br_config *config, struct br_view text, const char *file,
			       bool may_hold_secrets, struct br_error *err)
{
	struct reader reader = {.config = config, .may_hold_secrets = may_hold_secrets};
	enum br_status status;

	br_config_init(config);
	if (!br_text_copy(config->file, sizeof config->file, br_view(file)))
		status = br_fail(err, BR_E_LIMIT, "the name of the configuration is too long");
	else
		status = br_ini_parse(text, file, take_line, &reader, err);
	if (status == BR_OK)
		status = check_all(&reader, err);
	if (status != BR_OK)
		br_config_clear(config);
	return status;
}

/* Of the file in config->file. */
static enum br_status read_config(struct reader *reader, struct br_error *err)
{
	const char *path = reader->config->file;
	struct br_file file;
	enum br_status status = br_file_read(&file, path, CONFIG_MAX_BYTES, err);

	reader->denied = status != BR_OK && file.denied;
	if (status != BR_OK)
		return status;
	reader->may_hold_secrets = !file.others_may_read;
	if (file.others_may_write)
		status = br_fail(err, BR_E_FILE, "%s: others may write this file: chmod o-w it",
				 path);
	else
		status = br_ini_parse((struct br_view){file.data, file.len}, path, take_line,
				      reader, err);
	br_file_clear(&file);
	return status;
}

static void secrets_path(char out[SECRETS_PATH_SIZE], const struct br_config *config,
			 const char *name)
{
	const char *slash = strrchr(config->file, '/');

	snprintf(out, SECRETS_PATH_SIZE, "%.*ssecrets.d/%s",
		 slash ? (int)(slash - config->file) + 1 : 0, config->file, name);
}

/*
 * A profile whose secrets are another user's is locked, and no reason to refuse the others. One
 * that lacks nothing without them is taken as it is: secrets.d may merely be closed.
 */
static void lock(struct reader *reader, size_t i, const char *path)
{
	struct br_profile *profile = &reader->config->profiles[i];
	const struct br_draft *draft = &reader->drafts[i];
	struct stat st;
	bool there = stat(path, &st) == 0;
	/* A file that is there may ask for authentication: v3 must not go on without. */
	bool complete = (profile->version == BR_SNMP_V3 && !there) ||
			draft->keys[BR_KEY_COMMUNITY].file ||
			(!profile->defined_line && !there);

	profile->locked = !complete || br_profile_check(profile, draft, NULL) != BR_OK;
}

static enum br_status parse_secrets(struct reader *reader, size_t i, const struct br_file *file,
				    const char *path, struct br_error *err)
{
	if (file->others_may_read || file->others_may_write)
		return br_fail(err, BR_E_FILE,
			       "%s: others may %s this file of secrets: chmod 0640 it", path,
			       file->others_may_read ? "read" : "write");
	reader->beside = true;
	reader->may_hold_secrets = true;
	reader->profile = &reader->config->profiles[i];
	return br_ini_parse((struct br_view){file->data, file->len}, path, take_line, reader,
			    err);
}

/* Reads secrets.d/NAME if it is there, and checks the profile, which is whole then. */
static enum br_status finish_profile(struct reader *reader, size_t i, struct br_error *err)
{
	struct br_profile *profile = &reader->config->profiles[i];
	char path[SECRETS_PATH_SIZE];
	struct br_file file;
	enum br_status status;

	secrets_path(path, reader->config, profile->name);
	status = br_file_read(&file, path, SECRETS_MAX_BYTES, err);
	if (file.denied) {
		lock(reader, i, path);
		return BR_OK;
	}
	if (status == BR_OK)
		status = parse_secrets(reader, i, &file, path, err);
	else if (status == BR_E_ABSENT)
		status = BR_OK;
	br_file_clear(&file);
	if (status == BR_OK)
		status = br_profile_check(profile, &reader->drafts[i], err);
	return status;
}

/* The first of the usual places that is there; config->file stays empty if none is. */
static enum br_status read_usual(struct reader *reader, const char *home, const char *xdg,
				 struct br_error *err)
{
	const struct {
		const char *front, *back;
	} places[] = {
		{xdg && xdg[0] == '/' ? xdg : home, xdg && xdg[0] == '/' ? "" : "/.config"},
		{"", BR_SYSCONFDIR},
	};
	struct br_config *config = reader->config;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		int wrote = snprintf(config->file, sizeof config->file, "%s%s/brayer%s",
				     places[i].front ? places[i].front : "", places[i].back,
				     "/brayer.conf");
		enum br_status status;

		if (!places[i].front)
			continue;
		if (wrote < 0 || (size_t)wrote >= sizeof config->file)
			return br_fail(err, BR_E_LIMIT,
				       "the path of the configuration is too long");
		status = read_config(reader, err);
		if (status != BR_E_ABSENT)
			return status;
	}
	config->file[0] = '\0';
	return BR_OK;
}

enum br_status br_config_load(struct br_config *config, const char *path, const char *home,
			      const char *xdg, struct br_error *err)
{
	struct reader reader = {.config = config};
	enum br_status status;

	br_config_init(config);
	if (!path)
		status = read_usual(&reader, home, xdg, err);
	else if (!br_text_copy(config->file, sizeof config->file, br_view(path)))
		status = br_fail(err, BR_E_LIMIT, "the path of the configuration is too long");
	else
		status = read_config(&reader, err);
	for (size_t i = 0; status == BR_OK && config->file[0] && i < config->n_profiles; i++)
		status = finish_profile(&reader, i, err);
	if (status != BR_OK) {
		br_config_clear(config);
		config->denied = reader.denied;
	} else {
		br_fail(err, BR_OK, "%s", ""); /* of a file that need not be there */
	}
	return status;
}

enum br_status br_config_profile(const struct br_config *config, const char *name,
				 const struct br_profile **profile, struct br_error *err)
{
	const char *names[BR_MAX_PROFILES + 1] = {NULL}, *nearest;
	char path[SECRETS_PATH_SIZE];
	size_t i = 0;

	*profile = NULL;
	if (!name)
		name = "default";
	while (i < config->n_profiles && strcmp(config->profiles[i].name, name) != 0) {
		names[i] = config->profiles[i].name;
		i++;
	}
	if (i == config->n_profiles) {
		nearest = br_text_nearest(br_view(name), names);
		return br_fail(err, BR_E_ABSENT, "there is no profile %.64s%s%s%s", name,
			       nearest ? "; did you mean " : "", nearest ? nearest : "",
			       nearest ? "?" : "");
	}
	if (config->profiles[i].locked) {
		secrets_path(path, config, name);
		return br_fail(err, BR_E_FILE,
			       "%s: profile %s needs this file, and this user may not read it",
			       path, name);
	}
	*profile = &config->profiles[i];
	return BR_OK;
}

enum br_status br_config_makers(const struct br_config *config, struct br_makers *makers,
				struct br_error *err)
{
	const char *given = config->mibs_dir;
	enum br_status status = br_makers_load_dir(
		makers, given[0] ? given : BR_SYSCONFDIR "/brayer/mibs.d", err);

	return status == BR_E_ABSENT && !given[0] ? BR_OK : status;
}
