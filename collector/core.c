/*
 * core.c - opens the parts of the collector, and turns it round once.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define CLOCK_JUMP_MS 2000

static enum br_status open_fleet(struct collector *c, struct br_error *err)
{
	const struct br_fleet_options options = {
		.makers = &c->makers,
		.in_flight = c->in_force.in_flight,
		.pace = c->in_force.pace,
	};

	return br_fleet_open(&c->fleet, &options, collector_told, c, err);
}

/* One descriptor for whoever waits, whatever it is that is waited for. */
static enum br_status open_epoll(struct collector *c, struct br_error *err)
{
	struct epoll_event event = {.events = EPOLLIN};
	int fds[2] = {br_fleet_fd(c->fleet), collector_resolver_fd(c->resolver)};

	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < 2; i++)
		if (c->epoll < 0 || epoll_ctl(c->epoll, EPOLL_CTL_ADD, fds[i], &event) != 0)
			return br_fail(err, BR_E_LIMIT, "no descriptor to wait with");
	return BR_OK;
}

static void take_time(struct collector *c, const struct collector_time *time)
{
	c->time = *time;
	c->now = time->wall_ms / 1000;
}

static struct collector_in_force in_force(const struct collector_settings *settings)
{
	const struct collector_config *config = &settings->collector;
	struct collector_in_force now = {
		.pace = config->pace,
		.in_flight = config->in_flight,
		.raw_days = config->raw_days,
		.hourly_days = config->hourly_days,
		.daily_days = config->daily_days,
		.gone_days = config->gone_days,
	};

	br_text_copy(now.store, sizeof now.store, br_view(config->store));
	br_text_copy(now.mibs, sizeof now.mibs, br_view(settings->profiles.mibs_dir));
	return now;
}

enum br_status collector_open(struct collector **out, const struct collector_options *options,
			      const struct collector_time *time, struct br_error *err)
{
	struct collector *c = calloc(1, sizeof *c);
	enum br_status status;

	*out = NULL;
	if (!c) {
		collector_settings_clear(options->settings);
		free(options->settings);
		return br_fail(err, BR_E_MEMORY, "out of memory");
	}
	c->settings = options->settings;
	c->voice = options->voice;
	c->once = options->once;
	c->epoll = -1;
	c->in_force = in_force(c->settings);
	snprintf(c->searches, sizeof c->searches, "%s.searches", c->in_force.store);
	take_time(c, time);
	c->started = *time;
	c->configured_at = c->now;
	c->thin_ms = time->mono_ms + COLLECTOR_THIN_MS;
	br_makers_init(&c->makers);
	status = collector_settings_makers(c->settings, &c->makers, err);
	if (status == BR_OK)
		status = collector_store_open(c, err);
	if (status == BR_OK)
		status = open_fleet(c, err);
	if (status == BR_OK)
		status = collector_resolver_open(&c->resolver, err);
	if (status == BR_OK)
		status = open_epoll(c, err);
	if (status == BR_OK)
		status = collector_fill(c, err);
	if (status == BR_OK)
		status = collector_discovery_open(c, NULL, err);
	if (status != BR_OK) {
		collector_close(c);
		return status;
	}
	collector_plan_all(c);
	*out = c;
	return BR_OK;
}

void collector_close(struct collector *c)
{
	if (!c)
		return;
	collector_discovery_close(c->discovery);
	if (c->fleet)
		br_fleet_close(c->fleet);
	collector_resolver_close(c->resolver);
	if (c->epoll >= 0)
		close(c->epoll);
	if (c->store)
		br_store_close(c->store);
	br_makers_clear(&c->makers);
	collector_stations_clear(&c->stations);
	collector_settings_clear(c->settings);
	free(c->settings);
	free(c);
}

/* Slots are wall-clock seconds: where that goes another way than time itself, all move. */
static void watch_clock(struct collector *c, const struct collector_time *time)
{
	int64_t jump = (time->wall_ms - c->time.wall_ms) - (time->mono_ms - c->time.mono_ms);
	bool zone = time->offset_s != c->time.offset_s;

	take_time(c, time);
	if (jump > -CLOCK_JUMP_MS && jump < CLOCK_JUMP_MS && !zone)
		return;
	if (zone) {
		collector_say(&c->voice, COLLECTOR_INFO, "local time is %+d minutes to UTC now",
			      time->offset_s / 60);
	} else {
		c->counts.clock_jumps++;
		collector_say(&c->voice, COLLECTOR_WARNING, "the clock was set %s by %lld s",
			      jump < 0 ? "back" : "forward",
			      (long long)(jump < 0 ? -jump : jump) / 1000);
	}
	collector_plan_all(c);
}

void collector_tick(struct collector *c, const struct collector_time *time)
{
	if (c->dead)
		return;
	watch_clock(c, time);
	collector_take_names(c);
	collector_discovery_step(c);
	collector_ask_due(c);
	br_fleet_step(c->fleet);
	collector_store_thin(c);
	collector_commit(c, c->once && !c->n_asked);
	collector_store_anew(c);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t collector_next_ms(const struct collector *c)
{
	const struct collector_station *first = collector_station_first(&c->stations);
	int64_t next = earlier(br_fleet_next_ms(c->fleet), c->thin_ms);

	next = earlier(next, collector_discovery_next_ms(c));
	if (c->writes)
		next = earlier(next, c->wrote_ms + collector_commit_wait_ms(c));
	if (first && first->due.at < INT64_MAX / 2000)
		next = earlier(next, c->time.mono_ms + first->due.at * 1000 - c->time.wall_ms);
	return next;
}

int collector_fd(const struct collector *c)
{
	return c->epoll;
}

bool collector_idle(const struct collector *c)
{
	const struct collector_station *first = collector_station_first(&c->stations);

	return c->n_asked == 0 && c->n_resolving == 0 &&
	       (c->writes == 0 || c->failing_ms || c->lost) &&
	       (!first || first->due.at > c->now) && !collector_discovery_busy(c->discovery);
}

bool collector_any_missed(const struct collector *c)
{
	return c->counts.missed > 0;
}

bool collector_dead(const struct collector *c)
{
	return c->dead;
}

const char *collector_health_path(const struct collector *c)
{
	return c->settings->collector.health;
}

/* What cannot be changed while it runs is said, and waits for a restart. */
static void tell_what_waits(const struct collector *c, const struct collector_settings *now)
{
	const struct collector_in_force *a = &c->in_force, b = in_force(now);
	const struct {
		const char *key;
		bool other;
	} keys[] = {
		{"store", strcmp(a->store, b.store) != 0},
		{"pace", a->pace != b.pace},
		{"in-flight", a->in_flight != b.in_flight},
		{"keep-raw", a->raw_days != b.raw_days},
		{"keep-hourly", a->hourly_days != b.hourly_days},
		{"keep-daily", a->daily_days != b.daily_days},
		{"keep-gone", a->gone_days != b.gone_days},
		{"mibs", strcmp(a->mibs, b.mibs) != 0},
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].other)
			collector_say(&c->voice, COLLECTOR_NOTICE,
				      "%s is another now: that is taken at the next start",
				      keys[i].key);
}

enum br_status collector_reload(struct collector *c, struct collector_settings *settings,
				struct br_error *err)
{
	struct collector_discovery *discovery = c->discovery;
	struct collector_settings *before = c->settings;
	enum br_status status, searching;

	tell_what_waits(c, settings);
	collector_settings_keep(settings, before);
	c->settings = settings;
	status = collector_fill(c, err);
	c->discovery = NULL;
	searching = collector_discovery_open(c, discovery, status == BR_OK ? err : NULL);
	if (status == BR_OK)
		status = searching;
	collector_discovery_close(discovery);
	collector_settings_clear(before);
	free(before);
	c->configured_at = c->now;
	c->counts.reloads++;
	c->n_twins = 0;
	for (size_t i = 0; i < c->stations.n; i++)
		c->stations.all[i]->twin = false;
	collector_plan_all(c);
	return status;
}
