/*
 * standard_test.c - the tables are in order, and a name finds its row and no other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/makers.h"
#include "decode/standard.h"

#include <string.h>

TEST(tables_and_columns_are_in_order)
{
	for (size_t t = 0; t < br_tables_count; t++) {
		const struct br_table *table = &br_tables[t];

		check_case(table->name);
		CHECK(table->n_fields > 0 && table->prefix_len < sizeof table->prefix);
		for (size_t f = 1; f < table->n_fields; f++)
			CHECK(table->fields[f].column > table->fields[f - 1].column);
		if (t > 0)
			CHECK(br_oid_compare(br_tables[t - 1].prefix,
					     br_tables[t - 1].prefix_len, table->prefix,
					     table->prefix_len) < 0);
		CHECK(table->reading_stride == 0 || table->rows_asked >= table->max_rows);
	}
}

TEST(a_name_finds_its_column)
{
	for (size_t t = 0; t < br_tables_count; t++) {
		const struct br_table *want = &br_tables[t], *table;

		check_case(want->name);
		for (unsigned column = 0; column < 128; column++) {
			uint8_t name[20], len = want->prefix_len;
			const struct br_field *field = NULL;
			const uint8_t *index;
			size_t index_len;
			bool known = false;

			memcpy(name, want->prefix, len);
			name[len++] = (uint8_t)column;
			name[len++] = 1;
			for (size_t f = 0; f < want->n_fields; f++)
				known = known || want->fields[f].column == column;
			CHECK_INT(br_table_of(name, len, &table, &field, &index, &index_len),
				  known);
			CHECK_INT(br_tables_ask(name, len), known);
			if (!known)
				continue;
			CHECK(table == want);
			CHECK_INT(field->column, column);
			CHECK_MEM(index, index_len, "\1", 1);
			CHECK(!br_tables_ask(name, want->prefix_len));
		}
	}
}

TEST(nothing_standard_is_forbidden)
{
	struct br_makers makers;

	br_makers_init(&makers);
	for (size_t t = 0; t < br_tables_count; t++) {
		check_case(br_tables[t].name);
		CHECK(br_makers_never(&makers, br_tables[t].prefix, br_tables[t].prefix_len) ==
		      NULL);
	}
	br_makers_clear(&makers);
}

/* Which printers there are is told without looking for each name's table: so all tables of the
 * Printer-MIB must have their first arc at one place. */
TEST(the_device_stands_where_the_census_looks)
{
	for (size_t t = 0; t < br_tables_count; t++) {
		check_case(br_tables[t].name);
		if (br_tables[t].prefix[3] != 2 || br_tables[t].prefix[5] != 43)
			continue;
		CHECK_INT(br_tables[t].prefix_len, 9);
		CHECK(br_tables[t].index == BR_INDEX_DEVICE ||
		      br_tables[t].index == BR_INDEX_DEVICE_ROW);
		for (size_t f = 0; f < br_tables[t].n_fields; f++)
			CHECK(br_tables[t].fields[f].column < 0x80);
	}
}

TEST(columns_stand_in_order)
{
	for (size_t t = 0; t < br_tables_count; t++)
		for (size_t f = 1; f < br_tables[t].n_fields; f++)
			CHECK(br_tables[t].fields[f - 1].column <
			      br_tables[t].fields[f].column);
}
