/*
 * stored_test.c - status, history and forecast over a store with a small fleet: goldens, exit
 * statuses, and that nothing a store says reaches the terminal as a command.
 *
 * BRAYER_GOLDEN=1 (make golden) rewrites tests/golden/stored/.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "cli/screen.h"
#include "ran.h"
#include "stocked.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { WORDS = 8 };

static struct sample sample;

/* Runs with this store and no configuration of this machine. */
static struct ran run_at(const char *now, const char *locale, const char *const *words)
{
	const struct cli_environment environment = {
		.source_date_epoch = now, .lang = locale, .home = sample.dir};
	const char *args[WORDS + 8] = {words[0], "--store", sample.path};
	char config[128];
	size_t n = 3;
	FILE *file;

	snprintf(config, sizeof config, "%s/brayer.conf", sample.dir);
	file = fopen(config, "w");
	CHECK(file != NULL);
	if (file) {
		fprintf(file, "[brayer]\nmibs = %s\n", sample.dir);
		fclose(file);
		chmod(config, 0600);
	}
	args[n++] = "--config";
	args[n++] = config;
	for (size_t i = 1; i < WORDS && words[i]; i++)
		args[n++] = words[i];
	return ran_brayer(&environment, args);
}

static struct ran run(const char *locale, const char *const *words)
{
	return run_at(STOCKED_NOW_TEXT, locale, words);
}

static char *whole(const char *path)
{
	struct br_file file;
	char *text = NULL;

	if (br_file_read(&file, path, 1 << 20, NULL) != BR_OK)
		return NULL;
	text = strdup(file.data);
	br_file_clear(&file);
	return text;
}

static void check_golden(const char *name, const char *got)
{
	const char *rewrite = getenv("BRAYER_GOLDEN");
	char path[128], *want;
	FILE *file;

	snprintf(path, sizeof path, "tests/golden/stored/%s", name);
	if (rewrite && strcmp(rewrite, "1") == 0) {
		mkdir("tests/golden/stored", 0777);
		file = fopen(path, "w");
		CHECK(file && fputs(got, file) >= 0);
		if (file)
			fclose(file);
	}
	want = whole(path);
	CHECK_STR(got, want ? want : "(no golden: BRAYER_GOLDEN=1)");
	free(want);
}

static void check_harmless(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++)
		if ((*at < 0x20 && *at != '\n') || *at == 0x7f) {
			check_failed(__FILE__, __LINE__, "a control character at %s",
				     (const char *)at + 1);
			return;
		}
}

TEST(goldens)
{
	static const struct {
		const char *file, *locale, *words[WORDS];
	} cases[] = {
		{"status.txt", "C.UTF-8", {"status"}},
		{"status-ascii.txt", "C", {"status"}},
		{"status.json", "C", {"status", "--json"}},
		{"history.txt", "C.UTF-8", {"history", "192.0.2.10"}},
		{"history.json", "C", {"history", "--json", "office"}},
		{"history-silent.txt", "C.UTF-8", {"history", "192.0.2.11"}},
		{"series.txt", "C", {"history", "office", "toner-black", "--since", "30d"}},
		{"series-day.txt",
		 "C",
		 {"history", "office", "total", "--since=40d", "--until=20d",
		  "--resolution=1d"}},
		{"series-2w.txt",
		 "C",
		 {"history", "office", "total", "--since=50d", "--until=20d",
		  "--resolution=2w"}},
		{"series.json",
		 "C",
		 {"history", "--json", "office", "total", "--since", "2026-10-20", "--until",
		  "2026-10-24T12:00:00Z"}},
		{"series.csv", "C", {"history", "--csv", "office", "toner-cyan"}},
		{"plot.txt", "C.UTF-8", {"history", "--plot", "office", "toner-black"}},
		{"plot.svg", "C", {"history", "--svg", "192.0.2.11", "toner-black"}},
		{"forecast.txt", "C.UTF-8", {"forecast"}},
		{"forecast-all.txt", "C.UTF-8", {"forecast", "*"}},
		{"history-named.txt", "C.UTF-8", {"history", "Archive*"}},
		{"forecast.json", "C", {"forecast", "--json"}},
	};

	stocked_init(&sample);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ran ran = run(cases[i].locale, cases[i].words);

		check_case(cases[i].file);
		CHECK_INT(ran.code, CLI_ALL);
		CHECK_STR(ran.err, "");
		check_harmless(ran.out);
		check_golden(cases[i].file, ran.out);
		ran_clear(&ran);
	}
	sample_done(&sample);
}

static const struct {
	const char *name, *words[WORDS];
	int code;
	const char *says;
} mistakes[] = {
	{"unknown printer", {"status", "nobody"}, CLI_NONE, "nobody"},
	{"one of two", {"status", "nobody", "office"}, CLI_SOME, "nobody"},
	{"a pattern", {"status", "192.0.2.1*"}, CLI_ALL, ""},
	{"the same twice", {"status", "office", "192.0.2.10", "#1"}, CLI_ALL, ""},
	{"no printer", {"history"}, CLI_USAGE, "a printer is missing"},
	{"several printers", {"history", "192.0.2.1?"}, CLI_USAGE, "means 4 printers"},
	{"no such printer", {"history", "nobody"}, CLI_NONE, "nobody"},
	{"no such series",
	 {"history", "office", "toner-blak"},
	 CLI_NONE,
	 "did you mean toner-black?"},
	{"too many words", {"history", "office", "total", "x"}, CLI_USAGE, "one series"},
	{"two forms",
	 {"history", "--csv", "--svg", "office", "total"},
	 CLI_USAGE,
	 "one of them"},
	{"a form without a series",
	 {"history", "--plot", "office"},
	 CLI_USAGE,
	 "--plot needs a series"},
	{"no time", {"history", "office", "--since", "soon"}, CLI_USAGE, "--since is a time"},
	{"no date",
	 {"history", "office", "--since", "2026-13-01"},
	 CLI_USAGE,
	 "--since is a time"},
	{"a day that no month has",
	 {"history", "office", "--since", "2026-02-30"},
	 CLI_USAGE,
	 "--since is a time"},
	{"a leap day of another year",
	 {"history", "office", "--since", "2025-02-29"},
	 CLI_USAGE,
	 "--since is a time"},
	{"a leap day", {"history", "office", "--since", "2024-02-29"}, CLI_ALL, ""},
	{"the last day of a year", {"history", "office", "--since", "2025-12-31"}, CLI_ALL, ""},
	{"a date ago",
	 {"history", "office", "--since", "2026-02-03 ago"},
	 CLI_USAGE,
	 "--since is a time"},
	{"backwards",
	 {"history", "office", "--since", "1d", "--until", "2d"},
	 CLI_USAGE,
	 "before"},
	{"too fine",
	 {"history", "office", "total", "--resolution", "1s"},
	 CLI_USAGE,
	 "--resolution is"},
	{"unknown in a forecast", {"forecast", "nobody"}, CLI_NONE, "nobody"},
	{"an option of another", {"forecast", "--csv"}, CLI_USAGE, "--csv"},
};

TEST(mistakes_and_absences)
{
	stocked_init(&sample);
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct ran ran = run("C", mistakes[i].words);

		check_case(mistakes[i].name);
		CHECK_INT(ran.code, mistakes[i].code);
		if (!strstr(ran.err, mistakes[i].says))
			CHECK_STR(ran.err, mistakes[i].says);
		CHECK(mistakes[i].code == CLI_ALL || *ran.err);
		/* Where nothing is shown nothing is said but why. */
		if (mistakes[i].code == CLI_NONE)
			CHECK_STR(ran.out, "");
		ran_clear(&ran);
	}
	sample_done(&sample);
}

TEST(the_same_printer_is_shown_once)
{
	static const char *const words[] = {"status",     "--json", "office",
					    "192.0.2.10", "#1",     NULL};
	struct ran ran;

	stocked_init(&sample);
	ran = run("C", words);
	CHECK(strchr(ran.out, '\n') && strchr(ran.out, '\n')[1] == '\0');
	ran_clear(&ran);
	sample_done(&sample);
}

/* What status says after a statement on the store, at some moment. */
TEST(status_says_what_is_to_be_known)
{
	static const struct {
		const char *name, *harm, *now, *says, *silent;
	} cases[] = {
		{"as it is", "SELECT 1", STOCKED_NOW_TEXT, "4 printers: 2 unreachable,",
		 "brayerd"},
		{"a slot was missed", "UPDATE seen SET missed = 1 WHERE printer = 1",
		 STOCKED_NOW_TEXT, "4 printers: 2 unreachable,", "3 unreachable"},
		{"two were", "UPDATE seen SET missed = 2 WHERE printer = 1", STOCKED_NOW_TEXT,
		 "4 printers: 3 unreachable,", "1 warning"},
		{"gone", "UPDATE seen SET last_read = last_read - 2592000 WHERE printer = 2",
		 STOCKED_NOW_TEXT, "1 unreachable, 1 warning, 1 ok, 1 gone", "2 unreachable"},
		{"gone comes last",
		 "UPDATE seen SET last_read = last_read - 2592000 WHERE printer = 2",
		 STOCKED_NOW_TEXT, "idle\n - [31mred", "2 unreachable"},
		{"another answers there",
		 "UPDATE printer SET target = '', hostname = '' WHERE id = 1", STOCKED_NOW_TEXT,
		 "\n ? #1 ", "1 warning"},
		{"nobody asks", "SELECT 1", "1795287600",
		 "\nnothing new since 2026-11-21 16:59: is brayerd running?\n", "to come"},
		{"a wrong clock", "SELECT 1", "1795200000",
		 "\nread at 2026-11-21 16:59, yet to come: was a clock wrong?\n", "is brayerd"},
		{"nothing yet", "DELETE FROM printer", STOCKED_NOW_TEXT,
		 "0 printers\nbrayerd has found none yet: brayer.conf says what it asks\n",
		 "nothing new"},
	};
	static const char *const words[WORDS] = {"status"};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ran ran;

		check_case(cases[i].name);
		stocked_init(&sample);
		sample_sql(&sample, cases[i].harm);
		ran = run_at(cases[i].now, "C", words);
		CHECK_INT(ran.code, CLI_ALL);
		if (!strstr(ran.out, cases[i].says) || strstr(ran.out, cases[i].silent))
			check_failed(__FILE__, __LINE__, "%s", ran.out);
		ran_clear(&ran);
		sample_done(&sample);
	}
}

/* All but the office were taken out of the configuration. */
TEST(who_is_not_asked_any_more_comes_last)
{
	static const struct {
		const char *words[WORDS], *says, *silent;
	} cases[] = {
		{{"status"}, "4 printers: 1 warning, 3 not asked any more\n", "unreachable"},
		{{"status"}, "\n ! office ", "\n ? "},
		{{"status"}, "\n x Cellar  ", "no answer"},
		{{"status", "--json"}, "\"reachable\":false,\"asked\":false", "null"},
		{{"status", "office", "--json"}, "\"asked\":true", "\"asked\":false"},
		{{"forecast"}, "office", "[31mred"},
		{{"forecast", "*"}, "[31mred", "brayer forecast '*'"},
	};
	const struct br_view office = br_view("udp:192.0.2.10:161");

	stocked_init(&sample);
	sample_open(&sample);
	CHECK_INT(br_store_asked(sample.store, &office, 1, &sample.err), BR_OK);
	sample_close(&sample);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ran ran = run("C", cases[i].words);

		check_case(cases[i].says);
		CHECK_INT(ran.code, CLI_ALL);
		if (!strstr(ran.out, cases[i].says) || strstr(ran.out, cases[i].silent))
			check_failed(__FILE__, __LINE__, "%s", ran.out);
		ran_clear(&ran);
	}
	sample_done(&sample);
}

TEST(ago_may_be_said)
{
	static const char *const two[][WORDS] = {
		{"history", "--csv", "office", "total", "--since", "30d ago", "--until",
		 "1w ago"},
		{"history", "--csv", "office", "total", "--since", "30d", "--until", "1w"},
	};
	struct ran said, plain;

	stocked_init(&sample);
	said = run("C", two[0]);
	plain = run("C", two[1]);
	CHECK_INT(said.code, CLI_ALL);
	CHECK(strlen(plain.out) > 1000);
	CHECK_STR(said.out, plain.out);
	ran_clear(&said);
	ran_clear(&plain);
	sample_done(&sample);
}

TEST(an_empty_time_is_said)
{
	static const char *const forms[] = {"--until=1990-01-01", "--plot", "--svg"};

	stocked_init(&sample);
	for (size_t i = 0; i < COUNT(forms); i++) {
		const char *const words[WORDS] = {"history",
						  "office",
						  "total",
						  "--since=1980-01-01",
						  "--until=1990-01-01",
						  forms[i]};
		struct ran ran = run("C", words);

		check_case(forms[i]);
		CHECK_INT(ran.code, CLI_ALL);
		CHECK(strstr(ran.out, "nothing in this time") != NULL);
		CHECK(strstr(ran.out, "1970") == NULL);
		CHECK(strstr(ran.out, "readings") == NULL);
		ran_clear(&ran);
	}
	sample_done(&sample);
}

TEST(no_store_is_said)
{
	static const char *const commands[][3] = {
		{"status"}, {"forecast"}, {"history", "office"}};

	sample_init(&sample);
	for (size_t i = 0; i < COUNT(commands); i++) {
		struct ran ran = run("C", commands[i]);

		check_case(commands[i][0]);
		CHECK_INT(ran.code, CLI_NONE);
		CHECK(strstr(ran.err, sample.path) != NULL);
		CHECK_STR(ran.out, "");
		ran_clear(&ran);
	}
	sample_done(&sample);
}

/* `store` of [collector] says where; --store says otherwise. */
TEST(the_configuration_says_where_the_store_is)
{
	const struct cli_environment environment = {.source_date_epoch = STOCKED_NOW_TEXT,
						    .home = "/nonexistent"};
	char config[128];
	const char *args[] = {"status", "--json", "--config", config, NULL};
	struct ran ran;
	FILE *file;

	stocked_init(&sample);
	snprintf(config, sizeof config, "%s/brayer.conf", sample.dir);
	file = fopen(config, "w");
	CHECK(file != NULL);
	if (file) {
		fprintf(file, "[brayer]\nmibs = %s\n[collector]\nstore = %s\n", sample.dir,
			sample.path);
		fclose(file);
		chmod(config, 0600);
	}
	ran = ran_brayer(&environment, args);
	CHECK_INT(ran.code, CLI_ALL);
	CHECK(strstr(ran.out, "MADEUP0010") != NULL);
	ran_clear(&ran);
	sample_done(&sample);
}

/* The numbers of a store that somebody wrote by hand. */
TEST(a_damaged_store_is_told)
{
	static const char *const harm[] = {
		"UPDATE run SET since = -since",
		"UPDATE run SET last = 9000000000000000000",
		"UPDATE series SET name = CAST(x'1b5b324aff' AS TEXT) || id",
		"UPDATE kept SET harvest = x'30ff'",
		"UPDATE printer SET model = char(27), target = char(27) || id",
		"UPDATE seen SET last_read = 9223372036854775807, missed = -1",
		"UPDATE series SET kind = 77",
	};
	static const char *const commands[][WORDS] = {
		{"status"},
		{"status", "--json"},
		{"forecast"},
		{"forecast", "--json"},
		{"history", "#1"},
		{"history", "--json", "#1"},
		{"history", "#1", "total"},
		{"history", "--svg", "#1", "total"},
		{"history", "--plot", "#1", "toner-black"},
	};

	for (size_t i = 0; i < COUNT(harm); i++) {
		stocked_init(&sample);
		check_case(harm[i]);
		sample_sql(&sample, harm[i]);
		for (size_t k = 0; k < COUNT(commands); k++) {
			struct ran ran = run("C", commands[k]);

			CHECK(ran.code == CLI_ALL || *ran.err);
			check_harmless(ran.out);
			check_harmless(ran.err);
			ran_clear(&ran);
		}
		sample_done(&sample);
	}
}

/* On a terminal of so many cells and rows; what was written is lent until the next call. */
static const char *on_terminal(unsigned short cells, unsigned short rows, const char *word)
{
	static char text[16384];
	const struct cli_environment environment = {
		.source_date_epoch = STOCKED_NOW_TEXT, .lang = "C.UTF-8", .home = sample.dir};
	const struct winsize size = {.ws_col = cells, .ws_row = rows};
	char name[] = "brayer", store[] = "--store", conf[] = "--config", command[16];
	char *args[] = {name, command, store, sample.path, conf, NULL, NULL};
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave = -1;
	char config[128];
	ssize_t len = 0;

	snprintf(config, sizeof config, "%s/brayer.conf", sample.dir);
	args[5] = config;
	snprintf(command, sizeof command, "%s", word);
	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
	    (slave = open(ptsname(master), O_RDWR | O_NOCTTY)) < 0 ||
	    ioctl(slave, TIOCSWINSZ, &size) != 0)
		check_skip("no pseudo terminal is to be had");
	CHECK_INT(cli_main(6, args, &environment, slave, slave), CLI_ALL);
	len = read(master, text, sizeof text - 1);
	text[len > 0 ? len : 0] = '\0';
	close(slave);
	close(master);
	return text;
}

TEST(it_fits_the_terminal)
{
	static const unsigned short widths[] = {60, 71, 80, 100, 120, 250};
	static const char *const words[] = {"status", "forecast"};

	stocked_init(&sample);
	ran_clear(&(struct ran[]){run("C", (const char *const[WORDS]){"status"})}[0]);
	for (size_t i = 0; i < COUNT(widths) * COUNT(words); i++) {
		const char *word = words[i % COUNT(words)];
		struct br_view rest, line;

		check_case(word);
		rest = br_view(on_terminal(widths[i / COUNT(words)], 40, word));
		CHECK(rest.len > 0);
		while (br_view_line(&rest, &line))
			if (cli_width(line) > widths[i / COUNT(words)])
				check_failed(__FILE__, __LINE__, "%u cells: %.*s",
					     widths[i / COUNT(words)], (int)line.len, line.at);
	}
	CHECK(strstr(on_terminal(80, 8, "status"), "and 1 more, which --all shows") != NULL);
	sample_done(&sample);
}
