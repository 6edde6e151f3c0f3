/*
 * ask_test.c - cursors by themselves: what is chosen, and the name that comes before.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/ask.h"
#include "talk/liar.h"

#include <string.h>

TEST(the_name_before)
{
	static const struct {
		const char *name, *before;
	} rows[] = {
		{"1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1"},
		{"1.3.6.1.2.1.1.1.1", "1.3.6.1.2.1.1.1.0"},
		{"1.3.6.1.2.1.1.1.128", "1.3.6.1.2.1.1.1.127"},
		{"1.3.6.1.2.1.1.1.16384", "1.3.6.1.2.1.1.1.16383"},
		{"1.3.6.1.2.1.1.1.4294967295", "1.3.6.1.2.1.1.1.4294967294"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_oid oid;
		char text[BR_OID_TEXT_SIZE];

		CHECK_INT(br_oid_parse(&oid, rows[i].name, strlen(rows[i].name)), BR_OK);
		br_oid_before(&oid);
		br_oid_format(text, sizeof text, oid.ber, oid.len);
		CHECK_STR(text, rows[i].before);
	}
}

/* Asks an agent until every cursor is done; how many values there was room for. */
static size_t drive_into(size_t ceiling, struct br_ask *ask, struct liar *liar,
			 const struct br_tolerance *tolerance)
{
	struct br_harvest harvest;
	struct br_varbind varbind;
	struct br_ber all;
	size_t n = 0;
	bool broken;

	br_harvest_init(&harvest, ceiling);
	for (int i = 0; i < 50 && br_ask_choose(ask, tolerance); i++) {
		struct br_question question = {.type = tolerance->no_bulk ? BR_PDU_GETNEXT
									  : BR_PDU_GETBULK,
					       .request_id = i,
					       .non_repeaters = ask->non_repeaters,
					       .max_repetitions = ask->repetitions,
					       .n_names = ask->n_asked};
		struct br_oid names[BR_PDU_MAX_NAMES];
		struct br_answer answer;
		uint8_t room[BR_REQUEST_MAX];
		const uint8_t *sent;
		size_t len, got;

		CHECK(ask->n_asked > 0 && ask->n_asked <= tolerance->max_names);
		br_ask_names(ask, &harvest, names);
		for (size_t k = 0; k < ask->n_asked; k++)
			question.names[k] = &names[k];
		sent = br_message_write(room, sizeof room, BR_SNMP_V2C, br_view("public"),
					&question, &len);
		got = br_agent_answer(&liar->agent, sent, len, liar->honest,
				      sizeof liar->honest);
		CHECK(br_message_read(liar->honest, got, &answer));
		CHECK_INT(br_ask_take(ask, answer.varbinds, tolerance->no_bulk, &harvest),
			  BR_ASK_GOOD);
	}
	CHECK(!br_ask_choose(ask, tolerance));
	all = br_harvest_all(&harvest);
	while (br_varbind_take(&all, &varbind, &broken))
		n++;
	br_harvest_clear(&harvest);
	return n;
}

static size_t drive(struct br_ask *ask, struct liar *liar, const struct br_tolerance *tolerance)
{
	return drive_into(BR_HARVEST_CEILING, ask, liar, tolerance);
}

static const uint8_t table[] = {0x2b, 6, 1, 2, 1, 43, 11, 1, 1};
#define ROWS                                                                                  \
	"1.3.6.1.2.1.43.11.1.1.2.1.1|2|1\n1.3.6.1.2.1.43.11.1.1.2.1.2|2|1\n"                  \
	"1.3.6.1.2.1.43.11.1.1.5.1.1|2|3\n1.3.6.1.2.1.43.11.1.1.5.1.2|2|3\n"                  \
	"1.3.6.1.2.1.43.11.1.1.9.1.1|2|9\n1.3.6.1.2.1.43.11.1.1.9.1.2|2|9\n1.3.6.1.2.1.99.1|" \
	"2|1\n"

/* Columns of one table of which one row each is wanted: the first must not end the others. */
TEST(the_first_row_of_several_columns)
{
	static const struct br_tolerance tolerance = {
		.max_names = 60, .reply_octets = 1400, .max_repetitions = 50};
	static const struct br_tolerance next = {
		.no_bulk = true, .max_names = 16, .reply_octets = 1400, .max_repetitions = 50};
	struct liar *liar = liar_open_text(ROWS);

	for (uint8_t cap = 1; cap <= 3; cap++) {
		for (int by_next = 0; by_next < 2; by_next++) {
			struct br_ask ask;

			br_ask_init(&ask);
			CHECK(br_ask_table(&ask, table, sizeof table, 1));
			CHECK(br_ask_column(
				&ask, 99,
				20)); /* something else goes first, so that the rest waits */
			CHECK(br_ask_choose(&ask, &tolerance));
			CHECK(br_ask_table(&ask, table, sizeof table, cap));
			CHECK(br_ask_column(&ask, 2, 20) && br_ask_column(&ask, 5, 20) &&
			      br_ask_column(&ask, 9, 20));
			CHECK_INT(drive(&ask, liar, by_next ? &next : &tolerance),
				  cap < 2 ? 3 : 6);
		}
	}
	liar_close(liar);
}

TEST(there_is_an_end_of_room)
{
	static const uint8_t zero[BR_ASK_INDEX + 1], long_prefix[BR_ASK_NAME];
	struct br_ask ask;
	size_t n = 0;

	br_ask_init(&ask);
	CHECK(!br_ask_column(&ask, 1, 20)); /* of no table */
	while (n < 1000 && br_ask_row(&ask, table, sizeof table, zero, 1) &&
	       br_ask_column(&ask, 1, 20))
		n++;
	CHECK_INT(n, BR_ASK_GROUPS);
	CHECK(!br_ask_table(&ask, table, sizeof table, 1));

	br_ask_init(&ask);
	CHECK(br_ask_table(&ask, table, sizeof table, 5));
	for (n = 0; n < 1000 && br_ask_column(&ask, (uint32_t)n + 1, 20);)
		n++;
	CHECK_INT(n, BR_ASK_CURSORS);
	CHECK(!br_ask_table(&ask, long_prefix, sizeof long_prefix, 1));
	CHECK(!br_ask_row(&ask, table, sizeof table, zero, sizeof zero));
	CHECK(!br_ask_row(&ask, table, sizeof table, zero, 0));
}

/* What has its cursor already is not asked a second time. */
TEST(what_is_asked_is_known)
{
	static const struct {
		const char *name;
		bool column, instance;
	} rows[] = {
		{"1.3.6.1.2.1.43.11.1.1", false, false},
		{"1.3.6.1.2.1.43.11.1.1.2", true, false},
		{"1.3.6.1.2.1.43.11.1.1.2.1", false, false},
		{"1.3.6.1.2.1.43.11.1.1.5", false, false},
		{"1.3.6.1.2.1.43.11.1.1.300", true, false},
		{"1.3.6.1.2.1.43.11.1.1.5.1.7", false, true},
		{"1.3.6.1.2.1.43.11.1.1.5.1", false, false},
		{"1.3.6.1.2.1.43.11.1.1.5.1.7.1", false, false},
		{"1.3.6.1.2.1.43.11.1.1.9.1.7", false, false},
	};
	static const uint8_t index[] = {1, 7};
	struct br_ask ask;

	br_ask_init(&ask);
	CHECK(br_ask_table(&ask, table, sizeof table, 5));
	CHECK(br_ask_column(&ask, 2, 20) && br_ask_column(&ask, 300, 20));
	CHECK(br_ask_row(&ask, table, sizeof table, index, sizeof index));
	CHECK(br_ask_column(&ask, 5, 20));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_oid oid;

		check_case(rows[i].name);
		CHECK_INT(br_oid_parse(&oid, rows[i].name, strlen(rows[i].name)), BR_OK);
		CHECK_INT(br_ask_has(&ask, oid.ber, oid.len, false), rows[i].column);
		CHECK_INT(br_ask_has(&ask, oid.ber, oid.len, true), rows[i].instance);
	}
}

/* A fleet holds a thousand at once: these sizes are a promise. */
TEST(a_conversation_is_small)
{
	CHECK(sizeof(struct br_cursor) <= 12);
	CHECK(sizeof(struct br_group) <= 40);
	CHECK(sizeof(struct br_conversation) <= 6 * 1024);
}

/* A cell without a value does not end its column. */
TEST(a_cell_without_a_value_is_passed)
{
	static const struct br_tolerance tolerance = {
		.no_bulk = true, .max_names = 16, .reply_octets = 1400, .max_repetitions = 50};
	struct liar *liar = liar_open_text("1.3.6.1.2.1.43.11.1.1.2.1.1|2|1\n"
					   "1.3.6.1.2.1.43.11.1.1.2.1.2|5|\n"
					   "1.3.6.1.2.1.43.11.1.1.2.1.300|2|3\n");
	struct br_ask ask;

	br_ask_init(&ask);
	CHECK(br_ask_table(&ask, table, sizeof table, 5));
	CHECK(br_ask_column(&ask, 2, 20));
	CHECK_INT(drive(&ask, liar, &tolerance), 3);
	liar_close(liar);
}

/* What has no room is not walked through to its end. */
TEST(a_full_harvest_ends_every_column)
{
	static const struct br_tolerance ways[] = {
		{.max_names = 60, .reply_octets = 1400, .max_repetitions = 50},
		{.no_bulk = true, .max_names = 16, .reply_octets = 1400, .max_repetitions = 50},
	};
	struct liar *liar = liar_open_text(ROWS);

	for (size_t ceiling = 0; ceiling < 120; ceiling++) {
		for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
			struct br_ask ask;

			br_ask_init(&ask);
			CHECK(br_ask_table(&ask, table, sizeof table, 5));
			CHECK(br_ask_column(&ask, 2, 20) && br_ask_column(&ask, 5, 20) &&
			      br_ask_column(&ask, 9, 20));
			CHECK(drive_into(ceiling, &ask, liar, &ways[w]) <= ceiling / 18);
		}
	}
	liar_close(liar);
}
