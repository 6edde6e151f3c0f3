/*
 * bed.h - a collector with its own directory, a clock of its own and the simulated fleet.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_BED_H
#define BR_TESTS_BED_H

#include "collector/drive.h"
#include "collector/inside.h"

#define MONDAY (INT64_C(20408) * 86400)
#define HOUR   3600

struct bed {
	char dir[64];
	struct drive drive;
};

/* Three recordings in turn: a printer, a print server with two, a large one. The clock is at
 * Monday, eight o'clock. sections: what follows the keys of [collector] in the file. Skips the
 * test where the store was left out. */
void bed_open(struct bed *bed, const char *farm, const char *script, const char *sections);
/* Other recordings; NULL ends them. */
void bed_open_files(struct bed *bed, const char *farm, const char *script, const char *sections,
		    char *const *recordings);
void bed_close(struct bed *bed);
void bed_config(struct bed *bed, const char *sections); /* another file, not yet read */

const struct collector_counts *bed_counts(const struct bed *bed);
struct collector_station *bed_station(const struct bed *bed, const char *host);
/* What it says from now on, and how often a text was among it. */
void bed_listen(struct bed *bed);
unsigned bed_said(const struct bed *bed, const char *text);
/* Skips the test where "localhost" is not 127.0.0.1: a bare system has no such name. */
void bed_needs_localhost(void);
void bed_find(struct bed *bed, const char *host); /* as a search would */

#endif
