/*
 * options.h - the one table of options: what is parsed, what help prints, what the manuals
 * list.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_OPTIONS_H
#define BR_NAGIOS_CHECKS_OPTIONS_H

#include "judge.h"

/* How a value is read. */
enum plugin_kind {
	PLUGIN_FLAG,
	PLUGIN_COUNT, /* -v */
	PLUGIN_TEXT,
	PLUGIN_TARGET, /* whatever br_target_parse takes */
	PLUGIN_KEY,    /* a key of a profile: checked as brayer.conf checks it */
	PLUGIN_SECRET, /* such a key that only a file may hold */
	PLUGIN_RANGE,
	PLUGIN_PAIR, /* two ranges, "W/C" */
	PLUGIN_STATE,
	PLUGIN_SECONDS,   /* "10", "10s", "500ms": milliseconds */
	PLUGIN_AGE,       /* "20m", "2h", "0": seconds */
	PLUGIN_DAYS,      /* "14" or "14/7": two int64_t, one behind the other */
	PLUGIN_SELECTORS, /* a plugin_list, each checked by select.h */
	PLUGIN_OVERRIDES,
	PLUGIN_ALERT_RULES,
	PLUGIN_ALERT_SELECTORS,
	PLUGIN_NAMES,   /* a plugin_list of counters' names or patterns */
	PLUGIN_TIMEOUT, /* seconds, and behind a colon perhaps a state */
	PLUGIN_OFFLINE, /* a state or "last" */
	PLUGIN_LOOK,    /* an output format */
	PLUGIN_HOST_BY, /* what a passive result calls its host */
	PLUGIN_LEVEL,   /* a security level of SNMPv3 */
	PLUGIN_EXTRA,   /* "[section][@file]", only behind '=' */
	PLUGIN_ABOUT,   /* help, version, usage: told instead of anything else */
	PLUGIN_KINDS,
};

/* The headings of --help. */
enum plugin_section {
	PLUGIN_OF_TARGET,
	PLUGIN_OF_CREDENTIALS,
	PLUGIN_OF_TIME,
	PLUGIN_OF_STORE,
	PLUGIN_OF_CHOICE,
	PLUGIN_OF_SUPPLIES,
	PLUGIN_OF_STATUS,
	PLUGIN_OF_TRAYS,
	PLUGIN_OF_PAGES,
	PLUGIN_OF_OUTPUT,
	PLUGIN_SECTIONS,
};

struct plugin_option {
	const char *name;  /* without "--" */
	char letter;       /* 0: none */
	const char *value; /* what a person calls the value; NULL: it takes none */
	enum plugin_section section;
	unsigned checks;
	enum plugin_kind kind;
	size_t at; /* offset in struct plugin_settings */
	const char *help;
};

extern const struct plugin_option plugin_options[];
extern const size_t plugin_options_count;

/* The keys of a profile that options set, in the order in which they are set; ends with NULL.
 */
struct plugin_key {
	const char *key;
	size_t at; /* of a const char * in struct plugin_settings; NULL there: not given */
};
extern const struct plugin_key plugin_keys[];

/* What options.c hands to main.c. */
enum plugin_next {
	PLUGIN_GO,
	PLUGIN_TELL,  /* help or version: it is in out; exit 3 */
	PLUGIN_WRONG, /* err has the sentence; exit 3 */
};

/* What main found in the environment; NULL where there is nothing. */
struct plugin_environment {
	const char *home, *xdg_config_home;
	const char *mp_config_file, *nagios_config_path;
};

/* Files that --extra-opts read. Their text is lent to the settings: clear it last. */
#define PLUGIN_FILES_MAX 8
struct plugin_files {
	size_t n;
	struct br_file at[PLUGIN_FILES_MAX];
};
void plugin_files_clear(struct plugin_files *files);

/* The defaults of a check. */
void plugin_settings_init(struct plugin_settings *settings, unsigned check);

/* Takes argv, and what --extra-opts names before it, so that the command line has the last
 * word.
 */
enum plugin_next plugin_options_take(struct plugin_settings *settings,
				     const struct plugin_check *check,
				     const struct plugin_environment *environment, int argc,
				     char **argv, struct plugin_files *files,
				     struct br_buf *out, struct br_error *err);

void plugin_help(struct br_buf *out, const struct plugin_check *check);
void plugin_usage(struct br_buf *out, const struct plugin_check *check); /* at most 23 lines */

#endif
