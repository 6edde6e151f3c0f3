/*
 * plugin_options_fuzz.c - any words as the options of a check: what is taken keeps to its
 * limits, what is refused has a sentence. The first byte says which check; each line is a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/options.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS_MAX = 80 };

static void demand(bool so)
{
	if (!so)
		__builtin_trap();
}

static void check_settings(const struct plugin_settings *settings)
{
	demand((settings->host != NULL) != settings->passive);
	demand(settings->timeout_ms >= 100 && settings->timeout_ms <= 600000);
	demand(settings->max_age_s >= 0 && settings->look.verbose <= 3);
	demand(settings->days_critical <= settings->days_warning);
	demand(!settings->auth_password && !settings->priv_password);
	demand(settings->supply.n <= PLUGIN_LIST_MAX && settings->alert.n <= PLUGIN_LIST_MAX);
	demand(!plugin_thresholds_clash(&settings->supplies));
	demand(!plugin_thresholds_clash(&settings->filled));
	demand(!settings->offline_last || settings->offline_state == PLUGIN_UNKNOWN);
}

/* In a block of its exact size. No word names a file that --extra-opts would read. */
static char *copy(struct br_view line)
{
	char *word = br_view_contains(line, "extra") ? NULL : malloc(line.len + 1);

	if (word)
		br_text_copy(word, line.len + 1, line);
	return word;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct plugin_environment nothing;
	struct br_view rest = {(const char *)data + 1, size ? size - 1 : 0}, line;
	char name[] = "check", *argv[WORDS_MAX + 1] = {name};
	struct plugin_settings settings;
	struct plugin_files files;
	struct br_error err = {""};
	struct br_buf out;
	int argc = 1;

	if (size == 0)
		return 0;
	br_buf_init(&out, 1 << 20);
	while (argc < WORDS_MAX && br_view_line(&rest, &line) && (argv[argc] = copy(line)))
		argc++;
	argv[argc] = NULL;
	switch (plugin_options_take(&settings, &plugin_checks[data[0] % 5], &nothing, argc,
				    argv, &files, &out, &err)) {
	case PLUGIN_GO:
		check_settings(&settings);
		break;
	case PLUGIN_TELL:
		demand(out.len > 0);
		break;
	case PLUGIN_WRONG:
		demand(err.text[0] != '\0');
		break;
	}
	br_buf_clear(&out);
	while (argc > 1)
		free(argv[--argc]);
	return 0;
}
