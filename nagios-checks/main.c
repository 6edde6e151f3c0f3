/*
 * main.c - one program, called by the names of its checks. The only place that
 * reads the environment.
 *
 * All is said on stdout, in one write, and nothing on stderr: the scheduler
 * reads no other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "alarm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An answer alone is far below; the lines of --passive are written a page at a time. */
#define OUT_MOST ((size_t)1 << 20)

static struct plugin_answer answer;
static struct plugin_settings settings;

/*
 * A socket must not become stdout because somebody closed that. What was closed
 * is opened such that writing to it fails, for nobody will see what we say.
 */
static void hold_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDONLY) < 0)
			_exit(PLUGIN_UNKNOWN);
}

/* By its name, or by the end of it: who packages it may have put something
 * before. */
static const struct plugin_check *find_check(const char *name)
{
	const struct plugin_check *check = plugin_checks;
	size_t len = strlen(name);

	while (check->name && strcmp(check->name, name) != 0)
		check++;
	if (check->name)
		return check;
	for (check = plugin_checks; check->name; check++) {
		const char *end = strrchr(check->name, '_');
		size_t end_len = end ? strlen(end) : len;

		if (end && end_len < len && strcmp(name + len - end_len, end) == 0)
			return check;
	}
	return NULL;
}

static int put(const struct br_buf *out, int fd, int code)
{
	static const char no_memory[] = "UNKNOWN: out of memory\n";
	bool whole = out->status == BR_OK;
	const char *text = whole ? out->data : no_memory;
	size_t len = whole ? out->len : sizeof no_memory - 1;

	/* Lines that nobody took are no success of passive results. */
	plugin_alarm_yield(whole && !settings.passive ? code : PLUGIN_UNKNOWN);
	if (!whole && settings.passive)
		return PLUGIN_UNKNOWN; /* it would be taken for a result */
	return br_file_put(fd, text, len) && whole ? code : PLUGIN_UNKNOWN;
}

/* A mistake is told plainly, whatever format is asked for: nothing was checked. On fd 1, but
 * where that is fed as results. */
static int complain(const char *title, const char *sentence, const char *hint, int fd,
		    struct br_buf *out)
{
	static const struct plugin_look plain = {.format = PLUGIN_CLASSIC};

	plugin_answer_init(&answer, title);
	plugin_fail(&answer, PLUGIN_UNKNOWN, "%s%s", sentence, hint);
	br_buf_reset(out);
	plugin_write(&answer, &plain, out);
	return put(out, fd, PLUGIN_UNKNOWN);
}

/* A colon behind "10:/5:" would be taken for a part of it. */
static const char *hint_behind(const char *sentence)
{
	const size_t len = strlen(sentence);

	return len && sentence[len - 1] == '?' ? " See --help" : ". See --help";
}

/* Before the options are understood, and also if they are not. */
static bool is_passive(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--passive") == 0)
			return true;
	return false;
}

static int complain_of_name(int fd, struct br_buf *out)
{
	char list[200];
	size_t used = 0;

	for (size_t i = 0; plugin_checks[i].name && used < sizeof list; i++) {
		bool last = !plugin_checks[i + 1].name;
		int wrote = snprintf(list + used, sizeof list - used, "%s%s",
				     !i     ? ""
				     : last ? " or "
					    : ", ",
				     plugin_checks[i].name);

		used += wrote > 0 ? (size_t)wrote : 0;
	}
	return complain("PRINTER",
			"which check? this program is called by one of its names: ", list, fd,
			out);
}

/* What the run has before the alarm, which is for what hangs. */
static int64_t deadline(int64_t start_ms)
{
	int64_t margin_ms = settings.timeout_ms / 20;

	return start_ms + settings.timeout_ms - (margin_ms > 50 ? margin_ms : 50);
}

static int run(const struct plugin_check *check, const struct plugin_environment *environment,
	       int64_t start_ms, struct br_buf *out)
{
	int code;

	plugin_alarm_set(check, &settings);
	if (settings.passive) {
		code = plugin_run_passive(check, &settings, environment, out);
	} else {
		plugin_run(&answer, check, &settings, environment, deadline(start_ms));
		plugin_write(&answer, &settings.look, out);
		code = plugin_exit_code(&answer, &settings.look);
	}
	return put(out, STDOUT_FILENO, code);
}

int main(int argc, char **argv)
{
	const struct plugin_environment environment = {
		.home = getenv("HOME"),
		.xdg_config_home = getenv("XDG_CONFIG_HOME"),
		.mp_config_file = getenv("MP_CONFIG_FILE"),
		.nagios_config_path = getenv("NAGIOS_CONFIG_PATH"),
	};
	const char *called = argc > 0 ? argv[0] : "", *slash = strrchr(called, '/');
	const char *name = slash ? slash + 1 : called;
	const struct plugin_check *check = find_check(name);
	const int mistakes_fd = is_passive(argc, argv) ? STDERR_FILENO : STDOUT_FILENO;
	int64_t start_ms = br_clock_ms();
	struct plugin_files files = {0};
	int code = PLUGIN_UNKNOWN;
	struct br_error err;
	struct br_buf out;

	hold_descriptors();
	(void)signal(SIGPIPE, SIG_IGN); /* a failed write is seen, and exits 3 */
	(void)signal(SIGXFSZ, SIG_IGN);
	br_buf_init(&out, OUT_MOST);
	if (!check) {
		code = complain_of_name(mistakes_fd, &out);
	} else {
		switch (plugin_options_take(&settings, check, &environment, argc, argv, &files,
					    &out, &err)) {
		case PLUGIN_GO:
			code = run(check, &environment, start_ms, &out);
			break;
		case PLUGIN_TELL:
			code = put(&out, STDOUT_FILENO, PLUGIN_UNKNOWN);
			break;
		case PLUGIN_WRONG:
			code = complain(check->title, err.text, hint_behind(err.text),
					mistakes_fd, &out);
			break;
		}
	}
	plugin_answer_clear(&answer);
	plugin_files_clear(&files);
	br_buf_clear(&out);
	return code;
}
