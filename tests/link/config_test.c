/*
 * config_test.c - brayer.conf and secrets.d on a disk: where they are looked for, who may read
 * them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "link/profile.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory with at most these; "" stands for the directory itself. */
static const char *const parts[] = {"brayer/secrets.d/office",
				    "brayer/secrets.d/default",
				    "brayer/secrets.d",
				    "brayer/brayer.conf",
				    "brayer",
				    ".config/brayer/brayer.conf",
				    ".config/brayer",
				    ".config",
				    ""};

struct place {
	char dir[40];
	struct br_config config;
	struct br_error err;
};

static void path_of(char out[128], const struct place *place, const char *name)
{
	snprintf(out, 128, "%s/%s", place->dir, name);
}

static void make_dir(const struct place *place, const char *name)
{
	char path[128];

	path_of(path, place, name);
	CHECK_INT(mkdir(path, 0755), 0);
}

static void make_file(const struct place *place, const char *name, const char *text,
		      unsigned mode)
{
	char path[128];
	FILE *out;

	path_of(path, place, name);
	out = fopen(path, "w");
	CHECK(out && fputs(text, out) >= 0 && fclose(out) == 0);
	CHECK_INT(chmod(path, mode), 0);
}

static void change(const struct place *place, const char *name, unsigned mode)
{
	char path[128];

	path_of(path, place, name);
	CHECK_INT(chmod(path, mode), 0);
}

static void setup(struct place *place)
{
	memset(place, 0, sizeof *place);
	snprintf(place->dir, sizeof place->dir, "/tmp/brayer-config-XXXXXX");
	if (!mkdtemp(place->dir))
		check_skip("no directory in /tmp");
	CHECK_INT(chmod(place->dir, 0755), 0);
	make_dir(place, "brayer");
	make_dir(place, "brayer/secrets.d");
}

static void teardown(struct place *place)
{
	char path[128];

	br_config_clear(&place->config);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		path_of(path, place, parts[i]);
		(void)remove(path);
	}
}

static enum br_status load(struct place *place)
{
	char path[128];

	path_of(path, place, "brayer/brayer.conf");
	place->err.text[0] = '\0';
	return br_config_load(&place->config, path, NULL, NULL, &place->err);
}

/* The sentence is the directory, front and back, and no secret. */
static void error_is(const struct place *place, const char *front, const char *back)
{
	char want[sizeof place->err.text];

	snprintf(want, sizeof want, "%s/%s%s", place->dir, front, back);
	CHECK_STR(place->err.text, want);
	CHECK(!strstr(place->err.text, "hunter2"));
}

#define CONF   "brayer/brayer.conf"
#define OFFICE "brayer/secrets.d/office"
#define V3     "[profile office]\nversion = 3\nuser = reader\nauth = SHA-256\n"

TEST(secrets_beside)
{
	struct place place;
	const struct br_profile *profile;

	setup(&place);
	make_file(&place, CONF, V3, 0644);
	make_file(&place, OFFICE, "# by hand\nauth-password = hunter2hunter2\n", 0640);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.err.text, "");
	CHECK_INT(br_config_profile(&place.config, "office", &profile, NULL), BR_OK);
	CHECK_STR(profile->auth_password, "hunter2hunter2");
	teardown(&place);
}

TEST(secrets_of_the_default)
{
	struct place place;

	setup(&place);
	make_file(&place, CONF, "", 0644);
	make_file(&place, "brayer/secrets.d/default", "community = hunter2\n", 0600);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.config.profiles[0].community, "hunter2");
	teardown(&place);
}

/* What stands in the two files, and what is said of it: behind the directory. */
static const struct {
	const char *name, *conf;
	unsigned conf_mode;
	const char *office;
	unsigned office_mode;
	enum br_status status;
	const char *file, *sentence;
} refusals[] = {
	{"secrets read by all", V3, 0644, "auth-password = hunter2hunter2", 0644, BR_E_FILE,
	 OFFICE, ": others may read this file of secrets: chmod 0640 it"},
	{"secrets written by all", V3, 0644, "auth-password = hunter2hunter2", 0602, BR_E_FILE,
	 OFFICE, ": others may write this file of secrets: chmod 0640 it"},
	{"configuration written by all", V3, 0642, NULL, 0, BR_E_FILE, CONF,
	 ": others may write this file: chmod o-w it"},
	{"secret in a readable configuration", "[profile office]\ncommunity = hunter2", 0644,
	 NULL, 0, BR_E_FILE, CONF,
	 ":2: community is a secret and others may read this file: chmod 0640 it, or move the "
	 "line "
	 "to secrets.d/office beside it"},
	{"section in secrets", V3, 0600, "[profile office]\nauth-password = hunter2hunter2",
	 0600, BR_E_SYNTAX, OFFICE, ":1: a file of secrets.d has no sections"},
	{"only the password in secrets", V3, 0600, "hunter2hunter2\n", 0600, BR_E_SYNTAX,
	 OFFICE, ":1: neither [section] nor key = value nor a comment"},
	{"unknown key in secrets", V3, 0600, "\nauth-passwort = hunter2", 0600, BR_E_SYNTAX,
	 OFFICE, ":2: auth-passwort is unknown here; did you mean auth-password?"},
	{"short password in secrets", V3, 0600, "auth-password = hunter2", 0600, BR_E_SYNTAX,
	 OFFICE, ":1: auth-password is shorter than 8 characters"},
	{"clash in secrets", V3, 0600,
	 "priv-password = hunter2hunter2\nauth-password = hunter2hunter2", 0600, BR_E_SYNTAX,
	 OFFICE, ":1: priv-password is given without priv"},
	{"clash in the configuration", V3, 0600, "# none", 0600, BR_E_SYNTAX, CONF,
	 ":4: auth is given without auth-password"},
	{"no secrets at all", V3, 0600, NULL, 0, BR_E_SYNTAX, CONF,
	 ":4: auth is given without auth-password"},
};

TEST(refusals)
{
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		struct place place;

		check_case(refusals[i].name);
		setup(&place);
		make_file(&place, CONF, refusals[i].conf, refusals[i].conf_mode);
		if (refusals[i].office)
			make_file(&place, OFFICE, refusals[i].office, refusals[i].office_mode);
		CHECK_INT(load(&place), refusals[i].status);
		error_is(&place, refusals[i].file, refusals[i].sentence);
		CHECK_STR(place.config.file, "");
		CHECK_INT(place.config.n_profiles, 1);
		teardown(&place);
	}
}

TEST(twice_in_two_files)
{
	struct place place;
	char back[160];

	setup(&place);
	make_file(&place, CONF, V3 "auth-password = hunter2hunter2\n", 0600);
	make_file(&place, OFFICE, "auth-password = hunter2hunter2\n", 0600);
	CHECK_INT(load(&place), BR_E_SYNTAX);
	snprintf(back, sizeof back, ":1: auth-password is given twice; the first is %s/%s:5",
		 place.dir, CONF);
	error_is(&place, OFFICE, back);
	teardown(&place);
}

TEST(secrets_are_a_regular_file)
{
	struct place place;

	setup(&place);
	make_file(&place, CONF, V3, 0600);
	make_dir(&place, OFFICE);
	CHECK_INT(load(&place), BR_E_FILE);
	error_is(&place, OFFICE, ": is not a regular file");
	teardown(&place);
}

TEST(absent_when_named)
{
	struct place place;

	setup(&place);
	CHECK_INT(load(&place), BR_E_ABSENT);
	error_is(&place, CONF, ": cannot be opened: No such file or directory");
	teardown(&place);
}

TEST(too_long_a_path)
{
	struct br_config config;
	struct br_error err;
	char path[600];

	memset(path, '/', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	CHECK_INT(br_config_load(&config, path, NULL, NULL, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "the path of the configuration is too long");
	CHECK_INT(br_config_load(&config, NULL, path, NULL, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "the path of the configuration is too long");
	CHECK_STR(config.file, "");
}

TEST(usual_places)
{
	struct place place;
	char home[128], found[160];

	setup(&place);
	make_dir(&place, ".config");
	make_dir(&place, ".config/brayer");
	make_file(&place, ".config/brayer/brayer.conf", "[profile default]\nport = 2\n", 0644);
	make_file(&place, CONF, "[profile default]\nport = 1\n", 0644);
	path_of(home, &place, "");
	home[strlen(home) - 1] = '\0';
	CHECK_INT(br_config_load(&place.config, NULL, home, home, &place.err), BR_OK);
	CHECK_INT(place.config.profiles[0].port, 1); /* XDG_CONFIG_HOME before ~/.config */
	CHECK_INT(br_config_load(&place.config, NULL, home, "", &place.err), BR_OK);
	CHECK_INT(place.config.profiles[0].port, 2);
	CHECK_INT(br_config_load(&place.config, NULL, home, "not/absolute", &place.err), BR_OK);
	CHECK_INT(place.config.profiles[0].port, 2);
	path_of(found, &place, ".config/brayer/brayer.conf");
	CHECK_STR(place.config.file, found);
	change(&place, ".config/brayer/brayer.conf", 0646);
	CHECK_INT(br_config_load(&place.config, NULL, home, NULL, &place.err), BR_E_FILE);
	teardown(&place);
}

TEST(none_is_no_failure)
{
	struct br_config config;

	if (access(BR_SYSCONFDIR "/brayer/brayer.conf", F_OK) == 0)
		check_skip("this machine has a brayer.conf of its own");
	CHECK_INT(br_config_load(&config, NULL, NULL, NULL, NULL), BR_OK);
	CHECK_STR(config.file, "");
	CHECK_INT(br_config_load(&config, NULL, "/nowhere", "/nowhere", NULL), BR_OK);
	CHECK_STR(config.profiles[0].community, "public");
}

/* As somebody who may not read what root owns; without root, what nobody may read will do. */
static enum br_status load_as_nobody(struct place *place)
{
	bool root = geteuid() == 0;
	enum br_status status;

	CHECK(!root || seteuid(65534) == 0);
	status = load(place);
	CHECK(!root || seteuid(0) == 0);
	return status;
}

TEST(a_closed_secret_locks_its_profile_only)
{
	struct place place;
	const struct br_profile *profile;

	setup(&place);
	make_file(&place, CONF, V3 "[profile lab]\ncommunity = public\n", 0644);
	make_file(&place, OFFICE, "auth-password = hunter2hunter2\n", 0);
	CHECK_INT(load_as_nobody(&place), BR_OK);
	CHECK_INT(br_config_profile(&place.config, "lab", &profile, &place.err), BR_OK);
	CHECK_INT(br_config_profile(&place.config, NULL, &profile, &place.err), BR_OK);
	CHECK_INT(br_config_profile(&place.config, "office", &profile, &place.err), BR_E_FILE);
	error_is(&place, OFFICE,
		 ": profile office needs this file, and this user may not read it");
	CHECK(profile == NULL);
	teardown(&place);
}

/* Who may not read it at all is told apart from who finds a mistake in it. */
TEST(a_closed_configuration)
{
	struct place place;

	setup(&place);
	make_file(&place, CONF, "[profile default]\ntimeout = 2s\n", 0600);
	if (getuid() == 0) {
		CHECK_INT(load_as_nobody(&place), BR_E_FILE);
		CHECK(place.config.denied);
		CHECK_INT(place.config.n_profiles, 1);
	}
	CHECK_INT(load(&place), BR_OK);
	CHECK(!place.config.denied);
	make_file(&place, CONF, "[profile default]\ntimeuot = 2s\n", 0600);
	CHECK_INT(load(&place), BR_E_SYNTAX);
	CHECK(!place.config.denied);
	teardown(&place);
}

/* The collector's section is its own; but where its store is everybody wants to know. */
TEST(the_collectors_store)
{
	struct place place;

	setup(&place);
	make_file(&place, CONF,
		  "[site x]\nstore = /no\n[collector]\nstatus = 5m\nstore = /srv/store.db\n"
		  "[printer 192.0.2.1]\nstore = /no\n",
		  0644);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.config.store, "/srv/store.db");
	make_file(&place, CONF, "[profile default]\ntimeout = 2s\n", 0644);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.config.store, "");
	teardown(&place);
}

TEST(a_closed_secrets_d)
{
	static const struct {
		const char *conf, *name;
		enum br_status want;
	} cases[] = {
		{"", "default", BR_OK},
		{"[profile default]\n", "default",
		 BR_E_FILE}, /* its community is surely there */
		{"[profile office]\ncommunity = public\n", "office", BR_OK},
		{"[profile office]\nversion = 1\n", "office", BR_E_FILE},
		{"[profile office]\nversion = 3\nuser = u\n", "office", BR_OK},
		{V3, "office", BR_E_FILE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct place place;
		const struct br_profile *profile;

		check_case(cases[i].conf);
		setup(&place);
		make_file(&place, CONF, cases[i].conf, 0644);
		change(&place, "brayer/secrets.d", 0);
		CHECK_INT(load_as_nobody(&place), BR_OK);
		CHECK_INT(br_config_profile(&place.config, cases[i].name, &profile, NULL),
			  cases[i].want);
		change(&place, "brayer/secrets.d", 0755);
		teardown(&place);
	}
}

TEST(a_default_with_closed_secrets_is_not_public)
{
	struct place place;
	const struct br_profile *profile;

	setup(&place);
	make_file(&place, CONF, "", 0644);
	make_file(&place, "brayer/secrets.d/default", "community = hunter2\n", 0);
	CHECK_INT(load_as_nobody(&place), BR_OK);
	CHECK_INT(br_config_profile(&place.config, NULL, &profile, NULL), BR_E_FILE);
	teardown(&place);
}

TEST(a_secret_is_overwritten)
{
	struct place place;
	bool found = false;

	setup(&place);
	make_file(&place, CONF, "[profile default]\ncommunity = hunter2\n", 0600);
	CHECK_INT(load(&place), BR_OK);
	CHECK(memmem(&place.config, sizeof place.config, "hunter2", 7) != NULL);
	br_config_clear(&place.config);
	found = memmem(&place.config, sizeof place.config, "hunter2", 7) != NULL;
	CHECK(!found);
	make_file(&place, CONF, "[profile default]\ncommunity = hunter2\nport = 0\n", 0600);
	CHECK_INT(load(&place), BR_E_SYNTAX);
	found = memmem(&place.config, sizeof place.config, "hunter2", 7) != NULL;
	CHECK(!found);
	teardown(&place);
}

/* The example as it stands, and with every "#key" of it in force. */
TEST(the_example_is_right)
{
	struct place place;
	char text[4096] = "";
	size_t len;
	FILE *in = fopen("contrib/brayer.conf.example", "r");

	if (!in)
		check_skip("not run from the top of the repository");
	len = fread(text, 1, sizeof text - 1, in);
	fclose(in);
	CHECK(len > 0 && len < sizeof text - 1);
	setup(&place);
	make_file(&place, CONF, text, 0644);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.err.text, "");
	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == '#' && (i == 0 || text[i - 1] == '\n') && text[i + 1] > ' ')
			text[i] = ' ';
	make_file(&place, CONF, text, 0644);
	make_file(&place, OFFICE, "auth-password = 12345678\npriv-password = 12345678\n", 0640);
	CHECK_INT(load(&place), BR_OK);
	CHECK_STR(place.err.text, "");
	CHECK_INT(place.config.n_profiles, 4);
	teardown(&place);
}
