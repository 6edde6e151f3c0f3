/*
 * panel_test.c - what panels write, and what only looks like it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/panel.h"
#include "model/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct {
	const char *text;
	const char *claims; /* "PART STATE" of each, then the colours */
} cases[] = {
	/* Brother */
	{"Toner Low", "printing low"},
	{"Toner Low: BK", "printing low, black"},
	{"Wenig Toner :Y", "printing low, yellow"},
	{"TONER LOW       ", "printing low"},
	{"Replace Toner", "printing empty"},
	{"Replace Toner soon", "printing low"},
	{"Toner Ended", "printing empty"},
	{"No Toner", "printing missing"},
	{"No Toner: C", "printing missing, cyan"},
	{"Drum End Soon", "drum low"},
	{"Replace Drum", "drum empty"},
	{"Drum Stop", "drum empty"},
	{"WT Box End Soon", "waste low"},
	{"Replace WT Box", "waste empty"},
	{"Belt End Soon", "belt low"},
	{"Replace Fuser", "fuser empty"},
	{"Ink Low", "printing low"},
	{"Replace Ink BK", "printing empty, black"},
	{"Cannot Detect Ink", "printing missing"},
	{"Ink Absorber NearFull", "waste low"},
	{"Ink Box Full", "waste empty"},
	/* HP */
	{"Black cartridge low", "printing low, black"},
	{"Cyan cartridge very low", "printing low, cyan"},
	{"ORDER BLACK CARTRIDGE", "printing low, black"},
	{"Replace yellow cartridge", "printing empty, yellow"},
	{"Install magenta cartridge", "printing missing, magenta"},
	{"Supplies low", "any low"},
	{"Order supplies", "any low"},
	{"Toner collection unit almost full", "waste low"},
	{"Replace toner collection unit", "waste empty"},
	{"Low on black ink", "printing low, black"},
	{"Black Cartridge 827A (CF300A) low", "printing low, black"},
	{"Cyan patron mycket l\xc3\xa5g, 412 \xc3\xa5terst\xc3\xa5" "ende sidor ca", "printing low, cyan"},
	/* Kyocera, Ricoh, Canon, Epson, Xerox, Lexmark, Samsung, OKI, Konica, Sharp */
	{"Toner low. (K)", "printing low, black"},
	{"Toner low. (C,M,Y)", "printing low, cyan magenta yellow"},
	{"Toner (K, C) low", "printing low, black cyan"},
	{"Add toner to continue printing.", "printing empty"},
	{"Waste toner box is nearly full.", "waste low"},
	{"The waste toner box is full", "waste empty"},
	{"Low: Toner: Magenta", "printing low, magenta"},
	{"Toner Almost Empty: Black", "printing low, black"},
	{"Waste Toner: Almost Full", "waste low"},
	{"Toner is low. (Black)", "printing low, black"},
	{"Prepare Toner Cartridge (Cyan)", "printing low, cyan"},
	{"Replace the waste toner container.", "waste empty"},
	{"Ink is low.", "printing low"},
	{"Maintenance box nearing end", "waste low"},
	{"Wste T Box Nr Full", ""},
	{"Waste Toner Nr Full", "waste low"},
	{"Replace Toner K", "printing empty, black"},
	{"Reorder Black Toner Cartridge", "printing low, black"},
	{"Toner Cartridge [K] is near end of life", "printing low, black"},
	{"Cartridge nearly low", "printing low"},
	{"Waste toner bottle nearly full", "waste low"},
	{"Imaging unit low", "drum low"},
	{"Photoconductor near end of life", "drum low"},
	{"Prepare new toner cartridge", "printing low"},
	{"Yellow Toner Empty", "printing empty, yellow"},
	{"Image Drum near life", "drum low"},
	{"Toner Out", "printing empty"},
	{"Used toner container full", "waste empty"},
	{"Change toner cartridge", "printing empty"},
	{"RIBBON OUT", "printing empty"},
	/* Other languages */
	{"Toner niedrig: Schwarz", "printing low, black"},
	{"Toner bald leer", "printing low"},
	{"Toner fast leer (Cyan)", "printing low, cyan"},
	{"Toner ersetzen", "printing empty"},
	{"Toner bestellen", "printing low"},
	{"Resttonerbeh\xc3\xa4lter fast voll", "waste low"},
	{"RESTTONERBEH\xc3\x84LTER VOLL", "waste empty"},
	{"Trommel ersetzen", "drum empty"},
	{"Wenig Tinte", "printing low"},
	{"Encre bas", "printing low"},
	{"Niveau de toner bas", "printing low"},
	{"Remplacer le toner noir", "printing empty, black"},
	{"Cartouche d\xe2\x80\x99" "encre presque vide", "printing low"},
	{"Cartouche d'encre noire vide", "printing empty, black"},
	{"T\xc3\xb3ner bajo", "printing low"},
	{"Reemplace el t\xc3\xb3ner", "printing empty"},
	{"Toner in esaurimento", "printing low"},
	{"Sostituire toner", "printing empty"},
	{"Pronto. Sostituire toner", "printing empty"},
	{"Toner bijna op", "printing low"},
	{"Vervang toner", "printing empty"},
	/* More than one */
	{"Toner low. Waste toner near full", "printing low, waste low"},
	{"Toner low; replace drum", "printing low, drum empty"},
	/* Only like it */
	{"", ""},
	{"Ready", ""},
	{"Yellow toner installed", ", yellow"},
	{"Checking yellow ink", ", yellow"},
	{"Mono toner save on", ""},
	{"Toner output normal", ""},
	{"Pink lower", ", pink"},
	{"Paper low. Toner ok", ""},
	{"Low paper, toner ok", ""},
	{"Black toner, low paper", ", black"},
	{"Toner replaced", ""},
	{"Change toner save mode", ""},
	{"Replace staple cartridge", ""},
	{"Stapler cartridge empty", ""},
	{"Punch waste box full", ""},
	{"Load paper: A4, plain", ""},
	{"Output bin full", ""},
	{"Toner-1 low-2", ""},
	{"Low", ""},
	{"toner", ""},
	{"  |  ", ""},
	{"\xc2\xa0" "Toner\xc2\xa0" "Low\xc2\xa0", "printing low"},
};
/* clang-format on */

static const char *const parts[] = {
	[BR_PART_ANY] = "any",   [BR_PART_PRINTING] = "printing",   [BR_PART_WASTE] = "waste",
	[BR_PART_DRUM] = "drum", [BR_PART_DEVELOPER] = "developer", [BR_PART_FUSER] = "fuser",
	[BR_PART_BELT] = "belt", [BR_PART_NONE] = "none",
};

static void tell(const struct br_claims *claims, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < claims->n; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s %s", i ? ", " : "",
				       parts[claims->list[i].part],
				       br_name_supply_state(claims->list[i].state));
	for (size_t i = 0; i < claims->n_colorants; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s", i ? " " : ", ",
				       claims->colorants[i]);
}

TEST(panels_claim)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t len = strlen(cases[i].text);
		char *exact = malloc(len ? len : 1), said[256];
		struct br_claims claims;

		check_case(cases[i].text);
		CHECK(exact != NULL);
		memcpy(exact, cases[i].text, len);
		br_panel_claims((struct br_view){exact, len}, &claims);
		tell(&claims, said, sizeof said);
		CHECK_STR(said, cases[i].claims);
		free(exact);
	}
}

/* A name of a job has words that no panel uses of supplies. */
TEST(plain_claims)
{
	static const struct {
		const char *text;
		bool plain;
	} rows[] = {
		{"Toner Low", true},
		{"Low: Toner: Magenta", true},
		{"Replace Toner Yellow (Y)", true},
		{"Black Cartridge 827A (CF300A) low", true},
		{"Toner low. Waste toner near full", true},
		{"Prepare new toner cartridge (Cyan)", true},
		{"Add toner to continue printing.", true},
		{"Cyan patron mycket l\xc3\xa5g, 412 \xc3\xa5terst\xc3\xa5"
		 "ende sidor ca",
		 true},
		{"Toner low report.docx", false},
		{"report Toner Low", false},
		{"Order toner supplies, miller", false},
		{"Ready", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_claims claims;

		check_case(rows[i].text);
		br_panel_claims(br_view(rows[i].text), &claims);
		CHECK_INT(claims.plain, rows[i].plain);
	}
}

/* Every octet, every length: nothing is read behind the end, nothing is too long. */
TEST(any_octets)
{
	uint32_t seed = 1;

	for (size_t len = 0; len < 600; len++) {
		char *text = malloc(len ? len : 1);
		struct br_claims claims;

		CHECK(text != NULL);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = len % 3 ? (char)(seed >> 24) : "toner low. "[i % 11];
		}
		br_panel_claims((struct br_view){text, len}, &claims);
		CHECK(claims.n <= BR_CLAIMS_MAX && claims.n_colorants <= BR_CLAIM_COLORS_MAX);
		free(text);
	}
}
