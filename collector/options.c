/*
 * options.c - options by table, so that help cannot forget one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT(member)   offsetof(struct collector_given, member)

/* clang-format off */
static const struct option {
	const char *name;
	char letter;
	const char *value;
	size_t at;
	const char *help;
} options[] = {
	{"config",     'c', "FILE", AT(config),     "this file instead of the usual brayer.conf"},
	{"check",      0,   NULL,   AT(check),      "read the configuration, say what is wrong, and end"},
	{"once",       0,   NULL,   AT(once),       "read everything once, and end"},
	{"foreground", 'f', NULL,   AT(foreground), "stay in the foreground, which it always does"},
	{"verbose",    'v', NULL,   AT(verbose),    "also each printer that does not answer"},
	{"help",       'h', NULL,   AT(help),       "this text"},
	{"version",    'V', NULL,   AT(version),    "the version"},
};
/* clang-format on */

static const struct option *find(struct br_view word)
{
	for (size_t i = 0; i < COUNT(options); i++) {
		struct br_view bare = {word.at + 2, word.len < 2 ? 0 : word.len - 2};

		if (word.len == 2 && options[i].letter && word.at[1] == options[i].letter)
			return &options[i];
		if (word.len > 2 && word.at[1] == '-' && br_view_is(bare, options[i].name))
			return &options[i];
	}
	return NULL;
}

static bool unknown(struct br_view word, struct br_error *err)
{
	const char *names[COUNT(options) + 1] = {NULL}, *nearest = NULL;

	for (size_t i = 0; i < COUNT(options); i++)
		names[i] = options[i].name;
	if (word.len > 2)
		nearest = br_text_nearest((struct br_view){word.at + 2, word.len - 2}, names);
	br_fail(err, BR_E_SYNTAX, "%.*s is no option here%s%s%s",
		word.len < 40 ? (int)word.len : 40, word.at, nearest ? "; did you mean --" : "",
		nearest ? nearest : "", nearest ? "?" : "");
	return false;
}

bool collector_options_take(struct collector_given *given, int argc, char **argv,
			    struct br_error *err)
{
	*given = (struct collector_given){0};
	for (int i = 1; i < argc; i++) {
		const char *equals = argv[i][0] == '-' ? strchr(argv[i], '=') : NULL;
		struct br_view word = {argv[i],
				       equals ? (size_t)(equals - argv[i]) : strlen(argv[i])};
		const struct option *option = argv[i][0] == '-' ? find(word) : NULL;
		const char *value = equals ? equals + 1 : NULL;

		if (argv[i][0] != '-') {
			br_fail(err, BR_E_SYNTAX,
				"brayerd takes options only; printers stand "
				"in brayer.conf");
			return false;
		}
		if (!option)
			return unknown(word, err);
		if (!option->value && equals) {
			br_fail(err, BR_E_SYNTAX, "--%s takes no value", option->name);
			return false;
		}
		if (!option->value) {
			*(bool *)((char *)given + option->at) = true;
			continue;
		}
		if (!equals)
			value = argv[++i]; /* argv ends with NULL */
		if (!value || !*value) {
			br_fail(err, BR_E_SYNTAX, "--%s needs a value: --%s %s", option->name,
				option->name, option->value);
			return false;
		}
		*(const char **)((char *)given + option->at) = value;
	}
	return true;
}

void collector_options_help(struct br_buf *out)
{
	br_buf_text(out, "Usage: brayerd [OPTION...]\n\n"
			 "Reads the printers of brayer.conf on schedule into the store.\n\n");
	for (size_t i = 0; i < COUNT(options); i++) {
		size_t start = out->len;

		br_buf_text(out, "  ");
		if (options[i].letter)
			br_buf_format(out, "-%c, ", options[i].letter);
		else
			br_buf_text(out, "    ");
		br_buf_format(out, "--%s%s%s", options[i].name, options[i].value ? " " : "",
			      options[i].value ? options[i].value : "");
		while (out->status == BR_OK && out->len - start < 26)
			br_buf_char(out, ' ');
		br_buf_format(out, "%s\n", options[i].help);
	}
	br_buf_text(out, "\nSIGHUP reads brayer.conf again, SIGUSR1 says how it goes, SIGTERM "
			 "ends it.\nThe manual is brayerd(8).\n");
}
