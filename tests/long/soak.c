/*
 * soak.c - reads recordings again and again in one process; the memory it takes must not grow.
 *
 * Usage: soak ROUNDS RECORDING...
 * After a tenth of the rounds the peak is noted; it may not be higher at the end, but for a
 * page or two of noise. Each reading becomes JSON, so that the writers are soaked too.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/read.h"
#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { NOISE_KB = 64, FAILED = -1 };

struct soak {
	struct br_makers makers;
	struct br_config config;
	struct br_buf json;
	unsigned long readings, octets;
};

static void take(void *user, const struct br_reading *reading)
{
	struct soak *soak = user;

	br_buf_reset(&soak->json);
	br_reading_json(reading, &soak->json, soak->readings & 1);
	soak->readings++;
	soak->octets += soak->json.len;
}

static bool read_one(struct soak *soak, const char *file)
{
	const struct br_read_options options = {.profile = &soak->config.profiles[0],
						.makers = &soak->makers};
	struct br_target target;
	struct br_error err;
	char text[BR_TARGET_SIZE];

	snprintf(text, sizeof text, "walk:%s", file);
	if (br_target_parse(&target, text, &err) == BR_OK &&
	    br_read(&target, &options, take, soak, &err) == BR_OK && soak->json.status == BR_OK)
		return true;
	printf("%s\n", err.text);
	return false;
}

static long peak_kb(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : FAILED;
}

static bool soak_all(struct soak *soak, unsigned long rounds, int n, char **files)
{
	long early = 0, late;

	for (unsigned long round = 0; round < rounds; round++) {
		for (int i = 0; i < n; i++)
			if (!read_one(soak, files[i]))
				return false;
		if (round == rounds / 10)
			early = peak_kb();
	}
	late = peak_kb();
	printf("%lu readings, %lu MB of JSON; peak %ld KB after a tenth, %ld KB at the end\n",
	       soak->readings, soak->octets >> 20, early, late);
	return late <= early + NOISE_KB;
}

int main(int argc, char **argv)
{
	static struct soak soak;
	bool good;

	if (argc < 3)
		return 2;
	br_makers_init(&soak.makers);
	br_config_init(&soak.config);
	br_buf_init(&soak.json, 1 << 20);
	good = soak_all(&soak, strtoul(argv[1], NULL, 10), argc - 2, argv + 2);
	br_buf_clear(&soak.json);
	br_makers_clear(&soak.makers);
	br_config_clear(&soak.config);
	return !good;
}
