/*
 * options.c - words of a command line and lines of its files, by the table. Not getopt: it can
 * neither say which check takes what, nor name the nearest of a mistyped one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "extra_opts.h"
#include "options_inside.h"

#include <stdio.h>
#include <string.h>

enum { OPTIONS_MAX = 96, WORD_SHOWN = 40 };

const struct plugin_option *plugin_option_named(struct br_view name, unsigned check)
{
	for (size_t i = 0; i < plugin_options_count; i++)
		if (plugin_options[i].checks & check &&
		    br_view_is(name, plugin_options[i].name))
			return &plugin_options[i];
	return NULL;
}

const struct plugin_option *plugin_option_lettered(char letter, unsigned check)
{
	for (size_t i = 0; letter && i < plugin_options_count; i++)
		if (plugin_options[i].checks & check && plugin_options[i].letter == letter)
			return &plugin_options[i];
	return NULL;
}

/* "check_printer_trays and check_printer_all". */
static void name_checks(char *out, size_t size, unsigned checks)
{
	size_t used = 0;

	out[0] = '\0';
	for (unsigned bit = 1; bit <= PLUGIN_ALL; bit <<= 1) {
		for (size_t i = 0; checks & bit && plugin_checks[i].name; i++) {
			if (plugin_checks[i].check != bit || used >= size)
				continue;
			used += (size_t)snprintf(out + used, size - used, "%s%s",
						 !used                ? ""
						 : checks >= bit << 1 ? ", "
								      : " and ",
						 plugin_checks[i].name);
		}
	}
}

enum br_status plugin_option_unknown(const char *place, struct br_view word, unsigned check,
				     struct br_error *err)
{
	const char *names[OPTIONS_MAX + 1] = {NULL}, *nearest;
	const char *dashes = *place ? "" : word.len == 1 ? "-" : "--";
	unsigned elsewhere = 0;
	char checks[160];
	size_t n = 0;

	for (size_t i = 0; i < plugin_options_count && n < OPTIONS_MAX; i++) {
		const struct plugin_option *option = &plugin_options[i];

		if (option->checks & check)
			names[n++] = option->name;
		else if (word.len == 1 ? word.at[0] == option->letter
				       : br_view_is(word, option->name))
			elsewhere |= option->checks;
	}
	if (elsewhere) {
		name_checks(checks, sizeof checks, elsewhere);
		return br_fail(err, BR_E_SYNTAX, "%s%s%.*s is an option of %s", place, dashes,
			       (int)word.len, word.at, checks);
	}
	nearest = word.len > 1 ? br_text_nearest(word, names) : NULL;
	return br_fail(err, BR_E_SYNTAX, "%s%s%.*s is no option of this check%s%s%s%s", place,
		       dashes, (int)(word.len < WORD_SHOWN ? word.len : WORD_SHOWN), word.at,
		       nearest ? "; did you mean " : "", nearest ? dashes : "",
		       nearest ? nearest : "", nearest ? "?" : "");
}

/* A command line while it is read: which word, and where in a bundle of letters. */
struct words {
	int argc, i;
	char **argv;
	const char *bundle;
	unsigned check;
};

struct word {
	const struct plugin_option *option;
	const char *value; /* NULL: none */
};

static enum br_status next_long(struct words *words, struct word *word, struct br_error *err)
{
	const char *text = words->argv[words->i++] + 2;
	struct br_view name = {text, strcspn(text, "=")};

	word->option = plugin_option_named(name, words->check);
	if (!word->option)
		return plugin_option_unknown("", name, words->check, err);
	if (text[name.len])
		word->value = text + name.len + 1;
	else if (word->option->value && word->option->kind != PLUGIN_EXTRA &&
		 words->i < words->argc)
		word->value = words->argv[words->i++];
	if (text[name.len] && !word->option->value)
		return br_fail(err, BR_E_SYNTAX, "--%s takes no value", word->option->name);
	return BR_OK;
}

static enum br_status next_letter(struct words *words, struct word *word, struct br_error *err)
{
	const char *letter = words->bundle++;

	word->option = plugin_option_lettered(*letter, words->check);
	if (!word->option)
		return plugin_option_unknown("", (struct br_view){letter, 1}, words->check,
					     err);
	if (!word->option->value) {
		if (!*words->bundle)
			words->bundle = NULL;
		return BR_OK;
	}
	word->value = *words->bundle ? words->bundle : NULL;
	words->bundle = NULL;
	if (!word->value && words->i < words->argc)
		word->value = words->argv[words->i++];
	return BR_OK;
}

/* What is no option may be a secret that lost its option: it is counted, not shown. */
static enum br_status operand(const struct words *words, struct br_error *err)
{
	return br_fail(err, BR_E_SYNTAX,
		       "argument %d belongs to no option, and operands are not taken",
		       words->i);
}

/* The next option; word->option is NULL behind the last. */
static enum br_status next(struct words *words, struct word *word, struct br_error *err)
{
	const char *text;

	*word = (struct word){NULL, NULL};
	if (words->bundle)
		return next_letter(words, word, err);
	if (words->i >= words->argc)
		return BR_OK;
	text = words->argv[words->i];
	if (text[0] != '-' || text[1] == '\0')
		return operand(words, err);
	if (text[1] != '-') {
		words->bundle = text + 1;
		words->i++;
		return next_letter(words, word, err);
	}
	if (text[2] != '\0')
		return next_long(words, word, err);
	words->i++; /* "--" */
	return words->i < words->argc ? operand(words, err) : BR_OK;
}

/* One run over the options, of the command line or of a section. */
struct taker {
	struct plugin_settings *settings;
	const struct plugin_check *check;
	size_t before[OPTIONS_MAX]; /* what each list had before this source */
};

static void begin_source(struct taker *taker)
{
	for (size_t i = 0; i < plugin_options_count; i++) {
		const struct plugin_list *list =
			plugin_option_list(taker->settings, &plugin_options[i]);

		taker->before[i] = list ? list->n : 0;
	}
}

/* Moves the n entries at the front behind the others. */
static void turn(struct plugin_list *list, size_t n)
{
	const char *front[PLUGIN_LIST_MAX];

	memcpy(front, list->at, n * sizeof front[0]);
	memmove(list->at, list->at + n, (list->n - n) * sizeof front[0]);
	memcpy(list->at + list->n - n, front, n * sizeof front[0]);
}

/* In a list the first that fits decides, and a later source has the last word: it goes first.
 */
static void end_source(struct taker *taker)
{
	for (size_t i = 0; i < plugin_options_count; i++) {
		struct plugin_list *list =
			plugin_option_list(taker->settings, &plugin_options[i]);

		if (list && plugin_options[i].checks & taker->check->check &&
		    taker->before[i] && list->n > taker->before[i])
			turn(list, taker->before[i]);
	}
}

/* A key that cannot be an option's name is not shown. */
static bool is_plain(struct br_view key)
{
	for (size_t i = 0; i < key.len; i++) {
		char c = key.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'))
			return false;
	}
	return key.len <= WORD_SHOWN;
}

static enum br_status take_line(void *user, const struct plugin_extra_line *line,
				struct br_error *err)
{
	const struct plugin_origin origin = {line->file, line->line, line->open};
	struct taker *taker = user;
	unsigned check = taker->check->check;
	const struct plugin_option *option =
		line->key.len == 1 ? plugin_option_lettered(line->key.at[0], check)
				   : plugin_option_named(line->key, check);
	char place[200];

	if (option)
		return plugin_option_set(taker->settings, option, line->value, &origin, err);
	snprintf(place, sizeof place, "%.180s:%u: ", line->file, line->line);
	if (line->bare || !is_plain(line->key))
		return br_fail(err, BR_E_SYNTAX,
			       "%sneither an option nor [section] nor a comment", place);
	return plugin_option_unknown(place, line->key, check, err);
}

static enum br_status take_file(struct taker *taker, const char *locator,
				const struct plugin_environment *environment,
				struct plugin_files *files, struct br_error *err)
{
	enum br_status status;

	if (locator && !*locator)
		locator = NULL;
	begin_source(taker);
	status = plugin_extra_load(files, environment, locator, taker->check->name, take_line,
				   taker, err);
	end_source(taker);
	return status;
}

static void tell(struct br_buf *out, const struct plugin_check *check,
		 const struct plugin_option *option)
{
	if (option->letter == 'V')
		br_buf_format(out, "%s %s (Brayer)\n", check->name, BR_VERSION);
	else if (option->letter == 'h')
		plugin_help(out, check);
	else
		plugin_usage(out, check);
}

/* Who gives one threshold of two does not think of the other. */
static enum br_status check_pair(const struct plugin_thresholds *pair, const char *name,
				 struct br_error *err)
{
	const bool warning = !pair->warning.usual;
	const struct br_view given = warning ? pair->warning.text : pair->critical.text;
	const struct br_view usual = warning ? pair->critical.text : pair->warning.text;

	if (!plugin_thresholds_clash(pair))
		return BR_OK;
	return br_fail(
		err, BR_E_SYNTAX,
		"--%s%s %.*s alone leaves --%s%s at %.*s, and what is CRITICAL would not "
		"be WARNING before; give both",
		name, warning ? "warning" : "critical", (int)given.len, given.at, name,
		warning ? "critical" : "warning", (int)usual.len, usual.at);
}

/* What goes together. */
static enum br_status check_whole(const struct plugin_settings *settings, struct br_error *err)
{
	if (settings->passive && settings->host)
		return br_fail(err, BR_E_SYNTAX,
			       "--passive speaks of every printer in the store and takes no "
			       "--hostname");
	if (!settings->passive && !settings->host)
		return br_fail(err, BR_E_SYNTAX,
			       "-H HOST is missing: which printer is to be checked?");
	if (!settings->passive && (settings->service || settings->host_by))
		return br_fail(err, BR_E_SYNTAX, "--%s needs --passive",
			       settings->service ? "service" : "host-by");
	if (check_pair(&settings->supplies, "", err) != BR_OK)
		return BR_E_SYNTAX;
	return check_pair(&settings->filled, "filled-", err);
}

enum plugin_next plugin_options_take(struct plugin_settings *settings,
				     const struct plugin_check *check,
				     const struct plugin_environment *environment, int argc,
				     char **argv, struct plugin_files *files,
				     struct br_buf *out, struct br_error *err)
{
	const struct words begin = {.argc = argc, .i = 1, .argv = argv, .check = check->check};
	static const struct plugin_origin here = {NULL, 0, false};
	struct taker taker = {.settings = settings, .check = check};
	enum br_status status = BR_OK;
	struct words words;
	struct word word;

	files->n = 0;
	plugin_settings_init(settings, check->check);
	/* Who asks for help gets it, whatever is wrong with a value or a file. */
	for (words = begin; (status = next(&words, &word, err)) == BR_OK && word.option;) {
		if (word.option->kind == PLUGIN_ABOUT) {
			tell(out, check, word.option);
			return PLUGIN_TELL;
		}
	}
	for (words = begin;
	     status == BR_OK && next(&words, &word, err) == BR_OK && word.option;)
		if (word.option->kind == PLUGIN_EXTRA)
			status = take_file(&taker, word.value, environment, files, err);
	begin_source(&taker);
	for (words = begin;
	     status == BR_OK && next(&words, &word, err) == BR_OK && word.option;)
		if (word.option->kind != PLUGIN_EXTRA)
			status = plugin_option_set(settings, word.option, word.value, &here,
						   err);
	end_source(&taker);
	if (status == BR_OK)
		status = check_whole(settings, err);
	return status == BR_OK ? PLUGIN_GO : PLUGIN_WRONG;
}
