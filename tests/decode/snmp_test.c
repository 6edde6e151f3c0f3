/*
 * snmp_test.c - which printers answered, what each of them said, and what only belongs to
 * another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *answers, *devices;
} cases[] = {
	{"nothing", "", "0"},
	{"only the system group", "1.3.6.1.2.1.1.1.0|4|x\n", "0"},
	{"one", "G2.1|2|1\nH1.1|2|3\n", "1"},
	{"index 0", "G2.0|2|1\nH1.0|2|3\n", "0"},
	{"index 2", "S9.2.1|2|5\nH1.2|2|3\n", "2"},
	{"two, in order of appearance", "G2.1|2|1\nG2.7|2|1\nS9.7.1|2|1\nS9.1.1|2|1\n", "1 7"},
	{"two, the second by its supplies", "G2.1|2|1\nS9.3.1|2|1\n", "1 3"},
	{"host resources alone", "H1.5|2|3\nH2.5|4x|00\n", "5"},
	{"host resources know one more", "G2.1|2|1\nH1.1|2|3\nH1.2|2|3\n", "1"},
	{"the error bits alone", "H2.3|4x|00\n", "3"},
	{"a device number beyond 31 bits", "G2.4294967295|2|1\n", "4294967295"},
	{"an index without a device", "1.3.6.1.2.1.43.5.1.1.2|2|1\n", "0"},
};

TEST(devices)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_harvest harvest;
		uint32_t devices[BR_MAX_DEVICES];
		char text[256] = "";
		size_t n, len = 0;

		check_case(cases[i].name);
		bed_harvest(&harvest, cases[i].answers);
		n = br_decode_devices(&harvest, devices);
		for (size_t d = 0; d < n; d++)
			len += (size_t)snprintf(text + len, sizeof text - len, "%s%u",
						d ? " " : "", devices[d]);
		CHECK_STR(text, cases[i].devices);
		br_harvest_clear(&harvest);
	}
}

TEST(more_devices_than_there_can_be)
{
	char lines[4096] = "";
	struct br_harvest harvest;
	uint32_t devices[BR_MAX_DEVICES];
	size_t len = 0;

	for (int i = 1; i <= 40; i++)
		len += (size_t)snprintf(lines + len, sizeof lines - len, "G2.%d|2|1\n", i);
	bed_harvest(&harvest, lines);
	CHECK_INT(br_decode_devices(&harvest, devices), BR_MAX_DEVICES);
	CHECK_INT(devices[BR_MAX_DEVICES - 1], BR_MAX_DEVICES);
	br_harvest_clear(&harvest);
}

static const struct {
	const char *name, *answers;
	uint32_t device, host;
} hosts[] = {
	{"the same", "G2.1|2|1\nH1.1|2|3\n", 1, 1},
	{"0 there and 1 here", "G2.1|2|1\nH1.0|2|3\n", 1, 0},
	{"1 there and 0 here", "G2.0|2|1\nH1.1|2|3\n", 0, 1},
	{"two here", "G2.1|2|1\nH1.5|2|3\nH1.6|2|3\n", 1, 1},
	{"two there", "G2.1|2|1\nG2.2|2|1\nH1.5|2|3\n", 1, 1},
	{"none here", "G2.4|2|1\n", 4, 4},
};

TEST(the_index_in_the_host_resources)
{
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		struct br_harvest harvest;

		check_case(hosts[i].name);
		bed_harvest(&harvest, hosts[i].answers);
		CHECK_INT(br_decode_host_device(&harvest, hosts[i].device), hosts[i].host);
		br_harvest_clear(&harvest);
	}
}

/* What one says is never told of the other. */
TEST(two_printers_behind_one_print_server)
{
	static const char lines[] =
		"1.3.6.1.2.1.1.5.0|4|server\n"
		"V3.1|4|First printer\nV3.2|4|Second "
		"printer\nH1.1|2|3\nH1.2|2|4\nH2.1|4x|00\nH2.2|4x|08\n"
		"G17.1|4|SERIAL1\nG17.2|4|SERIAL2\n"
		"M2.1.1|2|4\nM3.1.1|2|7\nM4.1.1|65|111\nM2.2.1|2|4\nM3.2.1|2|7\nM4.2.1|65|222\n"
		"S5.1.1|2|3\nS5.2.1|2|3\nS8.1.1|2|100\nS8.2.1|2|100\nS9.1.1|2|10\nS9.2.1|2|"
		"90\nS5.2.2|2|9\n"
		"D2.2.1|4|Cover open\nA2.2.7|2|3\nA7.2.7|2|3\nI13.1.1|4|Tray\n";
	const struct br_reading *reading = bed_decode(lines, NULL, 1);

	CHECK_STR(br_text(reading, reading->identity.model), "First printer");
	CHECK_STR(br_text(reading, reading->identity.serial), "SERIAL1");
	CHECK_STR(br_text(reading, reading->identity.hostname), "server");
	CHECK_INT(reading->device, 1);
	CHECK_INT(reading->status.state, BR_STATE_IDLE);
	CHECK_INT(reading->status.errors, 0);
	CHECK_INT(reading->counters[BR_COUNTER_TOTAL].value.value, 111);
	CHECK_INT(reading->n_supplies, 1);
	CHECK_INT(reading->supplies[0].percent, 10);
	CHECK_INT(reading->n_alerts, 0);
	CHECK_INT(reading->status.n_console, 0);
	CHECK_INT(reading->n_trays, 1);

	reading = bed_decode(lines, NULL, 2);
	CHECK_STR(br_text(reading, reading->identity.model), "Second printer");
	CHECK_STR(br_text(reading, reading->identity.serial), "SERIAL2");
	CHECK_INT(reading->device, 2);
	CHECK_INT(reading->status.state, BR_STATE_PRINTING);
	CHECK_INT(reading->status.errors, 1u << BR_ERR_DOOR_OPEN);
	CHECK_INT(reading->counters[BR_COUNTER_TOTAL].value.value, 222);
	CHECK_STR(br_text(reading, reading->counters[BR_COUNTER_TOTAL].origin),
		  "1.3.6.1.2.1.43.10.2.1.4.2.1");
	CHECK_INT(reading->n_supplies, 2);
	CHECK_INT(reading->supplies[0].percent, 90);
	CHECK_INT(reading->n_alerts, 1);
	CHECK_INT(reading->status.n_console, 1);
	CHECK_INT(reading->n_trays, 0);
}

TEST(a_device_that_is_not_there_says_nothing)
{
	const struct br_reading *reading =
		bed_decode("G17.1|4|SERIAL1\nS5.1.1|2|3\nS9.1.1|2|10\nH1.1|2|3\n", NULL, 9);

	CHECK_INT(reading->n_supplies, 0);
	CHECK_STR(br_text(reading, reading->identity.serial), "");
}

TEST(the_character_set_is_that_of_the_current_localization)
{
	static const char latin[] = "G2.1|2|2\n1.3.6.1.2.1.43.7.1.1.4.1.1|2|106\n1.3.6.1.2.1."
				    "43.7.1.1.4.1.2|2|2004\n"
				    "D2.1.1|4x|cc\n";
	struct br_harvest harvest;
	struct br_oid name;
	char text[BR_OID_TEXT_SIZE];
	const struct br_reading *reading = bed_read(latin);

	CHECK_STR(br_text(reading, reading->status.console[0]), "\xc3\xa4"); /* roman8 */
	bed_harvest(&harvest, "G2.1|2|2\nG2.3|2|-1\n");
	CHECK(br_decode_charset_name(&harvest, 1, &name));
	br_oid_format(text, sizeof text, name.ber, name.len);
	CHECK_STR(text, "1.3.6.1.2.1.43.7.1.1.4.1.2");
	CHECK(!br_decode_charset_name(&harvest, 2, &name));
	CHECK(!br_decode_charset_name(&harvest, 3, &name));
	br_harvest_clear(&harvest);
}

TEST(hints)
{
	static const struct {
		const char *name, *answers, *first, *object;
		size_t n;
	} rows[] = {
		{"none", "", "", "", 0},
		{"device before system", "1.3.6.1.2.1.1.1.0|4|NIC\nV3.1|4|Maker P1\nH1.1|2|3\n",
		 "Maker P1", "", 2},
		{"object", "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9\n", "", "1.3.6.1.4.1.9", 0},
		{"object as text", "1.3.6.1.2.1.1.2.0|4|1.3.6.1.4.1.9\n", "", "1.3.6.1.4.1.9",
		 0},
		{"object as other text", "1.3.6.1.2.1.1.2.0|4|printer\n", "", "", 0},
		{"object as a number", "1.3.6.1.2.1.1.2.0|2|5\n", "", "", 0},
		{"hrDeviceID as an OID is none", "H1.1|2|3\nV4.1|6|0.0\n", "", "", 0},
		{"a device id in its place", "H1.1|2|3\nV4.1|4|MFG:X;MDL:Y;\n", "MFG:X;MDL:Y;",
		 "", 1},
		{"empty texts", "1.3.6.1.2.1.1.1.0|4|\nV3.1|4|  \nH1.1|2|3\n", "", "", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_harvest harvest;
		struct br_hints hints;
		char text[BR_OID_TEXT_SIZE] = "";

		check_case(rows[i].name);
		bed_harvest(&harvest, rows[i].answers);
		br_decode_hints(&harvest, 1, &hints);
		CHECK_INT(hints.n, rows[i].n);
		CHECK_STR(hints.n ? hints.text[0] : "", rows[i].first);
		if (hints.object_id.len)
			br_oid_format(text, sizeof text, hints.object_id.ber,
				      hints.object_id.len);
		CHECK_STR(text, rows[i].object);
		br_harvest_clear(&harvest);
	}
}

static void count_fields(void *user, const char *field, const struct br_varbind *varbind)
{
	size_t *n = user;

	(void)varbind;
	if (strcmp(field, "system.name") == 0 || strcmp(field, "supplies[1].level") == 0)
		++*n;
}

TEST(the_witness_is_told_of_every_value)
{
	static struct br_reading reading;
	size_t n = 0;
	struct br_witness witness = {count_fields, &n};
	struct br_harvest harvest;

	bed_harvest(&harvest, "1.3.6.1.2.1.1.5.0|4|x\nS9.1.1|2|10\n");
	br_reading_init(&reading);
	br_decode_snmp(&harvest, 1, NULL, &witness, &reading);
	CHECK_INT(n, 2);
	br_harvest_clear(&harvest);
}
