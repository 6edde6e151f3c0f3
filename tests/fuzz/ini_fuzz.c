/*
 * ini_fuzz.c - any text as sections and keys; every view handed out is read to its end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/ini.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void touch(struct br_view view, unsigned *sum)
{
	for (size_t i = 0; i < view.len; i++)
		*sum += (unsigned char)view.at[i];
}

static enum br_status each(void *user, const struct br_ini_line *line, struct br_error *err)
{
	static const char *const known[] = {"community", "port", NULL};

	touch(line->section, user);
	touch(line->name, user);
	touch(line->key, user);
	touch(line->value, user);
	if (br_ini_unknown(line, known, err) == BR_OK || strlen(err->text) >= sizeof err->text)
		__builtin_trap();
	return BR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1);
	unsigned sum = 0;
	struct br_error err;

	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	if (br_ini_parse((struct br_view){copy, size}, "f", each, &sum, &err) == BR_OK &&
	    sum == 1)
		free(NULL); /* so that the sum is wanted */
	free(copy);
	return 0;
}
