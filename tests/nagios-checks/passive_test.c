/*
 * passive_test.c - a line for each printer of the store, and nothing else on stdout.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/source_run.h"
#include "store/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static struct sample sample;
static struct run run;
static char *said, *flushed; /* on stderr; on stdout before the end */
static struct br_buf out;

struct one {
	const char *target, *name; /* name: what it calls itself; NULL: nothing */
	int black;
	int64_t ago;
};

static int64_t put(struct one one)
{
	struct br_buf lines;
	struct br_reading reading;
	struct br_harvest harvest;
	struct br_store_kept kept = {.device = 1};
	int64_t id = 0;

	br_buf_init(&lines, 4096);
	if (one.name) {
		br_buf_text(&lines, "1.3.6.1.2.1.1.5.0|4x|");
		for (const char *at = one.name; *at; at++)
			br_buf_format(&lines, "%02x", (unsigned)(unsigned char)*at);
		br_buf_char(&lines, '\n');
	}
	br_buf_format(
		&lines,
		"V2.1|6|1.3.6.1.2.1.25.3.1.5\nV3.1|4|Inkwell 100\nH1.1|2|3\nG17.1|4|SN%s\n"
		"M3.1.1|2|7\nM4.1.1|65|4711\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\n"
		"S7.1.1|2|19\nS8.1.1|2|100\nS9.1.1|2|%d\n",
		one.target + 4, one.black);
	reading = *bed_decode(lines.data, NULL, 1);
	bed_harvest(&harvest, lines.data);
	memcpy(&kept.harvest.at, &harvest.data, sizeof kept.harvest.at);
	kept.harvest.len = harvest.len;
	br_text_copy(reading.target, sizeof reading.target, br_view(one.target));
	reading.time = (int64_t)time(NULL) - one.ago;
	reading.reachable = true;
	CHECK_INT(br_store_put(sample.store, "default", &reading, &kept, &id, &sample.err),
		  BR_OK);
	br_harvest_clear(&harvest);
	br_buf_clear(&lines);
	return id;
}

static void missed(const char *target, int64_t ago)
{
	CHECK_INT(br_store_missed(sample.store, target, "default", (int64_t)time(NULL) - ago,
				  BR_E_TIMEOUT, "no answer", &sample.err),
		  BR_OK);
}

static void begin(void)
{
	sample_init(&sample);
	sample_open(&sample);
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.passive = true;
	run.settings.timeout_ms = 30000;
	run.settings.max_age_s = 900;
	run.settings.store = sample.path;
	br_buf_init(&out, 1 << 20);
}

static char *text_of(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = calloc(1, (size_t)size + 1);

	CHECK(text && pread(fd, text, (size_t)size, 0) == size);
	return text;
}

static int passive(void)
{
	int out_fd = dup(1), err_fd = dup(2), code;
	int to_out = memfd_create("out", MFD_CLOEXEC),
	    to_err = memfd_create("err", MFD_CLOEXEC);

	sample_close(&sample);
	fflush(NULL);
	CHECK(dup2(to_out, 1) == 1 && dup2(to_err, 2) == 2);
	code = plugin_run_passive(run.check, &run.settings, &run.environment, &out);
	CHECK(dup2(out_fd, 1) == 1 && dup2(err_fd, 2) == 2);
	free(said);
	free(flushed);
	said = text_of(to_err);
	flushed = text_of(to_out);
	close(out_fd);
	close(err_fd);
	close(to_out);
	close(to_err);
	return code;
}

static void end(void)
{
	sample_done(&sample);
	br_buf_clear(&out);
	free(said);
	free(flushed);
	said = flushed = NULL;
}

static void lines_are(const char *want)
{
	CHECK_INT(passive(), 0);
	CHECK_STR(out.data ? out.data : "", want);
	CHECK_STR(said, "");
	CHECK_STR(flushed, "");
}

#define OF(level, state)                                                                      \
	"printer-supplies;" state " toner-black " level " % | toner-black=" level "%;20:;10:" \
	"\n"
#define LOW(level) OF(level, "1;SUPPLIES WARNING:")

TEST(a_line_for_each)
{
	struct br_store_name name = {br_view("udp:192.0.2.12:161"), br_view("office")};

	begin();
	put((struct one){"udp:192.0.2.10:161", "alpha", 15, 60});
	put((struct one){"udp:192.0.2.11:161", NULL, 5, 60});
	put((struct one){"udp:192.0.2.12:161", "gamma", 16, 60});
	put((struct one){"udp:[2001:db8::1.1]:1161", NULL, 17, 60});
	CHECK_INT(br_store_names(sample.store, &name, 1, &sample.err), BR_OK);
	run.settings.look.verbose = 3;
	run.settings.look.format = PLUGIN_JSON;
	lines_are(
		"alpha;" LOW("15") "192.0.2.11;" OF("5", "2;SUPPLIES CRITICAL:") "office;" LOW(
			"16") "[2001:db8::1.1]:1161;" LOW("17"));
	end();
}

TEST(what_the_host_is_called)
{
	static const struct {
		const char *by, *want;
	} cases[] = {
		{NULL, "office;" LOW("16")},
		{"name", "office;" LOW("16")},
		{"hostname", "gamma;" LOW("16")},
		{"address", "192.0.2.12;" LOW("16")},
		{"serial", "SN192.0.2.12:161;" LOW("16")},
	};
	struct br_store_name name = {br_view("udp:192.0.2.12:161"), br_view("office")};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].by ? cases[i].by : "default");
		begin();
		put((struct one){"udp:192.0.2.12:161", "gamma", 16, 60});
		CHECK_INT(br_store_names(sample.store, &name, 1, &sample.err), BR_OK);
		run.settings.host_by = cases[i].by;
		lines_are(cases[i].want);
		end();
	}
}

TEST(the_service_is_called)
{
	begin();
	put((struct one){"udp:192.0.2.12:161", "gamma", 16, 60});
	run.settings.service = "Toner; 2nd|floor";
	CHECK_INT(passive(), 0);
	CHECK(strncmp(out.data, "gamma;Toner, 2nd/floor;1;SUPPLIES", 33) == 0);
	end();
}

/* No result may be taken for another printer's, whatever name one gives itself. */
TEST(one_name_of_several)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "printer", 15, 60});
	put((struct one){"udp:192.0.2.11:161", "single", 16, 60});
	put((struct one){"udp:192.0.2.12:1161", "PRINTER", 17, 60});
	put((struct one){"udp:192.0.2.13:161#1", "printer", 18, 60});
	lines_are("printer@192.0.2.10;" LOW("15") "single;" LOW(
		"16") "PRINTER@192.0.2.12:1161;" LOW("17") "printer@192.0.2.13#1;" LOW("18"));
	end();
}

/* A name of nothing, and one that looks like what a shared one becomes. */
TEST(names_that_pass_for_others)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "printer", 15, 60});
	put((struct one){"udp:192.0.2.11:161", "printer", 16, 60});
	put((struct one){"udp:192.0.2.12:161", "printer@192.0.2.10", 17, 60});
	put((struct one){"udp:192.0.2.13:161", "192.0.2.10", 18, 60});
	put((struct one){"udp:192.0.2.14:161", " \x01 \t", 19, 60});
	/* clang-format off */
	lines_are("printer@192.0.2.10;" LOW("15")
		  "printer@192.0.2.11;" LOW("16")
		  "printer@192.0.2.10@192.0.2.12;" LOW("17")
		  "192.0.2.10;" LOW("18")
		  "192.0.2.14;" LOW("19"));
	/* clang-format on */
	end();
}

TEST(hostile_names)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "a;b|c\nd;0;OK\x1b[31m", 15, 60});
	lines_are("a,b/c d,0,OK [31m;" LOW("15"));
	end();
}

TEST(nobody_asks_it)
{
	struct br_view asked = br_view("udp:192.0.2.11:161");

	begin();
	put((struct one){"udp:192.0.2.10:161", "gone", 15, 60});
	put((struct one){"udp:192.0.2.11:161", "there", 16, 60});
	CHECK_INT(br_store_asked(sample.store, &asked, 1, &sample.err), BR_OK);
	lines_are("there;" LOW("16"));
	end();
}

TEST(silent_printers)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "off", 15, 50400});
	missed("udp:192.0.2.10:161", 1300);
	missed("udp:192.0.2.10:161", 60);
	missed("udp:192.0.2.11:161", 60);
	missed("udp:192.0.2.11:161", 50);
	put((struct one){"udp:192.0.2.12:161", "nap", 16, 700});
	missed("udp:192.0.2.12:161", 60);
	run.settings.offline_state = PLUGIN_OK;
	lines_are(
		"off;printer-supplies;0;SUPPLIES OK: no answer since 14 h: it is switched off, "
		"or SNMP is\n"
		"192.0.2.11;printer-supplies;0;SUPPLIES OK: it never answered: is it there, "
		"and does the profile fit?\n"
		"nap;" LOW("16"));
	br_buf_reset(&out);
	run.settings.offline_last = true;
	lines_are(
		"off;printer-supplies;1;SUPPLIES WARNING: toner-black 15 % (no answer; as read "
		"14 h ago) | toner-black=15%;20:;10:\n"
		"192.0.2.11;printer-supplies;3;SUPPLIES UNKNOWN: no answer, and it was never "
		"read\n"
		"nap;" LOW("16"));
	end();
}

TEST(nothing_is_read_any_more)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "old", 15, 7200});
	put((struct one){"udp:192.0.2.11:161", "off", 15, 50400});
	missed("udp:192.0.2.11:161", 20000);
	missed("udp:192.0.2.11:161", 14400);
	put((struct one){"udp:192.0.2.12:161", "tomorrow", 15, -86400});
	run.settings.offline_state = PLUGIN_OK;
	lines_are("old;printer-supplies;3;SUPPLIES UNKNOWN: not read since 2 h: is brayerd "
		  "running?\n"
		  "off;printer-supplies;3;SUPPLIES UNKNOWN: not read since 4 h: is brayerd "
		  "running?\n"
		  "tomorrow;printer-supplies;3;SUPPLIES UNKNOWN: read at a time yet to come: "
		  "which clock is wrong?\n");
	end();
}

TEST(no_store)
{
	begin();
	run.settings.store = "/nonexistent/store.db";
	CHECK_INT(passive(), PLUGIN_UNKNOWN);
	CHECK_INT(out.len, 0);
	CHECK_STR(flushed, "");
	CHECK(strncmp(said, "/nonexistent/store.db: ", 23) == 0);
	CHECK(strchr(said, '\n') == said + strlen(said) - 1);
	run.settings.store = sample.path;
	run.settings.config = "/nonexistent/brayer.conf";
	CHECK_INT(passive(), PLUGIN_UNKNOWN);
	CHECK(strncmp(said, "/nonexistent/brayer.conf: ", 26) == 0);
	run.settings.config = NULL;
	run.settings.max_age_s = 0;
	CHECK_INT(passive(), PLUGIN_UNKNOWN);
	CHECK_STR(said, "--passive answers from the store: it does not go with --max-age 0\n");
	CHECK_INT(out.len, 0);
	end();
}

TEST(an_empty_store)
{
	begin();
	lines_are("");
	end();
}

TEST(time_is_up)
{
	begin();
	put((struct one){"udp:192.0.2.10:161", "one", 15, 60});
	run.settings.timeout_ms = 0;
	CHECK_INT(passive(), PLUGIN_UNKNOWN);
	CHECK_INT(out.len, 0);
	CHECK_STR(said, "time was up before all lines were written: see --timeout\n");
	end();
}

static size_t count_lines(const char *text)
{
	size_t n = 0;

	for (; text && *text; text++)
		n += *text == '\n';
	return n;
}

/* What does not fit a page is written meanwhile, whole lines of it. */
TEST(a_large_fleet)
{
	enum { FLEET = 2000 };
	char target[64], name[32];

	begin();
	for (int i = 0; i < FLEET; i++) {
		snprintf(target, sizeof target, "udp:192.0.%d.%d:161", i / 250, i % 250);
		snprintf(name, sizeof name, "printer%d", i);
		put((struct one){target, name, 15, 60});
	}
	CHECK_INT(passive(), 0);
	CHECK(strlen(flushed) > 65536 && out.len < 65536 + PLUGIN_OUTPUT_MOST);
	CHECK(out.cap <= 256 << 10);
	CHECK_INT(count_lines(flushed) + count_lines(out.len ? out.data : ""), FLEET);
	CHECK_INT(flushed[strlen(flushed) - 1], '\n');
	end();
}
