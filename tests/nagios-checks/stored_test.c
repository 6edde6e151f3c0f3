/*
 * stored_test.c - answers from the collector's store: when, of whom, and when not.
 *
 * Behind each address stands a closed port, so that whoever asks the printer hears "refused".
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/source_run.h"
#include "store/sample.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct sample sample;
static struct run run;
static uint16_t port;
static char conf[200];

static uint16_t closed_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	      getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	close(fd);
	return ntohs(at.sin_port);
}

static const char *target_of(const char *host, const char *device)
{
	static char target[BR_TARGET_SIZE];

	snprintf(target, sizeof target, "udp:%s:%u%s", host, port, device);
	return target;
}

/* A printer with so much black toner, read so many seconds ago. */
static int64_t put(const char *target, const char *name, int black, int64_t ago)
{
	char lines[600];
	struct br_reading reading;
	struct br_harvest harvest;
	struct br_store_kept kept = {.questions = 4};
	int64_t id = 0;

	snprintf(lines, sizeof lines,
		 "1.3.6.1.2.1.1.1.0|4|Inkwell\n1.3.6.1.2.1.1.5.0|4|%s\n"
		 "V2.1|6|1.3.6.1.2.1.25.3.1.5\nV3.1|4|Inkwell 100\nH1.1|2|3\nG17.1|4|SN%s\n"
		 "M3.1.1|2|7\nM4.1.1|65|4711\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\n"
		 "S7.1.1|2|19\nS8.1.1|2|100\nS9.1.1|2|%d\n",
		 name, name, black);
	reading = *bed_decode(lines, NULL, 1);
	bed_harvest(&harvest, lines);
	memcpy(&kept.harvest.at, &harvest.data, sizeof kept.harvest.at);
	kept.harvest.len = harvest.len;
	kept.device = 1;
	kept.full_at = (int64_t)time(NULL) - ago - 4 * 3600;
	br_text_copy(reading.target, sizeof reading.target, br_view(target));
	reading.time = (int64_t)time(NULL) - ago;
	reading.reachable = true;
	CHECK_INT(br_store_put(sample.store, "default", &reading, &kept, &id, &sample.err),
		  BR_OK);
	br_harvest_clear(&harvest);
	return id;
}

static void begin(unsigned check)
{
	sample_init(&sample);
	sample_open(&sample);
	port = closed_port();
	run_init(&run, check);
	run.settings.max_age_s = 900;
	run.settings.store = sample.path;
	run.settings.offline_state = PLUGIN_WARNING;
	snprintf(conf, sizeof conf, "%s/brayer.conf", sample.dir);
}

/* From here on it is read. */
static void stocked(void)
{
	CHECK_INT(br_store_commit(sample.store, &sample.err), BR_OK);
	sample_close(&sample);
}

/* The store as the configuration names it: nobody asked for it by an option. */
static void by_configuration(const char *path)
{
	FILE *file = fopen(conf, "w");

	CHECK(file != NULL);
	if (!file)
		return;
	fprintf(file, "[collector]\nstore = %s\n", path);
	CHECK_INT(fclose(file), 0);
	run.settings.store = NULL;
	run.settings.config = conf;
}

static void has(const char *want)
{
	if (!strstr(run.text, want))
		check_failed(__FILE__, __LINE__, "\"%s\" is not in \"%s\"", want, run.text);
}

static void is_from_store(void)
{
	has("by the collector");
	CHECK(strstr(run.text, "refused") == NULL);
}

static void is_live(void)
{
	has("refused");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
}

TEST(a_fresh_reading_answers)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 420);
	stocked();
	run_check_at(&run, "127.0.0.1", port);
	CHECK_STR(run.text, "SUPPLIES WARNING: toner-black 15 % (as read 7 min ago by the "
			    "collector) | toner-black=15%;20:;10:");
	CHECK_INT(run.code, PLUGIN_WARNING);
	CHECK_STR(plugin_stage, "reading the store");
	sample_done(&sample);
}

TEST(pages_say_that_counters_may_be_older)
{
	begin(PLUGIN_PAGES);
	put(target_of("127.0.0.1", ""), "one", 15, 420);
	stocked();
	run_check_at(&run, "127.0.0.1", port);
	has("as read 7 min ago by the collector; a maker's own counters up to 4 h before");
	sample_done(&sample);
}

TEST(an_old_reading_does_not)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 901);
	stocked();
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	CHECK(strstr(run.text, "not from the store") == NULL);
	run.settings.look.verbose = 3;
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	has("not from the store: its reading there is 15 min old: is brayerd running?");
	run.settings.max_age_s = 1000;
	run_check_at(&run, "127.0.0.1", port);
	is_from_store();
	sample_done(&sample);
}

TEST(one_of_the_future_does_not)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, -600);
	stocked();
	run.settings.look.verbose = 3;
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	has("of a time yet to come");
	sample_done(&sample);
}

/* Whether it is back is asked, and not guessed. */
TEST(a_printer_that_was_missed_is_asked)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 420);
	CHECK_INT(br_store_missed(sample.store, target_of("127.0.0.1", ""), "default",
				  (int64_t)time(NULL) - 60, BR_E_TIMEOUT, "no answer",
				  &sample.err),
		  BR_OK);
	stocked();
	run.settings.look.verbose = 3;
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	has("it did not answer the collector 60 s ago");
	sample_done(&sample);
}

TEST(age_zero_looks_at_no_store)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 0);
	stocked();
	run.settings.max_age_s = 0;
	run.settings.store = "/nonexistent/store.db";
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	sample_done(&sample);
}

TEST(a_store_that_is_not_there)
{
	begin(PLUGIN_SUPPLIES);
	stocked();
	by_configuration("/nonexistent/store.db");
	run.settings.look.verbose = 3;
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	has("not from the store: there is no store");
	run.settings.store = "/nonexistent/store.db";
	run_check_at(&run, "127.0.0.1", port);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	has("SUPPLIES UNKNOWN: --store: /nonexistent/store.db: ");
	sample_done(&sample);
}

TEST(the_store_of_the_configuration)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 0);
	stocked();
	by_configuration(sample.path);
	run_check_at(&run, "127.0.0.1", port);
	is_from_store();
	sample_done(&sample);
}

/* Nobody asked for it: the check is as good as without. Who did is told. */
TEST(a_store_that_is_damaged)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "one", 15, 0);
	stocked();
	CHECK_INT(truncate(sample.path, 0), 0);
	by_configuration(sample.path);
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	run.settings.store = sample.path;
	run_check_at(&run, "127.0.0.1", port);
	has("SUPPLIES UNKNOWN: --store: ");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	sample_done(&sample);
}

/* By its target, or by what the configuration calls it: never by what a printer says. */
TEST(who_is_meant)
{
	static const struct {
		const char *name, *host;
		bool with_port, from_store;
	} cases[] = {
		{"its target", "127.0.0.1", true, true},
		{"another address", "127.0.0.2", true, false},
		{"the name of the configuration", "office", false, true},
		{"its own name", "SELF", false, false},
		{"its serial number", "SNself", false, false},
		{"its number", "#1", false, false},
		{"a pattern", "127.0.0.*", true, false},
	};
	struct br_store_name name;

	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", ""), "self", 15, 0);
	name = (struct br_store_name){br_view(target_of("127.0.0.1", "")), br_view("office")};
	CHECK_INT(br_store_names(sample.store, &name, 1, &sample.err), BR_OK);
	stocked();
	for (size_t i = 0; i < COUNT(cases); i++) {
		check_case(cases[i].name);
		if (cases[i].with_port)
			run_check_at(&run, cases[i].host, port);
		else
			run_check(&run, cases[i].host);
		CHECK_INT(strstr(run.text, "by the collector") != NULL, cases[i].from_store);
	}
	/* Which port is only told by a profile that this user may not read. */
	run_check(&run, "127.0.0.1");
	is_from_store();
	run.settings.port = "9";
	run_check(&run, "127.0.0.1");
	is_live();
	sample_done(&sample);
}

TEST(one_behind_a_print_server)
{
	begin(PLUGIN_SUPPLIES);
	put(target_of("127.0.0.1", "#1"), "one", 15, 0);
	put(target_of("127.0.0.1", "#2"), "two", 5, 0);
	put(target_of("127.0.0.3", ""), "alone", 12, 0);
	stocked();
	run_check_at(&run, "127.0.0.1#2", port);
	has("toner-black 5 %");
	run_check_at(&run, "127.0.0.1#1", port);
	has("toner-black 15 %");
	run_check_at(&run, "127.0.0.1#3", port);
	is_live();
	run.settings.look.verbose = 3;
	run_check_at(&run, "127.0.0.1", port);
	is_live();
	has("the store knows 2 printers there");
	run_check_at(&run, "127.0.0.3#1", port);
	has("toner-black 12 %");
	run_check_at(&run, "127.0.0.3#2", port);
	is_live();
	sample_done(&sample);
}

/* In a port of a farm that is silent nobody answers. */
static int silent_socket(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	      getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	port = ntohs(at.sin_port);
	return fd;
}

TEST(what_was_known_last)
{
	int fd;

	begin(PLUGIN_SUPPLIES);
	fd = silent_socket();
	put(target_of("127.0.0.1", ""), "one", 15, 50400);
	stocked();
	run.settings.timeout_ms = 200;
	run_check_at(&run, "127.0.0.1", port);
	CHECK_INT(run.code, PLUGIN_WARNING);
	has("SUPPLIES WARNING: no answer within 0.2 s");
	run.settings.offline_state = PLUGIN_UNKNOWN;
	run.settings.offline_last = true;
	run_check_at(&run, "127.0.0.1", port);
	CHECK_STR(run.text,
		  "SUPPLIES WARNING: toner-black 15 % (no answer; as read 14 h ago) | "
		  "toner-black=15%;20:;10:");
	CHECK_INT(run.code, PLUGIN_WARNING);
	run.settings.max_age_s = 0; /* which is about what is fresh */
	run_check_at(&run, "127.0.0.1", port);
	CHECK_INT(run.code, PLUGIN_WARNING);
	sample_done(&sample);
	run_check_at(&run, "127.0.0.1", port);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	has("no answer, and ");
	close(fd);
}

TEST(last_of_a_printer_nobody_knows)
{
	int fd;

	begin(PLUGIN_SUPPLIES);
	fd = silent_socket();
	put("udp:192.0.2.1:161", "one", 15, 50400);
	stocked();
	run.settings.timeout_ms = 200;
	run.settings.offline_state = PLUGIN_UNKNOWN;
	run.settings.offline_last = true;
	run_check_at(&run, "127.0.0.1", port);
	CHECK_STR(run.text, "SUPPLIES UNKNOWN: no answer, and the store does not know it");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	close(fd);
	sample_done(&sample);
}

TEST(a_recording_is_in_no_store)
{
	begin(PLUGIN_SUPPLIES);
	stocked();
	run.settings.store = "/nonexistent/store.db";
	run_check(&run, "walk:tests/recordings/hp_mono.snmprec");
	has("toner-black 9 %");
	sample_done(&sample);
}
