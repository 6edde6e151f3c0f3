/*
 * gate_test.c - how many neighbours may be asked for, by what the kernel says of its table.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/gate.h"

TEST(the_table_of_neighbours_keeps_room)
{
	static const struct {
		const char *name;
		struct br_neighbour_table table;
		unsigned free;
	} cases[] = {
		{"empty", {.limit = 1024}, 512},
		{"not known", {.limit = 0}, 512},
		{"half unresolved",
		 {.limit = 1024, .unresolved = 512, .held = 512, .own = 512, .entries = 512},
		 0},
		{"unresolved",
		 {.limit = 1024, .unresolved = 500, .held = 500, .own = 500, .entries = 500},
		 12},
		{"many live", {.limit = 1024, .held = 800, .own = 900, .entries = 900}, 96},
		{"too many live",
		 {.limit = 1024, .held = 1000, .own = 1000, .entries = 1000},
		 0},
		{"others have it all", {.limit = 1024, .entries = 1024}, 16},
		{"others, and some of ours",
		 {.limit = 1024, .held = 5, .own = 5, .unresolved = 5, .entries = 1024},
		 11},
		{"others, and enough of ours",
		 {.limit = 1024, .held = 16, .own = 16, .entries = 1024},
		 0},
		{"other name spaces", {.limit = 1024, .entries = 880}, 16},
		{"old ones can go", {.limit = 1024, .own = 1000, .entries = 1000}, 512},
		{"a large table", {.limit = 65536}, 32768},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		CHECK_INT(br_gate_free(&cases[i].table), cases[i].free);
	}
}

TEST(the_kernel_tells_its_table)
{
	struct br_neighbour_table table;
	struct br_error err;

	if (br_neighbour_table(AF_INET, &table, &err) != BR_OK)
		check_skip("no rtnetlink here");
	CHECK(table.limit > 0);
	CHECK(table.entries >= table.own && table.own >= table.held);
	CHECK(table.held >= table.unresolved);
}
