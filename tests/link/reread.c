/*
 * reread.c - by way of a real file and a `walk:` target.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/reread.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char **reread_recordings(size_t *n)
{
	char **paths;
	glob_t found;

	*n = 0;
	if (glob("tests/recordings/*.snmprec", 0, NULL, &found) != 0)
		return NULL;
	paths = calloc(found.gl_pathc, sizeof *paths);
	for (size_t i = 0; paths && i < found.gl_pathc; i++)
		paths[(*n)++] = strdup(found.gl_pathv[i]);
	globfree(&found);
	return paths;
}

void reread_forget(char **paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
}

void reread_text(const struct br_recording *recording, struct br_buf *text)
{
	br_buf_init(text, BR_RECORDING_MAX_BYTES);
	for (size_t i = 0; i < recording->n_rows; i++) {
		const struct br_recorded *row = &recording->rows[i];

		br_recording_line(text, row->name.ber, row->name.len, row->tag,
				  recording->values + row->at, row->len);
	}
}

struct sink {
	struct br_buf *json;
	bool anonymous;
};

static void put(void *user, const struct br_reading *reading)
{
	struct sink *sink = user;
	struct br_reading *copy = malloc(sizeof *copy);

	if (!copy)
		return;
	*copy = *reading;
	copy->target[0] = '\0';
	copy->time = 0;
	copy->questions = 0;
	if (sink->anonymous) {
		br_text_at maker = copy->identity.maker, model = copy->identity.model;

		memset(&copy->identity, 0, sizeof copy->identity);
		copy->identity.maker = maker;
		copy->identity.model = model;
		for (size_t i = 0; i < copy->n_supplies; i++) {
			copy->supplies[i].serial = 0;
			if (strstr(br_text(copy, copy->supplies[i].description), "S/N:"))
				copy->supplies[i].description = 0;
		}
		for (size_t i = 0; i < copy->n_trays; i++)
			copy->trays[i].serial = 0;
		for (size_t i = 0; i < copy->n_outputs; i++)
			copy->outputs[i].serial = 0;
	}
	br_reading_json(copy, sink->json, true);
	br_buf_char(sink->json, '\n');
	free(copy);
}

static bool write_to(int fd, struct br_view text)
{
	bool good = write(fd, text.at, text.len) == (ssize_t)text.len;

	return close(fd) == 0 && good;
}

bool reread(struct br_view text, struct br_makers *makers, bool anonymous, struct br_buf *json)
{
	char path[] = "/tmp/brayer-reread-XXXXXX", name[64];
	struct br_config *config = malloc(sizeof *config);
	struct sink sink = {json, anonymous};
	struct br_target target;
	struct br_read_options options = {.makers = makers};
	struct br_error err;
	int fd = mkstemp(path);
	bool good = config && fd >= 0 && write_to(fd, text);

	snprintf(name, sizeof name, "walk:%s", path);
	if (good) {
		br_config_init(config);
		options.profile = &config->profiles[0];
		good = br_target_parse(&target, name, &err) == BR_OK &&
		       br_read(&target, &options, put, &sink, &err) == BR_OK;
		br_config_clear(config);
	}
	if (fd >= 0)
		unlink(path);
	free(config);
	return good;
}
