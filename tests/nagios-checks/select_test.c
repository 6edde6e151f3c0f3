/*
 * select_test.c - selectors: which are taken, what they fit, who has the last word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/options.h"
#include "nagios-checks/select.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	const char *why; /* a part of the refusal; NULL: it is one */
} selectors[] = {
	{"toner-black", NULL},
	{"toner-*", NULL},
	{"?", NULL},
	{"type:fuser", NULL},
	{"type:TONER*", NULL},
	{"type:sheet-feed-manual", NULL},
	{"type:mail-box", NULL},
	{"type:other-99", NULL},
	{"supply:drum*", NULL},
	{"supply:type:opc", NULL},
	{"tray:Tray 2: letters", NULL},
	{"tray:type:sheet-*", NULL},
	{"", "without a pattern"},
	{"tray:", "without a pattern"},
	{"type:", "without a pattern"},
	{"tray:type:", "without a pattern"},
	{"typ:fuser", "no such kind of selector"},
	{"Tray 2: letters", "no such kind of selector"},
	{"type:fuserr", "has the type \"fuserr\""},
	{"type:other-", "has the type"},
};

/* In a block of its exact size, so that the sanitizer sees one octet too far. */
static struct br_view exactly(const char *text, char **block)
{
	size_t len = strlen(text);

	*block = malloc(len ? len : 1);
	if (!*block)
		abort();
	memcpy(*block, text, len);
	return (struct br_view){*block, len};
}

TEST(selectors_are_checked)
{
	for (size_t i = 0; i < sizeof selectors / sizeof selectors[0]; i++) {
		struct br_error err = {""};
		char *block;
		enum br_status status =
			plugin_selector_check(exactly(selectors[i].text, &block), &err);

		check_case(selectors[i].text);
		CHECK_INT(status, selectors[i].why ? BR_E_SYNTAX : BR_OK);
		if (selectors[i].why && !strstr(err.text, selectors[i].why))
			check_failed(__FILE__, __LINE__, "it says \"%s\"", err.text);
		free(block);
	}
	CHECK_INT(plugin_selector_check(br_view(""), NULL), BR_E_SYNTAX);
}

static const struct {
	const char *text;
	const char *why;
} overrides[] = {
	{"toner-black=10:/5:", NULL},
	{"toner-*=10:/", NULL},
	{"type:opc=/5:", NULL},
	{"toner-black=/", NULL},
	{"tray:a=b=25:/10:", NULL},
	{"toner-black", "is no SELECTOR=WARNING/CRITICAL"},
	{"", "is no SELECTOR=WARNING/CRITICAL"},
	{"=10:/5:", "without a pattern"},
	{"typ:x=10:/5:", "no such kind"},
	{"toner-black=20:10/5:", ""},
	{"toner-black=ten/5:", ""},
	{"toner-black=", ""},
};

TEST(overrides_are_checked)
{
	for (size_t i = 0; i < sizeof overrides / sizeof overrides[0]; i++) {
		struct br_error err = {""};
		char *block;
		enum br_status status =
			plugin_override_check(exactly(overrides[i].text, &block), &err);

		check_case(overrides[i].text);
		CHECK_INT(status, overrides[i].why ? BR_E_SYNTAX : BR_OK);
		if (overrides[i].why && (!err.text[0] || !strstr(err.text, overrides[i].why)))
			check_failed(__FILE__, __LINE__, "it says \"%s\"", err.text);
		free(block);
	}
}

/* What may be selected: two supplies, a part, a tray and a bin. */
static struct br_reading reading;
static struct br_supply black = {.id = "toner-black", .type = 3},
			odd = {.id = "other-2", .type = 99}, untyped = {.id = "drum"};
static struct br_care fuser = {.part = "fuser"};
static struct br_tray cassette = {.id = "tray-2", .type = 3}, bin = {.id = "bin-1", .type = 6};

static void fill(void)
{
	br_reading_init(&reading);
	cassette.name = br_reading_put(&reading, "Fach 2 = A5");
}

static const struct wanted_case {
	const char *name;
	unsigned check;
	const char *include[3], *exclude[3];
	const char *wanted; /* black odd untyped fuser cassette bin, as "b o u f c B" */
} wanted_cases[] = {
	{"all, where nothing is said", PLUGIN_ALL, {NULL}, {NULL}, "boufcB"},
	{"one id", PLUGIN_SUPPLIES, {"toner-black"}, {NULL}, "bcB"},
	{"in either case", PLUGIN_SUPPLIES, {"TONER-Black"}, {NULL}, "bcB"},
	{"a pattern", PLUGIN_ALL, {NULL}, {"toner-*"}, "oufcB"},
	{"one letter", PLUGIN_ALL, {"other-?"}, {NULL}, "ocB"},
	{"no part of an id", PLUGIN_ALL, {NULL}, {"toner"}, "boufcB"},
	{"a part that wears", PLUGIN_ALL, {NULL}, {"fuser"}, "boucB"},
	{"several", PLUGIN_ALL, {"fuser", "drum"}, {NULL}, "ufcB"},
	{"exclude has the last word", PLUGIN_ALL, {"*"}, {"drum", "fuser"}, "bocB"},
	{"a type", PLUGIN_ALL, {"type:toner"}, {NULL}, "bcB"},
	{"a type without a name", PLUGIN_ALL, {NULL}, {"type:other-99"}, "bufcB"},
	{"no type is fitted by none", PLUGIN_ALL, {NULL}, {"type:*"}, "ufcB"},
	{"a tray, by id", PLUGIN_ALL, {NULL}, {"tray:tray-*"}, "boufB"},
	{"a tray, by name", PLUGIN_ALL, {NULL}, {"tray:fach 2*"}, "boufB"},
	{"trays alone are included: supplies stay",
	 PLUGIN_ALL,
	 {"tray:bin-1"},
	 {NULL},
	 "boufB"},
	{"a tray by type", PLUGIN_ALL, {NULL}, {"tray:type:mail-box"}, "boufc"},
	{"in check_printer_trays it is a tray", PLUGIN_TRAYS, {"tray-2"}, {NULL}, "boufc"},
	{"there a type is a tray's", PLUGIN_TRAYS, {NULL}, {"type:mail-box"}, "boufc"},
	{"and a supply says so", PLUGIN_TRAYS, {NULL}, {"supply:*"}, "cB"},
	{"elsewhere it is no tray", PLUGIN_ALL, {NULL}, {"tray-2"}, "boufcB"},
};

static void list(struct plugin_list *into, const char *const texts[3])
{
	for (into->n = 0; into->n < 3 && texts[into->n]; into->n++)
		into->at[into->n] = texts[into->n];
}

TEST(include_and_exclude)
{
	fill();
	for (size_t i = 0; i < sizeof wanted_cases / sizeof wanted_cases[0]; i++) {
		const struct wanted_case *row = &wanted_cases[i];
		struct plugin_settings settings;
		char got[8] = "";
		size_t n = 0;

		check_case(row->name);
		plugin_settings_init(&settings, row->check);
		list(&settings.include, row->include);
		list(&settings.exclude, row->exclude);
		if (plugin_supply_wanted(&settings, &black))
			got[n++] = 'b';
		if (plugin_supply_wanted(&settings, &odd))
			got[n++] = 'o';
		if (plugin_supply_wanted(&settings, &untyped))
			got[n++] = 'u';
		if (plugin_care_wanted(&settings, &fuser))
			got[n++] = 'f';
		if (plugin_tray_wanted(&settings, &reading, &cassette, false))
			got[n++] = 'c';
		if (plugin_tray_wanted(&settings, &reading, &bin, true))
			got[n++] = 'B';
		CHECK_STR(got, row->wanted);
	}
}

TEST(an_include_of_trays_is_none_of_supplies)
{
	struct plugin_settings settings;

	plugin_settings_init(&settings, PLUGIN_ALL);
	CHECK(!plugin_supplies_included(&settings));
	list(&settings.include, (const char *const[3]){"tray:x", NULL});
	CHECK(!plugin_supplies_included(&settings));
	list(&settings.include, (const char *const[3]){"tray:x", "type:toner", NULL});
	CHECK(plugin_supplies_included(&settings));
}

/* -1: no override; else the state of this value. */
static int judged(bool overridden, const struct plugin_thresholds *thresholds, double value)
{
	return overridden ? (int)plugin_thresholds_judge(thresholds, value) : -1;
}

TEST(the_first_override_that_fits_decides)
{
	const char *const texts[3] = {"toner-black=10:/", "toner-*=30:/25:", "fuser=/50:"};
	struct plugin_thresholds thresholds = {{0}, {0}};
	struct plugin_settings settings;
	bool is;

	fill();
	plugin_settings_init(&settings, PLUGIN_SUPPLIES);
	list(&settings.supply, texts);
	is = plugin_supply_override(&settings, &black, &thresholds);
	CHECK_INT(judged(is, &thresholds, 9), PLUGIN_WARNING);
	CHECK_INT(judged(is, &thresholds, 0), PLUGIN_WARNING); /* no limit on that side */
	CHECK_INT(judged(is, &thresholds, 10), PLUGIN_OK);
	is = plugin_supply_override(&settings, &odd, &thresholds);
	CHECK_INT(judged(is, &thresholds, 0), -1);
	is = plugin_care_override(&settings, &fuser, &thresholds);
	CHECK_INT(judged(is, &thresholds, 49), PLUGIN_CRITICAL);
	is = plugin_tray_override(&settings, &reading, &cassette, false, &thresholds);
	CHECK_INT(judged(is, &thresholds, 0), -1);
}

TEST(overrides_of_trays)
{
	/* Of --tray, so they are about trays in every check; a name may hold the '='. */
	const char *const texts[3] = {"Fach 2 = A5=25:/10:", "type:mail-box=50:/", NULL};
	struct plugin_thresholds thresholds = {{0}, {0}};
	struct plugin_settings settings;
	bool is;

	fill();
	plugin_settings_init(&settings, PLUGIN_ALL);
	list(&settings.tray, texts);
	is = plugin_tray_override(&settings, &reading, &cassette, false, &thresholds);
	CHECK_INT(judged(is, &thresholds, 20), PLUGIN_WARNING);
	CHECK_INT(judged(is, &thresholds, 9), PLUGIN_CRITICAL);
	is = plugin_tray_override(&settings, &reading, &bin, true, &thresholds);
	CHECK_INT(judged(is, &thresholds, 49), PLUGIN_WARNING);
	/* A bin's type is of the bins: 6 is a continuous roll among the trays. */
	is = plugin_tray_override(&settings, &reading, &bin, false, &thresholds);
	CHECK_INT(judged(is, &thresholds, 49), -1);
	/* One that is about supplies fits none. */
	settings.tray.at[0] = "supply:*=25:/10:";
	is = plugin_tray_override(&settings, &reading, &cassette, false, &thresholds);
	CHECK_INT(judged(is, &thresholds, 0), -1);
}
