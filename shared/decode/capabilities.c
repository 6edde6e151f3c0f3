/*
 * capabilities.c - what the printer can do, from what it is made of.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scratch.h"
#include "model/names.h"

#include <string.h>

enum { PATH_LONG_EDGE_DUPLEX = 3, PATH_SHORT_EDGE_DUPLEX = 4, PATH_SIMPLEX = 5 };

static void add_once(br_text_at *list, size_t *n, size_t max, br_text_at item)
{
	if (!item)
		return;
	for (size_t i = 0; i < *n; i++)
		if (list[i] == item)
			return;
	if (*n < max)
		list[(*n)++] = item;
}

/* Process colorants say it; failing that, the names of the colorants do. */
static enum br_yes color_of(const struct br_scratch *scratch)
{
	bool mono = false;

	for (size_t i = 0; i < scratch->n_markers; i++) {
		if (scratch->markers[i].colorants >= 3)
			return BR_YES;
		mono = mono || scratch->markers[i].colorants == 1;
	}
	for (size_t i = 0; i < scratch->n_colorants; i++) {
		struct br_view value =
			br_view(br_text(scratch->reading, scratch->colorants[i].value));

		if (br_view_is_nocase(value, "cyan") || br_view_is_nocase(value, "magenta") ||
		    br_view_is_nocase(value, "yellow"))
			return BR_YES;
	}
	return mono ? BR_NO : BR_YES_UNKNOWN;
}

static enum br_yes duplex_of(const struct br_scratch *scratch)
{
	bool simplex = false;

	for (size_t i = 0; i < scratch->n_paths; i++) {
		if (scratch->paths[i].type == PATH_LONG_EDGE_DUPLEX ||
		    scratch->paths[i].type == PATH_SHORT_EDGE_DUPLEX)
			return BR_YES;
		simplex = simplex || scratch->paths[i].type == PATH_SIMPLEX;
	}
	return simplex ? BR_NO : BR_YES_UNKNOWN;
}

void br_finish_capabilities(struct br_scratch *scratch)
{
	struct br_reading *reading = scratch->reading;
	struct br_capabilities *can = &reading->capabilities;

	can->color = color_of(scratch);
	can->duplex = duplex_of(scratch);
	for (size_t i = 0; i < reading->n_trays; i++)
		add_once(can->media, &can->n_media, BR_MAX_MEDIA, reading->trays[i].media);
	for (size_t i = 0; i < scratch->n_interpreters; i++) {
		const char *name = br_name_interpreter(scratch->interpreters[i].family);

		if (name)
			add_once(can->languages, &can->n_languages, BR_MAX_LANGUAGES,
				 br_reading_put(reading, name));
	}
}

/* Where neither marker nor colorant rows say it: what has cyan toner prints in colour. */
void br_finish_color(struct br_scratch *scratch)
{
	static const char *const process[] = {"cyan", "magenta", "yellow"};
	struct br_reading *reading = scratch->reading;
	const char *colorant;

	for (size_t i = 0;
	     i < reading->n_supplies && reading->capabilities.color == BR_YES_UNKNOWN; i++) {
		colorant = br_text(reading, reading->supplies[i].colorant);
		for (size_t k = 0; k < sizeof process / sizeof process[0]; k++)
			if (strcmp(colorant, process[k]) == 0)
				reading->capabilities.color = BR_YES;
	}
}
