/*
 * extra_opts.c - which file, which section, which lines; what they mean is options.c's
 * business.
 *
 * SPDX-License-Identifier: MIT
 */
#include "extra_opts.h"

#include <stdio.h>
#include <string.h>

enum { SECTIONS_NAMED = 64, PATH_SIZE = 1024, SECTION_SIZE = 128 };

void plugin_files_clear(struct plugin_files *files)
{
	for (size_t i = 0; i < files->n; i++)
		br_file_clear(&files->at[i]);
	files->n = 0;
}

struct parser {
	struct plugin_extra_line line;
	const char *section;
	bool begun, inside, found;
	size_t n_named; /* the sections that are there, for who mistyped one */
	const char *named[SECTIONS_NAMED + 1];
};

static enum br_status complain(const struct parser *parser, const char *sentence,
			       struct br_error *err)
{
	return br_fail(err, BR_E_SYNTAX, "%s:%u: %s", parser->line.file, parser->line.line,
		       sentence);
}

/* Ends a view where it ends: what stands there is a line end, a blank, a ']' or the NUL. */
static const char *ended(struct br_view view)
{
	char *at = (char *)(uintptr_t)view.at; /* of a text that is ours to change */

	at[view.len] = '\0';
	return at;
}

/* Only a comment may stand behind the ']'. */
static enum br_status take_section(struct parser *parser, struct br_view text,
				   struct br_error *err)
{
	const char *close = memchr(text.at, ']', text.len);
	struct br_view inner, rest;
	const char *name;

	if (!close)
		return complain(parser, "a section has a ']' at its end", err);
	inner = br_view_trim((struct br_view){text.at + 1, (size_t)(close - text.at) - 1});
	rest = (struct br_view){close + 1, text.len - (size_t)(close - text.at) - 1};
	rest = br_view_trim(rest);
	if (inner.len == 0)
		return complain(parser, "a section without a name", err);
	if (rest.len && rest.at[0] != '#' && rest.at[0] != ';')
		return complain(parser, "a section has nothing behind its ']'", err);
	name = ended(inner);
	parser->begun = true;
	parser->inside = strcmp(name, parser->section) == 0;
	parser->found = parser->found || parser->inside;
	if (parser->n_named < SECTIONS_NAMED)
		parser->named[parser->n_named++] = name;
	return BR_OK;
}

/* Without the comment that begins with a '#' behind a blank. */
static struct br_view without_comment(struct br_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '#' && i && (text.at[i - 1] == ' ' || text.at[i - 1] == '\t'))
			text.len = i;
	return br_view_trim(text);
}

static bool has_control(struct br_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (((unsigned char)text.at[i] < 0x20 && text.at[i] != '\t') ||
		    text.at[i] == 0x7f)
			return true;
	return false;
}

static enum br_status take_line(struct parser *parser, struct br_view text,
				plugin_extra_fn each, void *user, struct br_error *err)
{
	const char *equals = memchr(text.at, '=', text.len);
	size_t before = equals ? (size_t)(equals - text.at) : text.len;
	struct br_view value = {text.at + before, text.len - before};

	parser->line.bare = equals == NULL;
	parser->line.key = br_view_trim((struct br_view){text.at, before});
	if (!equals)
		parser->line.key = without_comment(parser->line.key);
	if (parser->line.key.len == 0)
		return complain(parser, "nothing stands before the '='", err);
	parser->line.value = NULL;
	if (equals) {
		/* From the '=' on, since a '#' may follow it with nothing but a blank between.
		 */
		value = without_comment(value);
		value = br_view_trim((struct br_view){value.at + 1, value.len - 1});
	}
	if (value.len)
		parser->line.value = ended(value);
	return each(user, &parser->line, err);
}

static enum br_status absent(const struct parser *parser, struct br_error *err)
{
	const char *nearest = br_text_nearest(br_view(parser->section), parser->named);

	return br_fail(err, BR_E_ABSENT, "%s: there is no section [%.80s]%s%s%s",
		       parser->line.file, parser->section, nearest ? "; did you mean [" : "",
		       nearest ? nearest : "", nearest ? "]?" : "");
}

enum br_status plugin_extra_parse(char *text, size_t len, const struct plugin_extra_line *from,
				  const char *section, plugin_extra_fn each, void *user,
				  struct br_error *err)
{
	struct parser parser = {.line = *from, .section = section};
	struct br_view rest = {text, len}, line;
	enum br_status status = BR_OK;

	if (rest.len >= 3 && memcmp(rest.at, "\xef\xbb\xbf", 3) == 0) /* an editor's mark */
		rest = (struct br_view){rest.at + 3, rest.len - 3};
	while (status == BR_OK && br_view_line(&rest, &line)) {
		parser.line.line++;
		line = br_view_trim(line);
		if (line.len == 0 || line.at[0] == '#' || line.at[0] == ';')
			continue;
		if ((line.at[0] == '[' || parser.inside) && has_control(line))
			status = complain(&parser, "a control character stands in this line",
					  err);
		else if (line.at[0] == '[')
			status = take_section(&parser, line, err);
		else if (parser.inside)
			status = take_line(&parser, line, each, user, err);
		else if (!parser.begun)
			status = complain(&parser, "an option before the first [section]", err);
	}
	return status == BR_OK && !parser.found ? absent(&parser, err) : status;
}

/* Where the monitoring-plugins look, in their order; then where Nagios' own plugins do. */
static const char *const usual[] = {
	"/usr/local/etc/monitoring-plugins/monitoring-plugins.ini",
	"/usr/local/etc/monitoring-plugins.ini",
	"/etc/monitoring-plugins/monitoring-plugins.ini",
	"/etc/monitoring-plugins.ini",
	"/usr/local/nagios/etc/plugins.ini",
	"/usr/local/etc/nagios/plugins.ini",
	"/etc/nagios/plugins.ini",
	"/etc/opt/nagios/plugins.ini",
	"/usr/local/etc/nagios-plugins.ini",
	"/etc/nagios-plugins.ini",
	"/etc/opt/nagios-plugins.ini",
	NULL,
};
static const char *const usual_names[] = {"monitoring-plugins.ini", "plugins.ini",
					  "nagios-plugins.ini", NULL};

/* One file after the last. BR_E_ABSENT: it is not there. */
static enum br_status read_file(struct plugin_files *files, const char *path,
				struct br_error *err)
{
	struct br_file *file = &files->at[files->n];
	enum br_status status;

	if (files->n == PLUGIN_FILES_MAX)
		return br_fail(err, BR_E_LIMIT, "--extra-opts is given more than %d times",
			       PLUGIN_FILES_MAX);
	status = br_file_read(file, path, PLUGIN_EXTRA_BYTES, err);
	if (status != BR_OK)
		return status;
	files->n++;
	if (file->others_may_write)
		return br_fail(err, BR_E_FILE, "%s: others may write this file: chmod o-w it",
			       path);
	return BR_OK;
}

/* One directory of a list with colons, under each of the usual names. */
static enum br_status look_in(char path[PATH_SIZE], struct plugin_files *files,
			      struct br_view directory, struct br_error *err)
{
	enum br_status status = BR_E_ABSENT;

	for (size_t i = 0; usual_names[i] && status == BR_E_ABSENT; i++) {
		int wrote =
			snprintf(path, (size_t)PATH_SIZE, "%.*s/%s",
				 (int)(directory.len < PATH_SIZE ? directory.len : PATH_SIZE),
				 directory.at, usual_names[i]);

		if (wrote > 0 && (size_t)wrote < (size_t)PATH_SIZE)
			status = read_file(files, path, err);
	}
	return status;
}

static enum br_status look_through(char path[PATH_SIZE], struct plugin_files *files,
				   const char *list, struct br_error *err)
{
	enum br_status status = BR_E_ABSENT;

	while (*list && status == BR_E_ABSENT) {
		struct br_view directory = {list, strcspn(list, ":")};

		if (directory.len)
			status = look_in(path, files, directory, err);
		list += directory.len + (list[directory.len] == ':');
	}
	return status;
}

/* The first that is there; a file that is there and cannot be used is no reason to go on. */
static enum br_status find(char path[PATH_SIZE], struct plugin_files *files,
			   const struct plugin_environment *environment, struct br_error *err)
{
	enum br_status status = BR_E_ABSENT;

	if (environment->mp_config_file && *environment->mp_config_file) {
		br_text_copy(path, (size_t)PATH_SIZE, br_view(environment->mp_config_file));
		return read_file(files, environment->mp_config_file, err);
	}
	if (environment->nagios_config_path)
		status = look_through(path, files, environment->nagios_config_path, err);
	for (size_t i = 0; usual[i] && status == BR_E_ABSENT; i++) {
		br_text_copy(path, (size_t)PATH_SIZE, br_view(usual[i]));
		status = read_file(files, usual[i], err);
	}
	if (status == BR_E_ABSENT)
		return br_fail(err, BR_E_FILE,
			       "--extra-opts: no monitoring-plugins.ini, plugins.ini or "
			       "nagios-plugins.ini in the usual places; name one: "
			       "--extra-opts=@FILE");
	return status;
}

enum br_status plugin_extra_load(struct plugin_files *files,
				 const struct plugin_environment *environment,
				 const char *locator, const char *name, plugin_extra_fn each,
				 void *user, struct br_error *err)
{
	const char *at = locator ? strchr(locator, '@') : NULL;
	struct br_view section = br_view(locator ? locator : "");
	char section_text[SECTION_SIZE];
	struct plugin_extra_line from = {.line = 0};
	enum br_status status;
	char path[PATH_SIZE];

	if (at)
		section.len = (size_t)(at - locator);
	if (!br_text_copy(section_text, sizeof section_text,
			  section.len ? br_view_trim(section) : br_view(name)))
		return br_fail(err, BR_E_LIMIT, "--extra-opts: the section's name is too long");
	if (at && !at[1])
		return br_fail(err, BR_E_SYNTAX, "--extra-opts: no file behind the '@'");
	if (at && !br_text_copy(path, sizeof path, br_view(at + 1)))
		return br_fail(err, BR_E_LIMIT, "--extra-opts: the file's name is too long");
	status = at ? read_file(files, path, err) : find(path, files, environment, err);
	if (status != BR_OK)
		return status;
	from.file = path;
	from.open = files->at[files->n - 1].others_may_read;
	return plugin_extra_parse(files->at[files->n - 1].data, files->at[files->n - 1].len,
				  &from, section_text, each, user, err);
}
