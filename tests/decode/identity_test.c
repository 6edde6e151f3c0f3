/*
 * identity_test.c - who a printer is, by the standards: which of several answers is believed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"

#define SYS(n, value)   "1.3.6.1.2.1.1." n ".0|" value "\n"
#define MAC(row, value) "1.3.6.1.2.1.2.2.1.6." row "|" value "\n"
#define PORT_ID(value)  "1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1|4|" value "\n"
#define HERE            "G2.1|2|1\nH1.1|2|3\n"
#define AT(member)      offsetof(struct br_identity, member)

static const struct {
	const char *name, *answers;
	size_t member;
	const char *want;
} cases[] = {
	{"model by the device", HERE "V3.1|4|P40\nG16.1|4|Name\n" PORT_ID("MFG:L;MDL:ID;SN:7;"),
	 AT(model), "P40"},
	{"model by the device id", HERE "G16.1|4|Name\n" PORT_ID("MFG:L;MDL:ID;SN:7;"),
	 AT(model), "ID"},
	{"model by the name", HERE "G16.1|4|Name\n", AT(model), "Name"},
	{"maker by the device id", HERE PORT_ID("MFG:Lumen;MDL:ID;SN:7;"), AT(maker), "Lumen"},
	{"serial by the standard", HERE "G17.1|4|STD\n" PORT_ID("MFG:L;MDL:ID;SN:7;"),
	 AT(serial), "STD"},
	{"serial by the device id", HERE PORT_ID("MFG:L;MDL:ID;SN:7;"), AT(serial), "7"},
	{"a device id in hrDeviceID", HERE "V4.1|4|MFG:L;MDL:V;SN:8;\n", AT(serial), "8"},
	{"an OID in hrDeviceID", HERE "V4.1|6|0.0\n", AT(device_id), ""},
	{"text that is no device id", HERE PORT_ID("hello"), AT(device_id), ""},
	{"contact of the system", HERE SYS("4", "4|me") "G4.1|4|operator\nG5.1|4|service\n",
	 AT(contact), "me"},
	{"contact of the operator", HERE SYS("4", "4|") "G4.1|4|operator\nG5.1|4|service\n",
	 AT(contact), "operator"},
	{"contact of the service", HERE "G5.1|4|service\n", AT(contact), "service"},
	{"location", SYS("6", "4|Room 1"), AT(location), "Room 1"},
	{"object", SYS("2", "6|1.3.6.1.4.1.9"), AT(object_id), "1.3.6.1.4.1.9"},
	{"object as text", SYS("2", "4|1.3.6.1.4.1.9"), AT(object_id), "1.3.6.1.4.1.9"},
	{"MAC", MAC("1", "4x|021122334455"), AT(mac), "02:11:22:33:44:55"},
	{"MAC as text", MAC("1", "4|00:11:22:33:44:55"), AT(mac), "00:11:22:33:44:55"},
	{"MAC as text without colons", MAC("1", "4|001122AABBCC"), AT(mac),
	 "00:11:22:aa:bb:cc"},
	{"MAC of zeros", MAC("1", "4x|000000000000"), AT(mac), ""},
	{"MAC of ones", MAC("1", "4x|ffffffffffff"), AT(mac), ""},
	{"MAC too short", MAC("1", "4x|0011223344"), AT(mac), ""},
	{"MAC too long", MAC("1", "4x|00112233445566"), AT(mac), ""},
	{"MAC of text too long", MAC("1", "4|00:11:22:33:44:55:66"), AT(mac), ""},
	{"the first interface",
	 MAC("1", "4|") MAC("2", "4x|001122334455") MAC("3", "4x|001122334456"), AT(mac),
	 "00:11:22:33:44:55"},
	{"an assigned address before a local one",
	 MAC("1", "4x|021122334455") MAC("2", "4x|001122334455"), AT(mac), "00:11:22:33:44:55"},
};

TEST(who_it_is)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct br_reading *reading = bed_read(cases[i].answers);
		const br_text_at *at = (const br_text_at *)((const char *)&reading->identity +
							    cases[i].member);

		check_case(cases[i].name);
		CHECK_STR(br_text(reading, *at), cases[i].want);
	}
}

TEST(uptime_is_in_seconds)
{
	const struct br_reading *reading = bed_read(SYS("3", "67|12345"));

	CHECK_INT(reading->status.uptime.value, 123);
	reading = bed_read(SYS("3", "2|-5"));
	CHECK(!reading->status.uptime.known);
}
