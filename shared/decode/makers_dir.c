/*
 * makers_dir.c - a site's own .mib files.
 *
 * All or none: a set with a hole in it would read some printers by other rows than the operator
 * believes. The files hold no secrets, so anybody may read them; who may write them decides
 * what is asked, so not everybody may.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/makers.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_mib_name(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".mib") == 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct br_makers_site *)a)->path,
		      ((const struct br_makers_site *)b)->path);
}

static enum br_status add_path(struct br_makers *makers, const char *dir, const char *name,
			       struct br_error *err)
{
	size_t size = strlen(dir) + strlen(name) + 2;
	struct br_makers_site *site;

	if (makers->n_site == BR_MAKERS_MAX_SITE)
		return br_fail(err, BR_E_LIMIT, "%s: more than %d .mib files", dir,
			       BR_MAKERS_MAX_SITE);
	if (makers->n_site == makers->cap_site) {
		size_t cap = makers->cap_site ? makers->cap_site * 2 : 8;
		struct br_makers_site *grown = realloc(makers->site, cap * sizeof *grown);

		if (!grown)
			return br_fail(err, BR_E_MEMORY, "%s: out of memory", dir);
		makers->site = grown;
		makers->cap_site = cap;
	}
	site = &makers->site[makers->n_site];
	*site = (struct br_makers_site){.path = malloc(size)};
	if (!site->path)
		return br_fail(err, BR_E_MEMORY, "%s: out of memory", dir);
	snprintf(site->path, size, "%s/%s", dir, name);
	makers->n_site++;
	return BR_OK;
}

static enum br_status list_dir(struct br_makers *makers, const char *dir, struct br_error *err)
{
	enum br_status status = BR_OK;
	struct dirent *entry;
	DIR *stream = opendir(dir);
	struct stat st;

	if (!stream)
		return br_fail(err,
			       errno == ENOENT   ? BR_E_ABSENT
			       : errno == ENOMEM ? BR_E_MEMORY
						 : BR_E_FILE,
			       "%s: cannot be read: %s", dir, strerror(errno));
	/* Also a sticky one: whoever may add a file there decides what is asked. */
	if (fstat(dirfd(stream), &st) != 0 || st.st_mode & S_IWOTH)
		status = br_fail(err, BR_E_FILE, "%s: everybody may write there; chmod o-w",
				 dir);
	errno = 0;
	while (status == BR_OK && (entry = readdir(stream)) != NULL) {
		if (is_mib_name(entry->d_name))
			status = add_path(makers, dir, entry->d_name, err);
		errno = 0;
	}
	if (status == BR_OK && errno)
		status =
			br_fail(err, BR_E_FILE, "%s: cannot be read: %s", dir, strerror(errno));
	closedir(stream);
	return status;
}

static enum br_status load_file(struct br_makers_site *site, struct br_error *err)
{
	struct br_file file;
	enum br_status status = br_file_read(&file, site->path, BR_MAKERS_FILE_MAX, err);

	if (status != BR_OK)
		return status == BR_E_ABSENT
			       ? BR_E_FILE
			       : status; /* a dangling link, not a missing directory */
	if (file.others_may_write) {
		br_file_clear(&file);
		return br_fail(err, BR_E_FILE, "%s: everybody may write it; chmod o-w",
			       site->path);
	}
	site->text = file.data; /* freed with free(), as br_file_clear would: nothing in it is
				   secret */
	return br_mib_parse(&site->mib, (struct br_view){site->text, file.len}, site->path,
			    false, err);
}

enum br_status br_makers_load_dir(struct br_makers *makers, const char *dir,
				  struct br_error *err)
{
	enum br_status status;

	br_makers_clear(makers);
	status = list_dir(makers, dir, err);
	if (status == BR_OK && makers->n_site)
		qsort(makers->site, makers->n_site, sizeof makers->site[0], by_path);
	for (size_t i = 0; status == BR_OK && i < makers->n_site; i++)
		status = load_file(&makers->site[i], err);
	if (status != BR_OK)
		br_makers_clear(makers);
	return status;
}
