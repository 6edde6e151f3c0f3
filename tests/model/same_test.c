/*
 * same_test.c - keys of printers, and when two are of one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/same.h"

#include "check.h"

#include <stdio.h>

static void key_of(const char *maker, const char *serial, const char *mac, const char *target,
		   struct br_printer_key *key)
{
	static struct br_reading reading;

	br_reading_init(&reading);
	snprintf(reading.target, sizeof reading.target, "%s", target);
	reading.device = 2;
	reading.identity.maker = br_reading_put(&reading, maker);
	reading.identity.serial = br_reading_put(&reading, serial);
	reading.identity.mac = br_reading_put(&reading, mac);
	br_printer_key(&reading, key);
}

TEST(serials)
{
	static const struct {
		const char *maker, *serial, *key;
	} rows[] = {
		{"Brother", "E12345A7N", "serial:BROTHER:E12345A7N"},
		{"brother ", " e12345 a7n ", "serial:BROTHER:E12345A7N"},
		{"", "E12345", "serial::E12345"},
		{"M", "", ""},
		{"M", "123", ""},
		{"M", "1234", "serial:M:1234"},
		{"M", "0000000000", ""},
		{"M", "XXXXXXXXXX", ""},
		{"M", "----", ""},
		{"M", "Not Available", ""},
		{"M", "unknown", ""},
		{"M", "0000000001", "serial:M:0000000001"},
	};
	struct br_printer_key key;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].serial);
		key_of(rows[i].maker, rows[i].serial, "", "udp:192.0.2.1:161", &key);
		CHECK_STR(key.serial, rows[i].key);
	}
}

TEST(macs)
{
	static const struct {
		const char *mac, *target, *key;
	} rows[] = {
		{"02:00:5e:00:00:01", "udp:192.0.2.1:161", "mac:02005e000001"},
		{"02-00-5E-00-00-01", "udp:192.0.2.1:161", "mac:02005e000001"},
		{"02005e000001", "udp:192.0.2.1:161", "mac:02005e000001"},
		{"02:00:5e:00:00:01", "udp:192.0.2.1:161#2", "mac:02005e000001#2"},
		{"00:00:00:00:00:00", "t", ""},
		{"ff:ff:ff:ff:ff:ff", "t", ""},
		{"01:00:5e:00:00:01", "t", ""},
		{"02:00:5e:00:00", "t", ""},
		{"02:00:5e:00:00:01:02", "t", ""},
		{"02:00:5e:00:00:0g", "t", ""},
		{"", "t", ""},
	};
	struct br_printer_key key;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].mac);
		key_of("M", "", rows[i].mac, rows[i].target, &key);
		CHECK_STR(key.mac, rows[i].key);
	}
}

TEST(the_same)
{
	static const struct {
		struct br_printer_key a, b;
		enum br_same same;
	} rows[] = {
		{{"", ""}, {"", ""}, BR_SAME_UNKNOWN},
		{{"serial:M:1", ""}, {"", "mac:1"}, BR_SAME_UNKNOWN},
		{{"serial:M:1", "mac:1"}, {"serial:M:1", "mac:2"}, BR_SAME_YES},
		{{"serial:M:1", "mac:1"}, {"serial:M:2", "mac:1"}, BR_SAME_NO},
		{{"", "mac:1"}, {"serial:M:2", "mac:1"}, BR_SAME_YES},
		{{"", "mac:1"}, {"serial:M:2", "mac:2"}, BR_SAME_NO},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(br_printer_same(&rows[i].a, &rows[i].b), rows[i].same);
}
