/*
 * collector_config_fuzz.c - any text as brayer.conf: the collector's half of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "collector/config.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1);
	static struct br_config profiles;
	struct collector_config config;
	struct br_error err = {""};

	if (!text)
		return 0;
	memcpy(text, data, size);
	br_config_init(&profiles);
	if (collector_config_parse(&config, (struct br_view){text, size}, "f", &profiles,
				   &err) == BR_OK) {
		for (size_t i = 0; i < config.n_printers; i++) {
			struct br_cadence cadence =
				collector_cadence(&config, NULL, &config.printers[i]);
			struct br_schedule_slot slot = {0};

			if (cadence.full_at >= 1440 || cadence.n_blackouts > BR_MAX_BLACKOUTS)
				abort();
			(void)br_schedule_next(&cadence, &slot, 1, 1795000000, 3600);
		}
	} else if (strncmp(err.text, "f:", 2) != 0 || config.n_printers) {
		abort(); /* every complaint has its place, and nothing is left */
	}
	collector_config_clear(&config);
	br_config_clear(&profiles);
	free(text);
	return 0;
}
