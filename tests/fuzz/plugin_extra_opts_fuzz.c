/*
 * plugin_extra_opts_fuzz.c - any text as a file of --extra-opts: values stay inside of it, keys
 * are not empty, and the sentence of what is refused has file and line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/extra_opts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool so)
{
	if (!so)
		__builtin_trap();
}

struct text {
	const char *at;
	size_t len;
	unsigned line;
};

static enum br_status hear(void *user, const struct plugin_extra_line *line,
			   struct br_error *err)
{
	struct text *text = user;

	(void)err;
	demand(line->line > text->line);
	text->line = line->line;
	demand(line->key.len > 0 && line->key.at >= text->at &&
	       line->key.at + line->key.len <= text->at + text->len);
	demand(!line->value || !line->bare);
	demand(!line->value || (*line->value && line->value > line->key.at &&
				line->value + strlen(line->value) <= text->at + text->len));
	return BR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct plugin_extra_line from = {.file = "f"};
	struct br_error err = {""};
	char *copy = malloc(size + 1);
	struct text text = {copy, size, 0};
	enum br_status status;

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	copy[size] = '\0';
	status = plugin_extra_parse(copy, size, &from, "me", hear, &text, &err);
	demand((status == BR_OK) == (err.text[0] == '\0'));
	demand(status == BR_OK || strncmp(err.text, "f:", 2) == 0);
	free(copy);
	return 0;
}
