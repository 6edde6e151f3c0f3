/*
 * alarm.c - what the handler needs is static and complete before the timer starts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alarm.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define STAGE_MARK "@stage@" /* where the stage goes; every writer leaves it as it is */

static char before[1024], after[1024]; /* what stands on both sides of the stage */
static size_t before_len, after_len;
static volatile sig_atomic_t exit_code = PLUGIN_UNKNOWN;
static volatile sig_atomic_t yielded_to = -1; /* the exit code of the real answer */
static volatile sig_atomic_t line_fd = STDOUT_FILENO;

static size_t append(char *line, size_t size, size_t len, const char *text, size_t text_len)
{
	if (text_len > size - len)
		text_len = size - len;
	memcpy(line + len, text, text_len);
	return len + text_len;
}

/* strlen and memcpy are safe in a handler (POSIX.1-2016 on). */
static void ring(int signal_number)
{
	static char line[sizeof before + sizeof after + 128];
	const char *stage = plugin_stage;
	size_t len = 0;

	(void)signal_number;
	if (yielded_to >= 0)
		_exit(yielded_to);
	len = append(line, sizeof line, len, before, before_len);
	len = append(line, sizeof line, len, stage, strlen(stage));
	len = append(line, sizeof line, len, after, after_len);
	_exit(write(line_fd, line, len) == (ssize_t)len ? exit_code : PLUGIN_UNKNOWN);
}

/* "10 s", "500 ms" */
static void write_time(char *out, size_t size, int64_t ms)
{
	bool whole = ms % 1000 == 0;

	snprintf(out, size, "%lld %s", (long long)(whole ? ms / 1000 : ms), whole ? "s" : "ms");
}

/* The line as the answer would be, in whatever format that is asked for. */
static void prepare(const struct plugin_check *check, const struct plugin_settings *settings)
{
	static struct plugin_answer answer;
	const char *mark = NULL;
	struct br_buf out;
	char time[32];

	write_time(time, sizeof time, settings->timeout_ms);
	plugin_answer_init(&answer, check->title);
	plugin_fail(&answer, settings->passive ? PLUGIN_UNKNOWN : settings->timeout_state,
		    "timed out after %s while " STAGE_MARK, time);
	exit_code = plugin_exit_code(&answer, &settings->look);
	br_buf_init(&out, sizeof before + sizeof after);
	plugin_write(&answer, &settings->look, &out);
	if (out.status == BR_OK)
		mark = strstr(out.data, STAGE_MARK);
	if (mark) {
		before_len =
			append(before, sizeof before, 0, out.data, (size_t)(mark - out.data));
		mark += strlen(STAGE_MARK);
		after_len = append(after, sizeof after, 0, mark, strlen(mark));
	} else { /* no memory */
		before_len = (size_t)snprintf(before, sizeof before, "%s %s: timed out while ",
					      check->title,
					      plugin_state_name(settings->timeout_state));
		after_len = append(after, sizeof after, 0, "\n", 1);
	}
	br_buf_clear(&out);
}

void plugin_alarm_set(const struct plugin_check *check, const struct plugin_settings *settings)
{
	struct sigaction action = {.sa_handler = ring};
	struct itimerval timer = {
		.it_value = {.tv_sec = (time_t)(settings->timeout_ms / 1000),
			     .tv_usec = (suseconds_t)(settings->timeout_ms % 1000 * 1000)},
	};
	sigset_t set;

	prepare(check, settings);
	line_fd = settings->passive ? STDERR_FILENO : STDOUT_FILENO;
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
	/* Who started us may have blocked it, and that is inherited. */
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void plugin_alarm_yield(int code)
{
	yielded_to = code;
}
