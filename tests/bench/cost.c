/*
 * cost.c - what one command costs by the kernel's own account, it and all that it waited for.
 *
 *   cost FILE COMMAND...
 *
 * Writes one line of JSON into FILE: wall, cpu and user in seconds, rss_kb (of the largest
 * process), status. It is small on purpose: the memory of whoever starts a program counts as
 * that program's peak until it has outgrown it, so a large script must not start it itself.
 * Ends with the command's own status; SIGTERM and SIGINT are handed on to it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile pid_t child;

static void hand_on(int number)
{
	if (child > 0)
		(void)kill(child, number);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t start(char **argv)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	(void)execvp(argv[0], argv);
	fprintf(stderr, "cost: %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = hand_on, .sa_flags = SA_RESTART};
	struct rusage usage = {0};
	int status = 0;

	if (argc < 3) {
		fputs("usage: cost FILE COMMAND...\n", stderr);
		return 2;
	}
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
	double began = now();
	child = start(argv + 2);
	if (child < 0) {
		perror("cost");
		return 126;
	}
	while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
		;
	double wall = now() - began, user = seconds(usage.ru_utime);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	FILE *out = fopen(argv[1], "w");
	if (!out) {
		perror(argv[1]);
		return 126;
	}
	fprintf(out,
		"{\"wall\":%.6f,\"cpu\":%.6f,\"user\":%.6f,\"rss_kb\":%ld,\"status\":%d}\n",
		wall, user + seconds(usage.ru_stime), user, usage.ru_maxrss, code);
	return fclose(out) == 0 ? code : 126;
}
