/*
 * commit.c - the store: when it is written, and what is done when it cannot be.
 *
 * A full disk is waited for: what was heard stays with the store, which tries it again at the
 * next commit. A file that was moved, removed or damaged is given up, and another opened in its
 * place, where numbers of printers begin anew, so that everybody is read as after a start. What
 * was never written is counted, and said.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdlib.h>

#define COMMIT_WRITES   256
#define COMMIT_MS       1000
#define COMMIT_AGAIN_MS 5000
#define REMIND_MS       3600000
#define THIN_MORE_MS    50
#define ANEW_MS         60000 /* a disk that damages each one shall not be filled with them */

/* The first failure of commits and their end are said so. */
static void store_says(void *user, const char *sentence)
{
	struct collector *c = user;

	collector_say(&c->voice, COLLECTOR_WARNING, "%s", sentence);
}

enum br_status collector_store_open(struct collector *c, struct br_error *err)
{
	const struct br_store_options options = {
		.say = store_says,
		.user = c,
		.raw_days = c->in_force.raw_days,
		.hourly_days = c->in_force.hourly_days,
		.daily_days = c->in_force.daily_days,
		.gone_days = c->in_force.gone_days,
	};

	return br_store_open(&c->store, c->in_force.store, &options, err);
}

static void count_write(struct collector *c)
{
	if (c->writes++ == 0)
		c->wrote_ms = c->time.mono_ms;
}

void collector_wrote(struct collector *c, enum br_status status, const struct br_error *err)
{
	if (status != BR_OK && !c->put_failed)
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err->text);
	c->put_failed = status != BR_OK;
	c->unwritten += status != BR_OK;
	c->lost = c->lost || status == BR_E_MALFORMED;
	count_write(c);
}

void collector_asked_changed(struct collector *c)
{
	c->asked_changed = true;
	count_write(c);
}

static void tell_asked(struct collector *c)
{
	struct br_view *targets = malloc((c->stations.n + 1) * sizeof *targets);
	struct br_error err;
	size_t n = 0;

	for (size_t i = 0; targets && i < c->stations.n; i++)
		if (!c->stations.all[i]->tentative && !c->stations.all[i]->leaving)
			targets[n++] = br_view(c->stations.all[i]->target);
	/* Without memory, or room: with the next commit. */
	c->asked_changed = !targets || br_store_asked(c->store, targets, n, &err) != BR_OK;
	free(targets);
}

int64_t collector_commit_wait_ms(const struct collector *c)
{
	return c->failing_ms ? COMMIT_AGAIN_MS : COMMIT_MS;
}

/* The store says once that it cannot be written; here it is said again while that lasts. */
static void take_failure(struct collector *c, enum br_status status, const struct br_error *err)
{
	struct br_store_health health;

	c->lost = c->lost || status == BR_E_ABSENT || status == BR_E_MALFORMED;
	if (!c->failing_ms) {
		c->failing_ms = c->time.mono_ms;
		c->remind_ms = c->failing_ms + REMIND_MS;
	}
	if (c->time.mono_ms < c->remind_ms)
		return;
	br_store_health(c->store, &health);
	c->remind_ms = c->time.mono_ms + REMIND_MS;
	collector_say(&c->voice, COLLECTOR_ERROR,
		      "%s. It is so for %lld minutes; %llu writes wait, and %llu are lost",
		      err->text, (long long)(c->time.mono_ms - c->failing_ms) / 60000,
		      (unsigned long long)health.waiting, (unsigned long long)c->unwritten);
}

void collector_commit(struct collector *c, bool at_once)
{
	struct br_error err;
	enum br_status status;

	if (c->writes == 0 ||
	    (!at_once && c->time.mono_ms - c->wrote_ms < collector_commit_wait_ms(c) &&
	     (c->writes < COMMIT_WRITES || c->failing_ms)))
		return;
	if (c->asked_changed)
		tell_asked(c);
	status = br_store_commit(c->store, &err);
	c->wrote_ms = c->time.mono_ms;
	if (status != BR_OK) {
		take_failure(c, status, &err);
		return;
	}
	if (c->lost)
		return; /* a damaged one takes nothing, and then has nothing to commit */
	if (c->unwritten)
		collector_say(&c->voice, COLLECTOR_WARNING,
			      "%s: %llu writes were lost meanwhile", c->in_force.store,
			      (unsigned long long)c->unwritten);
	c->counts.lost += c->unwritten;
	c->unwritten = 0;
	c->failing_ms = 0;
	c->writes = 0;
}

void collector_store_thin(struct collector *c)
{
	struct br_error err;
	enum br_status status;
	bool more = false;

	if (c->time.mono_ms < c->thin_ms || c->lost)
		return;
	c->thin_ms = c->time.mono_ms + COLLECTOR_THIN_MS;
	if (c->failing_ms)
		return; /* that is said, and nothing of it can be thinned */
	status = br_store_thin(c->store, c->now, &more, &err);
	c->lost = status == BR_E_ABSENT || status == BR_E_MALFORMED;
	if (status == BR_OK) {
		c->thin_said_ms = 0;
		count_write(c);
	} else if (c->time.mono_ms >= c->thin_said_ms) {
		c->thin_said_ms = c->time.mono_ms + REMIND_MS;
		collector_say(&c->voice, COLLECTOR_WARNING, "%s", err.text);
	}
	if (more)
		c->thin_ms = c->time.mono_ms + THIN_MORE_MS;
}

/* What was heard and is not in the file. */
static uint64_t unwritten(const struct collector *c)
{
	struct br_store_health health = {0};

	if (c->store)
		br_store_health(c->store, &health);
	return c->unwritten + health.waiting;
}

/* What is being asked goes on: it is put into the new one, in full. */
static void forget_numbers(struct collector *c)
{
	c->last_id = 0;
	c->n_twins = 0;
	for (size_t i = 0; i < c->stations.n; i++) {
		struct collector_station *station = c->stations.all[i];

		station->n_ids = 0;
		station->twin = false;
		if (!station->asked && !station->resolving)
			station->slot = (struct br_schedule_slot){0};
	}
}

void collector_store_anew(struct collector *c)
{
	unsigned long long lost;
	enum br_status status;
	struct br_error err;

	if (!c->lost || c->once || c->time.mono_ms < c->anew_ms)
		return;
	lost = unwritten(c);
	br_store_close(c->store);
	c->store = NULL;
	c->lost = false;
	c->writes = 0;
	c->failing_ms = 0;
	c->unwritten = 0;
	c->counts.lost += lost;
	forget_numbers(c);
	status = collector_store_open(c, &err);
	if (status == BR_OK)
		status = collector_fill(c, &err);
	if (status != BR_OK) {
		collector_say(&c->voice, COLLECTOR_ERROR,
			      "%s. It could not be opened anew, and %llu writes are lost",
			      err.text, lost);
		c->dead = true;
		return;
	}
	c->counts.anew++;
	c->anew_ms = c->time.mono_ms + ANEW_MS;
	collector_say(&c->voice, COLLECTOR_WARNING,
		      "%s: was opened anew: %llu writes are lost, and every printer is read",
		      c->in_force.store, lost);
	collector_plan_all(c);
}

/* Who was not asked or did not answer in a run of once. */
static void say_once(const struct collector *c)
{
	size_t black = 0, sites = collector_discovery_black(c->discovery);

	for (size_t i = 0; i < c->stations.n; i++)
		black += c->stations.all[i]->fresh && c->stations.all[i]->due.at > c->now;
	if (black || sites)
		collector_say(&c->voice, COLLECTOR_WARNING,
			      "there is a blackout: %zu of %zu addresses were not asked, and "
			      "%zu sites not searched",
			      black, c->stations.n, sites);
	if (c->counts.missed > COLLECTOR_ONCE_SAID && !c->voice.verbose)
		collector_say(&c->voice, COLLECTOR_WARNING,
			      "%llu more did not answer; with --verbose they are said",
			      (unsigned long long)c->counts.missed - COLLECTOR_ONCE_SAID);
}

bool collector_finish(struct collector *c)
{
	unsigned long long lost;

	if (c->once)
		say_once(c);
	if (c->dead)
		return false; /* and was said */
	collector_commit(c, true);
	lost = unwritten(c);
	if (lost)
		collector_say(&c->voice, COLLECTOR_ERROR,
			      "%s: %llu writes could not be made and are lost",
			      c->in_force.store, lost);
	return lost == 0;
}
