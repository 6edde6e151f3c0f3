/*
 * farm_test.c - the simulated fleet does what its manual says: healthy, and with each fault.
 *
 * That nothing comes is known from a healthy neighbour that is asked afterwards, not from a
 * clock.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/simulated.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SICK    FLEET_FIRST       /* has the fault */
#define HEALTHY (FLEET_FIRST + 1) /* 127.16.0.2 */

static const char printer[] = "1.3.6.1.2.1.1.1.0|4|Printer\n"
			      "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99\n"
			      "1.3.6.1.2.1.1.3.0|67|100\n"
			      "1.3.6.1.2.1.1.5.0|4|recorded\n"
			      "1.3.6.1.2.1.43.5.1.1.17.1|4|A1\n"
			      "1.3.6.1.2.1.43.11.1.1.8.1.1|2|100\n"
			      "1.3.6.1.2.1.43.11.1.1.8.1.2|2|100\n"
			      "1.3.6.1.2.1.43.11.1.1.9.1.1|2|50\n"
			      "1.3.6.1.2.1.43.11.1.1.9.1.2|2|-3\n"
			      "1.3.6.1.4.1.99.1.0|65|4294967295\n"
			      "1.3.6.1.4.1.99.2.0|70|18446744073709551615\n"
			      "1.3.6.1.4.1.99.3.0|4x|00ff0a\n"
			      "1.3.6.1.4.1.99.4.0|64|192.0.2.1\n";

#define DESCR      "1.3.6.1.2.1.1.1.0"
#define OBJECT     "1.3.6.1.2.1.1.2.0"
#define UPTIME     "1.3.6.1.2.1.1.3.0"
#define NAME       "1.3.6.1.2.1.1.5.0"
#define LEVEL      "1.3.6.1.2.1.43.11.1.1.9.1.1"
#define LAST_LEVEL "1.3.6.1.2.1.43.11.1.1.9.1.2"
#define COUNTER    "1.3.6.1.4.1.99.1.0"

static void start(const char *options, const char *script)
{
	fleet_start(options, script, printer);
}

/* Nothing but the neighbour's answer comes. */
static void check_silence(void)
{
	fleet_get(HEALTHY, 999, DESCR);
	CHECK_INT(fleet_receive()->id, 999);
}

TEST(answers_from_the_address_that_was_asked)
{
	start("-n 3", NULL);
	for (uint32_t address = SICK; address < SICK + 3; address++) {
		fleet_get(address, (int32_t)(address & 255), DESCR " " UPTIME);
		struct fleet_reply *got = fleet_receive();
		CHECK_INT(got->address, address);
		CHECK_INT(got->port, fleet.port);
		CHECK_INT(got->id, address & 255);
		CHECK_INT(got->n, 2);
	}
	fleet_get(SICK + 3, 7, DESCR);
	check_silence();
	fleet_stop();
	CHECK_INT(fleet_count("requests"), 5);
	CHECK_INT(fleet_count("replies"), 4);
	CHECK_INT(fleet_count("stray"), 1);
	CHECK_INT(fleet_count("printers"), 3);
	CHECK_INT(fleet_count("min"), 1);
	CHECK_INT(fleet_count("max"), 2);
}

TEST(printers_differ)
{
	start("-n 2", NULL);
	fleet_get(SICK, 1, NAME " 1.3.6.1.2.1.43.5.1.1.17.1");
	CHECK_STR(fleet_receive()->text,
		  NAME "=04:70726e2d31362d302d31 "
		       "1.3.6.1.2.1.43.5.1.1.17.1=04:534e3746313030303031");
	fleet_get(HEALTHY, 1, NAME);
	CHECK_STR(fleet_receive()->text, NAME "=04:70726e2d31362d302d32");
	fleet_stop();
	start("--as-recorded", NULL);
	fleet_get(SICK, 1, NAME " " UPTIME " 1.3.6.1.2.1.43.5.1.1.17.1");
	CHECK_STR(fleet_receive()->text, NAME "=04:7265636f72646564 " UPTIME
					      "=43:64 1.3.6.1.2.1.43.5.1.1.17.1=04:4131");
	fleet_stop();
}

/* GET of DESCR at the healthy one, number 999: how check_silence asks. */
#define LAST_LINE \
	"302702010104067075626c6963a01a020203e7020100020100300e300c06082b060102010101000500\n"

#define GETNEXT                                         \
	{                                               \
		.type = BR_PDU_GETNEXT, .request_id = 1 \
	}
#define GETBULK(repeat)                                                            \
	{                                                                          \
		.type = BR_PDU_GETBULK, .request_id = 1, .max_repetitions = repeat \
	}
#define GET                                         \
	{                                           \
		.type = BR_PDU_GET, .request_id = 1 \
	}

/* One question, one answer. "" means silence, "!N" an error. */
static const struct {
	const char *name, *fault;
	enum br_version version;
	struct br_question question;
	const char *names, *want;
} faults[] = {
	/* clang-format off */
	{"none", NULL, BR_SNMP_V2C, GETBULK(2), LEVEL, LAST_LEVEL "=02:fd " COUNTER "=41:00ffffffff"},
	{"dead", "dead", BR_SNMP_V2C, GET, DESCR, ""},
	{"loss of all", "loss=100", BR_SNMP_V2C, GET, DESCR, ""},
	{"stall at once", "stall=0", BR_SNMP_V2C, GET, DESCR, ""},
	{"v1 only, v2c", "v1-only", BR_SNMP_V2C, GET, LEVEL, ""},
	{"v1 only, v1", "v1-only", BR_SNMP_V1, GET, LEVEL, LEVEL "=02:32"},
	{"no bulk, bulk", "no-bulk", BR_SNMP_V2C, GETBULK(2), LEVEL, ""},
	{"no bulk, next", "no-bulk", BR_SNMP_V2C, GETNEXT, LEVEL, LAST_LEVEL "=02:fd"},
	{"bad bulk, bulk", "bad-bulk", BR_SNMP_V2C, GETBULK(2), LEVEL, "!5"},
	{"bad bulk by name", "bad-bulk=generr", BR_SNMP_V2C, GETBULK(2), LEVEL, "!5"},
	{"bad bulk, get", "bad-bulk", BR_SNMP_V2C, GET, LEVEL, LEVEL "=02:32"},
	{"bulk of one", "bad-bulk=one", BR_SNMP_V2C, GETBULK(2), LEVEL, LAST_LEVEL "=02:fd"},
	{"too big", "too-big=2", BR_SNMP_V2C, GET, LEVEL " " LEVEL " " LEVEL, "!1"},
	{"just not too big", "too-big=2", BR_SNMP_V2C, GET, LEVEL " " LEVEL, LEVEL "=02:32 " LEVEL "=02:32"},
	{"too big, bulk", "too-big=2", BR_SNMP_V2C, GETBULK(3), LEVEL, "!1"},
	{"too big, v1", "too-big=1", BR_SNMP_V1, GET, LEVEL " " LEVEL, "!1"},
	{"small", "small=100", BR_SNMP_V2C, GETBULK(4), "1.3.6.1.2.1.43.11", "1.3.6.1.2.1.43.11.1.1.8.1.1=02:64 1.3.6.1.2.1.43.11.1.1.8.1.2=02:64 " LEVEL "=02:32"},
	{"lies: name as text", "lie-types", BR_SNMP_V2C, GET, OBJECT, OBJECT "=04:312e332e362e312e342e312e3939"},
	{"lies: number as text", "lie-types", BR_SNMP_V2C, GET, LAST_LEVEL, LAST_LEVEL "=04:2d33"},
	{"lies: counter as number", "lie-types", BR_SNMP_V2C, GET, COUNTER, COUNTER "=02:00ffffffff"},
	{"loop, get", "loop", BR_SNMP_V2C, GET, LEVEL, LEVEL "=02:32"},
	{"loop, next", "loop", BR_SNMP_V2C, GETNEXT, LAST_LEVEL, LEVEL "=02:32"},
	{"loop, bulk", "loop", BR_SNMP_V2C, GETBULK(3), LEVEL, LAST_LEVEL "=02:fd " LEVEL "=02:32 " LAST_LEVEL "=02:fd"},
	{"loop, behind the last row", "loop", BR_SNMP_V2C, GETNEXT, LAST_LEVEL ".5", LEVEL "=02:32"},
	{"loop, another table", "loop=1.3.6.1.4.1.99", BR_SNMP_V2C, GETNEXT, LAST_LEVEL, COUNTER "=41:00ffffffff"},
	{"loop, of another table", "loop=1.3.6.1.4.1.99", BR_SNMP_V2C, GETNEXT, COUNTER, COUNTER "=41:00ffffffff"},
	{"loop, before the table", "loop", BR_SNMP_V2C, GETNEXT, "1.3.6.1.2.1.43.11.1.1", "1.3.6.1.2.1.43.11.1.1.8.1.1=02:64"},
	{"endless", "endless", BR_SNMP_V2C, GETBULK(3), LEVEL, LAST_LEVEL "=02:fd 1.3.6.1.2.1.43.11.1.1.9.1.3=02:fd 1.3.6.1.2.1.43.11.1.1.9.1.4=02:fd"},
	{"endless, far out", "endless", BR_SNMP_V2C, GETNEXT, "1.3.6.1.2.1.43.11.1.1.9.1.70000", "1.3.6.1.2.1.43.11.1.1.9.1.70001=02:fd"},
	{"endless, at the last arc", "endless", BR_SNMP_V2C, GETNEXT, "1.3.6.1.2.1.43.11.1.1.9.1.4294967295", "1.3.6.1.2.1.43.11.1.1.9.1.4294967295=82:"},
	{"endless, no such column", "endless", BR_SNMP_V2C, GETNEXT, "1.3.6.1.2.1.43.11.1.1.10.1.1", COUNTER "=41:00ffffffff"},
	/* clang-format on */
};

TEST(faults_of_content)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		char options[128], want[256];
		check_case(faults[i].name);
		snprintf(options, sizeof(options), "-n 2%s%s",
			 faults[i].fault ? " --fault 127.16.0.1:" : "",
			 faults[i].fault ? faults[i].fault : "");
		start(options, NULL);
		fleet_ask(SICK, faults[i].version, faults[i].question, faults[i].names);
		if (strcmp(faults[i].want, "") != 0) {
			struct fleet_reply *got = fleet_receive();
			snprintf(want, sizeof(want), "!%d", got->error);
			CHECK_INT(got->address, SICK);
			CHECK_STR(got->error ? want : got->text, faults[i].want);
		}
		check_silence();
		fleet_stop();
	}
}

TEST(every_counter64_is_kept_from_v1)
{
	start("-n 2", NULL);
	fleet_ask(SICK, BR_SNMP_V1, (struct br_question)GETNEXT, COUNTER);
	CHECK_STR(fleet_receive()->text, "1.3.6.1.4.1.99.3.0=04:00ff0a");
	fleet_stop();
}

/* Asks the sick printer, waits for what comes, and returns what was sent in which order. */
static size_t ask_many(int32_t n, size_t replies, int32_t order[])
{
	for (int32_t i = 0; i < n; i++)
		fleet_get(SICK, i, DESCR);
	for (size_t i = 0; i < replies; i++)
		order[i] = fleet_receive()->id;
	return replies;
}

static bool increasing(const int32_t order[], size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (order[i] <= order[i - 1])
			return false;
	return true;
}

TEST(loss_is_a_share_and_repeats_with_the_seed)
{
	int64_t lost[3];
	static const char *const options[] = {"-n 2 --fault 127.16.0.1:loss=50 --seed 5",
					      "-n 2 --fault 127.16.0.1:loss=50 --seed 5",
					      "-n 2 --fault 127.16.0.1:loss=50 --seed 6"};

	for (size_t i = 0; i < 3; i++) {
		start(options[i], NULL);
		for (int32_t id = 0; id < 200; id++)
			fleet_get(SICK, id, DESCR);
		fleet_get(HEALTHY, 1000, DESCR);
		while (fleet_receive()->id != 1000)
			continue;
		fleet_stop();
		lost[i] = fleet_count("lost");
		CHECK_INT(lost[i] + fleet_count("replies"), 201);
		CHECK(lost[i] > 60 && lost[i] < 140);
	}
	CHECK_INT(lost[0], lost[1]);
	CHECK(lost[0] != lost[2]);
}

TEST(duplicates)
{
	int32_t order[20];

	start("-n 2 --fault 127.16.0.1:duplicate=100", NULL);
	ask_many(10, 20, order);
	for (size_t i = 0, seen; i < 10; i++) {
		seen = 0;
		for (size_t k = 0; k < 20; k++)
			seen += order[k] == (int32_t)i;
		CHECK_INT(seen, 2);
	}
	check_silence();
	fleet_stop();
}

TEST(reordered_or_jittered)
{
	int32_t order[40];

	start("-n 2 --fault 127.16.0.1:reorder=50", NULL);
	CHECK(!increasing(order, ask_many(40, 40, order)));
	fleet_stop();
	start("-n 2 --fault 127.16.0.1:jitter=50", NULL);
	CHECK(!increasing(order, ask_many(40, 40, order)));
	fleet_stop();
	start("-n 2", NULL);
	CHECK(increasing(order, ask_many(40, 40, order)));
	fleet_stop();
}

/* With serial, the delays of one printer add up, so that its order is kept whatever the jitter.
 */
TEST(serial_keeps_the_order)
{
	int32_t order[20];

	start("-n 2 --fault all:serial --fault 127.16.0.1:jitter=20", NULL);
	CHECK(increasing(order, ask_many(20, 20, order)));
	fleet_stop();
}

TEST(a_delayed_printer_answers_after_its_neighbour)
{
	start("-n 2 --fault 127.16.0.1:delay=150", NULL);
	fleet_get(SICK, 1, DESCR);
	fleet_get(HEALTHY, 2, DESCR);
	CHECK_INT(fleet_receive()->id, 2);
	CHECK_INT(fleet_receive()->id, 1);
	fleet_stop();
}

TEST(late_replies_come_twice)
{
	start("-n 2 --fault 127.16.0.1:late=100", NULL);
	fleet_get(SICK, 1, DESCR);
	check_silence();
	CHECK_INT(fleet_receive()->id, 1);
	CHECK_INT(fleet_receive()->id, 1);
	fleet_stop();
	CHECK_INT(fleet_count("replies"), 3);
}

TEST(stalls_after_some)
{
	start("-n 2 --fault 127.16.0.1:stall=2", NULL);
	for (int32_t i = 1; i <= 3; i++)
		fleet_get(SICK, i, DESCR);
	CHECK_INT(fleet_receive()->id, 1);
	CHECK_INT(fleet_receive()->id, 2);
	check_silence();
	fleet_stop();
	CHECK_INT(fleet_count("ignored"), 1);
}

TEST(truncated_replies_are_shorter)
{
	size_t whole, shorter = 0;

	start("-n 2 --fault 127.16.0.1:truncate=100", NULL);
	fleet_get(HEALTHY, 1, DESCR);
	whole = fleet_receive()->len;
	for (int32_t i = 0; i < 20; i++) {
		fleet_get(SICK, 1, DESCR);
		struct fleet_reply *got = fleet_receive();
		CHECK(got->broken);
		shorter += got->len < whole;
	}
	CHECK_INT(shorter, 20);
	fleet_stop();
}

TEST(wrong_senders)
{
	start("-n 2 --fault 127.16.0.1:wrong-address", NULL);
	fleet_get(SICK, 1, DESCR);
	struct fleet_reply *got = fleet_receive();
	CHECK_INT(got->id, 1);
	CHECK_INT(got->address >> 24, 127);
	CHECK(got->address != SICK);
	fleet_stop();
	start("-n 2 --fault 127.16.0.1:wrong-port", NULL);
	fleet_get(SICK, 1, DESCR);
	got = fleet_receive();
	CHECK_INT(got->id, 1);
	CHECK_INT(got->address, SICK);
	CHECK(got->port != fleet.port);
	fleet_stop();
}

TEST(a_wrong_community_is_met_with_silence)
{
	start("-n 2 -c secret", NULL);
	fleet_get(SICK, 1, DESCR);
	fleet_stop();
	CHECK_INT(fleet_count("community"), 1);
	CHECK_INT(fleet_count("replies"), 0);
}

/* The farm says what it would be wrong to ask. */
TEST(counts_and_logs)
{
	char options[128], line[512];
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(SICK)};
	static const uint8_t junk[] = {0x30, 0x03, 0x02, 0x01, 0x05};

	char log[64];
	fleet_write_temporary(log, sizeof(log), "");
	snprintf(options, sizeof(options), "-n 2 --log %s", log);
	start(options, NULL);
	fleet_get(SICK, 1,
		  "1.3.6.1.6.3.15.1.1.1.0 1.3.6.1.6.3.16.1 1.3.6.1.4.1.2699.1.1.1 " DESCR);
	CHECK_INT(fleet_receive()->n, 4);
	fleet_get(SICK, 2, "1.3.6.1.6.3.1 1.3.6.1.4.1.2699.1.2.1");
	CHECK_INT(fleet_receive()->n, 2);
	fleet_ask(SICK, BR_SNMP_V1, (struct br_question)GETNEXT, DESCR);
	CHECK_INT(fleet_receive()->n, 1);
	fleet_ask(SICK, BR_SNMP_V2C, (struct br_question)GETBULK(2), DESCR " " OBJECT);
	CHECK_INT(fleet_receive()->n, 4);
	fleet_ask(SICK, BR_SNMP_V1, (struct br_question){.type = (enum br_pdu_type)0xa3},
		  DESCR);
	fleet_ask(SICK, BR_SNMP_V1, (struct br_question){.type = (enum br_pdu_type)0xa7},
		  DESCR);
	to.sin_port = htons(fleet.port);
	CHECK(sendto(fleet.socket, junk, sizeof(junk), 0, (struct sockaddr *)&to, sizeof(to)) >
	      0);
	check_silence();
	fleet_stop();
	static const struct {
		const char *name;
		int64_t want;
	} members[] = {
		{"requests", 8},  {"replies", 5}, {"get", 3},     {"next", 1},
		{"bulk", 1},      {"set", 1},     {"unknown", 1}, {"malformed", 1},
		{"forbidden", 3}, {"names", 12},  {"values", 7},  {"ignored", 3},
	};
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		check_case(members[i].name);
		CHECK_INT(fleet_count(members[i].name), members[i].want);
	}
	FILE *file = fopen(log, "r");
	size_t lines = 0;
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		lines++;
		CHECK(strncmp(line, "30", 2) == 0 &&
		      strspn(line, "0123456789abcdef\n") == strlen(line));
	}
	CHECK_INT(lines, 8);
	CHECK_STR(line, LAST_LINE);
	if (file != NULL)
		fclose(file);
	unlink(log);
}

/* Asks until the answer is this one; the farm's clock decides when, ours only gives up. */
static bool becomes(uint32_t address, const char *name, const char *want)
{
	for (int tries = 0; tries < 1000; tries++) {
		fleet_get(address, 1, name);
		if (strcmp(fleet_receive()->text, want) == 0)
			return true;
		(void)poll(NULL, 0, 10);
	}
	return false;
}

TEST(time_passes)
{
	start("-n 3 --as-recorded", "# printing\n"
				    "0 127.16.0.1 " LEVEL " add -20 every 0.05 until 0.5\n"
				    "0.1 127.16.0.1 " DESCR " set a longer text than before\n"
				    "0.1 all 1.3.6.1.2.1.43.18.1.1.2.1.7 put 2|4\n"
				    "0.1 127.16.0.1 " LAST_LEVEL " add -1\n"
				    "0.1 127.16.0.1 " COUNTER " add 1\n"
				    "0.1 127.16.0.1 " OBJECT " remove\n"
				    "0.2 127.16.0.1 1.3.6.1.4.1.99.5.0 put 4x|00ff\n");
	CHECK(becomes(SICK, "1.3.6.1.4.1.99.5.0", "1.3.6.1.4.1.99.5.0=04:00ff"));
	CHECK(becomes(SICK, LEVEL, LEVEL "=02:00"));
	fleet_get(SICK, 1, LAST_LEVEL " " COUNTER " " OBJECT " 1.3.6.1.2.1.43.18.1.1.2.1.7");
	CHECK_STR(fleet_receive()->text, LAST_LEVEL "=02:fd " COUNTER "=41:00 " OBJECT
						    "=80: 1.3.6.1.2.1.43.18.1.1.2.1.7=02:04");
	CHECK(becomes(SICK, DESCR,
		      DESCR "=04:61206c6f6e6765722074657874207468616e206265666f7265"));
	fleet_get(HEALTHY, 1, LEVEL " 1.3.6.1.2.1.43.18.1.1.2.1.7 1.3.6.1.4.1.99.5.0");
	CHECK_STR(fleet_receive()->text, LEVEL "=02:32 1.3.6.1.2.1.43.18.1.1.2.1.7=02:04 "
					       "1.3.6.1.4.1.99.5.0=80:");
	fleet_stop();
}

TEST(power)
{
	start("-n 2", "0 127.16.0.1 off\n0.3 127.16.0.1 on\n");
	fleet_get(SICK, 1, DESCR);
	check_silence();
	for (int tries = 0, n = 0; tries < 1000 && n != 1; tries++) {
		fleet_get(SICK, 5, DESCR);
		fleet_get(HEALTHY, 6, DESCR);
		n = fleet_receive()->id == 5;
		CHECK(n == 1 || tries < 999);
		(void)poll(NULL, 0, 10);
	}
	fleet_stop();
}

/* Exit status 2 and a sentence, before any socket is opened. */
TEST(refuses_what_it_does_not_know)
{
	static const char *const options[] = {
		"-n0",
		"-b10.0.0.1",
		"-b127.255.255.255 -n2",
		"-m99",
		"--fault all:tired",
		"--fault dead",
		"--fault all:loss=101",
		"--fault all:loss",
		"--fault all:dead=1",
		"--fault 127.16.0.9:dead",
		"--fault all:loop=x",
		"--fault all:bad-bulk=two",
		"--script /nonexistent",
		"/nonexistent",
		"--unknown",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		char *arguments[8], copy[128], *at = copy, *word;
		size_t used = 1;
		int status = 0;
		FILE *said;
		check_case(options[i]);
		arguments[0] = (char *)(uintptr_t)fleet_program();
		snprintf(copy, sizeof(copy), "%s", options[i]);
		while ((word = strsep(&at, " ")) != NULL)
			arguments[used++] = word;
		if (fleet.recording[0] == '\0')
			fleet_write_temporary(fleet.recording, sizeof(fleet.recording),
					      printer);
		arguments[used++] = fleet.recording;
		arguments[used] = NULL;
		pid_t pid = fleet_run(arguments, &said);
		CHECK_INT(waitpid(pid, &status, 0), pid);
		CHECK_INT(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 2);
		fclose(said);
	}
	unlink(fleet.recording);
	fleet.recording[0] = '\0';
}
