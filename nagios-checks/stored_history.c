/*
 * stored_history.c - what the store's history lets one expect, for the judges that ask for it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

static enum br_status open_outlook(struct plugin_source *source, struct br_error *err)
{
	return source->outlook ? BR_OK
			       : br_outlook_open(&source->outlook, source->reader,
						 source->printer, source->now, err);
}

static enum br_status forecast(void *user, const char *supply, struct br_forecast *of,
			       struct br_error *err)
{
	struct plugin_source *source = user;
	enum br_status status = open_outlook(source, err);

	return status == BR_OK ? br_outlook_forecast(source->outlook, supply, of, NULL, err)
			       : status;
}

static enum br_status per_day(void *user, int64_t *tenths, struct br_error *err)
{
	struct plugin_source *source = user;
	enum br_status status = open_outlook(source, err);

	return status == BR_OK ? br_outlook_per_day(source->outlook, tenths, err) : status;
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
