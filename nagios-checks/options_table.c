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
	  "UDP port where HOST names none: 161"),
	O(TARGET, "protocol", 'P', "1|2c|3", EVERY, KEY, AT(protocol),
	  "version of SNMP: 2c"),
	O(TARGET, "retries", 'e', "N", EVERY, KEY, AT(retries),
	  "ask again so often: 2"),
	O(TARGET, "profile", 0, "NAME", EVERY, TEXT, AT(profile),
	  "how to ask, from brayer.conf, which may hold the secrets: default"),
	O(TARGET, "config", 0, "FILE", EVERY, TEXT, AT(config),
	  "this file instead of the usual brayer.conf"),
	O(TARGET, "extra-opts", 0, "[SECTION][@FILE]", EVERY, EXTRA, 0,
	  "options from an ini file; SECTION is the name of the check unless given. May be repeated; the command line has the last word"),

	O(CREDENTIALS, "community", 'C', "TEXT", EVERY, KEY, AT(community),
	  "of v1 and v2c: public. On a command line all users of this machine see it, and so does who sees the monitoring: a profile is better"),
	O(CREDENTIALS, "secname", 'U', "NAME", EVERY, KEY, AT(user),
	  "user of v3"),
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
	  "end the whole run after this: 10 (also 10s, 500ms); in this STATE, as --timeout-state says"),
	O(TIME, "timeout-state", 0, "STATE", EVERY, STATE, AT(timeout_state),
	  "when time is up before the printer has said enough: unknown"),
	O(TIME, "offline-state", 0, "STATE|last", EVERY, OFFLINE, 0,
	  "when nothing answers at all, as when it is switched off at night: unknown. last: judge what the store knew of it last"),

	O(STORE, "store", 0, "FILE", EVERY, TEXT, AT(store),
	  "the collector's store: that of brayer.conf, or the usual place"),
	O(STORE, "max-age", 0, "TIME", EVERY, AGE, AT(max_age_s),
	  "answer from the store where its reading is younger: 15m (s, m, h, d). 0: always ask the printer"),
	O(STORE, "passive", 0, NULL, EVERY, FLAG, AT(passive),
	  "no HOST: a passive result \"host;service;code;output\" for each printer of the store"),
	O(STORE, "service", 0, "NAME", EVERY, TEXT, AT(service),
	  "with --passive: what the service is called there"),
	O(STORE, "host-by", 0, "WORD", EVERY, HOST_BY, AT(host_by),
	  "with --passive: what the host is called: name, hostname, address or serial"),

	O(CHOICE, "include", 0, "SELECTOR", STOCK | PAPER, SELECTORS, AT(include),
	  "only these: toner-*, type:fuser, tray:tray-2. May be repeated"),
	O(CHOICE, "exclude", 0, "SELECTOR", STOCK | PAPER, SELECTORS, AT(exclude),
	  "not these; may be repeated"),

	O(SUPPLIES, "warning", 'w', "RANGE", STOCK, RANGE, AT(supplies.warning),
	  "percent that remain of what is used up: 20:"),
	O(SUPPLIES, "critical", 'c', "RANGE", STOCK, RANGE, AT(supplies.critical),
	  "the same: 10:"),
	O(SUPPLIES, "filled-warning", 0, "RANGE", STOCK, RANGE, AT(filled.warning),
	  "percent of room left in what fills up (waste boxes): 10:"),
	O(SUPPLIES, "filled-critical", 0, "RANGE", STOCK, RANGE, AT(filled.critical),
	  "the same: 5:"),
	O(SUPPLIES, "supply", 0, "SELECTOR=W/C", STOCK, OVERRIDES, AT(supply),
	  "other ranges for some: toner-black=10:/5:, or drum-*=/3: for critical alone. May be repeated; the first that fits decides"),
	O(SUPPLIES, "low", 0, "STATE", STOCK, STATE, AT(low),
	  "where an alert, an error bit or the panel says low: warning"),
	O(SUPPLIES, "empty", 0, "STATE", STOCK, STATE, AT(empty),
	  "where they say empty, or full of a waste box: critical"),
	O(SUPPLIES, "missing", 0, "STATE", STOCK, STATE, AT(missing),
	  "where they say it is not there: critical"),
	O(SUPPLIES, "some-remaining", 0, "STATE", STOCK, STATE, AT(some),
	  "where the printer says no more than that some remains: ok"),
	O(SUPPLIES, "unknown-level", 0, "STATE", STOCK, STATE, AT(no_level),
	  "where it does not say how much: ok"),
	O(SUPPLIES, "days", 0, "N[/M]", STOCK, DAYS, AT(days_warning),
	  "warning (critical) where the forecast from the store's history says fewer days"),

	O(STATUS, "alert", 0, "SELECTOR=STATE", STATE, ALERT_RULES, AT(alert),
	  "how bad an alert is: cover-open=warning, 1104=ok, severity:warning=ok. May be repeated; the first that fits decides"),
	O(STATUS, "ignore", 0, "SELECTOR", STATE, ALERT_SELECTORS, AT(ignore),
	  "these alerts are ok; may be repeated"),

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
	  "where a tray says it is low: ok"),
	O(TRAYS, "tray-empty", 0, "STATE", PAPER, STATE, AT(tray_empty),
	  "where one is empty: warning. All empty is always critical"),
	O(TRAYS, "tray-missing", 0, "STATE", PAPER, STATE, AT(tray_missing),
	  "where one is missing or open: warning"),
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
	  "classic, multi-line or mp-test-json (which always exits 0)"),
	O(OUTPUT, "ascii", 0, NULL, EVERY, FLAG, AT(look.ascii),
	  "write ? for what is not ASCII"),
	O(OUTPUT, "verbose", 'v', NULL, EVERY, COUNT, AT(look.verbose),
	  "say more: -v what is well too, -vv a line for each thing, -vvv all of it"),
	O(OUTPUT, "help", 'h', NULL, EVERY, ABOUT, 0,
	  "this text"),
	O(OUTPUT, "usage", '?', NULL, EVERY, ABOUT, 0,
	  "the short of it"),
	O(OUTPUT, "version", 'V', NULL, EVERY, ABOUT, 0,
	  "the version"),
#undef O
};
/* clang-format on */
const size_t plugin_options_count = sizeof plugin_options / sizeof plugin_options[0];
