/*
 * config.h - the collector's sections of brayer.conf: what is asked, when, and where it goes.
 *
 *   [collector]          store, health, how fast, and the schedule of whatever says nothing
 * else [site NAME]          addresses, the profiles they are tried with, a schedule [printer
 * TARGET]     one printer by its name or address
 *
 * Profiles are the library's business (link/profile.h); here they are names that must exist.
 * A schedule is inherited key by key: printer, site, collector, what is built in.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_CONFIG_H
#define BR_COLLECTOR_CONFIG_H

#include "brayer.h"

#define COLLECTOR_HEALTH   "/run/brayer/collector.json"
#define COLLECTOR_SITES    1024
#define COLLECTOR_PRINTERS 100000
#define COLLECTOR_PROFILES 8
#define COLLECTOR_NAME     64

enum collector_timing {
	COLLECTOR_STATUS = 1 << 0,
	COLLECTOR_FULL = 1 << 1,
	COLLECTOR_WINDOW = 1 << 2,
	COLLECTOR_BLACKOUT = 1 << 3,
};

/* The members of cadence that were given, and the others empty. */
struct collector_schedule {
	unsigned given; /* enum collector_timing */
	struct br_cadence cadence;
};

struct collector_site {
	char name[COLLECTOR_NAME];
	struct br_range range; /* settled; count 0: no addresses */
	char profiles[COLLECTOR_PROFILES][COLLECTOR_NAME];
	size_t n_profiles; /* at least one */
	unsigned pace;     /* of discovery, addresses a second; 0: the discovery's own */
	bool discover;
	struct collector_schedule schedule;
	unsigned line, profiles_line, discover_line;
	bool has_ranges;
};

struct collector_printer {
	char *target;  /* canonical */
	bool has_port; /* else it is the profile's, whatever stands in target */
	char *name;    /* for people; NULL: none */
	char profile[COLLECTOR_NAME], site[COLLECTOR_NAME]; /* "": not given */
	struct collector_schedule schedule;
	unsigned line, profile_line, site_line;
};

struct collector_config {
	char file[512], store[512], health[512];
	unsigned pace, in_flight;
	unsigned raw_days, hourly_days, daily_days, gone_days; /* 0: the store's own */
	unsigned store_line, health_line, mibs_line;           /* 0: not given */
	struct collector_schedule schedule;
	size_t n_sites, n_printers;
	struct collector_site *sites;
	struct collector_printer *printers;
};

/* A terminated copy on the heap; NULL: out of memory. */
char *collector_text(struct br_view text);

void collector_config_init(struct collector_config *config);
void collector_config_clear(struct collector_config *config);

/* profiles: of the same file, for the names. After a failure the defaults alone are left. */
enum br_status collector_config_parse(struct collector_config *config, struct br_view text,
				      const char *file, const struct br_config *profiles,
				      struct br_error *err) BR_MUST_CHECK;
enum br_status collector_config_load(struct collector_config *config, const char *file,
				     const struct br_config *profiles,
				     struct br_error *err) BR_MUST_CHECK;

/* The site whose ranges hold the address; the first of several; NULL: none. */
const struct collector_site *collector_site_of(const struct collector_config *config,
					       const union br_address *address);
const struct collector_site *collector_site_named(const struct collector_config *config,
						  const char *name);

/* What holds for a printer of a site. Both may be NULL. */
struct br_cadence collector_cadence(const struct collector_config *config,
				    const struct collector_site *site,
				    const struct collector_printer *printer);

#endif
