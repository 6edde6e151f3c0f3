/*
 * fleet_read.c - reads many printers at consecutive addresses with the engine, and says what it
 * cost.
 *
 *   fleet_read -b BASE -n N [-k STRIDE] [-p PORT] [-w WINDOW] [-P PACE] [-m full|status|again]
 *              [-t TIMEOUT_MS] [-r RETRIES] [-D DEADLINE_MS] [-c COMMUNITY]
 *              [-f BRAYER_CONF -o PROFILE] [-R ROUNDS]
 *
 * Each reading is decoded. One line of JSON; of "status" and "again" (a second full reading)
 * the figures are those of the last pass alone, with -R ROUNDS of them together.
 *
 * SPDX-License-Identifier: MIT
 */
#include "brayer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct pass {
	size_t done, failed, same, full, supplies, readings, left;
	uint64_t questions, silences, dropped, answers;
	double wall, cpu, user;
	int64_t slowest_ms;
};

static struct br_config config;
static struct br_profile profile;
static struct br_fleet_options options = {.keep = false};
static struct br_makers makers;
static struct br_fleet *fleet;
static struct pass pass;
static const char *mode = "full";
static uint32_t base = 0x7f100001, stride = 1;
static size_t n_printers = 1000;
static unsigned rounds = 1;
static bool verbose;

static double now_s(clockid_t clock)
{
	struct timespec at;

	(void)clock_gettime(clock, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double cpu_s(double *user)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	*user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
	return *user + (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
}

static void keep(void *user, const struct br_reading *reading)
{
	(void)user;
	pass.readings++;
	pass.supplies += reading->n_supplies;
}

static void told(void *user, const struct br_fleet_result *result)
{
	static const struct br_target target = {.kind = BR_TARGET_UDP, .text = "udp:bench"};
	struct br_error err = {""};
	enum br_status status = result->status;

	(void)user;
	pass.left--;
	/* Without keep a status reading's answers are the store's business. */
	if (status == BR_OK && (result->done == BR_WANT_FULL || options.keep))
		status = br_fleet_readings(fleet, result, &target, keep, NULL, &err);
	else if (status != BR_OK)
		err = *result->error;
	pass.done += status == BR_OK;
	pass.failed += status != BR_OK;
	pass.same += result->same;
	if (result->took_ms > pass.slowest_ms)
		pass.slowest_ms = result->took_ms;
	pass.full += result->done == BR_WANT_FULL;
	if (verbose && result->took_ms > 1500)
		fprintf(stderr, "%lld ms, %u questions, %u silences, started at %lld\n",
			(long long)result->took_ms, result->questions, result->silences,
			(long long)result->started_ms);
	if (verbose && status != BR_OK)
		fprintf(stderr, "%s\n", err.text);
	else if (verbose && result->stale_because)
		fprintf(stderr, "stale: %s\n", result->stale_because);
}

static void run(struct br_fleet_printer **printers, enum br_want want)
{
	struct br_fleet_health before, after;
	double wall, cpu, user, user_before;

	pass = (struct pass){.left = n_printers};
	br_fleet_health(fleet, &before);
	wall = now_s(CLOCK_MONOTONIC);
	cpu = cpu_s(&user_before);
	for (size_t i = 0; i < n_printers; i++)
		br_fleet_ask(fleet, printers[i], want);
	while (br_fleet_busy(fleet))
		br_fleet_wait(fleet, INT64_MAX);
	pass.cpu = cpu_s(&user) - cpu;
	pass.user = user - user_before;
	pass.wall = now_s(CLOCK_MONOTONIC) - wall;
	br_fleet_health(fleet, &after);
	pass.questions = after.questions - before.questions;
	pass.silences = after.silences - before.silences;
	pass.dropped = after.dropped - before.dropped;
	pass.answers = after.answers - before.answers;
}

/* VmHWM: the peak of this process, which ru_maxrss is not after an exec. */
static long peak_kb(void)
{
	char line[256];
	long kb = 0;
	FILE *file = fopen("/proc/self/status", "r");

	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (file)
		fclose(file);
	return kb;
}

static int sockets(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++) {
		char path[64], to[64];
		ssize_t len;

		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		len = readlink(path, to, sizeof to - 1);
		n += len > 7 && memcmp(to, "socket:", 7) == 0;
	}
	return n;
}

static void print(double all_wall, double all_cpu)
{
	struct br_fleet_health health;

	br_fleet_health(fleet, &health);
	printf("{\"done\":%zu,\"failed\":%zu,\"questions\":%llu,\"answers\":%llu,"
	       "\"silences\":%llu,\"dropped\":%llu,\"strays\":%llu,\"wall\":%.4f,\"cpu\":%.4f,"
	       "\"cpu_us_printer\":%.1f,\"user\":%.4f,\"rss_kb\":%ld,\"sockets\":%d,"
	       "\"same\":%zu,\"full\":%zu,\"readings\":%zu,\"supplies\":%zu,\"window\":%u,"
	       "\"engine_kb\":%zu,\"slowest_ms\":%lld,\"process_wall\":%.4f,\"process_cpu\":%."
	       "4f}\n",
	       pass.done, pass.failed, (unsigned long long)pass.questions,
	       (unsigned long long)pass.answers, (unsigned long long)pass.silences,
	       (unsigned long long)pass.dropped, (unsigned long long)health.strays, pass.wall,
	       pass.cpu, pass.cpu * 1e6 / (double)n_printers, pass.user, peak_kb(), sockets(),
	       pass.same, pass.full, pass.readings, pass.supplies, health.window,
	       health.octets / 1024, (long long)pass.slowest_ms, all_wall, all_cpu);
}

static int complain(const struct br_error *err)
{
	fprintf(stderr, "fleet_read: %s\n", err->text);
	return 2;
}

static int read_all(void)
{
	struct br_fleet_printer **printers = calloc(n_printers, sizeof(*printers));
	enum br_want want = strcmp(mode, "status") == 0 ? BR_WANT_STATUS : BR_WANT_FULL;
	double wall = now_s(CLOCK_MONOTONIC), user;
	struct br_error err = {"out of memory"};

	if (!printers || br_fleet_open(&fleet, &options, told, NULL, &err) != BR_OK) {
		free(printers);
		return complain(&err);
	}
	for (size_t i = 0; i < n_printers; i++) {
		union br_address address = {.v4 = {.sin_family = AF_INET}};

		address.v4.sin_port = htons(profile.port);
		address.v4.sin_addr.s_addr = htonl(base + (uint32_t)i * stride);
		if (br_fleet_add(fleet, &address, &profile, NULL, &printers[i], &err) != BR_OK)
			return complain(&err);
	}
	run(printers, BR_WANT_FULL);
	if (strcmp(mode, "full") != 0) {
		/* The first glance has nothing to compare with. */
		if (want == BR_WANT_STATUS)
			run(printers, want);
		for (unsigned i = 0; i < rounds; i++)
			run(printers, want);
	}
	print(now_s(CLOCK_MONOTONIC) - wall, cpu_s(&user));
	br_fleet_close(fleet);
	free(printers);
	return pass.failed ? 1 : 0;
}

static unsigned number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

static bool take(int option, const char *value)
{
	struct in_addr address;

	switch (option) {
	case 'b':
		if (inet_pton(AF_INET, value, &address) != 1)
			return false;
		base = ntohl(address.s_addr);
		return true;
	case 'n':
		n_printers = number(value);
		return n_printers > 0;
	case 'k':
		stride = number(value);
		return true;
	case 'p':
		profile.port = (uint16_t)number(value);
		return true;
	case 'w':
		options.in_flight = number(value);
		return true;
	case 'P':
		options.pace = number(value);
		return true;
	case 'm':
		mode = value;
		return true;
	case 't':
		profile.timeout_ms = number(value);
		return true;
	case 'r':
		profile.retries = number(value);
		return true;
	case 'D':
		profile.deadline_ms = number(value);
		return true;
	case 'R':
		rounds = number(value);
		return true;
	case 'K':
		options.keep = true;
		return true;
	case 'v':
		verbose = true;
		return true;
	case 'c':
		return br_text_copy(profile.community, sizeof profile.community,
				    br_view(value));
	}
	return false;
}

int main(int argc, char **argv)
{
	const char *file = NULL, *name = "default";
	const struct br_profile *found;
	struct br_error err;
	int option, status;

	br_config_init(&config);
	/* The file first, whatever the order: the other options come on top of it. */
	for (int i = 1; i + 1 < argc; i++) {
		file = strcmp(argv[i], "-f") == 0 ? argv[i + 1] : file;
		name = strcmp(argv[i], "-o") == 0 ? argv[i + 1] : name;
	}
	if (file && br_config_load(&config, file, NULL, NULL, &err) != BR_OK)
		return complain(&err);
	if (br_config_profile(&config, name, &found, &err) != BR_OK)
		return complain(&err);
	profile = *found;
	while ((option = getopt(argc, argv, "b:n:k:p:w:P:m:t:r:D:R:c:f:o:Kv")) > 0)
		if (option != 'f' && option != 'o' && !take(option, optarg)) {
			fprintf(stderr, "usage: fleet_read -b BASE -n N [-m full|status|again] "
					"… (see the head of fleet_read.c)\n");
			return 2;
		}
	br_makers_init(&makers);
	options.makers = &makers;
	options.once = strcmp(mode, "full") == 0;
	(void)prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
	status = read_all();
	br_makers_clear(&makers);
	br_config_clear(&config);
	return status;
}
