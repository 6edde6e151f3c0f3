/*
 * discover.h - between the files of brayer discover.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_DISCOVER_H
#define BR_CLI_DISCOVER_H

#include "screen.h"

struct finding {
	struct cli *cli;
	struct cli_look look;
	struct br_range range;
	struct br_profile profiles[BR_SCAN_PROFILES];
	size_t n_profiles;
	struct br_discover_options options;
	struct br_discover *discover;
	const struct find_format *format;
	const struct br_found *before; /* what was printed last */
	bool watched, interrupted;
	int64_t shown_ms, saved_ms, began_ms, resting_ms;
};

/* What stands in the output for one printer or device; false: it is not shown. */
bool find_is_shown(const struct finding *finding, const struct br_found *found);
const char *find_name(const struct br_found *found); /* "Brother HL-L2340D", or a word */
const char *find_profile(const struct finding *finding, const struct br_found *found);
const char *find_snmp(const struct br_found *found); /* "1", "2c", "3" */

/* One format of --output: whatever stands before, for each one found, and behind. */
struct find_format {
	const char *name;
	bool printers_only; /* configuration: for what is no printer there is nothing to say */
	void (*before)(struct finding *finding, struct br_buf *out);
	void (*each)(struct finding *finding, struct br_buf *out, const struct br_found *found);
	void (*behind)(struct finding *finding, struct br_buf *out);
};
/* NULL: there is none of this name (told, with the nearest). */
const struct find_format *find_format(struct cli *cli, const char *name);
/* The table is printed at once, since its columns depend on all rows. */
void find_table(struct finding *finding, struct br_buf *out);
void find_print(struct finding *finding);

extern const struct find_format find_configs[]; /* ready-made configuration; name NULL ends */

/* The state file of --resume. Both tell what is wrong; false: go no further. */
bool find_resume(struct finding *finding, struct br_scan_place *place);
bool find_resume_found(struct finding *finding);
bool find_save(struct finding *finding);
void find_forget(struct finding *finding);

#endif
