/*
 * stored.c - a reading of the collector's store instead of one's own, where it is fresh.
 *
 * A machine without a store pays one stat() for it. What is wrong with a store that nobody
 * asked for is no failure: the printer is asked, and -vvv says why.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What is kept of a row: its texts are lent for the call. */
struct found {
	size_t n;
	int64_t id, last_read, last_missed, full_at;
	unsigned missed;
};

static bool wants_history(const struct plugin_settings *settings)
{
	return settings->days_warning || settings->days_critical ||
	       settings->per_day.warning.given || settings->per_day.critical.given;
}

static bool open_store(struct plugin_source *source)
{
	struct stat st;

	if (source->reader)
		return true;
	plugin_stage = "reading the store";
	if (!source->settings->store && stat(source->store, &st) != 0 &&
	    (errno == ENOENT || errno == ENOTDIR)) {
		(void)br_fail(&source->unused, BR_E_ABSENT, "there is no store");
		return false;
	}
	return br_reader_open(&source->reader, source->store, &source->makers,
			      &source->unused) == BR_OK;
}

bool plugin_stored_open(struct plugin_source *source)
{
	const struct plugin_settings *settings = source->settings;

	if (source->target.kind == BR_TARGET_WALK ||
	    (settings->max_age_s <= 0 && !wants_history(settings)))
		return true;
	if (open_store(source) || !settings->store)
		return true;
	plugin_fail(source->answer, PLUGIN_UNKNOWN, "--store: %s", source->unused.text);
	return false;
}

static void keep(void *user, const struct br_store_printer *printer)
{
	struct found *found = user;

	*found = (struct found){
		.n = found->n + 1,
		.id = printer->id,
		.last_read = printer->last_read,
		.last_missed = printer->last_missed,
		.full_at = printer->kept.full_at,
		.missed = printer->missed,
	};
}

/* By its target, else by what the configuration calls it: never by what a printer says. */
static bool find(struct plugin_source *source, struct found *found)
{
	struct br_target target = source->target;
	struct br_error *err = &source->unused;
	enum br_status status;
	int64_t port;

	*found = (struct found){0};
	if (!target.port && source->settings->port &&
	    br_parse_number(br_view(source->settings->port), 1, UINT16_MAX, &port))
		br_target_set_port(&target, (uint16_t)port);
	status = br_reader_at(source->reader, &target, keep, found, err);
	if (status == BR_E_ABSENT && !source->target.port)
		status = br_reader_called(source->reader, &target, keep, found, err);
	if (status == BR_E_ABSENT)
		(void)br_fail(err, status, "the store does not know it");
	if (status == BR_OK && found->n > 1)
		status = br_fail(err, BR_E_LIMIT, "the store knows %zu printers there",
				 found->n);
	return status == BR_OK;
}

/* Not on the frame of who asks the printer, which has a reading of its own. */
static __attribute__((noinline)) bool judge(struct plugin_source *source,
					    const struct found *found)
{
	struct br_reading reading;

	if (br_reader_reading(source->reader, found->id, &reading, &source->unused) != BR_OK)
		return false;
	source->printer = found->id;
	plugin_source_judge(source, &reading, false);
	return true;
}

static bool is_fresh(struct plugin_source *source, const struct found *found)
{
	const int64_t age = source->now - found->last_read;
	char text[PLUGIN_AGE_SIZE];

	if (!found->last_read)
		(void)br_fail(&source->unused, BR_E_ABSENT,
			      "the collector has not read it yet");
	else if (found->missed)
		(void)br_fail(&source->unused, BR_E_TIMEOUT,
			      "it did not answer the collector %s ago",
			      plugin_age(text, source->now - found->last_missed));
	else if (age > source->settings->max_age_s)
		(void)br_fail(&source->unused, BR_E_TIMEOUT,
			      "its reading there is %s old: is brayerd running?",
			      plugin_age(text, age));
	else if (age < -PLUGIN_AHEAD_S)
		(void)br_fail(
			&source->unused, BR_E_TIMEOUT,
			"its reading there is of a time yet to come: which clock is wrong?");
	else
		return true;
	return false;
}

/* The counters of a maker's own may be of the last full reading, where the levels are newer. */
static void remark(struct plugin_source *source, const struct found *found)
{
	struct plugin_answer *answer = source->answer;
	const int64_t older = found->last_read - found->full_at;
	char text[PLUGIN_AGE_SIZE], full[PLUGIN_AGE_SIZE];

	plugin_age(text, source->now - found->last_read);
	if (source->check->check == PLUGIN_PAGES && found->full_at && older > PLUGIN_AHEAD_S)
		snprintf(answer->remark, sizeof answer->remark,
			 "as read %s ago by the collector; a maker's own counters up to %s "
			 "before",
			 text, plugin_age(full, older));
	else
		snprintf(answer->remark, sizeof answer->remark,
			 "as read %s ago by the collector", text);
}

bool plugin_stored(struct plugin_source *source)
{
	struct found found;

	if (!source->reader || source->settings->max_age_s <= 0 || !find(source, &found) ||
	    !is_fresh(source, &found) || !judge(source, &found))
		return false;
	remark(source, &found);
	return true;
}

bool plugin_stored_last(struct plugin_source *source)
{
	struct plugin_answer *answer = source->answer;
	struct found found;
	char age[PLUGIN_AGE_SIZE];

	if (!open_store(source) || !find(source, &found))
		return false;
	plugin_answer_begin(answer, source->check->title);
	if (!judge(source, &found))
		return false;
	snprintf(answer->remark, sizeof answer->remark, "no answer; as read %s ago",
		 plugin_age(age, source->now - found.last_read));
	return true;
}

void plugin_stored_whose(struct plugin_source *source)
{
	const struct br_error before = source->unused;
	struct found found;

	if (source->printer || !source->reader || !wants_history(source->settings))
		return;
	if (find(source, &found))
		source->printer = found.id;
	source->unused = before;
}
