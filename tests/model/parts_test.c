/*
 * parts_test.c - ids of supplies, trays and outputs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/reading.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	int32_t type;
	const char *colorant, *description, *part, *id, *color;
};

static struct br_reading *fresh(void)
{
	struct br_reading *reading = malloc(sizeof(*reading));

	if (reading == NULL)
		abort();
	br_reading_init(reading);
	return reading;
}

static void add_supply(struct br_reading *reading, const struct row *row, int32_t index)
{
	struct br_supply *supply = &reading->supplies[reading->n_supplies++];

	supply->index = index;
	supply->type = row->type;
	supply->colorant = br_reading_put(reading, row->colorant);
	supply->description = br_reading_put(reading, row->description);
	supply->part = br_reading_put(reading, row->part);
}

/* clang-format off */
static const struct row alone[] = { /* each in a reading of its own */
	{3, "black", "Black Toner", NULL, "toner-black", "black"},
	{21, "black", "Black Cartridge", NULL, "toner-black", "black"},
	{3, NULL, "Black Cartridge HP CF400X", NULL, "toner-black", "black"},
	{3, "noir", "Toner", NULL, "toner-black", "black"},
	{21, NULL, "Toner schwarz", NULL, "toner-black", "black"},
	{3, "none", "Yellow Toner", NULL, "toner-yellow", "yellow"},
	{3, NULL, "TN-1", "TN-1 C", "toner-cyan", "cyan"},
	{3, NULL, "PK-3010S", NULL, "toner", ""},
	{3, NULL, "TK-8345K", NULL, "toner", ""}, /* without its siblings K says nothing */
	{3, "hunter brown", "Toner", NULL, "toner-hunter-brown", "hunter brown"},
	{5, "lightCyan", NULL, NULL, "ink-light-cyan", "light-cyan"},
	{6, NULL, "Photo Black Ink", NULL, "ink-photo-black", "photo-black"},
	{36, "black", NULL, NULL, "ink-matte-black", "matte-black"},
	{9, NULL, "Cyan Drum 828A HP CF359A", NULL, "drum-cyan", "cyan"},
	{9, NULL, "Drum Unit", NULL, "drum", ""},
	{3, NULL, "Black Drum", NULL, "drum-black", "black"}, /* mistyped by the printer */
	{1, NULL, "Drum Unit", NULL, "drum", ""},
	{4, "black", "Waste Toner", NULL, "waste-toner", "black"},
	{1, NULL, "Resttonerbeh\xc3\xa4lter", NULL, "waste-toner", ""},
	{0, NULL, "Maintenance Box T6712", NULL, "waste-ink", ""},
	{8, NULL, NULL, NULL, "waste-ink", ""},
	{10, NULL, "Magenta Developer", NULL, "developer-magenta", "magenta"},
	{11, NULL, NULL, NULL, "fuser-oil", ""},
	{15, NULL, "Fusing Unit", NULL, "fuser", ""},
	{1, NULL, "Fixiereinheit", NULL, "fuser", ""},
	{20, NULL, "Transfer Kit HP D7H14A", NULL, "belt", ""},
	{20, NULL, "Transfer Roller", NULL, "transfer-roller", ""},
	{1, NULL, "Belt Unit", NULL, "belt", ""},
	{1, NULL, "Bias Transfer Roll", NULL, "transfer-roller", ""},
	{18, NULL, "Transfer Belt Cleaner", NULL, "belt-cleaner", ""},
	{18, NULL, "Cleaner", NULL, "cleaner", ""},
	{7, NULL, "Thermal transfer ribbon", NULL, "ribbon", ""},
	{32, NULL, "Stapler 1", NULL, "staples", ""},
	{34, NULL, NULL, NULL, "covers", ""},
	{1, NULL, "Document Feeder Kit HP C1P70A", NULL, "document-feeder-kit", ""},
	{1, NULL, "Tray 1 Retard Roller Life", NULL, "tray-1-retard-roller-life", ""},
	{0, NULL, "Canon Cartridge 719/719H", NULL, "cartridge", ""},
	{0, NULL, "Cyan Cartridge", NULL, "cartridge-cyan", "cyan"},
	{99, NULL, "W1106A", NULL, "w1106a", ""}, /* nothing but a part number */
	{0, NULL, NULL, NULL, "other", ""},
	{0, "cyan", NULL, NULL, "other-cyan", "cyan"},
	{0, NULL, "\xe6\xb6\x88\xe8\x80\x97\xe5\x93\x81", NULL, "other", ""},
	{-5, NULL, NULL, NULL, "other", ""},
	{INT32_MAX, NULL, NULL, NULL, "other", ""},
	{1, NULL, "Unheard of thing with a name that is longer than any id may ever be", NULL,
	 "unheard-of-thing-with-a-name-that-is", ""},
	{1, NULL, "Unheardofthingwithanamethatislongerthananyidmayeverbe", NULL,
	 "unheardofthingwithanamethatislongerthan", ""},
};
/* clang-format on */

TEST(a_supply_is_called_by_kind_and_colour)
{
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++) {
		struct br_reading *reading = fresh();
		check_case(alone[i].id);
		add_supply(reading, &alone[i], 1);
		br_reading_name_parts(reading);
		CHECK_STR(reading->supplies[0].id, alone[i].id);
		CHECK_STR(br_text(reading, reading->supplies[0].colorant), alone[i].color);
		free(reading);
	}
}

static const struct row crowd[] = {
	{3, NULL, "Black Toner 2", NULL, "toner-black-2", NULL},
	{3, NULL, "Black Toner 1", NULL, "toner-black", NULL},
	{32, NULL, "Staples", "C8091B", "staples-3", NULL},
	{32, NULL, "Staples", "C8091A", "staples", NULL},
	{32, NULL, "Staples", "C8091A", "staples-2", NULL},
	{3, NULL, "TK-8345K", NULL, "toner-black-3", NULL},
	{3, NULL, "TK-8345C", NULL, "toner-cyan", NULL},
	{3, NULL, "TK-8345M", NULL, "toner-magenta", NULL},
	{3, NULL, "TK-8345Y", NULL, "toner-yellow", NULL},
	{1, NULL, "Pad", NULL, "pad", NULL},
	{1, NULL, "Pad 2", NULL, "pad-2", NULL},
	{1, NULL, "Pad", NULL, "pad-3", NULL}, /* pad-2 is somebody's own name */
};

#define CROWD (sizeof(crowd) / sizeof(crowd[0]))

static const struct br_supply *by_index(const struct br_reading *reading, int32_t index)
{
	for (size_t i = 0; i < reading->n_supplies; i++) {
		if (reading->supplies[i].index == index)
			return &reading->supplies[i];
	}
	return NULL;
}

TEST(clashes_go_by_part_number_whatever_the_order_of_rows)
{
	for (size_t turn = 0; turn < CROWD; turn++) {
		struct br_reading *reading = fresh();
		for (size_t i = 0; i < CROWD; i++) {
			size_t at = (i + turn) % CROWD;
			add_supply(reading, &crowd[at], (int32_t)at + 1);
		}
		br_reading_name_parts(reading);
		for (size_t i = 0; i < CROWD; i++) {
			check_case(crowd[i].description);
			CHECK_STR(by_index(reading, (int32_t)i + 1)->id, crowd[i].id);
		}
		free(reading);
	}
}

TEST(a_name_that_is_there_stays)
{
	struct br_reading *reading = fresh();
	static const struct row black = {3, NULL, "Black Toner", NULL, NULL, NULL};

	add_supply(reading, &black, 1);
	struct br_supply *made = &reading->supplies[reading->n_supplies++];
	br_text_copy(made->id, sizeof(made->id), br_view("toner-black"));
	br_reading_name_parts(reading);
	CHECK_STR(reading->supplies[1].id, "toner-black");
	CHECK_STR(br_text(reading, made->colorant), "black");
	CHECK_STR(reading->supplies[0].id, "toner-black-2");
	br_reading_name_parts(reading);
	CHECK_STR(reading->supplies[0].id, "toner-black-2");
	free(reading);
}

TEST(a_full_reading_has_no_id_twice)
{
	struct br_reading *reading = fresh();
	static const struct row same = {
		1,    NULL, "Something with a name that is longer than ids may be",
		NULL, NULL, NULL};

	for (int32_t i = 0; i < BR_MAX_SUPPLIES; i++)
		add_supply(reading, &same, i % 3);
	br_reading_name_parts(reading);
	for (size_t i = 0; i < BR_MAX_SUPPLIES; i++) {
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(reading->supplies[i].id, reading->supplies[j].id) != 0);
	}
	free(reading);
}

struct tray_row {
	int32_t type, index;
	const char *name, *description, *id;
};

/* clang-format off */
static const struct tray_row inputs[] = {
	{0, 1, "MP TRAY", NULL, "mp-tray"},
	{0, 1, "TRAY1", NULL, "tray-1"},
	{4, 5, "Tray 4", "Tray 4", "tray-4"},
	{0, 3, NULL, "Cassette 2", "tray-2"},
	{0, 1, "1st Cassette", NULL, "tray-1"},
	{0, 1, "Fach 01", NULL, "tray-1"},
	{0, 3, NULL, "Tray 3(High Capacity Feeder)", "tray-3"},
	{0, 5, NULL, "Tray 5(Bypass)", "mp-tray"},
	{0, 2, "Manual Feed", NULL, "manual"},
	{0, 2, "Manual Envelope", NULL, "manual-envelope"},
	{6, 2, "Roll Sheet feeder", NULL, "roll-sheet-feeder"},
	{0, 31, "Auto Select", NULL, "auto-select"},
	{5, 7, NULL, NULL, "manual"},
	{6, 7, NULL, NULL, "roll"},
	{3, 7, NULL, NULL, "tray-7"},
	{0, -1, NULL, NULL, "tray"},
	{3, 2, "\xe6\x89\x8b\xe5\xb7\xae\xe3\x81\x97", NULL, "tray-2"}, /* no Latin letter in it */
	{0, 1, "Tray 100", NULL, "tray-100"},
};

static const struct tray_row outputs[] = {
	{4, 1, "OutputBin1", "OutputBin1", "bin-1"},
	{4, 1, "face-down", "STANDARD OUTBIN", "face-down"},
	{3, 1, NULL, "Finisher Tray", "finisher-tray"},
	{3, 4, "Bin 2", NULL, "bin-2"},
	{3, 4, NULL, NULL, "bin-4"},
};
/* clang-format on */

static void check_trays(const struct tray_row *rows, size_t n, bool output)
{
	for (size_t i = 0; i < n; i++) {
		struct br_reading *reading = fresh();
		struct br_tray *tray = output ? reading->outputs : reading->trays;
		*(output ? &reading->n_outputs : &reading->n_trays) = 1;
		tray->type = rows[i].type;
		tray->index = rows[i].index;
		tray->name = br_reading_put(reading, rows[i].name);
		tray->description = br_reading_put(reading, rows[i].description);
		check_case(rows[i].id);
		br_reading_name_parts(reading);
		CHECK_STR(tray->id, rows[i].id);
		free(reading);
	}
}

TEST(trays_are_called_by_name)
{
	check_trays(inputs, sizeof(inputs) / sizeof(inputs[0]), false);
}

TEST(outputs_are_called_by_name)
{
	check_trays(outputs, sizeof(outputs) / sizeof(outputs[0]), true);
}

TEST(trays_of_one_name_are_numbered_by_index)
{
	struct br_reading *reading = fresh();

	for (int32_t i = 0; i < 3; i++) {
		struct br_tray *tray = &reading->trays[reading->n_trays++];
		tray->index = 3 - i;
		tray->name = br_reading_put(reading, "Drawer");
	}
	br_reading_name_parts(reading);
	CHECK_STR(reading->trays[0].id, "drawer-3");
	CHECK_STR(reading->trays[1].id, "drawer-2");
	CHECK_STR(reading->trays[2].id, "drawer");
	free(reading);
}
