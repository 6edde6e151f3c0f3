/*
 * device_id_test.c - IEEE 1284 device ids as printers write them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/device_id.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct {
	const char *name, *id;
	size_t len; /* 0: of the text */
	const char *maker, *model, *serial, *commands;
	bool looks;
} cases[] = {
	{"short keys", "MFG:Acme;CMD:PJL,PCL;MDL:Roller 9000;CLS:PRINTER;", 0,
	 "Acme", "Roller 9000", "", "PJL,PCL", true},
	{"long keys", "MANUFACTURER:Acme;COMMAND SET:PCL;MODEL:Roller;SERIALNUMBER:A1;", 0,
	 "Acme", "Roller", "A1", "PCL", true},
	{"short before long", "MODEL:long;MDL:short;", 0, "", "short", "", "", true},
	{"case and blanks", " mfg : Acme ; Mdl:\tRoller ;", 0, "Acme", "Roller", "", "", true},
	{"no semicolon at the end", "MFG:Acme;MDL:Roller", 0, "Acme", "Roller", "", "", true},
	{"colon in the value", "MFG:A:B;URF:V1.3:DM1;", 0, "A:B", "", "", "", true},
	{"value empty", "MFG:;MDL:Roller;SN:;", 0, "", "Roller", "", "", true},
	{"empty short, filled long", "MFG:;MANUFACTURER:Acme;", 0, "Acme", "", "", "", true},
	{"first of two", "MFG:Acme;MFG:Other;", 0, "Acme", "", "", "", true},
	{"empty, then filled", "MFG:;MFG:Acme;", 0, "Acme", "", "", "", true},
	{"length in front", "\0\x1cMFG:Acme;MDL:Roller 9000;", 28, "Acme", "Roller 9000", "", "", true},
	{"length in front, a letter", "\0eMFG:Acme;MDL:Roller 9000;", 28, "Acme", "Roller 9000", "", "", true},
	{"rest of a length, cleaned", "eMFG:Acme;MDL:Roller;", 0, "Acme", "Roller", "", "", true},
	{"stray letter only in front", "MFG:Acme;xMDL:Roller;", 0, "Acme", "", "", "", true},
	{"a dash for a maker", "MDL:-Printer;", 0, "", "-Printer", "", "", true},
	{"not an id", "Acme Roller 9000, Version 1.2", 0, "", "", "", "", false},
	{"colons, but no key", "Date: today; Time: now;", 0, "", "", "", "", false},
	{"a key, but nothing ends it", "MODEL:Roller", 0, "", "Roller", "", "", false},
	{"empty", "", 0, "", "", "", "", false},
	{"semicolons", ";;;", 0, "", "", "", "", false},
	{"colons", ":::;", 0, "", "", "", "", false},
	{"one octet", "\0", 1, "", "", "", "", false},
};
/* clang-format on */

static void check_value(struct br_view id, const char *const *keys, const char *want)
{
	char text[64];

	br_text_copy(text, sizeof(text), br_device_id_get(id, keys));
	CHECK_STR(text, want);
}

TEST(values_are_found)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = cases[i].len != 0 ? cases[i].len : strlen(cases[i].id);
		char *exact = malloc(len > 0 ? len : 1);
		if (exact == NULL)
			abort();
		memcpy(exact, cases[i].id, len);
		struct br_view id = {exact, len};
		check_case(cases[i].name);
		check_value(id, br_device_id_maker, cases[i].maker);
		check_value(id, br_device_id_model, cases[i].model);
		check_value(id, br_device_id_serial, cases[i].serial);
		check_value(id, br_device_id_commands, cases[i].commands);
		CHECK_INT(br_device_id_looks(id), cases[i].looks);
		free(exact);
	}
}
