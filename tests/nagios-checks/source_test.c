/*
 * source_test.c - configuration and options made into how a printer is asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/simulated.h"
#include "nagios-checks/source_run.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char *const mono[] = {(char *)"tests/recordings/hp_mono.snmprec"};
static char conf[64];

static void configure(const char *text, mode_t mode)
{
	fleet_write_temporary(conf, sizeof conf, text);
	CHECK_INT(chmod(conf, mode), 0);
}

/* What does not go together is told before anybody is asked. */
TEST(what_does_not_go_together)
{
	static const struct {
		const char *name;
		struct plugin_settings given;
		const char *want;
	} cases[] = {
		{"a community of v3",
		 {.protocol = "3", .user = "u", .community = "c"},
		 "--community does not go with SNMPv3, which has users instead"},
		{"v3 without a user",
		 {.protocol = "3"},
		 "SNMPv3 needs a user: --secname, or a profile"},
		{"a user of v2c",
		 {.protocol = "2c", .user = "u"},
		 "--secname needs --protocol 3"},
		{"authentication of v2c",
		 {.auth = "SHA"},
		 "--authproto and authpasswd need --protocol 3"},
		{"encryption of v2c",
		 {.priv = "AES"},
		 "--privproto and privpasswd need --protocol 3"},
		{"context of v2c", {.context = "c"}, "--context needs --protocol 3"},
		{"no password",
		 {.user = "u", .auth = "SHA"},
		 "--authproto needs authpasswd, in a file of --extra-opts, or a profile"},
		{"a password alone",
		 {.user = "u", .auth_password = "eight-characters"},
		 "authpasswd is given without authproto"},
		{"encryption alone",
		 {.user = "u", .priv = "AES", .priv_password = "eight-characters"},
		 "--privproto needs --authproto: SNMPv3 encrypts only what it also signs"},
		{"no password of encryption",
		 {.user = "u",
		  .auth = "SHA",
		  .auth_password = "eight-characters",
		  .priv = "AES"},
		 "--privproto needs privpasswd, in a file of --extra-opts, or a profile"},
		{"a password of encryption alone",
		 {.user = "u",
		  .auth = "SHA",
		  .auth_password = "eight-characters",
		  .priv_password = "eight-characters"},
		 "privpasswd is given without privproto"},
		{"a level of v2c", {.level = "authPriv"}, "--seclevel needs --protocol 3"},
		{"a level above",
		 {.user = "u",
		  .auth = "SHA",
		  .auth_password = "eight-characters",
		  .level = "authPriv"},
		 "--seclevel is not what the rest comes to: authNoPriv is with --authproto, "
		 "authPriv with --privproto too"},
		{"a level below",
		 {.user = "u",
		  .auth = "SHA",
		  .auth_password = "eight-characters",
		  .level = "noAuthNoPriv"},
		 "--seclevel is not what the rest comes to: authNoPriv is with --authproto, "
		 "authPriv with --privproto too"},
		{"no such profile",
		 {.profile = "ofice"},
		 "there is no profile ofice, nor a brayer.conf that could hold one"},
	};
	char want[300];
	struct run run;

	for (size_t i = 0; i < COUNT(cases); i++) {
		check_case(cases[i].name);
		run_init(&run, PLUGIN_SUPPLIES);
		run.settings.profile = cases[i].given.profile;
		run.settings.protocol = cases[i].given.protocol;
		run.settings.community = cases[i].given.community;
		run.settings.user = cases[i].given.user;
		run.settings.auth = cases[i].given.auth;
		run.settings.auth_password = cases[i].given.auth_password;
		run.settings.priv = cases[i].given.priv;
		run.settings.priv_password = cases[i].given.priv_password;
		run.settings.context = cases[i].given.context;
		run.settings.level = cases[i].given.level;
		run_check(&run, "127.0.0.1:9");
		snprintf(want, sizeof want, "SUPPLIES UNKNOWN: %s", cases[i].want);
		CHECK_STR(run.text, want);
		CHECK_INT(run.code, PLUGIN_UNKNOWN);
	}
}

/* The farm knows no v3: so this is silence, of which the sentence says what was asked. */
TEST(a_user_means_v3)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 300;
	run.settings.user = "monitor";
	run.settings.level = "noAuthNoPriv";
	fleet_start_files("-n 1", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	CHECK_STR(run.text,
		  "SUPPLIES UNKNOWN: no answer to SNMPv3 within 0.3 s: it is switched off, "
		  "or SNMPv3 is");
	fleet_stop();
}

TEST(a_profile)
{
	struct run run;
	char text[300];

	fleet_start_files("-n 1 -c hush", NULL, mono, 1);
	snprintf(text, sizeof text,
		 "[profile default]\ncommunity = wrong\n[profile office]\ncommunity = "
		 "hush\nport = "
		 "%u\n[profile three]\nversion = 3\nuser = monitor\n",
		 fleet.port);
	configure(text, 0600);
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 5000;
	run.settings.config = conf;
	run.settings.profile = "office";
	run_check(&run, "127.16.0.1");
	CHECK(strstr(run.text, "toner-black 9 %") != NULL);
	run.settings.profile = "three";
	run.settings.community = "hush";
	run_check(&run, "127.16.0.1");
	CHECK(strstr(run.text, "--community does not go with SNMPv3") != NULL);
	run.settings.protocol = "2c"; /* who says so means it */
	run_check_at(&run, "127.16.0.1", fleet.port);
	CHECK(strstr(run.text, "toner-black 9 %") != NULL);
	run.settings.protocol = run.settings.community = NULL;
	run.settings.profile = "ofice";
	run_check(&run, "127.16.0.1");
	CHECK(strstr(run.text, "there is no profile ofice; did you mean office?") != NULL);
	fleet_stop();
	unlink(conf);
}

TEST(a_configuration_with_a_mistake)
{
	char want[200];
	struct run run;

	configure("[profile default]\ncomunity = x\n", 0600);
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.config = conf;
	run.settings.offline_state = PLUGIN_OK;
	run_check(&run, "127.0.0.1:9");
	snprintf(want, sizeof want,
		 "SUPPLIES UNKNOWN: %s:2: comunity is unknown here; did you mean community?",
		 conf);
	CHECK_STR(run.text, want);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	CHECK_INT(chmod(conf, 0644), 0);
	unlink(conf);
	configure("[profile default]\ncommunity = x\n", 0644);
	run_check(&run, "127.0.0.1:9");
	CHECK(strstr(run.text, "is a secret and others may read this file") != NULL);
	unlink(conf);
}

TEST(makers_files_of_the_site)
{
	struct run run;

	configure("[brayer]\nmibs = /nonexistent/mibs.d\n", 0644);
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.config = conf;
	run_check(&run, "127.0.0.1:9");
	CHECK(strstr(run.text, "/nonexistent/mibs.d: cannot be read: ") != NULL);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	unlink(conf);
}
