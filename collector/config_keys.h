/*
 * config_keys.h - the keys of the collector's sections, between config.c (where they stand) and
 * config_keys.c (what they mean). Nobody else includes this.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_CONFIG_KEYS_H
#define BR_COLLECTOR_CONFIG_KEYS_H

#include "config.h"

enum collector_section {
	IN_COLLECTOR = 1 << 0,
	IN_SITE = 1 << 1,
	IN_PRINTER = 1 << 2,
};

/* What the lines belong to: one of the three is set. */
struct collector_place {
	enum collector_section section;
	struct collector_config *config;
	struct collector_site *site;
	struct collector_printer *printer;
};

#define COLLECTOR_KEYS_MAX 24 /* as bits of what was given, and the end of a list of names */

/* The index of a key that this section takes; -1: none. */
int collector_key_find(enum collector_section section, struct br_view name);
const char *collector_key_name(int key);
void collector_key_names(enum collector_section section, const char *names[COLLECTOR_KEYS_MAX]);

/* The sentence begins with the key and has no place. */
enum br_status collector_key_set(const struct collector_place *place, int key,
				 const struct br_ini_line *line,
				 struct br_error *err) BR_MUST_CHECK;

/* Letters, digits, '.', '_' and '-', fits, the first a letter or digit. */
bool collector_name_is_plain(struct br_view name);

#endif
