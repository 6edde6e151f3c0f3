/*
 * brother_test.c - Brother's packed records against the standard table, and broken ones.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "decode/packed.h"

#include <string.h>

TEST(hostile_records)
{
	static const struct {
		const char *name, *hex;
		size_t rows;
	} cases[] = {
		{"nothing", "", 0},
		{"only the end", "ff", 0},
		{"behind the end", "41010400002710 ff 63010400000001", 1},
		{"cut in a value", "41010400002710 630104000000", 1},
		{"cut in a head", "41010400002710 6301", 1},
		{"cut behind a key", "41010400002710 63", 1},
		{"unknown key", "fe010400000001 41010400002710", 1},
		{"another kind", "41020400002710 63010400000001", 0},
		{"length of nothing", "410100", 0},
		{"length of three", "410103000001", 0},
		{"length beyond the end", "4101ff00000001", 0},
		{"percent over all", "41010400002711", 0},
		{"all bits set",
		 "410104ffffffff 110104ffffffff 630104ffffffff 6f0104ffffffff 810104ffffffff",
		 0},
		{"shown over all", "81010400000065", 0},
		{"units of none", "a101020400", 0},
		{"more units than full", "a101021514", 0},
		{"percent in one octet", "41010103", 0},
		{"status in one octet", "63010103", 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		packed_start("HL-1");
		CHECK_INT(packed_decode(br_brother_maintenance, cases[i].hex), cases[i].rows);
		if (cases[i].rows == 0) {
			CHECK_INT(packed.n_care + packed.n_supplies + packed.n_notes, 0);
			CHECK(!packed.counters[BR_COUNTER_DRUM].value.known);
		}
	}
	check_case(NULL);
	CHECK_INT(packed_number(packed_care("drum")->status), 3);
}

static struct br_supply *add_supply(int32_t type, const char *description, const char *colorant,
				    enum br_level_kind kind, uint8_t percent)
{
	struct br_supply *supply = &packed.supplies[packed.n_supplies++];

	*supply = (struct br_supply){
		.index = (int32_t)packed.n_supplies,
		.type = type,
		.kind = kind,
		.percent = percent,
		.description = br_reading_put(&packed, description),
		.colorant = br_reading_put(&packed, colorant),
		.level = {true, kind == BR_LEVEL_MEASURED ? percent : -3},
		.state = kind == BR_LEVEL_UNKNOWN ? BR_SUPPLY_UNKNOWN : BR_SUPPLY_OK,
	};
	return supply;
}

static bool noted(const char *text)
{
	for (size_t i = 0; i < packed.n_notes; i++)
		if (strcmp(br_text(&packed, packed.notes[i]), text) == 0)
			return true;
	return false;
}

TEST(the_record_against_the_standard_table)
{
	struct br_supply *black, *cyan, *magenta, *drum, *belt, *waste;

	packed_start("MFC-1");
	black = add_supply(3, "Black Toner Cartridge", "black", BR_LEVEL_SOME, 0);
	cyan = add_supply(3, "Cyan Toner Cartridge", "cyan", BR_LEVEL_MEASURED, 100);
	magenta = add_supply(3, "Magenta Toner Cartridge", "", BR_LEVEL_MEASURED, 50);
	waste = add_supply(4, "Waste Toner Box", "", BR_LEVEL_SOME, 0);
	belt = add_supply(1, "Belt Unit", "", BR_LEVEL_MEASURED, 56);
	drum = add_supply(9, "Drum Unit", "", BR_LEVEL_SOME, 0);
	packed_decode(br_brother_maintenance,
		      "310104 00000001 320104 00000002 330104 00000001"
		      "6f0104 00001d4c 700104 00000320 710104 00001388 720104 00000000"
		      "810104 00000050 690104 00000064 410104 000001f4 630104 00000003 ff");
	CHECK_INT(packed.n_supplies, 6); /* no yellow is made beside a table that has none */
	CHECK_INT(black->kind, BR_LEVEL_MEASURED);
	CHECK_INT(black->percent, 75);
	CHECK_INT(packed_number(black->shown), 80);
	CHECK_INT(black->state, BR_SUPPLY_OK);
	CHECK_STR(br_text(&packed, black->origin), "brother");
	CHECK_INT(cyan->percent, 8);
	CHECK_INT(cyan->state, BR_SUPPLY_LOW);
	CHECK_INT(magenta->percent, 50);
	CHECK_INT(waste->kind, BR_LEVEL_SOME);
	CHECK_INT(belt->percent, 56); /* counted by the table: kept */
	CHECK_INT(packed_number(packed_care("belt")->percent), 1);
	CHECK_INT(drum->kind, BR_LEVEL_MEASURED);
	CHECK_INT(drum->percent, 5);
	CHECK_INT(drum->state, BR_SUPPLY_EMPTY);
	CHECK(noted(
		"Cyan Toner Cartridge: 8 % by Brother's own record, 100 % by the Printer-MIB"));
	CHECK(noted("Cyan Toner Cartridge: low by the status in Brother's own record"));
	CHECK(noted("Drum Unit: empty by the status in Brother's own record"));
	CHECK_INT(packed.n_notes, 3); /* a table without a level is nothing odd here */
}

TEST(a_worse_state_stays)
{
	struct br_supply *black;

	packed_start("HL-1");
	black = add_supply(3, "Toner", "", BR_LEVEL_SOME, 0); /* the only one: black */
	black->state = BR_SUPPLY_LOW;
	packed_decode(br_brother_maintenance, "31010400000001");
	CHECK_INT(black->state, BR_SUPPLY_LOW);
	CHECK_INT(black->kind, BR_LEVEL_SOME); /* a status is no level */
	CHECK_INT(packed_number(black->status), 1);
	CHECK_INT(packed.n_notes, 0);
}

TEST(the_second_row_of_one_cartridge)
{
	packed_start("HL-1");
	add_supply(3, "Black Toner Cartridge", "", BR_LEVEL_UNKNOWN, 0);
	add_supply(3, "Black Toner Cartridge", "", BR_LEVEL_SOME, 0);
	packed_decode(br_brother_maintenance, "6f010400001388");
	CHECK_INT(packed.supplies[0].kind, BR_LEVEL_UNKNOWN);
	CHECK_INT(packed.supplies[1].percent, 50);
}

TEST(supplies_made_from_the_record)
{
	packed_start("MFC-J1DW");
	CHECK_INT(packed_decode(br_brother_maintenance,
				"31010400000001 6f0104000026ac 81010400000063"
				"82010400000062 8501040000004b ff"),
		  5);
	CHECK_INT(packed.n_supplies, 3);
	CHECK_INT(packed_supply("black")->type, 6);
	CHECK_INT(packed_supply("black")->percent, 99);
	CHECK_INT(packed_supply("black")->state, BR_SUPPLY_OK);
	CHECK_INT(packed_supply("cyan")->percent, 98); /* shown is better than nothing */
	CHECK_INT(packed.supplies[2].type, 8);
	CHECK_INT(packed.supplies[2].role, BR_ROLE_FILLED);
	CHECK_INT(packed.supplies[2].percent, 75);
	packed_start("HL-1");
	packed_decode(br_brother_maintenance, "63010400000001 6f0104000026ac");
	CHECK_INT(packed_supply("black")->type, 21);
}

/* Keys of a drum in the record of an inkjet (one has been seen to have them) are not believed.
 */
TEST(an_inkjet_has_no_drum)
{
	packed_start("DCP-J1W");
	CHECK_INT(packed_decode(br_brother_maintenance,
				"63010400000001 11010400000005 41010400002454 6f010400001bbc"),
		  1);
	CHECK_INT(packed_decode(br_brother_nextcare, "82010400002b71"), 0);
	CHECK_INT(packed.n_care, 0);
	CHECK_INT(packed_supply("black")->type, 6);
}

TEST(old_lasers_send_codes_of_one_octet)
{
	packed_start("HL-5350DN");
	packed_decode(
		br_brother_maintenance,
		"110104000061a8 31010101 41010103 63010103 54010101 66010101 62010101 ff");
	CHECK_INT(packed_counter(BR_COUNTER_DRUM), 25000);
	CHECK_INT(packed_number(packed_supply("black")->status), 1);
	CHECK_INT(packed_number(packed_care("drum")->status), 3);
	CHECK(!packed_care("drum")->percent.known);
}

TEST(halves_go_to_the_even_neighbour)
{
	packed_start("HL-1");
	packed_decode(br_brother_maintenance,
		      "41010400000032 69010400000096 6a0104000000fa 6b0104000000fb");
	CHECK_INT(packed_number(packed_care("drum")->percent), 0);
	CHECK_INT(packed_number(packed_care("belt")->percent), 2);
	CHECK_INT(packed_number(packed_care("fuser")->percent), 2);
	CHECK_INT(packed_number(packed_care("laser")->percent), 3);
}

TEST(a_total_of_zero_hides_no_other)
{
	packed_start("HL-1");
	packed.counters[BR_COUNTER_TOTAL].value = (struct br_number){true, 77};
	packed_decode(br_brother_counters, "00010400000000");
	CHECK_INT(packed_counter(BR_COUNTER_TOTAL), 77);
	packed_decode(br_brother_counters, "00010400000001");
	CHECK_INT(packed_counter(BR_COUNTER_TOTAL), 1);
	CHECK_STR(br_text(&packed, packed.counters[BR_COUNTER_TOTAL].basis), "impressions");
	CHECK_STR(br_text(&packed, packed.counters[BR_COUNTER_TOTAL].origin), "1.2.3");
}

TEST(jams_and_coverage)
{
	packed_start("HL-1");
	CHECK_INT(packed_decode(br_brother_jams, "0002000301020001a10400000006ff"), 1);
	CHECK_INT(packed_counter(BR_COUNTER_JAMS), 6);
	CHECK_INT(packed_decode(br_brother_coverage, "00020231ff"),
		  0); /* whose coverage is not known */
	add_supply(3, "Toner", "black", BR_LEVEL_SOME, 0);
	CHECK_INT(packed_decode(br_brother_coverage, "00020231ff"), 1);
	CHECK_INT(packed_number(packed.coverage[BR_COLORANT_BLACK].thousandths), 2490);
	add_supply(3, "Toner", "cyan", BR_LEVEL_SOME, 0);
	CHECK_INT(packed_decode(br_brother_coverage, "00020232ff"), 0);
	CHECK_INT(packed_number(packed.coverage[BR_COLORANT_BLACK].thousandths), 2490);
	packed_start("HL-1");
	packed.capabilities.color = BR_NO;
	CHECK_INT(packed_decode(br_brother_coverage, "00020264ff"), 0); /* .100 */
	CHECK_INT(packed_decode(br_brother_coverage, "00026401ff"), 0); /* 100.01 */
	CHECK_INT(packed_decode(br_brother_coverage, "000202"), 0);
	CHECK_INT(packed_decode(br_brother_coverage, "000402310000"), 0);
	CHECK_INT(packed_decode(br_brother_coverage, ""), 0);
}

TEST(full_tables)
{
	packed_start("HL-1");
	packed.n_care = BR_MAX_CARE;
	packed.n_supplies = BR_MAX_SUPPLIES;
	packed_decode(br_brother_maintenance, "41010400002454 6f010400001bbc 8501040000004b");
	CHECK_INT(packed.n_care, BR_MAX_CARE);
	CHECK_INT(packed.n_supplies, BR_MAX_SUPPLIES);
}
