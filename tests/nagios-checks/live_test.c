/*
 * live_test.c - a printer that answers, one that is silent, and all that can be in between.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fleet/simulated.h"
#include "nagios-checks/source_run.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char *const mono[] = {(char *)"tests/recordings/hp_mono.snmprec"};

static void begins(const struct run *run, const char *want)
{
	if (strncmp(run->text, want, strlen(want)) != 0)
		check_failed(__FILE__, __LINE__, "\"%s\", wanted \"%s\"", run->text, want);
}

static void is_silent(const struct run *run, int code, const char *want)
{
	CHECK_INT(run->code, code);
	CHECK_STR(run->text, want);
}

TEST(a_printer_that_answers)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 10000;
	fleet_start_files("-n 1", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	begins(&run, "SUPPLIES CRITICAL: toner-black 9 %");
	CHECK_INT(run.code, PLUGIN_CRITICAL);
	CHECK_STR(plugin_stage, "asking the printer");
	fleet_stop();
}

/* Questions that two seconds, or three tenths of one, leave room for: all attempts. */
TEST(all_attempts_fit_into_the_time)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 300;
	fleet_start_files("-n 1 --fault all:dead", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	is_silent(
		&run, PLUGIN_UNKNOWN,
		"SUPPLIES UNKNOWN: no answer within 0.3 s: it is switched off, or SNMP is, or "
		"the community is wrong");
	fleet_stop();
	CHECK_INT(fleet_count("requests"), 3);
}

TEST(retries_are_the_users)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 300;
	run.settings.retries = "0";
	fleet_start_files("-n 1 --fault all:dead", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	begins(&run, "SUPPLIES UNKNOWN: no answer within 0.3 s: ");
	fleet_stop();
	CHECK_INT(fleet_count("requests"), 1);
}

/* Switched off at night (Tylan #31): the state is the user's choice. */
TEST(an_offline_printer_is_what_the_user_says)
{
	static const enum plugin_state states[] = {PLUGIN_OK, PLUGIN_WARNING, PLUGIN_CRITICAL,
						   PLUGIN_UNKNOWN};
	struct run run;

	fleet_start_files("-n 1 --fault all:dead", NULL, mono, 1);
	for (size_t i = 0; i < COUNT(states); i++) {
		check_case(plugin_state_name(states[i]));
		run_init(&run, PLUGIN_ALL);
		run.settings.timeout_ms = 200;
		run.settings.offline_state = states[i];
		run.settings.timeout_state = (states[i] + 1) % 4;
		run_check_at(&run, "127.16.0.1", fleet.port);
		CHECK_INT(run.code, states[i]);
	}
	fleet_stop();
}

TEST(a_wrong_community_is_silence)
{
	struct run run;

	run_init(&run, PLUGIN_STATUS);
	run.settings.timeout_ms = 300;
	run.settings.community = "wrong";
	fleet_start_files("-n 1 -c right", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	begins(&run, "STATUS UNKNOWN: no answer within 0.3 s: ");
	CHECK(strstr(run.text, "community is wrong") != NULL);
	run.settings.timeout_ms = 10000;
	run.settings.community = "right";
	run_check_at(&run, "127.16.0.1", fleet.port);
	CHECK(strstr(run.text, "no answer") == NULL);
	fleet_stop();
}

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

/* It is there, so it is not offline, whatever the user wants of that. */
TEST(a_closed_port_is_not_offline)
{
	const uint16_t port = closed_port();
	char want[200];
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.offline_state = PLUGIN_OK;
	run.settings.timeout_state = PLUGIN_OK;
	snprintf(want, sizeof want,
		 "SUPPLIES UNKNOWN: 127.0.0.1:%u: refused: nothing listens there; is SNMP "
		 "switched on in the printer?",
		 port);
	run_check_at(&run, "127.0.0.1", port);
	is_silent(&run, PLUGIN_UNKNOWN, want);
}

/* In a network of its own without any route, in a process of its own. */
TEST(no_way_there_is_offline)
{
	struct run run;
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
			_exit(77);
		run_init(&run, PLUGIN_SUPPLIES);
		run.settings.offline_state = PLUGIN_WARNING;
		run_check(&run, "192.0.2.1");
		_exit(run.code != PLUGIN_WARNING ||
		      strcmp(run.text,
			     "SUPPLIES WARNING: 192.0.2.1:161: Network is unreachable: "
			     "it is switched off, or the way there is cut") != 0);
	}
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		check_skip("no network namespace can be made here");
	CHECK_INT(WEXITSTATUS(status), 0);
}

TEST(a_name_that_does_not_resolve)
{
	struct run run;

	run_init(&run, PLUGIN_TRAYS);
	run.settings.offline_state = PLUGIN_OK;
	run_check(&run, "printer.invalid");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	begins(&run, "TRAYS UNKNOWN: printer.invalid: the name does not resolve: ");
	CHECK_STR(plugin_stage, "resolving the name");
}

/* It answered, and then no more: not offline, and no all-clear. */
TEST(a_printer_that_stalls)
{
	struct run run;

	run_init(&run, PLUGIN_TRAYS);
	run.settings.timeout_ms = 600;
	run.settings.offline_state = PLUGIN_OK;
	run.settings.timeout_state = PLUGIN_CRITICAL;
	fleet_start_files("-n 2 --fault all:stall=1", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	CHECK_INT(run.code, PLUGIN_CRITICAL);
	CHECK_STR(run.text,
		  "TRAYS CRITICAL: time was up before the printer had said everything");
	/* Its panel came, and says what is wrong; that may be worse than it looks. */
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 600;
	run_check_at(&run, "127.16.0.2", fleet.port);
	CHECK_STR(run.text,
		  "SUPPLIES UNKNOWN: time was up before the printer had said everything, a "
		  "black supply is low (panel: Black cartridge low), which one is not said");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	fleet_stop();
}

TEST(time_that_is_up_already)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 0;
	run.settings.timeout_state = PLUGIN_WARNING;
	run_check(&run, "127.0.0.1");
	is_silent(&run, PLUGIN_WARNING,
		  "SUPPLIES WARNING: time was up before the printer could be asked");
}

TEST(something_that_is_no_printer)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 900;
	run.settings.offline_state = PLUGIN_OK;
	fleet_start_files("-n 1 --fault all:truncate=100", NULL, mono, 1);
	run_check_at(&run, "127.16.0.1", fleet.port);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	CHECK(strstr(run.text, "something answers there, but with no SNMP") != NULL);
	fleet_stop();
}

/* Whatever it says to SNMPv3: somebody is there, so it is not offline. */
TEST(something_that_is_no_snmpv3)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct run run;
	pid_t child;

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	      getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	child = fork();
	if (child == 0) {
		struct sockaddr_in from;
		socklen_t size = sizeof from;
		char heard[2000];

		alarm(30);
		while (recvfrom(fd, heard, sizeof heard, 0, (struct sockaddr *)&from, &size) >
		       0)
			(void)!sendto(fd, "hello", 5, 0, (struct sockaddr *)&from, size);
		_exit(0);
	}
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 300;
	run.settings.offline_state = PLUGIN_OK;
	run.settings.user = "monitor";
	run_check_at(&run, "127.0.0.1", ntohs(at.sin_port));
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	kill(child, SIGKILL);
	CHECK_INT(waitpid(child, NULL, 0), child);
	close(fd);
}

/* It is on, and answers in its own way. */
TEST(an_answer_from_another_port_is_not_offline)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct run run;
	pid_t child;

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	      getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	child = fork();
	if (child == 0) {
		int other = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		struct sockaddr_in from;
		socklen_t size = sizeof from;
		char heard[2000];

		alarm(30);
		while (recvfrom(fd, heard, sizeof heard, 0, (struct sockaddr *)&from, &size) >
		       0)
			(void)!sendto(other, "0", 1, 0, (struct sockaddr *)&from, size);
		_exit(0);
	}
	run_init(&run, PLUGIN_SUPPLIES);
	run.settings.timeout_ms = 300;
	run.settings.offline_state = PLUGIN_OK;
	run_check_at(&run, "127.0.0.1", ntohs(at.sin_port));
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	CHECK(strstr(run.text, "no answer, but its port ") != NULL);
	run.settings.offline_last = true;
	run_check_at(&run, "127.0.0.1", ntohs(at.sin_port));
	CHECK(strstr(run.text, "no answer, but its port ") != NULL);
	kill(child, SIGKILL);
	CHECK_INT(waitpid(child, NULL, 0), child);
	close(fd);
}

/* However many attempts there are, all of them are made, within whatever time there is. */
TEST(attempts_and_time)
{
	static const struct {
		const char *name, *retries;
		int64_t timeout_ms;
		long requests;
	} rows[] = {
		{"one", "0", 300, 1},
		{"as usual", NULL, 1000, 3},
		{"many in little time", "10", 400, 11},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run run;

		check_case(rows[i].name);
		run_init(&run, PLUGIN_SUPPLIES);
		run.settings.timeout_ms = rows[i].timeout_ms;
		run.settings.retries = rows[i].retries;
		fleet_start_files("-n 1 --fault all:dead", NULL, mono, 1);
		run_check_at(&run, "127.16.0.1", fleet.port);
		CHECK(strstr(run.text, "UNKNOWN: no answer within ") != NULL);
		fleet_stop();
		CHECK_INT(fleet_count("requests"), rows[i].requests);
	}
}

static int descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* Whatever the end of a run is, nothing stays open. */
TEST(no_descriptor_is_left)
{
	static const char *const hosts[] = {"127.0.0.1", "printer.invalid", "http:printer",
					    "walk:tests/recordings/hp_mono.snmprec",
					    "walk:/nonexistent"};
	const uint16_t port = closed_port();
	struct run run;
	int before;

	run_init(&run, PLUGIN_ALL);
	run_check(&run, "printer.invalid"); /* what the C library keeps for itself */
	before = descriptors();
	for (size_t i = 0; i < COUNT(hosts); i++) {
		check_case(hosts[i]);
		run_check(&run, hosts[i]);
		CHECK_INT(descriptors(), before);
	}
	run_check_at(&run, "127.0.0.1", port);
	CHECK_INT(descriptors(), before);
}

TEST(several_printers_at_one_address)
{
	static char *const two[] = {(char *)"tests/recordings/printserver_two.snmprec"};
	char want[200];
	struct run run;

	run_init(&run, PLUGIN_STATUS);
	run.settings.timeout_ms = 10000;
	fleet_start_files("-n 1", NULL, two, 1);
	snprintf(want, sizeof want,
		 "STATUS UNKNOWN: 2 printers are behind this address: name one with -H: "
		 "127.16.0.1:%u#1, 127.16.0.1:%u#2",
		 fleet.port, fleet.port);
	run_check_at(&run, "127.16.0.1", fleet.port);
	is_silent(&run, PLUGIN_UNKNOWN, want);
	run_check_at(&run, "127.16.0.1#2", fleet.port);
	CHECK(strstr(run.text, "behind this address") == NULL);
	CHECK(run.code != PLUGIN_UNKNOWN);
	run_check_at(&run, "127.16.0.1#9", fleet.port);
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	CHECK(strstr(run.text, "there is no printer with hrDeviceIndex 9 here") != NULL);
	fleet_stop();
}

TEST(a_recording)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run_check(&run, "walk:tests/recordings/hp_mono.snmprec");
	begins(&run, "SUPPLIES CRITICAL: toner-black 9 %");
	run_check(&run, "walk:tests/recordings/none.snmprec");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
	CHECK(strstr(run.text, "No such file") != NULL);
}

TEST(a_target_that_is_none)
{
	struct run run;

	run_init(&run, PLUGIN_SUPPLIES);
	run_check(&run, "http:printer");
	begins(&run, "SUPPLIES UNKNOWN: -H: http: is not in this version");
	CHECK_INT(run.code, PLUGIN_UNKNOWN);
}
