/*
 * pairs.c - times programs against each other: A B C, A B C, … so that a slow minute meets all
 * of them.
 *
 *   pairs [-n ROUNDS] [-r RUNS] NAME COMMAND… [:: NAME COMMAND…]…
 *
 * A round is RUNS turns of every command; its figure is the lower quartile of the turns, since
 * on a busy machine the slow half tells of the others. What is printed is the median of the
 * rounds. One line a command, tabs between: name, wall (median, least, most) and CPU in
 * microseconds, peak memory in KiB, wall and CPU of the first command divided by this one's
 * (the median of the rounds' own ratios), exit status. What the commands say goes to /dev/null.
 *
 * Peak memory is the kernel's figure for the largest process of the command, never under this
 * program's own.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 12, ROUNDS_MAX = 101, RUNS_MAX = 1001 };

extern char **environ;

struct command {
	const char *name;
	char **argv;
	double wall[ROUNDS_MAX], cpu[ROUNDS_MAX];     /* of the rounds */
	double run_wall[RUNS_MAX], run_cpu[RUNS_MAX]; /* of this round's turns */
	double least, most;
	long rss_kb;
	int status;
};

static posix_spawn_file_actions_t quiet;

static double now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double us(struct timeval t)
{
	return (double)t.tv_sec * 1e6 + (double)t.tv_usec;
}

static void run_once(struct command *command, double *wall, double *cpu)
{
	struct rusage usage = {0};
	double start = now_us();
	int status = 127 << 8;
	pid_t pid;

	if (posix_spawnp(&pid, command->argv[0], &quiet, NULL, command->argv, environ) == 0)
		while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
			;
	*wall = now_us() - start;
	*cpu = us(usage.ru_utime) + us(usage.ru_stime);
	if (usage.ru_maxrss > command->rss_kb)
		command->rss_kb = usage.ru_maxrss;
	if (status)
		command->status =
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts what it is given. */
static double median(double *values, size_t n)
{
	qsort(values, n, sizeof *values, by_size);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static double median_ratio(const double *a, const double *b, size_t n)
{
	double ratios[ROUNDS_MAX];

	for (size_t i = 0; i < n; i++)
		ratios[i] = b[i] > 0 ? a[i] / b[i] : 0;
	return median(ratios, n);
}

static void run_round(struct command *commands, size_t n, size_t round, size_t runs)
{
	for (size_t run = 0; run < runs; run++)
		for (size_t i = 0; i < n; i++)
			run_once(&commands[i], &commands[i].run_wall[run],
				 &commands[i].run_cpu[run]);
	for (size_t i = 0; i < n; i++) {
		struct command *command = &commands[i];

		qsort(command->run_wall, runs, sizeof(double), by_size);
		qsort(command->run_cpu, runs, sizeof(double), by_size);
		command->wall[round] = command->run_wall[runs / 4];
		command->cpu[round] = command->run_cpu[runs / 4];
		if (round == 0 || command->run_wall[0] < command->least)
			command->least = command->run_wall[0];
		if (command->run_wall[runs - 1] > command->most)
			command->most = command->run_wall[runs - 1];
	}
}

static void print(struct command *commands, size_t n, size_t rounds)
{
	double wall[COMMANDS_MAX], cpu[COMMANDS_MAX];

	for (size_t i = 0; i < n; i++) {
		wall[i] = median_ratio(commands[0].wall, commands[i].wall, rounds);
		cpu[i] = median_ratio(commands[0].cpu, commands[i].cpu, rounds);
	}
	for (size_t i = 0; i < n; i++)
		printf("%s\t%.0f\t%.0f\t%.0f\t%.0f\t%ld\t%.3f\t%.3f\t%d\n", commands[i].name,
		       median(commands[i].wall, rounds), commands[i].least, commands[i].most,
		       median(commands[i].cpu, rounds), commands[i].rss_kb, wall[i], cpu[i],
		       commands[i].status);
}

/* Cuts the arguments at "::". */
static size_t take_commands(struct command *commands, char **argv)
{
	size_t n = 0;

	while (*argv && n < COMMANDS_MAX) {
		commands[n].name = *argv++;
		commands[n].argv = argv;
		if (!*argv || strcmp(*argv, "::") == 0)
			return 0;
		n++;
		while (*argv && strcmp(*argv, "::") != 0)
			argv++;
		if (*argv)
			*argv++ = NULL;
	}
	return *argv ? 0 : n;
}

static size_t number(const char *text, size_t max)
{
	unsigned long value = strtoul(text, NULL, 10);

	return value < 1 ? 1 : value > max ? max : value;
}

int main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	size_t rounds = 5, runs = 1, n;
	double ignored;
	int option;

	while ((option = getopt(argc, argv, "+n:r:")) != -1) {
		if (option == 'n')
			rounds = number(optarg, ROUNDS_MAX);
		else if (option == 'r')
			runs = number(optarg, RUNS_MAX);
		else
			return 2;
	}
	n = take_commands(commands, argv + optind);
	if (n == 0) {
		fputs("usage: pairs [-n ROUNDS] [-r RUNS] NAME COMMAND... [:: NAME "
		      "COMMAND...]...\n",
		      stderr);
		return 2;
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	for (size_t i = 0; i < n; i++)
		run_once(&commands[i], &ignored, &ignored); /* into the caches */
	for (size_t round = 0; round < rounds; round++)
		run_round(commands, n, round, runs);
	print(commands, n, rounds);
	posix_spawn_file_actions_destroy(&quiet);
	return 0;
}
