/*
 * farm_test.c - the simulated fleet does what its manual says: healthy, and with each fault.
 *
 * The farm is started on a free port and asked over real sockets. That nothing comes is known from
 * a healthy neighbour that is asked afterwards, not from a clock.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "check.h"
#include "decode/agent.h"
#include "decode/pdu.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glob.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SICK 0x7f100001    /* 127.16.0.1: has the fault */
#define HEALTHY 0x7f100002 /* 127.16.0.2 */
#define PATIENCE_MS 10000  /* never waited for when all is well */
#define MAX_ARGUMENTS 24

static const char printer[] =
	"1.3.6.1.2.1.1.1.0|4|Printer\n"
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

#define DESCR "1.3.6.1.2.1.1.1.0"
#define OBJECT "1.3.6.1.2.1.1.2.0"
#define UPTIME "1.3.6.1.2.1.1.3.0"
#define NAME "1.3.6.1.2.1.1.5.0"
#define LEVEL "1.3.6.1.2.1.43.11.1.1.9.1.1"
#define LAST_LEVEL "1.3.6.1.2.1.43.11.1.1.9.1.2"
#define COUNTER "1.3.6.1.4.1.99.1.0"

static struct fleet {
	pid_t pid;
	FILE *said;
	uint16_t port;
	int socket;
	char recording[64], log[64], script[64], line[2048];
} fleet;

static void write_temporary(char *path, size_t size, const char *text)
{
	const char *directory = getenv("TMPDIR");

	snprintf(path, size, "%s/brayer-farm-XXXXXX", directory != NULL ? directory : "/tmp");
	int fd = mkstemp(path);
	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static const char *farm_program(void)
{
	static char path[512];
	const char *build = getenv("BRAYER_BUILD");

	snprintf(path, sizeof(path), "%s/tests/farm/farm", build != NULL ? build : ".");
	if (access(path, X_OK) != 0)
		check_skip("no farm program here (BRAYER_BUILD)");
	return path;
}

/* Runs a program with its output in a pipe. */
static pid_t run(char *const arguments[], FILE **said)
{
	int ends[2];

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(ends[1], 1);
		dup2(null, 2);
		execvp(arguments[0], arguments);
		_exit(127);
	}
	close(ends[1]);
	*said = fdopen(ends[0], "r");
	return pid;
}

/* options are separated by blanks; %s stands for the script. */
static void start_with(const char *options, const char *script, char *const *recordings, size_t n)
{
	char *arguments[MAX_ARGUMENTS + 64], copy[512], *at = copy, *word;
	size_t used = 0;

	fleet.script[0] = fleet.log[0] = '\0';
	arguments[used++] = (char *)(uintptr_t)farm_program();
	arguments[used++] = (char *)(uintptr_t) "-p0";
	if (script != NULL) {
		write_temporary(fleet.script, sizeof(fleet.script), script);
		arguments[used++] = (char *)(uintptr_t) "--script";
		arguments[used++] = fleet.script;
	}
	snprintf(copy, sizeof(copy), "%s", options);
	while ((word = strsep(&at, " ")) != NULL && used < MAX_ARGUMENTS)
		if (*word != '\0')
			arguments[used++] = word;
	for (size_t i = 0; i < n && i < 60; i++)
		arguments[used++] = recordings[i];
	arguments[used] = NULL;
	fleet.pid = run(arguments, &fleet.said);
	fleet.line[0] = '\0';
	CHECK(fgets(fleet.line, sizeof(fleet.line), fleet.said) != NULL);
	CHECK(strncmp(fleet.line, "ready ", 6) == 0);
	fleet.port = strncmp(fleet.line, "ready ", 6) ? 1 : (uint16_t)strtoul(fleet.line + 6, NULL, 10);
	fleet.socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static void start(const char *options, const char *script)
{
	char *recordings[1] = {fleet.recording};

	(void)farm_program();
	write_temporary(fleet.recording, sizeof(fleet.recording), printer);
	start_with(options, script, recordings, 1);
}

/* Reads the counts that the farm prints at its end. */
static void stop(void)
{
	int status = -1;

	kill(fleet.pid, SIGTERM);
	CHECK(fgets(fleet.line, sizeof(fleet.line), fleet.said) != NULL);
	CHECK_INT(waitpid(fleet.pid, &status, 0), fleet.pid);
	CHECK_INT(status, 0);
	fclose(fleet.said);
	close(fleet.socket);
	if (fleet.recording[0] != '\0')
		unlink(fleet.recording);
	if (fleet.script[0] != '\0')
		unlink(fleet.script);
	fleet.recording[0] = '\0';
}

static int64_t count(const char *member)
{
	char quoted[64];

	snprintf(quoted, sizeof(quoted), "\"%s\":", member);
	const char *at = strstr(fleet.line, quoted);
	return at != NULL ? strtoll(at + strlen(quoted), NULL, 10) : -1;
}

static void ask(uint32_t address, enum br_version version, struct br_question question,
		const char *names)
{
	static struct br_oid oids[BR_PDU_MAX_NAMES];
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(fleet.port),
				 .sin_addr.s_addr = htonl(address)};
	struct br_view rest = br_view(names), word;
	uint8_t buffer[1500];
	size_t len = 0;

	while ((word = br_view_word(&rest)).len > 0) {
		CHECK_INT(br_oid_parse(&oids[question.n_names], word.at, word.len), BR_OK);
		question.names[question.n_names] = &oids[question.n_names];
		question.n_names++;
	}
	const uint8_t *at = br_message_write(buffer, sizeof(buffer), version, br_view("public"),
					     &question, &len);
	CHECK(at != NULL && sendto(fleet.socket, at, len, 0, (struct sockaddr *)&to,
				   sizeof(to)) == (ssize_t)len);
}

static void get(uint32_t address, int32_t id, const char *names)
{
	ask(address, BR_SNMP_V2C, (struct br_question){.type = BR_PDU_GET, .request_id = id}, names);
}

struct got {
	uint32_t address;
	uint16_t port;
	int32_t id, error;
	size_t len, n;
	bool broken;
	uint8_t bytes[9000];
	char text[4096]; /* "name=TAG:hex …" */
};

static void read_varbinds(struct got *got, struct br_answer *answer)
{
	struct br_varbind varbind;
	struct br_buf buf;
	bool broken;
	char name[BR_OID_TEXT_SIZE];

	br_buf_init(&buf, sizeof(got->text));
	br_buf_text(&buf, "");
	while (br_varbind_take(&answer->varbinds, &varbind, &broken)) {
		br_oid_format(name, sizeof(name), varbind.name, varbind.name_len);
		br_buf_format(&buf, "%s%s=%02x:", got->n++ ? " " : "", name, varbind.value.tag);
		for (size_t i = 0; i < varbind.value.len; i++)
			br_buf_format(&buf, "%02x", varbind.value.data[i]);
	}
	(void)br_text_copy(got->text, sizeof(got->text), (struct br_view){buf.data, buf.len});
	br_buf_clear(&buf);
}

/* The next datagram; fails the test if none comes. */
static struct got *receive(void)
{
	static struct got got;
	struct pollfd ready = {fleet.socket, POLLIN, 0};
	struct sockaddr_in from = {0};
	socklen_t from_len = sizeof(from);
	struct br_answer answer = {0};

	memset(&got, 0, offsetof(struct got, bytes));
	got.text[0] = '\0';
	if (poll(&ready, 1, PATIENCE_MS) != 1) {
		check_failed(__FILE__, __LINE__, "no reply");
		return &got;
	}
	ssize_t len = recvfrom(fleet.socket, got.bytes, sizeof(got.bytes), 0,
			       (struct sockaddr *)&from, &from_len);
	got.address = ntohl(from.sin_addr.s_addr);
	got.port = ntohs(from.sin_port);
	got.len = len > 0 ? (size_t)len : 0;
	got.broken = !br_message_read(got.bytes, got.len, &answer);
	got.id = answer.request_id;
	got.error = answer.error;
	if (!got.broken)
		read_varbinds(&got, &answer);
	return &got;
}

/* Nothing but the neighbour's answer comes. */
static void check_silence(void)
{
	get(HEALTHY, 999, DESCR);
	CHECK_INT(receive()->id, 999);
}

TEST(answers_from_the_address_that_was_asked)
{
	start("-n 3", NULL);
	for (uint32_t address = SICK; address < SICK + 3; address++) {
		get(address, (int32_t)(address & 255), DESCR " " UPTIME);
		struct got *got = receive();
		CHECK_INT(got->address, address);
		CHECK_INT(got->port, fleet.port);
		CHECK_INT(got->id, address & 255);
		CHECK_INT(got->n, 2);
	}
	get(SICK + 3, 7, DESCR);
	check_silence();
	stop();
	CHECK_INT(count("requests"), 5);
	CHECK_INT(count("replies"), 4);
	CHECK_INT(count("stray"), 1);
	CHECK_INT(count("printers"), 3);
	CHECK_INT(count("min"), 1);
	CHECK_INT(count("max"), 2);
}

TEST(printers_differ)
{
	start("-n 2", NULL);
	get(SICK, 1, NAME " 1.3.6.1.2.1.43.5.1.1.17.1");
	CHECK_STR(receive()->text, NAME "=04:70726e2d31362d302d31 "
					"1.3.6.1.2.1.43.5.1.1.17.1=04:534e3746313030303031");
	get(HEALTHY, 1, NAME);
	CHECK_STR(receive()->text, NAME "=04:70726e2d31362d302d32");
	stop();
	start("--as-recorded", NULL);
	get(SICK, 1, NAME " " UPTIME " 1.3.6.1.2.1.43.5.1.1.17.1");
	CHECK_STR(receive()->text, NAME "=04:7265636f72646564 " UPTIME
					"=43:64 1.3.6.1.2.1.43.5.1.1.17.1=04:4131");
	stop();
}

/* GET of DESCR at the healthy one, number 999: how check_silence asks. */
#define LAST_LINE                                                                                  \
	"302702010104067075626c6963a01a020203e7020100020100300e300c06082b060102010101000500\n"

#define GETNEXT {.type = BR_PDU_GETNEXT, .request_id = 1}
#define GETBULK(repeat)                                                                            \
	{.type = BR_PDU_GETBULK, .request_id = 1, .max_repetitions = repeat}
#define GET {.type = BR_PDU_GET, .request_id = 1}

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
		ask(SICK, faults[i].version, faults[i].question, faults[i].names);
		if (strcmp(faults[i].want, "") != 0) {
			struct got *got = receive();
			snprintf(want, sizeof(want), "!%d", got->error);
			CHECK_INT(got->address, SICK);
			CHECK_STR(got->error ? want : got->text, faults[i].want);
		}
		check_silence();
		stop();
	}
}

TEST(every_counter64_is_kept_from_v1)
{
	start("-n 2", NULL);
	ask(SICK, BR_SNMP_V1, (struct br_question)GETNEXT, COUNTER);
	CHECK_STR(receive()->text, "1.3.6.1.4.1.99.3.0=04:00ff0a");
	stop();
}

/* Asks the sick printer, waits for what comes, and returns what was sent in which order. */
static size_t ask_many(int32_t n, size_t replies, int32_t order[])
{
	for (int32_t i = 0; i < n; i++)
		get(SICK, i, DESCR);
	for (size_t i = 0; i < replies; i++)
		order[i] = receive()->id;
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
			get(SICK, id, DESCR);
		get(HEALTHY, 1000, DESCR);
		while (receive()->id != 1000)
			continue;
		stop();
		lost[i] = count("lost");
		CHECK_INT(lost[i] + count("replies"), 201);
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
	stop();
}

TEST(reordered_or_jittered)
{
	int32_t order[40];

	start("-n 2 --fault 127.16.0.1:reorder=50", NULL);
	CHECK(!increasing(order, ask_many(40, 40, order)));
	stop();
	start("-n 2 --fault 127.16.0.1:jitter=50", NULL);
	CHECK(!increasing(order, ask_many(40, 40, order)));
	stop();
	start("-n 2", NULL);
	CHECK(increasing(order, ask_many(40, 40, order)));
	stop();
}

/* With serial, the delays of one printer add up, so that its order is kept whatever the jitter. */
TEST(serial_keeps_the_order)
{
	int32_t order[20];

	start("-n 2 --fault all:serial --fault 127.16.0.1:jitter=20", NULL);
	CHECK(increasing(order, ask_many(20, 20, order)));
	stop();
}

TEST(a_delayed_printer_answers_after_its_neighbour)
{
	start("-n 2 --fault 127.16.0.1:delay=150", NULL);
	get(SICK, 1, DESCR);
	get(HEALTHY, 2, DESCR);
	CHECK_INT(receive()->id, 2);
	CHECK_INT(receive()->id, 1);
	stop();
}

TEST(late_replies_come_twice)
{
	start("-n 2 --fault 127.16.0.1:late=100", NULL);
	get(SICK, 1, DESCR);
	check_silence();
	CHECK_INT(receive()->id, 1);
	CHECK_INT(receive()->id, 1);
	stop();
	CHECK_INT(count("replies"), 3);
}

TEST(stalls_after_some)
{
	start("-n 2 --fault 127.16.0.1:stall=2", NULL);
	for (int32_t i = 1; i <= 3; i++)
		get(SICK, i, DESCR);
	CHECK_INT(receive()->id, 1);
	CHECK_INT(receive()->id, 2);
	check_silence();
	stop();
	CHECK_INT(count("ignored"), 1);
}

TEST(truncated_replies_are_shorter)
{
	size_t whole, shorter = 0;

	start("-n 2 --fault 127.16.0.1:truncate=100", NULL);
	get(HEALTHY, 1, DESCR);
	whole = receive()->len;
	for (int32_t i = 0; i < 20; i++) {
		get(SICK, 1, DESCR);
		struct got *got = receive();
		CHECK(got->broken);
		shorter += got->len < whole;
	}
	CHECK_INT(shorter, 20);
	stop();
}

TEST(wrong_senders)
{
	start("-n 2 --fault 127.16.0.1:wrong-address", NULL);
	get(SICK, 1, DESCR);
	struct got *got = receive();
	CHECK_INT(got->id, 1);
	CHECK_INT(got->address >> 24, 127);
	CHECK(got->address != SICK);
	stop();
	start("-n 2 --fault 127.16.0.1:wrong-port", NULL);
	get(SICK, 1, DESCR);
	got = receive();
	CHECK_INT(got->id, 1);
	CHECK_INT(got->address, SICK);
	CHECK(got->port != fleet.port);
	stop();
}

TEST(a_wrong_community_is_met_with_silence)
{
	start("-n 2 -c secret", NULL);
	get(SICK, 1, DESCR);
	stop();
	CHECK_INT(count("community"), 1);
	CHECK_INT(count("replies"), 0);
}

/* The farm says what it would be wrong to ask. */
TEST(counts_and_logs)
{
	char options[128], line[512];
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(SICK)};
	static const uint8_t junk[] = {0x30, 0x03, 0x02, 0x01, 0x05};

	char log[64];
	write_temporary(log, sizeof(log), "");
	snprintf(options, sizeof(options), "-n 2 --log %s", log);
	start(options, NULL);
	get(SICK, 1, "1.3.6.1.6.3.15.1.1.1.0 1.3.6.1.6.3.16.1 1.3.6.1.4.1.2699.1.1.1 " DESCR);
	CHECK_INT(receive()->n, 4);
	get(SICK, 2, "1.3.6.1.6.3.1 1.3.6.1.4.1.2699.1.2.1");
	CHECK_INT(receive()->n, 2);
	ask(SICK, BR_SNMP_V1, (struct br_question)GETNEXT, DESCR);
	CHECK_INT(receive()->n, 1);
	ask(SICK, BR_SNMP_V2C, (struct br_question)GETBULK(2), DESCR " " OBJECT);
	CHECK_INT(receive()->n, 4);
	ask(SICK, BR_SNMP_V1, (struct br_question){.type = (enum br_pdu_type)0xa3}, DESCR);
	ask(SICK, BR_SNMP_V1, (struct br_question){.type = (enum br_pdu_type)0xa7}, DESCR);
	to.sin_port = htons(fleet.port);
	CHECK(sendto(fleet.socket, junk, sizeof(junk), 0, (struct sockaddr *)&to, sizeof(to)) > 0);
	check_silence();
	stop();
	static const struct {
		const char *name;
		int64_t want;
	} members[] = {
		{"requests", 8}, {"replies", 5}, {"get", 3}, {"next", 1}, {"bulk", 1}, {"set", 1},
		{"unknown", 1}, {"malformed", 1}, {"forbidden", 3}, {"names", 12}, {"values", 7},
		{"ignored", 3},
	};
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		check_case(members[i].name);
		CHECK_INT(count(members[i].name), members[i].want);
	}
	FILE *file = fopen(log, "r");
	size_t lines = 0;
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		lines++;
		CHECK(strncmp(line, "30", 2) == 0 && strspn(line, "0123456789abcdef\n") == strlen(line));
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
		get(address, 1, name);
		if (strcmp(receive()->text, want) == 0)
			return true;
		(void)poll(NULL, 0, 10);
	}
	return false;
}

TEST(time_passes)
{
	start("-n 3 --as-recorded",
	      "# printing\n"
	      "0 127.16.0.1 " LEVEL " add -20 every 0.05 until 0.5\n"
	      "0.1 127.16.0.1 " DESCR " set a longer text than before\n"
	      "0.1 all 1.3.6.1.2.1.43.18.1.1.2.1.7 put 2|4\n"
	      "0.1 127.16.0.1 " LAST_LEVEL " add -1\n"
	      "0.1 127.16.0.1 " COUNTER " add 1\n"
	      "0.1 127.16.0.1 " OBJECT " remove\n"
	      "0.2 127.16.0.1 1.3.6.1.4.1.99.5.0 put 4x|00ff\n");
	CHECK(becomes(SICK, "1.3.6.1.4.1.99.5.0", "1.3.6.1.4.1.99.5.0=04:00ff"));
	CHECK(becomes(SICK, LEVEL, LEVEL "=02:00"));
	get(SICK, 1, LAST_LEVEL " " COUNTER " " OBJECT " 1.3.6.1.2.1.43.18.1.1.2.1.7");
	CHECK_STR(receive()->text, LAST_LEVEL "=02:fd " COUNTER "=41:00 " OBJECT
		  "=80: 1.3.6.1.2.1.43.18.1.1.2.1.7=02:04");
	CHECK(becomes(SICK, DESCR, DESCR "=04:61206c6f6e6765722074657874207468616e206265666f7265"));
	get(HEALTHY, 1, LEVEL " 1.3.6.1.2.1.43.18.1.1.2.1.7 1.3.6.1.4.1.99.5.0");
	CHECK_STR(receive()->text, LEVEL "=02:32 1.3.6.1.2.1.43.18.1.1.2.1.7=02:04 "
		  "1.3.6.1.4.1.99.5.0=80:");
	stop();
}

TEST(power)
{
	start("-n 2", "0 127.16.0.1 off\n0.3 127.16.0.1 on\n");
	get(SICK, 1, DESCR);
	check_silence();
	for (int tries = 0, n = 0; tries < 1000 && n != 1; tries++) {
		get(SICK, 5, DESCR);
		get(HEALTHY, 6, DESCR);
		n = receive()->id == 5;
		CHECK(n == 1 || tries < 999);
		(void)poll(NULL, 0, 10);
	}
	stop();
}

/* Exit status 2 and a sentence, before any socket is opened. */
TEST(refuses_what_it_does_not_know)
{
	static const char *const options[] = {
		"-n0", "-b10.0.0.1", "-b127.255.255.255 -n2", "-m99", "--fault all:tired", "--fault dead",
		"--fault all:loss=101", "--fault all:loss", "--fault all:dead=1",
		"--fault 127.16.0.9:dead", "--fault all:loop=x", "--fault all:bad-bulk=two",
		"--script /nonexistent", "/nonexistent", "--unknown",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		char *arguments[8], copy[128], *at = copy, *word;
		size_t used = 1;
		int status = 0;
		FILE *said;
		check_case(options[i]);
		arguments[0] = (char *)(uintptr_t)farm_program();
		snprintf(copy, sizeof(copy), "%s", options[i]);
		while ((word = strsep(&at, " ")) != NULL)
			arguments[used++] = word;
		if (fleet.recording[0] == '\0')
			write_temporary(fleet.recording, sizeof(fleet.recording), printer);
		arguments[used++] = fleet.recording;
		arguments[used] = NULL;
		pid_t pid = run(arguments, &said);
		CHECK_INT(waitpid(pid, &status, 0), pid);
		CHECK_INT(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 2);
		fclose(said);
	}
	unlink(fleet.recording);
	fleet.recording[0] = '\0';
}

static bool is_same(const struct br_recording *a, const struct br_recording *b)
{
	if (a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct br_recorded *x = &a->rows[i], *y = &b->rows[i];
		if (br_oid_compare(x->name.ber, x->name.len, y->name.ber, y->name.len) != 0 ||
		    x->tag != y->tag || x->len != y->len ||
		    memcmp(a->values + x->at, b->values + y->at, x->len) != 0) {
			char name[BR_OID_TEXT_SIZE];
			br_oid_format(name, sizeof(name), x->name.ber, x->name.len);
			check_failed(__FILE__, __LINE__, "differs at %s", name);
			return false;
		}
	}
	return true;
}

/* What a tool of net-snmp prints, as a recording. */
static void walk(const char *tool, const char *version, const char *form, uint32_t address,
		 struct br_recording *walked)
{
	char where[64];
	char *arguments[] = {(char *)(uintptr_t)tool, (char *)(uintptr_t)version,
			     (char *)(uintptr_t) "-m", (char *)(uintptr_t) "", (char *)(uintptr_t)form,
			     (char *)(uintptr_t) "-cpublic", where, (char *)(uintptr_t) ".1", NULL};
	struct br_error err = {""};
	struct br_buf buf;
	char part[4096];
	size_t n;
	FILE *said;

	snprintf(where, sizeof(where), "127.%u.%u.%u:%u", address >> 16 & 255, address >> 8 & 255,
		 address & 255, fleet.port);
	pid_t pid = run(arguments, &said);
	br_buf_init(&buf, 16u << 20);
	while ((n = fread(part, 1, sizeof(part), said)) > 0)
		br_buf_add(&buf, part, n);
	fclose(said);
	waitpid(pid, NULL, 0);
	CHECK_INT(br_recording_parse(walked, (struct br_view){buf.data, buf.len}, tool, &err), BR_OK);
	CHECK_STR(err.text, "");
	br_buf_clear(&buf);
}

static void need_tools(void)
{
	char *arguments[] = {(char *)(uintptr_t) "snmpbulkwalk", (char *)(uintptr_t) "-V", NULL};
	FILE *said;
	int status = 0;
	pid_t pid = run(arguments, &said);

	waitpid(pid, &status, 0);
	fclose(said);
	if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
		check_skip("no snmpbulkwalk (Debian: snmp)");
}

static const struct {
	const char *name, *tool, *version, *form;
} tools[] = {
	{"bulk walk", "snmpbulkwalk", "-v2c", "-On"},
	{"bulk walk, plain ticks, no units", "snmpbulkwalk", "-v2c", "-OnetU"},
	{"walk by GETNEXT", "snmpwalk", "-v2c", "-Oe"},
	{"walk in hex", "snmpbulkwalk", "-v2c", "-Onx"},
	{"walk of v1", "snmpwalk", "-v1", "-On"},
};

static void drop_counter64(struct br_recording *recording)
{
	size_t kept = 0;

	for (size_t i = 0; i < recording->n_rows; i++)
		if (recording->rows[i].tag != BR_BER_COUNTER64)
			recording->rows[kept++] = recording->rows[i];
	recording->n_rows = kept;
}

/* Walks one printer with every tool and compares with what it was made from. */
static void compare_walks(const char *path, uint32_t address)
{
	struct br_recording want, walked;

	CHECK_INT(br_recording_load(&want, path, NULL), BR_OK);
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		char name[512];
		snprintf(name, sizeof(name), "%s, %s", path, tools[i].name);
		check_case(name);
		walk(tools[i].tool, tools[i].version, tools[i].form, address, &walked);
		if (strcmp(tools[i].version, "-v1") == 0)
			drop_counter64(&want);
		CHECK_INT(walked.n_rows, want.n_rows);
		CHECK(is_same(&want, &walked));
		br_recording_clear(&walked);
	}
	br_recording_clear(&want);
	check_case(NULL);
}

TEST(net_snmp_walks_what_was_recorded)
{
	need_tools();
	start("--as-recorded", NULL);
	compare_walks(fleet.recording, SICK);
	stop();
}

TEST(net_snmp_walks_the_corpus)
{
	const char *corpus = getenv("BRAYER_CORPUS");
	char pattern[512];
	glob_t found;

	need_tools();
	(void)farm_program();
	snprintf(pattern, sizeof(pattern), "%s/snmp/*.snmprec",
		 corpus != NULL ? corpus : "../shared/corpus");
	if (glob(pattern, 0, NULL, &found) != 0)
		check_skip("no corpus of recordings here");
	fleet.recording[0] = '\0';
	start_with("-n 60 --as-recorded", NULL, found.gl_pathv, found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc && i < 60; i++)
		compare_walks(found.gl_pathv[i], SICK + (uint32_t)i);
	stop();
	globfree(&found);
}
