/*
 * main.c - the options of the simulated fleet; README.md explains them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define FAULTS_MAX 256

static const char usage[] = "usage: farm [-b BASE] [-n PRINTERS] [-k STRIDE] [-p PORT] [-c "
			    "COMMUNITY] [-m MAX_MESSAGE]\n"
			    "            [--fault ADDRESS|all:KIND[=VALUE]]... [--script FILE] "
			    "[--log FILE] [--seed N]\n"
			    "            [--as-recorded] [--for SECONDS] RECORDING...\n";

enum { OPT_FAULT = 256, OPT_SCRIPT, OPT_LOG, OPT_SEED, OPT_AS_RECORDED, OPT_FOR };

static const struct option long_options[] = {
	/* clang-format off */
	{"fault",       required_argument, NULL, OPT_FAULT},
	{"script",      required_argument, NULL, OPT_SCRIPT},
	{"log",         required_argument, NULL, OPT_LOG},
	{"seed",        required_argument, NULL, OPT_SEED},
	{"as-recorded", no_argument,       NULL, OPT_AS_RECORDED},
	{"for",         required_argument, NULL, OPT_FOR},
	{0},
	/* clang-format on */
};

struct given {
	const char *faults[FAULTS_MAX];
	size_t n_faults;
	const char *script, *log;
};

static int64_t number(const char *text, int64_t min, int64_t max)
{
	int64_t value;

	if (!br_parse_number(br_view(text), min, max, &value)) {
		fprintf(stderr, "farm: '%s' is not a number from %lld to %lld\n", text,
			(long long)min, (long long)max);
		exit(2);
	}
	return value;
}

static bool take_option(struct farm *farm, struct given *given, int option)
{
	switch (option) {
	case 'b':
		return farm_parse_address(br_view(optarg), &farm->base);
	case 'n':
		farm->n_printers = (size_t)number(optarg, 1, 1 << 22);
		return true;
	case 'k':
		farm->stride = (uint32_t)number(optarg, 1, 1 << 16);
		return true;
	case 'p':
		farm->port = (uint16_t)number(optarg, 0, 65535);
		return true;
	case 'c':
		farm->community = br_view(optarg);
		return true;
	case 'm':
		farm->max_message = (size_t)number(optarg, 100, FARM_MESSAGE_MAX);
		return true;
	case OPT_FAULT:
		given->faults[given->n_faults] = optarg;
		return given->n_faults++ < FAULTS_MAX - 1;
	case OPT_SCRIPT:
		given->script = optarg;
		return true;
	case OPT_LOG:
		given->log = optarg;
		return true;
	case OPT_SEED:
		farm->random ^= (uint64_t)number(optarg, 0, INT64_MAX) * 0x9e3779b97f4a7c15u;
		return true;
	case OPT_AS_RECORDED:
		farm->as_recorded = true;
		return true;
	case OPT_FOR:
		farm->for_s = (double)number(optarg, 1, 1000000);
		return true;
	}
	return false;
}

static bool load_recordings(struct farm *farm, char **paths, size_t n)
{
	struct br_error err;

	if (n == 0 || n > FARM_MAX_PROFILES) {
		fputs(usage, stderr);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		struct farm_profile *profile = &farm->profiles[farm->n_profiles];
		if (br_recording_load(&profile->recording, paths[i], &err) != BR_OK) {
			fprintf(stderr, "farm: %s\n", err.text);
			return false;
		}
		farm_profile_index(profile);
		farm->n_profiles++;
	}
	return farm->n_profiles > 0;
}

static bool make_printers(struct farm *farm)
{
	uint64_t last = farm->base + (uint64_t)(farm->n_printers - 1) * farm->stride;

	if (farm->base >> 24 != 127 || last >> 24 != 127) {
		fputs("farm: printers live on 127.0.0.0/8 only\n", stderr);
		return false;
	}
	farm->printers = calloc(farm->n_printers, sizeof(*farm->printers));
	if (farm->printers == NULL)
		return false;
	for (size_t i = 0; i < farm->n_printers; i++) {
		farm->printers[i] = (struct farm_printer){
			.address = farm->base + (uint32_t)i * farm->stride,
			.faults = &farm->healthy,
			.profile = &farm->profiles[i % farm->n_profiles],
		};
	}
	return true;
}

static void clear(struct farm *farm)
{
	farm_script_clear(farm);
	for (size_t i = 0; farm->printers != NULL && i < farm->n_printers; i++) {
		struct farm_printer *printer = &farm->printers[i];
		if (printer->own_faults)
			free(printer->faults);
		if (printer->own_profile) {
			br_recording_clear(&printer->profile->recording);
			free(printer->profile);
		}
	}
	free(farm->printers);
	for (size_t i = 0; i < farm->n_profiles; i++)
		br_recording_clear(&farm->profiles[i].recording);
	if (farm->log != NULL)
		fclose(farm->log);
}

static bool start(struct farm *farm, const struct given *given)
{
	for (size_t i = 0; i < given->n_faults; i++)
		if (!farm_fault(farm, given->faults[i]))
			return false;
	if (given->script != NULL && !farm_script_load(farm, given->script))
		return false;
	if (given->log != NULL && (farm->log = fopen(given->log, "w")) == NULL) {
		perror(given->log);
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	static struct farm farm = {
		.base = 0x7f100001,
		.stride = 1,
		.n_printers = 1,
		.port = 1161,
		.max_message = 1472,
		.random = 0x2545f4914f6cdd1du,
	};
	static struct given given;
	int option;
	bool good = true;

	while (good &&
	       (option = getopt_long(argc, argv, "b:n:k:p:c:m:", long_options, NULL)) != -1)
		good = take_option(&farm, &given, option);
	if (!good) {
		fputs(usage, stderr);
		return 2;
	}
	good = load_recordings(&farm, argv + optind, (size_t)(argc - optind)) &&
	       make_printers(&farm) && start(&farm, &given);
	if (good) {
		good = farm_serve(&farm);
		if (good)
			farm_count_print(&farm);
	}
	clear(&farm);
	return good ? 0 : 2;
}
