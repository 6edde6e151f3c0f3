/*
 * stored_history.c - what the store's history lets one expect, for the judges that ask for it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

static bool open_outlook(struct plugin_source *source)
{
	if (!source->outlook && br_outlook_open(&source->outlook, source->reader,
						source->printer, source->now, NULL) != BR_OK)
		source->printer = 0; /* not tried again */
	return source->outlook != NULL;
}

static bool forecast(void *user, const char *supply, struct br_forecast *of)
{
	struct plugin_source *source = user;

	return source->printer && open_outlook(source) &&
	       br_outlook_forecast(source->outlook, supply, of, NULL, NULL) == BR_OK;
}

static bool per_day(void *user, int64_t *tenths)
{
	struct plugin_source *source = user;

	return source->printer && open_outlook(source) &&
	       br_outlook_per_day(source->outlook, tenths, NULL) == BR_OK;
}

struct plugin_history plugin_stored_history(struct plugin_source *source)
{
	return (struct plugin_history){forecast, per_day, source};
}

void plugin_stored_history_end(struct plugin_source *source)
{
	br_outlook_close(source->outlook);
	source->outlook = NULL;
	source->printer = 0;
}
