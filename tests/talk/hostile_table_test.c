/*
 * hostile_table_test.c - tables with holes, without order, without end, of several printers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/liar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct br_reading honest, got;

#define HEAD                                                                             \
	"1.3.6.1.2.1.1.1.0|4|Made-up printer\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1\n" \
	"1.3.6.1.2.1.25.3.5.1.1.1|2|3\n1.3.6.1.2.1.43.5.1.1.1.1|65|2\n"

/* Rows of the supplies table: column.row|tag|value, blank between. */
static struct liar *with_supplies(const char *rows)
{
	char text[8192] = HEAD;
	size_t len = strlen(text);
	struct br_view rest = br_view(rows), word;

	for (word = br_view_word(&rest); word.len; word = br_view_word(&rest)) {
		const char *dot = memchr(word.at, '.', word.len);

		len += (size_t)snprintf(
			text + len, sizeof text - len, "1.3.6.1.2.1.43.11.1.1.%.*s.1%.*s\n",
			(int)(dot - word.at), word.at, (int)(word.at + word.len - dot), dot);
	}
	return liar_open_text(text);
}

static void expect_levels(struct liar *liar, const char *want)
{
	char text[512] = "";
	size_t len = 0;

	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	for (size_t i = 0; i < got.n_supplies; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%d=%lld",
					len ? " " : "", (int)got.supplies[i].index,
					got.supplies[i].level.known
						? (long long)got.supplies[i].level.value
						: -99);
	CHECK_STR(text, want);
}

/* Column 2 (the marker) is the key, column 9 (the level) the last. */
static const struct {
	const char *name, *rows, *levels;
} holes[] = {
	{"nothing", "", ""},
	{"one row", "2.1|2|1 5.1|2|3 8.1|2|100 9.1|2|50", "1=50"},
	{"gaps in the index", "2.3|2|1 2.70|2|1 2.900|2|1 9.3|2|3 9.70|2|70 9.900|2|90",
	 "3=3 70=70 900=90"},
	{"no key column", "5.1|2|3 5.2|2|3 8.1|2|100 8.2|2|100 9.1|2|10 9.2|2|20", "1=10 2=20"},
	{"no key column and no next", "8.1|2|100 8.2|2|100 9.1|2|10 9.2|2|20", "1=10 2=20"},
	{"the last column alone", "9.1|2|10 9.2|2|20 9.7|2|70", "1=10 2=20 7=70"},
	{"no last column", "2.1|2|1 2.2|2|1 5.1|2|3 5.2|2|3", "1=-99 2=-99"},
	{"key shorter", "2.1|2|1 9.1|2|10 9.2|2|20 9.3|2|30 5.1|2|3 5.2|2|3 5.3|2|3",
	 "1=10 2=20 3=30"},
	{"key with a hole", "2.1|2|1 2.3|2|1 9.1|2|10 9.2|2|20 9.3|2|30", "1=10 2=20 3=30"},
	{"key starts late", "2.3|2|1 9.1|2|10 9.2|2|20 9.3|2|30", "1=10 2=20 3=30"},
	{"key longer", "2.1|2|1 2.2|2|1 2.3|2|1 5.1|2|3 5.2|2|3 5.3|2|3 9.1|2|10",
	 "1=10 2=-99 3=-99"},
	{"columns with holes each",
	 "2.1|2|1 2.2|2|1 2.3|2|1 5.2|2|3 8.1|2|100 8.3|2|100 9.3|2|30 9.1|2|10",
	 "1=10 2=-99 3=30"},
	{"index zero", "2.0|2|1 9.0|2|40 2.1|2|1 9.1|2|41", "0=40 1=41"},
	{"a hundred and ten arcs less one", "2.4294967295|2|1 9.4294967295|2|7",
	 "2147483647=7"},
};

static void hole_by(enum br_version version, const struct br_tolerance *tolerance)
{
	for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++) {
		struct liar *liar = with_supplies(holes[i].rows);

		check_case(holes[i].name);
		liar->options.session.version = version;
		liar->options.tolerance = *tolerance;
		expect_levels(liar, holes[i].levels);
		CHECK(!got.partial);
		CHECK_INT(got.n_notes, 0);
		liar_check_harvest(liar);
		liar_close(liar);
	}
}

TEST(holes_in_a_table)
{
	hole_by(BR_SNMP_V2C, &(struct br_tolerance){0});
}

TEST(holes_in_a_table_by_getnext)
{
	hole_by(BR_SNMP_V2C, &(struct br_tolerance){.no_bulk = true});
}

TEST(holes_in_a_table_in_v1)
{
	hole_by(BR_SNMP_V1, &(struct br_tolerance){.no_bulk = true});
}

TEST(holes_in_a_table_one_name_at_a_time)
{
	hole_by(BR_SNMP_V2C, &(struct br_tolerance){.no_bulk = true, .max_names = 1});
	hole_by(BR_SNMP_V2C, &(struct br_tolerance){.max_names = 1});
}

/* The agent's order is another than the standard's: by row, then by column. */
static const struct br_recorded *by_row(void *user, const uint8_t *name, size_t len)
{
	static const int order[] = {3, 1, 2};
	struct liar *liar = user;
	struct br_oid oid;
	bool exact;
	size_t at = br_recording_find(&liar->recording, name, len, &exact);
	const uint8_t *column = name + 9, *end = name + len,
		      prefix[] = {0x2b, 6, 1, 2, 1, 43, 11, 1, 1};
	uint32_t arc[3] = {0, 0, 0};
	size_t k = 0;

	if (len < 10 || memcmp(name, prefix, sizeof prefix) != 0) {
		at += exact;
		return at < liar->recording.n_rows ? &liar->recording.rows[at] : NULL;
	}
	for (size_t i = 0; i < 3; i++)
		br_oid_next_arc(&column, end, &arc[i]);
	while (arc[2] && k < 3 && (uint32_t)order[k] != arc[2])
		k++;
	k = arc[2] ? k + 1 : 0;
	if (br_oid_from_ber(&oid, prefix, sizeof prefix) != BR_OK ||
	    br_oid_append(&oid, k < 3 ? arc[0] : 9) != BR_OK ||
	    br_oid_append(&oid, 1) != BR_OK ||
	    br_oid_append(&oid, k < 3 ? (uint32_t)order[k] : 3) != BR_OK)
		return NULL;
	at = br_recording_find(&liar->recording, oid.ber, oid.len, &exact);
	at += k == 3;
	return at < liar->recording.n_rows ? &liar->recording.rows[at] : NULL;
}

TEST(rows_that_are_not_sorted)
{
	struct liar *liar = with_supplies("2.1|2|1 2.2|2|1 2.3|2|1 9.1|2|10 9.2|2|20 9.3|2|30");

	liar->agent.next = by_row;
	liar->agent.user = liar;
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK(liar_noted(&got, "do not increase"));
	CHECK(got.partial); /* what stood behind the step back is not known */
	CHECK_INT(got.n_supplies, 1);
	CHECK_INT(got.supplies[0].index, 3);
	CHECK_INT(got.supplies[0].level.value, 30);
	liar_check_harvest(liar);
	liar_close(liar);
}

/* Every answer is about one and the same name. */
static void same_name(struct liar *liar, const struct liar_asked *asked,
		      struct liar_reply *reply)
{
	(void)asked;
	for (size_t i = 0; i < reply->n; i++)
		if (liar_row_below(&reply->rows[i], "1.3.6.1.2.1.43") || liar->how)
			reply->rows[i].name = liar->recording.rows[3].name.ber,
			reply->rows[i].name_len = liar->recording.rows[3].name.len;
}

TEST(the_same_name_for_ever)
{
	for (long how = 0; how < 2; how++) {
		struct liar *liar = with_supplies("2.1|2|1 2.2|2|1 9.1|2|10 9.2|2|20");

		liar->bend = same_name;
		liar->how = how;
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK(got.partial);
		CHECK_INT(got.n_supplies, 0);
		CHECK(liar->sent < 60);
		liar_close(liar);
	}
}

/* Where a column ends it begins anew. */
static void round_again(struct liar *liar, const struct liar_asked *asked,
			struct liar_reply *reply)
{
	const struct br_recorded *first = &liar->recording.rows[4];

	if (reply->error == BR_PDU_NO_SUCH_NAME && asked->n == 1) {
		reply->error = reply->error_index = 0;
		reply->rows[0].tag = BR_BER_END_OF_MIB;
	}
	for (size_t i = 0; i < reply->n; i++)
		if (reply->rows[i].tag == BR_BER_END_OF_MIB)
			reply->rows[i] = (struct liar_row){
				first->name.ber, first->name.len, first->tag,
				liar->recording.values + first->at, first->len};
}

TEST(a_table_that_begins_anew_where_it_ends)
{
	for (int v1 = 0; v1 < 2; v1++) {
		struct liar *liar = with_supplies("2.1|2|1 2.2|2|1 9.1|2|10 9.2|2|20");

		liar->bend = round_again;
		liar->options.session.version = v1 ? BR_SNMP_V1 : BR_SNMP_V2C;
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK_INT(got.n_supplies, 2);
		CHECK(liar->sent < 60);
		liar_check_harvest(liar);
		liar_close(liar);
	}
}

/* Below every column that is asked there is a next index, for ever. */
static void endless(struct liar *liar, const struct liar_asked *asked, struct liar_reply *reply)
{
	size_t single = asked->type == BR_PDU_GETBULK ? (size_t)asked->non_repeaters : asked->n;
	size_t columns = asked->n - single,
	       m = asked->type == BR_PDU_GETBULK ? (size_t)asked->repetitions : 1;
	size_t n = single + columns * m;

	for (size_t i = 0; i < n && i < 90; i++) {
		size_t at = i < single ? i : single + (i - single) % columns;
		uint32_t step = i < single ? 0 : (uint32_t)((i - single) / columns), arc = 0,
			 last = 0;
		struct br_oid name = asked->names[at];
		const uint8_t *rest = name.ber + 10, *end = name.ber + name.len;

		if (name.len < 10 || name.ber[5] != 43)
			continue; /* the honest one stays, if there is one */
		while (br_oid_next_arc(&rest, end, &arc))
			last = arc;
		name.len = 10;
		if (br_oid_append(&name, 1) != BR_OK ||
		    br_oid_append(&name, last + 1 + step) != BR_OK)
			continue;
		reply->rows[i].name = liar_keep(liar, name.ber, name.len);
		reply->rows[i].name_len = name.len;
		liar_put(liar, i, BR_BER_INTEGER, "\1", 1);
		reply->n = i + 1 > reply->n ? i + 1 : reply->n;
	}
	reply->error = reply->error_index = 0;
}

TEST(tables_without_an_end)
{
	for (int version = BR_SNMP_V1; version <= BR_SNMP_V2C; version++) {
		struct liar *liar = with_supplies("2.1|2|1 9.1|2|10");

		liar->bend = endless;
		liar->options.session.version = (enum br_version)version;
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		CHECK(got.partial);
		CHECK(got.n_supplies <= BR_MAX_SUPPLIES);
		CHECK(liar_noted(&got, "a table that does not end was cut") ||
		      liar_noted(&got, "stopped after"));
		CHECK(liar->sent <= BR_CONVERSATION_QUESTIONS);
		liar_close(liar);
	}
}

/* One name at a time, an endless table would take a day: there is a most of questions. */
TEST(questions_have_an_end)
{
	struct liar *liar = with_supplies("2.1|2|1 9.1|2|10");

	liar->bend = endless;
	liar->options.tolerance = (struct br_tolerance){.no_bulk = true, .max_names = 1};
	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK_INT(liar->sent, BR_CONVERSATION_QUESTIONS);
	CHECK(got.partial);
	CHECK(liar_noted(&got, "stopped after "));
	liar_close(liar);
}

static void add_line(char **text, size_t *len, const char *line)
{
	size_t more = strlen(line);

	*text = realloc(*text, *len + more + 1);
	if (!*text)
		abort();
	memcpy(*text + *len, line, more + 1);
	*len += more;
}

/* n rows of the columns of one table. */
static struct liar *many(const char *table, int n, const char *columns, const char *value)
{
	char *text = NULL, line[128];
	size_t len = 0;
	struct liar *liar;

	add_line(&text, &len, HEAD);
	for (; *columns; columns++)
		for (int row = 1; row <= n; row++) {
			snprintf(line, sizeof line, "1.3.6.1.2.1.43.%s.%c.1.%d|%s\n", table,
				 *columns, row, value);
			add_line(&text, &len, line);
		}
	liar = liar_open_text(text);
	free(text);
	return liar;
}

TEST(more_rows_than_a_reading_holds)
{
	static const struct {
		const char *name, *table, *columns;
		size_t at, most;
	} tables[] = {
		{"supplies", "11.1.1", "23456789", offsetof(struct br_reading, n_supplies),
		 BR_MAX_SUPPLIES},
		{"trays", "8.2.1", "239", offsetof(struct br_reading, n_trays), BR_MAX_TRAYS},
		{"outputs", "9.2.1", "235", offsetof(struct br_reading, n_outputs),
		 BR_MAX_OUTPUTS},
		{"covers", "6.1.1", "23", offsetof(struct br_reading, n_covers), BR_MAX_COVERS},
		{"alerts", "18.1.1", "23456789", offsetof(struct br_reading, n_alerts),
		 BR_MAX_ALERTS},
	};

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		struct liar *liar =
			many(tables[i].table, (int)tables[i].most, tables[i].columns, "2|3");
		size_t n;

		check_case(tables[i].name);
		liar_talk_and_read(liar, &got);
		memcpy(&n, (char *)&got + tables[i].at, sizeof n);
		CHECK_INT(n, tables[i].most);
		CHECK(!got.partial);
		CHECK(!liar_noted(&got, "the rest was left out"));
		liar_close(liar);

		liar = many(tables[i].table, (int)tables[i].most + 1, tables[i].columns, "2|3");
		liar_talk_and_read(liar, &got);
		memcpy(&n, (char *)&got + tables[i].at, sizeof n);
		CHECK_INT(n, tables[i].most);
		CHECK(got.partial);
		CHECK(liar_noted(&got, "the rest was left out"));
		liar_close(liar);
	}
}

/* A thousand supplies: the walk is cut, and says so. */
TEST(more_rows_than_are_asked_for)
{
	struct liar *liar = many("11.1.1", 1000, "29", "2|3");

	liar_talk_and_read(liar, &got);
	CHECK_INT(liar->talk.status, BR_OK);
	CHECK_INT(got.n_supplies, BR_MAX_SUPPLIES);
	CHECK(got.partial);
	CHECK(liar_noted(&got, "a table that does not end was cut"));
	liar_close(liar);
}

TEST(an_index_too_long_is_left_out)
{
	static const char twenty[] =
		".1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25";
	char rows[512];
	struct liar *liar;

	/* One arc too many: another table's row, not row 1. */
	liar = with_supplies("2.1|2|1 2.2|2|1 9.1|2|10 9.1.7|2|66 9.2|2|20");
	expect_levels(liar, "1=10 2=20");
	liar_close(liar);

	snprintf(rows, sizeof rows, "2.1|2|1 2.2|2|1 9.1|2|10 9.1%s|2|66 9.2|2|20", twenty);
	liar = with_supplies(rows);
	liar_talk_and_read(liar, &got);
	CHECK_INT(got.supplies[0].level.value, 10);
	CHECK(got.partial);
	CHECK(liar_noted(&got, "an index too long"));
	liar_close(liar);
}

/* v1 says noSuchName and points at one name: that one is left out, the others are asked anew.
 */
static void no_such_name(struct liar *liar, const struct liar_asked *asked,
			 struct liar_reply *reply)
{
	(void)asked;
	reply->error = BR_PDU_NO_SUCH_NAME;
	reply->error_index = (int32_t)liar->how;
}

static void no_such_name_once(struct liar *liar, const struct liar_asked *asked,
			      struct liar_reply *reply)
{
	if (liar->sent == 2 && (size_t)liar->how <= asked->n)
		no_such_name(liar, asked, reply);
}

static void no_such_name_of_many(struct liar *liar, const struct liar_asked *asked,
				 struct liar_reply *reply)
{
	if (asked->n > 1)
		no_such_name(liar, asked, reply);
}

TEST(no_such_name_at_each_index)
{
	for (long at = 1; at <= 16; at++) {
		struct liar *liar = liar_open("hp_mono");

		liar_honest(liar, &honest);
		liar->options.session.version = BR_SNMP_V1;
		liar->bend = no_such_name_once;
		liar->how = at;
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		if (liar->sent > 60)
			check_failed(__FILE__, __LINE__, "%u datagrams", liar->sent);
		liar_check_harvest(liar);
		liar_check_true(&honest, &got);
		liar_close(liar);
	}
}

TEST(no_such_name_at_index_zero_or_at_none)
{
	static const long indices[] = {0, -1, 1000, INT32_MAX, INT32_MIN};

	for (size_t i = 0; i < sizeof indices / sizeof indices[0]; i++) {
		struct liar *liar = liar_open("brother_hl-mono");

		liar_honest(liar, &honest);
		liar->options.session.version = BR_SNMP_V1;
		liar->bend = no_such_name_of_many;
		liar->how = indices[i];
		liar_talk_and_read(liar, &got);
		CHECK_INT(liar->talk.status, BR_OK);
		liar_check_harvest(liar);
		liar_check_whole(&honest, &got); /* one name at a time is answered */
		liar_close(liar);
	}
}
