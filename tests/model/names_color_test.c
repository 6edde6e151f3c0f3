/*
 * names_color_test.c - the colour that a text in any language speaks of.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text, *want;
} cases[] = {
	{"black", "black"},
	{"Black Cartridge HP CF400X", "black"},
	{"NOIR", "black"},
	{"Cartouche d'encre noire", "black"},
	{"Schwarz", "black"},
	{"Toner schwarz", "black"},
	{"nero", "black"},
	{"T\xc3\xb3ner negro", "black"},
	{"svart", "black"},
	{"\xc4\x8d"
	 "ern\xc3\xbd",
	 "black"}, /* Czech */
	{"\xc4\x8c"
	 "ERN\xc3\x9d",
	 "black"}, /* its capitals */
	{"\xd0\xa7\xd1\x91\xd1\x80\xd0\xbd\xd1\x8b\xd0\xb9",
	 "black"}, /* Russian, capital first */
	{"\xd0\x93\xd0\x9e\xd0\x9b\xd0\xa3\xd0\x91\xd0\x9e\xd0\x99",
	 "cyan"},                                 /* Russian capitals */
	{"\xc5\xbb\xc3\xb3\xc5\x82ty", "yellow"}, /* Polish, capital with a dot */
	{"jaune", "yellow"},
	{"gelb", "yellow"},
	{"giallo", "yellow"},
	{"Amarillo", "yellow"},
	{"cian", "cyan"},
	{"Magenta Toner [M] Cartridge", "magenta"},
	{"\xe3\x83\x96\xe3\x83\xa9\xe3\x83\x83\xe3\x82\xaf", "black"}, /* Japanese */
	{"\xe3\x83\x88\xe3\x83\x8a\xe3\x83\xbc\xe3\x82\xab\xe3\x83\xbc\xe3\x83\x88"
	 "\xe3\x83\xaa\xe3\x83\x83\xe3\x82\xb8\xef\xbc\x88\xe3\x82\xb7\xe3\x82\xa2"
	 "\xe3\x83\xb3\xef\xbc\x89",
	 "cyan"},                               /* toner cartridge (cyan), one word */
	{"\xe9\xbb\x84\xe8\x89\xb2", "yellow"}, /* Chinese */
	{"Light Cyan", "light-cyan"},
	{"lightCyan", "light-cyan"},
	{"magenta claro", "light-magenta"},
	{"Photo Black", "photo-black"},
	{"noir mat", "matte-black"},
	{"noir toner mat", "black"},                                   /* the toner is matt */
	{"\xd0\xa7\xd0\x81\xd0\xa0\xd0\x9d\xd0\xab\xd0\x99", "black"}, /* Russian, io */
	{"matte-black", "matte-black"},
	{"Photo Drum:Black", "black"}, /* the drum is photo, not the black */
	{"Light Fuser Black", "black"},
	{"Cyan/Magenta/Yellow", "tri-color"},
	{"gr\xc3\xbcn", "green"},
	{"wei\xc3\x9f", "white"},
	{"Clear", "clear"},
	{"SJIC35P-BK", "black"},
	{"SJIC35P-C", "cyan"},
	{"Toner [K]", "black"},
	{"Toner (Y)", "yellow"},
	{"TK-8345K", NULL}, /* a part number, see its siblings */
	{"C4127X", NULL},
	{"110V-C1N54A", NULL},
	{"C-EXV 33", NULL},
	{"C-EXV 51 Black", "black"},
	{"Sorting unit", NULL},
	{"Waste Toner Box", NULL},
	{"none", NULL},
	{"", NULL},
	{"Blackxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", NULL},
};

TEST(colours_are_found_in_any_language)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = strlen(cases[i].text);
		char *exact = malloc(len > 0 ? len : 1);
		if (exact == NULL)
			abort();
		memcpy(exact, cases[i].text, len);
		check_case(cases[i].text);
		struct br_view view = {exact, len};
		const char *got = br_colorant_find(view);
		CHECK_STR(got != NULL ? got : "(none)",
			  cases[i].want != NULL ? cases[i].want : "(none)");
		free(exact);
	}
}

TEST(text_that_ends_inside_a_character)
{
	char *exact = malloc(6);

	if (exact == NULL)
		abort();
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): a view has no NUL */
	memcpy(exact, "Cyan \xc4", 6);
	CHECK_STR(br_colorant_find((struct br_view){exact, 6}), "cyan");
	CHECK(br_colorant_find((struct br_view){exact + 5, 1}) == NULL);
	free(exact);
}
