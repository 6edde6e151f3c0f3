/*
 * config_test.c - the collector's sections of brayer.conf: what they mean, and what is said of
 * mistakes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/config.h"
#include "collector/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bed {
	struct br_config profiles;
	struct collector_config config;
	struct br_error err;
};

/* As collector_settings_load does, from a block of the exact size. */
static enum br_status parse(struct bed *bed, const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);
	struct br_view view = {copy, len};
	enum br_status status;

	memcpy(copy, text, len);
	memset(bed, 0, sizeof *bed);
	collector_config_init(&bed->config);
	status = br_config_parse(&bed->profiles, view, "c", true, &bed->err);
	if (status == BR_OK)
		status = collector_config_parse(&bed->config, view, "c", &bed->profiles,
						&bed->err);
	free(copy);
	return status;
}

static void clear(struct bed *bed)
{
	collector_config_clear(&bed->config);
	br_config_clear(&bed->profiles);
}

#define C "[collector]\n"
#define S "[site s]\n"
#define P "[printer 192.0.2.1]\n"

/* clang-format off */
static const struct {
	const char *text, *sentence;
} mistakes[] = {
	{C "statsu = 5m", "c:2: statsu is unknown here; did you mean status?"},
	{C "ranges = 192.0.2.0/24", "c:2: ranges is unknown here; known: store, health, pace, in-flight, keep-raw, keep-hourly, keep-daily, keep-gone, status, full, full-window, blackout"},
	{S "range = 192.0.2.0/24", "c:2: range is unknown here; did you mean ranges?"},
	{P "sit = s", "c:2: sit is unknown here; did you mean site?"},
	{P "store = /x", "c:2: store is unknown here; known: profile, site, name, status, full, full-window, blackout"},
	{"[colector]", "c:1: [colector] is unknown here; did you mean [collector]?"},
	{"[collector x]", "c:1: [collector] has no name"},
	{C C, "c:2: [collector] is given twice; the first is line 1"},
	{S S, "c:2: [site s] is given twice; the first is line 1"},
	{P S P, "c:3: this printer is given twice; the first is line 1"},
	{P "[printer udp:192.0.2.1]", "c:2: this printer is given twice; the first is line 1"},
	{C "status = 5m\nstatus = 6m", "c:3: status is given twice"},
	{"[site]", "c:1: a site has a name, as in [site berlin]: up to 63 letters, digits, '.', '_' and '-', the first a letter or digit"},
	{"[printer]", "c:1: a printer has a target: [printer 192.0.2.10]"},
	{"[printer walk:/etc/passwd]", "c:1: a recording is for the command line; the collector asks printers only"},
	{"[printer 192.0.2.1#2]", "c:1: without #: every printer behind an address is read"},
	{C "store = store.db", "c:2: store is a file, written from '/' on"},
	{C "pace = fast", "c:2: pace is a number from 0 to 1000000"},
	{C "in-flight = 0", "c:2: in-flight is a number from 1 to 100000"},
	{C "status = 10", "c:2: status is a time with its unit, as in 90s, 10m or 2h, from 1s to 7d, or none"},
	{C "status = 0s", "c:2: status is a time with its unit, as in 90s, 10m or 2h, from 1s to 7d, or none"},
	{C "status = 8d", "c:2: status is a time with its unit, as in 90s, 10m or 2h, from 1s to 7d, or none"},
	{C "status = 99999999999999999999d", "c:2: status is a time with its unit, as in 90s, 10m or 2h, from 1s to 7d, or none"},
	{C "full = 24:00", "c:2: full is a time of day, as in 06:00, or none"},
	{C "full = 6:00", "c:2: full is a time of day, as in 06:00, or none"},
	{C "full = 06:60", "c:2: full is a time of day, as in 06:00, or none"},
	{C "full-window = 25h", "c:2: full-window is a time with its unit, as in 12h, from 1m to 24h"},
	{C "blackout = 22:00", "c:2: blackout is times of day with commas, as in 22:00-05:00, 12:00-13:00, or none"},
	{C "blackout = 22:00-05:00,", "c:2: blackout is times of day with commas, as in 22:00-05:00, 12:00-13:00, or none"},
	{C "blackout = 05:00-05:00", "c:2: blackout is times of day with commas, as in 22:00-05:00, 12:00-13:00, or none"},
	{C "blackout = 00:00-24:00", "c:2: blackout is times of day with commas, as in 22:00-05:00, 12:00-13:00, or none"},
	{C "blackout = 01:00-02:00, 03:00-04:00, 05:00-06:00, 07:00-08:00, 09:00-10:00, 11:00-12:00, 13:00-14:00, 15:00-16:00, 17:00-18:00", "c:2: blackout has more than 8 times"},
	{S "discover = maybe", "c:2: discover is yes or no"},
	{S "discover = yes", "c:2: discover = yes needs ranges"},
	{S "profiles = office", "c:2: there is no profile office"},
	{S "profiles = ../x", "c:2: profiles is names of profiles with commas"},
	{S "profiles = default,", "c:2: profiles is names of profiles with commas"},
	{"[profile office]\n" P "profile = ofice", "c:3: there is no profile ofice; did you mean office?"},
	{S "[site t]\nranges = 192.0.2.0/24\n" P "site = x", "c:5: there is no site x; did you mean s?"},
	{"[site berlin]\n" P "site = berln", "c:3: there is no site berln; did you mean berlin?"},
	{P "name =", "c:2: name is empty"},
};
/* clang-format on */

TEST(mistakes)
{
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		struct bed bed;

		check_case(mistakes[i].text);
		CHECK(parse(&bed, mistakes[i].text) != BR_OK);
		CHECK_STR(bed.err.text, mistakes[i].sentence);
		CHECK_INT(bed.config.n_sites + bed.config.n_printers, 0);
		clear(&bed);
	}
}

TEST(a_complaint_shows_no_value)
{
	static const char *const keys[] = {
		C "store",    C "health",      C "pace",     C "in-flight", C "status",
		C "full",     C "full-window", C "blackout", S "profiles",  S "pace",
		S "discover", P "profile",     P "site"};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		struct bed bed;
		char text[128];

		snprintf(text, sizeof text, "%s = ?hunter2", keys[i]);
		check_case(keys[i]);
		CHECK(parse(&bed, text) != BR_OK);
		CHECK(!strstr(bed.err.text, "hunter2"));
		clear(&bed);
	}
}

TEST(what_is_built_in)
{
	struct bed bed;
	struct br_cadence cadence;

	CHECK_INT(parse(&bed, ""), BR_OK);
	CHECK_STR(bed.config.store, BR_STORE_PATH);
	CHECK_STR(bed.config.health, COLLECTOR_HEALTH);
	CHECK_INT(bed.config.pace, BR_FLEET_PACE);
	cadence = collector_cadence(&bed.config, NULL, NULL);
	CHECK_INT(cadence.status_s, 600);
	CHECK_INT(cadence.full_at, 360);
	CHECK_INT(cadence.full_window_s, 12 * 3600);
	CHECK_INT(cadence.n_blackouts, 0);
	clear(&bed);
}

TEST(key_by_key_from_printer_to_built_in)
{
	static const char text[] =
		C "status = 5m\nfull = 07:30\nblackout = 22:00-05:00, 12:00-13:00\n"
		  "[site s]\nstatus = 15m\nfull-window = 3h\nranges = 192.0.2.0/24\n"
		  "exclude = 192.0.2.9\nprofiles = a, default\npace = 20\n"
		  "[profile a]\n"
		  "[printer 192.0.2.1]\nsite = s\nstatus = none\nblackout = none\n"
		  "name = \"Copy room\"\n"
		  "[printer printer.example:1161]\nfull = none\nprofile = a\n";
	struct bed bed;
	struct br_cadence cadence;
	const struct collector_site *site;

	CHECK_INT(parse(&bed, text), BR_OK);
	CHECK_STR(bed.err.text, "");
	site = collector_site_named(&bed.config, "s");
	CHECK(site && site->discover && site->n_profiles == 2 && site->pace == 20);
	CHECK_STR(site ? site->profiles[0] : "", "a");
	CHECK_INT(site ? site->range.count : 0, 255);
	CHECK_INT(bed.config.n_printers, 2);
	CHECK_STR(bed.config.printers[0].target, "udp:192.0.2.1:161");
	CHECK(!bed.config.printers[0].has_port && bed.config.printers[1].has_port);
	CHECK_STR(bed.config.printers[0].name, "Copy room");

	cadence = collector_cadence(&bed.config, site, NULL);
	CHECK_INT(cadence.status_s, 900);
	CHECK_INT(cadence.full_at, 450);
	CHECK_INT(cadence.full_window_s, 3 * 3600);
	CHECK_INT(cadence.n_blackouts, 2);
	CHECK_INT(cadence.blackouts[0].from, 22 * 60);
	CHECK_INT(cadence.blackouts[0].until, 5 * 60);

	cadence = collector_cadence(&bed.config, site, &bed.config.printers[0]);
	CHECK_INT(cadence.status_s, 0);
	CHECK_INT(cadence.n_blackouts, 0);
	CHECK_INT(cadence.full_at, 450);

	cadence = collector_cadence(&bed.config, NULL, &bed.config.printers[1]);
	CHECK_INT(cadence.full_window_s, 0); /* full = none */
	CHECK_INT(cadence.status_s, 300);
	clear(&bed);
}

TEST(until_midnight)
{
	struct bed bed;

	CHECK_INT(parse(&bed, C "blackout = 20:00-24:00"), BR_OK);
	CHECK_INT(bed.config.schedule.cadence.blackouts[0].until, 0);
	clear(&bed);
}

TEST(the_site_of_an_address)
{
	static const char text[] = "[site a]\nranges = 192.0.2.0/25, 192.0.2.200\n"
				   "[site b]\nranges = 192.0.2.0/24\nexclude = 192.0.2.250\n"
				   "[site c]\n";
	static const struct {
		const char *host, *site;
	} cases[] = {{"192.0.2.7", "a"},  {"192.0.2.200", "a"}, {"192.0.2.201", "b"},
		     {"192.0.2.250", ""}, {"192.0.3.1", ""},    {"2001:db8::1", ""}};
	struct bed bed;

	CHECK_INT(parse(&bed, text), BR_OK);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct collector_site *site;
		union br_address address;

		check_case(cases[i].host);
		CHECK(br_address_numeric(&address, cases[i].host, 161));
		site = collector_site_of(&bed.config, &address);
		CHECK_STR(site ? site->name : "", cases[i].site);
	}
	clear(&bed);
}

/* Ten thousand of them, in the time of a blink: nothing here is quadratic. */
TEST(many_printers)
{
	struct bed bed;
	struct br_buf text;

	br_buf_init(&text, 4u << 20);
	for (unsigned i = 0; i < 10000; i++)
		br_buf_format(&text, "[printer 10.1.%u.%u]\n", i / 250, i % 250);
	CHECK_INT(parse(&bed, text.data), BR_OK);
	CHECK_INT(bed.config.n_printers, 10000);
	clear(&bed);
	br_buf_clear(&text);
}
