/*
 * alerts_test.c - how bad an alert is, by the user's rules and by ours; which rules are
 * refused.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/alerts.h"

#include <string.h>

#define OK   PLUGIN_OK
#define WARN PLUGIN_WARNING
#define CRIT PLUGIN_CRITICAL
#define RUNS BR_DEVICE_RUNNING
#define DOWN BR_DEVICE_DOWN
#define NONE BR_DEVICE_ABSENT

static const struct {
	const char *name;
	int32_t severity, training, group, code;
	const char *said;
	enum br_device_state device;
	enum plugin_state state;
} verdicts[] = {
	{"critical", 3, 3, 5, 1, "x", RUNS, CRIT},
	{"warning", 4, 3, 5, 1, "x", RUNS, WARN},
	{"warning, a binary change", 5, 3, 5, 1, "x", RUNS, WARN},
	{"other", 1, 3, 5, 1, "x", RUNS, OK},
	{"no severity, no code", 0, 0, 0, 0, "x", RUNS, OK},
	{"a severity of no name", 99, 0, 0, 0, "x", RUNS, OK},
	{"critical of a tray, and it goes on", 3, 3, 8, 808, "x", RUNS, WARN},
	{"critical of a tray, and it does not", 3, 3, 8, 808, "x", DOWN, CRIT},
	{"critical of a bin, and it goes on", 3, 3, 9, 903, "x", RUNS, WARN},
	{"a jam called a warning", 4, 3, 13, 8, "x", DOWN, CRIT},
	{"a jam called a warning, device not told", 4, 3, 13, 8, "x", NONE, CRIT},
	{"a jam called a warning, and it goes on", 4, 3, 13, 8, "x", RUNS, WARN},
	{"a jam of no severity", 1, 3, 13, 8, "x", RUNS, CRIT},
	{"a cover of no severity", 0, 3, 6, 3, "x", RUNS, WARN},
	{"no toner, severity not said", 0, 3, 11, 1101, "x", RUNS, CRIT},
	{"little toner, severity not said", 0, 3, 11, 1104, "x", RUNS, WARN},
	{"a stapler jam of no severity", 1, 3, 30, 30208, "x", DOWN, CRIT},
	{"manual feed is asked for: no fault", 4, 3, 8, 810, "x", RUNS, OK},
	{"paper is low", 4, 3, 8, 807, "x", RUNS, OK},
	{"the fuser is cold", 4, 3, 10, 1001, "x", RUNS, OK},
	{"an event", 4, 3, 15, 1505, "x", RUNS, OK},
	{"an event that is called critical", 3, 3, 15, 1504, "x", RUNS, CRIT},
	{"a technician is needed", 1, 5, 10, 38, "x", RUNS, WARN},
	{"a technician, no code, no severity", 0, 5, 0, 0, "x", RUNS, WARN},
	{"a technician does not make it less", 3, 5, 10, 38, "x", DOWN, CRIT},
	{"a manager is needed", 1, 6, 5, 1, "x", RUNS, OK},
	{"nobody is needed", 4, 7, 10, 36, "x", RUNS, OK},
	{"nobody is needed, they say, and call it critical", 3, 7, 13, 8, "x", DOWN, CRIT},
	{"nobody is needed, though it is critical for now", 3, 7, 10, 1001, "x", DOWN, OK},
	{"sleep by code, called critical", 3, 3, 5, 23, "x", RUNS, OK},
	{"sleep by its word", 4, 3, 5, 1, "Sleep Mode", RUNS, OK},
	{"sleep by its word, code unknown, a number in braces", 5, 3, 5, 2,
	 "Energy saver {40:00}", RUNS, OK},
	{"sleep by its word, without code", 4, 1, 1, 0, "Ruhezustand...", RUNS, OK},
	{"a word for sleep does not mend what is critical", 3, 3, 5, 1, "Sleep", RUNS, CRIT},
	{"a word for sleep with a code", 4, 3, 10, 33, "Sleep", RUNS, WARN},
	{"a maker's own code", 4, 3, 5, 40019, "x", RUNS, WARN},
};

static void fill(struct br_reading *reading, size_t i)
{
	br_reading_init(reading);
	reading->status.device = verdicts[i].device;
	reading->n_alerts = 1;
	reading->alerts[0] = (struct br_alert){
		.index = 1,
		.severity = verdicts[i].severity,
		.training = verdicts[i].training,
		.group = verdicts[i].group,
		.code = verdicts[i].code,
		.description = br_reading_put(reading, verdicts[i].said),
	};
}

TEST(how_bad_it_is)
{
	static const struct plugin_settings settings;
	static struct br_reading reading;

	for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
		bool ruled = true;

		check_case(verdicts[i].name);
		fill(&reading, i);
		CHECK_STR(plugin_state_name(plugin_alert_state(&settings, &reading,
							       &reading.alerts[0], &ruled)),
			  plugin_state_name(verdicts[i].state));
		CHECK(!ruled);
	}
}

TEST(the_users_rules_come_first)
{
	static const struct {
		const char *rules[3], *ignored;
		bool ruled;
		enum plugin_state state;
	} cases[] = {
		{{"8=ok"}, NULL, true, OK},
		{{"jam=ok"}, NULL, true, OK},
		{{"JAM=WARNING"}, NULL, true, WARN},
		{{"j*=unknown"}, NULL, true, PLUGIN_UNKNOWN},
		{{"severity:critical=warning"}, NULL, true, WARN},
		{{"training:trained=warning"}, NULL, true, WARN},
		{{"group:media-*=ok"}, NULL, true, OK},
		{{"text:*rear a=b*=ok"}, NULL, true, OK},
		{{"marker-*=ok", "jam=warning", "8=ok"}, NULL, true, WARN},
		{{"jam=critical"}, "jam", true, CRIT},
		{{NULL}, "8", true, OK},
		{{"9=ok", "severity:warning=ok", "training:untrained=ok"},
		 "group:input",
		 false,
		 CRIT},
		{{"80=ok", "*-jam=ok", "text:jam=ok"}, NULL, false, CRIT},
	};
	static struct br_reading reading;

	br_reading_init(&reading);
	const struct br_alert alert = {
		.severity = 3,
		.training = 4,
		.group = 13,
		.code = 8,
		.description = br_reading_put(&reading, "Jam, rear A=B door"),
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		static struct plugin_settings settings;
		bool ruled;

		check_case(cases[i].rules[0] ? cases[i].rules[0] : cases[i].ignored);
		settings = (struct plugin_settings){0};
		for (size_t k = 0; k < 3 && cases[i].rules[k]; k++)
			settings.alert.at[settings.alert.n++] = cases[i].rules[k];
		if (cases[i].ignored)
			settings.ignore.at[settings.ignore.n++] = cases[i].ignored;
		CHECK_INT(plugin_alert_state(&settings, &reading, &alert, &ruled),
			  cases[i].state);
		CHECK_INT(ruled, cases[i].ruled);
	}
}

static const struct {
	const char *rule, *complaint; /* words of it; NULL: none */
} rules[] = {
	{"cover-open=ok", NULL},
	{"1104=warning", NULL},
	{"marker-*=c", NULL},
	{"severity:warning=ok", NULL},
	{"training:field-service=critical", NULL},
	{"group:in*=ok", NULL},
	{"text:*a=b*=ok", NULL},
	{"stapler-jam=2", NULL},
	{"service-requested=ok", NULL}, /* an error bit */
	{"25001=ok", NULL},
	{"", "no '='"},
	{"cover-open", "no '='"},
	{"cover-open=", "is no state"},
	{"cover-open=bad", "\"bad\" is no state: ok, warning, critical or unknown"},
	{"=ok", "is empty"},
	{"cover-opened=ok", "no alert code is called \"cover-opened\"; names are those of"},
	{"zz*=ok", "no alert code is called \"zz*\""},
	{"99999999999=ok", "no alert code is as large as"},
	{"severity:bad=ok", "no severity of an alert is called \"bad\""},
	{"group:=ok", "no group of an alert is called \"\""},
	{"level:warning=ok", "not by \"level:\""},
	{"text:=ok", "needs a pattern behind"},
};

TEST(rules_are_checked)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		struct br_error err = {""};
		enum br_status status = plugin_alert_rule_check(br_view(rules[i].rule), &err);

		check_case(rules[i].rule);
		CHECK_INT(status, rules[i].complaint ? BR_E_SYNTAX : BR_OK);
		if (rules[i].complaint && !strstr(err.text, rules[i].complaint))
			CHECK_STR(err.text, rules[i].complaint);
	}
	CHECK_INT(plugin_alert_selector_check(br_view("cover-*"), NULL), BR_OK);
	CHECK_INT(plugin_alert_selector_check(br_view("cover-*=ok"), NULL), BR_E_SYNTAX);
	CHECK_INT(plugin_alert_selector_check(br_view(""), NULL), BR_E_SYNTAX);
}

TEST(whose_it_is)
{
	static const struct {
		int32_t group, code;
		enum plugin_subject subject;
	} cases[] = {
		{11, 29, PLUGIN_ABOUT_PRINTER},    {11, 1, PLUGIN_ABOUT_PRINTER},
		{31, 30213, PLUGIN_ABOUT_PRINTER}, {8, 808, PLUGIN_ABOUT_TRAY},
		{8, 13, PLUGIN_ABOUT_TRAY},        {8, 3, PLUGIN_ABOUT_TRAY},
		{8, 811, PLUGIN_ABOUT_PRINTER},    {9, 15, PLUGIN_ABOUT_TRAY},
		{9, 13, PLUGIN_ABOUT_PRINTER},     {6, 3, PLUGIN_ABOUT_PRINTER},
		{13, 8, PLUGIN_ABOUT_PRINTER},     {0, 0, PLUGIN_ABOUT_PRINTER},
	};
	static const uint32_t supplies = 1u << BR_ERR_LOW_TONER | 1u << BR_ERR_NO_TONER |
					 1u << BR_ERR_MARKER_SUPPLY_MISSING,
			      printer = 1u << BR_ERR_DOOR_OPEN | 1u << BR_ERR_JAMMED |
					1u << BR_ERR_OFFLINE | 1u << BR_ERR_SERVICE_REQUESTED |
					1u << BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct br_alert alert = {.group = cases[i].group, .code = cases[i].code};

		check_case(br_name_alert_code(alert.code) ? br_name_alert_code(alert.code)
							  : "0");
		CHECK_INT(plugin_alert_subject(&alert), cases[i].subject);
	}
	CHECK_INT(plugin_alert_subject(&(struct br_alert){.of_supply = true}),
		  PLUGIN_ABOUT_SUPPLY);
	for (unsigned bit = 0; bit < BR_ERR_BITS; bit++) {
		check_case(br_name_error_bit((enum br_error_bit)bit));
		CHECK_INT(plugin_error_subject((enum br_error_bit)bit),
			  supplies >> bit & 1  ? PLUGIN_ABOUT_SUPPLY
			  : printer >> bit & 1 ? PLUGIN_ABOUT_PRINTER
					       : PLUGIN_ABOUT_TRAY);
	}
}
