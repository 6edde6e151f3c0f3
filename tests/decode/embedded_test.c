/*
 * embedded_test.c - what was compiled in is what stands in mibs/, octet for octet, sorted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/embedded.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The heap block of a file; NULL where it cannot be read. */
static char *contents(const char *name, size_t *len)
{
	char path[512];
	FILE *file;
	char *text = NULL;
	long size;

	snprintf(path, sizeof(path), "mibs/%s", name);
	file = fopen(path, "rb");
	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) {
		rewind(file);
		text = malloc((size_t)size + 1);
		*len = text != NULL ? fread(text, 1, (size_t)size, file) : 0;
	}
	fclose(file);
	return text;
}

TEST(same_as_the_files)
{
	for (size_t i = 0; i < br_embedded_mibs_count; i++) {
		const struct br_embedded *mib = &br_embedded_mibs[i];
		size_t len = 0;
		char *text = contents(mib->name, &len);

		check_case(mib->name);
		CHECK(text != NULL);
		if (text != NULL)
			CHECK_MEM(mib->text, mib->len, text, len);
		CHECK_INT(mib->text[mib->len], 0);
		free(text);
	}
}

TEST(sorted_by_name)
{
	for (size_t i = 1; i < br_embedded_mibs_count; i++) {
		check_case(br_embedded_mibs[i].name);
		CHECK(strcmp(br_embedded_mibs[i - 1].name, br_embedded_mibs[i].name) < 0);
	}
}

TEST(every_file)
{
	size_t files = 0;
	DIR *directory = opendir("mibs");

	CHECK(directory != NULL);
	if (directory == NULL)
		return;
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		const char *dot = strrchr(entry->d_name, '.');

		files += dot != NULL && strcmp(dot, ".mib") == 0;
	}
	closedir(directory);
	CHECK_INT(br_embedded_mibs_count, files);
}
