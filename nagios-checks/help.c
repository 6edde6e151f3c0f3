/*
 * help.c - --help and --usage from the table of options, in 80 columns.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 79, HELP_AT = 28 };

/* Words from column at on, further lines indented to it. Begins where the line stands. */
static void wrap(struct br_buf *out, size_t at, const char *text)
{
	struct br_view rest = br_view(text);
	size_t column = at;

	while (rest.len) {
		const char *blank = memchr(rest.at, ' ', rest.len);
		size_t len = blank ? (size_t)(blank - rest.at) : rest.len;

		if (column > at && column + 1 + len > WIDTH) {
			br_buf_format(out, "\n%*s", (int)at, "");
			column = at;
		} else if (column > at) {
			br_buf_char(out, ' ');
			column++;
		}
		br_buf_add(out, rest.at, len);
		column += len;
		rest.at += len + (blank != NULL);
		rest.len -= len + (blank != NULL);
	}
	br_buf_char(out, '\n');
}

/* What stands between the name of an option and its value. */
static const char *before_value(const struct plugin_option *option)
{
	if (!option->value)
		return "";
	return option->kind == PLUGIN_EXTRA ? "=" : " ";
}

static void tell_option(struct br_buf *out, const struct plugin_option *option)
{
	char left[80], letter[8] = "    ";
	int len;

	if (option->letter)
		snprintf(letter, sizeof letter, "-%c, ", option->letter);
	len = snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name,
		       before_value(option), option->value ? option->value : "");
	br_buf_text(out, left);
	if (len + 2 > HELP_AT)
		br_buf_format(out, "\n%*s", HELP_AT, "");
	else
		br_buf_format(out, "%*s", HELP_AT - len, "");
	wrap(out, HELP_AT, option->help);
}

/* clang-format off */
static const char *const titles[PLUGIN_SECTIONS] = {
	[PLUGIN_OF_TARGET]      = "The printer",
	[PLUGIN_OF_CREDENTIALS] = "Credentials",
	[PLUGIN_OF_TIME]        = "Time, and a printer that does not answer",
	[PLUGIN_OF_STORE]       = "The collector's store",
	[PLUGIN_OF_CHOICE]      = "Which of them",
	[PLUGIN_OF_SUPPLIES]    = "Supplies",
	[PLUGIN_OF_STATUS]      = "Status",
	[PLUGIN_OF_TRAYS]       = "Trays",
	[PLUGIN_OF_PAGES]       = "Pages",
	[PLUGIN_OF_OUTPUT]      = "Output",
};
/* clang-format on */

static void tell_section(struct br_buf *out, enum plugin_section section, unsigned check)
{
	bool begun = false;

	for (size_t i = 0; i < plugin_options_count; i++) {
		if (plugin_options[i].section != section || !(plugin_options[i].checks & check))
			continue;
		if (!begun)
			br_buf_format(out, "\n%s:\n", titles[section]);
		begun = true;
		tell_option(out, &plugin_options[i]);
	}
}

/* What several options have in common. */
static const struct paragraph {
	unsigned checks;
	const char *title, *text;
} paragraphs[] = {
	{PLUGIN_EVERY & ~(unsigned)(PLUGIN_STATUS | PLUGIN_ALIVE), "Ranges",
	 "[@][START:]END, as the plugin guidelines have them: -w 20: alerts below 20; -w 20 "
	 "would "
	 "alert above 20 (and below 0); 5:10 alerts outside of it, @5:10 inside. A percentage "
	 "is "
	 "always what remains, of a waste box the room that remains: low is bad, so write the "
	 "colon."},
	{PLUGIN_SUPPLIES | PLUGIN_ALL, "Thresholds of supplies",
	 "Who gives one of two keeps the default of the other, and is told where they do not "
	 "go "
	 "together: -w 5: alone would leave -c 10:."},
	{PLUGIN_SUPPLIES | PLUGIN_TRAYS | PLUGIN_ALL, "Selectors",
	 "toner-* by the id that -vv shows, with * and ? as in a shell; type:fuser by the "
	 "standard's name of its type. tray:tray-2 is a tray or bin by its id or the printer's "
	 "own "
	 "name for it, tray:type:mail-box one by type; supply:* a supply. Without tray: or "
	 "supply: it "
	 "is what the check is about; in check_printer_all a supply, but of --tray a tray."},
	{PLUGIN_STATUS | PLUGIN_ALL, "Selectors of alerts",
	 "1104, cover-* (the code or its name in the IANA-PRINTER-MIB), severity:warning, "
	 "training:field-service, group:input, text:*fuser* (the printer's own words). Names "
	 "also "
	 "fit error bits (service-requested) and covers (cover-open)."},
	{PLUGIN_EVERY, "States",
	 "ok, warning, critical or unknown. A printer that does not answer at all is "
	 "\"offline\": "
	 "unknown by default, since most are switched off at night; --offline-state=ok keeps "
	 "that "
	 "quiet. An answer that is not complete is never ok."},
	{PLUGIN_EVERY, "Secrets",
	 "A profile of brayer.conf keeps them: --profile NAME. Or an ini file, which others "
	 "must "
	 "not read: authpasswd = and privpasswd = below [SECTION], for "
	 "--extra-opts=SECTION@FILE. "
	 "Without @FILE it is looked for as the monitoring-plugins do: MP_CONFIG_FILE, then "
	 "NAGIOS_CONFIG_PATH, then /etc/monitoring-plugins/monitoring-plugins.ini and so on."},
	{PLUGIN_EVERY, "Exit codes",
	 "0 ok, 1 warning, 2 critical, 3 unknown, and also help, version and mistakes."},
};

static const struct {
	unsigned check;
	const char *options;
} examples[] = {
	{PLUGIN_ALL, " -H 192.0.2.10 -w 15: -c 5: --exclude tray:tray-3"},
	{PLUGIN_SUPPLIES, " -H 192.0.2.10 -w 15: -c 5: --supply 'drum-*=5:/2:'"},
	{PLUGIN_STATUS, " -H 192.0.2.10 --alert cover-open=ok"},
	{PLUGIN_TRAYS, " -H 192.0.2.10 -w 10: --exclude tray-4"},
	{PLUGIN_PAGES, " -H 192.0.2.10 --per-day 500/1000"},
	{PLUGIN_ALIVE, " -H 192.0.2.10 --offline-state critical --max-age 0"},
};

static void tell_example(struct br_buf *out, const struct plugin_check *check)
{
	br_buf_text(out, "\nExample:\n");
	for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
		if (examples[i].check == check->check)
			br_buf_format(out, "  %s%s\n", check->name, examples[i].options);
	br_buf_format(out, "\nThe manual is %s(1).\n", check->name);
}

void plugin_help(struct br_buf *out, const struct plugin_check *check)
{
	br_buf_format(out, "%s %s (Brayer)\n", check->name, BR_VERSION);
	br_buf_format(out, "%s\n\n", check->summary);
	br_buf_format(out, "usage: %s -H HOST [OPTION...]\n", check->name);
	for (int section = 0; section < PLUGIN_SECTIONS; section++)
		tell_section(out, (enum plugin_section)section, check->check);
	for (size_t i = 0; i < sizeof paragraphs / sizeof paragraphs[0]; i++) {
		if (!(paragraphs[i].checks & check->check))
			continue;
		br_buf_format(out, "\n%s:\n  ", paragraphs[i].title);
		wrap(out, 2, paragraphs[i].text);
	}
	tell_example(out, check);
}

/* "-H HOST", "[-v]", "[--days N[/M]]" */
static size_t usage_word(char *out, size_t size, const struct plugin_option *option)
{
	bool needed = option->kind == PLUGIN_TARGET;
	const char letter[2] = {option->letter, '\0'};
	int len = snprintf(out, size, "%s%s%s%s%s%s", needed ? "" : "[",
			   option->letter ? "-" : "--", option->letter ? letter : option->name,
			   before_value(option), option->value ? option->value : "",
			   needed ? "" : "]");

	return len > 0 ? (size_t)len : 0;
}

/* Every option that a command line takes; what they mean does not fit into 23 lines. */
void plugin_usage(struct br_buf *out, const struct plugin_check *check)
{
	size_t indent = strlen("usage: ") + strlen(check->name), column = indent;

	br_buf_format(out, "usage: %s", check->name);
	for (size_t i = 0; i < plugin_options_count; i++) {
		const struct plugin_option *option = &plugin_options[i];
		char word[80];
		size_t len;

		if (!(option->checks & check->check) || option->kind == PLUGIN_SECRET ||
		    option->letter == '?')
			continue;
		len = usage_word(word, sizeof word, option);
		if (column + 1 + len > WIDTH) {
			br_buf_format(out, "\n%*s", (int)indent, "");
			column = indent;
		}
		br_buf_format(out, " %s", word);
		column += 1 + len;
	}
	br_buf_format(out, "\n%s --help says what they mean.\n", check->name);
}
