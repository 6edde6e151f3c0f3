/*
 * settings.h - what the options said: typed, checked, with the defaults filled in.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_SETTINGS_H
#define BR_NAGIOS_CHECKS_SETTINGS_H

#include "output.h"

#define PLUGIN_LIST_MAX 64

/* An option that may be given several times. */
struct plugin_list {
	size_t n;
	const char *at[PLUGIN_LIST_MAX];
};

/* Which check it is; check_printer_all is all four judges. */
enum {
	PLUGIN_SUPPLIES = 1 << 0,
	PLUGIN_STATUS = 1 << 1,
	PLUGIN_TRAYS = 1 << 2,
	PLUGIN_PAGES = 1 << 3,
	PLUGIN_ALL = 1 << 4,
	PLUGIN_ALIVE = 1 << 5,
	PLUGIN_EVERY = (1 << 6) - 1,
};

struct plugin_settings {
	unsigned check; /* one of the above */

	/* Whom to ask, and how. NULL: not given. */
	const char *host, *port, *retries;
	const char *config, *profile;
	const char *community, *protocol, *user, *auth, *priv, *context;
	const char *level; /* what the last three must come to: authPriv … */
	const char *auth_password, *priv_password; /* of a file only, never of a command line */
	int64_t timeout_ms;                        /* of the whole run: 10000 */

	/* The collector's store. */
	const char *store;   /* NULL: that of brayer.conf, else the usual place */
	int64_t max_age_s;   /* older readings are not used; 0: the store is not looked at */
	bool passive;        /* every printer in the store, a line each */
	const char *service; /* what --passive calls the service; NULL: the check's own word */
	const char
		*host_by; /* what --passive calls the host: name, hostname, address, serial */

	struct plugin_look look;
	enum plugin_state timeout_state; /* UNKNOWN */
	enum plugin_state offline_state; /* UNKNOWN */
	bool offline_last; /* --offline-state=last: what the store knew of it last */

	/* Supplies: the percentages are what remains, or the room that remains. */
	struct plugin_thresholds supplies; /* of what is consumed: 20: and 10: */
	struct plugin_thresholds filled;   /* of what is filled: 10: and 5: */
	struct plugin_list supply; /* "toner-black=10:/5:", the first that fits decides */
	struct plugin_list include, exclude;   /* "toner-*", "type:fuser", "tray:tray-2" */
	enum plugin_state low, empty, missing; /* by a witness other than the level */
	enum plugin_state some, no_level;      /* -3: some remains; the level is not known */
	int64_t days_warning, days_critical;   /* by forecast; 0: not looked at */

	/* Status. */
	struct plugin_list alert;  /* "marker-toner-*=ok", "severity:critical=warning" */
	struct plugin_list ignore; /* the same, and ok */

	/* Trays. */
	struct plugin_thresholds trays; /* of what is measured; not given */
	struct plugin_list tray;        /* "tray-2=25:/10:" */
	enum plugin_state tray_low, tray_empty, tray_missing;
	bool manual; /* manual feed and bypass are judged as the others */

	/* Pages. */
	struct plugin_thresholds pages;   /* of the total */
	struct plugin_thresholds per_day; /* of the pages a day, by the store's history */
	struct plugin_list counter;       /* names or patterns; none: the usual ones */
};

#endif
