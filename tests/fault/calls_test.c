/*
 * calls_test.c - every system call a reading depends on fails: one clear sentence, or it is got
 * over.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "fault/fault.h"
#include "fleet/simulated.h"
#include "link/read.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define RECORDING    "tests/recordings/kyocera_mono.snmprec"

static struct br_profile profile;
static size_t readings, partial;

static void keep(void *user, const struct br_reading *reading)
{
	(void)user;
	readings++;
	partial += reading->partial;
}

static enum br_status read_it(const char *text, struct br_error *err)
{
	const struct br_read_options options = {.profile = &profile};
	struct br_target target;

	err->text[0] = '\0';
	readings = partial = 0;
	CHECK_INT(br_target_parse(&target, text, NULL), BR_OK);
	return br_read(&target, &options, keep, NULL, err);
}

static void set_profile(void)
{
	static struct br_config config;

	br_config_init(&config);
	profile = config.profiles[0];
	profile.timeout_ms = 300;
	profile.deadline_ms = 2000;
}

struct row {
	const char *name;
	enum fault_call call;
	int code;
	bool on; /* and again, and again */
	enum br_status want;
	const char *sentence; /* a part of it */
};

/* A failure that is told leaves nothing open and nothing allocated. */
static void check_row(const struct row *row, const char *target)
{
	struct br_error err;
	enum br_status status;

	check_case(row->name);
	fault_arm(row->call, 1, row->on, row->code);
	status = read_it(target, &err);
	fault_disarm();
	CHECK(fault.hit);
	CHECK_INT(fault.live, 0);
	if (status != row->want || (row->sentence && !strstr(err.text, row->sentence)))
		check_failed(__FILE__, __LINE__, "%s, \"%s\"", br_status_name(status),
			     err.text);
	CHECK(status != BR_OK || (readings == 1 && partial == 0));
	CHECK(!strchr(err.text, '\n'));
}

TEST(a_recording)
{
	static const struct row rows[] = {
		{"no right", FAULT_OPEN, EACCES, true, BR_E_FILE,
		 "cannot be opened: Permission denied"},
		{"not there", FAULT_OPEN, ENOENT, true, BR_E_ABSENT, "No such file"},
		{"too many files", FAULT_OPEN, EMFILE, true, BR_E_FILE, "Too many open files"},
		{"no state", FAULT_FSTAT, EIO, true, BR_E_FILE,
		 "cannot be read: Input/output error"},
		{"broken disk", FAULT_READ, EIO, true, BR_E_FILE,
		 "cannot be read: Input/output error"},
		{"a signal", FAULT_READ, EINTR, false, BR_OK, NULL},
		{"no random numbers yet", FAULT_GETRANDOM, EAGAIN, true, BR_OK, NULL},
	};

	set_profile();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], "walk:" RECORDING);
}

TEST(a_printer)
{
	static const struct row rows[] = {
		{"no socket", FAULT_SOCKET, EMFILE, true, BR_E_NETWORK,
		 "no socket: Too many open files"},
		{"no such family", FAULT_SOCKET, EAFNOSUPPORT, true, BR_E_NETWORK,
		 "no socket: "},
		{"no route", FAULT_SENDTO, ENETUNREACH, true, BR_E_UNREACHABLE,
		 "Network is unreachable"},
		{"forbidden", FAULT_SENDTO, EPERM, true, BR_E_NETWORK,
		 "Operation not permitted"},
		{"a signal while sending", FAULT_SENDTO, EINTR, false, BR_OK, NULL},
		{"an old refusal", FAULT_SENDTO, ECONNREFUSED, false, BR_OK, NULL},
		{"nothing listens", FAULT_SENDTO, ECONNREFUSED, true, BR_E_NETWORK,
		 "nothing listens"},
		{"nothing to be had", FAULT_RECVFROM, ENOMEM, true, BR_E_NETWORK,
		 "Cannot allocate"},
		{"a signal while receiving", FAULT_RECVFROM, EINTR, false, BR_OK, NULL},
		{"not ready", FAULT_RECVFROM, EAGAIN, false, BR_OK, NULL},
		{"no waiting", FAULT_POLL, ENOMEM, true, BR_E_NETWORK,
		 "Cannot allocate memory"},
		{"a signal while waiting", FAULT_POLL, EINTR, false, BR_OK, NULL},
	};
	static char *const recordings[] = {(char *)RECORDING};
	char target[64];

	set_profile();
	fleet_start_files("-n 1 --fault all:delay=3", NULL, recordings, 1);
	snprintf(target, sizeof target, "127.16.0.1:%u", fleet.port);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], target);
	fleet_stop();
}

/* From the k-th call on nothing works any more: what came is kept and said to be partial. */
static void check_from_then_on(const char *target, enum fault_call call, int code)
{
	struct br_error err;
	size_t n;

	fault_arm(call, 0, false, 0);
	CHECK_INT(read_it(target, &err), BR_OK);
	fault_disarm();
	n = fault.counts[call];
	CHECK(n > 1);
	for (size_t which = 2; which <= n; which++) {
		fault_arm(call, which, true, code);
		enum br_status status = read_it(target, &err);
		fault_disarm();
		CHECK_INT(fault.live, 0);
		if (!fault.hit) /* an answer that came at once was not waited for */
			continue;
		if (status == BR_OK ? readings != 1 || partial != 1
				    : !strstr(err.text, strerror(code)) || readings)
			check_failed(__FILE__, __LINE__, "call %zu: %s, \"%s\", %zu readings",
				     which, br_status_name(status), err.text, readings);
	}
}

TEST(a_printer_that_is_lost_on_the_way)
{
	static char *const recordings[] = {(char *)RECORDING};
	char target[64];

	set_profile();
	fleet_start_files("-n 1 --fault all:delay=3", NULL, recordings, 1);
	snprintf(target, sizeof target, "127.16.0.1:%u", fleet.port);
	check_from_then_on(target, FAULT_SENDTO, ENETUNREACH);
	check_from_then_on(target, FAULT_RECVFROM, ENOMEM);
	fleet_stop();
}

TEST(a_name)
{
	static const struct row rows[] = {
		{"no answer", FAULT_GETADDRINFO, EAI_AGAIN, true, BR_E_NAME,
		 "does not resolve: "},
		{"unknown", FAULT_GETADDRINFO, EAI_NONAME, true, BR_E_NAME,
		 "does not resolve: "},
		{"no memory", FAULT_GETADDRINFO, EAI_MEMORY, true, BR_E_NAME,
		 "does not resolve: Memory"},
	};

	set_profile();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], "printer.invalid");
}

TEST(a_directory_of_makers)
{
	static const struct row rows[] = {
		{"not there", FAULT_OPENDIR, ENOENT, true, BR_E_ABSENT,
		 "mibs: cannot be read: No such"},
		{"no right", FAULT_OPENDIR, EACCES, true, BR_E_FILE,
		 "mibs: cannot be read: Permission"},
		{"no memory", FAULT_OPENDIR, ENOMEM, true, BR_E_MEMORY,
		 "mibs: cannot be read: Cannot"},
		{"a file is gone", FAULT_OPEN, ENOENT, true, BR_E_FILE,
		 ".mib: cannot be opened: No such"},
		{"a broken disk", FAULT_READ, EIO, true, BR_E_FILE,
		 ".mib: cannot be read: Input"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct br_makers makers;
		struct br_error err;

		check_case(rows[i].name);
		br_makers_init(&makers);
		fault_arm(rows[i].call, 1, true, rows[i].code);
		enum br_status status = br_makers_load_dir(&makers, "mibs", &err);
		fault_disarm();
		CHECK_INT(status, rows[i].want);
		if (!strstr(err.text, rows[i].sentence))
			check_failed(__FILE__, __LINE__, "\"%s\"", err.text);
		CHECK_INT(makers.n_site, 0);
		br_makers_clear(&makers);
	}
}

TEST(libcrypto_that_is_not_there)
{
	struct br_crypto *crypto = NULL;
	struct br_v3_crypto ops;
	struct br_error err;

	fault_arm(FAULT_DLOPEN, 1, true, 0);
	enum br_status status = br_crypto_open(&crypto, &ops, &err);
	fault_disarm();
	CHECK_INT(fault.live, 0);
	CHECK_INT(status, BR_E_UNSUPPORTED);
	CHECK(strstr(err.text, "libcrypto") || strstr(err.text, "left out"));
	CHECK(!crypto);
}
