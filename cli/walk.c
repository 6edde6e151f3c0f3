/*
 * walk.c - brayer walk: records a printer.
 *
 * The recording is written when it is whole, to a file beside the one that was named, which
 * then takes its place: a walk that is broken off leaves what was there. With --scrub nothing
 * that is written or shown names the target.
 *
 * SPDX-License-Identifier: MIT
 */
#include "targets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_MS = 250, TEXT_CEILING = 128 << 20, PATH_SIZE = 4096 };

struct task {
	struct cli *cli;
	struct br_target target;
	struct br_oid roots[BR_WALK_MAX_ROOTS];
	size_t n_roots;
	int64_t max_rows;
	int64_t started_ms, shown_ms;
	bool shown; /* a line of progress stands on the terminal */
	struct br_walker walker;
	struct br_harvest harvest;
};

static void on_terminal(struct cli *cli, const char *line, size_t len)
{
	if (write(cli->err_fd, line, len) < 0) /* progress only: nobody misses it */
		return;
}

static void show_progress(void *user, const struct br_walker *walker)
{
	struct task *task = user;
	int64_t now = br_clock_ms();
	char at[BR_OID_TEXT_SIZE], line[160];
	int len;

	if (now - task->shown_ms < PROGRESS_MS)
		return;
	task->shown_ms = now;
	task->shown = true;
	br_oid_format(at, sizeof at, walker->at.ber, walker->at.len);
	len = snprintf(line, sizeof line, "\r%zu rows, %lld s, at %.40s\033[K", walker->rows,
		       (long long)((now - task->started_ms) / 1000), at);
	if (len > 0)
		on_terminal(task->cli, line,
			    (size_t)len < sizeof line ? (size_t)len : sizeof line - 1);
}

static void trace(void *user, bool out, const uint8_t *data, size_t len)
{
	struct task *task = user;

	cli_trace(task->cli, out, data, len);
}

static int take_operands(struct task *task, int argc, char **argv)
{
	struct cli *cli = task->cli;
	struct br_error err;

	if (argc < 1)
		return cli_usage(cli, "walk what? A target is missing");
	if (br_target_parse(&task->target, argv[0], &err) != BR_OK)
		return cli_target_usage(cli, argv[0], &err);
	if (argc - 1 > BR_WALK_MAX_ROOTS)
		return cli_usage(cli, "more than %d OIDs", BR_WALK_MAX_ROOTS);
	for (int i = 1; i < argc; i++)
		if (br_oid_parse(&task->roots[task->n_roots++], argv[i], strlen(argv[i])) !=
		    BR_OK)
			return cli_usage(cli, "%.60s is no OID; one is 1.3.6.1.2.1.43",
					 argv[i]);
	if (cli->given.max_rows && !br_parse_number(br_view(cli->given.max_rows), 1,
						    BR_RECORDING_MAX_ROWS, &task->max_rows))
		return cli_usage(cli, "--max-rows is a number from 1 to %u",
				 BR_RECORDING_MAX_ROWS);
	return 0;
}

static int check_roots(struct task *task)
{
	struct br_error err;

	for (size_t i = 0; i < task->n_roots; i++)
		if (br_walk_may(&task->cli->makers, &task->roots[i], &err) != BR_OK) {
			cli_complain(task->cli, "%s", err.text);
			return CLI_USAGE;
		}
	return 0;
}

static enum br_status walk(struct task *task, struct br_error *err)
{
	struct cli *cli = task->cli;
	const struct br_walk_options options = {
		.profile = &cli->profile,
		.makers = &cli->makers,
		.roots = task->n_roots ? task->roots : NULL,
		.n_roots = task->n_roots,
		.max_rows = (size_t)task->max_rows,
		.deadline_ms = cli->given.deadline ? cli->profile.deadline_ms : 0,
		.trace = cli->given.verbose ? trace : NULL,
		.progress = isatty(cli->err_fd) && !cli->given.verbose ? show_progress : NULL,
		.user = task,
	};
	enum br_status status;

	task->started_ms = task->shown_ms = br_clock_ms();
	status = br_walk(&task->target, &options, &task->harvest, &task->walker, err);
	if (task->shown)
		on_terminal(cli, "\r\033[K", 4);
	return status;
}

/* Every line of the notes as a comment, or as a complaint. */
static void put_notes(struct task *task, struct br_buf *text)
{
	struct br_view rest, line;
	struct br_buf notes;

	br_buf_init(&notes, 4096);
	br_walker_tell(&task->walker, &notes);
	if (text && notes.status != BR_OK)
		text->status = notes.status;
	rest = (struct br_view){notes.data, notes.len};
	while (notes.len && br_view_line(&rest, &line)) {
		if (text)
			br_buf_format(text, "# %.*s\n", (int)line.len, line.at);
		else
			cli_complain(task->cli, "%.*s", (int)line.len, line.at);
	}
	br_buf_clear(&notes);
}

static void put_head(struct task *task, struct br_buf *text)
{
	char date[BR_TIME_TEXT_SIZE], target[BR_TARGET_SIZE];

	br_time_text(date, task->cli->has_time ? task->cli->time : (int64_t)time(NULL));
	br_text_clean(target, sizeof target, br_view(task->target.text));
	if (task->cli->given.scrub)
		br_buf_text(
			text,
			"# brayer walk, scrubbed: serials, addresses and names are made up\n");
	else
		br_buf_format(text, "# brayer walk of %s\n", target);
	br_buf_format(text, "# %s, brayer " BR_VERSION ", %zu rows, %u questions\n", date,
		      task->walker.rows, task->walker.questions);
	put_notes(task, text);
}

static void put_rows(const struct br_harvest *harvest, struct br_buf *text)
{
	struct br_ber all = br_harvest_all(harvest);
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&all, &varbind, &broken))
		br_recording_line(text, varbind.name, varbind.name_len, varbind.value.tag,
				  varbind.value.data, varbind.value.len);
}

/* The rows once more, without what tells whose they are. */
static enum br_status scrub(struct task *task, struct br_buf *text, struct br_error *err)
{
	struct br_recording recording;
	struct br_buf plain;
	enum br_status status;

	br_buf_init(&plain, TEXT_CEILING);
	put_rows(&task->harvest, &plain);
	status = plain.status;
	if (status != BR_OK)
		br_fail(err, status, "the walk does not fit into memory");
	else
		status = br_recording_parse(&recording, (struct br_view){plain.data, plain.len},
					    "walk", err);
	br_buf_clear(&plain);
	if (status != BR_OK)
		return status;
	status = br_scrub(&recording, &task->cli->makers, err);
	for (size_t i = 0; i < recording.n_rows; i++) {
		const struct br_recorded *row = &recording.rows[i];

		br_recording_line(text, row->name.ber, row->name.len, row->tag,
				  recording.values + row->at, row->len);
	}
	br_recording_clear(&recording);
	return status;
}

static int cannot_write(struct cli *cli, const char *path, const char *why)
{
	cli_complain(cli, "%s: cannot be written: %s", path, why);
	return CLI_NONE;
}

static bool to_file(const struct cli *cli)
{
	return cli->given.output && strcmp(cli->given.output, "-") != 0;
}

/*
 * Opens FILE.PID.tmp: under the name that was given there is never half a recording, and two
 * walks to one FILE do not write into each other's. It may be read by whom FILE may.
 */
static int open_beside(struct cli *cli, const char *path, char beside[PATH_SIZE])
{
	int n = snprintf(beside, PATH_SIZE, "%s.%ld.tmp", path, (long)getpid()), fd = -1;
	struct stat there;
	bool exists = stat(path, &there) == 0;
	const char *why = NULL;

	if (n < 0 || n >= PATH_SIZE)
		why = "the name is too long";
	else if (exists && !S_ISREG(there.st_mode))
		why = "what is there is no regular file";
	else if ((fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			    exists ? 0600 : 0644)) < 0)
		why = strerror(errno);
	if (why)
		cannot_write(cli, path, why);
	else if (exists && fchmod(fd, there.st_mode & 0666) != 0)
		cli_complain(cli, "%s: its rights could not be kept: %s", path,
			     strerror(errno));
	return fd;
}

/* Told before a walk of minutes, not after it. */
static int check_place(struct cli *cli)
{
	char beside[PATH_SIZE];
	int fd;

	if (!to_file(cli))
		return 0;
	fd = open_beside(cli, cli->given.output, beside);
	if (fd < 0)
		return CLI_NONE;
	close(fd);
	unlink(beside);
	return 0;
}

static int write_file(struct cli *cli, const char *path, const struct br_buf *text)
{
	char beside[PATH_SIZE];
	int fd = open_beside(cli, path, beside), why;
	bool good;

	if (fd < 0)
		return CLI_NONE;
	good = br_file_put(fd, text->data, text->len) && fsync(fd) == 0;
	if (close(fd) != 0)
		good = false;
	if (good && rename(beside, path) == 0)
		return CLI_ALL;
	why = errno;
	unlink(beside);
	return cannot_write(cli, path, strerror(why));
}

static int put_out(struct task *task, struct br_buf *text)
{
	struct cli *cli = task->cli;
	int code = CLI_ALL;

	if (text->status != BR_OK)
		return cannot_write(cli, "the recording", br_status_name(text->status));
	if (to_file(cli))
		code = write_file(cli, cli->given.output, text);
	else
		br_buf_add(&cli->out, text->data, text->len);
	put_notes(task, NULL);
	return code == CLI_ALL && task->walker.partial ? CLI_SOME : code;
}

static int record(struct task *task)
{
	struct cli *cli = task->cli;
	struct br_error err;
	struct br_buf text;
	int code = CLI_NONE;

	if (walk(task, &err) != BR_OK) {
		cli_complain(cli, "%s", err.text);
		return CLI_NONE;
	}
	if (task->walker.rows == 0) {
		cli_complain(cli, "the printer answers, but has nothing there");
		return CLI_NONE;
	}
	br_buf_init(&text, TEXT_CEILING);
	put_head(task, &text);
	if (!cli->given.scrub)
		put_rows(&task->harvest, &text);
	if (cli->given.scrub && scrub(task, &text, &err) != BR_OK)
		cli_complain(cli, "%s", err.text);
	else
		code = put_out(task, &text);
	br_buf_clear(&text);
	return code;
}

int cli_walk(struct cli *cli, int argc, char **argv)
{
	struct task *task = calloc(1, sizeof *task);
	int code;

	if (!task) {
		cli_complain(cli, "out of memory");
		return CLI_NONE;
	}
	task->cli = cli;
	br_harvest_init(&task->harvest, BR_RECORDING_MAX_BYTES / 2);
	code = take_operands(task, argc, argv);
	if (code == 0)
		code = cli_prepare(cli);
	if (code == 0)
		code = check_roots(task);
	if (code == 0)
		code = check_place(cli);
	if (code == 0)
		code = record(task);
	br_harvest_clear(&task->harvest);
	free(task);
	return code;
}
