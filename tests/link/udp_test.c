/*
 * udp_test.c - one printer over one socket, on loopback. Waits are long enough for any machine;
 * what is checked is what was told, never how long it took.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/clock.h"
#include "check.h"
#include "decode/agent.h"
#include "link/read.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_MS = 20000, SHORT_MS = 150, HANGS_S = 120 };

static struct br_error err;

/* A socket bound to an address; *port is 0 or says which. */
static int bound(const char *address, uint16_t *port)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} name = {.v4 = {.sin_family = AF_INET, .sin_port = htons(*port)}};
	socklen_t len = sizeof name.v4;
	int fd;

	alarm(HANGS_S); /* a hang kills the program, and that is a failure */
	if (strchr(address, ':')) {
		name.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
						.sin6_port = htons(*port)};
		len = sizeof name.v6;
		inet_pton(AF_INET6, address, &name.v6.sin6_addr);
	} else {
		inet_pton(AF_INET, address, &name.v4.sin_addr);
	}
	fd = socket(name.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, &name.any, len) != 0 || getsockname(fd, &name.any, &len) != 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	*port = ntohs(name.any.sa_family == AF_INET6 ? name.v6.sin6_port : name.v4.sin_port);
	return fd;
}

static struct br_link link_to(const char *host, uint16_t port)
{
	struct br_link link = {0};
	struct br_target target;
	char text[300];

	snprintf(text, sizeof text, strchr(host, ':') ? "[%s]:%u" : "%s:%u", host, port);
	err.text[0] = '\0';
	CHECK_INT(br_target_parse(&target, text, &err), BR_OK);
	CHECK_INT(br_link_open(&link, &target, &err), BR_OK);
	return link;
}

static void expect_from(struct br_link *link, const char *want)
{
	uint8_t data[64];
	size_t len = 0;

	CHECK_INT(link->receive(link->self, data, sizeof data, br_clock_ms() + LONG_MS, &len,
				&err),
		  BR_OK);
	CHECK_MEM(data, len, want, strlen(want));
}

/* Sends "question" over the link, hears it at the socket, answers from another socket. */
static void ask_and_answer(struct br_link *link, int at, int from, const char *answer)
{
	struct sockaddr_storage who;
	socklen_t who_len = sizeof who;
	char data[64];
	ssize_t got;

	CHECK_INT(link->send(link->self, (const uint8_t *)"question", 8, &err), BR_OK);
	got = recvfrom(at, data, sizeof data, 0, (struct sockaddr *)&who, &who_len);
	CHECK_MEM(data, (size_t)got, "question", 8);
	CHECK(sendto(from, answer, strlen(answer), 0, (struct sockaddr *)&who, who_len) > 0);
}

static void round_trip(const char *address, const char *host)
{
	uint16_t port = 0;
	int server = bound(address, &port);
	struct br_link link;

	if (server < 0)
		check_skip("no such address on this machine");
	link = link_to(host, port);
	for (int i = 0; i < 3; i++) {
		ask_and_answer(&link, server, server, "answer");
		expect_from(&link, "answer");
	}
	br_link_close(&link);
	close(server);
}

TEST(ipv4)
{
	round_trip("127.0.0.1", "127.0.0.1");
}

TEST(ipv6)
{
	round_trip("::1", "::1");
}

TEST(a_name)
{
	struct br_target target;
	char address[INET6_ADDRSTRLEN];

	CHECK_INT(br_target_parse(&target, "localhost", &err), BR_OK);
	if (br_udp_resolve(&target, address, sizeof address, &err) != BR_OK)
		check_skip("localhost does not resolve here");
	round_trip(address, "localhost");
}

TEST(a_name_that_does_not_resolve)
{
	struct br_target target;
	struct br_link link = {0};

	CHECK_INT(br_target_parse(&target, "no-such-printer.invalid", &err), BR_OK);
	CHECK_INT(br_link_open(&link, &target, &err), BR_E_NAME);
	CHECK(strstr(err.text, "no-such-printer.invalid: the name does not resolve") != NULL);
}

static uint16_t closed_port(const char *address)
{
	uint16_t port = 0;
	int fd = bound(address, &port);

	if (fd < 0)
		check_skip("no such address on this machine");
	close(fd);
	return port;
}

static void refused_at(const char *address)
{
	struct br_link link = link_to(address, closed_port(address));
	uint8_t data[16];
	size_t len;

	/* Twice: the error of the first must not be told of the second's sending. */
	for (int i = 0; i < 2; i++) {
		CHECK_INT(link.send(link.self, (const uint8_t *)"q", 1, &err), BR_OK);
		CHECK_INT(link.receive(link.self, data, sizeof data, br_clock_ms() + LONG_MS,
				       &len, &err),
			  BR_E_NETWORK);
		CHECK(strstr(err.text, "refused: nothing listens there") != NULL);
	}
	br_link_close(&link);
}

TEST(a_closed_port_says_so_at_once)
{
	refused_at("127.0.0.1");
}

TEST(a_closed_port_says_so_at_once_in_ipv6)
{
	refused_at("::1");
}

/* The right answer comes after a stray one, and is the only one handed over. */
TEST(an_answer_from_another_address_is_passed_over)
{
	uint16_t port = 0, other_port = 0;
	int server = bound("127.0.0.1", &port), other = bound("127.0.0.2", &other_port);
	struct br_link link = link_to("127.0.0.1", port);

	ask_and_answer(&link, server, other, "stray");
	ask_and_answer(&link, server, server, "answer");
	expect_from(&link, "answer");
	br_link_close(&link);
	close(server);
	close(other);
}

static void expect_stray(const char *address, uint16_t *from, const char *sentence)
{
	uint16_t port = 0;
	int server = bound("127.0.0.1", &port), other = bound(address, from);
	struct br_link link = link_to("127.0.0.1", port);
	char number[8] = "";
	uint8_t data[16];
	size_t len;

	ask_and_answer(&link, server, other, "stray");
	CHECK_INT(link.receive(link.self, data, sizeof data, br_clock_ms() + SHORT_MS, &len,
			       &err),
		  BR_E_TIMEOUT);
	snprintf(number, sizeof number, "%u", *from);
	if (!strstr(err.text, sentence))
		check_failed(__FILE__, __LINE__, "\"%s\" does not say \"%s\"", err.text,
			     sentence);
	CHECK(strstr(err.text, address) != NULL);
	CHECK(strstr(sentence, "port") == NULL || strstr(err.text, number) != NULL);
	br_link_close(&link);
	close(server);
	close(other);
}

TEST(the_failure_names_who_answered_instead)
{
	uint16_t from = 0;

	expect_stray("127.0.0.2", &from, "no answer, but 127.0.0.2 answered: ask that address");
}

TEST(the_failure_names_the_port_that_answered_instead)
{
	uint16_t from = 0;

	expect_stray("127.0.0.1", &from, "no answer, but its port ");
}

TEST(silence_ends_at_the_deadline)
{
	uint16_t port = 0;
	int server = bound("127.0.0.1", &port);
	struct br_link link = link_to("127.0.0.1", port);
	uint8_t data[16];
	size_t len;

	CHECK_INT(link.send(link.self, (const uint8_t *)"q", 1, &err), BR_OK);
	CHECK_INT(link.receive(link.self, data, sizeof data, br_clock_ms() + SHORT_MS, &len,
			       &err),
		  BR_E_TIMEOUT);
	CHECK_INT(link.receive(link.self, data, sizeof data, br_clock_ms() - 1000, &len, &err),
		  BR_E_TIMEOUT);
	CHECK(strstr(err.text, "no answer") != NULL);
	br_link_close(&link);
	close(server);
}

/* A child that answers from a recording, or floods whoever asked, until it is killed. */
static pid_t serve(int server, int flood_from, const char *recording)
{
	pid_t pid = fork();
	struct br_recording rows;
	struct br_agent agent = {.recording = &rows};

	if (pid != 0)
		return pid;
	alarm(HANGS_S);
	if (recording && br_recording_load(&rows, recording, NULL) != BR_OK)
		_exit(1);
	for (;;) {
		static uint8_t question[2000], answer[2000];
		struct sockaddr_storage who;
		socklen_t who_len = sizeof who;
		ssize_t got = recvfrom(server, question, sizeof question, 0,
				       (struct sockaddr *)&who, &who_len);
		size_t len;

		for (; flood_from >= 0;) /* NOLINT(bugprone-infinite-loop): until killed */
			sendto(flood_from, "junk", 4, 0, (struct sockaddr *)&who, who_len);
		len = got > 0 ? br_agent_answer(&agent, question, (size_t)got, answer,
						sizeof answer)
			      : 0;
		if (len)
			sendto(server, answer, len, 0, (struct sockaddr *)&who, who_len);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

struct told {
	size_t n;
	char targets[4][BR_TARGET_SIZE];
	size_t supplies[4];
};

static void note_reading(void *user, const struct br_reading *reading)
{
	struct told *told = user;

	if (told->n == 4)
		return;
	br_text_copy(told->targets[told->n], BR_TARGET_SIZE, br_view(reading->target));
	told->supplies[told->n++] = reading->n_supplies;
}

static enum br_status read_target(const char *text, struct told *told)
{
	struct br_profile profile = {.version = BR_SNMP_V2C,
				     .community = "public",
				     .deadline_ms = LONG_MS,
				     .timeout_ms = 2000,
				     .retries = 1};
	struct br_read_options options = {.profile = &profile};
	struct br_target target;

	if (strstr(text, "impatient")) {
		text += strlen("impatient ");
		profile.deadline_ms = 2 * SHORT_MS;
		profile.timeout_ms = SHORT_MS / 2;
	}
	err.text[0] = '\0';
	told->n = 0;
	CHECK_INT(br_target_parse(&target, text, &err), BR_OK);
	return br_read(&target, &options, note_reading, told, &err);
}

TEST(a_print_server_gives_a_reading_of_each_printer)
{
	uint16_t port = 0;
	int server = bound("127.0.0.1", &port);
	pid_t child = serve(server, -1, "tests/recordings/printserver_two.snmprec");
	struct told told;
	char text[64], want[80];

	snprintf(text, sizeof text, "127.0.0.1:%u", port);
	CHECK_INT(read_target(text, &told), BR_OK);
	CHECK_INT(told.n, 2);
	snprintf(want, sizeof want, "udp:127.0.0.1:%u#1", port);
	CHECK_STR(told.targets[0], want);
	snprintf(text, sizeof text, "127.0.0.1:%u#2", port);
	CHECK_INT(read_target(text, &told), BR_OK);
	CHECK_INT(told.n, 1);
	snprintf(want, sizeof want, "udp:127.0.0.1:%u#2", port);
	CHECK_STR(told.targets[0], want);
	snprintf(text, sizeof text, "127.0.0.1:%u#9", port);
	CHECK_INT(read_target(text, &told), BR_E_ABSENT);
	CHECK_INT(told.n, 0);
	CHECK(strstr(err.text, "no printer with hrDeviceIndex 9") != NULL);
	end(child);
	close(server);
}

TEST(reading_a_closed_port)
{
	struct told told;
	char text[64];

	snprintf(text, sizeof text, "127.0.0.1:%u", closed_port("127.0.0.1"));
	CHECK_INT(read_target(text, &told), BR_E_NETWORK);
	CHECK(strstr(err.text, "refused") != NULL);
	CHECK_INT(told.n, 0);
}

static void flooded(const char *from)
{
	uint16_t port = 0, flood_port = 0;
	int server = bound("127.0.0.1", &port),
	    other = from ? bound(from, &flood_port) : server;
	pid_t child = serve(server, other, NULL);
	struct told told;
	char text[64];

	snprintf(text, sizeof text, "impatient 127.0.0.1:%u", port);
	CHECK_INT(read_target(text, &told), from ? BR_E_TIMEOUT : BR_E_MALFORMED);
	CHECK_INT(told.n, 0);
	end(child);
	close(server);
	if (from)
		close(other);
}

TEST(a_flood_of_junk_ends_at_the_deadline)
{
	flooded(NULL);
}

TEST(a_flood_from_elsewhere_ends_at_the_deadline)
{
	flooded("127.0.0.2");
}
