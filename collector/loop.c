/*
 * loop.c - epoll over the fleet, the resolver and the signals.
 *
 * The watchdog is fed at the end of a round, so a loop that hangs anywhere starves it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "loop.h"

#include "check.h"
#include "notify.h"
#include "replace.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEALTH_MS  10000
#define HEALTH_MAX 16384

struct loop {
	struct collector_given given;
	const struct collector_environment *environment;
	struct collector_voice voice;
	struct collector_notify notify;
	struct collector *collector;
	int epoll, signals;
	bool ending;
	int64_t health_ms, fed_ms; /* when last */
	bool health_failed;
};

static struct collector_time now(void)
{
	struct collector_time time = {.mono_ms = br_clock_ms()};
	struct timespec wall;
	struct tm local;

	(void)clock_gettime(CLOCK_REALTIME, &wall);
	time.wall_ms = (int64_t)wall.tv_sec * 1000 + wall.tv_nsec / 1000000;
	if (localtime_r(&wall.tv_sec, &local))
		time.offset_s = (int32_t)local.tm_gmtoff;
	return time;
}

static struct collector_settings *load(const struct loop *loop, struct br_error *err)
{
	struct collector_settings *settings = calloc(1, sizeof *settings);
	enum br_status status;

	if (!settings) {
		br_fail(err, BR_E_MEMORY, "out of memory");
		return NULL;
	}
	status = collector_settings_load(settings, loop->given.config, loop->environment->home,
					 loop->environment->xdg_config_home, err);
	if (status != BR_OK) {
		free(settings);
		return NULL;
	}
	return settings;
}

/* It says nothing that others may not know. */
static void write_health(struct loop *loop, const char *state)
{
	char status[200], line[256];
	struct br_error err;
	struct br_buf json;

	loop->health_ms = br_clock_ms();
	br_buf_init(&json, HEALTH_MAX);
	if (collector_health(loop->collector, state, &json) == BR_OK &&
	    collector_replace(collector_health_path(loop->collector), &json, 0644, &err) !=
		    BR_OK) {
		if (!loop->health_failed)
			collector_say(&loop->voice, COLLECTOR_WARNING, "the health file: %s",
				      err.text);
		loop->health_failed = true;
	} else {
		loop->health_failed = false;
	}
	br_buf_clear(&json);
	collector_status(loop->collector, status, sizeof status);
	snprintf(line, sizeof line, "STATUS=%s", status);
	collector_notify(&loop->notify, line);
}

static void say_health(struct loop *loop)
{
	char status[200];

	collector_status(loop->collector, status, sizeof status);
	collector_say(&loop->voice, COLLECTOR_NOTICE, "%s", status);
	write_health(loop, "running");
}

static void reload(struct loop *loop)
{
	struct collector_settings *settings;
	struct timespec at;
	struct br_error err;
	char line[80];

	(void)clock_gettime(CLOCK_MONOTONIC, &at); /* systemd compares it with its own */
	snprintf(line, sizeof line, "RELOADING=1\nMONOTONIC_USEC=%lld%06ld",
		 (long long)at.tv_sec, at.tv_nsec / 1000);
	collector_notify(&loop->notify, line);
	settings = load(loop, &err);
	if (settings)
		(void)collector_check_meant(settings, &loop->voice);
	if (!settings)
		collector_say(&loop->voice, COLLECTOR_ERROR,
			      "%s; what was in force stays in force", err.text);
	else if (collector_reload(loop->collector, settings, &err) != BR_OK)
		collector_say(&loop->voice, COLLECTOR_ERROR, "%s", err.text);
	else
		collector_say(&loop->voice, COLLECTOR_NOTICE,
			      "the configuration was read again");
	collector_notify(&loop->notify, "READY=1");
	write_health(loop, "running");
}

/* A storm of them is one reload a round, and an end is an end. */
static void take_signals(struct loop *loop)
{
	struct signalfd_siginfo info;
	bool changed = false, asked = false;

	for (int i = 0;
	     i < 8 && read(loop->signals, &info, sizeof info) == (ssize_t)sizeof info; i++) {
		changed = changed || info.ssi_signo == SIGHUP;
		asked = asked || info.ssi_signo == SIGUSR1;
		loop->ending =
			loop->ending || info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT;
	}
	if (loop->ending)
		return;
	if (changed)
		reload(loop);
	if (asked)
		say_health(loop);
}

static void feed(struct loop *loop)
{
	int64_t ms = br_clock_ms();

	if (loop->notify.watchdog_ms && ms - loop->fed_ms >= loop->notify.watchdog_ms / 2) {
		collector_notify(&loop->notify, "WATCHDOG=1");
		loop->fed_ms = ms;
	}
	if (ms - loop->health_ms >= HEALTH_MS)
		write_health(loop, "running");
}

static int until_next(const struct loop *loop)
{
	int64_t ms = br_clock_ms(), next = collector_next_ms(loop->collector) - ms;
	int64_t health = loop->health_ms + HEALTH_MS - ms, most = 1000;

	if (loop->notify.watchdog_ms && loop->notify.watchdog_ms / 2 < most)
		most = loop->notify.watchdog_ms / 2;
	next = next < health ? next : health;
	return next < 0 ? 0 : next > most ? (int)most : (int)next;
}

static int run(struct loop *loop)
{
	struct epoll_event events[8];

	while (!loop->ending) {
		struct collector_time time;

		if (epoll_wait(loop->epoll, events, 8, until_next(loop)) < 0 &&
		    errno != EINTR) {
			collector_say(&loop->voice, COLLECTOR_ERROR, "cannot wait: %s",
				      strerror(errno));
			return COLLECTOR_EXIT_FAILED;
		}
		take_signals(loop);
		time = now();
		collector_tick(loop->collector, &time);
		if (collector_dead(loop->collector) ||
		    (loop->given.once && collector_idle(loop->collector)))
			loop->ending = true;
		feed(loop);
	}
	if (!collector_finish(loop->collector))
		return COLLECTOR_EXIT_FAILED;
	return loop->given.once && collector_any_missed(loop->collector) ? COLLECTOR_EXIT_SOME
									 : COLLECTOR_EXIT_OK;
}

static bool watch(struct loop *loop, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	return fd < 0 || epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Blocked before any thread starts, so that they come by the descriptor only. */
static int take_over_signals(void)
{
	static const int ours[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
		sigaddset(&set, ours[i]);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	(void)signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Secrets are in memory: neither a core nor another process of this user is to see them. A
 * limit would not do: it does not hold where cores go into a program. */
static void keep_secrets_in(void)
{
	(void)prctl(PR_SET_DUMPABLE, 0);
	umask(0027);
}

static enum br_status open_all(struct loop *loop, struct collector_settings *settings,
			       struct br_error *err)
{
	const struct collector_options options = {
		.settings = settings, .voice = loop->voice, .once = loop->given.once};
	struct collector_time time = now();
	enum br_status status = collector_open(&loop->collector, &options, &time, err);

	if (status == BR_OK &&
	    (loop->epoll < 0 || loop->signals < 0 || !watch(loop, loop->signals) ||
	     !watch(loop, collector_fd(loop->collector))))
		status = br_fail(err, BR_E_LIMIT, "no descriptors for the loop");
	return status;
}

static int collect(struct loop *loop, struct collector_settings *settings)
{
	struct br_error err;
	int code = COLLECTOR_EXIT_FAILED;

	keep_secrets_in();
	loop->signals = take_over_signals();
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	collector_notify_open(&loop->notify, loop->environment->notify_socket,
			      loop->environment->watchdog_usec,
			      loop->environment->watchdog_pid);
	if (open_all(loop, settings, &err) != BR_OK) {
		collector_say(&loop->voice, COLLECTOR_ERROR, "%s", err.text);
	} else {
		char status[200];

		collector_status(loop->collector, status, sizeof status);
		collector_say(&loop->voice, COLLECTOR_NOTICE, "%s begins: %s", BR_VERSION,
			      status);
		collector_notify(&loop->notify, "READY=1");
		write_health(loop, "running");
		code = run(loop);
		collector_notify(&loop->notify, "STOPPING=1");
		write_health(loop, code == COLLECTOR_EXIT_FAILED ? "failed" : "stopped");
	}
	collector_close(loop->collector);
	collector_notify_close(&loop->notify);
	if (loop->epoll >= 0)
		close(loop->epoll);
	if (loop->signals >= 0)
		close(loop->signals);
	return code;
}

static int show(const struct loop *loop, int fd, void (*write_text)(struct br_buf *out))
{
	struct br_buf out;
	bool ok;

	br_buf_init(&out, 65536);
	write_text(&out);
	errno = ENOMEM; /* what it is where nothing was written */
	ok = out.status == BR_OK && write(fd, out.data, out.len) == (ssize_t)out.len;
	if (!ok)
		collector_say(&loop->voice, COLLECTOR_ERROR,
			      "the output could not be written: %s", strerror(errno));
	br_buf_clear(&out);
	return ok ? COLLECTOR_EXIT_OK : COLLECTOR_EXIT_FAILED;
}

static void write_version(struct br_buf *out)
{
	br_buf_text(out, "brayerd " BR_VERSION "\n");
}

int collector_main(int argc, char **argv, const struct collector_environment *environment,
		   int out_fd, int err_fd)
{
	struct loop loop = {.environment = environment,
			    .voice = {.fd = err_fd},
			    .notify = {.fd = -1},
			    .epoll = -1,
			    .signals = -1};
	struct collector_settings *settings;
	struct br_error err;
	bool can;

	if (!collector_options_take(&loop.given, argc, argv, &err)) {
		collector_say(&loop.voice, COLLECTOR_ERROR, "%s", err.text);
		return COLLECTOR_EXIT_USAGE;
	}
	if (loop.given.help)
		return show(&loop, out_fd, collector_options_help);
	if (loop.given.version)
		return show(&loop, out_fd, write_version);
	loop.voice.journal = environment->journal_stream && environment->journal_stream[0];
	loop.voice.verbose = loop.given.verbose;
	settings = load(&loop, &err);
	if (!settings) {
		loop.voice.bare = loop.given.check; /* an editor looks for FILE:LINE */
		collector_say(&loop.voice, COLLECTOR_ERROR, "%s", err.text);
		return COLLECTOR_EXIT_USAGE;
	}
	loop.voice.bare = loop.given.check;
	can = collector_check_meant(settings, &loop.voice);
	if (loop.given.check)
		can = collector_check_places(settings, &loop.voice) && can;
	if (!loop.given.check && (can || !loop.given.once))
		return collect(&loop,
			       settings); /* without printers too: a reload may bring some */
	collector_settings_clear(settings);
	free(settings);
	return can ? COLLECTOR_EXIT_OK : COLLECTOR_EXIT_USAGE;
}
