/*
 * options_test.c - the table of options against the parser: every form of every option, what
 * each kind of value may be, and what is said of what it may not be.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "nagios-checks/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 160 };

static const struct plugin_environment nothing;

struct run {
	enum plugin_next next;
	struct plugin_settings settings;
	struct plugin_files files;
	struct br_buf out;
	struct br_error err;
	char *argv[WORDS_MAX];
	int argc;
};

static const struct plugin_check *check_of(unsigned check)
{
	const struct plugin_check *row = plugin_checks;

	while (row->name && row->check != check)
		row++;
	return row;
}

/* Words are copied into blocks of their exact size. */
static void add(struct run *run, const char *word)
{
	size_t size = strlen(word) + 1;
	char *copy = malloc(size);

	memcpy(copy, word, size);
	run->argv[run->argc++] = copy;
	run->argv[run->argc] = NULL;
}

static void take(struct run *run, unsigned check)
{
	br_buf_init(&run->out, 1 << 20);
	run->err.text[0] = '\0';
	run->next = plugin_options_take(&run->settings, check_of(check), &nothing, run->argc,
					run->argv, &run->files, &run->out, &run->err);
}

static void end(struct run *run)
{
	plugin_files_clear(&run->files);
	br_buf_clear(&run->out);
	for (int i = 0; i < run->argc; i++)
		free(run->argv[i]);
	run->argc = 0;
}

/* line: words with a blank between; '_' stands for a blank in one. */
static void take_words(struct run *run, unsigned check, const char *line)
{
	struct br_view rest = br_view(line), word;
	char text[400];

	run->argc = 0;
	add(run, "check");
	while ((word = br_view_word(&rest)).len) {
		br_text_copy(text, sizeof text, word);
		for (char *at = text; *at; at++)
			*at = *at == '_' ? ' ' : *at;
		add(run, text);
	}
	take(run, check);
}

/* A value that an option takes, by its kind; for those that are texts any will do. */
static const char *value_for(const struct plugin_option *option)
{
	static const char *const values[PLUGIN_KINDS] = {
		[PLUGIN_RANGE] = "@0:15",       [PLUGIN_PAIR] = "1:/2:",
		[PLUGIN_STATE] = "critical",    [PLUGIN_AGE] = "2h",
		[PLUGIN_DAYS] = "14/7",         [PLUGIN_SELECTORS] = "type:fuser",
		[PLUGIN_OVERRIDES] = "x=1:/2:", [PLUGIN_ALERT_RULES] = "cover-open=ok",
		[PLUGIN_TIMEOUT] = "7s",        [PLUGIN_ALERT_SELECTORS] = "cover-open",
		[PLUGIN_OFFLINE] = "last",      [PLUGIN_NAMES] = "mono",
		[PLUGIN_LOOK] = "multi-line",   [PLUGIN_HOST_BY] = "serial",
		[PLUGIN_TARGET] = "192.0.2.77", [PLUGIN_TEXT] = "anything",
		[PLUGIN_SECRET] = "anything",   [PLUGIN_LEVEL] = "authPriv",
	};
	static const struct {
		const char *name, *value;
	} keys[] = {{"port", "1161"},     {"protocol", "1"},      {"retries", "5"},
		    {"community", "abc"}, {"secname", "monitor"}, {"authproto", "SHA"},
		    {"privproto", "AES"}, {"context", "c"}};

	if (strcmp(option->name, "empty") == 0 || strcmp(option->name, "missing") == 0)
		return "ok"; /* they are critical already */
	if (strcmp(option->name, "filled-critical") == 0)
		return "@0:7"; /* below the usual warning */
	if (option->kind == PLUGIN_KEY)
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
			if (strcmp(keys[i].name, option->name) == 0)
				return keys[i].value;
	return values[option->kind];
}

/* Gives an option in one of its forms, and what makes the rest of the line whole. */
static void give(struct run *run, const struct plugin_option *option, unsigned check, int form)
{
	const char *value = value_for(option);
	char text[200];

	run->argc = 0;
	add(run, "check");
	snprintf(text, sizeof text, form >= 2 ? "-%.1s%s" : "--%s%s",
		 form >= 2 ? &option->letter : option->name, "");
	if (option->value && form == 0)
		snprintf(text, sizeof text, "--%s=%s", option->name, value);
	else if (option->value && form == 2)
		snprintf(text, sizeof text, "-%c%s", option->letter, value);
	add(run, text);
	if (option->value && form & 1)
		add(run, value);
	if (strcmp(option->name, "service") == 0 || strcmp(option->name, "host-by") == 0)
		add(run, "--passive");
	else if (option->kind != PLUGIN_TARGET && strcmp(option->name, "passive") != 0)
		add(run, "-Hprinter.example");
	take(run, check);
}

static void check_given(const struct plugin_option *option, unsigned check, int form)
{
	struct plugin_settings without;
	char name[100];
	struct run run;

	snprintf(name, sizeof name, "--%s of check %u, form %d", option->name, check, form);
	check_case(name);
	give(&run, option, check, form);
	if (!(option->checks & check)) {
		CHECK_INT(run.next, PLUGIN_WRONG);
	} else if (option->kind == PLUGIN_SECRET) {
		CHECK_INT(run.next, PLUGIN_WRONG);
		CHECK(strstr(run.err.text, "secret") != NULL);
		CHECK(strstr(run.err.text, "anything") == NULL);
	} else if (option->kind == PLUGIN_ABOUT) {
		CHECK_INT(run.next, PLUGIN_TELL);
		CHECK(run.out.len > 0);
	} else {
		CHECK_INT(run.next, PLUGIN_GO);
		CHECK_STR(run.err.text, "");
		plugin_settings_init(&without, check);
		if (option->kind != PLUGIN_TARGET)
			without.host = run.settings.host;
		CHECK(memcmp(&without, &run.settings, sizeof without) != 0);
	}
	end(&run);
}

TEST(every_option_is_taken_in_every_form_by_its_checks_and_by_no_other)
{
	for (size_t i = 0; i < plugin_options_count; i++) {
		const struct plugin_option *option = &plugin_options[i];

		if (option->kind == PLUGIN_EXTRA)
			continue; /* extra_opts_test.c */
		for (unsigned check = 1; check <= PLUGIN_ALL; check <<= 1) {
			bool other = false; /* a row of the same name has it there */

			for (size_t j = 0; j < plugin_options_count; j++)
				other = other ||
					(j != i && plugin_options[j].checks & check &&
					 (!strcmp(plugin_options[j].name, option->name)));
			if (other && !(option->checks & check))
				continue;
			check_given(option, check, 0);
			check_given(option, check, 1);
			if (option->letter) {
				check_given(option, check, 2);
				check_given(option, check, 3);
			}
		}
	}
}

TEST(no_check_has_a_name_or_a_letter_twice)
{
	for (size_t i = 0; i < plugin_options_count; i++) {
		const struct plugin_option *a = &plugin_options[i];

		check_case(a->name);
		CHECK(a->checks != 0 && a->help && *a->help && a->kind < PLUGIN_KINDS);
		for (size_t j = 0; j < i; j++) {
			const struct plugin_option *b = &plugin_options[j];
			bool both = (a->checks & b->checks) != 0;

			CHECK(!(both && strcmp(a->name, b->name) == 0));
			CHECK(!(both && a->letter && a->letter == b->letter));
		}
	}
}

TEST(what_nobody_asked_for_is_as_the_help_says)
{
	struct run run;

	take_words(&run, PLUGIN_ALL, "-H printer");
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK_STR(run.settings.host, "printer");
	CHECK_INT(run.settings.timeout_ms, 10000);
	CHECK_INT(run.settings.max_age_s, 900);
	CHECK_INT(run.settings.timeout_state, PLUGIN_UNKNOWN);
	CHECK_INT(run.settings.offline_state, PLUGIN_UNKNOWN);
	CHECK(!run.settings.offline_last && !run.settings.manual && !run.settings.passive);
	CHECK(plugin_range_alerts(&run.settings.supplies.warning, 19.9));
	CHECK(!plugin_range_alerts(&run.settings.supplies.warning, 20));
	CHECK(plugin_range_alerts(&run.settings.supplies.critical, 9.9));
	CHECK(!plugin_range_alerts(&run.settings.supplies.critical, 10));
	CHECK(plugin_range_alerts(&run.settings.filled.warning, 9));
	CHECK(!plugin_range_alerts(&run.settings.filled.critical, 5));
	CHECK(!run.settings.trays.warning.given && !run.settings.pages.critical.given);
	CHECK_INT(run.settings.low, PLUGIN_WARNING);
	CHECK_INT(run.settings.empty, PLUGIN_CRITICAL);
	CHECK_INT(run.settings.missing, PLUGIN_CRITICAL);
	CHECK_INT(run.settings.some, PLUGIN_OK);
	CHECK_INT(run.settings.no_level, PLUGIN_OK);
	CHECK_INT(run.settings.tray_low, PLUGIN_OK);
	CHECK_INT(run.settings.tray_empty, PLUGIN_WARNING);
	CHECK_INT(run.settings.tray_missing, PLUGIN_WARNING);
	CHECK(run.settings.community == NULL);
	CHECK_INT(run.settings.look.format, PLUGIN_CLASSIC);
	end(&run);
}

TEST(flags_may_be_bundled_and_a_value_may_end_the_bundle)
{
	struct run run;

	take_words(&run, PLUGIN_SUPPLIES, "-vvH printer -vw15:");
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK_INT(run.settings.look.verbose, 3);
	CHECK_STR(run.settings.host, "printer");
	CHECK(run.settings.supplies.warning.start == 15);
	end(&run);
	take_words(&run, PLUGIN_SUPPLIES, "-vvvvvHprinter");
	CHECK_INT(run.settings.look.verbose, 3);
	end(&run);
	take_words(&run, PLUGIN_PAGES, "-H printer -w -5:5 -c @-1:1 --");
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK(run.settings.pages.warning.start == -5);
	CHECK(run.settings.pages.critical.inside);
	end(&run);
	take_words(&run, PLUGIN_TRAYS, "-H printer -w 5: --tray-critical 3:");
	CHECK(run.settings.trays.warning.start == 5 && run.settings.trays.critical.start == 3);
	CHECK(run.settings.supplies.warning.start == 20);
	end(&run);
}

TEST(a_list_may_name_what_another_check_is_about)
{
	static const char line[] = "-H a --include supply:toner-* --exclude tray:tray-3";
	struct run run;

	take_words(&run, PLUGIN_SUPPLIES, line);
	CHECK_INT(run.next, PLUGIN_GO);
	end(&run);
	take_words(&run, PLUGIN_TRAYS, line);
	CHECK_INT(run.next, PLUGIN_GO);
	end(&run);
	take_words(&run, PLUGIN_ALL, "-H a --supply supply:x=1:/ --tray tray:type:other=1:/");
	CHECK_INT(run.next, PLUGIN_GO);
	end(&run);
}

TEST(the_last_one_of_two_counts_and_lists_keep_their_order)
{
	struct run run;

	take_words(&run, PLUGIN_SUPPLIES,
		   "-H a -H b -t 3 -t 5s:critical --supply a=1:/ --supply b=2:/ --days 9 "
		   "--days 30/7");
	CHECK_STR(run.settings.host, "b");
	CHECK_INT(run.settings.timeout_ms, 5000);
	CHECK_INT(run.settings.timeout_state, PLUGIN_CRITICAL);
	CHECK_INT(run.settings.supply.n, 2);
	CHECK_STR(run.settings.supply.at[0], "a=1:/");
	CHECK_STR(run.settings.supply.at[1], "b=2:/");
	CHECK_INT(run.settings.days_warning, 30);
	CHECK_INT(run.settings.days_critical, 7);
	end(&run);
	take_words(&run, PLUGIN_ALL, "-H a --offline-state=last --offline-state ok");
	CHECK(!run.settings.offline_last);
	CHECK_INT(run.settings.offline_state, PLUGIN_OK);
	end(&run);
}

/* clang-format off */
static const struct {
	unsigned check;
	const char *words, *sentence;
} mistakes[] = {
	{PLUGIN_ALL, "", "-H HOST is missing: which printer is to be checked?"},
	{PLUGIN_ALL, "-H", "--hostname needs a value"},
	{PLUGIN_ALL, "--hostname=", "--hostname needs a value"},
	{PLUGIN_ALL, "-H a b", "argument 3 belongs to no option, and operands are not taken"},
	{PLUGIN_ALL, "secret", "argument 1 belongs to no option, and operands are not taken"},
	{PLUGIN_ALL, "-H a -", "argument 3 belongs to no option, and operands are not taken"},
	{PLUGIN_ALL, "-H a -- b", "argument 4 belongs to no option, and operands are not taken"},
	{PLUGIN_ALL, "-H a --extra-opts x", "argument 4 belongs to no option, and operands are not taken"},
	{PLUGIN_ALL, "-H a --waring 5:", "--waring is no option of this check; did you mean --warning?"},
	{PLUGIN_ALL, "-H a --qqqqqqqqqq", "--qqqqqqqqqq is no option of this check"},
	{PLUGIN_ALL, "-H a -Z", "-Z is no option of this check"},
	{PLUGIN_ALL, "-H a -vZcret", "-Z is no option of this check"},
	{PLUGIN_ALL, "-H a --=x", "-- is no option of this check"},
	{PLUGIN_ALL, "-H a --ascii=yes", "--ascii takes no value"},
	{PLUGIN_ALL, "-H a --ascii=", "--ascii takes no value"},
	{PLUGIN_SUPPLIES, "-H a --tray x=5:/", "--tray is an option of check_printer_trays and check_printer_all"},
	{PLUGIN_STATUS, "-H a -w 5:", "-w is an option of check_printer_supplies, check_printer_trays, check_printer_pages and check_printer_all"},
	{PLUGIN_TRAYS, "-H a --alert=1=ok", "--alert is an option of check_printer_status and check_printer_all"},
	{PLUGIN_ALL, "-H a -A wordword", "--authpasswd is a secret, and a command line shows it to all users: write it into a file for --extra-opts or a profile of brayer.conf"},
	{PLUGIN_ALL, "-H a --privpasswd=wordword", "--privpasswd is a secret, and a command line shows it to all users: write it into a file for --extra-opts or a profile of brayer.conf"},
	{PLUGIN_ALL, "-H a -p 0", "--port is a number from 1 to 65535"},
	{PLUGIN_ALL, "-H a -p 70000", "--port is a number from 1 to 65535"},
	{PLUGIN_ALL, "-H a -P 4", "--protocol is 1, 2c or 3"},
	{PLUGIN_ALL, "-H a -P 2", "--protocol is 1, 2c or 3"},
	{PLUGIN_ALL, "-H a -e 11", "--retries is a number from 0 to 10"},
	{PLUGIN_ALL, "-H a -a SHA-255", "--authproto is MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512; did you mean SHA-256?"},
	{PLUGIN_ALL, "-H a --timeout 0", "--timeout: '0' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t 99ms", "--timeout: '99ms' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t 601", "--timeout: '601' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t 99999999999999999999", "--timeout: '99999999999999999999' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t 10x", "--timeout: '10x' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t -5", "--timeout: '-5' is no time from 100ms to 600s, as in 10, 10s or 500ms"},
	{PLUGIN_ALL, "-H a -t 10:bad", "--timeout: '10:bad' has no state behind its colon: ok, warning, critical or unknown"},
	{PLUGIN_ALL, "-H a -t 10:", "--timeout: '10:' has no state behind its colon: ok, warning, critical or unknown"},
	{PLUGIN_ALL, "-H a --timeout-state down", "--timeout-state: 'down' is no state: ok, warning, critical or unknown"},
	{PLUGIN_ALL, "-H a --offline-state never", "--offline-state: 'never' is neither a state (ok, warning, critical, unknown) nor last"},
	{PLUGIN_ALL, "-H a --max-age 1w", "--max-age: '1w' is no time of up to ten years, as in 90s, 20m, 2h or 1d"},
	{PLUGIN_ALL, "-H a --max-age 99999999d", "--max-age: '99999999d' is no time of up to ten years, as in 90s, 20m, 2h or 1d"},
	{PLUGIN_ALL, "-H a --max-age s", "--max-age: 's' is no time of up to ten years, as in 90s, 20m, 2h or 1d"},
	{PLUGIN_ALL, "-H a -L priv", "--seclevel: 'priv' is not noAuthNoPriv, authNoPriv or authPriv"},
	{PLUGIN_ALL, "-H a -w 5:", "--warning 5: alone leaves --critical at 10:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_SUPPLIES, "-H a -w 10:", "--warning 10: alone leaves --critical at 10:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_SUPPLIES, "-H a -w 50", "--warning 50 alone leaves --critical at 10:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_SUPPLIES, "-H a -c 30:", "--critical 30: alone leaves --warning at 20:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_SUPPLIES, "-H a --filled-warning 3:", "--filled-warning 3: alone leaves --filled-critical at 5:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_ALL, "-H a --filled-critical 10:", "--filled-critical 10: alone leaves --filled-warning at 10:, and what is CRITICAL would not be WARNING before; give both"},
	{PLUGIN_ALL, "-H a --supply tray:type:other=1:/", "--supply: this is about supplies, not trays"},
	{PLUGIN_ALL, "-H a --tray supply:x=1:/", "--tray: this is about trays, not supplies"},
	{PLUGIN_ALL, "-H a --days 7/14", "--days: '7/14' is not N or N/M days, from 1 to 1095, the fewer last: 14/7"},
	{PLUGIN_ALL, "-H a --days 0", "--days: '0' is not N or N/M days, from 1 to 1095, the fewer last: 14/7"},
	{PLUGIN_ALL, "-H a --days 14/", "--days: '14/' is not N or N/M days, from 1 to 1095, the fewer last: 14/7"},
	{PLUGIN_ALL, "-H a --output-format xml", "--output-format: 'xml' is no format: classic, multi-line or mp-test-json"},
	{PLUGIN_ALL, "-H a --counter tolal", "--counter: 'tolal' fits no counter; did you mean total?"},
	{PLUGIN_ALL, "--passive -H a", "--passive speaks of every printer in the store and takes no --hostname"},
	{PLUGIN_ALL, "-H a --service x", "--service needs --passive"},
	{PLUGIN_ALL, "-H a --host-by serial", "--host-by needs --passive"},
	{PLUGIN_ALL, "--passive --host-by mac", "--host-by: 'mac' is not name, hostname, address or serial"},
};
/* clang-format on */

TEST(a_mistake_is_one_sentence_that_says_what_to_do)
{
	struct run run;

	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		check_case(mistakes[i].words);
		take_words(&run, mistakes[i].check, mistakes[i].words);
		CHECK_INT(run.next, PLUGIN_WRONG);
		CHECK_STR(run.err.text, mistakes[i].sentence);
		end(&run);
	}
}

/* What the parsers of range.h, select.h and alerts.h say of it has tests of its own. */
TEST(what_is_no_range_no_selector_and_no_rule_is_refused)
{
	static const struct {
		const char *words, *begin, *has;
	} rows[] = {
		{"-H a -w 20:10", "--warning: '20:10'", "range"},
		{"-H a -c 5x", "--critical: '5x'", "range"},
		{"-H a --filled-warning nan", "--filled-warning: 'nan'", "range"},
		{"-H a --per-day 5", "--per-day: '5'", "pair"},
		{"-H a --supply x", "--supply: ", "x"},
		{"-H a --supply x=9:3/", "--supply: '9:3'", "range"},
		{"-H a --tray x", "--tray: ", "x"},
		{"-H a --include type:spaceship", "--include: ", "spaceship"},
		{"-H a --exclude colour:red", "--exclude: ", "colour:red"},
		{"-H a --alert cover-open", "--alert: ", "cover-open"},
		{"-H a --alert cover-open=bad", "--alert: ", "bad"},
		{"-H a --ignore severity:purple", "--ignore: ", "purple"},
	};
	struct run run;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].words);
		take_words(&run, PLUGIN_ALL, rows[i].words);
		CHECK_INT(run.next, PLUGIN_WRONG);
		CHECK(strncmp(run.err.text, rows[i].begin, strlen(rows[i].begin)) == 0);
		CHECK(strstr(run.err.text, rows[i].has) != NULL);
		end(&run);
	}
}

TEST(a_target_or_a_community_that_is_refused_is_not_repeated)
{
	static char longest[600];
	struct run run;

	take_words(&run, PLUGIN_ALL, "-H http://admin:hunter2@printer/");
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK(strncmp(run.err.text, "--hostname: ", 12) == 0);
	CHECK(strstr(run.err.text, "hunter2") == NULL);
	end(&run);
	memset(longest, 's', sizeof longest - 1);
	run.argc = 0;
	add(&run, "check");
	add(&run, "-C");
	add(&run, longest);
	take(&run, PLUGIN_ALL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK_STR(run.err.text, "--community is longer than 255 bytes");
	end(&run);
}

TEST(an_option_may_be_repeated_64_times_and_no_more)
{
	struct run run;

	run.argc = 0;
	add(&run, "check");
	add(&run, "-Ha");
	for (int i = 0; i < PLUGIN_LIST_MAX; i++)
		add(&run, "--exclude=x");
	take(&run, PLUGIN_ALL);
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK_INT(run.settings.exclude.n, PLUGIN_LIST_MAX);
	br_buf_clear(&run.out);
	add(&run, "--exclude=x");
	take(&run, PLUGIN_ALL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	CHECK_STR(run.err.text, "--exclude is given too often");
	end(&run);
}

TEST(who_asks_for_help_gets_it_whatever_else_is_wrong)
{
	struct run run;

	take_words(&run, PLUGIN_ALL, "-w 20:10 --extra-opts=x@/nonexistent -h");
	CHECK_INT(run.next, PLUGIN_TELL);
	end(&run);
	take_words(&run, PLUGIN_TRAYS, "-V");
	CHECK_INT(run.next, PLUGIN_TELL);
	CHECK_STR(run.out.data, "check_printer_trays " BR_VERSION " (Brayer)\n");
	end(&run);
	/* But not where it is a value. */
	take_words(&run, PLUGIN_ALL, "-H a --profile -h");
	CHECK_INT(run.next, PLUGIN_GO);
	CHECK_STR(run.settings.profile, "-h");
	end(&run);
}

TEST(no_words_at_all_are_no_crash)
{
	struct run run = {.argc = 0};

	run.argv[0] = NULL;
	take(&run, PLUGIN_ALL);
	CHECK_INT(run.next, PLUGIN_WRONG);
	end(&run);
}
