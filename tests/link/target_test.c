/*
 * target_test.c - every way to write a target, the text each becomes, the sentence for each
 * mistake.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "link/target.h"

#include <stdlib.h>
#include <string.h>

#define L63 "a23456789012345678901234567890123456789012345678901234567890123"

/* In a block of the exact size. */
static enum br_status parse(struct br_target *target, const char *text, struct br_error *err)
{
	char *copy = strdup(text);
	enum br_status status = copy ? br_target_parse(target, copy, err) : BR_E_MEMORY;

	free(copy);
	return status;
}

/* clang-format off */
static const struct {
	const char *text;
	enum br_target_kind kind;
	const char *host;
	int port;
	int64_t device; /* -1: none */
	const char *canonical;
} good[] = {
	{"printer.example", BR_TARGET_UDP, "printer.example", 0, -1, "udp:printer.example:161"},
	{"Printer-1.Example.", BR_TARGET_UDP, "printer-1.example.", 0, -1, "udp:printer-1.example.:161"},
	{"my_printer", BR_TARGET_UDP, "my_printer", 0, -1, "udp:my_printer:161"},
	{"3com", BR_TARGET_UDP, "3com", 0, -1, "udp:3com:161"},
	{"1.2.3.x4", BR_TARGET_UDP, "1.2.3.x4", 0, -1, "udp:1.2.3.x4:161"},
	{"p:1", BR_TARGET_UDP, "p", 1, -1, "udp:p:1"},
	{"p:65535", BR_TARGET_UDP, "p", 65535, -1, "udp:p:65535"},
	{"p:00161", BR_TARGET_UDP, "p", 161, -1, "udp:p:161"},
	{"p#2", BR_TARGET_UDP, "p", 0, 2, "udp:p:161#2"},
	{"p#0", BR_TARGET_UDP, "p", 0, 0, "udp:p:161#0"},
	{"p:1161#2147483647", BR_TARGET_UDP, "p", 1161, 2147483647, "udp:p:1161#2147483647"},
	{"192.0.2.10", BR_TARGET_UDP, "192.0.2.10", 0, -1, "udp:192.0.2.10:161"},
	{"192.0.2.10:1161", BR_TARGET_UDP, "192.0.2.10", 1161, -1, "udp:192.0.2.10:1161"},
	{"udp:192.0.2.10", BR_TARGET_UDP, "192.0.2.10", 0, -1, "udp:192.0.2.10:161"},
	{"UDP:p:5#1", BR_TARGET_UDP, "p", 5, 1, "udp:p:5#1"},
	{"udp:usb", BR_TARGET_UDP, "usb", 0, -1, "udp:usb:161"},
	{"udp:udp", BR_TARGET_UDP, "udp", 0, -1, "udp:udp:161"},
	{"udp", BR_TARGET_UDP, "udp", 0, -1, "udp:udp:161"},
	{"usb", BR_TARGET_UDP, "usb", 0, -1, "udp:usb:161"},
	{"udp:walk:9", BR_TARGET_UDP, "walk", 9, -1, "udp:walk:9"},
	{"2001:db8::1", BR_TARGET_UDP, "2001:db8::1", 0, -1, "udp:[2001:db8::1]:161"},
	{"2001:0DB8:0:0::0001", BR_TARGET_UDP, "2001:db8::1", 0, -1, "udp:[2001:db8::1]:161"},
	{"2001:db8::1:161", BR_TARGET_UDP, "2001:db8::1:161", 0, -1, "udp:[2001:db8::1:161]:161"},
	{"[2001:db8::1]", BR_TARGET_UDP, "2001:db8::1", 0, -1, "udp:[2001:db8::1]:161"},
	{"[2001:db8::1]:1161", BR_TARGET_UDP, "2001:db8::1", 1161, -1, "udp:[2001:db8::1]:1161"},
	{"udp:[::1]:1161#3", BR_TARGET_UDP, "::1", 1161, 3, "udp:[::1]:1161#3"},
	{"udp:2001:db8::1#3", BR_TARGET_UDP, "2001:db8::1", 0, 3, "udp:[2001:db8::1]:161#3"},
	{"::ffff:192.0.2.1", BR_TARGET_UDP, "::ffff:192.0.2.1", 0, -1, "udp:[::ffff:192.0.2.1]:161"},
	{"fe80::1%eth0", BR_TARGET_UDP, "fe80::1%eth0", 0, -1, "udp:[fe80::1%eth0]:161"},
	{"[FE80::1%br-LAN_0.10]:7", BR_TARGET_UDP, "fe80::1%br-LAN_0.10", 7, -1, "udp:[fe80::1%br-LAN_0.10]:7"},
	{"fe80::1%2#4", BR_TARGET_UDP, "fe80::1%2", 0, 4, "udp:[fe80::1%2]:161#4"},
	{"fe80::1%abcdefghijklmno", BR_TARGET_UDP, "fe80::1%abcdefghijklmno", 0, -1, "udp:[fe80::1%abcdefghijklmno]:161"},
	{L63, BR_TARGET_UDP, L63, 0, -1, "udp:" L63 ":161"},
	{"walk:a.walk", BR_TARGET_WALK, "a.walk", 0, -1, "walk:a.walk"},
	{"WALK:a", BR_TARGET_WALK, "a", 0, -1, "walk:a"},
	{"walk:a.walk#2", BR_TARGET_WALK, "a.walk", 0, 2, "walk:a.walk#2"},
	{"walk:a#b.walk", BR_TARGET_WALK, "a#b.walk", 0, -1, "walk:a#b.walk"},
	{"walk:a#2b", BR_TARGET_WALK, "a#2b", 0, -1, "walk:a#2b"},
	{"walk:a#", BR_TARGET_WALK, "a#", 0, -1, "walk:a#"},
	{"walk:a#1#2", BR_TARGET_WALK, "a#1", 0, 2, "walk:a#1#2"},
	{"walk:#", BR_TARGET_WALK, "#", 0, -1, "walk:#"},
	{"walk:2024", BR_TARGET_WALK, "2024", 0, -1, "walk:2024"},
	{"walk:C:\\x y@z [1]%.walk", BR_TARGET_WALK, "C:\\x y@z [1]%.walk", 0, -1, "walk:C:\\x y@z [1]%.walk"},
	{"walk:a  b", BR_TARGET_WALK, "a  b", 0, -1, "walk:a  b"},
	{"walk:udp:x", BR_TARGET_WALK, "udp:x", 0, -1, "walk:udp:x"},
	{"walk:http:x", BR_TARGET_WALK, "http:x", 0, -1, "walk:http:x"},
	{"walk:a\x1b[2Jb\n", BR_TARGET_WALK, "a\x1b[2Jb\n", 0, -1, "walk:a [2Jb"},
	{"walk:\xff#7", BR_TARGET_WALK, "\xff", 0, 7, "walk:\xef\xbf\xbd#7"},
};

#define EXAMPLES "; a target is written printer.example, 192.0.2.10:161, [2001:db8::1]:161 or walk:FILE"
#define DEVICE "after '#' comes the number of a device, and nothing else" EXAMPLES
#define PORT "what follows ':' is not a port from 1 to 65535" EXAMPLES
#define CHARACTERS "a host name has only letters, digits, '-', '_' and dots" EXAMPLES
#define NUMBER "this number is no IPv4 address" EXAMPLES
#define IPV6 "this is no IPv6 address" EXAMPLES
#define HOST "the host is missing" EXAMPLES
#define ZONE "what follows '%' is not the name of an interface" EXAMPLES

static const struct {
	const char *text, *error;
} bad[] = {
	{"", "the target is empty" EXAMPLES},
	{"udp:", HOST}, {":161", HOST}, {"udp::161", HOST}, {"#2", HOST}, {"udp:#2", HOST},
	{"walk:", "the file is missing" EXAMPLES}, {"walk:#2", "the file is missing" EXAMPLES},
	{"p:", PORT}, {"p:0", PORT}, {"p:65536", PORT}, {"p:x", PORT}, {"p:16 1", PORT}, {"p:-1", PORT}, {"p:+1", PORT},
	{"p:99999999999999999999999", PORT}, {"192.0.2.1:", PORT}, {"[::1]:", PORT}, {"[::1]:0", PORT}, {"[::1]:65536", PORT},
	{"p#", DEVICE}, {"p#x", DEVICE}, {"p#-1", DEVICE}, {"p#1#2", DEVICE}, {"p#1:161", DEVICE},
	{"p#2147483648", "the device after '#' is larger than 2147483647" EXAMPLES},
	{"p#99999999999999999999999", "the device after '#' is larger than 2147483647" EXAMPLES},
	{"walk:a#2147483648", "the device after '#' is larger than 2147483647" EXAMPLES},
	{"public@printer", "a target has no user or community before '@', these stand in a profile" EXAMPLES},
	{"//printer", CHARACTERS}, {"printer/x", CHARACTERS}, {"pr inter", CHARACTERS}, {" printer", CHARACTERS},
	{"dr\xc3\xbc" "cker", CHARACTERS}, {"printer\n", CHARACTERS}, {"192.0.2.0/24", CHARACTERS}, {"*", CHARACTERS},
	{"p%eth0", CHARACTERS}, {"192.0.2.1%eth0", CHARACTERS}, {"$(x)", CHARACTERS},
	{".", "a host name has an empty part between dots" EXAMPLES},
	{"a..b", "a host name has an empty part between dots" EXAMPLES},
	{".a", "a host name has an empty part between dots" EXAMPLES},
	{"a..", "a host name has an empty part between dots" EXAMPLES},
	{"-a", "a part of the host name begins or ends with '-'" EXAMPLES},
	{"--json", "a part of the host name begins or ends with '-'" EXAMPLES},
	{"a-.b", "a part of the host name begins or ends with '-'" EXAMPLES},
	{L63 "4", "a part of the host name is longer than 63 characters" EXAMPLES},
	{L63 "." L63 "." L63 "." L63, "a host name is longer than 253 characters" EXAMPLES},
	{"192.0.2.300", NUMBER}, {"192.0.2", NUMBER}, {"10", NUMBER}, {"192.0.2.010", NUMBER}, {"1.2.3.4.5", NUMBER},
	{"0x7f000001", NUMBER}, {"127.0x1", NUMBER}, {"printer.5", NUMBER}, {"192.0.2.10.", NUMBER}, {"0x", NUMBER},
	{"2001:db8::1::2", IPV6}, {"2001:db8:::1", IPV6}, {"1:2:3", IPV6}, {"a:b:c", IPV6}, {"[printer]", IPV6}, {"[192.0.2.1]:161", IPV6},
	{"[]", IPV6}, {"[]:161", IPV6}, {"[::1", "the ']' is missing" EXAMPLES}, {"::g", IPV6},
	{"1111:2222:3333:4444:5555:6666:7777:8888:9999", IPV6}, {"1111:2222:3333:4444:5555:6666:7777:8888:9999:1111:2222", IPV6},
	{"p:1:2", IPV6}, {"::1]:161", IPV6}, {"%eth0::", IPV6},
	{"[::1]161", "only :PORT may follow ']'" EXAMPLES}, {"[[::1]]", "only :PORT may follow ']'" EXAMPLES}, {"[[::1]", IPV6}, {"[::1]]", "only :PORT may follow ']'" EXAMPLES},
	{"2001:db8::1%eth0", "only a link-local address, fe80::…, has a zone after '%'" EXAMPLES},
	{"::1%lo", "only a link-local address, fe80::…, has a zone after '%'" EXAMPLES},
	{"fe80::1%", ZONE}, {"fe80::1%a/b", ZONE}, {"fe80::1%a%b", ZONE}, {"fe80::1%abcdefghijklmnop", ZONE}, {"[fe80::1%]:5", ZONE},
};

static const char *const refused[] = {
	"http://printer", "https://printer/", "ipp://printer/ipp/print", "ipps:x", "pjl:printer", "pjl:9100",
	"usb:/dev/usb/lp0", "USB:", "snmp://printer", "tcp:printer", "file:x", "socket://printer", "lpd:x", "dtls:x",
};
/* clang-format on */

TEST(good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct br_target target = {0};
		struct br_error err = {""};

		check_case(good[i].text);
		CHECK_INT(parse(&target, good[i].text, &err), BR_OK);
		CHECK_STR(err.text, "");
		CHECK_INT(target.kind, good[i].kind);
		CHECK_STR(target.host, good[i].host);
		CHECK_INT(target.port, good[i].port);
		CHECK_INT(target.has_device, good[i].device >= 0);
		CHECK_INT(target.device, good[i].device < 0 ? 0 : good[i].device);
		CHECK_STR(target.text, good[i].canonical);
	}
}

TEST(canonical_text_is_a_target_and_stays_as_it_is)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct br_target target = {0};

		check_case(good[i].canonical);
		CHECK_INT(parse(&target, good[i].canonical, NULL), BR_OK);
		CHECK_STR(target.text, good[i].canonical);
	}
}

TEST(bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct br_target target = {0};
		struct br_error err = {""};

		check_case(bad[i].text);
		CHECK_INT(parse(&target, bad[i].text, &err), BR_E_SYNTAX);
		CHECK_STR(err.text, bad[i].error);
		CHECK_STR(target.text, "");
		CHECK_STR(target.host, "");
		CHECK_INT(parse(&target, bad[i].text, NULL), BR_E_SYNTAX);
	}
}

TEST(other_kinds)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct br_target target = {0};
		struct br_error err = {""};
		size_t kind = strcspn(refused[i], ":") + 1;

		check_case(refused[i]);
		CHECK_INT(parse(&target, refused[i], &err), BR_E_UNSUPPORTED);
		CHECK_STR(err.text + kind, " is not in this version" EXAMPLES);
	}
}

TEST(lengths)
{
	char text[400] = "walk:", host[300] = L63 "." L63 "." L63 ".";
	struct br_target target = {0};
	struct br_error err = {""};

	memset(text + 5, 'x', 256);
	CHECK_INT(parse(&target, text, &err), BR_E_LIMIT);
	CHECK_STR(err.text, "the name of the walk is longer than 255 bytes");
	memcpy(text + 5 + 255, "#2147483647", 12);
	CHECK_INT(parse(&target, text, &err), BR_OK);
	CHECK_STR(target.text, text);
	memset(host + strlen(host), 'y', 61); /* 253 in all */
	CHECK_INT(parse(&target, host, &err), BR_OK);
	CHECK_INT(strlen(target.host), 253);
	memcpy(host + 253, "y", 2);
	CHECK_INT(parse(&target, host, &err), BR_E_SYNTAX);
	CHECK_STR(err.text, "a host name is longer than 253 characters" EXAMPLES);
	memcpy(host + 253, ".", 2);
	CHECK_INT(parse(&target, host, &err), BR_OK);
	CHECK_INT(strlen(target.host), 254);
}

TEST(port_of_a_profile)
{
	struct br_target target = {0};

	CHECK_INT(parse(&target, "[::1]#2", NULL), BR_OK);
	br_target_set_port(&target, 1161);
	CHECK_INT(target.port, 1161);
	CHECK_STR(target.text, "udp:[::1]:1161#2");
	CHECK_INT(parse(&target, "p:5", NULL), BR_OK);
	br_target_set_port(&target, 1161); /* the target's own port wins */
	CHECK_STR(target.text, "udp:p:5");
	CHECK_INT(parse(&target, "walk:f", NULL), BR_OK);
	br_target_set_port(&target, 1161);
	CHECK_INT(target.port, 0);
	CHECK_STR(target.text, "walk:f");
}
