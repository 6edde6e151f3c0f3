/*
 * options_table.c - every option of every check, a row each. A name may have a row more where
 * it means another thing in another check.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#define AT(member) offsetof(struct plugin_settings, member)

enum {
	EVERY = PLUGIN_EVERY,
	STOCK = PLUGIN_SUPPLIES | PLUGIN_ALL,
	STATE = PLUGIN_STATUS | PLUGIN_ALL,
	PAPER = PLUGIN_TRAYS | PLUGIN_ALL,
	COUNT = PLUGIN_PAGES | PLUGIN_ALL,
};

/* clang-format off */
const struct plugin_option plugin_options[] = {
#define O(section, name, letter, value, checks, kind, at, help) \
	{name, letter, value, PLUGIN_OF_##section, checks, PLUGIN_##kind, at, help}
	O(TARGET, "hostname", 'H', "HOST", EVERY, TARGET, AT(host),
	  "the printer: an address, a name, HOST:PORT, [IPV6]:PORT, HOST#2 (the second device behind a print server), or walk:FILE"),
	O(TARGET, "port", 'p', "PORT", EVERY, KEY, AT(port),
	  "UDP port where HOST names none; default 161"),
	O(TARGET, "protocol", 'P', "1|2c|3", EVERY, KEY, AT(protocol),
	  "version of SNMP; default 2c, with a user 3"),
	O(TARGET, "retries", 'e', "N", EVERY, KEY, AT(retries),
	  "ask again so often; default 2"),
	O(TARGET, "profile", 0, "NAME", EVERY, TEXT, AT(profile),
	  "how to ask, from brayer.conf, which may hold the secrets"),
	O(TARGET, "config", 0, "FILE", EVERY, TEXT, AT(config),
	  "this file instead of the usual brayer.conf"),
	O(TARGET, "extra-opts", 0, "[SECTION][@FILE]", EVERY, EXTRA, 0,
	  "options from an ini file; SECTION is the name of the check unless given. May be repeated; the command line has the last word"),

	O(CREDENTIALS, "community", 'C', "TEXT", EVERY, KEY, AT(community),
	  "of v1 and v2c; default public. Every user of this machine sees a command line: another one belongs in a profile"),
	O(CREDENTIALS, "secname", 'U', "NAME", EVERY, KEY, AT(user),
	  "user of v3"),
	O(CREDENTIALS, "seclevel", 'L', "LEVEL", EVERY, LEVEL, AT(level),
	  "noAuthNoPriv, authNoPriv or authPriv: not needed, but refused where the rest comes to another"),
	O(CREDENTIALS, "authproto", 'a', "NAME", EVERY, KEY, AT(auth),
	  "MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512"),
	O(CREDENTIALS, "privproto", 'x', "NAME", EVERY, KEY, AT(priv),
	  "DES, AES, AES-192 or AES-256"),
	O(CREDENTIALS, "authpasswd", 'A', "TEXT", EVERY, SECRET, AT(auth_password),
	  "in a file of --extra-opts only"),
	O(CREDENTIALS, "privpasswd", 'X', "TEXT", EVERY, SECRET, AT(priv_password),
	  "in a file of --extra-opts only"),
	O(CREDENTIALS, "context", 'N', "NAME", EVERY, KEY, AT(context),
	  "context of v3"),

	O(TIME, "timeout", 't', "TIME[:STATE]", EVERY, TIMEOUT, 0,
	  "end the whole run after this, 100ms to 600s, default 10s; in this STATE, as --timeout-state says"),
	O(TIME, "timeout-state", 0, "STATE", EVERY, STATE, AT(timeout_state),
	  "when time is up before the printer has said enough; default unknown"),
	O(TIME, "offline-state", 0, "STATE|last", EVERY, OFFLINE, 0,
	  "when nothing answers at all, as when it is switched off at night; default unknown. last: judge what the store knew of it last"),

	O(STORE, "store", 0, "FILE", EVERY, TEXT, AT(store),
	  "this one instead of that of brayer.conf or the usual place"),
	O(STORE, "max-age", 0, "TIME", EVERY, AGE, AT(max_age_s),
	  "answer from the store where its reading is no older; default 15m (s, m, h, d). 0: always ask the printer"),
	O(STORE, "passive", 0, NULL, EVERY, FLAG, AT(passive),
	  "no HOST: a passive result \"host;service;code;output\" for each printer of the store"),
	O(STORE, "service", 0, "NAME", EVERY, TEXT, AT(service),
	  "with --passive: what the service is called"),
	O(STORE, "host-by", 0, "WORD", EVERY, HOST_BY, AT(host_by),
	  "with --passive: what the host is called: name (default), hostname, address or serial"),

	O(CHOICE, "include", 0, "SELECTOR", STOCK | PAPER, SELECTORS, AT(include),
	  "judge only these; may be repeated"),
	O(CHOICE, "exclude", 0, "SELECTOR", STOCK | PAPER, SELECTORS, AT(exclude),
	  "not these, whatever includes them; may be repeated"),

	O(SUPPLIES, "warning", 'w', "RANGE", STOCK, RANGE, AT(supplies.warning),
	  "percent that remain of what is used up; default 20:"),
	O(SUPPLIES, "critical", 'c', "RANGE", STOCK, RANGE, AT(supplies.critical),
	  "the same; default 10:"),
	O(SUPPLIES, "filled-warning", 0, "RANGE", STOCK, RANGE, AT(filled.warning),
	  "percent of room left in what fills up (waste boxes); default 10:"),
	O(SUPPLIES, "filled-critical", 0, "RANGE", STOCK, RANGE, AT(filled.critical),
	  "the same; default 5:"),
	O(SUPPLIES, "supply", 0, "SELECTOR=W/C", STOCK, OVERRIDES, AT(supply),
	  "both ranges for some: toner-black=10:/5:, or drum-*=/3: for critical alone. May be repeated; the first that fits decides"),
	O(SUPPLIES, "low", 0, "STATE", STOCK, STATE, AT(low),
	  "where an alert, an error bit or the panel says low; default warning"),
	O(SUPPLIES, "empty", 0, "STATE", STOCK, STATE, AT(empty),
	  "where they say empty, or full of a waste box; default critical"),
	O(SUPPLIES, "missing", 0, "STATE", STOCK, STATE, AT(missing),
	  "where they say it is not there; default critical"),
	O(SUPPLIES, "some-remaining", 0, "STATE", STOCK, STATE, AT(some),
	  "where the printer says no more than that some remains; default ok"),
	O(SUPPLIES, "unknown-level", 0, "STATE", STOCK, STATE, AT(no_level),
	  "where it does not say how much; default ok"),
	O(SUPPLIES, "days", 0, "N[/M]", STOCK, DAYS, AT(days_warning),
	  "warning (critical) where the forecast from the store's history says fewer days"),

	O(STATUS, "alert", 0, "SELECTOR=STATE", STATE, ALERT_RULES, AT(alert),
	  "how bad an alert, error bit or cover is: jam=warning, 1104=ok. May be repeated; the first that fits decides"),
	O(STATUS, "ignore", 0, "SELECTOR", STATE, ALERT_SELECTORS, AT(ignore),
	  "these are ok; may be repeated"),

	O(TRAYS, "warning", 'w', "RANGE", PLUGIN_TRAYS, RANGE, AT(trays.warning),
	  "percent of paper left in a tray, or of room in a bin, where it is measured"),
	O(TRAYS, "critical", 'c', "RANGE", PLUGIN_TRAYS, RANGE, AT(trays.critical),
	  "the same"),
	O(TRAYS, "tray-warning", 0, "RANGE", PAPER, RANGE, AT(trays.warning),
	  "percent of paper left in a tray, or of room in a bin, where it is measured"),
	O(TRAYS, "tray-critical", 0, "RANGE", PAPER, RANGE, AT(trays.critical),
	  "the same"),
	O(TRAYS, "tray", 0, "SELECTOR=W/C", PAPER, OVERRIDES, AT(tray),
	  "other ranges for some: tray-2=25:/10:. May be repeated"),
	O(TRAYS, "tray-low", 0, "STATE", PAPER, STATE, AT(tray_low),
	  "where a tray says it is low; default ok"),
	O(TRAYS, "tray-empty", 0, "STATE", PAPER, STATE, AT(tray_empty),
	  "where one is empty; default warning. All empty is critical in any case"),
	O(TRAYS, "tray-missing", 0, "STATE", PAPER, STATE, AT(tray_missing),
	  "where one is missing; default warning"),
	O(TRAYS, "manual", 0, NULL, PAPER, FLAG, AT(manual),
	  "judge manual feed and bypass trays too"),

	O(PAGES, "warning", 'w', "RANGE", PLUGIN_PAGES, RANGE, AT(pages.warning),
	  "pages printed in all"),
	O(PAGES, "critical", 'c', "RANGE", PLUGIN_PAGES, RANGE, AT(pages.critical),
	  "the same"),
	O(PAGES, "pages-warning", 0, "RANGE", COUNT, RANGE, AT(pages.warning),
	  "pages printed in all"),
	O(PAGES, "pages-critical", 0, "RANGE", COUNT, RANGE, AT(pages.critical),
	  "the same"),
	O(PAGES, "per-day", 0, "W/C", COUNT, PAIR, AT(per_day),
	  "pages a day of late, by the store's history: 500/1000 alerts above either, 1:/ below 1"),
	O(PAGES, "counter", 0, "NAME", COUNT, NAMES, AT(counter),
	  "show these counters, * and ? as in a shell; may be repeated"),

	O(OUTPUT, "output-format", 0, "FORMAT", EVERY, LOOK, AT(look.format),
	  "classic (default), multi-line or mp-test-json (which always exits 0)"),
	O(OUTPUT, "ascii", 0, NULL, EVERY, FLAG, AT(look.ascii),
	  "write ? for what is not ASCII"),
	O(OUTPUT, "verbose", 'v', NULL, EVERY, COUNT, AT(look.verbose),
	  "say more: -v what is well too, -vv a line for each thing, -vvv every datagram, and no limit of 4000 bytes"),
	O(OUTPUT, "help", 'h', NULL, EVERY, ABOUT, 0,
	  "this text"),
	O(OUTPUT, "usage", '?', NULL, EVERY, ABOUT, 0,
	  "the short of it"),
	O(OUTPUT, "version", 'V', NULL, EVERY, ABOUT, 0,
	  "the version"),
#undef O
};
/* clang-format on */
const struct plugin_key plugin_keys[] = {
	{"version", AT(protocol)},
	{"community", AT(community)},
	{"port", AT(port)},
	{"retries", AT(retries)},
	{"user", AT(user)},
	{"auth", AT(auth)},
	{"priv", AT(priv)},
	{"auth-password", AT(auth_password)},
	{"priv-password", AT(priv_password)},
	{"context", AT(context)},
	{NULL, 0},
};

const size_t plugin_options_count = sizeof plugin_options / sizeof plugin_options[0];
