/*
 * extra_opts_test.c - --extra-opts: which file, which section, what its lines mean, and which
 * files are refused.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/extra_opts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Lines that were handed over: "3 key=value;" */
struct heard {
	char text[600];
	size_t used;
};

static enum br_status hear(void *user, const struct plugin_extra_line *line,
			   struct br_error *err)
{
	struct heard *heard = user;

	(void)err;
	heard->used +=
		(size_t)snprintf(heard->text + heard->used, sizeof heard->text - heard->used,
				 "%u %.*s%s%s;", line->line, (int)line->key.len, line->key.at,
				 line->bare ? "" : "=", line->value ? line->value : "");
	return BR_OK;
}

/* clang-format off */
static const struct {
	const char *name, *text, *lines, *sentence;
} files[] = {
	{"a section", "[me]\nC = public\nascii=\nverbose\n", "2 C=public;3 ascii=;4 verbose;", ""},
	{"only that one", "[you]\nx=1\n[me]\na = b\n[them]\ny=2", "4 a=b;", ""},
	{"a section that stands twice", "[me]\na=1\n[you]\nb=2\n[me]\nc=3\n", "2 a=1;6 c=3;", ""},
	{"blanks everywhere", " [ me ] \n\t a \t=\t b c \t\n", "2 a=b c;", ""},
	{"comments", "# one\n; two\n[me] # three\n # four\n;five\na = b # six\n", "6 a=b;", ""},
	{"a '#' that is no comment", "[me]\nH = printer#2\n", "2 H=printer#2;", ""},
	{"a value that is a comment", "[me]\nascii = # yes\n", "2 ascii=;", ""},
	{"a flag with a comment", "[me]\nascii # yes\n", "2 ascii;", ""},
	{"more than one '='", "[me]\nalert = x=ok\n", "2 alert=x=ok;", ""},
	{"quotes are part of it", "[me]\nC = \"x\"\n", "2 C=\"x\";", ""},
	{"an end without a line end", "[me]\na = b", "2 a=b;", ""},
	{"line ends of another system", "[me]\r\na = b\r\n", "2 a=b;", ""},
	{"an editor's mark", "\xef\xbb\xbf[me]\na=b\n", "2 a=b;", ""},
	{"sections with blanks and underscores", "[me too_2]\nx=1\n[me]\na=b", "4 a=b;", ""},
	{"an empty section", "[me]\n", "", ""},
	{"other programs' lines", "[you]\n= \x01\nwhatever\n[me]\na=b", "5 a=b;", ""},
	{"no such section", "[mee]\na=b\n", "", "F: there is no section [me]; did you mean [mee]?"},
	{"no section", "", "", "F: there is no section [me]"},
	{"before the first section", "secret\n[me]\n", "", "F:1: an option before the first [section]"},
	{"no end", "[me\n", "", "F:1: a section has a ']' at its end"},
	{"no name", "[]\n", "", "F:1: a section without a name"},
	{"something behind", "[me] secret\n", "", "F:1: a section has nothing behind its ']'"},
	{"no key", "[me]\n = secret\n", "", "F:2: nothing stands before the '='"},
	{"a control character", "[me]\na = sec\x01ret\n", "", "F:2: a control character stands in this line"},
};
/* clang-format on */

/* In a block of its exact size. */
static enum br_status parse(const char *text, size_t len, struct heard *heard,
			    struct br_error *err)
{
	const struct plugin_extra_line from = {.file = "F"};
	char *copy = malloc(len + 1);
	enum br_status status;

	memcpy(copy, text, len);
	copy[len] = '\0';
	*heard = (struct heard){{""}, 0};
	err->text[0] = '\0';
	status = plugin_extra_parse(copy, len, &from, "me", hear, heard, err);
	free(copy);
	return status;
}

TEST(the_grammar_of_the_files)
{
	struct br_error err;
	struct heard heard;

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		enum br_status status;

		check_case(files[i].name);
		status = parse(files[i].text, strlen(files[i].text), &heard, &err);
		CHECK_INT(status != BR_OK, files[i].sentence[0] != '\0');
		CHECK_STR(heard.text, files[i].lines);
		CHECK_STR(err.text, files[i].sentence);
	}
}

TEST(a_nul_is_a_control_character)
{
	static const char text[] = "[me]\na = b\0c\n[m\0e]\n";
	struct br_error err;
	struct heard heard;

	CHECK_INT(parse(text, sizeof text - 1, &heard, &err), BR_E_SYNTAX);
	CHECK_STR(err.text, "F:2: a control character stands in this line");
}

static char work[] = "/tmp/brayer-extra.XXXXXX";

static const char *path_of(const char *name)
{
	static char path[4][200];
	static unsigned turn;
	char *out = path[turn++ % 4];

	snprintf(out, sizeof path[0], "%s/%s", work, name);
	return out;
}

static void write_file(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(path_of(name), "w");

	fputs(text, file);
	fclose(file);
	chmod(path_of(name), mode);
}

static bool made;
static void make_work(void)
{
	if (!made && !mkdtemp(work))
		check_skip("no directory in /tmp");
	made = true;
}

__attribute__((destructor)) static void remove_work(void)
{
	static const char *const names[] = {"a.ini", "b.ini", "open.ini",
					    "monitoring-plugins.ini", "plugins.ini"};

	for (size_t i = 0; made && i < sizeof names / sizeof names[0]; i++)
		unlink(path_of(names[i]));
	if (made)
		rmdir(work);
}

/* A whole run of the options, with settings as they are at the end. */
struct run {
	struct plugin_settings settings;
	struct plugin_files files;
	struct br_buf out;
	struct br_error err;
	enum plugin_next next;
	char words[2][400]; /* lent to the settings */
};

static void take(struct run *run, unsigned which, const struct plugin_environment *environment,
		 const char *first, const char *second)
{
	static char name[] = "check", host[] = "-Hprinter";
	char *argv[] = {name, host, run->words[0], second ? run->words[1] : NULL, NULL};
	static const struct plugin_environment nothing;

	snprintf(run->words[0], sizeof run->words[0], "%s", first);
	snprintf(run->words[1], sizeof run->words[1], "%s", second ? second : "");
	br_buf_init(&run->out, 1 << 16);
	run->err.text[0] = '\0';
	run->next = plugin_options_take(&run->settings, &plugin_checks[which],
					environment ? environment : &nothing, second ? 4 : 3,
					argv, &run->files, &run->out, &run->err);
}

static void end(struct run *run)
{
	plugin_files_clear(&run->files);
	br_buf_clear(&run->out);
}

static const char *extra(const char *section, const char *name)
{
	static char text[400];

	snprintf(text, sizeof text, "--extra-opts=%s@%s", section, path_of(name));
	return text;
}

TEST(a_section_is_taken_and_the_command_line_has_the_last_word)
{
	struct run run;

	make_work();
	write_file(
		"a.ini",
		"[office]\nwarning = 30:\ncritical = 15:\nv =\nv\nC = hush\nU=me\nauthpasswd = "
		"a long word # or two\nsupply = a=1:/\nsupply = b=2:/\n",
		0600);
	take(&run, 1, NULL, "--supply=c=3:/", extra("office", "a.ini"));
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK_STR(run.err.text, "");
	CHECK(run.settings.supplies.warning.start == 30);
	CHECK_INT(run.settings.look.verbose, 2);
	CHECK_STR(run.settings.community, "hush");
	CHECK_STR(run.settings.auth_password, "a long word");
	CHECK_INT(run.settings.supply.n, 3);
	CHECK_STR(run.settings.supply.at[0], "c=3:/");
	CHECK_STR(run.settings.supply.at[1], "a=1:/");
	CHECK_STR(run.settings.supply.at[2], "b=2:/");
	end(&run);
	CHECK_INT(run.files.n, 0);
	take(&run, 1, NULL, extra("office", "a.ini"), "-w5:");
	CHECK(run.settings.supplies.warning.start == 5);
	CHECK(run.settings.supplies.critical.start == 15);
	end(&run);
}

TEST(the_section_is_the_check_where_none_is_named)
{
	struct run run;

	make_work();
	write_file("b.ini", "[check_printer_supplies]\nw = 7:\n[check_printer_all]\nw = 8:\n",
		   0600);
	take(&run, 1, NULL, extra("", "b.ini"), NULL);
	CHECK(run.settings.supplies.warning.start == 7);
	end(&run);
	take(&run, 0, NULL, extra("", "b.ini"), NULL);
	CHECK(run.settings.supplies.warning.start == 8);
	end(&run);
	take(&run, 2, NULL, extra("", "b.ini"), NULL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK(strstr(run.err.text, "there is no section [check_printer_status]") != NULL);
	end(&run);
}

TEST(the_file_is_found_as_the_monitoring_plugins_find_it)
{
	struct plugin_environment environment = {.home = NULL};
	struct run run;

	make_work();
	write_file("a.ini", "[x]\nw = 11:\n", 0600);
	write_file("plugins.ini", "[x]\nw = 12:\n", 0600);
	environment.mp_config_file = path_of("a.ini");
	environment.nagios_config_path = work;
	take(&run, 0, &environment, "--extra-opts=x", NULL);
	CHECK(run.settings.supplies.warning.start == 11);
	end(&run);
	environment.mp_config_file = "";
	take(&run, 0, &environment, "--extra-opts=x", NULL);
	CHECK(run.settings.supplies.warning.start == 12);
	end(&run);
	write_file("monitoring-plugins.ini", "[x]\nw = 13:\n", 0600);
	char list[300];
	snprintf(list, sizeof list, "::/nonexistent:%s:", work);
	environment.nagios_config_path = list;
	take(&run, 0, &environment, "--extra-opts=x", NULL);
	CHECK(run.settings.supplies.warning.start == 13);
	end(&run);
	environment.mp_config_file = "/nonexistent/x.ini";
	take(&run, 0, &environment, "--extra-opts=x", NULL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK_STR(run.err.text,
		  "/nonexistent/x.ini: cannot be opened: No such file or directory");
	end(&run);
}

TEST(the_later_of_two_files_has_the_last_word)
{
	struct run run;
	char first[400];

	make_work();
	write_file("a.ini", "[x]\nw = 11:\nsupply = a=1:/\nsupply = b=1:/\n", 0600);
	write_file("b.ini", "[x]\nw = 12:\nsupply = a=2:/\n", 0600);
	snprintf(first, sizeof first, "%s", extra("x", "a.ini"));
	take(&run, 0, NULL, first, extra("x", "b.ini"));
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK(run.settings.supplies.warning.start == 12);
	CHECK_INT(run.settings.supply.n, 3);
	CHECK_STR(run.settings.supply.at[0], "a=2:/");
	CHECK_STR(run.settings.supply.at[2], "b=1:/");
	end(&run);
}

TEST(a_section_may_be_shared_with_check_snmp)
{
	static const char *const texts[] = {
		"[snmp]\nport = 161\nprotocol = 3\nretries = 3\nsecname = monitor\n"
		"seclevel = authPriv\nauthproto = SHA256\nauthpasswd = wordword\n"
		"privproto = AES\nprivpasswd = drowdrow\ncontext = here\n",
		"[snmp]\np=161\nP=3\ne=3\nU=monitor\nL=authPriv\na=SHA256\nA=wordword\n"
		"x=AES\nX=drowdrow\nN=here\n",
	};
	struct run run;

	make_work();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		write_file("snmp.ini", texts[i], 0600);
		take(&run, 0, NULL, extra("snmp", "snmp.ini"), NULL);
		CHECK_INT(run.next, PLUGIN_GO);
		CHECK_STR(run.err.text, "");
		CHECK_STR(run.settings.level, "authPriv");
		CHECK_STR(run.settings.user, "monitor");
		CHECK_STR(run.settings.auth, "SHA256");
		CHECK_STR(run.settings.auth_password, "wordword");
		CHECK_STR(run.settings.priv, "AES");
		CHECK_STR(run.settings.priv_password, "drowdrow");
		CHECK_STR(run.settings.context, "here");
		end(&run);
	}
}

/* text, its mode, what is said behind the path; "": it is taken. */
static const struct {
	const char *name, *text;
	unsigned mode;
	const char *sentence;
} trusts[] = {
	{"a secret that others may read", "[x]\nascii=\nauthpasswd = wordword\n", 0644,
	 ":3: authpasswd is a secret and others may read this file: chmod 0640 it"},
	{"a community that others may read", "[x]\nC = hush\n", 0604,
	 ":2: community is a secret and others may read this file: chmod 0640 it"},
	{"no secret", "[x]\nC = public\nU = me\nL = authpriv\n", 0644, ""},
	{"a secret of the group", "[x]\nprivpasswd = wordword\n", 0640, ""},
	{"another section's secret", "[x]\nw=15:\n[y]\nC = hush\n", 0644, ""},
	{"others may write", "[x]\nw=5:\n", 0602, ": others may write this file: chmod o-w it"},
	{"not a key", "[x]\nhunter2 hunter3\n", 0600,
	 ":2: neither an option nor [section] nor a comment"},
	{"not a key either", "[x]\nhunter\n", 0600,
	 ":2: neither an option nor [section] nor a comment"},
	{"a key with a digit", "[x]\nhunter2 = a\n", 0600,
	 ":2: neither an option nor [section] nor a comment"},
	{"a mistyped key", "[x]\nwaring = 5:\n", 0600,
	 ":2: waring is no option of this check; did you mean warning?"},
	{"the case of a letter counts", "[x]\nc = hush\n", 0600,
	 ":2: critical is no range: [@][START:]END, as in 20:"},
	{"a range that is none", "[x]\nwarning = secret\n", 0600,
	 ":2: warning is no range: [@][START:]END, as in 20:"},
	{"a time that is none", "[x]\nt = secret\n", 0600,
	 ":2: timeout is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{"a short password", "[x]\nA = secret\n", 0600,
	 ":2: authpasswd is shorter than 8 characters"},
	{"a rule that is none", "[x]\nalert = secret\n", 0600,
	 ":2: alert is not SELECTOR=STATE, as in cover-open=warning"},
	{"a flag with a value", "[x]\nascii = secret\n", 0600, ":2: ascii takes no value"},
	{"a key without a value", "[x]\ncommunity =\n", 0600, ":2: community needs a value"},
	{"a bare key that needs one", "[x]\ncommunity\n", 0600, ":2: community needs a value"},
	{"files name no files", "[x]\nextra-opts = x\n", 0600,
	 ":2: extra-opts belongs on the command line"},
	{"nor ask for help", "[x]\nhelp\n", 0600, ":2: help belongs on the command line"},
};

TEST(who_may_read_and_write_it_and_no_sentence_shows_a_value)
{
	char want[500];
	struct run run;

	make_work();
	for (size_t i = 0; i < sizeof trusts / sizeof trusts[0]; i++) {
		check_case(trusts[i].name);
		write_file("open.ini", trusts[i].text, trusts[i].mode);
		take(&run, 0, NULL, extra("x", "open.ini"), NULL);
		CHECK_INT(run.next, trusts[i].sentence[0] ? PLUGIN_WRONG : PLUGIN_GO);
		snprintf(want, sizeof want, "%s%s", path_of("open.ini"), trusts[i].sentence);
		CHECK_STR(run.err.text, trusts[i].sentence[0] ? want : "");
		CHECK(strstr(run.err.text, "hush") == NULL);
		CHECK(strstr(run.err.text, "wordword") == NULL);
		end(&run);
	}
}

TEST(an_option_of_another_check_is_told_where_it_stands)
{
	char want[300];
	struct run run;

	make_work();
	write_file("open.ini", "[x]\n\ntray = x=1:/\n", 0600);
	take(&run, 1, NULL, extra("x", "open.ini"), NULL);
	snprintf(want, sizeof want,
		 "%s:3: tray is an option of check_printer_trays and check_printer_all",
		 path_of("open.ini"));
	CHECK_STR(run.err.text, want);
	end(&run);
}

TEST(locators_that_name_nothing_are_told)
{
	static const struct {
		const char *word, *sentence;
	} rows[] = {
		{"--extra-opts=x@", "--extra-opts: no file behind the '@'"},
		{"--extra-opts=@/nonexistent",
		 "/nonexistent: cannot be opened: No such file or directory"},
		{"--extra-opts=@/dev", "/dev: is not a regular file"},
		{"--extra-opts=@/dev/null",
		 "/dev/null: there is no section [check_printer_all]"},
	};
	struct run run;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].word);
		take(&run, 0, NULL, rows[i].word, NULL);
		CHECK_INT(run.next, PLUGIN_WRONG);
		CHECK_STR(run.err.text, rows[i].sentence);
		end(&run);
	}
}

TEST(nine_files_are_too_many)
{
	char words[10][400], *argv[13];
	static char name[] = "check", host[] = "-Hprinter";
	static const struct plugin_environment nothing;
	struct run run = {.next = PLUGIN_GO};
	int argc = 2;

	make_work();
	write_file("a.ini", "[x]\nw = 1:\n", 0600);
	argv[0] = name;
	argv[1] = host;
	for (int i = 0; i <= PLUGIN_FILES_MAX; i++) {
		snprintf(words[i], sizeof words[i], "%s", extra("x", "a.ini"));
		argv[argc++] = words[i];
	}
	argv[argc] = NULL;
	run.next = plugin_options_take(&run.settings, &plugin_checks[0], &nothing, argc, argv,
				       &run.files, &run.out, &run.err);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK_STR(run.err.text, "--extra-opts is given more than 8 times");
	CHECK_INT(run.files.n, PLUGIN_FILES_MAX);
	plugin_files_clear(&run.files);
}

TEST(a_file_that_is_too_large_is_not_read)
{
	struct run run;
	FILE *file;

	make_work();
	file = fopen(path_of("open.ini"), "w");
	CHECK_INT(fseek(file, PLUGIN_EXTRA_BYTES, SEEK_SET), 0);
	fputc('\n', file);
	fclose(file);
	take(&run, 0, NULL, extra("x", "open.ini"), NULL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK(strstr(run.err.text, "is larger than 262144 bytes") != NULL);
	end(&run);
}
