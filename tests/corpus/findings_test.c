/*
 * findings_test.c - what real recordings taught, each as a few rows of our own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "base/buf.h"
#include "base/file.h"
#include "link/read.h"
#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATUS  "1.3.6.1.2.1.25.3.5.1.1.1|2|3\n"
#define RUNNING "1.3.6.1.2.1.25.3.2.1.5.1|2|2\n"
#define DESCR   "1.3.6.1.2.1.25.3.2.1.3.1|4|"
#define SYS     "1.3.6.1.2.1.1.1.0|4|"
#define OBJECT  "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1."
#define SUPPLY  "1.3.6.1.2.1.43.11.1.1."
#define TRAY    "1.3.6.1.2.1.43.8.2.1."
#define ALERT   "1.3.6.1.2.1.43.18.1.1."

/* clang-format off */
static const struct {
	const char *name, *rows, *want, *never;
} cases[] = {
	{"a model does not repeat its maker", OBJECT "2435.2.3.9.1\n" STATUS DESCR "Brother HL-9999 series\n",
	 "\"maker\":\"Brother\",\"model\":\"HL-9999 series\"", NULL},
	{"nor its maker's older name", OBJECT "297.1\n" STATUS DESCR "FUJI XEROX DocuX 1\n",
	 "\"maker\":\"Fujifilm\",\"model\":\"DocuX 1\"", NULL},
	{"the maker's name alone is still a model", OBJECT "2435.2.3.9.1\n" STATUS DESCR "Brother\n",
	 "\"model\":\"Brother\"", NULL},
	{"a name that only begins alike stays", OBJECT "11.2.3.9.1\n" STATUS DESCR "HPrint 5\n",
	 "\"model\":\"HPrint 5\"", NULL},
	{"one maker, one spelling", SYS "LANIER MP 1 1.0 / LANIER Network Printer\n" OBJECT "367.1.1\n" STATUS,
	 "\"maker\":\"Lanier\"", "LANIER\""},
	{"built by Lexmark, sold by Toshiba", SYS "TOSHIBA e-STUDIO999CS version NH1 kernel 3\n" OBJECT "641.2.7\n" STATUS,
	 "\"maker\":\"Toshiba\",\"model\":\"e-STUDIO999CS\"", NULL},
	{"a model from sysDescr alone", SYS "SHARP MX-9999N\n" STATUS, "\"maker\":\"Sharp\",\"model\":\"MX-9999N\"", NULL},
	{"up to the version", SYS "Samsung CLX-9999 Series;V1.0;Engine 2\n" STATUS, "\"model\":\"CLX-9999 Series\"", NULL},

	{"error bits without hrPrinterStatus", "1.3.6.1.2.1.25.3.5.1.2.1|4x|20\n", "\"errors\":[\"low-toner\"]", NULL},
	{"hrDeviceStatus where only supplies name the device", OBJECT "11.2.3.9.1\n" RUNNING SUPPLY "6.1.1|4|Black Cartridge\n"
	 SUPPLY "8.1.1|2|100\n" SUPPLY "9.1.1|2|50\n", "\"device\":\"running\"", NULL},
	{"a low supply warns", STATUS RUNNING SUPPLY "5.1.1|2|3\n" SUPPLY "8.1.1|2|100\n" SUPPLY "9.1.1|2|8\n",
	 "\"severity\":\"warning\",\"reasons\":[\"toner-low\"]", NULL},
	{"an empty one does not stop a printer that goes on", STATUS RUNNING SUPPLY "5.1.1|2|5\n" SUPPLY "8.1.1|2|100\n"
	 SUPPLY "9.1.1|2|0\n", "\"severity\":\"warning\",\"reasons\":[\"marker-supply-empty\"]", NULL},
	{"nor leaves one well that is down", STATUS "1.3.6.1.2.1.25.3.2.1.5.1|2|5\n" SUPPLY "5.1.1|2|4\n" SUPPLY "4.1.1|2|4\n"
	 SUPPLY "8.1.1|2|100\n" SUPPLY "9.1.1|2|0\n", "\"severity\":\"critical\",\"reasons\":[\"marker-waste-full\"]", NULL},

	{"a fuser that is cold while asleep", STATUS RUNNING ALERT "2.1.1|2|5\n" ALERT "4.1.1|2|10\n" ALERT "7.1.1|2|1001\n",
	 "\"severity\":\"ok\",\"reasons\":[]", NULL},
	{"no severity, but a code that is a fault", STATUS RUNNING ALERT "2.1.1|2|1\n" ALERT "4.1.1|2|6\n" ALERT "7.1.1|2|3\n",
	 "\"severity\":\"warning\",\"reasons\":[\"cover-open\"]", NULL},
	{"a critical nothing is no alert", STATUS RUNNING ALERT "2.1.1|2|3\n" ALERT "4.1.1|2|0\n" ALERT "7.1.1|2|0\n" ALERT "8.1.1|4|\n",
	 "\"severity\":\"ok\"", "\"alerts\":[{"},

	{"a tray that is offline", STATUS TRAY "9.1.1|2|10\n" TRAY "10.1.1|2|1\n" TRAY "11.1.1|2|32\n", "\"state\":\"problem\"", NULL},
	{"but not while it is coming back", STATUS TRAY "9.1.1|2|10\n" TRAY "10.1.1|2|5\n" TRAY "11.1.1|2|96\n", "\"state\":\"ok\"", NULL},
	{"a single sheet feeder is not low", STATUS TRAY "9.1.1|2|1\n" TRAY "10.1.1|2|-2\n" TRAY "11.1.1|2|9\n", "\"state\":\"ok\"", NULL},
	{"rows in the printer's order, whatever column has a hole", STATUS TRAY "2.1.2|2|4\n" TRAY "10.1.1|2|1\n" TRAY "10.1.2|2|2\n",
	 "\"trays\":[{\"id\":\"tray-1\"", NULL},
	{"a tray whose name is a number in a script without letters", STATUS TRAY "13.1.4|4x|e7b4992032\n", "\"id\":\"tray-2\"", NULL},

	{"a cartridge beside a waste toner box", STATUS SUPPLY "6.1.1|4|Cyan Cartridge\n" SUPPLY "6.1.2|4|Waste Toner Bottle\n",
	 "\"id\":\"toner-cyan\"", NULL},
	{"a cartridge of a LaserJet", STATUS DESCR "HP LaserJet 1\n" SUPPLY "6.1.1|4|Black Cartridge\n", "\"id\":\"toner-black\"", NULL},
	{"a cartridge of nobody knows what", STATUS SUPPLY "6.1.1|4|Black Cartridge\n", "\"id\":\"cartridge-black\"", NULL},
	{"a part number per voltage is none", STATUS SUPPLY "6.1.1|4|Fuser Kit 110V-X1N54A, 220V-X1N58A\n", "\"id\":\"fuser\"", "\"part\""},
	{"what has cyan toner prints in colour", STATUS SUPPLY "5.1.1|2|3\n" SUPPLY "6.1.1|4|Cyan Toner\n", "\"color\":true", NULL},
	{"two markers without a count", STATUS "1.3.6.1.2.1.43.10.2.1.3.1.1|2|7\n1.3.6.1.2.1.43.10.2.1.3.1.2|2|7\n",
	 "\"notes\":[]", NULL},
};
/* clang-format on */

static void keep(void *user, const struct br_reading *reading)
{
	br_reading_json(reading, user, false);
}

static enum br_status read_rows(const char *rows, struct br_buf *json)
{
	char path[] = "/tmp/brayer-findings.XXXXXX", walk[64];
	struct br_error err = {0};
	struct br_config config;
	struct br_makers makers;
	struct br_target target;
	enum br_status status = BR_E_FILE;
	int fd = mkstemp(path);

	br_config_init(&config);
	br_makers_init(&makers);
	struct br_read_options options = {.profile = &config.profiles[0], .makers = &makers};
	snprintf(walk, sizeof walk, "walk:%s", path);
	if (fd >= 0 && write(fd, rows, strlen(rows)) == (ssize_t)strlen(rows))
		status = br_target_parse(&target, walk, &err);
	if (status == BR_OK)
		status = br_read(&target, &options, keep, json, &err);
	if (status != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	if (fd >= 0)
		close(fd);
	unlink(path);
	br_makers_clear(&makers);
	br_config_clear(&config);
	return status;
}

TEST(findings)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_buf json;

		check_case(cases[i].name);
		br_buf_init(&json, 1 << 20);
		if (read_rows(cases[i].rows, &json) == BR_OK) {
			if (!strstr(json.data, cases[i].want))
				check_failed(__FILE__, __LINE__, "no %s in %s", cases[i].want,
					     json.data);
			if (cases[i].never && strstr(json.data, cases[i].never))
				check_failed(__FILE__, __LINE__, "%s in %s", cases[i].never,
					     json.data);
		}
		br_buf_clear(&json);
	}
	check_case(NULL);
}
