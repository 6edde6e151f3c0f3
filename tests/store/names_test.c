/*
 * names_test.c - what the configuration calls printers, and stores of the schema before it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "store/sample.h"
#include "store/schema.h"
#include "store/sql.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct sample sample;

static void name_all(const char *const (*pairs)[2], size_t n)
{
	struct br_store_name names[8];

	for (size_t i = 0; i < n; i++)
		names[i] = (struct br_store_name){br_view(pairs[i][0]), br_view(pairs[i][1])};
	CHECK_INT(br_store_names(sample.store, names, n, &sample.err), BR_OK);
	sample_commit(&sample);
}

static void add(void *user, const struct br_store_printer *printer)
{
	struct br_buf *out = user;

	br_buf_format(out, "#%d %.*s\n", (int)printer->id, (int)printer->name.len,
		      printer->name.at);
}

/* Lent until the next call. */
static const char *names(void)
{
	static struct br_buf out;

	if (!out.ceiling)
		br_buf_init(&out, 1 << 16);
	br_buf_reset(&out);
	if (!sample.reader)
		sample_read(&sample);
	CHECK_INT(br_reader_printers(sample.reader, add, &out, &sample.err), BR_OK);
	return out.data ? out.data : "";
}

static const char *found(const char *word)
{
	static struct br_buf out;

	if (!out.ceiling)
		br_buf_init(&out, 1 << 16);
	br_buf_reset(&out);
	if (br_reader_find(sample.reader, word, add, &out, &sample.err) == BR_E_ABSENT)
		return "nobody";
	return out.data ? out.data : "";
}

static void some_printers(void)
{
	static const char *const targets[] = {"udp:192.0.2.1:161", "udp:[2001:db8::1]:161",
					      "udp:192.0.2.4:161#1", "udp:192.0.2.4:161#2"};

	for (size_t i = 0; i < COUNT(targets); i++) {
		char serial[16];

		snprintf(serial, sizeof serial, "SN1000%zu", i + 1);
		sample_put(&sample, (struct sample_reading){.time = NOON,
							    .serial = serial,
							    .target = targets[i]});
	}
	CHECK_INT(br_store_missed(sample.store, "udp:192.0.2.9:161", "p", NOON, BR_E_TIMEOUT,
				  "silence", NULL),
		  BR_OK);
	sample_commit(&sample);
}

TEST(printers_are_called_what_the_configuration_calls_them)
{
	static const char *const first[][2] = {
		{"udp:192.0.2.1:161", "Front office"},
		{"udp:192.0.2.4:161", "Server"},
		{"udp:192.0.2.9:161", "Never heard"},
		{"udp:192.0.2.77:161", "Nobody is there"},
	};
	static const char *const second[][2] = {{"udp:[2001:db8::1]:161", "Six"},
						{"udp:192.0.2.1:161", "Back \033[31moffice"},
						{"udp:192.0.2.1:161", "Back \033[32moffice"}};

	sample_init(&sample);
	sample_open(&sample);
	some_printers();
	CHECK_STR(names(), "#1 \n#3 \n#4 \n#5 \n#2 \n");
	name_all(first, COUNT(first));
	CHECK_STR(names(), "#1 Front office\n#3 Server#1\n#4 Server#2\n#5 Never heard\n#2 \n");
	CHECK_STR(found("front OFFICE"), "#1 Front office\n");
	CHECK_STR(found("server#2"), "#4 Server#2\n");
	CHECK_STR(found("Server*"), "#3 Server#1\n#4 Server#2\n");
	CHECK_STR(found("server"), "#3 Server#1\n#4 Server#2\n");
	CHECK_STR(found("Nobody*"), "nobody");
	/* All of them each time: who is not among them has no name any more. */
	name_all(second, COUNT(second));
	CHECK_STR(names(), "#1 Back [32moffice\n#3 \n#4 \n#5 \n#2 Six\n");
	/* A name is of a target: another printer that takes its place has it. */
	sample_put(&sample, (struct sample_reading){.time = NOON + 60,
						    .serial = "SN10003",
						    .target = "udp:192.0.2.1:161"});
	sample_commit(&sample);
	CHECK(strstr(names(), "#3 Back [32moffice\n") != NULL);
	CHECK(strstr(names(), "#1 \n") != NULL);
	CHECK_INT(br_store_names(sample.store, NULL, 0, &sample.err), BR_OK);
	sample_commit(&sample);
	CHECK_STR(names(), "#1 \n#3 \n#4 \n#5 \n#2 \n");
	sample_done(&sample);
}

static void expect_both(void *user, const struct br_store_printer *printer)
{
	const char *name = user;

	CHECK(br_view_is(printer->hostname, "prn1.example"));
	CHECK(br_view_is(printer->name, name));
}

TEST(a_host_name_is_the_name_where_none_is_given)
{
	static const char *const given[][2] = {{"udp:192.0.2.1:161", "Office"}};
	char host[] = "prn1.example", office[] = "Office";

	sample_init(&sample);
	sample_open(&sample);
	sample_put(&sample, (struct sample_reading){.time = NOON});
	sample_commit(&sample);
	sample_sql(&sample, "UPDATE printer SET hostname = 'prn1.example'");
	sample_read(&sample);
	CHECK_INT(br_reader_printers(sample.reader, expect_both, host, &sample.err), BR_OK);
	name_all(given, 1);
	CHECK_INT(br_reader_printers(sample.reader, expect_both, office, &sample.err), BR_OK);
	CHECK_STR(found("prn1"), "#1 Office\n");
	CHECK_STR(found("PRN1.example"), "#1 Office\n");
	CHECK_STR(found("office"), "#1 Office\n");
	sample_done(&sample);
}

/* A store as the first version made it, with a printer and its history. */
static void make_first(void)
{
	struct br_sql *sql;
	int64_t from;

	sample_init(&sample);
	sample_open(&sample);
	sample_close(&sample);
	CHECK_INT(truncate(sample.path, 0), 0);
	CHECK_INT(br_sql_open(&sql, sample.path, BR_SQL_WRITE, NULL), BR_OK);
	CHECK_INT(br_schema_migrate(sql, &(struct br_schema){br_schema_today.steps, 1}, &from,
				    &sample.err),
		  BR_OK);
	CHECK_INT(br_sql_exec(
			  sql,
			  "INSERT INTO printer VALUES(7, 'udp:192.0.2.1:161', 'p', '', '',"
			  " 1800014400, '', '', 'SN10001', '', 'prn1', '', '', '', '', '', '',"
			  " '');"
			  "INSERT INTO seen VALUES(7, 1800014400, 1800014400, 0, 0, 0, 0, 0, 0,"
			  " '');"
			  "INSERT INTO series VALUES(1, 7, 1, 'total', 1800014400, 1800014400,"
			  " 1800014400, 41, 1, 0)",
			  &sample.err),
		  BR_OK);
	br_sql_close(sql);
}

TEST(a_store_of_the_first_schema_is_migrated)
{
	static const char *const given[][2] = {{"udp:192.0.2.1:161", "Office"}};

	make_first();
	CHECK_INT(br_reader_open(&sample.reader, sample.path, NULL, &sample.err),
		  BR_E_UNSUPPORTED);
	CHECK(strstr(sample.err.text, "older Brayer (schema 1)") != NULL);
	CHECK(strstr(sample.err.text, "start the new collector") != NULL);
	br_buf_reset(&sample.said);
	sample_open(&sample);
	CHECK(strstr(sample.said.data, "migrated from schema 1 to 3") != NULL);
	CHECK_STR(names(), "#7 prn1\n");
	CHECK_STR(sample_points(&sample, 7), "counter total\n0-0 41 x1\n");
	name_all(given, 1);
	CHECK_STR(names(), "#7 Office\n");
	CHECK_INT(sample_put(&sample, (struct sample_reading){.time = NOON + 60,
							      .serial = "SN10001",
							      .total = 43}),
		  7);
	sample_commit(&sample);
	CHECK_STR(sample_points(&sample, 7), "counter total\n0-0 41 x1\n60-60 42 x1\n");
	sample_done(&sample);
}
