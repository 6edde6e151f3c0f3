/*
 * commands_test.c - what is told for what was asked, and every exit status.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "ran.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TSC   "walk:tests/recordings/tsc_label.snmprec"
#define TWO_2 "walk:tests/recordings/printserver_two.snmprec#2"
#define TWO_7 "walk:tests/recordings/printserver_two.snmprec#7"
#define ARGS(...)                 \
	{                         \
		__VA_ARGS__, NULL \
	}

static char dir[64], config[96]; /* of this process: nobody's own configuration takes part */

static void write_file(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	CHECK(file != NULL);
	if (!file)
		return;
	fputs(text, file);
	fclose(file);
}

static void remove_dir(void)
{
	static const char *const names[] = {"list", "bad-list", "bad.conf", "brayer.conf"};
	char path[128];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

static void make_dir(void)
{
	char text[256];

	if (dir[0])
		return;
	umask(077);
	snprintf(dir, sizeof dir, "/tmp/brayer-cli-XXXXXX");
	CHECK(mkdtemp(dir) != NULL);
	atexit(remove_dir);
	snprintf(config, sizeof config, "%s/brayer.conf", dir);
	snprintf(text, sizeof text,
		 "[brayer]\nmibs = %s\n[profile secret]\nversion = 2c\ncommunity = hush-hush\n"
		 "[profile v3]\nversion = 3\nuser = somebody\nauth = SHA-256\nauth-password = "
		 "hush-hush\n",
		 dir);
	write_file("brayer.conf", text);
	write_file("bad.conf", "[profile office]\ncomunity = public\n");
	write_file("list", "# two of them\n\n" TSC "\n  " TSC "  \n");
	write_file("bad-list", TSC "\nudp:\n");
}

struct asked {
	const char *name;
	const char *args[10];
	int code;
	const char *out, *err; /* contained; NULL: nothing at all is written there */
};

/* clang-format off */
static const struct asked usage_cases[] = {
	{"nothing",             {NULL},                               CLI_USAGE, NULL, "a command is missing"},
	{"help",                ARGS("help"),                         CLI_ALL, "usage: brayer COMMAND", NULL},
	{"--help",              ARGS("--help"),                       CLI_ALL, "usage: brayer COMMAND", NULL},
	{"-h of a command",     ARGS("read", "-h"),                   CLI_ALL, "usage: brayer read", NULL},
	{"help of a command",   ARGS("help", "doctor"),               CLI_ALL, "usage: brayer doctor", NULL},
	{"help of two",         ARGS("help", "read", "walk"),         CLI_USAGE, NULL, "one command"},
	{"version",             ARGS("version"),                      CLI_ALL, "brayer " BR_VERSION "\n", NULL},
	{"--version",           ARGS("--version"),                    CLI_ALL, "brayer " BR_VERSION "\n", NULL},
	{"version of a command", ARGS("read", "--version"),           CLI_ALL, "brayer " BR_VERSION "\n", NULL},
	{"-V of a command",     ARGS("discover", "-V"),               CLI_ALL, "brayer " BR_VERSION "\n", NULL},
	{"a maker without name", ARGS("makers", ""),                  CLI_USAGE, NULL, "the name of a maker is empty"},
	{"version of what",     ARGS("version", "read"),              CLI_USAGE, NULL, "version takes nothing"},
	{"mistyped command",    ARGS("raed"),                         CLI_USAGE, NULL, "did you mean read?"},
	{"no command at all",   ARGS("photocopy"),                    CLI_USAGE, NULL, "photocopy is no command ("},
	{"mistyped option",     ARGS("read", "--jsn", TSC),           CLI_USAGE, NULL, "--jsn is no option here; did you mean --json?"},
	{"unknown letter",      ARGS("read", "-x", TSC),              CLI_USAGE, NULL, "-x is no option here ("},
	{"another's option",    ARGS("doctor", "--json", TSC),        CLI_USAGE, NULL, "--json is no option here"},
	{"option before",       ARGS("--json", "read", TSC),          CLI_USAGE, NULL, "--json is no option here"},
	{"value missing",       ARGS("read", TSC, "--profile"),       CLI_USAGE, NULL, "--profile NAME"},
	{"value too many",      ARGS("read", "--json=yes", TSC),      CLI_USAGE, NULL, "--json takes no value"},
	{"no target",           ARGS("read"),                         CLI_USAGE, NULL, "there is no target"},
	{"mistake in a target", ARGS("read", TSC, "udp:"),            CLI_USAGE, NULL, "brayer: "},
	{"which target it is",  ARGS("read", TSC, "192.0.2.256"),     CLI_USAGE, NULL, "brayer: 192.0.2.256: this number"},
	{"empty value",         ARGS("read", "--config=", TSC),       CLI_USAGE, NULL, "--config needs a value"},
	{"doctor of a list",    ARGS("doctor", "-"),                  CLI_USAGE, NULL, "which only read takes"},
	{"walk of a list",      ARGS("walk", "-"),                    CLI_USAGE, NULL, "which only read takes"},
	{"two patients",        ARGS("doctor", TSC, TSC),             CLI_USAGE, NULL, "doctor takes one target"},
	{"two makers",          ARGS("makers", "hp", "oki"),          CLI_USAGE, NULL, "makers takes one name"},
	{"explain as JSON",     ARGS("read", "--json", "--explain", TSC), CLI_USAGE, NULL, "does not go with --json"},
	{"pretty table",        ARGS("read", "--pretty", TSC),        CLI_USAGE, NULL, "--pretty is for --json"},
	{"color maybe",         ARGS("read", "--color", "alwys", TSC), CLI_USAGE, NULL, "did you mean always?"},
	{"no such file",        ARGS("read", "--config", "/nonexistent/brayer.conf", TSC), CLI_USAGE, NULL, "/nonexistent/brayer.conf"},
};
/* clang-format on */

static void check_asked(const struct asked *asked)
{
	struct ran ran = ran_brayer(NULL, asked->args);

	check_case(asked->name);
	CHECK_INT(ran.code, asked->code);
	if (asked->out ? strstr(ran.out, asked->out) == NULL : *ran.out)
		check_failed(__FILE__, __LINE__, "stdout is \"%s\"", ran.out);
	if (asked->err ? strstr(ran.err, asked->err) == NULL : *ran.err)
		check_failed(__FILE__, __LINE__, "stderr is \"%s\"", ran.err);
	ran_clear(&ran);
}

TEST(usage)
{
	for (size_t i = 0; i < sizeof usage_cases / sizeof usage_cases[0]; i++)
		check_asked(&usage_cases[i]);
}

TEST(reading_and_configuration)
{
	make_dir();
	char list[96], bad_list[96], bad_config[96];

	snprintf(list, sizeof list, "--targets=%s/list", dir);
	snprintf(bad_list, sizeof bad_list, "%s/bad-list", dir);
	snprintf(bad_config, sizeof bad_config, "%s/bad.conf", dir);
	/* clang-format off */
	const struct asked cases[] = {
		{"a recording",       ARGS("read", "-c", config, TSC),    CLI_ALL, "TSC TTP999CE", NULL},
		{"its JSON",          ARGS("read", "-c", config, "--json", TSC), CLI_ALL, "\"model\":\"TTP999CE\"", NULL},
		{"indented",          ARGS("read", "-c", config, "--json", "--pretty", TSC), CLI_ALL, "\n  \"target\"", NULL},
		{"explained",         ARGS("read", "-c", config, "--explain", TSC), CLI_ALL, "1.3.6.1.2.1.1.2.0 = OID 1.3.6", NULL},
		{"one of two",        ARGS("read", "-c", config, TWO_2), CLI_ALL, "OKI C9999", NULL},
		{"none of two",       ARGS("read", "-c", config, TWO_7), CLI_NONE, NULL, "hrDeviceIndex 7"},
		{"a list",            ARGS("read", "-c", config, list),   CLI_ALL, "TSC TTP999CE", NULL},
		{"a mistake in it",   ARGS("read", "-c", config, "--targets", bad_list), CLI_USAGE, NULL, "bad-list:2: "},
		{"one of them fails", ARGS("read", "-c", config, TSC, "walk:/nonexistent"), CLI_SOME, "TSC", "brayer: walk:/nonexistent: "},
		{"its document",      ARGS("read", "-c", config, "--json", "walk:/nonexistent"), CLI_NONE, "\"reachable\":false,", "brayer: walk:/nonexistent: "},
		{"all fail",          ARGS("read", "-c", config, "walk:/nonexistent"), CLI_NONE, NULL, "brayer: walk:/nonexistent: "},
		{"refused",           ARGS("read", "-c", config, "--timeout=200ms", "--retries=0", "127.0.0.1:1"), CLI_NONE, NULL, "udp:127.0.0.1:1: "},
		{"profile",           ARGS("read", "-c", config, "-p", "secret", TSC), CLI_ALL, "TSC", NULL},
		{"mistyped profile",  ARGS("read", "-c", config, "-p", "sercet", TSC), CLI_USAGE, NULL, "brayer.conf: there is no profile sercet; did you mean secret?"},
		{"mistyped key",      ARGS("read", "-c", bad_config, TSC), CLI_USAGE, NULL, "bad.conf:2: "},
		{"community",         ARGS("read", "-c", config, "--community", "public", TSC), CLI_ALL, "TSC", NULL},
		{"community and v3",  ARGS("read", "-c", config, "-p", "v3", "--community", "public", TSC), CLI_USAGE, NULL, "--community does not go with profile v3"},
		{"version and v3",    ARGS("read", "-c", config, "-p", "v3", "--snmp", "1", TSC), CLI_USAGE, NULL, "--snmp does not go with profile v3"},
		{"version 3",         ARGS("read", "-c", config, "--snmp", "3", TSC), CLI_USAGE, NULL, "SNMPv3 needs a profile"},
		{"time without unit", ARGS("read", "-c", config, "--timeout", "2", TSC), CLI_USAGE, NULL, "--timeout: "},
		{"port of letters",   ARGS("read", "-c", config, "--port", "snmp", TSC), CLI_USAGE, NULL, "--port: "},
		{"longer than whole", ARGS("read", "-c", config, "--timeout=5s", "--deadline=1s", TSC), CLI_USAGE, NULL, "--timeout is longer"},
		{"operand like an option", ARGS("read", "-c", config, "--", "-v"), CLI_USAGE, NULL, "host name begins or ends with '-'"},
		{"makers",            ARGS("makers", "-c", config),        CLI_ALL, "Zebra (zebra.mib)", NULL},
		{"one maker",         ARGS("makers", "-c", config, "HP"),  CLI_ALL, "never 1.3.6.1.4.1.11", NULL},
		{"mistyped maker",    ARGS("makers", "-c", config, "kiocera"), CLI_USAGE, NULL, "did you mean kyocera?"},
		{"doctor",            ARGS("doctor", "-c", config, TSC),   CLI_ALL, "tsc.mib", NULL},
		{"doctor of nothing", ARGS("doctor", "-c", config, "walk:/nonexistent"), CLI_NONE, "FAILED", NULL},
		{"doctor, refused",   ARGS("doctor", "-c", config, "127.0.0.1:1"), CLI_NONE, "switch SNMP on", NULL},
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_asked(&cases[i]);
}

TEST(no_secret_is_shown)
{
	make_dir();
	static const char *const profiles[] = {"secret", "v3"};

	for (size_t i = 0; i < 2; i++) {
		const char *const doctor[] = {"doctor", "-v",        "-c", config,
					      "-p",     profiles[i], TSC,  NULL};
		const char *const lost[] = {"doctor",
					    "-v",
					    "-c",
					    config,
					    "-p",
					    profiles[i],
					    "--timeout=50ms",
					    "--retries=0",
					    "127.0.0.1:1",
					    NULL};
		struct ran ran = ran_brayer(NULL, doctor), none = ran_brayer(NULL, lost);

		CHECK(strstr(ran.out, "hush") == NULL && strstr(ran.err, "hush") == NULL);
		CHECK(strstr(none.out, "hush") == NULL && strstr(none.err, "hush") == NULL);
		CHECK(strstr(ran.err, "->") != NULL); /* the trace was there */
		ran_clear(&ran);
		ran_clear(&none);
	}
}

TEST(time_is_given)
{
	const struct cli_environment environment = {.source_date_epoch = "1795280400"};
	const struct cli_environment nothing = {.source_date_epoch = ""};

	make_dir();
	const char *const args[] = {"read", "-c", config, "--json", TSC, NULL};
	struct ran ran = ran_brayer(&environment, args), now = ran_brayer(&nothing, args);

	CHECK(strstr(ran.out, "\"time\":\"2026-11-21T17:00:00Z\"") != NULL);
	CHECK(strstr(now.out, "2026-11-21T17:00:00Z") == NULL &&
	      strstr(now.out, "\"time\":\"20") != NULL);
	ran_clear(&ran);
	ran_clear(&now);
}

TEST(a_time_that_is_none_is_refused)
{
	static const char *const times[] = {"yesterday", "-1", "1795280400 ", "253402300800"};
	static const char *const args[] = {"read", "--json", TSC, NULL};

	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		const struct cli_environment environment = {.source_date_epoch = times[i]};
		struct ran ran = ran_brayer(&environment, args);

		check_case(times[i]);
		CHECK_INT(ran.code, CLI_USAGE);
		CHECK_STR(ran.out, "");
		CHECK(strstr(ran.err, "SOURCE_DATE_EPOCH is a number of seconds") != NULL);
		ran_clear(&ran);
	}
}

TEST(what_is_quoted_suits_the_locale)
{
	static const struct {
		const char *name, *word, *locale, *shown;
	} cases[] = {
		{"UTF-8",
		 "dr\xc3\xbc"
		 "ck\033[2J",
		 "C.UTF-8",
		 "dr\xc3\xbc"
		 "ck [2J is"},
		{"ASCII",
		 "dr\xc3\xbc"
		 "ck\033[2J",
		 "C", "dr?ck [2J is"},
		{"broken", "\xff\xfe\xc3", "C", "?? is"},
		{"broken, UTF-8",
		 "\xff\xc2\x9b"
		 "2J",
		 "C.UTF-8", "\xef\xbf\xbd 2J is"},
		{"nothing", "", "C", "\"\" is"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct cli_environment environment = {.lang = cases[i].locale};
		const char *const args[] = {cases[i].word, NULL};
		struct ran ran = ran_brayer(&environment, args);

		check_case(cases[i].name);
		CHECK(strstr(ran.err, cases[i].shown) != NULL);
		ran_clear(&ran);
	}
}

TEST(colors_and_characters)
{
	static const struct {
		const char *name, *option, *no_color, *lc_all, *lang;
		bool escapes, blocks, accents;
	} cases[] = {
		{"a file", "--color=auto", NULL, NULL, "de_DE.UTF-8", false, false, true},
		{"always", "--color=always", NULL, NULL, "de_DE.UTF-8", true, true, true},
		{"always, ASCII", "--color=always", NULL, "C", "de_DE.UTF-8", true, false,
		 false},
		{"always goes before NO_COLOR", "--color=always", "1", NULL, "C.utf8", true,
		 true, true},
		{"never", "--color=never", NULL, NULL, "C.utf8", false, false, true},
		{"no locale", "--color=auto", NULL, NULL, NULL, false, false, false},
	};

	make_dir();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct cli_environment environment = {.no_color = cases[i].no_color,
							    .lc_all = cases[i].lc_all,
							    .lang = cases[i].lang};
		const char *const args[] = {"read",
					    "-c",
					    config,
					    cases[i].option,
					    "walk:tests/recordings/epson_ink.snmprec",
					    NULL};
		struct ran ran = ran_brayer(&environment, args);

		check_case(cases[i].name);
		CHECK_INT(strstr(ran.out, "\033[") != NULL, cases[i].escapes);
		CHECK_INT(strstr(ran.out, "\xe2\x96\x88") != NULL, cases[i].blocks);
		CHECK_INT(strstr(ran.out, "\xe3\x83\xbc") != NULL,
			  cases[i].accents); /* U+30FC */
		ran_clear(&ran);
	}
}

TEST(a_name_that_a_terminal_would_obey)
{
	static const char *const commands[] = {"read", "walk", "doctor"};

	make_dir();
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		const char *args[] = {commands[i], "--config", config, "walk:\033[31mx\r",
				      NULL};
		struct ran ran = ran_brayer(NULL, args);

		check_case(commands[i]);
		CHECK(ran.code != CLI_ALL);
		CHECK(!strchr(ran.err, '\033') && !strchr(ran.out, '\033'));
		CHECK(!strchr(ran.err, '\r') && !strchr(ran.out, '\r'));
		ran_clear(&ran);
	}
}

TEST(a_printer_that_is_not_behind_it)
{
	static const char *const commands[] = {"read", "doctor"};

	make_dir();
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		const char *args[] = {commands[i], "--config", config,
				      "walk:tests/recordings/printserver_two.snmprec#99", NULL};
		struct ran ran = ran_brayer(NULL, args);

		check_case(commands[i]);
		CHECK_INT(ran.code, CLI_NONE);
		CHECK(strstr(ran.err, "hrDeviceIndex 99") ||
		      strstr(ran.out, "hrDeviceIndex 99"));
		ran_clear(&ran);
	}
}

TEST(output_that_cannot_be_written)
{
	const struct cli_environment nothing = {0};
	char program[] = "brayer", version[] = "version";
	char *argv[] = {program, version, NULL};
	int pipes[2], silence = memfd_create("err", MFD_CLOEXEC);
	char said[64] = "";

	(void)signal(SIGPIPE, SIG_IGN);
	CHECK_INT(pipe(pipes), 0);
	CHECK_INT(cli_main(2, argv, &nothing, pipes[0], silence),
		  CLI_NONE); /* for reading only */
	CHECK(pread(silence, said, sizeof said - 1, 0) > 0);
	CHECK(strstr(said, "the output could not be written") != NULL);
	check_case("the reader has gone: nothing is said");
	CHECK_INT(ftruncate(silence, 0), 0);
	close(pipes[0]);
	CHECK_INT(cli_main(2, argv, &nothing, pipes[1], silence), CLI_NONE);
	CHECK_INT(pread(silence, said, 1, 0), 0);
	close(pipes[1]);
	close(silence);
}
